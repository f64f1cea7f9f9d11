// Intrinsics by target: modules alone, so that paths through them end outside.
pub mod aarch64 {}
pub mod arm {}
pub mod wasm32 {}
pub mod x86 {}
pub mod x86_64 {}
