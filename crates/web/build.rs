//! The built front end is taken into the program anew when a file of it comes or goes.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=front");
}
