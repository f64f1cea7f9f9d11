use crate::iter::FusedIterator;
use crate::fmt::Display;

pub struct EscapeDefault {}
impl EscapeDefault {
    pub fn as_str(&self) -> &str;
}
impl Iterator for EscapeDefault { type Item = u8; }
impl DoubleEndedIterator for EscapeDefault {}
impl ExactSizeIterator for EscapeDefault {}
impl FusedIterator for EscapeDefault {}
impl Clone for EscapeDefault {}
impl Display for EscapeDefault {}
pub fn escape_default(c: u8) -> EscapeDefault;

pub trait AsciiExt {
    type Owned;
    fn is_ascii(&self) -> bool;
    fn to_ascii_uppercase(&self) -> Self::Owned;
    fn to_ascii_lowercase(&self) -> Self::Owned;
    fn eq_ignore_ascii_case(&self, other: &Self) -> bool;
    fn make_ascii_uppercase(&mut self);
    fn make_ascii_lowercase(&mut self);
}
impl AsciiExt for u8 { type Owned = u8; }
impl AsciiExt for char { type Owned = char; }
impl AsciiExt for [u8] { type Owned = Vec<u8>; }
impl AsciiExt for str { type Owned = String; }
