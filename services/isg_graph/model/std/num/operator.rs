// The operators of the primitives, for bounds and for calls by name: the operators themselves the language applies.
use crate::ops::{Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign, Mul, MulAssign};
use crate::ops::{Neg, Not, Rem, RemAssign, Shl, ShlAssign, Shr, ShrAssign, Sub, SubAssign};

impl Add for u8 { type Output = u8; } impl Sub for u8 { type Output = u8; } impl Mul for u8 { type Output = u8; } impl Div for u8 { type Output = u8; }
impl Rem for u8 { type Output = u8; } impl BitAnd for u8 { type Output = u8; } impl BitOr for u8 { type Output = u8; } impl BitXor for u8 { type Output = u8; }
impl AddAssign for u8 {} impl SubAssign for u8 {} impl MulAssign for u8 {} impl DivAssign for u8 {} impl RemAssign for u8 {}
impl BitAndAssign for u8 {} impl BitOrAssign for u8 {} impl BitXorAssign for u8 {}
impl Shl<u8> for u8 { type Output = u8; } impl Shl<u32> for u8 { type Output = u8; } impl Shl<usize> for u8 { type Output = u8; } impl ShlAssign<u32> for u8 {}
impl Shr<u8> for u8 { type Output = u8; } impl Shr<u32> for u8 { type Output = u8; } impl Shr<usize> for u8 { type Output = u8; } impl ShrAssign<u32> for u8 {}
impl Not for u8 { type Output = u8; }

impl Add for u16 { type Output = u16; } impl Sub for u16 { type Output = u16; } impl Mul for u16 { type Output = u16; } impl Div for u16 { type Output = u16; }
impl Rem for u16 { type Output = u16; } impl BitAnd for u16 { type Output = u16; } impl BitOr for u16 { type Output = u16; } impl BitXor for u16 { type Output = u16; }
impl AddAssign for u16 {} impl SubAssign for u16 {} impl MulAssign for u16 {} impl DivAssign for u16 {} impl RemAssign for u16 {}
impl BitAndAssign for u16 {} impl BitOrAssign for u16 {} impl BitXorAssign for u16 {}
impl Shl<u16> for u16 { type Output = u16; } impl Shl<u32> for u16 { type Output = u16; } impl Shl<usize> for u16 { type Output = u16; } impl ShlAssign<u32> for u16 {}
impl Shr<u16> for u16 { type Output = u16; } impl Shr<u32> for u16 { type Output = u16; } impl Shr<usize> for u16 { type Output = u16; } impl ShrAssign<u32> for u16 {}
impl Not for u16 { type Output = u16; }

impl Add for u32 { type Output = u32; } impl Sub for u32 { type Output = u32; } impl Mul for u32 { type Output = u32; } impl Div for u32 { type Output = u32; }
impl Rem for u32 { type Output = u32; } impl BitAnd for u32 { type Output = u32; } impl BitOr for u32 { type Output = u32; } impl BitXor for u32 { type Output = u32; }
impl AddAssign for u32 {} impl SubAssign for u32 {} impl MulAssign for u32 {} impl DivAssign for u32 {} impl RemAssign for u32 {}
impl BitAndAssign for u32 {} impl BitOrAssign for u32 {} impl BitXorAssign for u32 {}
impl Shl<u32> for u32 { type Output = u32; } impl Shl<usize> for u32 { type Output = u32; } impl ShlAssign<u32> for u32 {}
impl Shr<u32> for u32 { type Output = u32; } impl Shr<usize> for u32 { type Output = u32; } impl ShrAssign<u32> for u32 {}
impl Not for u32 { type Output = u32; }

impl Add for u64 { type Output = u64; } impl Sub for u64 { type Output = u64; } impl Mul for u64 { type Output = u64; } impl Div for u64 { type Output = u64; }
impl Rem for u64 { type Output = u64; } impl BitAnd for u64 { type Output = u64; } impl BitOr for u64 { type Output = u64; } impl BitXor for u64 { type Output = u64; }
impl AddAssign for u64 {} impl SubAssign for u64 {} impl MulAssign for u64 {} impl DivAssign for u64 {} impl RemAssign for u64 {}
impl BitAndAssign for u64 {} impl BitOrAssign for u64 {} impl BitXorAssign for u64 {}
impl Shl<u64> for u64 { type Output = u64; } impl Shl<u32> for u64 { type Output = u64; } impl Shl<usize> for u64 { type Output = u64; } impl ShlAssign<u32> for u64 {}
impl Shr<u64> for u64 { type Output = u64; } impl Shr<u32> for u64 { type Output = u64; } impl Shr<usize> for u64 { type Output = u64; } impl ShrAssign<u32> for u64 {}
impl Not for u64 { type Output = u64; }

