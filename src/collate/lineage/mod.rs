//! Who probably took from whom: a tree of the versions of a story, with unseen ancestors where no version at hand can be the origin.
//!
//! It is an inference and no more: what is found is the history that needs the fewest things which do not happen by chance.
//! The reasoning is that of textual criticism. Readings in common that few versions have tell of a common origin (Lachmann's
//! common errors; Greg 1927, "The Calculus of Variants"), readings that all agree on tell nothing. A copy leaves sentences out
//! and rewords, but does not bring back by itself what its origin lost: so a version whose own readings all others lack alike
//! is no one's origin, and where none is left the origin is one that is not at hand. Cuts are common and additions are rarer,
//! which tells the direction, as Dollo's law does (Farris 1977), and a later version is never the origin of an earlier one.
//!
//! Every history has a cost, counted passage by passage and variant by variant with the recursion of Sankoff (1975), in which
//! unseen ancestors have what costs least. The search begins with the cheapest arborescence over the costs of two versions
//! (Edmonds 1967) and changes it as long as it becomes cheaper: versions are hung elsewhere, unseen ancestors come and go, edges
//! are turned, and a version that needs two origins gets them. Of the computer-assisted methods that Roos and Heikkilä (2009)
//! compared, parsimony of this kind was among the best; most others, as neighbour joining (Saitou and Nei 1987), put all
//! versions at the tips of a tree and so cannot say that one at hand is the origin of another.

mod arborescence;
mod characters;
mod cost;
mod evidence;
mod search;
mod tree;

use super::Side;
use super::apparatus::Apparatus;
use super::letter::{greek, letter};
use characters::Characters;
use cost::PRICES;
use evidence::Witness;
use std::cmp::Reverse;
use tree::{NONE, Tree};

/// Who probably took from whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// All versions in their order, then the unseen ancestors.
    pub nodes: Vec<Node>,
    /// In the order of the copies. Of two edges to one copy the first is from its main source.
    pub edges: Vec<Edge>,
}

/// A node where it hangs in the drawing of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The node.
    pub node: usize,
    /// What stands before it, with lines from its origin: `│ ├ `.
    pub stem: String,
    /// What stands before the lines below it that are about it.
    pub beside: String,
}

impl Lineage {
    /// The letter of a node: that of the version, or a Greek one for an unseen ancestor.
    pub fn letter(&self, node: usize) -> String {
        match self.nodes[node] {
            Node::Version(version) => letter(version),
            Node::Unseen => greek(self.nodes[..node].iter().filter(|node| **node == Node::Unseen).count()),
        }
    }

    /// The edges that lead to a node, the main one first.
    pub fn origins(&self, node: usize) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(move |edge| edge.to == node)
    }

    /// What was taken from a node as its main source.
    fn copies(&self, node: usize) -> Vec<usize> {
        (0..self.nodes.len()).filter(|&copy| self.origins(copy).next().is_some_and(|edge| edge.from == node)).collect()
    }

    /// All nodes in the order in which the tree is drawn, without recursion: a chain of copies may be long.
    pub fn branches(&self) -> Vec<Branch> {
        let roots = (0..self.nodes.len()).filter(|&node| self.origins(node).next().is_none());
        let mut open: Vec<(usize, String, String)> = roots.map(|root| (root, String::new(), String::new())).collect();
        open.reverse();
        let mut branches = Vec::with_capacity(self.nodes.len());
        while let Some((node, stem, below)) = open.pop() {
            let copies = self.copies(node);
            for (index, &copy) in copies.iter().enumerate().rev() {
                let (branch, beside) = if index + 1 == copies.len() { ("└ ", "  ") } else { ("├ ", "│ ") };
                open.push((copy, format!("{below}{branch}"), format!("{below}{beside}")));
            }
            let beside = format!("{below}{}", if copies.is_empty() { "  " } else { "│ " });
            branches.push(Branch { node, stem, beside });
        }
        branches
    }
}

/// A version or an ancestor of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// A version by its index.
    Version(usize),
    /// A common ancestor that is not at hand.
    Unseen,
}

/// That one probably was taken from another. Both are indices into the nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The origin.
    pub from: usize,
    /// The copy.
    pub to: usize,
    /// What speaks for it, each in a short phrase.
    pub evidence: Vec<String>,
}

/// Infers who took from whom. The apparatus must be that of the same versions. The result does not depend on their order,
/// except among versions with the same text, of which the earliest and then the first is the origin of the others.
pub fn lineage(versions: &[Side], apparatus: &Apparatus) -> Lineage {
    let texts = texts(versions);
    let first: Vec<usize> = texts.iter().map(|group| group[0]).collect();
    let characters = Characters::new(versions, &first, apparatus);
    let tree = without_strangers(search::cheapest(&characters, PRICES), &likeness(&first, versions.len(), apparatus));
    assembled(versions, apparatus, &texts, &tree)
}

