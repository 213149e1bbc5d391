//! The words of figures and dates: one table each for numerals, measures, currencies, bounds and times.

use super::value::{Bound, M, Measure, TimeUnit};
use crate::text::lexicon::{MONTHS, WEEKDAYS};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

// --- Numerals -------------------------------------------------------------------------------------------------------

/// Numerals below twenty: of things, and of places in an order.
const SMALL: [(&str, &str); 20] = [
    ("zero", "zeroth"),
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];

/// The tens from twenty up.
const TENS: [(&str, &str); 8] = [
    ("twenty", "twentieth"),
    ("thirty", "thirtieth"),
    ("forty", "fortieth"),
    ("fifty", "fiftieth"),
    ("sixty", "sixtieth"),
    ("seventy", "seventieth"),
    ("eighty", "eightieth"),
    ("ninety", "ninetieth"),
];

/// Words that multiply the number before them, and their plurals, which without a number tell a vague lot.
const SCALES: &[(f64, &str, &str)] = &[
    (12.0, "dozen", "dozens"),
    (20.0, "score", "scores"),
    (1e2, "hundred", "hundreds"),
    (1e3, "thousand", "thousands"),
    (1e6, "million", "millions"),
    (1e9, "billion", "billions"),
    (1e12, "trillion", "trillions"),
    (1e6, "mln", ""),
    (1e6, "mn", ""),
    (1e9, "bln", ""),
    (1e9, "bn", ""),
    (1e12, "tn", ""),
    (1e12, "trn", ""),
    (1e5, "lakh", "lakhs"),
    (1e7, "crore", "crores"),
];

/// Parts of a whole in words: singular, plural, how many make the whole. Behind a figure, as in `two-thirds`.
const PARTS: &[(&str, &str, f64)] = &[
    ("half", "halves", 2.0),
    ("third", "thirds", 3.0),
    ("quarter", "quarters", 4.0),
    ("fourth", "fourths", 4.0),
    ("fifth", "fifths", 5.0),
    ("sixth", "sixths", 6.0),
    ("eighth", "eighths", 8.0),
    ("tenth", "tenths", 10.0),
];

/// Words that say how many times as much.
const MULTIPLES: &[(&str, f64)] = &[
    ("twice", 2.0),
    ("thrice", 3.0),
    ("double", 2.0),
    ("triple", 3.0),
    ("quadruple", 4.0),
    ("twofold", 2.0),
    ("threefold", 3.0),
    ("fourfold", 4.0),
    ("fivefold", 5.0),
    ("sixfold", 6.0),
    ("sevenfold", 7.0),
    ("eightfold", 8.0),
    ("ninefold", 9.0),
    ("tenfold", 10.0),
];

/// Fractions that are one sign.
const SIGNS_OF_PARTS: &[(char, f64)] = &[
    ('½', 0.5),
    ('⅓', 1.0 / 3.0),
    ('⅔', 2.0 / 3.0),
    ('¼', 0.25),
    ('¾', 0.75),
    ('⅕', 0.2),
    ('⅖', 0.4),
    ('⅗', 0.6),
    ('⅘', 0.8),
    ('⅙', 1.0 / 6.0),
    ('⅛', 0.125),
    ('⅜', 0.375),
    ('⅝', 0.625),
    ('⅞', 0.875),
];

/// A word of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Numeral {
    /// `seven`, `seventy`.
    Cardinal(f64),
    /// `seventh`, `seventieth`.
    Ordinal(f64),
    /// `dozen`, `million`: multiplies what stands before it.
    Scale(f64),
    /// `dozens`, `millions`.
    Lots(f64),
}

static NUMERALS: LazyLock<FxHashMap<&str, Numeral>> = LazyLock::new(|| {
    let small = SMALL.iter().zip(0_u8..).map(|(words, value)| (*words, f64::from(value)));
    let tens = TENS.iter().zip(2_u8..).map(|(words, value)| (*words, f64::from(value) * 10.0));
    let counted = small.chain(tens).flat_map(|((thing, place), v)| [(thing, Numeral::Cardinal(v)), (place, Numeral::Ordinal(v))]);
    let scales = SCALES.iter().flat_map(|&(value, one, many)| [(one, Numeral::Scale(value)), (many, Numeral::Lots(value))]);
    counted.chain(scales).filter(|(word, _)| !word.is_empty()).collect()
});

