//! From text to a typed case as of a date, collecting every fault on the way.

use std::collections::{BTreeMap, BTreeSet};

use entry::Entry;
use jiff::civil::Date;

use crate::actor::{Actor, ActorKind};
use crate::ballot::{Aside, InPlay, in_force};
use crate::case::Case;
use crate::check::care::care;
use crate::check::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::folder::Folder;
use crate::index::Index;
use crate::kinds::Pile;
use crate::tie::Channel;
use crate::tree::Tree;

pub(crate) mod choosing;
mod groups;
pub(crate) mod resolving;
pub(crate) mod typing;

use choosing::{Choosing, Days, Known};
use resolving::Resolving;
use typing::Typed;
pub(crate) use typing::typed;

/// When the entries of a kind are chosen and numbered. What was known of results decides which contest is in play, and
/// that decides what else is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Sources,
    Results,
    Assemblies,
    /// What belongs to a contest or hangs on the law.
    Ballots,
    /// Actors and what binds them; the channels come after.
    Actors,
    /// All others; the processes come after.
    Others,
    /// Groups, which are of numbered estimates.
    Groups,
}

impl Turn {
    const ALL: [Self; 7] = [
        Self::Sources,
        Self::Results,
        Self::Assemblies,
        Self::Ballots,
        Self::Actors,
        Self::Others,
        Self::Groups,
    ];
}

/// The turn of a kind.
pub(crate) fn turn<T: Entry>() -> Turn {
    match T::KIND {
        "source" => Turn::Sources,
        "result" => Turn::Results,
        "assembly" => Turn::Assemblies,
        _ if T::BALLOT => Turn::Ballots,
        "actor" | "tie" | "wing" | "membership" => Turn::Actors,
        "group" => Turn::Groups,
        _ => Turn::Others,
    }
}

/// What building a case comes to.
#[derive(Debug)]
pub struct Built {
    /// The case, unless a fault stands in the way.
    pub case: Option<Case>,
    /// Everything found, in the order of the files.
    pub findings: Vec<Diagnostic>,
}

impl Built {
    /// A case with what was found, in the order of the files.
    fn of(case: Option<Case>, mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_key(|f| (f.spot.start, f.severity));
        findings.dedup();
        Self { case, findings }
    }

    /// How many findings are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }
}

impl Folder {
    /// Builds the case and adds what only deserves a look.
    ///
    /// Without a date the case is also built as of its last source, so that faults in what is not yet known on the
    /// case's own date are found.
    #[must_use]
    pub fn check(&self, as_of: Option<Date>) -> Built {
        let mut built = self.build(as_of);
        if let Some(case) = &built.case {
            care(case, self, &mut built.findings);
            if as_of.is_none()
                && let Some(last) = case.aside.last_source.filter(|last| *last > case.as_of)
            {
                let later = self.build(Some(last)).findings;
                let later = later.into_iter().filter(|f| f.severity == Severity::Error);
                built.findings.extend(later);
            }
        }
        built.findings.sort_by_key(|f| (f.spot.start, f.severity));
        built.findings.dedup();
        if built.errors() > 0 {
            built.case = None;
        }
        built
    }

    /// Builds the case as of a date (the case's own if none is given) with the folder's patches applied.
    ///
    /// Every fault is collected; the case is there only if no finding is an error.
    #[must_use]
    pub fn build(&self, as_of: Option<Date>) -> Built {
        self.build_despite(as_of, as_of, &[])
    }

    /// Builds the case as it was on a day with what was known on another: estimates, ties, actors and results that
    /// held on `day`, from sources published by `known_by`. With both the same it is [`Folder::build`].
    #[must_use]
    pub fn build_on(&self, day: Date, known_by: Date) -> Built {
        self.build_despite(Some(day), Some(known_by), &[])
    }

    /// The case with all that is known of it, even if quotes of it are gone: proposals mend that.
    #[must_use]
    pub fn build_for_review(&self) -> Option<Case> {
        self.build_despite(Some(Date::MAX), Some(Date::MAX), &["quote"]).case
    }

