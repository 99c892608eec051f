//! The tables, each declared once: names, types, units and what a column says. Files, the page in
//! docs/, the description beside results and the tables of Python are all made from these lists.

use serde::Serialize;

/// What a cell holds. Numbers stand apart from names: no column holds both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words: a name, an id, a quote.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// A day.
    Day,
    /// Yes or no.
    Truth,
}

impl Kind {
    /// What a data package calls it.
    #[must_use]
    pub fn in_package(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole => "integer",
            Self::Real => "number",
            Self::Day => "date",
            Self::Truth => "boolean",
        }
    }
}

/// How often a column stands in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// Once.
    Once,
    /// Once for each list that may hold seats; `LIST` in the name is its id.
    List,
    /// For each district.
    District,
    /// For each list in each district.
    ListInDistrict,
    /// For each stage of forming a government.
    Stage,
    /// For each candidate for head of government.
    Candidate,
    /// For each office.
    Office,
    /// For each quantity that the processes report, under its own id and unit.
    Quantity,
    /// For each quantity that is followed, under its own id and unit.
    Followed,
}

impl Each {
    /// What in the name stands for the id.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Once => "",
            Self::List | Self::ListInDistrict => "LIST",
            Self::District => "DISTRICT",
            Self::Stage => "STAGE",
            Self::Candidate => "CANDIDATE",
            Self::Office => "OFFICE",
            Self::Quantity | Self::Followed => "QUANTITY",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name; where there is one of several, with their mark in it.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// The unit of its numbers, or empty.
    pub unit: &'static str,
    /// Whether a cell may be empty.
    pub empty: bool,
    /// How often it stands in the table.
    pub each: Each,
    /// What it says.
    pub about: &'static str,
}

