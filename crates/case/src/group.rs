//! Estimates that err together: `[[group]]`.
//!
//! ```toml
//! [[group]]
//! id = "polls"
//! members = ["prior.2031:*:reds.share", "-prior.2031:*:blues.share"]
//! rho = { value = 0.5, low = 0.2, high = 0.8, judged = "one pollster asked for both" }
//! ```
//!
//! A member is the path of an estimate; `*` stands for any text, and a minus in front says that it errs the other
//! way round. A built case holds each group as a [`Correlated`]: the belief of rho, and the places of the members
//! in [`Case::beliefs`](crate::Case) with their signs. A run that draws them under the kind `common` takes one
//! standard normal Z for the group and one e_i for each member, and reads member i's distribution at
//! Φ(sign_i √ρ Z + √(1 − ρ) e_i): the one-factor Gaussian copula (`vasicek2002`). Two members of like sign then
//! have the normal scores' correlation ρ. A negative ρ is for two members: it turns the sign of the second.

use entry::unit::Correlation;
use entry::{Entry, Estimate, Id, Keys, bare_number_schema, number_or_estimate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// How the members of a group hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GroupKind {
    /// By one common factor.
    #[default]
    Common,
}

/// Estimates that err together, as written.
#[derive(Debug, Clone, Deserialize, JsonSchema, Entry)]
#[entry(kind = "group", key = "id")]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: Id,
    /// Paths of estimates; `*` stands for any text, a minus in front for the other direction.
    #[schemars(with = "Vec<String>")]
    pub members: Vec<Spanned<String>>,
    /// The correlation of any two members, above -1 and below 1: an estimate, or a number with the group's source.
    #[serde(deserialize_with = "number_or_estimate")]
    #[schemars(schema_with = "bare_number_schema")]
    #[entry(bare)]
    pub rho: Estimate<Correlation>,
    /// How they hang together.
    #[serde(default)]
    pub kind: GroupKind,
    /// The reason, where a bare rho is the author's judgement.
    pub judged: Option<String>,
    /// Who says so.
    #[serde(default)]
    pub source: Keys,
    /// A remark.
    pub note: Option<String>,
}

/// A group of a built case.
#[derive(Debug, Clone, PartialEq)]
pub struct Correlated {
    /// The group's id: the name under which its common factor is drawn.
    pub id: String,
    /// How the members hang together.
    pub kind: GroupKind,
    /// The place of rho in the case's beliefs.
    pub rho: usize,
    /// The members by their places in the case's beliefs, each with 1 or -1 for its direction. No belief is in two
    /// groups; members not known on the as-of date are left out.
    pub members: Vec<(usize, f64)>,
}

/// Whether a path fits a pattern in which `*` stands for any text.
#[must_use]
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(fits("prior.*:reds.share", "prior.hill:reds.share"));
        assert!(fits("*", "anything"));
        assert!(fits("a*b*c", "a1b2bc"));
        assert!(!fits("prior.*:reds.share", "prior.hill:blues.share"));
        assert!(!fits("prior.hill", "prior.hill:reds"));
        assert!(!fits("ab*ba", "aba"));
    }
}
