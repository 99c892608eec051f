//! A day's work: the case changes on disk, jobs run and are cancelled, what-ifs are asked and kept, decisions undone.
#![allow(clippy::unwrap_used)]

use crate::wire;

use std::sync::mpsc::{Sender, channel};

use crate::wire::Served;
use serde_json::{Value, json};

/// Whether less than half of a job was done.
fn is_early(job: &Value) -> bool {
    2 * job["done"].as_u64().unwrap() < job["total"].as_u64().unwrap()
}

fn files(served: &Served) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["", "scenarios"] {
        for entry in std::fs::read_dir(served.root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(served.root()).unwrap().display().to_string();
                all.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn a_broken_file_shows_its_faults_and_the_last_good_state_stays() {
    let served = Served::new().entered();
    let good = served.get("/api/case").json();
    assert_eq!(good["state"], "good");
    let path = served.root().join("actors.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("id = \"reds\"", "id = reds", 1)).unwrap();
    let broken = served.until("/api/case", |case| case["state"] == "broken");
    assert_eq!(broken["revision"], good["revision"], "the last good state stays");
    assert_eq!(broken["title"], "Toyland");
    let found = &broken["diagnostics"][0];
    assert_eq!(found["line"], 31, "{found}");
    assert!(found["file"].as_str().unwrap().ends_with("actors.toml"));
    assert!(found["rendered"].as_str().unwrap().contains("id = reds"), "{found}");
    assert_eq!(served.get("/api/overview").status, 200);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, &text).unwrap();
    let mended = served.until("/api/case", |case| case["state"] == "good");
    assert_eq!(mended["revision"], good["revision"]);
    std::fs::write(&path, text.replacen("name = \"Reds\"", "name = \"Crimsons\"", 1)).unwrap();
    let other = served.until("/api/case", |case| case["revision"] != good["revision"]);
    assert!(other["actors"].to_string().contains("Crimsons"));
    let overview = served.get("/api/overview").json();
    assert_eq!(overview["revision"], other["revision"], "what is answered is of the new files");
}

#[test]
fn a_case_that_was_never_good_is_waited_for() {
    let folder = wire::toyland();
    let path = folder.path().join("case.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("format = 1", "format = 99", 1)).unwrap();
    let served = Served::of(folder, 300, wire::PATIENCE).entered();
    let answer = served.get("/api/case");
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert!(answer.json()["diagnostics"][0]["message"].as_str().unwrap().contains("format 99"));
    std::fs::write(&path, &text).unwrap();
    served.until("/api/case", |case| case["state"] == "good");
    assert_eq!(served.get("/api/overview").status, 200);
}

#[test]
fn two_pages_hear_and_see_the_same() {
    let served = Served::new().entered();
    served.until("/api/overview", |o| o["whole"] == true);
    let hear = |listens: Sender<()>| {
        served.listen(move |text| {
            // The first event says that the page is heard from now on.
            if text.contains("event: case") {
                let _ = listens.send(());
            }
            text.contains("event: decisions")
        })
    };
    std::thread::scope(|scope| {
        let ((one, one_listens), (other, other_listens)) = (channel(), channel());
        let (one, other) = (scope.spawn(|| hear(one)), scope.spawn(|| hear(other)));
        one_listens.recv().unwrap();
        other_listens.recv().unwrap();
        let body = json!({"name": "quiet", "title": "Quiet", "set": {"actor.reds.autonomy": 1.5}});
        let answer = served.post("/api/scenarios", &body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        // What comes behind that event hangs on when each of the two stops to listen.
        let later = |text: String| {
            let (_, rest) = text.split_once("event: decisions")?;
            rest.split("\n\n").next().map(str::to_owned)
        };
        let (one, other) = (one.join().unwrap(), other.join().unwrap());
        assert!(one.starts_with("HTTP/1.1 200"));
        assert!(one.contains("text/event-stream") && one.contains("event: case"));
        assert_eq!(later(one), later(other));
    });
    let seen: Vec<String> = (0..2).map(|_| served.get("/api/case").body).collect();
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].contains("\"quiet\""));
}

