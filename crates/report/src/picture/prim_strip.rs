//! When does it happen? A box found by scenario discovery, each of its rules as a strip.
//!
//! A strip is the range over which the variable was tried; the part that the rule keeps is framed.
//! Where the runs are given, each piece of the strip is the darker the larger the share of its
//! runs in which the outcome happened. Above stand the sentence and the two numbers by which a box
//! is judged: density, the share of the box's runs with the outcome, beside that of all runs; and
//! coverage, the share of all runs with the outcome that the box holds.
//!
//! Reference: Bryant and Lempert, *Thinking inside the box*, 2010 (bryant2010).

use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// One rule of the box.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The variable.
    pub variable: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// The range over which it was tried.
    pub tried: (f64, f64),
    /// The least value kept; none if the rule sets none.
    pub least: Option<f64>,
    /// The greatest value kept; none if the rule sets none.
    pub most: Option<f64>,
    /// For equal pieces of the range, from the low end: how many runs, and how many of them with
    /// the outcome. May be empty.
    pub pieces: Vec<(u64, u64)>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The box in a sentence: "The speaker is late where …".
    pub sentence: String,
    /// The share of the box's runs with the outcome.
    pub density: f64,
    /// The share of all runs with the outcome.
    pub base: f64,
    /// The share of the runs with the outcome that are in the box.
    pub coverage: f64,
    /// The rules, the most telling first.
    pub rules: Vec<Rule>,
}

const NAME: &str = "prim-strip";
const KEY: &str = "share of runs with the outcome";
const SHADES: usize = 5;

/// Draws the strips.
///
/// # Errors
/// If a number is not finite or not a share, a range is not in order, or more runs have the
/// outcome than there are.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    check.share("density", input.density)?;
    check.share("base", input.base)?;
    check.share("coverage", input.coverage)?;
    for (place, rule) in input.rules.iter().enumerate() {
        let place = format!("rule {} ({})", place + 1, rule.variable);
        let (low, high) = rule.tried;
        let (least, most) = kept(rule);
        check.rising(&place, &[low, least, most, high])?;
        for (piece, (runs, with)) in rule.pieces.iter().enumerate() {
            if with > runs {
                return Err(PictureError {
                    picture: NAME,
                    place: format!("{place}, piece {}", piece + 1),
                    fault: format!("{with} of {runs} runs have the outcome"),
                    fix: "give the number of runs first, then how many of them have the outcome",
                });
            }
        }
    }
    if input.rules.is_empty() {
        return Ok(Picture::nothing(NAME, &input.title, "rule", head()));
    }
    Ok(Picture::of(NAME, &input.title, describe(input), table(input), |frame| paint(input, frame)))
}

fn kept(rule: &Rule) -> (f64, f64) {
    (rule.least.unwrap_or(rule.tried.0), rule.most.unwrap_or(rule.tried.1))
}

fn places(rule: &Rule) -> usize {
    let span = rule.tried.1 - rule.tried.0;
    if span >= 20.0 || span <= 0.0 {
        0
    } else {
        (2.0 - span.log10()).ceil().clamp(0.0, 6.0) as usize
    }
}

/// The rule in words: "more than 0.4", "0.2 to 0.6".
fn said(rule: &Rule) -> String {
    let tail = match rule.unit.as_str() {
        "" => String::new(),
        "%" => "%".to_owned(),
        unit => format!(" {unit}"),
    };
    let plain = |value: f64| numbers::decimal(value, places(rule));
    let number = |value: f64| format!("{}{tail}", plain(value));
    match (rule.least, rule.most) {
        (Some(least), Some(most)) => format!("{} to {}", plain(least), number(most)),
        (Some(least), None) => format!("{} or more", number(least)),
        (None, Some(most)) => format!("{} or less", number(most)),
        (None, None) => "any".to_owned(),
    }
}

fn paint(input: &Input, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let sentence = Type { size: 15.0, ..Type::LABEL };
    let lines = sentence.wrap(&input.sentence, frame.width(), 5);
    let mut y = canvas.lines((0.0, 15.0), &lines, 21.0, sentence).max(15.0) + 34.0;
    y = measures(&mut canvas, frame, input, y);
    let shaded = input.rules.iter().any(|rule| !rule.pieces.is_empty());
    if shaded {
        y = key(&mut canvas, y);
    }
    let room = input
        .rules
        .iter()
        .map(|rule| Type::LABEL.bold().width(&rule.variable))
        .chain(input.rules.iter().map(|rule| Type::SMALL.width(&said(rule))))
        .fold(0.0, f64::max)
        .min(220.0);
    for rule in &input.rules {
        y = strip(&mut canvas, frame, rule, room, y);
    }
    canvas.finish(y)
}

/// Density beside the base, and coverage. Gives the y below.
fn measures(canvas: &mut Canvas, frame: Frame, input: &Input, y: f64) -> f64 {
    let big = Type { size: 24.0, ..Type::LABEL }.bold();
    let each = [
        (numbers::percent(input.density), DENSITY, base_words(input)),
        (numbers::percent(input.coverage), COVERAGE, String::new()),
    ];
    let mut y = y;
    for (place, (number, words, more)) in each.iter().enumerate() {
        let x = if frame.is_wide() { place as f64 * 360.0 } else { 0.0 };
        let short = number.replace("less than ", "<").replace("more than ", ">");
        canvas.text((x, y + 4.0), &short, big);
        let at = x + big.width(&short).max(56.0) + 10.0;
        canvas.text((at, y - 6.0), words, Type::LABEL);
        canvas.text((at, y + 10.0), more, Type::SMALL);
        if !frame.is_wide() {
            y += 42.0;
        }
    }
    if frame.is_wide() { y + 40.0 } else { y }
}

