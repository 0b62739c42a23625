//! Quantities of goods as people type them, with or without a unit.

use super::number::{self, Decimal, Marks};
use super::{Typed, TypedAs, TypedError};
use crate::Quantity;

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
    /// A pack by the name that people use: karung, dus, renceng, ikat. How much it holds, only the
    /// good knows.
    Pack(&'static str),
}

/// A quantity as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedQuantity {
    /// How many of the unit, in thousandths; never below zero.
    pub quantity: Quantity,
    /// The unit, where one was typed. Whoever drops it must be sure that the good has no other.
    pub unit: Option<TypedUnit>,
}

/// Names of units, and how many of the typed one make one of the unit that is meant.
const UNITS: [(&str, TypedUnit, i128); 36] = [
    ("kg", TypedUnit::Kilogram, 1),
    ("kilo", TypedUnit::Kilogram, 1),
    ("kilogram", TypedUnit::Kilogram, 1),
    ("ons", TypedUnit::Kilogram, 10),
    ("gram", TypedUnit::Kilogram, 1_000),
    ("gr", TypedUnit::Kilogram, 1_000),
    ("g", TypedUnit::Kilogram, 1_000),
    ("liter", TypedUnit::Litre, 1),
    ("ltr", TypedUnit::Litre, 1),
    ("lt", TypedUnit::Litre, 1),
    ("l", TypedUnit::Litre, 1),
    ("ml", TypedUnit::Litre, 1_000),
    ("butir", TypedUnit::Butir, 1),
    ("btr", TypedUnit::Butir, 1),
    ("pcs", TypedUnit::Piece, 1),
    ("pc", TypedUnit::Piece, 1),
    ("buah", TypedUnit::Piece, 1),
    ("bh", TypedUnit::Piece, 1),
    ("biji", TypedUnit::Piece, 1),
    ("karung", TypedUnit::Pack("karung"), 1),
    ("sak", TypedUnit::Pack("sak"), 1),
    ("dus", TypedUnit::Pack("dus"), 1),
    ("kardus", TypedUnit::Pack("dus"), 1),
    ("renceng", TypedUnit::Pack("renceng"), 1),
    ("bungkus", TypedUnit::Pack("bungkus"), 1),
    ("bks", TypedUnit::Pack("bungkus"), 1),
    ("ikat", TypedUnit::Pack("ikat"), 1),
    ("pak", TypedUnit::Pack("pak"), 1),
    ("lusin", TypedUnit::Pack("lusin"), 1),
    ("botol", TypedUnit::Pack("botol"), 1),
    ("kaleng", TypedUnit::Pack("kaleng"), 1),
    ("tabung", TypedUnit::Pack("tabung"), 1),
    ("peti", TypedUnit::Pack("peti"), 1),
    ("rak", TypedUnit::Pack("rak"), 1),
    ("sachet", TypedUnit::Pack("sachet"), 1),
    ("jeriken", TypedUnit::Pack("jeriken"), 1),
];

/// Fractions as signs and as people without the sign type them, in thousandths.
const FRACTIONS: [(&str, i128); 6] =
    [("¼", 250), ("½", 500), ("¾", 750), ("1/4", 250), ("1/2", 500), ("3/4", 750)];

/// Reads a quantity: `0,35`, `½`, `1 ½ kg`, `2 ons`, `3 butir`, `2 dus`. Asked: `1.250`.
///
/// # Errors
/// [`TypedError`]: empty, ambiguous, not a quantity, an unknown unit, finer than a thousandth, too
/// large. A quantity below zero is none.
pub fn parse_quantity(typed: &str) -> Result<TypedQuantity, TypedError> {
    let Typed { shown, text } = Typed::new(typed)?;
    let behind = text.find(char::is_alphabetic).unwrap_or(text.len());
    let (number, name) = text.split_at(behind);
    let unit = unit_of(name)?;
    let (number, fraction_milli) = without_fraction(number.trim());
    let decimal = if number.is_empty() && fraction_milli > 0 {
        Decimal::ZERO
    } else {
        number::read(number, Marks::Decimal).map_err(|fault| {
            let space = if name.is_empty() { "" } else { " " };
            fault.said(TypedAs::Quantity, &shown, |number| format!("{number}{space}{name}"))
        })?
    };
    if decimal.scale > 0 && fraction_milli > 0 {
        return Err(TypedError::NotAQuantity(shown));
    }
    let parts = unit.map_or(1, |(_, parts)| parts);
    let milli = decimal.whole_times(1_000).map(|milli| milli + fraction_milli);
    let Some(milli) = milli.filter(|milli| milli % parts == 0) else {
        return Err(TypedError::TooFine(shown));
    };
    let too_large = |_| TypedError::TooLarge { what: TypedAs::Quantity, typed: shown };
    let milli = i64::try_from(milli.div_euclid(parts)).map_err(too_large)?;
    Ok(TypedQuantity { quantity: Quantity::from_milli(milli), unit: unit.map(|(unit, _)| unit) })
}

