//! The key judgements: the answers to what was asked, or, where a case asks nothing, to what follows from what it holds.
//! Each is a likelihood, and in a sentence of its own confidence with its reasons.

use super::bottom_line::{leading_patron, seats_note, sway_note};
use super::confidence::{Grounds, confidence, tempered};
use super::facts::{Facts, Matter};
use super::influence::{self, stakes};
use super::notes::Notes;
use super::{Findings, answers, motion, telling, words};
use crate::brief::Judgement;
use crate::numbers;
use crate::text::{NoteKey, Text};

/// The most answers to key questions on the first page.
const ANSWERS: usize = 8;
/// The most judgements of a page that nobody asked for.
const MOST: usize = 6;
/// The most words of these, so that the page has no more than 450.
const WORDS: usize = 365;
/// The most matters and the most events that a case without key questions is asked about.
const MATTERS: usize = 2;
const EVENTS: usize = 2;

/// What the estimates of an election, of a government and of sway begin with.
const ELECTION: &[&str] = &["prior.", "district.", "contest.", "entry.", "process.election."];
const FORMATION: &[&str] = &[
    "stage.",
    "candidate.",
    "preference.",
    "membership.",
    "position.",
    "office.",
    "process.formation.",
];
const SWAY: &[&str] = &["tie.", "actor.", "channels."];
const WISHES: &[&str] = &["wish.", "preference.", "tie.", "anchor.", "position."];

/// The judgements that the findings bear.
pub(super) fn write(
    findings: &Findings<'_>,
    facts: &Facts<'_>,
    notes: &mut Notes<'_>,
) -> Vec<Judgement> {
    let mut all = answers::write(findings, notes);
    all.truncate(ANSWERS);
    let asked = !all.is_empty();
    if !asked {
        all.extend(largest(findings, notes));
        if findings.forms() {
            all.extend(head(findings, notes));
            all.extend(when(findings, notes));
        }
        all.extend(matters(findings, facts, notes));
        all.extend(events(findings, notes));
    }
    // Who gets his way stands last, where there is room on the page.
    let room = if asked { all.len() < MOST } else { true };
    if let Some(last) =
        room.then(|| way(findings, facts, notes).or_else(|| sway(findings, notes))).flatten()
    {
        all.truncate(MOST - 1);
        all.push(last);
    }
    // What nobody asked for gives way where the page is full; the last stays.
    while !asked && all.len() > 3 && all.iter().map(long).sum::<usize>() > WORDS {
        all.remove(all.len() - 2);
    }
    all
}

/// How many words a judgement takes on the page.
fn long(judgement: &Judgement) -> usize {
    let count = |text: &Text| text.to_plain().split_whitespace().count();
    count(&judgement.statement) + count(&judgement.confidence.basis) + 3
}

/// A judgement: what was asked, the event with its likelihood, and more that belongs to it.
struct Drafted<'d> {
    key: String,
    question: Text,
    share: f64,
    /// What follows "It is likely that", with its full stop.
    clause: Text,
    /// Which estimates it rests on.
    rests: &'d dyn Fn(&str) -> bool,
    evidence: Vec<NoteKey>,
}

fn judgement(findings: &Findings<'_>, drafted: Drafted<'_>) -> Judgement {
    let grounds = Grounds { holds: drafted.rests, apart: None, outside: false, views: None };
    let confidence = confidence(findings, &grounds);
    let likelihood = tempered(findings, drafted.share, confidence.level);
    let statement = Text::new()
        .strong(drafted.question.to_plain())
        .plain(" ")
        .opening(&likelihood)
        .text(drafted.clause)
        .text(before(findings, &drafted.key));
    Judgement { key: drafted.key, statement, likelihood, confidence, evidence: drafted.evidence }
}

/// What it was in the brief before.
fn before(findings: &Findings<'_>, key: &str) -> Text {
    let Some(record) = &findings.joined.earlier else { return Text::new() };
    match record.judgements.iter().find(|old| old.key == key) {
        Some(old) => Text::from(format!(
            " In the brief of {} it came about in {} of the runs.",
            words::date(record.as_of),
            numbers::percent(old.probability)
        )),
        None => Text::new(),
    }
}

/// Whether a path begins as one of some do.
fn begins(roots: &[&str], path: &str) -> bool {
    roots.iter().any(|root| path.starts_with(root))
}

fn of_runs(findings: &Findings<'_>, share: f64) -> String {
    let runs = findings.summary.runs as u64;
    numbers::of_runs((share * runs as f64).round() as u64, runs)
}

