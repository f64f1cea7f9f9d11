// The primitive types' own methods, together so that all are named alike: `std::primitive::u8::checked_add`.
use crate::ascii;
use crate::char::{DecodeUtf16, EscapeDebug, EscapeDefault, EscapeUnicode, ToLowercase, ToUppercase};
use crate::cmp::Ordering;
use crate::num::{FpCategory, ParseIntError};
use crate::slice::SliceIndex;
use crate::str::pattern::Pattern;
use crate::str as text;
use crate::str::{FromStr, Utf8Error};

impl bool {
    pub fn then_some<T>(self, t: T) -> Option<T>;
    pub fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T>;
}

impl char {
    pub const MIN: char; pub const MAX: char; pub const REPLACEMENT_CHARACTER: char;
    pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter>; pub fn from_u32(i: u32) -> Option<char>;
    pub unsafe fn from_u32_unchecked(i: u32) -> char; pub fn from_digit(num: u32, radix: u32) -> Option<char>;
    pub fn is_digit(self, radix: u32) -> bool; pub fn to_digit(self, radix: u32) -> Option<u32>;
    pub fn escape_unicode(self) -> EscapeUnicode; pub fn escape_debug(self) -> EscapeDebug; pub fn escape_default(self) -> EscapeDefault;
    pub fn len_utf8(self) -> usize; pub fn len_utf16(self) -> usize; pub fn encode_utf8(self, dst: &mut [u8]) -> &mut str;
    pub fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16]; pub fn is_alphabetic(self) -> bool; pub fn is_lowercase(self) -> bool;
    pub fn is_uppercase(self) -> bool; pub fn is_whitespace(self) -> bool; pub fn is_alphanumeric(self) -> bool;
    pub fn is_control(self) -> bool; pub fn is_numeric(self) -> bool; pub fn to_lowercase(self) -> ToLowercase;
    pub fn to_uppercase(self) -> ToUppercase; pub fn is_ascii(&self) -> bool; pub fn to_ascii_uppercase(&self) -> char;
    pub fn to_ascii_lowercase(&self) -> char; pub fn eq_ignore_ascii_case(&self, other: &char) -> bool;
    pub fn make_ascii_uppercase(&mut self); pub fn make_ascii_lowercase(&mut self); pub fn is_ascii_alphabetic(&self) -> bool;
    pub fn is_ascii_uppercase(&self) -> bool; pub fn is_ascii_lowercase(&self) -> bool; pub fn is_ascii_alphanumeric(&self) -> bool;
    pub fn is_ascii_digit(&self) -> bool; pub fn is_ascii_hexdigit(&self) -> bool; pub fn is_ascii_punctuation(&self) -> bool;
    pub fn is_ascii_graphic(&self) -> bool; pub fn is_ascii_whitespace(&self) -> bool; pub fn is_ascii_control(&self) -> bool;
}

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
    pub fn escape_ascii(self) -> ascii::EscapeDefault;
}

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

impl f32 {
    pub const RADIX: u32; pub const DIGITS: u32; pub const EPSILON: f32; pub const MIN: f32; pub const MIN_POSITIVE: f32; pub const MAX: f32;
    pub const NAN: f32; pub const INFINITY: f32; pub const NEG_INFINITY: f32;
    pub fn is_nan(self) -> bool; pub fn is_infinite(self) -> bool; pub fn is_finite(self) -> bool; pub fn is_normal(self) -> bool;
    pub fn is_subnormal(self) -> bool; pub fn is_sign_positive(self) -> bool; pub fn is_sign_negative(self) -> bool; pub fn classify(self) -> FpCategory;
    pub fn floor(self) -> f32; pub fn ceil(self) -> f32; pub fn round(self) -> f32; pub fn trunc(self) -> f32; pub fn fract(self) -> f32;
    pub fn abs(self) -> f32; pub fn signum(self) -> f32; pub fn sqrt(self) -> f32; pub fn cbrt(self) -> f32; pub fn recip(self) -> f32;
    pub fn exp(self) -> f32; pub fn exp2(self) -> f32; pub fn exp_m1(self) -> f32; pub fn ln(self) -> f32; pub fn ln_1p(self) -> f32; pub fn log2(self) -> f32; pub fn log10(self) -> f32;
    pub fn sin(self) -> f32; pub fn cos(self) -> f32; pub fn tan(self) -> f32; pub fn asin(self) -> f32; pub fn acos(self) -> f32; pub fn atan(self) -> f32;
    pub fn sinh(self) -> f32; pub fn cosh(self) -> f32; pub fn tanh(self) -> f32; pub fn asinh(self) -> f32; pub fn acosh(self) -> f32; pub fn atanh(self) -> f32;
    pub fn to_degrees(self) -> f32; pub fn to_radians(self) -> f32; pub fn round_ties_even(self) -> f32;
    pub fn max(self, other: f32) -> f32; pub fn min(self, other: f32) -> f32; pub fn atan2(self, other: f32) -> f32; pub fn hypot(self, other: f32) -> f32; pub fn copysign(self, other: f32) -> f32;
    pub fn powf(self, rhs: f32) -> f32; pub fn log(self, rhs: f32) -> f32; pub fn div_euclid(self, rhs: f32) -> f32; pub fn rem_euclid(self, rhs: f32) -> f32; pub fn powi(self, n: i32) -> f32;
    pub fn clamp(self, min: f32, max: f32) -> f32; pub fn mul_add(self, a: f32, b: f32) -> f32; pub fn sin_cos(self) -> (f32, f32); pub fn total_cmp(&self, other: &f32) -> Ordering;
    pub fn to_bits(self) -> u32; pub fn from_bits(v: u32) -> f32; pub unsafe fn to_int_unchecked<Int>(self) -> Int;
    pub fn to_be_bytes(self) -> [u8; 4]; pub fn to_le_bytes(self) -> [u8; 4]; pub fn to_ne_bytes(self) -> [u8; 4];
    pub fn from_be_bytes(bytes: [u8; 4]) -> f32; pub fn from_le_bytes(bytes: [u8; 4]) -> f32; pub fn from_ne_bytes(bytes: [u8; 4]) -> f32;
}

