//! `GET /api/forms/{kind}`: what an entry of a kind may say, for a form. It follows from the schema that the kind's struct gives, and from
//! what the case says in that field already.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::Case;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::case::Named;
use super::{Answer, Path};
use crate::problem::Problem;
use crate::workbench::{Revision, Workbench, off};

/// The kinds of entries one may add.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormList {
    /// The case's revision.
    revision: String,
    /// The kinds, those first that analysts add most.
    kinds: Vec<Named>,
}

/// The form of a kind of entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormView {
    /// The case's revision.
    revision: String,
    /// The kind.
    kind: String,
    /// Its name for people.
    name: String,
    /// Its fields in order, those that must be there first.
    fields: Vec<FieldView>,
    /// The fields that make its key.
    key: Vec<String>,
}

/// What sort of thing a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Holds {
    /// A line of text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Switch,
    /// A day.
    Day,
    /// One of some words.
    Choice,
    /// Several texts.
    List,
    /// A number with its range and its sources.
    Estimate,
    /// Something that a form cannot show: it is written in the file.
    Other,
}

/// A field of a form.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldView {
    /// Its name in the file.
    name: String,
    /// What it is, in a sentence.
    words: String,
    /// What it holds.
    holds: Holds,
    /// Whether an entry cannot be without it.
    required: bool,
    /// The words it may be, where it may be no others.
    choices: Vec<String>,
    /// What it may name: entries of the case with their names, or what stands in this field elsewhere.
    known: Vec<Named>,
    /// The unit of an estimate.
    unit: Option<String>,
    /// The least it can be.
    low: Option<f64>,
    /// The most it can be.
    high: Option<f64>,
}

/// The kinds that stand first, with their names for people.
const FIRST: [(&str, &str); 8] = [
    ("tie", "Tie"),
    ("event", "Event"),
    ("actor", "Actor"),
    ("source", "Source"),
    ("question", "Question"),
    ("decision", "Decision"),
    ("wish", "Wish"),
    ("dispute", "Dispute"),
];

fn name_of(kind: &str) -> String {
    let known = FIRST.iter().find(|(id, _)| *id == kind).map(|(_, name)| (*name).to_owned());
    known.unwrap_or_else(|| {
        let mut letters = kind.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    })
}

/// The kinds of entries one may add to the case.
#[utoipa::path(get, path = "/api/forms", responses((status = 200, body = FormList), (status = 503, body = Problem)))]
pub(crate) async fn list(State(workbench): State<Arc<Workbench>>) -> Answer<FormList> {
    let revision = workbench.good()?;
    let mut kinds: Vec<&str> = case::kinds::KINDS.iter().map(|kind| kind.name).collect();
    let place = |kind: &str| FIRST.iter().position(|(id, _)| *id == kind).unwrap_or(FIRST.len());
    kinds.sort_by_key(|kind| (place(kind), *kind));
    let named = |kind: &str| Named { id: kind.to_owned(), name: name_of(kind) };
    Ok(Json(FormList {
        revision: revision.name.clone(),
        kinds: kinds.into_iter().map(named).collect(),
    }))
}

/// What an entry of a kind may say.
#[utoipa::path(get, path = "/api/forms/{kind}", params(("kind" = String, Path)), responses((status = 200, body = FormView), (status = 404, body = Problem)))]
pub(crate) async fn form(
    State(workbench): State<Arc<Workbench>>,
    Path(kind): Path<String>,
) -> Answer<FormView> {
    let revision = workbench.good()?;
    let found = off(move || {
        let Some(known) = case::kinds::kind(&kind) else {
            let detail = format!("there is no kind of entry \"{kind}\"");
            return Err(Problem::missing("unknown-kind", detail));
        };
        let schema = case::schema::case_schema();
        let said = said(&revision, &kind);
        let entry = Shape(&schema).entry(&kind);
        let required: Vec<&str> = entry
            .iter()
            .filter_map(|s| s["required"].as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = entry.iter().find_map(|s| s["properties"].as_object());
        let field = |name: &&str| {
            let of = properties?.get(*name)?;
            let figure = known.figures.iter().find(|figure| figure.field == *name);
            let bound = |end: f64| Some(end).filter(|end| end.is_finite());
            let (holds, choices) = Shape(&schema).holds(of);
            let words = of["description"].as_str().unwrap_or_default().replace(['\\', '`'], "");
            Some(FieldView {
                name: (*name).to_owned(),
                words: words.split_whitespace().collect::<Vec<_>>().join(" "),
                holds: if figure.is_some() { Holds::Estimate } else { holds },
                required: required.contains(name),
                choices,
                known: known_in(&revision.case, name, said.get(*name)),
                unit: figure.and_then(|f| f.unit).map(str::to_owned),
                low: figure.and_then(|f| bound(f.bounds.0)),
                high: figure.and_then(|f| bound(f.bounds.1)),
            })
        };
        let mut fields: Vec<FieldView> = (known.fields)().iter().filter_map(field).collect();
        fields.sort_by_key(|field| !field.required);
        Ok(FormView {
            revision: revision.name.clone(),
            name: name_of(&kind),
            key: known.key.iter().map(|part| part.field.to_owned()).collect(),
            kind,
            fields,
        })
    });
    Ok(Json(found.await?))
}

/// The schema of a case, asked what a field holds.
struct Shape<'a>(&'a Value);

