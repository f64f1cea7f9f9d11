// What a platform adds. Names below a platform's module that are not here stay outside names.

pub mod raw {
    pub use crate::ffi::{c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort, c_void};
}

pub mod fd {
    use crate::fmt::Debug;
    use crate::fs::File;
    use crate::io;
    use crate::net::{TcpListener, TcpStream, UdpSocket};
    use crate::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
    use crate::process::{ChildStderr, ChildStdin, ChildStdout, Stdio};
    use crate::rc::Rc;
    use crate::sync::Arc;

    pub type RawFd = i32;
    pub struct BorrowedFd {}
    impl BorrowedFd {
        pub unsafe fn borrow_raw(fd: RawFd) -> Self;
        pub fn try_clone_to_owned(&self) -> io::Result<OwnedFd>;
    }
    impl Clone for BorrowedFd {} impl Copy for BorrowedFd {} impl Debug for BorrowedFd {}
    pub struct OwnedFd {}
    impl OwnedFd {
        pub fn try_clone(&self) -> io::Result<Self>;
    }
    impl Drop for OwnedFd {} impl Debug for OwnedFd {}
    pub trait AsFd { fn as_fd(&self) -> BorrowedFd; }
    pub trait AsRawFd { fn as_raw_fd(&self) -> RawFd; }
    pub trait FromRawFd: Sized { unsafe fn from_raw_fd(fd: RawFd) -> Self; }
    pub trait IntoRawFd { fn into_raw_fd(self) -> RawFd; }
    impl<T: AsFd + ?Sized> AsFd for &T {} impl<T: AsFd + ?Sized> AsFd for &mut T {} impl<T: AsFd + ?Sized> AsFd for Box<T> {}
    impl<T: AsFd + ?Sized> AsFd for Rc<T> {} impl<T: AsFd + ?Sized> AsFd for Arc<T> {}
    impl<T: AsRawFd> AsRawFd for Box<T> {} impl<T: AsRawFd> AsRawFd for Rc<T> {} impl<T: AsRawFd> AsRawFd for Arc<T> {}
    impl AsRawFd for RawFd {} impl FromRawFd for RawFd {} impl IntoRawFd for RawFd {}
    impl AsRawFd for BorrowedFd {} impl AsFd for BorrowedFd {}
    impl AsRawFd for OwnedFd {} impl AsFd for OwnedFd {} impl FromRawFd for OwnedFd {} impl IntoRawFd for OwnedFd {}
    impl AsRawFd for File {} impl AsFd for File {} impl FromRawFd for File {} impl IntoRawFd for File {} impl From<File> for OwnedFd {} impl From<OwnedFd> for File {}
    impl AsRawFd for TcpStream {} impl AsFd for TcpStream {} impl FromRawFd for TcpStream {} impl IntoRawFd for TcpStream {}
    impl From<TcpStream> for OwnedFd {} impl From<OwnedFd> for TcpStream {}
    impl AsRawFd for TcpListener {} impl AsFd for TcpListener {} impl FromRawFd for TcpListener {} impl IntoRawFd for TcpListener {}
    impl From<TcpListener> for OwnedFd {} impl From<OwnedFd> for TcpListener {}
    impl AsRawFd for UdpSocket {} impl AsFd for UdpSocket {} impl FromRawFd for UdpSocket {} impl IntoRawFd for UdpSocket {}
    impl From<UdpSocket> for OwnedFd {} impl From<OwnedFd> for UdpSocket {}
    impl AsRawFd for UnixStream {} impl AsFd for UnixStream {} impl FromRawFd for UnixStream {} impl IntoRawFd for UnixStream {}
    impl From<UnixStream> for OwnedFd {} impl From<OwnedFd> for UnixStream {}
    impl AsRawFd for UnixListener {} impl AsFd for UnixListener {} impl FromRawFd for UnixListener {} impl IntoRawFd for UnixListener {}
    impl From<UnixListener> for OwnedFd {} impl From<OwnedFd> for UnixListener {}
    impl AsRawFd for UnixDatagram {} impl AsFd for UnixDatagram {} impl FromRawFd for UnixDatagram {} impl IntoRawFd for UnixDatagram {}
    impl From<UnixDatagram> for OwnedFd {} impl From<OwnedFd> for UnixDatagram {}
    impl AsRawFd for ChildStdin {} impl AsFd for ChildStdin {} impl IntoRawFd for ChildStdin {} impl From<ChildStdin> for OwnedFd {} impl From<OwnedFd> for ChildStdin {}
    impl AsRawFd for ChildStdout {} impl AsFd for ChildStdout {} impl IntoRawFd for ChildStdout {} impl From<ChildStdout> for OwnedFd {} impl From<OwnedFd> for ChildStdout {}
    impl AsRawFd for ChildStderr {} impl AsFd for ChildStderr {} impl IntoRawFd for ChildStderr {} impl From<ChildStderr> for OwnedFd {} impl From<OwnedFd> for ChildStderr {}
    impl FromRawFd for Stdio {} impl From<OwnedFd> for Stdio {}
    impl AsRawFd for io::Stdin {} impl AsFd for io::Stdin {} impl AsRawFd for io::Stdout {} impl AsFd for io::Stdout {} impl AsRawFd for io::Stderr {} impl AsFd for io::Stderr {}
    impl AsRawFd for io::PipeReader {} impl AsFd for io::PipeReader {} impl AsRawFd for io::PipeWriter {} impl AsFd for io::PipeWriter {}
}

