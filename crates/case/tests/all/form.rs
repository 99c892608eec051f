//! The canonical form: the same meaning, every comment kept, and nothing more to do the second time.
#![allow(clippy::unwrap_used)]

use crate::toyland;

use case::form::formatted;
use proptest::prelude::*;

#[test]
fn fields_take_their_order_and_comments_stay_with_them() {
    let text = "\n\n# the head of all\n[[tie]] # one\n\n\nchannel=\"social\"\n# who pulls\nfrom   = \"a\"\nto=\"b\"   # pulled\n\n\n# how much\nbandwidth={low=0.1,value=0.2,judged=\"so\",high=0.3}\ndependence = [\n  { value = 1, judged = \"x\" }, # kept\n]\n[[tie]]\nto = \"c\"\nfrom = \"a\"\n# the end";
    holds(text);
    insta::assert_snapshot!(formatted(text).unwrap());
}

#[test]
fn shipped_files_mean_the_same_in_form() {
    for file in std::fs::read_dir(toyland::toyland()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            holds(&text);
        }
    }
}

#[test]
fn what_is_not_toml_is_refused_with_its_line() {
    let error = formatted("[a]\nb = \n").unwrap_err();
    assert!(error.to_string().starts_with("line 2: "), "{error}");
}

/// The same values, the same comments, and a second time nothing changes.
fn holds(text: &str) {
    let once = formatted(text).unwrap();
    let (before, after): (toml::Table, toml::Table) =
        (text.parse().unwrap(), once.parse().unwrap());
    assert_eq!(before, after, "{text}\n--\n{once}");
    let mut comments: [Vec<&str>; 2] = [text, once.as_str()]
        .map(|t| t.lines().filter_map(|l| l.split_once('#')).map(|(_, c)| c.trim()).collect());
    comments.iter_mut().for_each(|all| all.sort_unstable());
    assert_eq!(comments[0], comments[1], "{text}\n--\n{once}");
    assert_eq!(formatted(&once).unwrap(), once, "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn form_is_idempotent_and_keeps_meaning_and_comments(
        file in prop::sample::select(vec!["ties.toml", "case.toml", "institutions.toml", "sources.toml"]),
        noise in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6), 0..20),
    ) {
        let text = std::fs::read_to_string(toyland::toyland().join(file)).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, kind) in noise {
            let at = at.index(lines.len());
            match kind {
                0 => lines.insert(at, String::new()),
                1 => lines.insert(at, "   # a remark".to_owned()),
                2 => lines[at] = format!("  {}", lines[at]),
                3 => lines[at] = lines[at].replacen(" = ", "=", 1),
                4 => lines[at] = format!("{} \t", lines[at]),
                _ if lines[at].contains('#') || lines[at].is_empty() => {}
                _ => lines[at] = format!("{}# behind", lines[at]),
            }
        }
        holds(&lines.join("\n"));
    }
}
