//! A women's quota that changes which candidate of a list sits, never how many seats a list has.

/// A candidate as the quota sees her or him.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Position of the list.
    pub list: usize,
    /// Personal votes.
    pub votes: u64,
    /// Whether a woman.
    pub woman: bool,
}

/// One replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Who gives way.
    pub out: usize,
    /// Who comes in, from the same list.
    pub in_place: usize,
}

/// What the quota did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaOutcome {
    /// Positions of those elected after it.
    pub elected: Vec<usize>,
    /// Replacements, in order.
    pub replacements: Vec<Replacement>,
    /// Women still missing because no list had another woman to send.
    pub missing: u32,
}

/// Applies a quota of at least `least` women to those elected in a district.
///
/// As long as women are missing, the elected man with the fewest personal votes whose list has a
/// woman not yet elected gives way to the woman of that list with most votes. Level candidates go
/// in written order, the earlier one sitting. Seats of lists never change.
///
/// Reference: `reynolds2005` for the principle; which man gives way first is *Judged*.
/// Checked by the catalog entry `womens-quota-by-hand` and by property tests: seats of lists unchanged, and the quota met whenever the lists have
/// women enough.
#[must_use]
pub fn apply_womens_quota(candidates: &[Candidate], elected: &[usize], least: u32) -> QuotaOutcome {
    let mut sitting: Vec<usize> =
        elected.iter().copied().filter(|c| *c < candidates.len()).collect();
    let mut replacements = Vec::new();
    let mut missing = {
        let women = sitting.iter().filter(|c| candidates[**c].woman).count();
        least.saturating_sub(u32::try_from(women).unwrap_or(u32::MAX))
    };
    while missing > 0 {
        let best_woman = |list: usize| {
            (0..candidates.len())
                .filter(|c| candidates[*c].woman && candidates[*c].list == list)
                .filter(|c| !sitting.contains(c))
                .max_by(|a, b| candidates[*a].votes.cmp(&candidates[*b].votes).then(b.cmp(a)))
        };
        let swap = sitting
            .iter()
            .enumerate()
            .filter(|(_, c)| !candidates[**c].woman)
            .filter_map(|(at, c)| Some((at, *c, best_woman(candidates[*c].list)?)))
            .min_by(|a, b| candidates[a.1].votes.cmp(&candidates[b.1].votes).then(b.1.cmp(&a.1)));
        let Some((at, out, in_place)) = swap else {
            break;
        };
        sitting[at] = in_place;
        replacements.push(Replacement { out, in_place });
        missing -= 1;
    }
    QuotaOutcome { elected: sitting, replacements, missing }
}
