//! What stands on a page: operators, links, and the letters of a line.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::font::Fonts;

/// The operators of a page, its links and the transparencies it uses.
#[derive(Default)]
pub(super) struct Content {
    pub out: String,
    /// Links: the area from the lower left to the upper right, and where they lead.
    pub links: Vec<([f64; 4], Target)>,
    /// Transparencies by their names.
    pub opacities: BTreeMap<String, String>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// To a note.
    Note(usize),
    /// To an address.
    Address(String),
}

impl Content {
    pub fn put(&mut self, what: &str) {
        self.out.push_str(what);
    }

    /// The operator that sets a transparency, of fills (`f`) or of strokes (`s`).
    pub fn opacity(&mut self, share: f64, letter: char) -> String {
        let name = format!("G{letter}{:.0}", share * 100.0);
        let key = if letter == 'f' { "ca" } else { "CA" };
        self.opacities.insert(name.clone(), format!("<< /{key} {share:.2} >>"));
        format!("/{name} gs")
    }

    /// Sets words at a point in the colour in hand.
    pub fn words(&mut self, fonts: &mut Fonts, words: &str, at: (f64, f64), size: f64, bold: bool) {
        let glyphs = fonts.shape(words, bold);
        let mut x = at.0;
        // A run of one font is one string.
        for run in glyphs.chunk_by(|a, b| a.face == b.face) {
            let digits = fonts.digits(run);
            let face = run.first().map_or(0, |glyph| glyph.face);
            let _ = writeln!(
                self.out,
                "BT /F{face} {size:.2} Tf {x:.2} {:.2} Td <{digits}> Tj ET",
                at.1
            );
            x += run.iter().map(|glyph| glyph.advance).sum::<f64>() * size;
        }
    }
}

/// A colour such as `#1d3a70` as three numbers with a space after each.
pub(super) fn colour(hex: &str) -> String {
    let part = |at: usize| {
        let byte = hex.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        f64::from(byte.unwrap_or(0)) / 255.0
    };
    format!("{:.3} {:.3} {:.3} ", part(1), part(3), part(5))
}
