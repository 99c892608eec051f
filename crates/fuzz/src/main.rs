//! The targets under libFuzzer: `fuzz --target=NAME [FLAGS] FOLDER...`, as `tests/fuzz/run` calls it.
#![no_main]

use std::sync::OnceLock;

use fuzz::{TARGETS, Target, named, reading};

static CHOSEN: OnceLock<&'static Target> = OnceLock::new();

/// The word that makes this program the one that takes a PDF apart.
const PDF: &str = "pdf-text";

fn begin() {
    let asked: Vec<String> = std::env::args().collect();
    if asked.get(1).is_some_and(|word| word == PDF) {
        let done = evidence::pdf_child(std::io::stdin().lock(), std::io::stdout().lock());
        std::process::exit(i32::from(done.is_err()));
    }
    if asked.iter().any(|word| word == "--list") {
        TARGETS.iter().for_each(|target| println!("{}\t{}", target.name, target.says));
        std::process::exit(0);
    }
    let target = asked.iter().find_map(|word| named(word.strip_prefix("--target=")?));
    let Some(target) = target else {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("say which: --target=NAME, one of {}", names.join(", "));
        std::process::exit(2);
    };
    let program = std::env::current_exe().map(|own| vec![own.into_os_string(), PDF.into()]);
    let _ = (CHOSEN.set(target), reading::PDF_PROGRAM.set(program.unwrap_or_default()));
}

libfuzzer_sys::fuzz_target!(init: begin(), |bytes: &[u8]| -> () {
    if let Some(target) = CHOSEN.get() {
        (target.run)(bytes);
    }
});
