//! Made texts: sentences over the words of the demo corpus, and a second version with words changed and sentences moved.

use variorum::corpus::{demo, open};

/// A small generator of numbers (Marsaglia 2003, xorshift), so that every run makes the same texts.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap_or(0)
    }
}

/// Two versions of a text of about `bytes` bytes each.
pub(crate) fn pair(bytes: usize) -> (String, String) {
    let words = words();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut left: Vec<Vec<&str>> = Vec::new();
    let mut size = 0;
    while size < bytes {
        let sentence: Vec<&str> = (0..12 + dice.below(16)).map(|_| pick(&words, &mut dice)).collect();
        size += sentence.iter().map(|w| w.len() + 1).sum::<usize>() + 1;
        left.push(sentence);
    }
    let mut right: Vec<Vec<&str>> =
        left.iter().map(|s| s.iter().map(|w| if dice.below(10) == 0 { pick(&words, &mut dice) } else { w }).collect()).collect();
    right.retain(|_| dice.below(20) > 0);
    for _ in 0..right.len() / 50 {
        let (from, to) = (dice.below(right.len()), dice.below(right.len()));
        let sentence = right.remove(from);
        right.insert(to, sentence);
    }
    (printed(&left), printed(&right))
}

/// Every word of the demo corpus as often as it stands there.
fn words() -> Vec<String> {
    let articles = demo::entries().into_iter().filter_map(|entry| open(&entry).ok());
    articles
        .flat_map(|a| a.text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_string()).collect::<Vec<_>>())
        .filter(|w| !w.is_empty())
        .collect()
}

/// A word as likely as it is frequent in the demo corpus.
fn pick<'a>(words: &'a [String], dice: &mut Dice) -> &'a str {
    &words[dice.below(words.len())]
}

fn printed(sentences: &[Vec<&str>]) -> String {
    sentences
        .chunks(3)
        .map(|paragraph| paragraph.iter().map(|s| format!("The {}.", s.join(" "))).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}
