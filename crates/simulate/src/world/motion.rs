//! What moves between elections: ties, pillars, sanctions, supplies, minds of the people, ladders, bills, talks.
//!
//! Each field belongs to the process that sets it, named in its comment; any process may read it. Lists follow
//! the order of the case's entries of that kind.

use jiff::civil::Date;

use crate::journal::Tracked;
use crate::model::Model;

/// The state of everything that moves between elections.
#[derive(Debug)]
pub struct Motion {
    /// For each tie of the network the factor on its bandwidth, 1 at the start (patronage, diplomacy, shock).
    pub ties: Vec<Tracked<f64>>,
    /// Whether each pillar stands (shock).
    pub pillars: Vec<Tracked<bool>>,
    /// For each patron of [`Model::patrons`] what the state is worth to it, as a multiple of the start (patronage).
    pub worth: Vec<Tracked<f64>>,
    /// For each campaign what its patron has told the attacker (diplomacy, patronage).
    pub orders: Vec<Tracked<Order>>,
    /// Whether each designation is in force (sanctions).
    pub imposed: Vec<Tracked<bool>>,
    /// For each actor what sanctions cost it when offices are shared out, in \[0, 1\] (sanctions).
    pub burden: Vec<Tracked<f64>>,
    /// For each actor how far sanctions have made it defiant, in \[0, 1\] (sanctions).
    pub defiance: Vec<Tracked<f64>>,
    /// The last day of each waiver in force (sanctions).
    pub waivers: Vec<Tracked<Option<Date>>>,
    /// The share of each supply that flows (dependence).
    pub flows: Vec<Tracked<f64>>,
    /// The share of the need for power and goods that is not met, in \[0, 1\] (dependence).
    pub shortage: Tracked<f64>,
    /// The price level, 1 at the start (dependence, shock).
    pub prices: Tracked<f64>,
    /// For each stream of revenue the factor on its value, 1 at the start (sanctions, dependence, shock).
    pub incomes: Vec<Tracked<f64>>,
    /// For each favour of the case its present value (opinion).
    pub favour: Vec<Tracked<f64>>,
    /// Anger over foreign hands in the country, 0 at the start (opinion).
    pub backlash: Tracked<f64>,
    /// How far the state is held to be rightful, in log odds from the start (opinion).
    pub legitimacy: Tracked<f64>,
    /// Protest: the share of the population that takes part this week (opinion).
    pub protest: Tracked<f64>,
    /// For each list of the model the shift of its log share (opinion).
    pub mood: Vec<Tracked<f64>>,
    /// The shift of turnout in log odds (opinion, shock).
    pub turnout: Tracked<f64>,
    /// The rung of each rivalry (escalation, shock).
    pub rungs: Vec<Tracked<u32>>,
    /// For each campaign its attacks (escalation).
    pub attacks: Vec<Tracked<Attacks>>,
    /// For each rivalry its strikes (escalation).
    pub strikes: Vec<Tracked<Strikes>>,
    /// How far each bill or decree has come (legislation).
    pub bills: Vec<Tracked<Passage>>,
    /// How far each dialogue has come (bargaining).
    pub talks: Vec<Tracked<Talks>>,
    /// For each visit of the case how many there were (diplomacy).
    pub visits: Vec<Tracked<u32>>,
    /// For each shock the days on which it began and ends (shock).
    pub shocks: Vec<Tracked<Shocked>>,
    /// For each narrative how loud it is told this week, in \[0, 1\] (information).
    pub told: Vec<Tracked<f64>>,
    /// Sway over the case's body, by actor; measured after each step.
    pub sway: Tracked<Vec<f64>>,
}

/// What a patron has told a client.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Order {
    /// The share by which the client lowers its attacks in obedience: 0 without an order, negative if told to
    /// strike.
    pub hold_back: f64,
    /// The last day on which it counts.
    pub until: Option<Date>,
}

/// The attacks of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Attacks {
    /// This week.
    pub week: u32,
    /// Since the start.
    pub total: u32,
    /// What past attacks add to the rate a week.
    pub excitation: f64,
}

