//! Changes that a person makes: shown, kept, taken back and put back.

use std::collections::BTreeMap;
use std::path::Path;

use case::Decided;
use case::proposal::{About, LARGEST_TEXT, Made, decided, draft, redo, stated, text_hash, undo};
use serde_json::{Map, Value, json};

use super::{Desk, TODAY};

fn fields(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for folder in ["", "documents"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                all.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    all
}

fn tie() -> Made {
    Made::Entry {
        kind: "tie".to_owned(),
        fields: fields(json!({
            "from": "seaward", "to": "guard", "channel": "information",
            "bandwidth": {"value": 0.3, "low": 0.1, "high": 0.5, "source": "courier", "quote": "pays a third of its wages"},
            "dependence": {"value": 0.2, "low": 0.1, "high": 0.4, "judged": "few listen"},
        })),
    }
}

#[test]
fn a_tie_with_its_quote_is_shown_written_taken_back_and_put_back_byte_for_byte() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let about = About { by: Some("Ada".into()), ..About::default() };
    let shown = draft(&desk.root, &[tie()], &about, TODAY).unwrap();
    assert_eq!(files(&desk.root), before, "nothing is written before it is kept");
    assert!(
        shown.decision.title().starts_with("New tie: ")
            && shown.decision.title().ends_with(", information"),
        "{}",
        shown.decision.title()
    );
    assert_eq!(shown.errors().count(), 0, "{:#?}", shown.findings);
    let seen = shown.seen.clone();
    assert_eq!(seen.keys().collect::<Vec<_>>(), ["ties.toml"]);
    let done = shown.keep(&desk.root).unwrap();
    let with = files(&desk.root);
    let added = with["ties.toml"].strip_prefix(before["ties.toml"].as_str()).unwrap();
    assert_eq!(
        added,
        "\n[[tie]]\nfrom = \"seaward\"\nto = \"guard\"\nchannel = \"information\"\n\
         bandwidth = { value = 0.3, low = 0.1, high = 0.5, source = \"courier\", quote = \"pays a third of its wages\" }\n\
         dependence = { value = 0.2, low = 0.1, high = 0.4, judged = \"few listen\" }\n"
    );
    assert_eq!(done.decision.target, "tie.seaward>guard:information");
    assert_eq!(done.decision.quote.as_deref(), Some("pays a third of its wages"));
    assert_eq!(decided(&case::Folder::read(&desk.root).unwrap()).len(), 1);
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
    redo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), with);
    undo(&desk.root).unwrap();
    // What was taken back no longer fits once somebody writes into the file.
    let path = desk.root.join("ties.toml");
    std::fs::write(&path, format!("# mine\n{}", before["ties.toml"])).unwrap();
    assert!(redo(&desk.root).unwrap_err().to_string().contains("was changed since"));
    let again = draft(&desk.root, &[tie()], &about, TODAY).unwrap();
    assert_eq!(again.moved(&seen), ["ties.toml"], "the file changed since the lines were shown");
}

#[test]
fn what_check_would_say_is_shown_and_a_change_that_makes_the_case_wrong_is_not_kept() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let Made::Entry { kind, mut fields } = tie() else { unreachable!() };
    fields.insert("to".into(), json!("nobody"));
    fields["bandwidth"]["quote"] = json!("words that nobody wrote");
    let wrong =
        draft(&desk.root, &[Made::Entry { kind, fields }], &About::default(), TODAY).unwrap();
    let said: Vec<&str> = wrong.errors().map(|e| e.rule).collect();
    assert!(!said.is_empty(), "{:#?}", wrong.findings);
    assert!(wrong.keep(&desk.root).is_err());
    assert_eq!(files(&desk.root), before);
}

