//! In about how many articles a feature stands.

/// How many bits of a feature tell the place of its count.
const PLACE: u32 = 24;

/// Counts of articles. Features that share a place are counted as one, which is rare and makes nothing rarer than it is; what is
/// known of millions of features fits in 32 MB, and the order of counting does not matter.
#[derive(Debug, Clone)]
pub(super) struct Frequency {
    counts: Vec<u16>,
    bits: u32,
}

impl Frequency {
    /// Counts of features of so many bits.
    pub(super) fn new(bits: u32) -> Self {
        Frequency { counts: vec![0; 1 << PLACE.min(bits)], bits }
    }

    /// The place of a feature's count.
    pub(super) fn place(&self, feature: u32) -> usize {
        (feature >> self.bits.saturating_sub(PLACE)) as usize
    }

    /// Counts one article more that has a feature.
    pub(super) fn count(&mut self, feature: u32) {
        let place = self.place(feature);
        self.counts[place] = self.counts[place].saturating_add(1);
    }

    /// The places where more than one article was counted, with how many.
    pub(super) fn shared(&self) -> impl Iterator<Item = (usize, u32)> {
        self.counts.iter().enumerate().filter(|(_, count)| **count > 1).map(|(place, count)| (place, u32::from(*count)))
    }

    /// In about how many articles a feature stands.
    pub(super) fn of(&self, feature: u32) -> u32 {
        self.counts[self.place(feature)].into()
    }
}
