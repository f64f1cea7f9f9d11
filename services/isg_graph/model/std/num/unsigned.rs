// Own methods and non-operator impls of the unsigned integers: alike but for the type.
use crate::fmt::{Binary, Debug, Display, LowerHex, Octal, UpperHex};
use crate::hash::Hash;
use crate::iter::{Product, Step, Sum};
use crate::num::ParseIntError;
use crate::str::FromStr;

impl u8 {
    pub const MIN: u8; pub const MAX: u8; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<u8, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> u8; pub const fn rotate_right(self, n: u32) -> u8;
    pub const fn swap_bytes(self) -> u8; pub const fn reverse_bits(self) -> u8; pub const fn to_be(self) -> u8; pub const fn to_le(self) -> u8;
    pub const fn checked_add(self, rhs: u8) -> Option<u8>; pub const fn checked_sub(self, rhs: u8) -> Option<u8>; pub const fn checked_mul(self, rhs: u8) -> Option<u8>; pub const fn checked_div(self, rhs: u8) -> Option<u8>; pub const fn checked_rem(self, rhs: u8) -> Option<u8>;
    pub const fn checked_neg(self) -> Option<u8>; pub const fn checked_pow(self, exp: u32) -> Option<u8>; pub const fn checked_shl(self, rhs: u32) -> Option<u8>; pub const fn checked_shr(self, rhs: u32) -> Option<u8>;
    pub const fn saturating_add(self, rhs: u8) -> u8; pub const fn saturating_sub(self, rhs: u8) -> u8; pub const fn saturating_mul(self, rhs: u8) -> u8; pub const fn saturating_pow(self, exp: u32) -> u8;
    pub const fn wrapping_add(self, rhs: u8) -> u8; pub const fn wrapping_sub(self, rhs: u8) -> u8; pub const fn wrapping_mul(self, rhs: u8) -> u8; pub const fn wrapping_div(self, rhs: u8) -> u8; pub const fn wrapping_rem(self, rhs: u8) -> u8;
    pub const fn wrapping_neg(self) -> u8; pub const fn wrapping_pow(self, exp: u32) -> u8; pub const fn wrapping_shl(self, rhs: u32) -> u8; pub const fn wrapping_shr(self, rhs: u32) -> u8;
    pub const fn overflowing_add(self, rhs: u8) -> (u8, bool); pub const fn overflowing_sub(self, rhs: u8) -> (u8, bool); pub const fn overflowing_mul(self, rhs: u8) -> (u8, bool);
    pub const fn pow(self, exp: u32) -> u8; pub const fn isqrt(self) -> u8; pub const fn ilog(self, base: u8) -> u32;
    pub const fn div_euclid(self, rhs: u8) -> u8; pub const fn rem_euclid(self, rhs: u8) -> u8; pub const fn abs_diff(self, other: u8) -> u8;
    pub const fn to_be_bytes(self) -> [u8; 1]; pub const fn to_le_bytes(self) -> [u8; 1]; pub const fn to_ne_bytes(self) -> [u8; 1];
    pub const fn from_be_bytes(bytes: [u8; 1]) -> u8; pub const fn from_le_bytes(bytes: [u8; 1]) -> u8; pub const fn from_ne_bytes(bytes: [u8; 1]) -> u8;
    pub const fn from_be(x: u8) -> u8; pub const fn from_le(x: u8) -> u8; pub const fn min_value() -> u8; pub const fn max_value() -> u8;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> u8; pub const fn checked_next_power_of_two(self) -> Option<u8>;
    pub const fn div_ceil(self, rhs: u8) -> u8; pub const fn next_multiple_of(self, rhs: u8) -> u8; pub const fn checked_add_signed(self, rhs: i8) -> Option<u8>; pub const fn wrapping_add_signed(self, rhs: i8) -> u8;
    pub const fn is_ascii(&self) -> bool; pub const fn to_ascii_uppercase(&self) -> u8; pub const fn to_ascii_lowercase(&self) -> u8;
    pub fn eq_ignore_ascii_case(&self, other: &u8) -> bool; pub fn make_ascii_uppercase(&mut self); pub fn make_ascii_lowercase(&mut self);
    pub const fn is_ascii_alphabetic(&self) -> bool; pub const fn is_ascii_uppercase(&self) -> bool; pub const fn is_ascii_lowercase(&self) -> bool; pub const fn is_ascii_alphanumeric(&self) -> bool;
    pub const fn is_ascii_digit(&self) -> bool; pub const fn is_ascii_hexdigit(&self) -> bool; pub const fn is_ascii_punctuation(&self) -> bool;
    pub const fn is_ascii_graphic(&self) -> bool; pub const fn is_ascii_whitespace(&self) -> bool; pub const fn is_ascii_control(&self) -> bool;
    pub fn escape_ascii(self) -> crate::ascii::EscapeDefault;
}
impl FromStr for u8 { type Err = ParseIntError; }
impl Clone for u8 {} impl Copy for u8 {} impl Default for u8 {} impl PartialEq for u8 {} impl Eq for u8 {} impl PartialOrd for u8 {} impl Ord for u8 {}
impl Hash for u8 {} impl Debug for u8 {} impl Display for u8 {} impl Octal for u8 {} impl Binary for u8 {} impl LowerHex for u8 {} impl UpperHex for u8 {}
impl Step for u8 {} impl Sum for u8 {} impl Product for u8 {} impl Sum<&u8> for u8 {}

