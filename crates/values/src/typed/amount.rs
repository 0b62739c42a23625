//! Amounts of money as people type them.

use super::number::{self, Fault, Marks};
use super::{Typed, TypedAs, TypedError};
use crate::Rupiah;

/// Words for powers of ten behind a number. A bare `m` is not among them: to some it is a miliar, to
/// others a million.
const SCALES: [(&str, i128); 8] = [
    ("ribu", 1_000),
    ("rb", 1_000),
    ("k", 1_000),
    ("juta", 1_000_000),
    ("jt", 1_000_000),
    ("miliar", 1_000_000_000),
    ("milyar", 1_000_000_000),
    ("triliun", 1_000_000_000_000),
];

/// Reads an amount of money.
///
/// Understood: `Rp 1.250.000,-`, `1250000`, `1,250,000`, `(250.000)` and `-250.000` below zero,
/// `10rb`, `1,5jt`, `2 miliar`. Asked: `1,250`, `1.250jt`, `3m`.
///
/// # Errors
/// [`TypedError`]: empty, ambiguous, not an amount, a misplaced mark, a fraction of a rupiah, too
/// large.
pub fn parse_amount(typed: &str) -> Result<Rupiah, TypedError> {
    let Typed { shown, text } = Typed::new(typed)?;
    let bare = bare(&text).ok_or_else(|| TypedError::NotAnAmount(shown.clone()))?;
    let sign = if bare.negative { "-" } else { "" };
    let (number, scale) = without_scale(bare.number);
    let Some(scale) = scale else {
        return Err(miliar_or_juta(&shown, sign, number));
    };
    let marks = if scale == 1 { Marks::Whole } else { Marks::Decimal };
    let behind = &bare.number[number.len()..];
    let decimal = number::read(number, marks).map_err(|fault| {
        fault.said(TypedAs::Amount, &shown, |number| format!("{sign}{number}{behind}"))
    })?;
    let whole = decimal.whole_times(scale).ok_or_else(|| TypedError::Fraction(shown.clone()))?;
    let signed = if bare.negative { -whole } else { whole };
    let too_large = |_| TypedError::TooLarge { what: TypedAs::Amount, typed: shown };
    i64::try_from(signed).map(Rupiah::new).map_err(too_large)
}

/// The number without sign and currency.
struct Bare<'a> {
    number: &'a str,
    negative: bool,
}

/// Takes off sign, `Rp`, `,-` and `rupiah`; none where there are two signs.
fn bare(text: &str) -> Option<Bare<'_>> {
    let (text, outer) = without_sign(text)?;
    let text = ["rp.", "rp", "idr"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    let (text, inner) = without_sign(text.trim())?;
    let text =
        [",-", ".-", "rupiah"].iter().find_map(|mark| text.strip_suffix(mark)).unwrap_or(text);
    let once = !(outer && inner);
    once.then_some(Bare { number: text.trim(), negative: outer || inner })
}

/// Takes off a minus in front, or the brackets that accountants use for one.
fn without_sign(text: &str) -> Option<(&str, bool)> {
    if let Some(inner) = text.strip_prefix('(') {
        return inner.strip_suffix(')').map(|inner| (inner.trim(), true));
    }
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) => Some((rest.trim(), true)),
        None => Some((text, false)),
    }
}

/// Takes off the word behind a number: the number, and what the word multiplies by; none for `m`.
fn without_scale(text: &str) -> (&str, Option<i128>) {
    let known = SCALES.iter().find_map(|(word, scale)| Some((text.strip_suffix(word)?, *scale)));
    match (known, text.strip_suffix('m')) {
        (Some((number, scale)), _) => (number.trim(), Some(scale)),
        (None, Some(number)) => (number.trim(), None),
        (None, None) => (text, Some(1)),
    }
}

