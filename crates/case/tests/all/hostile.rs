//! A case folder made by somebody else: nothing outside it is read, written, deleted or waited for.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use case::Folder;
use case::state;
use case::transaction::{Change, commit};

/// A victim's folder and, beside it, a case that was handed to him.
struct Handed {
    dir: tempfile::TempDir,
}

impl Handed {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("case");
        let toyland = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/toyland");
        for folder in ["", "documents", "scenarios"] {
            fs::create_dir_all(root.join(folder)).unwrap();
            for entry in fs::read_dir(toyland.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    let name = path.file_name().unwrap();
                    fs::copy(&path, root.join(folder).join(name)).unwrap();
                }
            }
        }
        fs::create_dir(dir.path().join("victim")).unwrap();
        fs::write(dir.path().join("victim/rc"), "mine").unwrap();
        Self { dir }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("case")
    }

    fn victim(&self) -> PathBuf {
        self.dir.path().join("victim/rc")
    }

    fn is_unharmed(&self) -> bool {
        fs::read_to_string(self.victim()).is_ok_and(|text| text == "mine")
    }

    fn refusal(&self) -> String {
        Folder::read(&self.root()).unwrap_err().to_string()
    }

    fn change(&self, file: &str, before: Option<&str>, after: Option<&str>) -> Change {
        let own = |text: &str| text.to_owned();
        Change { file: file.to_owned(), before: before.map(own), after: after.map(own) }
    }
}

impl Drop for Handed {
    fn drop(&mut self) {
        if let Ok(state) = state::of(&self.root()) {
            let _ = fs::remove_dir_all(state);
        }
    }
}

#[test]
fn a_plan_that_lies_in_the_case_is_not_obeyed() {
    let handed = Handed::new();
    let pending = handed.root().join(".shatterbelt/pending");
    fs::create_dir_all(&pending).unwrap();
    fs::write(pending.join("0"), "theirs").unwrap();
    let victim = handed.victim().display().to_string();
    let steps =
        format!(r#"[{{"file":"{victim}","staged":"0"}},{{"file":"../victim/rc","staged":null}}]"#);
    fs::write(pending.join("plan.json"), &steps).unwrap();
    let plan = r#"{"format":1,"steps":[{"file":"../victim/rc","text":"theirs"}]}"#;
    fs::write(handed.root().join("plan.json"), plan).unwrap();
    Folder::read(&handed.root()).unwrap();
    commit(&handed.root(), &[handed.change("new.toml", None, Some("# new\n"))]).unwrap();
    assert!(handed.is_unharmed());
    assert!(pending.join("plan.json").is_file(), "what is not ours is let lie");
}

#[test]
fn even_a_plan_of_this_machine_writes_in_the_case_only() {
    let handed = Handed::new();
    let plan = state::made(&handed.root()).unwrap().join("plan.json");
    for file in ["../victim/rc", "/tmp/rc", "documents/../../victim/rc", ""] {
        let steps = serde_json::json!({"format": 1, "steps": [{"file": file, "text": "theirs"}]});
        fs::write(&plan, steps.to_string()).unwrap();
        assert!(handed.refusal().contains("its own folder only"), "{file}");
    }
    symlink(handed.dir.path().join("victim"), handed.root().join("out")).unwrap();
    let steps = serde_json::json!({"format": 1, "steps": [{"file": "out/rc", "text": "theirs"}]});
    fs::write(&plan, steps.to_string()).unwrap();
    assert!(handed.refusal().contains("leads outside"), "{}", handed.refusal());
    assert!(handed.is_unharmed());
}

#[test]
fn a_link_that_leads_outside_is_refused_wherever_it_lies() {
    for name in
        ["more.toml", "prior-more.csv", "documents/x.txt", "scenarios/x.toml", "forecasts/x.jsonl"]
    {
        let handed = Handed::new();
        fs::create_dir_all(handed.root().join("forecasts")).unwrap();
        symlink(handed.victim(), handed.root().join(name)).unwrap();
        let said = handed.refusal();
        assert!(said.contains(name) && said.contains("leads outside"), "{name}: {said}");
    }
    for name in ["documents", "scenarios", "forecasts"] {
        let handed = Handed::new();
        let _ = fs::remove_dir_all(handed.root().join(name));
        symlink("/", handed.root().join(name)).unwrap();
        assert!(handed.refusal().contains("leads outside"), "{name}");
    }
    // A name is no path: what it leads to must be named as one.
    let handed = Handed::new();
    let folder = Folder::read(&handed.root()).unwrap();
    let said = folder.with_scenario("..").unwrap_err().to_string();
    assert!(said.contains("no such scenario"), "{said}");
}

#[test]
fn a_link_within_the_case_is_followed() {
    let handed = Handed::new();
    symlink("before-the-vote.txt", handed.root().join("documents/same.txt")).unwrap();
    let folder = Folder::read(&handed.root()).unwrap();
    assert!(folder.documents.contains_key("documents/same.txt"));
}

#[test]
fn a_pipe_or_a_device_is_refused_and_not_waited_for() {
    for name in ["more.toml", "documents/x.txt"] {
        let handed = Handed::new();
        let path = handed.root().join(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let said = handed.refusal();
        assert!(said.contains(name) && said.contains("no plain file"), "{name}: {said}");
    }
}

#[test]
fn a_change_is_not_written_through_a_link() {
    let handed = Handed::new();
    symlink(handed.victim(), handed.root().join("decisions.toml")).unwrap();
    let change = handed.change("decisions.toml", Some("mine"), Some("theirs"));
    let refusal = commit(&handed.root(), &[change]).unwrap_err();
    assert!(!refusal.committed && refusal.to_string().contains("leads outside"), "{refusal}");
    // What is left of a killed write may be a link as well.
    let part = handed.root().join("new.toml.shatterbelt.part");
    symlink(handed.victim(), part).unwrap();
    commit(&handed.root(), &[handed.change("new.toml", None, Some("# new\n"))]).unwrap();
    assert_eq!(fs::read_to_string(handed.root().join("new.toml")).unwrap(), "# new\n");
    assert!(handed.is_unharmed());
}

#[test]
fn what_was_committed_is_kept_though_its_plan_cannot_be_read_now() {
    let handed = Handed::new();
    let state = state::made(&handed.root()).unwrap();
    // Standing in for a failure to open it.
    fs::create_dir(state.join("plan.json")).unwrap();
    assert!(handed.refusal().contains("plan.json"));
    let new = handed.change("new.toml", None, Some("# new\n"));
    let refusal = commit(&handed.root(), std::slice::from_ref(&new)).unwrap_err();
    assert!(refusal.to_string().contains("is kept"), "{refusal}");
    fs::remove_dir(state.join("plan.json")).unwrap();
    let plan = r##"{"format":1,"steps":[{"file":"new.toml","text":"# new\n"},{"file":"gone.toml","text":null}]}"##;
    fs::write(state.join("plan.json"), plan).unwrap();
    fs::write(handed.root().join("gone.toml"), "").unwrap();
    Folder::read(&handed.root()).unwrap();
    assert_eq!(fs::read_to_string(handed.root().join("new.toml")).unwrap(), "# new\n");
    assert!(!handed.root().join("gone.toml").exists() && !state.join("plan.json").exists());
}
