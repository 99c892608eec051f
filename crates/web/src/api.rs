//! The endpoints under `/api`, one file each, and the description of all of them.

pub(crate) mod actors;
pub(crate) mod asof;
pub(crate) mod brief;
pub(crate) mod case;
pub(crate) mod changes;
pub(crate) mod cited;
pub(crate) mod contradictions;
pub(crate) mod documents;
pub(crate) mod election;
pub(crate) mod evidence;
pub(crate) mod files;
pub(crate) mod forms;
pub(crate) mod influence;
pub(crate) mod jobs;
pub(crate) mod levers;
pub(crate) mod map;
pub(crate) mod overview;
pub(crate) mod pictures;
pub(crate) mod play;
pub(crate) mod proposals;
pub(crate) mod record;
pub(crate) mod scenarios;
pub(crate) mod search;
pub(crate) mod sensitivity;
pub(crate) mod session;
pub(crate) mod stream;
pub(crate) mod timeline;
pub(crate) mod values;
pub(crate) mod whatif;

use std::sync::Arc;

use axum::extract::FromRef;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use utoipa::OpenApi;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guard::Guard;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// What handlers are given.
#[derive(Clone)]
pub(crate) struct App {
    pub workbench: Arc<Workbench>,
    pub guard: Arc<Guard>,
}

impl FromRef<App> for Arc<Workbench> {
    fn from_ref(app: &App) -> Self {
        app.workbench.clone()
    }
}

impl FromRef<App> for Arc<Guard> {
    fn from_ref(app: &App) -> Self {
        app.guard.clone()
    }
}

/// A body of JSON, or a problem that says what is wrong with it.
pub(crate) struct Body<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => {
                let kind = match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => "too-large",
                    _ => "bad-body",
                };
                let said = body_fault(&rejection.body_text());
                Err(Problem::new(rejection.status(), kind, said))
            }
        }
    }
}

/// What is wrong with a body, in a reader's words and with its place.
fn body_fault(text: &str) -> String {
    const DATA: &str = "Failed to deserialize the JSON body into the target type: ";
    const SYNTAX: &str = "Failed to parse the request body as JSON: ";
    let placed = |text: &str, told: &dyn Fn(&str) -> String| match text.rsplit_once(" at line ") {
        Some((fault, place)) => {
            format!("{}, at line {}", told(fault), place.replace(" column ", ", column "))
        }
        None => told(text),
    };
    if let Some(text) = text.strip_prefix(SYNTAX) {
        let text = text.split_once(": ").map_or(text, |(_, fault)| fault);
        return placed(text, &|fault| format!("the body is no JSON: {fault}"));
    }
    let Some(text) = text.strip_prefix(DATA) else { return text.to_owned() };
    placed(text, &|fault| match fault.split_once(": ") {
        // the field comes first, unless the whole body is of the wrong type
        Some((field, fault)) if !field.starts_with("invalid ") => {
            format!("{field}: {}", ::case::said::plain(fault))
        }
        _ => ::case::said::plain(fault),
    })
}

/// The parts of an address, or a problem that says what is wrong with them.
pub(crate) struct Path<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(path)) => Ok(Self(path)),
            Err(fault) => {
                let text = fault.body_text();
                let said = match text.strip_prefix("Invalid URL: ") {
                    Some(said) => ::case::said::plain(said),
                    None => text,
                };
                Err(Problem::new(fault.status(), "bad-address", said))
            }
        }
    }
}

/// What a path asks for, or a problem that says what is wrong with it.
pub(crate) struct Query<T>(pub T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(fault) => {
                let text = fault.body_text();
                let said = text.strip_prefix("Failed to deserialize query string: ");
                let said = said.map_or(text.as_str(), |said| said);
                let said = match said.split_once(": ") {
                    Some((name, fault)) => format!("{name}=: {}", ::case::said::plain(fault)),
                    None => said.to_owned(),
                };
                Err(Problem::new(fault.status(), "bad-query", said))
            }
        }
    }
}

