//! A game in the workbench: what is put, what is decided, what came of it, and what is no game.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use crate::wire::Served;

fn ask(served: &Served, path: &str, body: &Value) -> Value {
    let answer = served.post(path, body);
    assert_eq!(answer.status, 200, "{path} {body}: {}", answer.body);
    answer.json()
}

/// The choice that stands first in a week.
fn first(turn: &Value) -> &Value {
    &turn["put"][0]
}

#[test]
fn a_game_is_begun_played_and_accounted_for() {
    let served = Served::new().entered();
    let found = ask(&served, "/api/play/actors", &json!({"run": 2}));
    let put: Vec<u64> =
        (found["actors"].as_array().unwrap().iter()).map(|a| a["put"].as_u64().unwrap()).collect();
    assert!(put.len() > 1 && put.is_sorted_by(|a, b| a >= b), "{found}");
    let actor = found["actors"][0]["id"].as_str().unwrap();
    let game = json!({"actor": actor, "run": 2});

    // From the beginning on to the first thing that is put.
    let turn = ask(&served, "/api/play", &json!({"game": game, "seek": true}));
    assert_eq!((&turn["over"], &turn["moves"]), (&json!(false), &json!([])));
    let choice = first(&turn);
    assert_eq!((&choice["decided"], &choice["taken"]), (&json!(false), &choice["model"]));
    let days = |turn: &Value| -> Vec<String> {
        let news = turn["news"].as_array().unwrap().iter();
        news.map(|n| n["day"].as_str().unwrap().to_owned()).collect()
    };
    let day = turn["day"].as_str().unwrap().to_owned();
    assert!(days(&turn).iter().all(|d| *d <= day), "nothing of the week to come is told");

    // Nothing is decided: the future itself.
    let plain = ask(&served, "/api/play/account", &json!({"game": game}));
    assert_eq!(plain["put"].as_u64().unwrap(), put[0]);
    assert_eq!((&plain["moves"], &plain["changed"]), (&json!([]), &json!([])));

    // Otherwise than the actor would, and so from now on.
    let options = choice["options"].as_array().unwrap();
    let model = choice["model"].as_u64().unwrap() as usize;
    let other = options[(model + 1) % options.len()].as_str().unwrap();
    let decided =
        json!({"day": choice["day"], "id": choice["id"], "option": other, "always": true});
    let game = json!({"actor": actor, "run": 2, "decided": [decided]});
    let turn = ask(&served, "/api/play", &json!({"game": game, "day": day}));
    let same = first(&turn);
    assert_eq!((&same["id"], &same["decided"]), (&choice["id"], &json!(true)));
    assert_eq!(same["options"][same["taken"].as_u64().unwrap() as usize], other);
    assert_eq!(turn["game"]["decided"][0]["option"], other);
    // What is settled from now on does not stop the clock again.
    let next =
        ask(&served, "/api/play", &json!({"game": game, "day": day, "weeks": 1, "seek": true}));
    let open = next["put"].as_array().unwrap().iter().any(|c| c["decided"] == false);
    assert!(next["over"] == true || open, "{next}");
    let account = ask(&served, "/api/play/account", &json!({"game": game}));
    assert!(account["moves"].as_array().unwrap().iter().all(|m| m["taken"] != m["model"]));
    assert_eq!(account["moves"][0]["day"], choice["day"]);

    // To the end: nothing more is put.
    let end = ask(&served, "/api/play", &json!({"game": game, "weeks": 1000, "seek": true}));
    assert_eq!((&end["over"], &end["day"], &end["put"]), (&json!(true), &end["end"], &json!([])));
    let told = days(&end);
    assert!(told.is_sorted_by(|a, b| a >= b) && told.len() > days(&turn).len());
}

#[test]
fn a_game_under_a_scenario_is_another() {
    let served = Served::new().entered();
    let game = json!({"actor": "northmark"});
    let of = |body: Value| {
        let turn = ask(&served, "/api/play", &body);
        turn["news"].as_array().unwrap().clone()
    };
    let plain = of(json!({"game": game, "weeks": 100}));
    let other = json!({"actor": "northmark", "scenarios": ["justice-stands"]});
    let other = of(json!({"game": other, "weeks": 100}));
    assert_ne!(plain, other);
}

#[test]
fn what_is_no_game_of_this_case_says_why() {
    let served = Served::new().entered();
    let wrong = [
        (json!({"game": {"actor": "nortmark"}}), "did you mean \"northmark\""),
        (json!({"game": {"actor": "reds", "as_of": "2029-01-01"}}), "the workbench looks from"),
        (json!({"game": {"actor": "reds", "scenarios": ["none"]}}), "no scenario \"none\""),
        (json!({"game": {"actor": "reds", "scenarios": ["../x"]}}), "no scenario's name"),
        (json!({"game": {"actor": "reds", "set": ["a=1"]}}), "--set a=1"),
        (json!({"game": {"actor": "reds"}, "weeks": 1001}), "at most 1000 weeks"),
        (json!({"game": {"actor": "reds", "decided": [{"day": "soon"}]}}), "day"),
    ];
    for (body, said) in wrong {
        let answer = served.post("/api/play", &body);
        assert_eq!(answer.status, 422, "{body}: {}", answer.body);
        assert!(answer.body.replace('\\', "").contains(said), "{body}: {}", answer.body);
    }
}
