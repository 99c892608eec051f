//! What is wrong with a case, where, and what would mend it.
//!
//! Every fault is reported at once, in the order of the files, in the look of the Rust compiler.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::source_map::{File, SourceMap, Spot};

/// Whether a finding stops a run or only deserves a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The case cannot be used until this is mended.
    Error,
    /// The case works, but a careful author would look here.
    Warning,
}

/// How many lines apart two places of one file are at most shown together.
const NEAR: usize = 200;

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
    #[must_use]
    pub fn error(rule: &'static str, spot: Spot, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity: Severity::Error, rule, message, spot, also: None, hint: None }
    }

    /// A finding that does not stop a run.
    #[must_use]
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
            let (line, text) = file.line(start);
            start..stop.min(file.start_of(line) + text.len()).max(start)
        };
        let own = inside(&self.spot);
        let same = self.also.as_ref().map(|(spot, _)| spot);
        let same = same.filter(|s| map.file_at(s.start).is_some_and(|f| f.base == file.base));
        let line = |spot: &Spot| file.line(inside(spot).start).0;
        let same = same.filter(|s| line(s).abs_diff(line(&self.spot)) <= NEAR);
        let (first, from, lines) = excerpt(file, own.start, same.map(|spot| inside(spot).start));
        let shown = |spot: Spot| spot.start - from..spot.end - from;
        let mut snippet = Snippet::source(lines)
            .line_start(first + 1)
            .path(file.name.as_str())
            .annotation(AnnotationKind::Primary.span(shown(own)));
        let mut elsewhere = None;
        if let Some((spot, label)) = &self.also {
            match same {
                Some(_) => {
                    snippet = snippet.annotation(
                        AnnotationKind::Context.span(shown(inside(spot))).label(label.as_str()),
                    );
                }
                None => elsewhere = map.place(spot).map(|p| format!("{label}: {p}")),
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

/// The lines of a file from one place to another, with the number of the first, from 0, and where it begins: the
/// renderer reads all that it is given, so it gets no more.
fn excerpt(file: &File, one: usize, other: Option<usize>) -> (usize, usize, &str) {
    let other = other.unwrap_or(one);
    let first = file.line(one.min(other)).0;
    let (last, text) = file.line(one.max(other));
    let from = file.start_of(first);
    (first, from, &file.text[from..file.start_of(last) + text.len()])
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
    fn what_is_read_to_show_every_line_of_a_file_grows_as_the_file_does() {
        for lines in [10, 100, 1000, 10_000] {
            let text = "key = 1\n".repeat(lines);
            let file = File::new("a.toml".into(), text, 0);
            let starts = (0..lines).map(|line| file.start_of(line));
            let read: usize = starts.map(|at| excerpt(&file, at, None).2.len()).sum();
            assert_eq!(read, lines * "key = 1".len());
        }
    }

    #[test]
    fn a_finding_far_down_is_shown_with_its_own_line_and_number() {
        let mut map = SourceMap::default();
        map.add("a.toml", format!("{}wrong = 1\n", "key = 1\n".repeat(500)));
        let at = 500 * 8;
        let finding = Diagnostic::error("type", at..at + 5, "no").also(0..3, "first here");
        let text = finding.render(&map, false);
        assert!(text.contains("--> a.toml:501:1") && text.contains("wrong = 1"), "{text}");
        assert!(text.contains("first here: a.toml:1:1"), "{text}");
    }

    #[test]
    fn a_slip_of_the_hand_finds_the_name_meant() {
        let names = ["political", "economic", "social"];
        assert_eq!(nearest("economy", names), Some("economic"));
        assert_eq!(nearest("xyz", names), None);
    }
}
