//! Draws every picture, and a whole brief, with invented names, into a folder.
//!
//! `cargo run -p report --example gallery -- FOLDER [PICTURE]`; with `--features png` as images too.

#[allow(dead_code)]
#[path = "../fixtures/fixture.rs"]
mod fixture;

use std::path::PathBuf;

fn main() -> Result<(), fixture::Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to draw into")?);
    let only = std::env::args().nth(2);
    std::fs::create_dir_all(&folder)?;
    let mut pictures = fixture::pictures()?;
    if let Some(only) = &only {
        pictures.retain(|picture| picture.name == *only);
        if pictures.is_empty() {
            return Err(format!("no picture is called {only}").into());
        }
    }
    for picture in &pictures {
        std::fs::write(folder.join(format!("{}.svg", picture.name)), picture.svg())?;
        std::fs::write(folder.join(format!("{}-narrow.svg", picture.name)), picture.narrow_svg())?;
    }
    Ok(())
}
