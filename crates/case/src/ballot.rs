//! Several contests in one folder: which of them is in play on the as-of date, and what belongs to each.
//!
//! In play is the earliest contest dated after the as-of date that is known on it; if there is none, the latest
//! that was held and whose result is not known; else none. Of entries and priors only those of the contest in play
//! count. Candidates and preferences of the last contest stay when it is over, because a government may still be
//! forming. Districts, reserved seats and quotas go by the law of that contest.

use entry::{Contested, Keys, Name};
use jiff::civil::Date;

use crate::actor::Actor;
use crate::case::Case;
use crate::contest::{Candidate, Contest, ElectionResult, Entry, Preference, Prior};
use crate::estimate::Belief;
use crate::institution::{Assembly, District, Reserved};
use crate::kinds::Kinds;
use crate::law::SeatQuota;
use crate::source_map::Spot;

/// What belongs to contests and laws that are not in play: checked like the rest, but no run sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aside {
    /// How many contests the files hold, known yet or not.
    pub total: usize,
    /// The entries: assemblies of other times, other contests and what is of them, what holds under other laws.
    pub kinds: Kinds,
    /// When the last source of the files came out, known yet or not.
    pub last_source: Option<Date>,
    /// Actors that are not there on the as-of date, each with the day it ceased to be, if it did.
    pub departed: Vec<(String, Option<Date>)>,
    /// Persons among them that have ceased to be: documents still name them.
    pub late: Vec<Actor>,
    /// Ties and memberships in force whose actor has ceased to be: where they stand, who, and when.
    pub dangling: Vec<(Spot, String, Date)>,
    /// The beliefs of all these; their estimates' ids are not places in [`Case::beliefs`].
    pub beliefs: Vec<Belief>,
}

/// Which contest is in play, and which was the last if none is.
#[derive(Debug, Clone, Default)]
pub(crate) struct InPlay {
    /// How many contests the files hold.
    pub total: usize,
    /// The contest in play.
    pub coming: Option<String>,
    /// That one, or the last that was held.
    pub last: Option<String>,
    /// The law of the latter.
    pub law: Option<String>,
    /// The day whose assembly counts.
    pub day: Option<Date>,
}

impl InPlay {
    /// Chooses among the contests known on a date; `total` are all in the files.
    pub fn choose(
        known: &[&Contest],
        total: usize,
        results: &[&ElectionResult],
        as_of: Date,
    ) -> Self {
        let day = |c: &&&Contest| *c.date.get_ref();
        let counted = |c: &&&Contest| {
            results.iter().any(|r| r.date == *c.date.get_ref() && r.district.is_none())
        };
        let coming = known
            .iter()
            .filter(|c| day(c) > as_of)
            .min_by_key(day)
            .or_else(|| known.iter().filter(|c| !counted(c)).max_by_key(day));
        let last = coming.or_else(|| known.iter().max_by_key(day));
        let id = |c: &&Contest| c.id.get_ref().clone();
        Self {
            total,
            coming: coming.map(id),
            last: last.map(id),
            law: last.map(|c| c.law.get_ref().clone()),
            day: coming.as_ref().map(day),
        }
    }

    /// Whether what belongs to a contest is in play; `stays` if it outlives the contest.
    pub fn holds(&self, contest: Contested<'_>, stays: bool) -> bool {
        let chosen = if stays { &self.last } else { &self.coming };
        match contest {
            Contested::Never => true,
            Contested::In(contest) => Some(contest.get_ref()) == chosen.as_ref(),
            // Where there is but one contest it need not be named; of several, check asks for the name.
            Contested::Unsaid => self.total == 0 || self.total == 1 && (stays || chosen.is_some()),
        }
    }

    /// Whether what holds under some laws is in play.
    pub fn lawful(&self, laws: &[Name]) -> bool {
        laws.is_empty()
            || self.law.as_ref().is_none_or(|law| laws.iter().any(|l| l.get_ref() == law))
    }
}

/// One contest with what belongs to it.
pub(crate) struct Ballot<'a> {
    /// The contest; none where a case has none.
    pub contest: Option<&'a Contest>,
    /// The assembly it fills.
    pub assembly: Option<&'a Assembly>,
    /// Its districts.
    pub districts: Vec<&'a District>,
    /// Its reserved seats.
    pub reserved: Vec<&'a Reserved>,
    /// Its quotas.
    pub quotas: Vec<&'a SeatQuota>,
    /// Its entries.
    pub entries: Vec<&'a Entry>,
    /// Its priors.
    pub priors: Vec<&'a Prior>,
    /// Its candidates.
    pub candidates: Vec<&'a Candidate>,
    /// Its preferences.
    pub preferences: Vec<&'a Preference>,
}

impl Case {
    /// Every assembly of the files that is known.
    pub(crate) fn assemblies(&self) -> impl Iterator<Item = &Assembly> {
        self.assembly.iter().chain(&self.aside.kinds.assemblies)
    }

    /// Every contest known on the as-of date with what belongs to it; one without a contest if there is none.
    pub(crate) fn ballots(&self) -> Vec<Ballot<'_>> {
        let aside = &self.aside.kinds;
        let mut contests: Vec<Option<&Contest>> =
            self.contest.iter().chain(&aside.contests).map(Some).collect();
        if contests.is_empty() {
            contests.push(None);
        }
        contests.into_iter().map(|contest| self.ballot(contest)).collect()
    }

    fn ballot<'a>(&'a self, contest: Option<&'a Contest>) -> Ballot<'a> {
        let (aside, total) = (&self.aside.kinds, self.aside.total);
        let mine = |of: &Option<Name>| match (of, contest) {
            (Some(of), Some(contest)) => of.get_ref() == contest.id.get_ref(),
            (Some(_), None) => false,
            (None, _) => total <= 1,
        };
        let lawful = |laws: &Keys| {
            let named = |law: &str| laws.0.iter().any(|l| l.get_ref() == law);
            laws.0.is_empty() || contest.is_none_or(|c| named(c.law.get_ref()))
        };
        let day = contest.map_or(self.as_of, |c| *c.date.get_ref());
        let districts = self.districts.iter().chain(&aside.districts);
        let reserved = self.reserved.iter().chain(&aside.reserved);
        let quotas = self.quotas.iter().chain(&aside.quotas);
        let entries = self.entries.iter().chain(&aside.entries);
        let priors = self.priors.iter().chain(&aside.priors);
        let candidates = self.candidates.iter().chain(&aside.candidates);
        let preferences = self.preferences.iter().chain(&aside.preferences);
        Ballot {
            contest,
            assembly: in_force(self.assemblies(), day),
            districts: districts.filter(|d| lawful(&d.laws)).collect(),
            reserved: reserved.filter(|r| lawful(&r.laws)).collect(),
            quotas: quotas.filter(|q| lawful(&q.laws)).collect(),
            entries: entries.filter(|e| mine(&e.contest)).collect(),
            priors: priors.filter(|p| mine(&p.contest)).collect(),
            candidates: candidates.filter(|c| mine(&c.contest)).collect(),
            preferences: preferences.filter(|p| mine(&p.contest)).collect(),
        }
    }
}

/// The assembly whose rules hold on a day: the latest of those that had begun.
pub(crate) fn in_force<'a>(
    assemblies: impl Iterator<Item = &'a Assembly>,
    day: Date,
) -> Option<&'a Assembly> {
    assemblies.filter(|a| a.from.is_none_or(|from| from <= day)).max_by_key(|a| a.from)
}
