//! `play`: a person takes an actor's decisions in one future, week by week.

use std::io::BufRead as _;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;
use simulate::person::Choice;
use study::game::{Account, Decided, Game, Row, Table, Week, deciders};
use study::opening::ready;

use super::print;
use super::report::write_whole;
use crate::failure::{Failure, at};
use crate::opening::Opening;
use crate::screen;

/// Take an actor's decisions in one future, week by week; everybody else goes on by the model
///
/// You see what the actor could know, and decide what it may decide: whom to threaten, sign for, arm, call, strike or vote
/// for. What you leave open is done as the model has it. At the end you are told what came of it, beside the same future
/// without you: same luck, same world.
///
///     shatterbelt play toyland --as blues
///     shatterbelt play toyland --as blues --game mine.json
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct PlayVerb {
    #[command(flatten)]
    opening: Opening,
    /// Under these scenarios
    #[arg(long, value_name = "NAME")]
    scenario: Vec<String>,
    /// The actor whose decisions you take; agencies that speak for it come with it
    #[arg(long = "as", value_name = "ACTOR")]
    actor: String,
    /// Which future, from 0 (default: 0, or the game's)
    #[arg(long)]
    run: Option<u32>,
    /// The seed (default: 1, or the game's)
    #[arg(long)]
    seed: Option<u64>,
    /// Keep the game in this file, and take it up again, with its scenarios, if it is there
    #[arg(long, value_name = "FILE")]
    game: Option<PathBuf>,
}

/// What the person wants next.
enum Word {
    /// The week goes on.
    On,
    /// So many weeks go on without a question.
    Skip(u32),
    /// One of the choices, by its place: which option, and whether always.
    Take(usize, usize, bool),
    /// Back to the week before in which something was put.
    Back,
    /// The rest is left to the model.
    End,
    /// It was not understood: what to say.
    Unclear(String),
}

const HELP: &str = "* what is done as things stand; beside each option how likely the actor is to take it
1 yes: decide the first so    1 yes always: and so from now on    Enter: on to what comes next
skip 4: four weeks without a question    back: undo to the last choice    end: leave the rest to the model    help: this";

impl PlayVerb {
    /// Plays.
    pub fn go(&self) -> Result<(), Failure> {
        let kept = self.kept()?;
        let under =
            kept.as_ref().filter(|_| self.scenario.is_empty() && self.opening.set.is_empty());
        let (scenarios, opening) = match under {
            Some(game) => {
                let opening = Opening { set: game.set.clone(), ..self.opening.clone() };
                (game.scenarios.clone(), opening)
            }
            None => (self.scenario.clone(), self.opening.clone()),
        };
        let folder = opening.folder(&scenarios)?;
        let case = opening.case(&folder)?;
        let model = ready(&folder, &case)?;
        let game = self.begun(kept, (case.as_of, scenarios, opening.set))?;
        let known = !game.decided.is_empty();
        let mut table = Table::open(&model, game).map_err(Failure::usage)?;
        let (run, seed) = (table.game.run, table.game.seed);
        print([
            format!(
                "{}, {}: you are {}.",
                case.head.title,
                case.as_of,
                labels(&table).join(", with ")
            ),
            format!(
                "Future {run} of seed {seed}, until {}. Type help for what may be said.",
                model.end
            ),
        ])?;
        if known {
            print([format!("Taken up again: {} decided so far.", table.game.decided.len())])?;
        }
        let mut day = model.start;
        // Where the weeks begin in which something was put.
        let mut weeks = Vec::new();
        let mut skip = 0_u32;
        let mut lines = std::io::stdin().lock().split(b'\n');
        loop {
            let mut week = table.week(day)?;
            let mut quiet = skip > 0 || week.choices.iter().all(|c| table.game.settles(c));
            let asked = !quiet;
            let mut answered = false;
            while !quiet {
                if !std::mem::take(&mut answered) {
                    put(&week)?;
                }
                let Some(line) = lines.next().transpose()? else {
                    return self.finish(&table);
                };
                // What is no text is no word either, and says so like any other.
                match word(&String::from_utf8_lossy(&line), &week.choices) {
                    Word::On => quiet = true,
                    Word::Skip(n) => (skip, quiet) = (n, true),
                    Word::Take(at, option, always) => {
                        let choice = &week.choices[at];
                        table.decide(Decided {
                            day: choice.day,
                            id: choice.id.clone(),
                            option: choice.options[option].clone(),
                            always,
                        });
                        self.keep(&table)?;
                        // What is decided may put something else.
                        let before = std::mem::replace(&mut week, table.week(day)?).choices;
                        // Numbers stay: what is new stands at the end. Where something is put no more, all is told anew.
                        let place = |c: &Choice| {
                            before.iter().position(|b| (b.day, &b.id) == (c.day, &c.id))
                        };
                        week.choices.sort_by_key(|c| place(c).unwrap_or(usize::MAX));
                        let known = week.choices.iter().filter(|c| place(c).is_some()).count();
                        if known == before.len() {
                            let told = week.choices.iter().enumerate();
                            let told = told.filter(|(_, choice)| !before.contains(choice));
                            print(told.map(|(at, choice)| line_of(at, choice)))?;
                            answered = true;
                        }
                    }
                    Word::Back => {
                        if weeks.is_empty() {
                            print([
                                "This is where the first choice is; what you decided here is undone.".to_owned(),
                            ])?;
                        }
                        day = weeks.pop().unwrap_or(day);
                        table.back_to(day);
                        week = table.week(day)?;
                    }
                    Word::End => return self.finish(&table),
                    Word::Unclear(said) => {
                        print([said])?;
                        answered = true;
                    }
                }
            }
            skip = skip.saturating_sub(1);
            if !week.news.is_empty() {
                print(news(&week))?;
            }
            if week.last {
                return self.finish(&table);
            }
            if asked {
                weeks.push(day);
            }
            day = week.until;
        }
    }

