//! The Hawkes process: attacks that breed attacks.
//!
//! Several kinds of event, each raising the rate of its own and of other kinds for a while. The
//! module refuses to hold luck: numbers in [0, 1) come in by their place.

use crate::fault::within;
use crate::{Fault, What};

/// A process of K kinds of event with an exponential memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Hawkes {
    /// The rate of each kind if nothing has happened, in events per unit of time.
    pub background: Vec<f64>,
    /// `excitation[i][j]`: by how much an event of kind j raises the rate of kind i at once.
    pub excitation: Vec<Vec<f64>>,
    /// How fast a raised rate falls back, per unit of time.
    pub decay: f64,
}

/// One event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// When.
    pub time: f64,
    /// Of which kind.
    pub kind: usize,
}

impl Hawkes {
    /// Checks shapes and ranges.
    fn check(&self) -> Result<usize, Fault> {
        let kinds = self.background.len();
        let sound = |v: f64| (0.0..=1e12).contains(&v);
        if kinds == 0 {
            return Err(Fault::nothing("kinds of event", "at least one"));
        }
        within("a background rate", &self.background, sound, "from 0 to 1e12")?;
        if self.excitation.len() != kinds {
            return Err(Fault::length("excitation", self.excitation.len(), kinds));
        }
        for (at, row) in self.excitation.iter().enumerate() {
            if row.len() != kinds {
                return Err(Fault::length("excitation", row.len(), kinds).at(at));
            }
            within("row", row, sound, "from 0 to 1e12").map_err(|f| f.within("excitation", at))?;
        }
        within("the decay", &[self.decay], |v| v > 0.0 && v <= 1e12, "above 0, at most 1e12")?;
        Ok(kinds)
    }

    /// The long-run rate of each kind, `(I - excitation/decay)^-1 background`; none if attacks breed
    /// more than one attack each, so that the process runs away.
    ///
    /// # Errors
    /// Shapes and ranges.
    ///
    /// Reference: `hawkes1971`. Checked against long simulated series.
    pub fn mean_rate(&self) -> Result<Option<Vec<f64>>, Fault> {
        let kinds = self.check()?;
        let row = |i: usize| -> Vec<f64> {
            let share = |(j, a): (usize, &f64)| f64::from(u8::from(i == j)) - a / self.decay;
            self.excitation[i].iter().enumerate().map(share).collect()
        };
        let matrix: Vec<Vec<f64>> = (0..kinds).map(row).collect();
        // Raised by a hair in all kinds, a process that dies out has positive rates throughout.
        let raised = crate::linear::solve(&matrix, vec![1.0; kinds]);
        let dies_out = raised.is_some_and(|rates| rates.iter().all(|r| *r > 0.0));
        Ok(if dies_out { crate::linear::solve(&matrix, self.background.clone()) } else { None })
    }

    /// Events from time zero to `until`, by thinning.
    ///
    /// Mechanism (Ogata): between events the total rate only falls, so it is its own upper bound. A
    /// candidate comes after `-ln(1 - u) / bound`, u being `draw(2k)` for the k-th candidate, and is
    /// kept as the first kind at which the rates add up past `draw(2k + 1) * bound`, or dropped if they
    /// do not.
    ///
    /// # Errors
    /// Shapes and ranges, draws outside [0, 1), more than `most` events or 1000 candidates for each
    /// of them.
    ///
    /// Reference: `ogata1981`. Checked by recovering known parameters from a simulated series and by
    /// the property that the rescaled gaps have mean one.
    pub fn simulate(
        &self,
        until: f64,
        most: usize,
        draw: &dyn Fn(u64) -> f64,
    ) -> Result<Vec<Event>, Fault> {
        let kinds = self.check()?;
        within("until", &[until], |t| (0.0..=1e12).contains(&t), "from 0 to 1e12")?;
        let mut events = Vec::new();
        let mut raised = vec![0.0; kinds];
        let (mut time, mut k) = (0.0, 0_u64);
        loop {
            let bound: f64 = self.background.iter().zip(&raised).map(|(b, r)| b + r).sum();
            if bound <= 0.0 {
                return Ok(events);
            }
            let (u, v) = (draw(2 * k), draw(2 * k + 1));
            within("a draw", &[u, v], |u| (0.0..1.0).contains(&u), "at least 0 and below 1")?;
            k += 1;
            let gap = -(-u).ln_1p() / bound;
            time += gap;
            if time > until {
                return Ok(events);
            }
            let fade = (-self.decay * gap).exp();
            raised.iter_mut().for_each(|r| *r *= fade);
            let (mark, mut sum) = (v * bound, 0.0);
            let kept = (0..kinds).find(|i| {
                sum += self.background[*i] + raised[*i];
                mark < sum
            });
            if let Some(kind) = kept {
                if events.len() >= most {
                    return Err(runaway(most));
                }
                events.push(Event { time, kind });
                raised.iter_mut().zip(&self.excitation).for_each(|(r, row)| *r += row[kind]);
            } else if k > 1_000 && k / 1_000 > (most as u64).saturating_add(1) {
                return Err(runaway(most));
            }
        }
    }

