//! What an ensemble says: seats with intervals, who leads, which coalitions, how many days.

use jiff::ToSpan;
use serde::Serialize;
use simulate::Ensemble;
use simulate::model::Model;
use simulate::quantity::Quantity;

use crate::interval::Interval;
use crate::tally::Tally;

/// An ensemble in numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many runs.
    pub runs: usize,
    /// The seed.
    pub seed: u64,
    /// Lists by expected seats, most first.
    pub lists: Vec<ListSeats>,
    /// Seats of small lists and independents.
    pub fringe: Interval,
    /// Turnout, if an election was run.
    pub turnout: Option<Interval>,
    /// Seats of the largest bloc.
    pub bloc_seats: Interval,
    /// Who becomes head of government, likeliest first.
    pub heads: Vec<Share>,
    /// The likeliest coalitions.
    pub coalitions: Vec<Coalition>,
    /// How often each list governs, most often first.
    pub governing: Vec<Share>,
    /// Days from election to confidence, over runs that got there.
    pub days: Days,
    /// Nominees who failed, by how often.
    pub failed: Vec<Share>,
    /// The share of runs in which some nominee failed.
    pub some_nominee_failed: f64,
    /// Offices left empty on the day of confidence, by how often among governments formed.
    pub empty: Vec<Share>,
    /// The stages of forming a government with the days by which they are done.
    pub stages: Vec<StageDays>,
    /// What the processes report beside.
    pub quantities: Vec<Reported>,
    /// What is followed over time.
    pub courses: Vec<Course>,
}

/// A quantity over the runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reported {
    /// What it is.
    pub quantity: Quantity,
    /// The share of runs in which it came about.
    pub came_about: f64,
    /// Its values where it did.
    pub values: Interval,
}

/// A quantity followed through the window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Course {
    /// What it is.
    pub quantity: Quantity,
    /// Every four weeks from the as-of date on: the day and the values over the runs.
    pub points: Vec<(jiff::civil::Date, Interval)>,
}

/// A list's seats.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListSeats {
    /// The list's id.
    pub list: String,
    /// Its short name.
    pub label: String,
    /// Its community.
    pub community: Option<String>,
    /// Seats.
    pub seats: Interval,
    /// Share of the vote.
    pub share: Interval,
    /// How often it has most seats (ties are shared).
    pub first: f64,
}

/// A name and the share of runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The share of runs.
    pub share: f64,
}

/// A coalition and how often it forms.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coalition {
    /// Its main lists: those that may expect at least a fortieth of all seats.
    pub lists: Vec<String>,
    /// Their short names, larger lists first.
    pub labels: Vec<String>,
    /// How many smaller lists join it on average.
    pub smaller: f64,
    /// The share of all runs.
    pub share: f64,
    /// Its seats.
    pub seats: Interval,
    /// Days to confidence.
    pub days: Interval,
    /// The likeliest head of government.
    pub head: String,
}

/// Days to confidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Days {
    /// The share of runs in which a government is formed inside the window.
    pub formed: f64,
    /// Over those runs.
    pub when: Interval,
    /// The 5, 50 and 95 % points of all runs; `None` where no government is formed inside the window.
    pub points: [Option<u16>; 3],
    /// A hundred evenly spaced points of all runs; `None` for those without a government at the window's end.
    pub hundred: Vec<Option<u16>>,
    /// The last day of the window, counted from election day, where it is known.
    pub window: Option<u16>,
}

/// Days by which a stage is done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageDays {
    /// The stage.
    pub name: String,
    /// The days the constitution allows from the step before.
    pub deadline: Option<u32>,
    /// The days it took from the step before (from election day for the first).
    pub took: Interval,
    /// The share of runs in which it took longer than the deadline.
    pub late: Option<f64>,
    /// The day, counted from election day, by which it was done.
    pub by: Interval,
}

/// Sums up an ensemble of a model.
#[must_use]
pub fn summary(model: &Model<'_>, ensemble: &Ensemble) -> Summary {
    let mut tally = Tally::new(model);
    ensemble.outcomes.iter().for_each(|run| tally.push(run));
    tally.summary(model, ensemble.seed)
}

