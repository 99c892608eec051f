//! The description of the endpoints is true: every answer fits it, and the front end's copy is the present one.
#![allow(clippy::unwrap_used)]

use crate::wire::Served;
use serde_json::{Value, json};

fn description() -> Value {
    serde_json::from_str(&web::openapi()).unwrap()
}

/// The description with every object closed: a field that is not described is a fault.
fn closed(value: &mut Value) {
    if let Some(object) = value.as_object_mut() {
        let is_plain = object.get("properties").is_some() && object.get("allOf").is_none();
        if is_plain {
            object.entry("additionalProperties").or_insert(json!(false));
        }
        object.values_mut().for_each(closed);
    } else if let Some(array) = value.as_array_mut() {
        array.iter_mut().for_each(closed);
    }
}

fn check(description: &Value, path: &str, method: &str, status: u16, body: &Value) {
    let answers = &description["paths"][path][method]["responses"][status.to_string()];
    let schema = &answers["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{method} {path}: {status} is not described");
    let mut root = schema.clone();
    root["components"] = description["components"].clone();
    let validator = jsonschema::validator_for(&root).unwrap();
    let faults: Vec<String> = (validator.iter_errors(body))
        .take(5)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{method} {path}: {faults:?}");
}

#[test]
fn what_is_there_and_not_for_this_method_is_refused_as_a_problem() {
    let served = Served::new().entered();
    let answer = served.get("/api/whatif");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.json()["type"], "about:blank#no-such-method");
}

#[test]
fn every_answer_fits_the_description() {
    let served = Served::new().entered();
    let description = description();
    // Tagged unions are several objects at once, which closing would tear apart.
    let mut strict = description.clone();
    for (name, schema) in strict["components"]["schemas"].as_object_mut().unwrap() {
        if !["JobRequest", "JobResult", "JobView"].contains(&name.as_str()) {
            closed(schema);
        }
    }
    let job = served.post("/api/jobs", &json!({"kind": "brief"}));
    check(&description, "/api/jobs", "post", 202, &job.json());
    let id = job.json()["id"].as_u64().unwrap();
    served.until(&format!("/api/jobs/{id}"), |job| job["state"] == "done");
    let study = json!({"kind": "sensitivity", "of": "government.days", "walks": 2, "samples": 32, "top": 3});
    let study = served.post("/api/jobs", &study).json()["id"].as_u64().unwrap();
    let done = served.until(&format!("/api/jobs/{study}"), |job| {
        job["state"] != "running" && job["state"] != "waiting"
    });
    assert_eq!(done["state"], "done", "{done}");
    let document =
        served.get("/api/documents").json()["documents"][0]["id"].as_str().unwrap().to_owned();
    let picture =
        served.get("/api/pictures").json()["pictures"][0]["name"].as_str().unwrap().to_owned();
    let proposals = served.get("/api/proposals").json();
    let proposal = proposals["proposals"][0]["id"].as_str().unwrap().to_owned();
    let asked = [
        ("/api/entries", "/api/entries?path=tie.northmark%3Eguard:security".to_owned()),
        ("/api/proposals/{id}/entry", format!("/api/proposals/{proposal}/entry")),
        ("/api/files", "/api/files".to_owned()),
        ("/api/files/{name}", "/api/files/ties.toml".to_owned()),
        ("/api/forms", "/api/forms".to_owned()),
        ("/api/forms/{kind}", "/api/forms/tie".to_owned()),
        ("/api/influence", "/api/influence?from=2031-02-01".to_owned()),
        ("/api/session", "/api/session".to_owned()),
        ("/api/case", "/api/case".to_owned()),
        ("/api/overview", "/api/overview".to_owned()),
        ("/api/pictures", "/api/pictures".to_owned()),
        ("/api/pictures/{name}", format!("/api/pictures/{picture}")),
        ("/api/documents", "/api/documents?kind=event".to_owned()),
        ("/api/documents/{id}", format!("/api/documents/{document}?start=0&end=4")),
        ("/api/search", "/api/search?q=guard&body=true&from=2030-01-01".to_owned()),
        ("/api/evidence/for", "/api/evidence/for?path=actor.reds.autonomy".to_owned()),
        ("/api/evidence/for", "/api/evidence/for?note=sway.northmark".to_owned()),
        ("/api/contradictions", "/api/contradictions".to_owned()),
        ("/api/proposals", "/api/proposals?limit=5".to_owned()),
        ("/api/decisions", "/api/decisions".to_owned()),
        ("/api/actors/{id}", "/api/actors/northmark?top=2".to_owned()),
        ("/api/ties/{from}/{to}/{channel}", "/api/ties/northmark/treasury/political".to_owned()),
        ("/api/timeline", "/api/timeline?from=2030-01-01".to_owned()),
        ("/api/election", "/api/election".to_owned()),
        ("/api/map", "/api/map?places=true".to_owned()),
        ("/api/levers", "/api/levers?limit=1000".to_owned()),
        ("/api/jobs", "/api/jobs".to_owned()),
        ("/api/jobs/{id}", format!("/api/jobs/{study}")),
        ("/api/scenarios/compared", "/api/scenarios/compared".to_owned()),
        ("/api/sensitivity", "/api/sensitivity".to_owned()),
        ("/api/record", "/api/record".to_owned()),
        ("/api/brief", "/api/brief".to_owned()),
    ];
    for (path, filled) in &asked {
        let answer = served.get(filled);
        assert_eq!(answer.status, 200, "{filled}: {}", answer.body);
        let is_job = path.starts_with("/api/jobs");
        check(if is_job { &description } else { &strict }, path, "get", 200, &answer.json());
    }
    // What is not JSON is not checked here; nothing else is left out.
    let plain = [
        "/api/stream",
        "/api/brief.html",
        "/api/brief.md",
        "/api/brief.pdf",
        "/api/brief.docx",
        "/api/pictures/{name}/{format}",
    ];
    for (path, item) in description["paths"].as_object().unwrap() {
        let is_read = item.get("get").is_some() && !plain.contains(&path.as_str());
        assert!(!is_read || asked.iter().any(|(p, _)| p == path), "{path} is not asked for here");
    }
    let found = served.post("/api/whatif", &json!({"scenarios": ["fen-rising"], "runs": 50}));
    check(&strict, "/api/whatif", "post", 200, &found.json());
    let found = served.post("/api/play/actors", &json!({}));
    check(&strict, "/api/play/actors", "post", 200, &found.json());
    let actor = found.json()["actors"][0]["id"].clone();
    let game = json!({"game": {"actor": actor}, "weeks": 100});
    for path in ["/api/play", "/api/play/account"] {
        check(&strict, path, "post", 200, &served.post(path, &game).json());
    }
    let ranked = served.get("/api/levers?limit=3").json();
    assert_eq!(ranked["ranked"], true);
    assert!(ranked["levers"][0]["effect"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_front_ends_copy_of_the_description_is_the_present_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/openapi.json");
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept.trim() == web::openapi().trim(),
        "run `make api`: it writes web/openapi.json from `shatterbelt serve --openapi`"
    );
}

#[test]
fn every_field_is_described_in_words() {
    let description = description();
    let mut mute = Vec::new();
    for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
        for (field, about) in schema["properties"].as_object().into_iter().flatten() {
            let text = about["description"].as_str().unwrap_or_default();
            let refers = about.get("$ref").is_some() || about.get("oneOf").is_some();
            if text.is_empty() && !refers {
                mute.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(mute.is_empty(), "{mute:?}");
}
