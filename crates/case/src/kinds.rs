//! The kinds of entries of a case, in one list. What a kind is, its struct says ([`entry::Entry`]).

use entry::{Entry as _, Key, Kind};

use crate::actor::{Actor, Membership, Wing};
use crate::build::choosing::Choosing;
use crate::build::resolving::Resolving;
use crate::build::typing::{Held, Typing};
use crate::build::{Turn, turn};
use crate::choice::{Anchor, Decided, Decision, Precedent, Wish};
use crate::contest::{
    Candidate, Contest, ElectionResult, Entry, Formed, Preference, Prior, Reached, Seated, Sitting,
};
use crate::decision::{Agreed, Bill, Dialogue, Holding, Term, Veto};
use crate::economy::{Designation, Revenue, Supply, Waiver};
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
use crate::tie::Tie;
use crate::tree::{Node, piece};

macro_rules! kinds {
    ($($(#[$doc:meta])* $field:ident: $kind:ty,)*) => {
        /// All kinds.
        pub const KINDS: &[Kind] = &[$(Kind::of::<$kind>()),*];

        /// The entries of a case that are in play, kind by kind.
        #[derive(Debug, Clone, Default)]
        pub struct Kinds {
            $($(#[$doc])* pub $field: Vec<$kind>,)*
        }

        impl Kinds {
            /// What two cases must have alike for a place in a list of the one to mean the same in the other: the number
            /// of entries of each kind that runs have in lists, and their ids where they have them.
            #[must_use]
            pub fn likeness(&self) -> Vec<(&'static str, usize, Vec<&str>)> {
                let mut all = Vec::new();
                $(if !<$kind>::RECORD {
                    let ids = self.$field.iter().filter_map(|entry| entry.id());
                    let ids = ids.map(|id| id.get_ref().as_str()).collect();
                    all.push((<$kind>::KIND, self.$field.len(), ids));
                })*
                all
            }
        }

        /// Entries with their keys and places, before they are numbered.
        #[derive(Default)]
        pub(crate) struct Pile {
            $(pub $field: Vec<Held<$kind>>,)*
        }

        impl Pile {
            /// All entries of a case that can be read.
            pub fn typed(typing: &mut Typing<'_>) -> Self {
                Self { $($field: typing.kind(),)* }
            }

            /// Leaves what is in play of the kinds whose turn it is; what belongs to other contests and laws goes to the
            /// second pile.
            pub fn choose(&mut self, aside: &mut Self, choosing: &mut Choosing<'_>, now: Turn) {
                $(if turn::<$kind>() == now {
                    choosing.kind(&mut self.$field, &mut aside.$field);
                })*
            }

            /// Numbers the estimates of the kinds whose turn it is.
            pub fn resolve(&mut self, resolving: &mut Resolving<'_>, now: Turn) {
                $(if turn::<$kind>() == now {
                    self.$field.iter_mut().for_each(|held| resolving.entry(held));
                })*
            }

            /// The entries alone.
            pub fn entries(self) -> Kinds {
                Kinds { $($field: self.$field.into_iter().map(|held| held.entry).collect(),)* }
            }
        }
    };
}

// A line a kind. The order is that in which differences are told, and within a turn that in which estimates are
// numbered.
kinds! {
    /// Sources published by then.
    sources: Source,
    /// Actors.
    actors: Actor,
    /// Ties in force.
    ties: Tie,
    /// Factions and their lists.
    wings: Wing,
    /// Members of blocs.
    memberships: Membership,
    /// Assemblies; that in force is [`crate::Case::assembly`].
    assemblies: Assembly,
    /// The bodies that can be measured.
    bodies: Body,
    /// Districts.
    districts: District,
    /// Seats not contested between lists.
    reserved: Reserved,
    /// Seats that only a community's members can hold.
    quotas: SeatQuota,
    /// Electoral laws by date.
    laws: Law,
    /// The steps of forming a government, in order.
    stages: Stage,
    /// Offices.
    offices: Office,
    /// Contests; that in play is [`crate::Case::contest`].
    contests: Contest,
    /// The lists in the contest.
    entries: Entry,
    /// What the lists may expect.
    priors: Prior,
    /// Past results.
    results: ElectionResult,
    /// Seats that changed hands between elections.
    seated: Seated,
    /// Stages that were reached on the way to a government.
    reached: Reached,
    /// Sittings that came to nothing on that way.
    sittings: Sitting,
    /// Past formations.
    formed: Formed,
    /// Who may lead the government.
    candidates: Candidate,
    /// What actors think of them.
    preferences: Preference,
    /// Issues.
    issues: Issue,
    /// Positions on them.
    positions: Position,
    /// Bills and decrees that may come.
    bills: Bill,
    /// Who can stop what.
    vetoes: Veto,
    /// Decisions that may be taken.
    decisions: Decision,
    /// What was decided.
    decided: Decided,
    /// What actors make of their alternatives.
    wishes: Wish,
    /// Settled decisions from which it is learned how far wishes carry.
    precedents: Precedent,
    /// How far they carry.
    anchors: Anchor,
    /// Who holds or held which office.
    holdings: Holding,
    /// Talks between states.
    dialogues: Dialogue,
    /// What dialogues came to.
    agreed: Agreed,
    /// What their agreements move.
    terms: Term,
    /// Flows of goods on which somebody depends.
    supplies: Supply,
    /// Leave to trade under sanctions.
    waivers: Waiver,
    /// Sanctions in force and possible.
    designations: Designation,
    /// What actors live on.
    revenues: Revenue,
    /// Patrons' footholds elsewhere.
    pillars: Pillar,
    /// Events from outside.
    shocks: Shock,
    /// What the shocks do.
    effects: Effect,
    /// Who visits whom.
    visits: Visit,
    /// Parts of the population.
    segments: Segment,
    /// What they make of actors.
    favours: Favour,
    /// Polls.
    polls: Poll,
    /// What is told about whom.
    narratives: Narrative,
    /// Places.
    places: Place,
    /// Weapons with a reach.
    weapons: Weapon,
    /// Rivalries.
    rivalries: Rivalry,
    /// Attacks in the course of rivalries.
    campaigns: Campaign,
    /// Estimates that err together, as written; as runs draw them they are [`crate::Case::groups`].
    grouped: Group,
    /// What happened.
    events: Event,
    /// Figures on which sources disagree.
    disputes: Dispute,
    /// Questions asked of the future.
    questions: Question,
}

/// The kind of that name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The key of an entry of the tree.
pub(crate) fn key_of(name: &str, entry: &Node<'_>) -> Option<Key> {
    kind(name)?.key_of(|field| piece(entry, field))
}
