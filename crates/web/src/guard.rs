//! What stands before every handler: whose request it is, from where, and the headers of every answer.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::session::{Session, same};

/// The policy of every answer: nothing but our own files runs, styles or loads.
pub const POLICY: &str = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; object-src 'none'";

/// The header that every unsafe request carries.
pub const CSRF: &str = "x-shatterbelt-csrf";

/// What requests are held against.
pub(crate) struct Guard {
    /// The names under which the workbench may be asked for: address and `localhost`, with the port.
    hosts: Vec<String>,
    /// The session.
    pub session: Session,
    /// Shows a person the next link once one is used.
    pub show: Box<dyn Fn(&str) + Send + Sync>,
}

impl Guard {
    pub fn new(
        address: SocketAddr,
        session: Session,
        show: Box<dyn Fn(&str) + Send + Sync>,
    ) -> Self {
        let port = address.port();
        let mut hosts = vec![address.to_string(), format!("localhost:{port}")];
        if port == 80 {
            // A browser leaves the port of plain HTTP away.
            hosts.extend([address.ip().to_string(), "localhost".to_owned()]);
        }
        Self { hosts, session, show }
    }

    /// The link that lets one browser in.
    pub fn link(&self, token: &str) -> String {
        format!("http://{}/enter?token={token}", self.hosts[0])
    }

    /// Whether a request names this server as its host, once and in one of the spellings it is reached by. Any other
    /// name may be an attacker's that was pointed at this machine.
    fn named(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let known = |host: &str| self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host));
        let mut given = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (given.next(), given.next()) else { return false };
        let in_line = uri.authority().is_none_or(|a| known(a.as_str()));
        in_line && host.to_str().is_ok_and(known)
    }

    /// Whether a request comes from this server's own pages, or from no page at all.
    fn own(&self, headers: &HeaderMap) -> bool {
        let origins = headers.get_all(header::ORIGIN).iter().all(|origin| {
            let host = origin.to_str().ok().and_then(|o| o.strip_prefix("http://"));
            host.is_some_and(|host| self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host)))
        });
        let site = headers.get_all("sec-fetch-site").iter().all(|site| {
            // `none`: typed by the user.
            matches!(site.as_bytes(), b"same-origin" | b"none")
        });
        origins && site
    }

    fn entered(&self, headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(header::COOKIE).iter().filter_map(|l| l.to_str().ok());
        lines.any(|line| self.session.holds(line))
    }

    /// Why a request is not let through, if it is not.
    fn refusal(&self, request: &Request) -> Option<Problem> {
        let headers = request.headers();
        if !self.named(request.uri(), headers) {
            return Some(Problem::new(
                StatusCode::FORBIDDEN,
                "wrong-host",
                "the workbench answers only under the address it printed",
            ));
        }
        let path = request.uri().path();
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
        if !self.own(headers) && (path.starts_with("/api") || !is_safe) {
            return Some(Problem::new(
                StatusCode::FORBIDDEN,
                "wrong-origin",
                "another site's page asked for this",
            ));
        }
        if path == "/enter" && is_safe {
            return None;
        }
        if !self.entered(headers) {
            return Some(
                Problem::new(
                    StatusCode::UNAUTHORIZED,
                    "no-session",
                    "this browser has not been let in",
                )
                .hint("open the link that `shatterbelt serve` printed; it works once"),
            );
        }
        if is_safe {
            return None;
        }
        let mut given = headers.get_all(CSRF).iter().filter_map(|v| v.to_str().ok());
        match (given.next(), given.next()) {
            (Some(value), None) if same(value, self.session.csrf()) => None,
            _ => Some(
                Problem::new(
                    StatusCode::FORBIDDEN,
                    "no-csrf",
                    format!("a request that changes something needs the header {CSRF}"),
                )
                .hint("its value is in GET /api/session"),
            ),
        }
    }
}

/// Lets a request through or refuses it.
pub(crate) async fn guard(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    match guard.refusal(&request) {
        None => next.run(request).await,
        Some(problem) if request.uri().path().starts_with("/api") => problem.into_response(),
        Some(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::FORBIDDEN);
            let hint = problem.hint.map_or(String::new(), |h| format!("\n{h}"));
            (status, format!("{}: {}{hint}\n", problem.title, problem.detail)).into_response()
        }
    }
}

/// Gives every answer its headers.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let is_found = response.status().is_success();
    let all = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        all.insert(name, HeaderValue::from_static(value));
    }
    all.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    all.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    let kept = match is_asset && is_found {
        // Their names hold a hash of what is in them.
        true => "private, max-age=31536000, immutable",
        false => "no-store",
    };
    all.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response
}
