use crate::fmt::Debug;
use crate::future::Future;
use crate::hash::Hash;
use crate::iter::{FusedIterator, Step};

pub trait Deref {
    type Target: ?Sized;
    fn deref(&self) -> &Self::Target;
}
pub trait DerefMut: Deref {
    fn deref_mut(&mut self) -> &mut Self::Target;
}
impl<T: ?Sized> Deref for &T { type Target = T; }
impl<T: ?Sized> Deref for &mut T { type Target = T; }
impl<T: ?Sized> DerefMut for &mut T {}
pub trait Drop { fn drop(&mut self); }
pub trait Index<Idx: ?Sized> {
    type Output: ?Sized;
    fn index(&self, index: Idx) -> &Self::Output;
}
pub trait IndexMut<Idx: ?Sized>: Index<Idx> {
    fn index_mut(&mut self, index: Idx) -> &mut Self::Output;
}

pub trait FnOnce<Args> {
    type Output;
    fn call_once(self, args: Args) -> Self::Output;
}
pub trait FnMut<Args>: FnOnce<Args> {
    fn call_mut(&mut self, args: Args) -> Self::Output;
}
pub trait Fn<Args>: FnMut<Args> {
    fn call(&self, args: Args) -> Self::Output;
}
impl<A, F: ?Sized + Fn<A>> Fn<A> for &F {}
impl<A, F: ?Sized + Fn<A>> FnMut<A> for &F {}
impl<A, F: ?Sized + Fn<A>> FnOnce<A> for &F { type Output = F::Output; }
impl<A, F: ?Sized + FnMut<A>> FnMut<A> for &mut F {}
impl<A, F: ?Sized + FnMut<A>> FnOnce<A> for &mut F { type Output = F::Output; }
pub trait AsyncFnOnce<Args> {
    type Output;
    type CallOnceFuture: Future<Output = Self::Output>;
    fn async_call_once(self, args: Args) -> Self::CallOnceFuture;
}
pub trait AsyncFnMut<Args>: AsyncFnOnce<Args> {}
pub trait AsyncFn<Args>: AsyncFnMut<Args> {}

pub trait Add<Rhs = Self> { type Output; fn add(self, rhs: Rhs) -> Self::Output; }
pub trait Sub<Rhs = Self> { type Output; fn sub(self, rhs: Rhs) -> Self::Output; }
pub trait Mul<Rhs = Self> { type Output; fn mul(self, rhs: Rhs) -> Self::Output; }
pub trait Div<Rhs = Self> { type Output; fn div(self, rhs: Rhs) -> Self::Output; }
pub trait Rem<Rhs = Self> { type Output; fn rem(self, rhs: Rhs) -> Self::Output; }
pub trait BitAnd<Rhs = Self> { type Output; fn bitand(self, rhs: Rhs) -> Self::Output; }
pub trait BitOr<Rhs = Self> { type Output; fn bitor(self, rhs: Rhs) -> Self::Output; }
pub trait BitXor<Rhs = Self> { type Output; fn bitxor(self, rhs: Rhs) -> Self::Output; }
pub trait Shl<Rhs = Self> { type Output; fn shl(self, rhs: Rhs) -> Self::Output; }
pub trait Shr<Rhs = Self> { type Output; fn shr(self, rhs: Rhs) -> Self::Output; }
pub trait Neg { type Output; fn neg(self) -> Self::Output; }
pub trait Not { type Output; fn not(self) -> Self::Output; }
pub trait AddAssign<Rhs = Self> { fn add_assign(&mut self, rhs: Rhs); }
pub trait SubAssign<Rhs = Self> { fn sub_assign(&mut self, rhs: Rhs); }
pub trait MulAssign<Rhs = Self> { fn mul_assign(&mut self, rhs: Rhs); }
pub trait DivAssign<Rhs = Self> { fn div_assign(&mut self, rhs: Rhs); }
pub trait RemAssign<Rhs = Self> { fn rem_assign(&mut self, rhs: Rhs); }
pub trait BitAndAssign<Rhs = Self> { fn bitand_assign(&mut self, rhs: Rhs); }
pub trait BitOrAssign<Rhs = Self> { fn bitor_assign(&mut self, rhs: Rhs); }
pub trait BitXorAssign<Rhs = Self> { fn bitxor_assign(&mut self, rhs: Rhs); }
pub trait ShlAssign<Rhs = Self> { fn shl_assign(&mut self, rhs: Rhs); }
pub trait ShrAssign<Rhs = Self> { fn shr_assign(&mut self, rhs: Rhs); }

pub enum ControlFlow<B, C = ()> { Continue(C), Break(B) }
impl<B, C> ControlFlow<B, C> {
    pub fn is_break(&self) -> bool;
    pub fn is_continue(&self) -> bool;
    pub fn break_value(self) -> Option<B>;
    pub fn map_break<T, F: FnOnce(B) -> T>(self, f: F) -> ControlFlow<T, C>;
    pub fn continue_value(self) -> Option<C>;
    pub fn map_continue<T, F: FnOnce(C) -> T>(self, f: F) -> ControlFlow<B, T>;
}
impl<B: Clone, C: Clone> Clone for ControlFlow<B, C> {}
impl<B: Copy, C: Copy> Copy for ControlFlow<B, C> {}
impl<B: PartialEq, C: PartialEq> PartialEq for ControlFlow<B, C> {}
impl<B: Eq, C: Eq> Eq for ControlFlow<B, C> {}
impl<B: Debug, C: Debug> Debug for ControlFlow<B, C> {}

