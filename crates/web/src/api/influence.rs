//! `GET /api/influence`: sway over time, and what moved it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use assess::measure::course::{Counted, Course, Every, Knowing, Query as Asked, cases, course};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use report::picture::influence_fan;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::values::{IntervalView, TableView};
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// Whose sway, and when.
#[derive(Debug, Clone, PartialEq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// The actor that the picture shows; the first of the case's focus if left out.
    actor: Option<String>,
    /// The first day; seven years before the last one, or the case's first source, if left out.
    #[param(value_type = Option<String>)]
    from: Option<Date>,
    /// The last day; the as-of date if left out, and never later.
    #[param(value_type = Option<String>)]
    to: Option<Date>,
}

/// Sway over time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InfluenceView {
    /// The case's revision.
    revision: String,
    /// What is decided.
    body: String,
    /// How many draws it rests on.
    draws: u32,
    /// The days, and why there is no estimate on some.
    points: Vec<DayPoint>,
    /// The actors.
    actors: Vec<ActorCourse>,
    /// What moved them most, the greatest step first.
    moves: Vec<MoveView>,
    /// How many smaller steps there are.
    more: usize,
    /// The picture of the actor asked for; none where fewer than two days have an estimate.
    picture: Option<FanView>,
}

/// A day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DayPoint {
    /// The day.
    date: String,
    /// Why there is no estimate, if there is none.
    gap: Option<String>,
}

/// An actor's sway over time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ActorCourse {
    /// Its id.
    actor: String,
    /// Its name.
    name: String,
    /// A short name.
    label: String,
    /// Its sway on each day.
    at: Vec<Option<IntervalView>>,
}

/// Something that moved it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MoveView {
    /// The first of the days that knows it.
    date: String,
    /// Since when it holds, if that is known.
    since: Option<String>,
    /// What changed.
    what: String,
    /// Keys of its sources.
    sources: Vec<String>,
    /// What it alone does to each actor's sway, by id.
    effects: BTreeMap<String, f64>,
}

/// The picture.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FanView {
    /// What it shows.
    title: String,
    /// What it says, for those who cannot see it.
    description: String,
    /// The drawing for a page.
    wide: String,
    /// The drawing for a telephone.
    narrow: String,
    /// The same in numbers.
    table: TableView,
}

/// Draws: enough for a curve that is looked at, not for a number that is cited.
const DRAWS: u32 = 200;
/// Steps that are told.
const TOLD: usize = 12;
/// Courses that are kept.
const KEPT: usize = 12;

/// The course of some actors' sway in a case.
fn walked(workbench: &Workbench, actors: Vec<String>, dates: Vec<Date>) -> Result<Course, Problem> {
    let revision = workbench.good()?;
    let query = Asked {
        body: revision.case.head.body.get_ref().clone(),
        actors,
        dates,
        knowing: Knowing::Now,
        counted: Counted::Next,
        as_of: revision.case.as_of,
        seed: workbench.opened.seed,
        draws: DRAWS,
    };
    let found = course(&cases(&revision.folder, &query), &query);
    found.map_err(|fault| Problem::refused("no-measure", fault.to_string()))
}

/// An actor's sway on one day, or why there is none.
pub(super) fn on(
    workbench: &Workbench,
    actor: &str,
    day: Date,
) -> Result<Result<IntervalView, String>, Problem> {
    let found = match walked(workbench, vec![actor.to_owned()], vec![day]) {
        Ok(found) => found,
        Err(problem) => return Ok(Err(problem.detail)),
    };
    let at = found.actors.first().and_then(|one| one.at.first()?.as_ref());
    let gap = || found.points.first().and_then(|p| p.gap.clone());
    Ok(at
        .map(|at| at.total.into())
        .ok_or_else(|| gap().unwrap_or_else(|| "it has no sway on that day".to_owned())))
}

