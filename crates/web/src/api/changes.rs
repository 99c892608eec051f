//! `/api/changes`: what a person changes by hand. It is shown first, with its lines and what `check` would say of them, and kept only as
//! it was shown: a file that was changed in the meantime is told and not written over.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use case::Decided;
use case::proposal::{self, About, Draft, Made};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::proposals::{Said, WrittenView, changed, today};
use super::{Answer, Body, Path, Query};
use crate::problem::{Finding, Problem};
use crate::workbench::{Workbench, off};

/// One change.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "make", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ChangeAsked {
    /// A new entry.
    Entry {
        /// Its kind.
        kind: String,
        /// What it says; days as YYYY-MM-DD, estimates as objects.
        #[schema(value_type = Object)]
        fields: Map<String, Value>,
    },
    /// Fields of an entry that say something else; null takes one away.
    Fields {
        /// The entry: `kind.key`.
        path: String,
        /// The fields.
        #[schema(value_type = Object)]
        fields: Map<String, Value>,
    },
    /// A statement of an estimate.
    Estimate {
        /// The estimate: `kind.key.field`.
        path: String,
        /// The statement: value, low, high, from, source, quote.
        #[schema(value_type = Object)]
        said: Map<String, Value>,
        /// Which of its statements it stands for, from 0; none adds one.
        #[serde(default)]
        instead: Option<usize>,
    },
    /// A document that was handed in.
    Document {
        /// What `POST /api/documents` called it.
        upload: String,
        /// Its name: `documents/NAME`.
        file: String,
    },
    /// A file of the case that says something else as a whole.
    Text {
        /// Its name.
        file: String,
        /// What it is to say.
        text: String,
        /// The hash that `GET /api/files/{name}` gave with what it said.
        was: String,
    },
    /// Whether a name is an actor's.
    Judged {
        /// The name as written.
        name: String,
        /// The actor's id.
        actor: String,
        /// `same`, `not-same` or `unsure`.
        decided: String,
    },
}

/// Changes that go together.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangesAsked {
    /// The changes: all of them are kept or none.
    changes: Vec<ChangeAsked>,
    /// The files with their hashes, as the draft that was shown had them; only to keep it.
    #[serde(default)]
    seen: BTreeMap<String, String>,
    /// What the person says with it.
    #[serde(default)]
    said: Said,
}

/// A change as it would be kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftView {
    /// The case's revision.
    revision: String,
    /// The change in words.
    title: String,
    /// What it is about.
    target: String,
    /// The lines it would write: a file's name, then lines with `+` and `-`.
    diff: Vec<String>,
    /// The files it changes with a hash of what they say now, to be sent back with `POST /api/changes`.
    seen: BTreeMap<String, String>,
    /// What `check` would say of the changed case and does not say of the case as it is; errors stand in the way.
    findings: Vec<Finding>,
    /// Whether it can be kept.
    fits: bool,
}

/// A case with faults has no draft that could be kept; this much of one is shown.
fn faults(draft: &Draft) -> Vec<Finding> {
    let mut all: Vec<Finding> =
        draft.findings.iter().map(|f| Finding::of(f, &draft.after.map)).collect();
    // What a process cannot be made of is found when the case is made ready to run.
    if draft.errors().next().is_none()
        && let Some(case) = draft.after.build(None).case
        && let Err(refused) = study::opening::ready(&draft.after, &case).map(drop)
    {
        all.extend(Finding::errors(&refused.findings, &refused.map));
    }
    all.sort_by_key(|f| f.severity != "error");
    all
}

impl DraftView {
    fn of(workbench: &Workbench, draft: &Draft) -> Self {
        let findings = faults(draft);
        Self {
            revision: workbench.now().revision,
            title: draft.decision.title().to_owned(),
            target: draft.decision.target.clone(),
            diff: draft.diff.clone(),
            seen: draft.seen.clone(),
            fits: !findings.iter().any(|f| f.severity == "error"),
            findings,
        }
    }
}

