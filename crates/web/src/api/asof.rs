//! `/api/as-of`: the day from which the whole workbench looks: what was known by then, and what the runs say from there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Answer, Body};
use crate::problem::Problem;
use crate::workbench::{Workbench, off};

/// The day from which to look.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DayAsked {
    /// The day; none for the case's own.
    #[schema(value_type = Option<String>)]
    date: Option<Date>,
}

/// The day from which the workbench looks now.
#[derive(Serialize, ToSchema)]
pub(crate) struct DaySet {
    /// The case's revision from now on.
    revision: String,
    /// The day.
    as_of: String,
}

/// Looks at the whole case as it was known on a day: every view follows, in all windows. A day on which the case cannot be used is refused.
#[utoipa::path(post, path = "/api/as-of", request_body = DayAsked, responses((status = 200, body = DaySet), (status = 422, body = Problem)))]
pub(crate) async fn set(
    State(workbench): State<Arc<Workbench>>,
    Body(asked): Body<DayAsked>,
) -> Answer<DaySet> {
    let found = off(move || {
        workbench.take_as_of(asked.date)?;
        let good = workbench.good()?;
        Ok(DaySet { revision: good.name.clone(), as_of: good.case.as_of.to_string() })
    });
    Ok(Json(found.await?))
}
