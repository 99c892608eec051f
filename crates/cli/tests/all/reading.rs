//! `read` on a folder of everything: what can be read is kept, all faults are told at the end.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(["read", "--store", ".evidence.sqlite", "--case"])
        .arg(root().join("cases/toyland"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// A PDF of one line.
fn pdf(line: &str) -> String {
    let content = format!("BT /F1 11 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let (mut out, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (i, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", i + 1));
    }
    let start = out.len();
    format!(
        "{out}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
}

fn folder() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &[u8]| fs::write(root.path().join(name), text).unwrap();
    fs::create_dir(root.path().join("more")).unwrap();
    put("a.txt", b"The Guard attacked the Reds on 3 March 2031.\n");
    put("a.txt.source.toml", b"publisher = \"The Courier\"\npublished = 2031-03-04\n");
    put("b.html", b"<html><meta property='og:site_name' content='The Site'><article><p>The Guard threatened the Greens on Tuesday, officials of the council said.</article>");
    put("more/c.md", b"# Talks\n\nNorthmark **visited** the capital on 5 March 2031.\n");
    put("more/d.eml", b"From: a@b.example\r\nDate: 5 Mar 2031 10:00:00 +0000\r\n\r\nThe Greens met the Blues yesterday.\r\n");
    put("more/e.pdf", pdf("The Blues accused the Guard of an attack on 6 March 2031.").as_bytes());
    put("more/f.pdf", b"%PDF-1.4 and no more");
    put("more/g.txt", b"\x89PNG\r\n\x1a\n");
    put("more/h.txt", b"The Guard slept.");
    put("more/h.txt.source.toml", b"publishr = \"x\"\n");
    put("more/i.xlsx", b"x");
    root
}

#[test]
fn a_folder_of_everything_is_read_and_all_faults_are_told_at_the_end() {
    let folder = folder();
    let output = read(folder.path(), &["."]);
    let (out, err) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(3), "{err}");
    for line in [
        "new         text     2031-03-04      7 words    1 events  a.txt",
        "new         mail     2031-03-05      6 words    1 events  more/d.eml",
        "  more/e.pdf",
        "now holds 5 documents",
    ] {
        assert!(out.contains(line), "{line} in\n{out}");
    }
    for line in [
        "5 of 9 documents read and kept; 4 faults:",
        "more/i.xlsx: XLSX: it has no directory at its end, as if cut off",
        "more/f.pdf: PDF: ",
        "more/g.txt: looks like an image, not text",
        "more/h.txt.source.toml: no key \"publishr\" is known; did you mean \"publisher\"?",
    ] {
        assert!(err.contains(line), "{line} in\n{err}");
    }
    // a second reading changes nothing; what is good alone ends well
    let output = read(folder.path(), &["a.txt", "more/*.eml", "more/e.pdf", "--show", "line"]);
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), out.matches("unchanged").count()), (Some(0), 3), "{out}");
}

#[test]
fn json_is_one_array_whatever_goes_wrong() {
    let folder = folder();
    for (arguments, documents) in [(vec!["more", "--json"], 3), (vec!["no-such", "--json"], 0)] {
        let output = read(folder.path(), &arguments);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json.as_array().unwrap().len(), documents);
        assert_eq!(output.status.code(), Some(3));
    }
}

#[test]
fn standard_input_and_limits_are_taken() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(["read", "-", "--store", ".evidence.sqlite", "--published", "2031-03-04", "--case"])
        .arg(root().join("cases/toyland"))
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let page =
        "<!DOCTYPE html><p>The Guard attacked the Reds on Tuesday, and the harbour was closed.";
    child.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(
        out.contains("HTML in UTF-8; dated 2031-03-04") && out.contains("standard input "),
        "{out}"
    );

    for (option, value, told) in [
        (
            "--max-bytes",
            "10",
            "more than the 10 a document may have; split it or raise --max-bytes",
        ),
        ("--max-documents", "1", "raise --max-documents"),
        (
            "--max-depth",
            "0",
            "1 folders deep, more than the 0 that are searched; raise --max-depth",
        ),
        ("--seconds", "0", "documents not read"),
        ("--model-url", "http://192.0.2.1/v1", "--allow-remote"),
    ] {
        let mut arguments = vec![".", option, value];
        if option == "--model-url" {
            arguments.extend(["--model", "m"]);
        }
        let output = read(folder.path(), &arguments);
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && err.contains(told), "{option}: {err}");
    }
}

