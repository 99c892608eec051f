//! `GET /api/contradictions`: what sources say against one another, side by side.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::cited::{SourceView, flat};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// What sources say of one matter, side by side.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContradictionList {
    /// The case's revision.
    revision: String,
    /// Contradictions first, then agreements.
    matters: Vec<MatterView>,
    /// Figures on which the case itself holds several versions.
    disputes: Vec<DisputeView>,
}

/// One matter.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatterView {
    /// `figures`, `acts`, `days`, `doers`, `denial`, `undone`, `units` or `agreement`.
    kind: String,
    /// What, of whom, when.
    matter: String,
    /// The sides; of an agreement one only.
    sides: Vec<SideView>,
}

/// One answer and all who give it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SideView {
    /// What is said.
    says: String,
    /// Sources of it that do not copy one another.
    independent: usize,
    /// Where it is said.
    passages: Vec<PassageView>,
}

/// Where something is said.
#[derive(Serialize, ToSchema)]
pub(crate) struct PassageView {
    /// BLAKE3 of the document.
    document: String,
    /// The source.
    source: SourceView,
    /// The words themselves.
    quote: String,
    /// The whole sentence.
    sentence: String,
    /// First byte of the words in the document's text.
    start: usize,
    /// One past the last.
    end: usize,
}

/// A figure on which sources disagree, as the case holds it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisputeView {
    /// What is in dispute.
    what: String,
    /// The versions that are known on the as-of date.
    versions: Vec<VersionView>,
    /// What the author makes of it.
    judged: Option<String>,
}

/// One version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// What is said.
    says: String,
    /// Who says so.
    sources: Vec<SourceView>,
}

/// Contradictions and agreements of the documents, and the disputes that the case holds.
#[utoipa::path(get, path = "/api/contradictions", responses((status = 200, body = ContradictionList), (status = 503, body = Problem)))]
pub(crate) async fn contradictions(
    State(workbench): State<Arc<Workbench>>,
) -> Answer<ContradictionList> {
    let revision = workbench.good()?;
    let found = off(move || {
        let case = &revision.case;
        let name = |id: &str| case.actor(id).map_or_else(|| id.to_owned(), |a| a.name.clone());
        let all = workbench.ask(|store| {
            workbench.compared.of(&revision.name, store, || {
                let mut all = store.comparisons(&name)?;
                all.sort_by_key(evidence::Comparison::agrees);
                Ok(all)
            })
        })?;
        let passage = |p: &evidence::Passed| PassageView {
            document: p.document.clone(),
            source: SourceView::of(case, &p.source),
            quote: p.quote.text().to_owned(),
            sentence: flat(&p.context),
            start: p.quote.span().start(),
            end: p.quote.span().end(),
        };
        let side = |s: &evidence::Side| SideView {
            says: s.says.clone(),
            independent: s.independent,
            passages: s.passages.iter().map(passage).collect(),
        };
        let matters = all.iter().map(|c| MatterView {
            kind: c.kind.word().to_owned(),
            matter: c.matter.clone(),
            sides: c.sides.iter().map(side).collect(),
        });
        let is_known = |v: &&case::history::Version| {
            v.source.0.is_empty() || v.source.0.iter().any(|k| case.source(k.get_ref()).is_some())
        };
        let disputes = case.disputes.iter().map(|d| DisputeView {
            what: d.what.clone(),
            judged: d.judged.clone(),
            versions: (d.versions.iter().filter(is_known))
                .map(|v| VersionView {
                    says: v.says.clone(),
                    sources: v.source.0.iter().map(|k| SourceView::of(case, k.get_ref())).collect(),
                })
                .collect(),
        });
        Ok(ContradictionList {
            revision: revision.name.clone(),
            matters: matters.collect(),
            disputes: disputes.filter(|d| d.versions.len() > 1).collect(),
        })
    });
    Ok(Json(found.await?))
}
