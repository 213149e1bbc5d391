//! What versions and unseen ancestors are called: Latin capitals for what is at hand, small Greek letters for what is not.

/// The letter of a version: A to Z, then AA, AB and so on.
pub fn letter(version: usize) -> String {
    numeral(version, &LATIN)
}

/// The letter of an unseen ancestor, as stemmatics gives it: α to ω, then αα, αβ and so on.
pub fn greek(unseen: usize) -> String {
    numeral(unseen, &GREEK)
}

const LATIN: [char; 26] =
    ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];

/// Without the sigma that ends words: it is no letter of its own.
const GREEK: [char; 24] =
    ['α', 'β', 'γ', 'δ', 'ε', 'ζ', 'η', 'θ', 'ι', 'κ', 'λ', 'μ', 'ν', 'ξ', 'ο', 'π', 'ρ', 'σ', 'τ', 'υ', 'φ', 'χ', 'ψ', 'ω'];

fn numeral(number: usize, letters: &[char]) -> String {
    let last = letters[number % letters.len()];
    if number < letters.len() { last.to_string() } else { format!("{}{last}", numeral(number / letters.len() - 1, letters)) }
}

#[cfg(test)]
mod tests {
    use super::{greek, letter};

    #[test]
    fn letters_go_on_behind_z() {
        assert_eq!([0, 25, 26, 27, 52, 701, 702].map(letter), ["A", "Z", "AA", "AB", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn greek_letters_go_on_behind_omega() {
        assert_eq!([0, 1, 17, 23, 24, 25, 48].map(greek), ["α", "β", "σ", "ω", "αα", "αβ", "βα"]);
    }
}
