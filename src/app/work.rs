//! What is done beside the reader, as the title line tells it.

use std::time::Duration;

/// What is done with the corpus beside the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Work {
    /// Nothing.
    #[default]
    Nothing,
    /// What is new or changed is read.
    Reading {
        /// Articles that were read.
        done: usize,
        /// Articles that have to be read.
        all: usize,
        /// About how long it will take, once that can be told.
        left: Option<Duration>,
    },
    /// Stories are found.
    Grouping,
}

impl Work {
    /// What is done, in a few words; empty where it is nothing.
    pub fn told(self) -> String {
        match self {
            Work::Nothing => String::new(),
            Work::Grouping => String::from("finding stories …"),
            Work::Reading { done, all, left: None } => format!("reading {done} of {all}"),
            Work::Reading { done, all, left: Some(left) } => format!("reading {done} of {all}, {}", time_left(left.as_secs())),
        }
    }
}

fn time_left(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{} s left", seconds + 1),
        _ => format!("{} min left", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_told_with_the_time_that_is_left() {
        let reading = |left: Option<u64>| Work::Reading { done: 3, all: 10, left: left.map(Duration::from_secs) };
        for (work, told) in [
            (Work::Nothing, ""),
            (Work::Grouping, "finding stories …"),
            (reading(None), "reading 3 of 10"),
            (reading(Some(0)), "reading 3 of 10, 1 s left"),
            (reading(Some(99)), "reading 3 of 10, 100 s left"),
            (reading(Some(100)), "reading 3 of 10, 2 min left"),
        ] {
            assert_eq!(work.told(), told);
        }
    }
}
