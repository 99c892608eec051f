//! The language of questions.

use assess::ask::{Ask, Value};

use crate::{Target, text, toyland};

pub const TARGET: Target = Target {
    name: "question",
    says: "the language of questions: a fault has its place, brackets and spaces change nothing, every run has an answer",
    run,
};

fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (model, outcomes) = toyland::ready();
    let ask = match Ask::read(text, model) {
        Ok(ask) => ask,
        Err(error) => {
            assert!(text.is_char_boundary(error.at), "it points into a character: {error}");
            return;
        }
    };
    // What is as deep as a question may be can be no deeper.
    if let Ok(again) = Ask::read(&format!(" ( {text} ) "), model) {
        assert_eq!(again, ask, "brackets change {text}");
    }
    let _ = (ask.reach(), ask.days_at_end(model.end), ask.is_of_election());
    assert!(ask.quantities().iter().all(|q| *q < model.quantities.len()));
    for outcome in outcomes {
        let value = ask.of(outcome);
        if let Value::Number(number) = value {
            assert!(!number.is_nan(), "{text} is no number");
        }
        if ask.is_truth() {
            assert!(matches!(value, Value::Truth(_)), "{text} is neither yes nor no: {value:?}");
        }
        for day in [model.start, model.end] {
            let settled = ask.settled(outcome, day);
            assert!(settled.is_none() || !ask.is_open(outcome, day), "{text} is settled and open");
        }
        if let (Some(settled), Some(came)) =
            (ask.settled(outcome, model.end), ask.came_true(outcome, model.end))
        {
            assert_eq!(settled, came, "{text}");
        }
        let _ = ask.number(outcome);
    }
}
