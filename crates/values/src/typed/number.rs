//! Digits with dots and commas. In Indonesia the dot parts thousands and the comma decimals, but
//! spreadsheets and calculators do the opposite, and people copy from both.

use super::{TypedAs, TypedError};

/// Most digits of a number: more than any amount has, and few enough to leave room in 128 bits.
const DIGITS_MAX: usize = 20;

/// A decimal number as typed: `digits ÷ 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) digits: i128,
    pub(super) scale: u32,
}

impl Decimal {
    /// Nothing.
    pub(super) const ZERO: Decimal = Decimal { digits: 0, scale: 0 };

    /// The number times `factor` as a whole number, or none where a fraction is left.
    pub(super) fn whole_times(self, factor: i128) -> Option<i128> {
        let divisor = 10_i128.checked_pow(self.scale)?;
        let top = self.digits.checked_mul(factor)?;
        if top.checked_rem(divisor)? == 0 { top.checked_div(divisor) } else { None }
    }
}

/// What the number counts, which decides what its marks can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// Whole rupiah: `1.250` can only be one thousand two hundred and fifty.
    Whole,
    /// Anything with decimals, `1,5jt` or `0,35 kg`: `1.250` may be either.
    Decimal,
}

/// Why it is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something other than digits between dots and commas.
    NotANumber,
    /// A mark that does not part three digits.
    Misplaced,
    /// Two readings, and how to write each so that it is clear.
    Ambiguous { readings: [String; 2], write: [String; 2] },
    /// Too many digits.
    TooLarge,
}

impl Fault {
    /// The sentence for the person; `around` puts back what stood before and behind the number.
    pub(super) fn said(
        self,
        what: TypedAs,
        shown: &str,
        around: impl Fn(String) -> String,
    ) -> TypedError {
        let typed = shown.to_owned();
        match (self, what) {
            (Fault::Ambiguous { readings, write }, _) => TypedError::Ambiguous {
                what,
                typed,
                readings: readings.map(&around),
                write: write.map(&around),
            },
            (Fault::TooLarge, _) => TypedError::TooLarge { what, typed },
            (Fault::Misplaced, TypedAs::Amount) => TypedError::MisplacedMark(typed),
            (Fault::NotANumber, TypedAs::Amount) => TypedError::NotAnAmount(typed),
            (_, TypedAs::Quantity) => TypedError::NotAQuantity(typed),
        }
    }
}

/// Reads digits with separators; no sign, no letters.
pub(super) fn read(text: &str, marks: Marks) -> Result<Decimal, Fault> {
    let digit = |c: char| c.is_ascii_digit();
    let allowed = text.chars().all(|c| digit(c) || c == '.' || c == ',');
    if !allowed || !text.starts_with(digit) || !text.ends_with(digit) {
        return Err(Fault::NotANumber);
    }
    match (text.matches('.').count(), text.matches(',').count()) {
        (0, 0) => digits(text, 0),
        (1, 0) | (0, 1) => one_mark(text, marks),
        (_, 0) | (0, _) if is_grouped(text) => digits(text, 0),
        (_, 0) | (0, _) => Err(Fault::Misplaced),
        _ => both_marks(text, marks),
    }
}

/// One dot or one comma: it parts thousands, or decimals, or may do either.
fn one_mark(text: &str, marks: Marks) -> Result<Decimal, Fault> {
    let (head, mark, tail) = at_last_mark(text)?;
    match (is_grouped(text), mark, marks) {
        (true, ".", Marks::Whole) => digits(text, 0),
        (true, _, _) => Err(two_readings(head, tail, marks)),
        (false, ".", Marks::Whole) => Err(Fault::Misplaced),
        (false, _, _) => digits(text, tail.len()),
    }
}

/// Dots and commas: the last one stands once and parts decimals, the others thousands.
fn both_marks(text: &str, marks: Marks) -> Result<Decimal, Fault> {
    let (head, mark, tail) = at_last_mark(text)?;
    if head.contains(mark) || !is_grouped(head) {
        return Err(Fault::Misplaced);
    }
    if marks == Marks::Whole && tail.len() == 3 {
        return Err(two_readings(head, tail, marks));
    }
    digits(text, tail.len())
}

