//! The list of rules, by standard. A rule is a name, what it asks for, and one look at a brief.

mod accuracy;
mod alternatives;
mod argument;
mod change;
mod coherence;
mod distinction;
mod pictures;
mod relevance;
mod sourcing;
mod style;
mod uncertainty;

use super::page::{Sentence, without_quotations};
use super::{Held, Rule};

/// Every rule, in the order of the standards.
pub const RULES: &[Rule] = &[
    sourcing::NOTE_MISSING,
    sourcing::NOTE_EMPTY,
    sourcing::QUOTE_ALTERED,
    sourcing::SOURCE_UNLISTED,
    sourcing::SOURCE_UNRATED,
    sourcing::SOURCE_UNDATED,
    sourcing::SUMMARY_MISSING,
    uncertainty::SENTENCE_OF_BOTH,
    uncertainty::BARE_PERCENTAGE,
    uncertainty::WORD_AND_NUMBER,
    uncertainty::LEXICONS_MIXED,
    uncertainty::CONFIDENCE_MISSING,
    uncertainty::CONFIDENCE_BARE,
    uncertainty::BASIS_MISSING,
    distinction::LIKELIHOOD_MISSING,
    distinction::ASSUMPTIONS_MISSING,
    distinction::ASSUMPTION_JUDGED,
    distinction::ORIGIN_UNMARKED,
    alternatives::ALTERNATIVES_MISSING,
    relevance::BOTTOM_LINE_MISSING,
    relevance::BOTTOM_LINE_LONG,
    relevance::JUDGEMENTS_NUMBER,
    relevance::INDICATORS_MISSING,
    argument::EVIDENCE_MISSING,
    argument::HEDGE_DOUBLED,
    argument::FILLER,
    change::CHANGE_MISSING,
    change::CHANGE_UNCAUSED,
    accuracy::CERTAINTY_STATED,
    accuracy::DATE_MISSING,
    accuracy::TIME_VAGUE,
    accuracy::METHOD_INCOMPLETE,
    accuracy::AUTHOR_MISSING,
    pictures::TITLE_MISSING,
    pictures::DESCRIPTION_MISSING,
    pictures::TABLE_MISSING,
    coherence::SETTLED_AS_OPEN,
    coherence::EVENT_TWICE,
    coherence::VALUE_TWICE,
    accuracy::PLACEHOLDER,
    uncertainty::SURE_UNSURE,
    uncertainty::BOILERPLATE,
    uncertainty::DIFFERENCE_UNTOLD,
    relevance::PARAMETER_KEY,
    relevance::INDICATOR_INSIDE,
    sourcing::COUNTS_ODD,
    accuracy::RECORD_UNREAD,
    coherence::NOTHING_MOVES,
    style::STYLES_MIXED,
    relevance::FIRST_PAGE_LONG,
];

/// The sentences of the prose, each with its own words: quotations are other people's.
fn sentences<'a>(held: &Held<'a>) -> impl Iterator<Item = (Sentence<'a>, String)> {
    let all = held.page.prose().flat_map(|piece| piece.sentences());
    all.map(|sentence| {
        let own = without_quotations(sentence.text);
        (sentence, own)
    })
}
