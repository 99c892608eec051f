//! Sway on a row of dates, and what made it change.

use std::path::{Path, PathBuf};

use assess::measure::MeasureError;
use assess::measure::course::{ActorCourse, Counted, Course, Every, Knowing, Query, cases, course};
use case::{Case, Channel, Folder};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use report::picture::influence_fan;

use super::account::told;
use crate::command::report::write_whole;
use crate::command::{print, print_json};
use crate::failure::Failure;
use crate::screen;

// What is measured over time.
#[derive(Args)]
pub struct OverTime {
    /// Measure on a row of dates from this one on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day, conflicts_with = "change")]
    from: Option<Date>,
    /// To this one (default: the as-of date)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::screen::day, requires = "from")]
    to: Option<Date>,
    /// How far the dates lie apart
    #[arg(long, value_enum, default_value_t = Apart::Month, requires = "from")]
    every: Apart,
    /// What changed between two dates, and which estimates, events and documents caused it
    #[arg(long, num_args = 2, value_names = ["YYYY-MM-DD", "YYYY-MM-DD"], value_parser = crate::screen::day)]
    change: Option<Vec<Date>>,
    /// What a date means: the world as it was then by what is known now, or the case as it was known then
    #[arg(long, value_enum, default_value_t = Known::Now)]
    known: Known,
    /// Which house counts over time: the one that forms the next government, as on a single date, or the sitting one
    #[arg(long, value_enum, default_value_t = House::Next)]
    house: House,
    /// The actors followed over time (default: the case's focus)
    #[arg(long, value_name = "ACTOR")]
    actor: Vec<String>,
    /// Write the curve of the first actor as a picture (.svg) or its numbers (.csv)
    #[arg(long, value_name = "FILE", requires = "from")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Apart {
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Known {
    /// The world as it was on each date, by what is known on the as-of date
    Now,
    /// The case as it was known on each date
    Then,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum House {
    /// The one to be elected once an election is known to come, else the sitting one
    Next,
    /// The sitting one
    Sitting,
}

impl OverTime {
    /// Whether more than one date is asked for.
    pub fn asked(&self) -> bool {
        self.from.is_some() || self.change.is_some()
    }

    /// Measures and prints.
    pub fn go(
        &self,
        folder: &Folder,
        case: &Case,
        body: &str,
        (seed, draws): (u64, u32),
        json: bool,
    ) -> Result<(), Failure> {
        let query = Query {
            body: body.to_owned(),
            actors: self.actor.clone(),
            dates: self.dates(case.as_of)?,
            knowing: if self.known == Known::Now { Knowing::Now } else { Knowing::Then },
            counted: if self.house == House::Next { Counted::Next } else { Counted::Sitting },
            as_of: case.as_of,
            seed,
            draws,
        };
        let course = course(&cases(folder, &query), &query).map_err(|e| match e {
            MeasureError::NoBody(..) | MeasureError::NoActor(..) => Failure::usage(e),
            _ => Failure::input(e),
        })?;
        if let Some(out) = &self.out {
            draw(&course, out)?;
        }
        if json {
            return print_json(&course);
        }
        let mut lines = head(&course);
        if self.change.is_none() {
            lines.push(String::new());
            lines.extend(table(&course));
            lines.extend(formal(&course));
            lines.extend(moves(&course));
        }
        for actor in &course.actors {
            lines.push(String::new());
            match &actor.change {
                Some(change) => lines.extend(told(change, self.change.is_some())),
                None => lines.push(format!("{}: one date alone has an estimate", actor.label)),
            }
        }
        if let Some(out) = &self.out {
            lines.extend([String::new(), format!("{}: written", out.display())]);
        }
        print(lines)
    }

    fn dates(&self, as_of: Date) -> Result<Vec<Date>, Failure> {
        let dates = match (&self.change, self.from) {
            (Some(two), _) => {
                let mut two = two.clone();
                two.sort_unstable();
                two
            }
            (None, Some(from)) => {
                let to = self.to.unwrap_or(as_of);
                if from >= to {
                    return Err(Failure::usage(format!("--from {from} is not before {to}")));
                }
                let every = match self.every {
                    Apart::Week => Every::Week,
                    Apart::Month => Every::Month,
                    Apart::Quarter => Every::Quarter,
                    Apart::Year => Every::Year,
                };
                every.dates(from, to)
            }
            (None, None) => Vec::new(),
        };
        match dates.last() {
            Some(last) if *last > as_of => Err(Failure::usage(format!(
                "{last} lies after the as-of date {as_of}: give --as-of {last} or a later day"
            ))),
            _ => Ok(dates),
        }
    }
}

fn head(course: &Course) -> Vec<String> {
    let meaning = match course.knowing {
        Knowing::Now => format!("as it was on each date, by what was known on {}", course.as_of),
        Knowing::Then => "as known on each date".to_owned(),
    };
    let mut lines = vec![
        format!("Sway over {}, {meaning}", course.name),
        match course.counted {
            Counted::Next => format!(
                "over the house that forms the next government, * one yet to be elected; {} paired draws",
                course.draws
            ),
            Counted::Sitting => {
                format!("over the house that sits on the date; {} paired draws", course.draws)
            }
        },
    ];
    let mut gaps: Vec<(&str, Vec<Date>)> = Vec::new();
    for (date, gap) in course.points.iter().filter_map(|p| Some((p.date, p.gap.as_deref()?))) {
        match gaps.last_mut() {
            Some((last, dates)) if *last == gap => dates.push(date),
            _ => gaps.push((gap, vec![date])),
        }
    }
    for (gap, dates) in gaps {
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        let when = if first == last { first.to_string() } else { format!("{first} to {last}") };
        lines.push(format!("no estimate on {when}: {gap}"));
    }
    lines
}

/// One actor with its channels, or several side by side. Of dates that say the same only the first is shown.
fn table(course: &Course) -> Vec<String> {
    let shown: Vec<usize> = (0..course.points.len())
        .filter(|p| {
            *p == 0
                || *p + 1 == course.points.len()
                || course.actors.iter().any(|a| a.at[*p] != a.at[p - 1])
        })
        .collect();
    let cell = |actor: &ActorCourse, p: usize| match &actor.at[p] {
        Some(at) => {
            let of = |x: f64| format!("{:.1}", 100.0 * x);
            (of(at.total.mean), format!("{} – {}", of(at.total.low), of(at.total.high)))
        }
        None => ("none".to_owned(), String::new()),
    };
    let date = |p: usize| {
        let point = &course.points[p];
        format!("{}{}", point.date, if point.coming { " *" } else { "" })
    };
    let mut lines = match course.actors.as_slice() {
        [actor] => {
            let mut head = vec!["date", "sway %", "90 %", "own"];
            head.extend(Channel::ALL.map(Channel::name));
            let rows: Vec<Vec<String>> = (shown.iter())
                .map(|p| {
                    let (mean, range) = cell(actor, *p);
                    let mut cells = vec![date(*p), mean, range];
                    if let Some(at) = &actor.at[*p] {
                        let of = |x: f64| match 100.0 * x {
                            x if x < 0.05 => "·".to_owned(),
                            x => format!("{x:.1}"),
                        };
                        cells.push(of(at.own));
                        let share = |c| at.channels.get(&c).copied().unwrap_or_default();
                        cells.extend(Channel::ALL.map(|c| of(share(c))));
                    }
                    cells
                })
                .collect();
            screen::table(&head, &rows)
        }
        actors => {
            let mut head = vec!["date"];
            actors.iter().for_each(|a| head.extend([a.label.as_str(), "90 %"]));
            let rows: Vec<Vec<String>> = (shown.iter())
                .map(|p| {
                    let cells = actors.iter().flat_map(|a| {
                        let (mean, range) = cell(a, *p);
                        [mean, range]
                    });
                    [date(*p)].into_iter().chain(cells).collect()
                })
                .collect();
            screen::table(&head, &rows)
        }
    };
    let hidden = course.points.len() - shown.len();
    if hidden > 0 {
        lines.push(format!("{hidden} dates on which nothing had changed are not shown"));
    }
    lines
}

fn formal(course: &Course) -> Vec<String> {
    let Some(formal) = &course.formal else {
        return vec![
            String::new(),
            "No formal measure beside it: the case has no ties between states.".to_owned(),
        ];
    };
    let mut lines = vec![
        String::new(),
        format!(
            "Formal capacity to influence {}: bandwidth × dependence between states alone, mean of three channels",
            formal.label
        ),
    ];
    let senders = &formal.senders[..formal.senders.len().min(4)];
    let mut head = vec!["date"];
    senders.iter().for_each(|s| head.extend([s.label.as_str(), "share"]));
    let shown = (0..course.points.len()).filter(|p| {
        *p == 0 || *p + 1 == course.points.len() || senders.iter().any(|s| s.at[*p] != s.at[p - 1])
    });
    let rows: Vec<Vec<String>> = shown
        .map(|p| {
            let cells = senders.iter().flat_map(|s| match &s.at[p] {
                Some(at) => [format!("{:.3}", at.capacity.mean), screen::percent(at.share)],
                None => ["none".to_owned(), String::new()],
            });
            [course.points[p].date.to_string()].into_iter().chain(cells).collect()
        })
        .collect();
    lines.extend(screen::table(&head, &rows));
    if formal.senders.len() > senders.len() {
        lines.push(format!("{} more senders in --json", formal.senders.len() - senders.len()));
    }
    lines
}

const MOST_MOVES: usize = 16;

fn moves(course: &Course) -> Vec<String> {
    if course.moves.is_empty() {
        return Vec::new();
    }
    let size =
        |m: &assess::measure::course::Move| m.effects.values().map(|e| e.abs()).fold(0.0, f64::max);
    let mut largest: Vec<&assess::measure::course::Move> = course.moves.iter().collect();
    largest.sort_by(|a, b| size(b).total_cmp(&size(a)));
    largest.truncate(MOST_MOVES);
    largest.sort_by_key(|m| m.date);
    let mut head = vec!["by", "what changed, the largest steps (each alone, in points)"];
    head.extend(course.actors.iter().map(|a| a.label.as_str()));
    let rows: Vec<Vec<String>> = (largest.iter())
        .map(|m| {
            let effect = |a: &ActorCourse| match m.effects.get(&a.actor) {
                Some(effect) => format!("{:+.1}", 100.0 * effect),
                None => "·".to_owned(),
            };
            let mut cells = vec![m.date.to_string(), m.what.clone()];
            cells.extend(course.actors.iter().map(effect));
            cells
        })
        .collect();
    let mut lines = vec![String::new()];
    lines.extend(screen::table(&head, &rows));
    if course.moves.len() > largest.len() {
        lines.push(format!("{} smaller steps in --json", course.moves.len() - largest.len()));
    }
    lines
}

/// The curve of the first actor, with what moved it beneath.
fn draw(course: &Course, out: &Path) -> Result<(), Failure> {
    let Some(actor) = course.actors.first() else {
        return Err(Failure::usage("--out: there is no actor to draw"));
    };
    let shown = report::joined::Course::of(course, actor);
    let picture = influence_fan::draw(&influence_fan::Input {
        title: shown.name,
        unit: shown.unit,
        shares: shown.shares,
        points: shown.points,
        evidence: shown.evidence,
    })?;
    let text = match out.extension().and_then(|e| e.to_str()) {
        Some("svg") => picture.svg(),
        Some("csv") => picture.csv(),
        _ => {
            let fault = "a picture is written as .svg, its numbers as .csv; name the file so";
            return Err(Failure::usage(format!("--out {}: {fault}", out.display())));
        }
    };
    write_whole(out, text.as_bytes())
}
