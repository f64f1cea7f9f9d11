use crate::fmt::Debug;
use crate::hash::Hash;
use crate::sync::Arc;

pub enum Poll<T> { Ready(T), Pending }
impl<T> Poll<T> {
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<U>;
    pub fn is_ready(&self) -> bool;
    pub fn is_pending(&self) -> bool;
}
impl<T, E> Poll<Result<T, E>> {
    pub fn map_ok<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<Result<U, E>>;
    pub fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Poll<Result<T, U>>;
}
impl<T, E> Poll<Option<Result<T, E>>> {
    pub fn map_ok<U, F: FnOnce(T) -> U>(self, f: F) -> Poll<Option<Result<U, E>>>;
    pub fn map_err<U, F: FnOnce(E) -> U>(self, f: F) -> Poll<Option<Result<T, U>>>;
}
impl<T: Clone> Clone for Poll<T> {}
impl<T: Copy> Copy for Poll<T> {}
impl<T: PartialEq> PartialEq for Poll<T> {}
impl<T: Eq> Eq for Poll<T> {}
impl<T: PartialOrd> PartialOrd for Poll<T> {}
impl<T: Ord> Ord for Poll<T> {}
impl<T: Hash> Hash for Poll<T> {}
impl<T: Debug> Debug for Poll<T> {}
impl<T> From<T> for Poll<T> {}

pub struct Context {}
impl Context {
    pub fn from_waker(waker: &Waker) -> Self;
    pub fn waker(&self) -> &Waker;
}
impl Debug for Context {}

pub struct Waker {}
impl Waker {
    pub fn wake(self);
    pub fn wake_by_ref(&self);
    pub fn will_wake(&self, other: &Waker) -> bool;
    pub unsafe fn new(data: *const (), vtable: &RawWakerVTable) -> Self;
    pub unsafe fn from_raw(waker: RawWaker) -> Waker;
    pub fn noop() -> &Waker;
    pub fn as_raw(&self) -> &RawWaker;
    pub fn data(&self) -> *const ();
    pub fn vtable(&self) -> &RawWakerVTable;
}
impl Clone for Waker {}
impl Drop for Waker {}
impl Debug for Waker {}
impl<W: Wake> From<Arc<W>> for Waker {}
impl<W: Wake> From<Arc<W>> for RawWaker {}

pub struct RawWaker {}
impl RawWaker {
    pub fn new(data: *const (), vtable: &RawWakerVTable) -> RawWaker;
}
impl PartialEq for RawWaker {}
impl Debug for RawWaker {}
pub struct RawWakerVTable {}
impl RawWakerVTable {
    pub fn new(clone: unsafe fn(*const ()) -> RawWaker, wake: unsafe fn(*const ()), wake_by_ref: unsafe fn(*const ()), drop: unsafe fn(*const ())) -> Self;
}
impl Clone for RawWakerVTable {}
impl Copy for RawWakerVTable {}
impl PartialEq for RawWakerVTable {}
impl Debug for RawWakerVTable {}

pub trait Wake {
    fn wake(self: Arc<Self>);
    fn wake_by_ref(self: &Arc<Self>) {}
}
