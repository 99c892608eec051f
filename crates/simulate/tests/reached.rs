//! Runs that begin inside the forming of a government: behind the steps that the case knows of.
#![allow(clippy::unwrap_used)]

mod playing;

use case::Folder;
use playing::adding;
use simulate::{Model, Outcome};

const RESULT: [&str; 4] = [
    "list = \"reds\", seats = 9",
    "list = \"blues\", seats = 8",
    "list = \"greens\", seats = 5",
    "list = \"harbour\", seats = 3",
];

/// Steps after the vote of 16 March; a source of 20 March knows of all that came by then or is dated later.
fn reached(folder: &Folder, steps: &[(&str, &str, &str)]) -> Folder {
    let text = |(stage, day, more): &(&str, &str, &str)| {
        format!("stage = \"{stage}\", date = {day}, {more} source = \"late\"")
    };
    let steps: Vec<String> = steps.iter().map(text).collect();
    let steps: Vec<(&str, &str)> = steps.iter().map(|s| ("reached", s.as_str())).collect();
    adding(folder, &steps)
}

/// The tutorial case after the vote and before the government.
fn folder() -> Folder {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
    let rows = RESULT
        .map(|row| format!("election = \"2031\", date = 2031-03-16, {row}, source = \"late\""));
    let rows: Vec<(&str, &str)> = rows.iter().map(|r| ("result", r.as_str())).collect();
    adding(&Folder::read(&root).unwrap(), &rows).with_set("case.as_of=2031-05-20")
}

fn runs(folder: &Folder) -> Vec<Outcome> {
    let case = playing::built(folder);
    let model = Model::new(&case).unwrap();
    (0..5).for_each(|run| drop(model.tell(7, run).unwrap()));
    model.ensemble(7, 0, 400, &|_| {}).unwrap().outcomes
}

/// The first three steps, done on days 20, 30 and 47.
const STEPS: [(&str, &str, &str); 3] =
    [("count", "2031-04-05", ""), ("session", "2031-04-15", ""), ("president", "2031-05-02", "")];

#[test]
fn runs_begin_behind_the_steps_that_are_known() {
    let (open, begun) = (runs(&folder()), runs(&reached(&folder(), &STEPS)));
    let (mut sooner, mut pairs) = (0.0, 0.0);
    for (a, b) in open.iter().zip(&begun) {
        assert_eq!(a.seats, b.seats, "the assembly is the same");
        assert_eq!(b.stage_days[..3], [20, 30, 47]);
        assert!(b.stage_days.iter().skip(3).all(|day| *day > 65), "the rest is still to come");
        if let (Some(late), Some(soon)) = (a.days, b.days) {
            sooner += f64::from(late) - f64::from(soon);
            pairs += 1.0;
        }
    }
    // Twenty, nine and twelve days, and the talks, need not be waited for again.
    assert!(pairs > 350.0 && (30.0..90.0).contains(&(sooner / pairs)), "{}", sooner / pairs);
}

#[test]
fn who_was_named_asks_for_confidence_first() {
    let named = |who: &str| {
        let nominee = format!("nominee = \"{who}\",");
        let mut steps = STEPS.to_vec();
        steps.push(("nominee", "2031-05-12", &nominee));
        runs(&reached(&folder(), &steps))
    };
    let place = |id: &str| {
        let case = playing::built(&folder());
        u8::try_from(case.candidates.iter().position(|c| c.id.get_ref() == id).unwrap()).unwrap()
    };
    for id in ["lind", "rask"] {
        for run in named(id) {
            let first = run.failed.first().copied().or(run.head);
            assert_eq!(first, Some(place(id)), "the one named leads, or fails first");
        }
    }
    let leads = |all: &[Outcome], id| all.iter().filter(|r| r.head == Some(place(id))).count();
    let (lind, rask) = (named("lind"), named("rask"));
    assert!(leads(&lind, "lind") > leads(&rask, "lind") + 40);
    assert!(leads(&rask, "rask") > leads(&lind, "rask") + 40);
}

#[test]
fn who_failed_before_is_not_named_again_at_once() {
    let mut steps = STEPS.to_vec();
    steps.push(("nominee", "2031-05-12", "nominee = \"lind\", failed = [\"outsider\"],"));
    for run in runs(&reached(&folder(), &steps)) {
        assert_eq!(run.failed.first(), Some(&2), "the third of the candidates had failed");
        let next = run.failed.get(1).copied().or(run.head);
        assert_eq!(next, Some(0));
    }
}

#[test]
fn steps_that_are_not_yet_taken_or_known_change_nothing() {
    let open = runs(&folder());
    let ahead = [("count", "2031-06-05", "")];
    assert_eq!(open, runs(&reached(&folder(), &ahead)), "dated after the as-of date");
    let before = [("count", "2027-04-05", "")];
    assert_eq!(open, runs(&reached(&folder(), &before)), "of an earlier election");
    let early = folder().with_set("case.as_of=2031-03-19");
    assert_eq!(runs(&early), runs(&reached(&early, &STEPS)), "its source is not out");
}

#[test]
fn a_nomination_without_a_name_and_a_name_nobody_knows_are_refused() {
    for (more, wanted) in [("", "who was named"), ("nominee = \"nobody\",", "no such candidate")] {
        let mut steps = STEPS.to_vec();
        steps.push(("nominee", "2031-05-12", more));
        let folder = reached(&folder(), &steps);
        let case = playing::built(&folder);
        let findings = Model::new(&case).unwrap_err();
        assert!(findings.iter().any(|f| f.message.contains(wanted)), "{findings:?}");
    }
}
