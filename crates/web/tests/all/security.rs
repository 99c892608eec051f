//! Nobody but the browser that was let in can read or change anything.
#![allow(clippy::unwrap_used)]

use crate::wire;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use crate::wire::Served;
use serde_json::{Value, json};

/// Every operation of the description: method and path, with something in the place of its parameters.
fn operations() -> Vec<(String, String)> {
    let description: Value = serde_json::from_str(&web::openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let filled =
                path.replace("{id}", "1").replace("{name}", "x").replace("{format}", "svg");
            let filled =
                filled.replace("{from}", "a").replace("{to}", "b").replace("{channel}", "c");
            all.push((method.to_uppercase(), filled));
        }
    }
    assert!(all.len() > 30, "{all:?}");
    all
}

#[test]
fn no_name_but_our_own_is_answered() {
    let served = Served::new().entered();
    let port = served.address.port();
    let other = port ^ 1;
    let forms = [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("127.0.0.1.evil.example:{port}"),
        format!("localhost.evil.example:{port}"),
        format!("localhost.:{port}"),
        format!("127.0.0.1.:{port}"),
        format!("127.1:{port}"),
        format!("127.0.0.2:{port}"),
        format!("0.0.0.0:{port}"),
        format!("0:{port}"),
        format!("2130706433:{port}"),
        format!("0x7f000001:{port}"),
        format!("0177.0.0.1:{port}"),
        format!("0x7f.0.0.1:{port}"),
        format!("[::1]:{port}"),
        format!("[::ffff:127.0.0.1]:{port}"),
        format!("[::]:{port}"),
        format!("127.0.0.1:{other}"),
        format!("localhost:{other}"),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!("user@127.0.0.1:{port}"),
        format!("127.0.0.1:{port}@evil.example"),
        format!("127.0.0.1:{port},evil.example"),
        format!("evil.example, 127.0.0.1:{port}"),
        format!("127.0.0.1:{port}.evil.example"),
        format!("127.0.0.1:0{port}"),
        format!("localhost:{port}/"),
        format!("http://localhost:{port}"),
        format!("localho\u{17f}t:{port}"),
        format!("①27.0.0.1:{port}"),
        format!("127。0。0。1:{port}"),
        String::new(),
        "*".to_owned(),
    ];
    let mut passed = Vec::new();
    for host in &forms {
        for path in ["/api/case", "/", "/enter?token=x"] {
            let answer = served.raw(&format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
                served.cookie
            ));
            // 403 is ours; 400 is the parser's; nothing at all is a closed connection.
            if !matches!(answer.status, 403 | 400 | 0) || answer.body.contains("Toyland") {
                passed.push((host, path, answer.status));
            }
        }
    }
    assert!(passed.is_empty(), "{passed:?}");
    let twice = served.raw(&format!(
        "GET /api/case HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\nCookie: {1}\r\nConnection: close\r\n\r\n",
        served.address, served.cookie
    ));
    assert!(matches!(twice.status, 403 | 400), "{}", twice.status);
    let none = served.raw(&format!(
        "GET /api/case HTTP/1.1\r\nCookie: {}\r\nConnection: close\r\n\r\n",
        served.cookie
    ));
    assert!(matches!(none.status, 403 | 400), "{}", none.status);
    let absolute = served.raw(&format!(
        "GET http://evil.example/api/case HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
        served.address, served.cookie
    ));
    assert!(matches!(absolute.status, 403 | 400), "{}", absolute.status);
    for host in
        [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LocalHost:{port}")]
    {
        let answer = served.raw(&format!(
            "GET /api/case HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
            served.cookie
        ));
        assert_eq!(answer.status, 200, "{host}: {}", answer.body);
    }
}

#[test]
fn no_other_sites_page_is_answered() {
    let served = Served::new().entered();
    let port = served.address.port();
    let own = served.own();
    for origin in [
        "null".to_owned(),
        "http://evil.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", port ^ 1),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1:{port}.evil.example"),
        format!("http://evil.example:{port}"),
        format!("http://127.0.0.1:{port}/"),
        "file://".to_owned(),
        String::new(),
    ] {
        for (method, path) in [("GET", "/api/case"), ("POST", "/api/undo"), ("POST", "/api/whatif")]
        {
            let answer = served.send(method, path, &format!("{own}Origin: {origin}\r\n"), "");
            assert_eq!(answer.status, 403, "{origin} {method} {path}: {}", answer.body);
        }
    }
    for site in ["cross-site", "same-site", "sideways"] {
        let answer =
            served.send("GET", "/api/case", &format!("{own}Sec-Fetch-Site: {site}\r\n"), "");
        assert_eq!(answer.status, 403, "{site}");
    }
    let ours = format!("{own}Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n");
    let answer = served.send("GET", "/api/case", &ours, "");
    assert_eq!(answer.status, 200);
    let allowed = answer.headers.iter().filter(|(name, _)| name.starts_with("access-control"));
    assert_eq!(allowed.count(), 0, "there is no CORS");
    let asked =
        served.send("OPTIONS", "/api/case", &format!("Origin: http://127.0.0.1:{port}\r\n"), "");
    assert_eq!(asked.status, 401);
}