impl<'a> Shape<'a> {
    fn all(&self, schema: &'a Value, into: &mut Vec<&'a Value>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.all(&self.0["definitions"][name], into);
        }
        into.push(schema);
        for several in ["anyOf", "allOf", "oneOf"] {
            schema[several].as_array().into_iter().flatten().for_each(|one| self.all(one, into));
        }
    }

    fn entry(&self, kind: &str) -> Vec<&'a Value> {
        let mut shapes = Vec::new();
        self.all(&self.0["properties"][kind], &mut shapes);
        let items: Vec<&Value> = shapes.iter().filter_map(|s| s.get("items")).collect();
        items.into_iter().for_each(|item| self.all(item, &mut shapes));
        shapes
    }

    fn holds(&self, field: &'a Value) -> (Holds, Vec<String>) {
        let mut shapes = Vec::new();
        self.all(field, &mut shapes);
        let words = |s: &&Value| {
            let several = s["enum"].as_array().cloned().unwrap_or_default();
            let one = s.get("const").cloned();
            several
                .into_iter()
                .chain(one)
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect::<Vec<_>>()
        };
        let choices: Vec<String> = shapes.iter().flat_map(words).collect();
        let is = |name: &str| {
            shapes.iter().any(|s| match &s["type"] {
                Value::String(one) => one == name,
                Value::Array(all) => all.iter().any(|one| one == name),
                _ => false,
            })
        };
        let plain = |item: &Value| {
            let mut shapes = Vec::new();
            Shape(self.0).all(item, &mut shapes);
            shapes.iter().any(|s| s["type"] == "string")
        };
        let holds = match () {
            () if !choices.is_empty() => Holds::Choice,
            () if shapes.iter().any(|s| s["format"] == "date") => Holds::Day,
            () if shapes.iter().filter_map(|s| s.get("items")).any(plain) => Holds::List,
            () if is("object") || is("array") => Holds::Other,
            () if is("number") || is("integer") => Holds::Number,
            () if is("boolean") => Holds::Switch,
            () => Holds::Text,
        };
        (holds, choices)
    }
}

/// What the case says in each field of the entries of a kind.
fn said(revision: &Revision, kind: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in revision.folder.map.files().iter().filter(|f| f.short_name().ends_with(".toml")) {
        let Ok(table) = file.text.parse::<toml::Table>() else { continue };
        let entries = table.get(kind).and_then(toml::Value::as_array).into_iter().flatten();
        for (name, value) in entries.filter_map(toml::Value::as_table).flatten() {
            let one = std::slice::from_ref(value);
            let values = value.as_array().map_or(one, Vec::as_slice);
            let words = values.iter().filter_map(|v| v.as_str().map(str::to_owned));
            all.entry(name.clone()).or_default().extend(words);
        }
    }
    all
}

/// At most so many words that stand in a field elsewhere are offered.
const OFFERED: usize = 60;

/// Fields that name actors in a case that has no such entry yet.
const ACTORS: [&str; 6] = ["from", "to", "actor", "actors", "by", "vetoes"];

/// What a field may name.
fn known_in(case: &Case, field: &str, said: Option<&BTreeSet<String>>) -> Vec<Named> {
    let none = BTreeSet::new();
    let said = said.unwrap_or(&none);
    let named = |id: &str, name: &str| Named { id: id.to_owned(), name: name.to_owned() };
    let is_actor = |id: &String| case.actor(id).is_some();
    if ACTORS.contains(&field) && said.is_empty() || !said.is_empty() && said.iter().all(is_actor) {
        return case.actors.iter().map(|a| named(a.id.get_ref(), &a.name)).collect();
    }
    match field {
        "source" | "copies" => {
            let mut sources: Vec<_> = case.sources.iter().collect();
            sources.sort_by_key(|s| std::cmp::Reverse(s.published));
            let words =
                |s: &case::source::Source| format!("{}, {}, {}", s.title, s.publisher, s.published);
            sources.into_iter().map(|s| named(s.key.get_ref(), &words(s))).collect()
        }
        "decision" => case.decisions.iter().map(|d| named(d.id.get_ref(), &d.name)).collect(),
        "id" | "key" | "title" | "text" | "what" | "name" | "note" => Vec::new(),
        _ if said.len() <= OFFERED => said.iter().map(|word| named(word, word)).collect(),
        _ => Vec::new(),
    }
}
