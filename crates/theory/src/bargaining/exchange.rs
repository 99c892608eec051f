//! The exchange of voting positions between issues: I yield on mine if you yield on yours.
//!
//! Two actors on opposite sides of the expected outcome of two issues, who care about them in
//! different proportion, both gain when each shifts its vote on the issue that matters less to it.
//! The module refuses to let shifts go back on earlier ones, and third parties have no say.

use super::finite;
use super::weighted_mean::weighted_mean;
use crate::Fault;
use crate::fault::within;

/// One actor's stake in one issue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stake {
    /// What it can bring to bear on this issue, zero or more.
    pub capability: f64,
    /// How much it cares, zero or more.
    pub salience: f64,
    /// Where it stands.
    pub position: f64,
}

/// A deal: `giver` shifts on the issue `gives`, `taker` in return on the issue `takes`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// Who shifts on the first issue.
    pub giver: usize,
    /// Who shifts on the second.
    pub taker: usize,
    /// The issue the giver shifts on.
    pub gives: usize,
    /// The issue the taker shifts on.
    pub takes: usize,
    /// Where the giver's vote on its issue ends up.
    pub giver_to: f64,
    /// Where the taker's vote on its issue ends up.
    pub taker_to: f64,
    /// What either gains.
    pub gain: f64,
}

/// What the exchanges led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Trade {
    /// The deals in the order they were struck.
    pub exchanges: Vec<Exchange>,
    /// The outcome on each issue without any exchange.
    pub before: Vec<f64>,
    /// The outcome on each issue with all of them.
    pub after: Vec<f64>,
}

/// Strikes exchanges, the most gainful first, until none is left that both parties gain by.
///
/// Mechanism: the outcome of issue p is the mean of votes weighted by `c_ip s_ip`; actor i values it
/// at `-s_ip |O_p - x_ip|`. For i and j on opposite sides of the outcome on p and on q, with
/// `s_ip / s_iq < s_jp / s_jq`, i shifts its vote on p toward x_jp and j its vote on q toward x_iq,
/// in the proportion that gives both the same gain, `dO_p / dO_q = (s_iq + s_jq) / (s_ip + s_jp)`,
/// as far as the first of them can go: to the other's position, or until the outcome has reached
/// it. Each then gains `dO_p (s_iq s_jp - s_ip s_jq) / (s_iq + s_jq)`. A vote that has shifted is
/// bound; outcomes are worked out anew and the next best deal is struck (first in the order of giver,
/// taker, issue given, issue taken on a tie).
///
/// `stakes[i][p]` is actor i's stake in issue p.
///
/// *Judged*: that one deal is struck at a time and that the outcome may not overshoot a party's
/// position; the published model leaves room for other orders.
///
/// # Errors
/// Shapes, ranges, and an issue without any weight.
///
/// Reference: `stokman1994`. Checked by two actors worked out by hand (catalog entry
/// `exchange-two-by-two`), and by the property that both parties of every deal gain alike.
pub fn trade(stakes: &[Vec<Stake>]) -> Result<Trade, Fault> {
    let issues = stakes.first().ok_or(Fault::nothing("actors", "at least one"))?.len();
    if issues == 0 {
        return Err(Fault::nothing("issues", "at least one"));
    }
    for (actor, row) in stakes.iter().enumerate() {
        if row.len() != issues {
            return Err(Fault::length("stakes", row.len(), issues).at(actor));
        }
        for (quantity, values) in [
            ("position", row.iter().map(|s| s.position).collect::<Vec<_>>()),
            ("capability", row.iter().map(|s| s.capability).collect()),
            ("salience", row.iter().map(|s| s.salience).collect()),
        ] {
            finite(quantity, &values, issues).map_err(|fault| fault.within("stakes", actor))?;
            if quantity != "position" {
                within(quantity, &values, |v| (0.0..=1e40).contains(&v), "from 0 to 1e40")
                    .map_err(|fault| fault.within("stakes", actor))?;
            }
        }
    }
    let mut market = Market::open(stakes, issues)?;
    let before = market.outcome.clone();
    let mut exchanges = Vec::new();
    while let Some(deal) = market.best() {
        market.strike(&deal)?;
        exchanges.push(deal);
    }
    Ok(Trade { exchanges, before, after: market.outcome })
}

