//! The answers to the case's key questions, in the reader's order: the question, how likely it is and by which number,
//! what it was in the brief before, and in a sentence of its own how sure that is and why.

use case::Case;

use super::confidence::{Grounds, confidence, tempered};
use super::facts::{self, Facts};
use super::notes::Notes;
use super::{Findings, words};
use crate::brief::{Block, Judgement, Section};
use crate::joined::{Answer, Drawn, Said};
use crate::likelihood::Likelihood;
use crate::numbers;
use crate::table::{Column, Table};
use crate::text::{NoteKey, Text};

/// The share of a number's distribution between the ends that are told.
const INNER: f64 = 0.9;

/// The key of a question's answer in the record.
pub(super) fn key_of(answer: &Answer) -> String {
    format!("answer.{}", answer.id)
}

/// The answers that can be given.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Judgement> {
    let answers = &findings.joined.answers;
    answers.iter().filter_map(|answer| judgement(findings, notes, answer)).collect()
}

/// What is said of where the questions come from, and of those that have no answer.
pub(super) fn asked(findings: &Findings<'_>) -> Text {
    let answers = &findings.joined.answers;
    let case = findings.model.case;
    let stamp = stamp(case).text(old(case)).text(coarse(findings.summary.runs));
    let record = format!(" {}", super::confidence::on_record(findings));
    if answers.is_empty() {
        return stamp
            .plain("The case asks no key questions; these follow from what it holds.")
            .plain(record);
    }
    let mut text = stamp.plain("The questions are those of the case, in its order.");
    for answer in answers {
        if let Err(why) = &answer.said {
            text = text
                .plain(" Not answered: \u{201c}")
                .name(answer.question.clone())
                .plain(format!("\u{201d} ({}).", why.trim_end_matches('.')));
        }
    }
    text.plain(record)
}

/// What a page is stamped with whose newest source is old.
fn old(case: &Case) -> Text {
    let Some(newest) = case.quiet_since() else { return Text::new() };
    let (newest, day) = (words::date(newest), words::date(case.as_of));
    Text::new()
        .strong(format!(
            "No source is newer than {newest}: what happened between then and {day} is not in these answers."
        ))
        .plain(" ")
}

/// Futures below which a page says that they are few: the standard error of a chance of one half is
/// then more than three points in a hundred.
const FEW: usize = 250;

/// What a page of few futures is stamped with.
fn coarse(futures: usize) -> Text {
    if futures >= FEW {
        return Text::new();
    }
    let many = match futures {
        1 => "one future was".to_owned(),
        n => format!("{} futures were", numbers::whole(n as f64)),
    };
    Text::new()
        .strong(format!("Only {many} run: the chances on this page are coarse; take 2,000."))
        .plain(" ")
}

/// Whether a number is one that a new case begins with, which nobody has judged.
pub(super) fn is_made_up(belief: &case::Belief) -> bool {
    belief.judged.as_deref().is_some_and(|judged| judged.starts_with("to be replaced"))
}

/// What a page of a case is stamped with whose numbers nobody has judged yet: those that a new case begins with.
fn stamp(case: &Case) -> Text {
    match case.beliefs.iter().filter(|b| is_made_up(b)).count() {
        0 => Text::new(),
        n => Text::new()
            .strong(format!(
                "{} of the {} numbers behind this page are made up: nobody has judged them yet, and no answer here means anything.",
                numbers::whole(n as f64),
                numbers::whole(case.beliefs.len() as f64)
            ))
            .plain(" "),
    }
}

fn judgement(findings: &Findings<'_>, notes: &mut Notes<'_>, answer: &Answer) -> Option<Judgement> {
    let said = answer.said.as_ref().ok()?;
    let roots = roots(findings, answer);
    let holds = |path: &str| roots.iter().any(|root| path.starts_with(root.as_str()));
    let apart = answer.outside.as_ref().zip(answer.runs.as_ref()).and_then(|(a, b)| apart(a, b));
    let outside = answer.outside.is_some();
    let both = answer.outside.as_ref().zip(answer.runs.as_ref());
    let both = both.map(|(one, other)| (short(one), short(other)));
    let grounds = Grounds { holds: &holds, apart, outside, views: both };
    let confidence = confidence(findings, &grounds);
    let p = match said {
        Said::Chance(p) => *p,
        Said::Number { .. } => INNER,
        Said::Names(names) => names.first()?.1,
    };
    let likelihood = tempered(findings, p, confidence.level);
    let note = on(findings, notes, answer, said);
    let statement = Text::new()
        .strong(answer.question.clone())
        .plain(" ")
        .text(sentence(said, &likelihood, &note))
        .text(views(answer, &note))
        .plain(".")
        .text(before(findings, answer));
    Some(Judgement { key: key_of(answer), statement, likelihood, confidence, evidence: vec![note] })
}