/// What a small word is in a number.
pub(super) fn numeral(word: &str) -> Option<Numeral> {
    NUMERALS.get(word).copied()
}

/// How many parts make the whole, and whether the word is a plural.
pub(super) fn part(word: &str) -> Option<(f64, bool)> {
    PARTS.iter().find(|(one, many, _)| *one == word || *many == word).map(|&(_, many, parts)| (parts, many == word))
}

/// How many times as much.
pub(super) fn multiple(word: &str) -> Option<f64> {
    MULTIPLES.iter().find(|(name, _)| *name == word).map(|(_, times)| *times)
}

/// The value of a fraction that is one sign.
pub(super) fn sign_of_part(sign: char) -> Option<f64> {
    SIGNS_OF_PARTS.iter().find(|(c, _)| *c == sign).map(|(_, value)| *value)
}

// --- Measures -------------------------------------------------------------------------------------------------------

/// What stands behind a number and says what it counts, with the factor that turns it into the measure. Ways of saying it are
/// divided by bars; between the words of one a hyphen may stand instead of a space.
const MEASURES: &[(Measure, f64, &str)] = &[
    (Measure::Percent, 1.0, "%|percent|per cent|pct|pc"),
    (Measure::Points, 1.0, "percentage point|percentage points|percent point|percent points|pct point|pct points"),
    (Measure::Points, 0.01, "basis point|basis points|bp|bps"),
    (Measure::Times, 1.0, "times|fold"),
    // Money.
    (Measure::Money("$"), 1.0, "dollar|dollars|us dollar|us dollars|american dollars|usd|buck|bucks"),
    (Measure::Money("$"), 0.01, "cent|cents|¢|us cent|us cents"),
    (Measure::Money("CAD"), 1.0, "canadian dollar|canadian dollars|cad"),
    (Measure::Money("AUD"), 1.0, "australian dollar|australian dollars|aud"),
    (Measure::Money("NZD"), 1.0, "new zealand dollar|new zealand dollars|nzd"),
    (Measure::Money("HKD"), 1.0, "hong kong dollar|hong kong dollars|hkd"),
    (Measure::Money("SGD"), 1.0, "singapore dollar|singapore dollars|sgd"),
    (Measure::Money("TWD"), 1.0, "taiwan dollar|taiwan dollars|twd"),
    (Measure::Money("GBP"), 1.0, "pound|pounds|pound sterling|pounds sterling|british pounds|gbp|quid|stg"),
    (Measure::Money("GBP"), 0.01, "pence|p"),
    (Measure::Money("EUR"), 1.0, "euro|euros|eur"),
    (Measure::Money("JPY"), 1.0, "yen|japanese yen|jpy"),
    (Measure::Money("CNY"), 1.0, "yuan|renminbi|cny|rmb|chinese yuan"),
    (Measure::Money("RUB"), 1.0, "rouble|roubles|ruble|rubles|rub"),
    (Measure::Money("CHF"), 1.0, "swiss franc|swiss francs|chf"),
    (Measure::Money("FRF"), 1.0, "french franc|french francs"),
    (Measure::Money("BEF"), 1.0, "belgian franc|belgian francs"),
    (Measure::Money("franc"), 1.0, "franc|francs"),
    (Measure::Money("DEM"), 1.0, "marks|german mark|german marks|deutschmark|deutschmarks|deutsche mark|deutsche marks|dem"),
    (Measure::Money("ITL"), 1.0, "lire|italian lire"),
    (Measure::Money("TRY"), 1.0, "lira|liras|turkish lira|turkish liras"),
    (Measure::Money("peseta"), 1.0, "peseta|pesetas"),
    (Measure::Money("INR"), 1.0, "indian rupee|indian rupees|inr"),
    (Measure::Money("PKR"), 1.0, "pakistani rupee|pakistani rupees|pkr"),
    (Measure::Money("rupee"), 1.0, "rupee|rupees"),
    (Measure::Money("MXN"), 1.0, "mexican peso|mexican pesos"),
    (Measure::Money("peso"), 1.0, "peso|pesos"),
    (Measure::Money("KRW"), 1.0, "won|korean won|south korean won|krw"),
    (Measure::Money("BRL"), 1.0, "reais|brazilian real|brazilian reais|brl"),
    (Measure::Money("ZAR"), 1.0, "rand|south african rand|zar"),
    (Measure::Money("UAH"), 1.0, "hryvnia|hryvnias"),
    (Measure::Money("PLN"), 1.0, "zloty|zlotys"),
    (Measure::Money("CZK"), 1.0, "koruna|korunas|czech crown|czech crowns|czech koruna|czech korunas"),
    (Measure::Money("SEK"), 1.0, "kronor|swedish crown|swedish crowns|swedish kronor"),
    (Measure::Money("krone"), 1.0, "krone|kroner"),
    (Measure::Money("crown"), 1.0, "crown|crowns"),
    (Measure::Money("HUF"), 1.0, "forint|forints"),
    (Measure::Money("ILS"), 1.0, "shekel|shekels"),
    (Measure::Money("riyal"), 1.0, "riyal|riyals"),
    (Measure::Money("AED"), 1.0, "dirham|dirhams"),
    (Measure::Money("dinar"), 1.0, "dinar|dinars"),
    (Measure::Money("MYR"), 1.0, "ringgit"),
    (Measure::Money("THB"), 1.0, "baht"),
    (Measure::Money("IDR"), 1.0, "rupiah"),
    (Measure::Money("NGN"), 1.0, "naira"),
    (Measure::Money("XEU"), 1.0, "ecu|ecus"),
    // Time.
    (Measure::Duration(TimeUnit::Second), 1.0, "second|seconds|sec|secs"),
    (Measure::Duration(TimeUnit::Minute), 1.0, "minute|minutes|min|mins"),
    (Measure::Duration(TimeUnit::Hour), 1.0, "hour|hours|hr|hrs"),
    (Measure::Duration(TimeUnit::Day), 1.0, "day|days"),
    (Measure::Duration(TimeUnit::Week), 1.0, "week|weeks|wk|wks"),
    (Measure::Duration(TimeUnit::Weekend), 1.0, "weekend|weekends"),
    (Measure::Duration(TimeUnit::Month), 1.0, "month|months"),
    (Measure::Duration(TimeUnit::Year), 1.0, "year|years|yr|yrs"),
    (Measure::Duration(TimeUnit::Decade), 1.0, "decade|decades"),
    (Measure::Duration(TimeUnit::Century), 1.0, "century|centuries"),
    // Length, area, volume, weight, speed, power.
    (Measure::Unit("millimeter"), 1.0, "mm|millimeter|millimeters|millimetre|millimetres"),
    (Measure::Unit("centimeter"), 1.0, "cm|cms|centimeter|centimeters|centimetre|centimetres"),
    (Measure::Unit("meter"), 1.0, "meter|meters|metre|metres"),
    (M, 1.0, "m"),
    (Measure::Unit("kilometer"), 1.0, "km|kms|kilometer|kilometers|kilometre|kilometres"),
    (Measure::Unit("inch"), 1.0, "inch|inches"),
    (Measure::Unit("foot"), 1.0, "foot|feet|ft"),
    (Measure::Unit("yard"), 1.0, "yard|yards"),
    (Measure::Unit("mile"), 1.0, "mile|miles"),
    (Measure::Unit("nautical mile"), 1.0, "nautical mile|nautical miles"),
    (Measure::Unit("square meter"), 1.0, "square meter|square meters|square metre|square metres|sq m|sqm"),
    (Measure::Unit("square kilometer"), 1.0, "square kilometer|square kilometers|square kilometre|square kilometres|square km|sq km"),
    (Measure::Unit("square foot"), 1.0, "square foot|square feet|sq ft"),
    (Measure::Unit("square mile"), 1.0, "square mile|square miles|sq miles"),
    (Measure::Unit("cubic meter"), 1.0, "cubic meter|cubic meters|cubic metre|cubic metres"),
    (Measure::Unit("cubic foot"), 1.0, "cubic foot|cubic feet"),
    (Measure::Unit("acre"), 1.0, "acre|acres"),
    (Measure::Unit("hectare"), 1.0, "hectare|hectares|ha"),
    (Measure::Unit("liter"), 1.0, "liter|liters|litre|litres"),
    (Measure::Unit("gallon"), 1.0, "gallon|gallons"),
    (Measure::Unit("pint"), 1.0, "pint|pints"),
    (Measure::Unit("barrel"), 1.0, "barrel|barrels|bbl|bbls"),
    (
        Measure::Unit("barrel a day"),
        1.0,
        "bpd|barrel per day|barrels per day|barrel a day|barrels a day|barrels daily|barrel per - day|b / d",
    ),
    (Measure::Unit("bushel"), 1.0, "bushel|bushels"),
    (Measure::Unit("milligram"), 1.0, "mg|milligram|milligrams"),
    (Measure::Unit("gram"), 1.0, "gram|grams|gramme|grammes"),
    (Measure::Unit("kilogram"), 1.0, "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes"),
    (Measure::Unit("pound of weight"), 1.0, "lb|lbs"),
    (Measure::Unit("ounce"), 1.0, "ounce|ounces|oz"),
    (Measure::Unit("ton"), 1.0, "ton|tons"),
    (Measure::Unit("metric ton"), 1.0, "tonne|tonnes|metric ton|metric tons"),
    (Measure::Unit("carat"), 1.0, "carat|carats"),
    (Measure::Unit("mile an hour"), 1.0, "mph|mile per hour|miles per hour|mile an hour|miles an hour"),
    (
        Measure::Unit("kilometer an hour"),
        1.0,
        "kph|kmh|km / h|km per hour|kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour|km an hour",
    ),
    (Measure::Unit("knot"), 1.0, "knot|knots"),
    (Measure::Unit("watt"), 1.0, "watt|watts"),
    (Measure::Unit("kilowatt"), 1.0, "kw|kilowatt|kilowatts"),
    (Measure::Unit("megawatt"), 1.0, "mw|megawatt|megawatts"),
    (Measure::Unit("gigawatt"), 1.0, "gw|gigawatt|gigawatts"),
    (Measure::Unit("kilowatt hour"), 1.0, "kwh|kilowatt hour|kilowatt hours"),
    (Measure::Unit("megabyte"), 1.0, "mb|megabyte|megabytes"),
    (Measure::Unit("gigabyte"), 1.0, "gb|gigabyte|gigabytes"),
    (Measure::Unit("megahertz"), 1.0, "mhz|megahertz"),
    (Measure::Unit("degree"), 1.0, "degree|degrees|°"),
    (Measure::Unit("degree Celsius"), 1.0, "degree celsius|degrees celsius|celsius|degrees c|° c|degrees centigrade"),
    (Measure::Unit("degree Fahrenheit"), 1.0, "degree fahrenheit|degrees fahrenheit|fahrenheit|degrees f|° f"),
];

