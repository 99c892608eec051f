//! What became of proposals, in `decisions.toml` of the case: written by appending, read in order. An accepted
//! one keeps what it changed, so that the last can be undone byte for byte with nothing but this file.

use jiff::civil::Date;
use serde::de::IntoDeserializer as _;
use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use super::edit::{append_to, text};
use super::splice::Splice;
use crate::diagnostic::Diagnostic;
use crate::source_map::SourceMap;
use crate::tree::{one_line, shift};

/// The file of a case that holds decisions.
pub const FILE: &str = "decisions.toml";

/// What was done with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Taken {
    /// Written into the case.
    Accepted,
    /// Not to be proposed again.
    Refused,
}

/// One entry of `decisions.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The proposal's id.
    pub id: String,
    /// What was done.
    pub taken: Taken,
    /// The kind of proposal.
    pub kind: String,
    /// What it was about.
    pub target: String,
    /// The change in words, where a person made it.
    pub title: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Date,
    /// Why.
    pub why: Option<String>,
    /// The rule that made the proposal.
    pub rule: String,
    /// Key of the source cited.
    pub source: Option<String>,
    /// The words cited.
    pub quote: Option<String>,
    /// Where they stand.
    pub at: Option<String>,
    /// Decisions of one command share a name and are undone together.
    pub with: Option<String>,
    /// What was changed.
    #[serde(default)]
    pub change: Vec<Splice>,
}

impl Decision {
    /// What was decided, in words where a person made the change, else what it was about.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.target)
    }
}

/// The entries in order, and what is wrong with the file.
pub(super) fn decisions(map: &SourceMap) -> (Vec<Decision>, Vec<Diagnostic>) {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    let Some(file) = map.named(FILE) else {
        return (all, faults);
    };
    let moved = |span: crate::source_map::Spot| span.start + file.base..span.end + file.base;
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors {
        let spot = moved(error.span().unwrap_or(0..0));
        faults.push(Diagnostic::error("syntax", spot, one_line(error.message())));
    }
    for (name, value) in table.into_inner() {
        let spot = moved(name.span());
        let (DeValue::Array(entries), "decision") = (value.into_inner(), name.get_ref().as_ref())
        else {
            let message = format!("{FILE} holds entries [[decision]] and no more");
            faults.push(Diagnostic::error("decision", spot, message));
            continue;
        };
        for entry in entries {
            let entry = shift(entry, &moved);
            let at = entry.span();
            match Decision::deserialize(entry.into_deserializer()) {
                Ok(decision) => all.push(decision),
                Err(error) => {
                    faults.push(Diagnostic::error("decision", at, one_line(error.message())));
                }
            }
        }
    }
    (all, faults)
}

/// The file with one entry more.
pub(super) fn with(file: &str, decision: &Decision) -> String {
    let mut out = file.to_owned();
    let mut lines = vec![
        ("id", text(&decision.id)),
        (
            "taken",
            text(match decision.taken {
                Taken::Accepted => "accepted",
                Taken::Refused => "refused",
            }),
        ),
        ("kind", text(&decision.kind)),
        ("target", text(&decision.target)),
    ];
    let mut optional = |name: &'static str, value: &Option<String>| {
        lines.extend(value.as_ref().map(|v| (name, text(v))));
    };
    optional("title", &decision.title);
    optional("by", &decision.by);
    optional("why", &decision.why);
    optional("source", &decision.source);
    optional("quote", &decision.quote);
    optional("at", &decision.at);
    optional("with", &decision.with);
    lines.push(("on", decision.on.to_string()));
    lines.push(("rule", text(&decision.rule)));
    append_to(&mut out, "decision", &lines);
    for splice in &decision.change {
        out.push_str("[[decision.change]]\n");
        let mut lines = vec![
            ("file", text(&splice.file)),
            ("at", splice.at.to_string()),
            ("removed", text(&splice.removed)),
            ("inserted", text(&splice.inserted)),
        ];
        lines.extend(splice.before.as_ref().map(|h| ("before", text(h))));
        lines.push(("after", text(&splice.after)));
        for (name, value) in lines {
            out.push_str(&format!("{name} = {value}\n"));
        }
    }
    out
}

/// The file without its last entry: as it was before that was appended.
pub(super) fn without_last(file: &str) -> Option<String> {
    let header = "[[decision]]\n";
    let at = match file.rfind(&format!("\n{header}")) {
        // The blank line before it came with it.
        Some(at) => at,
        None if file.starts_with(header) => 0,
        None => return None,
    };
    Some(file[..at].to_owned())
}
