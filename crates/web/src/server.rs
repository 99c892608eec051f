//! The server: one loopback address, bounded in every direction.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::error_handling::HandleErrorLayer;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::get;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::{BoxError, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::api::{App, endpoints};
use crate::guard::{Guard, guard, headers};
use crate::pages::{enter, page, picture_style};
use crate::problem::Problem;
use crate::session::Session;
use crate::workbench::{Opened, Workbench};

/// The largest body of a request, in bytes.
pub const MOST_BYTES: usize = 256 << 10;
/// How long a request may take to come in and be answered. Long work is a job's.
pub const MOST_TIME: Duration = Duration::from_secs(30);
/// How long the head of a request may take to come in.
pub const HEAD_TIME: Duration = Duration::from_secs(5);
/// Requests answered at the same time; more wait.
pub const AT_ONCE: usize = 64;
/// Connections open at the same time; more wait to be taken.
pub const CONNECTIONS: usize = 256;

/// How the workbench is served.
pub struct Serving {
    /// The case.
    pub opened: Opened,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// How long a request may take to come in and be answered; usually [`MOST_TIME`].
    pub time: Duration,
    /// Told the link that lets one browser in, at the start and each time one was used.
    pub show: Box<dyn Fn(&str) + Send + Sync>,
}

/// Why the workbench cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {fault}")]
pub struct NotServed {
    /// What was not to be had: an address, threads, random numbers.
    pub what: String,
    /// What the system says.
    #[source]
    pub fault: Box<dyn std::error::Error + Send + Sync>,
}

fn failed<E>(what: &str) -> impl Fn(E) -> NotServed + '_
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    move |fault| NotServed { what: what.to_owned(), fault: fault.into() }
}

/// Serves the workbench until the process is interrupted.
///
/// # Errors
/// If the port cannot be had, or the system gives no threads or random numbers.
pub fn serve(serving: Serving) -> Result<(), NotServed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(failed("threads"))?;
    runtime.block_on(async {
        let running = Running::begin(serving).await?;
        tokio::select! {
            () = running.answer() => Ok(()),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    // A job in hand is let go of: it writes nothing.
    runtime.shutdown_timeout(Duration::from_millis(200));
    Ok(())
}

/// A workbench that listens.
pub struct Running {
    listener: TcpListener,
    router: Router,
    /// Where it listens.
    pub address: SocketAddr,
    /// The link that lets one browser in.
    pub link: String,
}

impl Running {
    /// Takes the port, opens the case, and begins to run it and to watch its files.
    ///
    /// # Errors
    /// If the port cannot be had, or the system gives no threads or random numbers.
    pub async fn begin(serving: Serving) -> Result<Self, NotServed> {
        let Serving { opened, port, time, show } = serving;
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let place = wanted.to_string();
        let listener = TcpListener::bind(wanted).await.map_err(failed(&place))?;
        let address = listener.local_addr().map_err(failed(&place))?;
        let session =
            Session::new(address.port()).map_err(|e| failed("random numbers")(e.to_string()))?;
        let token = session.token();
        let guard = Arc::new(Guard::new(address, session, show));
        let link = guard.link(&token);
        let workbench = tokio::task::spawn_blocking(|| Workbench::open(opened))
            .await
            .map_err(failed("the case"))?;
        let pool = rayon::ThreadPoolBuilder::new()
            .thread_name(|n| format!("job {n}"))
            .build()
            .map_err(failed("threads"))?;
        let thread = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let made = std::thread::Builder::new().name(name.to_owned()).spawn(work);
            made.map(drop).map_err(failed("threads"))
        };
        let (worker, watcher) = (workbench.clone(), workbench.clone());
        thread("jobs", Box::new(move || worker.work(&pool)))?;
        thread("watch", Box::new(move || watcher.watch()))?;
        if workbench.now().good.is_some() {
            workbench.run_anew();
        }
        (guard.show)(&link);
        let router = router(App { workbench, guard }, time);
        Ok(Self { listener, router, address, link })
    }

    /// Answers for ever.
    pub async fn answer(self) {
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let Ok(permit) = free.clone().acquire_owned().await else { return };
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(_) => {
                    // Too many open files, say: it passes.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            // Small answers are not held back; that the system refuses changes nothing else.
            let _ = stream.set_nodelay(true);
            let service = TowerToHyperService::new(self.router.clone());
            tokio::spawn(async move {
                let served = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIME)
                    .max_buf_size(64 << 10)
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
                // Whoever breaks off has nobody to be told of it.
                drop(served);
                drop(permit);
            });
        }
    }
}

/// What became of a request that was not answered in time.
async fn late(error: BoxError) -> Problem {
    if error.is::<tower::timeout::error::Elapsed>() {
        let detail = "the request took too long to come in or to be answered";
        return Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", detail);
    }
    Problem::internal(error)
}

fn router(app: App, time: Duration) -> Router {
    let (api, description) = endpoints().split_for_parts();
    drop(description);
    let bounds = ServiceBuilder::new()
        .layer(HandleErrorLayer::new(late))
        .timeout(time)
        .layer(GlobalConcurrencyLimitLayer::new(AT_ONCE));
    api.route("/api/openapi.json", get(openapi))
        .route("/enter", get(enter))
        .route("/pictures.css", get(picture_style))
        .fallback(page)
        .method_not_allowed_fallback(no_method)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(app.guard, guard))
        .layer(bounds)
        .layer(CatchPanicLayer::custom(|_| {
            Problem::internal("the answer broke off: a fault of the program").into_response()
        }))
        .layer(axum::middleware::from_fn(headers))
}

/// Where something is there, and not for this.
async fn no_method(method: Method, uri: Uri) -> Problem {
    let detail = format!("{} is not answered to {method}", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", detail)
        .hint("GET /api/openapi.json lists what there is")
}

async fn openapi() -> impl IntoResponse {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], crate::openapi())
}
