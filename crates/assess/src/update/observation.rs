//! What was seen: read from text, or from the case's own later entries.
//!
//! ```text
//! failures >= 1 @ 2031-06-01               a yes or no, as of a day
//! turnout ~ 0.42 +- 0.02 @ 2031-05-02      a number measured with an error of one standard deviation
//! turnout ~ 0.42 @ 2031-05-02              a number without a stated error: as near as the runs allow
//! ```

use case::Case;
use jiff::civil::Date;
use simulate::model::Model;
use simulate::run::Outcome;

use super::weights::Column;
use crate::ask::{Ask, AskError, Value};

/// Something that was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// As it was given.
    pub text: String,
    /// The day.
    pub on: Date,
    /// What it says.
    pub seen: Seen,
}

/// What an observation says.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// This holds.
    Truth(Ask),
    /// This number was measured, with this standard deviation of the error.
    Measured(Ask, f64, f64),
    /// These numbers came out, all together.
    Near(Vec<(Ask, f64)>),
}

/// Why something seen cannot be put to a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservationError {
    /// The event of a case's history that says it, if one does.
    pub event: Option<String>,
    /// As it was given.
    pub text: String,
    /// What is wrong with it.
    pub fault: ObservationFault,
}

/// What is wrong with an observation.
#[derive(Debug, Clone, PartialEq)]
pub enum ObservationFault {
    /// This is no day.
    NoDay(String),
    /// This is no number.
    NoNumber(String),
    /// What it is of cannot be read.
    Ask(AskError),
    /// It is of a number, and says nothing of it.
    NotTruth,
    /// What is measured is a yes or no.
    NotNumber,
    /// An error of measuring is not above zero.
    NoError,
    /// It is of no day, and what it is of has none of its own.
    OnWhichDay,
    /// It is of the election, on this day before it.
    BeforeElection(Date),
}

impl std::fmt::Display for ObservationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(event) = &self.event {
            write!(f, "event {event}: ")?;
        }
        write!(f, "\"{}\": ", self.text)?;
        match &self.fault {
            ObservationFault::NoDay(day) => write!(f, "\"{day}\" is no day: write YYYY-MM-DD"),
            ObservationFault::NoNumber(part) => write!(f, "\"{part}\" is no number"),
            ObservationFault::Ask(error) => write!(f, "{error}"),
            ObservationFault::NotTruth => {
                f.write_str("is no yes or no: compare it, or write QUANTITY ~ VALUE +- ERROR")
            }
            ObservationFault::NotNumber => f.write_str("what is measured must be a number"),
            ObservationFault::NoError => f.write_str("an error must be above zero"),
            ObservationFault::OnWhichDay => {
                f.write_str("on which day? Write @ YYYY-MM-DD behind it, or give --on")
            }
            ObservationFault::BeforeElection(day) => {
                write!(f, "nothing of the election is known on {day}")
            }
        }
    }
}

impl std::error::Error for ObservationError {}

impl Observation {
    /// Reads an observation; one that names no day is of the day `on`.
    ///
    /// # Errors
    /// [`ObservationError`]: what is wrong with it.
    pub fn read(text: &str, on: Option<Date>, model: &Model<'_>) -> Result<Self, ObservationError> {
        let fault = |fault| ObservationError { event: None, text: text.to_owned(), fault };
        let (what, day) = match text.rsplit_once(" @ ") {
            Some((what, day)) => {
                let day: Date = (day.trim().parse())
                    .map_err(|_| fault(ObservationFault::NoDay(day.trim().to_owned())))?;
                (what.trim(), Some(day))
            }
            None => (text.trim(), on),
        };
        let read =
            |part: &str| Ask::read(part.trim(), model).map_err(|e| fault(ObservationFault::Ask(e)));
        let number = |part: &str| {
            let n = part.trim().parse::<f64>().ok().filter(|n| n.is_finite());
            n.ok_or_else(|| fault(ObservationFault::NoNumber(part.trim().to_owned())))
        };
        let seen = match what.split_once('~') {
            None => {
                let ask = read(what)?;
                if !ask.is_truth() {
                    return Err(fault(ObservationFault::NotTruth));
                }
                Seen::Truth(ask)
            }
            Some((of, value)) => {
                let ask = read(of)?;
                if ask.is_truth() {
                    return Err(fault(ObservationFault::NotNumber));
                }
                match value.split_once("+-").or_else(|| value.split_once('±')) {
                    Some((value, error)) => {
                        let error = number(error)?;
                        if error <= 0.0 {
                            return Err(fault(ObservationFault::NoError));
                        }
                        Seen::Measured(ask, number(value)?, error)
                    }
                    None => Seen::Near(vec![(ask, number(value)?)]),
                }
            }
        };
        let day = match (day, seen.asks().all(Ask::is_of_election)) {
            (Some(day), _) => day,
            (None, true) => model.election_day().unwrap_or(model.start).max(model.start),
            (None, false) => {
                return Err(fault(ObservationFault::OnWhichDay));
            }
        };
        let early = model.election_day().is_some_and(|e| model.elects() && day < e);
        if early && seen.asks().any(Ask::reads_election) {
            return Err(fault(ObservationFault::BeforeElection(day)));
        }
        Ok(Self { text: what.to_owned(), on: day, seen })
    }

