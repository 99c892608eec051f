//! Scenarios beside one another: a ridge each over one axis, with its median and its interval.
//!
//! A ridge is the density of the runs' values (Gaussian kernel, Silverman's bandwidth, never
//! narrower than a pixel of the page); all ridges share one height scale, so that their areas are
//! equal, but for spikes, which are cut at the top so that they do not flatten the hills. For paired differences a line stands at no change, and a scenario whose runs nearly all
//! agree is a spike, not a hill smeared over values that no run had.
//!
//! Reference: Silverman, *Density Estimation*, 1986, equation 3.31 (silverman1986).

use super::axis;
use super::{Check, Frame, Picture, PictureError, more};
use crate::numbers;
use crate::svg::scale::Scale;
use crate::svg::{Canvas, Drawing, Type, closed};
use crate::table::{Column, Table};

/// A scenario and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// The value in every run, or its paired difference from the base; in any order.
    pub values: Vec<f64>,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The title.
    pub title: String,
    /// What the numbers are: "days to a government, scenario minus base".
    pub unit: String,
    /// Whether they are paired differences, with signs and a line at no change.
    pub differences: bool,
    /// How many decimals numbers are given to.
    pub places: usize,
    /// The scenarios in their order.
    pub scenarios: Vec<Scenario>,
}

const NAME: &str = "ridgelines";
const MOST: usize = 20;
const GRID: usize = 160;
const NONE: &str = "no runs";

/// Draws the ridges.
///
/// # Errors
/// If a number is not finite.
pub fn draw(input: &Input) -> Result<Picture, PictureError> {
    let check = Check(NAME);
    for scenario in &input.scenarios {
        for (place, value) in scenario.values.iter().enumerate() {
            check.number(format_args!("{}, run {}", scenario.name, place + 1), *value)?;
        }
    }
    if input.scenarios.iter().all(|scenario| scenario.values.is_empty()) {
        return Ok(Picture::nothing(NAME, &input.title, "runs of any scenario", head(input)));
    }
    let ridges = Ridges::of(input);
    Ok(Picture {
        name: NAME.to_owned(),
        title: input.title.clone(),
        description: ridges.describe(),
        wide: ridges.paint(Frame::Wide),
        narrow: ridges.paint(Frame::Narrow),
        table: ridges.table(),
    })
}

struct Ridges<'a> {
    input: &'a Input,
    /// The values of each scenario in rising order.
    sorted: Vec<Vec<f64>>,
    /// The span of values drawn: from the least 1 % point to the greatest 99 % point.
    span: (f64, f64),
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len() - 1;
    sorted[((share * sorted.len() as f64) as usize).min(last)]
}

