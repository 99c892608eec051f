//! What the evidence suggests about the case, as changes somebody may accept or refuse.
//!
//! Each kind of proposal is one file and one line of `KINDS`. A proposal names its rule, the words it rests on
//! and the change it would write; nothing is written until it is accepted. Precision comes before recall: what
//! cannot be matched for sure is left to the reader of the evidence.

mod edit;
mod events;
mod fields;
mod figures;
mod gone;
mod imported;
mod judging;
mod ledger;
mod made;
mod material;
mod names;
mod offices;
mod polls;
mod quotes;
mod scenario;
mod sources;
mod splice;
mod undone;
mod values;
mod words;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Store, StoreError};
use serde::Serialize;

use crate::case::Case;
use crate::diagnostic::Diagnostic;
use crate::folder::Folder;

pub use edit::{Edit, NoEdit};
pub use imported::{Import, Row, Says, hash};
pub use judging::{judge, take_back};
pub use ledger::{Decision, FILE as LEDGER, Taken};
pub use made::{
    Draft, LARGEST_TEXT, Made, Stated, draft, draft_proposal, free_document, stated, stated_by,
    text_hash,
};
use material::Material;
pub use material::Place;
pub use scenario::{NewScenario, save_scenario};
pub use undone::{redo, undone};
pub use write::{About, NotWritten, Written, accept, refuse, undo};

/// What sort of change is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposalKind {
    /// A quote of the case is no longer in its document.
    Quote,
    /// A number of the text is outside an estimate's range, or newer.
    Estimate,
    /// A leader of an actor is another one.
    Office,
    /// An event that the case's history lacks.
    Event,
    /// A figure of an opinion poll that the case does not have.
    Poll,
    /// What a list won in an election that the case does not have.
    Result,
    /// A source that the case does not have.
    Source,
    /// Another name of an actor.
    Alias,
    /// A name that is no actor yet.
    Actor,
}

impl ProposalKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [ProposalKind; 9] = [
        Self::Quote,
        Self::Estimate,
        Self::Office,
        Self::Event,
        Self::Poll,
        Self::Result,
        Self::Source,
        Self::Alias,
        Self::Actor,
    ];

    /// The word on the command line and at the head of an id.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Estimate => "estimate",
            Self::Office => "office",
            Self::Event => "event",
            Self::Poll => "poll",
            Self::Result => "result",
            Self::Source => "source",
            Self::Alias => "alias",
            Self::Actor => "actor",
        }
    }
}

/// One change the evidence suggests.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// Hash of kind, target, document and span: the same evidence makes the same id.
    pub id: String,
    /// What sort of change.
    pub kind: ProposalKind,
    /// What it is about: a path of the case and what it would become.
    pub target: String,
    /// The change in a line.
    pub title: String,
    /// Actors it is about.
    pub actors: Vec<String>,
    /// Where the evidence says so; the first place is the one that is cited.
    pub places: Vec<Place>,
    /// The rule that made it.
    pub rule: &'static str,
    /// Why the evidence was matched with this part of the case.
    pub why: String,
    /// Sources that say so, near-copies counted once.
    pub independent: usize,
    /// Rank within its kind: more is surer.
    pub weight: u32,
    /// What keeps it from being accepted as it stands.
    pub open: Option<String>,
    /// What accepting it writes.
    #[serde(skip)]
    pub edits: Vec<Edit>,
    /// The same as lines taken out (`-`) and put in (`+`), after the name of each file, once [`preview`] has filled it in; or, after `!`, what has to be
    /// said first.
    pub diff: Vec<String>,
}