impl Tally {
    /// The summary of what was taken in, all under one seed.
    #[must_use]
    pub fn summary(mut self, model: &Model<'_>, seed: u64) -> Summary {
        self.settle();
        let case = model.case;
        let n = self.runs.max(1) as f64;
        let mut lists: Vec<ListSeats> = (0..model.lists.len())
            .map(|l| {
                let actor = &case.actors[model.lists[l]];
                ListSeats {
                    list: actor.id.get_ref().clone(),
                    label: actor.label().to_owned(),
                    community: actor.community.clone(),
                    seats: self.seats[l].interval(),
                    share: self.shares[l].interval(),
                    first: self.first[l] / n,
                }
            })
            .filter(|row| row.seats.mean > 0.0)
            .collect();
        lists.sort_by(|a, b| b.seats.mean.total_cmp(&a.seats.mean).then(a.list.cmp(&b.list)));
        let candidate = |(c, count): (&u8, &u64)| {
            let person = &case.candidates[usize::from(*c)];
            named(person.id.get_ref(), &person.name, *count, n)
        };
        let governing =
            (self.governs.iter().enumerate()).filter(|(_, count)| **count > 0).map(|(l, count)| {
                let actor = &case.actors[model.lists[l]];
                named(actor.id.get_ref(), actor.label(), *count, n)
            });
        let empty = (case.offices.iter().zip(&self.empty))
            .filter(|(_, count)| **count > 0)
            .map(|(o, count)| named(o.id.get_ref(), &o.name, *count, self.formed.max(1) as f64));
        Summary {
            runs: usize::try_from(self.runs).unwrap_or(usize::MAX),
            seed,
            lists,
            fringe: self.fringe.interval(),
            turnout: self.voted.then(|| self.turnout.interval()),
            bloc_seats: self.bloc_seats.interval(),
            heads: ranked(self.heads.iter().map(candidate)),
            coalitions: self.coalitions(model),
            governing: ranked(governing),
            days: self.days(model),
            failed: ranked(self.failed.iter().map(candidate)),
            some_nominee_failed: self.some_failed as f64 / n,
            empty: ranked(empty),
            stages: self.stages(model),
            quantities: (model.quantities.iter().zip(&self.quantities))
                .map(|(quantity, numbers)| Reported {
                    quantity: quantity.clone(),
                    came_about: numbers.count() as f64 / n,
                    values: numbers.interval(),
                })
                .collect(),
            courses: self.courses(model),
        }
    }

    /// The ten likeliest coalitions.
    fn coalitions(&self, model: &Model<'_>) -> Vec<Coalition> {
        let case = model.case;
        let mut groups: Vec<_> = self.coalitions.iter().collect();
        groups.sort_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(b.0)));
        groups.truncate(10);
        groups
            .into_iter()
            .map(|(bits, of)| {
                let mean = |l: usize| self.seats[l].mean();
                let mut members: Vec<usize> =
                    (0..self.seats.len()).filter(|l| bits >> l & 1 == 1).collect();
                members.sort_by(|a, b| mean(*b).total_cmp(&mean(*a)).then(a.cmp(b)));
                let heads = of.heads.iter().map(|(c, count)| {
                    let person = &case.candidates[usize::from(*c)];
                    named(person.id.get_ref(), &person.name, *count, 1.0)
                });
                Coalition {
                    lists: (members.iter())
                        .map(|l| case.actors[model.lists[*l]].id.get_ref().clone())
                        .collect(),
                    labels: members.iter().map(|l| model.label(*l).to_owned()).collect(),
                    smaller: of.smaller as f64 / of.count.max(1) as f64,
                    share: of.count as f64 / self.runs.max(1) as f64,
                    seats: of.seats.interval(),
                    days: of.days.interval(),
                    head: ranked(heads).first().map_or_else(String::new, |h| h.name.clone()),
                }
            })
            .collect()
    }

    fn days(&self, model: &Model<'_>) -> Days {
        let point = |d: f64| Some(d).filter(|d| d.is_finite()).map(|d| d as u16);
        let points: Vec<Option<u16>> =
            self.days.quantiles(&[0.05, 0.5, 0.95]).into_iter().map(point).collect();
        let shares: Vec<f64> = (0..100).map(|i| (f64::from(i) + 0.5) / 100.0).collect();
        let elected = model.election_day();
        Days {
            formed: self.formed as f64 / self.runs.max(1) as f64,
            when: self.formed_days.interval(),
            points: [points[0], points[1], points[2]],
            hundred: self.days.quantiles(&shares).into_iter().map(point).collect(),
            window: elected
                .and_then(|d| model.end.since(d).ok())
                .and_then(|span| u16::try_from(span.get_days()).ok()),
        }
    }

    fn stages(&self, model: &Model<'_>) -> Vec<StageDays> {
        (model.case.stages.iter().zip(self.took.iter().zip(&self.by)))
            .map(|(stage, (took, by))| StageDays {
                name: stage.name.clone(),
                deadline: stage.deadline,
                took: took.interval(),
                late: stage.deadline.map(|d| took.share_where(|days| days > f64::from(d))),
                by: by.interval(),
            })
            .collect()
    }

    fn courses(&self, model: &Model<'_>) -> Vec<Course> {
        let width = model.followed.len();
        (model.followed.iter().enumerate())
            .map(|(i, quantity)| {
                let days = (0_i64..).map(|s| model.start.saturating_add((28 * s).days()));
                let points = self.course.chunks_exact(width.max(1)).map(|at| at[i].interval());
                Course { quantity: quantity.clone(), points: days.zip(points).collect() }
            })
            .collect()
    }
}

fn named(id: &str, name: &str, count: u64, n: f64) -> Share {
    Share { id: id.to_owned(), name: name.to_owned(), share: count as f64 / n }
}

fn ranked(rows: impl Iterator<Item = Share>) -> Vec<Share> {
    let mut rows: Vec<Share> = rows.collect();
    rows.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.id.cmp(&b.id)));
    rows
}
