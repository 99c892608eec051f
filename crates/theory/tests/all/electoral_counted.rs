//! Laws under which candidates are counted: quotas of women among them, and papers that pass on.

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use theory::What;
use theory::electoral::law::{Formula, Law, Management, Poll, Standing, Women};
use theory::electoral::plurality::most_votes;
use theory::electoral::sntv::{
    Slate, SlateWomen, places_of_women, sntv_by_slates, sntv_with_women,
};
use theory::electoral::steps::Clause;
use theory::electoral::stv::Stage;
use theory::electoral::stv_by_slates::{Passing, papers, stv_by_slates};
use theory::electoral::tie::{Tie, Ties};
use theory::electoral::womens_quota::{Candidate, apply_best_losers};

const EVENLY: SlateWomen = SlateWomen { share: 0.5, behind: 1.0, lots: (0.5, 0.5) };

fn slate() -> impl Strategy<Value = Slate> {
    (1_u64..5_000, 1_u32..6, 0.0_f64..=1.0).prop_map(|(votes, candidates, evenness)| Slate {
        votes,
        candidates,
        evenness,
    })
}

fn of_slate() -> impl Strategy<Value = SlateWomen> {
    (0.0_f64..=1.0, 0.0_f64..=1.0, 0.0_f64..1.0, 0.0_f64..1.0)
        .prop_map(|(share, behind, u, v)| SlateWomen { share, behind, lots: (u, v) })
}

