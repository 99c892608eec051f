//! `GET /api/session`: what a page needs before it asks for anything else.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::guard::Guard;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// The session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// What requests other than GET carry in `X-Shatterbelt-Csrf`.
    csrf: String,
    /// The version of the program.
    version: String,
    /// The case's folder.
    case_folder: String,
}

/// The session: the value that unsafe requests carry, the version, the case's folder.
#[utoipa::path(get, path = "/api/session", responses((status = 200, body = SessionView), (status = 401, body = Problem)))]
pub(crate) async fn session(
    State(guard): State<Arc<Guard>>,
    State(workbench): State<Arc<Workbench>>,
) -> Answer<SessionView> {
    Ok(Json(SessionView {
        csrf: guard.session.csrf().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        case_folder: workbench.root().display().to_string(),
    }))
}
