//! `/api/proposals`: what the evidence proposes to the case, decided one by one, and undone.

use std::collections::HashMap;
use std::path::Path as FilePath;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use case::proposal::{self, About, Decision, NotWritten, Written};
use case::{Folder, Proposal};
use evidence::{Rating, Store};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cited::flat;
use super::stream::DecisionNews;
use super::{Answer, Body, Path, Query};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// What the evidence proposes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalList {
    /// The case's revision.
    revision: String,
    /// How many there are in all.
    total: usize,
    /// The proposals, those that mend faults first.
    proposals: Vec<ProposalView>,
    /// Whether there is a decision that can be undone.
    can_undo: bool,
}

/// One change the evidence suggests.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalView {
    /// Its id.
    id: String,
    /// `quote`, `estimate`, `office`, `event`, `alias` or `actor`.
    kind: String,
    /// What it is about: a path of the case and what it would become.
    target: String,
    /// The change in a line.
    title: String,
    /// Actors it is about.
    actors: Vec<String>,
    /// Where the evidence says so; the first is the one that is cited.
    places: Vec<ProposalPlace>,
    /// The rule that made it.
    rule: String,
    /// Why the evidence was matched with this part of the case.
    why: String,
    /// Sources that say so, near-copies counted once.
    independent: usize,
    /// What keeps it from being accepted as it stands.
    open: Option<String>,
    /// The lines it would write: a file's name, then lines with `+` and `-`; after `!`, what has to be said first.
    diff: Vec<String>,
}

/// A place in a document.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalPlace {
    /// BLAKE3 of the document.
    document: String,
    /// The key of its source.
    source: String,
    /// Who published it.
    publisher: Option<String>,
    /// The day it is dated.
    dated: Option<String>,
    /// Its rating on the Admiralty scale.
    rating: Option<String>,
    /// First byte of the words cited, in the document's text.
    start: usize,
    /// One past the last.
    end: usize,
    /// The words cited.
    quote: String,
    /// The sentence they stand in.
    sentence: String,
}

impl From<&Proposal> for ProposalView {
    fn from(p: &Proposal) -> Self {
        let place = |p: &proposal::Place| ProposalPlace {
            document: p.document.clone(),
            source: p.source.clone(),
            publisher: p.publisher.clone(),
            dated: p.dated.clone(),
            rating: p.rating.clone(),
            start: p.start,
            end: p.end,
            quote: p.quote.clone(),
            sentence: flat(&p.sentence),
        };
        Self {
            id: p.id.clone(),
            kind: p.kind.word().to_owned(),
            target: p.target.clone(),
            title: p.title.clone(),
            actors: p.actors.clone(),
            places: p.places.iter().map(place).collect(),
            rule: p.rule.to_owned(),
            why: p.why.clone(),
            independent: p.independent,
            open: p.open.clone(),
            diff: p.diff.clone(),
        }
    }
}

/// Which proposals.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only this kind.
    kind: Option<String>,
    /// Only what is about this actor.
    actor: Option<String>,
    /// At most so many (100).
    limit: Option<usize>,
}