/// The note on an answer: first the estimates of what the question asks about, and of what may be the answer.
fn on(findings: &Findings<'_>, notes: &mut Notes<'_>, answer: &Answer, said: &Said) -> NoteKey {
    let case = findings.model.case;
    let ask = answer.ask.as_deref().unwrap_or_default();
    let mut about: Vec<&str> = ask
        .split(|c: char| !(c.is_alphanumeric() || "_-".contains(c)))
        .filter(|word| word.contains(char::is_alphabetic))
        .collect();
    if let Said::Names(names) = said {
        let told = |name: &str| names.iter().any(|(told, p)| *p >= 0.05 && told == name);
        let actors = case.actors.iter().filter(|a| told(&a.name)).map(|a| a.id.get_ref());
        let people = case.candidates.iter().filter(|c| told(&super::persons::told(case, &c.name)));
        about.extend(actors.chain(people.map(|c| c.id.get_ref())).map(String::as_str));
    }
    let roots = roots(findings, answer);
    notes.on_near(
        key_of(answer),
        answer.question.clone(),
        derivation(answer, said),
        |path| roots.iter().any(|root| path.starts_with(root.as_str())),
        |path| path.split(['.', ':', '>']).any(|part| about.contains(&part)),
    )
}

/// The answer itself, without its full stop.
fn sentence(said: &Said, likelihood: &Likelihood, note: &NoteKey) -> Text {
    let (opening, _) = likelihood.opening_parts();
    match said {
        Said::Chance(p) => Text::new()
            .plain(format!("{opening} "))
            .likely(likelihood)
            .plain(": ")
            .number(numbers::percent(*p), note.clone()),
        Said::Number { value, low, high, days } => {
            let unit = if *days { " days" } else { "" };
            Text::new()
                .opening(likelihood)
                .plain("it is between ")
                .plain(format!(
                    "{} and {}{unit}, with even chances of more and of less than ",
                    amount(*low, *low, *high),
                    amount(*high, *low, *high)
                ))
                .number(amount(*value, *low, *high), note.clone())
        }
        Said::Names(names) => {
            let mut text = Text::new();
            let Some((first, p)) = names.first() else { return text };
            text = text.plain("Most likely ").name(words::mid(first)).plain(match opening {
                "There is a" => ", with a ",
                "There is" => ", with ",
                _ if *p < 0.5 => ", though that is ",
                _ => ", which is ",
            });
            text = text.likely(likelihood).plain(": ").number(numbers::percent(*p), note.clone());
            let rest: Vec<Text> = names[1..]
                .iter()
                .filter(|(_, p)| *p >= 0.05)
                .take(2)
                .map(|(name, p)| {
                    Text::new()
                        .name(words::mid(name))
                        .plain(" ")
                        .number(numbers::percent(*p), note.clone())
                })
                .collect();
            match rest.is_empty() {
                true => text,
                false => text.plain("; then ").text(words::row(rest)),
            }
        }
    }
}

/// What the two views say each.
fn views(answer: &Answer, note: &NoteKey) -> Text {
    let short = |said: &Said| Text::new().number(short(said), note.clone());
    match (&answer.outside, &answer.runs) {
        (Some(outside), Some(runs)) => Text::new()
            .plain(" (elsewhere ")
            .text(short(outside))
            .plain(", the runs ")
            .text(short(runs))
            .plain(match answer.drawn {
                Some(_) => ", drawn toward even odds)",
                None => ")",
            }),
        (Some(outside), None) if answer.drawn.is_some() => Text::new()
            .plain(" (elsewhere ")
            .text(short(outside))
            .plain(", drawn toward even odds)"),
        (Some(_), None) => Text::from(" (from what happened elsewhere alone)"),
        // Where no class answers, even odds stand for it.
        (None, Some(runs)) if answer.weight.is_some() => Text::new()
            .plain(" (the runs ")
            .text(short(runs))
            .plain("; no past cases; drawn toward even odds)"),
        (None, _) => Text::from(" (from the runs alone)"),
    }
}

/// What it was in the brief before.
fn before(findings: &Findings<'_>, answer: &Answer) -> Text {
    let Some(before) = &findings.joined.earlier else { return Text::new() };
    let key = key_of(answer);
    let day = words::date(before.as_of);
    if let Some(old) = before.numbers.iter().find(|old| old.key == key) {
        let value = amount(old.value, old.low, old.high);
        return Text::from(format!(" On {day} it was {value}."));
    }
    match before.judgements.iter().find(|old| old.key == key) {
        Some(old) => {
            let hundred = numbers::percent(old.probability);
            let word = old.word.as_ref().map_or(String::new(), |word| format!(" {word},"));
            Text::from(format!(
                " On {day} it was{word} {hundred} by the runs and cases known then."
            ))
        }
        None => Text::new(),
    }
}

