use crate::any::Any;
use crate::borrow::{Borrow, BorrowMut, Cow};
use crate::error::Error;
use crate::fmt::{Debug, Display, Pointer};
use crate::future::Future;
use crate::hash::{Hash, Hasher};
use crate::iter::FusedIterator;
use crate::mem::MaybeUninit;
use crate::ops::{Deref, DerefMut};
use crate::pin::Pin;
use crate::ptr::NonNull;
use crate::slice;
use crate::vec;

pub struct Box<T: ?Sized> {}
impl<T> Box<T> {
    pub fn new(x: T) -> Self;
    pub fn new_uninit() -> Box<MaybeUninit<T>>;
    pub fn new_zeroed() -> Box<MaybeUninit<T>>;
    pub fn pin(x: T) -> Pin<Box<T>>;
    pub fn into_boxed_slice(boxed: Self) -> Box<[T]>;
}
impl<T> Box<[T]> {
    pub fn new_uninit_slice(len: usize) -> Box<[MaybeUninit<T>]>;
    pub fn new_zeroed_slice(len: usize) -> Box<[MaybeUninit<T>]>;
    pub fn into_vec(self) -> Vec<T>;
}
impl<T> Box<MaybeUninit<T>> {
    pub unsafe fn assume_init(self) -> Box<T>;
    pub fn write(boxed: Self, value: T) -> Box<T>;
}
impl<T> Box<[MaybeUninit<T>]> {
    pub unsafe fn assume_init(self) -> Box<[T]>;
}
impl<T: ?Sized> Box<T> {
    pub unsafe fn from_raw(raw: *mut T) -> Self;
    pub unsafe fn from_non_null(ptr: NonNull<T>) -> Self;
    pub fn into_raw(b: Self) -> *mut T;
    pub fn into_non_null(b: Self) -> NonNull<T>;
    pub fn as_ptr(b: &Self) -> *const T;
    pub fn as_mut_ptr(b: &mut Self) -> *mut T;
    pub fn leak(b: Self) -> &mut T;
    pub fn into_pin(boxed: Self) -> Pin<Self>;
}
impl Box<dyn Any> {
    pub fn downcast<T: Any>(self) -> Result<Box<T>, Self>;
}
impl Box<dyn Any + Send> {
    pub fn downcast<T: Any>(self) -> Result<Box<T>, Self>;
}
impl Box<dyn Any + Send + Sync> {
    pub fn downcast<T: Any>(self) -> Result<Box<T>, Self>;
}
impl Box<str> {
    pub fn into_boxed_bytes(self) -> Box<[u8]>;
    pub fn into_string(self) -> String;
}

impl<T: ?Sized> Deref for Box<T> { type Target = T; }
impl<T: ?Sized> DerefMut for Box<T> {}
impl<T: ?Sized> Drop for Box<T> {}
impl<T: ?Sized> AsRef<T> for Box<T> {}
impl<T: ?Sized> AsMut<T> for Box<T> {}
impl<T: ?Sized> Borrow<T> for Box<T> {}
impl<T: ?Sized> BorrowMut<T> for Box<T> {}
impl<T: Clone> Clone for Box<T> {}
impl<T: Clone> Clone for Box<[T]> {}
impl Clone for Box<str> {}
impl<T: Default> Default for Box<T> {}
impl<T> Default for Box<[T]> {}
impl Default for Box<str> {}
impl<T: ?Sized + PartialEq> PartialEq for Box<T> {}
impl<T: ?Sized + Eq> Eq for Box<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for Box<T> {}
impl<T: ?Sized + Ord> Ord for Box<T> {}
impl<T: ?Sized + Hash> Hash for Box<T> {}
impl<T: ?Sized + Hasher> Hasher for Box<T> {}
impl<T: ?Sized + Debug> Debug for Box<T> {}
impl<T: ?Sized + Display> Display for Box<T> {}
impl<T: ?Sized> Pointer for Box<T> {}
impl<T: ?Sized> Unpin for Box<T> {}
impl<T: Error> Error for Box<T> {}
impl<F: ?Sized + Future + Unpin> Future for Box<F> { type Output = F::Output; }
impl<Args, F: FnOnce<Args> + ?Sized> FnOnce<Args> for Box<F> { type Output = <F as FnOnce<Args>>::Output; }
impl<Args, F: FnMut<Args> + ?Sized> FnMut<Args> for Box<F> {}
impl<Args, F: Fn<Args> + ?Sized> Fn<Args> for Box<F> {}
impl<I: Iterator + ?Sized> Iterator for Box<I> { type Item = I::Item; }
impl<I: DoubleEndedIterator + ?Sized> DoubleEndedIterator for Box<I> {}
impl<I: ExactSizeIterator + ?Sized> ExactSizeIterator for Box<I> {}
impl<I: FusedIterator + ?Sized> FusedIterator for Box<I> {}
impl<T> IntoIterator for Box<[T]> { type Item = T; type IntoIter = vec::IntoIter<T>; }
impl<T> IntoIterator for &Box<[T]> { type Item = &T; type IntoIter = slice::Iter<T>; }
impl<T> IntoIterator for &mut Box<[T]> { type Item = &mut T; type IntoIter = slice::IterMut<T>; }
impl<T> FromIterator<T> for Box<[T]> {}
impl FromIterator<char> for Box<str> {}
impl FromIterator<String> for Box<str> {}
impl<T> From<T> for Box<T> {}
impl<T: Clone> From<&[T]> for Box<[T]> {}
impl<T: Clone> From<Cow<[T]>> for Box<[T]> {}
impl From<&str> for Box<str> {}
impl From<String> for Box<str> {}
impl From<Cow<str>> for Box<str> {}
impl From<Box<str>> for Box<[u8]> {}
impl<T, const N: usize> From<[T; N]> for Box<[T]> {}
impl<T> From<Vec<T>> for Box<[T]> {}
impl<T, const N: usize> TryFrom<Box<[T]>> for Box<[T; N]> { type Error = Box<[T]>; }
impl<T, const N: usize> TryFrom<Vec<T>> for Box<[T; N]> { type Error = Vec<T>; }
impl<E: Error> From<E> for Box<dyn Error> {}
impl<E: Error + Send + Sync> From<E> for Box<dyn Error + Send + Sync> {}
impl From<String> for Box<dyn Error> {}
impl From<String> for Box<dyn Error + Send + Sync> {}
impl From<&str> for Box<dyn Error> {}
impl From<&str> for Box<dyn Error + Send + Sync> {}
impl From<Cow<str>> for Box<dyn Error> {}
impl From<Cow<str>> for Box<dyn Error + Send + Sync> {}
