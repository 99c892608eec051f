//! A case as it stands on an as-of date: typed, resolved, and free of anything published later.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use entry::{Estimate, Written};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::actor::Actor;
use crate::ballot::Aside;
use crate::contest::{Contest, ElectionResult, Seated};
use crate::estimate::Belief;
use crate::group::Correlated;
use crate::index::Index;
use crate::institution::Assembly;
use crate::judgement::Judgement;
use crate::kinds::Kinds;
use crate::patch::Forced;
use crate::source::Source;
use crate::tie::Channel;

/// The head of a case: `[case]` in `case.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The version of the format.
    #[schemars(with = "u32")]
    pub format: Spanned<u32>,
    /// The title of the brief, and what reference classes call the country.
    pub title: String,
    /// What the case is about, in a sentence or two.
    pub summary: String,
    /// The actor that is the contested state.
    #[schemars(with = "String")]
    pub state: Spanned<String>,
    /// The as-of date if the command line gives none.
    pub as_of: Date,
    /// The last day that is simulated. In a built case as of another day than the case's own this is that day and
    /// `horizon` days more, if the case gives a horizon.
    pub until: Date,
    /// How many days are simulated where the case is taken as of another day than its own.
    #[schemars(with = "Option<u32>")]
    pub horizon: Option<Spanned<u32>>,
    /// After how many days without a look a value is called stale; a year if not given.
    #[schemars(with = "Option<u32>")]
    pub stale_after: Option<Spanned<u32>>,
    /// The processes in play, in the order in which they step.
    #[schemars(with = "Vec<String>")]
    pub processes: Vec<Spanned<String>>,
    /// The body whose decision is measured if the command line names none.
    #[schemars(with = "String")]
    pub body: Spanned<String>,
    /// Actors whose sway the brief is about.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub focus: Vec<Spanned<String>>,
}

/// A contested state as known on a date. Its entries are [`Kinds`], which a case can be read as.
#[derive(Debug, Clone)]
pub struct Case {
    /// The head.
    pub head: Head,
    /// The last day of information.
    pub as_of: Date,
    /// The entries in play.
    pub kinds: Kinds,
    /// The assembly.
    pub assembly: Option<Assembly>,
    /// The election in play: the coming one, or one that was held and whose result is not known.
    pub contest: Option<Contest>,
    /// The weights of the channels.
    pub channels: BTreeMap<Channel, Estimate>,
    /// Who was judged to be whom, in the order of the file.
    pub judgements: Vec<Judgement>,
    /// The parameters of the processes: `[process.NAME]`.
    pub processes: BTreeMap<String, BTreeMap<String, Estimate>>,
    /// All estimates as of the date; an [`Estimate`]'s `id` is its place here.
    pub beliefs: Vec<Belief>,
    /// Where its districts lie.
    pub boundaries: std::sync::Arc<Vec<crate::boundary::Boundary>>,
    /// Groups of beliefs that err together.
    pub groups: Vec<Correlated>,
    /// What scenarios make happen on a day. A forced shock has that day as its date as well.
    pub forced: Vec<Forced>,
    /// What is not yet known on the as-of date, by path.
    pub hidden: Vec<String>,
    /// What belongs to other contests and laws than those in play.
    pub(crate) aside: Aside,
    /// Where its actors and sources stand.
    pub(crate) index: Index,
    /// BLAKE3 of every file of the case, as hex.
    pub hash: String,
}

impl Deref for Case {
    type Target = Kinds;

    fn deref(&self) -> &Kinds {
        &self.kinds
    }
}

impl DerefMut for Case {
    fn deref_mut(&mut self) -> &mut Kinds {
        &mut self.kinds
    }
}

/// A case whose newest source is older than this many days is said to be so: a quarter of a year (*Judged*).
const QUIET: i32 = 92;

impl Case {
    /// The belief in force for an estimate of this case.
    #[must_use]
    pub fn belief(&self, estimate: &Written) -> &Belief {
        &self.beliefs[estimate.id]
    }