#[test]
fn a_case_may_keep_its_documents_as_pages() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    for part in ["", "documents", "scenarios"] {
        fs::create_dir_all(case.join(part)).unwrap();
        for entry in fs::read_dir(root().join("cases/toyland").join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, case.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let text = fs::read_to_string(case.join("documents/before-the-vote.txt")).unwrap();
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!("<!DOCTYPE html><article><p>{}</article>", text.replace("\n\n", "<p>"));
    fs::remove_file(case.join("documents/before-the-vote.txt")).unwrap();
    fs::write(case.join("documents/before-the-vote.html"), page).unwrap();
    let mut changed = 0;
    for entry in fs::read_dir(&case).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap();
            changed += text.matches("before-the-vote.txt").count();
            fs::write(&path, text.replace("before-the-vote.txt", "before-the-vote.html")).unwrap();
        }
    }
    assert!(changed > 0);
    let run = |arguments: &[&str]| {
        let program = Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let err = String::from_utf8(program.stderr).unwrap();
        assert!(program.status.success(), "{err}");
        String::from_utf8(program.stdout).unwrap()
    };
    run(&["check", "case"]);
    assert!(run(&["read", "--case", "case"]).contains("HTML in UTF-8"));
}

/// What a verb of `evidence` prints of toyland and the store that [`read`] filled.
fn evidence(folder: &Path, arguments: &[&str]) -> String {
    let [verb, rest @ ..] = arguments else { return String::new() };
    let output = Command::new(env!("CARGO_BIN_EXE_shatterbelt"))
        .args(["evidence", verb])
        .arg(root().join("cases/toyland"))
        .args(["--store", ".evidence.sqlite"])
        .args(rest)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_poll_in_a_text_is_proposed_whole_with_the_error_of_its_sample() {
    let folder = tempfile::tempdir().unwrap();
    let text = "In a poll by iPanel of 1,200 people on 3 March 2031 the Reds had 24 percent, the Blues 18 percent and the Greens 12 percent.\n";
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let about = "publisher = \"The Courier\"\npublished = 2031-03-04\n";
    fs::write(folder.path().join("a.txt.source.toml"), about).unwrap();
    let output = read(folder.path(), &["a.txt"]);
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("now holds 1 document, 1 sentence,"), "{out}");
    assert!(out.contains(", 4 quantities\n3 proposals to the case"), "{out}");
    let told = evidence(folder.path(), &["review", "--kind", "poll"]);
    for share in ["24 % for Reds", "18 % for Blues", "12 % for Greens"] {
        assert!(told.contains(&format!("iPanel, 2031-03-03: {share}")), "{share} in\n{told}");
    }
    assert!(told.contains("iPanel, 1200 asked; the range is sampling error alone"), "{told}");
    assert!(told.contains("low = 21.7, high = 26.5"), "{told}");
}

#[test]
fn contradictions_are_told_by_names() {
    let folder = tempfile::tempdir().unwrap();
    for (name, doer) in [("a.txt", "Northmark"), ("b.txt", "Seaward Union")] {
        let text = format!("{doer} bombed the Eastgate market on 3 March 2031.\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    assert!(read(folder.path(), &["."]).status.success());
    let told = evidence(folder.path(), &["contradictions"]);
    assert!(told.starts_with("doers: ASSAULT: bombed, 2031-03-03\n"), "{told}");
    assert!(told.contains("  Northmark (1 source)"), "{told}");
    assert!(told.contains("  Seaward Union (1 source)"), "{told}");
    assert!(told.contains("1 contradiction in 2 documents"), "{told}");
}

/// A denial tells of no deed, and is no second source of one.
#[test]
fn what_is_denied_is_proposed_as_no_fact() {
    let folder = tempfile::tempdir().unwrap();
    let deed = "attacked the Seaward Union's depot on 3 February 2031.\n";
    let texts = [format!("The Guard {deed}"), format!("The Guard denied that it {deed}")];
    let proposed = |texts: &[String]| {
        for (at, text) in texts.iter().enumerate() {
            let name = format!("{at}.txt");
            fs::write(folder.path().join(&name), text).unwrap();
            let about = format!("publisher = \"Paper {at}\"\npublished = 2031-02-04\n");
            fs::write(folder.path().join(format!("{name}.source.toml")), about).unwrap();
            assert!(read(folder.path(), &[&name]).status.success());
        }
        evidence(folder.path(), &["review", "--kind", "event"])
    };
    let told = proposed(&texts[1..]);
    assert!(!told.contains("stated as a fact"), "{told}");
    let told = proposed(&texts);
    assert!(told.contains("stated as a fact") && !told.contains("2 independent"), "{told}");
}
