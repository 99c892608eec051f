//! `GET /api/map`: the contested state's districts, coloured by what is asked.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use report::compose::map::{Shown, can_be_drawn, map};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::pictures::PictureView;
use super::{Answer, Query};
use crate::problem::Problem;
use crate::workbench::Workbench;

/// What the map shall show.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `first` (who comes first), `seats` (a list's seats) or `last` (how it did in the last election that is known).
    #[serde(default = "first")]
    show: String,
    /// The list, for `seats` and `last`.
    list: Option<String>,
    /// With the places of the case.
    #[serde(default)]
    places: bool,
}

fn first() -> String {
    "first".to_owned()
}

/// A map, and what else can be asked of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct MapView {
    /// The case's revision.
    revision: String,
    /// How many runs it rests on.
    runs: u32,
    /// Whether the case holds boundaries enough for a map.
    drawable: bool,
    /// The map; none where nothing is known of what was asked.
    picture: Option<PictureView>,
    /// Lists that can be asked for, most seats first.
    lists: Vec<MapList>,
    /// How many places the case knows.
    places: usize,
}

/// A list of the map.
#[derive(Serialize, ToSchema)]
pub(crate) struct MapList {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
}

/// The districts on a map: who comes first, or where a list has its seats.
#[utoipa::path(get, path = "/api/map", params(Wanted), responses((status = 200, body = MapView), (status = 404, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn districts(
    State(workbench): State<Arc<Workbench>>,
    Query(wanted): Query<Wanted>,
) -> Answer<MapView> {
    let base = workbench.base().await?;
    let case = &base.revision.case;
    let model = base.revision.model()?;
    let list = match &wanted.list {
        None => None,
        Some(id) => {
            let at = model.lists.iter().position(|l| case.actors[*l].id.get_ref() == id);
            Some(at.ok_or_else(|| {
                Problem::missing("unknown-list", format!("no list \"{id}\" stands in this case"))
            })?)
        }
    };
    let lacking =
        || Problem::refused("no-list", "this map is of one list").hint("name it with list=");
    let shown = match wanted.show.as_str() {
        "first" => Shown::First,
        "seats" => Shown::Seats(list.ok_or_else(lacking)?),
        "last" => Shown::Last(list.ok_or_else(lacking)?),
        other => {
            let fault = Problem::refused("unknown-map", format!("there is no map of \"{other}\""));
            return Err(fault.hint("first, seats and last can be shown"));
        }
    };
    let (found, summary) = (&base.found, &base.found.summary);
    let picture = map(&model, &found.ensemble, summary, shown, wanted.places)?;
    Ok(Json(MapView {
        revision: base.revision.name.clone(),
        runs: base.runs(),
        drawable: can_be_drawn(case),
        picture: picture.map(|picture| PictureView::of(&base, "district-map", &picture)),
        lists: (summary.lists.iter())
            .map(|l| MapList { id: l.list.clone(), name: l.label.clone() })
            .collect(),
        places: case.places.len(),
    }))
}
