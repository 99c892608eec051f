//! Maps of the contested state: who comes first where, and where a list has its seats and its votes.

use std::collections::BTreeSet;

use assess::districts::District as OverRuns;
use assess::{Summary, districts};
use case::Case;
use case::institution::District as InDistrict;
use jiff::civil::Date;
use simulate::ensemble::Ensemble;
use simulate::model::{ListId, Model};

use super::words;
use crate::numbers;
use crate::picture::district_map::{self, District, Holder, Place};
use crate::picture::{Picture, PictureError};

/// What a map shows of the districts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The list likeliest to come first, and how likely.
    First,
    /// The seats a list may expect, as a share of the district's.
    Seats(ListId),
    /// How a list did in the last election of which districts are known.
    Last(ListId),
}

/// Whether the case holds the boundaries of enough districts to draw a map: of all but a few, and of two at least.
#[must_use]
pub fn can_be_drawn(case: &Case) -> bool {
    let known = case.districts.iter().filter(|d| boundary(case, d.id.get_ref()).is_some()).count();
    known >= 2 && known * 10 >= case.districts.len() * 9
}

fn boundary<'c>(case: &'c Case, district: &str) -> Option<&'c case::boundary::Boundary> {
    case.boundaries.iter().find(|boundary| boundary.district == district)
}

/// The map; none where boundaries are lacking or nothing is known of what is to be shown.
///
/// # Errors
/// If the picture cannot be drawn.
pub fn map(
    model: &Model<'_>,
    ensemble: &Ensemble,
    summary: &Summary,
    shown: Shown,
    with_places: bool,
) -> Result<Option<Picture>, PictureError> {
    let case = model.case;
    if !can_be_drawn(case) {
        return Ok(None);
    }
    let came = districts(model, ensemble);
    let past = match shown {
        Shown::Last(list) => Past::of(case, case.actors[model.lists[list]].id.get_ref()),
        _ => None,
    };
    let mut groups: Vec<String> = Vec::new();
    if shown == Shown::First {
        // hues as in the picture of the assembly: in the order in which groups come there
        for list in &summary.lists {
            let group = list.community.as_ref().unwrap_or(&list.label);
            if !groups.contains(group) {
                groups.push(group.clone());
            }
        }
    }
    let holder = |list: ListId| {
        let actor = &case.actors[model.lists[list]];
        let group = actor.community.as_deref().unwrap_or(actor.label());
        let group = groups.iter().position(|known| known == group)?;
        Some(Holder { name: actor.label().to_owned(), group })
    };
    let codes = codes(case);
    let mut all = Vec::new();
    for (place, district) in case.districts.iter().enumerate() {
        let (value, holder) = match shown {
            Shown::First => {
                let first = came.get(place).and_then(|d| d.first.first());
                (first.map(|(_, share)| *share), first.and_then(|(list, _)| holder(*list)))
            }
            Shown::Seats(list) => {
                let seats = f64::from(*district.seats.get_ref());
                let held = came.get(place).filter(|_| seats > 0.0).map(|d| d.seats[list] / seats);
                (held, None)
            }
            Shown::Last(_) => (past.as_ref().and_then(|past| past.shares[place]), None),
        };
        all.push(District {
            name: district.name.clone(),
            code: codes[place].clone(),
            value,
            holder,
            outline: boundary(case, district.id.get_ref())
                .map(|boundary| boundary.rings().cloned().collect())
                .unwrap_or_default(),
            hexagon: None,
        });
    }
    if all.iter().all(|district| district.value.is_none()) {
        return Ok(None);
    }
    let input = district_map::Input {
        title: title(model, shown, &came, past.as_ref()),
        unit: match shown {
            Shown::First => "share of futures in which the likeliest list comes first",
            Shown::Seats(_) => "share of the district's seats, mean of the futures",
            Shown::Last(_) => past.as_ref().map_or("", |past| past.by.unit()),
        }
        .to_owned(),
        shares: true,
        groups,
        districts: all,
        places: match with_places {
            true => (case.places.iter())
                .map(|place| Place {
                    name: words::start(&place.name),
                    at: (*place.longitude.get_ref(), *place.latitude.get_ref()),
                })
                .collect(),
            false => Vec::new(),
        },
    };
    Ok(Some(district_map::draw(&input)?))
}

