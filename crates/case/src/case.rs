//! A case as it stands on an as-of date: typed, resolved, and free of anything published later.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::actor::{Actor, Membership, Wing};
use crate::contest::{Candidate, Contest, ElectionResult, Entry, Formed, Preference, Prior};
use crate::estimate::{Belief, Estimate};
use crate::history::{Dispute, Event, Question};
use crate::institution::{Assembly, Body, District, Law, Office, Reserved, Stage};
use crate::issue::{Issue, Position};
use crate::judgement::Judgement;
use crate::source::Source;
use crate::tie::{Channel, Tie};

/// The head of a case: `[case]` in `case.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The version of the format.
    pub format: Spanned<u32>,
    /// The title of the brief.
    pub title: String,
    /// What the case is about, in a sentence or two.
    pub summary: String,
    /// The actor that is the contested state.
    pub state: Spanned<String>,
    /// The as-of date if the command line gives none.
    pub as_of: Date,
    /// The last day that is simulated.
    pub until: Date,
    /// The processes in play, in the order in which they step.
    pub processes: Vec<Spanned<String>>,
    /// The body whose decision is measured if the command line names none.
    pub body: Spanned<String>,
    /// Actors whose sway the brief is about.
    #[serde(default)]
    pub focus: Vec<Spanned<String>>,
}

/// A contested state as known on a date.
#[derive(Debug, Clone)]
pub struct Case {
    /// The head.
    pub head: Head,
    /// The last day of information.
    pub as_of: Date,
    /// Sources published by then.
    pub sources: Vec<Source>,
    /// Actors.
    pub actors: Vec<Actor>,
    /// Ties in force.
    pub ties: Vec<Tie>,
    /// Factions and their lists.
    pub wings: Vec<Wing>,
    /// Members of blocs.
    pub memberships: Vec<Membership>,
    /// The weights of the channels.
    pub channels: BTreeMap<Channel, Estimate>,
    /// The assembly.
    pub assembly: Option<Assembly>,
    /// The bodies that can be measured.
    pub bodies: Vec<Body>,
    /// Districts.
    pub districts: Vec<District>,
    /// Seats not contested between lists.
    pub reserved: Vec<Reserved>,
    /// Electoral laws by date.
    pub laws: Vec<Law>,
    /// The steps of forming a government, in order.
    pub stages: Vec<Stage>,
    /// Offices.
    pub offices: Vec<Office>,
    /// The coming election.
    pub contest: Option<Contest>,
    /// The lists in it.
    pub entries: Vec<Entry>,
    /// What the lists may expect.
    pub priors: Vec<Prior>,
    /// Past results.
    pub results: Vec<ElectionResult>,
    /// Past formations.
    pub formed: Vec<Formed>,
    /// Who may lead the government.
    pub candidates: Vec<Candidate>,
    /// What actors think of them.
    pub preferences: Vec<Preference>,
    /// Issues.
    pub issues: Vec<Issue>,
    /// Positions on them.
    pub positions: Vec<Position>,
    /// What happened.
    pub events: Vec<Event>,
    /// Figures on which sources disagree.
    pub disputes: Vec<Dispute>,
    /// Questions asked of the future.
    pub questions: Vec<Question>,
    /// Who was judged to be whom, in the order of the file.
    pub judgements: Vec<Judgement>,
    /// The parameters of the processes: `[process.NAME]`.
    pub processes: BTreeMap<String, BTreeMap<String, Estimate>>,
    /// All estimates as of the date; an [`Estimate`]'s `id` is its place here.
    pub beliefs: Vec<Belief>,
    /// What is not yet known on the as-of date, by path.
    pub hidden: Vec<String>,
    /// BLAKE3 of every file of the case, as hex.
    pub hash: String,
}

impl Case {
    /// The belief in force for an estimate of this case.
    #[must_use]
    pub fn belief(&self, estimate: &Estimate) -> &Belief {
        &self.beliefs[estimate.id]
    }

    /// An actor by id.
    #[must_use]
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|a| a.id.get_ref() == id)
    }

    /// The place of an actor in [`Case::actors`].
    #[must_use]
    pub fn actor_index(&self, id: &str) -> Option<usize> {
        self.actors.iter().position(|a| a.id.get_ref() == id)
    }

    /// A source by key.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.key.get_ref() == key)
    }

    /// The seats of the sitting assembly: the national results of the last election known on the date.
    #[must_use]
    pub fn sitting(&self) -> Vec<(&str, u32)> {
        let Some(last) = self.results.iter().filter(|r| r.district.is_none()).map(|r| r.date).max()
        else {
            return Vec::new();
        };
        self.results
            .iter()
            .filter(|r| r.date == last && r.district.is_none())
            .filter_map(|r| Some((r.list.get_ref().as_str(), r.seats?)))
            .collect()
    }
}