/// `3m`: asked, where a number stands before it at all.
fn miliar_or_juta(shown: &str, sign: &str, number: &str) -> TypedError {
    if number::read(number, Marks::Decimal) == Err(Fault::NotANumber) {
        return TypedError::NotAnAmount(shown.to_owned());
    }
    let both = [format!("{sign}{number} miliar"), format!("{sign}{number} juta")];
    TypedError::Ambiguous {
        what: TypedAs::Amount,
        typed: shown.to_owned(),
        readings: both.clone(),
        write: both,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_in_all_their_usual_forms() {
        let cases = [
            ("Rp 1.250.000,-", 1_250_000),
            ("rp1.250.000", 1_250_000),
            ("Rp. 1.250.000", 1_250_000),
            ("Rp.1.250.000,00", 1_250_000),
            ("Rp\u{a0}1.250.000", 1_250_000),
            ("IDR 1,250,000.00", 1_250_000),
            ("1.250.000 rupiah", 1_250_000),
            ("1250000", 1_250_000),
            ("1.250", 1_250),
            ("1,250,000", 1_250_000),
            ("(250.000)", -250_000),
            ("(Rp 250.000)", -250_000),
            ("Rp (250.000)", -250_000),
            ("-250.000", -250_000),
            ("−250.000", -250_000),
            ("-Rp 500", -500),
            ("Rp -500", -500),
            ("10rb", 10_000),
            ("10 ribu", 10_000),
            ("10k", 10_000),
            ("10 ribu rupiah", 10_000),
            ("1,5jt", 1_500_000),
            ("1.5 juta", 1_500_000),
            ("2,25 JUTA", 2_250_000),
            ("-2 jt", -2_000_000),
            ("2 miliar", 2_000_000_000),
            (" 0 ", 0),
            ("-9.223.372.036.854.775.808", i64::MIN),
        ];
        for (typed, amount) in cases {
            assert_eq!(parse_amount(typed), Ok(Rupiah::new(amount)), "{typed}");
        }
    }

    #[test]
    fn doubtful_amounts_are_asked_or_refused_with_their_code() {
        let cases = [
            ("1,250", "amount.ambiguous"),
            ("1.250jt", "amount.ambiguous"),
            ("1.250,000", "amount.ambiguous"),
            ("3m", "amount.ambiguous"),
            ("1.250,50", "amount.fraction"),
            ("0,5", "amount.fraction"),
            ("1,2345rb", "amount.fraction"),
            ("1.25", "amount.misplaced_mark"),
            ("12.50", "amount.misplaced_mark"),
            ("1.25.000", "amount.misplaced_mark"),
            ("1.250.00", "amount.misplaced_mark"),
            ("1,250,000,00", "amount.misplaced_mark"),
            ("lima ribu", "amount.not_an_amount"),
            ("m", "amount.not_an_amount"),
            ("(250.000", "amount.not_an_amount"),
            ("--5", "amount.not_an_amount"),
            ("-(5)", "amount.not_an_amount"),
            ("Rp", "amount.not_an_amount"),
            ("rprp5", "amount.not_an_amount"),
            ("1e5", "amount.not_an_amount"),
            ("1 250 000", "amount.not_an_amount"),
            ("99999999999999999999", "amount.too_large"),
            ("999999999999999999999999", "amount.too_large"),
            ("9223372036854775808", "amount.too_large"),
            ("9.999.999.999 miliar", "amount.too_large"),
        ];
        for (typed, code) in cases {
            assert_eq!(parse_amount(typed).map_err(|error| error.code()), Err(code), "{typed}");
        }
    }

    #[test]
    fn a_doubtful_amount_says_both_readings() {
        let cases = [
            ("1,250", "“1,250” bisa berarti 1.250 atau 1,25. Tulis 1250 atau 1.250."),
            (
                "-1.250JT",
                "“-1.250JT” bisa berarti -1.250jt atau -1,25jt. Tulis -1250jt atau -1,25jt.",
            ),
            ("3m", "“3m” bisa berarti 3 miliar atau 3 juta. Tulis 3 miliar atau 3 juta."),
        ];
        for (typed, sentence) in cases {
            assert_eq!(parse_amount(typed).unwrap_err().to_string(), sentence);
        }
    }

    proptest! {
        #[test]
        fn a_printed_amount_reads_back(number in any::<i64>()) {
            let amount = Rupiah::new(number);
            prop_assert_eq!(parse_amount(&amount.to_string()), Ok(amount));
            prop_assert_eq!(parse_amount(&amount.plain()), Ok(amount));
            prop_assert_eq!(parse_amount(&number.to_string()), Ok(amount));
        }

        #[test]
        fn what_is_asked_can_be_answered(typed in r"-?[1-9][0-9]{0,2}(,[0-9]{3}|[.,][0-9]{3} ?jt|m)") {
            let asked = parse_amount(&typed).unwrap_err();
            let TypedError::Ambiguous { write, .. } = asked else { panic!("{asked}") };
            for clear in write {
                prop_assert!(parse_amount(&clear).is_ok(), "{}", clear);
            }
        }
    }
}