/// Signs and letters of currencies that stand before a figure.
const CURRENCY_SIGNS: &[(&str, &str)] = &[
    ("$", "$|us $|usd"),
    ("CAD", "c $|ca $|can $|cad"),
    ("AUD", "a $|au $|aus $|aud"),
    ("NZD", "nz $|nzd"),
    ("HKD", "hk $|hkd"),
    ("SGD", "s $|sgd"),
    ("TWD", "nt $|twd"),
    ("BRL", "r $|brl"),
    ("GBP", "£|gbp|stg"),
    ("EUR", "€|eur"),
    ("JPY", "¥|jpy"),
    ("CNY", "rmb|cny"),
    ("CHF", "chf|sfr"),
    ("rupee", "rs|rs .|₨"),
    ("INR", "₹|inr"),
    ("KRW", "₩|krw"),
    ("RUB", "₽|rub"),
    ("ILS", "₪"),
    ("UAH", "₴"),
    ("THB", "฿"),
    ("TRY", "₺"),
    ("NGN", "₦"),
    ("peso", "₱"),
    ("DEM", "dm"),
    ("crown", "cr|kr"),
];

// --- Bounds ---------------------------------------------------------------------------------------------------------

/// How surely a phrase before a figure is its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is one before any figure.
    Always,
    /// It is as often a preposition (`over`): not before spans of time, nor before small plain numbers.
    Loose,
    /// It is one before figures from ten up (`some`).
    Large,
    /// It is none behind a verb of speaking or thinking (`talk about 40 ships`).
    Unspoken,
}

