//! `/api/brief`: the brief, to be read live or taken away.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use report::brief::{Block, Brief, EvidenceNote};
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::cited::SourceView;
use super::overview::{HEADLINE, IndicatorView, JudgementView};
use super::pictures::{PictureView, taken_away};
use super::values::{SpanView, TableView, words};
use crate::base::Base;
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// The brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct BriefView {
    /// The case's revision.
    revision: String,
    /// How many runs it rests on.
    runs: u32,
    /// Whether it is what `shatterbelt report` writes: all runs done and the case's scenarios compared. If not,
    /// `POST /api/jobs` with `{"kind": "brief"}` makes it so.
    whole: bool,
    /// The line above the title.
    kind: String,
    /// The title.
    title: String,
    /// The line beneath it.
    subtitle: String,
    /// The day up to which sources were known.
    as_of: String,
    /// The bottom line: a list of sentences.
    bottom_line: Vec<Vec<SpanView>>,
    /// The key judgements.
    judgements: Vec<JudgementView>,
    /// What changed since an earlier brief.
    changes: Option<ChangesView>,
    /// The body.
    sections: Vec<SectionView>,
    /// What is taken for granted.
    assumptions: Vec<Vec<SpanView>>,
    /// What to watch for.
    indicators: Vec<IndicatorView>,
    /// How earlier forecasts fared.
    record: Vec<BlockView>,
    /// The sources in a paragraph.
    source_summary: Vec<SpanView>,
    /// The sources.
    sources: Vec<SourceView>,
    /// How it was made.
    method: MethodView,
    /// What each number rests on, by the key that spans carry.
    notes: BTreeMap<String, NoteView>,
}

/// What changed since an earlier brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangesView {
    /// The day of the earlier brief.
    since: String,
    /// The changes.
    items: Vec<Vec<SpanView>>,
}

/// A part of the body.
#[derive(Serialize, ToSchema)]
pub(crate) struct SectionView {
    /// Its heading.
    heading: String,
    /// What it holds.
    blocks: Vec<BlockView>,
}

/// A piece of a section.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum BlockView {
    /// A paragraph.
    Paragraph {
        /// What it says.
        text: Vec<SpanView>,
    },
    /// A smaller heading.
    Heading {
        /// What it says.
        text: String,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<Vec<SpanView>>,
    },
    /// A picture.
    Figure {
        /// The picture.
        picture: Box<PictureView>,
        /// What it shows and what to see in it.
        caption: Vec<SpanView>,
    },
    /// A table.
    Table {
        /// The table.
        table: TableView,
    },
}

/// How the brief was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MethodView {
    /// In paragraphs.
    paragraphs: Vec<Vec<SpanView>>,
    /// Name and value.
    facts: Vec<[String; 2]>,
    /// The command that makes the same bytes again.
    replay: Option<String>,
}

/// What a number rests on; the sentences are in `GET /api/evidence/for?note=…`.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoteView {
    /// Its number in the brief.
    number: usize,
    /// What the number is.
    subject: String,
    /// How many places it rests on.
    citations: usize,
    /// How many of the sources are independent.
    independent: Option<u32>,
}

/// A block as the view has it; what a page folds away stands under its heading.
fn block(base: &Base, names: &mut dyn Iterator<Item = String>, of: &Block) -> Vec<BlockView> {
    let one = match of {
        Block::Paragraph(text) => BlockView::Paragraph { text: words(text) },
        Block::Heading(text) => BlockView::Heading { text: text.clone() },
        Block::List(items) => BlockView::List { items: items.iter().map(words).collect() },
        Block::Figure { picture, caption } => BlockView::Figure {
            picture: Box::new(PictureView::of(base, &names.next().unwrap_or_default(), picture)),
            caption: words(caption),
        },
        Block::Table(table) => BlockView::Table { table: table.into() },
        Block::Details { summary, blocks } => {
            let mut all = vec![BlockView::Heading { text: summary.clone() }];
            all.extend(blocks.iter().flat_map(|inner| block(base, names, inner)));
            return all;
        }
    };
    vec![one]
}

