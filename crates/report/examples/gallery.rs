//! Draws every picture, with invented names, into a folder: SVG files for a page and a telephone,
//! the values as CSV, a page that shows them all by day and by night, and `gallery.md`.
//!
//! `cargo run -p shatterbelt-report --example gallery -- FOLDER [PICTURE]`; with
//! `--features png` as images too.
//! `docs/gallery.md` and `docs/gallery/` are written by
//! `cargo run -p shatterbelt-report --example gallery -- docs/gallery`.

#[allow(dead_code)]
#[path = "../fixtures/fixture.rs"]
mod fixture;

use report::picture::Picture;
use report::svg::{escape, stylesheet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The question that each picture answers.
const QUESTIONS: [(&str, &str); 20] = [
    ("hemicycle", "Who has the votes?"),
    ("dotplot", "How sure is it?"),
    ("days-curve", "How long does it take, and are the deadlines kept?"),
    ("coalition-matrix", "Which coalitions?"),
    ("sway-bars", "Who holds sway, and through which channel?"),
    ("seat-intervals", "How far apart are many names' numbers?"),
    ("paired-difference", "What does one scenario change?"),
    ("timeline", "What happened, in words?"),
    ("sway-sankey", "Through whom does sway reach a body?"),
    ("dependence-sankey", "Who lives on whose money, and what may a sanction stop?"),
    ("signed-network", "Who is with whom, and who against?"),
    ("swimlanes", "What happened when, to whom, and by which deadline?"),
    ("influence-fan", "Is influence rising?"),
    ("tornado", "What drives the outcome?"),
    ("prim-strip", "When does it happen?"),
    ("calibration", "Can the forecasts be trusted?"),
    ("escalation-ladder", "How bad can it get?"),
    ("district-map", "Where?"),
    ("claims-matrix", "Who said so, and who only repeats it?"),
    ("ridgelines", "How do scenarios differ?"),
];

fn main() -> Result<(), fixture::Failure> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to draw into")?);
    let only = std::env::args().nth(2);
    std::fs::create_dir_all(&folder)?;
    let mut pictures = fixture::pictures()?;
    if let Some(only) = &only {
        pictures.retain(|picture| picture.name == *only);
        if pictures.is_empty() {
            let names: Vec<&str> = QUESTIONS.iter().map(|question| question.0).collect();
            return Err(
                format!("no picture is called {only}; there are {}", names.join(", ")).into()
            );
        }
    }
    for picture in &pictures {
        write(&folder, &format!("{}.svg", picture.name), picture.svg().as_bytes())?;
        write(&folder, &format!("{}-narrow.svg", picture.name), picture.narrow_svg().as_bytes())?;
        write(&folder, &format!("{}.csv", picture.name), picture.csv().as_bytes())?;
        #[cfg(feature = "png")]
        images(&folder, picture)?;
    }
    if only.is_some() {
        return Ok(());
    }
    write(&folder, "index.html", page(&pictures).as_bytes())?;
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or("the folder has no name")?;
    write(above.unwrap_or(Path::new(".")), &format!("{name}.md"), list(&pictures, &name).as_bytes())
}

/// Writes a file whole or not at all.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), fixture::Failure> {
    let part = folder.join(format!(".{name}.part"));
    std::fs::write(&part, bytes)?;
    Ok(std::fs::rename(&part, folder.join(name))?)
}

#[cfg(feature = "png")]
fn images(folder: &Path, picture: &Picture) -> Result<(), fixture::Failure> {
    use report::image::{Options, png};
    use report::svg::Theme;
    for (ending, narrow, theme) in [
        ("", false, Theme::Light),
        ("-narrow", true, Theme::Light),
        ("-dark", false, Theme::Dark),
        ("-narrow-dark", true, Theme::Dark),
    ] {
        let image = png(picture, Options { narrow, theme, ..Options::default() })?;
        write(folder, &format!("{}{ending}.png", picture.name), &image)?;
    }
    Ok(())
}

fn question(picture: &Picture) -> &'static str {
    QUESTIONS.iter().find(|known| known.0 == picture.name).map_or("", |known| known.1)
}

/// One page with every picture, wide and at 320 pixels, by day and by night.
fn page(pictures: &[Picture]) -> String {
    let style = stylesheet();
    // the night's colours again, for the part of the page that is always dark
    let night = style
        .split("(prefers-color-scheme:dark){:root{")
        .nth(1)
        .and_then(|rest| rest.split('}').next())
        .unwrap_or_default();
    let day =
        style.split(":root{").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>The pictures</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n{style}\
         .day{{{day}}}.night{{{night}}}\nbody{{margin:0;font:16px/1.5 system-ui,sans-serif}}\
         h1,h2,p{{margin:0 0 .4em;padding:0 24px}}h1,h2{{padding-top:1.2em}}\
         .row{{display:flex;flex-wrap:wrap;gap:32px;padding:24px;align-items:flex-start;\
         background:var(--paper)}}.wide{{width:720px;max-width:100%}}.narrow{{width:320px}}\
         svg{{display:block;width:100%;height:auto}}\n</style>\n</head>\n<body>\n<h1>The pictures</h1>\n"
    );
    for picture in pictures {
        let (name, title, said) = (&picture.name, &picture.title, &picture.description);
        let _ = writeln!(out, "<h2>{name}: {}</h2>\n<p>{}</p>", question(picture), escape(title));
        for theme in ["day", "night"] {
            let wide = picture.wide.inline(&format!("{name}-{theme}"), title, said);
            let narrow = picture.narrow.inline(&format!("{name}-{theme}-narrow"), title, said);
            let _ = writeln!(
                out,
                "<div class=\"row {theme}\"><div class=\"wide\">{wide}</div>\
                 <div class=\"narrow\">{narrow}</div></div>"
            );
        }
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// The list of the pictures in Markdown.
fn list(pictures: &[Picture], folder: &str) -> String {
    let mut out = String::from(
        "# The pictures\n\nEvery picture of the crate `report`, with invented names. Each is drawn \
         for a page and for a telephone, has a\ntitle and a description, says in a table what it \
         shows in marks, and writes that table as CSV.\nThis page is written by `cargo run -p \
         shatterbelt-report --example gallery -- docs/gallery`; add `--features png` before `--example`\nfor images. \
         `index.html` in the folder, which is not kept here, shows all of them by day and by night, at 720 and at 320 \
         pixels.\n",
    );
    for picture in pictures {
        let (name, title) = (&picture.name, picture.title.replace('[', "(").replace(']', ")"));
        let _ = write!(
            out,
            "\n## {name}\n\n{}\n\n![{title}]({folder}/{name}.svg)\n\n[On a telephone]({folder}/{name}-narrow.svg) \
             · [as CSV]({folder}/{name}.csv) · `cargo run -p shatterbelt-report --example gallery -- out \
             {name}`\n",
            question(picture)
        );
    }
    out
}
