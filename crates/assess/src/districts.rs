//! What the runs come to district by district.

use simulate::ensemble::Ensemble;
use simulate::model::{ListId, Model};

/// A district over the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// The lists that come first in it, with the share of runs, likeliest first.
    pub first: Vec<(ListId, f64)>,
    /// The mean seats of each list.
    pub seats: Vec<f64>,
}

/// Every district of the case, in its order; empty where no run elects.
#[must_use]
pub fn districts(model: &Model<'_>, ensemble: &Ensemble) -> Vec<District> {
    let (lists, count) = (model.lists.len(), model.case.districts.len());
    let mut first = vec![vec![0u32; lists]; count];
    let mut seats = vec![vec![0.0; lists]; count];
    let mut runs = 0u32;
    for outcome in ensemble.outcomes.iter().filter(|o| o.districts.len() == count) {
        runs += 1;
        for (district, came) in outcome.districts.iter().enumerate() {
            first[district][usize::from(came.first)] += 1;
            for (list, won) in &came.seats {
                seats[district][usize::from(*list)] += f64::from(*won);
            }
        }
    }
    if runs == 0 {
        return Vec::new();
    }
    let n = f64::from(runs);
    let of = |(first, seats): (Vec<u32>, Vec<f64>)| {
        let mut order: Vec<(ListId, f64)> = (first.iter().enumerate())
            .filter(|(_, times)| **times > 0)
            .map(|(list, times)| (list, f64::from(*times) / n))
            .collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        District { first: order, seats: seats.into_iter().map(|sum| sum / n).collect() }
    };
    first.into_iter().zip(seats).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use simulate::world::InDistrict;

    #[test]
    fn shares_and_means_are_over_the_runs_that_elect() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
        let built = case::Folder::read(&root).unwrap().build(None);
        let case = built.case.unwrap();
        let model = Model::new(&case).unwrap();
        let came = |first: u8, seats: u16| InDistrict { first, seats: vec![(1, seats)] };
        let mut outcomes = model.ensemble(1, 0, 5, &|_| ()).unwrap().outcomes;
        let told = [Some((1, 3)), Some((1, 5)), Some((0, 1)), Some((1, 1)), None];
        for (outcome, told) in outcomes.iter_mut().zip(told) {
            outcome.districts = match told {
                Some((first, seats)) => vec![came(first, seats), came(0, 0), came(0, 0)],
                None => Vec::new(),
            };
        }
        let last = outcomes[4].clone();
        let found = districts(&model, &Ensemble { seed: 1, first: 0, outcomes });
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].first, [(1, 0.75), (0, 0.25)]);
        assert_eq!(found[0].seats[1], 2.5);
        assert_eq!(found[1].first, [(0, 1.0)]);
        let none = Ensemble { seed: 1, first: 0, outcomes: vec![last] };
        assert!(districts(&model, &none).is_empty());
    }
}
