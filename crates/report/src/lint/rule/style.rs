//! One way to write dates and percentages throughout.

use crate::lint::page::{Purpose, without_quotations};
use crate::lint::{Rule, Standard};

pub(super) const STYLES_MIXED: Rule = Rule {
    name: "styles-mixed",
    standard: Standard::Argument,
    asks: "Dates and percentages are written in one way.",
    fix: "write “5 November 2025” and “37%” throughout",
    look: |held, found| {
        let mut long = false;
        let mut short: Option<usize> = None;
        let (mut tight, mut spaced) = (false, None);
        let mut look = |text: &str, line: usize| {
            let tokens: Vec<&str> = text.split_whitespace().collect();
            for three in tokens.windows(3) {
                let day = three[0].trim_start_matches('(').parse::<u8>().is_ok();
                let year = three[2].trim_matches(|c: char| !c.is_ascii_digit());
                if day && year.len() == 4 && year.parse::<u16>().is_ok() {
                    match three[1] {
                        "May" => {}
                        month if MONTHS.contains(&month) => long = true,
                        month if MONTHS.iter().any(|m| m.get(..3) == Some(month)) => {
                            short.get_or_insert(line);
                        }
                        _ => {}
                    }
                }
            }
            tight |= text
                .match_indices('%')
                .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()));
            if text
                .match_indices(" %")
                .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()))
            {
                spaced.get_or_insert(line);
            }
        };
        for part in held.page.parts.iter().filter(|part| part.purpose() != Purpose::Annex) {
            for piece in part.pieces.iter().filter(|p| p.is_prose()) {
                look(&without_quotations(&piece.text), piece.line());
            }
        }
        if let (true, Some(line)) = (long, short) {
            found.at(line, "a month in three letters, and in full elsewhere");
        }
        if let (true, Some(line)) = (tight, spaced) {
            found.at(line, "a space before %, and none elsewhere");
        }
    },
};

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
