//! A person in place of an actor: what the actor may decide in a run is put to the person and done as he says; everybody
//! else goes on by the model, and under the same luck.
//!
//! What is left open is done as it would be without the person, so that a run in which nothing is decided otherwise is the
//! run itself. A person knows what is public and what is between the actor and others ([`crate::journal::Entry::known`]).

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{ActorId, Model};

/// Whose decisions are taken, and what was decided.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The actor and those that speak for it.
    pub actors: Vec<ActorId>,
    /// What was decided on a day, by the choice's id: the words of the option, since a choice may be put again on a day with
    /// fewer of them.
    pub decided: BTreeMap<(Date, String), String>,
    /// What is decided alike from a day on, where nothing else was, by the choice's id: rising days, each with the
    /// words of the option.
    pub standing: BTreeMap<String, Vec<(Date, String)>>,
}

/// Something that is put to the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The day.
    pub day: Date,
    /// Whose choice it is.
    pub actor: ActorId,
    /// What it is about; the same matter has the same id on every day, and comes up once a day for each whose choice it is.
    pub id: String,
    /// The question.
    pub what: String,
    /// What may be done.
    pub options: Vec<String>,
    /// How likely the model thinks each, where it says so.
    pub odds: Vec<f64>,
    /// What would be done without the person.
    pub model: usize,
    /// What is done.
    pub taken: usize,
}

/// What is asked of the person, without what comes of it.
#[derive(Debug)]
pub(crate) struct Put {
    pub id: String,
    pub what: String,
    pub options: Vec<String>,
    pub odds: Vec<f64>,
}

impl Put {
    /// A question of yes or no, with the probability of yes.
    pub fn yes_or_no(id: String, what: String, p: f64) -> Self {
        let p = p.clamp(0.0, 1.0);
        Self { id, what, options: vec!["no".to_owned(), "yes".to_owned()], odds: vec![1.0 - p, p] }
    }
}

/// A campaign by its two ends.
pub(crate) fn campaign_id(model: &Model<'_>, at: usize) -> String {
    let campaign = &model.case.campaigns[at];
    format!("{}.{}", campaign.attacker.get_ref(), campaign.target.get_ref())
}

/// The person at work in a run.
#[derive(Debug)]
pub(crate) struct AtWork {
    person: Person,
    put: RefCell<Vec<Choice>>,
}

impl AtWork {
    pub fn new(person: Person) -> Self {
        Self { person, put: RefCell::default() }
    }

    /// What is done: as the person says, or as it would be.
    pub fn take(
        &self,
        day: Date,
        actor: ActorId,
        model: usize,
        put: impl FnOnce() -> Put,
    ) -> usize {
        if !self.person.actors.contains(&actor) {
            return model;
        }
        let Put { id, what, options, odds } = put();
        // Where nothing else can be done there is nothing to decide.
        if options.len() < 2 {
            return model;
        }
        let standing = || {
            let all = self.person.standing.get(&id)?.iter();
            all.rev().find(|(from, _)| *from <= day).map(|(_, option)| option)
        };
        let decided = self.person.decided.get(&(day, id.clone())).or_else(standing);
        let place = |words: &String| options.iter().position(|option| option == words);
        let taken = decided.and_then(place).unwrap_or(model);
        let mut all = self.put.borrow_mut();
        if !all.iter().any(|known| (known.day, known.actor, &known.id) == (day, actor, &id)) {
            all.push(Choice { day, actor, id, what, options, odds, model, taken });
        }
        taken
    }

    pub fn into_choices(self) -> Vec<Choice> {
        self.put.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_put_again_with_fewer_options_is_done_by_its_words() {
        let day = jiff::civil::date(2030, 3, 1);
        let mut person = Person { actors: vec![4], ..Person::default() };
        person.decided.insert((day, "nominee.bloc".to_owned()), "Otto".to_owned());
        let at_work = AtWork::new(person);
        let put = |actor: ActorId, options: &[&str]| {
            at_work.take(day, actor, 1, || Put {
                id: "nominee.bloc".to_owned(),
                what: "Whom?".to_owned(),
                options: options.iter().map(|o| (*o).to_owned()).collect(),
                odds: Vec::new(),
            })
        };
        assert_eq!(put(4, &["Anna", "Ida", "Otto"]), 2);
        assert_eq!(put(4, &["Otto", "Ida"]), 0, "the same words at another place");
        assert_eq!(put(4, &["Ida", "Anna"]), 1, "he stands no more: as it would be");
        assert_eq!(put(5, &["Otto", "Ida"]), 1, "somebody else's choice");
        let told: Vec<(usize, usize)> =
            at_work.into_choices().iter().map(|c| (c.options.len(), c.taken)).collect();
        assert_eq!(told, [(3, 2)], "once a day, as it was first put");
    }

    #[test]
    fn two_who_decide_the_same_are_both_told_of() {
        let day = jiff::civil::date(2030, 3, 1);
        let at_work = AtWork::new(Person { actors: vec![4, 5], ..Person::default() });
        for actor in [4, 5, 4] {
            let said = at_work.take(day, actor, 1, || {
                Put::yes_or_no("bill.veto".to_owned(), "Stop it?".to_owned(), 0.3)
            });
            assert_eq!(said, 1);
        }
        let told: Vec<ActorId> = at_work.into_choices().iter().map(|c| c.actor).collect();
        assert_eq!(told, [4, 5]);
    }
}
