//! The brief and its pictures, and what holds of any.

#[path = "../../fixtures/fixture.rs"]
mod fixture;
#[path = "../../fixtures/look.rs"]
mod look;

mod brief_escapes;
mod figures_hold;
mod images;
mod lint;
mod motion;
mod one_value;
mod paths;
mod pdf;
mod pictures_hold;
mod since;
mod snapshots;
mod template;