type Propose = fn(&Material<'_>) -> Vec<Proposal>;

/// Every kind of proposal and who makes it.
const KINDS: &[(ProposalKind, Propose)] = &[
    (ProposalKind::Quote, quotes::propose),
    (ProposalKind::Estimate, figures::propose),
    (ProposalKind::Office, offices::propose),
    (ProposalKind::Event, events::propose),
    (ProposalKind::Alias, names::aliases),
    (ProposalKind::Actor, names::actors),
    (ProposalKind::Event, imported::violence),
    (ProposalKind::Event, imported::deeds),
    (ProposalKind::Result, imported::results),
    (ProposalKind::Source, imported::sources),
    (ProposalKind::Poll, imported::polls),
    (ProposalKind::Poll, polls::propose),
    (ProposalKind::Alias, imported::aliases),
    (ProposalKind::Actor, imported::actors),
];

/// What the store's evidence suggests about a case, without what was accepted or refused before.
///
/// # Errors
/// What the store says.
pub fn propose(case: &Case, folder: &Folder, store: &Store) -> Result<Vec<Proposal>, StoreError> {
    let material = Material::gather(case, folder, store)?;
    let decided = ledger::decisions(&folder.map).0;
    let mut made = Vec::new();
    let groups = store.copy_groups()?;
    for (_, make) in KINDS {
        made.extend(make(&material));
    }
    let mut all = one_a_matter(made);
    for proposal in &mut all {
        let sources: BTreeSet<usize> =
            proposal.places.iter().filter_map(|p| groups.get(&p.document).copied()).collect();
        proposal.independent = sources.len();
        proposal.id = id(proposal.kind, &proposal.target, &proposal.places);
    }
    all.retain(|p| {
        if decided.is_empty() {
            return true;
        }
        let ids: Vec<String> = p
            .places
            .iter()
            .map(|place| id(p.kind, &p.target, std::slice::from_ref(place)))
            .collect();
        !decided
            .iter()
            .any(|d| ids.contains(&d.id) || d.kind == p.kind.word() && d.target == p.target)
    });
    let mut best: BTreeMap<String, Proposal> = BTreeMap::new();
    for proposal in all {
        best.entry(proposal.id.clone()).or_insert(proposal);
    }
    let mut all: Vec<Proposal> = best.into_values().collect();
    all.sort_by(|a, b| {
        let key =
            |p: &Proposal| (p.kind, std::cmp::Reverse(p.independent), std::cmp::Reverse(p.weight));
        key(a).cmp(&key(b)).then_with(|| a.target.cmp(&b.target))
    });
    Ok(all)
}

/// What would write the same into the same place is one proposal, with all its places.
fn one_a_matter(all: Vec<Proposal>) -> Vec<Proposal> {
    let mut at: BTreeMap<(ProposalKind, String), usize> = BTreeMap::new();
    let mut out: Vec<Proposal> = Vec::new();
    for proposal in all {
        match at.get(&(proposal.kind, proposal.target.clone())) {
            Some(first) => {
                let first = &mut out[*first];
                let new = proposal.places.into_iter().filter(|p| !first.places.contains(p));
                let new: Vec<Place> = new.collect();
                first.places.extend(new);
                first.weight = first.weight.max(proposal.weight);
            }
            None => {
                at.insert((proposal.kind, proposal.target.clone()), out.len());
                out.push(proposal);
            }
        }
    }
    out
}

/// Fills in what accepting each would write, as lines: for those that are shown.
pub fn preview(folder: &Folder, store: &Store, proposals: &mut [Proposal]) {
    let before = write::before(folder);
    for proposal in proposals {
        let known = write::edited(folder, store, proposal, &About::default());
        proposal.diff = match known {
            Ok(texts) => splice::lines(&before, &texts),
            Err(fault) => {
                // What would be written can be shown even if nobody has said yet who published it.
                let about = About { publisher: Some("NAME".to_owned()), ..About::default() };
                let shown = write::edited(folder, store, proposal, &about);
                let mut lines = shown.map_or_else(|_| Vec::new(), |t| splice::lines(&before, &t));
                lines.push(format!("! {fault}"));
                lines
            }
        };
    }
}

/// What was decided, in the order of `decisions.toml`; entries that cannot be read are left out.
#[must_use]
pub fn decided(folder: &Folder) -> Vec<Decision> {
    ledger::decisions(&folder.map).0
}

/// Findings on `decisions.toml`.
pub(crate) fn check(folder: &Folder, findings: &mut Vec<Diagnostic>) {
    findings.extend(ledger::decisions(&folder.map).1);
}

fn id(kind: ProposalKind, target: &str, places: &[Place]) -> String {
    let place = places.first().map(|p| format!("{}|{}|{}", p.document, p.start, p.end));
    let text = format!("{}|{target}|{}", kind.word(), place.unwrap_or_default());
    let hash = blake3::hash(text.as_bytes()).to_hex();
    format!("{}-{}", kind.word(), hash.get(..8).unwrap_or_default())
}