#[test]
fn a_job_tells_how_far_it_is_is_cancelled_long_before_its_end_and_outlives_its_page() {
    let served = Served::of(wire::toyland(), 100_000, wire::PATIENCE).entered();
    served.get("/api/overview");
    let asked = json!({"kind": "sensitivity", "of": "government.days", "walks": 4, "samples": 65536, "top": 20});
    let begun = served.post("/api/jobs", &asked);
    assert_eq!(begun.status, 202, "{}", begun.body);
    let id = begun.json()["id"].as_u64().unwrap();
    let again = served.post("/api/jobs", &asked).json();
    assert_eq!(again["id"], id, "the same job is not begun twice");
    let base = served.get("/api/jobs").json()["jobs"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((base["kind"].as_str(), base["state"].as_str()), (Some("base"), Some("running")));
    // The page that asked has gone; another finds the job and hears of it.
    let heard = served.listen(|text| text.matches("event: job").count() > 2);
    assert!(heard.contains("\"done\":") && heard.contains("\"total\":100000"), "{heard}");
    let at = format!("/api/jobs/{}", base["id"]);
    assert_eq!(served.delete(&at).status, 200);
    let ended = served.until(&at, |job| job["state"] != "running");
    assert!(ended["state"] == "cancelled" && is_early(&ended), "the base ran on: {ended}");
    let at = format!("/api/jobs/{id}");
    let running = served.until(&at, |job| job["done"].as_u64() > Some(0));
    assert_eq!(running["state"], "running");
    assert!(running["eta_seconds"].as_f64().unwrap() > 0.0);
    served.delete(&at);
    let ended = served.until(&at, |job| job["state"] != "running");
    assert!(ended["state"] == "cancelled" && is_early(&ended), "the study ran on: {ended}");
    assert_eq!(served.get("/api/jobs/999").status, 404);
}

#[test]
fn a_what_if_of_nothing_differs_by_exactly_nothing_and_is_what_the_command_line_says() {
    let served = Served::of(wire::toyland(), 2000, wire::PATIENCE).entered();
    served.until("/api/overview", |o| o["whole"] == true);
    let same = served.post("/api/whatif", &json!({"set": {}})).json();
    assert_eq!((same["changed"].as_f64(), same["job"].is_null()), (Some(0.0), true));
    for row in same["differences"].as_array().unwrap() {
        assert_eq!(row["difference"]["mean"].as_f64(), Some(0.0), "{row}");
        assert_eq!(row["changed"].as_f64(), Some(0.0), "{row}");
    }
    let asked = json!({"scenarios": ["justice-stands"], "runs": 500});
    let first = served.post("/api/whatif", &asked);
    assert_eq!(first.status, 200, "{}", first.body);
    let first = first.json();
    assert!(first["changed"].as_f64().unwrap() > 0.0);
    let id = first["job"].as_u64().unwrap();
    let done = served.until(&format!("/api/jobs/{id}"), |job| job["state"] == "done");
    let refined = &done["result"];
    assert_eq!((refined["runs"].as_u64(), refined["kind"].as_str()), (Some(2000), Some("whatif")));
    let folder = case::Folder::read(&served.root()).unwrap();
    let patched = folder.with_scenario("justice-stands").unwrap();
    let (base, other) = (folder.build(None).case.unwrap(), patched.build(None).case.unwrap());
    let (base, other) =
        (simulate::Model::new(&base).unwrap(), simulate::Model::new(&other).unwrap());
    let runs = |model: &simulate::Model<'_>| model.ensemble(1, 0, 2000, &|_| {}).unwrap();
    let found = assess::compare((&base, &runs(&base)), (&other, &runs(&other))).unwrap();
    assert_eq!(refined["changed"].as_f64(), Some(found.changed));
    for (row, wanted) in refined["differences"].as_array().unwrap().iter().zip(&found.differences) {
        assert_eq!(row["quantity"].as_str(), Some(wanted.quantity.as_str()));
        assert_eq!(row["difference"]["mean"].as_f64(), Some(wanted.difference.mean));
    }
}

#[test]
fn the_key_questions_are_answered_in_a_what_if_pair_by_pair() {
    let served = Served::of(wire::toyland(), 1000, wire::PATIENCE).entered();
    served.post("/api/jobs", &json!({"kind": "brief"}));
    served.until("/api/overview", |o| !o["answers"].is_null());
    let ask = |asked: Value| served.post("/api/whatif/answers", &asked).json();
    let rows = |found: &Value| found["rows"].as_array().unwrap().clone();
    let same = ask(json!({}));
    assert_eq!(same["silent"], json!([]));
    let mut asked: Vec<Value> = rows(&same).iter().map(|r| r["id"].clone()).collect();
    asked.dedup();
    assert_eq!(asked, ["largest-2031", "days-2031", "turnout-2031"], "in their order");
    for row in rows(&same) {
        assert_eq!((&row["difference"], &row["error"]), (&json!(0.0), &json!(0.0)), "{row}");
    }
    // The base is what the other pages say that the runs say.
    let told = served.get("/api/overview").json();
    let said = |id: &str| {
        let answers = told["answers"].as_array().unwrap().iter();
        answers.clone().find(|a| a["id"] == id).unwrap()["runs"].clone()
    };
    let of = |found: &Value, id: &str| rows(found).iter().find(|r| r["id"] == id).unwrap().clone();
    assert_eq!(of(&same, "turnout-2031")["base"], said("turnout-2031")["share"]);

    // The pairs, counted by hand.
    let asked =
        json!({"scenarios": ["justice-stands"], "set": {"process.formation.defection": 0.9}});
    let found = ask(asked);
    let row = of(&found, "turnout-2031");
    let folder = case::Folder::read(&served.root()).unwrap();
    let changed = folder.with_scenario("justice-stands").unwrap();
    let changed = changed.with_set("process.formation.defection=0.9");
    let (base, other) = (folder.build(None).case.unwrap(), changed.build(None).case.unwrap());
    let yes = |case: &case::Case| -> Vec<f64> {
        let model = simulate::Model::new(case).unwrap();
        let runs = model.ensemble(1, 0, 400, &|_| {}).unwrap().outcomes;
        runs.iter().map(|run| f64::from(u8::from(run.turnout > 0.55))).collect()
    };
    let (base, other) = (yes(&base), yes(&other));
    let n = usize::try_from(row["runs"].as_u64().unwrap()).unwrap();
    assert!((64..=400).contains(&n), "{row}");
    let sum: f64 = other[..n].iter().sum::<f64>() - base[..n].iter().sum::<f64>();
    assert!((row["difference"].as_f64().unwrap() - sum / n as f64).abs() < 1e-12, "{row}");
    let days = of(&found, "days-2031");
    assert!(days["difference"].as_f64().unwrap() != 0.0 && days["is_probability"] == false);
}

#[test]
fn a_what_if_that_cannot_be_says_why_in_the_words_of_check() {
    let served = Served::new().entered();
    for (asked, says) in [
        (json!({"set": {"actor.rds.autonomy": 1}}), "actor.rds.autonomy"),
        (json!({"set": {"actor.reds.autonomy": "many"}}), "autonomy"),
        (json!({"set": {"a=b": 1}}), "no path"),
        (json!({"set": {"a\n[[set]]": 1}}), "no path"),
        (json!({"scenarios": ["none"]}), "no scenario"),
        (json!({"runs": 0}), "runs"),
        (json!({"runs": 1_000_000}), "runs"),
    ] {
        let answer = served.post("/api/whatif", &asked);
        assert_eq!(answer.status, 422, "{asked}: {}", answer.body);
        assert!(answer.body.contains(says), "{asked}: {}", answer.body);
    }
    for (asked, said) in [
        (json!({"sets": {}}), "sets: unknown field"),
        (json!("x"), "\"x\" stands where a table belongs"),
        (json!({"runs": -1}), "runs: -1 stands where a whole number from 0 to 4294967295 belongs"),
        (json!({"scenarios": 7}), "scenarios: 7 stands where a list belongs"),
    ] {
        let answer = served.post("/api/whatif", &asked);
        assert_eq!(
            (answer.status, answer.json()["type"].as_str()),
            (422, Some("about:blank#bad-body"))
        );
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with(said) && !detail.contains("deserialize"), "{detail}");
    }
    let answer = served.get("/api/files/%ff");
    assert_eq!(
        (answer.status, answer.json()["type"].as_str()),
        (400, Some("about:blank#bad-address"))
    );
    let answer = served.get("/api/map?places=perhaps");
    assert_eq!(
        (answer.status, answer.json()["type"].as_str()),
        (400, Some("about:blank#bad-query"))
    );
    assert!(answer.body.contains("places=: "), "{}", answer.body);
}

