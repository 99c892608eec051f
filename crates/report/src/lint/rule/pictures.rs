//! The ninth standard: pictures that say what they show, in words and in numbers.

use crate::lint::page::{Kind, Piece};
use crate::lint::{Held, Rule, Standard};

/// The pictures, each with whether a table follows it before the next picture or heading.
fn figures<'a>(held: &Held<'a>) -> Vec<(&'a Piece, bool)> {
    let mut all = Vec::new();
    for part in &held.page.parts {
        for (at, piece) in part.pieces.iter().enumerate() {
            if piece.kind != Kind::Figure {
                continue;
            }
            let next = part.pieces[at + 1..]
                .iter()
                .find(|p| matches!(p.kind, Kind::Table | Kind::Figure | Kind::Heading));
            all.push((piece, next.is_some_and(|p| p.kind == Kind::Table)));
        }
    }
    all
}

pub(super) const TITLE_MISSING: Rule = Rule {
    name: "picture-without-title",
    standard: Standard::Pictures,
    asks: "Every picture has a title.",
    fix: "give the picture a title that says what to see in it",
    look: |held, found| {
        for (picture, _) in figures(held) {
            if picture.title.trim().is_empty() {
                found.at(picture.line(), "a picture has no title");
            }
        }
    },
};

pub(super) const DESCRIPTION_MISSING: Rule = Rule {
    name: "picture-without-description",
    standard: Standard::Pictures,
    asks: "Every picture is described in words for those who cannot see it.",
    fix: "describe what the picture says: in the alternative text, or beneath its title",
    look: |held, found| {
        for (picture, _) in figures(held) {
            if picture.description.trim().is_empty() {
                found.at(picture.line(), "a picture has no description");
            }
        }
    },
};

pub(super) const TABLE_MISSING: Rule = Rule {
    name: "picture-without-table",
    standard: Standard::Pictures,
    asks: "Every picture is followed by a table that says the same in numbers.",
    fix: "add the table beneath the picture",
    look: |held, found| {
        for (picture, has_table) in figures(held) {
            if !has_table {
                let title = picture.title.trim();
                found.at(picture.line(), format!("the picture “{title}” has no table"));
            }
        }
    },
};
