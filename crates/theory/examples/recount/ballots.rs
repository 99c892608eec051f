//! Published ballots as text: how many carry a ranking, and the ranking.

use theory::electoral::stv::Ranking;

/// One line of a profile; a zero ends it, as in .blt files.
pub fn ranking(line: &str, candidates: usize) -> Result<Ranking, String> {
    let numbers = line.split([',', ' ', '\t']).filter(|word| !word.is_empty());
    let numbers = numbers.map(|word| match word.parse::<u64>() {
        Ok(number) => Ok(number),
        Err(_) => Err(format!("\"{word}\" is not a whole number")),
    });
    let numbers = numbers.collect::<Result<Vec<u64>, String>>()?;
    let (count, order) = numbers.split_first().ok_or("no numbers")?;
    let order = order.iter().take_while(|n| **n != 0);
    let order = order.map(|n| match usize::try_from(*n) {
        Ok(place) if place <= candidates => Ok(place - 1),
        _ => Err(format!("there is no candidate {n}; there are {candidates}")),
    });
    let order = order.collect::<Result<Vec<usize>, String>>()?;
    Ok(Ranking { order, count: *count })
}

/// Ballots with what goes with them.
pub struct Sheet {
    /// The candidates' names.
    pub names: Vec<String>,
    /// Seats to fill.
    pub seats: u32,
    /// The ballots.
    pub ballots: Vec<Ranking>,
    /// Who was declared elected, if the file says.
    pub declared: Option<Vec<String>>,
    /// The rule to count by, as the file names it.
    pub rule: String,
}

/// What lines that begin with # say: who was declared, and by which rule.
fn remarks(text: &str) -> (Option<Vec<String>>, String) {
    let declared = text.lines().find_map(|l| l.strip_prefix("#elected"));
    let names = |line: &str| line.split(';').map(|n| n.trim().to_owned()).collect();
    let rule = text.lines().find_map(|l| l.strip_prefix("#rule"));
    (declared.map(names), rule.map_or("inclusive-5", str::trim).to_owned())
}

fn head(line: &str) -> Result<(usize, u32), String> {
    let words: Vec<&str> = line.split([',', ' ']).filter(|w| !w.is_empty()).collect();
    let whole = |at: usize| words.get(at).and_then(|w| w.parse::<u32>().ok());
    match (whole(0), whole(1)) {
        (Some(candidates), Some(seats)) => Ok((candidates as usize, seats)),
        _ => Err(format!("\"{line}\" must be the numbers of candidates and of seats")),
    }
}

/// A .blt file: candidates and seats; a ballot a line, its weight first and a zero last; a zero; the
/// names in quotes. A line of a negative number withdraws that candidate.
pub fn blt(text: &str) -> Result<Sheet, String> {
    let (declared, rule) = remarks(text);
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let (candidates, seats) = head(lines.next().ok_or("the file is empty")?)?;
    let (mut ballots, mut gone) = (Vec::new(), Vec::new());
    for line in lines.by_ref() {
        if line == "0" {
            break;
        }
        if let Some(withdrawn) = line.strip_prefix('-') {
            let out = withdrawn.split_whitespace().map(|w| w.trim_start_matches('-').parse());
            let out: Result<Vec<usize>, _> = out.collect();
            gone.extend(out.map_err(|_| format!("\"{line}\" withdraws nobody"))?);
            continue;
        }
        ballots.push(ranking(line, candidates)?);
    }
    let names: Vec<String> =
        lines.take(candidates).map(|l| l.trim_matches('"').to_owned()).collect();
    if names.len() != candidates {
        return Err(format!("{} names of {candidates} candidates", names.len()));
    }
    let stands = |c: &usize| !gone.contains(&(c + 1));
    ballots.iter_mut().for_each(|b: &mut Ranking| b.order.retain(stands));
    Ok(Sheet { names, seats, ballots, declared, rule })
}

/// A preference profile: candidates and seats; a ranking a line, its count first; a line a candidate,
/// its name in the second cell.
pub fn csv_profile(text: &str) -> Result<Sheet, String> {
    let (declared, rule) = remarks(text);
    let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let (candidates, seats) = head(lines.next().ok_or("the file is empty")?)?;
    let (mut ballots, mut names) = (Vec::new(), Vec::new());
    for line in lines {
        if line.starts_with(|c: char| c.is_ascii_digit()) {
            ballots.push(ranking(line, candidates)?);
        } else if names.len() < candidates {
            let name = line.split(',').nth(1).unwrap_or(line);
            names.push(name.trim().trim_matches('"').to_owned());
        }
    }
    if names.len() != candidates {
        return Err(format!("{} names of {candidates} candidates", names.len()));
    }
    Ok(Sheet { names, seats, ballots, declared, rule })
}
