//! The event classes of PLOVER.

use serde::{Deserialize, Serialize};

/// The sixteen event classes of PLOVER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Class {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl Class {
    /// All classes in PLOVER's order.
    pub const ALL: [Class; 16] = [
        Class::Agree,
        Class::Consult,
        Class::Support,
        Class::Concede,
        Class::Cooperate,
        Class::Aid,
        Class::Retreat,
        Class::Request,
        Class::Accuse,
        Class::Reject,
        Class::Threaten,
        Class::Protest,
        Class::Sanction,
        Class::Mobilize,
        Class::Coerce,
        Class::Assault,
    ];

    /// The class's name as PLOVER writes it.
    pub fn word(self) -> &'static str {
        match self {
            Class::Agree => "AGREE",
            Class::Consult => "CONSULT",
            Class::Support => "SUPPORT",
            Class::Concede => "CONCEDE",
            Class::Cooperate => "COOPERATE",
            Class::Aid => "AID",
            Class::Retreat => "RETREAT",
            Class::Request => "REQUEST",
            Class::Accuse => "ACCUSE",
            Class::Reject => "REJECT",
            Class::Threaten => "THREATEN",
            Class::Protest => "PROTEST",
            Class::Sanction => "SANCTION",
            Class::Mobilize => "MOBILIZE",
            Class::Coerce => "COERCE",
            Class::Assault => "ASSAULT",
        }
    }

    /// The class of that name.
    pub fn from_word(word: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|c| c.word() == word)
    }

    /// Whether the class is of the two cooperative quads.
    pub fn is_cooperative(self) -> bool {
        self <= Class::Retreat
    }

    /// Whether the class is of the two material quads: a deed, and no words alone.
    pub fn is_material(self) -> bool {
        matches!(self, Class::Cooperate | Class::Aid | Class::Retreat) || self >= Class::Protest
    }
}
