pub trait Default: Sized {
    fn default() -> Self;
}
impl Default for () {}
impl<T> Default for &[T] {}
impl<T> Default for &mut [T] {}
impl Default for &str {}
impl<A: Default> Default for (A,) {}
impl<A: Default, B: Default> Default for (A, B) {}
impl<A: Default, B: Default, C: Default> Default for (A, B, C) {}
impl<A: Default, B: Default, C: Default, D: Default> Default for (A, B, C, D) {}
impl<A: Default, B: Default, C: Default, D: Default, E: Default> Default for (A, B, C, D, E) {}
