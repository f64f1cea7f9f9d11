use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::ops::{Deref, DerefMut};

pub struct Cell<T: ?Sized> {}
impl<T> Cell<T> {
    pub fn new(value: T) -> Cell<T>;
    pub fn set(&self, val: T);
    pub fn swap(&self, other: &Self);
    pub fn replace(&self, val: T) -> T;
    pub fn into_inner(self) -> T;
}
impl<T: Copy> Cell<T> {
    pub fn get(&self) -> T;
    pub fn update(&self, f: impl FnOnce(T) -> T);
}
impl<T: ?Sized> Cell<T> {
    pub fn as_ptr(&self) -> *mut T;
    pub fn get_mut(&mut self) -> &mut T;
    pub fn from_mut(t: &mut T) -> &Cell<T>;
}
impl<T: Default> Cell<T> {
    pub fn take(&self) -> T;
}
impl<T> Cell<[T]> {
    pub fn as_slice_of_cells(&self) -> &[Cell<T>];
}
impl<T, const N: usize> Cell<[T; N]> {
    pub fn as_array_of_cells(&self) -> &[Cell<T>; N];
}
impl<T: Copy> Clone for Cell<T> {}
impl<T: Default> Default for Cell<T> {}
impl<T: PartialEq + Copy> PartialEq for Cell<T> {}
impl<T: Eq + Copy> Eq for Cell<T> {}
impl<T: PartialOrd + Copy> PartialOrd for Cell<T> {}
impl<T: Ord + Copy> Ord for Cell<T> {}
impl<T: Copy + Debug> Debug for Cell<T> {}
impl<T> From<T> for Cell<T> {}

pub struct RefCell<T: ?Sized> {}
impl<T> RefCell<T> {
    pub fn new(value: T) -> RefCell<T>;
    pub fn into_inner(self) -> T;
    pub fn replace(&self, t: T) -> T;
    pub fn replace_with<F: FnOnce(&mut T) -> T>(&self, f: F) -> T;
    pub fn swap(&self, other: &Self);
}
impl<T: ?Sized> RefCell<T> {
    pub fn borrow(&self) -> Ref<T>;
    pub fn try_borrow(&self) -> Result<Ref<T>, BorrowError>;
    pub fn borrow_mut(&self) -> RefMut<T>;
    pub fn try_borrow_mut(&self) -> Result<RefMut<T>, BorrowMutError>;
    pub fn as_ptr(&self) -> *mut T;
    pub fn get_mut(&mut self) -> &mut T;
    pub unsafe fn try_borrow_unguarded(&self) -> Result<&T, BorrowError>;
}
impl<T: Default> RefCell<T> {
    pub fn take(&self) -> T;
}
impl<T: Clone> Clone for RefCell<T> {}
impl<T: Default> Default for RefCell<T> {}
impl<T: ?Sized + PartialEq> PartialEq for RefCell<T> {}
impl<T: ?Sized + Eq> Eq for RefCell<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for RefCell<T> {}
impl<T: ?Sized + Ord> Ord for RefCell<T> {}
impl<T: ?Sized + Debug> Debug for RefCell<T> {}
impl<T> From<T> for RefCell<T> {}

pub struct Ref<T: ?Sized> {}
impl<T: ?Sized> Ref<T> {
    pub fn clone(orig: &Ref<T>) -> Ref<T>;
    pub fn map<U: ?Sized, F: FnOnce(&T) -> &U>(orig: Ref<T>, f: F) -> Ref<U>;
    pub fn filter_map<U: ?Sized, F: FnOnce(&T) -> Option<&U>>(orig: Ref<T>, f: F) -> Result<Ref<U>, Self>;
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&T) -> (&U, &V)>(orig: Ref<T>, f: F) -> (Ref<U>, Ref<V>);
}
impl<T: ?Sized> Deref for Ref<T> { type Target = T; }
impl<T: ?Sized + Debug> Debug for Ref<T> {}
impl<T: ?Sized + Display> Display for Ref<T> {}

pub struct RefMut<T: ?Sized> {}
impl<T: ?Sized> RefMut<T> {
    pub fn map<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(orig: RefMut<T>, f: F) -> RefMut<U>;
    pub fn filter_map<U: ?Sized, F: FnOnce(&mut T) -> Option<&mut U>>(orig: RefMut<T>, f: F) -> Result<RefMut<U>, Self>;
    pub fn map_split<U: ?Sized, V: ?Sized, F: FnOnce(&mut T) -> (&mut U, &mut V)>(orig: RefMut<T>, f: F) -> (RefMut<U>, RefMut<V>);
}
impl<T: ?Sized> Deref for RefMut<T> { type Target = T; }
impl<T: ?Sized> DerefMut for RefMut<T> {}
impl<T: ?Sized + Debug> Debug for RefMut<T> {}
impl<T: ?Sized + Display> Display for RefMut<T> {}

pub struct BorrowError {}
impl Debug for BorrowError {}
impl Display for BorrowError {}
impl Error for BorrowError {}
pub struct BorrowMutError {}
impl Debug for BorrowMutError {}
impl Display for BorrowMutError {}
impl Error for BorrowMutError {}

pub struct UnsafeCell<T: ?Sized> {}
impl<T> UnsafeCell<T> {
    pub fn new(value: T) -> UnsafeCell<T>;
    pub fn into_inner(self) -> T;
}
impl<T: ?Sized> UnsafeCell<T> {
    pub fn from_mut(value: &mut T) -> &mut UnsafeCell<T>;
    pub fn get(&self) -> *mut T;
    pub fn get_mut(&mut self) -> &mut T;
    pub fn raw_get(this: *const Self) -> *mut T;
}
impl<T: Default> Default for UnsafeCell<T> {}
impl<T: ?Sized> Debug for UnsafeCell<T> {}
impl<T> From<T> for UnsafeCell<T> {}

pub struct OnceCell<T> {}
impl<T> OnceCell<T> {
    pub fn new() -> OnceCell<T>;
    pub fn get(&self) -> Option<&T>;
    pub fn get_mut(&mut self) -> Option<&mut T>;
    pub fn set(&self, value: T) -> Result<(), T>;
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T;
    pub fn into_inner(self) -> Option<T>;
    pub fn take(&mut self) -> Option<T>;
}
impl<T> Default for OnceCell<T> {}
impl<T: Clone> Clone for OnceCell<T> {}
impl<T: PartialEq> PartialEq for OnceCell<T> {}
impl<T: Eq> Eq for OnceCell<T> {}
impl<T: Debug> Debug for OnceCell<T> {}
impl<T> From<T> for OnceCell<T> {}

pub struct LazyCell<T, F = fn() -> T> {}
impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    pub fn new(f: F) -> LazyCell<T, F>;
    pub fn force(this: &LazyCell<T, F>) -> &T;
}
impl<T, F: FnOnce() -> T> Deref for LazyCell<T, F> { type Target = T; }
impl<T: Default> Default for LazyCell<T> {}
impl<T: Debug, F> Debug for LazyCell<T, F> {}
