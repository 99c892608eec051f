//! How numbers are said: rounded no finer than they are known.
//!
//! The step of rounding follows the width of the interval (*Judged*: a quarter of the width,
//! brought down to a power of ten, and never below the unit). Nothing is said to be 0% or 100%.

/// A whole number with a thin comma at the thousands: "12,300". Minus is the true minus sign.
pub fn whole(value: f64) -> String {
    if !value.is_finite() {
        return "unknown".to_owned();
    }
    let rounded = value.round();
    let digits = format!("{:.0}", rounded.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if rounded < 0.0 { format!("−{text}") } else { text }
}

/// A number with up to `places` decimals, without needless zeros.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "unknown".to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let (front, back) = text.split_once('.').unwrap_or((&text, ""));
    let back = back.trim_end_matches('0');
    let front = front.parse::<f64>().map_or_else(|_| front.to_owned(), whole);
    let sign = if value < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0') {
        "−"
    } else {
        ""
    };
    if back.is_empty() { format!("{sign}{front}") } else { format!("{sign}{front}.{back}") }
}

/// The step to which a number known to within `low` and `high` is rounded.
pub fn step(low: f64, high: f64) -> f64 {
    let part = (high - low).abs() / 10.0;
    if part < 10.0 || !part.is_finite() { 1.0 } else { 10f64.powf(part.log10().floor()) }
}

/// A whole quantity to the step its interval allows: "about 46"; "46" where it is certain.
pub fn about(value: f64, low: f64, high: f64) -> String {
    if low == high {
        return whole(value);
    }
    let step = step(low, high);
    format!("about {}", whole((value / step).round() * step))
}

/// An interval of whole quantities: "38 to 57"; one number where both ends round to it.
pub fn range(low: f64, high: f64) -> String {
    let step = step(low, high);
    let steps = |rounded: f64| whole(rounded * step);
    if (low / step).round() == (high / step).round() {
        return steps((low / step).round());
    }
    // Rounded outwards, so that the interval still holds what it is said to hold.
    format!("{} to {}", steps((low / step).floor()), steps((high / step).ceil()))
}

/// An interval set tight for labels: "38–57".
pub fn dash_range(low: f64, high: f64) -> String {
    let (low, high) = (whole(low), whole(high));
    if low == high {
        low
    } else if low.starts_with('−') || high.starts_with('−') {
        format!("{low} to {high}")
    } else {
        format!("{low}–{high}")
    }
}

/// A share as a percentage; never 0% or 100% unless it is exactly that, and then in words of how
/// it was found: see [`of_runs`].
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "unknown".to_owned();
    }
    let hundred = share * 100.0;
    if hundred < 1.0 {
        "less than 1%".to_owned()
    } else if hundred > 99.0 {
        "more than 99%".to_owned()
    } else {
        format!("{}%", whole(hundred))
    }
}

/// A percentage for tight labels: "<1%", "46%", ">99%".
pub fn short_percent(share: f64) -> String {
    percent(share).replace("less than ", "<").replace("more than ", ">")
}

/// A share of something measured, which may well be 0% or 100%.
pub fn share(value: f64) -> String {
    let hundred = value * 100.0;
    if hundred != 0.0 && hundred.abs() < 10.0 {
        format!("{}%", decimal(hundred, 1))
    } else {
        format!("{}%", whole(hundred))
    }
}

/// How many runs of how many: "1,240 of 10,000 runs", "none of 10,000 runs", "all 10,000 runs".
pub fn of_runs(hits: u64, runs: u64) -> String {
    let total = whole(runs as f64);
    if hits == 0 {
        format!("none of {total} runs")
    } else if hits >= runs {
        format!("all {total} runs")
    } else {
        format!("{} of {total} runs", whole(hits as f64))
    }
}

/// A probability as a small fraction: "1 in 20", "3 in 10", "19 in 20".
pub fn one_in(p: f64) -> String {
    if !p.is_finite() || p <= 0.0 {
        return "none seen".to_owned();
    }
    if p >= 1.0 {
        return "every one seen".to_owned();
    }
    if p < 0.15 {
        format!("1 in {}", round_odds(1.0 / p))
    } else if p > 0.85 {
        let total = 1.0 / (1.0 - p);
        let total = if total < 10.0 { total.round() } else { (total / 5.0).round() * 5.0 };
        let total = total.min(1_000_000.0);
        format!("{} in {}", whole(total - 1.0), whole(total))
    } else {
        let tenths = (p * 10.0).round() as u32;
        let (top, bottom) = match tenths {
            5 => (1, 2),
            even if even % 2 == 0 => (even / 2, 5),
            odd => (odd, 10),
        };
        format!("{top} in {bottom}")
    }
}

