//! The words of composed English: articles, dates, the first letter of a sentence. All of it in one place, so that
//! another language has one file to write.

use jiff::civil::Date;

use crate::text::Text;

/// Last words of names that take an article.
const COMMON_NOUNS: &[&str] = &[
    "alliance",
    "army",
    "assembly",
    "bloc",
    "brigades",
    "coalition",
    "commission",
    "committee",
    "council",
    "court",
    "forces",
    "force",
    "framework",
    "front",
    "government",
    "group",
    "list",
    "mission",
    "movement",
    "nations",
    "organisation",
    "organization",
    "parliament",
    "party",
    "union",
    "unit",
    "units",
];

/// Last words of names that take a verb in the plural.
const SEVERAL: &[&str] = &[
    "blues",
    "brigades",
    "conservatives",
    "democrats",
    "factions",
    "forces",
    "greens",
    "independents",
    "liberals",
    "lists",
    "reds",
    "republicans",
    "socialists",
    "units",
];

/// A name as it stands in the middle of a sentence.
pub(super) fn mid(name: &str) -> String {
    if let Some((first, rest)) = name.split_once(' ')
        && matches!(first, "A" | "An" | "Another" | "The" | "Somebody")
    {
        return format!("{} {rest}", first.to_lowercase());
    }
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    let several = name.contains(' ');
    let article = several && (COMMON_NOUNS.contains(&last.as_str()) || name.starts_with("United "))
        || name.contains(" of ") && COMMON_NOUNS.contains(&first_word(name).as_str());
    if article { format!("the {name}") } else { name.to_owned() }
}

fn first_word(name: &str) -> String {
    name.split(' ').next().unwrap_or(name).to_lowercase()
}

/// A name as it begins a sentence.
pub(super) fn start(name: &str) -> String {
    upper(&mid(name))
}

/// A sentence of the case as a clause within another: its article in lower case.
pub(super) fn clause(sentence: &str) -> String {
    let (first, rest) = sentence.split_once(' ').unwrap_or((sentence, ""));
    match matches!(first, "A" | "An" | "Another" | "The" | "Somebody") {
        true => format!("{} {rest}", first.to_lowercase()),
        false => sentence.to_owned(),
    }
}

/// Words with a capital at their beginning.
pub(super) fn upper(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A verb as it agrees with a name: "holds" of one, "hold" of several.
pub(super) fn agree<'v>(name: &str, one: &'v str, several: &'v str) -> &'v str {
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    if SEVERAL.contains(&last.as_str()) { several } else { one }
}

/// A day: "11 November 2025".
pub(super) fn date(day: Date) -> String {
    crate::numbers::day(day)
}

/// Names in a row: "a, b and c".
pub(super) fn row(parts: Vec<Text>) -> Text {
    let count = parts.len();
    let mut text = Text::new();
    for (i, part) in parts.into_iter().enumerate() {
        let joint = match i {
            0 => "",
            _ if i + 1 == count => " and ",
            _ => ", ",
        };
        text = text.plain(joint).text(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_an_article_where_english_wants_one() {
        assert_eq!(mid("Northern Alliance"), "the Northern Alliance");
        assert_eq!(mid("Government of Toyland"), "the Government of Toyland");
        assert_eq!(mid("United Provinces"), "the United Provinces");
        assert_eq!(mid("Northmark"), "Northmark");
        assert_eq!(mid("The Guard"), "the Guard");
        assert_eq!(mid("A judge without a party"), "a judge without a party");
        assert_eq!(mid("Another of the Blues"), "another of the Blues");
        assert_eq!(mid("Another compromise without a list"), "another compromise without a list");
        assert_eq!(agree("Northern Forces", "wins", "win"), "win");
        assert_eq!(agree("United Provinces", "wins", "win"), "wins");
        assert_eq!(start("A judge without a party"), "A judge without a party");
        assert_eq!(start("Northern Alliance"), "The Northern Alliance");
    }

    #[test]
    fn a_row_reads_as_english() {
        let row = |n: usize| row((0..n).map(|i| Text::from(i.to_string())).collect()).to_plain();
        assert_eq!(row(1), "0");
        assert_eq!(row(2), "0 and 1");
        assert_eq!(row(3), "0, 1 and 2");
    }
}
