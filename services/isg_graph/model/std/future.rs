use crate::fmt::Debug;
use crate::ops::DerefMut;
use crate::pin::Pin;
use crate::task::{Context, Poll};

pub trait Future {
    type Output;
    fn poll(self: Pin<&mut Self>, cx: &mut Context) -> Poll<Self::Output>;
}
impl<F: ?Sized + Future + Unpin> Future for &mut F { type Output = F::Output; }
impl<P: DerefMut> Future for Pin<P> where P::Target: Future { type Output = <P::Target as Future>::Output; }

pub trait IntoFuture {
    type Output;
    type IntoFuture: Future<Output = Self::Output>;
    fn into_future(self) -> Self::IntoFuture;
}
impl<F: Future> IntoFuture for F { type Output = F::Output; type IntoFuture = F; }

pub struct Ready<T> {}
impl<T> Ready<T> {
    pub fn into_inner(self) -> T;
}
impl<T> Future for Ready<T> { type Output = T; }
impl<T> Unpin for Ready<T> {}
impl<T: Clone> Clone for Ready<T> {}
impl<T: Debug> Debug for Ready<T> {}
pub struct Pending<T> {}
impl<T> Future for Pending<T> { type Output = T; }
impl<T> Clone for Pending<T> {}
impl<T> Debug for Pending<T> {}
pub struct PollFn<F> {}
impl<T, F: FnMut(&mut Context) -> Poll<T>> Future for PollFn<F> { type Output = T; }
impl<F: Unpin> Unpin for PollFn<F> {}
impl<F> Debug for PollFn<F> {}

pub fn ready<T>(t: T) -> Ready<T>;
pub fn pending<T>() -> Pending<T>;
pub fn poll_fn<T, F: FnMut(&mut Context) -> Poll<T>>(f: F) -> PollFn<F>;
