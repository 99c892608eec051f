//! `/api/play`: a person takes an actor's decisions in one future, week by week. The page keeps the game and hands it in
//! whole; nothing of it is kept here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use simulate::Model;
use simulate::model::ActorId;
use simulate::person::Choice;
use study::game::{Decided, Game, Row, Table, deciders};
use utoipa::ToSchema;

use super::whatif::Asked;
use super::{Answer, Body};
use crate::problem::Problem;
use crate::workbench::{Revision, Workbench, off};

/// The most weeks that may go by at once.
const MOST_WEEKS: u32 = 1_000;

/// Which future of which case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FutureAsked {
    /// The future, from 0.
    #[serde(default)]
    run: u32,
    /// Scenarios of the case to be laid over it, in this order.
    #[serde(default)]
    scenarios: Vec<String>,
}

/// Somebody who may decide something in a future.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decider {
    /// The actor's id.
    id: String,
    /// Its name.
    name: String,
    /// The agencies that speak for it, by their names.
    with: Vec<String>,
    /// How much is put to it and its agencies, if it decides as the model has it.
    put: usize,
}

/// Those who may decide something in a future.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeciderList {
    /// The case's revision.
    revision: String,
    /// They, those to whom most is put first.
    actors: Vec<Decider>,
}

/// One thing that was decided.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecidedView {
    /// The day.
    #[schema(value_type = String)]
    day: Date,
    /// What it is about.
    id: String,
    /// The words of the option.
    option: String,
    /// Whether it holds from that day on.
    #[serde(default)]
    always: bool,
}

/// A game, in the form in which `shatterbelt play --game` keeps it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GameView {
    /// The id of the actor whose decisions are taken.
    actor: String,
    /// The as-of date; the workbench's own if none is given.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    as_of: Option<Date>,
    /// The seed; the workbench's own if none is given.
    #[serde(default)]
    seed: Option<u64>,
    /// The future.
    #[serde(default)]
    run: u32,
    /// Scenarios of the case that are laid over it, in this order.
    #[serde(default)]
    scenarios: Vec<String>,
    /// What the command set in it besides; a game with any is not played here.
    #[serde(default)]
    set: Vec<String>,
    /// What was decided.
    #[serde(default)]
    decided: Vec<DecidedView>,
}

/// A game, and from where to go on in it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TurnAsked {
    /// The game.
    game: GameView,
    /// The day up to which it went; none at its beginning.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    day: Option<Date>,
    /// So many weeks go by first.
    #[serde(default)]
    weeks: u32,
    /// Whether it then goes on to the next week in which something is put that is not decided.
    #[serde(default)]
    seek: bool,
}

/// Something that is put to the person, or was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChoiceView {
    /// The day.
    day: String,
    /// What it is about: the same on every day.
    id: String,
    /// The question.
    what: String,
    /// What may be done.
    options: Vec<String>,
    /// How likely the actor is to take each by the model; empty where the model does not say.
    odds: Vec<f64>,
    /// What would be done without the person.
    model: usize,
    /// What is done as things stand.
    taken: usize,
    /// Whether the person decided it.
    decided: bool,
}

/// What the person gets to know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewsView {
    /// The day.
    day: String,
    /// What happened.
    what: String,
}

/// A game as far as it went, and what is put to the person next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnView {
    /// The case's revision.
    revision: String,
    /// The game with all that is settled of it.
    game: GameView,
    /// The actor and the agencies that speak for it, by their names.
    camp: Vec<String>,
    /// The first day of the future.
    start: String,
    /// Its last.
    end: String,
    /// The day up to which the game went.
    day: String,
    /// The last day of the week in hand.
    until: String,
    /// What is put to the person in it.
    put: Vec<ChoiceView>,
    /// What was put before and done otherwise than the actor would have.
    moves: Vec<ChoiceView>,
    /// What the person got to know so far, the last first.
    news: Vec<NewsView>,
    /// Whether nothing more is put that is not decided.
    over: bool,
}

/// Something with the person and in the same future without.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowView {
    /// What.
    name: String,
    /// With the person.
    with: String,
    /// Without.
    without: String,
}

/// What became of a game.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountView {
    /// The case's revision.
    revision: String,
    /// How much was put to the person.
    put: usize,
    /// What was done otherwise than the actor would have.
    moves: Vec<ChoiceView>,
    /// What was decided and never came up.
    idle: Vec<DecidedView>,
    /// What the actor wants by the case, and whether it came so.
    wishes: Vec<RowView>,
    /// What came out otherwise.
    changed: Vec<RowView>,
}

impl From<&Decided> for DecidedView {
    fn from(d: &Decided) -> Self {
        Self { day: d.day, id: d.id.clone(), option: d.option.clone(), always: d.always }
    }
}

impl From<&Row> for RowView {
    fn from(r: &Row) -> Self {
        Self { name: r.name.clone(), with: r.with.clone(), without: r.without.clone() }
    }
}

impl ChoiceView {
    fn of(choice: &Choice, game: &Game) -> Self {
        Self {
            day: choice.day.to_string(),
            id: choice.id.clone(),
            what: choice.what.clone(),
            options: choice.options.clone(),
            odds: choice.odds.clone(),
            model: choice.model,
            taken: choice.taken,
            decided: game.settles(choice),
        }
    }

    /// What was done otherwise than the actor would have.
    fn moves(choices: &[Choice], game: &Game) -> Vec<Self> {
        let otherwise = choices.iter().filter(|c| c.taken != c.model);
        otherwise.map(|c| Self::of(c, game)).collect()
    }
}

