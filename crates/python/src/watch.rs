//! Long work on a thread of its own, while the thread that Python called waits: it tells how far the work is and asks
//! whether somebody pressed Ctrl-C.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use study::{Follow, Stage};

/// How long Python may wait to be told something.
const BEAT: Duration = Duration::from_millis(50);

/// How far work is, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Watch {
    unwanted: AtomicBool,
    done: AtomicU64,
    over: Mutex<bool>,
    ended: Condvar,
}

impl Follow for Watch {
    fn begin(&self, _: Stage, _: u64) {}

    fn done(&self, more: u64) {
        self.done.fetch_add(more, Ordering::Relaxed);
    }

    fn goes_on(&self) -> bool {
        !self.unwanted.load(Ordering::Relaxed)
    }
}

/// Says that the work is over, however it ended.
struct Over<'w>(&'w Watch);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *self.0.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.ended.notify_all();
    }
}

impl Watch {
    /// Waits for a beat or the end of the work; whether it is over.
    fn wait(&self) -> bool {
        let over = self.over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.ended.wait_timeout_while(over, BEAT, |over| !*over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Tells Python how much of `total` is done, and asks it whether it was interrupted.
    fn beat(
        &self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        total: u64,
    ) -> PyResult<()> {
        if let Some(progress) = progress {
            progress.call1((self.done.load(Ordering::Relaxed), total))?;
        }
        py.check_signals()
    }
}

/// Does work of so many parts without Python's lock. `progress` is called with the parts done and their number, about
/// twenty times a second and at the end, on the thread that called.
///
/// # Errors
/// `KeyboardInterrupt` after Ctrl-C, whatever `progress` raises, and a `RuntimeError` if the work panicked; the work has
/// stopped when they are raised.
pub fn watched<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    total: u64,
    work: impl FnOnce(&Watch) -> T + Send,
) -> PyResult<T> {
    let watch = &Watch::default();
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let _over = Over(watch);
            work(watch)
        });
        let mut said = Ok(());
        while !py.detach(|| watch.wait()) {
            if said.is_ok() {
                said = watch.beat(py, progress, total);
                watch.unwanted.store(said.is_err(), Ordering::Relaxed);
            }
        }
        let done = py.detach(|| worker.join());
        said?;
        watch.beat(py, progress, total)?;
        done.map_err(|_| {
            PyRuntimeError::new_err("the program is at fault; it wrote where on standard error")
        })
    })
}
