//! How far the forming of a government had come on the as-of date: runs begin behind the steps that are known.

use case::contest::Reached;
use case::institution::StageKind;
use case::{Case, Diagnostic};

use crate::model::Model;
use crate::world::Formation as State;

/// The state behind the steps that were taken after the election by the as-of date. Steps are taken in order: one that is
/// known was preceded by all before it, on the same day at the latest if nothing is known of theirs. Who bargains with
/// whom is not recorded, so blocs and coalitions form in the run; talks on the package have concluded once a step past the
/// first session was taken.
///
/// # Errors
/// A step named as the one that names somebody without saying whom, or somebody who is no candidate.
pub(super) fn of(model: &Model<'_>) -> Result<State, Vec<Diagnostic>> {
    let case = model.case;
    let mut state = State::default();
    let Some(elected) = model.election_day() else { return Ok(state) };
    let place = |r: &Reached| case.stages.iter().position(|s| s.id.get_ref() == r.stage.get_ref());
    let mut known: Vec<(usize, &Reached)> = (case.reached.iter())
        .filter(|r| r.date > elected && r.date <= model.start)
        .filter_map(|r| Some((place(r)?, r)))
        .collect();
    known.sort_by_key(|(stage, r)| (r.date, *stage));
    let mut faults = Vec::new();
    for (stage, r) in known {
        // A step that is taken again, as a nomination after a failure, puts the later ones back.
        state.days.truncate(stage);
        state.days.resize(stage + 1, r.date);
        state.done = stage + 1;
        let kind = case.stages[stage].kind;
        state.agreed |= !matches!(kind, StageKind::Certification | StageKind::Session);
        for id in &r.failed {
            if let Some(failed) =
                candidate(case, id, &mut faults).filter(|f| !state.failed.contains(f))
            {
                state.failed.push(failed);
                state.closed.push(failed);
            }
        }
        if let Some(id) = &r.nominee {
            state.nominee = candidate(case, id, &mut faults);
        }
        if kind == StageKind::Nominate && r.nominee.is_none() {
            let message = format!("\"{}\" was reached, but who was named?", r.stage.get_ref());
            let fault = Diagnostic::error("reached", r.stage.span(), message);
            faults.push(fault.hint("add nominee = \"CANDIDATE\""));
        }
    }
    if faults.is_empty() { Ok(state) } else { Err(faults) }
}

fn candidate(
    case: &Case,
    id: &toml::Spanned<String>,
    faults: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let found = case.candidates.iter().position(|c| c.id.get_ref() == id.get_ref());
    if found.is_none() {
        let message = format!("\"{}\": no such candidate", id.get_ref());
        let ids = case.candidates.iter().map(|c| c.id.get_ref().as_str());
        faults.push(Diagnostic::error("candidate", id.span(), message).nearest(id.get_ref(), ids));
    }
    found
}
