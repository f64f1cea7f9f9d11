use crate::ffi::NulError;
use crate::fmt::{self, Debug, Display};
use crate::iter::FusedIterator;
use crate::ops::{Deref, DerefMut};
use crate::collections::VecDeque;
use crate::process::Stdio;
use crate::string::FromUtf8Error;
use crate::sync::{Arc, PoisonError};

pub mod prelude { pub use super::{BufRead, Read, Seek, Write}; }

pub type Result<T> = crate::result::Result<T, Error>;
pub struct Error {}
impl Error {
    pub fn new<E: Into<Box<dyn crate::error::Error + Send + Sync>>>(kind: ErrorKind, error: E) -> Error;
    pub fn other<E: Into<Box<dyn crate::error::Error + Send + Sync>>>(error: E) -> Error;
    pub fn last_os_error() -> Error;
    pub fn from_raw_os_error(code: RawOsError) -> Error;
    pub fn raw_os_error(&self) -> Option<RawOsError>;
    pub fn get_ref(&self) -> Option<&(dyn crate::error::Error + Send + Sync + 'static)>;
    pub fn get_mut(&mut self) -> Option<&mut (dyn crate::error::Error + Send + Sync + 'static)>;
    pub fn into_inner(self) -> Option<Box<dyn crate::error::Error + Send + Sync>>;
    pub fn downcast<E: crate::error::Error>(self) -> crate::result::Result<E, Self>;
    pub fn kind(&self) -> ErrorKind;
}
pub type RawOsError = i32;
impl Debug for Error {} impl Display for Error {} impl crate::error::Error for Error {}
impl From<ErrorKind> for Error {}
impl From<NulError> for Error {}
impl<W> From<IntoInnerError<W>> for Error {}
pub enum ErrorKind {
    NotFound, PermissionDenied, ConnectionRefused, ConnectionReset, HostUnreachable, NetworkUnreachable, ConnectionAborted,
    NotConnected, AddrInUse, AddrNotAvailable, NetworkDown, BrokenPipe, AlreadyExists, WouldBlock, NotADirectory, IsADirectory,
    DirectoryNotEmpty, ReadOnlyFilesystem, FilesystemLoop, StaleNetworkFileHandle, InvalidInput, InvalidData, TimedOut, WriteZero,
    StorageFull, NotSeekable, QuotaExceeded, FileTooLarge, ResourceBusy, ExecutableFileBusy, Deadlock, CrossesDevices, TooManyLinks,
    InvalidFilename, ArgumentListTooLong, Interrupted, Unsupported, UnexpectedEof, OutOfMemory, InProgress, Other,
}
impl Clone for ErrorKind {} impl Copy for ErrorKind {} impl PartialEq for ErrorKind {} impl Eq for ErrorKind {} impl PartialOrd for ErrorKind {}
impl Ord for ErrorKind {} impl crate::hash::Hash for ErrorKind {} impl Debug for ErrorKind {} impl Display for ErrorKind {}

pub trait Read {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut]) -> Result<usize> {}
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {}
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {}
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {}
    fn by_ref(&mut self) -> &mut Self {}
    fn bytes(self) -> Bytes<Self> {}
    fn chain<R: Read>(self, next: R) -> Chain<Self, R> {}
    fn take(self, limit: u64) -> Take<Self> {}
}
pub trait Write {
    fn write(&mut self, buf: &[u8]) -> Result<usize>;
    fn write_vectored(&mut self, bufs: &[IoSlice]) -> Result<usize> {}
    fn is_write_vectored(&self) -> bool {}
    fn flush(&mut self) -> Result<()>;
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {}
    fn write_fmt(&mut self, fmt: fmt::Arguments) -> Result<()> {}
    fn by_ref(&mut self) -> &mut Self {}
}
pub trait Seek {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64>;
    fn rewind(&mut self) -> Result<()> {}
    fn stream_position(&mut self) -> Result<u64> {}
    fn seek_relative(&mut self, offset: i64) -> Result<()> {}
}
pub enum SeekFrom { Start(u64), End(i64), Current(i64) }
impl Clone for SeekFrom {} impl Copy for SeekFrom {} impl PartialEq for SeekFrom {} impl Eq for SeekFrom {} impl Debug for SeekFrom {}
pub trait BufRead: Read {
    fn fill_buf(&mut self) -> Result<&[u8]>;
    fn consume(&mut self, amount: usize);
    fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {}
    fn skip_until(&mut self, byte: u8) -> Result<usize> {}
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {}
    fn split(self, byte: u8) -> Split<Self> {}
    fn lines(self) -> Lines<Self> {}
}
pub trait IsTerminal { fn is_terminal(&self) -> bool; }
impl<R: Read + ?Sized> Read for &mut R {} impl<W: Write + ?Sized> Write for &mut W {}
impl<S: Seek + ?Sized> Seek for &mut S {} impl<B: BufRead + ?Sized> BufRead for &mut B {}
impl<R: Read + ?Sized> Read for Box<R> {} impl<W: Write + ?Sized> Write for Box<W> {}
impl<S: Seek + ?Sized> Seek for Box<S> {} impl<B: BufRead + ?Sized> BufRead for Box<B> {}
impl Read for &[u8] {} impl BufRead for &[u8] {} impl Write for &mut [u8] {} impl Write for Vec<u8> {}
impl Read for VecDeque<u8> {} impl BufRead for VecDeque<u8> {} impl Write for VecDeque<u8> {}
impl Read for Arc<crate::fs::File> {} impl Write for Arc<crate::fs::File> {} impl Seek for Arc<crate::fs::File> {}