#[test]
fn a_what_if_is_kept_as_a_scenario_and_undone_byte_for_byte() {
    let served = Served::new().entered();
    let before = files(&served);
    let hostile = "Quiet\"\n[[remove]]\npath = \"actor.reds\"\n# ";
    let body = json!({
        "name": "quiet-reds",
        "title": hostile,
        "why": "'''\"\"\"\\",
        "set": {"actor.reds.autonomy": 1.5, "entry.blues.participates": true},
    });
    let answer = served.post("/api/scenarios", &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.json()["files"], json!(["scenarios/quiet-reds.toml"]));
    let written = std::fs::read_to_string(served.root().join("scenarios/quiet-reds.toml")).unwrap();
    let table: toml::Table = written.parse().unwrap();
    assert_eq!(table["title"].as_str(), Some(hostile.trim()));
    assert_eq!(table["set"].as_array().unwrap().len(), 2);
    assert!(table.get("remove").is_none());
    let again = served.post("/api/scenarios", &body);
    assert_eq!(again.status, 409, "a scenario is never written over: {}", again.body);
    let found = served.post("/api/whatif", &json!({"scenarios": ["quiet-reds"], "runs": 100}));
    assert_eq!(found.status, 200, "{}", found.body);
    let decisions = served.get("/api/decisions").json();
    assert_eq!(decisions["decisions"][0]["id"], "scenario-quiet-reds");
    let undone = served.post("/api/undo", &Value::Null);
    assert_eq!(undone.status, 200, "{}", undone.body);
    assert_eq!(files(&served), before);
    assert_eq!(served.post("/api/undo", &Value::Null).status, 409);
}

