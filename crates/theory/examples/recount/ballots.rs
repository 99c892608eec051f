//! Published ballots as text: how many carry a ranking, and the ranking.

use theory::electoral::stv::Ranking;

/// Rankings, one a line or between semicolons: how many ballots carry it, then the numbers of the
/// candidates from one, most liked first. Numbers stand apart by commas or blanks.
pub fn profile(text: &str, candidates: usize) -> Result<Vec<Ranking>, String> {
    let mut all = Vec::new();
    for (k, line) in text.lines().enumerate() {
        for item in line.split(';').filter(|item| !item.trim().is_empty()) {
            all.push(ranking(item, candidates).map_err(|e| format!("line {}: {e}", k + 1))?);
        }
    }
    Ok(all)
}

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
