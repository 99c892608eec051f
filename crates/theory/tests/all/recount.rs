//! The command that recounts published ballots, on invented files.
#![allow(clippy::unwrap_used)]

#[path = "../../examples/recount/count.rs"]
mod count;

use std::path::Path;

fn recount(name: &str, change: impl Fn(String) -> String) -> Result<count::Recount, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/recount/files");
    count::recount(name, &change(std::fs::read_to_string(folder.join(name)).unwrap()))
}

#[test]
fn a_recount_says_whether_a_declared_result_is_what_the_ballots_give() {
    let same = |text: String| text;
    let ward = recount("ward.blt", same).unwrap();
    assert!(ward.agrees);
    assert_eq!(ward.lines.last().unwrap(), "as declared: Ada, Bela, Cleo");
    assert!(ward.lines.contains(&"Cleo is elected with 42.99980".to_owned()), "{:?}", ward.lines);
    let exact = recount("ward.blt", |text| format!("#exact\n{text}")).unwrap();
    assert!(exact.lines.contains(&"Cleo is elected with 43.00000".to_owned()));
    // A surplus passed to somebody elected in the same count would have elected Dora.
    let wrong = recount("ward.csv", same).unwrap();
    assert!(!wrong.agrees);
    assert_eq!(wrong.lines.last().unwrap(), "DIFFERS: counted [\"Cleo\"], declared [\"Dora\"]");
    assert!(recount("lists.csv", same).unwrap().agrees);
    let apart = recount("lists.csv", |text| text.replace(",sea,", ",,")).unwrap();
    assert!(!apart.agrees, "without the agreement the Reds have two");
    assert!(apart.lines.contains(&"Reds: 2  DIFFERS: 1".to_owned()), "{:?}", apart.lines);
    let withdrawn = |text: String| text.replace("4 3\n", "4 3\n-3\n");
    assert!(!recount("ward.blt", withdrawn).unwrap().agrees, "Cleo has withdrawn");
}

#[test]
fn a_file_that_cannot_be_counted_says_why() {
    let fault = |text: &str| count::recount("x.csv", text).err().unwrap();
    assert!(fault("3,1\n5,9\n").contains("no candidate 9"));
    assert!(fault("#law rule=hopes seats=3\nlist,votes\na,3\n").contains("unknown"));
    assert!(fault("list,ballots\n").contains("columns"));
    assert!(fault("#law rule=dhondt seats=3\nlist,votes\na,many\n").contains("whole number"));
    assert!(count::recount("x.blt", "2 1\n3 1 0\n").err().unwrap().contains("names"));
}