impl f64 {
    pub const RADIX: u32; pub const DIGITS: u32; pub const EPSILON: f64; pub const MIN: f64; pub const MIN_POSITIVE: f64; pub const MAX: f64;
    pub const NAN: f64; pub const INFINITY: f64; pub const NEG_INFINITY: f64;
    pub fn is_nan(self) -> bool; pub fn is_infinite(self) -> bool; pub fn is_finite(self) -> bool; pub fn is_normal(self) -> bool;
    pub fn is_subnormal(self) -> bool; pub fn is_sign_positive(self) -> bool; pub fn is_sign_negative(self) -> bool; pub fn classify(self) -> FpCategory;
    pub fn floor(self) -> f64; pub fn ceil(self) -> f64; pub fn round(self) -> f64; pub fn trunc(self) -> f64; pub fn fract(self) -> f64;
    pub fn abs(self) -> f64; pub fn signum(self) -> f64; pub fn sqrt(self) -> f64; pub fn cbrt(self) -> f64; pub fn recip(self) -> f64;
    pub fn exp(self) -> f64; pub fn exp2(self) -> f64; pub fn exp_m1(self) -> f64; pub fn ln(self) -> f64; pub fn ln_1p(self) -> f64; pub fn log2(self) -> f64; pub fn log10(self) -> f64;
    pub fn sin(self) -> f64; pub fn cos(self) -> f64; pub fn tan(self) -> f64; pub fn asin(self) -> f64; pub fn acos(self) -> f64; pub fn atan(self) -> f64;
    pub fn sinh(self) -> f64; pub fn cosh(self) -> f64; pub fn tanh(self) -> f64; pub fn asinh(self) -> f64; pub fn acosh(self) -> f64; pub fn atanh(self) -> f64;
    pub fn to_degrees(self) -> f64; pub fn to_radians(self) -> f64; pub fn round_ties_even(self) -> f64;
    pub fn max(self, other: f64) -> f64; pub fn min(self, other: f64) -> f64; pub fn atan2(self, other: f64) -> f64; pub fn hypot(self, other: f64) -> f64; pub fn copysign(self, other: f64) -> f64;
    pub fn powf(self, rhs: f64) -> f64; pub fn log(self, rhs: f64) -> f64; pub fn div_euclid(self, rhs: f64) -> f64; pub fn rem_euclid(self, rhs: f64) -> f64; pub fn powi(self, n: i32) -> f64;
    pub fn clamp(self, min: f64, max: f64) -> f64; pub fn mul_add(self, a: f64, b: f64) -> f64; pub fn sin_cos(self) -> (f64, f64); pub fn total_cmp(&self, other: &f64) -> Ordering;
    pub fn to_bits(self) -> u64; pub fn from_bits(v: u64) -> f64; pub unsafe fn to_int_unchecked<Int>(self) -> Int;
    pub fn to_be_bytes(self) -> [u8; 8]; pub fn to_le_bytes(self) -> [u8; 8]; pub fn to_ne_bytes(self) -> [u8; 8];
    pub fn from_be_bytes(bytes: [u8; 8]) -> f64; pub fn from_le_bytes(bytes: [u8; 8]) -> f64; pub fn from_ne_bytes(bytes: [u8; 8]) -> f64;
}

