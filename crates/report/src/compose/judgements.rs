//! The key judgements: each a likelihood, and confidence with its basis in a sentence of its own.

use case::source::Reliability;

use super::bottom_line::{leading_patron, seats_note, sway_note};
use super::notes::Notes;
use super::{Findings, motion, words};
use crate::brief::{Confidence, Judgement, Level};
use crate::likelihood::{Likelihood, Probability, judge};
use crate::numbers;
use crate::text::{NoteKey, Text};

/// The most judgements on what moves.
const MOVES: usize = 3;

/// Which estimates a judgement rests on.
#[derive(Clone, Copy)]
enum Ground {
    Election,
    Formation,
    Sway,
    Motion,
}

impl Ground {
    fn holds(self, path: &str) -> bool {
        let kinds: &[&str] = match self {
            Self::Election => &["prior.", "district.", "contest.", "entry.", "process.election."],
            Self::Formation => &[
                "stage.",
                "candidate.",
                "preference.",
                "membership.",
                "position.",
                "office.",
                "process.formation.",
            ],
            Self::Sway => &["tie.", "actor.", "channels."],
            Self::Motion => &[
                "bill.",
                "campaign.",
                "designation.",
                "dialogue.",
                "pillar.",
                "rivalry.",
                "segment.",
                "shock.",
                "supply.",
                "veto.",
                "visit.",
                "waiver.",
            ],
        };
        kinds.iter().any(|kind| path.starts_with(kind))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Election => "the election",
            Self::Formation => "the forming of a government",
            Self::Sway => "who pulls on whom",
            Self::Motion => "what moves",
        }
    }
}