pub mod unix {
    pub mod io { pub use crate::os::fd::*; }
    pub mod prelude {
        pub use super::ffi::{OsStrExt, OsStringExt};
        pub use super::fs::{DirEntryExt, FileExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
        pub use super::io::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
        pub use super::process::{CommandExt, ExitStatusExt};
        pub use super::thread::JoinHandleExt;
    }
    pub mod ffi {
        use crate::ffi::{OsStr, OsString};
        pub trait OsStringExt { fn from_vec(vec: Vec<u8>) -> Self; fn into_vec(self) -> Vec<u8>; }
        pub trait OsStrExt { fn from_bytes(slice: &[u8]) -> &Self; fn as_bytes(&self) -> &[u8]; }
        impl OsStringExt for OsString {} impl OsStrExt for OsStr {}
    }
    pub mod thread {
        pub type RawPthread = u64;
        pub trait JoinHandleExt { fn as_pthread_t(&self) -> RawPthread; fn into_pthread_t(self) -> RawPthread; }
        impl<T> JoinHandleExt for crate::thread::JoinHandle<T> {}
    }
    pub mod fs {
        use crate::fs::{DirBuilder, DirEntry, File, FileType, Metadata, OpenOptions, Permissions};
        use crate::io;
        use crate::path::Path;
        pub trait FileExt {
            fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize>;
            fn read_exact_at(&self, buf: &mut [u8], offset: u64) -> io::Result<()> {}
            fn write_at(&self, buf: &[u8], offset: u64) -> io::Result<usize>;
            fn write_all_at(&self, buf: &[u8], offset: u64) -> io::Result<()> {}
        }
        impl FileExt for File {}
        pub trait PermissionsExt { fn mode(&self) -> u32; fn set_mode(&mut self, mode: u32); fn from_mode(mode: u32) -> Self; }
        impl PermissionsExt for Permissions {}
        pub trait OpenOptionsExt { fn mode(&mut self, mode: u32) -> &mut Self; fn custom_flags(&mut self, flags: i32) -> &mut Self; }
        impl OpenOptionsExt for OpenOptions {}
        pub trait MetadataExt {
            fn dev(&self) -> u64; fn ino(&self) -> u64; fn mode(&self) -> u32; fn nlink(&self) -> u64; fn uid(&self) -> u32; fn gid(&self) -> u32;
            fn rdev(&self) -> u64; fn size(&self) -> u64; fn atime(&self) -> i64; fn mtime(&self) -> i64; fn mtime_nsec(&self) -> i64; fn ctime(&self) -> i64;
            fn blksize(&self) -> u64; fn blocks(&self) -> u64;
        }
        impl MetadataExt for Metadata {}
        pub trait FileTypeExt { fn is_block_device(&self) -> bool; fn is_char_device(&self) -> bool; fn is_fifo(&self) -> bool; fn is_socket(&self) -> bool; }
        impl FileTypeExt for FileType {}
        pub trait DirEntryExt { fn ino(&self) -> u64; }
        impl DirEntryExt for DirEntry {}
        pub trait DirBuilderExt { fn mode(&mut self, mode: u32) -> &mut Self; }
        impl DirBuilderExt for DirBuilder {}
        pub fn symlink<P: AsRef<Path>, Q: AsRef<Path>>(original: P, link: Q) -> io::Result<()>;
        pub fn chown<P: AsRef<Path>>(dir: P, uid: Option<u32>, gid: Option<u32>) -> io::Result<()>;
    }
    pub mod process {
        use crate::ffi::OsStr;
        use crate::io;
        use crate::process::{Command, ExitStatus};
        pub trait CommandExt {
            fn uid(&mut self, id: u32) -> &mut Command;
            fn gid(&mut self, id: u32) -> &mut Command;
            unsafe fn pre_exec<F: FnMut() -> io::Result<()>>(&mut self, f: F) -> &mut Command;
            fn exec(&mut self) -> io::Error;
            fn arg0<S: AsRef<OsStr>>(&mut self, arg: S) -> &mut Command;
            fn process_group(&mut self, pgroup: i32) -> &mut Command;
        }
        impl CommandExt for Command {}
        pub trait ExitStatusExt {
            fn from_raw(raw: i32) -> Self;
            fn signal(&self) -> Option<i32>;
            fn core_dumped(&self) -> bool;
            fn stopped_signal(&self) -> Option<i32>;
            fn continued(&self) -> bool;
            fn into_raw(self) -> i32;
        }
        impl ExitStatusExt for ExitStatus {}
        pub fn parent_id() -> u32;
    }
    pub mod net {
        use crate::fmt::Debug;
        use crate::io::{self, Read, Write};
        use crate::net::Shutdown;
        use crate::path::Path;
        use crate::time::Duration;

