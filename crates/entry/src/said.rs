//! What a parser says of a value that does not fit, in a reader's words.

/// Turns the messages in which serde says that a value has the wrong type or size ("invalid value: integer `-1`,
/// expected u32") into a sentence ("-1 stands where a whole number from 0 to 4294967295 belongs"); any other message
/// stays as it is.
#[must_use]
pub fn plain(message: &str) -> String {
    let rest = ["invalid type: ", "invalid value: "].iter().find_map(|p| message.strip_prefix(p));
    let Some((found, wanted)) = rest.and_then(|rest| rest.rsplit_once(", expected ")) else {
        return message.to_owned();
    };
    format!("{} stands where {} belongs", what_stands(found), what_belongs(wanted))
}

fn what_stands(found: &str) -> String {
    let inner = |of: &str| found.strip_prefix(of).map(|v| v.trim_matches('`').to_owned());
    let number =
        ["integer ", "floating point ", "boolean ", "character "].iter().find_map(|of| inner(of));
    if let Some(value) = number.or_else(|| inner("string ")) {
        return value;
    }
    match found {
        "map" | "struct" => "a table".to_owned(),
        "sequence" | "tuple" => "a list".to_owned(),
        "null" | "unit value" | "Option value" => "nothing".to_owned(),
        other => other.to_owned(),
    }
}

fn what_belongs(wanted: &str) -> String {
    let range = |least: i128, most: i128| format!("a whole number from {least} to {most}");
    match wanted {
        "u8" => range(0, u8::MAX.into()),
        "u16" => range(0, u16::MAX.into()),
        "u32" => range(0, u32::MAX.into()),
        "u64" | "u128" | "usize" => "a whole number that is not negative".to_owned(),
        "i8" => range(i8::MIN.into(), i8::MAX.into()),
        "i16" => range(i16::MIN.into(), i16::MAX.into()),
        "i32" => range(i32::MIN.into(), i32::MAX.into()),
        "i64" | "i128" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a string" | "a borrowed string" | "string or map" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "a table".to_owned(),
        other if other.starts_with("struct ") => "a table".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_does_not_fit_is_said_in_a_readers_words() {
        for (message, said) in [
            (
                "invalid value: integer `-1`, expected u32",
                "-1 stands where a whole number from 0 to 4294967295 belongs",
            ),
            (
                "invalid type: string \"much, expected\", expected f64",
                "\"much, expected\" stands where a number belongs",
            ),
            ("invalid type: map, expected a sequence", "a table stands where a list belongs"),
            (
                "invalid type: floating point `2.5`, expected usize",
                "2.5 stands where a whole number that is not negative belongs",
            ),
            ("invalid type: sequence, expected struct Head", "a list stands where a table belongs"),
            ("invalid type: null, expected a string", "nothing stands where text belongs"),
            ("no such thing, expected or not", "no such thing, expected or not"),
        ] {
            assert_eq!(plain(message), said);
        }
    }
}
