//! Paths of estimates in words, so that no page shows what only the case's files need.

use case::Case;

use super::persons::told;
use super::words::mid;

/// What the estimates of a kind are called: kind, field, words. `{1}` is the last part of the key, `{2}` the one before,
/// each by its name.
const WORDS: &[(&str, &str, &str)] = &[
    ("actor", "autonomy", "weight of {1}'s own view"),
    ("anchor", "kappa", "how far pull carries wishes, from settled decisions"),
    ("anchor", "lambda", "how firmly choosers follow their wishes, from settled decisions"),
    ("bill", "hazard", "chance in a year that {1} is proposed"),
    ("bill", "position", "where {1} would settle its issue"),
    ("bill", "status_quo", "where the issue of {1} stands without it"),
    ("campaign", "branching", "further attacks that one of {2} on {1} brings on"),
    ("campaign", "heat", "growth of {2}'s attacks on {1} with each rung"),
    ("campaign", "rate", "attacks a week of {2} on {1}"),
    ("candidate", "appeal", "general appeal of {1}"),
    ("decision", "hazard", "chance in a year that {1} comes up"),
    ("designation", "hazard", "chance in a year that {3} puts sanctions on {2}"),
    ("dialogue", "interval", "days between rounds of {1}"),
    ("dialogue", "rounds", "rounds of {1}"),
    ("district", "electorate", "registered voters in {1}"),
    ("district", "fringe", "share of small lists' votes in {1}"),
    ("district", "fringe_lists", "number of small lists in {1}"),
    ("district", "turnout", "turnout in {1}"),
    ("entry", "abstain", "share of {1}'s voters who stay at home"),
    ("entry", "evenness", "how evenly {1}'s votes spread over its candidates"),
    ("entry", "nomination", "candidates of {1} for each seat it could be sure of"),
    ("favour", "value", "what {2} make of {1}"),
    ("issue", "status_quo", "where things stand on {1}"),
    ("law", "evenness", "how evenly a list's votes spread over its candidates"),
    ("law", "nomination", "candidates for each seat a list could be sure of"),
    ("law", "within_list", "share of a list's papers that stay within it"),
    ("law", "women_behind", "share of a list's men who have more votes than its women"),
    ("law", "women_candidates", "share of women among a list's candidates"),
    ("membership", "cohesion", "how likely {2} goes with {1}"),
    ("narrative", "reach", "reach in a month of “{1}”"),
    ("narrative", "slant", "slant of “{1}”"),
    ("office", "kept", "how likely {1} stays with the list of the convention"),
    ("office", "points", "worth of {1} in the sharing-out"),
    ("office", "vacancy", "how likely {1} is still empty when the government has confidence"),
    ("pillar", "hazard", "chance in a year that {1} falls"),
    ("pillar", "weight", "what {1} is worth to the patron"),
    ("poll", "percent", "percent in a poll: {1}"),
    ("position", "capability", "what {2} can bring to bear on {1}"),
    ("position", "position", "where {2} stands on {1}"),
    ("position", "salience", "how much {2} minds about {1}"),
    ("preference", "care", "how much {2} cares who it is"),
    ("preference", "threat", "chance that {2} threatens over {1}"),
    ("preference", "value", "view of {2} on {1}"),
    ("prior", "share", "expected share of {1} in {2}"),
    ("revenue", "exposed", "share of {2}'s income ({1}) that banks can shut off"),
    ("revenue", "value", "yearly income of {2} ({1})"),
    ("rivalry", "calm", "chance in a week that {1} calms"),
    ("rivalry", "rise", "chance in a quiet week that {1} heats up"),
    ("rivalry", "rung", "rung of {1} on the date"),
    ("segment", "protest", "readiness of {1} to protest"),
    ("segment", "share", "share of {1} among those who may vote"),
    ("shock", "days", "days that “{1}” lasts"),
    ("shock", "hazard", "chance in a year of “{1}”"),
    ("stage", "days", "days of “{1}”"),
    ("stage", "package", "chance that “{1}” waits for the talks on all offices"),
    ("supply", "cut", "chance in a year that the supplier cuts {1}"),
    ("supply", "days", "days that a cut of {1} lasts"),
    ("supply", "share", "share of the need that {1} covers"),
    ("supply", "substitute", "share of {1} that is soon replaced"),
    ("supply", "value", "yearly worth of {1}"),
    ("tie", "bandwidth", "how much passes by the {1} tie from {3} to {2}"),
    ("tie", "dependence", "how much {2} depends on the {1} tie from {3}"),
    ("veto", "strength", "how surely {2} stops {1}"),
    ("visit", "rate", "visits a year of {2} to {1}"),
    ("visit", "restraint", "share of {2}'s visits to {1} that ask to hold back"),
    ("waiver", "renewal", "chance that {1} is renewed"),
    ("weapon", "range", "range of {1} in km"),
];