/// A number to the digits that its range allows.
pub(super) fn amount(value: f64, low: f64, high: f64) -> String {
    match high - low {
        wide if wide >= 3.0 => {
            let step = numbers::step(low, high);
            numbers::whole((value / step).round() * step)
        }
        wide if wide >= 0.3 => numbers::decimal(value, 1),
        _ => numbers::decimal(value, 2),
    }
}

/// What a view says, in a few characters.
pub(super) fn short(said: &Said) -> String {
    match said {
        Said::Chance(p) => numbers::percent(*p),
        Said::Number { value, low, high, .. } => amount(*value, *low, *high),
        Said::Names(names) => names
            .first()
            .map_or_else(String::new, |(name, p)| format!("{name} {}", numbers::percent(*p))),
    }
}

/// How far two views lie apart: in probability, or in the widths of the wider interval.
fn apart(one: &Said, other: &Said) -> Option<f64> {
    match (one, other) {
        (Said::Chance(a), Said::Chance(b)) => Some((a - b).abs()),
        (
            Said::Number { value: a, low: l, high: h, .. },
            Said::Number { value: b, low: m, high: i, .. },
        ) => Some((a - b).abs() / (h - l).max(i - m).max(f64::MIN_POSITIVE)),
        _ => None,
    }
}

fn derivation(answer: &Answer, said: &Said) -> String {
    let mut parts = Vec::new();
    if let Some(outside) = &answer.outside {
        let class =
            answer.class.as_deref().map_or(String::new(), |class| format!(", from {class}"));
        parts.push(format!("What happened elsewhere and before: {}{class}.", full(outside)));
    } else if answer.weight.is_some() {
        parts.push("No class of past cases answers it: even odds stand for one.".to_owned());
    }
    if let Some(runs) = &answer.runs {
        parts.push(format!("The runs: {}.", full(runs)));
    }
    let joined = joined(answer, said);
    if let Some(weight) = answer.weight {
        let weight = numbers::decimal(weight, 2);
        parts.push(format!("Joined, the runs weighing {weight} of one: {joined}."));
    }
    if let Some(drawn) = &answer.drawn {
        parts.push(format!("Drawn toward even odds, {}: {}.", why(drawn), full(said)));
    }
    parts.join(" ")
}

/// What the views say joined, before it was drawn toward even odds.
fn joined(answer: &Answer, said: &Said) -> String {
    answer.drawn.map_or_else(|| full(said), |drawn| numbers::percent(drawn.from))
}

/// Why a probability is drawn toward even odds, and how far.
fn why(drawn: &Drawn) -> String {
    let slope = numbers::decimal(drawn.slope, 2);
    match drawn.forecasts {
        0 => format!("log odds times {slope}, for no earlier forecast shows how sure one may be"),
        1 => format!(
            "log odds times {slope}, learnt from one earlier forecast of this case or another"
        ),
        n => {
            format!("log odds times {slope}, learnt from {n} forecasts of this case and of others")
        }
    }
}