/// What an endpoint answers.
pub(crate) type Answer<T> = Result<axum::Json<T>, Problem>;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Shatterbelt workbench",
        description = "What the workbench's pages ask of the program that serves them. Every answer about the case \
                       carries its `revision`; faults are `application/problem+json`. Requests other than GET \
                       carry the header X-Shatterbelt-Csrf with the value of GET /api/session."
    ),
    components(schemas(stream::CaseNews, stream::BaseNews, stream::DecisionNews, jobs::JobView))
)]
struct Description;

/// Documents, and changes that may hold the text of a whole file, are larger than other bodies.
fn uploads() -> OpenApiRouter<App> {
    let of = |most: usize| axum::extract::DefaultBodyLimit::max(most);
    let documents = OpenApiRouter::new().routes(routes!(changes::upload));
    let changes =
        OpenApiRouter::new().routes(routes!(changes::draft)).routes(routes!(changes::keep));
    // A text grows by its quotes and line ends when it is sent.
    let texts = changes.layer(of(2 * ::case::proposal::LARGEST_TEXT));
    documents.layer(of(changes::LARGEST + 1024)).merge(texts)
}

/// All endpoints with their descriptions.
pub(crate) fn endpoints() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(session::session))
        .routes(routes!(case::case))
        .routes(routes!(stream::stream))
        .routes(routes!(overview::overview))
        .routes(routes!(pictures::list))
        .routes(routes!(pictures::picture))
        .routes(routes!(pictures::file))
        .routes(routes!(documents::list))
        .merge(uploads())
        .routes(routes!(documents::document))
        .routes(routes!(search::search))
        .routes(routes!(evidence::behind))
        .routes(routes!(contradictions::contradictions))
        .routes(routes!(proposals::list))
        .routes(routes!(proposals::accept))
        .routes(routes!(proposals::refuse))
        .routes(routes!(proposals::accept_all))
        .routes(routes!(proposals::undo))
        .routes(routes!(proposals::redo))
        .routes(routes!(changes::draft_proposal))
        .routes(routes!(changes::keep_proposal))
        .routes(routes!(changes::entry))
        .routes(routes!(changes::entry_of))
        .routes(routes!(files::list))
        .routes(routes!(files::file))
        .routes(routes!(forms::list))
        .routes(routes!(forms::form))
        .routes(routes!(proposals::decisions))
        .routes(routes!(actors::actor))
        .routes(routes!(actors::tie))
        .routes(routes!(influence::influence))
        .routes(routes!(asof::set))
        .routes(routes!(timeline::timeline))
        .routes(routes!(election::election))
        .routes(routes!(map::districts))
        .routes(routes!(levers::levers))
        .routes(routes!(whatif::whatif))
        .routes(routes!(whatif::ways))
        .routes(routes!(whatif::answers))
        .routes(routes!(play::actors))
        .routes(routes!(play::turn))
        .routes(routes!(play::account))
        .routes(routes!(jobs::list, jobs::begin))
        .routes(routes!(jobs::job, jobs::cancel))
        .routes(routes!(scenarios::save))
        .routes(routes!(scenarios::compared))
        .routes(routes!(sensitivity::sensitivity))
        .routes(routes!(record::record))
        .routes(routes!(brief::brief))
        .routes(routes!(brief::html))
        .routes(routes!(brief::markdown))
        .routes(routes!(brief::pdf))
        .routes(routes!(brief::docx))
}

/// The description of all endpoints as OpenAPI 3.1, in JSON.
#[must_use]
pub fn openapi() -> String {
    let mut description = endpoints().into_openapi();
    description.info.version = env!("CARGO_PKG_VERSION").to_owned();
    // In a job these stand beside the job's kind, which they do not know.
    for name in ["Asked", "SensitivityAsked"] {
        let components = description.components.as_mut();
        if let Some(RefOr::T(Schema::Object(object))) =
            components.and_then(|c| c.schemas.get_mut(name))
        {
            object.additional_properties = None;
        }
    }
    description.to_pretty_json().unwrap_or_default()
}
