//! Long work: one job at a time, in the order asked for, on threads of its own. A job says how far it is, can be
//! cancelled between any two runs, and its result is kept by the server, so that any page can come back to it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use study::{Fault, Follow, Reach, Stage};

use crate::api::jobs::{JobRequest, JobResult, JobState, JobView};
use crate::api::scenarios::ScenarioTable;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// Finished jobs kept for pages that come back.
const KEPT: usize = 40;
/// Jobs that may wait; more is somebody's mistake.
const WAITING: usize = 16;
/// How often a job's progress is told.
const TOLD_EVERY: Duration = Duration::from_millis(150);

/// Why a job stopped before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Somebody cancelled it.
    Cancelled,
    /// It cannot go on.
    Fault(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Fault(problem)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Cancelled => Self::Cancelled,
            fault => Self::Fault(fault.into()),
        }
    }
}

/// A job.
#[derive(Debug)]
pub(crate) struct Job {
    pub id: u64,
    pub request: JobRequest,
    cancelled: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
    state: Mutex<Standing>,
}

#[derive(Debug)]
struct Standing {
    state: JobState,
    /// What is being done, and since when.
    stage: Option<(Stage, Instant)>,
    told: Option<Instant>,
    result: Option<Arc<JobResult>>,
    partial: bool,
    problem: Option<Problem>,
}

impl Job {
    fn standing(&self) -> std::sync::MutexGuard<'_, Standing> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The job as pages see it.
    pub fn view(&self, with_result: bool) -> JobView {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        let standing = self.standing();
        let running = standing.state == JobState::Running;
        let spent = standing.stage.map(|(_, began)| began.elapsed().as_secs_f64());
        let eta_seconds = spent.filter(|_| running && done > 0 && total >= done).map(|spent| {
            let left = spent / done as f64 * (total - done) as f64;
            (10.0 * left).round() / 10.0
        });
        JobView {
            id: self.id,
            kind: self.request.kind(),
            state: standing.state,
            stage: standing.stage.filter(|_| running).map(|(stage, _)| stage.name().to_owned()),
            done: done.min(total),
            total,
            eta_seconds,
            partial: standing.partial,
            request: self.request.clone(),
            result: standing.result.as_deref().filter(|_| with_result).cloned(),
            problem: standing.problem.clone(),
        }
    }

    fn is_over(&self) -> bool {
        !matches!(self.standing().state, JobState::Waiting | JobState::Running)
    }
}

/// The jobs of a workbench.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    all: Mutex<Shelf>,
    come: Condvar,
    /// How many answers somebody waits for at this moment: jobs stand aside for them.
    urgent: AtomicUsize,
}

#[derive(Debug, Default)]
struct Shelf {
    last: u64,
    jobs: BTreeMap<u64, Arc<Job>>,
    queue: VecDeque<u64>,
}

/// While one of these lives, jobs stand aside.
pub(crate) struct Urgent<'a>(&'a AtomicUsize);

impl Drop for Urgent<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Jobs {
    fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes jobs stand aside while somebody waits for an answer.
    pub fn urgent(&self) -> Urgent<'_> {
        self.urgent.fetch_add(1, Ordering::SeqCst);
        Urgent(&self.urgent)
    }

    /// A job by its number.
    pub fn get(&self, id: u64) -> Option<Arc<Job>> {
        self.shelf().jobs.get(&id).cloned()
    }

    /// All jobs that are kept, the newest first.
    pub fn all(&self) -> Vec<Arc<Job>> {
        self.shelf().jobs.values().rev().cloned().collect()
    }
}

impl Workbench {
    /// Puts a job into the queue; the same job already waiting or running is taken instead.
    pub fn enqueue(&self, request: JobRequest) -> Result<Arc<Job>, Problem> {
        let mut shelf = self.jobs.shelf();
        let same = |job: &&Arc<Job>| {
            let wanted = !job.is_over() && !job.cancelled.load(Ordering::SeqCst);
            wanted && job.request == request
        };
        if let Some(job) = shelf.jobs.values().find(same) {
            return Ok(job.clone());
        }
        if shelf.queue.len() >= WAITING {
            let detail = format!("{WAITING} jobs are waiting already");
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-jobs", detail)
                .hint("cancel one with DELETE /api/jobs/{id}"));
        }
        shelf.last += 1;
        let id = shelf.last;
        let job = Arc::new(Job {
            id,
            request,
            cancelled: AtomicBool::new(false),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            state: Mutex::new(Standing {
                state: JobState::Waiting,
                stage: None,
                told: None,
                result: None,
                partial: false,
                problem: None,
            }),
        });
        shelf.jobs.insert(id, job.clone());
        shelf.queue.push_back(id);
        let over: Vec<u64> = shelf.jobs.values().filter(|j| j.is_over()).map(|j| j.id).collect();
        for old in over.iter().take(over.len().saturating_sub(KEPT)) {
            shelf.jobs.remove(old);
        }
        drop(shelf);
        self.tell("job", &job.view(false));
        self.jobs.come.notify_all();
        Ok(job)
    }

    /// Cancels a job; one that is over stays as it is.
    pub fn cancel(&self, job: &Job) {
        job.cancelled.store(true, Ordering::SeqCst);
        let mut standing = job.standing();
        if standing.state == JobState::Waiting {
            standing.state = JobState::Cancelled;
            drop(standing);
            self.tell("job", &job.view(false));
        }
    }

    /// Cancels all jobs for which something holds.
    pub fn cancel_where(&self, holds: impl Fn(&JobRequest) -> bool) {
        for job in self.jobs.all().iter().filter(|j| !j.is_over() && holds(&j.request)) {
            self.cancel(job);
        }
    }

    /// Works through the queue for ever, on the threads of a pool of its own.
    pub fn work(self: &Arc<Self>, pool: &rayon::ThreadPool) {
        loop {
            let mut shelf = self.jobs.shelf();
            let job = loop {
                let next = shelf.queue.pop_front().and_then(|id| shelf.jobs.get(&id).cloned());
                match next {
                    Some(job) => break job,
                    None => {
                        shelf = self.jobs.come.wait(shelf).unwrap_or_else(PoisonError::into_inner);
                    }
                }
            };
            drop(shelf);
            let turn = Turn { job: job.clone(), workbench: self.clone() };
            if !turn.begin() {
                continue;
            }
            let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                pool.install(|| turn.go())
            }));
            turn.end(found.unwrap_or_else(|_| {
                Err(Stop::Fault(Problem::internal("the job broke off: a fault of the program")))
            }));
        }
    }
}