/// The unit by its name, none for none.
fn unit_of(name: &str) -> Result<Option<(TypedUnit, i128)>, TypedError> {
    let name = name.trim().trim_end_matches('.');
    if name.is_empty() {
        return Ok(None);
    }
    let known = UNITS.iter().find(|(known, ..)| *known == name);
    let unknown = || TypedError::UnknownUnit(name.chars().take(20).collect());
    known.map(|(_, unit, parts)| Some((*unit, *parts))).ok_or_else(unknown)
}

/// Takes off a fraction at the end. `11/2` is left whole: it may be 1 ½ or eleven halves.
fn without_fraction(text: &str) -> (&str, i128) {
    for (sign, milli) in FRACTIONS {
        if let Some(rest) = text.strip_suffix(sign)
            && (rest.is_empty() || rest.ends_with(' ') || !sign.is_ascii())
        {
            return (rest.trim(), milli);
        }
    }
    (text, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quantities_are_read_with_fractions_and_units() {
        use TypedUnit::{Butir, Kilogram, Litre, Pack, Piece};
        let cases = [
            ("0,35", 350, None),
            ("0.35", 350, None),
            ("½", 500, None),
            ("1½", 1_500, None),
            ("1 ½ kg", 1_500, Some(Kilogram)),
            ("¾ KG", 750, Some(Kilogram)),
            ("1/4", 250, None),
            ("2 1/2", 2_500, None),
            ("2 ons", 200, Some(Kilogram)),
            ("2,5 ons", 250, Some(Kilogram)),
            ("½ ons", 50, Some(Kilogram)),
            ("250 gram", 250, Some(Kilogram)),
            ("250gr.", 250, Some(Kilogram)),
            ("750ml", 750, Some(Litre)),
            ("2 l", 2_000, Some(Litre)),
            ("5 butir", 5_000, Some(Butir)),
            ("3 pcs", 3_000, Some(Piece)),
            ("2 kardus", 2_000, Some(Pack("dus"))),
            ("48", 48_000, None),
            ("1250", 1_250_000, None),
            ("1.250,5", 1_250_500, None),
            ("1.250.000", 1_250_000_000, None),
            ("0", 0, None),
        ];
        for (typed, milli, unit) in cases {
            let quantity = Quantity::from_milli(milli);
            assert_eq!(parse_quantity(typed), Ok(TypedQuantity { quantity, unit }), "{typed}");
        }
    }

    #[test]
    fn doubtful_quantities_are_asked_or_refused_with_their_code() {
        let cases = [
            ("1.250", "quantity.ambiguous"),
            ("1,250 kg", "quantity.ambiguous"),
            ("0,0005", "quantity.too_fine"),
            ("1,5 gram", "quantity.too_fine"),
            ("3 bal", "quantity.unknown_unit"),
            ("2 kg 3 ons", "quantity.unknown_unit"),
            ("kg", "quantity.not_a_quantity"),
            ("11/2", "quantity.not_a_quantity"),
            ("1,5 ½", "quantity.not_a_quantity"),
            ("1//2", "quantity.not_a_quantity"),
            ("1.25.0", "quantity.not_a_quantity"),
            ("-2", "quantity.not_a_quantity"),
            ("9999999999999999999", "quantity.too_large"),
            ("999999999999999999999", "quantity.too_large"),
        ];
        for (typed, code) in cases {
            assert_eq!(parse_quantity(typed).map_err(|error| error.code()), Err(code), "{typed}");
        }
    }

    #[test]
    fn a_doubtful_quantity_says_both_readings() {
        let said = parse_quantity("1.125 kg").unwrap_err().to_string();
        let both = "“1.125 kg” bisa berarti 1.125 kg atau 1,125 kg. Tulis 1125 kg atau 1,1250 kg.";
        assert_eq!(said, both);
    }

    proptest! {
        #[test]
        fn a_printed_quantity_reads_back_or_is_asked(milli in 0..=i64::MAX) {
            let quantity = Quantity::from_milli(milli);
            match parse_quantity(&quantity.to_string()) {
                Ok(read) => prop_assert_eq!(read.quantity, quantity),
                Err(error) => prop_assert_eq!(error.code(), "quantity.ambiguous"),
            }
        }

        #[test]
        fn what_is_asked_can_be_answered(typed in "[1-9][0-9]{0,2}[.,][0-9]{3}( kg)?") {
            let asked = parse_quantity(&typed).unwrap_err();
            let TypedError::Ambiguous { write, .. } = asked else { panic!("{asked}") };
            let read = write.map(|clear| parse_quantity(&clear).unwrap().quantity.milli());
            prop_assert_eq!(read[0], read[1] * 1_000);
        }
    }
}
