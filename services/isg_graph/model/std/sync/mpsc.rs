use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::time::Duration;

pub struct Sender<T> {}
impl<T> Sender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>>;
}
impl<T> Clone for Sender<T> {}
impl<T> Drop for Sender<T> {}
impl<T> Debug for Sender<T> {}
pub struct SyncSender<T> {}
impl<T> SyncSender<T> {
    pub fn send(&self, t: T) -> Result<(), SendError<T>>;
    pub fn try_send(&self, t: T) -> Result<(), TrySendError<T>>;
}
impl<T> Clone for SyncSender<T> {}
impl<T> Drop for SyncSender<T> {}
impl<T> Debug for SyncSender<T> {}
pub struct Receiver<T> {}
impl<T> Receiver<T> {
    pub fn try_recv(&self) -> Result<T, TryRecvError>;
    pub fn recv(&self) -> Result<T, RecvError>;
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError>;
    pub fn iter(&self) -> Iter<T>;
    pub fn try_iter(&self) -> TryIter<T>;
}
impl<T> Drop for Receiver<T> {}
impl<T> Debug for Receiver<T> {}
impl<T> IntoIterator for Receiver<T> { type Item = T; type IntoIter = IntoIter<T>; }
impl<T> IntoIterator for &Receiver<T> { type Item = T; type IntoIter = Iter<T>; }
pub fn channel<T>() -> (Sender<T>, Receiver<T>);
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>);

pub struct Iter<T> {}
impl<T> Iterator for Iter<T> { type Item = T; }
pub struct TryIter<T> {}
impl<T> Iterator for TryIter<T> { type Item = T; }
pub struct IntoIter<T> {}
impl<T> Iterator for IntoIter<T> { type Item = T; }

pub struct SendError<T>(pub T);
impl<T> Debug for SendError<T> {}
impl<T> Display for SendError<T> {}
impl<T> Error for SendError<T> {}
impl<T: PartialEq> PartialEq for SendError<T> {}
impl<T: Clone> Clone for SendError<T> {}
pub enum TrySendError<T> { Full(T), Disconnected(T) }
impl<T> Debug for TrySendError<T> {}
impl<T> Display for TrySendError<T> {}
impl<T> Error for TrySendError<T> {}
impl<T: PartialEq> PartialEq for TrySendError<T> {}
impl<T> From<SendError<T>> for TrySendError<T> {}
pub struct RecvError;
impl Clone for RecvError {} impl Copy for RecvError {} impl PartialEq for RecvError {} impl Eq for RecvError {}
impl Debug for RecvError {} impl Display for RecvError {} impl Error for RecvError {}
pub enum TryRecvError { Empty, Disconnected }
impl Clone for TryRecvError {} impl Copy for TryRecvError {} impl PartialEq for TryRecvError {} impl Eq for TryRecvError {}
impl Debug for TryRecvError {} impl Display for TryRecvError {} impl Error for TryRecvError {}
impl From<RecvError> for TryRecvError {}
pub enum RecvTimeoutError { Timeout, Disconnected }
impl Clone for RecvTimeoutError {} impl Copy for RecvTimeoutError {} impl PartialEq for RecvTimeoutError {} impl Eq for RecvTimeoutError {}
impl Debug for RecvTimeoutError {} impl Display for RecvTimeoutError {} impl Error for RecvTimeoutError {}
impl From<RecvError> for RecvTimeoutError {}
