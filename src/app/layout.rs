//! The size of the terminal to areas: which panes there are, and where.

use serde::{Deserialize, Serialize};

/// A rectangle of cells; `x` and `y` count from the upper left corner of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// The leftmost column.
    pub x: u16,
    /// The topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell lies inside.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column) && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    /// The area without the frame around it; one too small for a frame has none.
    pub fn inner(self) -> Area {
        if self.is_framed() { Area { x: self.x + 1, y: self.y + 1, width: self.width - 2, height: self.height - 2 } } else { self }
    }

    /// Whether there is room for a frame.
    pub fn is_framed(self) -> bool {
        self.width >= 20 && self.height >= 5
    }

    fn columns(self, left: u16) -> (Area, Area) {
        let left = left.min(self.width);
        (Area { width: left, ..self }, Area { x: self.x + left, width: self.width - left, ..self })
    }

    fn rows(self, above: u16) -> (Area, Area) {
        let above = above.min(self.height);
        (Area { height: above, ..self }, Area { y: self.y + above, height: self.height - above, ..self })
    }
}

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pane {
    /// The corpus as a tree.
    #[default]
    Corpus,
    /// One article.
    Article,
    /// Two versions side by side.
    Difference,
    /// The variants of a story as a table; it has the screen to itself.
    Variants,
    /// The versions of a story, how alike they are and who took from whom; it has the screen to itself.
    Story,
    /// A rewrite held against its sources; it has the screen to itself.
    Check,
}

impl Pane {
    /// All panes.
    pub const ALL: [Pane; 6] = [Pane::Corpus, Pane::Article, Pane::Difference, Pane::Variants, Pane::Story, Pane::Check];
    /// The panes that can stand beside each other, in the order in which `Tab` visits them.
    pub const LINKED: [Pane; 3] = [Pane::Corpus, Pane::Article, Pane::Difference];

    /// Whether the pane has the screen to itself.
    pub fn is_whole(self) -> bool {
        matches!(self, Pane::Variants | Pane::Story | Pane::Check)
    }
}

/// From this width on all three panes stand beside each other.
const ABREAST: u16 = 190;
/// From this width on all three are in sight, the article above the difference.
const WIDE: u16 = 160;
/// From this width on the corpus and one other pane are in sight; below it, one pane.
const MEDIUM: u16 = 100;

/// Where the reader dragged the borders; shares are thousandths of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Borders {
    /// Columns of the corpus pane; `None` follows the width.
    pub corpus: Option<u16>,
    /// The share of the article pane of the room beside the corpus pane.
    pub article: u16,
}

impl Default for Borders {
    fn default() -> Self {
        Borders { corpus: None, article: 400 }
    }
}

/// A border that can be dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the corpus and the rest.
    Corpus,
    /// Between the article and the difference.
    Article,
}

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The line on top.
    pub title: Area,
    /// The corpus pane; without columns when it is not shown.
    pub corpus: Area,
    /// The article pane.
    pub article: Area,
    /// The difference pane.
    pub difference: Area,
    /// The table of variants.
    pub variants: Area,
    /// The story view.
    pub story: Area,
    /// The check view.
    pub check: Area,
    /// The line at the bottom.
    pub footer: Area,
}

impl Areas {
    /// Lays the panes out for a terminal of `width` × `height` cells.
    pub fn new(width: u16, height: u16, borders: Borders, focus: Pane, zoomed: bool) -> Self {
        let whole = Area { x: 0, y: 0, width, height };
        let (title, rest) = whole.rows(u16::from(height >= 6));
        let (body, footer) = rest.rows(rest.height.saturating_sub(u16::from(height >= 3)));
        let mut areas = Areas { title, footer, ..Areas::default() };
        if zoomed || width < MEDIUM || focus.is_whole() {
            *areas.of_mut(focus) = body;
            return areas;
        }
        let corpus = borders.corpus.unwrap_or(24 + (width - MEDIUM) / 9).clamp(16, width - 60);
        let (corpus, beside) = body.columns(corpus);
        areas.corpus = corpus;
        let share = |room: u16| u16::try_from(u32::from(room) * u32::from(borders.article.clamp(150, 850)) / 1000).unwrap_or(room);
        match width {
            ABREAST.. => (areas.article, areas.difference) = beside.columns(share(beside.width)),
            WIDE.. if body.height >= 20 => (areas.article, areas.difference) = beside.rows(share(beside.height)),
            _ if focus == Pane::Article => areas.article = beside,
            _ => areas.difference = beside,
        }
        areas
    }

