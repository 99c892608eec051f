//! The brief and its pictures.
//!
//! This crate turns plain numbers and names into pages a person reads: pictures as SVG, each with a
//! table that says the same, and a brief as one HTML file or as Markdown. It refuses to compute
//! results, to fetch anything, to run a script in the reader's browser, and to print a number it
//! was not given. The same input gives the same bytes.

pub mod brief;
pub mod compose;
pub mod docx;
mod fonts;
pub mod html;
#[cfg(feature = "png")]
pub mod image;
pub mod joined;
pub mod likelihood;
pub mod lint;
pub mod markdown;
pub mod numbers;
pub mod pdf;
pub mod picture;
pub mod record;
pub mod svg;
pub mod table;
pub mod template;
pub mod text;
