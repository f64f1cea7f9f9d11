use crate::borrow::{Borrow, BorrowMut};
use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::hash::Hash;
use crate::iter::FusedIterator;
use crate::ops::{Index, IndexMut};
use crate::slice::{self, SliceIndex};

impl<T, const N: usize> [T; N] {
    pub fn map<U, F: FnMut(T) -> U>(self, f: F) -> [U; N];
    pub fn as_slice(&self) -> &[T];
    pub fn as_mut_slice(&mut self) -> &mut [T];
    pub fn each_ref(&self) -> [&T; N];
    pub fn each_mut(&mut self) -> [&mut T; N];
}

pub struct IntoIter<T, const N: usize> {}
impl<T, const N: usize> IntoIter<T, N> {
    pub fn as_slice(&self) -> &[T];
    pub fn as_mut_slice(&mut self) -> &mut [T];
}
impl<T, const N: usize> Iterator for IntoIter<T, N> { type Item = T; }
impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {}
impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}
impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {}

impl<T, const N: usize> IntoIterator for [T; N] { type Item = T; type IntoIter = IntoIter<T, N>; }
impl<T, const N: usize> IntoIterator for &[T; N] { type Item = &T; type IntoIter = slice::Iter<T>; }
impl<T, const N: usize> IntoIterator for &mut [T; N] { type Item = &mut T; type IntoIter = slice::IterMut<T>; }
impl<T, I: SliceIndex<[T]>, const N: usize> Index<I> for [T; N] { type Output = <I as SliceIndex<[T]>>::Output; }
impl<T, I: SliceIndex<[T]>, const N: usize> IndexMut<I> for [T; N] {}
impl<T, const N: usize> AsRef<[T]> for [T; N] {}
impl<T, const N: usize> AsMut<[T]> for [T; N] {}
impl<T, const N: usize> Borrow<[T]> for [T; N] {}
impl<T, const N: usize> BorrowMut<[T]> for [T; N] {}
impl<T: Clone, const N: usize> Clone for [T; N] {}
impl<T: Copy, const N: usize> Copy for [T; N] {}
impl<T: Default, const N: usize> Default for [T; N] {}
impl<T: Debug, const N: usize> Debug for [T; N] {}
impl<T: Hash, const N: usize> Hash for [T; N] {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T; N] {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U]> for [T; N] {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for [T] {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<&[U]> for [T; N] {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for &[T] {}
impl<T: Eq, const N: usize> Eq for [T; N] {}
impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {}
impl<T: Ord, const N: usize> Ord for [T; N] {}
impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] { type Error = TryFromSliceError; }
impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] { type Error = TryFromSliceError; }
impl<T, const N: usize> TryFrom<&[T]> for &[T; N] { type Error = TryFromSliceError; }
impl<T, const N: usize> TryFrom<&mut [T]> for &mut [T; N] { type Error = TryFromSliceError; }
impl<T, const N: usize> TryFrom<Vec<T>> for [T; N] { type Error = Vec<T>; }

pub struct TryFromSliceError {}
impl Clone for TryFromSliceError {}
impl Copy for TryFromSliceError {}
impl Debug for TryFromSliceError {}
impl Display for TryFromSliceError {}
impl Error for TryFromSliceError {}

pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(f: F) -> [T; N];
pub fn from_ref<T>(s: &T) -> &[T; 1];
pub fn from_mut<T>(s: &mut T) -> &mut [T; 1];