/// At most so many changes go together.
const MOST: usize = 50;

impl Workbench {
    /// The changes that were asked for, with the words of documents that were handed in.
    fn made(&self, asked: Vec<ChangeAsked>) -> Result<Vec<Made>, Problem> {
        if asked.len() > MOST {
            let detail = format!("{} changes at once are more than {MOST}", asked.len());
            return Err(Problem::refused("too-many-changes", detail));
        }
        let one = |asked: ChangeAsked| match asked {
            ChangeAsked::Entry { kind, fields } => Ok(Made::Entry { kind, fields }),
            ChangeAsked::Fields { path, fields } => Ok(Made::Fields { path, fields }),
            ChangeAsked::Estimate { path, said, instead } => {
                Ok(Made::Estimate { path, said, instead })
            }
            ChangeAsked::Document { upload, file } => match self.uploads.text(&upload) {
                Some(text) => Ok(Made::Document { file, text }),
                None => {
                    Err(Problem::missing("unknown-upload", "the document is no longer held here")
                        .hint("hand it in again"))
                }
            },
            ChangeAsked::Text { file, text, was } => Ok(Made::Text { file, text, was }),
            ChangeAsked::Judged { name, actor, decided } => {
                let known = [Decided::Same, Decided::NotSame, Decided::Unsure];
                match known.into_iter().find(|d| d.word() == decided) {
                    Some(decided) => Ok(Made::Judged { name, actor, decided }),
                    None => Err(Problem::refused(
                        "bad-judgement",
                        format!("\"{decided}\" is none of same, not-same, unsure"),
                    )),
                }
            }
        };
        asked.into_iter().map(one).collect()
    }

    /// Keeps a draft as it was shown.
    fn keep(&self, draft: Draft, seen: &BTreeMap<String, String>) -> Result<WrittenView, Problem> {
        let moved = draft.moved(seen);
        if !moved.is_empty() {
            let detail = format!(
                "{} changed since the lines were shown; nothing was written",
                moved.join(", ")
            );
            return Err(Problem::new(StatusCode::CONFLICT, "changed-meanwhile", detail).hint(
                "look at the lines again: they are made anew from the files as they are now",
            ));
        }
        let found = faults(&draft);
        if found.iter().any(|f| f.severity == "error") {
            let detail = "the case would not pass check with it; nothing was written";
            return Err(Problem::refused("case-faults", detail).with(found));
        }
        let written = draft.keep(self.root())?;
        changed(self, "written", vec![written])
    }
}

/// What changes would come to: the lines, and what `check` would say of them. Nothing is written.
#[utoipa::path(post, path = "/api/changes/draft", request_body = ChangesAsked, responses((status = 200, body = DraftView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn draft(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<ChangesAsked>,
) -> Answer<DraftView> {
    let found = off(move || {
        let made = workbench.made(asked.changes)?;
        let draft = proposal::draft(workbench.root(), &made, &asked.said.about()?, today())?;
        Ok(DraftView::of(&workbench, &draft))
    });
    Ok(Json(found.await?))
}

/// Writes changes into the case's files as they were shown, and keeps them among the decisions; `POST /api/undo` takes them back.
#[utoipa::path(post, path = "/api/changes", request_body = ChangesAsked, responses((status = 200, body = WrittenView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn keep(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<ChangesAsked>,
) -> Answer<WrittenView> {
    let found = off(move || {
        let made = workbench.made(asked.changes)?;
        let draft = proposal::draft(workbench.root(), &made, &asked.said.about()?, today())?;
        workbench.keep(draft, &asked.seen)
    });
    Ok(Json(found.await?))
}

/// What a proposal with changes of one's own would come to.
#[utoipa::path(post, path = "/api/proposals/{id}/draft", params(("id" = String, Path)), request_body = ChangesAsked, responses((status = 200, body = DraftView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn draft_proposal(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Body(asked): Body<ChangesAsked>,
) -> Answer<DraftView> {
    let found = off(move || {
        let draft = of_proposal(&workbench, &id, asked.changes, &asked.said.about()?)?;
        Ok(DraftView::of(&workbench, &draft))
    });
    Ok(Json(found.await?))
}

