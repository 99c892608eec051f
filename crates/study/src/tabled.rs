//! What the verbs show, as tables: who holds sway, who gets what he wants, what a scenario changes, how forecasts did. The
//! columns are declared with all others, in `tables::schema`.

use assess::compare::{Comparison, Unit};
use assess::influence::{Influence, OfActor};
use assess::measure::{ActorSway, Measured};
use assess::score::{Board, Forecast};
use case::Channel;
use serde::Serialize;
use tables::{Cell, Table, schema};

/// The name by which a value is written.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// Sway by actor and channel.
#[must_use]
pub fn sway(measured: &Measured) -> Table {
    let mut table = Table::of(&schema::SWAY);
    for actor in &measured.actors {
        let ActorSway { actor: id, name, kind, total, own, channels, .. } = actor;
        let kind = word(kind);
        let mut row = vec![Cell::Text(id), Cell::Text(name), Cell::Text(&kind)];
        row.extend([total.mean, total.low, total.high, *own].map(Cell::Real));
        let share = |channel| channels.get(&channel).copied().unwrap_or(0.0);
        row.extend(Channel::ALL.map(|channel| Cell::Real(share(channel))));
        table.push(row);
    }
    table
}

/// Who gets what he wants of each matter, then by which parts.
#[must_use]
pub fn influence(found: &Influence) -> Table {
    let mut table = Table::of(&schema::INFLUENCE);
    for matter in &found.matters {
        for told in &matter.actors {
            let OfActor { success, luck, decisiveness, between, moves, impose, block, .. } = told;
            let (who, wants) = (&found.camps[told.camp].actor, told.wants.join(";"));
            let named = [Cell::Text(&matter.id), Cell::Text(who)];
            let whole = [Cell::Empty, Cell::words(Some(&wants))];
            let numbers = [*success, *luck, *decisiveness, between.0, between.1];
            let reach = [*moves, impose.mean, block.mean];
            let numbers = numbers.into_iter().chain(reach).map(Cell::Real);
            table.push(named.into_iter().chain(whole).chain(numbers));
            for part in &told.parts {
                let split = [Cell::Text(&part.name), Cell::Empty, Cell::Empty, Cell::Empty];
                let numbers = [part.share, part.between.0, part.between.1].map(Cell::Real);
                table.push(named.into_iter().chain(split).chain(numbers));
            }
        }
    }
    table
}

/// What a scenario changes.
#[must_use]
pub fn differences(comparison: &Comparison) -> Table {
    let mut table = Table::of(&schema::DIFFERENCES);
    let count = |runs: usize| Cell::Whole(i64::try_from(runs).unwrap_or(i64::MAX));
    for d in &comparison.differences {
        let unit = match d.unit {
            Unit::Seats => "seats",
            Unit::Days => "days",
            Unit::Probability => "probability",
        };
        let numbers = [d.base, d.scenario, d.difference.mean, d.difference.low, d.difference.high];
        let mut row = vec![Cell::Text(&d.quantity), Cell::Text(unit)];
        row.extend(numbers.map(Cell::Real));
        row.extend([Cell::Real(d.error), Cell::Real(d.changed), count(d.runs)]);
        table.push(row);
    }
    for r in &comparison.reported {
        let unit = tables::columns::unit(r.unit);
        let numbers = [r.base, r.scenario, r.difference.mean, r.difference.low, r.difference.high];
        let mut row = vec![Cell::Text(&r.id), Cell::Text(unit)];
        row.extend(numbers.map(Cell::Real));
        row.extend([Cell::Real(r.error), Cell::Real(r.changed), count(r.runs)]);
        table.push(row);
    }
    table
}

/// How forecasts did.
#[must_use]
pub fn scores(board: &Board) -> Table {
    let mut table = Table::of(&schema::SCORES);
    let real = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Real);
    for row in &board.rows {
        let (kind, set) = (word(&row.kind), word(&row.set));
        let (mut probability, mut points, mut likeliest) = (None, [None; 3], None);
        match &row.forecast {
            Ok(Forecast::Probability(p)) => probability = Some(*p),
            Ok(Forecast::Points(all)) => {
                points = [0.5, 0.05, 0.95].map(|at| Some(assess::interval::quantile(all, at)));
            }
            Ok(Forecast::Shares(shares)) => {
                let best = shares.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
                (probability, likeliest) =
                    (best.map(|(_, p)| *p), best.map(|(name, _)| name.as_str()));
            }
            Err(_) => {}
        }
        let grade = row.grade.as_ref();
        let mut cells = vec![
            Cell::Text(&row.id),
            Cell::Text(&row.text),
            Cell::Text(&set),
            Cell::Text(&kind),
            Cell::Day(row.as_of),
            real(probability),
            Cell::words(likeliest),
        ];
        cells.extend(points.map(real));
        cells.push(Cell::words(row.truth.as_deref()));
        cells.extend([
            real(grade.and_then(|g| g.brier)),
            real(grade.and_then(|g| g.log)),
            real(grade.and_then(|g| g.crps)),
        ]);
        table.push(cells);
    }
    table
}
