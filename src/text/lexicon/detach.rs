//! The base forms that a word may be an inflection of, by its ending alone: the rules of detachment of WordNet's Morphy.

/// Endings and what stands in their place in the base form. The build script reads the same table.
const ENDINGS: &[(&str, &str)] = &[
    ("ies", "y"),
    ("ves", "f"),
    ("ves", "fe"),
    ("ses", "s"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("s", ""),
    ("es", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
];

/// The shortest base form that an ending is taken off for: `ring` is no form of `r`.
const SHORTEST: usize = 3;

/// Calls `found` with each form that the word may be an inflection of, the likeliest first, until it answers `true`.
pub(super) fn bases(word: &str, mut found: impl FnMut(&str) -> bool) -> bool {
    ENDINGS.iter().any(|(ending, instead)| {
        let Some(head) = word.strip_suffix(ending).filter(|head| head.len() + instead.len() >= SHORTEST) else { return false };
        // `stopped` doubles its consonant; `missed` has two of its own, so both are tried.
        let bytes = head.as_bytes();
        let doubled = instead.is_empty() && *ending != "s" && bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        if instead.is_empty() {
            return found(head) || doubled && found(&head[..head.len() - 1]);
        }
        found(&format!("{head}{instead}"))
    })
}