fn round_odds(odds: f64) -> String {
    let unit = match odds {
        o if o < 10.0 => 1.0,
        o if o < 50.0 => 5.0,
        o => 10f64.powf(o.log10().floor()) / 2.0,
    };
    whole(((odds / unit).round() * unit).min(1_000_000_000.0))
}

/// A count and its noun: "1 coalition", "12 coalitions".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", whole(count as f64), if count == 1 { one } else { many })
}

/// A number of days: "1 day", "45 days".
pub fn days(value: f64) -> String {
    let text = whole(value);
    if text == "1" { "1 day".to_owned() } else { format!("{text} days") }
}

/// A long number of days with its months: "230 days (about 8 months)".
pub fn days_and_months(value: f64) -> String {
    if value < 60.0 {
        return days(value);
    }
    format!("{} (about {} months)", days(value), whole(value / 30.4375))
}

/// A day as it is written throughout a brief: "11 November 2025".
pub fn day(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A difference with its sign: "+12", "−3", "0".
pub fn signed(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    if text == "0" || text.starts_with('−') || text == "unknown" {
        text
    } else {
        format!("+{text}")
    }
}

/// How many decimals a step needs.
pub fn places(step: f64) -> usize {
    (0..6)
        .find(|places| {
            let scaled = step * 10f64.powi(*places as i32);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_commas_and_a_true_minus() {
        assert_eq!(whole(12_345.4), "12,345");
        assert_eq!(whole(-1_000.0), "−1,000");
        assert_eq!(whole(-0.2), "0");
        assert_eq!(whole(999.0), "999");
    }

    #[test]
    fn rounding_follows_the_interval() {
        assert_eq!(about(46.3, 38.0, 57.0), "about 46");
        assert_eq!(range(38.0, 57.0), "38 to 57");
        assert_eq!(about(233.0, 121.0, 402.0), "about 230");
        assert_eq!(range(121.0, 402.0), "120 to 410");
        assert_eq!(
            (range(62.0, 499.0), about(110.0, 62.0, 499.0)),
            ("60 to 500".to_owned(), "about 110".to_owned())
        );
        assert_eq!(about(9.0, 9.0, 9.0), "9");
        assert_eq!(range(9.0, 9.2), "9");
    }

    #[test]
    fn nothing_is_nought_or_a_hundred_percent() {
        assert_eq!(percent(0.0), "less than 1%");
        assert_eq!(percent(0.004), "less than 1%");
        assert_eq!(percent(0.37), "37%");
        assert_eq!(percent(1.0), "more than 99%");
        assert_eq!(short_percent(0.001), "<1%");
        assert_eq!(of_runs(0, 10_000), "none of 10,000 runs");
        assert_eq!(of_runs(10_000, 10_000), "all 10,000 runs");
    }

    #[test]
    fn fractions_are_ones_people_say() {
        for (p, said) in [
            (0.05, "1 in 20"),
            (0.1, "1 in 10"),
            (0.3, "3 in 10"),
            (0.5, "1 in 2"),
            (0.6, "3 in 5"),
            (0.95, "19 in 20"),
            (0.001, "1 in 1,000"),
            (0.013, "1 in 75"),
            (0.9, "9 in 10"),
        ] {
            assert_eq!(one_in(p), said);
        }
        assert_eq!(one_in(0.0), "none seen");
    }

    #[test]
    fn days_and_differences_read_plainly() {
        assert_eq!(days(1.0), "1 day");
        assert_eq!(days_and_months(230.0), "230 days (about 8 months)");
        assert_eq!(signed(3.26, 1), "+3.3");
        assert_eq!(signed(-0.04, 1), "0");
        assert_eq!(decimal(1234.50, 2), "1,234.5");
        assert_eq!(share(0.0461), "4.6%");
    }
}
