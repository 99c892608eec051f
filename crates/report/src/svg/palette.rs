//! One palette. Seven hues chosen so that any two stay apart for readers with deuteranopia and
//! protanopia and each has at least 3:1 contrast with the paper, by day and by night; a texture or
//! a dot shape goes with each hue so that nothing rests on colour alone.
//!
//! *Judged*: the hues were picked by eye among those that pass the two tests.

/// Colours by name: (name, on white paper, on dark paper). `web/palette.js` reads them here.
pub const COLOURS: [(&str, &str, &str); 14] = [
    ("ink", "#1b1d21", "#e9e9e6"),
    ("soft", "#595e66", "#a9aeb5"),
    ("rule", "#d9dbde", "#3a3f46"),
    ("faint", "#eef0f1", "#23272c"),
    ("paper", "#ffffff", "#15181b"),
    ("accent", "#a3241c", "#ff8a75"),
    ("c0", "#1d3a70", "#7d97e8"),
    ("c1", "#b35c00", "#e39a3b"),
    ("c2", "#1c9a78", "#4fd0a6"),
    ("c3", "#74182f", "#d95f6e"),
    ("c4", "#2f86dd", "#9fd0f2"),
    ("c5", "#c873b5", "#cf6fb0"),
    ("c6", "#8f9a12", "#dfdc55"),
    ("c7", "#7b8088", "#8d939b"),
];

/// Textures: (name, marks in a 6 by 6 tile). The first six lie over the hues from the second on, in
/// the colour of the paper.
pub const TEXTURES: [(&str, &str); 8] = [
    ("rise", "<path d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\" class=\"x\"/>"),
    ("spot", "<circle cx=\"3\" cy=\"3\" r=\"1.1\" class=\"f-paper\"/>"),
    ("fall", "<path d=\"M-1 5L1 7M0 0L6 6M5 -1L7 1\" class=\"x\"/>"),
    ("post", "<path d=\"M3 0V6\" class=\"x\"/>"),
    ("rail", "<path d=\"M0 3H6\" class=\"x\"/>"),
    ("net", "<path d=\"M0 6L6 0M0 0L6 6\" class=\"x\"/>"),
    // not laid over a hue by its place: what is not known, and what a sanction may stop
    ("hatch", "<path d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\" class=\"y\"/>"),
    ("strike", "<path d=\"M-1 1L1 -1M0 6L6 0M5 7L7 5\" class=\"z\"/>"),
];

/// One of the seven hues, or the neutral one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hue(usize);

impl Hue {
    /// The neutral hue, for what is grouped or unknown.
    pub const NEUTRAL: Hue = Hue(7);

    /// The hue of the n-th of a series: the seven in order, then neutral for the rest.
    pub fn nth(index: usize) -> Hue {
        Hue(index.min(7))
    }
    /// The class that fills with this hue.
    pub fn fill(self) -> String {
        format!("f-c{}", self.0)
    }
    /// The class that strokes with this hue.
    pub fn stroke(self) -> String {
        format!("l-c{}", self.0)
    }
    /// The texture that goes with this hue, none for the first.
    pub fn texture(self) -> Option<&'static str> {
        self.0.checked_sub(1).and_then(|place| TEXTURES[..6].get(place)).map(|texture| texture.0)
    }
}

/// How dots of one kind look: a hue and a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The hue.
    pub hue: Hue,
    /// The shape.
    pub shape: Shape,
}

/// The shape of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A filled disc.
    Disc,
    /// A ring.
    Ring,
    /// A ring about a small disc.
    Target,
    /// A square.
    Square,
    /// A square with a hole.
    Frame,
    /// A smaller disc.
    Speck,
}

impl Shape {
    /// The shape of the n-th of a series within one hue.
    pub fn nth(index: usize) -> Shape {
        match index % 6 {
            0 => Shape::Disc,
            1 => Shape::Ring,
            2 => Shape::Square,
            3 => Shape::Target,
            4 => Shape::Frame,
            _ => Shape::Speck,
        }
    }
}

impl Mark {
    /// The layers that draw the dot, from below: each in the hue or in the colour of the paper.
    pub(crate) fn layers(self) -> &'static [Layer] {
        const fn layer(square: bool, hue: bool, share: f64) -> Layer {
            Layer { square, hue, share }
        }
        match self.shape {
            Shape::Disc => const { &[layer(false, true, 1.0)] },
            Shape::Ring => const { &[layer(false, true, 1.0), layer(false, false, 0.6)] },
            Shape::Target => {
                const { &[layer(false, true, 1.0), layer(false, false, 0.68), layer(false, true, 0.34)] }
            }
            Shape::Square => const { &[layer(true, true, 0.86)] },
            Shape::Frame => const { &[layer(true, true, 0.86), layer(true, false, 0.42)] },
            Shape::Speck => const { &[layer(false, true, 0.55)] },
        }
    }
}

/// One layer of a dot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer {
    /// A square, not a disc.
    pub(crate) square: bool,
    /// In the hue, not in the colour of the paper.
    pub(crate) hue: bool,
    /// Its share of the dot's width.
    pub(crate) share: f64,
}
