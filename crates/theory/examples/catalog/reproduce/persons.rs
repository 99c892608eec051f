//! Who is elected under an entry's rule for persons: plurality, lists that are open, quotas.

use super::inputs::{Inputs, list, one, printed, reals};
use theory::Fault;
use theory::electoral::block_vote::block_vote as by_block_vote;
use theory::electoral::open_list::{Opening, ranking};
use theory::electoral::plurality::most_votes;
use theory::electoral::reserved::{Reservation, reserved_seats};
use theory::electoral::seat_quotas::{self, fill_quotas};
use theory::electoral::sntv::{Slate, candidate_votes, managed_seats, sntv_by_slates};
use theory::electoral::tie::Ties;
use theory::electoral::womens_quota::{
    Candidate, Replacement, apply_best_losers, apply_lists_quota, apply_womens_quota,
};
use toml::{Table, Value};

pub fn obtain(model: &str, inputs: &Inputs<'_>) -> Result<Table, String> {
    match model {
        "sntv" => sntv(inputs),
        "block_vote" => block_vote(inputs),
        "open_list" => open_list(inputs),
        "womens_quota" => womens_quota(inputs),
        "best_losers" => best_losers(inputs),
        "seat_quotas" => seat_quotas(inputs),
        _ => reserved(inputs),
    }
}

fn number(inputs: &Inputs<'_>, key: &str) -> Result<u32, String> {
    u32::try_from(inputs.whole(key)?).map_err(|_| format!("\"{key}\" is too large"))
}

fn place(names: &[String], name: &str) -> Result<usize, String> {
    let found = names.iter().position(|n| n == name);
    found.ok_or_else(|| format!("nobody is called \"{name}\""))
}

fn named(names: &[String], chosen: &[usize]) -> Value {
    printed(&chosen.iter().map(|c| &names[*c]).collect::<Vec<_>>())
}

/// Several districts: seats by list, shares of votes and of seats, and what the best management
/// would have won in each district, all others unchanged.
fn sntv(inputs: &Inputs<'_>) -> Result<Table, String> {
    let said = |e: Fault| e.to_string();
    let lists = inputs.texts("lists")?;
    let (mut won, mut managed) = (vec![0_u32; lists.len()], vec![0_u32; lists.len()]);
    let mut votes = vec![0_u64; lists.len()];
    for district in inputs.tables("districts")? {
        let seats = number(&district, "seats")?;
        let mut owners = Vec::new();
        let mut slates = Vec::new();
        for slate in district.tables("slates")? {
            owners.push(place(&lists, slate.text("list")?)?);
            slates.push(Slate {
                votes: slate.whole("votes")?,
                candidates: number(&slate, "candidates")?,
                evenness: slate.real("evenness")?,
            });
        }
        let spread = slates.iter().map(|s| candidate_votes(*s)).collect::<Result<Vec<_>, _>>();
        let spread = spread.map_err(said)?;
        let seats_won = sntv_by_slates(&slates, seats, Ties::Refuse).map_err(said)?;
        for (k, owner) in owners.iter().enumerate() {
            let others = spread.iter().enumerate().filter(|(j, _)| *j != k);
            let rivals: Vec<u64> = others.flat_map(|(_, v)| v.iter().copied()).collect();
            won[*owner] += seats_won[k];
            managed[*owner] += managed_seats(slates[k].votes, &rivals, seats);
            votes[*owner] += slates[k].votes;
        }
    }
    let share = |n: f64, all: f64| (1e4 * n / all).round() / 1e4;
    let (all, seats): (u64, u32) = (votes.iter().sum(), won.iter().sum());
    let of_votes: Vec<f64> = votes.iter().map(|v| share(*v as f64, all as f64)).collect();
    let of_seats: Vec<f64> = won.iter().map(|s| share(f64::from(*s), f64::from(seats))).collect();
    Ok(Table::from_iter([
        ("seats".to_owned(), list(&won)),
        ("best_managed".to_owned(), list(&managed)),
        ("share_of_votes".to_owned(), reals(&of_votes)),
        ("share_of_seats".to_owned(), reals(&of_seats)),
    ]))
}

fn block_vote(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("candidates")?;
    let mut ballots = Vec::new();
    for ballot in inputs.tables("ballots")? {
        let marked = ballot.texts("named")?;
        let marked = marked.iter().map(|n| place(&names, n)).collect::<Result<Vec<_>, _>>()?;
        ballots.push((marked, ballot.whole("count")?));
    }
    let elected = by_block_vote(&ballots, names.len(), number(inputs, "seats")?, Ties::Refuse);
    Ok(one("elected", named(&names, &elected.map_err(|e| e.to_string())?)))
}

fn open_list(inputs: &Inputs<'_>) -> Result<Table, String> {
    let names = inputs.texts("candidates")?;
    let personal = inputs.wholes("personal_votes")?;
    let opening = match inputs.text("opening")? {
        "closed" => Opening::Closed,
        "open" => Opening::Open,
        "flexible" => Opening::Flexible {
            over: inputs.whole("share_over")?,
            under: inputs.whole("share_under")?,
        },
        other => return Err(format!("opening \"{other}\" is unknown")),
    };
    let order = ranking(&personal, inputs.whole("list_votes")?, opening);
    let mut order = order.map_err(|e| e.to_string())?;
    order.truncate(number(inputs, "seats")? as usize);
    Ok(one("elected", named(&names, &order)))
}

