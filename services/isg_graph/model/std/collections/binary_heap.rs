use crate::fmt::Debug;
use crate::iter::FusedIterator;
use crate::ops::{Deref, DerefMut};

pub use super::BinaryHeap;

pub struct PeekMut<T: Ord> {}
impl<T: Ord> PeekMut<T> {
    pub fn pop(this: PeekMut<T>) -> T;
}
impl<T: Ord> Deref for PeekMut<T> { type Target = T; }
impl<T: Ord> DerefMut for PeekMut<T> {}
impl<T: Ord + Debug> Debug for PeekMut<T> {}

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = &T; }
impl<T> DoubleEndedIterator for Iter<T> {} impl<T> ExactSizeIterator for Iter<T> {} impl<T> FusedIterator for Iter<T> {} impl<T> Clone for Iter<T> {}
pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> { type Item = T; }
impl<T> DoubleEndedIterator for IntoIter<T> {} impl<T> ExactSizeIterator for IntoIter<T> {} impl<T> FusedIterator for IntoIter<T> {} impl<T: Clone> Clone for IntoIter<T> {}
pub struct Drain<T> {}
impl<T> Iterator for Drain<T> { type Item = T; }
impl<T> DoubleEndedIterator for Drain<T> {} impl<T> ExactSizeIterator for Drain<T> {} impl<T> FusedIterator for Drain<T> {}
