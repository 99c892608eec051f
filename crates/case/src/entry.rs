//! What all entries of a case have in common: a kind, sources, and estimates that are resolved on a date.
//!
//! The macro's list at the foot is the one place that says which fields of which entry are estimates.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::actor::{Actor, Membership, Wing};
use crate::contest::{Candidate, Contest, ElectionResult, Entry, Formed, Preference, Prior};
use crate::decision::{Bill, Dialogue, Holding, Veto};
use crate::diagnostic::Diagnostic;
use crate::economy::{Designation, Revenue, Supply, Waiver};
use crate::estimate::{Belief, Dated, Estimate};
use crate::form::fields_of;
use crate::group::Group;
use crate::history::{Dispute, Event};
use crate::institution::{Assembly, Body, District, Office, Reserved, Stage};
use crate::issue::{Issue, Position};
use crate::law::{Law, SeatQuota};
use crate::opinion::{Favour, Narrative, Poll, Segment};
use crate::question::Question;
use crate::region::{Effect, Pillar, Shock, Visit};
use crate::rivalry::{Campaign, Place, Rivalry, Weapon};
use crate::source::Source;
use crate::statement::{check_statement, contradicted};
use crate::tie::Tie;

/// An entry of a case file.
pub(crate) trait CaseEntry: DeserializeOwned {
    /// The top-level name under which it stands.
    const KIND: &'static str;
    /// The fields that are estimates.
    #[cfg(test)]
    const ESTIMATES: &'static [&'static str];
    /// The sources of the entry itself, apart from those of its estimates.
    fn sources(&self) -> &[Spanned<String>];
    /// The contest it belongs to, for kinds that belong to one: named, or left open where there is but one.
    fn contest(&self) -> Option<Option<&Spanned<String>>> {
        None
    }
    /// The laws under which it holds, for kinds that hang on the law; none means every law.
    fn laws(&self) -> &[Spanned<String>] {
        &[]
    }
    /// Resolves the entry's estimates on the as-of date.
    fn resolve(&mut self, key: &str, resolver: &mut Resolver<'_>);
}

/// Turns written estimates into the beliefs in force on the as-of date and numbers them.
pub(crate) struct Resolver<'a> {
    pub as_of: Date,
    pub known_by: Date,
    pub published: &'a BTreeMap<String, Date>,
    pub beliefs: &'a mut Vec<Belief>,
    pub faults: &'a mut Vec<Diagnostic>,
    /// Whether a required estimate of the entry in hand is not yet known.
    pub hidden: bool,
}

impl Resolver<'_> {
    /// Whether a statement could be known by the day given for it: one of its sources was out, or it is a judgement.
    fn known(&self, dated: &Dated) -> bool {
        let keys = &dated.source.0;
        keys.is_empty()
            || keys
                .iter()
                .any(|k| self.published.get(k.get_ref()).is_none_or(|d| *d <= self.known_by))
    }

    fn belief(&mut self, estimate: &mut Estimate, path: String) -> bool {
        let as_of = self.as_of;
        for dated in &estimate.dated {
            check_statement(dated, estimate, &path, self.published, self.faults);
        }
        let known: Vec<&Dated> = estimate.dated.iter().filter(|d| self.known(d)).collect();
        contradicted(&known, &estimate.spot, &path, as_of, self.faults);
        let in_force = estimate
            .dated
            .iter()
            .filter(|d| self.known(d))
            .filter(|d| d.from.is_none_or(|from| from <= as_of))
            .filter(|d| d.to.is_none_or(|to| to >= as_of))
            .max_by_key(|d| d.from);
        let Some(dated) = in_force else { return false };
        estimate.id = self.beliefs.len();
        let mut belief = Belief::of(dated, path, estimate.spot.clone());
        // A source that came out later may confirm a value, but it was not there to be cited.
        let written = belief.sources.len();
        let known_by = self.known_by;
        belief.sources.retain(|key| self.published.get(key).is_none_or(|d| *d <= known_by));
        belief.withheld = belief.sources.len() < written;
        self.beliefs.push(belief);
        true
    }

    pub(crate) fn required(&mut self, path: String, estimate: &mut Estimate) {
        if !self.belief(estimate, path) {
            self.hidden = true;
        }
    }

    pub(crate) fn optional(&mut self, path: String, estimate: &mut Option<Estimate>) {
        let known = estimate.as_mut().is_none_or(|e| self.belief(e, path));
        if !known {
            *estimate = None;
        }
    }
}