impl u16 {
    pub const MIN: u16; pub const MAX: u16; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<u16, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> u16; pub const fn rotate_right(self, n: u32) -> u16;
    pub const fn swap_bytes(self) -> u16; pub const fn reverse_bits(self) -> u16; pub const fn to_be(self) -> u16; pub const fn to_le(self) -> u16;
    pub const fn checked_add(self, rhs: u16) -> Option<u16>; pub const fn checked_sub(self, rhs: u16) -> Option<u16>; pub const fn checked_mul(self, rhs: u16) -> Option<u16>; pub const fn checked_div(self, rhs: u16) -> Option<u16>; pub const fn checked_rem(self, rhs: u16) -> Option<u16>;
    pub const fn checked_neg(self) -> Option<u16>; pub const fn checked_pow(self, exp: u32) -> Option<u16>; pub const fn checked_shl(self, rhs: u32) -> Option<u16>; pub const fn checked_shr(self, rhs: u32) -> Option<u16>;
    pub const fn saturating_add(self, rhs: u16) -> u16; pub const fn saturating_sub(self, rhs: u16) -> u16; pub const fn saturating_mul(self, rhs: u16) -> u16; pub const fn saturating_pow(self, exp: u32) -> u16;
    pub const fn wrapping_add(self, rhs: u16) -> u16; pub const fn wrapping_sub(self, rhs: u16) -> u16; pub const fn wrapping_mul(self, rhs: u16) -> u16; pub const fn wrapping_div(self, rhs: u16) -> u16; pub const fn wrapping_rem(self, rhs: u16) -> u16;
    pub const fn wrapping_neg(self) -> u16; pub const fn wrapping_pow(self, exp: u32) -> u16; pub const fn wrapping_shl(self, rhs: u32) -> u16; pub const fn wrapping_shr(self, rhs: u32) -> u16;
    pub const fn overflowing_add(self, rhs: u16) -> (u16, bool); pub const fn overflowing_sub(self, rhs: u16) -> (u16, bool); pub const fn overflowing_mul(self, rhs: u16) -> (u16, bool);
    pub const fn pow(self, exp: u32) -> u16; pub const fn isqrt(self) -> u16; pub const fn ilog(self, base: u16) -> u32;
    pub const fn div_euclid(self, rhs: u16) -> u16; pub const fn rem_euclid(self, rhs: u16) -> u16; pub const fn abs_diff(self, other: u16) -> u16;
    pub const fn to_be_bytes(self) -> [u8; 2]; pub const fn to_le_bytes(self) -> [u8; 2]; pub const fn to_ne_bytes(self) -> [u8; 2];
    pub const fn from_be_bytes(bytes: [u8; 2]) -> u16; pub const fn from_le_bytes(bytes: [u8; 2]) -> u16; pub const fn from_ne_bytes(bytes: [u8; 2]) -> u16;
    pub const fn from_be(x: u16) -> u16; pub const fn from_le(x: u16) -> u16; pub const fn min_value() -> u16; pub const fn max_value() -> u16;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> u16; pub const fn checked_next_power_of_two(self) -> Option<u16>;
    pub const fn div_ceil(self, rhs: u16) -> u16; pub const fn next_multiple_of(self, rhs: u16) -> u16; pub const fn checked_add_signed(self, rhs: i16) -> Option<u16>; pub const fn wrapping_add_signed(self, rhs: i16) -> u16;
}
impl FromStr for u16 { type Err = ParseIntError; }
impl Clone for u16 {} impl Copy for u16 {} impl Default for u16 {} impl PartialEq for u16 {} impl Eq for u16 {} impl PartialOrd for u16 {} impl Ord for u16 {}
impl Hash for u16 {} impl Debug for u16 {} impl Display for u16 {} impl Octal for u16 {} impl Binary for u16 {} impl LowerHex for u16 {} impl UpperHex for u16 {}
impl Step for u16 {} impl Sum for u16 {} impl Product for u16 {} impl Sum<&u16> for u16 {}

