//! Letters: glyphs of the compiled-in fonts with their widths, Arabic joined, and the fonts as
//! objects of the file with a table from glyphs back to letters, so that text can be searched.
//!
//! Joining looks a letter's neighbours up (Unicode, *Arabic joining*) and takes the form and the
//! ligature of lam and alef from the font's own table of substitutions. Marks are not positioned.

use std::collections::BTreeMap;
use std::fmt::Write;

use ttf_parser::gsub::SubstitutionSubtable;
use ttf_parser::{Face, GlyphId, Tag};

use super::PdfError;
use super::file::File;
use crate::svg::measure::runs_from_right;

/// A glyph to be set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Which font: 0 regular, 1 bold, 2 and 3 the same for Arabic.
    pub face: usize,
    /// Its number in the font.
    pub id: u16,
    /// How far it moves on, in ems.
    pub advance: f64,
    /// The letters it stands for.
    pub text: String,
}

/// The fonts, and which of their glyphs are used.
pub(super) struct Fonts {
    faces: Vec<Face<'static>>,
    used: Vec<BTreeMap<u16, String>>,
}

const NAMES: [&str; 4] =
    ["NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular", "NotoSansArabic-Bold"];

/// Letters that stand in for others where the font has none.
const NEAREST: &[(char, char)] = &[
    ('−', '–'),
    ('\u{2010}', '-'),
    ('\u{2011}', '-'),
    ('→', '>'),
    ('≤', '<'),
    ('≥', '>'),
    ('′', '\''),
];

/// How an Arabic letter joins its neighbours.
#[derive(Clone, Copy, PartialEq)]
enum Joining {
    None,
    /// Joins the letter before it alone.
    Right,
    Dual,
    /// A mark: looked through.
    Through,
}

fn joining(letter: char) -> Joining {
    match letter as u32 {
        0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed => Joining::Through,
        0x622..=0x625
        | 0x627
        | 0x629
        | 0x62f..=0x632
        | 0x648
        | 0x671..=0x673
        | 0x675..=0x677
        | 0x688..=0x699
        | 0x6c0
        | 0x6c3..=0x6cb
        | 0x6cd
        | 0x6cf
        | 0x6d2
        | 0x6d3
        | 0x6d5 => Joining::Right,
        0x620
        | 0x626
        | 0x628
        | 0x62a..=0x62e
        | 0x633..=0x647
        | 0x649
        | 0x64a
        | 0x66e..=0x66f
        | 0x678..=0x687
        | 0x69a..=0x6bf
        | 0x6c1..=0x6c2
        | 0x6cc
        | 0x6ce
        | 0x6d0..=0x6d1 => Joining::Dual,
        _ => Joining::None,
    }
}

impl Fonts {
    pub fn new() -> Result<Self, PdfError> {
        let faces: Result<Vec<Face<'static>>, _> =
            crate::fonts::ALL.iter().map(|bytes| Face::parse(bytes, 0)).collect();
        let faces =
            faces.map_err(|e| PdfError(format!("a compiled-in font cannot be read: {e}")))?;
        let used = vec![BTreeMap::new(); faces.len()];
        Ok(Self { faces, used })
    }

    /// The width of a text in ems.
    pub fn width(&self, text: &str, bold: bool) -> f64 {
        self.shape(text, bold).iter().map(|glyph| glyph.advance).sum()
    }

