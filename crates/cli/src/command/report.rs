//! `report`: read, measure, run, compare, and write the brief.

use std::path::{Path, PathBuf};

use case::{Case, Folder};
use clap::{Args, ValueEnum};
use report::brief::Brief;
use report::compose::{Compared, Evidence, Findings, compose};
use report::likelihood::Lexicon;
use simulate::{Ensemble, Model};

use super::print;
use super::read::read_case;
use super::run::ensemble;
use crate::failure::Failure;
use crate::opening::{Opening, refuse};

/// Read, measure, run and write the brief
#[derive(Args)]
pub struct Report {
    #[command(flatten)]
    opening: Opening,
    /// How many futures
    #[arg(long, default_value_t = 10_000)]
    runs: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to write the brief, brief.html if left out; a name that ends in .md is written as Markdown. With
    /// --figure, where to write the picture, NAME.svg if left out; a name that ends in .csv has its numbers
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write this picture alone, such as sway-bars, or the second of its kind as sway-bars-2
    #[arg(long, value_name = "NAME", conflicts_with = "figures")]
    figure: Option<String>,
    /// Write every picture into this folder, each as SVG with its numbers as CSV, and no brief
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    figures: Option<PathBuf>,
    /// The likelihood words
    #[arg(long, value_enum, default_value_t = Words::Icd203)]
    lexicon: Words,
}

/// The lexicons of likelihood words.
#[derive(Clone, Copy, ValueEnum)]
enum Words {
    /// ICD 203, from almost no chance to almost certain
    Icd203,
    /// The PHIA yardstick
    Phia,
    /// Numbers only
    Numeric,
}

impl Words {
    fn name(self) -> &'static str {
        match self {
            Self::Icd203 => "icd203",
            Self::Phia => "phia",
            Self::Numeric => "numeric",
        }
    }
}

impl Report {
    /// Reports.
    pub fn go(&self) -> Result<(), Failure> {
        let root = self.opening.case.clone();
        let folder = self.opening.folder(&[])?;
        let case = self.opening.case(&folder)?;
        let model = Model::new(&case).map_err(|findings| refuse(&folder, &findings))?;
        let store = read_case(&case, &root)?;
        let evidence =
            Evidence::gather(&case, &store).map_err(|e| Failure::Input(e.to_string()))?;
        let body = case.head.body.get_ref();
        let draws = self.runs.min(2000);
        let measured = assess::measure(&model, body, self.seed, draws)
            .map_err(|e| Failure::Input(e.to_string()))?;
        let runs = ensemble(&model, self.seed, self.runs, "futures")?;
        let summary = assess::summary(&model, &runs);
        let scenarios = self.scenarios(&folder, &model, &runs)?;
        let brief = compose(&Findings {
            model: &model,
            ensemble: &runs,
            summary: &summary,
            measured: &measured,
            scenarios: &scenarios,
            evidence: &evidence,
            lexicon: match self.lexicon {
                Words::Icd203 => Lexicon::Icd203,
                Words::Phia => Lexicon::Phia,
                Words::Numeric => Lexicon::Numeric,
            },
            version: env!("CARGO_PKG_VERSION"),
            replay: self.replay(&case),
        })
        .map_err(|e| Failure::Internal(e.to_string()))?;
        let faults = brief.faults();
        if !faults.is_empty() {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(Failure::Internal(faults.join("; ")));
        }
        if let Some(name) = &self.figure {
            return self.one_figure(&brief, name);
        }
        if let Some(folder) = &self.figures {
            return all_figures(&brief, folder);
        }
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from("brief.html"));
        let markdown = out.extension().is_some_and(|e| e == "md");
        let text = match markdown {
            true => report::markdown::write(&brief),
            false => report::html::write(&brief),
        };
        write_whole(&out, text.as_bytes())?;
        let mut lines: Vec<String> = brief.bottom_line.iter().map(|t| t.to_plain()).collect();
        lines.push(String::new());
        lines.push(format!("{}: {} KB", out.display(), text.len().div_ceil(1024)));
        print(lines)
    }

    /// Writes one picture of the brief.
    fn one_figure(&self, brief: &Brief, name: &str) -> Result<(), Failure> {
        let figures = brief.figures();
        let Some((_, picture)) = figures.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = figures.iter().map(|(known, _)| known.as_str()).collect();
            return Err(Failure::Input(format!(
                "--figure {name}: the brief has no such picture; it has {}",
                known.join(", ")
            )));
        };
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.svg")));
        let text = match out.extension().and_then(|e| e.to_str()) {
            Some("svg") => picture.svg(),
            Some("csv") => picture.csv(),
            _ => {
                return Err(Failure::Input(format!(
                    "{}: a picture is written as .svg, its numbers as .csv; name the file so",
                    out.display()
                )));
            }
        };
        write_whole(&out, text.as_bytes())?;
        print([format!("{}: {}", out.display(), picture.title)])
    }

    /// Every scenario of the case against the base, under the same luck.
    fn scenarios(
        &self,
        folder: &Folder,
        base: &Model<'_>,
        base_runs: &Ensemble,
    ) -> Result<Vec<Compared>, Failure> {
        let mut all = Vec::new();
        for name in folder.scenarios() {
            let patched = folder.with_scenario(&name)?;
            let case = self.opening.case(&patched)?;
            let model = Model::new(&case).map_err(|findings| refuse(&patched, &findings))?;
            let runs = ensemble(&model, self.seed, self.runs, "scenario")?;
            let comparison = assess::compare((base, base_runs), (&model, &runs))
                .map_err(|e| Failure::Internal(e.to_string()))?;
            let patch = patched.patches.last();
            all.push(Compared {
                title: patch.and_then(|p| p.title()).unwrap_or_else(|| name.clone()),
                why: patch.and_then(|p| p.why()),
                name,
                comparison,
            });
        }
        Ok(all)
    }

    fn replay(&self, case: &Case) -> String {
        let mut words = vec![
            "shatterbelt report".to_owned(),
            self.opening.case.display().to_string(),
            format!("--as-of {}", case.as_of),
            format!("--runs {}", self.runs),
            format!("--seed {}", self.seed),
            format!("--lexicon {}", self.lexicon.name()),
        ];
        words.extend(self.opening.set.iter().map(|s| format!("--set '{s}'")));
        words.join(" ")
    }
}

/// Writes every picture of the brief and its numbers.
fn all_figures(brief: &Brief, folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::Input(format!("{}: {e}", folder.display())))?;
    let mut lines = Vec::new();
    for (name, picture) in brief.figures() {
        let svg = folder.join(format!("{name}.svg"));
        write_whole(&svg, picture.svg().as_bytes())?;
        write_whole(&folder.join(format!("{name}.csv")), picture.csv().as_bytes())?;
        lines.push(format!("{}: {}", svg.display(), picture.title));
    }
    print(lines)
}

/// Writes a file whole or not at all: a temporary name beside it, then a rename.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let input = |e: std::io::Error| Failure::Input(format!("{}: {e}", path.display()));
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        // Nothing half-written stays behind; that the clean-up fails too changes nothing.
        let _ = std::fs::remove_file(&part);
    }
    written.map_err(input)
}
