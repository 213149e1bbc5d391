//! The cheapest tree of directed edges that reaches every node from the first one (Chu and Liu 1965; Edmonds 1967).

/// For every node but the first its parent in the cheapest tree; `cost[u][v]` is that of the edge from `u` to `v`. The first
/// node's own entry says nothing.
pub(super) fn arborescence(cost: &[Vec<i64>]) -> Vec<usize> {
    let count = cost.len();
    let nearest = |v: usize| (0..count).filter(|&u| u != v).min_by_key(|&u| cost[u][v]).unwrap_or(0);
    let best: Vec<usize> = (0..count).map(|v| if v == 0 { 0 } else { nearest(v) }).collect();
    match circle(&best) {
        None => best,
        Some(circle) => opened(cost, &best, &circle),
    }
}

/// Nodes that are their own ancestors, if there are any.
fn circle(parent: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; parent.len()];
    for start in 1..parent.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = parent[at];
        }
        if at != 0 && seen[at] == start {
            let mut circle = vec![at];
            let mut next = parent[at];
            while next != at {
                circle.push(next);
                next = parent[next];
            }
            return Some(circle);
        }
    }
    None
}

/// Solves the problem with a circle drawn together into one node, and opens the circle where the solution enters it.
fn opened(cost: &[Vec<i64>], best: &[usize], circle: &[usize]) -> Vec<usize> {
    let count = cost.len();
    let outside: Vec<usize> = (0..count).filter(|v| !circle.contains(v)).collect();
    let whole = outside.len();
    let entry = |u: usize| circle.iter().copied().min_by_key(|&v| cost[u][v] - cost[best[v]][v]).unwrap_or(0);
    let exit = |w: usize| circle.iter().copied().min_by_key(|&v| cost[v][w]).unwrap_or(0);
    let mut smaller = vec![vec![0; whole + 1]; whole + 1];
    for (i, &u) in outside.iter().enumerate() {
        let v = entry(u);
        smaller[i][whole] = cost[u][v] - cost[best[v]][v];
        smaller[whole][i] = cost[exit(u)][u];
        outside.iter().enumerate().for_each(|(j, &w)| smaller[i][j] = cost[u][w]);
    }
    let solved = arborescence(&smaller);
    let mut parent = best.to_vec();
    for (i, &v) in outside.iter().enumerate() {
        parent[v] = if solved[i] == whole { exit(v) } else { outside[solved[i]] };
    }
    let from = outside[solved[whole]];
    parent[entry(from)] = from;
    parent
}

#[cfg(test)]
mod tests {
    use super::arborescence;

    #[test]
    fn the_cheapest_tree_is_found() {
        let far = 1000;
        let table: [(&[&[i64]], &[usize]); 4] = [
            (&[&[0]], &[0]),
            (&[&[0, 5], &[far, 0]], &[0, 0]),
            // Two nodes that are nearest to each other are entered where that costs least.
            (&[&[0, 10, 12], &[far, 0, 1], &[far, 1, 0]], &[0, 0, 1]),
            (&[&[0, 10, 9, far], &[far, 0, 1, 4], &[far, 3, 0, 2], &[far, 1, 1, 0]], &[0, 3, 0, 2]),
        ];
        for (cost, parents) in table {
            let cost: Vec<Vec<i64>> = cost.iter().map(|row| row.to_vec()).collect();
            assert_eq!(arborescence(&cost)[1..], parents[1..], "{cost:?}");
        }
    }
}
