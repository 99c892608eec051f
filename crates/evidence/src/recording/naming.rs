//! Unknown names as records, best first.

use crate::candidates::Candidates;
use crate::records::{Candidate, record_id};
use crate::span::Quote;

pub(crate) fn candidates(text: &str, document: &str, gathered: Candidates) -> Vec<Candidate> {
    gathered
        .ranked()
        .into_iter()
        .filter_map(|(g, weight, kind)| {
            let first = *g.places.first()?;
            Some(Candidate {
                id: record_id(document, "candidate", first, 0),
                sentence: g.sentence,
                quote: Quote::cut(text, first),
                places: g.places,
                abbreviation: g.abbreviation,
                kind: kind.to_owned(),
                weight,
            })
        })
        .collect()
}
