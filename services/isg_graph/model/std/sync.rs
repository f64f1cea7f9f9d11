use crate::any::Any;
use crate::borrow::{Borrow, Cow};
use crate::error::Error;
use crate::fmt::{Debug, Display, Pointer};
use crate::hash::Hash;
use crate::mem::MaybeUninit;
use crate::ops::{Deref, DerefMut};
use crate::panic::{RefUnwindSafe, UnwindSafe};
use crate::pin::Pin;
use crate::time::Duration;

pub mod atomic;
pub mod mpsc;

pub struct Arc<T: ?Sized> {}
impl<T> Arc<T> {
    pub fn new(data: T) -> Arc<T>;
    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T>;
    pub fn new_uninit() -> Arc<MaybeUninit<T>>;
    pub fn pin(data: T) -> Pin<Arc<T>>;
    pub fn try_unwrap(this: Self) -> Result<T, Self>;
    pub fn into_inner(this: Self) -> Option<T>;
}
impl<T: Clone> Arc<T> {
    pub fn make_mut(this: &mut Self) -> &mut T;
    pub fn unwrap_or_clone(this: Self) -> T;
}
impl<T: ?Sized> Arc<T> {
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
impl Arc<dyn Any + Send + Sync> {
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Self>;
}
impl<T: ?Sized> Deref for Arc<T> { type Target = T; }
impl<T: ?Sized> Drop for Arc<T> {}
impl<T: ?Sized> Clone for Arc<T> {}
impl<T: Default> Default for Arc<T> {}
impl Default for Arc<str> {}
impl<T: ?Sized + PartialEq> PartialEq for Arc<T> {}
impl<T: ?Sized + Eq> Eq for Arc<T> {}
impl<T: ?Sized + PartialOrd> PartialOrd for Arc<T> {}
impl<T: ?Sized + Ord> Ord for Arc<T> {}
impl<T: ?Sized + Hash> Hash for Arc<T> {}
impl<T: ?Sized + Debug> Debug for Arc<T> {}
impl<T: ?Sized + Display> Display for Arc<T> {}
impl<T: ?Sized> Pointer for Arc<T> {}
impl<T: ?Sized> Unpin for Arc<T> {}
impl<T: ?Sized + Error> Error for Arc<T> {}
impl<T: ?Sized> Borrow<T> for Arc<T> {}
impl<T: ?Sized> AsRef<T> for Arc<T> {}
impl<T> From<T> for Arc<T> {}
impl<T: ?Sized> From<Box<T>> for Arc<T> {}
impl<T: Clone> From<&[T]> for Arc<[T]> {}
impl<T> From<Vec<T>> for Arc<[T]> {}
impl<T, const N: usize> From<[T; N]> for Arc<[T]> {}
impl From<&str> for Arc<str> {}
impl From<String> for Arc<str> {}
impl From<Arc<str>> for Arc<[u8]> {}
impl<B: ?Sized + ToOwned> From<Cow<B>> for Arc<B> {}
impl<T> FromIterator<T> for Arc<[T]> {}

pub struct Weak<T: ?Sized> {}
impl<T> Weak<T> {
    pub fn new() -> Weak<T>;
}
impl<T: ?Sized> Weak<T> {
    pub fn as_ptr(&self) -> *const T;
    pub fn into_raw(self) -> *const T;
    pub unsafe fn from_raw(ptr: *const T) -> Self;
    pub fn upgrade(&self) -> Option<Arc<T>>;
    pub fn strong_count(&self) -> usize;
    pub fn weak_count(&self) -> usize;
    pub fn ptr_eq(&self, other: &Self) -> bool;
}
impl<T: ?Sized> Drop for Weak<T> {}
impl<T: ?Sized> Clone for Weak<T> {}
impl<T> Default for Weak<T> {}
impl<T: ?Sized> Debug for Weak<T> {}

pub type LockResult<T> = Result<T, PoisonError<T>>;
pub type TryLockResult<T> = Result<T, TryLockError<T>>;
pub struct PoisonError<T> {}
impl<T> PoisonError<T> {
    pub fn new(data: T) -> PoisonError<T>;
    pub fn into_inner(self) -> T;
    pub fn get_ref(&self) -> &T;
    pub fn get_mut(&mut self) -> &mut T;
}
impl<T> Debug for PoisonError<T> {}
impl<T> Display for PoisonError<T> {}
impl<T> Error for PoisonError<T> {}
pub enum TryLockError<T> { Poisoned(PoisonError<T>), WouldBlock }
impl<T> From<PoisonError<T>> for TryLockError<T> {}
impl<T> Debug for TryLockError<T> {}
impl<T> Display for TryLockError<T> {}
impl<T> Error for TryLockError<T> {}

pub struct Mutex<T: ?Sized> {}
impl<T> Mutex<T> {
    pub fn new(t: T) -> Mutex<T>;
    pub fn into_inner(self) -> LockResult<T>;
}
impl<T: ?Sized> Mutex<T> {
    pub fn lock(&self) -> LockResult<MutexGuard<T>>;
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<T>>;
    pub fn is_poisoned(&self) -> bool;
    pub fn clear_poison(&self);
    pub fn get_mut(&mut self) -> LockResult<&mut T>;
}
impl<T> From<T> for Mutex<T> {}
impl<T: Default> Default for Mutex<T> {}
impl<T: ?Sized + Debug> Debug for Mutex<T> {}
impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}
pub struct MutexGuard<T: ?Sized> {}
impl<T: ?Sized> Deref for MutexGuard<T> { type Target = T; }
impl<T: ?Sized> DerefMut for MutexGuard<T> {}
impl<T: ?Sized> Drop for MutexGuard<T> {}
impl<T: ?Sized + Debug> Debug for MutexGuard<T> {}
impl<T: ?Sized + Display> Display for MutexGuard<T> {}

