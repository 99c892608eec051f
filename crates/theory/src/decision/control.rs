//! What somebody who holds parts of many members can bring about by them, and what it can stop.

use crate::Fault;
use crate::fault::within;

/// A body as it is held: its members' weights, what is held of each, and what it takes to win.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The weight of each member.
    pub weights: Vec<u64>,
    /// The chance that the holder controls each member, in \[0, 1\].
    pub control: Vec<f64>,
    /// The weight that wins.
    pub quota: u64,
}

/// The chance that the members a holder controls win by themselves, and that they stop a decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// To bring a decision about: in every body the controlled members win.
    pub impose: f64,
    /// To stop it: in some body those who are not controlled cannot win.
    pub block: f64,
}

/// What a holder can bring about and stop where several bodies must all agree. A single office is a
/// body of one member of weight 1 and quota 1.
///
/// Member k is controlled with chance V_k, and one draw decides for all of a holder's members: with
/// u uniform, those with V_k > u are controlled. So clients move together, and more of them the
/// lower u is. Controlled members win in a body exactly when u lies below V of the member with whom
/// those held most reach the quota, and block when u lies below V of the one with whom they reach
/// total - quota + 1. All bodies together are won below the least of the first, and stopped below
/// the greatest of the second.
///
/// # Errors
/// [`Fault`]: no bodies, a body without members or with rows of different length, a chance outside
/// \[0, 1\], a quota of zero or out of reach.
///
/// Reference: the powers to initiate and to prevent, `coleman1971`, of a coalition that is
/// controlled in part; that a holder's clients are one draw is *Judged*. Checked by hand and by a
/// property test against counting over the draw.
///
/// ```
/// use theory::decision::control::{Held, reach};
/// // Two of five members are held for sure, one by half; four votes win.
/// let house =
///     Held { weights: vec![1; 5], control: vec![1.0, 1.0, 0.5, 0.1, 0.0], quota: 4 };
/// let held = reach(&[house])?;
/// assert_eq!((held.impose, held.block), (0.1, 1.0));
/// # Ok::<(), theory::Fault>(())
/// ```
pub fn reach(bodies: &[Held]) -> Result<Reach, Fault> {
    if bodies.is_empty() {
        return Err(Fault::nothing("bodies", "at least one"));
    }
    let mut all = Reach { impose: 1.0, block: 0.0 };
    for (at, body) in bodies.iter().enumerate() {
        let held = one(body).map_err(|fault| fault.within("bodies", at))?;
        all.impose = all.impose.min(held.impose);
        all.block = all.block.max(held.block);
    }
    Ok(all)
}

fn one(body: &Held) -> Result<Reach, Fault> {
    if body.weights.is_empty() {
        return Err(Fault::nothing("weights", "at least one"));
    }
    if body.control.len() != body.weights.len() {
        return Err(Fault::length("control", body.control.len(), body.weights.len()));
    }
    within("control", &body.control, |v| (-1e-9..=1.0 + 1e-9).contains(&v), "from 0 to 1")?;
    let total = (body.weights.iter())
        .try_fold(0_u64, |sum, w| sum.checked_add(*w))
        .ok_or(Fault::too_large("weights", "a sum of 64 bits; use a coarser unit"))?;
    if body.quota == 0 || body.quota > total {
        return Err(Fault::whole("quota", body.quota, format!("from 1 to {total}")));
    }
    let mut order: Vec<usize> = (0..body.weights.len()).collect();
    order.sort_by(|a, b| body.control[*b].total_cmp(&body.control[*a]).then(a.cmp(b)));
    let reached = |needed: u64| {
        let mut sum = 0;
        for member in &order {
            sum += body.weights[*member];
            if sum >= needed {
                return body.control[*member].clamp(0.0, 1.0);
            }
        }
        0.0
    };
    Ok(Reach { impose: reached(body.quota), block: reached(total - body.quota + 1) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_third_that_stays_away_blocks_a_quorum_of_two_thirds() {
        let house =
            |quota| Held { weights: vec![60, 51, 218], control: vec![0.6, 0.4, 0.1], quota };
        let held = reach(&[house(220), house(165)]).unwrap();
        // 110 members stop a sitting that needs 220; it takes both parts of the camp.
        assert_eq!(held, Reach { impose: 0.1, block: 0.4 });
        assert_eq!(reach(&[house(165)]).unwrap().block, 0.1);
        assert!(reach(&[]).is_err() && reach(&[house(0)]).is_err());
    }

    proptest! {
        #[test]
        fn it_is_what_counting_over_the_draw_gives(
            members in prop::collection::vec((1_u64..9, 0_u8..=20), 1..7),
            quota in 1_u64..40,
        ) {
            let weights: Vec<u64> = members.iter().map(|m| m.0).collect();
            let total: u64 = weights.iter().sum();
            let control: Vec<f64> = members.iter().map(|m| f64::from(m.1) / 20.0).collect();
            let quota = quota.min(total);
            let held =
                reach(&[Held { weights: weights.clone(), control: control.clone(), quota }]).unwrap();
            let (mut wins, mut stops) = (0, 0);
            for draw in 0..20 {
                let u = (f64::from(draw) + 0.5) / 20.0;
                let own: u64 =
                    weights.iter().zip(&control).filter(|(_, v)| **v > u).map(|(w, _)| w).sum();
                wins += u32::from(own >= quota);
                stops += u32::from(total - own < quota);
            }
            prop_assert!((f64::from(wins) / 20.0 - held.impose).abs() < 1e-9);
            prop_assert!((f64::from(stops) / 20.0 - held.block).abs() < 1e-9);
        }
    }
}
