//! The linter finds each planted fault and nothing else, and finds nothing in a sound brief.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read fails its test")]

use std::path::Path;

use assess::influence::{By, Query, influence};
use case::Folder;
use jiff::civil::{Date, date};
use report::brief::Brief;
use report::compose::{Evidence, Findings, compose};
use report::joined::Joined;
use report::likelihood::Lexicon;
use report::lint::{Documents, Finding, Form, Held, RULES, lint, read};
use simulate::Model;

const SOUND: &str = include_str!("../../fixtures/lint/sound.md");
const FAULTS: &str = include_str!("../../fixtures/lint/faults.toml");

fn documents() -> Documents {
    let mut all = Documents::default();
    for (title, sentence) in [
        (
            "What the coast thinks",
            "Asked whom they would vote for, 19 per cent named the Lantern list.",
        ),
        ("Law of elections", "The nominee shall present the cabinet within thirty days."),
        ("Grain and the coast", "The patron buys 40% of the grain of the coast."),
    ] {
        all.add(title, &[sentence.to_owned()]);
    }
    all
}

fn found(text: &str, form: Form) -> Vec<Finding> {
    let page = read(text, form);
    lint(&Held { page: &page, documents: Some(&documents()), has_earlier: true })
}

fn rules(text: &str) -> Vec<&'static str> {
    let mut rules: Vec<&str> = found(text, Form::Markdown).iter().map(|f| f.rule).collect();
    rules.dedup();
    rules
}

fn faults() -> Vec<(String, String)> {
    let table: toml::Table = FAULTS.parse().unwrap();
    let all = table["fault"].as_array().unwrap().iter();
    all.map(|fault| {
        let text = |key: &str| fault[key].as_str().unwrap().to_owned();
        let (rule, find, put) = (text("rule"), text("find"), text("put"));
        assert!(SOUND.contains(&find), "{rule}: “{find}” is not in the sound brief");
        (rule, SOUND.replacen(&find, &put, 1))
    })
    .collect()
}

#[test]
fn a_sound_brief_has_no_findings() {
    assert_eq!(found(SOUND, Form::Markdown), vec![]);
}

#[test]
fn each_planted_fault_fires_its_rule_and_no_other() {
    let wrong = faults().into_iter().filter(|(rule, text)| rules(text) != [rule.as_str()]);
    let wrong: Vec<String> =
        wrong.map(|(rule, text)| format!("{rule}: {:#?}", found(&text, Form::Markdown))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_planted_fault() {
    let planted: Vec<String> = faults().into_iter().map(|(rule, _)| rule).collect();
    for rule in RULES {
        assert!(planted.iter().any(|name| name == rule.name), "{} has no fault", rule.name);
    }
    assert_eq!(planted.len(), RULES.len());
}

#[test]
fn a_finding_names_the_line_of_the_fault() {
    let text = SOUND.replacen("holds 7% (3 to 13%)", "holds 7%", 1);
    let line = 1 + text.lines().position(|line| line.contains("holds 7%")).unwrap();
    let findings = found(&text, Form::Markdown);
    assert_eq!(findings.iter().map(|f| f.line).collect::<Vec<_>>(), [line]);
    assert!(findings[0].to_string().contains("bare-percentage (uncertainty)"), "{}", findings[0]);
}

#[test]
fn without_documents_no_quotation_is_doubted() {
    let text = SOUND.replacen("within thirty days.”", "within forty days.”", 1);
    let page = read(&text, Form::Markdown);
    assert!(lint(&Held { page: &page, documents: None, has_earlier: true }).is_empty());
}

#[test]
fn any_text_is_read_without_a_panic() {
    let odd = [
        "",
        "#",
        "[^",
        "<p><li id=n1></p></li></li>",
        "“",
        "\"",
        "12%",
        "(%",
        "| a |\n|--|\n",
        "% 5 %",
    ];
    for text in odd {
        for form in [Form::Markdown, Form::Html] {
            let _ = found(text, form);
        }
    }
}

const LEXICONS: [Lexicon; 3] = [Lexicon::Icd203, Lexicon::Phia, Lexicon::Numeric];

/// The briefs of a shipped case in few runs, one in each lexicon.
fn shipped(name: &str, as_of: Option<Date>) -> (Vec<Brief>, Documents) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(name);
    let folder = Folder::read(&path).unwrap();
    let case = folder.build(as_of).case.unwrap();
    let model = Model::new(&case).unwrap();
    let ensemble = model.ensemble(1, 0, 150, &|_| {}).unwrap();
    let measured = assess::measure(&model, case.head.body.get_ref(), 1, 60).unwrap();
    let (mut documents, mut evidence) = (Documents::default(), Evidence::default());
    for source in &case.sources {
        let Some(document) = &source.document else { continue };
        // Whole texts stand for sentences: a quote then shows the text around it.
        let text = std::fs::read_to_string(path.join(document.get_ref())).unwrap();
        let body = text.splitn(2, "\n\n").last().unwrap_or_default().to_owned();
        documents.add(&source.title, std::slice::from_ref(&text));
        evidence.sentences.insert(source.key.get_ref().clone(), vec![body]);
    }
    let summary = assess::summary(&model, &ensemble);
    let query = Query { actors: Vec::new(), of: None, by: By::Whole, seed: 1, runs: 150 };
    let influence = influence(&model, &query).ok();
    let joined = Joined { influence, ..Joined::default() };
    let brief = |lexicon: Lexicon| {
        let findings = Findings {
            model: &model,
            ensemble: &ensemble,
            summary: &summary,
            measured: &measured,
            scenarios: &[],
            evidence: &evidence,
            joined: &joined,
            lexicon,
            version: "0",
            replay: None,
        };
        compose(&findings).unwrap()
    };
    (LEXICONS.into_iter().map(brief).collect(), documents)
}

#[test]
fn the_briefs_of_the_shipped_cases_have_no_findings_in_any_lexicon() {
    let own = ["toyland", "iraq", "lebanon", "kosovo"].map(|name| (name, None));
    for (name, as_of) in own.into_iter().chain([("iraq", Some(date(2025, 12, 12)))]) {
        let (briefs, documents) = shipped(name, as_of);
        for (brief, lexicon) in briefs.iter().zip(LEXICONS) {
            let written = [
                (report::markdown::write(brief), Form::Markdown),
                (report::html::write(brief), Form::Html),
            ];
            for (text, form) in written {
                let page = read(&text, form);
                assert!(!page.notes.is_empty() && !page.judgements().is_empty(), "{name}");
                let held = Held { page: &page, documents: Some(&documents), has_earlier: false };
                let findings: Vec<String> = lint(&held).iter().map(ToString::to_string).collect();
                let lexicon = lexicon.name();
                assert!(findings.is_empty(), "{name} {lexicon} {form:?}: {}", findings.join("\n"));
            }
        }
    }
}

#[test]
fn the_page_on_the_rules_lists_every_rule() {
    let page = include_str!("../../../../docs/lint.md");
    for rule in RULES {
        let line = format!("| `{}` | {} | {} |", rule.name, rule.standard.name(), rule.asks);
        assert!(page.contains(&line), "docs/lint.md lacks the line\n{line}");
    }
}
