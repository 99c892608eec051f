//! The tables of likelihood words, as published: written with by the brief, looked for by the lint.

/// A row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The word.
    pub word: &'static str,
    /// The lower end in percent.
    pub low: u8,
    /// The upper end in percent.
    pub high: u8,
    /// What else stands for it in a sentence.
    pub also: &'static [&'static str],
}

impl Band {
    /// Both ends as shares of one.
    pub fn ends(&self) -> (f64, f64) {
        (f64::from(self.low) / 100.0, f64::from(self.high) / 100.0)
    }

    /// Whether a word stands for it.
    pub fn has(&self, word: &str) -> bool {
        self.word == word || self.also.contains(&word)
    }
}

const fn band(word: &'static str, low: u8, high: u8, also: &'static [&'static str]) -> Band {
    Band { word, low, high, also }
}

/// The first row of the table of ICD 203.
pub const ICD203: &[Band] = &[
    band("almost no chance", 1, 5, &[]),
    band("very unlikely", 5, 20, &[]),
    band("unlikely", 20, 45, &[]),
    band("roughly even chance", 45, 55, &[]),
    band("likely", 55, 80, &[]),
    band("very likely", 80, 95, &[]),
    band("almost certain", 95, 99, &["almost certainly"]),
];

/// Its second row.
pub const ICD203_SECOND: &[Band] = &[
    band("remote", 1, 5, &[]),
    band("highly improbable", 5, 20, &[]),
    band("improbable", 20, 45, &["improbably"]),
    band("roughly even odds", 45, 55, &[]),
    band("probable", 55, 80, &["probably"]),
    band("highly probable", 80, 95, &[]),
    band("nearly certain", 95, 99, &[]),
];

/// The yardstick of the Professional Head of Intelligence Assessment, which has gaps.
pub const PHIA: &[Band] = &[
    band("remote chance", 0, 5, &[]),
    band("highly unlikely", 10, 20, &[]),
    band("unlikely", 25, 35, &[]),
    band("realistic possibility", 40, 50, &[]),
    band("likely", 55, 75, &["probable", "probably"]),
    band("highly likely", 80, 90, &[]),
    band("almost certain", 95, 100, &["almost certainly"]),
];
