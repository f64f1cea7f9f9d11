use crate::borrow::{Borrow, Cow};
use crate::convert::Infallible;
use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::hash::Hash;
use crate::ops::{Deref, DerefMut};
use crate::path::{Path, PathBuf};
use crate::rc::Rc;
use crate::str::{FromStr, Utf8Error};
use crate::sync::Arc;

pub type c_char = i8;
pub type c_schar = i8;
pub type c_uchar = u8;
pub type c_short = i16;
pub type c_ushort = u16;
pub type c_int = i32;
pub type c_uint = u32;
pub type c_long = i64;
pub type c_ulong = u64;
pub type c_longlong = i64;
pub type c_ulonglong = u64;
pub type c_float = f32;
pub type c_double = f64;
pub enum c_void {}

pub struct OsStr {}
impl OsStr {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr;
    pub unsafe fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &Self;
    pub fn to_str(&self) -> Option<&str>;
    pub fn to_string_lossy(&self) -> Cow<str>;
    pub fn to_os_string(&self) -> OsString;
    pub fn is_empty(&self) -> bool;
    pub fn len(&self) -> usize;
    pub fn into_os_string(self: Box<Self>) -> OsString;
    pub fn as_encoded_bytes(&self) -> &[u8];
    pub fn make_ascii_lowercase(&mut self);
    pub fn make_ascii_uppercase(&mut self);
    pub fn to_ascii_lowercase(&self) -> OsString;
    pub fn to_ascii_uppercase(&self) -> OsString;
    pub fn is_ascii(&self) -> bool;
    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool;
    pub fn display(&self) -> os_str::Display;
}
pub mod os_str {
    pub struct Display {}
    impl crate::fmt::Display for Display {}
    impl crate::fmt::Debug for Display {}
}
impl ToOwned for OsStr { type Owned = OsString; }
impl PartialEq for OsStr {}
impl PartialEq<str> for OsStr {}
impl PartialEq<OsStr> for str {}
impl PartialEq<OsString> for OsStr {}
impl Eq for OsStr {}
impl PartialOrd for OsStr {}
impl Ord for OsStr {}
impl Hash for OsStr {}
impl Debug for OsStr {}
impl Default for &OsStr {}
impl AsRef<OsStr> for OsStr {}
impl AsRef<OsStr> for OsString {}
impl AsRef<OsStr> for str {}
impl AsRef<OsStr> for String {}
impl AsRef<Path> for OsStr {}
impl AsRef<Path> for OsString {}
impl TryFrom<&OsStr> for &str { type Error = Utf8Error; }

pub struct OsString {}
impl OsString {
    pub fn new() -> OsString;
    pub unsafe fn from_encoded_bytes_unchecked(bytes: Vec<u8>) -> Self;
    pub fn as_os_str(&self) -> &OsStr;
    pub fn into_encoded_bytes(self) -> Vec<u8>;
    pub fn into_string(self) -> Result<String, OsString>;
    pub fn push<T: AsRef<OsStr>>(&mut self, s: T);
    pub fn with_capacity(capacity: usize) -> OsString;
    pub fn clear(&mut self);
    pub fn capacity(&self) -> usize;
    pub fn reserve(&mut self, additional: usize);
    pub fn shrink_to_fit(&mut self);
    pub fn into_boxed_os_str(self) -> Box<OsStr>;
}
impl Deref for OsString { type Target = OsStr; }
impl DerefMut for OsString {}
impl Clone for OsString {}
impl Default for OsString {}
impl PartialEq for OsString {}
impl PartialEq<str> for OsString {}
impl PartialEq<&str> for OsString {}
impl PartialEq<OsStr> for OsString {}
impl Eq for OsString {}
impl PartialOrd for OsString {}
impl Ord for OsString {}
impl Hash for OsString {}
impl Debug for OsString {}
impl Borrow<OsStr> for OsString {}
impl From<String> for OsString {}
impl From<PathBuf> for OsString {}
impl From<Box<OsStr>> for OsString {}
impl<T: ?Sized + AsRef<OsStr>> From<&T> for OsString {}
impl From<&OsStr> for Box<OsStr> {}
impl From<OsString> for Box<OsStr> {}
impl From<&OsStr> for Arc<OsStr> {}
impl From<OsString> for Arc<OsStr> {}
impl From<&OsStr> for Rc<OsStr> {}
impl From<OsString> for Rc<OsStr> {}
impl FromStr for OsString { type Err = Infallible; }
impl Extend<OsString> for OsString {}
impl FromIterator<OsString> for OsString {}
impl FromIterator<&OsStr> for OsString {}

