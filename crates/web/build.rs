//! Takes the built front end into the program: a list of the files of `web/dist`, or an empty one if it was not built,
//! so that the program builds without the front end's tools.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// All files of a folder, by their paths within it, in the order of their names.
fn files(folder: &Path, under: &str, all: &mut Vec<(String, PathBuf)>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        match path.is_dir() {
            true => files(&path, &format!("{under}{name}/"), all)?,
            false => all.push((format!("{under}{name}"), path)),
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let (web, kept) = (here.join("../../web"), out.join("front"));
    println!("cargo::rerun-if-changed=build.rs");
    let mut all = Vec::new();
    if web.join("dist/index.html").is_file() {
        println!("cargo::rerun-if-changed={}", web.join("dist").display());
        files(&web.join("dist"), "", &mut all)?;
    }
    // The files are copied, so that a front end being built anew does not break the program's build.
    if kept.is_dir() {
        std::fs::remove_dir_all(&kept)?;
    }
    std::fs::create_dir_all(&kept)?;
    let mut list = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for (n, (name, path)) in all.iter().enumerate() {
        let copy = kept.join(n.to_string());
        std::fs::copy(path, &copy)?;
        let _ = writeln!(list, "    ({name:?}, include_bytes!({:?})),", copy.display().to_string());
    }
    list.push_str("];\n");
    std::fs::write(out.join("front.rs"), list)
}
