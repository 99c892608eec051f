//! Spelling folded for comparison: case, diacritics, quotation marks, and the letter variants of
//! Arabic and Persian script.
//!
//! Folding is for matching and search only; no quote is ever taken from folded text.
//! [`fold_mapped`] says which original byte each folded character came from, so that a match inside
//! a word can be carried back.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds one word or a whole text.
pub(crate) fn fold(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut |folded| out.push(folded));
    }
    out
}

/// Folds a word and gives, for every folded character, the byte offset of the original character it
/// came from.
pub(crate) fn fold_mapped(text: &str) -> (Vec<char>, Vec<usize>) {
    let (mut chars, mut offsets) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        fold_char(c, &mut |folded| {
            chars.push(folded);
            offsets.push(at);
        });
    }
    (chars, offsets)
}

fn fold_char(c: char, push: &mut impl FnMut(char)) {
    if c.is_ascii() {
        if c != '\'' && c != '`' {
            push(c.to_ascii_lowercase());
        }
        return;
    }
    if is_dropped(c) {
        return;
    }
    if let Some(plain) = plain_letter(c) {
        plain.chars().for_each(push);
        return;
    }
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
        match plain_letter(part) {
            Some(plain) => plain.chars().for_each(&mut *push),
            None => part.to_lowercase().filter(|l| !is_combining_mark(*l)).for_each(&mut *push),
        }
    }
}

/// Apostrophes and letters for hamza and ayn in transliteration, bidirectional marks, joiners,
/// tatweel, stand-alone hamza.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02B9}'..='\u{02BF}' | '\u{00B4}' | '\u{0060}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        | '\u{0640}' | '\u{0621}' | '\u{061C}')
        || is_combining_mark(c)
}

/// Letters that decomposition leaves alone, and digits of other scripts.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => "\u{0627}", // alef with madda, hamza, wasla
        '\u{0649}' | '\u{06CC}' | '\u{0626}' | '\u{06D2}' => "\u{064A}", // alef maqsura, Persian ya, ya with hamza
        '\u{06A9}' | '\u{06AA}' => "\u{0643}",                           // Persian kaf
        '\u{0629}' | '\u{06C0}' | '\u{06C1}' | '\u{06D5}' => "\u{0647}", // ta marbuta and Persian ha
        '\u{0624}' => "\u{0648}",                                        // waw with hamza
        'ı' => "i",
        'ß' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' => "d",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        '\u{0660}' | '\u{06F0}' => "0",
        '\u{0661}' | '\u{06F1}' => "1",
        '\u{0662}' | '\u{06F2}' => "2",
        '\u{0663}' | '\u{06F3}' => "3",
        '\u{0664}' | '\u{06F4}' => "4",
        '\u{0665}' | '\u{06F5}' => "5",
        '\u{0666}' | '\u{06F6}' => "6",
        '\u{0667}' | '\u{06F7}' => "7",
        '\u{0668}' | '\u{06F8}' => "8",
        '\u{0669}' | '\u{06F9}' => "9",
        '\u{2010}'..='\u{2014}' => "-",
        '“' | '”' | '„' | '«' | '»' => "\"",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        assert_eq!(fold("Asa’ib"), fold("asaib"));
        assert_eq!(fold("Çağrı İ"), "cagri i");
        // Arabic and Persian keyboards: kaf, ya, alef with hamza, tashkeel, tatweel
        assert_eq!(fold("الأحزابُ الكبيـرة"), fold("الاحزاب الکبیره"));
        assert_eq!(fold("۱۲٣"), "123");
    }

    #[test]
    fn every_folded_character_points_into_the_original() {
        let text = "Éß’x";
        let (chars, offsets) = fold_mapped(text);
        assert_eq!(chars.iter().collect::<String>(), fold(text));
        assert_eq!(offsets, [0, 2, 2, 7]);
    }
}