/// The bounds and approximations that stand before a figure.
const BOUNDS: &[(Bound, Trust, &str)] = &[
    (Bound::About, Trust::Unspoken, "about"),
    (
        Bound::About,
        Trust::Always,
        "around|roughly|approximately|approx|circa|an estimated|estimated|in the region of|in the neighborhood of|more or less|somewhere around",
    ),
    (Bound::About, Trust::Large, "some"),
    (Bound::Nearly, Trust::Always, "nearly|almost|just under|close to|just below|just short of|slightly less than|slightly under"),
    (Bound::Under, Trust::Always, "less than|fewer than|well under|well below"),
    (Bound::Under, Trust::Loose, "under|below"),
    (Bound::AtMost, Trust::Always, "up to|at most|at the most|no more than|not more than|as many as|as much as|a maximum of"),
    (Bound::Over, Trust::Always, "more than|exceeding|in excess of|upwards of|upward of|well over|well above"),
    (Bound::Over, Trust::Loose, "over|above"),
    (
        Bound::JustOver,
        Trust::Always,
        "just over|just above|just more than|slightly more than|slightly over|a little over|a little more than|little more than",
    ),
    (Bound::AtLeast, Trust::Always, "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|at a minimum"),
];

/// The bounds that stand behind a figure.
const LATER_BOUNDS: &[(Bound, &str)] = &[
    (Bound::AtLeast, "or more|or higher|or greater|or above|plus|+"),
    (Bound::AtMost, "or less|or fewer|or under|or below|or lower"),
    (Bound::About, "or so|or thereabouts|odd"),
];