/// What the evidence proposes to the case, each with its sentences and the lines it would write.
#[utoipa::path(get, path = "/api/proposals", params(Wanted), responses((status = 200, body = ProposalList), (status = 422, body = Problem)))]
pub(crate) async fn list(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<ProposalList> {
    let found = off(move || {
        let all = workbench.proposed()?;
        let passes = |p: &&Proposal| {
            wanted.kind.as_ref().is_none_or(|k| k == p.kind.word())
                && wanted.actor.as_ref().is_none_or(|a| p.actors.contains(a))
        };
        let limit = wanted.limit.unwrap_or(100).min(1000);
        let passing = || all.proposals.iter().filter(passes);
        let mut shown: Vec<Proposal> = passing().take(limit).cloned().collect();
        all.preview(&workbench, &mut shown)?;
        Ok(ProposalList {
            revision: all.revision.clone(),
            total: passing().count(),
            proposals: shown.iter().map(ProposalView::from).collect(),
            can_undo: all.can_undo,
        })
    });
    Ok(Json(found.await?))
}

/// What the evidence proposes to one revision.
pub(crate) struct Proposed {
    revision: String,
    folder: Folder,
    proposals: Vec<Proposal>,
    /// The lines that those shown before would write, by their ids.
    lines: Mutex<HashMap<String, Vec<String>>>,
    can_undo: bool,
}

impl Proposed {
    /// Fills in the lines that some of them would write, each worked out once.
    fn preview(&self, workbench: &Workbench, shown: &mut [Proposal]) -> Result<(), Problem> {
        let mut known = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |p: &&Proposal| !known.contains_key(&p.id);
        let mut new: Vec<Proposal> = shown.iter().filter(is_new).cloned().collect();
        if !new.is_empty() {
            workbench.ask(|store| {
                proposal::preview(&self.folder, store, &mut new);
                Ok::<_, Problem>(())
            })?;
            known.extend(new.into_iter().map(|p| (p.id, p.diff)));
        }
        for proposal in shown {
            proposal.diff = known.get(&proposal.id).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

impl Workbench {
    /// What the evidence proposes to the case as it is on disk, gathered once for each revision.
    fn proposed(&self) -> Result<Arc<Proposed>, Problem> {
        // Documents of this revision that the store does not hold yet are read first.
        let revision = self.now().revision;
        let mut held = self.proposed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = held.as_ref().filter(|p| p.revision == revision) {
            return Ok(found.clone());
        }
        let folder = Folder::read(self.root())?;
        let case = folder.build_for_review();
        let case = case.map_or_else(|| study::opening::built(&folder, Some(Date::MAX)), Ok)?;
        let limits = &self.opened.limits;
        let proposals = self.ask(|store| {
            case::documents::read_documents(&case, self.root(), store, limits, &|| {})?;
            Ok::<_, Problem>(proposal::propose(&case, &folder, store)?)
        })?;
        let can_undo = !proposal::decided(&folder).is_empty();
        let lines = Mutex::default();
        let found = Arc::new(Proposed { revision, folder, proposals, lines, can_undo });
        *held = Some(found.clone());
        Ok(found)
    }
}

/// What a person says with a decision.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Said {
    /// Who decides.
    by: Option<String>,
    /// Why.
    why: Option<String>,
    /// Title of a source the case does not have yet.
    title: Option<String>,
    /// Its publisher.
    publisher: Option<String>,
    /// The day it was published.
    #[schema(value_type = Option<String>)]
    published: Option<Date>,
    /// Its Admiralty rating, such as B2.
    rating: Option<String>,
    /// The kind of a new actor, instead of the one its name suggests.
    kind: Option<String>,
}

impl Said {
    pub(crate) fn about(self) -> Result<About, Problem> {
        let rating = self.rating.map(|r| {
            r.parse::<Rating>().map_err(|e| Problem::refused("bad-rating", format!("{r}: {e}")))
        });
        Ok(About {
            by: self.by,
            on: None,
            why: self.why,
            title: self.title,
            publisher: self.publisher,
            published: self.published,
            rating: rating.transpose()?,
            kind: self.kind,
        })
    }
}

/// What was written or taken back.
#[derive(Serialize, ToSchema)]
pub(crate) struct WrittenView {
    /// The case's revision from now on.
    revision: String,
    /// The decisions.
    decisions: Vec<DecisionView>,
    /// The files that changed, the record of decisions left out.
    files: Vec<String>,
}

/// A decision.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// The proposal's id.
    id: String,
    /// `accepted` or `refused`.
    taken: String,
    /// The kind of proposal; `scenario` for a scenario that was saved.
    kind: String,
    /// What it was about.
    target: String,
    /// The change in words, or what it was about.
    title: String,
    /// Who decided.
    by: Option<String>,
    /// When.
    on: String,
    /// Why.
    why: Option<String>,
    /// The rule that made the proposal.
    rule: String,
    /// Key of the source cited.
    source: Option<String>,
    /// The words cited.
    quote: Option<String>,
    /// The files it changed.
    files: Vec<String>,
}

impl From<&Decision> for DecisionView {
    fn from(d: &Decision) -> Self {
        Self {
            id: d.id.clone(),
            taken: super::case::written(d.taken),
            kind: d.kind.clone(),
            target: d.target.clone(),
            title: d.title().to_owned(),
            by: d.by.clone(),
            on: d.on.to_string(),
            why: d.why.clone(),
            rule: d.rule.clone(),
            source: d.source.clone(),
            quote: d.quote.clone(),
            files: d.change.iter().map(|c| c.file.clone()).collect(),
        }
    }
}

/// The day on which a decision is taken.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

impl From<NotWritten> for Problem {
    fn from(error: NotWritten) -> Self {
        Self::new(StatusCode::CONFLICT, "not-written", error.to_string())
    }
}

/// Looks at what was written, tells all pages, and answers.
pub(crate) fn changed(
    workbench: &Workbench,
    what: &str,
    written: Vec<Written>,
) -> Result<WrittenView, Problem> {
    workbench.look_and_run();
    workbench.tell("decisions", &DecisionNews { what: what.to_owned() });
    let mut files: Vec<String> = written.iter().flat_map(|w| w.files.clone()).collect();
    files.sort();
    files.dedup();
    Ok(WrittenView {
        revision: workbench.now().revision,
        decisions: written.iter().map(|w| (&w.decision).into()).collect(),
        files,
    })
}

/// How a proposal is decided: written into the files, or recorded as not wanted.
type Decide = fn(&FilePath, &Store, &[String], &About, Date) -> Result<Vec<Written>, NotWritten>;

/// Decides one proposal.
async fn decide(
    workbench: Arc<Workbench>,
    id: String,
    said: Said,
    what: &'static str,
    how: Decide,
) -> Answer<WrittenView> {
    let about = said.about()?;
    let found = off(move || {
        let written = workbench.ask(|store| {
            how(workbench.root(), store, &[id], &about, today()).map_err(Problem::from)
        })?;
        changed(&workbench, what, written)
    });
    Ok(Json(found.await?))
}

/// Writes a proposal into the case's files, with its citation.
#[utoipa::path(post, path = "/api/proposals/{id}/accept", params(("id" = String, Path)), request_body = Said, responses((status = 200, body = WrittenView), (status = 409, body = Problem)))]
pub(crate) async fn accept(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Body(said): Body<Said>,
) -> Answer<WrittenView> {
    decide(workbench, id, said, "accepted", proposal::accept).await
}

/// Records that a proposal is not wanted: it is not made again.
#[utoipa::path(post, path = "/api/proposals/{id}/refuse", params(("id" = String, Path)), request_body = Said, responses((status = 200, body = WrittenView), (status = 409, body = Problem)))]
pub(crate) async fn refuse(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Body(said): Body<Said>,
) -> Answer<WrittenView> {
    decide(workbench, id, said, "refused", proposal::refuse).await
}

/// Several proposals.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Several {
    /// Their ids.
    ids: Vec<String>,
    /// What the person says with it.
    #[serde(default)]
    said: Said,
}

/// Writes several proposals into the case's files, all of them or none; they are taken back together.
#[utoipa::path(post, path = "/api/proposals/accept", request_body = Several, responses((status = 200, body = WrittenView), (status = 409, body = Problem)))]
pub(crate) async fn accept_all(
    State(workbench): State<Arc<Workbench>>,
    Body(several): Body<Several>,
) -> Answer<WrittenView> {
    let about = several.said.about()?;
    if several.ids.is_empty() {
        return Err(Problem::refused("no-proposals", "no proposal is named"));
    }
    let found = off(move || {
        let written = workbench.ask(|store| {
            proposal::accept(workbench.root(), store, &several.ids, &about, today())
                .map_err(Problem::from)
        })?;
        changed(&workbench, "accepted", written)
    });
    Ok(Json(found.await?))
}

/// Puts back what was last taken back: the files are as they were with it, byte for byte.
#[utoipa::path(post, path = "/api/redo", responses((status = 200, body = WrittenView), (status = 409, body = Problem)))]
pub(crate) async fn redo(State(workbench): State<Arc<Workbench>>) -> Answer<WrittenView> {
    let found = off(move || {
        let written = proposal::redo(workbench.root())?;
        changed(&workbench, "redone", written)
    });
    Ok(Json(found.await?))
}

/// Takes back the last change: a proposal accepted or refused, or a scenario saved. The files are as they were, byte
/// for byte.
#[utoipa::path(post, path = "/api/undo", responses((status = 200, body = WrittenView), (status = 409, body = Problem)))]
pub(crate) async fn undo(State(workbench): State<Arc<Workbench>>) -> Answer<WrittenView> {
    let found = off(move || {
        let written = proposal::undo(workbench.root())?;
        changed(&workbench, "undone", written)
    });
    Ok(Json(found.await?))
}

/// What was decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionList {
    /// The case's revision.
    revision: String,
    /// The last first: `POST /api/undo` takes back the first of these.
    decisions: Vec<DecisionView>,
    /// What was taken back and can be put back: `POST /api/redo` begins with the first of these.
    undone: Vec<DecisionView>,
}

/// What was decided, the last first.
#[utoipa::path(get, path = "/api/decisions", responses((status = 200, body = DecisionList)))]
pub(crate) async fn decisions(State(workbench): State<Arc<Workbench>>) -> Answer<DecisionList> {
    let found = off(move || {
        let folder = Folder::read(workbench.root())?;
        let all = proposal::decided(&folder);
        Ok(DecisionList {
            revision: workbench.now().revision,
            decisions: all.iter().rev().map(DecisionView::from).collect(),
            undone: proposal::undone(workbench.root()).iter().map(DecisionView::from).collect(),
        })
    });
    Ok(Json(found.await?))
}