fn largest(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let case = findings.model.case;
    findings.model.elects().then_some(())?;
    let top = findings.summary.lists.first()?;
    let name = case.actor(&top.list)?.name.clone();
    let note = seats_note(notes, findings, top);
    let all = case.assembly.as_ref().map_or(0, |a| *a.seats.get_ref());
    let majority = case.assembly.as_ref().map_or(0, |a| *a.majority.get_ref());
    let seats = numbers::about(top.seats.median, top.seats.low, top.seats.high);
    let range = numbers::range(top.seats.low, top.seats.high);
    let far = match top.seats.high < f64::from(majority) {
        true => format!("; {majority} make a majority, and no list comes near it."),
        false => format!("; {majority} make a majority."),
    };
    let clause = Text::new()
        .name(words::mid(&name))
        .plain(words::agree(&name, " wins most seats, ", " win most seats, "))
        .number(format!("{seats} of {all} ({range})"), note.clone())
        .plain(far);
    let key = format!("largest.{}", top.list);
    let question = Text::from("Who wins the election?");
    let drafted = Drafted {
        key,
        question,
        share: top.first,
        clause,
        rests: &|path| begins(ELECTION, path),
        evidence: vec![note],
    };
    Some(judgement(findings, drafted))
}

/// The note behind the heads of government.
pub(super) fn heads_note(notes: &mut Notes<'_>) -> NoteKey {
    notes.on(
        "heads",
        "Who heads the next government",
        "The share of runs that each nominee ends with confidence; from what actors think of the candidates, how far their pull reaches, and who threatens.",
        |path| path.starts_with("candidate.") || path.starts_with("preference."),
    )
}

/// A type of head of government: how it is told, its share of the runs, and the names under it.
pub(super) struct Kind {
    /// What follows "heads the next government:", such as "the incumbent".
    pub words: &'static str,
    /// The share of runs.
    pub share: f64,
    /// The names under it with their shares, the likeliest first.
    pub names: Vec<(String, f64)>,
}

/// Who heads the next government, by type: the incumbent, somebody whom a list puts forward, somebody whom none does.
pub(super) fn kinds(findings: &Findings<'_>) -> Vec<Kind> {
    let case = findings.model.case;
    let mut all = [
        Kind { words: "the incumbent", share: 0.0, names: Vec::new() },
        Kind { words: "somebody whom a list puts forward", share: 0.0, names: Vec::new() },
        Kind { words: "an outsider whom no list puts forward", share: 0.0, names: Vec::new() },
    ];
    for head in &findings.summary.heads {
        let Some(person) = case.candidates.iter().find(|c| *c.id.get_ref() == head.id) else {
            continue;
        };
        let place = match (person.incumbent, &person.list) {
            (true, _) => 0,
            (false, Some(_)) => 1,
            (false, None) => 2,
        };
        all[place].share += head.share;
        all[place].names.push((head.name.clone(), head.share));
    }
    let mut all: Vec<Kind> = all.into_iter().filter(|kind| kind.share > 0.0).collect();
    all.sort_by(|a, b| b.share.total_cmp(&a.share));
    all
}

fn head(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let kinds = kinds(findings);
    let first = kinds.first()?;
    let note = heads_note(notes);
    let named = |kind: &Kind| -> Text {
        let names = kind
            .names
            .iter()
            .filter(|(name, share)| *share >= 0.01 && !super::persons::is_nobody(name));
        let names: Vec<Text> =
            names.take(2).map(|(name, _)| Text::new().name(words::mid(name))).collect();
        match (names.is_empty(), kind.words) {
            (true, words) => Text::from(words),
            (false, "the incumbent") => {
                Text::new().plain("the incumbent, ").text(words::row(names)).plain(",")
            }
            (false, words) => {
                Text::new().plain(format!("{words}, such as ")).text(words::row(names)).plain(",")
            }
        }
    };
    let mut clause = Text::new()
        .text(named(first))
        .plain(" heads the next government, in ")
        .number(of_runs(findings, first.share), note.clone());
    let rest: Vec<Text> = kinds[1..]
        .iter()
        .map(|kind| {
            let words = named(kind).to_plain();
            Text::new()
                .plain(format!("{words} in "))
                .number(of_runs(findings, kind.share), note.clone())
        })
        .collect();
    if !rest.is_empty() {
        clause = clause.plain("; ").text(words::row(rest));
    }
    let drafted = Drafted {
        key: format!("head.{}", first.words.replace(' ', "-")),
        question: Text::from("Who heads the next government?"),
        share: first.share,
        clause: clause.plain("."),
        rests: &|path| begins(FORMATION, path),
        evidence: vec![note],
    };
    Some(judgement(findings, drafted))
}

