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
mod uncertainty;

use super::Rule;

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
    coherence::PLACEHOLDER,
    coherence::SURE_UNSURE,
    coherence::BOILERPLATE,
    coherence::DIFFERENCE_UNTOLD,
    coherence::PARAMETER_KEY,
    coherence::INDICATOR_INSIDE,
    coherence::COUNTS_ODD,
    coherence::RECORD_UNREAD,
    coherence::NOTHING_MOVES,
    coherence::STYLES_MIXED,
    coherence::FIRST_PAGE_LONG,
];
