//! A small SVG writer: shapes, text that is measured before it is placed, and one stylesheet.
//!
//! It refuses to lay out or to choose: pictures do that. Text from outside is escaped here and
//! nowhere else, stripped of control and direction-override characters, and isolated when it runs
//! from right to left. Coordinates are written with at most two decimals, so that the same input
//! gives the same bytes.

mod drawing;
pub mod measure;
pub mod palette;
pub mod scale;
mod style;

pub use drawing::Drawing;
#[cfg(feature = "png")]
pub(crate) use style::flat;
pub use style::{Theme, stylesheet};

use std::fmt::Write;

/// Stands for the drawing's id until it is placed on a page; cannot occur in escaped text.
const ID: char = '\u{1}';

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// How a text looks. Sizes are in drawing units, which are CSS pixels at full width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Height of the type.
    pub size: f64,
    /// Bold weight.
    pub bold: bool,
    /// Set in the softer ink.
    pub soft: bool,
    /// A halo in the colour of the paper, for text over marks.
    pub halo: bool,
    /// An axis tick: a reading aid that the table twin does not repeat.
    pub tick: bool,
    /// Where the text stands relative to its point.
    pub anchor: Anchor,
}

impl Type {
    /// The ordinary label.
    pub const LABEL: Type = Type {
        size: 13.0,
        bold: false,
        soft: false,
        halo: false,
        tick: false,
        anchor: Anchor::Start,
    };
    /// The smaller, softer label of secondary facts.
    pub const SMALL: Type = Type { size: 12.0, soft: true, ..Type::LABEL };
    /// The number at an axis tick.
    pub const TICK: Type = Type { tick: true, ..Type::SMALL };

    /// The same type in bold.
    pub const fn bold(self) -> Type {
        Type { bold: true, ..self }
    }
    /// The same type with a halo.
    pub const fn halo(self) -> Type {
        Type { halo: true, ..self }
    }
    /// The same type centred on its point.
    pub const fn middle(self) -> Type {
        Type { anchor: Anchor::Middle, ..self }
    }
    /// The same type ending at its point.
    pub const fn end(self) -> Type {
        Type { anchor: Anchor::End, ..self }
    }
    /// The width a text takes when set in this type.
    pub fn width(self, text: &str) -> f64 {
        measure::width(text, self.size, self.bold)
    }
    /// The text, cut with an ellipsis if it is wider than `room`.
    pub fn fit(self, text: &str, room: f64) -> String {
        measure::fit(text, room, self.size, self.bold)
    }
    /// The text in at most `lines` lines no wider than `room`.
    pub fn wrap(self, text: &str, room: f64, lines: usize) -> Vec<String> {
        measure::wrap(text, room, lines, self.size, self.bold)
    }
}

/// A drawing being made, of a fixed width and a height known at the end.
#[derive(Debug, Clone)]
pub struct Canvas {
    width: f64,
    body: String,
}

impl Canvas {
    /// An empty canvas.
    pub fn new(width: f64) -> Canvas {
        Canvas { width, body: String::new() }
    }