/// Writes a proposal into the case's files with changes of one's own.
#[utoipa::path(post, path = "/api/proposals/{id}/keep", params(("id" = String, Path)), request_body = ChangesAsked, responses((status = 200, body = WrittenView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn keep_proposal(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Body(asked): Body<ChangesAsked>,
) -> Answer<WrittenView> {
    let found = off(move || {
        let draft = of_proposal(&workbench, &id, asked.changes, &asked.said.about()?)?;
        workbench.keep(draft, &asked.seen)
    });
    Ok(Json(found.await?))
}

fn of_proposal(
    workbench: &Workbench,
    id: &str,
    changes: Vec<ChangeAsked>,
    about: &About,
) -> Result<Draft, Problem> {
    let made = workbench.made(changes)?;
    workbench.ask(|store| {
        let draft = proposal::draft_proposal(workbench.root(), store, id, &made, about, today());
        draft.map_err(Problem::from)
    })
}

/// An entry as it is written.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryView {
    /// The case's revision.
    revision: String,
    /// Its path: `kind.key`.
    path: String,
    /// Its kind.
    kind: String,
    /// The file in which it stands.
    file: String,
    /// What it says, days as YYYY-MM-DD.
    #[schema(value_type = Object)]
    fields: Value,
}

/// Which entry.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WantedEntry {
    /// Its path: `kind.key`.
    path: String,
}

/// An entry as it is written in the case's files, for a form.
#[utoipa::path(get, path = "/api/entries", params(WantedEntry), responses((status = 200, body = EntryView), (status = 404, body = Problem)))]
pub(crate) async fn entry(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<WantedEntry>,
) -> Answer<EntryView> {
    let found = off(move || {
        let path = wanted.path;
        let stated = proposal::stated(workbench.root(), &path)?;
        let Some(stated) = stated else {
            let detail = format!("{path} stands in no TOML file of the case");
            return Err(Problem::missing("unknown-entry", detail)
                .hint("rows of a CSV file are changed in that file"));
        };
        let revision = workbench.now().revision;
        Ok(EntryView {
            revision,
            path,
            kind: stated.kind,
            file: stated.file,
            fields: stated.fields,
        })
    });
    Ok(Json(found.await?))
}

/// The entry that a proposal would write or change, as it would stand.
#[utoipa::path(get, path = "/api/proposals/{id}/entry", params(("id" = String, Path)), responses((status = 200, body = EntryView), (status = 404, body = Problem)))]
pub(crate) async fn entry_of(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
) -> Answer<EntryView> {
    let found = off(move || {
        let about = About::default();
        let stated = workbench.ask(|store| {
            proposal::stated_by(workbench.root(), store, &id, &about).map_err(Problem::from)
        })?;
        let Some((path, stated)) = stated else {
            return Err(Problem::missing(
                "unknown-entry",
                format!("{id} changes no entry of a TOML file"),
            ));
        };
        let revision = workbench.now().revision;
        Ok(EntryView {
            revision,
            path,
            kind: stated.kind,
            file: stated.file,
            fields: stated.fields,
        })
    });
    Ok(Json(found.await?))
}

/// The largest document that can be handed in, in bytes.
pub(crate) const LARGEST: usize = 24 << 20;

/// Documents that were handed in and are not kept yet: the words of each, by the hash of its bytes.
#[derive(Debug, Default)]
pub(crate) struct Uploads(Mutex<VecDeque<(String, String)>>);

impl Uploads {
    /// At most so many are held: whoever hands in more keeps the first ones before.
    const HELD: usize = 8;

