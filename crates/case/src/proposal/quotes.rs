//! Quotes of the case that are no longer in the document of their source.
//!
//! The sentence that shares most of the quote's words is proposed in its place; where none shares half of them,
//! the quote is to be taken out, so that the case does not cite words nobody wrote.

use std::collections::BTreeSet;

use evidence::{Hit, name_key};

use super::edit::Edit;
use super::material::Material;
use super::{Proposal, ProposalKind};
use crate::folder::read_text;

/// Share of the quote's words that a sentence must have; *judged*.
const ALIKE: f64 = 0.5;

/// What to write for each quote that is gone.
pub(super) fn propose(material: &Material<'_>) -> Vec<Proposal> {
    let mut all = Vec::new();
    for belief in &material.case.beliefs {
        let Some(quote) = &belief.quote else { continue };
        let sources: Vec<_> =
            belief.sources.iter().filter_map(|key| material.case.source(key)).collect();
        let texts: Vec<String> = sources
            .iter()
            .filter_map(|s| material.folder.documents.get(s.document.as_ref()?.get_ref()))
            .filter_map(|path| read_text(path).ok())
            .collect();
        if texts.is_empty() || texts.iter().any(|text| text.contains(quote.as_str())) {
            continue;
        }
        let read = belief.sources.iter().find_map(|key| material.document(key));
        let nearest = read.and_then(|read| {
            let sentences = read.records.sentences.iter().map(|s| (likeness(quote, s), s));
            let best = sentences.max_by(|a, b| a.0.total_cmp(&b.0))?;
            (best.0 >= ALIKE).then_some((read, best.1))
        });
        let mut new =
            Proposal::new(ProposalKind::Quote, format!("{}.quote=", belief.path), "quote-gone");
        let mut instead = None;
        if let Some((read, sentence)) = nearest {
            let index = usize::try_from(sentence.sentence).unwrap_or(0);
            let ends = usize::try_from(sentence.start).ok().zip(usize::try_from(sentence.end).ok());
            new.places.extend(ends.and_then(|(start, end)| read.place(index, start, end)));
            instead = new.places.first().map(|p| p.quote.clone());
        }
        new.title = match &instead {
            Some(_) => format!("the quote of {} has changed in its document", belief.path),
            None => format!("the quote of {} is no longer in its document", belief.path),
        };
        new.why =
            format!("the document of {} does not hold \"{quote}\"", belief.sources.join(", "));
        new.target.push_str(quote);
        new.edits =
            vec![Edit::SetQuote { path: belief.path.clone(), was: quote.clone(), quote: instead }];
        all.push(new);
    }
    all
}

/// Share of the quote's words that the sentence has.
fn likeness(quote: &str, sentence: &Hit) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let key = name_key(text);
        let split = key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        split.map(str::to_owned).collect()
    };
    let (wanted, has) = (words(quote), words(&sentence.quote));
    if wanted.is_empty() {
        return 0.0;
    }
    let shared = wanted.intersection(&has).count();
    f64::from(u32::try_from(shared).unwrap_or(0))
        / f64::from(u32::try_from(wanted.len()).unwrap_or(u32::MAX))
}
