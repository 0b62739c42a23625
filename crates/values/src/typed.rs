//! What people type: amounts, quantities and days in Indonesian ways. What could be read in two ways
//! is asked, never guessed.

use crate::day::month_number;
use crate::{Day, Quantity, Rupiah};

/// Why what was typed is not taken. Its text is the sentence beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// Nothing was typed.
    #[error("Isian ini belum diisi.")]
    Empty,
    /// It can be read in two ways.
    #[error(
        "“{typed}” bisa berarti {first} atau {second}. Tulis {first_plain} atau {second_plain}."
    )]
    Ambiguous {
        /// As typed.
        typed: String,
        /// First reading.
        first: String,
        /// Second reading.
        second: String,
        /// How to type the first so that it is clear.
        first_plain: String,
        /// How to type the second so that it is clear.
        second_plain: String,
    },
    /// A part of a rupiah.
    #[error("“{0}” memuat pecahan rupiah; tulis rupiah bulat.")]
    Fraction(String),
    /// Finer than a thousandth.
    #[error("“{0}” lebih halus daripada seperseribu satuan.")]
    TooFine(String),
    /// Too large.
    #[error("“{0}” terlalu besar.")]
    TooLarge(String),
    /// No number.
    #[error("“{0}” bukan angka. Contoh: 1.250.000 atau 1,5jt.")]
    NotANumber(String),
    /// A unit that is not known.
    #[error("Satuan “{0}” tidak dikenal.")]
    UnknownUnit(String),
    /// No day.
    #[error("“{0}” bukan tanggal. Contoh: 31/12/2024 atau 31 Des 2024.")]
    NotADay(String),
    /// The year has two digits.
    #[error("Tahun pada “{0}” tulis empat angka, misalnya 2024.")]
    ShortYear(String),
    /// The day does not exist.
    #[error("Tanggal {0} tidak ada dalam kalender.")]
    NoSuchDay(String),
}

impl TypedError {
    /// Stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            TypedError::Empty => "typed.empty",
            TypedError::Ambiguous { .. } => "typed.ambiguous",
            TypedError::Fraction(_) => "typed.fraction",
            TypedError::TooFine(_) => "typed.too_fine",
            TypedError::TooLarge(_) => "typed.too_large",
            TypedError::NotANumber(_) => "typed.not_a_number",
            TypedError::UnknownUnit(_) => "typed.unknown_unit",
            TypedError::NotADay(_) => "typed.not_a_day",
            TypedError::ShortYear(_) => "typed.short_year",
            TypedError::NoSuchDay(_) => "typed.no_such_day",
        }
    }
}

/// Longest text that is looked at; a form has no longer number.
const TYPED_MAX: usize = 60;

fn shown(typed: &str) -> String {
    typed.trim().chars().take(TYPED_MAX).collect()
}

/// A decimal number as typed: `digits ÷ 10^scale`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// The number times `factor` as a whole, or none where a fraction is left.
    fn whole_times(self, factor: i128) -> Option<i128> {
        let divisor = 10_i128.pow(self.scale);
        let top = self.digits * factor;
        (top % divisor == 0).then_some(top / divisor)
    }
}

/// Reads an amount of money.
///
/// Understood: `Rp 1.250.000,-`, `1250000`, `1,250,000`, `(250.000)`, `-250.000`, `10rb`, `1,5jt`,
/// `2 miliar`.
///
/// # Errors
/// [`TypedError`].
pub fn parse_amount(typed: &str) -> Result<Rupiah, TypedError> {
    let shown = shown(typed);
    let wrong = || TypedError::NotANumber(shown.clone());
    if typed.len() > TYPED_MAX * 4 {
        return Err(wrong());
    }
    let text = typed.trim().to_lowercase();
    if text.is_empty() {
        return Err(TypedError::Empty);
    }
    let (text, negative) = without_sign(&text).ok_or_else(wrong)?;
    let text = text.trim_start_matches("rp").trim_start_matches('.').trim();
    let (text, inner) = without_sign(text).ok_or_else(wrong)?;
    if negative && inner {
        return Err(wrong());
    }
    let text = text.trim_end_matches(",-").trim_end_matches(".-").trim();
    let (number, factor) = with_scale(text);
    let decimal = decimal(number, factor == 1, &shown)?;
    let whole = decimal.whole_times(factor).ok_or_else(|| TypedError::Fraction(shown.clone()))?;
    let signed = if negative || inner { -whole } else { whole };
    i64::try_from(signed).map(Rupiah::new).map_err(|_| TypedError::TooLarge(shown))
}

/// Takes off a minus in front, or the brackets that accountants use for one.
fn without_sign(text: &str) -> Option<(&str, bool)> {
    if let Some(inner) = text.strip_prefix('(') {
        return inner.strip_suffix(')').map(|inner| (inner.trim(), true));
    }
    match text.strip_prefix(['-', '−']) {
        Some(rest) => Some((rest.trim(), true)),
        None => Some((text, false)),
    }
}

