// Own methods and non-operator impls of the signed integers: alike but for the type.
use crate::fmt::{Binary, Debug, Display, LowerHex, Octal, UpperHex};
use crate::hash::Hash;
use crate::iter::{Product, Step, Sum};
use crate::num::ParseIntError;
use crate::str::FromStr;

impl i8 {
    pub const MIN: i8; pub const MAX: i8; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<i8, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> i8; pub const fn rotate_right(self, n: u32) -> i8;
    pub const fn swap_bytes(self) -> i8; pub const fn reverse_bits(self) -> i8; pub const fn to_be(self) -> i8; pub const fn to_le(self) -> i8;
    pub const fn checked_add(self, rhs: i8) -> Option<i8>; pub const fn checked_sub(self, rhs: i8) -> Option<i8>; pub const fn checked_mul(self, rhs: i8) -> Option<i8>; pub const fn checked_div(self, rhs: i8) -> Option<i8>; pub const fn checked_rem(self, rhs: i8) -> Option<i8>;
    pub const fn checked_neg(self) -> Option<i8>; pub const fn checked_pow(self, exp: u32) -> Option<i8>; pub const fn checked_shl(self, rhs: u32) -> Option<i8>; pub const fn checked_shr(self, rhs: u32) -> Option<i8>;
    pub const fn saturating_add(self, rhs: i8) -> i8; pub const fn saturating_sub(self, rhs: i8) -> i8; pub const fn saturating_mul(self, rhs: i8) -> i8; pub const fn saturating_pow(self, exp: u32) -> i8;
    pub const fn wrapping_add(self, rhs: i8) -> i8; pub const fn wrapping_sub(self, rhs: i8) -> i8; pub const fn wrapping_mul(self, rhs: i8) -> i8; pub const fn wrapping_div(self, rhs: i8) -> i8; pub const fn wrapping_rem(self, rhs: i8) -> i8;
    pub const fn wrapping_neg(self) -> i8; pub const fn wrapping_pow(self, exp: u32) -> i8; pub const fn wrapping_shl(self, rhs: u32) -> i8; pub const fn wrapping_shr(self, rhs: u32) -> i8;
    pub const fn overflowing_add(self, rhs: i8) -> (i8, bool); pub const fn overflowing_sub(self, rhs: i8) -> (i8, bool); pub const fn overflowing_mul(self, rhs: i8) -> (i8, bool);
    pub const fn pow(self, exp: u32) -> i8; pub const fn isqrt(self) -> i8; pub const fn ilog(self, base: i8) -> u32;
    pub const fn div_euclid(self, rhs: i8) -> i8; pub const fn rem_euclid(self, rhs: i8) -> i8; pub const fn abs_diff(self, other: i8) -> u8;
    pub const fn to_be_bytes(self) -> [u8; 1]; pub const fn to_le_bytes(self) -> [u8; 1]; pub const fn to_ne_bytes(self) -> [u8; 1];
    pub const fn from_be_bytes(bytes: [u8; 1]) -> i8; pub const fn from_le_bytes(bytes: [u8; 1]) -> i8; pub const fn from_ne_bytes(bytes: [u8; 1]) -> i8;
    pub const fn from_be(x: i8) -> i8; pub const fn from_le(x: i8) -> i8; pub const fn min_value() -> i8; pub const fn max_value() -> i8;
    pub const fn abs(self) -> i8; pub const fn signum(self) -> i8; pub const fn unsigned_abs(self) -> u8; pub const fn checked_abs(self) -> Option<i8>; pub const fn wrapping_abs(self) -> i8;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for i8 { type Err = ParseIntError; }
impl Clone for i8 {} impl Copy for i8 {} impl Default for i8 {} impl PartialEq for i8 {} impl Eq for i8 {} impl PartialOrd for i8 {} impl Ord for i8 {}
impl Hash for i8 {} impl Debug for i8 {} impl Display for i8 {} impl Octal for i8 {} impl Binary for i8 {} impl LowerHex for i8 {} impl UpperHex for i8 {}
impl Step for i8 {} impl Sum for i8 {} impl Product for i8 {} impl Sum<&i8> for i8 {}

impl i16 {
    pub const MIN: i16; pub const MAX: i16; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<i16, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> i16; pub const fn rotate_right(self, n: u32) -> i16;
    pub const fn swap_bytes(self) -> i16; pub const fn reverse_bits(self) -> i16; pub const fn to_be(self) -> i16; pub const fn to_le(self) -> i16;
    pub const fn checked_add(self, rhs: i16) -> Option<i16>; pub const fn checked_sub(self, rhs: i16) -> Option<i16>; pub const fn checked_mul(self, rhs: i16) -> Option<i16>; pub const fn checked_div(self, rhs: i16) -> Option<i16>; pub const fn checked_rem(self, rhs: i16) -> Option<i16>;
    pub const fn checked_neg(self) -> Option<i16>; pub const fn checked_pow(self, exp: u32) -> Option<i16>; pub const fn checked_shl(self, rhs: u32) -> Option<i16>; pub const fn checked_shr(self, rhs: u32) -> Option<i16>;
    pub const fn saturating_add(self, rhs: i16) -> i16; pub const fn saturating_sub(self, rhs: i16) -> i16; pub const fn saturating_mul(self, rhs: i16) -> i16; pub const fn saturating_pow(self, exp: u32) -> i16;
    pub const fn wrapping_add(self, rhs: i16) -> i16; pub const fn wrapping_sub(self, rhs: i16) -> i16; pub const fn wrapping_mul(self, rhs: i16) -> i16; pub const fn wrapping_div(self, rhs: i16) -> i16; pub const fn wrapping_rem(self, rhs: i16) -> i16;
    pub const fn wrapping_neg(self) -> i16; pub const fn wrapping_pow(self, exp: u32) -> i16; pub const fn wrapping_shl(self, rhs: u32) -> i16; pub const fn wrapping_shr(self, rhs: u32) -> i16;
    pub const fn overflowing_add(self, rhs: i16) -> (i16, bool); pub const fn overflowing_sub(self, rhs: i16) -> (i16, bool); pub const fn overflowing_mul(self, rhs: i16) -> (i16, bool);
    pub const fn pow(self, exp: u32) -> i16; pub const fn isqrt(self) -> i16; pub const fn ilog(self, base: i16) -> u32;
    pub const fn div_euclid(self, rhs: i16) -> i16; pub const fn rem_euclid(self, rhs: i16) -> i16; pub const fn abs_diff(self, other: i16) -> u16;
    pub const fn to_be_bytes(self) -> [u8; 2]; pub const fn to_le_bytes(self) -> [u8; 2]; pub const fn to_ne_bytes(self) -> [u8; 2];
    pub const fn from_be_bytes(bytes: [u8; 2]) -> i16; pub const fn from_le_bytes(bytes: [u8; 2]) -> i16; pub const fn from_ne_bytes(bytes: [u8; 2]) -> i16;
    pub const fn from_be(x: i16) -> i16; pub const fn from_le(x: i16) -> i16; pub const fn min_value() -> i16; pub const fn max_value() -> i16;
    pub const fn abs(self) -> i16; pub const fn signum(self) -> i16; pub const fn unsigned_abs(self) -> u16; pub const fn checked_abs(self) -> Option<i16>; pub const fn wrapping_abs(self) -> i16;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for i16 { type Err = ParseIntError; }
impl Clone for i16 {} impl Copy for i16 {} impl Default for i16 {} impl PartialEq for i16 {} impl Eq for i16 {} impl PartialOrd for i16 {} impl Ord for i16 {}
impl Hash for i16 {} impl Debug for i16 {} impl Display for i16 {} impl Octal for i16 {} impl Binary for i16 {} impl LowerHex for i16 {} impl UpperHex for i16 {}
impl Step for i16 {} impl Sum for i16 {} impl Product for i16 {} impl Sum<&i16> for i16 {}

impl i32 {
    pub const MIN: i32; pub const MAX: i32; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<i32, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> i32; pub const fn rotate_right(self, n: u32) -> i32;
    pub const fn swap_bytes(self) -> i32; pub const fn reverse_bits(self) -> i32; pub const fn to_be(self) -> i32; pub const fn to_le(self) -> i32;
    pub const fn checked_add(self, rhs: i32) -> Option<i32>; pub const fn checked_sub(self, rhs: i32) -> Option<i32>; pub const fn checked_mul(self, rhs: i32) -> Option<i32>; pub const fn checked_div(self, rhs: i32) -> Option<i32>; pub const fn checked_rem(self, rhs: i32) -> Option<i32>;
    pub const fn checked_neg(self) -> Option<i32>; pub const fn checked_pow(self, exp: u32) -> Option<i32>; pub const fn checked_shl(self, rhs: u32) -> Option<i32>; pub const fn checked_shr(self, rhs: u32) -> Option<i32>;
    pub const fn saturating_add(self, rhs: i32) -> i32; pub const fn saturating_sub(self, rhs: i32) -> i32; pub const fn saturating_mul(self, rhs: i32) -> i32; pub const fn saturating_pow(self, exp: u32) -> i32;
    pub const fn wrapping_add(self, rhs: i32) -> i32; pub const fn wrapping_sub(self, rhs: i32) -> i32; pub const fn wrapping_mul(self, rhs: i32) -> i32; pub const fn wrapping_div(self, rhs: i32) -> i32; pub const fn wrapping_rem(self, rhs: i32) -> i32;
    pub const fn wrapping_neg(self) -> i32; pub const fn wrapping_pow(self, exp: u32) -> i32; pub const fn wrapping_shl(self, rhs: u32) -> i32; pub const fn wrapping_shr(self, rhs: u32) -> i32;
    pub const fn overflowing_add(self, rhs: i32) -> (i32, bool); pub const fn overflowing_sub(self, rhs: i32) -> (i32, bool); pub const fn overflowing_mul(self, rhs: i32) -> (i32, bool);
    pub const fn pow(self, exp: u32) -> i32; pub const fn isqrt(self) -> i32; pub const fn ilog(self, base: i32) -> u32;
    pub const fn div_euclid(self, rhs: i32) -> i32; pub const fn rem_euclid(self, rhs: i32) -> i32; pub const fn abs_diff(self, other: i32) -> u32;
    pub const fn to_be_bytes(self) -> [u8; 4]; pub const fn to_le_bytes(self) -> [u8; 4]; pub const fn to_ne_bytes(self) -> [u8; 4];
    pub const fn from_be_bytes(bytes: [u8; 4]) -> i32; pub const fn from_le_bytes(bytes: [u8; 4]) -> i32; pub const fn from_ne_bytes(bytes: [u8; 4]) -> i32;
    pub const fn from_be(x: i32) -> i32; pub const fn from_le(x: i32) -> i32; pub const fn min_value() -> i32; pub const fn max_value() -> i32;
    pub const fn abs(self) -> i32; pub const fn signum(self) -> i32; pub const fn unsigned_abs(self) -> u32; pub const fn checked_abs(self) -> Option<i32>; pub const fn wrapping_abs(self) -> i32;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for i32 { type Err = ParseIntError; }
impl Clone for i32 {} impl Copy for i32 {} impl Default for i32 {} impl PartialEq for i32 {} impl Eq for i32 {} impl PartialOrd for i32 {} impl Ord for i32 {}
impl Hash for i32 {} impl Debug for i32 {} impl Display for i32 {} impl Octal for i32 {} impl Binary for i32 {} impl LowerHex for i32 {} impl UpperHex for i32 {}
impl Step for i32 {} impl Sum for i32 {} impl Product for i32 {} impl Sum<&i32> for i32 {}

impl i64 {
    pub const MIN: i64; pub const MAX: i64; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<i64, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> i64; pub const fn rotate_right(self, n: u32) -> i64;
    pub const fn swap_bytes(self) -> i64; pub const fn reverse_bits(self) -> i64; pub const fn to_be(self) -> i64; pub const fn to_le(self) -> i64;
    pub const fn checked_add(self, rhs: i64) -> Option<i64>; pub const fn checked_sub(self, rhs: i64) -> Option<i64>; pub const fn checked_mul(self, rhs: i64) -> Option<i64>; pub const fn checked_div(self, rhs: i64) -> Option<i64>; pub const fn checked_rem(self, rhs: i64) -> Option<i64>;
    pub const fn checked_neg(self) -> Option<i64>; pub const fn checked_pow(self, exp: u32) -> Option<i64>; pub const fn checked_shl(self, rhs: u32) -> Option<i64>; pub const fn checked_shr(self, rhs: u32) -> Option<i64>;
    pub const fn saturating_add(self, rhs: i64) -> i64; pub const fn saturating_sub(self, rhs: i64) -> i64; pub const fn saturating_mul(self, rhs: i64) -> i64; pub const fn saturating_pow(self, exp: u32) -> i64;
    pub const fn wrapping_add(self, rhs: i64) -> i64; pub const fn wrapping_sub(self, rhs: i64) -> i64; pub const fn wrapping_mul(self, rhs: i64) -> i64; pub const fn wrapping_div(self, rhs: i64) -> i64; pub const fn wrapping_rem(self, rhs: i64) -> i64;
    pub const fn wrapping_neg(self) -> i64; pub const fn wrapping_pow(self, exp: u32) -> i64; pub const fn wrapping_shl(self, rhs: u32) -> i64; pub const fn wrapping_shr(self, rhs: u32) -> i64;
    pub const fn overflowing_add(self, rhs: i64) -> (i64, bool); pub const fn overflowing_sub(self, rhs: i64) -> (i64, bool); pub const fn overflowing_mul(self, rhs: i64) -> (i64, bool);
    pub const fn pow(self, exp: u32) -> i64; pub const fn isqrt(self) -> i64; pub const fn ilog(self, base: i64) -> u32;
    pub const fn div_euclid(self, rhs: i64) -> i64; pub const fn rem_euclid(self, rhs: i64) -> i64; pub const fn abs_diff(self, other: i64) -> u64;
    pub const fn to_be_bytes(self) -> [u8; 8]; pub const fn to_le_bytes(self) -> [u8; 8]; pub const fn to_ne_bytes(self) -> [u8; 8];
    pub const fn from_be_bytes(bytes: [u8; 8]) -> i64; pub const fn from_le_bytes(bytes: [u8; 8]) -> i64; pub const fn from_ne_bytes(bytes: [u8; 8]) -> i64;
    pub const fn from_be(x: i64) -> i64; pub const fn from_le(x: i64) -> i64; pub const fn min_value() -> i64; pub const fn max_value() -> i64;
    pub const fn abs(self) -> i64; pub const fn signum(self) -> i64; pub const fn unsigned_abs(self) -> u64; pub const fn checked_abs(self) -> Option<i64>; pub const fn wrapping_abs(self) -> i64;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for i64 { type Err = ParseIntError; }
impl Clone for i64 {} impl Copy for i64 {} impl Default for i64 {} impl PartialEq for i64 {} impl Eq for i64 {} impl PartialOrd for i64 {} impl Ord for i64 {}
impl Hash for i64 {} impl Debug for i64 {} impl Display for i64 {} impl Octal for i64 {} impl Binary for i64 {} impl LowerHex for i64 {} impl UpperHex for i64 {}
impl Step for i64 {} impl Sum for i64 {} impl Product for i64 {} impl Sum<&i64> for i64 {}

impl i128 {
    pub const MIN: i128; pub const MAX: i128; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<i128, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> i128; pub const fn rotate_right(self, n: u32) -> i128;
    pub const fn swap_bytes(self) -> i128; pub const fn reverse_bits(self) -> i128; pub const fn to_be(self) -> i128; pub const fn to_le(self) -> i128;
    pub const fn checked_add(self, rhs: i128) -> Option<i128>; pub const fn checked_sub(self, rhs: i128) -> Option<i128>; pub const fn checked_mul(self, rhs: i128) -> Option<i128>; pub const fn checked_div(self, rhs: i128) -> Option<i128>; pub const fn checked_rem(self, rhs: i128) -> Option<i128>;
    pub const fn checked_neg(self) -> Option<i128>; pub const fn checked_pow(self, exp: u32) -> Option<i128>; pub const fn checked_shl(self, rhs: u32) -> Option<i128>; pub const fn checked_shr(self, rhs: u32) -> Option<i128>;
    pub const fn saturating_add(self, rhs: i128) -> i128; pub const fn saturating_sub(self, rhs: i128) -> i128; pub const fn saturating_mul(self, rhs: i128) -> i128; pub const fn saturating_pow(self, exp: u32) -> i128;
    pub const fn wrapping_add(self, rhs: i128) -> i128; pub const fn wrapping_sub(self, rhs: i128) -> i128; pub const fn wrapping_mul(self, rhs: i128) -> i128; pub const fn wrapping_div(self, rhs: i128) -> i128; pub const fn wrapping_rem(self, rhs: i128) -> i128;
    pub const fn wrapping_neg(self) -> i128; pub const fn wrapping_pow(self, exp: u32) -> i128; pub const fn wrapping_shl(self, rhs: u32) -> i128; pub const fn wrapping_shr(self, rhs: u32) -> i128;
    pub const fn overflowing_add(self, rhs: i128) -> (i128, bool); pub const fn overflowing_sub(self, rhs: i128) -> (i128, bool); pub const fn overflowing_mul(self, rhs: i128) -> (i128, bool);
    pub const fn pow(self, exp: u32) -> i128; pub const fn isqrt(self) -> i128; pub const fn ilog(self, base: i128) -> u32;
    pub const fn div_euclid(self, rhs: i128) -> i128; pub const fn rem_euclid(self, rhs: i128) -> i128; pub const fn abs_diff(self, other: i128) -> u128;
    pub const fn to_be_bytes(self) -> [u8; 16]; pub const fn to_le_bytes(self) -> [u8; 16]; pub const fn to_ne_bytes(self) -> [u8; 16];
    pub const fn from_be_bytes(bytes: [u8; 16]) -> i128; pub const fn from_le_bytes(bytes: [u8; 16]) -> i128; pub const fn from_ne_bytes(bytes: [u8; 16]) -> i128;
    pub const fn from_be(x: i128) -> i128; pub const fn from_le(x: i128) -> i128; pub const fn min_value() -> i128; pub const fn max_value() -> i128;
    pub const fn abs(self) -> i128; pub const fn signum(self) -> i128; pub const fn unsigned_abs(self) -> u128; pub const fn checked_abs(self) -> Option<i128>; pub const fn wrapping_abs(self) -> i128;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for i128 { type Err = ParseIntError; }
impl Clone for i128 {} impl Copy for i128 {} impl Default for i128 {} impl PartialEq for i128 {} impl Eq for i128 {} impl PartialOrd for i128 {} impl Ord for i128 {}
impl Hash for i128 {} impl Debug for i128 {} impl Display for i128 {} impl Octal for i128 {} impl Binary for i128 {} impl LowerHex for i128 {} impl UpperHex for i128 {}
impl Step for i128 {} impl Sum for i128 {} impl Product for i128 {} impl Sum<&i128> for i128 {}

impl isize {
    pub const MIN: isize; pub const MAX: isize; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<isize, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> isize; pub const fn rotate_right(self, n: u32) -> isize;
    pub const fn swap_bytes(self) -> isize; pub const fn reverse_bits(self) -> isize; pub const fn to_be(self) -> isize; pub const fn to_le(self) -> isize;
    pub const fn checked_add(self, rhs: isize) -> Option<isize>; pub const fn checked_sub(self, rhs: isize) -> Option<isize>; pub const fn checked_mul(self, rhs: isize) -> Option<isize>; pub const fn checked_div(self, rhs: isize) -> Option<isize>; pub const fn checked_rem(self, rhs: isize) -> Option<isize>;
    pub const fn checked_neg(self) -> Option<isize>; pub const fn checked_pow(self, exp: u32) -> Option<isize>; pub const fn checked_shl(self, rhs: u32) -> Option<isize>; pub const fn checked_shr(self, rhs: u32) -> Option<isize>;
    pub const fn saturating_add(self, rhs: isize) -> isize; pub const fn saturating_sub(self, rhs: isize) -> isize; pub const fn saturating_mul(self, rhs: isize) -> isize; pub const fn saturating_pow(self, exp: u32) -> isize;
    pub const fn wrapping_add(self, rhs: isize) -> isize; pub const fn wrapping_sub(self, rhs: isize) -> isize; pub const fn wrapping_mul(self, rhs: isize) -> isize; pub const fn wrapping_div(self, rhs: isize) -> isize; pub const fn wrapping_rem(self, rhs: isize) -> isize;
    pub const fn wrapping_neg(self) -> isize; pub const fn wrapping_pow(self, exp: u32) -> isize; pub const fn wrapping_shl(self, rhs: u32) -> isize; pub const fn wrapping_shr(self, rhs: u32) -> isize;
    pub const fn overflowing_add(self, rhs: isize) -> (isize, bool); pub const fn overflowing_sub(self, rhs: isize) -> (isize, bool); pub const fn overflowing_mul(self, rhs: isize) -> (isize, bool);
    pub const fn pow(self, exp: u32) -> isize; pub const fn isqrt(self) -> isize; pub const fn ilog(self, base: isize) -> u32;
    pub const fn div_euclid(self, rhs: isize) -> isize; pub const fn rem_euclid(self, rhs: isize) -> isize; pub const fn abs_diff(self, other: isize) -> usize;
    pub const fn to_be_bytes(self) -> [u8; 8]; pub const fn to_le_bytes(self) -> [u8; 8]; pub const fn to_ne_bytes(self) -> [u8; 8];
    pub const fn from_be_bytes(bytes: [u8; 8]) -> isize; pub const fn from_le_bytes(bytes: [u8; 8]) -> isize; pub const fn from_ne_bytes(bytes: [u8; 8]) -> isize;
    pub const fn from_be(x: isize) -> isize; pub const fn from_le(x: isize) -> isize; pub const fn min_value() -> isize; pub const fn max_value() -> isize;
    pub const fn abs(self) -> isize; pub const fn signum(self) -> isize; pub const fn unsigned_abs(self) -> usize; pub const fn checked_abs(self) -> Option<isize>; pub const fn wrapping_abs(self) -> isize;
    pub const fn is_positive(self) -> bool; pub const fn is_negative(self) -> bool;
}
impl FromStr for isize { type Err = ParseIntError; }
impl Clone for isize {} impl Copy for isize {} impl Default for isize {} impl PartialEq for isize {} impl Eq for isize {} impl PartialOrd for isize {} impl Ord for isize {}
impl Hash for isize {} impl Debug for isize {} impl Display for isize {} impl Octal for isize {} impl Binary for isize {} impl LowerHex for isize {} impl UpperHex for isize {}
impl Step for isize {} impl Sum for isize {} impl Product for isize {} impl Sum<&isize> for isize {}
