//! What a process says of its quantities, in English: clauses with the names as they stand in a sentence.

use case::Case;
use case::rivalry::Rivalry;
use simulate::quantity::{Came, Piece, Subject, Tale};

use super::words;
use crate::text::Text;

/// The heading of what a movement is about.
pub(super) fn heading(subject: Subject) -> &'static str {
    match subject {
        Subject::Violence => "Strikes and attacks",
        Subject::Sanctions => "Sanctions and waivers",
        Subject::Laws => "Laws and decrees",
        Subject::Decisions => "Other decisions",
        Subject::Talks => "Talks and complaints",
        Subject::Supplies => "Supplies",
        Subject::Streets => "The street",
        Subject::Shocks => "Shocks and allies abroad",
    }
}

/// What follows "It is likely that": no full stop.
pub(super) fn clause(tale: &Tale) -> Text {
    tale.clause.iter().fold(Text::new(), |text, piece| match piece {
        Piece::Plain(words) => text.plain(words.clone()),
        Piece::Name(name) => text.name(words::mid(name)),
        Piece::Title(name) => text.name(name.clone()),
        Piece::Sentence(sentence) => text.name(words::clause(sentence)),
        Piece::Verb(name, one, several) => text.plain(words::agree(name, one, several)),
    })
}

/// Whether a run's value says that it came about; `began` is where the run began, if that is followed.
pub(super) fn came(tale: &Tale, value: Option<f32>, began: Option<f32>) -> bool {
    match (&tale.came, value, began) {
        (_, None, _) => false,
        (Came::Reported, Some(_), _) => true,
        (Came::Climbed(..), Some(value), Some(began)) => value > began,
        (Came::Above(least) | Came::Climbed(_, least), Some(value), _) => f64::from(value) > *least,
    }
}

/// The rung of a rivalry on the as-of date, as the case has it.
pub(super) fn rung(case: &Case, rivalry: &Rivalry) -> f64 {
    case.beliefs.get(rivalry.rung.id).map_or(0.0, |b| b.value.round().max(0.0))
}
