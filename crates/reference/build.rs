//! Takes the reference classes into the program: a list of the tables of `reference/`, so that a
//! class more is a file more and no line of code.

use std::fmt::Write as _;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let folder = here.join("tables");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut all: Vec<PathBuf> = std::fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    all.sort();
    let mut list = String::from("static TABLES: &[(&str, &str, &str)] = &[\n");
    for path in all.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let id = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
        let rows = path.with_extension("csv");
        println!("cargo::rerun-if-changed={}", path.display());
        let text = match rows.is_file() {
            true => {
                println!("cargo::rerun-if-changed={}", rows.display());
                format!("include_str!({:?})", rows.display().to_string())
            }
            false => "\"\"".to_owned(),
        };
        let described = path.display().to_string();
        let _ = writeln!(list, "    ({id:?}, include_str!({described:?}), {text}),");
    }
    list.push_str("];\n");
    std::fs::write(out.join("tables.rs"), list)
}