/// The note behind the days it takes.
pub(super) fn days_note(findings: &Findings<'_>, notes: &mut Notes<'_>) -> NoteKey {
    let formed = numbers::percent(findings.summary.days.formed);
    notes.on(
        "days",
        "Days from election to confidence",
        format!("Over all runs, of which {formed} form a government inside the window; from the days each step takes undisturbed, how soon talks conclude, failed tries and the days until the next."),
        |path| path.starts_with("stage.") || path.starts_with("process.formation."),
    )
}

/// Past formations in days, in order of size.
pub(super) fn past_days<'a>(findings: &Findings<'a>) -> Vec<(i32, &'a str)> {
    let mut days: Vec<(i32, &str)> = (findings.model.case.formed.iter())
        .filter(|f| !f.mid_term)
        .filter_map(|f| {
            Some((f.confidence.since(f.date).ok()?.get_days(), f.election.get_ref().as_str()))
        })
        .collect();
    days.sort_unstable();
    days
}

/// When there is a government: by the end of the runs, and how many days in the middle run.
fn when(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let note = days_note(findings, notes);
    let end = words::date(findings.model.end);
    let past = past_days(findings);
    let (share, mut clause) = (
        findings.summary.days.formed,
        Text::new()
            .plain(format!("there is a government by {end}; forming it takes "))
            .number(super::bottom_line::days(findings), note.clone()),
    );
    if let Some((median, _)) = past.len().checked_sub(1).and_then(|last| past.get(last / 2)) {
        clause = clause.plain(match past.len() {
            1 => format!(", and took {median} the one time before"),
            n => format!(", and took {median} in the middle one of {n} earlier formations"),
        });
    }
    let drafted = Drafted {
        key: "government".to_owned(),
        question: Text::from("When is there a government?"),
        share,
        clause: clause.plain("."),
        rests: &|path| begins(FORMATION, path),
        evidence: vec![note],
    };
    Some(judgement(findings, drafted))
}

/// What comes of the matters that are most open, from where each stands.
fn matters(findings: &Findings<'_>, facts: &Facts<'_>, notes: &mut Notes<'_>) -> Vec<Judgement> {
    let open = facts.matters.iter().filter(|m| !m.office).take(MATTERS);
    open.filter_map(|matter| of_matter(findings, matter, notes)).collect()
}

/// Whether an estimate is of a matter: its own, or a wish about it.
fn is_of(matter: &Matter<'_>, path: &str) -> bool {
    let wish = path.starts_with("wish.") && path.contains(&format!(">{}:", matter.id));
    wish || ["decision.", "bill.", "waiver."].iter().any(|kind| {
        path.strip_prefix(kind).is_some_and(|rest| rest.starts_with(matter.id.as_str()))
    })
}

/// The note behind what comes of a matter.
fn matter_note(matter: &Matter<'_>, notes: &mut Notes<'_>) -> NoteKey {
    notes.on(
        format!("matter.{}", matter.id),
        matter.name.clone(),
        "The share of runs in which it has come to that by the window's end; from wishes, ties, threats and how often it comes up.",
        |path| is_of(matter, path),
    )
}

fn of_matter(
    findings: &Findings<'_>,
    matter: &Matter<'_>,
    notes: &mut Notes<'_>,
) -> Option<Judgement> {
    let (likeliest, share) = matter.likeliest()?;
    let end = words::date(findings.model.end);
    let note = matter_note(matter, notes);
    let clause = match likeliest.strip_prefix("it ") {
        Some(_) => Text::from(format!("by {end} {likeliest}")),
        None => Text::from(format!("on {end} the answer is \u{201c}{likeliest}\u{201d}")),
    };
    let clause = clause.plain(", in ").number(of_runs(findings, share), note.clone()).plain(".");
    let question = Text::new()
        .name(matter.name.clone())
        .plain(format!(": what comes of it? Status: {}.", matter.status.words));
    let key = format!("matter.{}:{likeliest}", matter.id);
    let drafted = Drafted {
        key,
        question,
        share,
        clause,
        rests: &|path| is_of(matter, path),
        evidence: vec![note],
    };
    Some(judgement(findings, drafted))
}

