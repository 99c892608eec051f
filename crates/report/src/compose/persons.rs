//! How those are told whom a case has no name for: one person, one name on all pages.

use case::Case;

/// Whether a candidate's name stands for somebody whom the case cannot name.
pub(super) fn is_nobody(name: &str) -> bool {
    ["A ", "An ", "Another ", "Somebody"].iter().any(|start| name.starts_with(start))
}

/// What a candidate is called, by his name in the case: one who stands for somebody without a name is told by his list,
/// and without one as an outsider.
#[must_use]
pub fn told(case: &Case, name: &str) -> String {
    if !is_nobody(name) {
        return name.to_owned();
    }
    let candidate = case.candidates.iter().find(|c| c.name == name);
    let list = candidate.and_then(|c| case.actor(c.list.as_ref()?.get_ref()));
    match list {
        Some(list) => format!("somebody else of {}", super::words::mid(&list.name)),
        None => "an outsider whom no list puts forward".to_owned(),
    }
}

/// Words of the runs with everybody whom the case cannot name as [`told`] has him.
pub(super) fn within(case: &Case, words: &str) -> String {
    let mut text = words.to_owned();
    for candidate in case.candidates.iter().filter(|c| is_nobody(&c.name)) {
        if text.contains(&candidate.name) {
            let told = told(case, &candidate.name);
            let starts = text.starts_with(&candidate.name);
            text = text.replace(&candidate.name, &told);
            if starts {
                text = super::words::upper(&text);
            }
        }
    }
    text
}
