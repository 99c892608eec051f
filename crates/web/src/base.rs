//! What is computed of a case as it stands: the road of `study`, walked as far as a job asks. First
//! from few runs, so that there is something to see at once, then from many, then to its end.

use std::sync::Arc;
use std::time::Duration;

use case::documents::read_documents;
use report::brief::Brief;
use report::compose::Evidence;
use report::likelihood::Lexicon;
use study::{Asked, Findings, Reach, Study};

use crate::api::stream::BaseNews;
use crate::jobs::{Stop, Turn};
use crate::problem::Problem;
use crate::workbench::{Revision, Workbench};

/// The runs after which the first pages can be read.
pub(crate) const PILOT: u32 = 1000;

/// How long a request waits for them.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What was computed of a revision.
#[derive(Debug)]
pub(crate) struct Base {
    pub revision: Arc<Revision>,
    pub found: Findings,
    pub brief: Brief,
    /// Whether this is all that was wanted: no more runs will follow.
    pub is_whole: bool,
}

impl Base {
    /// How many runs it rests on.
    pub fn runs(&self) -> u32 {
        self.found.runs()
    }

    /// Whether its brief is the one that the command line writes.
    pub fn is_complete(&self) -> bool {
        self.is_whole && self.found.is_whole()
    }

    /// Whether it is a revision's, from so many runs and from so far along the road.
    fn reaches(&self, revision: &Revision, runs: u32, reach: Reach) -> bool {
        self.revision.name == revision.name
            && self.runs() >= runs
            && self.is_whole
            && (reach < Reach::Scenarios || self.found.scenarios.is_some())
            && (reach < Reach::Whole || self.found.is_whole())
    }
}

impl Workbench {
    /// Computes a revision up to a number of runs and as far as asked, and publishes what there is
    /// on the way. What was computed of the same case before is gone on with.
    pub fn compute(
        &self,
        turn: &Turn,
        revision: &Arc<Revision>,
        runs: u32,
        reach: Reach,
    ) -> Result<Arc<Base>, Stop> {
        let same = self.computed(&revision.case.hash, revision.case.as_of);
        if let Some(base) = same.as_ref().filter(|b| b.reaches(revision, runs, reach)) {
            self.publish(base.clone());
            self.tell("base", &BaseNews::of(base));
            return Ok(base.clone());
        }
        let model = revision.model()?;
        let unchanged = same.as_ref().filter(|b| b.revision.name == revision.name);
        let evidence = match unchanged {
            Some(base) => base.found.evidence.clone(),
            None => Arc::new(self.read_evidence(turn, revision)?),
        };
        let had = same.as_ref().map(|base| match unchanged {
            Some(_) => base.found.clone(),
            // Nothing that a run reads has changed, but a scenario may have.
            None => Findings { scenarios: None, ..base.found.clone() },
        });
        let asked = Asked {
            root: self.root().to_owned(),
            set: Vec::new(),
            runs,
            pilot: Some(PILOT),
            seed: self.opened.seed,
            lexicon: Lexicon::Icd203,
            since: None,
        };
        let study =
            Study { asked: &asked, folder: &revision.folder, case: &revision.case, model: &model };
        let mut last = None;
        study.walk(evidence, had, reach, turn, &mut |found| {
            let composed = study.compose(found)?;
            let base = Arc::new(Base {
                revision: revision.clone(),
                found: found.clone(),
                brief: composed.brief,
                is_whole: found.runs() >= runs,
            });
            self.publish(base.clone());
            self.tell("base", &BaseNews::of(&base));
            last = Some(base);
            Ok(())
        })?;
        last.ok_or_else(|| Stop::Fault(Problem::internal("the road gave no findings")))
    }

    /// Reads the case's documents, gathers what the brief shows of them, and leaves the store as `read` leaves it:
    /// with all documents, those that are later than the as-of date as well, since these are what is reviewed.
    fn read_evidence(&self, turn: &Turn, revision: &Revision) -> Result<Evidence, Stop> {
        let (root, limits, case) = (self.root(), &self.opened.limits, &revision.case);
        self.ask(|store| {
            let gathered = study::read(case, root, store, limits, turn)?;
            if let Some(all) = revision.folder.build_for_review() {
                read_documents(&all, root, store, limits, &|| {}).map_err(study::Fault::from)?;
            }
            Ok(gathered)
        })
    }
}
