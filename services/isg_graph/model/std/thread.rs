use crate::any::Any;
use crate::cell::{Cell, RefCell};
use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::hash::Hash;
use crate::io;
use crate::num::NonZeroUsize;
use crate::time::{Duration, Instant};

pub type Result<T> = crate::result::Result<T, Box<dyn Any + Send>>;
pub fn spawn<F: FnOnce() -> T, T>(f: F) -> JoinHandle<T>;
pub fn scope<F: FnOnce(&Scope) -> T, T>(f: F) -> T;
pub fn current() -> Thread;
pub fn yield_now();
pub fn panicking() -> bool;
pub fn sleep(dur: Duration);
pub fn sleep_ms(ms: u32);
pub fn sleep_until(deadline: Instant);
pub fn park();
pub fn park_timeout(dur: Duration);
pub fn available_parallelism() -> io::Result<NonZeroUsize>;

pub struct Builder {}
impl Builder {
    pub fn new() -> Builder;
    pub fn name(self, name: String) -> Builder;
    pub fn stack_size(self, size: usize) -> Builder;
    pub fn spawn<F: FnOnce() -> T, T>(self, f: F) -> io::Result<JoinHandle<T>>;
    pub fn spawn_scoped<F: FnOnce() -> T, T>(self, scope: &Scope, f: F) -> io::Result<ScopedJoinHandle<T>>;
}
impl Debug for Builder {}
pub struct JoinHandle<T> {}
impl<T> JoinHandle<T> {
    pub fn thread(&self) -> &Thread;
    pub fn join(self) -> Result<T>;
    pub fn is_finished(&self) -> bool;
}
impl<T> Debug for JoinHandle<T> {}
pub struct Scope {}
impl Scope {
    pub fn spawn<F: FnOnce() -> T, T>(&self, f: F) -> ScopedJoinHandle<T>;
}
impl Debug for Scope {}
pub struct ScopedJoinHandle<T> {}
impl<T> ScopedJoinHandle<T> {
    pub fn thread(&self) -> &Thread;
    pub fn join(self) -> Result<T>;
    pub fn is_finished(&self) -> bool;
}
impl<T> Debug for ScopedJoinHandle<T> {}
pub struct Thread {}
impl Thread {
    pub fn unpark(&self);
    pub fn id(&self) -> ThreadId;
    pub fn name(&self) -> Option<&str>;
}
impl Clone for Thread {} impl Debug for Thread {}
pub struct ThreadId {}
impl Clone for ThreadId {} impl Copy for ThreadId {} impl PartialEq for ThreadId {} impl Eq for ThreadId {} impl Hash for ThreadId {} impl Debug for ThreadId {}

pub struct LocalKey<T> {}
impl<T> LocalKey<T> {
    pub fn with<F: FnOnce(&T) -> R, R>(&self, f: F) -> R;
    pub fn try_with<F: FnOnce(&T) -> R, R>(&self, f: F) -> crate::result::Result<R, AccessError>;
}
impl<T> LocalKey<Cell<T>> {
    pub fn set(&self, value: T);
    pub fn get(&self) -> T;
    pub fn take(&self) -> T;
    pub fn replace(&self, value: T) -> T;
}
impl<T> LocalKey<RefCell<T>> {
    pub fn with_borrow<F: FnOnce(&T) -> R, R>(&self, f: F) -> R;
    pub fn with_borrow_mut<F: FnOnce(&mut T) -> R, R>(&self, f: F) -> R;
    pub fn set(&self, value: T);
    pub fn take(&self) -> T;
    pub fn replace(&self, value: T) -> T;
}
impl<T> Debug for LocalKey<T> {}
pub struct AccessError;
impl Clone for AccessError {} impl Copy for AccessError {} impl PartialEq for AccessError {} impl Eq for AccessError {}
impl Debug for AccessError {} impl Display for AccessError {} impl Error for AccessError {}
