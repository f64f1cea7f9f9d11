use crate::fmt::{Debug, Display};
use crate::hash::Hash;
use crate::ops::{Add, AddAssign, Deref};
use crate::ffi::{CStr, CString, OsStr, OsString};
use crate::path::{Path, PathBuf};

pub trait Borrow<Borrowed: ?Sized> {
    fn borrow(&self) -> &Borrowed;
}
pub trait BorrowMut<Borrowed: ?Sized>: Borrow<Borrowed> {
    fn borrow_mut(&mut self) -> &mut Borrowed;
}
impl<T: ?Sized> Borrow<T> for T {}
impl<T: ?Sized> BorrowMut<T> for T {}
impl<T: ?Sized> Borrow<T> for &T {}
impl<T: ?Sized> Borrow<T> for &mut T {}
impl<T: ?Sized> BorrowMut<T> for &mut T {}

pub trait ToOwned {
    type Owned: Borrow<Self>;
    fn to_owned(&self) -> Self::Owned;
    fn clone_into(&self, target: &mut Self::Owned) {}
}
impl<T: Clone> ToOwned for T { type Owned = T; }
impl<T: Clone> ToOwned for [T] { type Owned = Vec<T>; }
impl ToOwned for str { type Owned = String; }

pub enum Cow<B: ?Sized + ToOwned> {
    Borrowed(&B),
    Owned(<B as ToOwned>::Owned),
}
impl<B: ?Sized + ToOwned> Cow<B> {
    pub fn is_borrowed(c: &Self) -> bool;
    pub fn is_owned(c: &Self) -> bool;
    pub fn to_mut(&mut self) -> &mut <B as ToOwned>::Owned;
    pub fn into_owned(self) -> <B as ToOwned>::Owned;
}
impl<B: ?Sized + ToOwned> Deref for Cow<B> { type Target = B; }
impl<B: ?Sized + ToOwned> Clone for Cow<B> {}
impl<B: ?Sized + ToOwned> Borrow<B> for Cow<B> {}
impl<T: ?Sized + ToOwned> AsRef<T> for Cow<T> {}
impl AsRef<Path> for Cow<OsStr> {}
impl<B: ?Sized + PartialEq<C> + ToOwned, C: ?Sized + ToOwned> PartialEq<Cow<C>> for Cow<B> {}
impl PartialEq<str> for Cow<str> {}
impl PartialEq<&str> for Cow<str> {}
impl PartialEq<String> for Cow<str> {}
impl PartialEq<Cow<str>> for str {}
impl PartialEq<Cow<str>> for &str {}
impl PartialEq<Cow<str>> for String {}
impl<B: ?Sized + Eq + ToOwned> Eq for Cow<B> {}
impl<B: ?Sized + PartialOrd + ToOwned> PartialOrd for Cow<B> {}
impl<B: ?Sized + Ord + ToOwned> Ord for Cow<B> {}
impl<B: ?Sized + Hash + ToOwned> Hash for Cow<B> {}
impl<B: ?Sized + Debug + ToOwned> Debug for Cow<B> {}
impl<B: ?Sized + Display + ToOwned> Display for Cow<B> {}
impl<B: ?Sized + ToOwned> Default for Cow<B> {}
impl From<&str> for Cow<str> {}
impl From<String> for Cow<str> {}
impl From<&String> for Cow<str> {}
impl<T: Clone> From<&[T]> for Cow<[T]> {}
impl<T: Clone> From<Vec<T>> for Cow<[T]> {}
impl<T: Clone> From<&Vec<T>> for Cow<[T]> {}
impl From<&Path> for Cow<Path> {}
impl From<PathBuf> for Cow<Path> {}
impl From<&OsStr> for Cow<OsStr> {}
impl From<OsString> for Cow<OsStr> {}
impl From<&CStr> for Cow<CStr> {}
impl From<CString> for Cow<CStr> {}
impl FromIterator<char> for Cow<str> {}
impl FromIterator<&str> for Cow<str> {}
impl FromIterator<String> for Cow<str> {}
impl Add<&str> for Cow<str> { type Output = Cow<str>; }
impl AddAssign<&str> for Cow<str> {}
