//! Names what a run is a function of besides its case: a hash over the sources of the crates that play it and the list
//! of their dependencies. Where the sources of the house are not around, the version stands for them, since what was
//! published under it never changes.

use std::path::{Path, PathBuf};

/// The crates that decide what a run comes to and how it is written.
const CRATES: [&str; 5] = ["case", "entry", "simulate", "tables", "theory"];

fn files(folder: &Path, all: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => files(&path, all)?,
            false => all.push(path),
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let (house, lock) = (here.join(".."), here.join("../../Cargo.lock"));
    let mut hasher = blake3::Hasher::new();
    if lock.is_file() && house.join("simulate/src").is_dir() {
        let mut all = vec![lock];
        for name in CRATES {
            let sources = house.join(name).join("src");
            println!("cargo::rerun-if-changed={}", sources.display());
            files(&sources, &mut all)?;
        }
        println!("cargo::rerun-if-changed={}", all[0].display());
        all.sort();
        for path in all {
            // By where it stands in the house, wherever that stands.
            let name = match path.strip_prefix(&house) {
                Ok(within) if path.extension().is_none_or(|e| e != "lock") => within,
                _ => Path::new("Cargo.lock"),
            };
            let name = name.display().to_string();
            for part in [name.as_bytes(), &std::fs::read(&path)?] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
    } else {
        hasher.update(std::env::var("CARGO_PKG_VERSION").unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=SHATTERBELT_BUILD={}", hasher.finalize().to_hex());
    Ok(())
}
