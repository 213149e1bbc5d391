//! A history: for every text and every unseen ancestor where it was taken from.

/// No node: the parent of what was written afresh.
pub(super) const NONE: usize = usize::MAX;

/// Nodes are the texts by their number, then unseen ancestors. An unseen one that is no longer in use is no node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tree {
    pub(super) texts: usize,
    pub(super) parent: Vec<usize>,
    /// The other source of a text that merges two; both are texts, for an unseen source can have
    /// whatever the other one lacks.
    pub(super) second: Vec<usize>,
    alive: Vec<bool>,
}

impl Tree {
    pub(super) fn new(parent: Vec<usize>) -> Self {
        Tree { texts: parent.len(), second: vec![NONE; parent.len()], alive: vec![true; parent.len()], parent }
    }

    /// How many numbers of nodes there are, those no longer in use among them.
    pub(super) fn len(&self) -> usize {
        self.parent.len()
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.len()).filter(|&node| self.alive[node])
    }

    pub(super) fn unseen(&self) -> impl Iterator<Item = usize> + use<'_> {
        self.nodes().filter(|&node| node >= self.texts)
    }

    pub(super) fn merges(&self) -> usize {
        self.second.iter().filter(|second| **second != NONE).count()
    }

    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + use<'_> {
        self.nodes().filter(move |&child| self.parent[child] == node)
    }

    /// The texts below a node by main sources, and itself if it is one.
    pub(super) fn texts_below(&self, node: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if node < self.texts {
                found.push(node);
            }
            open.extend(self.children(node));
        }
        found.sort_unstable();
        found
    }

    /// The nodes, every one behind all its origins; `None` where there is a circle.
    pub(super) fn order(&self) -> Option<Vec<usize>> {
        let mut order = Vec::with_capacity(self.len());
        let mut done = vec![false; self.len()];
        let count = self.nodes().count();
        let ready = |node: usize, done: &[bool]| [self.parent[node], self.second[node]].iter().all(|&o| o == NONE || done[o]);
        let mut open: Vec<usize> = self.nodes().collect();
        while order.len() < count {
            let before = order.len();
            open.retain(|&node| {
                let ready = ready(node, &done);
                if ready {
                    done[node] = true;
                    order.push(node);
                }
                !ready
            });
            if order.len() == before {
                return None;
            }
        }
        Some(order)
    }

    // --- Changes: each gives another tree ---------------------------------------------------------------------------

    /// Hangs a node below another one, or below none.
    pub(super) fn hung(&self, node: usize, origin: usize) -> Self {
        let mut tree = self.clone();
        tree.parent[node] = origin;
        tree.tidied()
    }

    /// Makes two nodes siblings, with an unseen parent at the place of the first.
    pub(super) fn paired(&self, stays: usize, comes: usize) -> Self {
        let mut tree = self.clone();
        let unseen = tree.add(self.parent[stays]);
        tree.parent[stays] = unseen;
        tree.parent[comes] = unseen;
        tree.tidied()
    }

    /// Puts an unseen node at the place of a text, which becomes one of its copies.
    pub(super) fn demoted(&self, node: usize) -> Self {
        let mut tree = self.clone();
        let unseen = tree.add(self.parent[node]);
        self.children(node).for_each(|child| tree.parent[child] = unseen);
        tree.parent[node] = unseen;
        tree.tidied()
    }

    /// Puts a node at the place of its parent, and the parent below it; the parent's other copies come along or stay.
    pub(super) fn lifted(&self, node: usize, with_siblings: bool) -> Self {
        let mut tree = self.clone();
        let parent = self.parent[node];
        tree.parent[node] = self.parent[parent];
        tree.parent[parent] = node;
        if with_siblings {
            self.children(parent).filter(|child| *child != node).for_each(|child| tree.parent[child] = node);
        }
        tree.tidied()
    }

    /// Turns all edges between a node and the root above it.
    pub(super) fn rooted(&self, node: usize) -> Self {
        let mut tree = self.clone();
        let (mut below, mut at) = (NONE, node);
        while at != NONE {
            let above = self.parent[at];
            tree.parent[at] = below;
            (below, at) = (at, above);
        }
        tree.tidied()
    }

    /// Does without an unseen node: its copies hang where it hung.
    pub(super) fn without(&self, unseen: usize) -> Self {
        let mut tree = self.clone();
        self.children(unseen).for_each(|child| tree.parent[child] = self.parent[unseen]);
        tree.alive[unseen] = false;
        tree.tidied()
    }

    /// Gives a node another second source, or none.
    pub(super) fn merged(&self, node: usize, second: usize) -> Self {
        let mut tree = self.clone();
        tree.second[node] = second;
        tree.tidied()
    }

    fn add(&mut self, parent: usize) -> usize {
        self.parent.push(parent);
        self.second.push(NONE);
        self.alive.push(true);
        self.len() - 1
    }

    /// Removes unseen nodes that explain nothing, for they have less than two copies, and second sources that say nothing new.
    fn tidied(mut self) -> Self {
        loop {
            let idle = self.unseen().find(|&node| self.children(node).nth(1).is_none());
            let Some(idle) = idle else { break };
            let (parent, only) = (self.parent[idle], self.children(idle).next());
            if let Some(child) = only {
                self.parent[child] = parent;
            }
            self.alive[idle] = false;
        }
        for node in 0..self.len() {
            if self.second[node] == self.parent[node] || self.second[node] == node || self.parent[node] >= self.texts {
                self.second[node] = NONE;
            }
        }
        self.compacted()
    }

    /// Gives away the numbers of nodes no longer in use, so that trees do not grow with the search.
    fn compacted(mut self) -> Self {
        let mut next = 0;
        let number: Vec<usize> = self
            .alive
            .iter()
            .map(|alive| {
                next += usize::from(*alive);
                next - usize::from(*alive)
            })
            .collect();
        let renamed = |old: usize| if old == NONE { NONE } else { number[old] };
        let kept: Vec<usize> = self.nodes().collect();
        let parent = kept.iter().map(|&node| renamed(self.parent[node])).collect();
        let second = kept.iter().map(|&node| renamed(self.second[node])).collect();
        self.alive = vec![true; kept.len()];
        (self.parent, self.second) = (parent, second);
        self
    }
}
