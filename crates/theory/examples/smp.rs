//! Plays vectors of the spatial model of politics and says how far each is from its file.
//!
//! `cargo run --release -p shatterbelt-theory --example smp -- FILE.json...` prints one line a
//! file: the largest difference of any position on the file's scale of 0 to 100, the time, the name. The exit code is
//! 1 if a difference exceeds 1e-6, 2 if a file cannot be played, 0 otherwise.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

#[path = "../tests/all/smp.rs"]
mod smp;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: smp FILE.json...");
        return ExitCode::from(2);
    }
    let mut worst = 0;
    for file in &files {
        let start = Instant::now();
        match smp::largest_difference(Path::new(file)) {
            Ok(difference) => {
                let ms = start.elapsed().as_secs_f64() * 1e3;
                println!("{difference:9.2e}  {ms:9.3} ms  {file}");
                worst = worst.max(u8::from(difference > 1e-6));
            }
            Err(fault) => {
                eprintln!("{fault}");
                worst = 2;
            }
        }
    }
    ExitCode::from(worst)
}
