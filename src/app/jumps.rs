//! The jump list: the places that were left by a jump, and the way back and forward through them.

use super::App;
use super::layout::Pane;
use super::spot::Spot;
use super::task::{Request, Task};

/// How many places are kept; the oldest is given up.
const KEPT: usize = 100;

/// Places that were left, in the order in which they were left for the last time.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    places: Vec<Spot<usize>>,
    /// The place that the reader went back to; behind the last one while they are at none.
    at: usize,
    /// Whether the reader is walking from article to article in the corpus, which counts as one jump.
    roams: bool,
}

impl Jumps {
    /// Keeps a place that is left. What lay behind the place that the reader had gone back to is given up.
    pub fn leave(&mut self, here: Spot<usize>) {
        self.places.truncate(self.at);
        self.push(here);
    }

    fn push(&mut self, here: Spot<usize>) {
        self.places.retain(|place| *place != here);
        self.places.push(here);
        if self.places.len() > KEPT {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before the last jump, seen from `here`, which is kept for the way forward.
    pub fn back(&mut self, here: Spot<usize>) -> Option<Spot<usize>> {
        let earlier = self.places[..self.at].iter().rposition(|place| *place != here)?;
        let there = self.places[earlier].clone();
        if self.at == self.places.len() {
            self.push(here);
        }
        self.at = self.places.iter().position(|place| *place == there)?;
        Some(there)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self) -> Option<Spot<usize>> {
        let there = self.places.get(self.at + 1)?;
        self.at += 1;
        Some(there.clone())
    }
}

impl App {
    /// Goes back to the place before the last jump.
    pub(super) fn jump_back(&mut self) -> Vec<Request> {
        let here = self.spot();
        let there = self.jumps.back(here);
        self.jump(there, "no earlier place was left by a jump")
    }

    /// Goes to the place that was gone back from.
    pub(super) fn jump_forward(&mut self) -> Vec<Request> {
        let there = self.jumps.forward();
        self.jump(there, "this is the latest place")
    }

    fn jump(&mut self, there: Option<Spot<usize>>, nowhere: &str) -> Vec<Request> {
        if let Some(there) = there {
            return self.go(&there);
        }
        self.notice = Some(nowhere.to_string());
        Vec::new()
    }

    /// Keeps a place that was left: for another pair or article, for a view, or by something that jumps wherever it goes.
    pub(super) fn note_jump(&mut self, here: Spot<usize>, jumps: bool, scrolls: bool, requests: &[Request]) {
        let there = self.spot();
        let in_corpus = scrolls && [here.pane, there.pane] == [Pane::Corpus; 2];
        let opens_view = there.pane.is_whole() && !here.pane.is_whole();
        let leads_away = leads_away(&here, requests);
        let passed_through = in_corpus && self.jumps.roams;
        if (leads_away && !passed_through) || opens_view || (jumps && there != here) {
            self.jumps.leave(here);
        }
        self.jumps.roams = in_corpus && (leads_away || self.jumps.roams);
    }
}

/// Whether requests ask for another article or pair than is at a place.
fn leads_away(here: &Spot<usize>, requests: &[Request]) -> bool {
    requests.iter().any(|request| match request {
        Request::Work(Task::Open { index, .. }) => here.article != Some(*index),
        Request::Work(Task::Compare { indices, .. }) => here.pair != Some(*indices),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(article: usize) -> Spot<usize> {
        Spot { article: Some(article), ..Spot::default() }
    }

    fn left(articles: impl IntoIterator<Item = usize>) -> Jumps {
        let mut jumps = Jumps::default();
        articles.into_iter().for_each(|article| jumps.leave(spot(article)));
        jumps
    }

    fn told(place: Option<Spot<usize>>) -> Option<usize> {
        place.and_then(|place| place.article)
    }

    #[test]
    fn back_and_forward_go_through_the_places() {
        let mut jumps = left([1, 2]);
        assert_eq!(told(jumps.forward()), None);
        assert_eq!(told(jumps.back(spot(3))), Some(2));
        assert_eq!(told(jumps.back(spot(2))), Some(1));
        assert_eq!(told(jumps.back(spot(1))), None);
        assert_eq!(told(jumps.forward()), Some(2));
        assert_eq!(told(jumps.forward()), Some(3));
        assert_eq!(told(jumps.forward()), None);
    }

    #[test]
    fn a_new_jump_gives_up_the_way_forward() {
        let mut jumps = left([1, 2]);
        jumps.back(spot(3));
        jumps.back(spot(2));
        jumps.leave(spot(1));
        assert_eq!(told(jumps.forward()), None);
        assert_eq!(told(jumps.back(spot(4))), Some(1));
        assert_eq!(told(jumps.back(spot(1))), None);
    }

    #[test]
    fn the_same_place_counts_once_and_is_not_gone_back_to_from_itself() {
        let mut jumps = left([1, 2, 1]);
        assert_eq!(jumps.places, [spot(2), spot(1)]);
        assert_eq!(told(jumps.back(spot(1))), Some(2));
        assert_eq!(told(jumps.back(spot(2))), None);
        assert_eq!(told(left([]).back(spot(1))), None);
        assert_eq!(told(left([1]).back(spot(1))), None);
    }

    #[test]
    fn the_oldest_places_are_given_up() {
        let mut jumps = left(0..KEPT + 10);
        let mut here = KEPT + 10;
        let mut steps = 0;
        while let Some(there) = told(jumps.back(spot(here))) {
            (here, steps) = (there, steps + 1);
        }
        // The place that was gone back from is one of them.
        assert_eq!((steps, here), (KEPT - 1, 11));
    }
}