impl BriefView {
    fn of(base: &Base) -> Self {
        let brief: &Brief = &base.brief;
        let case = &base.revision.case;
        let mut names = brief.figures().into_iter().map(|(name, _)| name);
        let mut blocks = |all: &[Block]| -> Vec<BlockView> {
            all.iter().flat_map(|b| block(base, &mut names, b)).collect()
        };
        let sections = brief
            .sections
            .iter()
            .map(|s| SectionView { heading: s.heading.clone(), blocks: blocks(&s.blocks) });
        let sections = sections.collect();
        let record = blocks(&brief.record);
        let numbers = brief.numbering();
        let note = |(key, note): (&String, &EvidenceNote)| {
            let view = NoteView {
                number: numbers.get(key.as_str()).copied().unwrap_or_default(),
                subject: note.subject.clone(),
                citations: note.citations.len(),
                independent: note.independent,
            };
            (key.clone(), view)
        };
        Self {
            revision: base.revision.name.clone(),
            runs: base.runs(),
            whole: base.is_complete(),
            kind: brief.kind.clone(),
            title: brief.title.clone(),
            subtitle: brief.subtitle.clone(),
            as_of: brief.as_of.to_string(),
            bottom_line: brief.lines().into_iter().take(HEADLINE).map(words).collect(),
            judgements: brief.judgements.iter().map(JudgementView::of).collect(),
            changes: brief.changes.as_ref().map(|c| ChangesView {
                since: c.since.to_string(),
                items: c.items.iter().map(words).collect(),
            }),
            sections,
            assumptions: brief.assumptions.iter().map(words).collect(),
            indicators: brief.indicators.iter().map(IndicatorView::of).collect(),
            record,
            source_summary: words(&brief.source_summary),
            sources: brief.sources.iter().map(|s| SourceView::of(case, &s.key)).collect(),
            method: MethodView {
                paragraphs: brief.method.paragraphs.iter().map(words).collect(),
                facts: brief.method.facts.iter().map(|(n, v)| [n.clone(), v.clone()]).collect(),
                replay: brief.method.replay.clone(),
            },
            notes: brief.notes.iter().map(note).collect(),
        }
    }
}

/// The brief of what was computed so far, piece by piece.
#[utoipa::path(get, path = "/api/brief", responses((status = 200, body = BriefView), (status = 503, body = Problem)))]
pub(crate) async fn brief(State(workbench): State<Arc<Workbench>>) -> Answer<BriefView> {
    Ok(Json(BriefView::of(workbench.base().await?.as_ref())))
}

/// The brief as one HTML file, to be kept.
#[utoipa::path(get, path = "/api/brief.html", responses((status = 200, content_type = "text/html", body = String), (status = 503, body = Problem)))]
pub(crate) async fn html(State(workbench): State<Arc<Workbench>>) -> Result<Response, Problem> {
    let base = workbench.base().await?;
    let text = report::html::write(&base.brief);
    Ok(taken_away("text/html; charset=utf-8", "brief.html", text))
}

/// The brief as Markdown, to be kept.
#[utoipa::path(get, path = "/api/brief.md", responses((status = 200, content_type = "text/markdown", body = String), (status = 503, body = Problem)))]
pub(crate) async fn markdown(State(workbench): State<Arc<Workbench>>) -> Result<Response, Problem> {
    let base = workbench.base().await?;
    let text = report::markdown::write(&base.brief);
    Ok(taken_away("text/markdown; charset=utf-8", "brief.md", text))
}

/// The brief as PDF, tagged, to be kept.
#[utoipa::path(get, path = "/api/brief.pdf", responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 503, body = Problem)))]
pub(crate) async fn pdf(State(workbench): State<Arc<Workbench>>) -> Result<Response, Problem> {
    let base = workbench.base().await?;
    let bytes = off(move || report::pdf::write(&base.brief).map_err(Problem::internal));
    Ok(taken_away("application/pdf", "brief.pdf", bytes.await?))
}

/// The brief as a Word document, to be kept.
#[utoipa::path(get, path = "/api/brief.docx", responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", body = Vec<u8>), (status = 503, body = Problem)))]
pub(crate) async fn docx(State(workbench): State<Arc<Workbench>>) -> Result<Response, Problem> {
    let base = workbench.base().await?;
    let bytes = off(move || Ok(report::docx::write(&base.brief)));
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(taken_away(kind, "brief.docx", bytes.await?))
}
