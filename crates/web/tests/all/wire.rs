//! A real workbench on a loopback port, spoken to in raw HTTP.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long anything is waited for that will come, on however busy a machine: only what never comes is told by it.
pub const PATIENCE: Duration = Duration::from_secs(600);

/// A workbench that runs until the test ends.
pub struct Served {
    pub address: SocketAddr,
    pub token: String,
    /// The cookie's name and value.
    pub cookie: String,
    pub csrf: String,
    pub folder: tempfile::TempDir,
    /// The links that were shown, in order.
    pub links: std::sync::Mutex<std::sync::mpsc::Receiver<String>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        match path.is_dir() {
            true if name == ".shatterbelt" => {}
            true => copy(&path, &to.join(name)),
            false => drop(std::fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

/// A copy of the fictional case.
pub fn toyland() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland"), folder.path());
    folder
}

impl Served {
    pub fn new() -> Self {
        Self::of(toyland(), 300, PATIENCE)
    }

    pub fn of(folder: tempfile::TempDir, runs: u32, time: Duration) -> Self {
        let (tell, told) = channel();
        let (show, links) = channel();
        let opened = web::Opened {
            root: folder.path().to_owned(),
            as_of: None,
            limits: evidence::Limits::default(),
            runs,
            seed: 1,
        };
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let show = Box::new(move |link: &str| drop(show.send(link.to_owned())));
                let serving = web::Serving { opened, port: 0, time, show };
                let running = web::Running::begin(serving).await.unwrap();
                tell.send((running.address, running.link.clone())).unwrap();
                running.answer().await;
            });
        });
        let (address, link) = told.recv_timeout(PATIENCE).unwrap();
        let token = link.rsplit('=').next().unwrap().to_owned();
        let (cookie, csrf) = (String::new(), String::new());
        let links = std::sync::Mutex::new(links);
        Self { address, token, cookie, csrf, folder, links }
    }

    /// Lets the test in.
    pub fn entered(mut self) -> Self {
        let token = self.token.clone();
        let answer = self.raw(&format!(
            "GET /enter?token={token} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ));
        assert_eq!(answer.status, 303, "{}", answer.body);
        let line = answer.header("set-cookie").unwrap();
        self.cookie = line.split(';').next().unwrap().to_owned();
        self.csrf = self.get("/api/session").json()["csrf"].as_str().unwrap().to_owned();
        self
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Sends bytes as they are and reads the answer to its end.
    pub fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        read(&mut stream)
    }

    pub fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    /// The headers of a page that was let in.
    pub fn own(&self) -> String {
        format!(
            "Cookie: {}\r\nX-Shatterbelt-Csrf: {}\r\nContent-Type: application/json\r\n",
            self.cookie, self.csrf
        )
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &format!("Cookie: {}\r\n", self.cookie), "")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &self.own(), &body.to_string())
    }

    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, &self.own(), "")
    }

    /// Asks again until something holds of the answer.
    pub fn until(&self, path: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.get(path);
            let is_json = answer.header("content-type").is_some_and(|t| t.contains("json"));
            if is_json && holds(&answer.json()) {
                return answer.json();
            }
            assert!(began.elapsed() < PATIENCE, "{path}: {}", answer.body);
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Listens to the stream until its lines pass a test, and gives all that was heard.
    pub fn listen(&self, holds: impl Fn(&str) -> bool) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "GET /api/stream HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.address, self.cookie
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut heard = Vec::new();
        let mut some = [0_u8; 4096];
        loop {
            let n = stream.read(&mut some).unwrap();
            assert!(n > 0, "the stream ended");
            heard.extend_from_slice(&some[..n]);
            let text = String::from_utf8_lossy(&heard);
            if holds(&text) {
                return text.into_owned();
            }
        }
    }
}

/// Reads an answer to the end of its connection.
pub fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A server that refuses a body may reset the connection once it has answered.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, rest) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|l| l.split(' ').nth(1)).and_then(|s| s.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|l| l.split_once(": "))
        .map(|(n, v)| (n.to_lowercase(), v.to_owned()))
        .collect();
    let chunked = headers.iter().any(|(n, v)| n == "transfer-encoding" && v == "chunked");
    let body = if chunked { unchunked(rest) } else { rest.to_owned() };
    Answer { status: status.unwrap_or(0), headers, body }
}

fn unchunked(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        out.push_str(after.get(..size).unwrap_or(after));
        rest = after.get(size + 2..).unwrap_or("");
    }
    out
}
