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
#[allow(dead_code, reason = "each benchmark uses what it needs")]
pub(crate) fn pair(bytes: usize) -> (String, String) {
    let words = words();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let left = sentences(bytes, &words, &mut dice);
    let right = reworded(&left, &words, &mut dice);
    (printed(&left), printed(&right))
}

/// Versions of one text of about `bytes` bytes, each reworded from one of those before it.
#[allow(dead_code, reason = "each benchmark uses what it needs")]
pub(crate) fn versions(count: usize, bytes: usize) -> Vec<String> {
    let words = words();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut versions = vec![sentences(bytes, &words, &mut dice)];
    while versions.len() < count {
        let from = dice.below(versions.len());
        versions.push(reworded(&versions[from], &words, &mut dice));
    }
    versions.iter().map(|version| printed(version)).collect()
}

fn sentences<'a>(bytes: usize, words: &'a [String], dice: &mut Dice) -> Vec<Vec<&'a str>> {
    let (mut sentences, mut size) = (Vec::new(), 0);
    while size < bytes {
        let sentence: Vec<&str> = (0..12 + dice.below(16)).map(|_| pick(words, dice)).collect();
        size += sentence.iter().map(|w| w.len() + 1).sum::<usize>() + 1;
        sentences.push(sentence);
    }
    sentences
}

/// A tenth of the words changed, a twentieth of the sentences left out, some moved.
fn reworded<'a>(text: &[Vec<&'a str>], words: &'a [String], dice: &mut Dice) -> Vec<Vec<&'a str>> {
    let mut other: Vec<Vec<&str>> =
        text.iter().map(|s| s.iter().map(|w| if dice.below(10) == 0 { pick(words, dice) } else { w }).collect()).collect();
    other.retain(|_| dice.below(20) > 0);
    for _ in 0..other.len() / 50 {
        let (from, to) = (dice.below(other.len()), dice.below(other.len()));
        let sentence = other.remove(from);
        other.insert(to, sentence);
    }
    other
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
