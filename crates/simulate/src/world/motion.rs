//! What moves between elections: ties, pillars, sanctions, supplies, minds of the people, ladders, bills, talks.
//!
//! Each field belongs to the process that sets it, named in its comment; any process may read it. Lists follow
//! the order of the case's entries of that kind.

use jiff::civil::Date;

use crate::journal::{EntryId, Tracked};
use crate::model::Model;

/// The share of a month that a week is.
const WEEK: f64 = 7.0 / 30.0;

/// The state of everything that moves between elections.
#[derive(Debug)]
pub struct Motion {
    /// For each tie of the network the factor on its bandwidth, 1 at the start (patronage, diplomacy, shock, bargaining). Several
    /// processes move it: each multiplies it by the change of its own part, so that the parts compose.
    pub ties: Vec<Tracked<f64>>,
    /// For each tie the effort its patron spends on it, as a multiple of the start: a part of `ties` (patronage).
    pub effort: Vec<Tracked<f64>>,
    /// Whether each pillar stands (shock).
    pub pillars: Vec<Tracked<bool>>,
    /// For each patron of [`Model::patrons`] what the state is worth to it, as a multiple of the start (patronage).
    pub worth: Vec<Tracked<f64>>,
    /// For each patron its whole effort as a multiple of the start, as last told (patronage).
    pub spent: Vec<Tracked<f64>>,
    /// Sway by actor when it was first measured over the house that counts (patronage).
    pub first_sway: Vec<f64>,
    /// For each campaign what its patron has told the attacker (diplomacy, patronage).
    pub orders: Vec<Tracked<Order>>,
    /// For each campaign how often its patron called for restraint, and how often it was heard (patronage).
    pub calls: Vec<Calls>,
    /// Whether each designation is in force (sanctions).
    pub imposed: Vec<Tracked<bool>>,
    /// For each actor what sanctions cost it when offices are shared out, in \[0, 1\] (sanctions).
    pub burden: Vec<Tracked<f64>>,
    /// For each actor how far sanctions have made it defiant, in \[0, 1\] (sanctions).
    pub defiance: Vec<Tracked<f64>>,
    /// The last day of each waiver in force (sanctions).
    pub waivers: Vec<Tracked<Option<Date>>>,
    /// For each waiver the factor on the chance that it is renewed, 1 at the start (bargaining).
    pub leave: Vec<Tracked<f64>>,
    /// The day on which each waiver first lapsed in the run (sanctions).
    pub lapses: Vec<Tracked<Option<Date>>>,
    /// For each designation how far its sender has gone (sanctions).
    pub threats: Vec<Tracked<Threat>>,
    /// For each actor how much of its banking is open to it, in \[0, 1\] (sanctions).
    pub access: Vec<Tracked<f64>>,
    /// The share of each supply that flows (dependence).
    pub flows: Vec<Tracked<f64>>,
    /// For each supply the factor on the share of need that hangs on it, 1 at the start (bargaining).
    pub reliance: Vec<Tracked<f64>>,
    /// Cuts and unpaid bills of each supply (dependence).
    pub deliveries: Vec<Tracked<Delivery>>,
    /// The share of the need for power and goods that is not met, in \[0, 1\] (dependence).
    pub shortage: Tracked<f64>,
    /// The price level, 1 at the start (dependence, shock).
    pub prices: Tracked<f64>,
    /// The part of the price level that shortages make, 1 at the start (dependence).
    pub own_prices: f64,
    /// For each stream of revenue the factor on its value, 1 at the start (sanctions, dependence, shock, bargaining). Each
    /// process multiplies it by the change of its own part.
    pub incomes: Vec<Tracked<f64>>,
    /// For each stream of revenue the part of that factor that trade and patrons make (dependence).
    pub earned: Vec<Tracked<f64>>,
    /// For each favour of the case its present value (opinion).
    pub favour: Vec<Tracked<f64>>,
    /// For each favour its log odds, once it has moved (opinion).
    pub leanings: Vec<Option<Leaning>>,
    /// Anger over foreign hands in the country, 0 at the start (opinion).
    pub backlash: Tracked<f64>,
    /// How far the state is held to be rightful, in log odds from the start (opinion).
    pub legitimacy: Tracked<f64>,
    /// Protest: the share of the population that takes part this week (opinion).
    pub protest: Tracked<f64>,
    /// Who is weary of protest, and how often it broke out (opinion).
    pub unrest: Tracked<Unrest>,
    /// For each list of the model the shift of its log share (opinion).
    pub mood: Vec<Tracked<f64>>,
    /// The shift of turnout in log odds, beside what shocks add (opinion).
    pub turnout: Tracked<f64>,
    /// The rung of each rivalry (escalation, shock).
    pub rungs: Vec<Tracked<u32>>,
    /// For each campaign its attacks (escalation).
    pub attacks: Vec<Tracked<Attacks>>,
    /// For each rivalry its strikes (escalation).
    pub strikes: Vec<Tracked<Strikes>>,
    /// For each campaign the arms its attacker was sent (escalation).
    pub arms: Vec<Tracked<Arms>>,
    /// How far each bill or decree has come (legislation).
    pub bills: Vec<Tracked<Passage>>,
    /// The day on which each bill or decree is decided next (legislation).
    pub agenda: Vec<Tracked<Option<Date>>>,
    /// How far each dialogue has come (bargaining).
    pub talks: Vec<Tracked<Talks>>,
    /// For each visit of the case how many there were (diplomacy).
    pub visits: Vec<Tracked<u32>>,
    /// For each visit of the case what the last signal still adds to the tie (diplomacy).
    pub signals: Vec<Tracked<f64>>,
    /// For each rivalry the complaints over its strikes and crossings (diplomacy).
    pub complaints: Vec<Tracked<Complaints>>,
    /// For each dialogue the air in which it is held: 0 neither good nor bad (diplomacy).
    pub air: Vec<Tracked<f64>>,
    /// For each shock the days on which it began and ends (shock).
    pub shocks: Vec<Tracked<Shocked>>,
    /// What shocks do as long as they last (shock).
    pub struck: Struck,
    /// For each narrative how loud it is told and believed this week, in \[0, 1\] (information).
    pub told: Vec<Tracked<f64>>,
    /// For each narrative its speaker's voice, in \[0, 1\], and the entry behind it (information).
    pub voices: Vec<(f64, Option<EntryId>)>,
    /// For each narrative the share of the public that it reaches in a week at full voice: 1 - (1 - r)^(7/30) of a
    /// monthly reach r.
    pub reach: Vec<f64>,
    /// For each narrative the share of the public that has heard it lately, in \[0, 1\] (information).
    pub heard: Vec<Tracked<f64>>,
    /// The highest values of the run so far, for reporting.
    pub peaks: Peaks,
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

/// How often a patron has spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Calls {
    /// Calls to hold back.
    pub restraint: u32,
    /// Calls of either kind that were heard.
    pub heard: u32,
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

/// The arms of a campaign's attacker.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arms {
    /// How often its patron has sent some.
    pub transfers: u32,
    /// Whether none of its weapons reaches a target.
    pub short: bool,
}

