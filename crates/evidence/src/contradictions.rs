//! Agreement and contradiction: what several passages say of one matter, side by side and never
//! averaged.
//!
//! Six kinds are looked for. *Figures*: one measured thing with different values. *Acts*: an event
//! that one passage says happened and another says did not. *Days* and *doers*: one deed that is told
//! with two days, or of two. *Denials*: a statement or accusation that somebody answers with a denial.
//! *Undone*: a deed that was taken back, so that the first report no longer holds. Precision comes first: two passages are compared only where nothing
//! known of them speaks against their being about one matter, and the two ends of a comparison are
//! always quoted. Near-copies of one text count as one source. It does not weigh who is right.

mod acts;
mod denials;
mod figures;
mod once;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::independent::{Sketch, reprints};
use crate::reading::Reading;
use crate::records::{Claim, Event, Mention, Quantity, Sense, Standing};
use crate::span::Quote;

/// One document as a witness: its records of running text, and which other documents it copies.
#[derive(Clone, Debug, PartialEq)]
pub struct Testimony {
    /// BLAKE3 of the document.
    pub document: String,
    /// Key of its source.
    pub source: String,
    /// The day it is dated, where the day itself is known.
    pub dated: Option<Date>,
    /// Documents of one group are near-copies of each other.
    pub group: usize,
    /// The sentences, by their place in the document.
    pub sentences: BTreeMap<usize, String>,
    /// Actors named.
    pub mentions: Vec<Mention>,
    /// Numbers with units.
    pub quantities: Vec<Quantity>,
    /// Coded events.
    pub events: Vec<Event>,
    /// Statements and who made them.
    pub claims: Vec<Claim>,
}

/// How two sides of a comparison stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One measured thing, different values.
    Figures,
    /// Said to have happened, and said not to have.
    Acts,
    /// One deed, told of two days.
    Days,
    /// One deed, told of two doers.
    Doers,
    /// A statement, and its denial by somebody else.
    Denial,
    /// A deed, and the act that took it back.
    Undone,
    /// One length given in two units that do not agree.
    Units,
    /// Several documents say the same of one matter.
    Agreement,
}

impl Kind {
    /// The word used in print.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Figures => "figures",
            Kind::Acts => "acts",
            Kind::Days => "days",
            Kind::Doers => "doers",
            Kind::Denial => "denial",
            Kind::Undone => "undone",
            Kind::Units => "units",
            Kind::Agreement => "agreement",
        }
    }
}

/// Where something is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    /// BLAKE3 of the document.
    pub document: String,
    /// Key of its source.
    pub source: String,
    /// Index of the sentence.
    pub sentence: usize,
    /// The record's own words.
    pub quote: Quote,
    /// The whole sentence.
    pub context: String,
    /// Id of the record.
    pub record: String,
    /// Group of near-copies the document belongs to.
    pub group: usize,
}

/// One answer to a question and all who give it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The value, or that it happened, did not happen, is denied.
    pub says: String,
    /// Where it is said, by source and place.
    pub passages: Vec<Passed>,
    /// Sources of it that do not copy one another.
    pub independent: usize,
}

/// One matter and what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How the sides stand to each other.
    pub kind: Kind,
    /// The matter: what, of whom, when.
    pub matter: String,
    /// The sides; of an agreement one only.
    pub sides: Vec<Side>,
}

impl Comparison {
    /// Whether it is an agreement.
    pub fn agrees(&self) -> bool {
        self.kind == Kind::Agreement
    }

    /// Documents on all sides together that do not copy one another.
    pub fn independent(&self) -> usize {
        count(self.sides.iter().flat_map(|s| &s.passages))
    }
}

impl Testimony {
    /// The testimony of a reading; `group` as [`crate::independent`] parts near-copies.
    pub fn of(reading: &Reading, group: usize) -> Testimony {
        let body = |standing: Standing| standing == Standing::Body;
        Testimony {
            document: reading.document.id.clone(),
            source: reading.document.source.key.clone(),
            dated: reading.document.date.as_ref().filter(|d| d.exact).map(|d| d.date),
            group,
            sentences: reading
                .sentences
                .iter()
                .map(|s| (s.index, s.quote.text().to_owned()))
                .collect(),
            mentions: reading.mentions.clone(),
            quantities: kept(&reading.quantities, |q| body(q.standing)),
            events: kept(&reading.events, |e| body(e.standing) && !e.suggested),
            claims: kept(&reading.claims, |c| body(c.standing)),
        }
    }

    /// Testimonies of several readings, near-copies grouped.
    pub fn all(readings: &[&Reading]) -> Vec<Testimony> {
        let sketches: Vec<Sketch> = readings.iter().map(|r| Sketch::of(r)).collect();
        readings.iter().zip(reprints(&sketches)).map(|(r, group)| Testimony::of(r, group)).collect()
    }

    fn passed(&self, sentence: usize, quote: &Quote, record: &str) -> Passed {
        Passed {
            document: self.document.clone(),
            source: self.source.clone(),
            sentence,
            quote: quote.clone(),
            context: self.sentences.get(&sentence).cloned().unwrap_or_default(),
            record: record.to_owned(),
            group: self.group,
        }
    }

    /// Actors named in a sentence, in order, each once.
    fn named(&self, sentence: usize) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for mention in self.mentions.iter().filter(|m| m.sentence == sentence) {
            if !out.contains(&mention.actor.as_str()) {
                out.push(&mention.actor);
            }
        }
        out
    }

    /// The actors the document is mostly about.
    fn chief(&self, n: usize) -> Vec<&str> {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|m| m.sense != Sense::Place) {
            *uses.entry(&mention.actor).or_default() += 1;
        }
        let mut order: Vec<(&str, usize)> = uses.into_iter().collect();
        order.sort_by_key(|(actor, uses)| (std::cmp::Reverse(*uses), *actor));
        order.into_iter().take(n).map(|(actor, _)| actor).collect()
    }
}

fn kept<T: Clone>(list: &[T], fits: impl Fn(&T) -> bool) -> Vec<T> {
    list.iter().filter(|item| fits(item)).cloned().collect()
}

/// What an actor is called where a comparison is told: by its id, or by a name.
#[derive(Clone, Copy)]
struct Named<'a>(&'a dyn Fn(&str) -> String);

impl Named<'_> {
    fn list<'i>(self, ids: impl Iterator<Item = &'i str>) -> String {
        ids.map(|id| (self.0)(id)).collect::<Vec<_>>().join(", ")
    }
}

/// Everything the documents agree on or contradict each other in, contradictions first; actors are
/// told by what `name` makes of their ids.
pub fn comparisons(testimonies: &[Testimony], name: &dyn Fn(&str) -> String) -> Vec<Comparison> {
    let names = Named(name);
    let mut out = figures::compare(testimonies, names);
    out.extend(figures::units(testimonies));
    out.extend(acts::compare(testimonies, names));
    out.extend(once::compare(testimonies, names));
    out.extend(denials::compare(testimonies, names));
    out.sort_by(|a, b| (a.kind, &a.matter).cmp(&(b.kind, &b.matter)));
    out
}

fn side(says: String, mut passages: Vec<Passed>) -> Side {
    passages.sort_by(|a, b| {
        let key = |p: &Passed| (p.source.clone(), p.quote.span());
        key(a).cmp(&key(b))
    });
    passages.dedup_by(|a, b| a.source == b.source && a.quote == b.quote);
    let independent = count(passages.iter());
    Side { says, passages, independent }
}

fn count<'a>(passages: impl Iterator<Item = &'a Passed>) -> usize {
    let mut groups: Vec<usize> = passages.map(|p| p.group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups.len()
}
