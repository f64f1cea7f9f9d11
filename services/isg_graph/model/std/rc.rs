use crate::borrow::{Borrow, Cow};
use crate::error::Error;
use crate::fmt::{Debug, Display, Pointer};
use crate::hash::Hash;
use crate::mem::MaybeUninit;
use crate::ops::Deref;
use crate::pin::Pin;

pub struct Rc<T: ?Sized> {}
impl<T> Rc<T> {
    pub fn new(value: T) -> Rc<T>;
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Rc<T>;
    pub fn new_uninit() -> Rc<MaybeUninit<T>>;
    pub fn pin(value: T) -> Pin<Rc<T>>;
    pub fn try_unwrap(this: Self) -> Result<T, Self>;
    pub fn into_inner(this: Self) -> Option<T>;
}
impl<T: Clone> Rc<T> {
    pub fn make_mut(this: &mut Self) -> &mut T;
    pub fn unwrap_or_clone(this: Self) -> T;
}
impl<T: ?Sized> Rc<T> {
    pub unsafe fn from_raw(ptr: *const T) -> Self;
    pub fn into_raw(this: Self) -> *const T;
    pub unsafe fn increment_strong_count(ptr: *const T);
    pub unsafe fn decrement_strong_count(ptr: *const T);
    pub fn as_ptr(this: &Self) -> *const T;
    pub fn downgrade(this: &Self) -> Weak<T>;
    pub fn weak_count(this: &Self) -> usize;
    pub fn strong_count(this: &Self) -> usize;
    pub fn get_mut(this: &mut Self) -> Option<&mut T>;
    pub unsafe fn get_mut_unchecked(this: &mut Self) -> &mut T;
    pub fn ptr_eq(this: &Self, other: &Self) -> bool;
}
impl Rc<dyn crate::any::Any> {
    pub fn downcast<T: crate::any::Any>(self) -> Result<Rc<T>, Self>;
}
impl<T: ?Sized> Deref for Rc<T> { type Target = T; }
impl<T: ?Sized> Drop for Rc<T> {}
impl<T: ?Sized> Clone for Rc<T> {}
impl<T: Default> Default for Rc<T> {}
impl Default for Rc<str> {}
impl<T: ?Sized + PartialEq> PartialEq for Rc<T> {}
impl<T: ?Sized + Eq> Eq for Rc<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for Rc<T> {}
impl<T: ?Sized + Ord> Ord for Rc<T> {}
impl<T: ?Sized + Hash> Hash for Rc<T> {}
impl<T: ?Sized + Debug> Debug for Rc<T> {}
impl<T: ?Sized + Display> Display for Rc<T> {}
impl<T: ?Sized> Pointer for Rc<T> {}
impl<T: ?Sized> Unpin for Rc<T> {}
impl<T: ?Sized + Error> Error for Rc<T> {}
impl<T: ?Sized> Borrow<T> for Rc<T> {}
impl<T: ?Sized> AsRef<T> for Rc<T> {}
impl<T> From<T> for Rc<T> {}
impl<T: ?Sized> From<Box<T>> for Rc<T> {}
impl<T: Clone> From<&[T]> for Rc<[T]> {}
impl<T> From<Vec<T>> for Rc<[T]> {}
impl<T, const N: usize> From<[T; N]> for Rc<[T]> {}
impl From<&str> for Rc<str> {}
impl From<String> for Rc<str> {}
impl From<Rc<str>> for Rc<[u8]> {}
impl<B: ?Sized + ToOwned> From<Cow<B>> for Rc<B> {}
impl<T> FromIterator<T> for Rc<[T]> {}

pub struct Weak<T: ?Sized> {}
impl<T> Weak<T> {
    pub fn new() -> Weak<T>;
}
impl<T: ?Sized> Weak<T> {
    pub fn as_ptr(&self) -> *const T;
    pub fn into_raw(self) -> *const T;
    pub unsafe fn from_raw(ptr: *const T) -> Self;
    pub fn upgrade(&self) -> Option<Rc<T>>;
    pub fn strong_count(&self) -> usize;
    pub fn weak_count(&self) -> usize;
    pub fn ptr_eq(&self, other: &Self) -> bool;
}
impl<T: ?Sized> Drop for Weak<T> {}
impl<T: ?Sized> Clone for Weak<T> {}
impl<T> Default for Weak<T> {}
impl<T: ?Sized> Debug for Weak<T> {}