/// Takes off `rb`, `ribu`, `jt`, `juta`, `m`, `miliar`.
fn with_scale(text: &str) -> (&str, i128) {
    const SCALES: [(&str, i128); 8] = [
        ("ribu", 1_000),
        ("rb", 1_000),
        ("juta", 1_000_000),
        ("jt", 1_000_000),
        ("miliar", 1_000_000_000),
        ("milyar", 1_000_000_000),
        ("triliun", 1_000_000_000_000),
        ("m", 1_000_000_000),
    ];
    let found = SCALES
        .iter()
        .find_map(|(name, factor)| text.strip_suffix(name).map(|number| (number.trim(), *factor)));
    found.unwrap_or((text, 1))
}

/// Reads digits with separators. `thousands_likely` is true for money without a scale, where
/// `1.250` can only mean one thousand two hundred and fifty.
fn decimal(text: &str, thousands_likely: bool, shown: &str) -> Result<Decimal, TypedError> {
    let wrong = || TypedError::NotANumber(shown.to_owned());
    let allowed = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    let ends = text.ends_with(|c: char| c.is_ascii_digit());
    if !starts || !ends || !text.chars().all(allowed) {
        return Err(wrong());
    }
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    match (dots, commas) {
        (0, 0) => digits(text, 0, shown),
        (1, 0) | (0, 1) => one_separator(text, thousands_likely, shown),
        (_, 0) | (0, _) => groups(text, shown),
        _ => {
            // Both stand in it: the last one is the decimal one and stands once.
            let last = text.rfind(['.', ',']).ok_or_else(wrong)?;
            let (head, tail) = text.split_at(last);
            let mark = &tail[..1];
            if head.contains(mark) {
                return Err(wrong());
            }
            groups(head, shown)?;
            let fraction = &tail[1..];
            let joined = head.replace(['.', ','], "") + fraction;
            digits(&joined, u32::try_from(fraction.len()).unwrap_or(u32::MAX), shown)
        }
    }
}

/// One dot or one comma: a thousands mark, a decimal mark, or both readings.
fn one_separator(text: &str, thousands_likely: bool, shown: &str) -> Result<Decimal, TypedError> {
    let place = text.find(['.', ',']).unwrap_or(0);
    let (head, tail) = text.split_at(place);
    let (mark, tail) = tail.split_at(1);
    let grouped =
        tail.len() == 3 && (1..=3).contains(&head.len()) && head != "0" && !head.starts_with('0');
    let joined = format!("{head}{tail}");
    let scale = u32::try_from(tail.len()).unwrap_or(u32::MAX);
    match (grouped, mark) {
        (true, ".") if thousands_likely => digits(&joined, 0, shown),
        (true, _) => Err(TypedError::Ambiguous {
            typed: shown.to_owned(),
            first: format!("{head}.{tail}"),
            second: format!("{head},{}", tail.trim_end_matches('0'))
                .trim_end_matches(',')
                .to_owned(),
            first_plain: joined.clone(),
            second_plain: format!("{head},{tail}0"),
        }),
        // Money with a dot and other than three digits behind it, `12.50`, is not an Indonesian form.
        (false, ".") if thousands_likely => Err(TypedError::NotANumber(shown.to_owned())),
        (false, _) => digits(&joined, scale, shown),
    }
}

/// Several of one mark: groups of three.
fn groups(text: &str, shown: &str) -> Result<Decimal, TypedError> {
    let mut parts = text.split(['.', ',']);
    let first = parts.next().unwrap_or_default();
    let regular = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
    let plain = text.chars().all(|c| c.is_ascii_digit());
    if !regular && !plain {
        return Err(TypedError::NotANumber(shown.to_owned()));
    }
    digits(&text.replace(['.', ','], ""), 0, shown)
}

fn digits(text: &str, scale: u32, shown: &str) -> Result<Decimal, TypedError> {
    // Twenty digits are more than any amount has, and leave room in 128 bits for a scale.
    if text.len() > 20 {
        return Err(TypedError::TooLarge(shown.to_owned()));
    }
    let digits = text.parse().map_err(|_| TypedError::NotANumber(shown.to_owned()))?;
    Ok(Decimal { digits, scale })
}

/// A unit typed behind a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedUnit {
    /// Kilogram; gram and ons were turned into it.
    Kilogram,
    /// Litre; millilitre was turned into it.
    Litre,
    /// Butir: eggs one by one.
    Butir,
    /// Piece.
    Piece,
    /// A pack by the name that people use: karung, dus, renceng, ikat.
    Pack(&'static str),
}

/// A quantity as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedQuantity {
    /// In thousandths of the unit.
    pub quantity: Quantity,
    /// The unit, where one was typed.
    pub unit: Option<TypedUnit>,
}

