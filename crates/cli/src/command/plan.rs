//! `plan`: the script by which many machines make the runs of a case.
//!
//! Nothing here starts anything. What is written calls `run --part K/N` as often as there are
//! parts, then `merge`; a part that was killed is done again by the same line, and one that is
//! whole is left.

use std::path::PathBuf;

use clap::Args;
use study::shell::quoted;

use super::print;
use crate::failure::Failure;
use crate::opening::Opening;

/// Write the script by which many machines make the runs, for an engine that you have
///
///     shatterbelt plan toyland --slurm 10 > runs.sbatch
///     shatterbelt plan toyland --hq 10 > runs.sh
///     shatterbelt plan toyland --dask 10 > runs.py
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Plan {
    #[command(flatten)]
    opening: Opening,
    /// Run under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// How many futures
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder of the joined results, which all machines must see; parts lie in DIR.parts
    #[arg(long, value_name = "DIR", default_value = "results")]
    out: PathBuf,
    #[command(flatten)]
    engine: Engine,
}

// Who runs the parts.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Engine {
    /// A Slurm job array of N parts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    slurm: Option<u32>,
    /// A HyperQueue task array of N parts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    hq: Option<u32>,
    /// N tasks of a Dask cluster
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    dask: Option<u32>,
}

impl Plan {
    /// Writes it.
    pub fn go(&self) -> Result<(), Failure> {
        // A script for a case that cannot be opened would fail on every machine at once.
        let folder = self.opening.folder(&self.scenario)?;
        self.opening.case(&folder)?;
        let text = match (self.engine.slurm, self.engine.hq, self.engine.dask) {
            (Some(parts), _, _) => self.slurm(parts),
            (_, Some(parts), _) => self.hq(parts),
            (_, _, Some(parts)) => self.dask(parts)?,
            _ => return Err(Failure::usage("say for whom: --slurm N, --hq N or --dask N")),
        };
        print([text.trim_end().to_owned()])
    }

    /// The words of the command that makes a part, without which part.
    fn run(&self) -> Vec<String> {
        let mut words = vec!["shatterbelt".to_owned(), "run".to_owned()];
        words.push(self.opening.case.display().to_string());
        if let Some(day) = self.opening.as_of {
            words.extend(["--as-of".to_owned(), day.to_string()]);
        }
        for set in &self.opening.set {
            words.extend(["--set".to_owned(), set.clone()]);
        }
        for scenario in &self.scenario {
            words.extend(["--scenario".to_owned(), scenario.clone()]);
        }
        words.extend(["--runs".to_owned(), self.runs.to_string()]);
        words.extend(["--seed".to_owned(), self.seed.to_string()]);
        words.extend(["--json".to_owned(), "--out".to_owned(), self.parts()]);
        words
    }

    fn parts(&self) -> String {
        format!("{}.parts", self.out.display())
    }

    /// The words of the command that joins the parts.
    fn merge(&self) -> Vec<String> {
        let out = self.out.display().to_string();
        ["shatterbelt", "merge", &self.parts(), "--out", &out].map(str::to_owned).to_vec()
    }

    /// A script with what it is to run put in.
    fn filled(&self, script: &str, parts: u32, run: &str, merge: &str) -> String {
        (script.replace("@RUNS@", &self.runs.to_string()))
            .replace("@PARTS@", &parts.to_string())
            .replace("@RUN@", run)
            .replace("@MERGE@", merge)
    }

    fn slurm(&self, parts: u32) -> String {
        let merge = quoted(&line(&self.merge()));
        self.filled(include_str!("plan/slurm.sh"), parts, &line(&self.run()), &merge)
    }

    fn hq(&self, parts: u32) -> String {
        let run = line(&self.run());
        let run = quoted(&format!("{run} --part \"$HQ_TASK_ID/{parts}\" >/dev/null"));
        self.filled(include_str!("plan/hq.sh"), parts, &run, &line(&self.merge()))
    }

    fn dask(&self, parts: u32) -> Result<String, Failure> {
        let list = |words: Vec<String>| serde_json::to_string(&words);
        let (run, merge) = (list(self.run())?, list(self.merge())?);
        Ok(self.filled(include_str!("plan/dask.py"), parts, &run, &merge))
    }
}

/// A command as a shell reads it.
fn line(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}
