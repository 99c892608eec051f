//! The `shatterbelt` command.
fn main() {}
