//! What a terminal needs: colour or none, a progress bar or none, aligned tables.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use study::{Follow, Stage};

fn wants_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !set("NO_COLOR") && std::env::var("TERM").map_or(true, |term| term != "dumb")
}

/// Whether standard error shows colour.
pub fn colour_on_stderr() -> bool {
    std::io::stderr().is_terminal() && wants_colour()
}

/// Whether standard output shows colour.
pub fn colour_on_stdout() -> bool {
    std::io::stdout().is_terminal() && wants_colour()
}

/// Text that a terminal shows and does not obey: what would move its cursor, name its window or turn its words about
/// stands as a replacement character. Of sequences only those of colour stay, and only if `colours`.
pub fn harmless(text: &str, colours: bool) -> Cow<'_, str> {
    if !text.chars().any(is_command) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").filter(|_| colours).and_then(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
            rest[end..].starts_with('m').then_some(end + "\u{1b}[m".len())
        });
        let length = colour.unwrap_or(letter.len_utf8());
        match is_command(letter) && colour.is_none() {
            true => out.push('\u{fffd}'),
            false => out.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// Whether a terminal would do something at a letter rather than show it: control characters but for the end of a line
/// and the tab, and the marks that turn the direction of writing.
pub fn is_command(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A day that somebody wrote, for the arguments of commands.
///
/// # Errors
/// How a day is written, where it is none.
pub fn day(written: &str) -> Result<Date, String> {
    written.parse().map_err(|_| "write a day as 2025-11-05: year, month and day".to_owned())
}

/// Says something on standard error; that nobody can hear it is no fault.
pub fn say(words: std::fmt::Arguments<'_>) {
    let words = words.to_string();
    let _ = writeln!(std::io::stderr().lock(), "{}", harmless(&words, colour_on_stderr()));
}

/// A progress bar on standard error, hidden where nobody watches.
pub fn progress(total: u64, what: &'static str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(total);
    let style = "{msg} {bar:32} {pos}/{len} ({per_sec}, {eta} left)";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

/// The road from a case to its findings on standard error: bars, one a stage, or a line a stage where nobody watches.
#[derive(Default)]
pub struct Bars(Mutex<Option<ProgressBar>>);

impl Bars {
    fn bar(&self) -> std::sync::MutexGuard<'_, Option<ProgressBar>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Follow for Bars {
    fn begin(&self, stage: Stage, total: u64) {
        if !std::io::stderr().is_terminal() {
            say!("{}: {total}", stage.name());
        }
        // One piece of work has no bar.
        *self.bar() = (total > 1).then(|| progress(total, stage.name()));
    }

    fn done(&self, more: u64) {
        if let Some(bar) = &*self.bar() {
            bar.inc(more);
        }
    }

    fn end(&self) {
        if let Some(bar) = self.bar().take() {
            bar.finish_and_clear();
        }
    }
}

/// A share of one as a percentage with as many digits as it deserves.
pub fn percent(share: f64) -> String {
    // Adding zero turns the negative zero of an empty sum into zero.
    let percent = 100.0 * share + 0.0;
    match percent {
        p if p > 0.0 && p < 0.1 => "<0.1 %".to_owned(),
        p if p > 0.0 && p < 0.95 => format!("{p:.1} %"),
        p => format!("{p:.0} %"),
    }
}

/// Rows with aligned columns; the first column is text, the others are set to the right.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let width = |c: usize| {
        let cells = rows.iter().filter_map(|r| r.get(c)).map(|cell| cell.chars().count());
        cells.chain([head[c].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(c, (cell, width))| {
            let pad = " ".repeat(width - cell.chars().count().min(*width));
            if c == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(head.to_vec())];
    lines.push(widths.iter().map(|w| "─".repeat(*w)).collect::<Vec<_>>().join("  "));
    lines.extend(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())));
    lines
}

/// A count with its noun, in the plural but for one: "1 entry", "2 entries", "0 days".
pub fn number(count: impl std::fmt::Display, what: &str) -> String {
    let count = count.to_string();
    let before_y = what.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match (count.as_str(), before_y) {
        ("1", _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_shown_text_and_given_no_orders() {
        let title = "\u{1b}]0;mine\u{7}a name\u{1b}[2J";
        assert_eq!(harmless(title, false), "\u{fffd}]0;mine\u{fffd}a name\u{fffd}[2J");
        assert_eq!(harmless(title, true), harmless(title, false));
        let red = "\u{1b}[1;31mred\u{1b}[0m";
        assert_eq!(harmless(red, true), red);
        assert_eq!(harmless(red, false), "\u{fffd}[1;31mred\u{fffd}[0m");
        // A sequence introducer of one byte, and marks that turn words about.
        assert_eq!(harmless("\u{9b}2J \u{202e}gpj", true), "\u{fffd}2J \u{fffd}gpj");
        assert_eq!(harmless("two\tcells\nof سطر", false), "two\tcells\nof سطر");
    }
}
