//! The state of a running workbench: the case as it last was good, what is wrong with it now, and what was computed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::http::StatusCode;
use case::{Case, Folder};
use evidence::{Limits, Store};
use jiff::civil::Date;
use serde::Serialize;
use simulate::Model;
use study::frozen;
use study::opening::Refused;
use tokio::sync::{broadcast, watch};

use crate::api::proposals::Proposed;
use crate::api::sensitivity::LastStudy;
use crate::base::Base;
use crate::jobs::Jobs;
use crate::problem::Problem;
use crate::whatif::Variants;

/// What a workbench is opened on.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The case's folder.
    pub root: PathBuf,
    /// The last day of information; the case's own if none is given.
    pub as_of: Option<Date>,
    /// The limits under which the case's documents are read.
    pub limits: Limits,
    /// How many futures the workbench computes in the end.
    pub runs: u32,
    /// The seed of all of them.
    pub seed: u64,
}

/// A case that can be used, as its files were at one time.
#[derive(Debug)]
pub(crate) struct Revision {
    /// A name that changes with the files and the as-of date.
    pub name: String,
    /// The files.
    pub folder: Folder,
    /// The case built from them.
    pub case: Case,
}

impl Revision {
    /// The case made ready to run. It was ready when the revision was made, so it is now.
    pub fn model(&self) -> Result<Model<'_>, Problem> {
        Ok(study::opening::ready(&self.folder, &self.case)?)
    }
}

/// What is on disk now.
#[derive(Debug, Clone)]
pub(crate) struct Now {
    /// A name that changes with the files and the as-of date.
    pub revision: String,
    /// The last state of the case that can be used.
    pub good: Option<Arc<Revision>>,
    /// What is wrong with the files as they are; none if they are good.
    pub fault: Option<Problem>,
}

/// Something that all open pages should hear of.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct News {
    /// The event's name.
    pub event: &'static str,
    /// What it says, as JSON.
    pub data: String,
}

/// A running workbench.
pub(crate) struct Workbench {
    pub opened: Opened,
    /// The day from which the case is looked at, where it is not its own.
    as_of: Mutex<Option<Date>>,
    /// Sway over time, as it was asked for.
    pub courses: Mutex<crate::api::influence::Courses>,
    now: RwLock<Now>,
    /// Held while the files are looked at, so that one look follows another.
    looking: Mutex<()>,
    store: Mutex<Option<Store>>,
    base: watch::Sender<Option<Arc<Base>>>,
    /// What was computed as of other days, the last first: somebody who moves the date comes back.
    bases: Mutex<Vec<Arc<Base>>>,
    /// What went wrong in computing the base of the revision in hand.
    pub base_fault: Mutex<Option<(String, Problem)>>,
    pub jobs: Jobs,
    pub variants: Variants,
    pub study: LastStudy,
    /// Documents that were handed in and are not kept yet.
    pub uploads: crate::api::changes::Uploads,
    /// What the evidence proposes, as last gathered.
    pub proposed: Mutex<Option<Arc<Proposed>>>,
    /// The documents as last listed.
    pub listed: Remembered<Documents>,
    /// What they agree on and contradict each other in, as last compared.
    pub compared: Remembered<Vec<evidence::Comparison>>,
    news: broadcast::Sender<News>,
}

/// What was worked out of the store, as long as the case and the store say the same.
pub(crate) struct Remembered<T>(Mutex<Option<(Held, Arc<T>)>>);

/// A revision of the case, and a state of the store.
type Held = (String, [u64; 2]);

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Remembered<T> {
    /// What is known, or what is made now.
    pub fn of(
        &self,
        revision: &str,
        store: &Store,
        make: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let now = (revision.to_owned(), store.state()?);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = held.as_ref().filter(|(known, _)| *known == now) {
            return Ok(found.clone());
        }
        let made = Arc::new(make()?);
        *held = Some((now, made.clone()));
        Ok(made)
    }
}

