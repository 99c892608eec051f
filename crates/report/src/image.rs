//! A picture as a PNG image.
//!
//! The letters are those of two small fonts compiled in, Noto Sans and Noto Sans Arabic (SIL Open
//! Font License, `fonts/OFL.txt`), so that an image has its words on a machine without any font,
//! and the same bytes on every machine. Fonts of the machine are never looked at. Letters of other
//! scripts have no shape here; the SVG, drawn by a reader's browser, has them.

use crate::picture::Picture;
use crate::svg::Theme;
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, OnceLock};

const FONT: &str = "Noto Sans";

/// Which drawing of a picture, in which colours, how fine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The drawing for a telephone, not that for a page.
    pub narrow: bool,
    /// By day or by night.
    pub theme: Theme,
    /// Image points to a drawing unit: 2 for print and fine screens. From 0.25 to 8.
    pub scale: f32,
}

impl Default for Options {
    fn default() -> Options {
        Options { narrow: false, theme: Theme::Light, scale: 2.0 }
    }
}

/// Why an image cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{picture}: {fault}; write the SVG instead")]
pub struct ImageError {
    /// The kind of picture.
    pub picture: String,
    /// What is wrong.
    #[source]
    pub fault: Box<dyn std::error::Error + Send + Sync>,
}

fn fault(of: &Picture, what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ImageError {
    ImageError { picture: of.name.clone(), fault: what.into() }
}

fn fonts() -> Arc<usvg::fontdb::Database> {
    static KNOWN: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    KNOWN
        .get_or_init(|| {
            let mut fonts = usvg::fontdb::Database::new();
            for font in crate::fonts::ALL {
                fonts.load_font_data(font.to_vec());
            }
            fonts.set_sans_serif_family(FONT);
            Arc::new(fonts)
        })
        .clone()
}

/// The picture as the bytes of a PNG file.
///
/// # Errors
/// If the scale is not from 0.25 to 8, or the drawing is too large for an image.
pub fn png(picture: &Picture, options: Options) -> Result<Vec<u8>, ImageError> {
    if !(0.25..=8.0).contains(&options.scale) {
        return Err(fault(picture, format!("a scale of {} is not from 0.25 to 8", options.scale)));
    }
    let svg = picture.flat_svg(options.narrow, options.theme, FONT);
    let known =
        usvg::Options { fontdb: fonts(), font_family: FONT.to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&svg, &known).map_err(|e| fault(picture, e))?;
    let size = tree.size();
    let [wide, high] =
        [size.width(), size.height()].map(|side| (side * options.scale).ceil() as u32);
    let mut image = tiny_skia::Pixmap::new(wide, high).ok_or_else(|| {
        fault(picture, format!("an image of {wide} by {high} points is too large"))
    })?;
    let transform = tiny_skia::Transform::from_scale(options.scale, options.scale);
    resvg::render(&tree, transform, &mut image.as_mut());
    image.encode_png().map_err(|e| fault(picture, e))
}
