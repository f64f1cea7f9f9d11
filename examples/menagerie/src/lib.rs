//! A few animals and a keeper: small, but with the things that make Rust hard to follow by name alone.

pub mod animal;
mod keeper;

pub use animal::{Cat, Dog, Speak};
pub use keeper::{feed_all, Keeper};

/// Every value that can speak can be introduced.
pub trait Introduce {
    fn introduce(&self) -> String;
}

impl<T: Speak> Introduce for T {
    fn introduce(&self) -> String {
        format!("I say {}", self.speak())
    }
}