/// Verbs behind which `about` names a subject.
const SPEAKING: &str = "talk talks talked talking ask asks asked asking worry worried worries worrying concern concerned concerns think \
    thought thinking know knew knows known hear heard hears question questions say says said complain complained complains information \
    report reports story stories book books speak spoke speaks speaking write wrote written tell told learn learned news film concerned \
    doubts doubt arguing argued argue what how something anything nothing";

/// Verbs and adverbs of change: behind them `5 to 7` names a step and what it led to.
const CHANGES: &str = "rise rises rose risen rising fall falls fell fallen falling climb climbs climbed climbing drop drops dropped dropping \
    gain gains gained gaining lose loses lost losing grow grows grew grown growing jump jumps jumped jumping slip slips slipped slipping \
    slide slides slid sliding sink sank sunk plunge plunged plunges surge surged surges soar soared soars tumble tumbled advance advanced \
    advances ease eased eases easing edge edged edges edging inch inched increase increased increases increasing decrease decreased \
    decreases decline declined declines declining cut cuts cutting raise raised raises raising lower lowered lowering lift lifted lifts \
    reduce reduced reduces reducing shrink shrank shrunk narrow narrowed narrows widen widened widens slow slowed slows up down higher off \
    added adding firmed shed rebounded recovered improved improve changed change revised revise trimmed trim doubled expand expanded move moved \
    moves postponed delayed shifted rescheduled brought pushed went gone going go come came extend extended swell swelled swollen boost boosted";

/// Words beside which two small figures are a result.
const CONTESTS: &str = "won win wins winning beat beats beaten lost loss lose loses vote votes voted voting victory defeat defeats defeated draw \
    drew tie tied lead led leading leads score scored final split ruling ruled set sets win margin majority decision record passed approved \
    rejected trailed trailing trail down up ahead game match winner thrashed edged by";

/// All that `from` must stand behind a change to be no range; the words that say that it is one.
const RANGING: &str = "ranging range ranges ranged vary varies varied varying anywhere estimates";

// --- Time -----------------------------------------------------------------------------------------------------------

/// Zones behind a time of day, with the minutes by which their clocks are ahead of Greenwich.
const ZONES: &[(&str, i16)] = &[
    ("gmt", 0),
    ("utc", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("jst", 540),
    ("hkt", 480),
    ("aest", 600),
    ("aedt", 660),
];

/// The minutes by which the clocks of a zone are ahead of Greenwich.
pub(super) fn zone(word: &str) -> Option<i16> {
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, ahead)| *ahead)
}

/// Words before four digits, or before the name of a month, that make a date of them.
const BEFORE_DATES: &str = "in since until till by of from during before after early late mid spring summer autumn winter fall fiscal through last next this between year \
    season class circa and to end beginning middle ending ended every each past";

