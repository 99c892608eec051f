//! Records as the store holds them: with where their quotes stand and not with the words again, which the document's
//! text holds already.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::queries::from_json;
use super::{StoreError, to_json};
use crate::records::{Candidate, Claim, DateRecord, Event, Mention, Passage, Quantity, Role};
use crate::span::{Quote, Span};

/// A record with quotes of its document.
pub(super) trait Quoting: Clone + Serialize + DeserializeOwned {
    /// Goes through all its quotes.
    fn quotes(&mut self, each: &mut dyn FnMut(&mut Quote));
}

macro_rules! one_quote {
    ($($record:ty),*) => {$(
        impl Quoting for $record {
            fn quotes(&mut self, each: &mut dyn FnMut(&mut Quote)) {
                each(&mut self.quote);
            }
        }
    )*};
}

one_quote!(Passage, Mention, Candidate, DateRecord);

impl Quoting for Quantity {
    fn quotes(&mut self, each: &mut dyn FnMut(&mut Quote)) {
        each(&mut self.quote);
        self.what.iter_mut().for_each(&mut *each);
        self.row.iter_mut().chain(&mut self.column).for_each(each);
    }
}

impl Quoting for Event {
    fn quotes(&mut self, each: &mut dyn FnMut(&mut Quote)) {
        let role = |r: &mut Role, each: &mut dyn FnMut(&mut Quote)| {
            each(&mut r.quote);
            r.antecedent.iter_mut().for_each(each);
        };
        each(&mut self.quote);
        each(&mut self.trigger);
        let roles = self.sources.iter_mut().chain(&mut self.recipients);
        roles.for_each(|r| role(r, each));
        self.date.iter_mut().for_each(each);
    }
}

impl Quoting for Claim {
    fn quotes(&mut self, each: &mut dyn FnMut(&mut Quote)) {
        each(&mut self.quote);
        each(&mut self.cue);
        self.speaker.iter_mut().for_each(&mut *each);
        self.resolved.iter_mut().for_each(each);
    }
}

/// A record without the words of its quotes.
pub(super) fn bare<T: Quoting>(id: &str, record: &T) -> Result<String, StoreError> {
    let mut record = record.clone();
    record.quotes(&mut |quote| *quote = Quote::cut("", quote.span()));
    to_json(id, &record)
}

/// The record that stands in the store, with its quotes cut from the text of its document. Words that it holds itself,
/// as corrections and records of earlier stores do, stay.
pub(super) fn whole<T: Quoting>(kind: &str, body: &str, text: &str) -> Result<T, StoreError> {
    let mut record: T = from_json(kind, body)?;
    let mut gone = None;
    record.quotes(&mut |quote| {
        let span = quote.span();
        if !quote.text().is_empty() || span.is_empty() {
            return;
        }
        match Span::new(text, span.start(), span.end()) {
            Some(span) => *quote = Quote::cut(text, span),
            None => gone = Some(span),
        }
    });
    match gone {
        None => Ok(record),
        Some(span) => Err(StoreError::Record {
            record: kind.to_owned(),
            fault: format!("the document has no bytes {} to {}", span.start(), span.end()),
        }),
    }
}