const UNITS: [(&str, TypedUnit, i128, i128); 17] = [
    ("kg", TypedUnit::Kilogram, 1, 1),
    ("kilo", TypedUnit::Kilogram, 1, 1),
    ("ons", TypedUnit::Kilogram, 1, 10),
    ("gram", TypedUnit::Kilogram, 1, 1_000),
    ("gr", TypedUnit::Kilogram, 1, 1_000),
    ("g", TypedUnit::Kilogram, 1, 1_000),
    ("ml", TypedUnit::Litre, 1, 1_000),
    ("liter", TypedUnit::Litre, 1, 1),
    ("l", TypedUnit::Litre, 1, 1),
    ("butir", TypedUnit::Butir, 1, 1),
    ("pcs", TypedUnit::Piece, 1, 1),
    ("buah", TypedUnit::Piece, 1, 1),
    ("karung", TypedUnit::Pack("karung"), 1, 1),
    ("dus", TypedUnit::Pack("dus"), 1, 1),
    ("renceng", TypedUnit::Pack("renceng"), 1, 1),
    ("bungkus", TypedUnit::Pack("bungkus"), 1, 1),
    ("ikat", TypedUnit::Pack("ikat"), 1, 1),
];

/// Reads a quantity: `0,35`, `½`, `1 ½ kg`, `2 ons`, `3 butir`, `2 dus`.
///
/// # Errors
/// [`TypedError`].
pub fn parse_quantity(typed: &str) -> Result<TypedQuantity, TypedError> {
    let shown = shown(typed);
    if typed.len() > TYPED_MAX * 4 {
        return Err(TypedError::NotANumber(shown));
    }
    let text = typed.trim().to_lowercase();
    if text.is_empty() {
        return Err(TypedError::Empty);
    }
    let split = text.find(char::is_alphabetic).unwrap_or(text.len());
    let (number, name) = text.split_at(split);
    let unit = match name.trim() {
        "" => None,
        name => {
            let known = UNITS.iter().find(|(known, ..)| *known == name);
            Some(known.ok_or_else(|| TypedError::UnknownUnit(name.chars().take(20).collect()))?)
        }
    };
    let (number, fraction_milli) = with_fraction(number.trim());
    let whole = if number.is_empty() && fraction_milli > 0 {
        Decimal { digits: 0, scale: 0 }
    } else {
        decimal(number, false, &shown)?
    };
    let (top, bottom) = unit.map_or((1, 1), |(_, _, top, bottom)| (*top, *bottom));
    let too_fine = || TypedError::TooFine(shown.clone());
    let milli = whole.whole_times(1_000).ok_or_else(too_fine)? + fraction_milli;
    if milli * top % bottom != 0 {
        return Err(too_fine());
    }
    let milli = i64::try_from(milli * top / bottom).map_err(|_| TypedError::TooLarge(shown))?;
    Ok(TypedQuantity { quantity: Quantity::from_milli(milli), unit: unit.map(|unit| unit.1) })
}

/// Takes off `¼`, `½`, `¾` and their slashed forms at the end.
fn with_fraction(text: &str) -> (&str, i128) {
    const FRACTIONS: [(&str, i128); 6] =
        [("¼", 250), ("½", 500), ("¾", 750), ("1/4", 250), ("1/2", 500), ("3/4", 750)];
    for (sign, milli) in FRACTIONS {
        if let Some(rest) = text.strip_suffix(sign) {
            let bare = rest.is_empty() || rest.ends_with(' ') || !sign.is_ascii();
            if bare {
                return (rest.trim(), milli);
            }
        }
    }
    (text, 0)
}

/// Reads a day: `31/12/2024`, `31-12-2024`, `2024-12-31`, `31 Des 2024`. The day comes first, always.
///
/// # Errors
/// [`TypedError`].
pub fn parse_day(typed: &str) -> Result<Day, TypedError> {
    let shown = shown(typed);
    let wrong = || TypedError::NotADay(shown.clone());
    if typed.len() > TYPED_MAX * 4 {
        return Err(wrong());
    }
    if typed.trim().is_empty() {
        return Err(TypedError::Empty);
    }
    let parts: Vec<&str> =
        typed.trim().split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, middle, last] = parts[..] else { return Err(wrong()) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let number = |text: &str| text.parse::<i16>().ok().filter(|number| *number >= 0);
    let month = middle.parse::<i8>().ok().or_else(|| month_number(middle));
    let (Some(day), Some(month), Some(number)) = (number(day), month, number(year)) else {
        return Err(wrong());
    };
    if year.len() != 4 {
        return Err(TypedError::ShortYear(shown));
    }
    let day = i8::try_from(day).map_err(|_| wrong())?;
    Day::new(number, month, day).map_err(|error| TypedError::NoSuchDay(error.0))
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;
