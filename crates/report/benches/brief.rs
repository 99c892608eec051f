//! How long it takes to write the brief of the largest shipped case from a finished ensemble of 2,000 runs: choosing
//! what to say, and setting it as HTML, Markdown and PDF.
//!
//! `cargo bench -p shatterbelt-report`
#![allow(missing_docs, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use case::{Case, Folder};
use divan::Bencher;
use report::brief::Brief;
use report::compose::{Evidence, Findings, compose};
use report::joined::Joined;
use report::likelihood::Lexicon;
use simulate::{Ensemble, Model};

fn main() {
    divan::main();
}

/// The shipped case with most text.
fn largest() -> PathBuf {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let size = |path: &PathBuf| -> u64 {
        let files = std::fs::read_dir(path).unwrap();
        files.map(|f| f.unwrap().metadata().unwrap().len()).sum()
    };
    std::fs::read_dir(cases).unwrap().map(|e| e.unwrap().path()).max_by_key(size).unwrap()
}

struct Made {
    model: Model<'static>,
    ensemble: Ensemble,
    summary: assess::Summary,
    measured: assess::Measured,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let case: &'static Case =
            Box::leak(Box::new(Folder::read(&largest()).unwrap().build(None).case.unwrap()));
        let model = Model::new(case).unwrap();
        let ensemble = model.ensemble(1, 0, 2000, &|_| {}).unwrap();
        let summary = assess::summary(&model, &ensemble);
        let measured = assess::measure(&model, case.head.body.get_ref(), 1, 500).unwrap();
        Made { model, ensemble, summary, measured }
    })
}

fn brief() -> Brief {
    let made = made();
    let findings = Findings {
        model: &made.model,
        ensemble: &made.ensemble,
        summary: &made.summary,
        measured: &made.measured,
        scenarios: &[],
        evidence: &Evidence::default(),
        joined: &Joined::default(),
        lexicon: Lexicon::Icd203,
        version: "0",
        replay: None,
    };
    compose(&findings).unwrap()
}

#[divan::bench(sample_count = 10)]
fn composed(bencher: Bencher<'_, '_>) {
    made();
    bencher.bench_local(brief);
}

#[divan::bench(sample_count = 10)]
fn html(bencher: Bencher<'_, '_>) {
    let brief = brief();
    bencher.bench_local(|| report::html::write(&brief));
}

#[divan::bench(sample_count = 10)]
fn markdown(bencher: Bencher<'_, '_>) {
    let brief = brief();
    bencher.bench_local(|| report::markdown::write(&brief));
}

#[divan::bench(sample_count = 10)]
fn pdf(bencher: Bencher<'_, '_>) {
    let brief = brief();
    bencher.bench_local(|| report::pdf::write(&brief).unwrap());
}

#[divan::bench(sample_count = 10)]
fn composed_and_written_as_html(bencher: Bencher<'_, '_>) {
    made();
    bencher.bench_local(|| report::html::write(&brief()));
}