    /// The exact log-likelihood of `events` on the time from zero to `until`.
    ///
    /// Mechanism: `sum ln rate_{k_n}(t_n) - sum_i integral of rate_i`, with
    /// `rate_i(t) = background_i + sum_{t_n < t} excitation[i][k_n] exp(-decay (t - t_n))`, carried
    /// along in one pass; the integral is `background_i until + sum_n excitation[i][k_n] / decay
    /// (1 - exp(-decay (until - t_n)))`. Minus infinity if an event came at a rate of zero.
    ///
    /// # Errors
    /// Shapes and ranges, events out of order or outside the time, unknown kinds.
    ///
    /// Reference: `ozaki1979`. Checked by two events worked out by hand (catalog entry
    /// `hawkes-likelihood-by-hand`) and by numerical integration of the rate (property test).
    pub fn log_likelihood(&self, events: &[Event], until: f64) -> Result<f64, Fault> {
        let mut sum = 0.0;
        let integral = self.pass(events, until, |_, rate, _| sum += rate.ln())?;
        Ok(sum - integral.iter().sum::<f64>())
    }

    /// The gaps between events of one kind in the time in which that kind would be a plain Poisson
    /// process of rate one: if the model is right they are exponential with mean one.
    ///
    /// # Errors
    /// As [`Hawkes::log_likelihood`].
    ///
    /// Reference: `ogata1988`. Checked as there.
    pub fn rescaled_gaps(&self, events: &[Event], until: f64) -> Result<Vec<Vec<f64>>, Fault> {
        let mut gaps = vec![Vec::new(); self.background.len()];
        let mut last = vec![0.0; self.background.len()];
        self.pass(events, until, |kind, _, integral| {
            gaps[kind].push(integral[kind] - last[kind]);
            last[kind] = integral[kind];
        })?;
        Ok(gaps)
    }

    /// Goes through the events, telling each one's kind, its rate just before, and the integrals of
    /// all rates up to it; gives the integrals up to the end.
    fn pass(
        &self,
        events: &[Event],
        until: f64,
        mut each: impl FnMut(usize, f64, &[f64]),
    ) -> Result<Vec<f64>, Fault> {
        let kinds = self.check()?;
        within("until", &[until], |t| (0.0..=1e12).contains(&t), "from 0 to 1e12")?;
        let mut raised = vec![0.0; kinds];
        let mut integral = vec![0.0; kinds];
        let mut now = 0.0;
        let forward = |raised: &mut [f64], integral: &mut [f64], gap: f64| {
            let fade = (-self.decay * gap).exp();
            let spent = -(-self.decay * gap).exp_m1() / self.decay;
            for ((sum, r), b) in integral.iter_mut().zip(raised).zip(&self.background) {
                *sum += b * gap + *r * spent;
                *r *= fade;
            }
        };
        for (at, event) in events.iter().enumerate() {
            if !(event.time >= now && event.time <= until) {
                let must = "within the time, and not before the event before it";
                return Err(Fault::number("the time of an event", event.time, must).at(at));
            }
            if event.kind >= kinds {
                let kind = event.kind as u64;
                return Err(Fault::whole("the kind of an event", kind, "one of the process").at(at));
            }
            forward(&mut raised, &mut integral, event.time - now);
            now = event.time;
            each(event.kind, self.background[event.kind] + raised[event.kind], &integral);
            raised.iter_mut().zip(&self.excitation).for_each(|(r, row)| *r += row[event.kind]);
        }
        forward(&mut raised, &mut integral, until - now);
        Ok(integral)
    }
}