    /// The game as it was left, if it was.
    fn kept(&self) -> Result<Option<Game>, Failure> {
        let Some(path) = self.game.as_ref().filter(|path| path.exists()) else { return Ok(None) };
        let bytes = std::fs::read(path).map_err(at(path))?;
        if bytes.trim_ascii().is_empty() {
            return Ok(None);
        }
        let game = serde_json::from_slice(&bytes).map_err(|error| {
            Failure::usage(format!(
                "--game {}: this is no game that can be taken up: {error}; name another file for a new one",
                path.display()
            ))
        })?;
        Ok(Some(game))
    }

    /// The game as it was left, if it is the one that is asked for, or a new one.
    fn begun(
        &self,
        kept: Option<Game>,
        (as_of, scenarios, set): (Date, Vec<String>, Vec<String>),
    ) -> Result<Game, Failure> {
        let (run, seed) = (self.run.unwrap_or(0), self.seed.unwrap_or(1));
        let actor = self.actor.clone();
        let Some(kept) = kept else {
            return Ok(Game { actor, as_of, seed, run, scenarios, set, decided: Vec::new() });
        };
        let same = (&kept.actor, kept.as_of, &kept.scenarios, &kept.set)
            == (&actor, as_of, &scenarios, &set)
            && self.run.is_none_or(|run| run == kept.run)
            && self.seed.is_none_or(|seed| seed == kept.seed);
        if same {
            return Ok(kept);
        }
        let file = self.game.as_ref().map_or_else(String::new, |path| path.display().to_string());
        let under: Vec<String> = (kept.scenarios.iter().map(|name| format!(" --scenario {name}")))
            .chain(kept.set.iter().map(|set| format!(" --set {set}")))
            .collect();
        Err(Failure::usage(format!(
            "--game {file}: this game is --as {} --as-of {} --run {} --seed {}{}; say the same, or name another file",
            kept.actor,
            kept.as_of,
            kept.run,
            kept.seed,
            under.concat()
        )))
    }

    fn keep(&self, table: &Table<'_>) -> Result<(), Failure> {
        let Some(path) = &self.game else { return Ok(()) };
        let mut text = serde_json::to_vec_pretty(&table.game)?;
        text.push(b'\n');
        write_whole(path, &text)
    }

    /// What became of it.
    fn finish(&self, table: &Table<'_>) -> Result<(), Failure> {
        self.keep(table)?;
        let found = table.account()?;
        let mut lines = account(table, &found);
        if found.put == 0 {
            let others = deciders(table.model, table.game.seed, table.game.run)?;
            let id =
                |(actor, _): &(usize, usize)| table.model.case.actors[*actor].id.get_ref().as_str();
            let ids: Vec<&str> = others.iter().map(id).collect();
            lines.push(String::new());
            lines.push(match ids.is_empty() {
                true => "No process of this case puts a decision to anybody.".to_owned(),
                false => format!(
                    "Nothing is ever put to it in this future. Others decide, those with most first: {}",
                    ids.join(", ")
                ),
            });
        }
        print(lines)
    }
}

/// The actor and the agencies that speak for it, by their short names.
fn labels<'c>(table: &Table<'c>) -> Vec<&'c str> {
    table.camp().map(|actor| table.model.case.actors[actor].label()).collect()
}

/// What is put to the person this week.
fn put(week: &Week) -> Result<(), Failure> {
    let mut lines = vec![String::new(), format!("The week to {}. Yours to decide:", week.until)];
    lines.extend(week.choices.iter().enumerate().map(|(at, choice)| line_of(at, choice)));
    print(lines)
}

/// A choice, each option with how likely the actor is to take it, and a star at what is done as things stand.
fn line_of(at: usize, choice: &Choice) -> String {
    let option = |(place, words): (usize, &String)| {
        let star = if place == choice.taken { "*" } else { "" };
        match choice.odds.get(place) {
            Some(p) => format!("{star}{words} {}", screen::percent(*p)),
            None => format!("{star}{words}"),
        }
    };
    let options: Vec<String> = choice.options.iter().enumerate().map(option).collect();
    format!("{:>3}  {}  {}  {}", at + 1, choice.day, choice.what, options.join(" / "))
}

