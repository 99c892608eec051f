//! How opinions move: by talk among the like-minded, and by shocks that fade.
//!
//! Settled influence with anchors (Friedkin and Johnsen) is in `influence`. The module refuses to
//! hold luck, and says nothing of what a shock's size is: that is for a case to estimate.

pub mod deffuant;
pub mod hegselmann_krause;
pub mod rally;
