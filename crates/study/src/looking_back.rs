//! Sway of the powers watched since the election before, and what moved it.

use assess::measure::MeasureError;
use assess::measure::course::{Counted, Course, Every, Knowing, Query, cases, course};
use jiff::civil::Date;

use crate::fault::Fault;
use crate::follow::{Follow, Stage};
use crate::road::Study;

/// Draws of what is not known: fewer than for the level on the day, since a change is measured draw by draw.
const DRAWS: u32 = 400;
/// The least days that are looked back on.
const LEAST: i32 = 365;

/// The day that is looked back to: that of the last election a year or more ago.
fn since(study: &Study<'_>) -> Option<Date> {
    let day = study.case.as_of;
    let long_ago = |d: &Date| day.since(*d).is_ok_and(|span| span.get_days() >= LEAST);
    let results = study.case.results.iter().filter(|r| r.district.is_none()).map(|r| r.date);
    results.filter(long_ago).max()
}

/// Measures it; none where the case watches nobody, or knows no election a year ago.
pub(crate) fn over_time(study: &Study<'_>, follow: &dyn Follow) -> Result<Option<Course>, Fault> {
    let Some(from) = since(study).filter(|_| !study.case.head.focus.is_empty()) else {
        return Ok(None);
    };
    let query = Query {
        body: study.case.head.body.get_ref().clone(),
        actors: Vec::new(),
        dates: Every::Year.dates(from, study.case.as_of),
        knowing: Knowing::Now,
        counted: Counted::Next,
        as_of: study.case.as_of,
        seed: study.asked.seed,
        draws: DRAWS,
    };
    follow.begin(Stage::Sway, 1);
    let found = course(&cases(study.folder, &query), &query);
    follow.done(1);
    follow.end();
    match found {
        Ok(course) => Ok(Some(course)),
        Err(MeasureError::NoEstimate(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