pub struct CStr {}
impl CStr {
    pub unsafe fn from_ptr(ptr: *const c_char) -> &CStr;
    pub fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError>;
    pub fn from_bytes_with_nul(bytes: &[u8]) -> Result<&Self, FromBytesWithNulError>;
    pub unsafe fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr;
    pub fn as_ptr(&self) -> *const c_char;
    pub fn count_bytes(&self) -> usize;
    pub fn is_empty(&self) -> bool;
    pub fn to_bytes(&self) -> &[u8];
    pub fn to_bytes_with_nul(&self) -> &[u8];
    pub fn to_str(&self) -> Result<&str, Utf8Error>;
    pub fn to_string_lossy(&self) -> Cow<str>;
    pub fn into_c_string(self: Box<Self>) -> CString;
}
impl ToOwned for CStr { type Owned = CString; }
impl PartialEq for CStr {}
impl Eq for CStr {}
impl PartialOrd for CStr {}
impl Ord for CStr {}
impl Hash for CStr {}
impl Debug for CStr {}
impl AsRef<CStr> for CStr {}
impl AsRef<CStr> for CString {}
impl Default for &CStr {}

pub struct CString {}
impl CString {
    pub fn new<T: Into<Vec<u8>>>(t: T) -> Result<CString, NulError>;
    pub unsafe fn from_vec_unchecked(v: Vec<u8>) -> Self;
    pub unsafe fn from_raw(ptr: *mut c_char) -> CString;
    pub fn into_raw(self) -> *mut c_char;
    pub fn into_string(self) -> Result<String, IntoStringError>;
    pub fn into_bytes(self) -> Vec<u8>;
    pub fn into_bytes_with_nul(self) -> Vec<u8>;
    pub fn as_bytes(&self) -> &[u8];
    pub fn as_bytes_with_nul(&self) -> &[u8];
    pub fn as_c_str(&self) -> &CStr;
    pub fn into_boxed_c_str(self) -> Box<CStr>;
    pub fn from_vec_with_nul(v: Vec<u8>) -> Result<Self, FromVecWithNulError>;
}
impl Deref for CString { type Target = CStr; }
impl Drop for CString {}
impl Clone for CString {}
impl Default for CString {}
impl PartialEq for CString {}
impl Eq for CString {}
impl PartialOrd for CString {}
impl Ord for CString {}
impl Hash for CString {}
impl Debug for CString {}
impl Borrow<CStr> for CString {}
impl From<&CStr> for CString {}
impl From<Box<CStr>> for CString {}
impl From<CString> for Box<CStr> {}
impl From<&CStr> for Box<CStr> {}
impl From<CString> for Arc<CStr> {}

pub struct NulError {}
impl NulError {
    pub fn nul_position(&self) -> usize;
    pub fn into_vec(self) -> Vec<u8>;
}
impl Clone for NulError {}
impl PartialEq for NulError {}
impl Eq for NulError {}
impl Debug for NulError {}
impl Display for NulError {}
impl Error for NulError {}
pub struct IntoStringError {}
impl IntoStringError {
    pub fn into_cstring(self) -> CString;
    pub fn utf8_error(&self) -> Utf8Error;
}
impl Debug for IntoStringError {}
impl Display for IntoStringError {}
impl Error for IntoStringError {}
pub enum FromBytesWithNulError { InteriorNul { position: usize }, NotNulTerminated }
impl Debug for FromBytesWithNulError {}
impl Display for FromBytesWithNulError {}
impl Error for FromBytesWithNulError {}
pub struct FromBytesUntilNulError {}
impl Debug for FromBytesUntilNulError {}
impl Display for FromBytesUntilNulError {}
impl Error for FromBytesUntilNulError {}
pub struct FromVecWithNulError {}
impl FromVecWithNulError {
    pub fn as_bytes(&self) -> &[u8];
    pub fn into_bytes(self) -> Vec<u8>;
}
impl Debug for FromVecWithNulError {}
impl Display for FromVecWithNulError {}
impl Error for FromVecWithNulError {}