impl u32 {
    pub const MIN: u32; pub const MAX: u32; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<u32, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> u32; pub const fn rotate_right(self, n: u32) -> u32;
    pub const fn swap_bytes(self) -> u32; pub const fn reverse_bits(self) -> u32; pub const fn to_be(self) -> u32; pub const fn to_le(self) -> u32;
    pub const fn checked_add(self, rhs: u32) -> Option<u32>; pub const fn checked_sub(self, rhs: u32) -> Option<u32>; pub const fn checked_mul(self, rhs: u32) -> Option<u32>; pub const fn checked_div(self, rhs: u32) -> Option<u32>; pub const fn checked_rem(self, rhs: u32) -> Option<u32>;
    pub const fn checked_neg(self) -> Option<u32>; pub const fn checked_pow(self, exp: u32) -> Option<u32>; pub const fn checked_shl(self, rhs: u32) -> Option<u32>; pub const fn checked_shr(self, rhs: u32) -> Option<u32>;
    pub const fn saturating_add(self, rhs: u32) -> u32; pub const fn saturating_sub(self, rhs: u32) -> u32; pub const fn saturating_mul(self, rhs: u32) -> u32; pub const fn saturating_pow(self, exp: u32) -> u32;
    pub const fn wrapping_add(self, rhs: u32) -> u32; pub const fn wrapping_sub(self, rhs: u32) -> u32; pub const fn wrapping_mul(self, rhs: u32) -> u32; pub const fn wrapping_div(self, rhs: u32) -> u32; pub const fn wrapping_rem(self, rhs: u32) -> u32;
    pub const fn wrapping_neg(self) -> u32; pub const fn wrapping_pow(self, exp: u32) -> u32; pub const fn wrapping_shl(self, rhs: u32) -> u32; pub const fn wrapping_shr(self, rhs: u32) -> u32;
    pub const fn overflowing_add(self, rhs: u32) -> (u32, bool); pub const fn overflowing_sub(self, rhs: u32) -> (u32, bool); pub const fn overflowing_mul(self, rhs: u32) -> (u32, bool);
    pub const fn pow(self, exp: u32) -> u32; pub const fn isqrt(self) -> u32; pub const fn ilog(self, base: u32) -> u32;
    pub const fn div_euclid(self, rhs: u32) -> u32; pub const fn rem_euclid(self, rhs: u32) -> u32; pub const fn abs_diff(self, other: u32) -> u32;
    pub const fn to_be_bytes(self) -> [u8; 4]; pub const fn to_le_bytes(self) -> [u8; 4]; pub const fn to_ne_bytes(self) -> [u8; 4];
    pub const fn from_be_bytes(bytes: [u8; 4]) -> u32; pub const fn from_le_bytes(bytes: [u8; 4]) -> u32; pub const fn from_ne_bytes(bytes: [u8; 4]) -> u32;
    pub const fn from_be(x: u32) -> u32; pub const fn from_le(x: u32) -> u32; pub const fn min_value() -> u32; pub const fn max_value() -> u32;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> u32; pub const fn checked_next_power_of_two(self) -> Option<u32>;
    pub const fn div_ceil(self, rhs: u32) -> u32; pub const fn next_multiple_of(self, rhs: u32) -> u32; pub const fn checked_add_signed(self, rhs: i32) -> Option<u32>; pub const fn wrapping_add_signed(self, rhs: i32) -> u32;
}
impl FromStr for u32 { type Err = ParseIntError; }
impl Clone for u32 {} impl Copy for u32 {} impl Default for u32 {} impl PartialEq for u32 {} impl Eq for u32 {} impl PartialOrd for u32 {} impl Ord for u32 {}
impl Hash for u32 {} impl Debug for u32 {} impl Display for u32 {} impl Octal for u32 {} impl Binary for u32 {} impl LowerHex for u32 {} impl UpperHex for u32 {}
impl Step for u32 {} impl Sum for u32 {} impl Product for u32 {} impl Sum<&u32> for u32 {}

