//! The columns of the tables and what they mean. The files and their description are made from these lists.

/// A column.
pub(super) struct Column {
    pub name: &'static str,
    pub about: &'static str,
    /// Whether a changed cell is taken as a correction.
    pub editable: bool,
    /// Whether a new row must give it.
    pub needed: bool,
    /// Whether it holds numbers, which a spreadsheet may see as such.
    pub number: bool,
}

const fn fixed(name: &'static str, about: &'static str) -> Column {
    Column { name, about, editable: false, needed: false, number: false }
}

const fn count(name: &'static str, about: &'static str) -> Column {
    Column { name, about, editable: false, needed: false, number: true }
}

const fn edit(name: &'static str, about: &'static str) -> Column {
    Column { name, about, editable: true, needed: false, number: false }
}

const fn need(name: &'static str, about: &'static str) -> Column {
    Column { name, about, editable: true, needed: true, number: false }
}

const fn amount(name: &'static str, about: &'static str) -> Column {
    Column { name, about, editable: true, needed: false, number: true }
}

const ID: Column = fixed("id", "name of the record; empty in a row that is added");
const DOCUMENT: Column = fixed("document", "BLAKE3 of the document's bytes");
const SENTENCE: Column = count("sentence", "place of the sentence in the document, from 0");
const START: Column = count("start", "first byte of the quote in the decoded text");
const END: Column = count("end", "one past the last byte");
const QUOTE: Column = fixed("quote", "the words, byte for byte");
const STANDING: Column = fixed("standing", "body, heading, copy, furniture or off-topic");

pub(super) const DOCUMENTS: &[Column] = &[
    fixed("id", "BLAKE3 of the document's bytes"),
    fixed("source_key", "where it came from"),
    count("version", "1 for the first version of the source"),
    fixed("title", "title"),
    fixed("publisher", "publisher"),
    fixed("published", "day of publication as given"),
    fixed("dated", "the day it is dated, given or found"),
    fixed("address", "web address or shelf mark"),
    fixed("rating", "Admiralty rating"),
    count("words", "words in it"),
    fixed("copy_of", "source key of the earlier document it is a near-copy of"),
];

pub(super) const SENTENCES: &[Column] =
    &[DOCUMENT, SENTENCE, START, END, STANDING, fixed("quote", "the sentence")];

pub(super) const MENTIONS: &[Column] = &[
    ID,
    DOCUMENT,
    SENTENCE,
    START,
    END,
    QUOTE,
    STANDING,
    need("actor", "id of the actor named"),
    fixed("form", "how it was recognised: name, demonym, metonym, abbreviation, surname"),
    edit("sense", "agent, place or modifier"),
];

pub(super) const EVENTS: &[Column] = &[
    ID,
    DOCUMENT,
    SENTENCE,
    START,
    END,
    QUOTE,
    STANDING,
    fixed("trigger", "the verb or noun that named it"),
    need("class", "PLOVER class, such as CONSULT"),
    edit("mode", "mode within the class"),
    edit("sources", "ids of the actors that did it, with ; between"),
    edit("recipients", "ids of the actors it was done to, with ; between"),
    edit("from", "first day, YYYY-MM-DD"),
    edit("to", "last day"),
    edit("precision", "day, week, month, season, year, decade or interval"),
    edit("negated", "true where it is said not to have happened"),
    edit("hypothetical", "true where it is conditional, possible or wanted"),
    edit("future", "true where it is to come"),
    edit("historical", "true where it lies well before the document's time"),
    edit("hedged", "true where it is alleged, reported or doubted"),
    edit("suggested", "true where the scorer alone says so: no fact until it is set to false"),
    fixed("score", "how likely the class is of the sentence's words, in percent"),
    amount("count", "how many times"),
    fixed("rule", "rule id of the pattern"),
];

pub(super) const CLAIMS: &[Column] = &[
    ID,
    DOCUMENT,
    SENTENCE,
    START,
    END,
    QUOTE,
    STANDING,
    fixed("speaker", "who said it, in the words of the sentence"),
    need("actors", "ids of the actors among the speakers, with ; between"),
    fixed("cue", "the word that hands it to the speaker"),
    edit("speech", "direct, partial or indirect"),
    edit("stance", "plain, hedged, accusation, denial or forecast"),
    fixed("rule", "rule id of the cue"),
];

pub(super) const QUANTITIES: &[Column] = &[
    ID,
    DOCUMENT,
    SENTENCE,
    START,
    END,
    QUOTE,
    STANDING,
    amount("value", "the value stated; of a range, its middle"),
    amount("low", "lower end"),
    amount("high", "upper end"),
    edit("bound", "exactly, about, at-least, at-most or between"),
    need("unit", "unit, or the noun counted"),
    edit("per", "per what"),
    fixed("what", "the words that say what is measured"),
    edit("actors", "ids of the actors measured, with ; between"),
    edit("from", "first day it is of, YYYY-MM-DD"),
    edit("to", "last day"),
    edit("precision", "day, week, month, season, year, decade or interval"),
];

/// The page that goes with the tables.
pub(super) fn described() -> String {
    let mut out = String::from(
        "# Columns\n\nWhat is marked * may be changed; a changed row becomes a correction that stays when the document is read \
         again. A row taken out marks its record as refused. A row without an id is a new record: it needs the document, a quote \
         that stands in it, and what is marked +. A cell that begins with = + - @ has ' before it, so that no spreadsheet \
         computes it; the sign is taken away on the way back.\n",
    );
    for (table, columns) in [
        ("documents", DOCUMENTS),
        ("sentences", SENTENCES),
        ("mentions", MENTIONS),
        ("events", EVENTS),
        ("claims", CLAIMS),
        ("quantities", QUANTITIES),
    ] {
        out.push_str(&format!("\n## {table}.csv\n\n"));
        for c in columns {
            let marks = match (c.editable, c.needed) {
                (_, true) => " *+",
                (true, _) => " *",
                _ => "",
            };
            out.push_str(&format!("- `{}`{marks}: {}\n", c.name, c.about));
        }
    }
    out
}