impl Ridges<'_> {
    fn of(input: &Input) -> Ridges<'_> {
        let sorted: Vec<Vec<f64>> = input
            .scenarios
            .iter()
            .map(|scenario| {
                let mut values = scenario.values.clone();
                values.sort_by(f64::total_cmp);
                values
            })
            .collect();
        let known = || sorted.iter().take(MOST).filter(|values| !values.is_empty());
        let low = known().map(|values| quantile(values, 0.01)).fold(f64::INFINITY, f64::min);
        let high = known().map(|values| quantile(values, 0.99)).fold(f64::NEG_INFINITY, f64::max);
        let span = match input.differences {
            true => (low.min(0.0), high.max(0.0)),
            false if low > high => (0.0, 1.0),
            false => (low, high),
        };
        Ridges { input, sorted, span }
    }

    fn value(&self, value: f64) -> String {
        if self.input.differences {
            numbers::signed(value, self.input.places)
        } else {
            numbers::decimal(value, self.input.places)
        }
    }

    /// The median and the interval that holds 90 % of the runs, in words.
    fn said(&self, sorted: &[f64]) -> (String, String) {
        if sorted.is_empty() {
            return (NONE.to_owned(), String::new());
        }
        let ends = [quantile(sorted, 0.05), quantile(sorted, 0.95)].map(|end| self.value(end));
        let range = if ends[0] == ends[1] {
            ends[0].clone()
        } else {
            format!("{} to {}", ends[0], ends[1])
        };
        (self.value(quantile(sorted, 0.5)), range)
    }

    fn paint(&self, frame: Frame) -> Drawing {
        let mut canvas = frame.canvas();
        let shown = self.sorted.len().min(MOST);
        let said: Vec<(String, String)> =
            self.sorted[..shown].iter().map(|values| self.said(values)).collect();
        let (bold, small) = (Type::LABEL.bold().end(), Type::SMALL.end());
        let ranges = said.iter().map(|(_, range)| small.width(range));
        let range_room = ranges.fold(small.width(HEAD[1]), f64::max).min(150.0);
        let medians = said.iter().map(|(median, _)| bold.width(median));
        let median_room = medians.fold(small.width(HEAD[0]), f64::max).min(90.0);
        let names = self.input.scenarios[..shown].iter().map(|one| Type::LABEL.width(&one.name));
        let right = frame.width();
        let median_at = right - range_room - 14.0;
        let before = median_at - median_room - 18.0;
        let name_room = match frame {
            Frame::Wide => names.fold(0.0, f64::max).min(180.0),
            Frame::Narrow => before + 8.0,
        };
        let track = frame.pick((name_room + 18.0, before), (4.0, right - 4.0));
        let (scale, ticks) =
            Scale::nice(self.span, track, frame.pick(6, 4), self.input.places == 0);
        let unit = Type::SMALL.wrap(&self.input.unit, frame.pick(before, right), 3);
        let mut top = canvas.lines((0.0, 12.0), &unit, 16.0, Type::SMALL).max(12.0);
        if !frame.is_wide() {
            top += 20.0;
        }
        canvas.text((median_at, top), HEAD[0], small);
        canvas.text((right, top), HEAD[1], small);
        let (pitch, tall) = frame.pick((58.0, 50.0), (84.0, 50.0));
        let first = top + 8.0;
        let foot = first + pitch * shown as f64 + 6.0;
        for tick in &ticks {
            let x = scale.at(*tick);
            let class =
                if self.input.differences && *tick == 0.0 { "w1 l-ink" } else { "w1 l-rule" };
            for row in 0..shown {
                let floor = first + pitch * (row as f64 + 1.0);
                let from = if frame.is_wide() { floor - pitch } else { floor - 56.0 };
                canvas.line((x, from), (x, floor), class);
            }
        }
        let curves: Vec<Vec<f64>> =
            self.sorted[..shown].iter().map(|values| self.density(values, scale.ends())).collect();
        let peak = self.peak(&curves);
        for row in 0..shown {
            let floor = first + pitch * (row as f64 + 1.0);
            ridge(&mut canvas, &scale, &curves[row], peak, (floor, tall));
            self.interval(&mut canvas, &scale, &self.sorted[row], floor);
            let words = frame.pick(floor - 12.0, floor - 62.0);
            let name = &self.input.scenarios[row].name;
            let lines = Type::LABEL.wrap(name, name_room + 1.0, frame.pick(3, 1));
            let from = words - frame.pick(7.5, 0.0) * (lines.len().max(1) as f64 - 1.0);
            canvas.lines((0.0, from), &lines, 15.0, Type::LABEL);
            canvas.text((median_at, words), &bold.fit(&said[row].0, 90.0), bold);
            canvas.text((right, words), &small.fit(&said[row].1, 150.0), small);
        }
        if self.input.differences {
            axis::write(&mut canvas, &scale, &ticks, foot + 14.0, axis::signed(&ticks));
        } else {
            axis::write(&mut canvas, &scale, &ticks, foot + 14.0, axis::plain(&ticks));
        }
        let mut foot = foot + 24.0;
        let is_cut = |curve: &Vec<f64>| curve.iter().any(|density| *density > 1.001 * peak);
        if curves.iter().any(is_cut) {
            foot = super::note(&mut canvas, foot, CUT);
        }
        if let Some(words) = more(self.sorted.len() - shown) {
            foot = super::note(&mut canvas, foot, &words);
        }
        canvas.finish(foot)
    }

    /// The density on an even grid over the span, in runs' shares a step.
    fn density(&self, sorted: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
        let mut curve = vec![0.0; GRID + 1];
        if sorted.is_empty() {
            return curve;
        }
        let step = (high - low) / GRID as f64;
        let count = sorted.len() as f64;
        // a mean of far-apart values may be off in its last digits; it only sets a bandwidth
        let mean = sorted.iter().sum::<f64>() / count;
        let deviation =
            (sorted.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
        let quartiles = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
        let spread = if quartiles > 0.0 { deviation.min(quartiles) } else { deviation.min(step) };
        let width = (0.9 * spread * count.powf(-0.2)).max(0.7 * step);
        let mut cells = vec![0.0; GRID + 1];
        for value in sorted.iter().filter(|value| **value >= low && **value <= high) {
            let place = (value - low) / step;
            let cell = (place as usize).min(GRID - 1);
            let share = (place - cell as f64).clamp(0.0, 1.0);
            cells[cell] += (1.0 - share) / count;
            cells[cell + 1] += share / count;
        }
        for (cell, mass) in cells.iter().enumerate().filter(|(_, mass)| **mass > 0.0) {
            for (place, density) in curve.iter_mut().enumerate() {
                let far = (place as f64 - cell as f64) * step / width;
                if far.abs() < 5.0 {
                    *density += mass * (-0.5 * far * far).exp() * step / width;
                }
            }
        }
        curve
    }

    /// The density that reaches the full height: the greatest, but no more than a third above the
    /// middle one, so that a spike does not flatten the hills beside it.
    fn peak(&self, curves: &[Vec<f64>]) -> f64 {
        let mut tops: Vec<f64> = curves
            .iter()
            .map(|curve| curve.iter().copied().fold(0.0, f64::max))
            .filter(|top| *top > 0.0)
            .collect();
        tops.sort_by(f64::total_cmp);
        let greatest = tops.last().copied().unwrap_or(1.0);
        let middle = tops.get(tops.len() / 2).copied().unwrap_or(1.0);
        greatest.min(1.34 * middle)
    }

    fn interval(&self, canvas: &mut Canvas, scale: &Scale, sorted: &[f64], floor: f64) {
        if sorted.is_empty() {
            return;
        }
        let [low, middle, high] = [0.05, 0.5, 0.95].map(|share| scale.at(quantile(sorted, share)));
        canvas.line((low, floor), (high, floor), "w3 l-c0 cap");
        canvas.circle((middle, floor), 5.25, "f-paper");
        canvas.circle((middle, floor), 4.0, "f-ink");
    }

    fn describe(&self) -> String {
        let each: Vec<String> = self
            .input
            .scenarios
            .iter()
            .zip(&self.sorted)
            .take(5)
            .map(|(scenario, values)| {
                let (median, range) = self.said(values);
                format!("{} {median} ({range})", scenario.name)
            })
            .collect();
        format!("Ridges of {}. {}.", self.input.unit, each.join("; "))
    }

    fn table(&self) -> Table {
        let mut table = head(self.input);
        for (scenario, values) in self.input.scenarios.iter().zip(&self.sorted) {
            let (median, range) = self.said(values);
            table.row([scenario.name.clone(), median, range, numbers::whole(values.len() as f64)]);
        }
        table.marks.push(CUT.to_owned());
        table.marks.extend(more(self.sorted.len().saturating_sub(MOST)));
        table
    }
}