/// Names of months that are as often other words; they need a word for dates before them.
const DOUBTFUL_MONTHS: &str = "march april may june august";

// --- The vocabulary -------------------------------------------------------------------------------------------------

/// Words of grammar that the readers of figures and dates ask for, and signs.
const GRAMMAR: &str = "point member person seat vote goal game run page child room bedroom shot party state \
    $ % + , . : / # ' - afternoon ago all am another any because best biggest but consecutive could deep digit \
    digits earlier evening figures for generation her high highest his its k largest later long longest lowest men might morning \
    must my nd night o'clock old oldest olds on other our people place placed pm rd round seed seeded should smallest st straight \
    such t tall tallest term th that their these thing those time when which while who wide will with women worst would your";

/// Words and signs that figures and dates begin with, beside numerals, months, weekdays, bounds and currencies.
const BEGINNINGS: &str = "a an aged age ages between from early mid late last this next few several no nos number # minus noon midnight midday tens \
    yesterday today tomorrow tonight day week month year decade century ' - – − .";

/// Every word that a figure or a date can be made of, and whether one can begin with it: the words between are frequent, and
/// not worth a try.
static VOCABULARY: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    let months = ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
    let weekdays = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];
    let lists = [GRAMMAR, SPEAKING, CHANGES, CONTESTS, RANGING, BEFORE_DATES, DOUBTFUL_MONTHS];
    let opening = || BOUNDS.iter().map(|b| b.2).chain(CURRENCY_SIGNS.iter().map(|c| c.1));
    let phrases = MEASURES.iter().map(|m| m.2).chain(LATER_BOUNDS.iter().map(|b| b.1)).chain(opening());
    let inner = lists.into_iter().flat_map(str::split_whitespace).chain(phrases.flat_map(|p| p.split(['|', ' '])));
    let numerals = NUMERALS.keys().copied().chain(PARTS.iter().flat_map(|p| [p.0, p.1])).chain(MULTIPLES.iter().map(|m| m.0));
    let dates = MONTHS.into_iter().chain(WEEKDAYS).chain(months).chain(weekdays);
    let first = opening().flat_map(|p| p.split('|')).filter_map(|way| way.split(' ').next());
    let beginning = BEGINNINGS.split_whitespace().chain(numerals).chain(dates).chain(first);
    let mut words: FxHashMap<&str, bool> = inner.chain(ZONES.iter().map(|z| z.0)).map(|word| (word, false)).collect();
    words.extend(beginning.map(|word| (word, true)));
    words
});

/// The longest word of the vocabulary has fewer bytes.
const LONGEST: usize = 24;

/// A word as the vocabulary has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Known {
    /// Small letters, straight apostrophes, no full stops; empty where the vocabulary does not have it.
    pub(super) word: &'static str,
    /// Whether a figure or a date can begin with it.
    pub(super) opens: bool,
    /// Whether it has a possessive ending that is left out here: `Monday's`.
    pub(super) owner: bool,
}

/// Looks a word or a sign up.
pub(super) fn known(raw: &str) -> Known {
    let mut buffer = [0_u8; LONGEST];
    let folded = folded(raw, &mut buffer).unwrap_or(raw);
    let find = |word: &str, owner: bool| VOCABULARY.get_key_value(word).map(|(&word, &opens)| Known { word, opens, owner });
    find(folded, false).or_else(|| find(folded.strip_suffix("'s")?, true)).unwrap_or_default()
}

/// ASCII text in small letters without full stops, written into the buffer; `None` where that is not possible.
fn folded<'b>(raw: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for c in raw.chars() {
        let c = if matches!(c, '’' | '‘') { '\'' } else { c };
        if c == '.' && raw.len() > 1 {
            continue;
        }
        if !c.is_ascii() {
            return None;
        }
        *buffer.get_mut(length)? = u8::try_from(c.to_ascii_lowercase()).ok()?;
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Whether the vocabulary has a word; the readers assert it of every word that they ask for.
pub(super) fn is_known(word: &str) -> bool {
    VOCABULARY.contains_key(word)
}

