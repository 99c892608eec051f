//! Sentences of English prose by their stops.

/// Words after which a stop does not end a sentence.
const SHORT: &[&str] = &[
    "vs", "e.g", "i.e", "mr", "mrs", "ms", "dr", "st", "approx", "ca", "gen", "sen", "prof", "fig",
];

/// Where sentences begin and end, in bytes, white space at their ends left out.
pub fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let (mut from, mut depth) = (0, 0_u32);
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    for (place, (at, letter)) in letters.iter().enumerate() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '!' | '?' if depth == 0 => {
                let closing = |c: char| matches!(c, '”' | '"' | '\'' | '’' | ')');
                let rest = &letters[place + 1..];
                let closed = rest.iter().take_while(|(_, c)| closing(*c)).count();
                let spaced = rest.get(closed).is_none_or(|(_, c)| c.is_whitespace());
                let next = rest[closed..].iter().find(|(_, c)| !c.is_whitespace());
                let begins = next.is_none_or(|(_, c)| !c.is_lowercase());
                let word = text[from..*at].rsplit(char::is_whitespace).next().unwrap_or("");
                let word = word.trim_start_matches(['(', '“', '"']).to_lowercase();
                let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
                // "No. 7" is a number, "No." an answer.
                let numbered = word == "no" && next.is_some_and(|(_, c)| c.is_ascii_digit());
                if spaced && begins && !initial && !numbered && !SHORT.contains(&word.as_str()) {
                    let end = rest.get(closed).map_or(text.len(), |(at, _)| *at);
                    push(text, from, end, &mut all);
                    from = end;
                }
            }
            _ => {}
        }
    }
    push(text, from, text.len(), &mut all);
    all
}

fn push(text: &str, from: usize, to: usize, all: &mut Vec<(usize, usize)>) {
    let part = &text[from..to];
    let trimmed = part.trim();
    if trimmed.is_empty() {
        return;
    }
    let begin = from + (part.len() - part.trim_start().len());
    all.push((begin, begin + trimmed.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|(a, b)| &text[a..b]).collect()
    }

    #[test]
    fn a_stop_ends_a_sentence_and_a_short_form_does_not() {
        assert_eq!(split("One is. Two was?  Three."), ["One is.", "Two was?", "Three."]);
        assert_eq!(split("Some, e.g. this, cost 3.5 each."), ["Some, e.g. this, cost 3.5 each."]);
        assert_eq!(split("He said “No.” She left."), ["He said “No.”", "She left."]);
        assert_eq!(split("It (as before. So) stands."), ["It (as before. So) stands."]);
        assert_eq!(split("J. Smith won"), ["J. Smith won"]);
    }
}