#[test]
fn an_estimate_is_replaced_or_gets_one_statement_more_and_remarks_stay() {
    let desk = Desk::new();
    let path = desk.root.join("ties.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("dependence = {", "# how it pays\ndependence = {", 1))
        .unwrap();
    let at = "tie.northmark>guard:security.dependence";
    let said = json!({"value": 0.6, "low": 0.4, "high": 0.8, "source": "courier", "quote": "pays a third of its wages"});
    let change =
        |instead| Made::Estimate { path: at.to_owned(), said: fields(said.clone()), instead };
    draft(&desk.root, &[change(Some(0))], &About::default(), TODAY)
        .unwrap()
        .keep(&desk.root)
        .unwrap();
    let now = std::fs::read_to_string(&path).unwrap();
    assert!(
        now.contains("# how it pays\ndependence = { value = 0.6, low = 0.4, high = 0.8, source"),
        "{now}"
    );
    let mut later = said.clone();
    later["from"] = json!("2031-02-20");
    let more = Made::Estimate { path: at.to_owned(), said: fields(later), instead: None };
    let shown = draft(&desk.root, &[more], &About::default(), TODAY).unwrap();
    assert!(
        shown.decision.title().ends_with("dependence: 0.6 (0.4 to 0.8), from 20 February 2031"),
        "{}",
        shown.decision.title()
    );
    shown.keep(&desk.root).unwrap();
    let entry = stated(&desk.root, "tie.northmark>guard:security").unwrap().unwrap();
    assert_eq!(entry.fields["dependence"][1]["from"], "2031-02-20");
    let none = Made::Estimate { path: at.to_owned(), said: fields(said), instead: Some(7) };
    assert!(draft(&desk.root, &[none], &About::default(), TODAY).is_err());
}

#[test]
fn a_document_comes_with_its_source_and_goes_and_comes_again_with_its_words() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let text = "The Guard met the Greens in the harbour.\n".repeat(40);
    let made = [
        Made::Document { file: "documents/harbour.txt".into(), text: text.clone() },
        Made::Entry {
            kind: "source".into(),
            fields: fields(json!({
                "key": "harbour", "title": "Talks", "publisher": "Coast Mail", "published": "2031-02-21",
                "reliability": "C", "credibility": 3, "document": "documents/harbour.txt",
            })),
        },
    ];
    let shown = draft(&desk.root, &made, &About::default(), TODAY).unwrap();
    assert_eq!(shown.decision.title(), "New source: Talks, Coast Mail, 21 February 2031");
    assert!(shown.diff.len() < 30, "{:#?}", shown.diff);
    assert_eq!(shown.errors().count(), 0, "{:#?}", shown.findings);
    shown.keep(&desk.root).unwrap();
    let with = files(&desk.root);
    assert_eq!(with["documents/harbour.txt"], text);
    assert!(!with["decisions.toml"].contains("met the Greens"), "the record holds no second copy");
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
    redo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), with);
    for file in [
        "documents/harbour.txt",
        "documents/../case.toml",
        "scenarios/x.toml",
        "documents/.x",
        "documents/a/b",
    ] {
        let one = Made::Document { file: file.into(), text: "x".into() };
        assert!(draft(&desk.root, &[one], &About::default(), TODAY).is_err(), "{file}");
    }
}

#[test]
fn a_judgement_a_note_and_an_alias_are_changes_like_any_other() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let made = [
        Made::Judged { name: "the Watch".into(), actor: "guard".into(), decided: Decided::Same },
        Made::Fields {
            path: "actor.guard".into(),
            fields: fields(json!({"note": "asked twice", "aliases": ["the Guard", "Guardsmen"]})),
        },
    ];
    let shown = draft(&desk.root, &made, &About::default(), TODAY).unwrap();
    assert!(
        shown.decision.title().starts_with("\u{201c}the Watch\u{201d} is "),
        "{}",
        shown.decision.title()
    );
    shown.keep(&desk.root).unwrap();
    assert!(files(&desk.root)["judgements.toml"].contains("name = \"the Watch\""));
    assert!(files(&desk.root)["actors.toml"].contains("note = \"asked twice\""));
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
}

fn text(file: &str, was: &str, text: String) -> Made {
    Made::Text { file: file.to_owned(), text, was: text_hash(was) }
}

