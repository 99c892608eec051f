//! From a case and its runs to a brief: rules that choose what to say, and never say more than was found.
//!
//! The order is visible in [`compose`]. Each file beneath writes one part. Every number opens a note
//! that lists the estimates behind it with their sources, quotes and judgements.

use std::collections::{BTreeMap, BTreeSet};

use assess::{Comparison, Measured, Summary};
use case::Case;
use evidence::{Hit, Store, StoreError};
use simulate::{Ensemble, Model};

use crate::brief::{Brief, Method, SourceEntry};
use crate::joined::Joined;
use crate::likelihood::Lexicon;
use crate::numbers;
use crate::picture::PictureError;
use crate::text::Text;

mod ahead;
mod alternatives;
mod annex;
mod answers;
mod bottom_line;
mod change;
mod confidence;
mod courses;
mod facts;
mod government;
mod indicators;
mod influence;
mod joined;
mod judgements;
pub mod map;
mod motion;
mod notes;
mod paths;
mod persons;
mod remembered;
mod sections;
mod since;
mod status;
mod telling;
mod words;

use facts::Facts;
use notes::Notes;
pub use paths::plain_path;
pub use persons::told;
pub use remembered::record;

/// Everything a brief is composed from.
#[derive(Debug)]
pub struct Findings<'a> {
    /// The case ready to run.
    pub model: &'a Model<'a>,
    /// The runs.
    pub ensemble: &'a Ensemble,
    /// What they have in common.
    pub summary: &'a Summary,
    /// Sway over the case's body.
    pub measured: &'a Measured,
    /// The case's scenarios against the base.
    pub scenarios: &'a [Compared],
    /// What the documents hold.
    pub evidence: &'a Evidence,
    /// What other parts of the program found; nothing of it is needed.
    pub joined: &'a Joined,
    /// The lexicon of likelihood words.
    pub lexicon: Lexicon,
    /// The version of the program.
    pub version: &'a str,
    /// The command that writes the brief again; none of a brief that no command writes.
    pub replay: Option<String>,
}

impl<'a> Findings<'a> {
    /// Whether the runs form a government.
    fn forms(&self) -> bool {
        self.model.processes.iter().any(|p| p.name() == simulate::process::formation::NAME)
    }

    /// The government in office on the date, where none is to be formed.
    fn in_office(&self) -> Option<&'a case::contest::Formed> {
        let case = self.model.case;
        let known = case.formed.iter().filter(|f| f.confidence <= case.as_of);
        known.max_by_key(|f| f.confidence).filter(|_| !case.formation_pending())
    }
}

/// A scenario and what it changes.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Its name in the case.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Why one might expect it.
    pub why: Option<String>,
    /// The paired difference.
    pub comparison: Comparison,
}

/// How many sentences are kept of two tied actors.
const SHOWN: usize = 6;

/// What the case's documents hold, as read.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Coded events in the documents.
    pub events: usize,
    /// Quantities in them.
    pub quantities: usize,
    /// The sentences of each source's document.
    pub sentences: BTreeMap<String, Vec<String>>,
    /// Sentences that name two actors, by their ids.
    pub pairs: BTreeMap<(String, String), Vec<Hit>>,
    /// How many documents remain once near-copies are folded together.
    pub independent: usize,
}

impl Evidence {
    /// What the brief shows of the case's own documents: their sentences, and those that name two tied actors.
    ///
    /// # Errors
    /// What the store says.
    pub fn gather(case: &Case, store: &Store) -> Result<Self, StoreError> {
        let known: BTreeSet<&str> = case.sources.iter().map(|s| s.key.get_ref().as_str()).collect();
        let mut evidence = Self::default();
        let mut documents = Vec::new();
        for document in store.documents()? {
            // The store may hold more than this date knows, and documents that are not the case's own.
            if !known.contains(document.source_key.as_str()) {
                continue;
            }
            let outline = store.outline(&document.source_key)?.unwrap_or_default();
            evidence.events += outline.events;
            evidence.quantities += outline.quantities;
            evidence.sentences.insert(document.source_key, outline.sentences);
            documents.push(document.id);
        }
        evidence.independent = store.independent(&documents)?;
        for tie in &case.ties {
            let (a, b) = (tie.from.get_ref(), tie.to.get_ref());
            let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
            if evidence.pairs.contains_key(&pair) {
                continue;
            }
            // What the store holds beyond this date must not crowd out what is known.
            let mut hits = store.sentences_mentioning_both(&pair.0, &pair.1, usize::MAX)?;
            hits.retain(|hit| known.contains(hit.source_key.as_str()));
            hits.truncate(SHOWN);
            evidence.pairs.insert(pair, hits);
        }
        Ok(evidence)
    }
}

