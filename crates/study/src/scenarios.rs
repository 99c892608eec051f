//! Every scenario of the case against the base, under the same luck.

use report::compose::Compared;
use simulate::Ensemble;

use crate::fault::Fault;
use crate::follow::{Follow, Stage};
use crate::opening::{built, ready};
use crate::road::{PAIRS, Study, runs_on};

/// Runs and compares them.
pub(crate) fn compared(
    study: &Study<'_>,
    base: &Ensemble,
    follow: &dyn Follow,
) -> Result<Vec<Compared>, Fault> {
    let names = study.folder.scenarios();
    let runs = crate::findings::count(base).min(PAIRS);
    follow.begin(Stage::Scenarios, u64::from(runs) * names.len() as u64);
    let mut all = Vec::new();
    for name in names {
        let patched = study.folder.with_scenario(&name)?;
        let case = built(&patched, Some(study.case.as_of))?;
        let model = ready(&patched, &case)?;
        let outcomes = runs_on(&model, base.seed, 0..runs, follow)?;
        let changed = Ensemble { seed: base.seed, first: 0, outcomes };
        let comparison = assess::compare::compare_first((study.model, base), (&model, &changed))?;
        let patch = patched.patches.last();
        all.push(Compared {
            title: patch.and_then(|p| p.title()).unwrap_or_else(|| name.clone()),
            why: patch.and_then(|p| p.why()),
            name,
            comparison,
        });
    }
    follow.end();
    Ok(all)
}
