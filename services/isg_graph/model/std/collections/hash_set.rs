use crate::hash::{BuildHasher, Hash};
use crate::iter::FusedIterator;

pub use super::HashSet;

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = &T; }
impl<T> ExactSizeIterator for Iter<T> {} impl<T> FusedIterator for Iter<T> {} impl<T> Clone for Iter<T> {}
pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> { type Item = T; }
impl<T> ExactSizeIterator for IntoIter<T> {} impl<T> FusedIterator for IntoIter<T> {}
pub struct Drain<T> {}
impl<T> Iterator for Drain<T> { type Item = T; }
impl<T> ExactSizeIterator for Drain<T> {} impl<T> FusedIterator for Drain<T> {}
pub struct Intersection<T, S> {}
impl<T: Eq + Hash, S: BuildHasher> Iterator for Intersection<T, S> { type Item = &T; }
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Intersection<T, S> {} impl<T, S> Clone for Intersection<T, S> {}
pub struct Difference<T, S> {}
impl<T: Eq + Hash, S: BuildHasher> Iterator for Difference<T, S> { type Item = &T; }
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Difference<T, S> {} impl<T, S> Clone for Difference<T, S> {}
pub struct SymmetricDifference<T, S> {}
impl<T: Eq + Hash, S: BuildHasher> Iterator for SymmetricDifference<T, S> { type Item = &T; }
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for SymmetricDifference<T, S> {} impl<T, S> Clone for SymmetricDifference<T, S> {}
pub struct Union<T, S> {}
impl<T: Eq + Hash, S: BuildHasher> Iterator for Union<T, S> { type Item = &T; }
impl<T: Eq + Hash, S: BuildHasher> FusedIterator for Union<T, S> {} impl<T, S> Clone for Union<T, S> {}