/// The judgements that the findings bear.
pub(super) fn write(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Judgement> {
    let mut all = Vec::new();
    all.extend(largest(findings, notes));
    let moves = moves(findings, notes);
    if findings.forms() {
        all.extend(head(findings, notes));
        all.extend(slow(findings, notes));
        // Where the runs move, that weighs more than the steps and posts on the way.
        if moves.is_empty() {
            all.extend(late(findings, notes));
            all.extend(failure(findings, notes));
            all.extend(empty(findings, notes));
        }
    }
    all.extend(sway(findings, notes));
    all.extend(moves);
    all.truncate(7);
    all
}

/// The most telling events of the runs, one of a kind.
fn moves(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Vec<Judgement> {
    let mut kinds = Vec::new();
    let mut all = Vec::new();
    let end = words::date(findings.model.end);
    for event in motion::events(findings) {
        if kinds.contains(&event.tale.subject) {
            continue;
        }
        kinds.push(event.tale.subject);
        let note = event.note(notes);
        let statement = |text: Text| text.text(event.clause.clone()).plain(format!(" by {end}."));
        let key = format!("motion.{}", event.id());
        all.push(judgement(key, findings, Ground::Motion, event.share, statement, vec![note]));
    }
    all.truncate(MOVES);
    all
}

fn likelihood(findings: &Findings<'_>, share: f64) -> Likelihood {
    let runs = findings.summary.runs.max(1) as u64;
    judge(findings.lexicon, Probability::of_runs((share * runs as f64).round() as u64, runs))
}

/// Confidence by what the judgement rests on. Without a scored record it is never high.
fn confidence(findings: &Findings<'_>, ground: Ground) -> Confidence {
    let case = findings.model.case;
    let behind: Vec<_> = case.beliefs.iter().filter(|b| ground.holds(&b.path)).collect();
    let solid = behind.iter().filter(|b| {
        b.sources
            .iter()
            .any(|key| case.source(key).is_some_and(|s| s.reliability <= Reliability::B))
    });
    let (solid, all) = (solid.count(), behind.len().max(1));
    // Half of the estimates from usually reliable sources make it moderate; only a scored record could do more.
    let level = if solid * 2 >= all { Level::Moderate } else { Level::Low };
    let about = ground.name();
    let rest = match solid {
        0 => format!(
            "None of the {all} estimates about {about} rests on a source rated A or B: all are judged or rest on weaker sources"
        ),
        1 => format!(
            "Of the {all} estimates about {about} 1 rests on a source rated A or B, the others on weaker sources or judgement"
        ),
        _ => format!(
            "Of the {all} estimates about {about} {solid} rest on sources rated A or B, the others on weaker sources or judgement"
        ),
    };
    let past = match findings.joined.scored.as_ref().map(|scored| scored.questions) {
        None | Some(0) => "no forecast of this model has been scored yet".to_owned(),
        Some(1) => "one forecast of this case has been scored".to_owned(),
        Some(n) => format!("{n} forecasts of this case have been scored"),
    };
    let basis = Text::from(format!("{rest}; {past}."));
    Confidence { level, basis }
}

fn judgement(
    key: impl Into<String>,
    findings: &Findings<'_>,
    ground: Ground,
    share: f64,
    statement: impl FnOnce(Text) -> Text,
    evidence: Vec<NoteKey>,
) -> Judgement {
    let likelihood = likelihood(findings, share);
    Judgement {
        key: key.into(),
        statement: statement(Text::new().opening(&likelihood)),
        likelihood,
        confidence: confidence(findings, ground),
        evidence,
    }
}

fn largest(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let case = findings.model.case;
    findings.model.elects().then_some(())?;
    let top = findings.summary.lists.first()?;
    let name = case.actor(&top.list)?.name.clone();
    let note = seats_note(notes, findings, top);
    let seats = numbers::about(top.seats.median, top.seats.low, top.seats.high);
    let range = numbers::range(top.seats.low, top.seats.high);
    let statement = |text: Text| {
        text.name(words::mid(&name))
            .plain(words::agree(&name, " wins most seats, ", " win most seats, "))
            .number(format!("{seats} ({range})"), note.clone())
            .plain(".")
    };
    Some(judgement(
        format!("largest.{}", top.list),
        findings,
        Ground::Election,
        top.first,
        statement,
        vec![note.clone()],
    ))
}

fn head(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let case = findings.model.case;
    let first = findings.summary.heads.first()?;
    let incumbent = case.candidates.iter().find(|c| c.incumbent);
    let share_of =
        |id: &str| findings.summary.heads.iter().find(|h| h.id == id).map_or(0.0, |h| h.share);
    let note = notes.on(
        "heads",
        "Who heads the next government",
        "The share of runs that each nominee ends with confidence; from what actors think of the candidates, how far their pull reaches, and who threatens.",
        |path| path.starts_with("candidate.") || path.starts_with("preference."),
    );
    match incumbent {
        Some(person) => {
            let share = share_of(person.id.get_ref());
            let same = first.id == *person.id.get_ref();
            let rest = match same {
                true => Text::from(", ahead of every other name"),
                false => Text::new()
                    .plain("; ")
                    .name(words::mid(&first.name))
                    .plain(" comes out more often"),
            };
            let statement = |text: Text| {
                text.name(words::mid(&person.name))
                    .plain(" heads the next government")
                    .text(rest)
                    .plain(".")
            };
            let key = format!("head.{}", person.id.get_ref());
            Some(judgement(key, findings, Ground::Formation, share, statement, vec![note]))
        }
        None => {
            let name = first.name.clone();
            let statement =
                |text: Text| text.name(words::mid(&name)).plain(" heads the next government.");
            let key = format!("head.{}", first.id);
            Some(judgement(key, findings, Ground::Formation, first.share, statement, vec![note]))
        }
    }
}

/// The note behind the days it takes.
pub(super) fn days_note(findings: &Findings<'_>, notes: &mut Notes<'_>) -> NoteKey {
    let formed = numbers::percent(findings.summary.days.formed);
    notes.on(
        "days",
        "Days from election to confidence",
        format!("Over the runs that form a government inside the window ({formed}); from the days each step takes undisturbed, how soon talks conclude, failed tries and the days until the next."),
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

fn slow(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let past = past_days(findings);
    let (median, _) = past.get(past.len().checked_sub(1)? / 2)?;
    let share = share_above(findings, f64::from(*median));
    let note = days_note(findings, notes);
    let among = match past.len() {
        1 => "as the one earlier formation in the case took".to_owned(),
        count => format!("the median of the {count} earlier formations in the case"),
    };
    let statement = |text: Text| {
        text.plain("forming a government takes longer than ")
            .number(numbers::days(f64::from(*median)), note.clone())
            .plain(format!(", {among}."))
    };
    Some(judgement("slow", findings, Ground::Formation, share, statement, vec![note.clone()]))
}

/// The share of runs that take more days than this, those without a government among them.
fn share_above(findings: &Findings<'_>, days: f64) -> f64 {
    let runs = &findings.ensemble.outcomes;
    let above = runs.iter().filter(|r| r.days.is_none_or(|d| f64::from(d) > days)).count();
    above as f64 / runs.len().max(1) as f64
}

fn late(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let stages = findings.summary.stages.iter().filter_map(|s| Some((s.late?, s.deadline?, s)));
    let (share, deadline, stage) = stages.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let note = days_note(findings, notes);
    let name = stage.name.clone();
    let statement = |text: Text| {
        text.plain("the step \u{201c}").name(name).plain(format!(
            "\u{201d} takes longer than the {deadline} days the constitution allows."
        ))
    };
    let key = format!("late.{}", stage.name);
    Some(judgement(key, findings, Ground::Formation, share, statement, vec![note]))
}

fn failure(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let note = notes.on(
        "failures",
        "Nominees who fail",
        "The share of runs in which some nominee is dropped under a threat or loses the vote of confidence.",
        |path| path.ends_with(".threat") || path == "process.formation.defection",
    );
    let statement = |text: Text| {
        text.plain("somebody who has been formally named fails before a government is formed.")
    };
    let share = findings.summary.some_nominee_failed;
    Some(judgement("failure", findings, Ground::Formation, share, statement, vec![note]))
}

fn empty(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let post = findings.summary.empty.first()?;
    let (id, name) = (post.id.clone(), post.name.clone());
    let path = format!("office.{id}.vacancy");
    let note = notes.on(
        format!("vacancy.{id}"),
        format!("{name} still empty on the day of confidence"),
        "The share of governments formed without the post filled.",
        |p| p == path,
    );
    let statement = |text: Text| {
        text.plain("the post of ").name(name).plain(" is still empty on the day of confidence.")
    };
    Some(judgement(
        format!("empty.{id}"),
        findings,
        Ground::Formation,
        post.share,
        statement,
        vec![note],
    ))
}

fn sway(findings: &Findings<'_>, notes: &mut Notes<'_>) -> Option<Judgement> {
    let leader = leading_patron(findings)?;
    let pair = findings.measured.ahead.iter().find(|a| a.first == leader.actor)?;
    let second = findings.measured.actors.iter().find(|a| a.actor == pair.second)?;
    let evidence = vec![sway_note(notes, findings, leader), sway_note(notes, findings, second)];
    let first = words::mid(&leader.name);
    let over = findings.measured.name.clone();
    let statement = |text: Text| {
        text.name(first)
            .plain(words::agree(&leader.name, " holds", " hold"))
            .plain(format!(" more sway over {over} than "))
            .name(words::mid(&second.name))
            .plain(words::agree(&second.name, " does.", " do."))
    };
    let key = format!("sway.{}>{}", leader.actor, second.actor);
    Some(judgement(key, findings, Ground::Sway, pair.share, statement, evidence))
}
