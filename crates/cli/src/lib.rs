//! The `shatterbelt` command: reads documents, checks a case, measures sway, runs futures, writes the brief. [`run`] is
//! all of it, for the program and for the wheel of Python, which carries it too.
//!
//! Results go to standard output, everything else to standard error. This crate parses arguments and prints;
//! what is printed is computed in the crates below.
// The docs are the help of the verbs: what stands indented there is for a shell, no Rust and no test.
#![cfg(not(doctest))]
#![allow(rustdoc::invalid_rust_codeblocks)]

/// Says something on standard error, as `eprintln` does, to whoever hears it.
macro_rules! say {
    ($($words:tt)*) => { $crate::screen::say(format_args!($($words)*)) };
}

mod command;
mod failure;
mod opening;
mod screen;

use std::ffi::OsString;
use std::sync::OnceLock;

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
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

// What a verb says of itself, with its examples, stands at its own struct.
#[derive(Subcommand)]
enum Verb {
    Read(command::read::Read),
    Evidence(command::evidence::Evidence),
    Search(command::search::Search),
    /// Take a PDF apart: standard input to text, for `read` alone
    #[command(hide = true, name = "pdf-text")]
    PdfText,
    Import(command::import::Import),
    Check(command::check::Check),
    Measure(command::measure::Measure),
    Influence(command::influence::Influence),
    Anchor(command::anchor::Anchor),
    Run(command::run::Run),
    Resume(command::results::Resume),
    Plan(command::plan::Plan),
    Merge(command::results::Merge),
    Replay(command::results::Replay),
    Compare(command::compare::Compare),
    Sensitivity(command::sensitivity::Sensitivity),
    Discover(command::discover::Discover),
    Indicators(command::indicators::Indicators),
    Update(command::update::Update),
    Score(command::score::Score),
    Calibrate(command::calibrate::Calibrate),
    Backtest(command::backtest::Try),
    Explain(command::explain::Explain),
    Play(command::play::PlayVerb),
    Report(command::report::Report),
    Export(command::export::Export),
    Serve(command::serve::Serve),
    Demo(command::demo::Demo),
    New(command::new::New),
    Diff(command::diff::Diff),
    Fmt(command::fmt::Fmt),
    Schema(command::schema::Schema),
    Completions(command::completions::Completions),
    Manual(command::manual::Manual),
}

/// The words that start this program again, for the child that takes a PDF apart.
static PROGRAM: OnceLock<Vec<OsString>> = OnceLock::new();

/// Does what the words of a command line ask for, the first of them being the program's name, and gives the exit code.
///
/// `program` are the words that start it again as a process of its own.
pub fn run(program: Vec<OsString>, words: impl IntoIterator<Item = OsString>) -> u8 {
    // Whoever came first is the same program.
    let _ = PROGRAM.set(program);
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        // What is written goes to a closed pipe at worst, and then nobody reads it.
        Err(said) => {
            let _ = said.print();
            return u8::try_from(said.exit_code()).unwrap_or(2);
        }
    };
    if let Some(threads) = arguments.threads {
        // Fails only if a pool exists already, which it does not here.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let done = match arguments.verb {
        Verb::Read(verb) => verb.go(),
        Verb::PdfText => command::read::pdf_text(),
        Verb::Evidence(verb) => verb.go(),
        Verb::Search(verb) => verb.go(),
        Verb::Import(verb) => verb.go(),
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
        Verb::Play(verb) => verb.go(),
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
        Ok(()) => 0,
        // A reader that closed the pipe has seen enough.
        Err(Failure::Closed) => 0,
        Err(failure) => {
            say!("{failure}");
            failure.code()
        }
    }
}
