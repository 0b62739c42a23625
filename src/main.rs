//! The commands of Lumbung.
fn main() {}