    /// The glyphs of a text from left to right.
    pub fn shape(&self, text: &str, bold: bool) -> Vec<Glyph> {
        let mut all = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let from_right = runs_from_right(first);
            let end = rest
                .char_indices()
                .find(|(_, c)| match from_right {
                    // A run from the right goes on through spaces and stops, to its last letter.
                    true => c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '“' | '”' | '—'),
                    false => runs_from_right(*c),
                })
                .map_or(rest.len(), |(at, _)| at);
            let end = match from_right {
                true => rest[..end]
                    .trim_end_matches(|c| !runs_from_right(c))
                    .len()
                    .max(first.len_utf8()),
                false => end,
            };
            let (run, after) = rest.split_at(end);
            match from_right {
                true => all.extend(self.joined(run, bold)),
                false => all.extend(
                    run.chars()
                        .filter(|c| !crate::svg::is_dropped(*c))
                        .map(|c| self.glyph(c, bold)),
                ),
            }
            rest = after;
        }
        all
    }

    fn glyph(&self, letter: char, bold: bool) -> Glyph {
        let bold = usize::from(bold);
        // Spaces that do not break look like any other.
        let wanted = if matches!(letter, '\u{a0}' | '\u{202f}') { ' ' } else { letter };
        let found = [bold, 2 + bold]
            .into_iter()
            .find_map(|face| Some((face, self.faces.get(face)?.glyph_index(wanted)?)));
        // What has no shape of its own takes the nearest.
        let nearest = || {
            let (_, other) = NEAREST.iter().find(|(letter, _)| *letter == wanted)?;
            Some((bold, self.faces.get(bold)?.glyph_index(*other)?))
        };
        let (face, id) = found.or_else(nearest).unwrap_or((bold, GlyphId(0)));
        self.set(face, id, letter.to_string())
    }

    fn set(&self, face: usize, id: GlyphId, text: String) -> Glyph {
        let font = &self.faces[face];
        let advance =
            f64::from(font.glyph_hor_advance(id).unwrap_or(0)) / f64::from(font.units_per_em());
        Glyph { face, id: id.0, advance, text }
    }

    /// Letters that run from the right, joined, in the order in which they stand from the left.
    fn joined(&self, run: &str, bold: bool) -> Vec<Glyph> {
        let letters: Vec<char> = run.chars().filter(|c| !crate::svg::is_dropped(*c)).collect();
        let near = |range: &mut dyn Iterator<Item = usize>| {
            range.map(|at| joining(letters[at])).find(|kind| *kind != Joining::Through)
        };
        let mut glyphs: Vec<Glyph> = Vec::new();
        for (at, letter) in letters.iter().enumerate() {
            let mut glyph = self.glyph(*letter, bold);
            let kind = joining(*letter);
            let before = near(&mut (0..at).rev()) == Some(Joining::Dual);
            let after =
                matches!(near(&mut (at + 1..letters.len())), Some(Joining::Dual | Joining::Right));
            let joins = kind != Joining::None && kind != Joining::Through;
            let form = match (joins && before, kind == Joining::Dual && after) {
                (true, true) => Some(b"medi"),
                (true, false) => Some(b"fina"),
                (false, true) => Some(b"init"),
                (false, false) => None,
            };
            if let Some(form) = form.filter(|_| glyph.face >= 2)
                && let Some(id) = self.substitute(glyph.face, form, &[GlyphId(glyph.id)])
            {
                glyph = self.set(glyph.face, id, glyph.text);
            }
            // Lam and alef are one shape.
            if let Some(last) =
                glyphs.last().filter(|last| last.face == glyph.face && last.face >= 2)
                && let Some(id) =
                    self.substitute(glyph.face, b"rlig", &[GlyphId(last.id), GlyphId(glyph.id)])
            {
                let text = format!("{}{}", last.text, glyph.text);
                glyphs.pop();
                glyph = self.set(glyph.face, id, text);
            }
            glyphs.push(glyph);
        }
        glyphs.reverse();
        glyphs
    }

    /// What a feature of the font puts in place of one glyph or two.
    fn substitute(&self, face: usize, feature: &[u8; 4], glyphs: &[GlyphId]) -> Option<GlyphId> {
        let table = self.faces[face].tables().gsub?;
        let (first, rest) = glyphs.split_first()?;
        let features = table.features.into_iter().filter(|f| f.tag == Tag::from_bytes(feature));
        for lookup in features.flat_map(|f| f.lookup_indices).filter_map(|at| table.lookups.get(at))
        {
            for subtable in lookup.subtables.into_iter::<SubstitutionSubtable<'_>>() {
                match subtable {
                    SubstitutionSubtable::Single(single) if rest.is_empty() => {
                        let covered = single.coverage().get(*first);
                        let found = covered.and_then(|at| match single {
                            ttf_parser::gsub::SingleSubstitution::Format1 { delta, .. } => {
                                Some(GlyphId(first.0.wrapping_add_signed(delta)))
                            }
                            ttf_parser::gsub::SingleSubstitution::Format2 {
                                substitutes, ..
                            } => substitutes.get(at),
                        });
                        if found.is_some() {
                            return found;
                        }
                    }
                    SubstitutionSubtable::Ligature(ligature) if !rest.is_empty() => {
                        let set = ligature
                            .coverage
                            .get(*first)
                            .and_then(|at| ligature.ligature_sets.get(at));
                        let fits = set.and_then(|set| {
                            set.into_iter()
                                .find(|l| l.components.into_iter().eq(rest.iter().copied()))
                        });
                        if let Some(ligature) = fits {
                            return Some(ligature.glyph);
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// Notes that glyphs are used, and gives the digits that set them.
    pub fn digits(&mut self, glyphs: &[Glyph]) -> String {
        let mut digits = String::new();
        for glyph in glyphs {
            self.used[glyph.face].entry(glyph.id).or_insert_with(|| glyph.text.clone());
            let _ = write!(digits, "{:04X}", glyph.id);
        }
        digits
    }

    /// Writes the fonts that are used; gives what a page's resources say of them.
    pub fn write(&self, file: &mut File) -> String {
        let mut resources = String::new();
        for (at, used) in self.used.iter().enumerate().filter(|(_, used)| !used.is_empty()) {
            let number = self.write_face(at, used, file);
            let _ = write!(resources, "/F{at} {number} 0 R ");
        }
        resources
    }

    fn write_face(&self, at: usize, used: &BTreeMap<u16, String>, file: &mut File) -> usize {
        let (face, name) = (&self.faces[at], NAMES[at]);
        let bytes = crate::fonts::ALL[at];
        let em = |units: i16| f64::from(units) * 1000.0 / f64::from(face.units_per_em());
        let program = file.stream(&format!("/Length1 {}", bytes.len()), bytes);
        let area = face.global_bounding_box();
        let descriptor = file.add(format!(
            "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{:.0} {:.0} {:.0} {:.0}] \
             /ItalicAngle 0 /Ascent {:.0} /Descent {:.0} /CapHeight {:.0} /StemV {} /FontFile2 {program} 0 R >>",
            em(area.x_min),
            em(area.y_min),
            em(area.x_max),
            em(area.y_max),
            em(face.ascender()),
            em(face.descender()),
            em(face.capital_height().unwrap_or(700)),
            if at % 2 == 1 { 140 } else { 80 }
        ));
        let mut widths = String::new();
        let mut letters = String::new();
        for (id, text) in used {
            let wide = face.glyph_hor_advance(GlyphId(*id)).unwrap_or(0);
            let _ = write!(
                widths,
                "{id} [{:.0}] ",
                f64::from(wide) * 1000.0 / f64::from(face.units_per_em())
            );
            let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(letters, "<{id:04X}> <{units}>");
        }
        let descendant = file.add(format!(
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) \
             /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity \
             /DW 1000 /W [{widths}] >>"
        ));
        let lines: Vec<&str> = letters.lines().collect();
        let mut map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Letters def\n\
                       /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            .to_owned();
        for block in lines.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar\n{}\nendbfchar", block.len(), block.join("\n"));
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        let map = file.stream("", map.as_bytes());
        file.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H \
             /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_letters_take_the_form_of_their_place() {
        let fonts = Fonts::new().unwrap();
        let shape = |text: &str| fonts.shape(text, false).iter().map(|g| g.id).collect::<Vec<_>>();
        let alone = shape("ب");
        let joined = shape("ببب");
        assert_eq!(joined.len(), 3);
        assert!(joined.iter().all(|id| *id != alone[0]), "{joined:?} {alone:?}");
        assert_ne!(joined[0], joined[1]);
        assert_ne!(joined[1], joined[2]);
        assert_eq!(shape("لا").len(), 1, "lam and alef are one shape");
    }

    #[test]
    fn every_letter_that_the_brief_composes_has_a_shape() {
        let fonts = Fonts::new().unwrap();
        for letter in "0aZ–—−±·…“”‘’%€£°×é ë ğ ş ı č ž Ø\u{a0}(),.;:!?<>/&".chars()
        {
            for bold in [false, true] {
                assert_ne!(fonts.glyph(letter, bold).id, 0, "{letter:?}");
            }
        }
    }

    #[test]
    fn latin_letters_stand_from_the_left_and_arabic_from_the_right() {
        let fonts = Fonts::new().unwrap();
        let letters: String =
            fonts.shape("ab دز cd", false).iter().map(|g| g.text.as_str()).collect();
        assert_eq!(letters, "ab زد cd");
    }
}