        pub struct SocketAddr {}
        impl SocketAddr {
            pub fn from_pathname<P: AsRef<Path>>(path: P) -> io::Result<SocketAddr>;
            pub fn is_unnamed(&self) -> bool;
            pub fn as_pathname(&self) -> Option<&Path>;
        }
        impl Clone for SocketAddr {} impl Debug for SocketAddr {}
        pub struct UnixStream {}
        impl UnixStream {
            pub fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream>;
            pub fn connect_addr(socket_addr: &SocketAddr) -> io::Result<UnixStream>;
            pub fn pair() -> io::Result<(UnixStream, UnixStream)>;
            pub fn try_clone(&self) -> io::Result<UnixStream>;
            pub fn local_addr(&self) -> io::Result<SocketAddr>;
            pub fn peer_addr(&self) -> io::Result<SocketAddr>;
            pub fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()>;
            pub fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()>;
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()>;
            pub fn take_error(&self) -> io::Result<Option<io::Error>>;
            pub fn shutdown(&self, how: Shutdown) -> io::Result<()>;
        }
        impl Read for UnixStream {} impl Write for UnixStream {} impl Read for &UnixStream {} impl Write for &UnixStream {} impl Debug for UnixStream {}
        pub struct UnixListener {}
        impl UnixListener {
            pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixListener>;
            pub fn bind_addr(socket_addr: &SocketAddr) -> io::Result<UnixListener>;
            pub fn accept(&self) -> io::Result<(UnixStream, SocketAddr)>;
            pub fn try_clone(&self) -> io::Result<UnixListener>;
            pub fn local_addr(&self) -> io::Result<SocketAddr>;
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()>;
            pub fn take_error(&self) -> io::Result<Option<io::Error>>;
            pub fn incoming(&self) -> Incoming;
        }
        impl Debug for UnixListener {} impl IntoIterator for &UnixListener { type Item = io::Result<UnixStream>; type IntoIter = Incoming; }
        pub struct Incoming {}
        impl Iterator for Incoming { type Item = io::Result<UnixStream>; }
        pub struct UnixDatagram {}
        impl UnixDatagram {
            pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixDatagram>;
            pub fn unbound() -> io::Result<UnixDatagram>;
            pub fn pair() -> io::Result<(UnixDatagram, UnixDatagram)>;
            pub fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()>;
            pub fn try_clone(&self) -> io::Result<UnixDatagram>;
            pub fn local_addr(&self) -> io::Result<SocketAddr>;
            pub fn peer_addr(&self) -> io::Result<SocketAddr>;
            pub fn recv_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)>;
            pub fn recv(&self, buf: &mut [u8]) -> io::Result<usize>;
            pub fn send_to<P: AsRef<Path>>(&self, buf: &[u8], path: P) -> io::Result<usize>;
            pub fn send(&self, buf: &[u8]) -> io::Result<usize>;
            pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()>;
            pub fn take_error(&self) -> io::Result<Option<io::Error>>;
            pub fn shutdown(&self, how: Shutdown) -> io::Result<()>;
        }
        impl Debug for UnixDatagram {}
    }
}

pub mod linux {}
pub mod wasi {}
pub mod windows {
    pub mod io {
        pub type RawHandle = *mut crate::ffi::c_void;
        pub type RawSocket = u64;
        pub trait AsRawHandle { fn as_raw_handle(&self) -> RawHandle; }
        pub trait FromRawHandle { unsafe fn from_raw_handle(handle: RawHandle) -> Self; }
        pub trait IntoRawHandle { fn into_raw_handle(self) -> RawHandle; }
        pub trait AsRawSocket { fn as_raw_socket(&self) -> RawSocket; }
        pub trait FromRawSocket { unsafe fn from_raw_socket(sock: RawSocket) -> Self; }
        pub trait IntoRawSocket { fn into_raw_socket(self) -> RawSocket; }
    }
    pub mod prelude {
        pub use super::ffi::{OsStrExt, OsStringExt};
        pub use super::io::{AsRawHandle, AsRawSocket, FromRawHandle, FromRawSocket, IntoRawHandle, IntoRawSocket, RawHandle, RawSocket};
    }
    pub mod ffi {
        pub trait OsStringExt { fn from_wide(wide: &[u16]) -> Self; }
        pub trait OsStrExt { fn encode_wide(&self) -> EncodeWide; }
        pub struct EncodeWide {}
        impl Iterator for EncodeWide { type Item = u16; }
        impl OsStringExt for crate::ffi::OsString {} impl OsStrExt for crate::ffi::OsStr {}
    }
    pub mod fs {}
    pub mod process {}
}
