//! The little of XML that graph formats need.

/// Text that may stand in an attribute or between tags. What XML 1.0 has no character for is a replacement character.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // An attribute's value would be read with spaces in their place.
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(letter))),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