#[test]
fn a_proposal_is_written_into_the_files_and_taken_back() {
    let served = Served::new().entered();
    served.get("/api/overview");
    let before = files(&served);
    let listed = served.get("/api/proposals").json();
    let all = listed["proposals"].as_array().unwrap();
    assert!(!all.is_empty());
    assert_eq!(listed["can_undo"], false);
    let ready = all.iter().find(|p| p["open"].is_null()).unwrap();
    assert!(!ready["places"][0]["sentence"].as_str().unwrap().is_empty());
    assert!(!ready["diff"].as_array().unwrap().is_empty());
    let id = ready["id"].as_str().unwrap();
    let accepted = served.post(&format!("/api/proposals/{id}/accept"), &json!({"by": "a test"}));
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    assert_ne!(files(&served), before);
    let after = served.get("/api/proposals").json();
    assert!(!after.to_string().contains(id), "it is not proposed again");
    assert_eq!(after["can_undo"], true);
    assert_eq!(served.post(&format!("/api/proposals/{id}/accept"), &json!({})).status, 409);
    served.post("/api/undo", &Value::Null);
    assert_eq!(files(&served), before);
    let refused = served.post(&format!("/api/proposals/{id}/refuse"), &json!({"why": "no"}));
    assert_eq!(refused.status, 200, "{}", refused.body);
    assert_eq!(served.get("/api/decisions").json()["decisions"][0]["taken"], "refused");
    served.post("/api/undo", &Value::Null);
    assert_eq!(files(&served), before);
}

#[test]
fn the_brief_is_the_one_that_the_command_line_writes() {
    let served = Served::of(wire::toyland(), 300, wire::PATIENCE).entered();
    let job = served.post("/api/jobs", &json!({"kind": "brief"})).json();
    served.until(&format!("/api/jobs/{}", job["id"]), |job| job["state"] == "done");
    let brief = served.get("/api/brief").json();
    assert_eq!((brief["whole"].as_bool(), brief["runs"].as_u64()), (Some(true), Some(300)));
    let html = served.get("/api/brief.html");
    assert_eq!(html.header("content-disposition"), Some("attachment; filename=\"brief.html\""));
    assert!(html.body.starts_with("<!DOCTYPE html>"));
    assert!(html.body.contains("What would change it"), "the scenarios are in it");
    assert!(!html.body.contains("<script"));
    let markdown = served.get("/api/brief.md").body;
    for sentence in brief["bottom_line"].as_array().unwrap() {
        let first = sentence[0]["text"].as_str().unwrap();
        assert!(markdown.contains(first.trim()), "{first}");
    }
    let compared = served.get("/api/scenarios/compared").json();
    assert_eq!(compared["table"]["scenarios"].as_array().unwrap().len(), 2);
    // Every note that a number opens can be looked behind.
    for note in brief["notes"].as_object().unwrap().keys() {
        let answer = served.get(&format!("/api/evidence/for?note={note}"));
        assert_eq!(answer.status, 200, "{note}: {}", answer.body);
    }
}
