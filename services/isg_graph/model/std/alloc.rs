use crate::error::Error;
use crate::fmt::{Debug, Display};
use crate::ptr::NonNull;

pub struct Layout {}
impl Layout {
    pub fn from_size_align(size: usize, align: usize) -> Result<Self, LayoutError>;
    pub unsafe fn from_size_align_unchecked(size: usize, align: usize) -> Self;
    pub fn size(&self) -> usize;
    pub fn align(&self) -> usize;
    pub fn new<T>() -> Self;
    pub fn for_value<T: ?Sized>(t: &T) -> Self;
    pub fn align_to(&self, align: usize) -> Result<Self, LayoutError>;
    pub fn padding_needed_for(&self, align: usize) -> usize;
    pub fn pad_to_align(&self) -> Layout;
    pub fn repeat(&self, n: usize) -> Result<(Self, usize), LayoutError>;
    pub fn extend(&self, next: Self) -> Result<(Self, usize), LayoutError>;
    pub fn array<T>(n: usize) -> Result<Self, LayoutError>;
    pub fn dangling(&self) -> NonNull<u8>;
}
impl Clone for Layout {}
impl Copy for Layout {}
impl PartialEq for Layout {}
impl Eq for Layout {}
impl Debug for Layout {}

pub struct LayoutError;
pub type LayoutErr = LayoutError;
impl Clone for LayoutError {}
impl Debug for LayoutError {}
impl Display for LayoutError {}
impl Error for LayoutError {}

pub unsafe trait GlobalAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8;
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout);
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {}
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {}
}

pub struct System;
unsafe impl GlobalAlloc for System {}
impl Clone for System {}
impl Copy for System {}
impl Default for System {}
impl Debug for System {}
pub struct Global;

pub unsafe fn alloc(layout: Layout) -> *mut u8;
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8;
pub unsafe fn dealloc(ptr: *mut u8, layout: Layout);
pub unsafe fn realloc(ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8;
pub fn handle_alloc_error(layout: Layout) -> !;
