//! Date phrases placed in the order of the text, so that "two days later" and the year of a bare
//! "March 7" may be taken from what stands before them.
//!
//! A bare month or day takes a year from the text only where the text is plainly telling of that
//! year: the sentence opens with a full date, or an earlier one of the paragraph does, and the bare
//! date follows it within the year. Otherwise the document's date decides. What two readings place
//! differently and no rule parts stays unplaced. *Judged.*

use super::calendar::{months, period, place};
use super::{Anchor, Phrase, Precision, Says, Today, Unit, When};

/// The calendar place of a phrase and what it was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) when: Option<When>,
    pub(crate) anchor: Anchor,
}

/// What the phrases read so far have said.
#[derive(Default)]
pub(crate) struct Told {
    paragraph: usize,
    sentence: usize,
    /// The last phrase placed in running text, and its sentence.
    last: Option<(When, usize)>,
    /// A full date the paragraph tells of, where it opens its sentence.
    told: Option<When>,
}

/// What stands around a phrase.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    /// The sentence looks forward.
    pub(crate) ahead: bool,
    /// It is the day of what something else came before: which year is meant hangs on which is nearer.
    pub(crate) nearest: bool,
    /// The phrase stands after "since".
    pub(crate) since: bool,
    /// It is a dateline: the day the text is sent, not of what it tells.
    pub(crate) dateline: bool,
}

impl Told {
    /// Places the phrases of one sentence.
    pub(crate) fn place(
        &mut self,
        phrases: &[Phrase],
        around: &[Around],
        today: Option<Today>,
        paragraph: usize,
        sentence: usize,
    ) -> Vec<Placed> {
        if paragraph != self.paragraph {
            self.told = None;
            self.paragraph = paragraph;
        }
        self.sentence = sentence;
        let mut here: Option<When> = None;
        let mut out: Vec<Placed> = Vec::with_capacity(phrases.len());
        for (phrase, around) in phrases.iter().zip(around) {
            let placed = self.one(phrase, *around, today, here);
            if let Some(when) = placed.when
                && !around.dateline
            {
                self.last = Some((when, sentence));
                if placed.anchor == Anchor::Explicit {
                    here = here.or(Some(when));
                    if phrase.tokens.0 <= 2 && when.precision != Precision::Decade {
                        self.told = Some(when);
                    }
                }
            }
            out.push(placed);
        }
        // "from $8 million a year earlier": reckoned from a date that follows it
        for i in 0..out.len() {
            if out[i].when.is_none()
                && let Says::Later(unit, n) = &phrases[i].says
                && let Some(next) = out.get(i + 1).and_then(|p| p.when)
            {
                out[i] = shifted(next, *unit, *n);
            }
        }
        out
    }

    fn one(
        &self,
        phrase: &Phrase,
        around: Around,
        today: Option<Today>,
        here: Option<When>,
    ) -> Placed {
        let anchor = || self.last.filter(|(_, at)| at + 2 >= self.sentence).map(|(when, _)| when);
        match &phrase.says {
            Says::Later(unit, n) => anchor()
                .map_or(Placed { when: None, anchor: Anchor::None }, |w| shifted(w, *unit, *n)),
            Says::Day { year: None, .. } | Says::Month { year: None, .. } => {
                let (mut when, anchor) = place(&phrase.says, today, around.ahead);
                if around.nearest
                    && let (Some(today), Some(past)) = (today, when)
                    && let (Some(next), _) = place(&phrase.says, Some(today), true)
                {
                    let far = |day: jiff::civil::Date| day.duration_since(today.date).abs();
                    when = if far(next.from) < far(past.from) { Some(next) } else { Some(past) };
                }
                let plain = Placed { when, anchor };
                if around.ahead {
                    return plain;
                }
                let told = |year: i16| {
                    let when = match phrase.says {
                        Says::Day { month, day, .. } => {
                            place(&Says::Day { year: Some(year), month, day }, today, false).0
                        }
                        Says::Month { month, .. } => months(year, month, 1, Precision::Month),
                        _ => None,
                    };
                    Placed { when, anchor: Anchor::Text }
                };
                if let Some(base) = self.told {
                    let own = told(base.from.year());
                    let known = today.is_some_and(|t| base.from.year() >= t.date.year());
                    if !known && own.when.is_some_and(|w| w.from >= base.from) {
                        return own;
                    }
                }
                // "held on 9 May 2019, the house met on 2 June": of that year, or of the last gone by
                let day = here.filter(|h| h.precision == Precision::Day);
                if day.is_some_and(|h| when.is_some_and(|w| w.from.year() != h.from.year())) {
                    return Placed { when: None, anchor: Anchor::None };
                }
                // "2024, and the losses since October 7": nothing says of which year
                let other = here.filter(|h| when.is_some_and(|w| w.from.year() != h.from.year()));
                if around.since && (other.is_some() || today.is_some_and(|t| !t.exact)) {
                    return Placed { when: None, anchor: Anchor::None };
                }
                plain
            }
            says => {
                let (when, anchor) = place(says, today, around.ahead);
                Placed { when, anchor }
            }
        }
    }
}

/// Whole units from a date told before; never finer than that date was.
fn shifted(from: When, unit: Unit, n: i32) -> Placed {
    let none = Placed { when: None, anchor: Anchor::None };
    let base = if n >= 0 { from.to } else { from.from };
    let Ok(moved) = base.checked_add(period(unit, n)) else { return none };
    let day = from.precision == Precision::Day;
    let when = match unit {
        Unit::Day if day => Some(super::calendar::one_day(moved)),
        // weeks and months later are told in round numbers
        Unit::Week if day => {
            let slack = 3;
            match (
                moved.checked_sub(period(Unit::Day, slack)),
                moved.checked_add(period(Unit::Day, slack)),
            ) {
                (Ok(from), Ok(to)) => Some(When { from, to, precision: Precision::Week }),
                _ => None,
            }
        }
        Unit::Month if from.precision <= Precision::Month => {
            months(moved.year(), moved.month(), 1, Precision::Month)
        }
        Unit::Year if from.precision <= Precision::Year => {
            months(moved.year(), 1, 12, Precision::Year)
        }
        Unit::Day | Unit::Week if from.precision <= Precision::Month => {
            // "in June ... two days later": no finer than June
            match (from.from.checked_add(period(unit, n)), from.to.checked_add(period(unit, n))) {
                (Ok(from), Ok(to)) => Some(When { from, to, precision: Precision::Interval }),
                _ => None,
            }
        }
        _ => None,
    };
    when.map_or(none, |when| Placed { when: Some(when), anchor: Anchor::Text })
}
