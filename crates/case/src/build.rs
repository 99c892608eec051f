//! From text to a typed case as of a date, collecting every fault on the way.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::FORMAT;
use crate::ballot::{Aside, InPlay, in_force};
use crate::case::{Case, Head};
use crate::check::care::care;
use crate::check::check;
use crate::contest::ElectionResult;
use crate::diagnostic::{Diagnostic, Severity};
use crate::folder::Folder;
use crate::institution::Assembly;
use crate::source::Source;
use crate::tree::{Kind, Tree};

mod builder;
mod groups;

use builder::Builder;
pub(crate) use builder::typed;

/// What building a case comes to.
#[derive(Debug)]
pub struct Built {
    /// The case, unless a fault stands in the way.
    pub case: Option<Case>,
    /// Everything found, in the order of the files.
    pub findings: Vec<Diagnostic>,
}

impl Built {
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
        for patch in &self.patches {
            crate::patch::apply(&mut tree, patch, &mut faults);
        }
        let mut builder = Builder {
            tree,
            as_of: as_of.unwrap_or(Date::MAX),
            known_by: known_by.unwrap_or(Date::MAX),
            published: BTreeMap::new(),
            beliefs: Vec::new(),
            faults,
            hidden: Vec::new(),
            play: InPlay::default(),
            aside: Aside::default(),
        };
        let head = match builder.tree.kinds.get("case") {
            Some(Kind::Table(node)) => {
                let node = node.clone();
                builder.typed::<Head>(node)
            }
            _ => {
                let message = "there is no [case] table";
                builder.faults.push(
                    Diagnostic::error("missing", 0..0, message).hint("add [case] to case.toml"),
                );
                None
            }
        };
        if let Some(head) = &head {
            if as_of.is_none() {
                (builder.as_of, builder.known_by) = (head.as_of, head.as_of);
            }
            if *head.format.get_ref() != FORMAT {
                let message = format!("format {} is not known here", head.format.get_ref());
                let hint = format!("this version reads format {FORMAT}");
                builder
                    .faults
                    .push(Diagnostic::error("format", head.format.span(), message).hint(hint));
            }
        }
        let all_sources = builder.entries::<Source>();
        let broken = builder.hidden.iter().filter_map(|h| h.strip_prefix("source."));
        builder.published = (all_sources.iter().map(|s| (s.key.get_ref().clone(), s.published)))
            .chain(broken.map(|key| (key.to_owned(), Date::MIN)))
            .collect();
        let (as_of, known_by) = (builder.as_of, builder.known_by);
        let (sources, later): (Vec<_>, Vec<_>) =
            all_sources.into_iter().partition(|s| s.published <= known_by);
        builder.hidden.extend(later.iter().map(|s| format!("source.{}", s.key.get_ref())));
        // What was known of results decides which contest is in play, and that decides what else is.
        let mut results: Vec<ElectionResult> = builder.entries();
        results.retain(|r| r.date <= as_of || known_by <= as_of);
        // An election is coming from the day on which that is known, however much is known of it later.
        builder.known_by = known_by.min(as_of);
        builder.choose_contest(&results);
        builder.known_by = known_by;
        let day = builder.play.day.unwrap_or(as_of);
        let mut assemblies: Vec<Assembly> = builder.one_or_several();
        let assembly = in_force(assemblies.iter(), day).cloned();
        assemblies.retain(|a| Some(a.from) != assembly.as_ref().map(|a| a.from));
        let (districts, aside_districts) = builder.split();
        let (reserved, aside_reserved) = builder.split();
        let (quotas, aside_quotas) = builder.split();
        let (entries, aside_entries) = builder.split();
        let (priors, aside_priors) = builder.split();
        let (candidates, aside_candidates) = builder.split();
        let (preferences, aside_preferences) = builder.split();
        builder.aside.total = builder.play.total;
        let case = Case {
            as_of,
            sources,
            actors: builder.entries(),
            ties: builder.entries(),
            wings: builder.entries(),
            memberships: builder.entries(),
            channels: builder.channels(),
            assembly,
            bodies: builder.entries(),
            districts,
            reserved,
            quotas,
            laws: builder.entries(),
            stages: builder.entries(),
            offices: builder.entries(),
            contest: builder.contest(),
            entries,
            priors,
            results,
            seated: builder.entries(),
            reached: builder.entries(),
            formed: builder.entries(),
            candidates,
            preferences,
            issues: builder.entries(),
            positions: builder.entries(),
            bills: builder.entries(),
            vetoes: builder.entries(),
            holdings: builder.entries(),
            dialogues: builder.entries(),
            agreed: builder.entries(),
            terms: builder.entries(),
            supplies: builder.entries(),
            waivers: builder.entries(),
            designations: builder.entries(),
            revenues: builder.entries(),
            pillars: builder.entries(),
            shocks: builder.entries(),
            effects: builder.entries(),
            visits: builder.entries(),
            segments: builder.entries(),
            favours: builder.entries(),
            polls: builder.entries(),
            narratives: builder.entries(),
            places: builder.entries(),
            weapons: builder.entries(),
            rivalries: builder.entries(),
            campaigns: builder.entries(),
            events: builder.entries(),
            disputes: builder.entries(),
            questions: builder.entries(),
            judgements: crate::judgement::judgements(&self.map, &mut builder.faults),
            processes: builder.processes(),
            groups: builder.groups(),
            forced: std::mem::take(&mut builder.tree.forced),
            beliefs: std::mem::take(&mut builder.beliefs),
            hidden: std::mem::take(&mut builder.hidden),
            aside: Aside {
                assemblies,
                districts: aside_districts,
                reserved: aside_reserved,
                quotas: aside_quotas,
                entries: aside_entries,
                priors: aside_priors,
                candidates: aside_candidates,
                preferences: aside_preferences,
                last_source: builder.published.values().max().copied(),
                ..std::mem::take(&mut builder.aside)
            },
            hash: self.hash(),
            head: match head {
                Some(head) => head,
                None => {
                    return Built { case: None, findings: builder.faults };
                }
            },
        };
        builder.unknown_kinds();
        let mut findings = builder.faults;
        let mut case = case;
        case.move_window();
        case.drop_out_of_date();
        if known_by > as_of {
            case.forget_what_is_known_since();
        }
        let known: Vec<String> = builder.published.into_keys().collect();
        check(&case, self, &known, &mut findings);
        findings.sort_by_key(|f| (f.spot.start, f.severity));
        findings.dedup();
        let sound =
            findings.iter().all(|f| f.severity != Severity::Error || rules.contains(&f.rule));
        Built { case: sound.then_some(case), findings }
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
        self.designations.retain(|d| !later(d.since) || d.hazard.is_some());
        self.bills.retain(|b| !later(b.proposed) || b.hazard.is_some());
        let forget = |date: &mut Option<Date>| *date = date.filter(|d| *d <= day);
        self.pillars.iter_mut().for_each(|p| forget(&mut p.fallen));
        self.designations.iter_mut().for_each(|d| forget(&mut d.since));
        self.designations.retain(|d| d.until.is_none_or(|until| until >= day));
        self.bills.iter_mut().for_each(|b| {
            forget(&mut b.proposed);
            forget(&mut b.settled);
        });
        self.waivers.iter_mut().for_each(|w| w.grants.retain(|g| g.from <= day));
        self.dialogues.iter_mut().for_each(|d| forget(&mut d.until));
        self.holdings.retain(|h| h.since <= day);
        self.reached.retain(|r| r.date <= day);
    }

    /// Looked back on, what happened after the day is known and yet has not happened.
    fn forget_what_is_known_since(&mut self) {
        let day = self.as_of;
        self.events.retain(|e| e.date <= day);
        self.formed.retain(|f| f.date <= day);
    }

    /// Leaves out actors, ties, wings and memberships that are not in force on the as-of date.
    fn drop_out_of_date(&mut self) {
        let day = self.as_of;
        let holds = |since: Option<Date>, until: Option<Date>| {
            since.is_none_or(|s| s <= day) && until.is_none_or(|u| u >= day)
        };
        self.ties.retain(|t| holds(t.since, t.until));
        self.wings.retain(|w| holds(w.since, w.until));
        self.memberships.retain(|m| holds(m.since, m.until));
        let absent = self.actors.iter().filter(|a| !holds(a.since, a.until));
        self.aside.departed =
            absent.map(|a| (a.id.get_ref().clone(), a.until.filter(|u| *u < day))).collect();
        self.actors.retain(|a| holds(a.since, a.until));
        self.forget_what_comes();
        let departed = &self.aside.departed;
        let ended = |id: &toml::Spanned<String>| {
            let (who, until) = departed.iter().find(|(who, _)| who == id.get_ref())?;
            Some((id.span(), who.clone(), (*until)?))
        };
        let ties = self.ties.iter().flat_map(|t| [&t.from, &t.to]);
        let wings = self.wings.iter().flat_map(|w| [&w.faction, &w.list]);
        let members = self.memberships.iter().flat_map(|m| [&m.actor, &m.bloc]);
        self.aside.dangling = ties.chain(wings).chain(members).filter_map(ended).collect();
        // What hangs on an actor that is not yet known, or not there, cannot hold either.
        let mut missing: Vec<String> =
            self.hidden.iter().filter_map(|h| h.strip_prefix("actor.").map(String::from)).collect();
        missing.extend(departed.iter().map(|(id, _)| id.clone()));
        let there: Vec<&str> = self.actors.iter().map(|a| a.id.get_ref().as_str()).collect();
        let gone = |id: &str| !there.contains(&id) && missing.iter().any(|m| m == id);
        self.ties.retain(|t| !gone(t.from.get_ref()) && !gone(t.to.get_ref()));
        self.wings.retain(|w| !gone(w.faction.get_ref()) && !gone(w.list.get_ref()));
        self.memberships.retain(|m| !gone(m.actor.get_ref()) && !gone(m.bloc.get_ref()));
        self.entries.retain(|e| !gone(e.list.get_ref()));
        self.priors.retain(|p| !gone(p.list.get_ref()));
    }
}