impl GameView {
    fn of(game: &Game) -> Self {
        Self {
            actor: game.actor.clone(),
            as_of: Some(game.as_of),
            seed: Some(game.seed),
            run: game.run,
            scenarios: game.scenarios.clone(),
            set: game.set.clone(),
            decided: game.decided.iter().map(DecidedView::from).collect(),
        }
    }

    /// The game, if it is one of this case as it is looked at.
    fn take(self, revision: &Revision, seed: u64) -> Result<Game, Problem> {
        let as_of = revision.case.as_of;
        if let Some(day) = self.as_of.filter(|day| *day != as_of) {
            let detail = format!("the game begins on {day}, and the workbench looks from {as_of}");
            return Err(Problem::refused("other-day", detail)
                .hint(format!("look at the case as of {day}, above the search")));
        }
        if let Some(set) = self.set.first() {
            let detail = format!(
                "the game is played with --set {set}, which the workbench cannot lay over it"
            );
            return Err(Problem::refused("set-in-game", detail)
                .hint("play it by the command, or keep the change as a scenario"));
        }
        let decided = self.decided.into_iter().map(|d| Decided {
            day: d.day,
            id: d.id,
            option: d.option,
            always: d.always,
        });
        Ok(Game {
            actor: self.actor,
            as_of,
            seed: self.seed.unwrap_or(seed),
            run: self.run,
            scenarios: self.scenarios,
            set: Vec::new(),
            decided: decided.collect(),
        })
    }
}

impl Workbench {
    /// Plays something with the case as it is, under scenarios of it.
    fn playing<T>(
        &self,
        scenarios: &[String],
        what: impl FnOnce(&Revision, &Model<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let revision = self.good()?;
        let _urgent = self.jobs.urgent();
        if scenarios.is_empty() {
            return what(&revision, &revision.model()?);
        }
        let asked = Asked { set: Default::default(), scenarios: scenarios.to_vec(), runs: 1 };
        asked.check()?;
        let variant = self.variants.of(&revision, &asked, self.opened.seed)?;
        what(&revision, &variant.model()?)
    }

    fn table<T>(
        &self,
        game: GameView,
        what: impl FnOnce(&Revision, &Table<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let scenarios = game.scenarios.clone();
        self.playing(&scenarios, |revision, model| {
            let game = game.take(revision, self.opened.seed)?;
            let unknown = |said: String| Problem::refused("unknown-actor", said);
            what(revision, &Table::open(model, game).map_err(unknown)?)
        })
    }
}

fn name(model: &Model<'_>, actor: ActorId) -> String {
    model.case.actors[actor].name.clone()
}

/// Those to whom anything is put in a future.
#[utoipa::path(post, path = "/api/play/actors", request_body = FutureAsked, responses((status = 200, body = DeciderList), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn actors(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<FutureAsked>,
) -> Answer<DeciderList> {
    let found = off(move || {
        workbench.playing(&asked.scenarios, |revision, model| {
            let voices = simulate::decide::voices(model);
            let row = |(actor, put): (ActorId, usize)| {
                let camp = simulate::decide::camp(model, &voices, actor);
                Decider {
                    id: model.case.actors[actor].id.get_ref().to_string(),
                    name: name(model, actor),
                    with: camp[1..].iter().map(|a| name(model, *a)).collect(),
                    put,
                }
            };
            let found = deciders(model, workbench.opened.seed, asked.run)?;
            let actors = found.into_iter().map(row).collect();
            Ok(DeciderList { revision: revision.name.clone(), actors })
        })
    });
    Ok(Json(found.await?))
}

/// A game as far as it went, and what is put to the person next.
#[utoipa::path(post, path = "/api/play", request_body = TurnAsked, responses((status = 200, body = TurnView), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn turn(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<TurnAsked>,
) -> Answer<TurnView> {
    if asked.weeks > MOST_WEEKS {
        let detail = format!("at most {MOST_WEEKS} weeks go by at once");
        return Err(Problem::refused("too-many-weeks", detail));
    }
    let found = off(move || {
        workbench.table(asked.game, |revision, table| {
            let model = table.model;
            let from = asked.day.unwrap_or(model.start).clamp(model.start, model.end);
            let day = from.saturating_add((7 * i64::from(asked.weeks)).days()).min(model.end);
            let next = if asked.seek { table.next(day)? } else { Some(day) };
            let found = table.turn(next.unwrap_or(model.end))?;
            let news = found.news.iter().rev();
            let news = news.map(|e| NewsView { day: e.day.to_string(), what: e.what.clone() });
            Ok(TurnView {
                revision: revision.name.clone(),
                game: GameView::of(&table.game),
                camp: table.camp().map(|actor| name(model, actor)).collect(),
                start: model.start.to_string(),
                end: model.end.to_string(),
                day: next.unwrap_or(model.end).to_string(),
                until: found.until.to_string(),
                put: found.put.iter().map(|c| ChoiceView::of(c, &table.game)).collect(),
                moves: ChoiceView::moves(&found.before, &table.game),
                news: news.collect(),
                over: next.is_none() || day >= model.end,
            })
        })
    });
    Ok(Json(found.await?))
}

/// What became of a game, beside the same future without the person.
#[utoipa::path(post, path = "/api/play/account", request_body = TurnAsked, responses((status = 200, body = AccountView), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn account(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<TurnAsked>,
) -> Answer<AccountView> {
    let found = off(move || {
        workbench.table(asked.game, |revision, table| {
            let found = table.account()?;
            Ok(AccountView {
                revision: revision.name.clone(),
                put: found.put,
                moves: ChoiceView::moves(&found.moves, &table.game),
                idle: found.idle.iter().map(DecidedView::from).collect(),
                wishes: found.wishes.iter().map(RowView::from).collect(),
                changed: found.changed.iter().map(RowView::from).collect(),
            })
        })
    });
    Ok(Json(found.await?))
}
