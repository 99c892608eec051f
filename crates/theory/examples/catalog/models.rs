//! Writes docs/theory.md: every model file with what it is, its references and its catalog entries.

use super::reproduce::Outcome;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The source files that each model of the catalog puts to the test.
fn files(model: &str) -> &'static [&'static str] {
    match model {
        "highest_averages" => &["electoral/highest_averages", "electoral/divisor"],
        "largest_remainder" => &["electoral/largest_remainder", "electoral/quota"],
        "law" => &["electoral/law", "electoral/threshold"],
        "districts" => &["electoral/districts"],
        "compensatory" => &["electoral/compensatory", "electoral/threshold"],
        "additional_members" => &["electoral/tier", "electoral/highest_averages"],
        "needed_votes" => &["electoral/needed_votes"],
        "stv" => &["electoral/stv"],
        "stv_by_slates" => &["electoral/stv_by_slates", "electoral/stv"],
        "last_parcel" => &["electoral/last_parcel"],
        "passing" => &["electoral/threshold", "electoral/law"],
        "seat_quotas" => &["electoral/seat_quotas"],
        "sntv" => &["electoral/sntv", "electoral/plurality"],
        "block_vote" => &["electoral/block_vote"],
        "open_list" => &["electoral/open_list"],
        "womens_quota" => &["electoral/womens_quota", "electoral/open_list"],
        "best_losers" => &["electoral/womens_quota"],
        "reserved_seats" => &["electoral/reserved"],
        "power_indices" => &[
            "power/shapley_shubik",
            "power/banzhaf",
            "power/coleman",
            "power/deegan_packel",
            "power/holler",
            "power/johnston",
        ],
        "owen" => &["power/owen"],
        "composed_game" => &["power/composed"],
        "coalition_theories" => {
            &["coalition/minimal_winning", "coalition/minimum_size", "coalition/policy"]
        }
        "baron_ferejohn" => &["coalition/baron_ferejohn"],
        "formation_delay" => &["coalition/formation_delay"],
        "portfolio" => &["coalition/portfolio"],
        "formateur" => &["coalition/formateur"],
        "stated_utility" => &["coalition/utility", "coalition/quantal_choice"],
        "expected_utility" => &["bargaining/expected_utility"],
        "exchange" => &["bargaining/exchange"],
        "compromise" => &["bargaining/weighted_mean", "bargaining/weighted_median"],
        "nash" => &["bargaining/nash"],
        "friedkin_johnsen" => &["influence/friedkin_johnsen"],
        "linked_issues" => &["influence/linked_issues"],
        "integrated_control" => &["influence/integrated_control"],
        "balance" => &["influence/signed/balance"],
        "pn_centrality" => &["influence/signed/centrality"],
        "signalling" | "signalling_over_war_b" => &["escalation/signalling", "normal"],
        "quantal" | "quantal_crisis" => &["escalation/quantal"],
        "hawkes_likelihood" | "hawkes_recovery" => &["escalation/hawkes"],
        "ladder" => &["escalation/ladder"],
        "brier" | "brier_many" => &["score/brier"],
        "log" => &["score/log"],
        "crps_ensemble" => &["score/continuous_ranked"],
        "crps_normal" => &["score/continuous_ranked", "normal"],
        "interval" => &["score/interval"],
        "ranked_probability" => &["score/ranked"],
        "ignorance" => &["score/ignorance"],
        "calibration" => &["score/calibration"],
        "sobol" => &["sensitivity/sobol"],
        "morris" => &["sensitivity/morris"],
        "prim" => &["sensitivity/prim"],
        "leontief" | "inoperability" | "bottleneck" => &["economy/leontief"],
        "sanctions_score" => &["economy/sanctions"],
        "hegselmann_krause" => &["opinion/hegselmann_krause"],
        "deffuant" => &["opinion/deffuant"],
        "rally" => &["opinion/rally"],
        _ => &[],
    }
}

