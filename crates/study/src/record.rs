//! The record of the case: forecasts frozen in it, held against what is known by the case's date.

use std::path::Path;

use assess::score::{board, rows};
use case::Case;
use report::joined::Scored;

use crate::fault::Fault;
use crate::frozen;

/// The seed of the bootstrap of standings: the order of samples, not of runs.
const SEED: u64 = 1;

/// The scores of frozen forecasts whose questions are answered; none where there is none. An answer
/// counts once one of its sources is out.
///
/// # Errors
/// [`Fault::Frozen`], [`Fault::Grade`].
pub fn record(case: &Case, root: &Path) -> Result<Option<Scored>, Fault> {
    let asked = frozen::known(case, root)?;
    let rows =
        rows(asked, &case.head.title, true).map_err(|fault| Fault::Grade(Box::new(fault)))?;
    Ok((!rows.is_empty()).then(|| Scored::of(&board(rows, SEED))))
}