impl u64 {
    pub const MIN: u64; pub const MAX: u64; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<u64, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> u64; pub const fn rotate_right(self, n: u32) -> u64;
    pub const fn swap_bytes(self) -> u64; pub const fn reverse_bits(self) -> u64; pub const fn to_be(self) -> u64; pub const fn to_le(self) -> u64;
    pub const fn checked_add(self, rhs: u64) -> Option<u64>; pub const fn checked_sub(self, rhs: u64) -> Option<u64>; pub const fn checked_mul(self, rhs: u64) -> Option<u64>; pub const fn checked_div(self, rhs: u64) -> Option<u64>; pub const fn checked_rem(self, rhs: u64) -> Option<u64>;
    pub const fn checked_neg(self) -> Option<u64>; pub const fn checked_pow(self, exp: u32) -> Option<u64>; pub const fn checked_shl(self, rhs: u32) -> Option<u64>; pub const fn checked_shr(self, rhs: u32) -> Option<u64>;
    pub const fn saturating_add(self, rhs: u64) -> u64; pub const fn saturating_sub(self, rhs: u64) -> u64; pub const fn saturating_mul(self, rhs: u64) -> u64; pub const fn saturating_pow(self, exp: u32) -> u64;
    pub const fn wrapping_add(self, rhs: u64) -> u64; pub const fn wrapping_sub(self, rhs: u64) -> u64; pub const fn wrapping_mul(self, rhs: u64) -> u64; pub const fn wrapping_div(self, rhs: u64) -> u64; pub const fn wrapping_rem(self, rhs: u64) -> u64;
    pub const fn wrapping_neg(self) -> u64; pub const fn wrapping_pow(self, exp: u32) -> u64; pub const fn wrapping_shl(self, rhs: u32) -> u64; pub const fn wrapping_shr(self, rhs: u32) -> u64;
    pub const fn overflowing_add(self, rhs: u64) -> (u64, bool); pub const fn overflowing_sub(self, rhs: u64) -> (u64, bool); pub const fn overflowing_mul(self, rhs: u64) -> (u64, bool);
    pub const fn pow(self, exp: u32) -> u64; pub const fn isqrt(self) -> u64; pub const fn ilog(self, base: u64) -> u32;
    pub const fn div_euclid(self, rhs: u64) -> u64; pub const fn rem_euclid(self, rhs: u64) -> u64; pub const fn abs_diff(self, other: u64) -> u64;
    pub const fn to_be_bytes(self) -> [u8; 8]; pub const fn to_le_bytes(self) -> [u8; 8]; pub const fn to_ne_bytes(self) -> [u8; 8];
    pub const fn from_be_bytes(bytes: [u8; 8]) -> u64; pub const fn from_le_bytes(bytes: [u8; 8]) -> u64; pub const fn from_ne_bytes(bytes: [u8; 8]) -> u64;
    pub const fn from_be(x: u64) -> u64; pub const fn from_le(x: u64) -> u64; pub const fn min_value() -> u64; pub const fn max_value() -> u64;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> u64; pub const fn checked_next_power_of_two(self) -> Option<u64>;
    pub const fn div_ceil(self, rhs: u64) -> u64; pub const fn next_multiple_of(self, rhs: u64) -> u64; pub const fn checked_add_signed(self, rhs: i64) -> Option<u64>; pub const fn wrapping_add_signed(self, rhs: i64) -> u64;
}
impl FromStr for u64 { type Err = ParseIntError; }
impl Clone for u64 {} impl Copy for u64 {} impl Default for u64 {} impl PartialEq for u64 {} impl Eq for u64 {} impl PartialOrd for u64 {} impl Ord for u64 {}
impl Hash for u64 {} impl Debug for u64 {} impl Display for u64 {} impl Octal for u64 {} impl Binary for u64 {} impl LowerHex for u64 {} impl UpperHex for u64 {}
impl Step for u64 {} impl Sum for u64 {} impl Product for u64 {} impl Sum<&u64> for u64 {}

