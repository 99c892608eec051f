//! The published models: what must hold of any input, and published numbers.

#[path = "../../examples/recount/ballots.rs"]
mod ballots;
mod bargaining_models;
mod bargaining_smp;
mod catalog;
mod coalition;
mod coalition_theories;
mod economy_properties;
mod electoral;
mod electoral_counted;
mod electoral_laws;
mod electoral_quotas;
mod escalation_properties;
mod finite;
mod finite_more;
mod hostile;
mod hostile_networks;
mod influence;
mod opinion_properties;
mod pooling;
mod pooling_simulated;
mod power;
mod power_indices;
mod recount;
mod references;
mod score_properties;
mod sensitivity_closed_forms;
mod sensitivity_properties;
mod signed_properties;
mod smp;
mod wild;