/// How far the sender of a sanction has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Threat {
    /// The day on which a threat in the air falls due.
    pub due: Option<Date>,
    /// The day on which the threatened one last gave way.
    pub conceded: Option<Date>,
    /// The day on which the sanction was imposed in the run.
    pub imposed: Option<Date>,
}

/// What the contested state has complained of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Complaints {
    /// When first.
    pub first: Option<Date>,
    /// How often.
    pub times: u32,
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
    /// Those since the start that hit the contested state or its factions.
    pub hits: u32,
    /// The highest rung since the start.
    pub peak: u32,
    /// Weeks at or above the rung of strikes.
    pub weeks: u32,
}

/// How a supply is delivered and paid for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Delivery {
    /// The last day of a cut in force.
    pub cut_until: Option<Date>,
    /// Cuts since the start.
    pub cuts: u32,
    /// What is owed for it, in years of its worth.
    pub arrears: f64,
}

/// Where a favour stands, in the log odds of the share that approves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaning {
    /// At the start.
    pub base: f64,
    /// Now.
    pub odds: f64,
    /// The favour that these log odds come to.
    pub value: f64,
}

/// What protest leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Unrest {
    /// The share of the population that took part and is weary of it.
    pub weary: f64,
    /// How often protest broke out since the start.
    pub outbreaks: u32,
}