#[test]
fn a_link_lets_one_browser_in_and_the_next_is_shown() {
    let served = Served::new().entered();
    assert_eq!(served.get("/api/session").status, 200);
    let again = served.send("GET", &format!("/enter?token={}", served.token), "", "");
    assert_eq!((again.status, again.header("set-cookie")), (403, None));
    for wrong in ["", "x", &"0".repeat(64)] {
        assert_eq!(served.send("GET", &format!("/enter?token={wrong}"), "", "").status, 403);
    }
    assert_eq!(served.send("GET", "/enter", "", "").status, 403);
    assert_eq!(served.send("POST", &format!("/enter?token={}", served.token), "", "").status, 401);
    let links: Vec<String> = served.links.lock().unwrap().try_iter().collect();
    assert_eq!(links.len(), 2, "one at the start, one once that was used");
    let next = links[1].split_once("/enter").map(|(_, rest)| format!("/enter{rest}")).unwrap();
    let answer = served.send("GET", &next, "", "");
    assert_eq!(answer.status, 303);
    let line = answer.header("set-cookie").unwrap();
    assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{line}");
}

#[test]
fn nothing_is_answered_without_the_cookie() {
    let served = Served::new().entered();
    for (method, path) in operations() {
        for cookie in ["", "Cookie: shatterbelt_1=x\r\n", "Cookie: shatterbelt\r\n"] {
            let headers = format!("{cookie}X-Shatterbelt-Csrf: {}\r\n", served.csrf);
            let answer = served.send(&method, &path, &headers, "");
            assert_eq!(answer.status, 401, "{method} {path}: {}", answer.body);
        }
    }
    for path in ["/", "/overview", "/index.html", "/pictures.css", "/api/openapi.json", "/api/none"]
    {
        assert_eq!(served.send("GET", path, "", "").status, 401, "{path}");
    }
}

#[test]
fn nothing_is_changed_without_the_value_that_only_our_pages_can_read() {
    let served = Served::new().entered();
    let cookie = format!("Cookie: {}\r\nContent-Type: application/json\r\n", served.cookie);
    let mut seen = 0;
    for (method, path) in operations().into_iter().filter(|(m, _)| m != "GET") {
        seen += 1;
        let long = format!("X-Shatterbelt-Csrf: {}0\r\n", served.csrf);
        let twice = format!("X-Shatterbelt-Csrf: {0}\r\nX-Shatterbelt-Csrf: {0}\r\n", served.csrf);
        for value in ["", "X-Shatterbelt-Csrf: \r\n", "X-Shatterbelt-Csrf: x\r\n", &long, &twice] {
            let answer = served.send(&method, &path, &format!("{cookie}{value}"), "{}");
            let kind = answer.json()["type"].as_str().unwrap_or_default().to_owned();
            assert_eq!(
                (answer.status, kind.as_str()),
                (403, "about:blank#no-csrf"),
                "{method} {path}"
            );
        }
        let answer = served.send(&method, &path, &served.own(), "{}");
        assert_ne!(answer.status, 403, "{method} {path}: {}", answer.body);
    }
    assert!(seen >= 7, "{seen}");
    // A verb that no endpoint has is held to the same.
    for verb in ["PUT", "PATCH", "PROPFIND"] {
        assert_eq!(served.send(verb, "/api/case", &cookie, "").status, 403, "{verb}");
    }
}

