//! Draws every picture and a whole brief, with invented names, into a folder.
//!
//! `cargo run -p report --example gallery -- FOLDER`

#[path = "../fixtures/fixture.rs"]
mod fixture;

use std::path::PathBuf;

fn main() -> Result<(), fixture::Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to draw into")?);
    std::fs::create_dir_all(&folder)?;
    for picture in fixture::pictures()? {
        std::fs::write(folder.join(format!("{}.svg", picture.name)), picture.svg())?;
        std::fs::write(folder.join(format!("{}-narrow.svg", picture.name)), picture.narrow_svg())?;
    }
    let brief = fixture::brief()?;
    for fault in brief.faults() {
        eprintln!("{fault}");
    }
    std::fs::write(folder.join("brief.html"), report::html::write(&brief))?;
    std::fs::write(folder.join("brief.md"), report::markdown::write(&brief))?;
    Ok(())
}
