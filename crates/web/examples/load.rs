//! Fifty clients at once ask a running workbench for a minute, and the times of their answers are told.
//!
//! ```text
//! shatterbelt serve cases/toyland
//! cargo run --release -p shatterbelt-web --example load -- \
//!     'http://127.0.0.1:PORT/enter?token=…' [SECONDS] [CLIENTS]
//! ```
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What a page asks for in an hour's work.
const PATHS: [&str; 14] = [
    "/api/case",
    "/api/overview",
    "/api/pictures/sway-bars",
    "/api/documents",
    "/api/search?q=government",
    "/api/contradictions",
    "/api/proposals",
    "/api/timeline",
    "/api/election",
    "/api/levers?q=autonomy",
    "/api/record",
    "/api/brief",
    "/api/jobs",
    "/",
];

/// One request on a connection that stays open: the status and the length of the body.
fn ask(
    stream: &mut BufReader<TcpStream>,
    host: &str,
    cookie: &str,
    path: &str,
) -> std::io::Result<(u16, usize)> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let (mut length, mut chunked) = (0, false);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let head = line.trim().to_lowercase();
        if head.is_empty() {
            break;
        }
        if let Some(n) = head.strip_prefix("content-length: ") {
            length = n.parse().unwrap_or(0);
        }
        chunked |= head == "transfer-encoding: chunked";
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    while chunked {
        line.clear();
        stream.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk)?;
        length += size;
        chunked = size > 0;
    }
    Ok((status, length))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let link = arguments.next().unwrap();
    let mut number = |other: u64| arguments.next().and_then(|a| a.parse().ok()).unwrap_or(other);
    let (seconds, clients) = (number(60), number(50));
    let rest = link.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut door = TcpStream::connect(host).unwrap();
    write!(door, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut said = String::new();
    door.read_to_string(&mut said).unwrap();
    let cookie = said.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let end = Instant::now() + Duration::from_secs(seconds);
    let workers: Vec<_> = (0..clients as usize)
        .map(|client| {
            let (host, cookie) = (host.to_owned(), cookie.clone());
            std::thread::spawn(move || {
                let mut stream = BufReader::new(TcpStream::connect(&host).unwrap());
                let mut times: Vec<(usize, Duration)> = Vec::new();
                let mut faults = 0_u64;
                for n in client.. {
                    if Instant::now() >= end {
                        break;
                    }
                    let at = n % PATHS.len();
                    let began = Instant::now();
                    let (status, _) = ask(&mut stream, &host, &cookie, PATHS[at]).unwrap();
                    times.push((at, began.elapsed()));
                    faults += u64::from(status != 200);
                }
                (times, faults)
            })
        })
        .collect();
    let mut by_path: BTreeMap<usize, Vec<Duration>> = BTreeMap::new();
    let mut faults = 0;
    for worker in workers {
        let (times, more) = worker.join().unwrap();
        faults += more;
        times.into_iter().for_each(|(at, time)| by_path.entry(at).or_default().push(time));
    }
    let told = |name: &str, times: &mut Vec<Duration>| {
        times.sort();
        let at = |share: f64| times[((share * times.len() as f64) as usize).min(times.len() - 1)];
        let ms = |d: Duration| d.as_secs_f64() * 1000.0;
        let (middle, high, most) = (ms(at(0.5)), ms(at(0.99)), ms(at(1.0)));
        println!("{name:28} {:8} {middle:9.1} {high:9.1} {most:9.1}", times.len());
    };
    println!("{:28} {:>8} {:>9} {:>9} {:>9}", "path", "answers", "p50 ms", "p99 ms", "most ms");
    let mut all: Vec<Duration> = by_path.values().flatten().copied().collect();
    for (at, times) in &mut by_path {
        told(PATHS[*at], times);
    }
    told("all", &mut all);
    println!("{faults} answers were not 200; {:.0} a second", all.len() as f64 / seconds as f64);
}