impl Add for u128 { type Output = u128; } impl Sub for u128 { type Output = u128; } impl Mul for u128 { type Output = u128; } impl Div for u128 { type Output = u128; }
impl Rem for u128 { type Output = u128; } impl BitAnd for u128 { type Output = u128; } impl BitOr for u128 { type Output = u128; } impl BitXor for u128 { type Output = u128; }
impl AddAssign for u128 {} impl SubAssign for u128 {} impl MulAssign for u128 {} impl DivAssign for u128 {} impl RemAssign for u128 {}
impl BitAndAssign for u128 {} impl BitOrAssign for u128 {} impl BitXorAssign for u128 {}
impl Shl<u128> for u128 { type Output = u128; } impl Shl<u32> for u128 { type Output = u128; } impl Shl<usize> for u128 { type Output = u128; } impl ShlAssign<u32> for u128 {}
impl Shr<u128> for u128 { type Output = u128; } impl Shr<u32> for u128 { type Output = u128; } impl Shr<usize> for u128 { type Output = u128; } impl ShrAssign<u32> for u128 {}
impl Not for u128 { type Output = u128; }

impl Add for usize { type Output = usize; } impl Sub for usize { type Output = usize; } impl Mul for usize { type Output = usize; } impl Div for usize { type Output = usize; }
impl Rem for usize { type Output = usize; } impl BitAnd for usize { type Output = usize; } impl BitOr for usize { type Output = usize; } impl BitXor for usize { type Output = usize; }
impl AddAssign for usize {} impl SubAssign for usize {} impl MulAssign for usize {} impl DivAssign for usize {} impl RemAssign for usize {}
impl BitAndAssign for usize {} impl BitOrAssign for usize {} impl BitXorAssign for usize {}
impl Shl<usize> for usize { type Output = usize; } impl Shl<u32> for usize { type Output = usize; } impl ShlAssign<u32> for usize {}
impl Shr<usize> for usize { type Output = usize; } impl Shr<u32> for usize { type Output = usize; } impl ShrAssign<u32> for usize {}
impl Not for usize { type Output = usize; }

impl Add for i8 { type Output = i8; } impl Sub for i8 { type Output = i8; } impl Mul for i8 { type Output = i8; } impl Div for i8 { type Output = i8; }
impl Rem for i8 { type Output = i8; } impl BitAnd for i8 { type Output = i8; } impl BitOr for i8 { type Output = i8; } impl BitXor for i8 { type Output = i8; }
impl AddAssign for i8 {} impl SubAssign for i8 {} impl MulAssign for i8 {} impl DivAssign for i8 {} impl RemAssign for i8 {}
impl BitAndAssign for i8 {} impl BitOrAssign for i8 {} impl BitXorAssign for i8 {}
impl Shl<i8> for i8 { type Output = i8; } impl Shl<u32> for i8 { type Output = i8; } impl Shl<usize> for i8 { type Output = i8; } impl ShlAssign<u32> for i8 {}
impl Shr<i8> for i8 { type Output = i8; } impl Shr<u32> for i8 { type Output = i8; } impl Shr<usize> for i8 { type Output = i8; } impl ShrAssign<u32> for i8 {}
impl Not for i8 { type Output = i8; }
impl Neg for i8 { type Output = i8; }

impl Add for i16 { type Output = i16; } impl Sub for i16 { type Output = i16; } impl Mul for i16 { type Output = i16; } impl Div for i16 { type Output = i16; }
impl Rem for i16 { type Output = i16; } impl BitAnd for i16 { type Output = i16; } impl BitOr for i16 { type Output = i16; } impl BitXor for i16 { type Output = i16; }
impl AddAssign for i16 {} impl SubAssign for i16 {} impl MulAssign for i16 {} impl DivAssign for i16 {} impl RemAssign for i16 {}
impl BitAndAssign for i16 {} impl BitOrAssign for i16 {} impl BitXorAssign for i16 {}
impl Shl<i16> for i16 { type Output = i16; } impl Shl<u32> for i16 { type Output = i16; } impl Shl<usize> for i16 { type Output = i16; } impl ShlAssign<u32> for i16 {}
impl Shr<i16> for i16 { type Output = i16; } impl Shr<u32> for i16 { type Output = i16; } impl Shr<usize> for i16 { type Output = i16; } impl ShrAssign<u32> for i16 {}
impl Not for i16 { type Output = i16; }
impl Neg for i16 { type Output = i16; }

impl Add for i32 { type Output = i32; } impl Sub for i32 { type Output = i32; } impl Mul for i32 { type Output = i32; } impl Div for i32 { type Output = i32; }
impl Rem for i32 { type Output = i32; } impl BitAnd for i32 { type Output = i32; } impl BitOr for i32 { type Output = i32; } impl BitXor for i32 { type Output = i32; }
impl AddAssign for i32 {} impl SubAssign for i32 {} impl MulAssign for i32 {} impl DivAssign for i32 {} impl RemAssign for i32 {}
impl BitAndAssign for i32 {} impl BitOrAssign for i32 {} impl BitXorAssign for i32 {}
impl Shl<i32> for i32 { type Output = i32; } impl Shl<u32> for i32 { type Output = i32; } impl Shl<usize> for i32 { type Output = i32; } impl ShlAssign<u32> for i32 {}
impl Shr<i32> for i32 { type Output = i32; } impl Shr<u32> for i32 { type Output = i32; } impl Shr<usize> for i32 { type Output = i32; } impl ShrAssign<u32> for i32 {}
impl Not for i32 { type Output = i32; }
impl Neg for i32 { type Output = i32; }