const DENSITY: &str = "of the runs in the box have it";
const COVERAGE: &str = "of the runs that have it are in the box";

fn base_words(input: &Input) -> String {
    format!("of all runs, {}", numbers::percent(input.base))
}

/// What the shades mean. Gives the y below.
fn key(canvas: &mut Canvas, y: f64) -> f64 {
    canvas.text((0.0, y), KEY, Type::SMALL);
    let mut x = Type::SMALL.width(KEY) + 12.0;
    canvas.text((x, y), "0%", Type::TICK);
    x += Type::TICK.width("0%") + 5.0;
    for shade in 0..SHADES {
        canvas.rect((x, y - 10.0), (16.0, 12.0), &format!("f-c0 q{shade}"));
        x += 16.0;
    }
    canvas.text((x + 5.0, y), "100%", Type::TICK);
    y + 18.0
}

/// One rule. Gives the y below it.
fn strip(canvas: &mut Canvas, frame: Frame, rule: &Rule, room: f64, y: f64) -> f64 {
    let bold = Type::LABEL.bold();
    let words = said(rule);
    let (left, right, bar, below) = match frame {
        Frame::Wide => {
            let lines = bold.wrap(&rule.variable, room + 1.0, 2);
            let last = canvas.lines((0.0, y + 14.0), &lines, 15.0, bold).max(y + 14.0);
            canvas.text((0.0, last + 16.0), &Type::SMALL.fit(&words, room + 4.0), Type::SMALL);
            (room + 24.0, frame.width() - 20.0, y + 6.0, (last + 16.0).max(y + 44.0) + 14.0)
        }
        Frame::Narrow => {
            let lines = bold.wrap(&rule.variable, frame.width(), 2);
            let last = canvas.lines((0.0, y + 14.0), &lines, 15.0, bold).max(y + 14.0);
            let said = Type::SMALL.fit(&words, frame.width());
            canvas.text((0.0, last + 16.0), &said, Type::SMALL);
            (8.0, frame.width() - 12.0, last + 27.0, last + 84.0)
        }
    };
    let tall = 18.0;
    let scale = Scale::new(rule.tried, (left, right));
    if rule.pieces.is_empty() {
        canvas.rect((left, bar), (right - left, tall), "f-faint");
    }
    let wide = (right - left) / rule.pieces.len().max(1) as f64;
    for (place, (runs, with)) in rule.pieces.iter().enumerate() {
        let x = left + place as f64 * wide;
        if *runs == 0 {
            canvas.hatched((x, bar), (wide, tall), "hatch");
            continue;
        }
        let share = *with as f64 / *runs as f64;
        let shade = ((share * SHADES as f64) as usize).min(SHADES - 1);
        canvas.rect((x, bar), (wide - 0.6, tall), &format!("f-c0 q{shade}"));
    }
    let (least, most) = kept(rule);
    let (from, to) = (scale.at(least), scale.at(most).max(scale.at(least) + 1.5));
    let (top, foot) = (bar - 4.0, bar + tall + 4.0);
    canvas
        .path(&crate::svg::closed(&[(from, top), (to, top), (to, foot), (from, foot)]), "w2 l-ink");
    ends(canvas, rule, &scale, foot + 14.0);
    below
}

/// The ends of the range and of what is kept, as numbers beneath a strip.
fn ends(canvas: &mut Canvas, rule: &Rule, scale: &Scale, y: f64) {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let (least, most) = kept(rule);
    let bold = Type::TICK.bold();
    let kinds = [
        (rule.least.map(|_| least), bold),
        (rule.most.map(|_| most), bold),
        (Some(rule.tried.0), Type::TICK),
        (Some(rule.tried.1), Type::TICK),
    ];
    for (value, kind) in kinds {
        let Some(value) = value else {
            continue;
        };
        let words = numbers::decimal(value, places(rule));
        let half = kind.width(&words) / 2.0;
        let x = scale.at(value).clamp(half, (canvas.width() - half).max(half));
        if taken.iter().all(|(from, to)| x + half + 5.0 < *from || x - half - 5.0 > *to)
            && 2.0 * half < canvas.width()
        {
            canvas.text((x, y), &words, kind.middle());
            taken.push((x - half, x + half));
        }
    }
}

fn describe(input: &Input) -> String {
    let rules: Vec<String> = input
        .rules
        .iter()
        .take(4)
        .map(|rule| format!("{}: {}", rule.variable, said(rule)))
        .collect();
    format!(
        "{} {} {DENSITY}; {}; {} {COVERAGE}. {}.",
        input.sentence,
        numbers::percent(input.density),
        base_words(input),
        numbers::percent(input.coverage),
        rules.join("; ")
    )
}

fn head() -> Table {
    Table::new(
        "The rules of the box",
        vec![
            Column::words("Variable"),
            Column::words("kept"),
            Column::numbers("tried from"),
            Column::numbers("tried to"),
            Column::words(format!("{KEY}, in equal pieces of the range")),
        ],
    )
}

fn table(input: &Input) -> Table {
    let mut table = head();
    for rule in &input.rules {
        let number = |value: f64| numbers::decimal(value, places(rule));
        let pieces: Vec<String> =
            rule.pieces.iter().map(|(runs, with)| format!("{with} of {runs}")).collect();
        table.row([
            rule.variable.clone(),
            said(rule),
            number(rule.tried.0),
            number(rule.tried.1),
            pieces.join("; "),
        ]);
    }
    table.marks.push(input.sentence.clone());
    let short = |share: f64| numbers::short_percent(share);
    table.marks.push(format!("{} {DENSITY}; {}.", short(input.density), base_words(input)));
    table.marks.push(format!("{} {COVERAGE}.", short(input.coverage)));
    table
}