/// Candidates with their list, their votes and whether they are women.
fn people(inputs: &Inputs<'_>, lists: &[String]) -> Result<(Vec<String>, Vec<Candidate>), String> {
    let (mut names, mut candidates) = (Vec::new(), Vec::new());
    for person in inputs.tables("candidates")? {
        names.push(person.text("name")?.to_owned());
        candidates.push(Candidate {
            list: place(lists, person.text("list")?)?,
            votes: person.whole("votes")?,
            woman: person.whole("woman")? == 1,
        });
    }
    Ok((names, candidates))
}

/// Seats filled by the candidates' own votes, then the quota.
fn best_losers(inputs: &Inputs<'_>) -> Result<Table, String> {
    let lists = inputs.texts("lists")?;
    let (names, candidates) = people(inputs, &lists)?;
    let votes: Vec<u64> = candidates.iter().map(|c| c.votes).collect();
    let elected = most_votes(&votes, number(inputs, "seats")?, Ties::Refuse);
    let elected = elected.map_err(|e| e.to_string())?;
    let least = number(inputs, "least_women")?;
    let after = apply_best_losers(&candidates, &elected, least, Ties::Refuse);
    let after = after.map_err(|e| e.to_string())?;
    let mut seats = vec![0_u32; lists.len()];
    after.elected.iter().for_each(|c| seats[candidates[*c].list] += 1);
    let swap = |r: &Replacement| format!("{} for {}", names[r.in_place], names[r.out]);
    let swaps: Vec<String> = after.replacements.iter().map(swap).collect();
    Ok(Table::from_iter([
        ("elected".to_owned(), named(&names, &after.elected)),
        ("replacements".to_owned(), printed(&swaps)),
        ("seats".to_owned(), list(&seats)),
        ("missing".to_owned(), Value::Integer(after.missing.into())),
    ]))
}

/// Lists' seats filled by personal votes, then the quota.
fn womens_quota(inputs: &Inputs<'_>) -> Result<Table, String> {
    let lists = inputs.texts("lists")?;
    let seats = inputs.wholes("seats")?;
    let (names, candidates) = people(inputs, &lists)?;
    let mut elected = Vec::new();
    for (k, seats) in seats.iter().enumerate() {
        let own: Vec<usize> = (0..candidates.len()).filter(|c| candidates[*c].list == k).collect();
        let personal: Vec<u64> = own.iter().map(|c| candidates[*c].votes).collect();
        let order = ranking(&personal, personal.iter().sum(), Opening::Open);
        let order = order.map_err(|e| e.to_string())?;
        elected.extend(order.iter().take(*seats as usize).map(|k| own[*k]));
    }
    let least = number(inputs, "least_women")?;
    let after = if inputs.has("divisors") {
        let divisors: Vec<u32> = inputs.wholes("divisors")?.iter().map(|d| *d as u32).collect();
        let after = apply_lists_quota(&candidates, &elected, least, &divisors);
        after.map_err(|e| e.to_string())?
    } else {
        apply_womens_quota(&candidates, &elected, least)
    };
    let swap = |r: &Replacement| format!("{} for {}", names[r.in_place], names[r.out]);
    let swaps: Vec<String> = after.replacements.iter().map(swap).collect();
    Ok(Table::from_iter([
        ("elected".to_owned(), named(&names, &after.elected)),
        ("replacements".to_owned(), printed(&swaps)),
        ("missing".to_owned(), Value::Integer(after.missing.into())),
    ]))
}

/// Seats of lists filled under quotas; the lists of candidates hold their shares of a small district.
fn seat_quotas(inputs: &Inputs<'_>) -> Result<Table, String> {
    let lists = inputs.texts("lists")?;
    let (mut quotas, mut seats, mut of) = (Vec::new(), Vec::new(), Vec::new());
    for quota in inputs.tables("quotas")? {
        quotas.push(format!("{} {}", quota.text("community")?, quota.text("district")?));
        seats.push(number(&quota, "seats")?);
        of.push(quota.whole("votes")?);
    }
    let (mut names, mut candidates) = (Vec::new(), Vec::new());
    for person in inputs.tables("candidates")? {
        let quota = place(&quotas, person.text("quota")?)?;
        names.push(person.text("name")?.to_owned());
        candidates.push(seat_quotas::Candidate {
            list: place(&lists, person.text("list")?)?,
            quota,
            votes: person.whole("votes")?,
            of: of[quota],
        });
    }
    let won: Vec<u32> = inputs.wholes("list_seats")?.iter().map(|s| *s as u32).collect();
    let filled = fill_quotas(&candidates, &won, &seats, Ties::Refuse);
    let filled = filled.map_err(|e| e.to_string())?;
    Ok(Table::from_iter([
        ("elected".to_owned(), named(&names, &filled.elected)),
        ("moved".to_owned(), named(&names, &filled.moved)),
    ]))
}

fn reserved(inputs: &Inputs<'_>) -> Result<Table, String> {
    let groups = inputs.texts("groups")?;
    let (mut names, mut votes, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for person in inputs.tables("candidates")? {
        names.push(person.text("name")?.to_owned());
        votes.push(person.whole("votes")?);
        let own = if person.has("group") { Some(person.text("group")?) } else { None };
        group.push(own.map(|g| place(&groups, g)).transpose()?);
    }
    let set_aside: Vec<Reservation> = inputs
        .wholes("reserved")?
        .iter()
        .enumerate()
        .map(|(group, seats)| Reservation { group, seats: *seats as u32 })
        .collect();
    let elected = reserved_seats(&votes, &group, &set_aside, Ties::Refuse);
    let elected = elected.map_err(|e| e.to_string())?;
    let by_group = groups.iter().zip(&elected).map(|(g, e)| (g.clone(), named(&names, e)));
    Ok(one("elected", by_group.collect::<Table>()))
}