impl Add for i64 { type Output = i64; } impl Sub for i64 { type Output = i64; } impl Mul for i64 { type Output = i64; } impl Div for i64 { type Output = i64; }
impl Rem for i64 { type Output = i64; } impl BitAnd for i64 { type Output = i64; } impl BitOr for i64 { type Output = i64; } impl BitXor for i64 { type Output = i64; }
impl AddAssign for i64 {} impl SubAssign for i64 {} impl MulAssign for i64 {} impl DivAssign for i64 {} impl RemAssign for i64 {}
impl BitAndAssign for i64 {} impl BitOrAssign for i64 {} impl BitXorAssign for i64 {}
impl Shl<i64> for i64 { type Output = i64; } impl Shl<u32> for i64 { type Output = i64; } impl Shl<usize> for i64 { type Output = i64; } impl ShlAssign<u32> for i64 {}
impl Shr<i64> for i64 { type Output = i64; } impl Shr<u32> for i64 { type Output = i64; } impl Shr<usize> for i64 { type Output = i64; } impl ShrAssign<u32> for i64 {}
impl Not for i64 { type Output = i64; }
impl Neg for i64 { type Output = i64; }

impl Add for i128 { type Output = i128; } impl Sub for i128 { type Output = i128; } impl Mul for i128 { type Output = i128; } impl Div for i128 { type Output = i128; }
impl Rem for i128 { type Output = i128; } impl BitAnd for i128 { type Output = i128; } impl BitOr for i128 { type Output = i128; } impl BitXor for i128 { type Output = i128; }
impl AddAssign for i128 {} impl SubAssign for i128 {} impl MulAssign for i128 {} impl DivAssign for i128 {} impl RemAssign for i128 {}
impl BitAndAssign for i128 {} impl BitOrAssign for i128 {} impl BitXorAssign for i128 {}
impl Shl<i128> for i128 { type Output = i128; } impl Shl<u32> for i128 { type Output = i128; } impl Shl<usize> for i128 { type Output = i128; } impl ShlAssign<u32> for i128 {}
impl Shr<i128> for i128 { type Output = i128; } impl Shr<u32> for i128 { type Output = i128; } impl Shr<usize> for i128 { type Output = i128; } impl ShrAssign<u32> for i128 {}
impl Not for i128 { type Output = i128; }
impl Neg for i128 { type Output = i128; }

impl Add for isize { type Output = isize; } impl Sub for isize { type Output = isize; } impl Mul for isize { type Output = isize; } impl Div for isize { type Output = isize; }
impl Rem for isize { type Output = isize; } impl BitAnd for isize { type Output = isize; } impl BitOr for isize { type Output = isize; } impl BitXor for isize { type Output = isize; }
impl AddAssign for isize {} impl SubAssign for isize {} impl MulAssign for isize {} impl DivAssign for isize {} impl RemAssign for isize {}
impl BitAndAssign for isize {} impl BitOrAssign for isize {} impl BitXorAssign for isize {}
impl Shl<isize> for isize { type Output = isize; } impl Shl<u32> for isize { type Output = isize; } impl Shl<usize> for isize { type Output = isize; } impl ShlAssign<u32> for isize {}
impl Shr<isize> for isize { type Output = isize; } impl Shr<u32> for isize { type Output = isize; } impl Shr<usize> for isize { type Output = isize; } impl ShrAssign<u32> for isize {}
impl Not for isize { type Output = isize; }
impl Neg for isize { type Output = isize; }

impl Add for f32 { type Output = f32; } impl Sub for f32 { type Output = f32; } impl Mul for f32 { type Output = f32; } impl Div for f32 { type Output = f32; }
impl Rem for f32 { type Output = f32; }
impl AddAssign for f32 {} impl SubAssign for f32 {} impl MulAssign for f32 {} impl DivAssign for f32 {} impl RemAssign for f32 {}
impl Neg for f32 { type Output = f32; }

impl Add for f64 { type Output = f64; } impl Sub for f64 { type Output = f64; } impl Mul for f64 { type Output = f64; } impl Div for f64 { type Output = f64; }
impl Rem for f64 { type Output = f64; }
impl AddAssign for f64 {} impl SubAssign for f64 {} impl MulAssign for f64 {} impl DivAssign for f64 {} impl RemAssign for f64 {}
impl Neg for f64 { type Output = f64; }

impl BitAnd for bool { type Output = bool; } impl BitOr for bool { type Output = bool; } impl BitXor for bool { type Output = bool; }
impl BitAndAssign for bool {} impl BitOrAssign for bool {} impl BitXorAssign for bool {}
impl Not for bool { type Output = bool; }