impl u128 {
    pub const MIN: u128; pub const MAX: u128; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<u128, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> u128; pub const fn rotate_right(self, n: u32) -> u128;
    pub const fn swap_bytes(self) -> u128; pub const fn reverse_bits(self) -> u128; pub const fn to_be(self) -> u128; pub const fn to_le(self) -> u128;
    pub const fn checked_add(self, rhs: u128) -> Option<u128>; pub const fn checked_sub(self, rhs: u128) -> Option<u128>; pub const fn checked_mul(self, rhs: u128) -> Option<u128>; pub const fn checked_div(self, rhs: u128) -> Option<u128>; pub const fn checked_rem(self, rhs: u128) -> Option<u128>;
    pub const fn checked_neg(self) -> Option<u128>; pub const fn checked_pow(self, exp: u32) -> Option<u128>; pub const fn checked_shl(self, rhs: u32) -> Option<u128>; pub const fn checked_shr(self, rhs: u32) -> Option<u128>;
    pub const fn saturating_add(self, rhs: u128) -> u128; pub const fn saturating_sub(self, rhs: u128) -> u128; pub const fn saturating_mul(self, rhs: u128) -> u128; pub const fn saturating_pow(self, exp: u32) -> u128;
    pub const fn wrapping_add(self, rhs: u128) -> u128; pub const fn wrapping_sub(self, rhs: u128) -> u128; pub const fn wrapping_mul(self, rhs: u128) -> u128; pub const fn wrapping_div(self, rhs: u128) -> u128; pub const fn wrapping_rem(self, rhs: u128) -> u128;
    pub const fn wrapping_neg(self) -> u128; pub const fn wrapping_pow(self, exp: u32) -> u128; pub const fn wrapping_shl(self, rhs: u32) -> u128; pub const fn wrapping_shr(self, rhs: u32) -> u128;
    pub const fn overflowing_add(self, rhs: u128) -> (u128, bool); pub const fn overflowing_sub(self, rhs: u128) -> (u128, bool); pub const fn overflowing_mul(self, rhs: u128) -> (u128, bool);
    pub const fn pow(self, exp: u32) -> u128; pub const fn isqrt(self) -> u128; pub const fn ilog(self, base: u128) -> u32;
    pub const fn div_euclid(self, rhs: u128) -> u128; pub const fn rem_euclid(self, rhs: u128) -> u128; pub const fn abs_diff(self, other: u128) -> u128;
    pub const fn to_be_bytes(self) -> [u8; 16]; pub const fn to_le_bytes(self) -> [u8; 16]; pub const fn to_ne_bytes(self) -> [u8; 16];
    pub const fn from_be_bytes(bytes: [u8; 16]) -> u128; pub const fn from_le_bytes(bytes: [u8; 16]) -> u128; pub const fn from_ne_bytes(bytes: [u8; 16]) -> u128;
    pub const fn from_be(x: u128) -> u128; pub const fn from_le(x: u128) -> u128; pub const fn min_value() -> u128; pub const fn max_value() -> u128;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> u128; pub const fn checked_next_power_of_two(self) -> Option<u128>;
    pub const fn div_ceil(self, rhs: u128) -> u128; pub const fn next_multiple_of(self, rhs: u128) -> u128; pub const fn checked_add_signed(self, rhs: i128) -> Option<u128>; pub const fn wrapping_add_signed(self, rhs: i128) -> u128;
}
impl FromStr for u128 { type Err = ParseIntError; }
impl Clone for u128 {} impl Copy for u128 {} impl Default for u128 {} impl PartialEq for u128 {} impl Eq for u128 {} impl PartialOrd for u128 {} impl Ord for u128 {}
impl Hash for u128 {} impl Debug for u128 {} impl Display for u128 {} impl Octal for u128 {} impl Binary for u128 {} impl LowerHex for u128 {} impl UpperHex for u128 {}
impl Step for u128 {} impl Sum for u128 {} impl Product for u128 {} impl Sum<&u128> for u128 {}

