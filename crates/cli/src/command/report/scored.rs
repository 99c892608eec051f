//! The record of the case: forecasts frozen in it, held against what is known by the brief's date.

use std::path::Path;

use assess::score::{PlainForecaster, Row, baseline, board, grade};
use case::Case;
use report::joined::Scored;

use crate::command::score::frozen::frozen;
use crate::failure::Failure;

/// The seed of the bootstrap of standings: the order of samples, not of runs.
const SEED: u64 = 1;

/// The scores of frozen forecasts whose questions are answered; none where there is none. An answer counts once one of
/// its sources is out.
pub(super) fn scored(case: &Case, root: &Path) -> Result<Option<Scored>, Failure> {
    let folder = root.join("forecasts");
    let mut rows = Vec::new();
    for question in &case.questions {
        let known = question.source.0.iter().any(|key| case.source(key.get_ref()).is_some());
        let Some(truth) = question.truth.as_ref().filter(|_| known) else { continue };
        let path = folder.join(format!("{}.jsonl", question.id.get_ref()));
        let lines = frozen(&path)?;
        let Some(last) = lines.last() else { continue };
        let wrong = |e: assess::score::GradeError| {
            Failure::Input(format!("question \"{}\": {e}", question.id.get_ref()))
        };
        let mut plain = Vec::new();
        for rival in PlainForecaster::ALL {
            if let Some(forecast) = baseline(question, rival) {
                let grade = grade(question, &forecast, truth).map_err(wrong)?;
                plain.push((rival, forecast, grade));
            }
        }
        rows.push(Row {
            id: question.id.get_ref().clone(),
            text: question.text.clone(),
            set: question.set,
            kind: question.kind,
            as_of: question.as_of,
            grade: Some(grade(question, &last.forecast, truth).map_err(wrong)?),
            forecast: Ok(last.forecast.clone()),
            truth: Some(truth.name()),
            plain,
        });
    }
    Ok((!rows.is_empty()).then(|| Scored::of(&board(rows, SEED))))
}