/// The most telling events of the runs that nobody decides, one of a kind.
fn events(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Judgement> {
    let mut kinds = Vec::new();
    let mut all = Vec::new();
    let end = words::date(findings.model.end);
    for event in motion::events(findings) {
        if kinds.contains(&event.tale.subject) {
            continue;
        }
        kinds.push(event.tale.subject);
        let note = event.note(notes);
        let clause = event.clause.clone().plain(format!(" by {end}, in "));
        let clause = clause.number(of_runs(findings, event.share), note.clone()).plain(".");
        let roots: Vec<&str> = event.tale.roots.iter().map(String::as_str).collect();
        let drafted = Drafted {
            key: format!("motion.{}", event.id()),
            question: Text::from(format!(
                "{}: what is most open?",
                telling::heading(event.tale.subject)
            )),
            share: event.share,
            clause,
            rests: &|path| begins(&roots, path),
            evidence: vec![note],
        };
        all.push(judgement(findings, drafted));
    }
    all.truncate(EVENTS);
    all
}

/// Who decides most of what he wants something of.
fn way(findings: &Findings<'_>, facts: &Facts<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let stakes = stakes(facts);
    let (matter, actor) = stakes.first()?;
    let who = &facts.camps[actor.camp];
    let case = findings.model.case;
    let spoken = format!(">{}:", matter.id);
    let own = |path: &str| path.starts_with("wish.") && path.contains(&spoken);
    let told = case.beliefs.iter().any(|b| own(&b.path));
    let rests = |path: &str| match (matter.office, told) {
        (true, _) => begins(&["preference.", "candidate.", "anchor."], path),
        (false, true) => own(path) || path.starts_with("anchor."),
        (false, false) => begins(WISHES, path),
    };
    let note = notes.on_near(
        format!("way.{}.{}", who.actor, matter.id),
        format!("Who gets his way over “{}”", matter.name),
        influence::counted(facts),
        rests,
        |path| path.split(['.', '>', ':']).any(|part| part == who.actor),
    );
    let (success, luck) =
        (numbers::short_percent(actor.success), numbers::short_percent(actor.luck));
    let points = numbers::counted((100.0 * influence::TOLD).round() as usize, "point", "points");
    let little = !influence::stands(actor);
    let (low, high) = match actor.decisiveness >= 0.0 {
        true => actor.between,
        false => (-actor.between.1, -actor.between.0),
    };
    let hundred = |share: f64| numbers::whole((100.0 * share).round());
    let moved = format!(
        "{} points ({} to {})",
        hundred(actor.decisiveness.abs()),
        hundred(low),
        hundred(high)
    );
    let name = Text::new().name(words::mid(&who.name));
    let matter_name =
        Text::new().plain(" over \u{201c}").name(matter.name.clone()).plain("\u{201d}");
    let (share, clause) = match (little, actor.decisiveness >= 0.0) {
        (true, _) => (
            actor.within(influence::TOLD),
            Text::new()
                .plain(format!("no power watched here moves what comes of a matter by {points} or more; most is moved by "))
                .text(name)
                .text(matter_name)
                .plain(", which comes out as it wants"),
        ),
        (false, true) => (
            actor.sure(),
            name.plain(words::agree(&who.name, " gets its way", " get their way"))
                .text(matter_name)
                .plain(words::agree(
                    &who.name,
                    " more often than it would without its pull",
                    " more often than they would without their pull",
                ))
                .plain(format!(", by {moved}: it comes out as "))
                .plain(words::agree(&who.name, "it wants", "they want")),
        ),
        (false, false) => (
            actor.sure(),
            name.plain(words::agree(&who.name, " gets its way", " get their way"))
                .text(matter_name)
                .plain(format!(" less often for pulling, by {moved}: it comes out as "))
                .plain(words::agree(&who.name, "it wants", "they want")),
        ),
    };
    let clause = clause
        .plain(" in ")
        .number(format!("{success} of the runs with it and {luck} without"), note.clone())
        .plain(".");
    let drafted = Drafted {
        key: format!("way.{}.{}", who.actor, matter.id),
        question: Text::from("Who gets his way, and would it have come out so anyway?"),
        share,
        clause,
        rests: &rests,
        evidence: vec![note],
    };
    Some(judgement(findings, drafted))
}

fn sway(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let leader = leading_patron(findings)?;
    let pair = findings.measured.ahead.iter().find(|a| a.first == leader.actor)?;
    let second = findings.measured.actors.iter().find(|a| a.actor == pair.second)?;
    let evidence = vec![sway_note(notes, findings, leader), sway_note(notes, findings, second)];
    let clause = Text::new()
        .name(words::mid(&leader.name))
        .plain(words::agree(&leader.name, " holds", " hold"))
        .plain(format!(" more sway over {} than ", findings.measured.name))
        .name(words::mid(&second.name))
        .plain(words::agree(&second.name, " does.", " do."));
    let drafted = Drafted {
        key: format!("sway.{}>{}", leader.actor, second.actor),
        question: Text::from("Which power outside holds most sway?"),
        share: pair.share,
        clause,
        rests: &|path| begins(SWAY, path),
        evidence,
    };
    Some(judgement(findings, drafted))
}
