//! `anchor`: how far wishes carry, as learned from precedents.

use assess::anchor::{Anchored, Judged, Spread, Which, anchor};
use clap::Args;

use super::{print, print_json};
use crate::failure::Failure;
use crate::opening::Opening;
use crate::screen;

/// Learn from settled decisions how far wishes carry, and print what a case can keep of it
///
/// kappa says how far anybody outside counts at all, lambda how surely what is wanted more is done. The last lines are
/// for a file of the case.
///
///     shatterbelt anchor toyland
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct Anchor {
    #[command(flatten)]
    opening: Opening,
    /// Leave out decisions in which a wish was read off an actor's clients
    #[arg(long)]
    confirmed: bool,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Anchor {
    /// Learns.
    pub fn go(&self) -> Result<(), Failure> {
        let folder = self.opening.folder(&[])?;
        let case = self.opening.case(&folder)?;
        let which = if self.confirmed { Which::Confirmed } else { Which::Known };
        let found = anchor(&folder, &case, which).map_err(Failure::input)?;
        if self.json {
            return print_json(&found);
        }
        print(lines(&found))
    }
}

fn spread(name: &str, spread: &Spread) -> String {
    format!("{name} {:.3} ({:.3} to {:.3})", spread.median, spread.low, spread.high)
}

fn row(of: &Judged) -> Vec<String> {
    let wanted: Vec<String> = (of.wanted.iter())
        .map(|(who, what, share)| format!("{who}: {what} ({})", screen::percent(*share)))
        .collect();
    vec![
        of.date.to_string(),
        of.name.clone(),
        wanted.join("; "),
        of.majority.clone().unwrap_or_else(|| "?".to_owned()),
        of.outcome.clone(),
        of.probability.map_or_else(|| "·".to_owned(), screen::percent),
    ]
}

fn lines(found: &Anchored) -> Vec<String> {
    let counted = found.precedents.iter().filter(|p| p.left_out.is_none()).count();
    let mut out = vec![
        format!(
            "How far wishes carry, from {counted} of {} precedents known on {} and {} decisions in {} other countries",
            found.precedents.len(),
            found.as_of,
            found.panel.0,
            found.panel.1
        ),
        String::new(),
        format!("  {}", spread("kappa ", &found.kappa)),
        format!("  {}", spread("lambda", &found.lambda)),
        format!(
            "  by what is known elsewhere alone: {}, {}",
            spread("kappa", &found.before[0]),
            spread("lambda", &found.before[1])
        ),
    ];
    if !found.precedents.is_empty() {
        out.push(String::new());
        let head =
            ["day", "decision", "wanted (held)", "majority at home", "came", "said, left out"];
        let rows: Vec<Vec<String>> = found.precedents.iter().map(row).collect();
        out.extend(screen::table(&head, &rows));
        let left: Vec<&Judged> = found.precedents.iter().filter(|p| p.left_out.is_some()).collect();
        let mut whys: Vec<&str> = left.iter().filter_map(|p| p.left_out.as_deref()).collect();
        whys.sort_unstable();
        whys.dedup();
        for why in whys {
            let count = left.iter().filter(|p| p.left_out.as_deref() == Some(why)).count();
            out.push(format!("  · {count} left out: {why}"));
        }
    }
    if found.board.iter().any(|r| r.wishes > 0) {
        out.push(String::new());
        let head = ["forecast of who gets his way", "log score", "Brier", "wishes"];
        let rows: Vec<Vec<String>> = (found.board.iter())
            .map(|r| {
                vec![
                    r.name.clone(),
                    format!("{:.3}", r.log),
                    format!("{:.3}", r.brier),
                    r.wishes.to_string(),
                ]
            })
            .collect();
        out.extend(screen::table(&head, &rows));
    }
    out.push(String::new());
    out.push("For a file of the case:".to_owned());
    out.push(String::new());
    out.push("[[anchor]]".to_owned());
    out.push("of = \"all\"".to_owned());
    let line = |name: &str, s: &Spread| {
        format!(
            "{name} = {{ from = {}, value = {:.3}, low = {:.3}, high = {:.3}, shape = \"lognormal\", judged = \"learned from {counted} precedents known by then and {} decisions in {} other countries\" }}",
            found.as_of, s.median, s.low, s.high, found.panel.0, found.panel.1
        )
    };
    out.push(line("kappa", &found.kappa));
    out.push(line("lambda", &found.lambda));
    out
}