/// Composes the brief.
///
/// # Errors
/// If a picture's numbers cannot be drawn.
pub fn compose(findings: &Findings<'_>) -> Result<Brief, PictureError> {
    let case = findings.model.case;
    let mut notes = Notes::new(findings);
    let facts = Facts::of(findings);
    let judgements = judgements::write(findings, &facts, &mut notes);
    let changes = since::write(findings, &judgements, &mut notes);
    let mut sections = Vec::new();
    sections.extend(answers::section(findings, &facts, &mut notes));
    sections.extend(influence::section(&facts, &mut notes)?);
    sections.extend(change::section(findings, &mut notes)?);
    sections.extend(ahead::section(findings, &facts));
    sections.extend(alternatives::write(findings, &mut notes));
    let mut behind = sections::write(findings, &mut notes)?;
    behind.extend(joined::courses(findings, &findings.joined.courses)?);
    behind.extend(joined::discoveries(&findings.joined.discoveries)?);
    sections.extend(annex::write(findings, behind)?);
    let mut indicators = indicators::write(findings, &facts);
    indicators.extend(joined::signs(&findings.joined.signs, &mut notes));
    let record = match &findings.joined.scored {
        Some(scored) => joined::record(scored)?,
        None => sections::record(findings),
    };
    let cited = notes.cited();
    Ok(Brief {
        kind: "Assessment".to_owned(),
        title: case.head.title.clone(),
        subtitle: case.head.summary.clone(),
        as_of: case.as_of,
        bottom_line: Vec::new(),
        asked: Some(answers::asked(findings)),
        judgements,
        changes,
        sections,
        assumptions: assumptions(findings),
        indicators,
        record,
        source_summary: source_summary(findings, cited.len()),
        sources: cited,
        method: method(findings),
        notes: notes.finish(),
    })
}

/// A source of the case as an entry of the brief's list.
fn source_entry(case: &Case, key: &str) -> Option<SourceEntry> {
    let source = case.source(key)?;
    Some(SourceEntry {
        key: key.to_owned(),
        title: source.title.clone(),
        publisher: Some(source.publisher.clone()),
        published: Some(source.published),
        url: source.url.clone(),
        rating: Some(format!("{}{}", source.reliability, source.credibility.get_ref())),
    })
}