pub struct IoSlice {}
impl IoSlice {
    pub fn new(buf: &[u8]) -> IoSlice;
    pub fn advance(&mut self, n: usize);
    pub fn advance_slices(bufs: &mut &mut [IoSlice], n: usize);
    pub fn as_slice(self) -> &[u8];
}
impl Deref for IoSlice { type Target = [u8]; } impl Clone for IoSlice {} impl Copy for IoSlice {} impl Debug for IoSlice {}
pub struct IoSliceMut {}
impl IoSliceMut {
    pub fn new(buf: &mut [u8]) -> IoSliceMut;
    pub fn advance(&mut self, n: usize);
    pub fn advance_slices(bufs: &mut &mut [IoSliceMut], n: usize);
}
impl Deref for IoSliceMut { type Target = [u8]; } impl DerefMut for IoSliceMut {} impl Debug for IoSliceMut {}

pub struct Cursor<T> {}
impl<T> Cursor<T> {
    pub fn new(inner: T) -> Cursor<T>;
    pub fn into_inner(self) -> T;
    pub fn get_ref(&self) -> &T;
    pub fn get_mut(&mut self) -> &mut T;
    pub fn position(&self) -> u64;
    pub fn set_position(&mut self, pos: u64);
}
impl<T: AsRef<[u8]>> Read for Cursor<T> {} impl<T: AsRef<[u8]>> BufRead for Cursor<T> {} impl<T: AsRef<[u8]>> Seek for Cursor<T> {}
impl Write for Cursor<&mut [u8]> {} impl Write for Cursor<&mut Vec<u8>> {} impl Write for Cursor<Vec<u8>> {} impl Write for Cursor<Box<[u8]>> {}
impl<T: Clone> Clone for Cursor<T> {} impl<T: Default> Default for Cursor<T> {} impl<T: PartialEq> PartialEq for Cursor<T> {} impl<T: Eq> Eq for Cursor<T> {}
impl<T: Debug> Debug for Cursor<T> {}

pub struct BufReader<R: ?Sized> {}
impl<R: Read> BufReader<R> {
    pub fn new(inner: R) -> BufReader<R>;
    pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R>;
}
impl<R: ?Sized> BufReader<R> {
    pub fn get_ref(&self) -> &R;
    pub fn get_mut(&mut self) -> &mut R;
    pub fn buffer(&self) -> &[u8];
    pub fn capacity(&self) -> usize;
    pub fn into_inner(self) -> R;
    pub fn seek_relative(&mut self, offset: i64) -> Result<()>;
}
impl<R: Read + ?Sized> Read for BufReader<R> {} impl<R: Read + ?Sized> BufRead for BufReader<R> {} impl<R: Seek + ?Sized> Seek for BufReader<R> {}
impl<R: Debug + ?Sized> Debug for BufReader<R> {}
pub struct BufWriter<W: ?Sized + Write> {}
impl<W: Write> BufWriter<W> {
    pub fn new(inner: W) -> BufWriter<W>;
    pub fn with_capacity(capacity: usize, inner: W) -> BufWriter<W>;
    pub fn into_inner(self) -> crate::result::Result<W, IntoInnerError<BufWriter<W>>>;
}
impl<W: ?Sized + Write> BufWriter<W> {
    pub fn get_ref(&self) -> &W;
    pub fn get_mut(&mut self) -> &mut W;
    pub fn buffer(&self) -> &[u8];
    pub fn capacity(&self) -> usize;
}
impl<W: ?Sized + Write> Write for BufWriter<W> {} impl<W: ?Sized + Write + Seek> Seek for BufWriter<W> {} impl<W: ?Sized + Write> Drop for BufWriter<W> {}
impl<W: ?Sized + Write + Debug> Debug for BufWriter<W> {}
pub struct LineWriter<W: ?Sized + Write> {}
impl<W: Write> LineWriter<W> {
    pub fn new(inner: W) -> LineWriter<W>;
    pub fn with_capacity(capacity: usize, inner: W) -> LineWriter<W>;
    pub fn get_ref(&self) -> &W;
    pub fn get_mut(&mut self) -> &mut W;
    pub fn into_inner(self) -> crate::result::Result<W, IntoInnerError<LineWriter<W>>>;
}
impl<W: ?Sized + Write> Write for LineWriter<W> {}
pub struct IntoInnerError<W> {}
impl<W> IntoInnerError<W> {
    pub fn error(&self) -> &Error;
    pub fn into_inner(self) -> W;
    pub fn into_error(self) -> Error;
}
impl<W: Debug> Debug for IntoInnerError<W> {} impl<W> Display for IntoInnerError<W> {}

