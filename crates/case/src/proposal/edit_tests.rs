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
autonomy = { value = 0.9, low = 0.5, high = 1.4, source = \"other\", judged = \"a party\" }  # see the note
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
    assert!(after.ends_with("# see the note\n"), "an entry without a source gets none: {after}");
}

#[test]
fn one_statement_becomes_two_and_the_remark_stays_behind() {
    let said =
        Statement { value: 1.5, range: None, from: jiff::civil::date(2031, 3, 20), note: None };
    let after = edited(&Edit::AddStatement { path: "actor.reds.autonomy".into(), said });
    let wanted = "autonomy = [
  { value = 0.9, low = 0.5, high = 1.4, source = \"other\", judged = \"a party\" },
  { value = 1.5, from = 2031-03-20, source = \"late\", at = \"bytes 1..9\", quote = ";
    assert!(after.contains(wanted), "{after}");
    assert!(after.ends_with(" },\n]  # see the note\n"), "{after}");
}

#[test]
fn a_range_is_widened_and_its_source_added() {
    let after = edited(&Edit::Widen { path: "actor.reds.autonomy".into(), low: 0.5, high: 2.0 });
    let wanted = "autonomy = { value = 0.9, low = 0.5, high = 2, source = [\"other\", \"late\"]";
    assert!(after.contains(wanted), "{after}");
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

#[test]
fn an_entry_is_found_by_its_key_whether_or_not_it_says_of_which_contest_or_law_it_is() {
    let value = "{ value = 1, quote = \"old\", source = \"other\" }";
    for (kind, fields, path) in [
        ("entry", "list = \"reds\"", "entry.reds.v"),
        ("entry", "contest = \"2031\"\nlist = \"reds\"", "entry.2031:reds.v"),
        ("candidate", "id = \"lind\"", "candidate.lind.v"),
        ("preference", "actor = \"reds\"\ncandidate = \"lind\"", "preference.reds>lind.v"),
        ("prior", "district = \"hill\"\nlist = \"reds\"", "prior.hill:reds.v"),
        ("district", "id = \"hill\"", "district.hill.v"),
        ("district", "laws = [\"act\", \"old\"]\nid = \"hill\"", "district.act:hill.v"),
        ("reserved", "list = \"reds\"", "reserved.reds.v"),
        ("quota", "district = \"hill\"\ncommunity = \"fen\"", "quota.hill:fen.v"),
        (
            "holding",
            "office = \"o\"\nperson = \"P\"\nsince = 2031-01-01",
            "holding.o:P:2031-01-01.v",
        ),
    ] {
        let file = format!("[[{kind}]]\n{fields}\nv = {value}\n");
        let mut texts = Texts::from([("file.toml".to_owned(), file)]);
        let edit = Edit::SetQuote {
            path: path.to_owned(),
            was: "old".to_owned(),
            quote: Some("new".to_owned()),
        };
        edit.apply(&mut texts, &cited()).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        assert!(texts["file.toml"].contains("quote = \"new\""), "{path}");
    }
}