fn view(revision: &str, course: &Course, of: Option<&str>) -> Result<InfluenceView, Problem> {
    let greatest = |m: &&assess::measure::course::Move| {
        m.effects.values().map(|effect| effect.abs()).fold(0.0, f64::max)
    };
    let mut moves: Vec<_> = course.moves.iter().collect();
    moves.sort_by(|a, b| greatest(b).total_cmp(&greatest(a)));
    let shown = course.actors.iter().find(|a| of.is_none_or(|of| a.actor == of));
    let known = shown.map_or(0, |a| a.at.iter().flatten().count());
    let picture = match shown.filter(|_| known > 1) {
        Some(actor) => {
            let joined = report::joined::Course::of(course, actor);
            let drawn = influence_fan::draw(&influence_fan::Input {
                title: joined.name,
                unit: joined.unit,
                shares: joined.shares,
                points: joined.points,
                evidence: joined.evidence,
            })?;
            let draw = |drawing: &report::svg::Drawing, id: &str| {
                drawing.inline(id, &drawn.title, &drawn.description)
            };
            Some(FanView {
                wide: draw(&drawn.wide, "influence-wide"),
                narrow: draw(&drawn.narrow, "influence-narrow"),
                table: TableView::from(&drawn.table),
                title: drawn.title.clone(),
                description: drawn.description.clone(),
            })
        }
        None => None,
    };
    Ok(InfluenceView {
        revision: revision.to_owned(),
        body: course.name.clone(),
        draws: course.draws,
        points: (course.points.iter())
            .map(|p| DayPoint { date: p.date.to_string(), gap: p.gap.clone() })
            .collect(),
        actors: (course.actors.iter())
            .map(|a| ActorCourse {
                actor: a.actor.clone(),
                name: a.name.clone(),
                label: a.label.clone(),
                at: a.at.iter().map(|at| at.as_ref().map(|at| at.total.into())).collect(),
            })
            .collect(),
        more: moves.len().saturating_sub(TOLD),
        moves: (moves.into_iter().take(TOLD))
            .map(|m| MoveView {
                date: m.date.to_string(),
                since: m.since.map(|d| d.to_string()),
                what: m.what.clone(),
                sources: m.documents.clone(),
                effects: m.effects.clone(),
            })
            .collect(),
        picture,
    })
}

/// How the sway of an actor, or of those the case is about, moved, and what moved it.
#[utoipa::path(get, path = "/api/influence", params(Wanted), responses((status = 200, body = InfluenceView), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn influence(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<InfluenceView> {
    let found = off(move || {
        let revision = workbench.good()?;
        let case = &revision.case;
        let to = wanted.to.unwrap_or(case.as_of).min(case.as_of);
        let first = case.sources.iter().map(|s| s.published).min().unwrap_or(to);
        let usual = to.saturating_sub(jiff::Span::new().years(7)).max(first);
        let from = wanted.from.unwrap_or(usual).max(first).min(to);
        let mut actors: Vec<String> = case.head.focus.iter().map(|f| f.get_ref().clone()).collect();
        if let Some(actor) = &wanted.actor {
            if case.actor(actor).is_none() {
                let detail = format!("the case has no actor \"{actor}\"");
                return Err(Problem::missing("unknown-actor", detail));
            }
            actors.retain(|known| known != actor);
            actors.insert(0, actor.clone());
        }
        let key = (revision.name.clone(), actors.first().cloned(), from, to);
        let held = || workbench.courses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, view)) = held().iter().find(|(known, _)| *known == key) {
            return Ok(view.clone());
        }
        // Some thirty days at most: a curve has no use for more, and each costs a case built.
        let days = from.until(to).map_or(0, |span| span.get_days());
        let every = match days {
            0..250 => Every::Month,
            250..2800 => Every::Quarter,
            _ => Every::Year,
        };
        let found = walked(&workbench, actors, every.dates(from, to))?;
        let view = view(&revision.name, &found, wanted.actor.as_deref())?;
        let mut held = held();
        held.push_back((key, view.clone()));
        while held.len() > KEPT {
            held.pop_front();
        }
        Ok(view)
    });
    Ok(Json(found.await?))
}

/// Courses of one revision each: its name, the first actor, the first and the last day.
pub(crate) type Courses =
    std::collections::VecDeque<((String, Option<String>, Date, Date), InfluenceView)>;
