//! Actors as nodes and ties as edges with their attributes, each declared once: what GraphML and GEXF write.

use case::Case;
use case::tie::Tie;
use jiff::civil::Date;

use super::Material;
use crate::believed::word;

/// A value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Real(f64),
    Truth(bool),
}

/// An attribute: its name and what sort of value it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute {
    pub name: &'static str,
    pub sort: Sort,
}

/// What sort of values an attribute has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    Real,
    Truth,
}

impl Sort {
    /// Its name, which GraphML and GEXF have in common.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Real => "double",
            Self::Truth => "boolean",
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Real(number) => write!(f, "{number}"),
            Self::Truth(truth) => write!(f, "{truth}"),
        }
    }
}

const fn attribute(name: &'static str, sort: Sort) -> Attribute {
    Attribute { name, sort }
}

/// What a node says of itself, beside its label.
pub(super) const NODE: [Attribute; 10] = [
    attribute("name", Sort::Text),
    attribute("kind", Sort::Text),
    attribute("role", Sort::Text),
    attribute("side", Sort::Text),
    attribute("community", Sort::Text),
    attribute("leader", Sort::Text),
    attribute("aliases", Sort::Text),
    attribute("since", Sort::Text),
    attribute("until", Sort::Text),
    attribute("sources", Sort::Text),
];

/// What an edge says of itself, beside its weight.
pub(super) const EDGE: [Attribute; 13] = [
    attribute("channel", Sort::Text),
    attribute("low", Sort::Real),
    attribute("high", Sort::Real),
    attribute("bandwidth", Sort::Real),
    attribute("bandwidth_low", Sort::Real),
    attribute("bandwidth_high", Sort::Real),
    attribute("dependence", Sort::Real),
    attribute("dependence_low", Sort::Real),
    attribute("dependence_high", Sort::Real),
    attribute("since", Sort::Text),
    attribute("until", Sort::Text),
    attribute("sources", Sort::Text),
    attribute("judged", Sort::Truth),
];

/// An actor.
#[derive(Debug)]
pub(super) struct Node<'c> {
    pub id: &'c str,
    pub label: &'c str,
    pub days: [Option<Date>; 2],
    /// As [`NODE`] has them; nothing where it is not known.
    pub values: [Option<Value>; NODE.len()],
}

/// A tie.
#[derive(Debug)]
pub(super) struct Edge<'c> {
    pub id: String,
    pub from: &'c str,
    pub to: &'c str,
    /// The pull: bandwidth times dependence, at their best values.
    pub weight: f64,
    pub days: [Option<Date>; 2],
    /// As [`EDGE`] has them; nothing where it is not known.
    pub values: [Option<Value>; EDGE.len()],
}

fn text(text: impl Into<String>) -> Option<Value> {
    Some(Value::Text(text.into())).filter(|value| *value != Value::Text(String::new()))
}

fn day(day: Option<Date>) -> Option<Value> {
    day.and_then(|day| text(day.to_string()))
}

/// What an actor is to the case: its state, or one of those whose sway it is about.
fn role(case: &Case, id: &str) -> Option<Value> {
    if case.head.state.get_ref() == id {
        return text("state");
    }
    case.head.focus.iter().any(|focus| focus.get_ref() == id).then(|| text("focus")).flatten()
}

/// The actors.
pub(super) fn nodes<'c>(material: &Material<'c>) -> Vec<Node<'c>> {
    let case = material.case;
    let node = |actor: &'c case::actor::Actor| {
        let id = actor.id.get_ref().as_str();
        let of = case.memberships.iter().filter(|m| m.actor.get_ref() == id);
        let blocs: Vec<&str> = of.map(|m| m.bloc.get_ref().as_str()).collect();
        let sources: Vec<&str> = actor.source.0.iter().map(|k| k.get_ref().as_str()).collect();
        Node {
            id,
            label: actor.label(),
            days: [actor.since, actor.until],
            values: [
                text(&actor.name),
                text(word(&actor.kind)),
                role(case, id),
                text(blocs.join(";")),
                actor.community.clone().and_then(text),
                actor.leader.clone().and_then(text),
                text(actor.aliases.join(";")),
                day(actor.since),
                day(actor.until),
                text(sources.join(";")),
            ],
        }
    };
    case.actors.iter().map(node).collect()
}

/// The ties of the channels that are wanted.
pub(super) fn edges<'c>(material: &Material<'c>) -> Vec<Edge<'c>> {
    let edge = |tie: &'c Tie| {
        let (wide, deep) =
            (material.case.belief(&tie.bandwidth), material.case.belief(&tie.dependence));
        let real = |number: f64| Some(Value::Real(number));
        Edge {
            id: format!("{}>{}:{}", tie.from.get_ref(), tie.to.get_ref(), tie.channel.name()),
            from: tie.from.get_ref(),
            to: tie.to.get_ref(),
            weight: wide.value * deep.value,
            days: [tie.since, tie.until],
            values: [
                text(tie.channel.name()),
                real(wide.low * deep.low),
                real(wide.high * deep.high),
                real(wide.value),
                real(wide.low),
                real(wide.high),
                real(deep.value),
                real(deep.low),
                real(deep.high),
                day(tie.since),
                day(tie.until),
                text(material.sources(tie).join(";")),
                Some(Value::Truth(wide.judged.is_some() || deep.judged.is_some())),
            ],
        }
    };
    material.ties().map(edge).collect()
}