/// What the map says.
fn title(model: &Model<'_>, shown: Shown, came: &[OverRuns], past: Option<&Past>) -> String {
    let name = |list: ListId| words::start(&model.case.actors[model.lists[list]].name);
    match shown {
        Shown::First => {
            let mut tally: Vec<(ListId, usize)> = Vec::new();
            for (list, _) in came.iter().filter_map(|district| district.first.first()) {
                match tally.iter_mut().find(|(known, _)| known == list) {
                    Some((_, count)) => *count += 1,
                    None => tally.push((*list, 1)),
                }
            }
            tally.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            match tally.as_slice() {
                [(most, count), ..] => format!(
                    "{} {} likeliest to come first in {count} of {}",
                    name(*most),
                    words::agree(&name(*most), "is", "are"),
                    numbers::counted(came.len(), "district", "districts")
                ),
                [] => "Who comes first where".to_owned(),
            }
        }
        Shown::Seats(list) => {
            let its = words::agree(&model.case.actors[model.lists[list]].name, "its", "their");
            format!("{}: where {its} seats are", name(list))
        }
        Shown::Last(list) => {
            let day = past.map(|past| words::date(past.day)).unwrap_or_default();
            let it = words::agree(&model.case.actors[model.lists[list]].name, "it", "they");
            format!("{}: how {it} did on {day}", name(list))
        }
    }
}

/// How a list did district by district in an election that was held.
struct Past {
    day: Date,
    by: By,
    /// Its share in each district of the case, where it is known.
    shares: Vec<Option<f64>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// The percentage that a source gives.
    Percent,
    /// Votes over those of all lists whose votes are known there.
    Votes,
    /// Seats over the district's.
    Seats,
}

impl By {
    fn unit(self) -> &'static str {
        match self {
            Self::Percent => "share of the vote",
            Self::Votes => "share of the votes of the lists whose votes are known",
            Self::Seats => "share of the district's seats",
        }
    }
}

/// Lists whose votes must be known in a district before one's share of them says anything (*Judged*).
const RIVALS: usize = 3;

impl Past {
    /// The last election of which something is known in two districts at least; by the best measure that there is.
    fn of(case: &Case, list: &str) -> Option<Self> {
        let by_district = || case.results.iter().filter(|r| r.district.is_some());
        let own = by_district().filter(|r| r.list.get_ref() == list);
        let days: BTreeSet<Date> = own.map(|r| r.date).collect();
        days.into_iter().rev().find_map(|day| {
            [By::Percent, By::Votes, By::Seats].into_iter().find_map(|by| {
                let shares: Vec<Option<f64>> =
                    case.districts.iter().map(|d| share(case, list, day, by, d)).collect();
                let known = shares.iter().flatten().count();
                (known >= 2).then_some(Self { day, by, shares })
            })
        })
    }
}

fn share(case: &Case, list: &str, day: Date, by: By, district: &InDistrict) -> Option<f64> {
    let here = || {
        let of = |d: &toml::Spanned<String>| d.get_ref() == district.id.get_ref();
        case.results.iter().filter(move |r| r.date == day && r.district.as_ref().is_some_and(of))
    };
    let own = here().find(|r| r.list.get_ref() == list)?;
    match by {
        By::Percent => own.percent.map(|percent| percent / 100.0),
        By::Votes => {
            let votes: Vec<u64> = here().filter_map(|r| r.votes).collect();
            let all: u64 = votes.iter().sum();
            let known = votes.len() >= RIVALS && all > 0;
            own.votes.filter(|_| known).map(|own| own as f64 / all as f64)
        }
        By::Seats => {
            let seats = f64::from(*district.seats.get_ref());
            own.seats.filter(|_| seats > 0.0).map(|own| (f64::from(own) / seats).min(1.0))
        }
    }
}