/// A table.
#[derive(Debug)]
pub struct Schema {
    /// Its name, which is also its file's.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

const fn all(kind: Kind, name: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { name, kind, unit, empty: false, each: Each::Once, about }
}

const fn text(name: &'static str, about: &'static str) -> Column {
    all(Kind::Text, name, "", about)
}

const fn whole(name: &'static str, unit: &'static str, about: &'static str) -> Column {
    all(Kind::Whole, name, unit, about)
}

const fn real(name: &'static str, unit: &'static str, about: &'static str) -> Column {
    all(Kind::Real, name, unit, about)
}

const fn day(name: &'static str, about: &'static str) -> Column {
    all(Kind::Day, name, "", about)
}

const fn truth(name: &'static str, about: &'static str) -> Column {
    all(Kind::Truth, name, "", about)
}

/// The same, where a cell may be empty.
const fn maybe(column: Column) -> Column {
    Column { empty: true, ..column }
}

/// The same, once for each of something.
const fn each(each: Each, column: Column) -> Column {
    Column { each, ..column }
}

/// What the case believes of every number, as of its date.
pub const ESTIMATES: Schema = Schema {
    name: "estimates",
    about: "An estimate of the case: the statement in force on the as-of date.",
    columns: &[
        text("path", "where it stands in the case, such as `tie.a>b:security.bandwidth`"),
        real("value", "as in `unit`", "the best single value"),
        real("low", "as in `unit`", "the low end of what is plausible"),
        real("high", "as in `unit`", "the high end"),
        text("shape", "how belief is spread between them: pert, constant, uniform and others"),
        maybe(text("unit", "what the number counts")),
        maybe(day("from", "from when it holds")),
        maybe(day("published", "when the first of its sources came out; empty for a judgement")),
        maybe(day("checked", "when somebody last looked whether it still holds")),
        maybe(text("sources", "keys of its sources, with ; between")),
        maybe(text("at", "where in the source")),
        maybe(text("quote", "the words of the source, byte for byte")),
        maybe(text("judged", "the author's reason, where it is a judgement")),
        maybe(text("note", "a remark")),
    ],
};

/// Who pulls on whom.
pub const TIES: Schema = Schema {
    name: "ties",
    about: "A tie in force on the as-of date: `from` pulls on `to` through one channel.",
    columns: &[
        text("from", "id of the actor that pulls"),
        text("to", "id of the actor that is pulled"),
        text("channel", "political, security, economic, social, information or diplomatic"),
        real("bandwidth", "share in [0, 1]", "how much passes through the channel"),
        real("bandwidth_low", "share in [0, 1]", "the low end"),
        real("bandwidth_high", "share in [0, 1]", "the high end"),
        real("dependence", "share in [0, 1]", "how much `to` depends on it"),
        real("dependence_low", "share in [0, 1]", "the low end"),
        real("dependence_high", "share in [0, 1]", "the high end"),
        real("pull", "share in [0, 1]", "bandwidth times dependence, at their best values"),
        maybe(day("since", "from when")),
        maybe(day("until", "until when")),
        maybe(text("sources", "keys of the sources for its existence, with ; between")),
        maybe(text("note", "a remark")),
    ],
};

/// What happened, as the case has it and as documents tell it.
pub const EVENTS: Schema = Schema {
    name: "events",
    about: "An event: one of the case's history, or one that a document tells.",
    columns: &[
        text("id", "name of the event or of the record"),
        truth("read", "whether it was read in a document; else the case's author entered it"),
        maybe(day("from", "the first day it may have been")),
        maybe(day("to", "the last day")),
        maybe(text("class", "PLOVER class, such as CONSULT")),
        maybe(text("mode", "mode within the class")),
        maybe(text("actors", "ids of those that did it or took part, with ; between")),
        maybe(text("recipients", "ids of those it was done to, with ; between")),
        truth("fact", "whether it is said to have happened: not denied, possible or to come"),
        truth("hedged", "whether it is alleged, reported or doubted"),
        maybe(whole("count", "times", "how many times")),
        maybe(text("standing", "body, heading, copy, furniture or off-topic, in the document")),
        text("what", "the words: the author's, or the document's byte for byte"),
        maybe(text("document", "BLAKE3 of the document's bytes")),
        maybe(text("sources", "keys of the case's sources, or where the document came from")),
        maybe(text("rule", "the rule that read it")),
    ],
};

/// Who says what.
pub const CLAIMS: Schema = Schema {
    name: "claims",
    about: "A claim that a document hands on: who says what, and how surely.",
    columns: &[
        text("id", "name of the record"),
        text("document", "BLAKE3 of the document's bytes"),
        text("source", "where the document came from"),
        maybe(day("published", "when it was published")),
        whole("sentence", "", "place of the sentence in the document, from 0"),
        maybe(text("speaker", "who said it, in the words of the sentence")),
        maybe(text("actors", "ids of the actors among the speakers, with ; between")),
        text("cue", "the word that hands it to the speaker"),
        text("speech", "direct, partial or indirect"),
        text("stance", "plain, hedged, accusation, denial or forecast"),
        text("standing", "body, heading, copy, furniture or off-topic"),
        text("quote", "the words, byte for byte"),
        text("rule", "the rule that read it"),
    ],
};

/// What each run came to.
pub const RUNS: Schema = Schema {
    name: "runs",
    about: "A run: what one future came to. One column a quantity, named as `--of` asks for it.",
    columns: &[
        whole("run", "", "number of the run"),
        whole("draw", "", "number of the draw of the case's estimates it used"),
        each(Each::List, whole("seats.LIST", "seats", "seats of the list")),
        whole("seats.fringe", "seats", "seats of small lists and independents"),
        each(
            Each::List,
            maybe(real("votes.LIST", "share in [0, 1]", "its share of the valid vote")),
        ),
        maybe(real("turnout", "share in [0, 1]", "turnout; empty where no election was run")),
        each(Each::District, maybe(text("first.DISTRICT", "the list with most votes there"))),
        each(
            Each::ListInDistrict,
            maybe(whole("seats.LIST@DISTRICT", "seats", "seats of the list in the district")),
        ),
        maybe(text("bloc", "the lists of the largest bloc, with + between")),
        maybe(whole("bloc.seats", "seats", "seats of the largest bloc")),
        each(
            Each::Stage,
            maybe(whole("stage.STAGE", "days", "days from election day until the stage was over")),
        ),
        each(
            Each::Stage,
            maybe(whole("sittings.STAGE", "sittings", "sittings held to elect its officer")),
        ),
        each(
            Each::Stage,
            maybe(whole("present.STAGE", "members", "members present at the first of them")),
        ),
        each(
            Each::Stage,
            maybe(whole("ballot.STAGE", "votes", "votes behind the winner at the last")),
        ),
        each(
            Each::Candidate,
            whole("failed.CANDIDATE", "", "1 if nominated and failed in the run, else 0"),
        ),
        whole("failures", "tries", "failed tries of any stage"),
        maybe(whole("government.days", "days", "days from election day to confidence")),
        maybe(text("government", "the lists of the government, with + between")),
        maybe(text("head", "id of the head of government; empty where none was formed")),
        each(
            Each::Office,
            maybe(text("office.OFFICE", "the list that holds it, `no-list`, or `empty`")),
        ),
        each(Each::Quantity, maybe(real("QUANTITY", "its own", "what the processes report"))),
    ],
};

/// What is followed through each run.
pub const COURSE: Schema = Schema {
    name: "course",
    about: "A day of a run: what is followed through it, every four weeks from the as-of date.",
    columns: &[
        whole("run", "", "number of the run"),
        whole("draw", "", "number of the draw of the case's estimates it used"),
        day("day", "the day"),
        each(Each::Followed, real("QUANTITY", "its own", "what is followed")),
    ],
};

/// All of them, in the order in which a case becomes futures.
pub const ALL: [&Schema; 6] = [&ESTIMATES, &TIES, &EVENTS, &CLAIMS, &RUNS, &COURSE];

/// Who holds sway over a decision.
pub const SWAY: Schema = Schema {
    name: "sway",
    about: "An actor with sway over the decision: what `measure` shows.",
    columns: &[
        text("actor", "id of the actor"),
        text("name", "its name"),
        text("kind", "state, party, faction and others"),
        real("sway", "share in [0, 1]", "all of its sway, mean over draws"),
        real("low", "share in [0, 1]", "the 5 % point"),
        real("high", "share in [0, 1]", "the 95 % point"),
        real("own", "share in [0, 1]", "held by right of its own seats"),
        real("political", "share in [0, 1]", "through the political channel"),
        real("security", "share in [0, 1]", "through the security channel"),
        real("economic", "share in [0, 1]", "through the economic channel"),
        real("social", "share in [0, 1]", "through the social channel"),
        real("information", "share in [0, 1]", "through the information channel"),
        real("diplomatic", "share in [0, 1]", "through the diplomatic channel"),
    ],
};

/// What a scenario changes.
pub const DIFFERENCES: Schema = Schema {
    name: "differences",
    about: "A quantity in two scenarios, run by run under the same luck: what `compare` shows.",
    columns: &[
        text("quantity", "what it is, or its id where a process reports it"),
        text("unit", "what it counts"),
        real("base", "as in `unit`", "its mean in the base"),
        real("scenario", "as in `unit`", "its mean in the scenario"),
        real("difference", "as in `unit`", "scenario minus base, mean over runs"),
        real("low", "as in `unit`", "the 5 % point of the difference over runs"),
        real("high", "as in `unit`", "the 95 % point"),
        real("error", "as in `unit`", "half-width of the 95 % interval of the mean difference"),
        real("changed", "share in [0, 1]", "the share of runs in which it differs at all"),
        whole("runs", "runs", "runs that have it in both"),
    ],
};

/// Who gets what he wants.
pub const INFLUENCE: Schema = Schema {
    name: "influence",
    about: "An actor in a matter, with and without its say: what `influence` shows.",
    columns: &[
        text("matter", "id of what is decided"),
        text("actor", "id of the actor, with those that speak for it"),
        maybe(text("part", "channel or neighbour, where it is split; empty for the whole")),
        maybe(text("wants", "the alternatives it wants in most runs, with ; between")),
        maybe(real("success", "share in [0, 1]", "how often it comes out as the actor wants")),
        maybe(real("luck", "share in [0, 1]", "how often it would have without the actor")),
        real("decisiveness", "share in [-1, 1]", "success minus luck, or a part of that"),
        real("low", "share in [-1, 1]", "the low end of its 90 % interval, by pairs of runs"),
        real("high", "share in [-1, 1]", "the high end"),
        maybe(real(
            "moves",
            "share in [0, 1]",
            "how often it comes out otherwise without the actor",
        )),
        maybe(real("impose", "probability", "that the members it holds bring a decision about")),
        maybe(real("block", "probability", "that they stop one")),
    ],
};

/// How forecasts did.
pub const SCORES: Schema = Schema {
    name: "scores",
    about: "A dated question with its forecast and what came true: what `score` shows.",
    columns: &[
        text("question", "id of the question"),
        text("text", "the question"),
        text("set", "development or validation"),
        text("kind", "what sort of answer it has"),
        day("as_of", "the last day of information"),
        maybe(real("probability", "probability", "of yes, or of the likeliest name")),
        maybe(text("likeliest", "the likeliest name, where names are asked for")),
        maybe(real("median", "the question's", "the middle, where a number is asked for")),
        maybe(real("low", "the question's", "the 5 % point")),
        maybe(real("high", "the question's", "the 95 % point")),
        maybe(text("truth", "what came true, where it is known")),
        maybe(real("brier", "score", "Brier score: 0 is best")),
        maybe(real("log", "score", "logarithmic score")),
        maybe(real("crps", "the question's", "continuous ranked probability score: 0 is best")),
    ],
};

/// Counts of runs as VIEWS takes forecasts.
pub const VIEWS: Schema = Schema {
    name: "views",
    about: "What a run counts over its window, as a draw of a forecast: what `export views` writes.",
    columns: &[
        text("unit", "id of the quantity that is counted"),
        whole("month_id", "", "month of the as-of date, January 1980 being 1"),
        whole("month_id_to", "", "month of the last day that is counted"),
        whole("draw", "", "number of the run"),
        real("outcome", "count", "how many in the whole window"),
    ],
};

/// What verbs show.
pub const SHOWN: [&Schema; 5] = [&SWAY, &INFLUENCE, &DIFFERENCES, &SCORES, &VIEWS];
