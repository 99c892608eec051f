//! Requests of the workbench's pages, put to a real server on a loopback port: query and body. What would write to the case
//! is not asked.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::{Target, first_line, text, toyland};

pub const TARGET: Target = Target {
    name: "api",
    says: "the workbench's server: what is asked is answered or refused in JSON, never broken off",
    run,
};

/// What may be posted: nothing of it changes the case.
const POSTED: &[&str] = &[
    "/api/whatif",
    "/api/whatif/ways",
    "/api/whatif/answers",
    "/api/play/actors",
    "/api/play",
    "/api/play/account",
    "/api/changes/draft",
];

/// A server that runs as long as the program.
struct Served {
    address: SocketAddr,
    cookie: String,
    csrf: String,
}

/// The first line is a method and a path with its query, the rest is the body.
fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (line, body) = first_line(text);
    let Some((method, path)) = line.trim().split_once(' ') else { return };
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic());
    let known = match method {
        "GET" => path.starts_with("/api/") && !path.starts_with("/api/stream"),
        "POST" => POSTED.contains(&path),
        _ => false,
    };
    if !plain || !known {
        return;
    }
    let served = served();
    let answer = served.ask(method, path, body);
    let head = answer.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|s| s.parse::<u16>().ok()).unwrap_or(0);
    assert!((200..500).contains(&status) || status == 503, "{line}: {answer}");
    // What is no address at all the parser refuses, before anything of ours sees it.
    let parser = status == 400 && head.contains("content-length: 0");
    assert!(
        status < 400 || parser || head.contains("content-type: application/problem+json"),
        "a refusal says why: {answer}"
    );
}

impl Served {
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let (cookie, csrf) = (&self.cookie, &self.csrf);
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {cookie}\r\nX-Shatterbelt-Csrf: {csrf}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    #[allow(clippy::expect_used)]
    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("the server listens");
        let mut answer = Vec::new();
        // A server that refuses a body may reset the connection once it has answered.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

#[allow(clippy::expect_used)]
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the fictional case is there") {
        let path = entry.expect("it can be listed").path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).expect("a file can be copied");
        }
    }
}

#[allow(clippy::expect_used)]
fn served() -> &'static Served {
    static SERVED: OnceLock<Served> = OnceLock::new();
    SERVED.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        copy(&toyland::root(), folder.path());
        let (tell, told) = channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("there are threads");
            runtime.block_on(async {
                let opened = web::Opened {
                    root: folder.path().to_owned(),
                    as_of: None,
                    limits: evidence::Limits::default(),
                    runs: 4,
                    seed: 1,
                };
                let show = Box::new(|_: &str| ());
                let serving = web::Serving { opened, port: 0, time: Duration::from_secs(600), show };
                let running = web::Running::begin(serving).await.expect("it can be served");
                let _ = tell.send((running.address, running.link.clone()));
                running.answer().await;
            });
        });
        let (address, link) = told.recv().expect("it listens");
        let token = link.rsplit('=').next().unwrap_or_default();
        let mut served = Served { address, cookie: String::new(), csrf: String::new() };
        let entered = served.raw(&format!(
            "GET /enter?token={token} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        ));
        let set = |line: &str| Some(line.split_once("et-cookie: ")?.1.split(';').next()?.to_owned());
        served.cookie = entered.lines().find_map(set).expect("it lets us in");
        let session = served.ask("GET", "/api/session", "");
        let csrf = session.split("\"csrf\":\"").nth(1).and_then(|rest| rest.split('"').next());
        served.csrf = csrf.expect("it says its secret").to_owned();
        served
    })
}
