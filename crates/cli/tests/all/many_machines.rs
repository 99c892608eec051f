//! Many machines: shares of a run, made in any order and joined, give the bytes of one run; the
//! scripts that `plan` writes do so under launchers that stand in for the real ones.
#![allow(clippy::unwrap_used)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::running::{error, out, printed_in, shatterbelt_in};

/// What results are made of.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut all: Vec<_> = files.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect();
    all.sort();
    all
}

/// A folder with toyland in it, and the whole of 2,500 runs.
fn begun() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    printed_in(dir.path(), &["demo"]);
    printed_in(dir.path(), &["run", "toyland", "--runs", "2500", "--out", "whole"]);
    dir
}

/// Runs a script under bash with programs that stand in for a launcher's.
fn played(dir: &Path, script: &str, stand_ins: &[(&str, &str)], env: &[(&str, &str)]) -> Output {
    let bin = dir.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    for (name, text) in stand_ins {
        let path = bin.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_shatterbelt")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    Command::new("bash")
        .args(["-c", script])
        .current_dir(dir)
        .env("PATH", format!("{}:{}:{path}", bin.display(), program.display()))
        .envs(env.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn parts_join_wherever_the_case_was_said_to_lie() {
    let dir = begun();
    let run = |arguments: &[&str]| printed_in(dir.path(), arguments);
    run(&["run", "toyland", "--runs", "0..1024", "--out", "pa"]);
    run(&["run", "./toyland", "--runs", "1024..2500", "--out", "pb"]);
    run(&["merge", "pb", "pa", "--out", "joined"]);
    assert_eq!(bytes(&dir.path().join("joined")), bytes(&dir.path().join("whole")));
}

#[test]
fn a_share_is_made_once_and_a_broken_one_is_gone_on_with() {
    let dir = begun();
    let share = |share: &str| {
        let words = ["run", "toyland", "--runs", "2500", "--part", share, "--out", "parts"];
        let done = shatterbelt_in(dir.path(), &words);
        assert!(done.status.success(), "{}", error(&done));
        done
    };
    share("2/2");
    share("1/2");
    let again = share("1/2");
    assert!(error(&again).contains("runs 0..1024 are in parts/runs-0000000000-0000001024 already"));
    assert_eq!(out(&again), "", "nothing is made and nothing is shown");
    // What a kill leaves of a part: no end, and the manifest of a safe point.
    let part = dir.path().join("parts/runs-0000000000-0000001024");
    let manifest = std::fs::read_to_string(part.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    manifest["runs"] = serde_json::json!([0, 0]);
    manifest["safe"] = serde_json::json!({ "run": 0, "outcomes": 0 });
    std::fs::write(part.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::remove_file(part.join("runs.parquet")).unwrap();
    share("1/2");
    printed_in(dir.path(), &["merge", "parts", "--out", "joined"]);
    assert_eq!(bytes(&dir.path().join("joined")), bytes(&dir.path().join("whole")));
}

#[test]
fn results_are_gone_on_with_and_replayed_where_the_case_lies_now() {
    let dir = begun();
    std::fs::rename(dir.path().join("toyland"), dir.path().join("moved")).unwrap();
    let lost = shatterbelt_in(dir.path(), &["replay", "whole"]);
    assert_eq!(lost.status.code(), Some(3));
    assert!(error(&lost).contains("say where it lies: --case FOLDER"), "{}", error(&lost));
    let said = printed_in(dir.path(), &["replay", "whole", "--case", "moved"]);
    assert!(said.contains("runs.parquet: same bytes"), "{said}");
}

#[test]
fn the_script_for_slurm_makes_the_whole() {
    let dir = begun();
    let words = ["plan", "toyland", "--runs", "2500", "--slurm", "3", "--out", "a result"];
    let script = printed_in(dir.path(), &words);
    // Keeps what it was asked to run later.
    let sbatch = "#!/bin/sh\n\
        for word; do case $word in --wrap=*) echo \"${word#--wrap=}\" > later;; esac; done\n";
    for task in ["2", "1", "3", "2"] {
        let env = [("SLURM_ARRAY_TASK_ID", task), ("SLURM_ARRAY_JOB_ID", "7")];
        let done = played(dir.path(), &script, &[("sbatch", sbatch)], &env);
        assert!(done.status.success(), "{}", error(&done));
    }
    let done = played(dir.path(), ". ./later", &[], &[]);
    assert!(done.status.success(), "{}", error(&done));
    assert_eq!(bytes(&dir.path().join("a result")), bytes(&dir.path().join("whole")));
}

#[test]
fn the_script_for_hyperqueue_makes_the_whole() {
    let dir = begun();
    let script =
        printed_in(dir.path(), &["plan", "toyland", "--runs", "2500", "--hq", "3", "--out", "r"]);
    let hq = "#!/bin/sh\n\
        while [ \"$1\" != -- ]; do [ \"$1\" != --array ] || last=${2#1-}; shift; done; shift\n\
        for k in $(seq \"$last\"); do HQ_TASK_ID=$k \"$@\" || exit 1; done\n";
    let done = played(dir.path(), &script, &[("hq", hq)], &[]);
    assert!(done.status.success(), "{}", error(&done));
    assert_eq!(bytes(&dir.path().join("r")), bytes(&dir.path().join("whole")));
}

#[test]
fn a_plan_names_one_engine_and_a_case_that_opens() {
    let dir = tempfile::tempdir().unwrap();
    printed_in(dir.path(), &["demo"]);
    let refused = |words: &[&str]| {
        let done = shatterbelt_in(dir.path(), words);
        (done.status.code(), error(&done))
    };
    let (code, said) = refused(&["plan", "toyland"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--slurm"), "{said}");
    let (code, _) = refused(&["plan", "nowhere", "--slurm", "3"]);
    assert_eq!(code, Some(3));
    let dask = printed_in(dir.path(), &["plan", "toyland", "--dask", "3"]);
    assert!(dask.contains("PARTS = 3") && dask.contains("client.map(part"), "{dask}");
    let words = ["run", "toyland", "--part", "4/3", "--out", "p"];
    let (code, said) = refused(&words);
    assert_eq!(code, Some(2));
    assert!(said.contains("write K/N"), "{said}");
}
