//! The facts of a brief: what more than one part of the page speaks of, looked up once, so that the first page, the
//! tables and the pictures cannot give one event two probabilities.
//!
//! What comes of a matter is counted over the brief's own runs, the first of which are also those that are played
//! again without each of the powers watched.

use assess::influence::{Camp, Influence, OfActor, OfMatter};
use case::Case;
use simulate::quantity::Quantity;

use super::persons::told;
use super::status::{self, Status};
use super::{Findings, motion};

/// Something that is decided, or granted, in the runs.
pub(super) struct Matter<'f> {
    /// What it is.
    pub name: String,
    /// Where it stands on the date of the brief.
    pub status: Status,
    /// When it may come up.
    pub when: Option<String>,
    /// What comes of it by the end of the runs, the likeliest first; what is missing to 1 came to nothing.
    pub comes: Vec<(String, f64)>,
    /// The powers that want something of it.
    pub actors: &'f [OfActor],
    /// Its id.
    pub id: String,
    /// Whether it is who heads the government, which has a page of its own.
    pub office: bool,
}

impl Matter<'_> {
    /// The likeliest outcome.
    pub fn likeliest(&self) -> Option<(&str, f64)> {
        self.comes.first().map(|(words, share)| (words.as_str(), *share))
    }

    /// How open it is: 1 where the likeliest outcome is as likely as not.
    fn openness(&self) -> f64 {
        self.likeliest().map_or(0.0, |(_, share)| 4.0 * share * (1.0 - share))
    }

    /// The most that anybody watched decides in it.
    fn weight(&self) -> f64 {
        self.actors.iter().map(|a| a.decisiveness.abs()).fold(0.0, f64::max)
    }
}

/// What more than one part of the brief speaks of.
pub(super) struct Facts<'f> {
    /// What is decided in the runs, the most open and most moved first.
    pub matters: Vec<Matter<'f>>,
    /// The powers watched, each with those that speak for it.
    pub camps: &'f [Camp],
    /// How many runs there are.
    pub runs: usize,
    /// How many of them were played again without them.
    pub pairs: u32,
    /// The case.
    pub case: &'f Case,
    /// The same split by channel, where it was.
    pub channels: Option<&'f Influence>,
}

impl<'f> Facts<'f> {
    /// Looks them up.
    pub fn of(findings: &Findings<'f>) -> Self {
        let influence = findings.joined.influence.as_ref();
        let mut matters: Vec<Matter<'f>> = influence
            .map_or(&[][..], |influence| &influence.matters[..])
            .iter()
            .map(|of| matter(findings, of))
            .collect();
        matters.extend(waivers(findings));
        // Openness and what is decided weigh the same, as with events (*Judged*).
        let rank = |m: &Matter<'_>| m.openness() + 4.0 * m.weight();
        matters.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.name.cmp(&b.name)));
        let camps = influence.map_or(&[][..], |influence| &influence.camps[..]);
        Self {
            matters,
            camps,
            runs: findings.ensemble.outcomes.len(),
            pairs: influence.map_or(0, |influence| influence.runs),
            case: findings.model.case,
            channels: findings.joined.channels.as_ref(),
        }
    }
}

fn matter<'f>(findings: &Findings<'f>, of: &'f OfMatter) -> Matter<'f> {
    let case = findings.model.case;
    let mut comes: Vec<(String, f64)> = of
        .comes
        .iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(a, s)| (told(case, a), *s))
        .collect();
    comes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let decision = case.decisions.iter().find(|d| *d.id.get_ref() == of.id);
    let bill = case.bills.iter().find(|b| *b.id.get_ref() == of.id);
    let (status, when) = match (decision, bill) {
        (Some(decision), _) => (status::decision(case, decision), status::due(case, decision)),
        (_, Some(bill)) => (
            status::bill(bill),
            status::comes_up(bill.hazard.as_ref().map(|h| case.belief(h).value)),
        ),
        _ => (status::head(findings), None),
    };
    let office = decision.is_none() && bill.is_none();
    let name = of.name.clone();
    Matter { name, status, when, comes, actors: &of.actors, id: of.id.clone(), office }
}

/// Whether a quantity is told as a matter rather than as an event.
pub(super) fn is_of_matter(findings: &Findings<'_>, quantity: &Quantity) -> bool {
    let decided = findings.joined.influence.is_some()
        && matches!(quantity.key.process, "decision" | "legislation");
    let waiver = quantity.key.process == "sanctions"
        && matches!(quantity.key.what.as_str(), "lapsed" | "granted");
    decided || waiver
}

/// The waivers of the case, which are granted and lapse.
fn waivers<'f>(findings: &Findings<'f>) -> Vec<Matter<'f>> {
    let case = findings.model.case;
    let mut all = Vec::new();
    for waiver in &case.waivers {
        let id = waiver.id.get_ref();
        let share = |what: &str| {
            let id = format!("sanctions.{what}.{id}");
            motion::every(findings).find(|(quantity, _)| quantity.id == id).map(|(_, share)| share)
        };
        let (changes, share, stays) = match (share("lapsed"), share("granted")) {
            (Some(share), _) => ("it lapses", share, "it stays in force"),
            (_, Some(share)) => ("it is granted again", share, "it is not granted again"),
            _ => continue,
        };
        let mut comes = vec![(changes.to_owned(), share), (stays.to_owned(), 1.0 - share)];
        comes.sort_by(|a, b| b.1.total_cmp(&a.1));
        all.push(Matter {
            name: waiver.name.clone(),
            status: status::waiver(case, waiver),
            when: waiver
                .expires(case.as_of)
                .map(|day| format!("it runs out on {}", super::words::date(day))),
            comes,
            actors: &[],
            id: id.clone(),
            office: false,
        });
    }
    all
}