    /// As [`Folder::build`], but a case is made in spite of errors of the rules named.
    pub(crate) fn build_despite(
        &self,
        as_of: Option<Date>,
        known_by: Option<Date>,
        rules: &[&str],
    ) -> Built {
        let mut faults = self.faults.clone();
        let mut tree = Tree::parse(&self.map, &self.patch_bases(), &self.rows, &mut faults);
        if tree.is_whole() {
            for patch in &self.patches {
                crate::patch::apply(&mut tree, patch, &mut faults);
            }
        } else {
            tree.leave_out_broken();
        }
        let typed = Typed::of(&tree, &mut faults);
        let judgements = crate::judgement::judgements(&self.map, &mut faults);
        let Typed { head: Some(head), mut pile, mut channels, mut processes, unread } = typed
        else {
            return Built::of(None, faults);
        };
        if !tree.is_whole() {
            // Nobody knows what the rest refers to.
            return Built::of(None, faults);
        }

        // entries that cannot be read are there all the same
        let unread_of = |kind: &'static str| {
            unread
                .iter()
                .map(entry::Path::kind)
                .filter(move |(of, _)| *of == kind)
                .map(|(_, key)| key)
        };
        let name = |key: &'_ str| key.rsplit(':').next().map(str::to_owned).unwrap_or_default();
        let broken: Vec<String> = unread_of("district").map(name).collect();
        let districts = pile.districts.iter().map(|held| held.entry.id.get_ref().as_str());
        let districts = districts.chain(broken.iter().map(String::as_str)).collect();
        let sources = pile.sources.iter().map(|held| held.entry.key.get_ref().as_str());
        let sources = sources.chain(unread_of("source")).collect();
        crate::boundary::check(&self.boundaries, &districts, &sources, &mut faults);

        let as_of = as_of.unwrap_or(head.as_of);
        let known_by = known_by.unwrap_or(head.as_of);
        let broken = unread.iter().map(entry::Path::kind).filter(|(kind, _)| *kind == "source");
        let published: BTreeMap<String, Date> = (pile.sources.iter().map(|held| &held.entry))
            .map(|source| (source.key.get_ref().clone(), source.published))
            .chain(broken.map(|(_, key)| (key.to_owned(), Date::MIN)))
            .collect();
        let known = Known { days: Days { as_of, known_by }, published: &published };
        let mut hidden: Vec<String> = unread.into_iter().map(String::from).collect();
        let later = pile.sources.extract_if(.., |held| held.entry.published > known_by);
        hidden.extend(later.map(|held| format!("source.{}", held.key)));

        let mut choosing = Choosing { known, play: InPlay::default(), faults: &mut faults, hidden };
        let mut aside = Pile::default();
        for turn in Turn::ALL {
            pile.choose(&mut aside, &mut choosing, turn);
            match turn {
                Turn::Results => {
                    pile.results.retain(|r| r.entry.date <= as_of || known_by <= as_of);
                    choosing.contest(&pile.contests, tree.count("contest"), &pile.results);
                }
                Turn::Actors => choosing.table(&mut channels),
                Turn::Others => processes.iter_mut().for_each(|(_, table)| choosing.table(table)),
                _ => {}
            }
        }
        let Choosing { play, hidden, .. } = choosing;
        // The other contests from the last written on, as their ballots are looked at.
        let coming = play.coming.as_ref();
        aside.contests =
            pile.contests.extract_if(.., |c| Some(c.entry.id.get_ref()) != coming).collect();
        aside.contests.reverse();
        let day = play.day.unwrap_or(as_of);
        let from = in_force(pile.assemblies.iter().map(|held| &held.entry), day).map(|a| a.from);
        aside.assemblies = pile.assemblies.extract_if(.., |a| Some(a.entry.from) != from).collect();

        let mut resolving = Resolving { known, beliefs: Vec::new() };
        let mut set_aside = Resolving { known, beliefs: Vec::new() };
        for turn in Turn::ALL {
            pile.resolve(&mut resolving, turn);
            aside.resolve(&mut set_aside, turn);
            match turn {
                Turn::Actors => resolving.table(&mut channels),
                Turn::Others => processes.iter_mut().for_each(|(_, table)| resolving.table(table)),
                _ => {}
            }
        }
        let beliefs = resolving.beliefs;
        let mut kinds = pile.entries();
        let groups = groups::correlated(&kinds.grouped, &tree, &beliefs, &mut faults);
        let mut case = Case {
            as_of,
            assembly: kinds.assemblies.pop(),
            contest: kinds.contests.pop(),
            kinds,
            channels: (channels.all.into_iter())
                .filter_map(|(name, estimate)| Some((Channel::named(&name)?, estimate)))
                .collect(),
            judgements,
            processes: (processes.into_iter())
                .map(|(name, estimates)| (name, estimates.all.into_iter().collect()))
                .collect(),
            boundaries: self.boundaries.clone(),
            groups,
            forced: std::mem::take(&mut tree.forced),
            beliefs,
            hidden,
            aside: Aside {
                total: play.total,
                kinds: aside.entries(),
                last_source: published.values().max().copied(),
                beliefs: set_aside.beliefs,
                ..Aside::default()
            },
            hash: self.hash(),
            index: Index::default(),
            head,
        };
        case.move_window();
        case.drop_out_of_date();
        case.index = Index::of(&case.kinds);
        if known_by > as_of {
            case.forget_what_is_known_since();
        }
        let known: Vec<String> = published.into_keys().collect();
        check(&case, self, &known, &mut faults);
        let built = Built::of(Some(case), faults);
        let stands = |f: &Diagnostic| f.severity == Severity::Error && !rules.contains(&f.rule);
        match built.findings.iter().any(stands) {
            true => Built { case: None, ..built },
            false => built,
        }
    }
}

