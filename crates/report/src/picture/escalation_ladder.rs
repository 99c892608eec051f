//! How bad can it get? Rung against time: the runs on each rung, and what was observed in black.
//!
//! The area of a disc is the share of runs on that rung at that time. What was observed is a black
//! step line of squares, which ends where the forecast begins. At the right stand the shares at
//! the last time, written out.

use super::{Check, Frame, Picture, PictureError};
use crate::numbers;
use crate::svg::{Canvas, Drawing, Type};
use crate::table::{Column, Table};

/// One step of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its date or name: "Mar 2034".
    pub label: String,
    /// The share of runs on each rung, from the lowest; empty before the forecast begins.
    pub shares: Vec<f64>,
    /// The rung observed, from 0; none where nothing was.
    pub observed: Option<usize>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// The names of the rungs, from the lowest.
    pub rungs: Vec<String>,
    /// The steps in their order.
    pub steps: Vec<Step>,
}

const NAME: &str = "escalation-ladder";
const KEY: [&str; 2] = ["share of runs", "observed"];

/// Draws the ladder.
///
/// # Errors
/// If a share is not one, a step has not one share for each rung, or the observed rung is not in
/// the list.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for (place, step) in input.steps.iter().enumerate() {
        let place = format!("step {} ({})", place + 1, step.label);
        if !step.shares.is_empty() {
            check.length(&place, step.shares.len(), input.rungs.len())?;
        }
        for share in &step.shares {
            check.share(&place, *share)?;
        }
        if let Some(rung) = step.observed {
            check.listed(format_args!("{place}, observed"), rung, input.rungs.len())?;
        }
    }
    if input.rungs.is_empty()
        || input.steps.iter().all(|step| step.shares.is_empty() && step.observed.is_none())
    {
        return Ok(Picture::nothing(NAME, &input.title, "step on the ladder", head(input)));
    }
    Ok(Picture::of(NAME, &input.title, describe(input), table(input), |frame| paint(input, frame)))
}

/// The rungs drawn, from the lowest: those ever reached and one more on either side; all where
/// there are few.
fn shown(input: &Input) -> (usize, usize) {
    let count = input.rungs.len();
    if count <= 12 {
        return (0, count - 1);
    }
    let reached = |rung: &usize| {
        input.steps.iter().any(|step| {
            step.observed == Some(*rung) || step.shares.get(*rung).is_some_and(|share| *share > 0.0)
        })
    };
    let low = (0..count).find(reached).unwrap_or(0).saturating_sub(1);
    let high = ((0..count).rev().find(reached).unwrap_or(count - 1) + 1).min(count - 1);
    (low, high)
}

fn paint(input: &Input, frame: Frame) -> Drawing {
    let mut canvas = frame.canvas();
    let (low, high) = shown(input);
    let bold = Type::LABEL.bold();
    let last = input.steps.iter().rev().find(|step| !step.shares.is_empty());
    let tail = if last.is_some() { bold.width(">99%") + 12.0 } else { 4.0 };
    let room = input.rungs[low..=high]
        .iter()
        .map(|name| Type::LABEL.width(name))
        .fold(0.0, f64::max)
        .min(frame.pick(190.0, frame.width() - 70.0));
    let (left, right) = (frame.pick(room + 22.0, 4.0), frame.width() - tail);
    let pitch = frame.pick(34.0, 48.0);
    let count = input.steps.len();
    let wide = (right - left) / count as f64;
    let x = |step: usize| left + (step as f64 + 0.5) * wide;
    let first = key(&mut canvas) + 10.0;
    let rise = frame.pick(0.0, 9.0);
    let y = |rung: usize| first + (high - rung) as f64 * pitch + pitch / 2.0 + rise;
    let foot = first + (high - low + 1) as f64 * pitch;
    for rung in low..=high {
        let name = &input.rungs[rung];
        canvas.line((left, y(rung)), (right, y(rung)), "w1 l-rule");
        if frame.is_wide() {
            let lines = Type::LABEL.wrap(name, room + 1.0, 2);
            let from = y(rung) + 4.5 - 7.5 * (lines.len().max(1) as f64 - 1.0);
            canvas.lines((0.0, from), &lines, 15.0, Type::LABEL);
        }
    }
    let begins = input.steps.iter().position(|step| !step.shares.is_empty());
    if let Some(begins) = begins.filter(|begins| *begins > 0) {
        let at = left + begins as f64 * wide;
        canvas.line((at, first), (at, foot), "w1 l-soft dot");
    }
    let most = (wide * 0.48).min(pitch * frame.pick(0.47, 0.3)).max(1.5);
    for (place, step) in input.steps.iter().enumerate() {
        for (rung, share) in step.shares.iter().enumerate().take(high + 1).skip(low) {
            if *share > 0.0 {
                let radius = (most * share.sqrt()).max(0.9);
                canvas.circle((x(place), y(rung)), radius, "f-c4");
            }
        }
    }
    observed(&mut canvas, input, &x, &y, wide);
    if !frame.is_wide() {
        for rung in low..=high {
            let kind = Type { size: 12.0, ..Type::LABEL }.halo();
            canvas.text((0.0, y(rung) - 17.0), &kind.fit(&input.rungs[rung], room), kind);
        }
    }
    if let Some(step) = last {
        for rung in low..=high {
            let words = share(step.shares[rung]);
            canvas.text((frame.width(), y(rung) + 4.5), &words, bold.end());
        }
    }
    let widest = input
        .steps
        .iter()
        .skip(1)
        .map(|step| Type::SMALL.width(&step.label).min(frame.width() / 3.0))
        .fold(0.0, f64::max);
    let every = ((widest + 8.0) / wide).ceil().max(1.0) as usize;
    let mut end = f64::NEG_INFINITY;
    for (place, step) in input.steps.iter().enumerate().step_by(every) {
        let words = Type::SMALL.fit(&step.label, frame.width() / 3.0);
        let half = Type::SMALL.width(&words) / 2.0;
        let at = x(place).clamp(half, (frame.width() - half).max(half));
        if at - half > end + 10.0 {
            canvas.text((at, foot + 16.0), &words, Type::SMALL.middle());
            end = at + half;
        }
    }
    let mut foot = foot + 24.0;
    if let Some(words) = unreached(input) {
        foot = super::note(&mut canvas, foot, &words);
    }
    canvas.finish(foot)
}

