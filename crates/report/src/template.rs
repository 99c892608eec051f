//! A house style: the brief set into somebody's own page.
//!
//! A template is an HTML file with tokens in double braces. Tokens are looked for in the template
//! alone and put in once, so that words of a case or a document can never be tokens; those words
//! are escaped as everywhere. There are no loops and no conditions: a page has one order of parts,
//! and the template writes it down.
//!
//! | token | what stands there |
//! | --- | --- |
//! | `{{title}}`, `{{subtitle}}`, `{{kind}}`, `{{as-of}}` | words of the head |
//! | `{{style}}` | the stylesheet of page and pictures |
//! | `{{picture-style}}` | that of the pictures alone, for a page with its own |
//! | `{{contents}}` | the list of parts, in the template's order |
//! | `{{part "Key judgements"}}` | the part of that heading, or nothing where the brief has none |
//! | `{{part "Key judgements" as "What we judge"}}` | the same under another heading |
//! | `{{rest}}` | every part that is placed nowhere else, in the brief's order |

use std::fmt;

use crate::brief::Brief;
use crate::html::{Part, page_style, parts};
use crate::numbers;
use crate::svg::{escape, stylesheet};

/// Why a template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The line of the template, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub fault: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.fault)
    }
}

impl std::error::Error for TemplateError {}

/// A brief set into a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The page.
    pub html: String,
    /// Headings of the brief that the template places nowhere.
    pub left_out: Vec<String>,
}

/// A piece of a template.
enum Piece<'t> {
    Text(&'t str),
    Title,
    Subtitle,
    Kind,
    AsOf,
    Style,
    PictureStyle,
    Contents,
    Part(&'t str, Option<&'t str>),
    Rest,
}

/// Sets a brief into a template.
///
/// # Errors
/// If a token is not known or not closed, a part is placed twice, or the notes are placed nowhere.
pub fn fill(template: &str, brief: &Brief) -> Result<Filled, TemplateError> {
    let pieces = pieces(template)?;
    let mut parts: Vec<Option<Part>> = parts(brief).into_iter().map(Some).collect();
    // First what has a place of its own, then the rest in its place.
    let mut placed: Vec<Vec<Part>> = Vec::new();
    for (piece, line) in &pieces {
        let mut here = Vec::new();
        if let Piece::Part(heading, named) = piece {
            let earlier =
                pieces.iter().filter(|(p, _)| matches!(p, Piece::Part(h, _) if h == heading));
            if earlier.count() > 1 {
                let fault = format!("the part \"{heading}\" is placed twice; keep one");
                return Err(TemplateError { line: *line, fault });
            }
            let found =
                parts.iter_mut().find(|p| p.as_ref().is_some_and(|p| p.heading == *heading));
            here.extend(found.and_then(Option::take).map(|part| renamed(part, *named)));
        }
        placed.push(here);
    }
    if let Some(at) = pieces.iter().position(|(piece, _)| matches!(piece, Piece::Rest)) {
        placed[at] = parts.iter_mut().filter_map(Option::take).collect();
    }
    let left_out: Vec<String> = parts.into_iter().flatten().map(|part| part.heading).collect();
    if left_out.iter().any(|heading| heading == "Evidence notes") {
        let fault = "the evidence notes are placed nowhere, so numbers would lead to nothing; add \
                     {{rest}} or {{part \"Evidence notes\"}}";
        return Err(TemplateError { line: 1, fault: fault.to_owned() });
    }
    let contents: String = (placed.iter().flatten())
        .map(|part| format!("<li><a href=\"#{}\">{}</a></li>\n", part.id, escape(&part.heading)))
        .collect();
    let mut html = String::new();
    for ((piece, _), parts) in pieces.iter().zip(&placed) {
        match piece {
            Piece::Text(text) => html.push_str(text),
            Piece::Title => html.push_str(&escape(&brief.title)),
            Piece::Subtitle => html.push_str(&escape(&brief.subtitle)),
            Piece::Kind => html.push_str(&escape(&brief.kind)),
            Piece::AsOf => html.push_str(&escape(&numbers::day(brief.as_of))),
            Piece::Style => {
                html.push_str(&stylesheet());
                html.push_str(page_style());
            }
            Piece::PictureStyle => html.push_str(&stylesheet()),
            Piece::Contents => {
                html.push_str("<ol>\n");
                html.push_str(&contents);
                html.push_str("</ol>");
            }
            Piece::Part(..) | Piece::Rest => {
                parts.iter().for_each(|part| html.push_str(&part.html))
            }
        }
    }
    Ok(Filled { html, left_out })
}

fn renamed(mut part: Part, name: Option<&str>) -> Part {
    if let Some(name) = name {
        let old = format!(">{}</h2>", escape(&part.heading));
        part.html = part.html.replacen(&old, &format!(">{}</h2>", escape(name)), 1);
        part.heading = name.to_owned();
    }
    part
}

/// The pieces of a template with the lines on which they begin.
fn pieces(template: &str) -> Result<Vec<(Piece<'_>, usize)>, TemplateError> {
    let mut all = Vec::new();
    let mut rest = template;
    let mut line = 1;
    while let Some((text, after)) = rest.split_once("{{") {
        all.push((Piece::Text(text), line));
        line += text.matches('\n').count();
        let Some((token, after)) = after.split_once("}}") else {
            let fault = "a token is not closed; end it with }}".to_owned();
            return Err(TemplateError { line, fault });
        };
        all.push((piece(token.trim(), line)?, line));
        line += token.matches('\n').count();
        rest = after;
    }
    all.push((Piece::Text(rest), line));
    Ok(all)
}

fn piece(token: &str, line: usize) -> Result<Piece<'_>, TemplateError> {
    let unknown = || TemplateError {
        line,
        fault: format!(
            "{{{{{token}}}}}: no such token; there are title, subtitle, kind, as-of, style, \
             picture-style, contents, part \"HEADING\", part \"HEADING\" as \"NAME\" and rest"
        ),
    };
    Ok(match token {
        "title" => Piece::Title,
        "subtitle" => Piece::Subtitle,
        "kind" => Piece::Kind,
        "as-of" => Piece::AsOf,
        "style" => Piece::Style,
        "picture-style" => Piece::PictureStyle,
        "contents" => Piece::Contents,
        "rest" => Piece::Rest,
        _ => {
            let words = token.strip_prefix("part ").ok_or_else(unknown)?;
            let quoted: Vec<&str> = words.split('"').collect();
            match quoted.as_slice() {
                [before, heading, after] if before.trim().is_empty() && after.trim().is_empty() => {
                    Piece::Part(heading, None)
                }
                [before, heading, joint, name, after]
                    if before.trim().is_empty()
                        && joint.trim() == "as"
                        && after.trim().is_empty() =>
                {
                    Piece::Part(heading, Some(name))
                }
                _ => return Err(unknown()),
            }
        }
    })
}
