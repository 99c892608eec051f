//! `/api/pictures`: the pictures of the brief, to be set into a page or taken away as files.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use report::picture::Picture;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::values::TableView;
use super::{Answer, Path, Query};
use crate::base::Base;
use crate::problem::Problem;
use crate::workbench::Workbench;

/// The pictures there are.
#[derive(Serialize, ToSchema)]
pub(crate) struct PictureList {
    /// The case's revision.
    revision: String,
    /// How many runs they rest on.
    runs: u32,
    /// In the order of the brief.
    pictures: Vec<PictureName>,
}

/// A picture's name and title.
#[derive(Serialize, ToSchema)]
pub(crate) struct PictureName {
    /// Its name: `sway-bars`, or `sway-bars-2` for the second of its kind.
    name: String,
    /// What kind of picture it is.
    kind: String,
    /// What it shows.
    title: String,
    /// The heading of the brief's section it stands in.
    section: String,
}

/// A picture to be set into a page that carries `/pictures.css`.
#[derive(Serialize, ToSchema)]
pub(crate) struct PictureView {
    /// The case's revision.
    revision: String,
    /// How many runs it rests on.
    runs: u32,
    /// Its name.
    name: String,
    /// What kind of picture it is.
    kind: String,
    /// What it shows.
    title: String,
    /// What it says, for those who cannot see it.
    description: String,
    /// The drawing for a page: an `svg` element without style or script.
    wide: String,
    /// The drawing for a telephone.
    narrow: String,
    /// The same in numbers.
    table: TableView,
}

impl PictureView {
    pub fn of(base: &Base, name: &str, picture: &Picture) -> Self {
        let draw = |drawing: &report::svg::Drawing, id: &str| {
            drawing.inline(id, &picture.title, &picture.description)
        };
        Self {
            revision: base.revision.name.clone(),
            runs: base.runs(),
            name: name.to_owned(),
            kind: picture.name.clone(),
            title: picture.title.clone(),
            description: picture.description.clone(),
            wide: draw(&picture.wide, &format!("{name}-wide")),
            narrow: draw(&picture.narrow, &format!("{name}-narrow")),
            table: TableView::from(&picture.table),
        }
    }
}

/// The pictures of the brief, by name.
#[utoipa::path(get, path = "/api/pictures", responses((status = 200, body = PictureList), (status = 503, body = Problem)))]
pub(crate) async fn list(State(workbench): State<Arc<Workbench>>) -> Answer<PictureList> {
    let base = workbench.base().await?;
    let sections = base.brief.sections.iter().flat_map(|section| {
        let figures =
            section.blocks.iter().filter(|b| matches!(b, report::brief::Block::Figure { .. }));
        figures.map(|_| section.heading.clone())
    });
    let mut sections = sections.chain(std::iter::repeat("Record".to_owned()));
    let name = |(name, picture): (String, &Picture)| PictureName {
        name,
        kind: picture.name.clone(),
        title: picture.title.clone(),
        section: sections.next().unwrap_or_default(),
    };
    Ok(Json(PictureList {
        revision: base.revision.name.clone(),
        runs: base.runs(),
        pictures: base.brief.figures().into_iter().map(name).collect(),
    }))
}

fn find<'b>(base: &'b Base, name: &str) -> Result<(String, &'b Picture), Problem> {
    let figures = base.brief.figures();
    figures.iter().find(|(known, _)| known == name).cloned().ok_or_else(|| {
        let known: Vec<&str> = figures.iter().map(|(known, _)| known.as_str()).collect();
        Problem::missing("unknown-picture", format!("the brief has no picture \"{name}\""))
            .hint(format!("it has {}", known.join(", ")))
    })
}

/// One picture with its table, to be set into a page.
#[utoipa::path(get, path = "/api/pictures/{name}", params(("name" = String, Path)), responses((status = 200, body = PictureView), (status = 404, body = Problem)))]
pub(crate) async fn picture(
    State(workbench): State<Arc<Workbench>>,
    Path(name): Path<String>,
) -> Answer<PictureView> {
    let base = workbench.base().await?;
    let (name, picture) = find(&base, &name)?;
    Ok(Json(PictureView::of(&base, &name, picture)))
}

/// Which drawing is wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Drawn {
    /// The drawing for a telephone.
    #[serde(default)]
    narrow: bool,
}

/// One picture as a file of its own: `svg`, with its own style, `png`, or its numbers as `csv`.
#[utoipa::path(get, path = "/api/pictures/{name}/{format}", params(("name" = String, Path), ("format" = String, Path, description = "`svg`, `png` or `csv`"), Drawn), responses((status = 200, content_type = "image/svg+xml", body = String), (status = 404, body = Problem)))]
pub(crate) async fn file(
    State(workbench): State<Arc<Workbench>>,
    Path((name, format)): Path<(String, String)>,
    Query(drawn): Query<Drawn>,
) -> Result<Response, Problem> {
    let base = workbench.base().await?;
    let (name, picture) = find(&base, &name)?;
    let (kind, text) = match format.as_str() {
        "png" => {
            let bytes = png(picture)?;
            return Ok(taken_away("image/png", &format!("{name}.png"), bytes));
        }
        "svg" if drawn.narrow => ("image/svg+xml", picture.narrow_svg()),
        "svg" => ("image/svg+xml", picture.svg()),
        "csv" => ("text/csv; charset=utf-8", picture.csv()),
        other => {
            let detail =
                format!("a picture is written as svg or png, its numbers as csv, not as {other}");
            return Err(Problem::missing("unknown-format", detail));
        }
    };
    Ok(taken_away(kind, &format!("{name}.{format}"), text))
}

#[cfg(feature = "png")]
fn png(picture: &Picture) -> Result<Vec<u8>, Problem> {
    report::image::png(picture, report::image::Options::default()).map_err(Problem::internal)
}

#[cfg(not(feature = "png"))]
fn png(_: &Picture) -> Result<Vec<u8>, Problem> {
    let detail = "this program was built without images: take svg";
    Err(Problem::missing("unknown-format", detail))
}

/// An answer that a browser keeps as a file.
pub(crate) fn taken_away(kind: &'static str, name: &str, bytes: impl Into<Vec<u8>>) -> Response {
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let disposition = format!("attachment; filename=\"{plain}\"");
    (
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)],
        bytes.into(),
    )
        .into_response()
}