#[test]
fn every_answer_carries_the_same_headers() {
    let served = Served::new().entered();
    let big = "x".repeat(web::MOST_BYTES + 1);
    let own = served.own();
    let wrong = "not json";
    let mut answers = vec![
        served.send("GET", "/api/case", "", ""),
        served.send("GET", "/", "", ""),
        served.get("/"),
        served.get("/overview"),
        served.get("/assets/none.js"),
        served.get("/pictures.css"),
        served.get("/api/none"),
        served.get("/api/openapi.json"),
        served.get("/enter?token=x"),
        served.send("POST", "/api/whatif", &own, &big),
        served.send("POST", "/api/whatif", &own, wrong),
        served.send("PUT", "/api/case", &own, ""),
        served.send("POST", "/api/undo", "", ""),
    ];
    for (method, path) in operations().into_iter().filter(|(_, p)| p != "/api/stream") {
        answers.push(served.send(&method, &path, &own, "{}"));
    }
    let mut statuses = BTreeSet::new();
    for answer in &answers {
        statuses.insert(answer.status);
        let is = |name: &str, value: &str| {
            let all: Vec<&str> = (answer.headers.iter())
                .filter(|(n, _)| n == name)
                .map(|(_, v)| v.as_str())
                .collect();
            assert_eq!(all, [value], "{name} of {} {}", answer.status, answer.body);
        };
        is(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'; object-src 'none'",
        );
        is("x-content-type-options", "nosniff");
        is("x-frame-options", "DENY");
        is("referrer-policy", "no-referrer");
        is("cross-origin-opener-policy", "same-origin");
        is("cross-origin-resource-policy", "same-origin");
        is("cache-control", "no-store");
    }
    for status in [200, 401, 403, 404, 405, 413, 400] {
        assert!(statuses.contains(&status), "no answer had {status}: {statuses:?}");
    }
}

#[test]
fn no_path_leads_out_of_the_front_end() {
    let served = Served::new().entered();
    std::fs::write(served.root().join("secret.txt"), "the secret of the folder").unwrap();
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/....//secret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/secret.txt",
        "/secret.txt%00.html",
        "/file:///etc/passwd",
        "/api/documents/..%2f..%2fsecret.txt",
        "/api/documents/%2e%2e%2fsecret.txt",
        "/api/documents/%2fetc%2fpasswd",
        "/api/pictures/..%2f..%2fsecret.txt/svg",
        "/api/pictures/x/..%2fsecret",
        "/api/actors/..%2fsecret.txt",
        "/api/evidence/for?path=../secret.txt",
    ] {
        let answer = served.get(path);
        assert!(!answer.body.contains("the secret"), "{path}");
        assert!(!answer.body.contains("root:"), "{path}");
        let is_page = answer.header("content-type").is_some_and(|t| t.starts_with("text/html"));
        assert!(matches!(answer.status, 400 | 404) || is_page, "{path}: {}", answer.status);
    }
    for name in ["../secret", "..", "a/b", "", "scenarios/../x", "x\u{0}", "/etc/passwd", "X Y"] {
        let body = json!({"name": name, "title": "t", "set": {"entry.reds.participates": false}});
        let answer = served.post("/api/scenarios", &body);
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        let body = json!({"scenarios": [name]});
        assert_eq!(served.post("/api/whatif", &body).status, 422, "{name}");
    }
}

#[test]
fn a_request_is_bounded_in_size_and_time() {
    let served = Served::new().entered();
    let big = "x".repeat(web::MOST_BYTES + 1);
    let answer = served.send("POST", "/api/whatif", &served.own(), &big);
    assert_eq!(
        (answer.status, answer.json()["type"].as_str().unwrap()),
        (413, "about:blank#too-large")
    );
    let long = format!("/api/search?q={}", "y".repeat(100_000));
    assert!(matches!(served.get(&long).status, 414 | 431 | 400 | 0));
    // A body that does not come is not waited for: the answer comes though the connection is kept open.
    let served = Served::of(wire::toyland(), 300, Duration::from_secs(8)).entered();
    let mut stream = TcpStream::connect(served.address).unwrap();
    let head = format!(
        "POST /api/whatif HTTP/1.1\r\nHost: {}\r\n{}Content-Length: 1000\r\nConnection: close\r\n\r\n{{",
        served.address,
        served.own()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let answer = wire::read(&mut stream);
    assert_eq!(answer.status, 408, "{}", answer.body);
}

#[test]
fn clients_that_say_nothing_shut_nobody_out_for_long() {
    let served = Served::new().entered();
    let idle: Vec<TcpStream> = (0..web::CONNECTIONS + 40)
        .filter_map(|_| {
            let mut stream = TcpStream::connect(served.address).ok()?;
            stream.write_all(b"GET /api/case HTTP/1.1\r\nHost:").ok()?;
            Some(stream)
        })
        .collect();
    assert!(idle.len() > web::CONNECTIONS / 2);
    assert_eq!(served.get("/api/case").status, 200, "the silent ones were waited for");
    drop(idle);
}
