//! What a case holds, in the formats of other programs: one file a format.
//!
//! A format is a pure function from a case (and what was read for it) to a text: sorted as the case is, the same bytes each
//! time, without a clock and without random ids. What a format has no word for is left out, and docs/exporting.md says so.

mod bibtex;
mod csl;
mod ftm;
mod geojson;
mod gexf;
mod graph;
mod graphml;
mod plover;
mod stix;
pub mod views;
mod xml;

use std::collections::BTreeSet;

use case::{Case, Channel};
use evidence::{Store, StoreError};

/// What is written out.
#[derive(Debug, Clone, Copy)]
pub struct Material<'m> {
    /// The case as of its date.
    pub case: &'m Case,
    /// What was read in its documents, if anything was.
    pub store: Option<&'m Store>,
    /// The channels whose ties are wanted.
    pub channels: &'m [Channel],
}

/// A format that a case can be written in.
#[derive(Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub says: &'static str,
    /// Whether ties are in it, so that channels can be chosen.
    pub ties: bool,
    write: fn(&Material<'_>) -> Result<Written, StoreError>,
}

/// A text in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What the reader should know of it: what the case has and the format could not take.
    pub remarks: Vec<String>,
}

/// Every format, by name.
pub const FORMATS: &[Format] = &[
    bibtex::FORMAT,
    csl::FORMAT,
    ftm::FORMAT,
    geojson::FORMAT,
    gexf::FORMAT,
    graphml::FORMAT,
    plover::FORMAT,
    stix::FORMAT,
];

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self { text, remarks: Vec::new() }
    }
}

/// The format of a name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

impl Format {
    /// A case in this format.
    ///
    /// # Errors
    /// What the store of evidence says.
    pub fn write(&self, material: &Material<'_>) -> Result<Written, StoreError> {
        (self.write)(material)
    }
}

impl<'m> Material<'m> {
    /// The ties of the channels that are wanted.
    fn ties(&self) -> impl Iterator<Item = &'m case::tie::Tie> {
        let channels = self.channels;
        self.case.ties.iter().filter(move |tie| channels.contains(&tie.channel))
    }

    /// Keys of all sources of a tie: of its existence and of its numbers.
    fn sources(&self, tie: &case::tie::Tie) -> Vec<String> {
        let own = tie.source.0.iter().map(|key| key.get_ref().clone());
        let numbers = [&tie.bandwidth, &tie.dependence];
        let numbers = numbers.into_iter().flat_map(|n| self.case.belief(n).sources.clone());
        own.chain(numbers).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Pretty JSON with an end of line.
fn pretty(value: &serde_json::Value) -> String {
    // `{:#}` of a JSON value cannot fail, as writing it to a writer could.
    format!("{value:#}\n")
}
