//! Figures and dates against each other: which say the same, which cannot both be true.

use super::edit::{Gap, Judged, Kind, told};
use super::term::{Class, Pair, Run, Term};
use crate::text::quantity;

/// How much a figure must resemble another to be set against it where nothing else is compared.
const ANY_FIGURE: f32 = 0.35;

/// Figures and dates of the gap that contradict those of the other side.
pub(super) fn judged(pair: Pair, gap: &Gap) -> Option<Judged> {
    let (left, right) = gap.runs(pair);
    let days = [left.side.text.date, right.side.text.date];
    for (class, kind, reason) in [(Class::Date, Kind::Date, "other dates"), (Class::Figure, Kind::Number, "other figures")] {
        let of = |run: Run<'_>| run.terms.iter().filter(|t| t.class == class).cloned().collect::<Vec<Term>>();
        let (l, r) = (of(left), of(right));
        if l.is_empty() || r.is_empty() {
            continue;
        }
        // What agrees with something on the other side is out; of the rest, one on each side must contradict the other.
        let lost: Vec<&Term> = l.iter().filter(|a| !r.iter().any(|b| agrees_in_value(a, b, days))).collect();
        let won: Vec<&Term> = r.iter().filter(|b| !l.iter().any(|a| agrees_in_value(a, b, days))).collect();
        let resembles = |a: &Term, b: &Term| a.value.zip(b.value).is_none_or(|(a, b)| a.resembles(&b) >= ANY_FIGURE);
        let any = pair.is_all() && class == Class::Figure && lost.iter().any(|a| won.iter().any(|b| resembles(a, b)));
        if !any && !lost.iter().any(|a| won.iter().any(|b| contradicts(a, b, days))) {
            continue;
        }
        let elsewhere = l.iter().all(|a| pair.right.terms.iter().any(|b| same_value(a, b, days)))
            && r.iter().all(|b| pair.left.terms.iter().any(|a| same_value(a, b, days)));
        return Some(if elsewhere { told(Kind::Order, "the same values in another order") } else { told(kind, reason) });
    }
    None
}

/// Whether two values are the same, one of them perhaps told less exactly.
fn agrees_in_value(left: &Term, right: &Term, days: [Option<jiff::civil::Date>; 2]) -> bool {
    let (Some(a), Some(b)) = (&left.value, &right.value) else { return left.word == right.word };
    match a.relation(b, days) {
        quantity::Relation::Bounded => !a.is_limit() && !b.is_limit(),
        relation => relation != quantity::Relation::Differs,
    }
}

/// Whether two values cannot both be true of one thing: not where one is the other told less exactly, nor where a day that
/// only the date of the article could tell stands against another.
pub(super) fn contradicts(left: &Term, right: &Term, days: [Option<jiff::civil::Date>; 2]) -> bool {
    let (Some(a), Some(b)) = (&left.value, &right.value) else { return left.word != right.word };
    let counted =
        |value: &quantity::Value, day: Option<jiff::civil::Date>| value.is_relative() && !value.is_mere_weekday() && day.is_none();
    let untold = counted(a, days[0]) || counted(b, days[1]);
    if !a.is_comparable(b) {
        return false;
    }
    match a.relation(b, days) {
        quantity::Relation::Same | quantity::Relation::Resolved | quantity::Relation::Rounded => false,
        quantity::Relation::Bounded => (a.is_limit() || b.is_limit()) && !a.limits_alike(b),
        quantity::Relation::Differs => {
            // A weekday alone and a date may be one day, as long as no article says of which week it is.
            let unplaced = a.is_mere_weekday() != b.is_mere_weekday() && days == [None, None];
            !untold && !unplaced
        }
    }
}

/// Whether two terms have one value, or are one word where they have none.
pub(super) fn same_value(left: &Term, right: &Term, days: [Option<jiff::civil::Date>; 2]) -> bool {
    use quantity::Relation::{Resolved, Same};
    match (&left.value, &right.value) {
        (Some(a), Some(b)) => matches!(a.relation(b, days), Same | Resolved),
        _ => left.word == right.word,
    }
}
