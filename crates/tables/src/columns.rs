//! What the places in an outcome stand for, and outcomes as rows of the tables `runs` and `course`.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use simulate::model::Model;
use simulate::quantity::Unit;
use simulate::run::{EMPTY, NO_LIST, Outcome};

use crate::schema::{COURSE, Column, Each, RUNS, Schema};
use crate::table::{Cell, Head, Table};

/// A quantity by its id, with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Its id.
    pub id: String,
    /// What it is, for people.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// The names of what an outcome holds by place, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Lists that may hold seats.
    pub lists: Vec<String>,
    /// Districts.
    pub districts: Vec<String>,
    /// Candidates for head of government.
    pub candidates: Vec<String>,
    /// Stages of forming a government.
    pub stages: Vec<String>,
    /// Offices.
    pub offices: Vec<String>,
    /// Quantities that the processes report.
    pub quantities: Vec<Measured>,
    /// Quantities that are followed every four weeks.
    pub followed: Vec<Measured>,
    /// The as-of date.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Election day, from which days are counted.
    pub elected: Option<Date>,
}

/// A unit as it stands in a table.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share in [0, 1]",
        Unit::Happens => "0 or 1",
        Unit::Count => "count",
        Unit::Days => "days",
        Unit::DaysUntil => "days from the as-of date",
        Unit::Position => "position in [0, 1]",
        Unit::Rung => "rung, from 0",
        Unit::Multiple => "multiple of the as-of date's",
        Unit::Favour => "favour in [-1, 1]",
    }
}

impl Columns {
    /// The names of a model.
    #[must_use]
    pub fn of(model: &Model<'_>) -> Self {
        let case = model.case;
        let measured = |q: &simulate::quantity::Quantity| Measured {
            id: q.id.clone(),
            name: q.name.clone(),
            unit: unit(q.unit).to_owned(),
        };
        Self {
            lists: model.lists.iter().map(|a| case.actors[*a].id.get_ref().clone()).collect(),
            districts: case.districts.iter().map(|d| d.id.get_ref().clone()).collect(),
            candidates: case.candidates.iter().map(|c| c.id.get_ref().clone()).collect(),
            stages: case.stages.iter().map(|s| s.id.get_ref().clone()).collect(),
            offices: case.offices.iter().map(|o| o.id.get_ref().clone()).collect(),
            quantities: model.quantities.iter().map(measured).collect(),
            followed: model.followed.iter().map(measured).collect(),
            start: model.start,
            end: model.end,
            elected: model.election_day(),
        }
    }

    /// The table of runs, without rows.
    #[must_use]
    pub fn runs(&self) -> Table {
        self.table(&RUNS)
    }

    /// The table of what is followed, without rows.
    #[must_use]
    pub fn course(&self) -> Table {
        self.table(&COURSE)
    }

    fn table(&self, schema: &Schema) -> Table {
        Table::new(schema, schema.columns.iter().flat_map(|column| self.heads(column)).collect())
    }

    /// The columns that one of a schema stands for.
    fn heads(&self, column: &Column) -> Vec<Head> {
        let each = |ids: &[String]| -> Vec<Head> {
            let name = |id: &String| column.name.replace(column.each.mark(), id);
            ids.iter().map(|id| Head::of(column, name(id))).collect()
        };
        let measured = |all: &[Measured]| -> Vec<Head> {
            let head = |m: &Measured| Head {
                unit: m.unit.clone(),
                about: m.name.clone(),
                ..Head::of(column, &m.id)
            };
            all.iter().map(head).collect()
        };
        match column.each {
            Each::Once => vec![Head::of(column, column.name)],
            Each::List => each(&self.lists),
            Each::District => each(&self.districts),
            Each::ListInDistrict => (self.districts.iter())
                .flat_map(|district| {
                    let name = column.name.replace("DISTRICT", district);
                    let of = move |list: &String| Head::of(column, name.replace("LIST", list));
                    self.lists.iter().map(of)
                })
                .collect(),
            Each::Stage => each(&self.stages),
            Each::Candidate => each(&self.candidates),
            Each::Office => each(&self.offices),
            Each::Quantity => measured(&self.quantities),
            Each::Followed => measured(&self.followed),
        }
    }

    /// Adds the row of a run to the table of runs.
    pub fn push_run(&self, run: u32, outcome: &Outcome, runs: &mut Table) {
        let (bloc, government) = (self.joined(outcome.bloc), self.joined(outcome.coalition));
        let mut row = Vec::with_capacity(runs.heads.len());
        for column in RUNS.columns {
            self.cells(column, run, outcome, [&bloc, &government], &mut row);
        }
        runs.push(row);
    }