/// The process of one kind of event that makes `times` likeliest, from zero to `until`.
///
/// Mechanism: the log-likelihood is climbed over the logarithms of background, branching ratio
/// (excitation over decay) and decay by the simplex method of Nelder and Mead, started from half of
/// the events being background and a memory of one mean gap, and once more from where it stopped.
///
/// # Errors
/// Fewer than two events, and as [`Hawkes::log_likelihood`].
///
/// Reference: `ozaki1979`, `nelder1965`. Checked by recovering known parameters from a simulated series.
pub fn fit(times: &[f64], until: f64) -> Result<Hawkes, Fault> {
    if times.len() < 2 {
        return Err(Fault::new(What::Length(times.len()), "times", "at least 2"));
    }
    within("until", &[until], |t| t > 0.0 && t <= 1e12, "above 0, at most 1e12")?;
    let events: Vec<Event> = times.iter().map(|time| Event { time: *time, kind: 0 }).collect();
    let rate = times.len() as f64 / until;
    let process = |x: &[f64; 3]| {
        let [background, ratio, decay] = x.map(|v| v.clamp(-25.0, 25.0).exp());
        Hawkes { background: vec![background], excitation: vec![vec![ratio * decay]], decay }
    };
    process(&[0.0; 3]).log_likelihood(&events, until)?;
    let loss = |x: &[f64; 3]| {
        let likelihood = process(x).log_likelihood(&events, until).unwrap_or(f64::NEG_INFINITY);
        if likelihood.is_nan() { f64::INFINITY } else { -likelihood }
    };
    let start = [(rate / 2.0).ln(), 0.5_f64.ln(), rate.ln()];
    let once = simplex(&loss, start);
    Ok(process(&simplex(&loss, once)))
}

/// Nelder and Mead's simplex in three dimensions, with their coefficients.
fn simplex(loss: &impl Fn(&[f64; 3]) -> f64, start: [f64; 3]) -> [f64; 3] {
    let mut corners: Vec<([f64; 3], f64)> = vec![(start, loss(&start))];
    for k in 0..3 {
        let mut corner = start;
        corner[k] += 0.5;
        corners.push((corner, loss(&corner)));
    }
    for _ in 0..600 {
        corners.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (corners[0], corners[3]);
        if (worst.1 - best.1).abs() < 1e-11 * (1.0 + best.1.abs()) {
            break;
        }
        let centre: [f64; 3] =
            std::array::from_fn(|k| corners[..3].iter().map(|c| c.0[k]).sum::<f64>() / 3.0);
        let along = |t: f64| {
            let point: [f64; 3] = std::array::from_fn(|k| centre[k] + t * (worst.0[k] - centre[k]));
            (point, loss(&point))
        };
        let reflected = along(-1.0);
        if reflected.1 < best.1 {
            let further = along(-2.0);
            corners[3] = if further.1 < reflected.1 { further } else { reflected };
        } else if reflected.1 < corners[2].1 {
            corners[3] = reflected;
        } else {
            let nearer = along(if reflected.1 < worst.1 { -0.5 } else { 0.5 });
            if nearer.1 < worst.1.min(reflected.1) {
                corners[3] = nearer;
            } else {
                for corner in &mut corners[1..] {
                    let point: [f64; 3] = std::array::from_fn(|k| (best.0[k] + corner.0[k]) / 2.0);
                    *corner = (point, loss(&point));
                }
            }
        }
    }
    corners.sort_by(|a, b| a.1.total_cmp(&b.1));
    corners[0].0
}

fn runaway(most: usize) -> Fault {
    let must = "at most {most}: shorten the time or lower the excitation below the decay";
    Fault::too_large("events", must.replace("{most}", &most.to_string()))
}