/// The files that an entry puts to the test: those of its model, and the rule it names.
fn tested(outcome: &Outcome) -> Vec<String> {
    let mut all: Vec<String> =
        files(&outcome.entry.model).iter().map(|f| (*f).to_owned()).collect();
    let rule = outcome.entry.inputs.get("rule").and_then(|rule| rule.as_str());
    let own = rule.map(|rule| format!("electoral/rule/{}", rule.replace('-', "_")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    all.extend(own.filter(|own| root.join(own).with_extension("rs").is_file()));
    all
}

/// The page; an entry whose model names no file, or a file that is not there, is an error.
pub fn page(all: &[Outcome]) -> Result<String, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for outcome in all {
        let of = files(&outcome.entry.model);
        if of.is_empty() {
            return Err(format!("models.rs names no file for \"{}\"", outcome.entry.model));
        }
        if let Some(gone) = of.iter().find(|f| !source.join(f).with_extension("rs").is_file()) {
            return Err(format!("models.rs names {gone}, which is not there"));
        }
    }
    let mut page = String::from(
        "# The models\n\nEvery file of `crates/theory` that cites a source, what it is for, its keys in \
         `references.bib` and the [catalog](catalog.md) entries that test it. Where there is no entry, \
         property tests check it, as its documentation says; what is *Judged* in a model is marked so \
         there. How long they take is in [benches](benches.md). Written by `cargo run -p \
         shatterbelt-theory --example catalog`; do not edit.\n",
    );
    let mut found = Vec::new();
    walk(&source, &mut found)?;
    found.sort();
    let mut subject = String::new();
    for path in found {
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let keys = cited(&text);
        let place = path.strip_prefix(&source).unwrap_or(&path).with_extension("");
        let place = place.display().to_string();
        if keys.is_empty() {
            continue;
        }
        let own = place.split('/').next().unwrap_or_default();
        if own != subject {
            subject = own.to_owned();
            page.push_str(&format!(
                "\n## {subject}\n\n| file | what it is | references | catalog |\n|---|---|---|---|\n"
            ));
        }
        let entries: Vec<String> = all
            .iter()
            .filter(|o| tested(o).contains(&place))
            .map(|o| format!("`{}`", o.entry.id))
            .collect();
        let entries = if place.starts_with("bargaining/smp") {
            "28 runs of the reference implementation (`crates/theory/tests/smp`)".to_owned()
        } else if entries.is_empty() {
            "property tests".to_owned()
        } else {
            entries.join(", ")
        };
        writeln!(
            page,
            "| [{place}](../crates/theory/src/{place}.rs) | {} | {} | {entries} |",
            purpose(&text),
            keys.join(", "),
        )
        .map_err(|e| e.to_string())?;
    }
    Ok(page)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let fault = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// The first sentence of the file's own comment.
fn purpose(text: &str) -> String {
    let lines = text.lines().map_while(|l| l.strip_prefix("//!")).map(str::trim);
    let first: Vec<&str> = lines.take_while(|l| !l.is_empty()).collect();
    let first = first.join(" ");
    first.split(". ").next().unwrap_or_default().trim_end_matches('.').replace('|', "\\|")
}

/// The keys in backticks after "Reference:", up to the word that says what checks the model.
fn cited(text: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut citing = false;
    for line in text.lines().map(str::trim) {
        let Some(said) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            citing = false;
            continue;
        };
        let start = said.split_once("eference: ").or_else(|| said.split_once("and reference: "));
        if start.is_none() && !citing {
            continue;
        }
        let said = start.map_or(said, |(_, after)| after);
        let cut = said.split_once("Checked").map(|(before, _)| before);
        for key in cut.unwrap_or(said).split('`').skip(1).step_by(2) {
            let is_key = key.ends_with(|c: char| c.is_ascii_digit()) || key == "ktab_smp";
            if is_key && !keys.iter().any(|k| k == key) {
                keys.push(key.to_owned());
            }
        }
        citing = cut.is_none() && !said.trim().is_empty();
    }
    keys
}
