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
    pub fn chars(&self) -> Chars;
    pub fn char_indices(&self) -> CharIndices;
    pub fn bytes(&self) -> Bytes;
    pub fn split_whitespace(&self) -> SplitWhitespace;
    pub fn split_ascii_whitespace(&self) -> SplitAsciiWhitespace;
    pub fn lines(&self) -> Lines;
    pub fn encode_utf16(&self) -> EncodeUtf16;
    pub fn contains<P: Pattern>(&self, pat: P) -> bool;
    pub fn starts_with<P: Pattern>(&self, pat: P) -> bool;
    pub fn ends_with<P: Pattern>(&self, pat: P) -> bool;
    pub fn find<P: Pattern>(&self, pat: P) -> Option<usize>;
    pub fn rfind<P: Pattern>(&self, pat: P) -> Option<usize>;
    pub fn split<P: Pattern>(&self, pat: P) -> Split<P>;
    pub fn split_inclusive<P: Pattern>(&self, pat: P) -> SplitInclusive<P>;
    pub fn rsplit<P: Pattern>(&self, pat: P) -> RSplit<P>;
    pub fn split_terminator<P: Pattern>(&self, pat: P) -> SplitTerminator<P>;
    pub fn rsplit_terminator<P: Pattern>(&self, pat: P) -> RSplitTerminator<P>;
    pub fn splitn<P: Pattern>(&self, n: usize, pat: P) -> SplitN<P>;
    pub fn rsplitn<P: Pattern>(&self, n: usize, pat: P) -> RSplitN<P>;
    pub fn split_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)>;
    pub fn rsplit_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)>;
    pub fn matches<P: Pattern>(&self, pat: P) -> Matches<P>;
    pub fn rmatches<P: Pattern>(&self, pat: P) -> RMatches<P>;
    pub fn match_indices<P: Pattern>(&self, pat: P) -> MatchIndices<P>;
    pub fn rmatch_indices<P: Pattern>(&self, pat: P) -> RMatchIndices<P>;
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
    pub fn escape_debug(&self) -> EscapeDebug;
    pub fn escape_default(&self) -> EscapeDefault;
    pub fn escape_unicode(&self) -> EscapeUnicode;
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
impl PartialEq for str {}
impl Eq for str {}
impl PartialOrd for str {}
impl Ord for str {}
impl AsRef<str> for str {}
impl AsRef<[u8]> for str {}
impl AsRef<Path> for str {}
impl AsMut<str> for str {}
impl<I: SliceIndex<str>> Index<I> for str { type Output = I::Output; }
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
