use crate::iter::FusedIterator;

pub use super::LinkedList;

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = &T; }
impl<T> DoubleEndedIterator for Iter<T> {} impl<T> ExactSizeIterator for Iter<T> {} impl<T> FusedIterator for Iter<T> {} impl<T> Clone for Iter<T> {}
pub struct IterMut<T> {}
impl<T> Iterator for IterMut<T> { type Item = &mut T; }
impl<T> DoubleEndedIterator for IterMut<T> {} impl<T> ExactSizeIterator for IterMut<T> {} impl<T> FusedIterator for IterMut<T> {}
pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> { type Item = T; }
impl<T> DoubleEndedIterator for IntoIter<T> {} impl<T> ExactSizeIterator for IntoIter<T> {} impl<T> FusedIterator for IntoIter<T> {} impl<T: Clone> Clone for IntoIter<T> {}