/// A closed list of words.
pub(super) struct WordList(LazyLock<FxHashSet<&'static str>>);

impl WordList {
    /// Whether a word is in the list.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Verbs of speaking and thinking.
pub(super) static SPEAKING_WORDS: WordList = WordList(LazyLock::new(|| SPEAKING.split_whitespace().collect()));
/// Verbs and adverbs of change.
pub(super) static CHANGE_WORDS: WordList = WordList(LazyLock::new(|| CHANGES.split_whitespace().collect()));
/// Words of games and votes.
pub(super) static CONTEST_WORDS: WordList = WordList(LazyLock::new(|| CONTESTS.split_whitespace().collect()));
/// Words that say that what follows is a range.
pub(super) static RANGING_WORDS: WordList = WordList(LazyLock::new(|| RANGING.split_whitespace().collect()));
/// Words before years and months.
pub(super) static BEFORE_DATE_WORDS: WordList = WordList(LazyLock::new(|| BEFORE_DATES.split_whitespace().collect()));
/// Months that are as often other words.
pub(super) static DOUBTFUL_MONTH_WORDS: WordList = WordList(LazyLock::new(|| DOUBTFUL_MONTHS.split_whitespace().collect()));

/// Phrases by their first word, the longest first, each with what it means.
pub(super) struct Phrases<T: 'static>(LazyLock<FxHashMap<&'static str, Vec<Phrase<T>>>>);

/// The words of a phrase and its meaning.
pub(super) struct Phrase<T> {
    /// Its words in order.
    pub(super) words: Vec<&'static str>,
    /// What it means.
    pub(super) meaning: T,
}

impl<T> Phrases<T> {
    /// The phrases that begin with a word, the longest first.
    pub(super) fn beginning(&self, word: &str) -> &[Phrase<T>] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

fn by_first_word<T: Copy>(table: impl Iterator<Item = (T, &'static str)>) -> FxHashMap<&'static str, Vec<Phrase<T>>> {
    let mut phrases: FxHashMap<&str, Vec<Phrase<T>>> = FxHashMap::default();
    for (meaning, ways) in table {
        for way in ways.split('|') {
            let words: Vec<&str> = way.split(' ').filter(|w| *w != "-").collect();
            phrases.entry(words[0]).or_default().push(Phrase { words, meaning });
        }
    }
    phrases.values_mut().for_each(|list| list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len())));
    phrases
}

/// What stands behind a figure: its measure and the factor.
pub(super) static MEASURE_PHRASES: Phrases<(Measure, f64)> =
    Phrases(LazyLock::new(|| by_first_word(MEASURES.iter().map(|&(measure, factor, ways)| ((measure, factor), ways)))));
/// What stands before a figure of money.
pub(super) static CURRENCY_PHRASES: Phrases<&'static str> = Phrases(LazyLock::new(|| by_first_word(CURRENCY_SIGNS.iter().copied())));
/// Bounds before a figure.
pub(super) static BOUND_PHRASES: Phrases<(Bound, Trust)> =
    Phrases(LazyLock::new(|| by_first_word(BOUNDS.iter().map(|&(bound, trust, ways)| ((bound, trust), ways)))));
/// Bounds behind a figure.
pub(super) static LATER_BOUND_PHRASES: Phrases<Bound> = Phrases(LazyLock::new(|| by_first_word(LATER_BOUNDS.iter().copied())));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_dress() {
        for (raw, word, owner) in [
            ("Feb.", "feb", false),
            ("p.m.", "pm", false),
            ("Monday’s", "monday", true),
            ("O’clock", "o'clock", false),
            ("%", "%", false),
            ("£", "£", false),
            ("ferry", "", false),
            ("", "", false),
            ("naïve", "", false),
        ] {
            assert_eq!((known(raw).word, known(raw).owner), (word, owner), "{raw}");
        }
    }

    /// A reader that asks for a word that is in no table would never find it.
    #[test]
    fn every_word_that_the_readers_ask_for_is_known() {
        for source in [include_str!("figure.rs"), include_str!("amount.rs"), include_str!("calendar.rs")] {
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
            let literals = code.split('"').skip(1).step_by(2).filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c == '\''));
            let unknown: Vec<&str> = literals.filter(|word| !word.is_empty() && !is_known(word)).collect();
            assert!(unknown.is_empty(), "{unknown:?}");
        }
    }

    #[test]
    fn no_word_of_the_tables_is_too_long() {
        assert!(VOCABULARY.keys().all(|word| word.len() < LONGEST));
    }
}
