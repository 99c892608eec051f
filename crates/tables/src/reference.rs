//! The page about the tables, made from their schemas.

use std::fmt::Write as _;

use crate::schema::{ALL, Column, Each, SHOWN};

/// How often a column stands, in words.
fn often(each: Each) -> &'static str {
    match each {
        Each::Once => "",
        Each::List => " One for each list.",
        Each::District => " One for each district.",
        Each::ListInDistrict => " One for each list in each district.",
        Each::Stage => " One for each stage.",
        Each::Candidate => " One for each candidate.",
        Each::Office => " One for each office.",
        Each::Quantity => " One for each quantity, under its own id.",
        Each::Followed => " One for each quantity that is followed, under its own id.",
    }
}

fn row(column: &Column) -> String {
    let kind = column.kind.in_package();
    let empty = if column.empty { "may be empty" } else { "" };
    let (name, unit, about) = (column.name, column.unit, column.about);
    format!("| `{name}` | {kind} | {unit} | {empty} | {about}.{} |\n", often(column.each))
}

/// The page, in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = include_str!("reference.md").to_owned();
    for schema in ALL.into_iter().chain(SHOWN) {
        let _ = write!(
            out,
            "\n## {}\n\n{}\n\n| column | type | unit | | what it says |\n|---|---|---|---|---|\n",
            schema.name, schema.about
        );
        out.extend(schema.columns.iter().map(row));
    }
    out
}
