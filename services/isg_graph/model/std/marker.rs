use crate::fmt::Debug;
use crate::hash::Hash;

pub trait Send {}
pub trait Sized {}
pub trait Sync {}
pub trait Copy: Clone {}
pub trait Unpin {}
impl<T: ?Sized> Copy for &T {}
impl<T: ?Sized> Copy for *const T {}
impl<T: ?Sized> Copy for *mut T {}
impl Copy for ! {}
impl Copy for () {}
impl<A: Copy> Copy for (A,) {}
impl<A: Copy, B: Copy> Copy for (A, B) {}
impl<A: Copy, B: Copy, C: Copy> Copy for (A, B, C) {}
impl<A: Copy, B: Copy, C: Copy, D: Copy> Copy for (A, B, C, D) {}
impl<T: ?Sized> Unpin for &T {}
impl<T: ?Sized> Unpin for &mut T {}

pub struct PhantomData<T: ?Sized>;
impl<T: ?Sized> Clone for PhantomData<T> {}
impl<T: ?Sized> Copy for PhantomData<T> {}
impl<T: ?Sized> Default for PhantomData<T> {}
impl<T: ?Sized> PartialEq for PhantomData<T> {}
impl<T: ?Sized> Eq for PhantomData<T> {}
impl<T: ?Sized> PartialOrd for PhantomData<T> {}
impl<T: ?Sized> Ord for PhantomData<T> {}
impl<T: ?Sized> Hash for PhantomData<T> {}
impl<T: ?Sized> Debug for PhantomData<T> {}

pub struct PhantomPinned;
impl !Unpin for PhantomPinned {}
impl Clone for PhantomPinned {}
impl Copy for PhantomPinned {}
impl Default for PhantomPinned {}
impl PartialEq for PhantomPinned {}
impl Eq for PhantomPinned {}
impl PartialOrd for PhantomPinned {}
impl Ord for PhantomPinned {}
impl Hash for PhantomPinned {}
impl Debug for PhantomPinned {}
