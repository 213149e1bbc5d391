//! The lineage of a story as a drawing for Graphviz, in its language DOT.

use crate::collate::lineage::{Edge, Lineage, Node};
use crate::corpus::Article;
use crate::text::width;
use std::fmt::Write;

/// The drawing. Unseen ancestors are dashed, second sources dotted, and every edge carries its evidence.
pub fn lineage(articles: &[Article], lineage: &Lineage) -> String {
    let mut dot =
        String::from("digraph lineage {\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=9];\n");
    for (index, node) in lineage.nodes.iter().enumerate() {
        let name = lineage.letter(index);
        let (label, style) = match node {
            Node::Version(version) => (label(&name, &articles[*version]), ""),
            Node::Unseen => (escaped(&format!("{name} (unseen)")), ", style=dashed"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(dot, "  \"{name}\" [label=\"{label}\"{style}];");
    }
    for (index, edge) in lineage.edges.iter().enumerate() {
        let second = lineage.edges[..index].iter().any(|other| other.to == edge.to);
        dot += &drawn(lineage, edge, second);
    }
    dot + "}\n"
}

fn drawn(lineage: &Lineage, edge: &Edge, second: bool) -> String {
    let [from, to] = [edge.from, edge.to].map(|node| lineage.letter(node));
    let evidence: String = edge.evidence.iter().flat_map(|phrase| lines(phrase)).map(|line| escaped(&line) + "\\l").collect();
    let style = if second { ", style=dotted" } else { "" };
    format!("  \"{from}\" -> \"{to}\" [label=\"{evidence}\"{style}];\n")
}

fn label(letter: &str, article: &Article) -> String {
    let name = article.path.file_name().unwrap_or(article.path.as_os_str()).to_string_lossy();
    let date = article.date.map_or_else(String::new, |date| format!("\\n{date}"));
    format!("{}{date}", escaped(&format!("{letter}  {name}")))
}

/// How many letters a line of evidence has.
const LINE: usize = 44;

/// A phrase in lines that are not too long.
fn lines(phrase: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in phrase.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < LINE) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_string()),
        }
    }
    lines
}

/// A text inside a quoted string of DOT: quotes and backslashes are escaped, and control characters are made visible.
fn escaped(text: &str) -> String {
    width::safe(text).replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r', '\0'], " ")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_the_string() {
        for (text, told) in [("a \"b\"", "a \\\"b\\\""), ("c:\\d", "c:\\\\d"), ("end\\", "end\\\\"), ("α", "α")] {
            assert_eq!(escaped(text), told);
        }
    }
}
