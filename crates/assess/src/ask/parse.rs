//! Reading a question: words and signs, then terms by how tightly they bind.

use jiff::civil::Date;
use simulate::model::Model;
use simulate::quantity::{Quantity, Unit};

use super::{Count, Node, Sign, Value};

/// Brackets within brackets, and signs in front of signs, that a question may hold.
const DEEPEST: usize = 64;
/// Words and signs that a question may hold: each joined part stands within the one before it, and what is nested without
/// end ends the program.
const LONGEST: usize = 1_000;

/// Why a question cannot be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskError {
    /// The byte of the question at which it goes wrong.
    pub at: usize,
    /// What is wrong.
    pub fault: String,
    /// What would mend it.
    pub hint: String,
}

impl std::fmt::Display for AskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}; {}", self.at + 1, self.fault, self.hint)
    }
}

impl std::error::Error for AskError {}

#[derive(Debug, Clone, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    Quoted(&'t str),
    Sign(&'t str),
}

fn error(at: usize, fault: impl Into<String>, hint: impl Into<String>) -> AskError {
    AskError { at, fault: fault.into(), hint: hint.into() }
}

/// Signs, longer ones first.
const SIGNS: &[&str] = &["<=", ">=", "==", "!=", "<", ">", "(", ")", "+", "-", "*", "/"];

fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, AskError> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first == '"' {
            let Some(end) = rest[1..].find('"') else {
                return Err(error(at, "a quoted name does not end", "close it with \""));
            };
            all.push((at, Token::Quoted(&rest[1..=end])));
            at += end + 2;
        } else if first.is_alphanumeric() || first == '.' {
            // A hyphen inside a word belongs to it; one with spaces round it takes away.
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '@')))
                .unwrap_or(rest.len());
            all.push((at, Token::Word(&rest[..end])));
            at += end;
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            all.push((at, Token::Sign(sign)));
            at += sign.len();
        } else {
            return Err(error(
                at,
                format!("\"{first}\" means nothing here"),
                "use words, numbers and + - * / < <= > >= == !=",
            ));
        }
    }
    Ok(all)
}

struct Parser<'p> {
    tokens: &'p [(usize, Token<'p>)],
    next: usize,
    end: usize,
    depth: usize,
    model: &'p Model<'p>,
}

/// Reads a whole question.
pub(super) fn read(text: &str, model: &Model<'_>) -> Result<Node, AskError> {
    let tokens = tokens(text)?;
    if let Some((at, _)) = tokens.get(LONGEST) {
        let fault = format!("the question has more than {LONGEST} words and signs");
        return Err(error(*at, fault, "write a shorter one"));
    }
    let mut parser = Parser { tokens: &tokens, next: 0, end: text.len(), depth: 0, model };
    let node = parser.either()?;
    match parser.tokens.get(parser.next) {
        None => Ok(node),
        Some((at, _)) => Err(error(*at, "this is left over", "join parts with a sign, and, or or")),
    }
}

