//! Whether a text says of somebody that he is dead or out of office: such a one leads nobody today.
//!
//! Only what stands beside the name counts: "the former chief N N", "N N, killed in", "was killed alongside chief
//! N N". A leader who speaks of the dead is not one of them.

/// Words for an end, of life or of office; *judged*.
const ENDED: &[&str] = &[
    "killed",
    "slain",
    "assassinated",
    "murdered",
    "executed",
    "died",
    "dead",
    "buried",
    "deceased",
    "ousted",
    "deposed",
    "toppled",
    "resigned",
    "removed",
    "dismissed",
    "sacked",
    "overthrown",
    "retired",
    "succeeded",
    "replaced",
];

/// Words before a title that say it is held no more.
const BEFORE: &[&str] = &[
    "former",
    "late",
    "ex",
    "then",
    "slain",
    "ousted",
    "deposed",
    "erstwhile",
    "outgoing",
    "onetime",
    "departed",
    "predecessor",
];

/// Nouns for an end: "the death of N N".
const ENDS: &[&str] = &[
    "death",
    "killing",
    "assassination",
    "murder",
    "funeral",
    "burial",
    "execution",
    "ouster",
    "removal",
    "dismissal",
    "resignation",
];

/// Words that may stand between a name and what became of its bearer.
const BETWEEN: &[&str] = &[
    "who",
    "was",
    "were",
    "had",
    "has",
    "been",
    "is",
    "being",
    "later",
    "also",
    "since",
    "both",
    "then",
    "himself",
    "herself",
    "reportedly",
];

/// Words by which a name joins those that were spoken of before it.
const JOINED: &[&str] = &["alongside", "with", "and", "including", "like"];

/// Words between the name and what stands before it: titles and articles.
const REACH: usize = 6;

/// Whether `sentence` says so of the name at `start..end` in it.
pub(super) fn is_gone(sentence: &str, start: usize, end: usize) -> bool {
    let (Some(before), Some(after)) = (sentence.get(..start), sentence.get(end..)) else {
        return false;
    };
    let before: Vec<String> = words(before);
    let near = &before[before.len().saturating_sub(REACH)..];
    let titled = near.iter().any(|w| BEFORE.contains(&w.as_str()));
    let noun = near.windows(2).any(|w| ENDS.contains(&w[0].as_str()) && w[1] == "of")
        || near.last().is_some_and(|w| w == "s") && near.iter().any(|w| ENDS.contains(&w.as_str()));
    let owned = after.trim_start_matches(['\'', '’']).strip_prefix("s ");
    let own_end = owned.is_some_and(|rest| {
        words(rest).iter().take(2).any(|w| ENDS.contains(&w.as_str()) || w == "predecessor")
    });
    let joined = near.iter().rev().take(5).any(|w| JOINED.contains(&w.as_str()))
        && before.iter().any(|w| ENDED.contains(&w.as_str()))
        && !before.iter().any(|w| is_speech(w));
    let became = words(after)
        .iter()
        .find(|w| !BETWEEN.contains(&w.as_str()))
        .is_some_and(|w| ENDED.contains(&w.as_str()));
    titled || noun || own_end || joined || became
}

fn is_speech(word: &str) -> bool {
    matches!(word, "said" | "says" | "told" | "added" | "announced" | "stated" | "vowed" | "warned")
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(sentence: &str) -> bool {
        let start = sentence.find("Jon Berg").expect("every sentence has him");
        is_gone(sentence, start, start + "Jon Berg".len())
    }

    #[test]
    fn the_dead_and_the_former_are_gone() {
        for sentence in [
            "Ida Orm was killed on May 2 alongside Reed Guard chief Jon Berg by a shell.",
            "The Reed Guard's former leader Jon Berg spoke.",
            "Reed Guard leader Jon Berg, killed in March, is mourned.",
            "Jon Berg, the leader of the Reed Guard, was buried; Jon Berg died in May.",
            "The assassination of Reed Guard commander Jon Berg shook the town.",
            "Jon Berg, who had been ousted, wrote a book.",
            "Jon Berg's predecessor is forgotten.",
            "Jon Berg's death left the Guard without a head.",
            "Among those slain were the chaplain and Reed Guard chief Jon Berg.",
        ] {
            let last = sentence.rfind("Jon Berg").expect("he stands there");
            let either = gone(sentence) || is_gone(sentence, last, last + 8);
            assert!(either, "{sentence}");
        }
    }

    #[test]
    fn whoever_speaks_of_the_dead_is_not_one_of_them() {
        for sentence in [
            "Reed Guard leader Jon Berg said that twelve men were killed.",
            "Police said nine people were killed and Reed Guard leader Jon Berg was unhurt.",
            "Jon Berg, the new leader of the Reed Guard, buried the dead.",
            "Reed Guard leader Jon Berg called the bombing murder.",
        ] {
            assert!(!gone(sentence), "{sentence}");
        }
    }
}
