//! What drives a model's result, asked of the model as a black box.
//!
//! Three questions, a file or two each: which inputs carry the variance (Sobol), which matter at all when
//! runs are dear (Morris), and in which region of the inputs a thing happens (PRIM, with a cheap question
//! before it). Each is split
//! into the points to run and the reading of the results, so that the caller runs the model where and
//! how it likes. The module refuses to hold luck or a point sequence: numbers in [0, 1) come in as
//! arguments. Inputs are taken as independent; correlated inputs must be made from independent ones
//! by the caller.

mod fault;
pub mod morris;
pub mod prim;
pub mod regional;
pub mod sobol;

pub use fault::Fault;
