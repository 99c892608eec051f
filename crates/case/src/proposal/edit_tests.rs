use super::*;

const ACTORS: &str = "# Who acts.
[[actor]]  # the brotherhood
id = \"guard\"
name = \"The Guard\"
aliases = [\"Guard\"]  # short
source = \"observer\"  # C3

# The lists.
[[actor]]
id = \"reds\"
name = \"Reds\"
aliases = [
  \"Red list\",  # on ballots
  \"RL\",  # on walls
]
autonomy = { value = 0.9, low = 0.5, high = 1.4, judged = \"a party\" }  # see the note
";

fn cited() -> Citation {
    Citation { key: "late".into(), quote: "the Reds \"won\"".into(), at: "bytes 1..9".into() }
}

fn edited(edit: &Edit) -> String {
    let mut texts = Texts::from([("actors.toml".to_owned(), ACTORS.to_owned())]);
    edit.apply(&mut texts, &cited()).unwrap();
    let after = texts.remove("actors.toml").unwrap();
    assert!(after.parse::<DocumentMut>().is_ok(), "{after}");
    for comment in
        ["# Who acts.", "# the brotherhood", "# short", "# C3", "# The lists.", "# see the note"]
    {
        assert!(after.contains(comment), "{comment}: {after}");
    }
    after
}

#[test]
fn an_alias_joins_its_line_and_the_comments_stay() {
    let after = edited(&Edit::AddAlias { actor: "guard".into(), alias: "BH".into() });
    let wanted = ACTORS
        .replace("[\"Guard\"]  # short", "[\"Guard\", \"BH\"]  # short")
        .replace("source = \"observer\"  # C3", "source = [\"observer\", \"late\"]  # C3");
    assert_eq!(after, wanted);
}

#[test]
fn an_alias_of_a_long_list_gets_a_line_and_remarks_stay_with_theirs() {
    let after = edited(&Edit::AddAlias { actor: "reds".into(), alias: "الحمر".into() });
    assert!(after.contains("  \"RL\",  # on walls\n  \"الحمر\",\n]\n"), "{after}");
    assert!(after.contains("# see the note\nsource = \"late\"\n"), "{after}");
}

#[test]
fn one_statement_becomes_two_and_the_remark_stays_behind() {
    let said = Statement { value: 1.5, range: None, from: jiff::civil::date(2031, 3, 20) };
    let after = edited(&Edit::AddStatement { path: "actor.reds.autonomy".into(), said });
    let wanted = "autonomy = [
  { value = 0.9, low = 0.5, high = 1.4, judged = \"a party\" },
  { value = 1.5, from = 2031-03-20, source = \"late\", at = \"bytes 1..9\", quote = ";
    assert!(after.contains(wanted), "{after}");
    assert!(after.ends_with(" },\n]  # see the note\n"), "{after}");
}

#[test]
fn a_range_is_widened_and_its_source_added() {
    let after = edited(&Edit::Widen { path: "actor.reds.autonomy".into(), low: 0.5, high: 2.0 });
    let wanted = "autonomy = { value = 0.9, low = 0.5, high = 2, judged = \"a party\"";
    assert!(after.contains(wanted), "{after}");
    assert!(after.contains("source = \"late\" }  # see the note"), "{after}");
}

#[test]
fn what_stands_in_no_text_is_refused() {
    let mut texts = Texts::from([("actors.toml".to_owned(), ACTORS.to_owned())]);
    let edit = Edit::AddAlias { actor: "nobody".into(), alias: "N".into() };
    assert!(edit.apply(&mut texts, &cited()).is_err());
    assert_eq!(texts["actors.toml"], ACTORS);
}

#[test]
fn any_text_is_written_as_a_string() {
    for odd in ["a\"b\\c", "line\nline", "\u{7}bell", "عربي"] {
        let written = format!("x = {}", text(odd));
        let table: toml::Table = written.parse().unwrap();
        assert_eq!(table["x"].as_str(), Some(odd));
    }
}