    fn hold(&self, id: String, text: String) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(other, _)| *other != id);
        held.push_back((id, text));
        while held.len() > Self::HELD {
            held.pop_front();
        }
    }

    fn text(&self, id: &str) -> Option<String> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(other, _)| other == id).map(|(_, text)| text.clone())
    }
}

/// Which document is handed in.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Named {
    /// The name of the file.
    name: String,
}

/// A document that was handed in: its words are held until it is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct UploadView {
    /// What it is called in a change: the hash of its bytes.
    upload: String,
    /// A name that the case does not have yet.
    file: String,
    /// A key for its source.
    key: String,
    /// Its first line.
    title: String,
    /// The day it says it is of.
    dated: Option<String>,
    /// How it begins.
    begins: String,
    /// How many words it has.
    words: usize,
    /// What has to be known of it, such as that only its words are kept.
    note: Option<String>,
    /// The key of a source that has the same words already.
    known: Option<String>,
}

/// Reads a document that somebody hands in. Nothing is written: it is kept by a change of `document` with its source.
#[utoipa::path(post, path = "/api/documents", params(Named), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = UploadView), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn upload(
    State(workbench): State<Arc<Workbench>>,
    Query(named): Query<Named>,
    bytes: Bytes,
) -> Answer<UploadView> {
    let found = off(move || {
        let limits = &workbench.opened.limits;
        if bytes.len() > limits.max_bytes.min(LARGEST) {
            let detail = format!(
                "{} bytes, more than the {} a document may have",
                bytes.len(),
                limits.max_bytes.min(LARGEST)
            );
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail));
        }
        // A browser gives a name; some give a path.
        let name = named.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let words = evidence::document_text(name, &bytes, limits)
            .map_err(|e| Problem::refused("unreadable-document", format!("{name}: {e}")))?;
        let plain = std::str::from_utf8(&bytes).ok();
        let ending = ending.to_ascii_lowercase();
        // Text is kept as it came; of what is no text the words are kept, since a case is text alone.
        let (text, kept, note) = match plain {
            Some(text) if ["txt", "md", "html", "htm", "eml", "csv"].contains(&ending.as_str()) => {
                (text.to_owned(), ending, None)
            }
            Some(text) if ending.is_empty() => (text.to_owned(), "txt".to_owned(), None),
            _ => (
                words.clone(),
                "txt".to_owned(),
                Some(format!("the words of {name} are kept, not the file itself")),
            ),
        };
        let file = proposal::free_document(workbench.root(), stem, &kept)?;
        let title = words.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or(stem);
        let key = file
            .trim_start_matches("documents/")
            .rsplit_once('.')
            .map_or("", |(stem, _)| stem)
            .to_owned();
        let upload = blake3::hash(&bytes).to_hex().to_string();
        let known = workbench.ask(|store| {
            let all = store.documents()?;
            Ok::<_, Problem>(all.into_iter().find(|d| d.id == upload).map(|d| d.source_key))
        })?;
        let view = UploadView {
            upload: upload.clone(),
            file,
            key,
            title: title.chars().take(160).collect(),
            dated: dated(&words),
            begins: words.chars().take(600).collect(),
            words: words.split_whitespace().count(),
            note,
            known,
        };
        workbench.uploads.hold(upload, text);
        Ok(view)
    });
    Ok(Json(found.await?))
}

/// A day that the head of a document gives in so many words: `2031-02-20`, or `20 February 2031`.
fn dated(text: &str) -> Option<String> {
    let head: String = text.chars().take(1500).collect();
    let words: Vec<&str> =
        head.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let plain = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric()).parse::<jiff::civil::Date>().ok()
    };
    if let Some(day) = words.iter().find_map(|word| plain(word)) {
        return Some(day.to_string());
    }
    let day =
        |format: &str, three: &[&str]| jiff::civil::Date::strptime(format, three.join(" ")).ok();
    words
        .windows(3)
        .find_map(|three| day("%d %B %Y", three).or_else(|| day("%B %d %Y", three)))
        .map(|day| day.to_string())
}