    /// The area of a pane.
    pub fn of(&self, pane: Pane) -> Area {
        match pane {
            Pane::Corpus => self.corpus,
            Pane::Article => self.article,
            Pane::Difference => self.difference,
            Pane::Variants => self.variants,
            Pane::Story => self.story,
            Pane::Check => self.check,
        }
    }

    fn of_mut(&mut self, pane: Pane) -> &mut Area {
        match pane {
            Pane::Corpus => &mut self.corpus,
            Pane::Article => &mut self.article,
            Pane::Difference => &mut self.difference,
            Pane::Variants => &mut self.variants,
            Pane::Story => &mut self.story,
            Pane::Check => &mut self.check,
        }
    }

    /// The pane that a cell lies in.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| self.of(*pane).contains(column, row))
    }

    /// The border that a cell lies on: the frames of two neighbours.
    pub fn border_at(&self, column: u16, row: u16) -> Option<Border> {
        let beside = |area: Area| {
            area.width > 0 && area.x > 0 && (area.x == column || area.x == column + 1) && (area.y..area.y + area.height).contains(&row)
        };
        let below = self.article.width > 0
            && self.difference.y > self.article.y
            && self.difference.y == row
            && self.difference.contains(column, row);
        let abreast = self.article.width > 0 && self.difference.x > self.article.x;
        match () {
            () if self.corpus.width > 0
                && self.corpus.x + self.corpus.width == column + 1
                && self.corpus.contains(column, row)
                && column + 1 < self.footer.width =>
            {
                Some(Border::Corpus)
            }
            () if abreast && beside(self.difference) => Some(Border::Article),
            () if self.corpus.width > 0 && (beside(self.article) || (!abreast && beside(self.difference))) => Some(Border::Corpus),
            () if below => Some(Border::Article),
            () => None,
        }
    }

    /// Where the borders are once one of them was dragged to a cell.
    pub fn dragged(&self, border: Border, column: u16, row: u16, mut borders: Borders) -> Borders {
        match border {
            Border::Corpus => borders.corpus = Some((column + 1).max(16)),
            Border::Article => {
                let abreast = self.difference.x > self.article.x;
                let (from, room, at) = if abreast {
                    (self.article.x, self.article.width + self.difference.width, column)
                } else {
                    (self.article.y, self.article.height + self.difference.height, row)
                };
                let share = u32::from(at.saturating_sub(from)) * 1000 / u32::from(room.max(1));
                borders.article = u16::try_from(share).unwrap_or(500).clamp(150, 850);
            }
        }
        borders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_follow_the_width() {
        let shown = |width, height, focus| {
            let areas = Areas::new(width, height, Borders::default(), focus, false);
            Pane::LINKED.map(|pane| areas.of(pane).width > 0)
        };
        assert_eq!(shown(200, 50, Pane::Corpus), [true, true, true]);
        assert_eq!(shown(160, 50, Pane::Corpus), [true, true, true]);
        assert_eq!(shown(120, 36, Pane::Corpus), [true, false, true]);
        assert_eq!(shown(120, 36, Pane::Article), [true, true, false]);
        assert_eq!(shown(80, 24, Pane::Difference), [false, false, true]);
        assert_eq!(shown(1, 1, Pane::Corpus), [true, false, false]);
    }

    #[test]
    fn panes_never_overlap_nor_leave_the_screen() {
        for width in 0..=300 {
            for height in [0, 1, 2, 5, 9, 24, 50] {
                for focus in Pane::ALL {
                    let a = Areas::new(width, height, Borders::default(), focus, false);
                    let cells: u32 = [a.title, a.corpus, a.article, a.difference, a.variants, a.story, a.check, a.footer]
                        .iter()
                        .map(|r| u32::from(r.width) * u32::from(r.height))
                        .sum();
                    assert!(cells <= u32::from(width) * u32::from(height), "{width}×{height}");
                }
            }
        }
    }
}