    /// The width of the canvas.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let (x1, y1, x2, y2) = (at(from.0), at(from.1), at(to.0), at(to.1));
        self.put(format_args!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>"
        ));
    }

    /// A rectangle; negative sizes are drawn as nothing.
    pub fn rect(&mut self, corner: (f64, f64), size: (f64, f64), class: &str) {
        if size.0 <= 0.0 || size.1 <= 0.0 {
            return;
        }
        let (x, y, w, h) = (at(corner.0), at(corner.1), at(size.0), at(size.1));
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" class=\"{class}\"/>"
        ));
    }

    /// A rectangle filled with a hue and its texture, so that it can be told apart in grey.
    pub fn textured(&mut self, corner: (f64, f64), size: (f64, f64), hue: palette::Hue) {
        self.rect(corner, size, &hue.fill());
        if size.0 <= 0.0 || size.1 <= 0.0 {
            return;
        }
        if let Some(texture) = hue.texture() {
            let (x, y, w, h) = (at(corner.0), at(corner.1), at(size.0), at(size.1));
            self.put(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"url(#{ID}-{texture})\"/>"
            ));
        }
    }

    /// A circle.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, class: &str) {
        let (x, y, r) = (at(centre.0), at(centre.1), at(radius));
        self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" class=\"{class}\"/>"));
    }

    /// A path from its ready-made commands, which only pictures write.
    ///
    /// A class that begins with `f-` or `wash` fills; a path of any other class is a line.
    pub fn path(&mut self, commands: &str, class: &str) {
        let fills = class.starts_with("f-") || class.starts_with("wash");
        let fill = if fills { "" } else { " fill=\"none\"" };
        self.put(format_args!("<path d=\"{commands}\" class=\"{class}\"{fill}/>"));
    }

    /// Lays a texture over the area a path encloses: see [`palette::TEXTURES`].
    pub fn overlay(&mut self, commands: &str, texture: &str) {
        self.put(format_args!("<path d=\"{commands}\" fill=\"url(#{ID}-{texture})\"/>"));
    }

    /// A closed shape through points.
    pub fn polygon(&mut self, points: &[(f64, f64)], class: &str) {
        if points.len() > 2 {
            self.path(&closed(points), class);
        }
    }

    /// A broken line through points.
    pub fn polyline(&mut self, points: &[(f64, f64)], class: &str) {
        if points.len() < 2 {
            return;
        }
        let mut commands = String::new();
        for (index, point) in points.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            let _ = write!(commands, "{letter}{} {}", at(point.0), at(point.1));
        }
        self.path(&commands, class);
    }

    /// Many equal dots in one mark, a path a layer: round ones are subpaths of no length, drawn by
    /// their caps; square ones are drawn about their centre.
    pub fn dots(&mut self, points: &[(f64, f64)], radius: f64, mark: palette::Mark) {
        if points.is_empty() {
            return;
        }
        for layer in mark.layers() {
            let half = radius * layer.share;
            let (back, wide) = (at(-half), at(2.0 * half));
            let mut commands = String::new();
            for point in points {
                let _ = write!(commands, "M{} {}", at(point.0), at(point.1));
                if layer.square {
                    let _ = write!(commands, "m{back} {back}h{wide}v{wide}h-{wide}z");
                } else {
                    commands.push_str("h0");
                }
            }
            let paint = match (layer.square, layer.hue) {
                (true, true) => mark.hue.fill(),
                (true, false) => "f-paper".to_owned(),
                (false, true) => format!("d {}", mark.hue.stroke()),
                (false, false) => "d l-paper".to_owned(),
            };
            if layer.square {
                self.path(&commands, &paint);
            } else {
                self.put(format_args!(
                    "<path d=\"{commands}\" class=\"{paint}\" fill=\"none\" stroke-width=\"{wide}\"/>"
                ));
            }
        }
    }

    /// One line of text, escaped. Its baseline is at the point.
    pub fn text(&mut self, point: (f64, f64), text: &str, kind: Type) {
        self.text_in(point, text, kind, "t");
    }

    /// One line of text in another colour: `class` is that of a fill.
    pub fn text_in(&mut self, point: (f64, f64), text: &str, kind: Type, class: &str) {
        let mut class = class.to_owned();
        for (wanted, name) in
            [(kind.bold, " b"), (kind.soft, " s"), (kind.halo, " h"), (kind.tick, " k")]
        {
            if wanted {
                class.push_str(name);
            }
        }
        let anchor = match kind.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let size = if kind.size == Type::LABEL.size {
            String::new()
        } else {
            format!(" font-size=\"{}\"", at(kind.size))
        };
        // an attribute and not a style, which some checkers of style sheets do not know
        let halo = if kind.halo { " paint-order=\"stroke\"" } else { "" };
        let (x, y) = (at(point.0), at(point.1));
        let text = isolate(&escape(text));
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\"{size}{anchor}{halo}>{text}</text>"
        ));
    }

    /// Several lines of text, the first with its baseline at the point. Gives the last baseline.
    pub fn lines(&mut self, point: (f64, f64), lines: &[String], leading: f64, kind: Type) -> f64 {
        let mut y = point.1;
        for (index, line) in lines.iter().enumerate() {
            y = point.1 + index as f64 * leading;
            self.text((point.0, y), line, kind);
        }
        y
    }

    /// Ends the drawing at its height.
    pub fn finish(self, height: f64) -> Drawing {
        Drawing { width: self.width, height: height.max(1.0), body: self.body }
    }

    /// A rectangle with a texture alone, for what is not known.
    pub fn hatched(&mut self, corner: (f64, f64), size: (f64, f64), texture: &str) {
        let (right, foot) = (corner.0 + size.0, corner.1 + size.1);
        if size.0 > 0.0 && size.1 > 0.0 {
            let points = [corner, (right, corner.1), (right, foot), (corner.0, foot)];
            self.overlay(&closed(&points), texture);
        }
    }

    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(what);
        self.body.push('\n');
    }
}

/// The commands of a path through points and back to the first.
pub fn closed(points: &[(f64, f64)]) -> String {
    let mut commands = String::new();
    for (index, point) in points.iter().enumerate() {
        let letter = if index == 0 { 'M' } else { 'L' };
        let _ = write!(commands, "{letter}{} {}", at(point.0), at(point.1));
    }
    commands.push('Z');
    commands
}

/// A coordinate with at most two decimals and no needless zeros. What is not finite becomes 0.
pub fn at(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let mut text = format!("{value:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// Text from outside made safe for an SVG, HTML or XML text or attribute: markup characters are
/// escaped, line breaks become spaces, and control and direction-override characters are dropped.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            other if is_dropped(other) => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Characters that have no place in a page's text: controls, direction overrides and isolates,
/// and the two that XML forbids.
pub(crate) fn is_dropped(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}')
}

/// Wraps text that has right-to-left letters in first-strong isolates, so that numbers and labels
/// beside it keep their places.
fn isolate(text: &str) -> String {
    if text.chars().any(measure::runs_from_right) {
        format!("\u{2068}{text}\u{2069}")
    } else {
        text.to_owned()
    }
}

/// A plain word for an id: letters, digits and single hyphens, beginning with a letter.
pub fn slug(text: &str) -> String {
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
    }
    let word = word.trim_end_matches('-');
    match word.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => word.to_owned(),
        _ => format!("x{word}"),
    }
}
