//! GraphML: the network of actors and ties for networkx, igraph, yEd and others.

use std::fmt::Write as _;

use evidence::StoreError;

use super::graph::{Attribute, EDGE, NODE, Value, edges, nodes};
use super::xml::escaped;
use super::{Format, Material, Written};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "graphml",
    says: "actors and ties as a network (networkx, igraph, yEd)",
    ties: true,
    write,
};

/// The attributes of a node or an edge as `<data>`, after what stands before them.
fn data(out: &mut String, of: &str, attributes: &[Attribute], values: &[Option<Value>]) {
    for (attribute, value) in attributes.iter().zip(values) {
        if let Some(value) = value {
            let value = escaped(&value.to_string());
            let _ = writeln!(out, "      <data key=\"{of}.{}\">{value}</data>", attribute.name);
        }
    }
}

fn write(material: &Material<'_>) -> Result<Written, StoreError> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    let mut key = |of: &str, name: &str, sort: &str| {
        let _ = writeln!(
            out,
            "  <key id=\"{of}.{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{sort}\"/>"
        );
    };
    key("node", "label", "string");
    NODE.iter().for_each(|a| key("node", a.name, a.sort.name()));
    key("edge", "weight", "double");
    EDGE.iter().for_each(|a| key("edge", a.name, a.sort.name()));
    out.push_str("  <graph id=\"case\" edgedefault=\"directed\">\n");
    for node in nodes(material) {
        let label = escaped(node.label);
        let _ = writeln!(out, "    <node id=\"{}\">", escaped(node.id));
        let _ = writeln!(out, "      <data key=\"node.label\">{label}</data>");
        data(&mut out, "node", &NODE, &node.values);
        out.push_str("    </node>\n");
    }
    for edge in edges(material) {
        let [id, from, to] = [&edge.id, edge.from, edge.to].map(escaped);
        let _ = writeln!(out, "    <edge id=\"{id}\" source=\"{from}\" target=\"{to}\">");
        let _ = writeln!(out, "      <data key=\"edge.weight\">{}</data>", edge.weight);
        data(&mut out, "edge", &EDGE, &edge.values);
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    Ok(out.into())
}