proptest! {
    /// Seats add up, nothing moves where the quota is met, it is met whenever women enough have votes,
    /// and who sits is the only answer: no woman outside has more votes than one whom the quota brought
    /// in, and no man gave way to it who had more votes than one who sits.
    #[test]
    fn the_best_losers_come_in_for_the_last_men(
        people in prop::collection::vec((0_usize..4, 0_u64..40, any::<bool>()), 1..30),
        seats in 0_u32..12, least in 0_u32..8, drawn in any::<prop::sample::Index>()
    ) {
        let candidates: Vec<Candidate> =
            people.iter().map(|p| Candidate { list: p.0, votes: p.1, woman: p.2 }).collect();
        let votes: Vec<u64> = candidates.iter().map(|c| c.votes).collect();
        let elected = most_votes(&votes, seats, Ties::WrittenOrder).unwrap();
        let mut lot = |tie: Tie<'_>| drawn.index(tie.tied.len());
        let after = apply_best_losers(&candidates, &elected, least, Ties::Lot(&mut lot)).unwrap();
        let women = |of: &[usize]| of.iter().filter(|c| candidates[**c].woman).count();
        let mut sit = after.elected.clone();
        sit.sort_unstable();
        sit.dedup();
        prop_assert_eq!(sit.len(), elected.len());
        let had = women(&elected);
        if had >= least as usize {
            prop_assert_eq!(&after.elected, &elected);
            prop_assert!(after.replacements.is_empty() && after.missing == 0);
        }
        let with_votes = candidates.iter().filter(|c| c.woman && c.votes > 0).count();
        let can = (least as usize).min(with_votes).min(elected.len()).max(had);
        prop_assert_eq!(women(&after.elected), can);
        prop_assert_eq!(after.missing as usize, (least as usize).saturating_sub(can));
        for swap in &after.replacements {
            prop_assert!(!candidates[swap.out].woman && candidates[swap.in_place].woman);
            for (c, other) in candidates.iter().enumerate() {
                if other.woman && !sit.contains(&c) {
                    prop_assert!(other.votes <= candidates[swap.in_place].votes);
                }
                if !other.woman && sit.contains(&c) {
                    prop_assert!(other.votes >= candidates[swap.out].votes);
                }
            }
        }
    }

    #[test]
    fn women_stand_where_the_shares_put_them(candidates in 0_u32..50, of in of_slate()) {
        let places = places_of_women(candidates, of).unwrap();
        let women = places.end - places.start;
        prop_assert!(places.end <= candidates);
        prop_assert!((f64::from(women) - of.share * f64::from(candidates)).abs() < 1.0 + 1e-9);
        let men = f64::from(candidates - women);
        prop_assert!((f64::from(places.start) - of.behind * men).abs() < 1.0 + 1e-9);
    }

    /// Without a quota the seats are those of the plain vote; with one they are as many.
    #[test]
    fn a_quota_moves_seats_and_makes_none(
        rows in prop::collection::vec((slate(), of_slate()), 1..7), seats in 0_u32..8, least in 0_u32..5
    ) {
        let (slates, women): (Vec<Slate>, Vec<SlateWomen>) = rows.into_iter().unzip();
        let plain = sntv_by_slates(&slates, seats, Ties::WrittenOrder).unwrap();
        let none = sntv_with_women(&slates, &women, seats, 0, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(&none.seats, &plain);
        prop_assert!(none.moved.is_empty());
        let done = sntv_with_women(&slates, &women, seats, least, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(done.seats.iter().sum::<u32>(), plain.iter().sum::<u32>());
        for (slate, seats) in done.seats.iter().enumerate() {
            let lost = done.moved.iter().filter(|(from, _)| *from == slate).count() as u32;
            let gained = done.moved.iter().filter(|(_, to)| *to == slate).count() as u32;
            prop_assert_eq!(plain[slate] + gained, seats + lost);
            prop_assert!(done.women[slate] <= *seats);
        }
    }

    #[test]
    fn there_are_as_many_papers_as_votes_and_nobody_is_named_twice_on_one(
        slates in prop::collection::vec(slate(), 1..5), within in 0.0_f64..=1.0, turn in 1_usize..4
    ) {
        let n = slates.len();
        let next: Vec<Vec<usize>> =
            (0..n).map(|l| if turn % n == 0 { vec![] } else { vec![(l + turn) % n] }).collect();
        let (papers, owner) = papers(&slates, Passing { within, next: &next }).unwrap();
        for (list, slate) in slates.iter().enumerate() {
            let own = |p: &&theory::electoral::stv::Ranking| owner[p.order[0]] == list;
            prop_assert_eq!(papers.iter().filter(own).map(|p| p.count).sum::<u64>(), slate.votes);
            for paper in papers.iter().filter(own) {
                let mut named = paper.order.clone();
                named.sort_unstable();
                named.dedup();
                prop_assert_eq!(named.len(), paper.order.len());
                // The slate's own come first, and one alone or all of them.
                let of_own = paper.order.iter().filter(|c| owner[**c] == list).count();
                prop_assert!(paper.order[..of_own].iter().all(|c| owner[*c] == list));
                prop_assert!(of_own == 1 || of_own == slate.candidates as usize);
                // Whoever is not of the slate itself is of the one it passes on to.
                let passes = |c: &usize| next[list].contains(&owner[*c]);
                prop_assert!(paper.order.iter().all(|c| owner[*c] == list || passes(c)));
            }
        }
    }

    /// A slate with k quotas whose papers stay within it elects k, if it stands as many.
    #[test]
    fn a_slate_whose_papers_stay_within_it_elects_its_quotas(
        slates in prop::collection::vec(slate(), 1..6), seats in 1_u32..7
    ) {
        let passing = Passing { within: 1.0, next: &[] };
        let done = stv_by_slates(&slates, passing, seats, 9, Ties::WrittenOrder).unwrap();
        let stand: u32 = slates.iter().map(|s| s.candidates).sum();
        prop_assert_eq!(done.seats.iter().sum::<u32>(), seats.min(stand));
        let all: u64 = slates.iter().map(|s| s.votes).sum();
        let quota = all / (u64::from(seats) + 1) + 1;
        for (slate, won) in slates.iter().zip(&done.seats) {
            // What values cut to nine decimals lose is less than a vote.
            let due = ((slate.votes.saturating_sub(1) / quota) as u32).min(slate.candidates);
            prop_assert!(*won >= due, "{slate:?} has {won} of {due}");
            prop_assert!(*won <= slate.candidates);
        }
    }

    /// The steps of a law that counts candidates add up to its seats.
    #[test]
    fn steps_of_counted_candidates_add_up(
        votes in prop::collection::vec(1_u64..5_000, 1..7), seats in 1_u32..8, least in 0_u32..4,
        women in prop::collection::vec(of_slate(), 7), nomination in 0.5_f64..2.5,
        within in 0.0_f64..=1.0, transferable in any::<bool>(), most in 1_u32..4
    ) {
        let formula =
            if transferable { Formula::Transferable { decimals: 5 } } else { Formula::Candidates };
        let lists = [Standing { candidates: Some(most), ..Standing::default() }];
        let next: Vec<Vec<usize>> = (1..votes.len()).map(|l| vec![l]).collect();
        let poll = Poll {
            lists: &lists,
            management: Management { nomination, evenness: 0.7 },
            women: Some(Women { least, lists: &women[..votes.len()] }),
            passing: Passing { within, next: &next },
            ..Poll::new(&votes, votes.iter().sum(), seats)
        };
        let law = Law::plain(formula);
        let won = law.apply(&poll, Ties::WrittenOrder).unwrap();
        let (same, steps) = law.steps(&poll, Ties::WrittenOrder).unwrap();
        prop_assert_eq!(&won, &same);
        prop_assert!(won[0] <= most);
        let mut counted = vec![0; votes.len()];
        for step in &steps {
            counted[step.list] += step.seats;
            prop_assert!(!step.to_string().is_empty());
        }
        prop_assert_eq!(&counted, &won);
    }
}

#[test]
fn a_woman_of_one_list_takes_the_seat_of_a_man_of_another() {
    let slate = |votes, candidates| Slate { votes, candidates, evenness: 0.5 };
    let slates = [slate(600, 2), slate(300, 1), slate(250, 1)];
    let women = [
        EVENLY,
        SlateWomen { share: 0.0, ..EVENLY },
        SlateWomen { share: 1.0, behind: 0.0, ..EVENLY },
    ];
    // 400 and 300 win two seats; the first list's woman has 200, the third's 250.
    let done = sntv_with_women(&slates, &women, 2, 1, Ties::Refuse).unwrap();
    assert_eq!((done.seats, done.women), (vec![1, 0, 1], vec![0, 0, 1]));
    assert_eq!((done.moved, done.missing), (vec![(1, 2)], 0));
    // A second one takes the first list's seat from its own man; a third there is, but no man is left.
    let done = sntv_with_women(&slates, &women, 2, 3, Ties::Refuse).unwrap();
    assert_eq!((done.seats, done.moved), (vec![1, 0, 1], vec![(1, 2), (0, 0)]));
    assert_eq!((done.women, done.missing), (vec![1, 0, 1], 1));
}

#[test]
fn the_law_tells_whose_seat_the_quota_moved() {
    let women = [
        SlateWomen { share: 0.0, ..EVENLY },
        SlateWomen { share: 0.0, ..EVENLY },
        SlateWomen { share: 1.0, ..EVENLY },
    ];
    let votes = [500, 300, 200];
    let poll =
        Poll { women: Some(Women { least: 1, lists: &women }), ..Poll::new(&votes, 1_000, 2) };
    let law = Law::plain(Formula::Candidates);
    let (won, steps) = law.steps(&poll, Ties::Refuse).unwrap();
    assert_eq!(won, [1, 0, 1]);
    let told: Vec<String> = steps.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["formula: list 0 takes 1", "women's quota: list 2 takes 1 in place of a man of list 1"]
    );
    // Without the quota the same votes elect the two men.
    let plain = Poll { women: None, ..poll };
    assert_eq!(law.apply(&plain, Ties::Refuse), Ok(vec![1, 1, 0]));
    // Lists that count their votes together are no lists whose women are known.
    let lists = [Standing { agreement: Some(0), ..Standing::default() }; 2];
    let fault = law.apply(&Poll { lists: &lists, ..poll }, Ties::Refuse).unwrap_err();
    assert!(fault.to_string().starts_with("agreement"), "{fault}");
    let short = Poll { women: Some(Women { least: 1, lists: &women[..2] }), ..poll };
    assert_eq!(law.apply(&short, Ties::Refuse).unwrap_err().what, What::Length(2));
}

#[test]
fn level_women_are_left_to_the_lot() {
    let person = |list, votes, woman| Candidate { list, votes, woman };
    let candidates = [person(0, 9, false), person(1, 5, true), person(2, 5, true)];
    let level = apply_best_losers(&candidates, &[0], 1, Ties::Refuse).unwrap_err();
    assert_eq!(level.what, What::Level(vec![1, 2]));
    let mut last = |tie: Tie<'_>| tie.tied.len() - 1;
    let after = apply_best_losers(&candidates, &[0], 1, Ties::Lot(&mut last)).unwrap();
    assert_eq!(after.elected, [2]);
    // Where both come in, or nobody does, nobody asks.
    assert!(apply_best_losers(&candidates, &[0], 0, Ties::Refuse).is_ok());
    let two = [candidates[0], person(0, 8, false), candidates[1], candidates[2]];
    let after = apply_best_losers(&two, &[0, 1], 2, Ties::Refuse).unwrap();
    assert_eq!(after.elected, [3, 2]);
    for wrong in [&[3_usize][..], &[0, 0]] {
        assert!(apply_best_losers(&candidates, wrong, 1, Ties::WrittenOrder).is_err());
    }
}

#[test]
fn papers_that_pass_on_decide_between_lists() {
    // 1,000 votes, two seats, quota 334. The first list's surplus and, once the third is excluded, its
    // papers decide between the second and the fourth.
    let votes = [400, 230, 160, 210];
    let law = Law::plain(Formula::Transferable { decimals: 5 });
    let won = |next: &[Vec<usize>]| {
        let passing = Passing { within: 1.0, next };
        let poll = Poll { passing, ..Poll::new(&votes, 1_000, 2) };
        law.steps(&poll, Ties::Refuse).unwrap()
    };
    let (apart, _) = won(&[]);
    assert_eq!(apart, [1, 1, 0, 0]);
    let (linked, steps) = won(&[vec![], vec![], vec![3]]);
    assert_eq!(linked, [1, 0, 0, 1]);
    let clauses: Vec<(Clause, usize)> = steps.iter().map(|s| (s.clause, s.list)).collect();
    assert_eq!(
        clauses,
        [(Clause::Quota, 0), (Clause::Surplus, 0), (Clause::Exclusion, 2), (Clause::Quota, 3)]
    );
    // A list that does not stand here is passed over; one that there is not is a fault.
    let absent = Poll {
        passing: Passing { within: 1.0, next: &[vec![1], vec![], vec![1, 3]] },
        ..Poll::new(&[400, 0, 160, 210], 770, 2)
    };
    assert_eq!(law.apply(&absent, Ties::Refuse), Ok(vec![1, 0, 0, 1]));
    let nowhere = Passing { within: 1.0, next: &[vec![4]] };
    let fault = law.apply(&Poll { passing: nowhere, ..absent }, Ties::Refuse).unwrap_err();
    assert!(fault.to_string().starts_with("next[0][0] is 4"), "{fault}");
}

#[test]
fn values_are_cut_to_the_decimals_of_the_law() {
    let slate = |votes, candidates| Slate { votes, candidates, evenness: 0.0 };
    // Quota 34: all 60 papers of the first list pass on 26 votes, .43333 to five places.
    let slates = [slate(60, 2), slate(22, 1), slate(18, 1)];
    let passing = Passing { within: 1.0, next: &[] };
    let count = |decimals| stv_by_slates(&slates, passing, 2, decimals, Ties::Refuse);
    let last = |decimals| count(decimals).map(|done| done.stages[4].clone());
    // The lists of 18 and 22 are excluded; the companion has 60 times the value.
    let told = |over: u32, under: u32| BigRational::new(BigInt::from(over), BigInt::from(under));
    assert_eq!(last(5), Ok(Stage::Remaining(1, told(259_998, 10_000))));
    assert_eq!(last(1), Ok(Stage::Remaining(1, told(24, 1))));
    assert!(count(10).unwrap_err().to_string().starts_with("decimals"));
}

#[test]
fn more_candidates_than_a_count_can_hold_are_a_fault_and_no_long_wait() {
    let many = Slate { votes: 1_000_000, candidates: 401, evenness: 1.0 };
    let passing = Passing { within: 0.5, next: &[] };
    let fault = stv_by_slates(&[many], passing, 5, 5, Ties::WrittenOrder).unwrap_err();
    assert_eq!(fault.what, What::TooLarge);
    let law = Law::plain(Formula::Transferable { decimals: 5 });
    let management = Management { nomination: 100.0, evenness: 1.0 };
    let votes = vec![9_000; 100];
    let poll = Poll { management, ..Poll::new(&votes, 900_000, 1_000) };
    assert_eq!(law.apply(&poll, Ties::WrittenOrder).unwrap_err().what, What::TooLarge);
    // As many as may be, of one list and of many, end.
    let full = Slate { candidates: 400, ..many };
    let done = stv_by_slates(&[full], passing, 300, 9, Ties::WrittenOrder).unwrap();
    assert_eq!(done.seats, [300]);
    let women = [EVENLY; 2];
    let crowd = [Slate { candidates: 60_000, ..many }; 2];
    let fault = sntv_with_women(&crowd, &women, 5, 1, Ties::WrittenOrder).unwrap_err();
    assert_eq!(fault.what, What::TooLarge);
}

#[test]
fn a_paper_passes_on_to_other_slates_once() {
    let slates = [Slate { votes: 10, candidates: 1, evenness: 1.0 }; 3];
    for wrong in [vec![0], vec![1, 1], vec![3]] {
        let next = [wrong];
        assert!(papers(&slates, Passing { within: 1.0, next: &next }).is_err(), "{next:?}");
    }
    assert!(papers(&slates, Passing { within: 1.5, next: &[] }).is_err());
    assert!(papers(&slates, Passing { within: f64::NAN, next: &[] }).is_err());
}

#[test]
fn nobody_stands_more_candidates_than_it_has() {
    let one = [Standing { candidates: Some(1), ..Standing::default() }];
    // The first list would stand two, of 150 votes each, if it had them; the others stand one.
    let own = [Management { nomination: 2.0, evenness: 1.0 }];
    let votes = [300, 250, 230, 220];
    let poll = Poll { own: &own, ..Poll::new(&votes, 1_000, 2) };
    let law = Law::plain(Formula::Candidates);
    assert_eq!(law.apply(&poll, Ties::Refuse), Ok(vec![0, 1, 1, 0]));
    let short = Poll { lists: &one, ..poll };
    assert_eq!(law.apply(&short, Ties::Refuse), Ok(vec![1, 1, 0, 0]));
    // Papers of a list with one candidate are worth no second seat.
    let votes = [700, 160, 140];
    let law = Law::plain(Formula::Transferable { decimals: 5 });
    let poll = Poll::new(&votes, 1_000, 2);
    assert_eq!(law.apply(&poll, Ties::Refuse), Ok(vec![2, 0, 0]));
    assert_eq!(law.apply(&Poll { lists: &one, ..poll }, Ties::Refuse), Ok(vec![1, 1, 0]));
}
