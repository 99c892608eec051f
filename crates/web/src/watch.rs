//! Notices when the case's files change. The system is asked to tell; a look at sizes and times every few seconds
//! finds what it does not tell, as on folders of another machine.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use notify::{Event, RecursiveMode, Watcher as _};

use crate::api::jobs::JobRequest;
use crate::workbench::Workbench;

/// How long files must be still before they are looked at: editors write in several steps.
const STILL: Duration = Duration::from_millis(120);
/// How often sizes and times are looked at.
const ROUND: Duration = Duration::from_secs(3);

/// Whether a path is one of the case's own: the store and version control write beside it all the time.
fn concerns(path: &Path) -> bool {
    !path.components().any(|c| c.as_os_str() == ".shatterbelt" || c.as_os_str() == ".git")
}

/// Sizes and times of the case's files.
fn stamp(root: &Path) -> Vec<(std::path::PathBuf, u64, Option<SystemTime>)> {
    let folders =
        [root.to_owned(), root.join("scenarios"), root.join("documents"), root.join("forecasts")];
    let mut all = Vec::new();
    for folder in folders {
        let Ok(listing) = std::fs::read_dir(folder) else { continue };
        for entry in listing.flatten() {
            if let Ok(about) = entry.metadata()
                && about.is_file()
            {
                all.push((entry.path(), about.len(), about.modified().ok()));
            }
        }
    }
    all.sort();
    all
}

impl Workbench {
    /// Looks at the files and, if the case is another, runs it.
    pub fn look_and_run(&self) {
        let before = self.now().good.map(|g| g.name.clone());
        if !self.look() {
            return;
        }
        let after = self.now().good.map(|g| g.name.clone());
        if after.is_some() && after != before {
            self.run_anew();
        }
    }

    /// Puts the job into the queue that runs the case as it is; one of an older revision is cancelled.
    pub fn run_anew(&self) {
        self.cancel_where(|request| matches!(request, JobRequest::Base { .. }));
        if let Err(problem) = self.enqueue(JobRequest::Base { runs: None }) {
            say(&problem.detail);
        }
    }

    /// Watches the folder for ever.
    pub fn watch(self: &Arc<Self>) {
        let (tell, told) = channel::<()>();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let concerned = match &event {
                Ok(event) => {
                    !event.kind.is_access() && event.paths.iter().any(|path| concerns(path))
                }
                Err(_) => true,
            };
            if concerned {
                // The receiver lives as long as the workbench.
                let _ = tell.send(());
            }
        });
        let mut watcher = match watcher {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                say(&untold(&error));
                None
            }
        };
        if let Some(watching) = &mut watcher
            && let Err(error) = watching.watch(self.root(), RecursiveMode::Recursive)
        {
            say(&untold(&error));
        }
        let mut seen = stamp(self.root());
        loop {
            match told.recv_timeout(ROUND) {
                Ok(()) => {
                    while told.recv_timeout(STILL).is_ok() {}
                    seen = stamp(self.root());
                    self.look_and_run();
                }
                Err(RecvTimeoutError::Timeout) => {
                    let now = stamp(self.root());
                    if now != seen {
                        seen = now;
                        self.look_and_run();
                    }
                }
                // There is no watcher: only the rounds are left.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(ROUND);
                    self.look_and_run();
                }
            }
        }
    }
}

/// Says something on standard error; that nobody can hear it is no fault.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

fn untold(error: &notify::Error) -> String {
    format!("the system does not tell of changes ({error}); looking every 3 s instead")
}