fn assumptions(findings: &Findings<'_>) -> Vec<Text> {
    let case = findings.model.case;
    let bare = || case.beliefs.iter().filter(|b| b.sources.is_empty());
    let made_up = bare().filter(|b| answers::is_made_up(b)).count();
    let judged = bare().count() - made_up;
    // Only of processes in play: the case may hold numbers for others.
    let plays = |name: &String| case.head.processes.iter().any(|p| p.get_ref() == name);
    let in_play = case.processes.iter().filter(|(name, _)| plays(name));
    let parameters: usize = in_play.map(|(_, all)| all.len()).sum();
    let mut all = vec![
        Text::from(match made_up {
            0 => format!(
                "Of {} estimates {judged} are the author's judgement, with ranges and reasons but no source.",
                case.beliefs.len()
            ),
            _ => format!(
                "Of {} estimates {made_up} are made up and yet to be replaced, and {judged} are the author's judgement, without a source.",
                case.beliefs.len()
            ),
        }),
        Text::from(match findings.model.moves() {
            true => format!(
                "The {parameters} numbers that govern the processes are judged from few past cases."
            ),
            false => format!(
                "The {parameters} numbers that govern how elections swing and governments form are judged from few past cases."
            ),
        }),
    ];
    if !findings.model.moves() {
        let until = if findings.forms() { " until a government is formed" } else { "" };
        all.push(Text::from(format!(
            "Ties between actors stay as they stand on the date of the brief{until}."
        )));
    }
    if !findings.forms() {
        let end = words::date(findings.model.end);
        all.push(Text::from(format!("No government falls and none is formed before {end}.")));
    }
    all.push(Text::from(match !case.groups.is_empty() {
        true => "Estimates err independently of one another, save those the case puts in one group; where others err together the true intervals are wider.",
        false => "Estimates err independently of one another; where they err together the true intervals are wider.",
    }));
    if !findings.model.elects() {
        return all;
    }
    for entry in case.entries.iter().filter(|e| !e.participates) {
        let name = case.actor(entry.list.get_ref()).map_or("", |a| a.name.as_str());
        all.push(Text::new().name(words::start(name)).plain(" does not stand in the election."));
    }
    if let Some(contest) = &case.contest {
        let day = words::date(*contest.date.get_ref());
        all.push(Text::from(format!("The election is held on {day} under the law then in force.")));
    }
    all
}

fn source_summary(findings: &Findings<'_>, cited: usize) -> Text {
    let case = findings.model.case;
    let solid =
        case.sources.iter().filter(|s| s.reliability <= case::source::Reliability::B).count();
    let mut publishers: Vec<&str> = case.sources.iter().map(|s| s.publisher.as_str()).collect();
    publishers.sort_unstable();
    publishers.dedup();
    let documents = findings.evidence.sentences.len();
    let mut text = format!(
        "The case draws on {} sources of {} publishers known by {}; {solid} are rated A or B for reliability, and {cited} are cited here. ",
        case.sources.len(),
        publishers.len(),
        words::date(case.as_of)
    );
    let evidence = findings.evidence;
    if documents > 0 {
        let sentences: usize = evidence.sentences.values().map(Vec::len).sum();
        text.push_str(&format!(
            "{documents} of them come with a document that was read: {} sentences, {} coded events and {} quantities; near-copies folded together, {} documents are independent.",
            numbers::whole(sentences as f64),
            numbers::whole(evidence.events as f64),
            numbers::whole(evidence.quantities as f64),
            evidence.independent
        ));
    }
    Text::from(text)
}

fn method(findings: &Findings<'_>) -> Method {
    let case = findings.model.case;
    let processes: Vec<&str> = findings.model.processes.iter().map(|p| p.name()).collect();
    let fact = |name: &str, value: String| (name.to_owned(), value);
    Method {
        paragraphs: vec![
            Text::from(
                "Sway is the share of a decision that is due to each actor: members of the body weigh by their Shapley-Shubik index at its quota, and influence between actors settles as in Friedkin and Johnsen's model, with pulls made of a tie's bandwidth times its dependence. Shares add up to the whole.",
            ),
            Text::from(
                "Each run draws every estimate from its range and plays the processes day by day; the runs differ only in numbers drawn by name from the seed, so scenarios are compared run by run under the same luck. Intervals hold nine runs in ten.",
            ),
        ],
        facts: vec![
            fact("As of", words::date(case.as_of)),
            fact("Runs", numbers::whole(findings.summary.runs as f64)),
            fact("Seed", findings.summary.seed.to_string()),
            fact("Draws for sway", numbers::whole(f64::from(findings.measured.draws))),
            fact("Processes", processes.join(", ")),
            fact("Not yet known and left out", format!("{} entries", case.hidden.len())),
            fact("Likelihood words", findings.lexicon.name().to_owned()),
            fact("Case (BLAKE3)", case.hash.clone()),
            fact("Program", format!("shatterbelt {}", findings.version)),
        ],
        replay: findings.replay.clone(),
    }
}