    /// An actor by id.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(self.actor_index(id)?)
    }

    /// The place of an actor in `actors`.
    #[must_use]
    pub fn actor_index(&self, id: &str) -> Option<usize> {
        self.index.actor(id)
    }

    /// A source by key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(self.index.source(key)?)
    }

    /// The day of the newest source, where it is months older than the as-of date: what happened since is not in the case.
    #[must_use]
    pub fn quiet_since(&self) -> Option<Date> {
        let newest = self.sources.iter().map(|source| source.published).max()?;
        let days = self.as_of.since(newest).ok()?.get_days();
        (days > QUIET).then_some(newest)
    }

    /// The day of the last national election whose result is known on the as-of date.
    #[must_use]
    pub fn last_result(&self) -> Option<Date> {
        self.results.iter().filter(|r| r.district.is_none()).map(|r| r.date).max()
    }

    /// Whether a government is yet to be formed: after the election in play, or after the last one if no government
    /// that was formed since is known.
    #[must_use]
    pub fn formation_pending(&self) -> bool {
        let last = match &self.contest {
            Some(contest) if *contest.date.get_ref() > self.as_of => return true,
            Some(contest) => Some(*contest.date.get_ref()),
            None => self.last_result(),
        };
        !self.formed.iter().any(|f| last.is_some_and(|d| f.date >= d) && f.confidence <= self.as_of)
    }

    /// The seats of the sitting assembly: the national results of the last election known on the date, and for a list
    /// whose seats changed since, what it was last known to hold.
    #[must_use]
    pub fn sitting(&self) -> Vec<(&str, u32)> {
        let Some(last) = self.last_result() else {
            return Vec::new();
        };
        let of_last = |r: &&ElectionResult| r.date == last && r.district.is_none();
        let mut seats: Vec<(&str, u32)> = (self.results.iter().filter(of_last))
            .filter_map(|r| Some((r.list.get_ref().as_str(), r.seats?)))
            .collect();
        let election = self.results.iter().find(of_last).map(|r| r.election.get_ref());
        let mut changes: Vec<&Seated> = (self.seated.iter())
            .filter(|s| Some(s.election.get_ref()) == election && s.since <= self.as_of)
            .collect();
        changes.sort_by_key(|s| s.since);
        for change in changes {
            let id = change.list.get_ref().as_str();
            match seats.iter_mut().find(|(list, _)| *list == id) {
                Some((_, held)) => *held = change.seats,
                None => seats.push((id, change.seats)),
            }
        }
        seats
    }

    /// How far the formation in hand is known to have come by the as-of date.
    #[must_use]
    pub fn progress(&self) -> Advance {
        let election = self.election_in_hand();
        let mut advance = Advance::default();
        let candidate =
            |id: &str| self.candidates.iter().position(|c| c.id.get_ref().as_str() == id);
        let mut gap = false;
        for stage in &self.stages {
            let found = self.reached.iter().find(|r| {
                Some(r.election.get_ref()) == election
                    && r.stage.get_ref() == stage.id.get_ref()
                    && r.date <= self.as_of
            });
            gap |= found.is_none();
            let Some(found) = found else { continue };
            if !gap {
                advance.days.push(found.date);
            }
            if let Some(named) = &found.candidate {
                advance.nominee = candidate(named.get_ref());
            }
            for name in found.failed.iter().filter_map(|id| candidate(id.get_ref())) {
                if !advance.failed.contains(&name) {
                    advance.failed.push(name);
                }
            }
        }
        let Some(stage) = self.stages.get(advance.days.len()) else { return advance };
        let held = self.sittings.iter().filter(|s| {
            Some(s.election.get_ref()) == election && s.stage.get_ref() == stage.id.get_ref()
        });
        for sitting in held {
            advance.sittings += 1;
            advance.broken += u32::from(!sitting.quorum);
        }
        advance
    }

    /// The election after which a government is being formed: the one in play, or the last with a result.
    fn election_in_hand(&self) -> Option<&String> {
        if let Some(contest) = &self.contest {
            return Some(contest.id.get_ref());
        }
        let last = self.last_result();
        let national = |r: &&ElectionResult| Some(r.date) == last && r.district.is_none();
        self.results.iter().find(national).map(|r| r.election.get_ref())
    }
}

/// How far forming a government has come before a run begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advance {
    /// The day of each stage that was reached, without a gap from the first on.
    pub days: Vec<Date>,
    /// Who has been named, by place among the candidates: also where that was done ahead of its turn.
    pub nominee: Option<usize>,
    /// Those who were named before and failed.
    pub failed: Vec<usize>,
    /// Sittings for the next stage that came to nothing.
    pub sittings: u32,
    /// Those of them that lacked a quorum.
    pub broken: u32,
}
