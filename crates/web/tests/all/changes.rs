//! Changes by hand over the wire: shown, kept as shown, refused where the case would be wrong or a file changed, taken back and put back.
#![allow(clippy::unwrap_used)]

use crate::wire::Served;
use serde_json::{Value, json};

fn tie(to: &str) -> Value {
    json!([{"make": "entry", "kind": "tie", "fields": {
        "from": "seaward", "to": to, "channel": "information",
        "bandwidth": {"value": 0.3, "low": 0.1, "high": 0.5, "judged": "few listen"},
        "dependence": {"value": 0.2, "low": 0.1, "high": 0.4, "source": "courier", "quote": "pays a third of its wages"},
    }}])
}

fn text(served: &Served, file: &str) -> String {
    std::fs::read_to_string(served.root().join(file)).unwrap_or_default()
}

#[test]
fn a_change_is_shown_kept_taken_back_and_put_back() {
    let served = Served::new().entered();
    let before = text(&served, "ties.toml");
    let draft = served.post("/api/changes/draft", &json!({"changes": tie("guard")}));
    assert_eq!(draft.status, 200, "{}", draft.body);
    let draft = draft.json();
    assert_eq!(draft["fits"], true, "{draft}");
    assert_eq!(text(&served, "ties.toml"), before);
    let asked = json!({"changes": tie("guard"), "seen": draft["seen"], "said": {"by": "Ada"}});
    let kept = served.post("/api/changes", &asked);
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert_eq!(kept.json()["files"], json!(["ties.toml"]));
    let with = text(&served, "ties.toml");
    assert!(with.starts_with(&before) && with.contains("quote = \"pays a third of its wages\""));
    let decisions = served.get("/api/decisions").json();
    assert_eq!(decisions["decisions"][0]["title"], draft["title"]);
    assert_eq!(served.post("/api/undo", &json!({})).status, 200);
    assert_eq!(text(&served, "ties.toml"), before);
    assert_eq!(served.get("/api/decisions").json()["undone"][0]["title"], draft["title"]);
    assert_eq!(served.post("/api/redo", &json!({})).status, 200);
    assert_eq!(text(&served, "ties.toml"), with);
    assert_eq!(served.post("/api/redo", &json!({})).status, 409);
}

#[test]
fn what_would_be_wrong_or_was_changed_meanwhile_is_told_and_nothing_is_written() {
    let served = Served::new().entered();
    let draft = served.post("/api/changes/draft", &json!({"changes": tie("nobody")})).json();
    assert_eq!(draft["fits"], false);
    assert_eq!(draft["findings"][0]["severity"], "error");
    let asked = json!({"changes": tie("nobody"), "seen": draft["seen"]});
    let refused = served.post("/api/changes", &asked);
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.json()["diagnostics"][0]["rendered"].as_str().unwrap().contains("nobody"));
    let draft = served.post("/api/changes/draft", &json!({"changes": tie("guard")})).json();
    let path = served.root().join("ties.toml");
    let mine = format!("# mine\n{}", text(&served, "ties.toml"));
    std::fs::write(&path, &mine).unwrap();
    let asked = json!({"changes": tie("guard"), "seen": draft["seen"]});
    let refused = served.post("/api/changes", &asked);
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert_eq!(refused.json()["type"], "about:blank#changed-meanwhile");
    // What was never shown is not kept either.
    assert_eq!(served.post("/api/changes", &json!({"changes": tie("guard")})).status, 409);
    assert_eq!(text(&served, "ties.toml"), mine);
    for file in ["../x.txt", "documents/../x", "documents/a/b.txt", "scenarios/x.toml", "/x"] {
        let one = json!({"changes": [{"make": "document", "upload": "none", "file": file}]});
        assert!(served.post("/api/changes/draft", &one).status >= 400, "{file}");
    }
}

#[test]
fn a_document_is_handed_in_kept_with_its_source_and_read() {
    let served = Served::new().entered();
    let words =
        "Talks in the harbour\n\n21 February 2031\n\nThe Guard met the Greens in the harbour.\n";
    let own = format!("{}Content-Type: application/octet-stream\r\n", served.own());
    let answer = served.send("POST", "/api/documents?name=..%2fHarbour%20Talks.txt", &own, words);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let upload = answer.json();
    assert_eq!(upload["file"], "documents/harbour-talks.txt");
    assert_eq!(
        (&upload["title"], &upload["dated"]),
        (&json!("Talks in the harbour"), &json!("2031-02-21"))
    );
    let changes = json!([
        {"make": "document", "upload": upload["upload"], "file": upload["file"]},
        {"make": "entry", "kind": "source", "fields": {
            "key": upload["key"], "title": upload["title"], "publisher": "Coast Mail", "published": "2031-02-21",
            "reliability": "C", "credibility": 3, "document": upload["file"],
        }},
    ]);
    let draft = served.post("/api/changes/draft", &json!({"changes": changes})).json();
    assert_eq!(draft["fits"], true, "{draft}");
    let kept = served.post("/api/changes", &json!({"changes": changes, "seen": draft["seen"]}));
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert_eq!(text(&served, "documents/harbour-talks.txt"), words);
    served.until("/api/documents", |all| all.to_string().contains("harbour-talks"));
}

#[test]
fn the_day_is_moved_for_all_and_a_day_that_cannot_be_is_refused() {
    let served = Served::new().entered();
    let own = served.get("/api/case").json();
    let moved = served.post("/api/as-of", &json!({"date": "2031-02-22"}));
    assert_eq!(moved.status, 200, "{}", moved.body);
    let case = served.get("/api/case").json();
    assert_eq!((&case["as_of"], &case["own_as_of"]), (&json!("2031-02-22"), &own["as_of"]));
    assert_eq!(served.post("/api/as-of", &json!({"date": "1900-01-01"})).status, 422);
    assert_eq!(served.get("/api/case").json()["as_of"], "2031-02-22");
    assert_eq!(served.post("/api/as-of", &json!({})).status, 200);
    assert_eq!(served.get("/api/case").json()["revision"], own["revision"]);
}
