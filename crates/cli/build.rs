//! The case that comes inside the program is taken in anew when a file of it comes or goes.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=toyland/");
}