/// The documents of the store, and how many of them are independent of each other.
pub(crate) struct Documents {
    pub all: Vec<evidence::Listed>,
    pub independent: usize,
    /// Which of them are near-copies of one another, by their ids.
    pub groups: BTreeMap<String, usize>,
}

impl Workbench {
    /// The documents of the store, listed once as long as nothing changes.
    pub fn documents(&self, revision: &str, store: &Store) -> Result<Arc<Documents>, Problem> {
        self.listed.of(revision, store, || {
            let groups = store.copy_groups()?;
            let independent = groups.values().collect::<BTreeSet<_>>().len();
            Ok(Documents { all: store.listing()?, independent, groups })
        })
    }
}

/// How many days' results are kept.
const HELD: usize = 4;

/// How many events a slow page may fall behind before it is told to look again.
const BACKLOG: usize = 256;

impl Workbench {
    /// Opens a case; it may have faults.
    pub fn open(opened: Opened) -> Arc<Self> {
        let now = Now { revision: String::new(), good: None, fault: None };
        let workbench = Arc::new(Self {
            as_of: Mutex::new(opened.as_of),
            courses: Mutex::default(),
            opened,
            now: RwLock::new(now),
            looking: Mutex::new(()),
            store: Mutex::new(None),
            base: watch::Sender::new(None),
            bases: Mutex::default(),
            base_fault: Mutex::new(None),
            jobs: Jobs::default(),
            variants: Variants::default(),
            study: LastStudy::default(),
            uploads: crate::api::changes::Uploads::default(),
            proposed: Mutex::new(None),
            listed: Remembered::default(),
            compared: Remembered::default(),
            news: broadcast::Sender::new(BACKLOG),
        });
        workbench.look();
        workbench
    }

    /// The case's folder.
    pub fn root(&self) -> &Path {
        &self.opened.root
    }