pub struct RwLock<T: ?Sized> {}
impl<T> RwLock<T> {
    pub fn new(t: T) -> RwLock<T>;
    pub fn into_inner(self) -> LockResult<T>;
}
impl<T: ?Sized> RwLock<T> {
    pub fn read(&self) -> LockResult<RwLockReadGuard<T>>;
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<T>>;
    pub fn write(&self) -> LockResult<RwLockWriteGuard<T>>;
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<T>>;
    pub fn is_poisoned(&self) -> bool;
    pub fn clear_poison(&self);
    pub fn get_mut(&mut self) -> LockResult<&mut T>;
}
impl<T> From<T> for RwLock<T> {}
impl<T: Default> Default for RwLock<T> {}
impl<T: ?Sized + Debug> Debug for RwLock<T> {}
pub struct RwLockReadGuard<T: ?Sized> {}
impl<T: ?Sized> Deref for RwLockReadGuard<T> { type Target = T; }
impl<T: ?Sized> Drop for RwLockReadGuard<T> {}
impl<T: ?Sized + Debug> Debug for RwLockReadGuard<T> {}
impl<T: ?Sized + Display> Display for RwLockReadGuard<T> {}
pub struct RwLockWriteGuard<T: ?Sized> {}
impl<T: ?Sized> Deref for RwLockWriteGuard<T> { type Target = T; }
impl<T: ?Sized> DerefMut for RwLockWriteGuard<T> {}
impl<T: ?Sized> Drop for RwLockWriteGuard<T> {}
impl<T: ?Sized + Debug> Debug for RwLockWriteGuard<T> {}
impl<T: ?Sized + Display> Display for RwLockWriteGuard<T> {}

pub struct Condvar {}
impl Condvar {
    pub fn new() -> Condvar;
    pub fn wait<T>(&self, guard: MutexGuard<T>) -> LockResult<MutexGuard<T>>;
    pub fn wait_while<T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<T>, condition: F) -> LockResult<MutexGuard<T>>;
    pub fn wait_timeout<T>(&self, guard: MutexGuard<T>, dur: Duration) -> LockResult<(MutexGuard<T>, WaitTimeoutResult)>;
    pub fn wait_timeout_while<T, F: FnMut(&mut T) -> bool>(&self, guard: MutexGuard<T>, dur: Duration, condition: F) -> LockResult<(MutexGuard<T>, WaitTimeoutResult)>;
    pub fn notify_one(&self);
    pub fn notify_all(&self);
}
impl Default for Condvar {}
impl Debug for Condvar {}
pub struct WaitTimeoutResult {}
impl WaitTimeoutResult {
    pub fn timed_out(&self) -> bool;
}
impl Clone for WaitTimeoutResult {}
impl Copy for WaitTimeoutResult {}
impl PartialEq for WaitTimeoutResult {}
impl Debug for WaitTimeoutResult {}

pub struct Once {}
impl Once {
    pub const fn new() -> Once;
    pub fn call_once<F: FnOnce()>(&self, f: F);
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F);
    pub fn is_completed(&self) -> bool;
    pub fn wait(&self);
}
impl Debug for Once {}
pub const ONCE_INIT: Once;
pub struct OnceState {}
impl OnceState {
    pub fn is_poisoned(&self) -> bool;
}
impl Debug for OnceState {}
pub struct OnceLock<T> {}
impl<T> OnceLock<T> {
    pub const fn new() -> OnceLock<T>;
    pub fn get(&self) -> Option<&T>;
    pub fn get_mut(&mut self) -> Option<&mut T>;
    pub fn wait(&self) -> &T;
    pub fn set(&self, value: T) -> Result<(), T>;
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T;
    pub fn into_inner(self) -> Option<T>;
    pub fn take(&mut self) -> Option<T>;
}
impl<T> Default for OnceLock<T> {}
impl<T: Clone> Clone for OnceLock<T> {}
impl<T: PartialEq> PartialEq for OnceLock<T> {}
impl<T: Eq> Eq for OnceLock<T> {}
impl<T: Debug> Debug for OnceLock<T> {}
impl<T> From<T> for OnceLock<T> {}
pub struct LazyLock<T, F = fn() -> T> {}
impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    pub const fn new(f: F) -> LazyLock<T, F>;
    pub fn force(this: &LazyLock<T, F>) -> &T;
}
impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> { type Target = T; }
impl<T: Default> Default for LazyLock<T> {}
impl<T: Debug, F> Debug for LazyLock<T, F> {}

pub struct Barrier {}
impl Barrier {
    pub const fn new(n: usize) -> Barrier;
    pub fn wait(&self) -> BarrierWaitResult;
}
impl Debug for Barrier {}
pub struct BarrierWaitResult {}
impl BarrierWaitResult {
    pub fn is_leader(&self) -> bool;
}
impl Debug for BarrierWaitResult {}
