//! BibTeX: the sources of a case as entries that LaTeX, JabRef and Zotero read, under the keys of the case.

use std::fmt::Write as _;

use evidence::StoreError;

use super::{Format, Material, Written};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "bibtex",
    says: "the sources as BibTeX (LaTeX, JabRef, Zotero)",
    ties: false,
    write,
};

/// Words as they stand in a field: what TeX would obey is escaped, and capitals are kept by the braces around them.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            c => out.push(c),
        }
    }
    out
}

/// An address as it stands in `url`, which is not read as TeX: only what would end the field is encoded.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(' ', "%20")
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut out = String::new();
    for source in &material.case.sources {
        let kind = if source.url.is_some() { "online" } else { "misc" };
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "@{kind}{{{},", source.key.get_ref());
        let mut field = |name: &str, value: String| {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        };
        // A second pair of braces: BibTeX styles would else write capitals small.
        field("title", format!("{{{}}}", escaped(&source.title)));
        field("publisher", format!("{{{}}}", escaped(&source.publisher)));
        field("date", source.published.to_string());
        field("year", source.published.year().to_string());
        if let Some(url) = &source.url {
            field("url", address(url));
        }
        if let Some(checked) = source.checked {
            field("urldate", checked.to_string());
        }
        field("reliability", source.reliability.to_string());
        field("credibility", source.credibility.get_ref().to_string());
        if let Some(copied) = &source.copies {
            field("related", copied.get_ref().clone());
        }
        if let Some(note) = &source.note {
            field("note", escaped(note));
        }
        let month = usize::try_from(source.published.month() - 1).unwrap_or_default();
        let _ = writeln!(out, "  month = {}\n}}", MONTHS[month]);
    }
    Ok(out.into())
}