    /// The day from which the case is looked at, where it is not its own.
    pub fn as_of(&self) -> Option<Date> {
        *self.as_of.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the case from another day; none is the one it was opened with.
    ///
    /// # Errors
    /// If the case cannot be used as it was known on that day.
    pub fn take_as_of(&self, day: Option<Date>) -> Result<(), Problem> {
        let day = day.or(self.opened.as_of);
        let folder = Folder::read(self.root())?;
        let wrong = |refused| {
            let fault = Problem::from(refused);
            let of = day.map_or_else(String::new, |day| format!(" as of {day}"));
            Problem { detail: format!("the case cannot be taken{of}: {}", fault.detail), ..fault }
        };
        let case = study::opening::built(&folder, day).map_err(wrong)?;
        study::opening::ready(&folder, &case).map(drop).map_err(wrong)?;
        *self.as_of.lock().unwrap_or_else(PoisonError::into_inner) = day;
        self.look_and_run();
        Ok(())
    }

    /// What is on disk now.
    pub fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last state of the case that can be used.
    pub fn good(&self) -> Result<Arc<Revision>, Problem> {
        let now = self.now();
        now.good.ok_or_else(|| {
            let fault = now.fault.unwrap_or_else(|| Problem::internal("the case was not read"));
            Problem { status: StatusCode::SERVICE_UNAVAILABLE.as_u16(), ..fault }
        })
    }

    /// Says something to all open pages; nobody may be listening.
    pub fn tell(&self, event: &'static str, data: &impl Serialize) {
        let data = serde_json::to_string(data).unwrap_or_default();
        let _ = self.news.send(News { event, data });
    }

    /// Everything that is said from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Looks at the files. Whether they changed.
    pub fn look(&self) -> bool {
        let _looking = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.now();
        let after = self.read(&before);
        if (&after.revision, &after.fault) == (&before.revision, &before.fault) {
            return false;
        }
        let said = crate::api::stream::CaseNews::of(&after);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = after;
        self.tell("case", &said);
        true
    }

    fn read(&self, before: &Now) -> Now {
        let good = before.good.clone();
        let folder = match Folder::read(self.root()) {
            Ok(folder) => folder,
            Err(error) => {
                let revision = before.revision.clone();
                return Now { revision, good, fault: Some(error.into()) };
            }
        };
        let revision = self.name(&folder);
        if revision == before.revision && before.fault.is_none() {
            return before.clone();
        }
        let built = folder.build(self.as_of());
        let Some(case) = built.case else {
            let fault = Some(Refused::of(&folder, built.findings).into());
            return Now { revision, good, fault };
        };
        if let Err(refused) = study::opening::ready(&folder, &case).map(drop) {
            return Now { revision, good, fault: Some(refused.into()) };
        }
        let good = Arc::new(Revision { name: revision.clone(), folder, case });
        Now { revision, good: Some(good), fault: None }
    }

    /// A hash over all that a case is made of: its files, its scenarios and documents, and the as-of date.
    fn name(&self, folder: &Folder) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        let beneath = case::beneath::Beneath::open(self.root());
        // A file that cannot be read counts as an empty one: reading it for real says what is wrong.
        let bytes = |file: &str| -> Vec<u8> {
            let found = beneath.as_ref().ok().map(|b| b.bytes(file, case::folder::MAX_FILE));
            found.and_then(Result::ok).flatten().unwrap_or_default()
        };
        for file in folder.map.files() {
            part(file.short_name().as_bytes());
            part(file.text.as_bytes());
        }
        for name in folder.scenarios() {
            part(name.as_bytes());
            part(&bytes(&format!("scenarios/{name}.toml")));
        }
        for name in folder.documents.keys() {
            part(name.as_bytes());
            part(&bytes(name));
        }
        part(&bytes(case::documents::CORRECTIONS));
        // The brief reads out how frozen forecasts fared.
        for path in frozen::files(self.root()) {
            part(path.as_os_str().as_encoded_bytes());
            part(&std::fs::read(path).unwrap_or_default());
        }
        part(format!("{:?}", self.as_of()).as_bytes());
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// Asks the evidence something.
    pub fn ask<T, E: From<Problem>>(
        &self,
        what: impl FnOnce(&mut Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut held = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let store = match held.take() {
            Some(store) => held.insert(store),
            None => {
                let store = case::documents::store_path(self.root())
                    .and_then(|path| case::documents::open_store(self.root(), &path))
                    .map_err(Problem::from)?;
                held.insert(store)
            }
        };
        what(store)
    }

    /// Publishes what was computed for a revision.
    pub fn publish(&self, base: Arc<Base>) {
        let mut held = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|old| old.revision.name != base.revision.name);
        held.insert(0, base.clone());
        held.truncate(HELD);
        drop(held);
        self.base.send_replace(Some(base));
    }

    /// What was computed of a case as of a day, if it still is at hand.
    pub fn computed(&self, hash: &str, as_of: Date) -> Option<Arc<Base>> {
        let held = self.bases.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |b: &&Arc<Base>| b.revision.case.hash == hash && b.revision.case.as_of == as_of;
        held.iter().find(same).cloned()
    }

    /// Makes those who wait for what is computed look again.
    pub fn wake(&self) {
        self.base.send_modify(|_| {});
    }

    /// What was last computed, whatever its revision.
    pub fn last_base(&self) -> Option<Arc<Base>> {
        self.base.borrow().clone()
    }

    /// What was computed for the case as it is, waiting for the first of it.
    pub async fn base(&self) -> Result<Arc<Base>, Problem> {
        let mut seen = self.base.subscribe();
        let deadline = tokio::time::Instant::now() + crate::base::PATIENCE;
        loop {
            let good = self.good()?;
            if let Some(base) =
                seen.borrow_and_update().clone().filter(|b| b.revision.name == good.name)
            {
                return Ok(base);
            }
            let fault = self.base_fault.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some((_, problem)) = fault.filter(|(name, _)| *name == good.name) {
                return Err(problem);
            }
            if tokio::time::timeout_at(deadline, seen.changed()).await.is_err() {
                return Err(Problem::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "still-running",
                    "the first futures are still being run",
                )
                .hint("ask again in a second, or follow the job in GET /api/stream"));
            }
        }
    }
}

/// Does heavy work away from the threads that answer.
pub(crate) async fn off<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?
}
