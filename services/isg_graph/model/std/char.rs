use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::iter::FusedIterator;
use crate::str::FromStr;

impl From<u8> for char {}
impl From<char> for u32 {}
impl From<char> for u64 {}
impl From<char> for u128 {}
impl TryFrom<u32> for char { type Error = CharTryFromError; }
impl TryFrom<char> for u8 { type Error = TryFromCharError; }
impl TryFrom<char> for u16 { type Error = TryFromCharError; }
impl FromStr for char { type Err = ParseCharError; }

pub const MAX: char;
pub const REPLACEMENT_CHARACTER: char;
pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter>;
pub fn from_u32(i: u32) -> Option<char>;
pub unsafe fn from_u32_unchecked(i: u32) -> char;
pub fn from_digit(num: u32, radix: u32) -> Option<char>;

pub struct EscapeUnicode {}
impl Iterator for EscapeUnicode { type Item = char; }
impl ExactSizeIterator for EscapeUnicode {}
impl Display for EscapeUnicode {}
pub struct EscapeDefault {}
impl Iterator for EscapeDefault { type Item = char; }
impl ExactSizeIterator for EscapeDefault {}
impl Display for EscapeDefault {}
pub struct EscapeDebug {}
impl Iterator for EscapeDebug { type Item = char; }
impl ExactSizeIterator for EscapeDebug {}
impl Display for EscapeDebug {}
pub struct ToLowercase {}
impl Iterator for ToLowercase { type Item = char; }
impl DoubleEndedIterator for ToLowercase {}
impl ExactSizeIterator for ToLowercase {}
impl FusedIterator for ToLowercase {}
impl Display for ToLowercase {}
pub struct ToUppercase {}
impl Iterator for ToUppercase { type Item = char; }
impl DoubleEndedIterator for ToUppercase {}
impl ExactSizeIterator for ToUppercase {}
impl FusedIterator for ToUppercase {}
impl Display for ToUppercase {}
pub struct DecodeUtf16<I: Iterator<Item = u16>> {}
impl<I: Iterator<Item = u16>> Iterator for DecodeUtf16<I> { type Item = Result<char, DecodeUtf16Error>; }

pub struct DecodeUtf16Error {}
impl DecodeUtf16Error {
    pub fn unpaired_surrogate(&self) -> u16;
}
impl Debug for DecodeUtf16Error {}
impl Display for DecodeUtf16Error {}
impl Error for DecodeUtf16Error {}
pub struct CharTryFromError {}
impl Debug for CharTryFromError {}
impl Display for CharTryFromError {}
impl Error for CharTryFromError {}
pub struct TryFromCharError {}
impl Debug for TryFromCharError {}
impl Display for TryFromCharError {}
impl Error for TryFromCharError {}
pub struct ParseCharError {}
impl Debug for ParseCharError {}
impl Display for ParseCharError {}
impl Error for ParseCharError {}
