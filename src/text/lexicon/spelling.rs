//! Spelling variants of English: VarCon's data (crate `varcon`).

use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The spelling that stands for all spelling variants of a folded word; the word itself when it has none.
pub fn spelling(folded: &str) -> Cow<'_, str> {
    if let Some(&one) = SPELLINGS.get(folded) {
        return Cow::Borrowed(one);
    }
    match folded.strip_suffix("'s").and_then(|owner| SPELLINGS.get(owner)) {
        Some(one) => Cow::Owned(format!("{one}'s")),
        None => Cow::Borrowed(folded),
    }
}

/// VarCon's clusters, every variant under the American headword. Entries that depend on the part of speech or on the meaning
/// (`program` and `programme` of a computer) are taken too: a reader counts them as one word in two spellings.
static SPELLINGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut table = HashMap::with_capacity_and_hasher(32_768, FxBuildHasher);
    let mut taken = HashSet::default();
    for entry in varcon::VARCON.iter().flat_map(|cluster| cluster.entries) {
        let Some(first) = entry.variants.first() else { continue };
        if !taken.insert(first.word) && table.contains_key(first.word) {
            continue;
        }
        for variant in entry.variants {
            if variant.word != first.word && !is_other_word(variant.word) {
                table.entry(variant.word).or_insert(first.word);
            }
        }
    }
    // A headword that is itself a variant elsewhere is followed to its end, so that one table look-up is enough.
    let followed: Vec<_> = table.iter().map(|(&from, &to)| (from, *table.get(to).unwrap_or(&to))).filter(|(from, to)| from != to).collect();
    followed.into_iter().collect()
});

/// Variants that are far more often words of their own.
fn is_other_word(word: &str) -> bool {
    matches!(
        word,
        "for" | "to" | "an" | "a" | "were" | "story" | "storey" | "tire" | "curb" | "check" | "sole" | "metre" | "meter" | "draft" | "die"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_are_one_word() {
        for (a, b) in [
            ("criticise", "criticize"),
            ("colour", "color"),
            ("programme", "program"),
            ("defence", "defense"),
            ("travelled", "traveled"),
            ("organisation's", "organization's"),
        ] {
            assert_eq!(spelling(a), spelling(b), "{a} {b}");
        }
        assert_ne!(spelling("storey"), spelling("story"));
        assert_eq!(spelling("pact"), "pact");
    }
}