pub struct Bytes<R> {}
impl<R: Read> Iterator for Bytes<R> { type Item = Result<u8>; }
pub struct Split<B> {}
impl<B: BufRead> Iterator for Split<B> { type Item = Result<Vec<u8>>; }
pub struct Lines<B> {}
impl<B: BufRead> Iterator for Lines<B> { type Item = Result<String>; }
pub struct Chain<T, U> {}
impl<T, U> Chain<T, U> {
    pub fn into_inner(self) -> (T, U);
    pub fn get_ref(&self) -> (&T, &U);
    pub fn get_mut(&mut self) -> (&mut T, &mut U);
}
impl<T: Read, U: Read> Read for Chain<T, U> {} impl<T: BufRead, U: BufRead> BufRead for Chain<T, U> {}
pub struct Take<T> {}
impl<T> Take<T> {
    pub fn limit(&self) -> u64;
    pub fn set_limit(&mut self, limit: u64);
    pub fn into_inner(self) -> T;
    pub fn get_ref(&self) -> &T;
    pub fn get_mut(&mut self) -> &mut T;
}
impl<T: Read> Read for Take<T> {} impl<T: BufRead> BufRead for Take<T> {}
pub struct Empty;
impl Read for Empty {} impl BufRead for Empty {} impl Write for Empty {} impl Clone for Empty {} impl Copy for Empty {} impl Debug for Empty {}
pub struct Repeat {}
impl Read for Repeat {} impl Clone for Repeat {} impl Debug for Repeat {}
pub struct Sink;
impl Write for Sink {} impl Write for &Sink {} impl Clone for Sink {} impl Copy for Sink {} impl Debug for Sink {}
pub fn empty() -> Empty;
pub fn repeat(byte: u8) -> Repeat;
pub fn sink() -> Sink;
pub fn copy<R: ?Sized + Read, W: ?Sized + Write>(reader: &mut R, writer: &mut W) -> Result<u64>;
pub fn read_to_string<R: Read>(reader: R) -> Result<String>;

pub struct Stdin {}
impl Stdin {
    pub fn lock(&self) -> StdinLock;
    pub fn read_line(&self, buf: &mut String) -> Result<usize>;
    pub fn lines(self) -> Lines<StdinLock>;
}
impl Read for Stdin {} impl Read for &Stdin {} impl IsTerminal for Stdin {} impl Debug for Stdin {}
pub struct StdinLock {}
impl Read for StdinLock {} impl BufRead for StdinLock {} impl IsTerminal for StdinLock {} impl Debug for StdinLock {}
pub struct Stdout {}
impl Stdout {
    pub fn lock(&self) -> StdoutLock;
}
impl Write for Stdout {} impl Write for &Stdout {} impl IsTerminal for Stdout {} impl Debug for Stdout {} impl From<Stdout> for Stdio {}
pub struct StdoutLock {}
impl Write for StdoutLock {} impl IsTerminal for StdoutLock {} impl Debug for StdoutLock {}
pub struct Stderr {}
impl Stderr {
    pub fn lock(&self) -> StderrLock;
}
impl Write for Stderr {} impl Write for &Stderr {} impl IsTerminal for Stderr {} impl Debug for Stderr {} impl From<Stderr> for Stdio {}
pub struct StderrLock {}
impl Write for StderrLock {} impl IsTerminal for StderrLock {} impl Debug for StderrLock {}
pub fn stdin() -> Stdin;
pub fn stdout() -> Stdout;
pub fn stderr() -> Stderr;
pub struct PipeReader {}
impl PipeReader {
    pub fn try_clone(&self) -> Result<Self>;
}
impl Read for PipeReader {} impl Read for &PipeReader {} impl Debug for PipeReader {} impl From<PipeReader> for Stdio {}
pub struct PipeWriter {}
impl PipeWriter {
    pub fn try_clone(&self) -> Result<Self>;
}
impl Write for PipeWriter {} impl Write for &PipeWriter {} impl Debug for PipeWriter {} impl From<PipeWriter> for Stdio {}
pub fn pipe() -> Result<(PipeReader, PipeWriter)>;
