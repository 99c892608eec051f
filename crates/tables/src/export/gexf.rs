//! GEXF 1.3: the network of actors and ties with the days on which they begin and end, for Gephi and others.

use std::fmt::Write as _;

use evidence::StoreError;
use jiff::civil::Date;

use super::graph::{Attribute, EDGE, NODE, Value, edges, nodes};
use super::xml::escaped;
use super::{Format, Material, Written};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "gexf",
    says: "actors and ties as a network over time (Gephi, networkx)",
    ties: true,
    write,
};

fn declared(out: &mut String, of: &str, attributes: &[Attribute]) {
    let _ = writeln!(out, "    <attributes class=\"{of}\" mode=\"static\">");
    for Attribute { name, sort } in attributes {
        let sort = sort.name();
        let _ = writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{sort}\"/>");
    }
    out.push_str("    </attributes>\n");
}

fn values(out: &mut String, attributes: &[Attribute], values: &[Option<Value>]) {
    out.push_str("        <attvalues>\n");
    for (attribute, value) in attributes.iter().zip(values) {
        if let Some(value) = value {
            let (name, value) = (attribute.name, escaped(&value.to_string()));
            let _ = writeln!(out, "          <attvalue for=\"{name}\" value=\"{value}\"/>");
        }
    }
    out.push_str("        </attvalues>\n");
}

/// The days of a node or an edge as attributes.
fn days([since, until]: [Option<Date>; 2]) -> String {
    let day = |name: &str, day: Option<Date>| {
        day.map_or_else(String::new, |day| format!(" {name}=\"{day}\""))
    };
    day("start", since) + &day("end", until)
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let (title, as_of) = (escaped(&material.case.head.title), material.case.as_of);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n",
    );
    let _ = writeln!(
        out,
        "  <meta lastmodifieddate=\"{as_of}\">\n    <creator>shatterbelt</creator>\n    <description>{title} as of {as_of}</description>\n  </meta>"
    );
    out.push_str("  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\">\n");
    declared(&mut out, "node", &NODE);
    declared(&mut out, "edge", &EDGE);
    out.push_str("    <nodes>\n");
    for node in nodes(material) {
        let [id, label] = [node.id, node.label].map(escaped);
        let _ = writeln!(out, "      <node id=\"{id}\" label=\"{label}\"{}>", days(node.days));
        values(&mut out, &NODE, &node.values);
        out.push_str("      </node>\n");
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for edge in edges(material) {
        let [id, from, to] = [&edge.id, edge.from, edge.to].map(escaped);
        let (weight, days) = (edge.weight, days(edge.days));
        let _ = writeln!(
            out,
            "      <edge id=\"{id}\" source=\"{from}\" target=\"{to}\" weight=\"{weight}\"{days}>"
        );
        values(&mut out, &EDGE, &edge.values);
        out.push_str("      </edge>\n");
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    Ok(out.into())
}