/// What shocks do as long as they last: the owners of what is moved take it in.
#[derive(Debug)]
pub struct Struck {
    /// For each supply the factor on its flow (read by dependence).
    pub supplies: Vec<Tracked<f64>>,
    /// What is added to the price level (read by dependence).
    pub prices: Tracked<f64>,
    /// What is added to turnout, in log odds (read by the election).
    pub turnout: Tracked<f64>,
}

/// The highest values of a run so far.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Peaks {
    /// Of [`Motion::shortage`].
    pub shortage: f64,
    /// Of [`Motion::protest`].
    pub protest: f64,
    /// Of [`Motion::backlash`].
    pub backlash: f64,
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
    /// Attacks by its spoilers up to the last round.
    pub seen: u32,
}

/// The times of a shock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shocked {
    /// When it last began.
    pub began: Option<Date>,
    /// The day on which its effects end, or ended; none if they last for ever.
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
            effort: all(model.network.ties.len(), &1.0),
            pillars: case.pillars.iter().map(|p| Tracked::new(p.fallen.is_none())).collect(),
            worth: all(model.patrons.len(), &1.0),
            spent: all(model.patrons.len(), &1.0),
            first_sway: Vec::new(),
            calls: vec![Calls::default(); case.campaigns.len()],
            orders: all(case.campaigns.len(), &Order::default()),
            imposed: case.designations.iter().map(|d| Tracked::new(d.since.is_some())).collect(),
            burden: all(case.actors.len(), &0.0),
            defiance: all(case.actors.len(), &0.0),
            waivers: case.waivers.iter().map(|w| Tracked::new(w.expires(day))).collect(),
            leave: all(case.waivers.len(), &1.0),
            lapses: all(case.waivers.len(), &None),
            threats: all(case.designations.len(), &Threat::default()),
            access: all(case.actors.len(), &1.0),
            flows: all(case.supplies.len(), &1.0),
            reliance: all(case.supplies.len(), &1.0),
            deliveries: all(case.supplies.len(), &Delivery::default()),
            shortage: Tracked::new(0.0),
            prices: Tracked::new(1.0),
            own_prices: 1.0,
            incomes: all(case.revenues.len(), &1.0),
            earned: all(case.revenues.len(), &1.0),
            favour: case.favours.iter().map(|f| Tracked::new(drawn.peek(f.value.id))).collect(),
            leanings: vec![None; case.favours.len()],
            backlash: Tracked::new(0.0),
            legitimacy: Tracked::new(0.0),
            protest: Tracked::new(0.0),
            unrest: Tracked::default(),
            mood: all(model.lists.len(), &0.0),
            turnout: Tracked::new(0.0),
            rungs: (case.rivalries.iter())
                .map(|r| Tracked::new(drawn.peek(r.rung.id).round().max(0.0) as u32))
                .collect(),
            // A campaign that has gone on for long: its attacks breed as many as fade.
            attacks: (case.campaigns.iter())
                .map(|c| {
                    let branching = drawn.peek(c.branching.id).clamp(0.0, 0.99);
                    let bred = drawn.peek(c.rate.id).max(0.0) * branching / (1.0 - branching);
                    Tracked::new(Attacks { excitation: bred, ..Attacks::default() })
                })
                .collect(),
            strikes: all(case.rivalries.len(), &Strikes::default()),
            arms: all(case.campaigns.len(), &Arms::default()),
            agenda: all(case.bills.len(), &None),
            signals: all(case.visits.len(), &0.0),
            complaints: all(case.rivalries.len(), &Complaints::default()),
            air: all(case.dialogues.len(), &0.0),
            bills: (case.bills.iter())
                .map(|b| {
                    Tracked::new(match (b.settled, b.proposed) {
                        (Some(_), _) if b.hazard.is_some() => Passage::Open,
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
            struck: Struck {
                supplies: all(case.supplies.len(), &1.0),
                prices: Tracked::new(0.0),
                turnout: Tracked::new(0.0),
            },
            told: all(case.narratives.len(), &0.0),
            voices: vec![(0.0, None); case.narratives.len()],
            reach: (case.narratives.iter())
                .map(|n| 1.0 - (1.0 - drawn.peek(n.reach.id).clamp(0.0, 1.0)).powf(WEEK))
                .collect(),
            heard: all(case.narratives.len(), &0.0),
            peaks: Peaks::default(),
            sway: Tracked::new(Vec::new()),
        }
    }
}