/// Two to three letters for each district, no two alike where that can be had.
fn codes(case: &Case) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut out = Vec::new();
    for district in &case.districts {
        let letters: Vec<char> = district
            .name
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_uppercase)
            .collect();
        let with = |second: usize, third: usize| -> String {
            [0, second, third].iter().filter_map(|at| letters.get(*at)).collect()
        };
        let all = (2..letters.len().max(3)).map(|third| with(1, third));
        let all = all.chain((2..letters.len()).map(|second| with(second, second + 1)));
        let mut all = all.filter(|code| !code.is_empty() && !taken.contains(code));
        let code = all.next().unwrap_or_else(|| (out.len() + 1).to_string());
        taken.insert(code.clone());
        out.push(code);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use case::Folder;
    use simulate::world::InDistrict as Came;
    use std::sync::Arc;

    fn toyland() -> Case {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
        Folder::read(&root).unwrap().build(None).case.unwrap()
    }

    /// Four futures in which the first list comes first in three in Hill, and in all elsewhere.
    fn ensemble(model: &Model<'_>) -> Ensemble {
        let mut ran = model.ensemble(1, 0, 4, &|_| ()).unwrap();
        for (run, outcome) in ran.outcomes.iter_mut().enumerate() {
            let came = |first: u8| Came { first, seats: vec![(0, 3)] };
            outcome.districts = vec![came(u8::from(run == 3)), came(0), came(0)];
        }
        ran
    }

    fn drawn(case: &Case, shown: Shown, with_places: bool) -> Option<Picture> {
        let model = Model::new(case).unwrap();
        let ran = ensemble(&model);
        map(&model, &ran, &assess::summary(&model, &ran), shown, with_places).unwrap()
    }

    fn cells(picture: &Picture) -> Vec<Vec<String>> {
        picture.table.csv().lines().map(|l| l.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn each_district_names_the_list_likeliest_to_come_first() {
        let case = toyland();
        let list = &case.actors[Model::new(&case).unwrap().lists[0]];
        let (first, name) = (list.label().to_owned(), words::start(&list.name));
        let picture = drawn(&case, Shown::First, false).unwrap();
        assert_eq!(
            picture.title,
            format!("{name} are likeliest to come first in 3 of 3 districts")
        );
        let hill = cells(&picture).into_iter().find(|row| row[0] == "Hill").unwrap();
        assert_eq!(hill[1..3], ["HIL", first.as_str()]);
        assert_eq!(hill[4], "75%");
        assert!(
            picture.wide.standalone("m", "", "").contains("HIL"),
            "small shapes have their letters"
        );
    }

    #[test]
    fn seats_are_shares_of_the_districts() {
        let picture = drawn(&toyland(), Shown::Seats(0), false).unwrap();
        let of = |name: &str| cells(&picture).into_iter().find(|row| row[0] == name).unwrap();
        // three of eleven, of nine and of five
        assert_eq!(of("Hill")[2], "27%");
        assert_eq!(of("Coast")[2], "33%");
        assert_eq!(of("Border")[2], "60%");
    }

    #[test]
    fn places_are_dots_and_those_off_the_map_are_left_out() {
        let case = toyland();
        let with = drawn(&case, Shown::First, true).unwrap().wide.standalone("m", "", "");
        assert!(with.contains("camp in the hills"), "within a district");
        assert!(!with.contains("naval port"), "far out at sea");
        assert!(
            !drawn(&case, Shown::First, false)
                .unwrap()
                .wide
                .standalone("m", "", "")
                .contains("camp")
        );
    }

    #[test]
    fn without_boundaries_there_is_no_map() {
        let mut case = toyland();
        Arc::make_mut(&mut case.boundaries).truncate(2);
        assert!(drawn(&case, Shown::First, false).is_none(), "a third of the state is lacking");
    }

    #[test]
    fn a_past_result_goes_by_percent_then_by_votes_of_three_lists_then_by_seats() {
        let mut case = toyland();
        let mut row = case.results[0].clone();
        let list = row.list.get_ref().clone();
        let own = |r: &case::contest::ElectionResult| r.district.is_some();
        case.kinds.results.retain(|r| !own(r));
        let district =
            |at: usize| toml::Spanned::new(0..0, case.districts[at].id.get_ref().clone());
        let mut rows = Vec::new();
        for at in 0..2 {
            row.district = Some(district(at));
            (row.percent, row.votes, row.seats) = (None, Some(300), Some(2));
            rows.push(row.clone());
        }
        case.kinds.results.extend(rows.clone());
        // nobody else's votes are known: three hundred of three hundred says nothing
        let past = Past::of(&case, &list).unwrap();
        assert!(past.by == By::Seats && past.shares[1] == Some(2.0 / 9.0), "{:?}", past.shares);
        for (other, votes) in [("x", 500), ("y", 200)] {
            for row in &rows {
                let list = toml::Spanned::new(0..0, other.to_owned());
                let more =
                    case::contest::ElectionResult { list, votes: Some(votes), ..row.clone() };
                case.kinds.results.push(more);
            }
        }
        let past = Past::of(&case, &list).unwrap();
        assert!(past.by == By::Votes && past.shares[0] == Some(0.3), "{:?}", past.shares);
        for row in case.kinds.results.iter_mut().filter(|r| own(r) && *r.list.get_ref() == list) {
            row.percent = Some(28.5);
        }
        let past = Past::of(&case, &list).unwrap();
        assert!(past.by == By::Percent && past.shares[0] == Some(0.285), "{:?}", past.shares);
    }

    #[test]
    fn no_two_districts_have_one_code() {
        let mut case = toyland();
        for name in ["Hill", "Hillside", "Hil", "H", "الميناء", "12"] {
            let mut more = case.districts[0].clone();
            more.name = name.to_owned();
            case.kinds.districts.push(more);
        }
        let codes = codes(&case);
        let all: BTreeSet<&String> = codes.iter().collect();
        assert_eq!(all.len(), codes.len(), "{codes:?}");
        assert!(codes.iter().all(|code| !code.is_empty()), "{codes:?}");
    }
}
