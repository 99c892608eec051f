//! The record of the case: forecasts frozen in it, held against what is known by the brief's date.

use std::path::Path;

use assess::score::{board, scored};
use case::Case;
use report::joined::Scored;

use crate::command::score::frozen::frozen;
use crate::failure::Failure;

/// The seed of the bootstrap of standings: the order of samples, not of runs.
const SEED: u64 = 1;

/// The scores of frozen forecasts whose questions are answered; none where there is none. An answer counts once one of
/// its sources is out.
pub(super) fn on_record(case: &Case, root: &Path) -> Result<Option<Scored>, Failure> {
    let folder = root.join("forecasts");
    let mut rows = Vec::new();
    for question in &case.questions {
        let known = question.source.0.iter().any(|key| case.source(key.get_ref()).is_some());
        if !known || question.truth.is_none() {
            continue;
        }
        let path = folder.join(format!("{}.jsonl", question.id.get_ref()));
        let lines = frozen(&path)?;
        let Some(last) = lines.last() else { continue };
        let wrong = |e: assess::score::GradeError| {
            Failure::Input(format!("question \"{}\": {e}", question.id.get_ref()))
        };
        rows.push(scored(question, Ok(last.forecast.clone()), true).map_err(wrong)?);
    }
    Ok((!rows.is_empty()).then(|| Scored::of(&board(rows, SEED))))
}
