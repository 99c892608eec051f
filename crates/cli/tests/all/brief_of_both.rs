//! The brief of the workbench is the brief of the command: both walk one road.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::running::{copy, printed, root};

/// A day on which a truth of the fictional case is out.
const AS_OF: &str = "2031-04-01";
/// More than the workbench runs before its first version.
const RUNS: &str = "1200";

/// `shatterbelt serve`, until the test ends.
struct Served {
    process: Child,
    host: String,
    cookie: String,
    csrf: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    fn new(case: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
            .args(["serve", case, "--as-of", AS_OF, "--runs", RUNS])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut link = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut link).unwrap();
        let (host, path) = link.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (cookie, csrf) = (String::new(), String::new());
        let mut served = Self { process, host: host.to_owned(), cookie, csrf };
        let (head, _) = served.ask("GET", &format!("/{path}"), "");
        let line = head.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
        served.cookie = line.split(';').next().unwrap().to_owned();
        served.csrf = served.json("/api/session")["csrf"].as_str().unwrap().to_owned();
        served
    }

    /// The head and the body of an answer. In HTTP 1.0 a body ends with its connection.
    fn ask(&self, method: &str, path: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let own = format!("Cookie: {}\r\nX-Shatterbelt-Csrf: {}", self.cookie, self.csrf);
        let kind = format!("Content-Type: application/json\r\nContent-Length: {}", body.len());
        let request =
            format!("{method} {path} HTTP/1.0\r\nHost: {}\r\n{own}\r\n{kind}\r\n\r\n", self.host);
        stream.write_all((request + body).as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    fn body(&self, path: &str) -> String {
        let (head, body) = self.ask("GET", path, "");
        assert!(head.contains(" 200 "), "{path}: {head}\n{body}");
        body
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.body(path)).unwrap()
    }

    /// Asks again until something holds.
    fn until(&self, path: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let (head, body) = self.ask("GET", path, "");
            // The first runs may not be done yet.
            let answer = head.contains(" 200 ").then(|| serde_json::from_str(&body).unwrap());
            if let Some(answer) = answer.filter(&holds) {
                return answer;
            }
            assert!(began.elapsed() < Duration::from_secs(600), "{path}: {head}\n{body}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The fictional case with a question whose frozen forecast can be scored.
fn case_with_a_record(to: &Path) {
    copy(&root().join("cases/toyland"), to);
    let path = to.join("questions.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let ask = "ask = \"turnout > 0.55\"\n";
    assert!(text.contains(ask));
    let answered = text.replace(ask, &format!("{ask}truth = \"yes\"\nsource = \"late\"\n"));
    std::fs::write(&path, answered).unwrap();
}

fn report(case: &str, out: &Path) -> String {
    let file = out.to_str().unwrap();
    printed(&["report", case, "--as-of", AS_OF, "--runs", RUNS, "--out", file]);
    std::fs::read_to_string(out).unwrap()
}

#[test]
fn the_whole_brief_of_the_workbench_is_that_of_the_command_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("toyland");
    case_with_a_record(&folder);
    let case = folder.to_str().unwrap();
    printed(&["score", case, "--freeze", "--runs", "200"]);
    let markdown = report(case, &dir.path().join("brief.md"));
    for part in
        ["1 forecast of this case were frozen", "## When it comes about", "## Indicators to watch"]
    {
        assert!(markdown.contains(part), "the brief tries the test less than it should: {part}");
    }
    let served = Served::new(case);
    let partial = served.until("/api/brief", |brief| brief["title"].is_string());
    if partial["whole"] == false {
        assert_eq!(partial["method"]["replay"], Value::Null, "no command writes a partial brief");
    }
    let (head, job) = served.ask("POST", "/api/jobs", r#"{"kind": "brief"}"#);
    assert!(head.contains(" 202 "), "{head}\n{job}");
    let job: Value = serde_json::from_str(&job).unwrap();
    served.until(&format!("/api/jobs/{}", job["id"]), |job| {
        assert_ne!(job["state"], "failed", "{job}");
        job["state"] == "done"
    });
    let view = served.json("/api/brief");
    assert_eq!(view["whole"], true);
    assert!(served.body("/api/brief.md") == markdown, "Markdown differs");
    // The store by now holds all documents of the case, later ones too: the page is the same.
    let html = report(case, &dir.path().join("brief.html"));
    assert!(served.body("/api/brief.html") == html, "HTML differs");
    // And the line that says how to make it again does make it again.
    let replay = view["method"]["replay"].as_str().unwrap();
    let words: Vec<&str> = replay.split(' ').skip(1).collect();
    let again = dir.path().join("again.md");
    printed(&[words, vec!["--out", again.to_str().unwrap()]].concat());
    assert!(std::fs::read_to_string(again).unwrap() == markdown, "the replay line lies: {replay}");
}
