//! How wide a text is, before any browser sees it.
//!
//! A table of advance widths, in thousandths of the type size, for the printable ASCII letters of
//! a wide humanist sans; other letters by class. The table errs on the wide side, so that a label
//! placed by it does not clip in a narrower face. It refuses to shape: joined scripts are measured
//! letter by letter.

const REGULAR: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556,
    519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586,
    566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534,
    258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
];
const BOLD: [u16; 95] = [
    260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322, 285, 413, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 285, 285, 572, 572, 572, 477, 897, 690, 672, 637, 740, 560,
    549, 724, 765, 389, 331, 664, 565, 943, 813, 796, 628, 796, 660, 551, 579, 756, 650, 967, 667,
    624, 579, 331, 413, 331, 572, 411, 362, 604, 633, 514, 633, 591, 387, 633, 657, 305, 305, 620,
    305, 982, 657, 619, 633, 633, 454, 497, 434, 657, 569, 856, 578, 569, 488, 394, 551, 394, 572,
];
const ALLOWANCE: f64 = 1.03;

/// The width of a text in drawing units.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let table = if bold { &BOLD } else { &REGULAR };
    let sum: u64 = text.chars().map(|letter| u64::from(advance(letter, table))).sum();
    sum as f64 / 1000.0 * size * ALLOWANCE
}

fn advance(letter: char, table: &[u16; 95]) -> u16 {
    let code = letter as u32;
    if let Some(place) = code.checked_sub(32).filter(|place| *place < 95) {
        return table[place as usize];
    }
    if has_no_width(letter) {
        return 0;
    }
    match code {
        0x2010..=0x2013 | 0x2022 => 560,
        0x2014 | 0x2026 | 0x2030 => 1000,
        0x2212 => 572,
        0x2018..=0x201f => 420,
        0x00a0 | 0x2002..=0x200a | 0x202f => 260,
        0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff => 640,
        0x1100..=0x11ff | 0x2e80..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xff60 => 1000,
        0x0100..=0x058f => 680,
        0x00a1..=0x00ff => 640,
        0x1_0000.. => 1200,
        _ => 900,
    }
}

fn has_no_width(letter: char) -> bool {
    crate::svg::is_dropped(letter)
        || matches!(letter as u32, 0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd
            | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670 | 0x06d6..=0x06dc | 0x200b..=0x200d
            | 0x20d0..=0x20ff | 0xfe00..=0xfe0f)
}

/// Whether a letter belongs to a script written from right to left.
pub fn runs_from_right(letter: char) -> bool {
    matches!(letter as u32, 0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc
        | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff)
}

/// The text, cut with an ellipsis if it is wider than `room`. What is left may be the ellipsis
/// alone, or nothing where not even that fits.
pub fn fit(text: &str, room: f64, size: f64, bold: bool) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let room = room - width("…", size, bold);
    if room < 0.0 {
        return String::new();
    }
    let mut kept = String::new();
    let mut taken = 0.0;
    for letter in text.chars() {
        let mut bytes = [0u8; 4];
        taken += width(letter.encode_utf8(&mut bytes), size, bold);
        if taken > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// The text broken at spaces into at most `lines` lines no wider than `room`; the last is cut with
/// an ellipsis if the text does not end there.
pub fn wrap(text: &str, room: f64, lines: usize, size: f64, bold: bool) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut done: Vec<String> = Vec::new();
    let mut next = 0;
    while next < words.len() && done.len() < lines {
        if done.len() + 1 == lines {
            done.push(fit(&words[next..].join(" "), room, size, bold));
            break;
        }
        let mut end = next + 1;
        while end < words.len() && width(&words[next..=end].join(" "), size, bold) <= room {
            end += 1;
        }
        done.push(fit(&words[next..end].join(" "), room, size, bold));
        next = end;
    }
    done
}
