use crate::cmp::Ordering;
use crate::fmt::{Debug, Display, LowerExp, UpperExp};
use crate::iter::{Product, Sum};
use crate::num::{FpCategory, ParseFloatError};
use crate::str::FromStr;

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
impl FromStr for f32 { type Err = ParseFloatError; }
impl Clone for f32 {} impl Copy for f32 {} impl Default for f32 {} impl PartialEq for f32 {} impl PartialOrd for f32 {} impl Debug for f32 {} impl Display for f32 {}
impl LowerExp for f32 {} impl UpperExp for f32 {} impl Sum for f32 {} impl Product for f32 {} impl Sum<&f32> for f32 {}

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
impl FromStr for f64 { type Err = ParseFloatError; }
impl Clone for f64 {} impl Copy for f64 {} impl Default for f64 {} impl PartialEq for f64 {} impl PartialOrd for f64 {} impl Debug for f64 {} impl Display for f64 {}
impl LowerExp for f64 {} impl UpperExp for f64 {} impl Sum for f64 {} impl Product for f64 {} impl Sum<&f64> for f64 {}
