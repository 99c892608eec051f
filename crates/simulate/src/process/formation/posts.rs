//! Who gets which post.

use theory::coalition::portfolio::share_posts;

use super::turn::Turn;
use super::{Formation, KEPT, VACANT};
use crate::model::ListId;
use crate::process::StepError;

impl Formation {
    /// Posts by turns in proportion to seats; the nominee's own office and offices elected before go by custom.
    pub(super) fn share_posts(
        &self,
        turn: &mut Turn<'_, '_>,
        nominee: usize,
    ) -> Result<(), StepError> {
        let lists = turn.state.coalition.clone();
        let held: Vec<u64> = lists.iter().map(|l| u64::from(turn.seats.lists[*l])).collect();
        let everybody: Vec<ListId> = (0..turn.seats.lists.len()).collect();
        let largest = |among: &[ListId], fits: &dyn Fn(ListId) -> bool| {
            let seats = &turn.seats.lists;
            let fitting = among.iter().copied().filter(|l| seats[*l] > 0 && fits(*l));
            // Of lists of one size the one written first.
            fitting.min_by_key(|l| (std::cmp::Reverse(seats[*l]), *l))
        };
        let mut posts = Vec::new();
        for (o, office) in self.offices.iter().enumerate().filter(|(_, o)| !o.ministry) {
            // An outsider's office is nobody's; others go by custom, first inside the coalition.
            let custom = |l: ListId| office.custom.is_none() || self.community[l] == office.custom;
            let kept = office.convention.filter(|(list, kept)| {
                turn.seats.lists[*list] > 0 && turn.happens(KEPT, office.who, turn.belief(*kept))
            });
            let holder = match office.head {
                true => self.candidates[nominee].list,
                false if kept.is_some() => kept.map(|(list, _)| list),
                false => largest(&lists, &custom)
                    .or_else(|| largest(&everybody, &custom))
                    .or_else(|| largest(&lists, &|_| true)),
            };
            posts.extend(holder.map(|list| (o, list)));
        }
        let ministries: Vec<usize> =
            (0..self.offices.len()).filter(|o| self.offices[*o].ministry).collect();
        // Tenths of a point, as whole numbers.
        let points: Vec<u64> = (ministries.iter())
            .map(|o| (turn.belief(self.offices[*o].points) * 10.0).round() as u64)
            .collect();
        let off_custom = turn.belief(self.parameters.off_custom);
        let wants: Vec<Vec<f64>> = (lists.iter())
            .map(|list| {
                let want = |(o, worth): (&usize, &u64)| {
                    let custom = self.offices[*o].custom;
                    let fits = custom.is_none() || custom == self.community[*list];
                    *worth as f64 * if fits { 1.0 } else { off_custom }
                };
                ministries.iter().zip(&points).map(want).collect()
            })
            .collect();
        let picks = share_posts(&held, &points, &wants).map_err(|e| turn.fault(&e))?;
        posts.extend(picks.iter().map(|pick| (ministries[pick.post], lists[pick.member])));
        posts.sort_unstable();
        for (o, office) in self.offices.iter().enumerate() {
            let Some(vacancy) = office.vacancy else {
                continue;
            };
            let p = turn.belief(vacancy);
            if turn.happens(VACANT, office.who, p) {
                turn.state.empty.push(o);
            }
        }
        turn.state.posts = posts;
        turn.tell(|turn| {
            let offices = &turn.model.case.offices;
            let shared: Vec<String> = (turn.state.posts.iter())
                .filter(|(o, _)| !turn.state.empty.contains(o))
                .map(|(o, list)| format!("{} to {}", offices[*o].name, turn.model.label(*list)))
                .collect();
            let empty: Vec<&str> =
                turn.state.empty.iter().map(|o| offices[*o].name.as_str()).collect();
            let empty = match empty.is_empty() {
                true => String::new(),
                false => format!("; still empty: {}", empty.join(", ")),
            };
            format!("Posts are shared: {}{empty}", shared.join(", "))
        });
        Ok(())
    }
}
