//! The linter: tradecraft standards as rules that a machine can test, on any written brief.
//!
//! It reads a brief as Markdown or HTML, whoever wrote it, and looks at the page alone; held against
//! a case it also looks whether the quoted sentences stand in the documents. Each rule belongs to
//! one of the nine analytic tradecraft standards. It refuses to judge whether an assessment is
//! right: it finds what a reader could not check.
//!
//! Reference: Intelligence Community Directive 203, *Analytic Standards*, 2 January 2015
//! (icd2032015). Which words make a rule fire is *Judged*.

pub mod html;
pub mod markdown;
pub mod page;
mod rule;
pub mod sentences;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;

use page::Page;

pub use rule::RULES;

/// One of the nine analytic tradecraft standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// Describes the quality and credibility of sources.
    Sourcing,
    /// Expresses and explains uncertainties.
    Uncertainty,
    /// Tells apart facts, assumptions and judgements.
    Distinction,
    /// Analyses alternatives.
    Alternatives,
    /// Is relevant to the reader and says what follows.
    Relevance,
    /// Argues clearly and logically.
    Argument,
    /// Explains change from earlier judgements.
    Change,
    /// Judges accurately: nothing is sure, every time has its date.
    Accuracy,
    /// Shows pictures that say what they show.
    Pictures,
}

impl Standard {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sourcing => "sourcing",
            Self::Uncertainty => "uncertainty",
            Self::Distinction => "distinction",
            Self::Alternatives => "alternatives",
            Self::Relevance => "relevance",
            Self::Argument => "argument",
            Self::Change => "change",
            Self::Accuracy => "accuracy",
            Self::Pictures => "pictures",
        }
    }
}

/// A rule.
pub struct Rule {
    /// Its name: `bare-percentage`.
    pub name: &'static str,
    /// The standard it holds a brief to.
    pub standard: Standard,
    /// What it asks for, in a sentence.
    pub asks: &'static str,
    /// What to do where it fires.
    pub fix: &'static str,
    /// Looks at a brief.
    look: fn(&Held<'_>, &mut Found),
}

/// A brief and what it is held against.
pub struct Held<'a> {
    /// The brief.
    pub page: &'a Page,
    /// What the documents of the case say, where there is a case.
    pub documents: Option<&'a Documents>,
    /// Whether a brief came before this one.
    pub has_earlier: bool,
}

/// The documents that a brief may quote.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The text of each source's document, by the source's title.
    pub texts: BTreeMap<String, String>,
}

impl Documents {
    /// Adds a document's sentences under its source's title.
    pub fn add(&mut self, title: &str, sentences: &[String]) {
        let text = self.texts.entry(page::flat(title)).or_default();
        for sentence in sentences {
            text.push_str(&page::flat(sentence));
            text.push(' ');
        }
    }
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// The standard.
    pub standard: Standard,
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub fix: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let standard = self.standard.name();
        write!(f, "{}: {} ({standard}): {}; {}", self.line, self.rule, self.fault, self.fix)
    }
}

/// Where findings of one rule are put.
pub(crate) struct Found(Vec<(usize, String)>);

impl Found {
    fn at(&mut self, line: usize, fault: impl Into<String>) {
        let found = (line, fault.into());
        if !self.0.contains(&found) {
            self.0.push(found);
        }
    }
}

/// How a brief is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown with footnotes.
    Markdown,
    /// HTML.
    Html,
}

/// Reads a brief.
pub fn read(text: &str, form: Form) -> Page {
    match form {
        Form::Markdown => markdown::read(text),
        Form::Html => html::read(text),
    }
}

/// Every finding, by line. Without documents the rule on quoted sentences is not asked.
pub fn lint(held: &Held<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for rule in RULES {
        let mut found = Found(Vec::new());
        (rule.look)(held, &mut found);
        let (name, standard, fix) = (rule.name, rule.standard, rule.fix);
        let findings = found.0.into_iter();
        all.extend(findings.map(|(line, fault)| Finding {
            rule: name,
            standard,
            line,
            fault,
            fix,
        }));
    }
    all.sort_by(|a, b| a.line.cmp(&b.line).then(a.rule.cmp(b.rule)));
    all
}