/// The versions with the same text, each group with its earliest version first; the groups in the order of their words.
fn texts(versions: &[Side]) -> Vec<Vec<usize>> {
    let date = |version: usize| versions[version].text.date;
    let mut order: Vec<usize> = (0..versions.len()).collect();
    order.sort_by_key(|&v| (versions[v].raw, date(v).is_none(), date(v), v));
    order.chunk_by(|&a, &b| versions[a].raw == versions[b].raw).map(<[usize]>::to_vec).collect()
}

/// How much of one of two texts the other has, whichever is more.
fn likeness(first: &[usize], versions: usize, apparatus: &Apparatus) -> Vec<Vec<f64>> {
    let contained = apparatus.containment(versions);
    first.iter().map(|&a| first.iter().map(|&b| contained[a][b].max(contained[b][a])).collect()).collect()
}

/// Texts that have less in common than this are strangers, even where a history that links them is cheaper: a quotation, or the
/// same words of an agency in the middle of other reports.
const LIKE: f64 = 0.2;

/// Cuts the edges between strangers. What hangs below an unseen ancestor must be like something else below it.
fn without_strangers(mut tree: Tree, like: &[Vec<f64>]) -> Tree {
    let is_stranger = |tree: &Tree, node: usize| {
        let parent = tree.parent[node];
        let own = tree.texts_below(node);
        let others = if parent < tree.texts { vec![parent] } else { tree.texts_below(parent) };
        let others = || others.iter().filter(|other| !own.contains(other));
        parent != NONE && !own.iter().any(|&a| others().any(|&b| like[a][b] >= LIKE))
    };
    loop {
        let stranger = tree.nodes().find(|&node| is_stranger(&tree, node));
        let Some(stranger) = stranger else { return tree };
        tree = tree.hung(stranger, NONE);
    }
}

/// The tree as it is given away, with the evidence for each edge.
fn assembled(versions: &[Side], apparatus: &Apparatus, texts: &[Vec<usize>], tree: &Tree) -> Lineage {
    let teller = Teller { texts, tree, witness: Witness::new(versions, apparatus) };
    let unseen = teller.unseen();
    let place = |node: usize| match texts.get(node) {
        Some(group) => group[0],
        None => versions.len() + unseen.iter().position(|other| *other == node).unwrap_or(0),
    };
    let mut edges = Vec::new();
    for node in tree.nodes() {
        let origins = [tree.parent[node], tree.second[node]].into_iter().filter(|origin| *origin != NONE);
        for (rank, origin) in origins.enumerate() {
            let evidence = teller.evidence(origin, node, rank > 0);
            edges.push((place(node), rank, Edge { from: place(origin), to: place(node), evidence }));
        }
    }
    for group in texts {
        let copy = |&version: &usize| Edge { from: group[0], to: version, evidence: teller.witness.same(group[0], version) };
        edges.extend(group[1..].iter().map(|version| (*version, 0, copy(version))));
    }
    edges.sort_by_key(|(to, rank, _)| (*to, *rank));
    let nodes = (0..versions.len()).map(Node::Version).chain(unseen.iter().map(|_| Node::Unseen)).collect();
    Lineage { nodes, edges: edges.into_iter().map(|(_, _, edge)| edge).collect() }
}

/// Tells what speaks for the edges of a tree.
struct Teller<'a> {
    /// The versions of each text.
    texts: &'a [Vec<usize>],
    tree: &'a Tree,
    witness: Witness<'a>,
}

impl Teller<'_> {
    /// The unseen nodes: those that most versions come from first.
    fn unseen(&self) -> Vec<usize> {
        let mut unseen: Vec<(Reverse<usize>, Vec<usize>, usize)> = Vec::new();
        for node in self.tree.unseen() {
            let below = self.below(node);
            unseen.push((Reverse(below.len()), below, node));
        }
        unseen.sort();
        unseen.into_iter().map(|(_, _, node)| node).collect()
    }

    fn version(&self, node: usize) -> Option<usize> {
        self.texts.get(node).map(|group| group[0])
    }

    /// The versions that come from a node, and its own.
    fn below(&self, node: usize) -> Vec<usize> {
        let mut versions: Vec<usize> = self.tree.texts_below(node).into_iter().map(|text| self.texts[text][0]).collect();
        versions.sort_unstable();
        versions
    }

    fn evidence(&self, origin: usize, node: usize, second: bool) -> Vec<String> {
        match (self.version(origin), self.version(node)) {
            (Some(from), Some(to)) if second => self.witness.merged(from, to, self.version(self.tree.parent[node])),
            (Some(from), Some(to)) => self.witness.copied(from, to),
            (None, Some(to)) => self.witness.sibling(to, &self.siblings(origin, node)),
            (from, None) => self.witness.shared(from, &self.below(node)),
        }
    }

    /// The versions below an origin that are not below one of its copies.
    fn siblings(&self, origin: usize, node: usize) -> Vec<usize> {
        let own = self.below(node);
        let mut others = self.below(origin);
        others.retain(|version| !own.contains(version));
        others
    }
}