pub enum Bound<T> { Included(T), Excluded(T), Unbounded }
impl<T> Bound<T> {
    pub fn as_ref(&self) -> Bound<&T>;
    pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Bound<U>;
}
impl<T: Clone> Bound<&T> {
    pub fn cloned(self) -> Bound<T>;
}
impl<T: Clone> Clone for Bound<T> {}
impl<T: Copy> Copy for Bound<T> {}
impl<T: PartialEq> PartialEq for Bound<T> {}
impl<T: Eq> Eq for Bound<T> {}
impl<T: Hash> Hash for Bound<T> {}
impl<T: Debug> Debug for Bound<T> {}

pub trait RangeBounds<T: ?Sized> {
    fn start_bound(&self) -> Bound<&T>;
    fn end_bound(&self) -> Bound<&T>;
    fn contains<U: ?Sized>(&self, item: &U) -> bool {}
}
impl<T> RangeBounds<T> for Range<T> {}
impl<T> RangeBounds<T> for Range<&T> {}
impl<T> RangeBounds<T> for RangeFrom<T> {}
impl<T> RangeBounds<T> for RangeTo<T> {}
impl<T> RangeBounds<T> for RangeInclusive<T> {}
impl<T> RangeBounds<T> for RangeToInclusive<T> {}
impl<T: ?Sized> RangeBounds<T> for RangeFull {}
impl<T> RangeBounds<T> for (Bound<T>, Bound<T>) {}
impl<T: ?Sized> RangeBounds<T> for (Bound<&T>, Bound<&T>) {}

pub struct RangeFull;
impl Clone for RangeFull {}
impl Copy for RangeFull {}
impl Default for RangeFull {}
impl PartialEq for RangeFull {}
impl Eq for RangeFull {}
impl Debug for RangeFull {}
pub struct Range<Idx> { pub start: Idx, pub end: Idx }
impl<Idx: PartialOrd> Range<Idx> {
    pub fn contains<U: ?Sized>(&self, item: &U) -> bool;
    pub fn is_empty(&self) -> bool;
}
impl<A: Step> Iterator for Range<A> { type Item = A; }
impl<A: Step> DoubleEndedIterator for Range<A> {}
impl<A: Step> ExactSizeIterator for Range<A> {}
impl<A: Step> FusedIterator for Range<A> {}
impl<Idx: Clone> Clone for Range<Idx> {}
impl<Idx: Default> Default for Range<Idx> {}
impl<Idx: PartialEq> PartialEq for Range<Idx> {}
impl<Idx: Eq> Eq for Range<Idx> {}
impl<Idx: Hash> Hash for Range<Idx> {}
impl<Idx: Debug> Debug for Range<Idx> {}
pub struct RangeFrom<Idx> { pub start: Idx }
impl<Idx: PartialOrd> RangeFrom<Idx> {
    pub fn contains<U: ?Sized>(&self, item: &U) -> bool;
}
impl<A: Step> Iterator for RangeFrom<A> { type Item = A; }
impl<A: Step> FusedIterator for RangeFrom<A> {}
impl<Idx: Clone> Clone for RangeFrom<Idx> {}
impl<Idx: PartialEq> PartialEq for RangeFrom<Idx> {}
impl<Idx: Eq> Eq for RangeFrom<Idx> {}
impl<Idx: Hash> Hash for RangeFrom<Idx> {}
impl<Idx: Debug> Debug for RangeFrom<Idx> {}
pub struct RangeTo<Idx> { pub end: Idx }
impl<Idx: PartialOrd> RangeTo<Idx> {
    pub fn contains<U: ?Sized>(&self, item: &U) -> bool;
}
impl<Idx: Clone> Clone for RangeTo<Idx> {}
impl<Idx: Copy> Copy for RangeTo<Idx> {}
impl<Idx: PartialEq> PartialEq for RangeTo<Idx> {}
impl<Idx: Eq> Eq for RangeTo<Idx> {}
impl<Idx: Hash> Hash for RangeTo<Idx> {}
impl<Idx: Debug> Debug for RangeTo<Idx> {}
pub struct RangeInclusive<Idx> {}
impl<Idx> RangeInclusive<Idx> {
    pub fn new(start: Idx, end: Idx) -> Self;
    pub fn start(&self) -> &Idx;
    pub fn end(&self) -> &Idx;
    pub fn into_inner(self) -> (Idx, Idx);
    pub fn contains<U: ?Sized>(&self, item: &U) -> bool;
    pub fn is_empty(&self) -> bool;
}
impl<A: Step> Iterator for RangeInclusive<A> { type Item = A; }
impl<A: Step> DoubleEndedIterator for RangeInclusive<A> {}
impl<A: Step> ExactSizeIterator for RangeInclusive<A> {}
impl<A: Step> FusedIterator for RangeInclusive<A> {}
impl<Idx: Clone> Clone for RangeInclusive<Idx> {}
impl<Idx: PartialEq> PartialEq for RangeInclusive<Idx> {}
impl<Idx: Eq> Eq for RangeInclusive<Idx> {}
impl<Idx: Hash> Hash for RangeInclusive<Idx> {}
impl<Idx: Debug> Debug for RangeInclusive<Idx> {}
pub struct RangeToInclusive<Idx> { pub end: Idx }
impl<Idx: PartialOrd> RangeToInclusive<Idx> {
    pub fn contains<U: ?Sized>(&self, item: &U) -> bool;
}
impl<Idx: Clone> Clone for RangeToInclusive<Idx> {}
impl<Idx: Copy> Copy for RangeToInclusive<Idx> {}
impl<Idx: PartialEq> PartialEq for RangeToInclusive<Idx> {}
impl<Idx: Eq> Eq for RangeToInclusive<Idx> {}
impl<Idx: Debug> Debug for RangeToInclusive<Idx> {}
