//! Counts published ballots anew and says where the count differs from the declared result.
//!
//! `cargo run -p shatterbelt-theory --example recount -- FILE...`, each file being one of
//! - `NAME.blt`: ballots as in OpenSTV and most count programs;
//! - `NAME.csv` whose first line is two numbers, candidates and seats: a preference profile, a
//!   ranking a line, then the candidates' names;
//! - `NAME.csv` with a heading: a table of votes by list.
//!
//! What was declared stands in the file: in a profile or .blt as a line `#elected NAME; NAME`, in a
//! table of votes as its column `declared`. The rule of a profile is its line `#rule`, the law of a
//! table its line `#law rule=dhondt seats=120 threshold=0.0325 total=4764742`; docs/recount.md lists
//! all of them.
//!
//! Exit code 0 if every file agrees, 1 if one differs, 3 if one cannot be read.

mod ballots;
mod count;

use std::process::ExitCode;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("name one or more files: NAME.blt or NAME.csv");
        return ExitCode::from(2);
    }
    let mut code = 0;
    for file in files {
        match std::fs::read_to_string(&file).map_err(|e| e.to_string()) {
            Ok(text) => match count::recount(&file, &text) {
                Ok(found) => {
                    println!("{file}");
                    found.lines.iter().for_each(|line| println!("  {line}"));
                    code = code.max(u8::from(!found.agrees));
                }
                Err(fault) => {
                    eprintln!("{file}: {fault}");
                    code = 3;
                }
            },
            Err(fault) => {
                eprintln!("{file}: {fault}");
                code = 3;
            }
        }
    }
    ExitCode::from(code)
}
