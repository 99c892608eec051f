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
    let exact = recount("ward.blt", |text| format!("#rule inclusive-exact\n{text}")).unwrap();
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
    let parcel = recount("ward.blt", |text| format!("#rule last-parcel-2\n{text}")).unwrap();
    assert!(
        parcel.lines.contains(&"Cleo is elected with 42.80000".to_owned()),
        "{:?}",
        parcel.lines
    );
}

#[test]
fn a_file_that_cannot_be_counted_says_why() {
    let fault = |text: &str| count::recount("x.csv", text).err().unwrap();
    assert!(fault("3,1\n5,9\n").contains("no candidate 9"));
    assert!(fault("#law rule=hopes seats=3\nlist,votes\na,3\n").contains("unknown"));
    assert!(fault("#law rule=dhondt seat=3\nlist,votes\na,3\n").contains("seat is unknown"));
    assert!(fault("#law rule=dhondt seats=3 of=all\nlist,votes\na,3\n").contains("of=all"));
    assert!(fault("#rule by-lot\n1,1\n5,1\nx,Ada\n").contains("inclusive-5"));
    assert!(fault("list,ballots\n").contains("columns"));
    assert!(fault("#law rule=dhondt seats=3\nlist,votes\na,many\n").contains("whole number"));
    assert!(count::recount("x.blt", "2 1\n3 1 0\n").err().unwrap().contains("names"));
}

#[test]
fn a_table_may_have_thresholds_by_list_candidates_that_run_out_and_a_quotient() {
    let lines = |text: &str| count::recount("x.csv", text).unwrap().lines;
    let own = "#law rule=dhondt seats=10 threshold=0.3\nlist,votes,threshold,candidates\n\
               A,700,,2\nB,200,0.1,\nC,105,0,\n";
    assert_eq!(lines(own), ["A: 2", "B: 5", "C: 3", "as declared"]);
    let quotient = "#law rule=largest-remainder quota=hare seats=5 of=quotient threshold=1 waived\n\
                    list,votes\na,43\nb,32\nc,18\nd,7\n";
    assert_eq!(lines(quotient), ["a: 3", "b: 2", "c: 0", "d: 0", "as declared"]);
    let above = "#law rule=sainte-lague seats=25 threshold=0.04 more_than\nlist,votes\n\
                 a,60\nb,36\nc,4\n";
    assert_eq!(lines(above)[..3], ["a: 16", "b: 9", "c: 0"]);
    let written = "#law rule=divisors divisors=1/3/5/7/9 seats=7 bonus=2\nlist,votes\na,53\nb,47\n";
    assert_eq!(lines(written)[..2], ["a: 5", "b: 2"]);
}
