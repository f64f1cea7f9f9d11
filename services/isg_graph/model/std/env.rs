use crate::error::Error;
use crate::ffi::{OsStr, OsString};
use crate::fmt::{Debug, Display};
use crate::io;
use crate::path::{Path, PathBuf};

pub fn current_dir() -> io::Result<PathBuf>;
pub fn set_current_dir<P: AsRef<Path>>(path: P) -> io::Result<()>;
pub fn vars() -> Vars;
pub fn vars_os() -> VarsOs;
pub fn var<K: AsRef<OsStr>>(key: K) -> Result<String, VarError>;
pub fn var_os<K: AsRef<OsStr>>(key: K) -> Option<OsString>;
pub unsafe fn set_var<K: AsRef<OsStr>, V: AsRef<OsStr>>(key: K, value: V);
pub unsafe fn remove_var<K: AsRef<OsStr>>(key: K);
pub fn split_paths<T: AsRef<OsStr> + ?Sized>(unparsed: &T) -> SplitPaths;
pub fn join_paths<I: IntoIterator<Item = T>, T: AsRef<OsStr>>(paths: I) -> Result<OsString, JoinPathsError>;
pub fn home_dir() -> Option<PathBuf>;
pub fn temp_dir() -> PathBuf;
pub fn current_exe() -> io::Result<PathBuf>;
pub fn args() -> Args;
pub fn args_os() -> ArgsOs;

pub struct Vars {}
impl Iterator for Vars { type Item = (String, String); }
pub struct VarsOs {}
impl Iterator for VarsOs { type Item = (OsString, OsString); }
pub struct SplitPaths {}
impl Iterator for SplitPaths { type Item = PathBuf; }
pub struct Args {}
impl Iterator for Args { type Item = String; }
impl DoubleEndedIterator for Args {}
impl ExactSizeIterator for Args {}
pub struct ArgsOs {}
impl Iterator for ArgsOs { type Item = OsString; }
impl DoubleEndedIterator for ArgsOs {}
impl ExactSizeIterator for ArgsOs {}

pub enum VarError { NotPresent, NotUnicode(OsString) }
impl Clone for VarError {}
impl PartialEq for VarError {}
impl Eq for VarError {}
impl Debug for VarError {}
impl Display for VarError {}
impl Error for VarError {}
pub struct JoinPathsError {}
impl Debug for JoinPathsError {}
impl Display for JoinPathsError {}
impl Error for JoinPathsError {}

pub mod consts {
    pub const ARCH: &str;
    pub const FAMILY: &str;
    pub const OS: &str;
    pub const DLL_PREFIX: &str;
    pub const DLL_SUFFIX: &str;
    pub const DLL_EXTENSION: &str;
    pub const EXE_SUFFIX: &str;
    pub const EXE_EXTENSION: &str;
}
