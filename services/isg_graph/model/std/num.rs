use crate::error::Error;
use crate::fmt::{Binary, Debug, Display, LowerHex, Octal, UpperHex};
use crate::hash::Hash;
use crate::ops::{Add, AddAssign, BitOr, Mul, Neg, Not, Sub};
use crate::str::{FromStr, ParseBoolError};

mod ability;
mod conversion;
mod operator;

impl Clone for bool {} impl Copy for bool {} impl Default for bool {} impl PartialEq for bool {} impl Eq for bool {}
impl PartialOrd for bool {} impl Ord for bool {} impl Hash for bool {} impl Debug for bool {} impl Display for bool {}
impl FromStr for bool { type Err = ParseBoolError; }
impl Clone for char {} impl Copy for char {} impl Default for char {} impl PartialEq for char {} impl Eq for char {}
impl PartialOrd for char {} impl Ord for char {} impl Hash for char {} impl Debug for char {} impl Display for char {}
impl crate::iter::Step for char {}

pub struct ParseIntError {}
impl ParseIntError {
    pub fn kind(&self) -> &IntErrorKind;
}
impl Clone for ParseIntError {} impl PartialEq for ParseIntError {} impl Eq for ParseIntError {}
impl Debug for ParseIntError {} impl Display for ParseIntError {} impl Error for ParseIntError {}
pub enum IntErrorKind { Empty, InvalidDigit, PosOverflow, NegOverflow, Zero }
impl Clone for IntErrorKind {} impl PartialEq for IntErrorKind {} impl Eq for IntErrorKind {} impl Debug for IntErrorKind {}
pub struct TryFromIntError {}
impl Clone for TryFromIntError {} impl Copy for TryFromIntError {} impl PartialEq for TryFromIntError {} impl Eq for TryFromIntError {}
impl Debug for TryFromIntError {} impl Display for TryFromIntError {} impl Error for TryFromIntError {}
impl From<crate::convert::Infallible> for TryFromIntError {}
pub struct ParseFloatError {}
impl Clone for ParseFloatError {} impl PartialEq for ParseFloatError {} impl Eq for ParseFloatError {}
impl Debug for ParseFloatError {} impl Display for ParseFloatError {} impl Error for ParseFloatError {}
pub enum FpCategory { Nan, Infinite, Zero, Subnormal, Normal }
impl Clone for FpCategory {} impl Copy for FpCategory {} impl PartialEq for FpCategory {} impl Eq for FpCategory {} impl Debug for FpCategory {}

pub struct NonZero<T> {}
impl<T> NonZero<T> {
    pub const MIN: Self;
    pub const MAX: Self;
    pub const fn new(n: T) -> Option<Self>;
    pub const unsafe fn new_unchecked(n: T) -> Self;
    pub const fn get(self) -> T;
    pub const fn leading_zeros(self) -> u32;
    pub const fn trailing_zeros(self) -> u32;
    pub const fn ilog2(self) -> u32;
    pub const fn is_power_of_two(self) -> bool;
    pub const fn checked_add(self, other: T) -> Option<Self>;
    pub const fn checked_mul(self, other: Self) -> Option<Self>;
    pub const fn checked_pow(self, other: u32) -> Option<Self>;
    pub const fn saturating_add(self, other: T) -> Self;
    pub const fn saturating_mul(self, other: Self) -> Self;
}
impl<T> Clone for NonZero<T> {} impl<T> Copy for NonZero<T> {} impl<T: PartialEq> PartialEq for NonZero<T> {} impl<T: Eq> Eq for NonZero<T> {}
impl<T: PartialOrd> PartialOrd for NonZero<T> {} impl<T: Ord> Ord for NonZero<T> {} impl<T: Hash> Hash for NonZero<T> {}
impl<T: Debug> Debug for NonZero<T> {} impl<T: Display> Display for NonZero<T> {} impl<T> FromStr for NonZero<T> { type Err = ParseIntError; }
impl<T> BitOr for NonZero<T> { type Output = Self; } impl<T> BitOr<T> for NonZero<T> { type Output = Self; }
impl<T> TryFrom<T> for NonZero<T> { type Error = TryFromIntError; }
impl From<NonZero<u8>> for u8 {} impl From<NonZero<u16>> for u16 {} impl From<NonZero<u32>> for u32 {}
impl From<NonZero<u64>> for u64 {} impl From<NonZero<u128>> for u128 {} impl From<NonZero<usize>> for usize {}
impl From<NonZero<i8>> for i8 {} impl From<NonZero<i16>> for i16 {} impl From<NonZero<i32>> for i32 {}
impl From<NonZero<i64>> for i64 {} impl From<NonZero<i128>> for i128 {} impl From<NonZero<isize>> for isize {}
pub type NonZeroU8 = NonZero<u8>;
pub type NonZeroU16 = NonZero<u16>;
pub type NonZeroU32 = NonZero<u32>;
pub type NonZeroU64 = NonZero<u64>;
pub type NonZeroU128 = NonZero<u128>;
pub type NonZeroUsize = NonZero<usize>;
pub type NonZeroI8 = NonZero<i8>;
pub type NonZeroI16 = NonZero<i16>;
pub type NonZeroI32 = NonZero<i32>;
pub type NonZeroI64 = NonZero<i64>;
pub type NonZeroI128 = NonZero<i128>;
pub type NonZeroIsize = NonZero<isize>;

pub struct Wrapping<T>(pub T);
impl<T: Clone> Clone for Wrapping<T> {} impl<T: Copy> Copy for Wrapping<T> {} impl<T: Default> Default for Wrapping<T> {}
impl<T: PartialEq> PartialEq for Wrapping<T> {} impl<T: Eq> Eq for Wrapping<T> {} impl<T: PartialOrd> PartialOrd for Wrapping<T> {} impl<T: Ord> Ord for Wrapping<T> {}
impl<T: Hash> Hash for Wrapping<T> {} impl<T: Debug> Debug for Wrapping<T> {} impl<T: Display> Display for Wrapping<T> {}
impl<T: Binary> Binary for Wrapping<T> {} impl<T: Octal> Octal for Wrapping<T> {} impl<T: LowerHex> LowerHex for Wrapping<T> {} impl<T: UpperHex> UpperHex for Wrapping<T> {}
impl<T> Add for Wrapping<T> { type Output = Wrapping<T>; } impl<T> Sub for Wrapping<T> { type Output = Wrapping<T>; } impl<T> Mul for Wrapping<T> { type Output = Wrapping<T>; }
impl<T> Neg for Wrapping<T> { type Output = Self; } impl<T> Not for Wrapping<T> { type Output = Wrapping<T>; } impl<T> AddAssign for Wrapping<T> {} impl<T> AddAssign<T> for Wrapping<T> {}
pub struct Saturating<T>(pub T);
impl<T: Clone> Clone for Saturating<T> {} impl<T: Copy> Copy for Saturating<T> {} impl<T: Default> Default for Saturating<T> {}
impl<T: PartialEq> PartialEq for Saturating<T> {} impl<T: Eq> Eq for Saturating<T> {} impl<T: Debug> Debug for Saturating<T> {} impl<T: Display> Display for Saturating<T> {}