    /// Adds the cells that one column of the schema stands for, in the order of [`Columns::heads`].
    fn cells<'c>(
        &'c self,
        column: &Column,
        run: u32,
        outcome: &'c Outcome,
        [bloc, government]: [&'c str; 2],
        row: &mut Vec<Cell<'c>>,
    ) {
        let formed = outcome.days.is_some();
        let list = |l: u8| self.lists.get(usize::from(l)).map(String::as_str);
        let sitting = |at: usize| outcome.sittings.get(at).copied().flatten();
        let stages = 0..self.stages.len();
        match column.name {
            "run" | "draw" => row.push(Cell::Whole(run.into())),
            "seats.LIST" => row.extend(
                (0..self.lists.len())
                    .map(|l| Cell::Whole(outcome.seats.get(l).copied().unwrap_or(0).into())),
            ),
            "seats.fringe" => row.push(Cell::Whole(outcome.fringe.into())),
            "votes.LIST" => row.extend(
                (0..self.lists.len())
                    .map(|l| outcome.shares.get(l).map_or(Cell::Empty, |s| Cell::single(*s))),
            ),
            "turnout" if outcome.turnout > 0.0 => row.push(Cell::single(outcome.turnout)),
            "first.DISTRICT" => {
                row.extend((0..self.districts.len()).map(|d| {
                    Cell::words(outcome.districts.get(d).and_then(|came| list(came.first)))
                }))
            }
            "seats.LIST@DISTRICT" => {
                for d in 0..self.districts.len() {
                    let came = outcome.districts.get(d);
                    let start = row.len();
                    let none = came.map_or(Cell::Empty, |_| Cell::Whole(0));
                    row.resize(start + self.lists.len(), none);
                    for (l, seats) in came.iter().flat_map(|came| &came.seats) {
                        if let Some(cell) = row.get_mut(start + usize::from(*l)) {
                            *cell = Cell::Whole((*seats).into());
                        }
                    }
                }
            }
            "bloc" => row.push(Cell::words(Some(bloc))),
            "bloc.seats" if outcome.bloc != 0 => row.push(Cell::Whole(outcome.bloc_seats.into())),
            "stage.STAGE" => {
                row.extend(stages.map(|s| Cell::whole(outcome.stage_days.get(s).copied())));
            }
            "sittings.STAGE" => row.extend(stages.map(|s| Cell::whole(sitting(s).map(|s| s.held)))),
            "present.STAGE" => {
                row.extend(stages.map(|s| Cell::whole(sitting(s).map(|s| s.present))));
            }
            "ballot.STAGE" => {
                row.extend(stages.map(|s| Cell::whole(sitting(s).and_then(|s| s.votes))));
            }
            "failed.CANDIDATE" => {
                row.extend((0..self.candidates.len()).map(|c| {
                    Cell::Whole(outcome.failed.iter().any(|f| usize::from(*f) == c).into())
                }))
            }
            "failures" => row.push(Cell::Whole(outcome.failures.into())),
            "government.days" => row.push(Cell::whole(outcome.days)),
            "government" if formed => row.push(Cell::words(Some(government))),
            "head" if formed => row.push(Cell::words(
                (outcome.head)
                    .and_then(|h| self.candidates.get(usize::from(h)).map(String::as_str)),
            )),
            "office.OFFICE" => row.extend((0..self.offices.len()).map(|o| {
                Cell::words(match outcome.posts.get(o) {
                    Some(&EMPTY) => Some("empty"),
                    Some(&NO_LIST) => Some("no-list"),
                    Some(l) => list(*l),
                    None => None,
                })
            })),
            "QUANTITY" => row.extend((0..self.quantities.len()).map(|q| {
                outcome.quantities.get(q).copied().flatten().map_or(Cell::Empty, Cell::single)
            })),
            _ => row.push(Cell::Empty),
        }
    }

    /// Adds the rows of a run to the table of what is followed.
    pub fn push_course(&self, run: u32, outcome: &Outcome, course: &mut Table) {
        let samples = outcome.course.chunks_exact(self.followed.len().max(1));
        for (sample, values) in samples.enumerate() {
            let day = self.start.saturating_add((28 * sample as i64).days());
            let run = Cell::Whole(run.into());
            let values = values.iter().map(|value| Cell::single(*value));
            course.push([run, run, Cell::Day(day)].into_iter().chain(values));
        }
    }

    fn joined(&self, lists: u128) -> String {
        let members = self.lists.iter().enumerate().filter(|(l, _)| lists >> l & 1 == 1);
        members.map(|(_, id)| id.as_str()).collect::<Vec<_>>().join("+")
    }
}
