//! What is wrong with a case, where, and what would mend it.
//!
//! Every fault is reported at once, in the order of the files, in the look of the Rust compiler.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source_map::{SourceMap, Spot};

/// Whether a finding stops a run or only deserves a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The case cannot be used until this is mended.
    Error,
    /// The case works, but a careful author would look here.
    Warning,
}

/// One finding about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A short stable name of the rule that was broken, for filters and editors.
    pub rule: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub spot: Spot,
    /// A second place that explains the first, with its label.
    pub also: Option<(Spot, String)>,
    /// What would mend it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A fault that stops a run.
    pub fn error(rule: &'static str, spot: Spot, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity: Severity::Error, rule, message, spot, also: None, hint: None }
    }

    /// A finding that does not stop a run.
    pub fn warning(rule: &'static str, spot: Spot, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, spot, message) }
    }

    /// Adds what would mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the name nearest to what was written, if any is near.
    #[must_use]
    pub fn nearest<'a>(self, written: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, names) {
            Some(name) => self.hint(format!("did you mean \"{name}\"?")),
            None => self,
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, spot: Spot, label: impl Into<String>) -> Self {
        self.also = Some((spot, label.into()));
        self
    }

    /// One line: `file:line:column: error: message; hint`.
    #[must_use]
    pub fn line(&self, map: &SourceMap) -> String {
        let place = map.place(&self.spot).map_or_else(String::new, |p| format!("{p}: "));
        let kind = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let hint = self.hint.as_ref().map_or_else(String::new, |h| format!("; {h}"));
        format!("{place}{kind}[{}]: {}{hint}", self.rule, self.message)
    }

    /// The finding with the source line and an underline.
    #[must_use]
    pub fn render(&self, map: &SourceMap, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let Some(file) = map.file_at(self.spot.start) else {
            return self.line(map);
        };
        let inside = |spot: &Spot| {
            let end = file.text.len();
            let start = spot.start.saturating_sub(file.base).min(end);
            // A span over a whole table would fill the screen: its first line is enough.
            let stop = spot.end.saturating_sub(file.base).clamp(start, end);
            let stop = file.text[start..stop].find('\n').map_or(stop, |n| start + n);
            start..stop
        };
        let mut snippet = Snippet::source(file.text.as_str())
            .path(file.name.as_str())
            .annotation(AnnotationKind::Primary.span(inside(&self.spot)));
        let mut elsewhere = None;
        if let Some((spot, label)) = &self.also {
            match map.file_at(spot.start) {
                Some(other) if other.base == file.base => {
                    snippet = snippet.annotation(
                        AnnotationKind::Context.span(inside(spot)).label(label.as_str()),
                    );
                }
                _ => elsewhere = map.place(spot).map(|p| format!("{label}: {p}")),
            }
        }
        let mut group = Group::with_title(level.primary_title(self.message.as_str()).id(self.rule))
            .element(snippet);
        if let Some(text) = &elsewhere {
            group = group.element(Level::NOTE.message(text.as_str()));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    /// The finding as a value for `--json`.
    #[must_use]
    pub fn record(&self, map: &SourceMap) -> Record {
        let place = map.place(&self.spot);
        Record {
            severity: self.severity,
            rule: self.rule,
            message: self.message.clone(),
            hint: self.hint.clone(),
            file: place.as_ref().map(|p| p.file.clone()),
            line: place.as_ref().map(|p| p.line),
            column: place.as_ref().map(|p| p.column),
        }
    }
}

/// A [`Diagnostic`] without spans, ready for JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// Error or warning.
    pub severity: Severity,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub hint: Option<String>,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

/// The candidate nearest to `written`, if it is near enough to be a slip of the hand.
#[must_use]
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .filter(|name| *name != written)
        .map(|name| (strsim::jaro_winkler(written, name), name))
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_finds_the_name_meant() {
        let names = ["political", "economic", "social"];
        assert_eq!(nearest("economy", names), Some("economic"));
        assert_eq!(nearest("xyz", names), None);
    }
}