impl Parser<'_> {
    fn sign(&mut self, of: &[(&str, Sign)]) -> Option<Sign> {
        let (_, token) = self.tokens.get(self.next)?;
        let written = match token {
            Token::Sign(sign) => sign,
            Token::Word(word @ ("and" | "or")) => word,
            _ => return None,
        };
        let found = of.iter().find(|(text, _)| text == written)?.1;
        self.next += 1;
        Some(found)
    }

    fn chain(
        &mut self,
        of: &[(&str, Sign)],
        part: fn(&mut Self) -> Result<Node, AskError>,
    ) -> Result<Node, AskError> {
        let mut left = part(self)?;
        while let Some(sign) = self.sign(of) {
            left = Node::Pair(Box::new(left), sign, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn either(&mut self) -> Result<Node, AskError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let at = self.tokens.get(self.next).map_or(self.end, |t| t.0);
            return Err(error(at, "too many brackets", "write a shorter question"));
        }
        let node = self.chain(&[("or", Sign::Or)], |p| p.chain(&[("and", Sign::And)], Self::not));
        self.depth -= 1;
        node
    }

    fn not(&mut self) -> Result<Node, AskError> {
        let mut turns = 0;
        while matches!(self.tokens.get(self.next), Some((_, Token::Word("not")))) {
            self.next += 1;
            turns += 1;
        }
        let node = self.comparison()?;
        Ok(if turns % 2 == 1 { Node::Not(Box::new(node)) } else { node })
    }

    fn comparison(&mut self) -> Result<Node, AskError> {
        let left = self.sum()?;
        let signs = [
            ("<=", Sign::AtMost),
            (">=", Sign::AtLeast),
            ("==", Sign::Equal),
            ("!=", Sign::Unequal),
            ("<", Sign::Less),
            (">", Sign::More),
        ];
        match self.sign(&signs) {
            None => Ok(left),
            Some(sign) => {
                let at = self.tokens.get(self.next).map_or(self.end, |t| t.0);
                let right = self.sum()?;
                self.fits(at, &left, &right)?;
                self.fits(at, &right, &left)?;
                Ok(Node::Pair(Box::new(left), sign, Box::new(right)))
            }
        }
    }

    /// Whether a name can be the value that it is compared with: a candidate heads, a list is largest.
    fn fits(&self, at: usize, asked: &Node, name: &Node) -> Result<(), AskError> {
        let Node::Constant(Value::Name(name)) = name else { return Ok(()) };
        let case = self.model.case;
        let lists = || self.model.lists.iter().map(|a| case.actors[*a].id.get_ref().as_str());
        let candidates = || case.candidates.iter().map(|c| c.id.get_ref().as_str());
        let (what, names): (&str, Vec<&str>) = match asked {
            Node::Head(_) | Node::Named => ("candidate", candidates().collect()),
            Node::Largest | Node::First(_) => ("list", lists().collect()),
            Node::Office(_) => ("list", lists().chain(["empty", "no-list"]).collect()),
            _ => return Ok(()),
        };
        if name == "none" || names.contains(&name.as_str()) {
            return Ok(());
        }
        let hint = match case::diagnostic::nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("name a {what} of the case: {}", names.join(", ")),
        };
        Err(error(at, format!("\"{name}\" is no {what}"), hint))
    }

    fn sum(&mut self) -> Result<Node, AskError> {
        self.chain(&[("+", Sign::Add), ("-", Sign::Subtract)], |p| {
            p.chain(&[("*", Sign::Multiply), ("/", Sign::Divide)], Self::part)
        })
    }

    fn part(&mut self) -> Result<Node, AskError> {
        let Some((at, token)) = self.tokens.get(self.next).cloned() else {
            return Err(error(
                self.end,
                "the question breaks off",
                "name a quantity, a number or a day",
            ));
        };
        self.next += 1;
        match token {
            Token::Sign("(") => {
                let inner = self.either()?;
                match self.tokens.get(self.next) {
                    Some((_, Token::Sign(")"))) => {
                        self.next += 1;
                        Ok(inner)
                    }
                    _ => Err(error(at, "this bracket is not closed", "close it with )")),
                }
            }
            Token::Sign("-") => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(error(at, "too many signs", "write a shorter question"));
                }
                let inner = self.part()?;
                self.depth -= 1;
                Ok(Node::Negative(Box::new(inner)))
            }
            Token::Sign(sign) => Err(error(
                at,
                format!("\"{sign}\" cannot stand here"),
                "name a quantity, a number or a day",
            )),
            Token::Quoted(name) => self.quantity(name).ok_or_else(|| self.unknown(at, name)),
            Token::Word(word) => self.word(at, word),
        }
    }

    fn word(&self, at: usize, word: &str) -> Result<Node, AskError> {
        if let Ok(number) = word.parse::<f64>()
            && number.is_finite()
            && word.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        {
            return Ok(Node::Constant(Value::Number(number)));
        }
        if let Ok(day) = word.parse::<Date>() {
            return Ok(Node::Constant(Value::Day(day)));
        }
        let plain = match word {
            "true" | "yes" => Some(Node::Constant(Value::Truth(true))),
            "false" | "no" => Some(Node::Constant(Value::Truth(false))),
            "none" => Some(Node::Constant(Value::Name("none".to_owned()))),
            "turnout" => Some(Node::Turnout),
            "bloc.seats" => Some(Node::BlocSeats),
            "government.days" => Some(Node::Days),
            "government.date" => Some(Node::GovernmentDate),
            "failures" => Some(Node::Failures),
            "offices.filled" => Some(Node::Filled),
            "offices.all" => Some(Node::Constant(Value::Number(
                self.model.case.offices.iter().filter(|o| o.ministry).count() as f64,
            ))),
            "largest" => Some(Node::Largest),
            "head" => Some(Node::Head(None)),
            "nominee.first" => Some(Node::Named),
            _ => None,
        };
        if let Some(node) = plain {
            return Ok(node);
        }
        if let Some(day) = word.strip_prefix("head@") {
            let day = day
                .parse()
                .map_err(|_| error(at, format!("\"{day}\" is no day"), "write it as YYYY-MM-DD"))?;
            return Ok(Node::Head(Some(day)));
        }
        self.of_the_case(word).or_else(|| self.quantity(word)).ok_or_else(|| self.unknown(at, word))
    }

    /// A quantity of something the case names, or the name itself.
    fn of_the_case(&self, word: &str) -> Option<Node> {
        let case = self.model.case;
        let list = |id: &str| self.model.list(id);
        let district = |id: &str| case.districts.iter().position(|d| d.id.get_ref() == id);
        let stage = |id: &str| case.stages.iter().position(|s| s.id.get_ref() == id);
        let known = |id: &str| {
            case.actor(id).is_some()
                || case.candidates.iter().any(|c| c.id.get_ref() == id)
                || matches!(id, "empty" | "no-list")
        };
        match word.split_once('.') {
            Some(("seats", of)) => match of.split_once('@') {
                Some((l, d)) => Some(Node::SeatsIn(list(l)?, district(d)?)),
                None => Some(Node::Seats(list(of)?)),
            },
            Some(("votes", of)) => Some(Node::Votes(list(of)?)),
            Some(("in_bloc", of)) => Some(Node::InBloc(list(of)?)),
            Some(("governs", of)) => Some(Node::Governs(list(of)?)),
            Some(("failed", of)) => {
                case.candidates.iter().position(|c| c.id.get_ref() == of).map(Node::Failed)
            }
            Some(("first", of)) => Some(Node::First(district(of)?)),
            Some(("stage", of)) => stage(of).map(Node::Stage),
            Some(("present", of)) => stage(of).map(|s| Node::Sitting(s, Count::Present)),
            Some(("ballot", of)) => stage(of).map(|s| Node::Sitting(s, Count::Ballot)),
            Some(("sittings", of)) => stage(of).map(|s| Node::Sitting(s, Count::Held)),
            Some(("day", of)) => stage(of.strip_prefix("stage.")?).map(Node::StageDay),
            Some(("office", of)) => {
                case.offices.iter().position(|o| o.id.get_ref() == of).map(Node::Office)
            }
            _ => known(word).then(|| Node::Constant(Value::Name(word.to_owned()))),
        }
    }

    /// A quantity of the processes: at the end of the run, on a day (`ID@YYYY-MM-DD`), or the day on which something
    /// came about (`day.ID`).
    fn quantity(&self, id: &str) -> Option<Node> {
        let (reported, followed) = (&self.model.quantities, &self.model.followed);
        if let Some(of) = id.strip_prefix("day.") {
            let at = reported.iter().position(|q| q.id == of && q.unit == Unit::DaysUntil);
            return at.map(Node::DayOf);
        }
        if let Some((of, day)) = id.rsplit_once('@') {
            let day: Date = day.parse().ok()?;
            let weeks = day.since(self.model.start).ok()?.get_days().checked_div(7)?;
            // Samples are taken on the first day and every four weeks.
            let sample = usize::try_from(weeks / 4).ok()?;
            let at = followed.iter().position(|q| q.id == of)?;
            return Some(Node::FollowedOn(sample * followed.len() + at));
        }
        let place = |of: &[Quantity]| of.iter().position(|q| q.id == id);
        let at_end = || place(followed).map(|at| Node::Followed(at, followed.len()));
        place(reported).map(Node::Quantity).or_else(at_end)
    }

    fn unknown(&self, at: usize, word: &str) -> AskError {
        let case = self.model.case;
        let lists = self.model.lists.iter().map(|a| case.actors[*a].id.get_ref().as_str());
        let mut names: Vec<String> = lists
            .flat_map(|l| {
                ["seats", "votes", "governs", "in_bloc"].map(|kind| format!("{kind}.{l}"))
            })
            .collect();
        names.extend(case.candidates.iter().map(|c| c.id.get_ref().clone()));
        names.extend(case.candidates.iter().map(|c| format!("failed.{}", c.id.get_ref())));
        names.extend(case.districts.iter().map(|d| format!("first.{}", d.id.get_ref())));
        names.extend(case.stages.iter().map(|s| format!("stage.{}", s.id.get_ref())));
        names.extend(case.offices.iter().map(|o| format!("office.{}", o.id.get_ref())));
        names.extend(self.model.quantities.iter().map(|q| q.id.clone()));
        names.extend(self.model.followed.iter().map(|q| q.id.clone()));
        names.extend(
            [
                "turnout",
                "largest",
                "head",
                "nominee.first",
                "government.days",
                "government.date",
                "bloc.seats",
                "offices.filled",
                "offices.all",
            ]
            .map(String::from),
        );
        let hint = match case::diagnostic::nearest(word, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "name a quantity, a list, a candidate or a district of the case".to_owned(),
        };
        error(at, format!("\"{word}\": no such quantity in this case"), hint)
    }
}