impl str {
    pub fn len(&self) -> usize;
    pub fn is_empty(&self) -> bool;
    pub fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error>;
    pub unsafe fn from_utf8_unchecked(v: &[u8]) -> &str;
    pub fn is_char_boundary(&self, index: usize) -> bool;
    pub fn as_bytes(&self) -> &[u8];
    pub unsafe fn as_bytes_mut(&mut self) -> &mut [u8];
    pub fn as_ptr(&self) -> *const u8;
    pub fn as_mut_ptr(&mut self) -> *mut u8;
    pub fn get<I: SliceIndex<str>>(&self, i: I) -> Option<&I::Output>;
    pub fn get_mut<I: SliceIndex<str>>(&mut self, i: I) -> Option<&mut I::Output>;
    pub unsafe fn get_unchecked<I: SliceIndex<str>>(&self, i: I) -> &I::Output;
    pub unsafe fn get_unchecked_mut<I: SliceIndex<str>>(&mut self, i: I) -> &mut I::Output;
    pub fn split_at(&self, mid: usize) -> (&str, &str);
    pub fn split_at_mut(&mut self, mid: usize) -> (&mut str, &mut str);
    pub fn split_at_checked(&self, mid: usize) -> Option<(&str, &str)>;
    pub fn chars(&self) -> text::Chars;
    pub fn char_indices(&self) -> text::CharIndices;
    pub fn bytes(&self) -> text::Bytes;
    pub fn split_whitespace(&self) -> text::SplitWhitespace;
    pub fn split_ascii_whitespace(&self) -> text::SplitAsciiWhitespace;
    pub fn lines(&self) -> text::Lines;
    pub fn encode_utf16(&self) -> text::EncodeUtf16;
    pub fn contains<P: Pattern>(&self, pat: P) -> bool;
    pub fn starts_with<P: Pattern>(&self, pat: P) -> bool;
    pub fn ends_with<P: Pattern>(&self, pat: P) -> bool;
    pub fn find<P: Pattern>(&self, pat: P) -> Option<usize>;
    pub fn rfind<P: Pattern>(&self, pat: P) -> Option<usize>;
    pub fn split<P: Pattern>(&self, pat: P) -> text::Split<P>;
    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> text::SplitInclusive<P>;
    pub fn rsplit<P: Pattern>(&self, pat: P) -> text::RSplit<P>;
    pub fn split_terminator<P: Pattern>(&self, pat: P) -> text::SplitTerminator<P>;
    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> text::RSplitTerminator<P>;
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> text::SplitN<P>;
    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> text::RSplitN<P>;
    pub fn split_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)>;
    pub fn rsplit_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)>;
    pub fn matches<P: Pattern>(&self, pat: P) -> text::Matches<P>;
    pub fn rmatches<P: Pattern>(&self, pat: P) -> text::RMatches<P>;
    pub fn match_indices<P: Pattern>(&self, pat: P) -> text::MatchIndices<P>;
    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> text::RMatchIndices<P>;
    pub fn trim(&self) -> &str;
    pub fn trim_start(&self) -> &str;
    pub fn trim_end(&self) -> &str;
    pub fn trim_left(&self) -> &str;
    pub fn trim_right(&self) -> &str;
    pub fn trim_matches<P: Pattern>(&self, pat: P) -> &str;
    pub fn trim_start_matches<P: Pattern>(&self, pat: P) -> &str;
    pub fn trim_end_matches<P: Pattern>(&self, pat: P) -> &str;
    pub fn trim_left_matches<P: Pattern>(&self, pat: P) -> &str;
    pub fn trim_right_matches<P: Pattern>(&self, pat: P) -> &str;
    pub fn strip_prefix<P: Pattern>(&self, prefix: P) -> Option<&str>;
    pub fn strip_suffix<P: Pattern>(&self, suffix: P) -> Option<&str>;
    pub fn parse<F: FromStr>(&self) -> Result<F, F::Err>;
    pub fn is_ascii(&self) -> bool;
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool;
    pub fn make_ascii_uppercase(&mut self);
    pub fn make_ascii_lowercase(&mut self);
    pub fn trim_ascii(&self) -> &str;
    pub fn escape_debug(&self) -> text::EscapeDebug;
    pub fn escape_default(&self) -> text::EscapeDefault;
    pub fn escape_unicode(&self) -> text::EscapeUnicode;
    pub fn into_boxed_bytes(self: Box<str>) -> Box<[u8]>;
    pub fn replace<P: Pattern>(&self, from: P, to: &str) -> String;
    pub fn replacen<P: Pattern>(&self, pat: P, to: &str, count: usize) -> String;
    pub fn to_lowercase(&self) -> String;
    pub fn to_uppercase(&self) -> String;
    pub fn into_string(self: Box<str>) -> String;
    pub fn repeat(&self, n: usize) -> String;
    pub fn to_ascii_uppercase(&self) -> String;
    pub fn to_ascii_lowercase(&self) -> String;
}
