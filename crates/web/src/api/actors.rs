//! `/api/actors` and `/api/ties`: one actor with its strongest ties, and one tie with what it rests on.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::tie::Tie;
use case::{Case, Channel};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::{EstimateView, PlaceView, SourceView, naming};
use super::{Answer, Path, Query};
use crate::problem::Problem;
use crate::workbench::{Revision, Workbench, off};

/// Which of an actor's ties.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// As known and in force on this day; the as-of date if left out, and never later.
    #[param(value_type = Option<String>)]
    date: Option<Date>,
    /// Only this channel.
    channel: Option<String>,
    /// How many ties of each direction (12).
    top: Option<usize>,
}

/// One actor and its strongest ties.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorView {
    /// The case's revision.
    revision: String,
    /// The day.
    date: String,
    /// The first and the last day that may be asked for.
    days: [String; 2],
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// A short name.
    label: String,
    /// What sort of actor it is.
    kind: String,
    /// Other names.
    aliases: Vec<String>,
    /// The community it draws on.
    community: Option<String>,
    /// Who leads it.
    leader: Option<String>,
    /// A remark.
    note: Option<String>,
    /// Sources for its existence and its names.
    sources: Vec<SourceView>,
    /// The weight it gives to its own view.
    autonomy: Option<EstimateView>,
    /// Its mean share in the decision of the case's body, on the as-of date.
    sway: Option<f64>,
    /// The same on the day asked for, where that is another.
    sway_then: Option<super::values::IntervalView>,
    /// Why there is no such number, where there is none.
    no_sway: Option<String>,
    /// Factions and lists that are its wings, or whose wing it is, by id.
    wings: Vec<String>,
    /// Blocs it belongs to, or its members, by id.
    blocs: Vec<String>,
    /// The ties by which it pulls, the strongest first.
    pulls: TieList,
    /// The ties by which it is pulled, the strongest first.
    pulled: TieList,
    /// For each channel the sum of its pulls on others and of others on it.
    channels: BTreeMap<String, [f64; 2]>,
    /// Sentences that name it.
    sentences: Vec<PlaceView>,
}

/// Ties of one direction.
#[derive(Serialize, ToSchema)]
pub(crate) struct TieList {
    /// The strongest.
    ties: Vec<TieRow>,
    /// How many more there are.
    more: usize,
}

/// A tie in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct TieRow {
    /// Who pulls, by id.
    from: String,
    /// Its short name.
    from_label: String,
    /// Who is pulled, by id.
    to: String,
    /// Its short name.
    to_label: String,
    /// Through what.
    channel: String,
    /// The pull: channel weight times bandwidth times dependence, at their best values.
    pull: f64,
    /// The pull at the low ends.
    low: f64,
    /// The pull at the high ends.
    high: f64,
    /// How many sources it rests on.
    sources: usize,
    /// From when it holds.
    since: Option<String>,
}

/// A tie's pull at low ends, best values and high ends.
fn pull(case: &Case, tie: &Tie) -> [f64; 3] {
    let of = |pick: fn(&case::Belief) -> f64| {
        let weight = case.channels.get(&tie.channel).map_or(1.0, |w| pick(case.belief(w)));
        weight * pick(case.belief(&tie.bandwidth)) * pick(case.belief(&tie.dependence))
    };
    [of(|b| b.low), of(|b| b.value), of(|b| b.high)]
}

fn sources_of(case: &Case, tie: &Tie) -> Vec<String> {
    let beliefs = [&tie.bandwidth, &tie.dependence].map(|e| &case.belief(e).sources);
    let mut all: Vec<String> = beliefs.into_iter().flatten().cloned().collect();
    all.extend(tie.source.0.iter().map(|k| k.get_ref().clone()));
    all.sort();
    all.dedup();
    all
}

impl TieRow {
    fn of(case: &Case, tie: &Tie) -> Self {
        let label =
            |id: &str| case.actor(id).map_or_else(|| id.to_owned(), |a| a.label().to_owned());
        let [low, pull, high] = pull(case, tie);
        Self {
            from: tie.from.get_ref().clone(),
            from_label: label(tie.from.get_ref()),
            to: tie.to.get_ref().clone(),
            to_label: label(tie.to.get_ref()),
            channel: tie.channel.name().to_owned(),
            pull,
            low,
            high,
            sources: sources_of(case, tie).len(),
            since: tie.since.map(|d| d.to_string()),
        }
    }
}

