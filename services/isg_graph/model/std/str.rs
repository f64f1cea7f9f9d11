use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::iter::FusedIterator;
use crate::net::{SocketAddr, ToSocketAddrs};
use crate::ops::{Bound, Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use crate::path::Path;
use crate::slice::SliceIndex;

pub mod pattern {
    pub trait Pattern: Sized {}
    impl Pattern for char {}
    impl Pattern for &str {}
    impl Pattern for &String {}
    impl Pattern for &&str {}
    impl Pattern for &[char] {}
    impl<const N: usize> Pattern for [char; N] {}
    impl<const N: usize> Pattern for &[char; N] {}
    impl<F: FnMut(char) -> bool> Pattern for F {}
}
use self::pattern::Pattern;

impl PartialEq for str {}
impl Eq for str {}
impl PartialOrd for str {}
impl Ord for str {}
impl AsRef<str> for str {}
impl AsRef<[u8]> for str {}
impl AsRef<Path> for str {}
impl AsMut<str> for str {}
impl<I: SliceIndex<str>> Index<I> for str { type Output = <I as SliceIndex<str>>::Output; }
impl<I: SliceIndex<str>> IndexMut<I> for str {}
impl SliceIndex<str> for Range<usize> { type Output = str; }
impl SliceIndex<str> for RangeTo<usize> { type Output = str; }
impl SliceIndex<str> for RangeFrom<usize> { type Output = str; }
impl SliceIndex<str> for RangeFull { type Output = str; }
impl SliceIndex<str> for RangeInclusive<usize> { type Output = str; }
impl SliceIndex<str> for RangeToInclusive<usize> { type Output = str; }
impl SliceIndex<str> for (Bound<usize>, Bound<usize>) { type Output = str; }
impl ToSocketAddrs for str { type Iter = crate::vec::IntoIter<SocketAddr>; }

pub trait FromStr: Sized {
    type Err;
    fn from_str(s: &str) -> Result<Self, Self::Err>;
}

pub fn from_utf8(v: &[u8]) -> Result<&str, Utf8Error>;
pub fn from_utf8_mut(v: &mut [u8]) -> Result<&mut str, Utf8Error>;
pub unsafe fn from_utf8_unchecked(v: &[u8]) -> &str;
pub unsafe fn from_utf8_unchecked_mut(v: &mut [u8]) -> &mut str;
pub unsafe fn from_boxed_utf8_unchecked(v: Box<[u8]>) -> Box<str>;

pub struct Utf8Error {}
impl Utf8Error {
    pub fn valid_up_to(&self) -> usize;
    pub fn error_len(&self) -> Option<usize>;
}
impl Clone for Utf8Error {}
impl Copy for Utf8Error {}
impl PartialEq for Utf8Error {}
impl Eq for Utf8Error {}
impl Debug for Utf8Error {}
impl Display for Utf8Error {}
impl Error for Utf8Error {}
pub struct ParseBoolError {}
impl Clone for ParseBoolError {}
impl PartialEq for ParseBoolError {}
impl Eq for ParseBoolError {}
impl Debug for ParseBoolError {}
impl Display for ParseBoolError {}
impl Error for ParseBoolError {}

pub struct Chars {}
impl Chars {
    pub fn as_str(&self) -> &str;
}
impl Iterator for Chars { type Item = char; }
impl DoubleEndedIterator for Chars {}
impl FusedIterator for Chars {}
impl Clone for Chars {}
impl Debug for Chars {}
pub struct CharIndices {}
impl CharIndices {
    pub fn as_str(&self) -> &str;
    pub fn offset(&self) -> usize;
}
impl Iterator for CharIndices { type Item = (usize, char); }
impl DoubleEndedIterator for CharIndices {}
impl FusedIterator for CharIndices {}
impl Clone for CharIndices {}
impl Debug for CharIndices {}
pub struct Bytes {}
impl Iterator for Bytes { type Item = u8; }
impl DoubleEndedIterator for Bytes {}
impl ExactSizeIterator for Bytes {}
impl FusedIterator for Bytes {}
impl Clone for Bytes {}
impl Debug for Bytes {}
pub struct Lines {}
impl Iterator for Lines { type Item = &str; }
impl DoubleEndedIterator for Lines {}
impl FusedIterator for Lines {}
impl Clone for Lines {}
pub struct SplitWhitespace {}
impl Iterator for SplitWhitespace { type Item = &str; }
impl DoubleEndedIterator for SplitWhitespace {}
impl Clone for SplitWhitespace {}
pub struct SplitAsciiWhitespace {}
impl Iterator for SplitAsciiWhitespace { type Item = &str; }
impl DoubleEndedIterator for SplitAsciiWhitespace {}
impl Clone for SplitAsciiWhitespace {}
pub struct EncodeUtf16 {}
impl Iterator for EncodeUtf16 { type Item = u16; }
impl Clone for EncodeUtf16 {}
pub struct EscapeDebug {}
impl Iterator for EscapeDebug { type Item = char; }
impl Display for EscapeDebug {}
pub struct EscapeDefault {}
impl Iterator for EscapeDefault { type Item = char; }
impl Display for EscapeDefault {}
pub struct EscapeUnicode {}
impl Iterator for EscapeUnicode { type Item = char; }
impl Display for EscapeUnicode {}
pub struct Split<P: Pattern> {}
impl<P: Pattern> Iterator for Split<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for Split<P> {}
impl<P: Pattern> Clone for Split<P> {}
pub struct RSplit<P: Pattern> {}
impl<P: Pattern> Iterator for RSplit<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for RSplit<P> {}
pub struct SplitInclusive<P: Pattern> {}
impl<P: Pattern> Iterator for SplitInclusive<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for SplitInclusive<P> {}
pub struct SplitTerminator<P: Pattern> {}
impl<P: Pattern> Iterator for SplitTerminator<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for SplitTerminator<P> {}
pub struct RSplitTerminator<P: Pattern> {}
impl<P: Pattern> Iterator for RSplitTerminator<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for RSplitTerminator<P> {}
pub struct SplitN<P: Pattern> {}
impl<P: Pattern> Iterator for SplitN<P> { type Item = &str; }
pub struct RSplitN<P: Pattern> {}
impl<P: Pattern> Iterator for RSplitN<P> { type Item = &str; }
pub struct Matches<P: Pattern> {}
impl<P: Pattern> Iterator for Matches<P> { type Item = &str; }
impl<P: Pattern> DoubleEndedIterator for Matches<P> {}
pub struct RMatches<P: Pattern> {}
impl<P: Pattern> Iterator for RMatches<P> { type Item = &str; }
pub struct MatchIndices<P: Pattern> {}
impl<P: Pattern> Iterator for MatchIndices<P> { type Item = (usize, &str); }
impl<P: Pattern> DoubleEndedIterator for MatchIndices<P> {}
pub struct RMatchIndices<P: Pattern> {}
impl<P: Pattern> Iterator for RMatchIndices<P> { type Item = (usize, &str); }
pub struct Utf8Chunk {}
impl Utf8Chunk {
    pub fn valid(&self) -> &str;
    pub fn invalid(&self) -> &[u8];
}
pub struct Utf8Chunks {}
impl Iterator for Utf8Chunks { type Item = Utf8Chunk; }