macro_rules! entries {
    ($($entry:ident $kind:literal [$($sources:ident)?] [$($required:ident)*] [$($optional:ident)*]
        $(of $contest:ident)? $(under $laws:ident)?;)*) => {$(
        impl CaseEntry for $entry {
            const KIND: &'static str = $kind;
            #[cfg(test)]
            const ESTIMATES: &'static [&'static str] =
                &[$(stringify!($required),)* $(stringify!($optional),)*];
            fn sources(&self) -> &[Spanned<String>] {
                $(return &self.$sources.0;)?
                #[allow(unreachable_code)]
                &[]
            }
            $(fn contest(&self) -> Option<Option<&Spanned<String>>> {
                Some(self.$contest.as_ref())
            })?
            $(fn laws(&self) -> &[Spanned<String>] {
                &self.$laws.0
            })?
            #[allow(unused_variables)]
            fn resolve(&mut self, key: &str, resolver: &mut Resolver<'_>) {
                let at = if key.is_empty() { $kind.to_owned() } else { format!("{}.{key}", $kind) };
                $(resolver.required(format!("{at}.{}", stringify!($required)), &mut self.$required);)*
                $(resolver.optional(format!("{at}.{}", stringify!($optional)), &mut self.$optional);)*
            }
        }
    )*
        /// The fields of each kind that are estimates.
        #[cfg(test)]
        pub(crate) const ESTIMATES: &[(&str, &[&str])] = &[
            (Group::KIND, Group::ESTIMATES),
            $(($entry::KIND, $entry::ESTIMATES),)*
        ];

        /// The kinds of entries, each with its fields in the order in which they are declared.
        pub(crate) fn field_orders() -> Vec<(&'static str, &'static [&'static str])> {
            vec![
                $(($entry::KIND, fields_of::<$entry>()),)*
                (Group::KIND, fields_of::<Group>()),
            ]
        }

        /// The kinds of entries in the order of the list below, each with its schema.
        pub(crate) fn schemas(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)> {
            vec![
                $(($entry::KIND, generator.subschema_for::<$entry>()),)*
                (Group::KIND, generator.subschema_for::<Group>()),
            ]
        }
    };
}

// Entry, kind, the field of its own sources, required estimates, optional estimates; the field that says of which
// contest it is, the field that says under which laws it holds.
entries! {
    Source "source" [] [] [];
    Actor "actor" [source] [] [autonomy];
    Wing "wing" [source] [] [];
    Membership "membership" [source] [cohesion] [];
    Tie "tie" [source] [bandwidth dependence] [];
    Assembly "assembly" [source] [] [];
    Body "body" [source] [] [];
    District "district" [source] [fringe fringe_lists] [] under laws;
    Reserved "reserved" [source] [] [] under laws;
    SeatQuota "quota" [source] [] [] under laws;
    Law "law" [source] [] [nomination evenness];
    Stage "stage" [source] [days] [];
    Office "office" [source] [points] [vacancy];
    Contest "contest" [source] [electorate turnout] [];
    Entry "entry" [source] [] [abstain nomination evenness] of contest;
    Prior "prior" [] [share] [] of contest;
    ElectionResult "result" [source] [] [];
    Formed "formed" [source] [] [];
    Candidate "candidate" [source] [appeal] [] of contest;
    Preference "preference" [] [value] [threat] of contest;
    Issue "issue" [source] [] [status_quo];
    Position "position" [] [position salience] [capability];
    Bill "bill" [source] [position status_quo] [hazard];
    Veto "veto" [source] [strength] [];
    Holding "holding" [source] [] [];
    Dialogue "dialogue" [source] [interval rounds] [];
    Supply "supply" [source] [value share substitute cut days] [];
    Waiver "waiver" [source] [renewal] [];
    Designation "designation" [source] [] [hazard];
    Revenue "revenue" [source] [value exposed] [];
    Pillar "pillar" [source] [weight hazard] [];
    Shock "shock" [source] [] [hazard days];
    Effect "effect" [] [by] [];
    Visit "visit" [source] [rate restraint] [];
    Segment "segment" [source] [share] [protest];
    Favour "favour" [] [value] [];
    Poll "poll" [source] [percent] [];
    Narrative "narrative" [source] [slant reach] [];
    Place "place" [source] [] [];
    Weapon "weapon" [source] [range] [];
    Rivalry "rivalry" [source] [rung rise calm] [];
    Campaign "campaign" [source] [rate branching heat] [];
    Event "event" [source] [] [];
    Dispute "dispute" [] [] [];
    Question "question" [source] [] [];
}