    /// How many numbers, or yes or no, it is of.
    pub(super) fn numbers(&self) -> usize {
        self.seen.asks().count()
    }

    /// What a run as it stands on the day shows of it: one number for each that was seen, yes being 1.
    pub(super) fn read_in(&self, stands: &Outcome) -> Vec<Option<f64>> {
        match &self.seen {
            Seen::Truth(ask) => {
                vec![Some(f64::from(u8::from(ask.of(stands) == Value::Truth(true))))]
            }
            Seen::Measured(ask, ..) => vec![ask.number(stands)],
            Seen::Near(all) => all.iter().map(|(ask, _)| ask.number(stands)).collect(),
        }
    }

    /// What all runs showed of it, ready to weigh them by.
    pub(super) fn column(&self, rows: &[Vec<Option<f64>>]) -> Column {
        let first = |row: &Vec<Option<f64>>| row.first().copied().flatten();
        match &self.seen {
            Seen::Truth(_) => {
                Column::Truth(rows.iter().map(|r| first(r).is_some_and(|x| x > 0.5)).collect())
            }
            Seen::Measured(_, value, error) => {
                Column::Measured(rows.iter().map(first).collect(), *value, *error)
            }
            Seen::Near(all) => {
                let deviations: Vec<f64> = (0..all.len())
                    .map(|at| deviation(rows.iter().filter_map(|r| r.get(at).copied().flatten())))
                    .collect();
                let distance = |row: &Vec<Option<f64>>| {
                    let squares = row.iter().zip(all).zip(&deviations).map(|((x, (_, v)), s)| {
                        x.map(|x| if *s > 0.0 { ((x - v) / s).powi(2) } else { 0.0 })
                    });
                    squares.sum::<Option<f64>>().map(f64::sqrt)
                };
                let unit = if deviations.len() == 1 { deviations[0] } else { 1.0 };
                Column::Distance(rows.iter().map(distance).collect(), unit)
            }
        }
    }
}

impl Seen {
    fn asks(&self) -> Box<dyn Iterator<Item = &Ask> + '_> {
        match self {
            Self::Truth(ask) | Self::Measured(ask, ..) => Box::new(std::iter::once(ask)),
            Self::Near(all) => Box::new(all.iter().map(|(ask, _)| ask)),
        }
    }
}

fn deviation(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / n;
    (values.map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt()
}

/// What a later version of the case knows of what the model forecasts: events of its history that say what they show, seats
/// together, as one observation of election day, and the government on the day of confidence. All of it was published
/// after the model's as-of date, and is given as observations for that reason.
///
/// # Errors
/// An observation that cannot be put to the model.
pub fn observed_since(
    later: &Case,
    model: &Model<'_>,
) -> Result<Vec<Observation>, ObservationError> {
    let mut all = Vec::new();
    let read = |text: &str| {
        let fault = |e| {
            let fault = ObservationFault::Ask(e);
            ObservationError { event: None, text: text.to_owned(), fault }
        };
        Ask::read(text, model).map_err(fault)
    };
    let since = |day: Date| day > model.start && day <= later.as_of && day <= model.end;
    for event in later.events.iter().filter(|e| since(e.date)) {
        if let Some(shows) = &event.shows {
            let seen = Observation::read(shows, Some(event.date), model);
            let named = |e| ObservationError { event: Some(event.id.get_ref().clone()), ..e };
            all.push(seen.map_err(named)?);
        }
    }
    let Some(day) = model.election_day().filter(|d| model.elects() && since(*d)) else {
        return Ok(all);
    };
    let mut seats = Vec::new();
    let national = |r: &&case::contest::ElectionResult| r.date == day && r.district.is_none();
    for result in later.results.iter().filter(national) {
        let id = result.list.get_ref();
        if let (Some(held), Some(_)) = (result.seats, model.list(id)) {
            let ask = read(&format!("seats.{id}"))?;
            seats.push((ask, f64::from(held)));
        }
    }
    if !seats.is_empty() {
        let text = format!("the seats of {} lists", seats.len());
        all.push(Observation { text, on: day, seen: Seen::Near(seats) });
    }
    let formed = |f: &&case::contest::Formed| {
        f.date == day && !f.mid_term && f.confidence <= later.as_of && f.confidence <= model.end
    };
    if let Some(formed) = later.formed.iter().find(formed) {
        let text = format!("a government {} days after the election", formed_after(formed));
        let days = read("government.days")?;
        let seen = Seen::Near(vec![(days, f64::from(formed_after(formed)))]);
        all.push(Observation { text, on: formed.confidence, seen });
        let head = |c: &&case::contest::Candidate| c.name == formed.head;
        if let Some(head) = model.case.candidates.iter().find(head) {
            let text = format!("head == {}", head.id.get_ref());
            let seen = Seen::Truth(read(&text)?);
            all.push(Observation { text, on: formed.confidence, seen });
        }
    }
    Ok(all)
}

fn formed_after(formed: &case::contest::Formed) -> i32 {
    formed.confidence.since(formed.date).map_or(0, |span| span.get_days())
}
