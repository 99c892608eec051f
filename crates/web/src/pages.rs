//! The front end's files, as they were built into the program, and the door through which a browser comes in.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::guard::Guard;
use crate::problem::Problem;

/// The built front end. `make front` takes over what the sources in `web/` give; `make web` holds
/// the two together.
static FRONT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/front");

#[derive(Deserialize)]
pub(crate) struct Token {
    #[serde(default)]
    token: String,
}

/// Turns the token of a link into the cookie.
pub(crate) async fn enter(State(guard): State<Arc<Guard>>, Query(given): Query<Token>) -> Response {
    match guard.session.enter(&given.token) {
        Some((cookie, next)) => {
            (guard.show)(&guard.link(&next));
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        None => (
            StatusCode::FORBIDDEN,
            "This link was used before or is not of this workbench. The terminal shows the one that works now.\n",
        )
            .into_response(),
    }
}

/// The pictures' stylesheet, which the app's pages take in as a file.
pub(crate) async fn picture_style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], report::svg::stylesheet()).into_response()
}

/// What a file holds, by its ending. Files of other endings are not built.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn file(path: &str) -> Option<Response> {
    let found = FRONT.get_file(path)?;
    Some(([(header::CONTENT_TYPE, media_type(path))], found.contents()).into_response())
}

/// A file of the front end; any other path that is no file's is a view, and the page finds out which.
pub(crate) async fn page(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::missing("unknown-path", format!("there is no {}", uri.path()))
            .hint("GET /api/openapi.json lists what there is")
            .into_response();
    }
    if let Some(found) = file(path) {
        return found;
    }
    let is_view = !path.starts_with("assets/") && !climbs(path);
    match file("index.html").filter(|_| is_view) {
        Some(found) => found,
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

/// Whether a path, or what it encodes, would leave a folder or end a name early. No view's address does.
fn climbs(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["..", "\\", "%2e", "%2f", "%5c", "%00", "%25"].iter().any(|part| path.contains(part))
}