fn list<'c>(case: &Case, ties: impl Iterator<Item = &'c Tie>, top: usize) -> TieList {
    let mut all: Vec<TieRow> = ties.map(|t| TieRow::of(case, t)).collect();
    all.sort_by(|a, b| {
        b.pull
            .total_cmp(&a.pull)
            .then_with(|| (&a.from, &a.to, &a.channel).cmp(&(&b.from, &b.to, &b.channel)))
    });
    let more = all.len().saturating_sub(top);
    all.truncate(top);
    TieList { ties: all, more }
}

/// The case as it was known on a day, which may not be later than its as-of date.
fn as_known(revision: &Arc<Revision>, date: Option<Date>) -> Result<Arc<Revision>, Problem> {
    let Some(date) = date.filter(|d| *d != revision.case.as_of) else {
        return Ok(revision.clone());
    };
    if date > revision.case.as_of {
        let detail = format!("the case knows nothing after {}", revision.case.as_of);
        return Err(Problem::refused("later-date", detail));
    }
    let folder = revision.folder.clone();
    let case = study::opening::built(&folder, Some(date)).map_err(|refused| {
        let fault = Problem::from(refused);
        let detail = format!("the case cannot be taken as of {date}: {}", fault.detail);
        Problem { detail, ..fault }
    })?;
    Ok(Arc::new(Revision { name: revision.name.clone(), folder, case }))
}

fn channel(name: Option<&String>) -> Result<Option<Channel>, Problem> {
    let Some(name) = name else { return Ok(None) };
    Channel::ALL.into_iter().find(|c| c.name() == name).map(Some).ok_or_else(|| {
        let known: Vec<&str> = Channel::ALL.iter().map(|c| c.name()).collect();
        Problem::missing("unknown-channel", format!("there is no channel \"{name}\""))
            .hint(format!("the channels are {}", known.join(", ")))
    })
}

/// Somebody of whom nothing was known on a day that was asked for.
fn not_yet(name: &str, day: Date, as_of: Date) -> Problem {
    Problem::missing("not-yet-known", format!("the case knows nothing of {name} on {day}"))
        .hint(format!("take a later day, up to {as_of}"))
}

fn unknown_actor(case: &Case, id: &str) -> Problem {
    let ids = case.actors.iter().map(|a| a.id.get_ref().as_str());
    let fault = Problem::missing("unknown-actor", format!("the case has no actor \"{id}\""));
    match case::diagnostic::nearest(id, ids) {
        Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
        None => fault,
    }
}