impl Case {
    /// Taken as of another day than its own, a case with a horizon ends that many days later.
    fn move_window(&mut self) {
        if let Some(horizon) = &self.head.horizon
            && self.as_of != self.head.as_of
        {
            let days = jiff::Span::new().try_days(i64::from(*horizon.get_ref()));
            let end = days.ok().and_then(|days| self.as_of.checked_add(days).ok());
            self.head.until = end.unwrap_or(Date::MAX);
        }
    }

    /// What lies after the as-of date in the files has not happened yet.
    fn forget_what_comes(&mut self) {
        let day = self.as_of;
        let later = |date: Option<Date>| date.is_some_and(|d| d > day);
        self.kinds.designations.retain(|d| !later(d.since) || d.hazard.is_some());
        self.kinds.bills.retain(|b| !later(b.proposed) || b.hazard.is_some());
        let forget = |date: &mut Option<Date>| *date = date.filter(|d| *d <= day);
        self.kinds.pillars.iter_mut().for_each(|p| forget(&mut p.fallen));
        self.kinds.designations.iter_mut().for_each(|d| forget(&mut d.since));
        self.kinds.designations.retain(|d| d.until.is_none_or(|until| until >= day));
        self.kinds.bills.iter_mut().for_each(|b| {
            forget(&mut b.proposed);
            forget(&mut b.settled);
        });
        self.kinds.waivers.iter_mut().for_each(|w| w.grants.retain(|g| g.from <= day));
        self.kinds.dialogues.iter_mut().for_each(|d| forget(&mut d.until));
        self.kinds.holdings.retain(|h| h.since <= day);
        self.kinds.reached.retain(|r| r.date <= day);
        self.kinds.sittings.retain(|s| s.date <= day);
    }

    /// Looked back on, what happened after the day is known and yet has not happened.
    fn forget_what_is_known_since(&mut self) {
        let day = self.as_of;
        self.kinds.events.retain(|e| e.date <= day);
        self.kinds.formed.retain(|f| f.date <= day);
    }

    /// Leaves out actors, ties, wings and memberships that are not in force on the as-of date.
    fn drop_out_of_date(&mut self) {
        let day = self.as_of;
        let holds = |since: Option<Date>, until: Option<Date>| {
            since.is_none_or(|s| s <= day) && until.is_none_or(|u| u >= day)
        };
        self.kinds.ties.retain(|t| holds(t.since, t.until));
        self.kinds.wings.retain(|w| holds(w.since, w.until));
        self.kinds.memberships.retain(|m| holds(m.since, m.until));
        let absent = self.kinds.actors.iter().filter(|a| !holds(a.since, a.until));
        self.aside.departed =
            absent.map(|a| (a.id.get_ref().clone(), a.until.filter(|u| *u < day))).collect();
        let late = |a: &&Actor| a.kind == ActorKind::Person && a.until.is_some_and(|u| u < day);
        self.aside.late = self.kinds.actors.iter().filter(late).cloned().collect();
        self.kinds.actors.retain(|a| holds(a.since, a.until));
        self.forget_what_comes();
        let departed = &self.aside.departed;
        let until: BTreeMap<&str, Option<Date>> =
            departed.iter().rev().map(|(who, until)| (who.as_str(), *until)).collect();
        let ended = |id: &toml::Spanned<String>| {
            let until = until.get(id.get_ref().as_str())?;
            Some((id.span(), id.get_ref().clone(), (*until)?))
        };
        let ties = self.kinds.ties.iter().flat_map(|t| [&t.from, &t.to]);
        let wings = self.kinds.wings.iter().flat_map(|w| [&w.faction, &w.list]);
        let members = self.kinds.memberships.iter().flat_map(|m| [&m.actor, &m.bloc]);
        self.aside.dangling = ties.chain(wings).chain(members).filter_map(ended).collect();
        // What hangs on an actor that is not yet known, or not there, cannot hold either.
        let mut missing: Vec<String> =
            self.hidden.iter().filter_map(|h| h.strip_prefix("actor.").map(String::from)).collect();
        missing.extend(departed.iter().map(|(id, _)| id.clone()));
        let there: BTreeSet<&str> =
            self.kinds.actors.iter().map(|a| a.id.get_ref().as_str()).collect();
        let missing: BTreeSet<&str> = missing.iter().map(String::as_str).collect();
        let gone = |id: &str| !there.contains(id) && missing.contains(id);
        self.kinds.ties.retain(|t| !gone(t.from.get_ref()) && !gone(t.to.get_ref()));
        self.kinds.wings.retain(|w| !gone(w.faction.get_ref()) && !gone(w.list.get_ref()));
        self.kinds.memberships.retain(|m| !gone(m.actor.get_ref()) && !gone(m.bloc.get_ref()));
        self.kinds.entries.retain(|e| !gone(e.list.get_ref()));
        self.kinds.priors.retain(|p| !gone(p.list.get_ref()));
    }
}
