//! What reaches what: distances between places over the ground, and whether a weapon covers them.

use case::Case;
use case::rivalry::{Place, Rivalry, Weapon};

use crate::model::{BeliefId, Drawn};

/// The mean radius of the Earth in km (that of a sphere of its volume, to 0.1 km).
const EARTH: f64 = 6371.0;

/// The great-circle distance in km between two points given in degrees.
///
/// The haversine formula: d = 2 R asin sqrt(sin^2(dφ / 2) + cos φ1 cos φ2 sin^2(dλ / 2)) on a sphere of the
/// Earth's mean radius; the flattening moves it by at most 0.5 %. Reference: `sinnott1984`. Checked against known
/// distances in `tests/all/reach.rs`.
#[must_use]
pub fn great_circle_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let along = from.0.to_radians().cos() * to.0.to_radians().cos() * half(from.1, to.1);
    2.0 * EARTH * (half(from.0, to.0) + along).clamp(0.0, 1.0).sqrt().asin()
}

/// What an actor can reach of the targets it has in a rivalry.
#[derive(Debug, Default)]
pub struct Reach {
    /// The range of each own weapon and the least distance from its launching places to a target.
    own: Vec<(BeliefId, f64)>,
    /// The ranges of what its patron could send.
    sent: Vec<BeliefId>,
    /// The least distance from any place of its own to a target.
    nearest: f64,
}

impl Reach {
    /// The reach of `holder` to the targets of a rivalry that `counts` lets through; none where the case says
    /// nothing about weapons or targets, and so sets no limit.
    pub fn of(
        case: &Case,
        rivalry: &Rivalry,
        holder: &str,
        patron: Option<&str>,
        counts: impl Fn(&Place) -> bool,
    ) -> Option<Self> {
        let place = |id: &str| case.places.iter().find(|p| p.id.get_ref() == id);
        let targets: Vec<&Place> = (rivalry.targets.iter())
            .filter_map(|id| place(id.get_ref()))
            .filter(|p| counts(p))
            .collect();
        let held: Vec<&Weapon> =
            case.weapons.iter().filter(|w| w.holder.get_ref() == holder).collect();
        if targets.is_empty() || held.is_empty() {
            return None;
        }
        let nearest = |from: &mut dyn Iterator<Item = &Place>| {
            from.flat_map(|a| targets.iter().map(move |b| km(a, b))).fold(f64::INFINITY, f64::min)
        };
        let own = (held.iter())
            .map(|w| {
                let mut from = w.launch.iter().filter_map(|id| place(id.get_ref()));
                (w.range.id, nearest(&mut from))
            })
            .collect();
        let launch = held.iter().flat_map(|w| &w.launch).filter_map(|id| place(id.get_ref()));
        let grounds =
            case.places.iter().filter(|p| p.holder.as_ref().is_some_and(|h| h.get_ref() == holder));
        let sent = (case.weapons.iter())
            .filter(|w| patron == Some(w.holder.get_ref().as_str()))
            .map(|w| w.range.id)
            .collect();
        Some(Self { own, sent, nearest: nearest(&mut launch.chain(grounds)) })
    }

    /// Whether anything reaches a target, with or without what the patron has sent.
    #[must_use]
    pub fn covers(&self, drawn: &Drawn, sent: bool) -> bool {
        self.own.iter().any(|(range, km)| drawn.peek(*range) >= *km)
            || sent && self.sent.iter().any(|range| drawn.peek(*range) >= self.nearest)
    }

    /// The beliefs it rests on.
    pub fn ranges(&self) -> impl Iterator<Item = BeliefId> + '_ {
        self.own.iter().map(|(range, _)| *range).chain(self.sent.iter().copied())
    }
}

fn km(a: &Place, b: &Place) -> f64 {
    let at = |p: &Place| (*p.latitude.get_ref(), *p.longitude.get_ref());
    great_circle_km(at(a), at(b))
}