/// The line of what was observed, broken where nothing was.
fn observed(
    canvas: &mut Canvas,
    input: &Input,
    x: &dyn Fn(usize) -> f64,
    y: &dyn Fn(usize) -> f64,
    wide: f64,
) {
    let mut line: Vec<(f64, f64)> = Vec::new();
    let mut marks = Vec::new();
    for (place, step) in input.steps.iter().enumerate() {
        match step.observed {
            Some(rung) => {
                line.push((x(place) - wide / 2.0, y(rung)));
                line.push((x(place) + wide / 2.0, y(rung)));
                marks.push((x(place), y(rung)));
            }
            None => {
                canvas.polyline(&std::mem::take(&mut line), "w3 l-ink");
            }
        }
    }
    canvas.polyline(&line, "w3 l-ink");
    let half = (wide * 0.22).clamp(1.5, 4.0);
    for (x, y) in marks {
        canvas.rect((x - half, y - half), (2.0 * half, 2.0 * half), "f-ink");
    }
}

fn key(canvas: &mut Canvas) -> f64 {
    canvas.circle((7.0, 8.0), 6.0, "f-c4");
    canvas.text((18.0, 12.0), KEY[0], Type::SMALL);
    let x = 18.0 + Type::SMALL.width(KEY[0]) + 20.0;
    canvas.line((x, 8.0), (x + 22.0, 8.0), "w3 l-ink");
    canvas.rect((x + 7.0, 4.0), (8.0, 8.0), "f-ink");
    canvas.text((x + 28.0, 12.0), KEY[1], Type::SMALL);
    20.0
}

/// A share of runs: none is said as a dash, since no run is not the same as few.
fn share(share: f64) -> String {
    if share == 0.0 { "–".to_owned() } else { numbers::short_percent(share) }
}

fn unreached(input: &Input) -> Option<String> {
    let (low, high) = shown(input);
    let left = input.rungs.len() - (high - low + 1);
    (left > 0).then(|| {
        format!(
            "{} in the table, reached in no run",
            numbers::counted(left, "more rung", "more rungs")
        )
    })
}

fn describe(input: &Input) -> String {
    let seen = input.steps.iter().rev().find_map(|step| {
        step.observed
            .map(|rung| format!("Last observed on {} ({}).", input.rungs[rung], step.label))
    });
    let last = input.steps.iter().rev().find(|step| !step.shares.is_empty()).map(|step| {
        let parts: Vec<String> = input
            .rungs
            .iter()
            .zip(&step.shares)
            .filter(|(_, share)| **share > 0.0)
            .map(|(rung, part)| format!("{rung} {}", share(*part)))
            .collect();
        format!("At {}: {}.", step.label, parts.join(", "))
    });
    format!(
        "{} over {}. {} {}",
        numbers::counted(input.rungs.len(), "rung", "rungs"),
        numbers::counted(input.steps.len(), "step", "steps"),
        seen.unwrap_or_default(),
        last.unwrap_or_default()
    )
}

fn head(input: &Input) -> Table {
    let mut columns = vec![Column::words("Time"), Column::words(KEY[1])];
    columns.extend(input.rungs.iter().map(Column::numbers));
    Table::new(format!("{} on each rung, and the rung observed", KEY[0]), columns)
}

fn table(input: &Input) -> Table {
    let mut table = head(input);
    for step in &input.steps {
        let mut cells = vec![
            step.label.clone(),
            step.observed.map_or_else(String::new, |rung| input.rungs[rung].clone()),
        ];
        cells.extend(step.shares.iter().map(|part| share(*part)));
        table.rows.push(cells.into_iter().map(Into::into).collect());
    }
    table.notes.extend(unreached(input));
    table
}
