//! Several districts under one law, and what their sums reveal.

use super::law::{Law, Poll};
use super::tie::Ties;
use crate::Fault;

/// One district's votes, list by list in an order common to all districts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Seats to fill.
    pub seats: u32,
    /// Votes of each list; zero where a list did not stand.
    pub votes: Vec<u64>,
}

/// Seats by district and list.
///
/// Each district is allocated on its own, the threshold (if any) being a share of the district's
/// listed votes.
///
/// # Errors
/// The first district's fault, with its position: as `districts[i]`.
///
/// Reference: `pukelsheim2017`. Checked by the catalog entry that holds a whole country's
/// districts against the certified totals.
pub fn allocate(
    districts: &[District],
    law: &Law,
    mut ties: Ties<'_>,
) -> Result<Vec<Vec<u32>>, Fault> {
    let mut rows = Vec::with_capacity(districts.len());
    for (district, d) in districts.iter().enumerate() {
        let place = |fault: Fault| fault.within("districts", district);
        let total = d.votes.iter().try_fold(0_u64, |sum, v| sum.checked_add(*v));
        let total = total.ok_or(Fault::too_large("votes", "a sum of 64 bits")).map_err(place)?;
        rows.push(law.apply(&Poll::new(&d.votes, total, d.seats), ties.again()).map_err(place)?);
    }
    Ok(rows)
}

/// Each list's seats over all districts; a sum too large for the type stays at its largest number.
#[must_use]
pub fn totals(rows: &[Vec<u32>]) -> Vec<u32> {
    let lists = rows.iter().map(Vec::len).max().unwrap_or(0);
    let of = |i: usize| rows.iter().filter_map(move |r| r.get(i));
    (0..lists).map(|i| of(i).fold(0_u32, |sum, s| sum.saturating_add(*s))).collect()
}

/// A list whose certified total cannot be reached from the districts at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    /// Position of the list.
    pub list: usize,
    /// Seats obtained in the districts at hand.
    pub obtained: u32,
    /// Seats certified over all districts.
    pub certified: u32,
}

/// Lists whose certified national total contradicts the districts at hand.
///
/// Too many seats obtained is always a contradiction. Too few can be made up in districts that are
/// not at hand, as long as all such gaps together fit in their `open_seats`; if they do not, every
/// gap is reported. A contradiction means that a district's count is incomplete or its law is
/// another one: a list missing from one page shows as one list with too few and those that took its
/// seats with too many.
///
/// *Judged*: bookkeeping, without a source. Checked by the catalog entry of a list missing from a page.
#[must_use]
pub fn discrepancies(obtained: &[u32], certified: &[u32], open_seats: u32) -> Vec<Discrepancy> {
    let pairs = obtained.iter().zip(certified);
    let gaps: u64 = pairs.clone().map(|(o, c)| u64::from(c.saturating_sub(*o))).sum();
    let all =
        pairs.enumerate().map(|(list, (o, c))| Discrepancy { list, obtained: *o, certified: *c });
    all.filter(|d| {
        d.obtained > d.certified || (d.obtained < d.certified && gaps > u64::from(open_seats))
    })
    .collect()
}
