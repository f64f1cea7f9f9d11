// What the integers and floats implement beside operators and conversions.
use crate::fmt::{Binary, Debug, Display, LowerExp, LowerHex, Octal, UpperExp, UpperHex};
use crate::hash::Hash;
use crate::iter::{Product, Step, Sum};
use crate::num::{ParseFloatError, ParseIntError};
use crate::str::FromStr;

impl FromStr for u8 { type Err = ParseIntError; }
impl Clone for u8 {} impl Copy for u8 {} impl Default for u8 {} impl PartialEq for u8 {} impl Eq for u8 {} impl PartialOrd for u8 {} impl Ord for u8 {}
impl Hash for u8 {} impl Debug for u8 {} impl Display for u8 {} impl Octal for u8 {} impl Binary for u8 {} impl LowerHex for u8 {} impl UpperHex for u8 {}
impl Step for u8 {} impl Sum for u8 {} impl Product for u8 {} impl Sum<&u8> for u8 {}
impl FromStr for u16 { type Err = ParseIntError; }
impl Clone for u16 {} impl Copy for u16 {} impl Default for u16 {} impl PartialEq for u16 {} impl Eq for u16 {} impl PartialOrd for u16 {} impl Ord for u16 {}
impl Hash for u16 {} impl Debug for u16 {} impl Display for u16 {} impl Octal for u16 {} impl Binary for u16 {} impl LowerHex for u16 {} impl UpperHex for u16 {}
impl Step for u16 {} impl Sum for u16 {} impl Product for u16 {} impl Sum<&u16> for u16 {}
impl FromStr for u32 { type Err = ParseIntError; }
impl Clone for u32 {} impl Copy for u32 {} impl Default for u32 {} impl PartialEq for u32 {} impl Eq for u32 {} impl PartialOrd for u32 {} impl Ord for u32 {}
impl Hash for u32 {} impl Debug for u32 {} impl Display for u32 {} impl Octal for u32 {} impl Binary for u32 {} impl LowerHex for u32 {} impl UpperHex for u32 {}
impl Step for u32 {} impl Sum for u32 {} impl Product for u32 {} impl Sum<&u32> for u32 {}
impl FromStr for u64 { type Err = ParseIntError; }
impl Clone for u64 {} impl Copy for u64 {} impl Default for u64 {} impl PartialEq for u64 {} impl Eq for u64 {} impl PartialOrd for u64 {} impl Ord for u64 {}
impl Hash for u64 {} impl Debug for u64 {} impl Display for u64 {} impl Octal for u64 {} impl Binary for u64 {} impl LowerHex for u64 {} impl UpperHex for u64 {}
impl Step for u64 {} impl Sum for u64 {} impl Product for u64 {} impl Sum<&u64> for u64 {}
impl FromStr for u128 { type Err = ParseIntError; }
impl Clone for u128 {} impl Copy for u128 {} impl Default for u128 {} impl PartialEq for u128 {} impl Eq for u128 {} impl PartialOrd for u128 {} impl Ord for u128 {}
impl Hash for u128 {} impl Debug for u128 {} impl Display for u128 {} impl Octal for u128 {} impl Binary for u128 {} impl LowerHex for u128 {} impl UpperHex for u128 {}
impl Step for u128 {} impl Sum for u128 {} impl Product for u128 {} impl Sum<&u128> for u128 {}
impl FromStr for usize { type Err = ParseIntError; }
impl Clone for usize {} impl Copy for usize {} impl Default for usize {} impl PartialEq for usize {} impl Eq for usize {} impl PartialOrd for usize {} impl Ord for usize {}
impl Hash for usize {} impl Debug for usize {} impl Display for usize {} impl Octal for usize {} impl Binary for usize {} impl LowerHex for usize {} impl UpperHex for usize {}
impl Step for usize {} impl Sum for usize {} impl Product for usize {} impl Sum<&usize> for usize {}
impl FromStr for i8 { type Err = ParseIntError; }
impl Clone for i8 {} impl Copy for i8 {} impl Default for i8 {} impl PartialEq for i8 {} impl Eq for i8 {} impl PartialOrd for i8 {} impl Ord for i8 {}
impl Hash for i8 {} impl Debug for i8 {} impl Display for i8 {} impl Octal for i8 {} impl Binary for i8 {} impl LowerHex for i8 {} impl UpperHex for i8 {}
impl Step for i8 {} impl Sum for i8 {} impl Product for i8 {} impl Sum<&i8> for i8 {}
impl FromStr for i16 { type Err = ParseIntError; }
impl Clone for i16 {} impl Copy for i16 {} impl Default for i16 {} impl PartialEq for i16 {} impl Eq for i16 {} impl PartialOrd for i16 {} impl Ord for i16 {}
impl Hash for i16 {} impl Debug for i16 {} impl Display for i16 {} impl Octal for i16 {} impl Binary for i16 {} impl LowerHex for i16 {} impl UpperHex for i16 {}
impl Step for i16 {} impl Sum for i16 {} impl Product for i16 {} impl Sum<&i16> for i16 {}
impl FromStr for i32 { type Err = ParseIntError; }
impl Clone for i32 {} impl Copy for i32 {} impl Default for i32 {} impl PartialEq for i32 {} impl Eq for i32 {} impl PartialOrd for i32 {} impl Ord for i32 {}
impl Hash for i32 {} impl Debug for i32 {} impl Display for i32 {} impl Octal for i32 {} impl Binary for i32 {} impl LowerHex for i32 {} impl UpperHex for i32 {}
impl Step for i32 {} impl Sum for i32 {} impl Product for i32 {} impl Sum<&i32> for i32 {}
impl FromStr for i64 { type Err = ParseIntError; }
impl Clone for i64 {} impl Copy for i64 {} impl Default for i64 {} impl PartialEq for i64 {} impl Eq for i64 {} impl PartialOrd for i64 {} impl Ord for i64 {}
impl Hash for i64 {} impl Debug for i64 {} impl Display for i64 {} impl Octal for i64 {} impl Binary for i64 {} impl LowerHex for i64 {} impl UpperHex for i64 {}
impl Step for i64 {} impl Sum for i64 {} impl Product for i64 {} impl Sum<&i64> for i64 {}
impl FromStr for i128 { type Err = ParseIntError; }
impl Clone for i128 {} impl Copy for i128 {} impl Default for i128 {} impl PartialEq for i128 {} impl Eq for i128 {} impl PartialOrd for i128 {} impl Ord for i128 {}
impl Hash for i128 {} impl Debug for i128 {} impl Display for i128 {} impl Octal for i128 {} impl Binary for i128 {} impl LowerHex for i128 {} impl UpperHex for i128 {}
impl Step for i128 {} impl Sum for i128 {} impl Product for i128 {} impl Sum<&i128> for i128 {}
impl FromStr for isize { type Err = ParseIntError; }
impl Clone for isize {} impl Copy for isize {} impl Default for isize {} impl PartialEq for isize {} impl Eq for isize {} impl PartialOrd for isize {} impl Ord for isize {}
impl Hash for isize {} impl Debug for isize {} impl Display for isize {} impl Octal for isize {} impl Binary for isize {} impl LowerHex for isize {} impl UpperHex for isize {}
impl Step for isize {} impl Sum for isize {} impl Product for isize {} impl Sum<&isize> for isize {}
impl FromStr for f32 { type Err = ParseFloatError; }
impl Clone for f32 {} impl Copy for f32 {} impl Default for f32 {} impl PartialEq for f32 {} impl PartialOrd for f32 {} impl Debug for f32 {} impl Display for f32 {}
impl LowerExp for f32 {} impl UpperExp for f32 {} impl Sum for f32 {} impl Product for f32 {} impl Sum<&f32> for f32 {}
impl FromStr for f64 { type Err = ParseFloatError; }
impl Clone for f64 {} impl Copy for f64 {} impl Default for f64 {} impl PartialEq for f64 {} impl PartialOrd for f64 {} impl Debug for f64 {} impl Display for f64 {}
impl LowerExp for f64 {} impl UpperExp for f64 {} impl Sum for f64 {} impl Product for f64 {} impl Sum<&f64> for f64 {}
