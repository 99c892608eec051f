//! `report --figure` and `--figures`: the pictures of the brief as files.

use std::path::{Path, PathBuf};

use report::brief::Brief;
use report::picture::Picture;

use super::write_whole;
use crate::command::print;
use crate::failure::{Failure, at};

/// Writes one picture of the brief.
pub(super) fn one(brief: &Brief, name: &str, out: Option<&Path>) -> Result<(), Failure> {
    let figures = brief.figures();
    let Some((_, picture)) = figures.iter().find(|(known, _)| known == name) else {
        let known: Vec<&str> = figures.iter().map(|(known, _)| known.as_str()).collect();
        return Err(Failure::input(format!(
            "--figure {name}: the brief has no such picture; it has {}",
            known.join(", ")
        )));
    };
    let out = out.map_or_else(|| PathBuf::from(format!("{name}.svg")), Path::to_owned);
    let bytes = match out.extension().and_then(|e| e.to_str()) {
        Some("svg") => picture.svg().into_bytes(),
        Some("csv") => picture.csv().into_bytes(),
        Some("png") => png(picture)?,
        _ => {
            return Err(Failure::input(format!(
                "{}: a picture is written as .svg or .png, its numbers as .csv; name the file so",
                out.display()
            )));
        }
    };
    write_whole(&out, &bytes)?;
    print([format!("{}: {}", out.display(), picture.title)])
}

/// Writes every picture of the brief and its numbers.
pub(super) fn all(brief: &Brief, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(at(folder))?;
    let mut lines = Vec::new();
    for (name, picture) in brief.figures() {
        let svg = folder.join(format!("{name}.svg"));
        write_whole(&svg, picture.svg().as_bytes())?;
        write_whole(&folder.join(format!("{name}.csv")), picture.csv().as_bytes())?;
        if cfg!(feature = "png") {
            write_whole(&folder.join(format!("{name}.png")), &png(picture)?)?;
        }
        lines.push(format!("{}: {}", svg.display(), picture.title));
    }
    print(lines)
}

#[cfg(feature = "png")]
fn png(picture: &Picture) -> Result<Vec<u8>, Failure> {
    let options = report::image::Options::default();
    report::image::png(picture, options).map_err(Failure::internal)
}

#[cfg(not(feature = "png"))]
fn png(_: &Picture) -> Result<Vec<u8>, Failure> {
    Err(Failure::input(
        "images: this program was built without them; build it with \
         `cargo build --release -p shatterbelt --features png`, or write .svg",
    ))
}