/// The strikes of the two sides of a rivalry.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Strikes {
    /// Strikes this week.
    pub week: u32,
    /// Strikes since the start.
    pub total: u32,
    /// Those of this week that hit the contested state or its factions.
    pub inside: u32,
    /// Crossings of the contested state's airspace this week.
    pub airspace: u32,
    /// Crossings since the start.
    pub crossings: u32,
}

/// How far a bill or a decree has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Passage {
    /// Not proposed.
    #[default]
    Open,
    /// Proposed on this day and not yet decided.
    Proposed(Date),
    /// Passed, or issued, on this day.
    Passed(Date),
    /// Taken back before a vote, on this day.
    Pulled(Date),
    /// Voted down on this day.
    Rejected(Date),
    /// Issued and reversed on this day.
    Reversed(Date),
}

/// How far a dialogue has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Talks {
    /// Rounds held.
    pub rounds: u32,
    /// The day of the next round.
    pub next: Option<Date>,
    /// What is agreed on each of its issues, in \[0, 1\]; empty before the first round.
    pub agreed: Vec<f64>,
    /// The day on which it ended.
    pub ended: Option<Date>,
    /// Whether it ended in an agreement.
    pub settled: bool,
}

/// The times of a shock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shocked {
    /// When it last began.
    pub began: Option<Date>,
    /// When its effects end.
    pub ends: Option<Date>,
    /// How often it has happened.
    pub times: u32,
}

/// `count` values, all alike.
fn all<T: Clone>(count: usize, value: &T) -> Vec<Tracked<T>> {
    (0..count).map(|_| Tracked::new(value.clone())).collect()
}

impl Motion {
    /// Everything as it stands on the as-of date of a model, with the values of a run.
    #[must_use]
    pub fn start(model: &Model<'_>, drawn: &crate::model::Drawn) -> Self {
        let case = model.case;
        let day = model.start;
        Self {
            ties: all(model.network.ties.len(), &1.0),
            pillars: case.pillars.iter().map(|p| Tracked::new(p.fallen.is_none())).collect(),
            worth: all(model.patrons.len(), &1.0),
            orders: all(case.campaigns.len(), &Order::default()),
            imposed: case.designations.iter().map(|d| Tracked::new(d.since.is_some())).collect(),
            burden: all(case.actors.len(), &0.0),
            defiance: all(case.actors.len(), &0.0),
            waivers: case.waivers.iter().map(|w| Tracked::new(w.expires(day))).collect(),
            flows: all(case.supplies.len(), &1.0),
            shortage: Tracked::new(0.0),
            prices: Tracked::new(1.0),
            incomes: all(case.revenues.len(), &1.0),
            favour: case.favours.iter().map(|f| Tracked::new(drawn.peek(f.value.id))).collect(),
            backlash: Tracked::new(0.0),
            legitimacy: Tracked::new(0.0),
            protest: Tracked::new(0.0),
            mood: all(model.lists.len(), &0.0),
            turnout: Tracked::new(0.0),
            rungs: (case.rivalries.iter())
                .map(|r| Tracked::new(drawn.peek(r.rung.id).round().max(0.0) as u32))
                .collect(),
            attacks: all(case.campaigns.len(), &Attacks::default()),
            strikes: all(case.rivalries.len(), &Strikes::default()),
            bills: (case.bills.iter())
                .map(|b| {
                    Tracked::new(match (b.settled, b.proposed) {
                        (Some(day), _) => Passage::Pulled(day),
                        (None, Some(day)) => Passage::Proposed(day),
                        (None, None) => Passage::Open,
                    })
                })
                .collect(),
            talks: (case.dialogues.iter())
                .map(|d| {
                    Tracked::new(Talks {
                        next: Some(d.from).filter(|_| d.until.is_none()),
                        ended: d.until,
                        ..Talks::default()
                    })
                })
                .collect(),
            visits: all(case.visits.len(), &0),
            shocks: all(case.shocks.len(), &Shocked::default()),
            told: all(case.narratives.len(), &0.0),
            sway: Tracked::new(Vec::new()),
        }
    }
}