#[test]
fn a_file_is_changed_as_a_whole_shown_written_taken_back_and_put_back_byte_for_byte() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let old = &before["actors.toml"];
    // Another line at the end, and one in the middle; line ends stay those of the file.
    let new = format!("{old}\n# asked twice\n").replacen("[[actor]]", "# the first\n[[actor]]", 1);
    let one = text("actors.toml", old, new.clone());
    let shown = draft(&desk.root, &[one], &About::default(), TODAY).unwrap();
    assert_eq!(shown.decision.title(), "actors.toml, changed by hand");
    assert_eq!(shown.findings.len(), 0, "{:?}", shown.findings);
    assert!(shown.diff.contains(&"+ # asked twice".to_owned()), "{:?}", shown.diff);
    assert_eq!(files(&desk.root), before, "nothing is written before it is kept");
    shown.keep(&desk.root).unwrap();
    assert_eq!(files(&desk.root)["actors.toml"], new);
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
    redo(&desk.root).unwrap();
    assert_eq!(files(&desk.root)["actors.toml"], new);
}

#[test]
fn rows_of_csv_are_changed_as_a_whole_too() {
    let desk = Desk::new();
    let head = "id,date,what,source\n";
    std::fs::write(desk.root.join("event.csv"), head).unwrap();
    let before = files(&desk.root);
    let new = format!("{head}flood,2031-02-03,The river floods,courier\n");
    let shown =
        draft(&desk.root, &[text("event.csv", head, new.clone())], &About::default(), TODAY);
    let shown = shown.unwrap();
    assert_eq!(shown.errors().count(), 0, "{:?}", shown.findings);
    shown.keep(&desk.root).unwrap();
    assert_eq!(files(&desk.root)["event.csv"], new);
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
}

#[test]
fn a_text_that_is_not_of_this_case_now_or_would_break_it_is_not_written() {
    let desk = Desk::new();
    let before = files(&desk.root);
    let old = &before["ties.toml"];
    let refused = |one: Made| {
        let found = draft(&desk.root, &[one], &About::default(), TODAY);
        found.map(|_| ()).unwrap_err().to_string()
    };
    // What somebody else wrote meanwhile is not written over.
    let moved = refused(text("ties.toml", "as it was yesterday", old.clone()));
    assert!(moved.contains("ties.toml was changed since it was opened"), "{moved}");
    for file in
        ["decisions.toml", "documents/x.txt", "../case.toml", "new.toml", "scenarios/a.toml"]
    {
        let none = refused(text(file, "", "x = 1".to_owned()));
        assert!(none.contains("is no file of the case"), "{none}");
    }
    let long = refused(text("ties.toml", old, "#".repeat(LARGEST_TEXT + 1)));
    assert!(long.contains("bytes, more than"), "{long}");
    // A new fault stands in the way, with its line.
    let broken = text("ties.toml", old, format!("{old}\n[[tie]]\nfrom = \"nobody\"\n"));
    let shown = draft(&desk.root, &[broken], &About::default(), TODAY).unwrap();
    assert!(shown.errors().count() > 0);
    assert!(shown.keep(&desk.root).is_err());
    assert_eq!(files(&desk.root), before);
}

#[test]
fn a_form_keeps_the_line_ends_and_the_mark_of_a_file() {
    let desk = Desk::new();
    for name in ["ties.toml", "actors.toml"] {
        let text = std::fs::read_to_string(desk.root.join(name)).unwrap();
        let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        std::fs::write(desk.root.join(name), text).unwrap();
    }
    let before = files(&desk.root);
    let made = [
        tie(),
        Made::Fields { path: "actor.guard".into(), fields: fields(json!({"note": "asked twice"})) },
    ];
    draft(&desk.root, &made, &About::default(), TODAY).unwrap().keep(&desk.root).unwrap();
    let after = files(&desk.root);
    for name in ["ties.toml", "actors.toml"] {
        let (old, new) = (&before[name], &after[name]);
        assert!(new.starts_with('\u{feff}') && !new.replace("\r\n", "").contains('\n'), "{name}");
        // Every line that was there is there still, byte for byte.
        let kept: Vec<&str> = new.split_inclusive('\n').collect();
        assert!(old.split_inclusive('\n').all(|line| kept.contains(&line)), "{name}");
        assert!(new.len() > old.len());
    }
    undo(&desk.root).unwrap();
    assert_eq!(files(&desk.root), before);
}