/// One actor with its strongest ties in both directions, as known on a day.
#[utoipa::path(get, path = "/api/actors/{id}", params(("id" = String, Path), Wanted), responses((status = 200, body = ActorView), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn actor(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer<ActorView> {
    let revision = workbench.good()?;
    let only = channel(wanted.channel.as_ref())?;
    let found = off(move || {
        let known = as_known(&revision, wanted.date)?;
        let case = &known.case;
        let Some(actor) = case.actor(&id) else {
            return Err(match revision.case.actor(&id) {
                Some(later) => not_yet(&later.name, known.case.as_of, revision.case.as_of),
                None => unknown_actor(case, &id),
            });
        };
        let top = wanted.top.unwrap_or(12).min(200);
        let on = |t: &&Tie| only.is_none_or(|c| t.channel == c);
        let pulls = case.ties.iter().filter(|t| t.from.get_ref() == &id).filter(on);
        let pulled = case.ties.iter().filter(|t| t.to.get_ref() == &id).filter(on);
        let mut channels: BTreeMap<String, [f64; 2]> = BTreeMap::new();
        for tie in &case.ties {
            for (side, end) in [&tie.from, &tie.to].into_iter().enumerate() {
                if end.get_ref() == &id {
                    let sums = channels.entry(tie.channel.name().to_owned()).or_default();
                    sums[side] += pull(case, tie)[1];
                }
            }
        }
        let (pulls, pulled) = (list(case, pulls, top), list(case, pulled, top));
        let other = |a: &str, b: &str| match (a == id, b == id) {
            (true, _) => Some(b.to_owned()),
            (_, true) => Some(a.to_owned()),
            _ => None,
        };
        let wings = case.wings.iter().filter_map(|w| other(w.faction.get_ref(), w.list.get_ref()));
        let blocs =
            case.memberships.iter().filter_map(|m| other(m.actor.get_ref(), m.bloc.get_ref()));
        let base = workbench.last_base().filter(|b| b.revision.name == revision.name);
        let sway = base.and_then(|b| {
            b.found.measured.actors.iter().find(|a| a.actor == id).map(|a| a.total.mean)
        });
        let then = match wanted.date.filter(|day| *day != revision.case.as_of) {
            Some(day) => Some(super::influence::on(&workbench, &id, day)?),
            None => None,
        };
        let (sway_then, no_sway) = match then {
            Some(Ok(sway)) => (Some(sway), None),
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
        let first = revision.case.sources.iter().map(|s| s.published).min();
        let last = revision.case.as_of;
        workbench.ask(|store| {
            let autonomy =
                actor.autonomy.as_ref().map(|e| EstimateView::of(&known, store, case.belief(e)));
            Ok(ActorView {
                revision: revision.name.clone(),
                date: case.as_of.to_string(),
                days: [first.unwrap_or(last).to_string(), last.to_string()],
                id: id.clone(),
                name: actor.name.clone(),
                label: actor.label().to_owned(),
                kind: super::case::written(actor.kind),
                aliases: actor.aliases.clone(),
                community: actor.community.clone(),
                leader: actor.leader.clone(),
                note: actor.note.clone(),
                sources: actor.source.0.iter().map(|k| SourceView::of(case, k.get_ref())).collect(),
                autonomy: autonomy.transpose()?,
                sway,
                sway_then,
                no_sway,
                wings: wings.collect(),
                blocs: blocs.collect(),
                pulls,
                pulled,
                channels,
                sentences: naming(case, store, std::slice::from_ref(&id), 12)?,
            })
        })
    });
    Ok(Json(found.await?))
}

/// One tie and what it rests on.
#[derive(Serialize, ToSchema)]
pub(crate) struct TieView {
    /// The case's revision.
    revision: String,
    /// The tie.
    tie: TieRow,
    /// How much passes through the channel.
    bandwidth: EstimateView,
    /// How much the one who is pulled depends on it.
    dependence: EstimateView,
    /// What the channel's pull is worth.
    weight: Option<EstimateView>,
    /// Sources for the tie's existence.
    sources: Vec<SourceView>,
    /// A remark.
    note: Option<String>,
    /// Sentences that name both.
    sentences: Vec<PlaceView>,
}

/// One tie: its estimates, its sources, and the sentences that name both of its ends.
#[utoipa::path(get, path = "/api/ties/{from}/{to}/{channel}", params(("from" = String, Path), ("to" = String, Path), ("channel" = String, Path)), responses((status = 200, body = TieView), (status = 404, body = Problem)))]
pub(crate) async fn tie(
    State(workbench): State<Arc<Workbench>>,
    Path((from, to, name)): Path<(String, String, String)>,
) -> Answer<TieView> {
    let revision = workbench.good()?;
    let only = channel(Some(&name))?;
    let found = off(move || {
        let case = &revision.case;
        let ends = |t: &&Tie| {
            t.from.get_ref() == &from && t.to.get_ref() == &to && Some(t.channel) == only
        };
        let Some(tie) = case.ties.iter().find(ends) else {
            let detail = format!("the case has no {name} tie from \"{from}\" to \"{to}\"");
            return Err(Problem::missing("unknown-tie", detail));
        };
        workbench.ask(|store| {
            let of = |e: &case::Written| EstimateView::of(&revision, store, case.belief(e));
            let both = [from.clone(), to.clone()];
            Ok(TieView {
                revision: revision.name.clone(),
                tie: TieRow::of(case, tie),
                bandwidth: of(&tie.bandwidth)?,
                dependence: of(&tie.dependence)?,
                weight: case.channels.get(&tie.channel).map(|e| of(e)).transpose()?,
                sources: tie.source.0.iter().map(|k| SourceView::of(case, k.get_ref())).collect(),
                note: tie.note.clone(),
                sentences: naming(case, store, &both, 20)?,
            })
        })
    });
    Ok(Json(found.await?))
}
