//! What bibliographies list, as sources.

use super::super::edit::Edit;
use super::super::material::Material;
use super::super::names::slug;
use super::super::{Proposal, ProposalKind};
use super::{Says, new, rows};
use crate::source::Source;

/// Sources that the case does not have, by key or by address.
pub(in crate::proposal) fn sources(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for (import, row) in rows(material) {
        let Says::Source { key, title, publisher, published, exact, url, licence, rating, note } =
            &row.says
        else {
            continue;
        };
        let known =
            |source: &Source| source.key.get_ref() == key || url.is_some() && source.url == *url;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let key = match !key.is_empty() && key.chars().all(plain) {
            true => key.clone(),
            false => Some(slug(key)).filter(|key| !key.is_empty()).unwrap_or_else(|| slug(title)),
        };
        let same_key = |source: &Source| *source.key.get_ref() == key;
        if key.is_empty() || material.case.sources.iter().any(|s| known(s) || same_key(s)) {
            continue;
        }
        let mut source =
            new(ProposalKind::Source, format!("source.{key}"), "import/sources", import, row);
        let publisher = publisher.as_ref().unwrap_or(&import.publisher);
        source.title = format!("\"{title}\", {publisher}, {published}");
        let licence = licence.as_ref().or(import.licence.as_ref());
        let licence = licence.map(|licence| format!("licence: {licence}"));
        let about = (!exact).then(|| "the day is the last that its date allows".to_owned());
        let notes: Vec<String> = [note.clone(), licence, about].into_iter().flatten().collect();
        source.edits = vec![Edit::AddSource {
            key,
            title: title.clone(),
            publisher: publisher.clone(),
            published: *published,
            url: url.clone(),
            rating: rating.clone().unwrap_or_else(|| ("F".to_owned(), 6)),
            note: Some(notes.join("; ")).filter(|note| !note.is_empty()),
        }];
        all.push(source);
    }
    all
}