fn at_last_mark(text: &str) -> Result<(&str, &str, &str), Fault> {
    let place = text.rfind(['.', ',']).ok_or(Fault::NotANumber)?;
    let (head, rest) = text.split_at(place);
    let (mark, tail) = rest.split_at(1);
    Ok((head, mark, tail))
}

/// Whether every mark parts three digits, after one to three that do not begin with a zero.
fn is_grouped(text: &str) -> bool {
    let mut parts = text.split(['.', ',']);
    let first = parts.next().unwrap_or_default();
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0');
    begins && parts.all(|part| part.len() == 3)
}

/// The last mark parts thousands, or it parts decimals.
fn two_readings(head: &str, tail: &str, marks: Marks) -> Fault {
    let dotted = head.replace(',', ".");
    let plain = head.replace(['.', ','], "");
    let as_thousands = format!("{dotted}.{tail}");
    let fraction = tail.trim_end_matches('0');
    let (as_decimals, write_decimals) = match (fraction.len(), marks) {
        (0, _) => (dotted, plain.clone()),
        // There is no fraction of a rupiah to be written: the grouped form is clear enough.
        (_, Marks::Whole) => (format!("{dotted},{fraction}"), as_thousands.clone()),
        // A fourth decimal makes three of them clear.
        (3, _) => (format!("{dotted},{fraction}"), format!("{plain},{fraction}0")),
        _ => (format!("{dotted},{fraction}"), format!("{plain},{fraction}")),
    };
    Fault::Ambiguous {
        write: [format!("{plain}{tail}"), write_decimals],
        readings: [as_thousands, as_decimals],
    }
}

fn digits(text: &str, decimals: usize) -> Result<Decimal, Fault> {
    let digits = text.replace(['.', ','], "");
    if digits.len() > DIGITS_MAX {
        return Err(Fault::TooLarge);
    }
    let digits = digits.parse().map_err(|_| Fault::NotANumber)?;
    let scale = u32::try_from(decimals).map_err(|_| Fault::TooLarge)?;
    Ok(Decimal { digits, scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_where_they_can_mean_one_thing() {
        let cases = [
            ("1250", Marks::Whole, (1_250, 0)),
            ("1.250", Marks::Whole, (1_250, 0)),
            ("1,250,000", Marks::Whole, (1_250_000, 0)),
            ("1.250.000,00", Marks::Whole, (125_000_000, 2)),
            ("1,250.5", Marks::Decimal, (12_505, 1)),
            ("0.350", Marks::Decimal, (350, 3)),
            ("1250,125", Marks::Decimal, (1_250_125, 3)),
            ("1.250,125", Marks::Decimal, (1_250_125, 3)),
        ];
        for (text, marks, (digits, scale)) in cases {
            assert_eq!(read(text, marks), Ok(Decimal { digits, scale }), "{text}");
        }
    }

    #[test]
    fn two_readings_come_with_a_clear_way_to_write_each() {
        let cases = [
            ("1,250", Marks::Whole, ["1.250", "1,25"], ["1250", "1.250"]),
            ("1,000", Marks::Whole, ["1.000", "1"], ["1000", "1"]),
            ("1.250", Marks::Decimal, ["1.250", "1,25"], ["1250", "1,25"]),
            ("1.125", Marks::Decimal, ["1.125", "1,125"], ["1125", "1,1250"]),
            ("1.250,000", Marks::Whole, ["1.250.000", "1.250"], ["1250000", "1250"]),
            ("1,250.500", Marks::Whole, ["1.250.500", "1.250,5"], ["1250500", "1.250.500"]),
        ];
        for (text, marks, readings, write) in cases {
            let (readings, write) = (readings.map(String::from), write.map(String::from));
            assert_eq!(read(text, marks), Err(Fault::Ambiguous { readings, write }), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_said() {
        let cases = [
            ("", Fault::NotANumber),
            (".5", Fault::NotANumber),
            ("5.", Fault::NotANumber),
            ("1 250", Fault::NotANumber),
            ("１２", Fault::NotANumber),
            ("12.50", Fault::Misplaced),
            ("0.250.000", Fault::Misplaced),
            ("1..250", Fault::Misplaced),
            ("1.250,000,00", Fault::Misplaced),
            ("123456789012345678901", Fault::TooLarge),
        ];
        for (text, fault) in cases {
            assert_eq!(read(text, Marks::Whole), Err(fault), "{text}");
        }
    }
}
