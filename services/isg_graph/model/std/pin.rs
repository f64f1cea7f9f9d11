use crate::fmt::{Debug, Display};
use crate::hash::Hash;
use crate::ops::{Deref, DerefMut};

pub struct Pin<P> {}
impl<P: Deref> Pin<P> {
    pub fn new(pointer: P) -> Pin<P>;
    pub fn into_inner(pin: Pin<P>) -> P;
    pub unsafe fn new_unchecked(pointer: P) -> Pin<P>;
    pub fn as_ref(&self) -> Pin<&P::Target>;
    pub unsafe fn into_inner_unchecked(pin: Pin<P>) -> P;
}
impl<P: DerefMut> Pin<P> {
    pub fn as_mut(&mut self) -> Pin<&mut P::Target>;
    pub fn as_deref_mut(self: Pin<&mut Pin<P>>) -> Pin<&mut P::Target>;
    pub fn set(&mut self, value: P::Target);
}
impl<T: ?Sized> Pin<&T> {
    pub unsafe fn map_unchecked<U: ?Sized, F: FnOnce(&T) -> &U>(self, func: F) -> Pin<&U>;
    pub fn get_ref(self) -> &T;
    pub fn static_ref(r: &T) -> Pin<&T>;
}
impl<T: ?Sized> Pin<&mut T> {
    pub fn into_ref(self) -> Pin<&T>;
    pub fn get_mut(self) -> &mut T;
    pub unsafe fn get_unchecked_mut(self) -> &mut T;
    pub unsafe fn map_unchecked_mut<U: ?Sized, F: FnOnce(&mut T) -> &mut U>(self, func: F) -> Pin<&mut U>;
    pub fn static_mut(r: &mut T) -> Pin<&mut T>;
}
impl<P: Deref> Deref for Pin<P> { type Target = P::Target; }
impl<P: DerefMut> DerefMut for Pin<P> {}
impl<P: Clone> Clone for Pin<P> {}
impl<P: Copy> Copy for Pin<P> {}
impl<P: Deref, Q: Deref> PartialEq<Pin<Q>> for Pin<P> {}
impl<P: Deref> Eq for Pin<P> {}
impl<P: Deref> PartialOrd for Pin<P> {}
impl<P: Deref> Ord for Pin<P> {}
impl<P: Deref> Hash for Pin<P> {}
impl<P: Debug> Debug for Pin<P> {}
impl<P: Display> Display for Pin<P> {}
impl<T: ?Sized> From<Box<T>> for Pin<Box<T>> {}
