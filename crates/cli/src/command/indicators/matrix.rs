//! `indicators --ach`: outcomes x evidence, as a table.

use assess::Ask;
use assess::indicators::Ach;
use assess::indicators::ach::{Hypotheses, Item};
use simulate::Model;

use crate::failure::{About, Failure};
use crate::screen;

/// How many names a question for one is split into; the rest are one more.
const NAMES: usize = 5;

/// The hypotheses of one or more questions: several of yes or no exclude each other, one for a name has its answers.
pub fn hypotheses(of: &[String], model: &Model<'_>) -> Result<Hypotheses, Failure> {
    let read = |text: &String| {
        Ask::read(text, model).map_err(|e| Failure::usage(About::new(format!("--of {text}"), e)))
    };
    let asks = of.iter().map(|t| Ok((t.clone(), read(t)?))).collect::<Result<Vec<_>, Failure>>()?;
    match asks.as_slice() {
        [(_, ask)] if !ask.is_truth() => Ok(Hypotheses::Names { ask: ask.clone(), most: NAMES }),
        _ => match asks.iter().find(|(_, ask)| !ask.is_truth()) {
            Some((text, _)) => Err(Failure::usage(format!(
                "--of {text}: beside others a hypothesis is a question of yes or no, such as head == NAME"
            ))),
            None => Ok(Hypotheses::Truths(asks)),
        },
    }
}

/// The matrix for people.
pub fn told(found: &Ach, title: &str) -> Vec<String> {
    let mut out = vec![
        format!("Hypotheses against evidence: {title}"),
        String::new(),
        format!(
            "{} runs; in {} the matter is still open on the last day of the evidence; {} of those show all of it.",
            found.runs, found.open, found.together
        ),
        String::new(),
    ];
    let names: Vec<&str> = found.hypotheses.iter().map(|h| h.name.as_str()).collect();
    let mut head = vec!["evidence (the most telling first)", "seen", "bits"];
    head.extend(&names);
    let row = |item: &Item| {
        let mut row = vec![
            format!("{} @ {}", item.what, item.on),
            screen::percent(item.probability),
            format!("{:.3}", item.bits),
        ];
        let cell = |c: &assess::indicators::ach::Cell| {
            format!("{} {:.2}", c.bucket.letters(), c.ratio.value)
        };
        row.extend(item.cells.iter().map(cell));
        row
    };
    let mut rows: Vec<Vec<String>> = found.evidence.iter().map(row).collect();
    let mut line = |title: &str, cell: &dyn Fn(usize) -> String| {
        let mut row = vec![title.to_owned(), String::new(), String::new()];
        row.extend((0..names.len()).map(cell));
        rows.push(row);
    };
    let of = |h: usize| &found.hypotheses[h];
    line("inconsistency (I 1, II 2)", &|h| of(h).inconsistency.to_string());
    line("probability before", &|h| screen::percent(of(h).before.value));
    line("given all of it", &|h| {
        of(h).posterior.map_or("too few runs".to_owned(), |p| screen::percent(p.value))
    });
    out.extend(screen::table(&head, &rows));
    out.push(String::new());
    let order =
        |places: &[usize]| places.iter().map(|h| names[*h]).collect::<Vec<_>>().join(", then ");
    out.push(format!("The least speaks against {}.", order(&found.standing)));
    for item in &found.evidence {
        let first = item.without.first().map_or("", |h| names[*h]);
        let posterior = match (&item.posterior_without, item.without.first()) {
            (Some(shares), Some(h)) => format!(", at {}", screen::percent(shares[*h])),
            _ => String::new(),
        };
        let verdict = if item.linchpin { "LINCHPIN: then the first is" } else { "the first stays" };
        out.push(format!("  If \"{}\" is false, {verdict} {first}{posterior}.", item.what));
    }
    out.push(String::new());
    out.push(
        "Cells: the likelihood ratio against all other hypotheses together; CC and II from 3.16 and 1/3.16 on, N where \
         its 95 % interval holds 1."
            .to_owned(),
    );
    out
}