struct Market<'a> {
    stakes: &'a [Vec<Stake>],
    vote: Vec<Vec<f64>>,
    bound: Vec<Vec<bool>>,
    total: Vec<f64>,
    outcome: Vec<f64>,
}

impl<'a> Market<'a> {
    fn open(stakes: &'a [Vec<Stake>], issues: usize) -> Result<Self, Fault> {
        let mut market = Market {
            stakes,
            vote: stakes.iter().map(|row| row.iter().map(|s| s.position).collect()).collect(),
            bound: vec![vec![false; issues]; stakes.len()],
            total: (0..issues)
                .map(|p| stakes.iter().map(|row| row[p].capability * row[p].salience).sum())
                .collect(),
            outcome: vec![0.0; issues],
        };
        for p in 0..issues {
            market.outcome[p] = market.mean(p)?;
        }
        Ok(market)
    }

    fn mean(&self, issue: usize) -> Result<f64, Fault> {
        let votes: Vec<f64> = self.vote.iter().map(|row| row[issue]).collect();
        let weight: Vec<f64> =
            self.stakes.iter().map(|row| row[issue].capability * row[issue].salience).collect();
        weighted_mean(&votes, &weight)
            .map_err(|_| Fault::nothing("weight", "some on every issue").at(issue))
    }

    /// How far the outcome of issue `p` moves if `who` shifts its vote as far as it helps `whom`.
    fn reach(&self, who: usize, whom: usize, p: usize) -> Option<f64> {
        let wanted = self.stakes[whom][p].position;
        let (mine, now) = (self.vote[who][p], self.outcome[p]);
        if self.bound[who][p] || (mine - now) * (wanted - now) >= 0.0 {
            return None;
        }
        let stake = self.stakes[who][p];
        let share = stake.capability * stake.salience / self.total[p];
        Some((share * (wanted - mine).abs()).min((wanted - now).abs()))
    }

    fn best(&self) -> Option<Exchange> {
        let (n, issues) = (self.stakes.len(), self.outcome.len());
        let mut best: Option<Exchange> = None;
        for i in 0..n {
            for j in (0..n).filter(|j| *j != i) {
                for p in 0..issues {
                    let Some(reach_p) = self.reach(i, j, p) else {
                        continue;
                    };
                    for q in (0..issues).filter(|q| *q != p) {
                        let Some(reach_q) = self.reach(j, i, q) else {
                            continue;
                        };
                        let deal = self.deal((i, j), (p, q), (reach_p, reach_q));
                        if deal.is_some_and(|d| d.gain > best.map_or(1e-12, |b| b.gain)) {
                            best = deal;
                        }
                    }
                }
            }
        }
        best
    }

    fn deal(
        &self,
        (i, j): (usize, usize),
        (p, q): (usize, usize),
        (reach_p, reach_q): (f64, f64),
    ) -> Option<Exchange> {
        let s = |who: usize, issue: usize| self.stakes[who][issue].salience;
        let (on_p, on_q) = (s(i, p) + s(j, p), s(i, q) + s(j, q));
        let edge = s(i, q) * s(j, p) - s(i, p) * s(j, q);
        if edge <= 0.0 || on_p <= 0.0 || on_q <= 0.0 {
            return None;
        }
        let move_p = reach_p.min(reach_q * on_q / on_p);
        let move_q = move_p * on_p / on_q;
        let to = |who: usize, whom: usize, issue: usize, far: f64| {
            let stake = self.stakes[who][issue];
            let share = stake.capability * stake.salience / self.total[issue];
            let (from, wanted) = (self.vote[who][issue], self.stakes[whom][issue].position);
            let step = (far / share).min((wanted - from).abs());
            from + step.copysign(wanted - from)
        };
        Some(Exchange {
            giver: i,
            taker: j,
            gives: p,
            takes: q,
            giver_to: to(i, j, p, move_p),
            taker_to: to(j, i, q, move_q),
            gain: move_p * edge / on_q,
        })
    }

    fn strike(&mut self, deal: &Exchange) -> Result<(), Fault> {
        self.vote[deal.giver][deal.gives] = deal.giver_to;
        self.vote[deal.taker][deal.takes] = deal.taker_to;
        self.bound[deal.giver][deal.gives] = true;
        self.bound[deal.taker][deal.takes] = true;
        self.outcome[deal.gives] = self.mean(deal.gives)?;
        self.outcome[deal.takes] = self.mean(deal.takes)?;
        Ok(())
    }
}