/// A path of the case in words: `tie.a>b:security.bandwidth` as "how much passes by the security tie from A to B".
#[must_use]
pub fn plain_path(case: &Case, path: &str) -> String {
    let Some((kind, rest)) = path.split_once('.') else { return path.to_owned() };
    let (key, field) = rest.rsplit_once('.').unwrap_or(("", rest));
    // Keys whose parts may hold what parts other keys.
    match kind {
        "wish" => return wish(case, key, field).unwrap_or_else(|| path.to_owned()),
        "effect" | "term" => {
            let Some((of, on)) = key.split_once('>') else { return path.to_owned() };
            let of = of.split(':').map(|id| named(case, id)).collect::<Vec<_>>().join(", ");
            return format!("what “{of}” does to {}", target(case, on));
        }
        "channels" => return format!("weight of the {field} channel"),
        "process" => return format!("{} ({key})", field.replace('_', " ")),
        "contest" => return format!("{} of the election", field.replace('_', " ")),
        _ => {}
    }
    let parts: Vec<&str> = key.split([':', '>']).rev().collect();
    let Some((_, _, words)) = WORDS.iter().find(|(k, f, _)| (*k, *f) == (kind, field)) else {
        return path.to_owned();
    };
    let mut told = (*words).to_owned();
    for (place, id) in parts.iter().enumerate() {
        told = told.replace(&format!("{{{}}}", place + 1), &named(case, id));
    }
    told
}

/// What a wish says: of whom, for what, in which matter.
fn wish(case: &Case, key: &str, field: &str) -> Option<String> {
    let (actor, rest) = key.split_once('>')?;
    let (matter, alternative) = rest.split_once(':')?;
    let (actor, matter) = (named(case, actor), named(case, matter));
    Some(match field {
        "value" => format!("wish of {actor} for “{alternative}” ({matter})"),
        "care" => format!("how much {actor} cares about {matter}"),
        "threat" => format!("chance that {actor} threatens over “{alternative}” ({matter})"),
        _ => return None,
    })
}

/// What an effect works on: `tie.a>b:economic` as "the economic tie from A to B".
fn target(case: &Case, on: &str) -> String {
    let (kind, key) = on.split_once('.').unwrap_or(("", on));
    let parts: Vec<String> = key.split([':', '>']).map(|id| named(case, id)).collect();
    match (kind, &parts[..]) {
        ("tie", [from, to, channel]) => format!("the {channel} tie from {from} to {to}"),
        ("revenue", [actor, stream]) => format!("{actor}'s income ({stream})"),
        ("favour", [of, actor]) => format!("what {of} make of {actor}"),
        ("favour", [actor]) => format!("what people make of {actor}"),
        _ => parts.join(", "),
    }
}

/// The name of what an id stands for, as it stands within a sentence; the id itself where it has none.
fn named(case: &Case, id: &str) -> String {
    if let Some(actor) = case.actor(id) {
        return mid(actor.label());
    }
    if let Some(candidate) = case.candidates.iter().find(|c| c.id.get_ref() == id) {
        return mid(&told(case, &candidate.name));
    }
    macro_rules! look {
        ($($list:ident: $name:ident),*) => {
            $(if let Some(found) = case.$list.iter().find(|e| e.id.get_ref() == id) {
                return mid(&found.$name);
            })*
        };
    }
    look!(
        bills: name, decisions: name, dialogues: name, districts: name, issues: name,
        narratives: says, offices: name, pillars: name, polls: what, rivalries: name, segments: name,
        shocks: name, stages: name, supplies: name, waivers: name, weapons: name
    );
    id.replace('_', " ")
}