fn full(said: &Said) -> String {
    match said {
        Said::Chance(p) => numbers::percent(*p),
        Said::Number { value, low, high, .. } => {
            let of = |x: f64| amount(x, *low, *high);
            format!("{} ({} to {})", of(*value), of(*low), of(*high))
        }
        Said::Names(names) => {
            let told = names.iter().map(|(name, p)| format!("{name} {}", numbers::percent(*p)));
            told.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The beginnings of the paths that an answer of the runs rests on.
fn roots(findings: &Findings<'_>, answer: &Answer) -> Vec<String> {
    let Some(ask) = &answer.ask else { return Vec::new() };
    let words: Vec<&str> =
        ask.split(|c: char| !(c.is_alphanumeric() || "._->:@".contains(c))).collect();
    let begins = |of: &[&str]| words.iter().any(|word| of.iter().any(|o| word.starts_with(o)));
    let mut roots: Vec<String> = Vec::new();
    let mut add = |of: &[&str]| roots.extend(of.iter().map(|o| (*o).to_owned()));
    if begins(&["seats", "votes", "turnout", "largest", "first.", "bloc."]) {
        add(&["prior.", "district.", "contest.", "entry.", "process.election."]);
    }
    if begins(&[
        "government",
        "head",
        "stage",
        "day.stage",
        "fail",
        "office",
        "governs",
        "in_bloc",
        "ballot",
        "present",
        "sittings",
    ]) {
        add(&[
            "stage.",
            "candidate.",
            "preference.",
            "membership.",
            "position.",
            "office.",
            "process.formation.",
        ]);
    }
    if begins(&["sway."]) {
        add(&["tie.", "actor.", "channels."]);
    }
    for reported in &findings.summary.quantities {
        let quantity = &reported.quantity;
        if ask.contains(quantity.id.as_str()) {
            let of_tale = quantity.tale.iter().flat_map(|tale| &tale.roots);
            let of_amount = quantity.amount.iter().flat_map(|amount| &amount.roots);
            roots.extend(of_tale.chain(of_amount).cloned());
            roots.push(format!("process.{}.", quantity.key.process));
        }
    }
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// Each question with its views, what it hangs on and where its matter stands.
pub(super) fn section(
    findings: &Findings<'_>,
    facts: &Facts<'_>,
    notes: &mut Notes<'_>,
) -> Option<Section> {
    let answers = &findings.joined.answers;
    if answers.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for answer in answers {
        blocks.push(Block::Heading(answer.question.clone()));
        let Ok(said) = &answer.said else {
            let why = answer.said.as_ref().err().map_or("", String::as_str);
            blocks.push(Block::Paragraph(Text::from(format!(
                "No answer: {}.",
                why.trim_end_matches('.')
            ))));
            continue;
        };
        blocks.push(Block::Table(table(answer, said)));
        let matters = facts.matters.iter().filter(|m| concerns(answer, m));
        let standing: Vec<Text> = matters
            .map(|m| Text::new().name(m.name.clone()).plain(format!(": {}.", m.status.words)))
            .collect();
        if !standing.is_empty() {
            blocks.push(Block::List(standing));
        }
        let key = on(findings, notes, answer, said);
        if let Some(rests) = notes.strongest(&key, &about(findings, answer, said)) {
            blocks.push(Block::Paragraph(Text::from(rests)));
        }
    }
    Some(Section { heading: "The answers, one by one".to_owned(), blocks })
}

/// The words that a sentence must share with a question to be quoted under it: the names in the question and of its
/// answers, the state's own left out, which is in every sentence.
fn about(findings: &Findings<'_>, answer: &Answer, said: &Said) -> Vec<String> {
    let case = findings.model.case;
    let mut told = vec![answer.question.clone()];
    if let Said::Names(names) = said {
        told.extend(names.iter().filter(|(_, p)| *p >= 0.05).map(|(name, _)| name.clone()));
    }
    let state = case.actor(case.head.state.get_ref()).map_or("", |a| a.name.as_str());
    let own = |word: &str| case.head.title.contains(word) || state.contains(word);
    let months = 1..=12_i8;
    let months: Vec<String> = months
        .filter_map(|m| jiff::civil::Date::new(2000, m, 1).ok())
        .map(|day| day.strftime("%B").to_string())
        .collect();
    let names = |sentence: &String| -> Vec<String> {
        let words = sentence.split(|c: char| !c.is_alphanumeric() && c != '-');
        // A sentence begins with a capital whatever it begins with.
        let later = words.enumerate().filter(|(at, _)| *at > 0 || sentence != &answer.question);
        later
            .map(|(_, word)| word.to_owned())
            .filter(|w| w.chars().count() >= 3 && w.chars().next().is_some_and(char::is_uppercase))
            .filter(|word| !own(word) && !months.contains(word))
            .collect()
    };
    told.iter().flat_map(names).collect()
}

fn table(answer: &Answer, said: &Said) -> Table {
    let mut table = Table::new(
        String::new(),
        vec![Column::words("View"), Column::numbers("It says"), Column::words("It rests on")],
    );
    if let Some(outside) = &answer.outside {
        let class = answer.class.clone().unwrap_or_default();
        table.row(["Elsewhere and before".to_owned(), full(outside), class]);
    } else if answer.weight.is_some() {
        let none = "no class of past cases answers it".to_owned();
        table.row(["Even odds".to_owned(), numbers::percent(0.5), none]);
    }
    if let Some(runs) = &answer.runs {
        table.row([
            "The runs of this case".to_owned(),
            full(runs),
            "the estimates of the case".to_owned(),
        ]);
    }
    if let Some(weight) = answer.weight {
        let weighs = format!("the runs weigh {} of one", numbers::decimal(weight, 2));
        table.row(["Both joined".to_owned(), joined(answer, said), weighs]);
    }
    if let Some(drawn) = &answer.drawn {
        table.row(["Drawn toward even odds".to_owned(), full(said), why(drawn)]);
    }
    for (by, on, p) in &answer.others {
        let aside = "said beside it, and not joined".to_owned();
        table.row([format!("{by}, {}", words::date(*on)), numbers::percent(*p), aside]);
    }
    table
}

/// Whether a question is about a matter.
pub(super) fn concerns(answer: &Answer, matter: &facts::Matter<'_>) -> bool {
    answer.ask.as_ref().is_some_and(|ask| ask.contains(matter.id.as_str()))
}