const CUT: &str = "A ridge that is flat at its top is higher than drawn.";
const HEAD: [&str; 2] = ["median", "90% of runs"];

fn ridge(canvas: &mut Canvas, scale: &Scale, curve: &[f64], peak: f64, (floor, tall): (f64, f64)) {
    let (low, high) = scale.ends();
    let points: Vec<(f64, f64)> = curve
        .iter()
        .enumerate()
        .map(|(place, density)| {
            let value = low + (high - low) * place as f64 / GRID as f64;
            (scale.at(value), floor - tall * (density / peak).min(1.0))
        })
        .collect();
    let high = |(_, y): &(f64, f64)| floor - y > 0.15;
    let (Some(first), Some(last)) = (points.iter().position(high), points.iter().rposition(high))
    else {
        return;
    };
    let hill = &points[first.saturating_sub(1)..=(last + 1).min(points.len() - 1)];
    let mut area = hill.to_vec();
    if let (Some(from), Some(to)) = (hill.first(), hill.last()) {
        area.push((to.0, floor));
        area.push((from.0, floor));
    }
    canvas.path(&closed(&area), "wash2");
    canvas.polyline(hill, "w2 l-c0");
}

fn head(input: &Input) -> Table {
    Table::new(
        input.unit.clone(),
        vec![
            Column::words("Scenario"),
            Column::numbers(HEAD[0]),
            Column::numbers(HEAD[1]),
            Column::numbers("runs"),
        ],
    )
}