/// What was typed.
fn word(line: &str, choices: &[Choice]) -> Word {
    let line = line.trim();
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    match first.as_str() {
        "" => return Word::On,
        "back" => return Word::Back,
        "end" | "quit" | "exit" => return Word::End,
        "help" | "?" => return Word::Unclear(HELP.to_owned()),
        "skip" => {
            let weeks = words.next().map_or(Ok(4), str::parse);
            return match weeks {
                Ok(weeks) if weeks > 0 => Word::Skip(weeks),
                _ => Word::Unclear("skip how many weeks? skip 4".to_owned()),
            };
        }
        _ => {}
    }
    let Some(at) = first.parse::<usize>().ok().filter(|n| (1..=choices.len()).contains(n)) else {
        return Word::Unclear(format!("\"{first}\" is none of 1 to {}; type help", choices.len()));
    };
    let mut rest: Vec<&str> = words.collect();
    let always = rest.last().is_some_and(|last| last.eq_ignore_ascii_case("always"));
    if always {
        rest.pop();
    }
    let said = rest.join(" ").to_lowercase();
    let options = &choices[at - 1].options;
    let by_number =
        said.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < options.len());
    let begins = |option: &String| option.to_lowercase().starts_with(&said);
    let exactly = options.iter().position(|option| option.to_lowercase() == said);
    let alike: Vec<usize> = (0..options.len()).filter(|o| begins(&options[*o])).collect();
    match (by_number.or(exactly), alike.as_slice()) {
        (Some(option), _) => Word::Take(at - 1, option, always),
        (None, [option]) if !said.is_empty() => Word::Take(at - 1, *option, always),
        _ => Word::Unclear(format!("{at}: say one of {}", options.join(", "))),
    }
}

/// What the person gets to know of a week.
fn news(week: &Week) -> Vec<String> {
    let told = week.news.iter().map(|entry| format!("     {}  {}", entry.day, entry.what));
    told.collect()
}

/// The account of a game.
fn account(table: &Table<'_>, account: &Account) -> Vec<String> {
    let who = labels(table)[0];
    let mut lines = vec![
        String::new(),
        format!("What came of it, beside the same future without you in place of {who}"),
    ];
    lines.push(String::new());
    match account.moves.len() {
        0 => lines.push(format!("You did nothing that {who} would not have done.")),
        n => {
            lines.push(format!("You did otherwise {}:", screen::number(n, "time")));
            // The same again and again is told once.
            let mut rest: Vec<&Choice> = account.moves.iter().collect();
            while let Some(first) = rest.first().copied() {
                let words = |c: &Choice| (c.options[c.taken].clone(), c.options[c.model].clone());
                let alike = |c: &&Choice| c.id == first.id && words(c) == words(first);
                let (same, others): (Vec<&Choice>, Vec<&Choice>) =
                    rest.iter().partition(|c| alike(c));
                let (taken, model) = words(first);
                let more = match same.as_slice() {
                    [_, .., last] => {
                        let times = screen::number(same.len() - 1, "time");
                        format!("; {times} more until {}", last.day)
                    }
                    _ => String::new(),
                };
                lines.push(format!(
                    "  {}  {}  {taken}, in place of {model}{more}",
                    first.day, first.what
                ));
                rest = others;
            }
        }
    }
    if !account.idle.is_empty() {
        let idle = account.idle.iter().map(|d| format!("{} ({})", d.id, d.day));
        lines.push(format!("Decided and never come up: {}", idle.collect::<Vec<_>>().join(", ")));
    }
    let rows = |rows: &[Row]| -> Vec<Vec<String>> {
        rows.iter().map(|r| vec![r.name.clone(), r.with.clone(), r.without.clone()]).collect()
    };
    if !account.wishes.is_empty() {
        lines.push(String::new());
        let head = format!("What {who} wants by the case, as it stands at the end");
        lines.extend(beside(&head, &rows(&account.wishes)));
    }
    lines.push(String::new());
    if account.changed.is_empty() {
        lines.push("Nothing that is counted came out otherwise.".to_owned());
    } else {
        lines.extend(beside("What came out otherwise", &rows(&account.changed)));
    }
    lines
}

/// The widest table that is set in columns.
const WIDE: usize = 100;

/// What came of each thing with the person and without: in columns, or one beneath the other where that is too wide.
fn beside(head: &str, rows: &[Vec<String>]) -> Vec<String> {
    let table = screen::table(&[head, "with you", "without"], rows);
    if table.iter().all(|line| line.chars().count() <= WIDE) {
        return table;
    }
    let row = |row: &Vec<String>| match row.as_slice() {
        [what, with, without] if with == without => {
            vec![what.clone(), format!("    either way: {with}")]
        }
        [what, with, without] => {
            vec![what.clone(), format!("    with you: {with}"), format!("    without: {without}")]
        }
        _ => Vec::new(),
    };
    let line = "\u{2500}".repeat(head.chars().count());
    [head.to_owned(), line].into_iter().chain(rows.iter().flat_map(row)).collect()
}