impl usize {
    pub const MIN: usize; pub const MAX: usize; pub const BITS: u32;
    pub fn from_str_radix(src: &str, radix: u32) -> Result<usize, ParseIntError>;
    pub const fn count_ones(self) -> u32; pub const fn count_zeros(self) -> u32; pub const fn leading_zeros(self) -> u32; pub const fn trailing_zeros(self) -> u32;
    pub const fn leading_ones(self) -> u32; pub const fn trailing_ones(self) -> u32; pub const fn ilog2(self) -> u32; pub const fn ilog10(self) -> u32;
    pub const fn rotate_left(self, n: u32) -> usize; pub const fn rotate_right(self, n: u32) -> usize;
    pub const fn swap_bytes(self) -> usize; pub const fn reverse_bits(self) -> usize; pub const fn to_be(self) -> usize; pub const fn to_le(self) -> usize;
    pub const fn checked_add(self, rhs: usize) -> Option<usize>; pub const fn checked_sub(self, rhs: usize) -> Option<usize>; pub const fn checked_mul(self, rhs: usize) -> Option<usize>; pub const fn checked_div(self, rhs: usize) -> Option<usize>; pub const fn checked_rem(self, rhs: usize) -> Option<usize>;
    pub const fn checked_neg(self) -> Option<usize>; pub const fn checked_pow(self, exp: u32) -> Option<usize>; pub const fn checked_shl(self, rhs: u32) -> Option<usize>; pub const fn checked_shr(self, rhs: u32) -> Option<usize>;
    pub const fn saturating_add(self, rhs: usize) -> usize; pub const fn saturating_sub(self, rhs: usize) -> usize; pub const fn saturating_mul(self, rhs: usize) -> usize; pub const fn saturating_pow(self, exp: u32) -> usize;
    pub const fn wrapping_add(self, rhs: usize) -> usize; pub const fn wrapping_sub(self, rhs: usize) -> usize; pub const fn wrapping_mul(self, rhs: usize) -> usize; pub const fn wrapping_div(self, rhs: usize) -> usize; pub const fn wrapping_rem(self, rhs: usize) -> usize;
    pub const fn wrapping_neg(self) -> usize; pub const fn wrapping_pow(self, exp: u32) -> usize; pub const fn wrapping_shl(self, rhs: u32) -> usize; pub const fn wrapping_shr(self, rhs: u32) -> usize;
    pub const fn overflowing_add(self, rhs: usize) -> (usize, bool); pub const fn overflowing_sub(self, rhs: usize) -> (usize, bool); pub const fn overflowing_mul(self, rhs: usize) -> (usize, bool);
    pub const fn pow(self, exp: u32) -> usize; pub const fn isqrt(self) -> usize; pub const fn ilog(self, base: usize) -> u32;
    pub const fn div_euclid(self, rhs: usize) -> usize; pub const fn rem_euclid(self, rhs: usize) -> usize; pub const fn abs_diff(self, other: usize) -> usize;
    pub const fn to_be_bytes(self) -> [u8; 8]; pub const fn to_le_bytes(self) -> [u8; 8]; pub const fn to_ne_bytes(self) -> [u8; 8];
    pub const fn from_be_bytes(bytes: [u8; 8]) -> usize; pub const fn from_le_bytes(bytes: [u8; 8]) -> usize; pub const fn from_ne_bytes(bytes: [u8; 8]) -> usize;
    pub const fn from_be(x: usize) -> usize; pub const fn from_le(x: usize) -> usize; pub const fn min_value() -> usize; pub const fn max_value() -> usize;
    pub const fn is_power_of_two(self) -> bool; pub const fn next_power_of_two(self) -> usize; pub const fn checked_next_power_of_two(self) -> Option<usize>;
    pub const fn div_ceil(self, rhs: usize) -> usize; pub const fn next_multiple_of(self, rhs: usize) -> usize; pub const fn checked_add_signed(self, rhs: isize) -> Option<usize>; pub const fn wrapping_add_signed(self, rhs: isize) -> usize;
}
impl FromStr for usize { type Err = ParseIntError; }
impl Clone for usize {} impl Copy for usize {} impl Default for usize {} impl PartialEq for usize {} impl Eq for usize {} impl PartialOrd for usize {} impl Ord for usize {}
impl Hash for usize {} impl Debug for usize {} impl Display for usize {} impl Octal for usize {} impl Binary for usize {} impl LowerHex for usize {} impl UpperHex for usize {}
impl Step for usize {} impl Sum for usize {} impl Product for usize {} impl Sum<&usize> for usize {}
