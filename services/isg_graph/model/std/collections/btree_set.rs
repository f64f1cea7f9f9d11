use crate::iter::FusedIterator;

pub use super::BTreeSet;

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = &T; }
impl<T> DoubleEndedIterator for Iter<T> {} impl<T> ExactSizeIterator for Iter<T> {} impl<T> FusedIterator for Iter<T> {} impl<T> Clone for Iter<T> {}
pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> { type Item = T; }
impl<T> DoubleEndedIterator for IntoIter<T> {} impl<T> ExactSizeIterator for IntoIter<T> {} impl<T> FusedIterator for IntoIter<T> {}
pub struct Range<T> {}
impl<T> Iterator for Range<T> { type Item = &T; }
impl<T> DoubleEndedIterator for Range<T> {} impl<T> FusedIterator for Range<T> {} impl<T> Clone for Range<T> {}
pub struct Intersection<T> {}
impl<T: Ord> Iterator for Intersection<T> { type Item = &T; }
impl<T: Ord> FusedIterator for Intersection<T> {} impl<T> Clone for Intersection<T> {}
pub struct Difference<T> {}
impl<T: Ord> Iterator for Difference<T> { type Item = &T; }
impl<T: Ord> FusedIterator for Difference<T> {} impl<T> Clone for Difference<T> {}
pub struct SymmetricDifference<T> {}
impl<T: Ord> Iterator for SymmetricDifference<T> { type Item = &T; }
impl<T: Ord> FusedIterator for SymmetricDifference<T> {} impl<T> Clone for SymmetricDifference<T> {}
pub struct Union<T> {}
impl<T: Ord> Iterator for Union<T> { type Item = &T; }
impl<T: Ord> FusedIterator for Union<T> {} impl<T> Clone for Union<T> {}
