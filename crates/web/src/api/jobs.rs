//! `/api/jobs`: long work, asked for, followed and cancelled.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::scenarios::ScenarioTable;
use super::sensitivity::{SensitivityAsked, SensitivityView};
use super::whatif::{Asked, Paired};
use super::{Answer, Body, Path};
use crate::jobs::Job;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// What a job is to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum JobRequest {
    /// Run the case as it stands.
    Base {
        /// How many futures; as many as the workbench was started with if left out.
        runs: Option<u32>,
    },
    /// Run a what-if.
    Whatif(Asked),
    /// Compare every scenario of the case with the base.
    Scenarios {
        /// How many futures of each; as many as the workbench was started with if left out.
        runs: Option<u32>,
    },
    /// Find what an outcome hangs on.
    Sensitivity(SensitivityAsked),
    /// Compose the whole brief, the scenarios compared.
    Brief {
        /// How many futures; as many as the workbench was started with if left out.
        runs: Option<u32>,
    },
}

/// The kinds of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JobKind {
    /// The case as it stands.
    Base,
    /// A what-if.
    Whatif,
    /// All scenarios.
    Scenarios,
    /// What an outcome hangs on.
    Sensitivity,
    /// The brief.
    Brief,
}

impl JobRequest {
    pub fn kind(&self) -> JobKind {
        match self {
            Self::Base { .. } => JobKind::Base,
            Self::Whatif(_) => JobKind::Whatif,
            Self::Scenarios { .. } => JobKind::Scenarios,
            Self::Sensitivity(_) => JobKind::Sensitivity,
            Self::Brief { .. } => JobKind::Brief,
        }
    }
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JobState {
    /// In the queue.
    Waiting,
    /// At work.
    Running,
    /// Finished, with its result.
    Done,
    /// Cancelled.
    Cancelled,
    /// Stopped by a fault.
    Failed,
}

/// What a job found.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum JobResult {
    /// The base was computed: ask for the overview anew.
    Base {
        /// Of this revision.
        revision: String,
        /// From so many runs.
        runs: u32,
    },
    /// A what-if.
    Whatif(Paired),
    /// All scenarios.
    Scenarios(ScenarioTable),
    /// What an outcome hangs on.
    Sensitivity(Box<SensitivityView>),
    /// The brief is there: `GET /api/brief.html`.
    Brief {
        /// Of this revision.
        revision: String,
        /// From so many runs.
        runs: u32,
    },
}

/// A job. The event `job` of the stream says the same without the result.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct JobView {
    /// Its number.
    pub id: u64,
    /// What sort of job.
    pub kind: JobKind,
    /// How it stands.
    pub state: JobState,
    /// What is being done, while it runs: `documents`, `sway`, `futures`, `scenarios`, `signs` or `study`. One follows
    /// the other.
    pub stage: Option<String>,
    /// How much of that is done, in runs or documents.
    pub done: u64,
    /// How much of it there is to do.
    pub total: u64,
    /// How long that will still take, once it can be told.
    pub eta_seconds: Option<f64>,
    /// Whether there is a result that is not the last word.
    pub partial: bool,
    /// What was asked for.
    pub request: JobRequest,
    /// The result, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<JobResult>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// All jobs that are kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobList {
    /// The newest first, without their results.
    jobs: Vec<JobView>,
}

/// All jobs that are kept, the newest first.
#[utoipa::path(get, path = "/api/jobs", responses((status = 200, body = JobList)))]
pub(crate) async fn list(State(workbench): State<Arc<Workbench>>) -> Answer<JobList> {
    Ok(Json(JobList { jobs: workbench.jobs.all().iter().map(|j| j.view(false)).collect() }))
}

/// Puts a job into the queue. The same job already waiting or running is answered instead.
#[utoipa::path(post, path = "/api/jobs", request_body = JobRequest, responses((status = 202, body = JobView), (status = 422, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn begin(
    State(workbench): State<Arc<Workbench>>,
    Body(request): Body<JobRequest>,
) -> Result<(StatusCode, Json<JobView>), Problem> {
    if let JobRequest::Whatif(asked) = &request {
        asked.check()?;
    }
    if let JobRequest::Base { runs } | JobRequest::Scenarios { runs } | JobRequest::Brief { runs } =
        &request
    {
        super::whatif::check_runs(runs.unwrap_or(1))?;
    }
    workbench.good()?;
    let job = workbench.enqueue(request)?;
    Ok((StatusCode::ACCEPTED, Json(job.view(false))))
}

fn find(workbench: &Workbench, id: u64) -> Result<Arc<Job>, Problem> {
    workbench.jobs.get(id).ok_or_else(|| {
        Problem::missing("unknown-job", format!("there is no job {id}"))
            .hint("GET /api/jobs lists those that are kept")
    })
}

/// A job with its result, as far as there is one.
#[utoipa::path(get, path = "/api/jobs/{id}", params(("id" = u64, Path)), responses((status = 200, body = JobView), (status = 404, body = Problem)))]
pub(crate) async fn job(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<u64>,
) -> Answer<JobView> {
    Ok(Json(find(&workbench, id)?.view(true)))
}

/// Cancels a job; it stops within a second. One that is over stays as it is.
#[utoipa::path(delete, path = "/api/jobs/{id}", params(("id" = u64, Path)), responses((status = 200, body = JobView), (status = 404, body = Problem)))]
pub(crate) async fn cancel(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<u64>,
) -> Answer<JobView> {
    let job = find(&workbench, id)?;
    workbench.cancel(&job);
    Ok(Json(job.view(true)))
}
