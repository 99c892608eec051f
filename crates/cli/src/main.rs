//! The `shatterbelt` command: reads documents, checks a case, measures sway, runs futures, writes the brief.
//!
//! Results go to standard output, everything else to standard error. This crate parses arguments and prints;
//! what is printed is computed in the crates below.

// The indented examples of the verbs' help are commands, not Rust.
#![allow(rustdoc::invalid_rust_codeblocks)]

mod command;
mod failure;
mod opening;
mod screen;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::failure::Failure;

/// Who holds sway in a contested state, by what channel, and what may come of it.
///
/// A case is a folder of text. Try the one that comes inside the program:
///
///     shatterbelt demo
///     shatterbelt check toyland
///     shatterbelt measure toyland
///     shatterbelt run toyland --runs 2000
///     shatterbelt report toyland
#[derive(Parser)]
#[command(name = "shatterbelt", version, verbatim_doc_comment, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// Use this many threads (the result is the same on any number).
    #[arg(long, global = true, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Subcommand)]
enum Verb {
    /// Read documents into evidence: who is mentioned, what happened, what is counted, each with its sentence
    Read(command::read::Read),
    /// Review what the evidence proposes to the case, decide, and look at the evidence itself
    Evidence(command::evidence::Evidence),
    /// Search the sentences of the evidence
    Search(command::search::Search),
    /// Take a PDF apart: standard input to text, for `read` alone
    #[command(hide = true, name = "pdf-text")]
    PdfText,
    /// Report every fault of a case with its place and what would mend it
    Check(command::check::Check),
    /// Measure sway over a decision by actor and channel
    Measure(command::measure::Measure),
    /// Tell who gets what he wants, by which channel, and whether it would have come out so anyway
    Influence(command::influence::Influence),
    /// Learn from settled decisions how far wishes carry
    Anchor(command::anchor::Anchor),
    /// Run many futures and say what they have in common
    Run(command::run::Run),
    /// Go on with runs that were broken off
    Resume(command::results::Resume),
    /// Write the script by which many machines make the runs, for an engine that you have
    Plan(command::plan::Plan),
    /// Join parts made by `run --part K/N` or `run --runs LO..HI` to the very bytes of one run
    Merge(command::results::Merge),
    /// Run again what a manifest says and compare the bytes
    Replay(command::results::Replay),
    /// Compare a scenario with its base, run by run under the same luck
    Compare(command::compare::Compare),
    /// Find which numbers a forecast hangs on, how much is chance, and what to find out
    Sensitivity(command::sensitivity::Sensitivity),
    /// Find under what circumstances a thing happens, in rules of at most four conditions
    Discover(command::discover::Discover),
    /// Find which dated events would move an outcome most, and which have been read
    Indicators(command::indicators::Indicators),
    /// Say what a forecast becomes once something has been seen, and which observation moved it
    Update(command::update::Update),
    /// Ask dated questions as of their dates, freeze the forecasts, and score them against what came true
    Score(command::score::Score),
    /// Weigh the judged parameters of processes by past elections and formations
    Calibrate(command::calibrate::Calibrate),
    /// Hold the models of bargaining against what a past dialogue came to
    Backtest(command::backtest::Try),
    /// Tell one run as a story and walk it back to inputs, sources and chance
    Explain(command::explain::Explain),
    /// Read, measure, run and write the brief
    Report(command::report::Report),
    /// Write the case as tables: estimates, ties, events and claims
    Export(command::export::Export),
    /// Open the workbench: the case alive in a browser on this machine
    Serve(command::serve::Serve),
    /// Put the invented case that comes inside the program into a folder
    Demo(command::demo::Demo),
    /// Write a new case, commented, that passes check and runs
    New(command::new::New),
    /// Say what changed from one case, or one revision of it, to another
    Diff(command::diff::Diff),
    /// Put case files into canonical form; comments stay
    Fmt(command::fmt::Fmt),
    /// Print the JSON Schema of case files, for completion in editors
    Schema(command::schema::Schema),
    /// Print the completions for a shell
    Completions(command::completions::Completions),
    /// Write the manual pages of all verbs into a folder
    Manual(command::manual::Manual),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(threads) = arguments.threads {
        // Fails only if a pool exists already, which it does not here.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let done = match arguments.verb {
        Verb::Read(verb) => verb.go(),
        Verb::PdfText => command::read::pdf_text(),
        Verb::Evidence(verb) => verb.go(),
        Verb::Search(verb) => verb.go(),
        Verb::Check(verb) => verb.go(),
        Verb::Measure(verb) => verb.go(),
        Verb::Influence(verb) => verb.go(),
        Verb::Anchor(verb) => verb.go(),
        Verb::Run(verb) => verb.go(),
        Verb::Resume(verb) => verb.go(),
        Verb::Plan(verb) => verb.go(),
        Verb::Merge(verb) => verb.go(),
        Verb::Replay(verb) => verb.go(),
        Verb::Compare(verb) => verb.go(),
        Verb::Sensitivity(verb) => verb.go(),
        Verb::Discover(verb) => verb.go(),
        Verb::Indicators(verb) => verb.go(),
        Verb::Update(verb) => verb.go(),
        Verb::Score(verb) => verb.go(),
        Verb::Calibrate(verb) => verb.go(),
        Verb::Backtest(verb) => verb.go(),
        Verb::Explain(verb) => verb.go(),
        Verb::Report(verb) => verb.go(),
        Verb::Export(verb) => verb.go(),
        Verb::Serve(verb) => verb.go(),
        Verb::Demo(verb) => verb.go(),
        Verb::New(verb) => verb.go(),
        Verb::Fmt(verb) => verb.go(),
        Verb::Diff(verb) => verb.go(),
        Verb::Schema(verb) => verb.go(),
        Verb::Completions(verb) => verb.go(&mut Arguments::command()),
        Verb::Manual(verb) => verb.go(Arguments::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe has seen enough.
        Err(Failure::Closed) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code())
        }
    }
}
