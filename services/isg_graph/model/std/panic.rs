use crate::any::Any;
use crate::fmt::{Debug, Display};
use crate::future::Future;
use crate::hash::Hash;
use crate::ops::{Deref, DerefMut};
use crate::thread;

pub trait UnwindSafe {}
pub trait RefUnwindSafe {}
pub struct AssertUnwindSafe<T>(pub T);
impl<T> Deref for AssertUnwindSafe<T> { type Target = T; }
impl<T> DerefMut for AssertUnwindSafe<T> {}
impl<T> UnwindSafe for AssertUnwindSafe<T> {}
impl<T> RefUnwindSafe for AssertUnwindSafe<T> {}
impl<R, F: FnOnce() -> R> FnOnce<()> for AssertUnwindSafe<F> { type Output = F::Output; }
impl<F: Future> Future for AssertUnwindSafe<F> { type Output = F::Output; }
impl<T: Debug> Debug for AssertUnwindSafe<T> {}
impl<T: Default> Default for AssertUnwindSafe<T> {}

pub struct Location {}
impl Location {
    pub fn caller() -> &Location;
    pub fn file(&self) -> &str;
    pub fn line(&self) -> u32;
    pub fn column(&self) -> u32;
}
impl Clone for Location {} impl Copy for Location {} impl PartialEq for Location {} impl Eq for Location {} impl PartialOrd for Location {}
impl Ord for Location {} impl Hash for Location {} impl Debug for Location {} impl Display for Location {}
pub struct PanicHookInfo {}
impl PanicHookInfo {
    pub fn payload(&self) -> &(dyn Any + Send);
    pub fn payload_as_str(&self) -> Option<&str>;
    pub fn location(&self) -> Option<&Location>;
}
impl Debug for PanicHookInfo {} impl Display for PanicHookInfo {}
pub type PanicInfo = PanicHookInfo;

pub fn catch_unwind<F: FnOnce() -> R, R>(f: F) -> thread::Result<R>;
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> !;
pub fn panic_any<M: Any + Send>(msg: M) -> !;
pub fn set_hook(hook: Box<dyn Fn(&PanicHookInfo) + Sync + Send>);
pub fn take_hook() -> Box<dyn Fn(&PanicHookInfo) + Sync + Send>;