/// A job whose turn it is.
pub(crate) struct Turn {
    job: Arc<Job>,
    pub workbench: Arc<Workbench>,
}

impl Turn {
    fn begin(&self) -> bool {
        let mut standing = self.job.standing();
        if standing.state != JobState::Waiting {
            return false;
        }
        standing.state = JobState::Running;
        drop(standing);
        self.workbench.tell("job", &self.job.view(false));
        true
    }

    fn end(&self, found: Result<JobResult, Stop>) {
        let mut standing = self.job.standing();
        match found {
            Ok(result) => {
                standing.state = JobState::Done;
                standing.partial = false;
                standing.result = Some(Arc::new(result));
            }
            Err(Stop::Cancelled) => standing.state = JobState::Cancelled,
            Err(Stop::Fault(problem)) => {
                standing.state = JobState::Failed;
                standing.problem = Some(problem);
            }
        }
        drop(standing);
        self.workbench.tell("job", &self.job.view(false));
    }

    /// What there is of the result so far.
    pub fn so_far(&self, result: JobResult) {
        let mut standing = self.job.standing();
        standing.partial = true;
        standing.result = Some(Arc::new(result));
        drop(standing);
        self.workbench.tell("job", &self.job.view(false));
    }

    fn go(&self) -> Result<JobResult, Stop> {
        let workbench = &self.workbench;
        let revision = workbench.good()?;
        let runs = |asked: &Option<u32>| asked.unwrap_or(workbench.opened.runs);
        match &self.job.request {
            JobRequest::Base { runs: asked } => {
                let found = workbench.compute(self, &revision, runs(asked), Reach::Runs);
                if let Err(Stop::Fault(problem)) = &found {
                    let mut fault =
                        workbench.base_fault.lock().unwrap_or_else(PoisonError::into_inner);
                    *fault = Some((revision.name.clone(), problem.clone()));
                    drop(fault);
                    workbench.wake();
                }
                let runs = found?.runs();
                Ok(JobResult::Base { revision: revision.name.clone(), runs })
            }
            JobRequest::Whatif(asked) => workbench.refine(self, asked),
            JobRequest::Scenarios { runs: asked } => {
                let base = workbench.compute(self, &revision, runs(asked), Reach::Scenarios)?;
                Ok(JobResult::Scenarios(ScenarioTable::of(&base)))
            }
            JobRequest::Sensitivity(asked) => workbench.find_sensitivity(self, asked),
            JobRequest::Brief { runs: asked } => {
                let base = workbench.compute(self, &revision, runs(asked), Reach::Whole)?;
                Ok(JobResult::Brief { revision: revision.name.clone(), runs: base.runs() })
            }
        }
    }
}

impl Follow for Turn {
    fn begin(&self, stage: Stage, total: u64) {
        self.job.done.store(0, Ordering::Relaxed);
        self.job.total.store(total, Ordering::Relaxed);
        self.job.standing().stage = Some((stage, Instant::now()));
        self.workbench.tell("job", &self.job.view(false));
    }

    /// Whether the job is to go on. It stands aside here while somebody waits for an answer.
    fn goes_on(&self) -> bool {
        while self.workbench.jobs.urgent.load(Ordering::Relaxed) > 0 {
            if self.job.cancelled.load(Ordering::Relaxed) {
                return false;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        !self.job.cancelled.load(Ordering::Relaxed)
    }

    fn done(&self, more: u64) {
        self.job.done.fetch_add(more, Ordering::Relaxed);
        let Ok(mut standing) = self.job.state.try_lock() else { return };
        if standing.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            standing.told = Some(Instant::now());
            drop(standing);
            self.workbench.tell("job", &self.job.view(false));
        }
    }
}
