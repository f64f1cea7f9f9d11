use crate::fmt::{Debug, Display};

pub struct Backtrace {}
impl Backtrace {
    pub fn capture() -> Backtrace;
    pub fn force_capture() -> Backtrace;
    pub fn disabled() -> Backtrace;
    pub fn status(&self) -> BacktraceStatus;
}
impl Debug for Backtrace {}
impl Display for Backtrace {}

pub enum BacktraceStatus { Unsupported, Disabled, Captured }
impl PartialEq for BacktraceStatus {}
impl Eq for BacktraceStatus {}
impl Debug for BacktraceStatus {}
