//! Quantities in thousandths of a base unit, packs as exact fractions, prices compared as fractions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::rounding::divide;
use crate::rupiah::grouped;
use crate::{Overflow, Rounding, Rupiah};

/// An amount of goods in thousandths of the base unit: 0,741 kg is 741, 48 pieces are 48.000.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Quantity = Quantity(0);

    /// From thousandths.
    #[must_use]
    pub const fn from_milli(milli: i64) -> Quantity {
        Quantity(milli)
    }

    /// From whole base units.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn whole(units: i64) -> Result<Quantity, Overflow> {
        units.checked_mul(1_000).map(Quantity).ok_or(Overflow)
    }

    /// Thousandths.
    #[must_use]
    pub const fn milli(self) -> i64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plus(self, other: Quantity) -> Result<Quantity, Overflow> {
        self.0.checked_add(other.0).map(Quantity).ok_or(Overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn minus(self, other: Quantity) -> Result<Quantity, Overflow> {
        self.0.checked_sub(other.0).map(Quantity).ok_or(Overflow)
    }

    /// Exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Above zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let milli = self.0.unsigned_abs();
        let fraction = format!("{:03}", milli % 1_000);
        let fraction = fraction.trim_end_matches('0');
        let comma = if fraction.is_empty() { "" } else { "," };
        write!(f, "{sign}{}{comma}{fraction}", grouped(milli / 1_000))
    }
}

/// A pack does not hold a whole number of thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("isi kemasan tidak habis dibagi sampai seperseribu satuan")]
pub struct NotExact;

/// A text that is no pack factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” bukan isi kemasan; tulis misalnya 5 atau 3/50.")]
pub struct NotAFactor(pub String);

/// How many base units one pack holds, as an exact fraction: a dus of 40 is 40, an egg of 60 g is
/// 3/50 of a kilogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PackFactor {
    numerator: u64,
    denominator: u64,
}

impl PackFactor {
    /// One base unit.
    pub const ONE: PackFactor = PackFactor { numerator: 1, denominator: 1 };

    /// A fraction above zero, reduced; neither part above a billion.
    #[must_use]
    pub fn new(numerator: u64, denominator: u64) -> Option<PackFactor> {
        const LARGEST: u64 = 1_000_000_000;
        let fits = |part: u64| (1..=LARGEST).contains(&part);
        if !fits(numerator) || !fits(denominator) {
            return None;
        }
        let common = greatest_common_divisor(numerator, denominator);
        Some(PackFactor { numerator: numerator / common, denominator: denominator / common })
    }

    /// Upper part of the reduced fraction.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// Lower part of the reduced fraction.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// Base units in so many packs.
    ///
    /// # Errors
    /// [`NotExact`] where they are no whole number of thousandths, or too many.
    pub fn base_quantity(self, packs: i64) -> Result<Quantity, NotExact> {
        Quantity::whole(packs).map_err(|_| NotExact).and_then(|packs| self.of_packs(packs))
    }

    /// Base units in a quantity of packs, itself in thousandths.
    ///
    /// # Errors
    /// [`NotExact`] where they are no whole number of thousandths, or too many.
    pub fn of_packs(self, packs: Quantity) -> Result<Quantity, NotExact> {
        let top = i128::from(packs.0) * i128::from(self.numerator);
        let bottom = i128::from(self.denominator);
        if top % bottom != 0 {
            return Err(NotExact);
        }
        divide(top, bottom, Rounding::Down).map(Quantity).map_err(|_| NotExact)
    }

    /// The form in which it is kept: `5`, `3/50`.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }

    /// Reads `5` or `3/50`.
    ///
    /// # Errors
    /// [`NotAFactor`] for anything else.
    pub fn parse(text: &str) -> Result<PackFactor, NotAFactor> {
        let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
        let part = |text: &str| text.trim().parse().ok();
        part(top)
            .zip(part(bottom))
            .and_then(|(top, bottom)| PackFactor::new(top, bottom))
            .ok_or_else(|| NotAFactor(text.chars().take(40).collect()))
    }
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl fmt::Display for PackFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            bottom => write!(f, "{}/{bottom}", self.numerator),
        }
    }
}

impl FromStr for PackFactor {
    type Err = NotAFactor;
    fn from_str(text: &str) -> Result<PackFactor, NotAFactor> {
        PackFactor::parse(text)
    }
}

impl Serialize for PackFactor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PackFactor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PackFactor, D::Error> {
        let text = String::deserialize(deserializer)?;
        PackFactor::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Price of a quantity at a price per base unit, rounded once.
///
/// # Errors
/// [`Overflow`].
pub fn price_of(
    quantity: Quantity,
    per_base: Rupiah,
    rounding: Rounding,
) -> Result<Rupiah, Overflow> {
    per_base.times_fraction(quantity.milli(), 1_000, rounding)
}

/// The quantity that a sum of money buys, rounded **up** to the thousandth: "beras sepuluh ribu"
/// gives a little more, never less, so that no rounding breaks a ceiling.
///
/// # Errors
/// [`Overflow`], also where the price is not above zero.
pub fn quantity_for_money(money: Rupiah, per_base: Rupiah) -> Result<Quantity, Overflow> {
    let top = i128::from(money.get()) * 1_000;
    divide(top, i128::from(per_base.get()), Rounding::Up).map(Quantity)
}

/// Whether a total for a quantity is dearer than a ceiling per base unit, compared as fractions.
#[must_use]
pub fn exceeds_ceiling(total: Rupiah, quantity: Quantity, ceiling_per_base: Rupiah) -> bool {
    let paid = i128::from(total.get()) * 1_000;
    paid > i128::from(ceiling_per_base.get()) * i128::from(quantity.milli())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milli(milli: i64) -> Quantity {
        Quantity::from_milli(milli)
    }

    #[test]
    fn a_quantity_prints_as_people_write_it() {
        let cases =
            [(741, "0,741"), (48_000, "48"), (1_250_500, "1.250,5"), (-350, "-0,35"), (0, "0")];
        for (number, text) in cases {
            assert_eq!(milli(number).to_string(), text);
        }
    }

    #[test]
    fn packs_are_exact_or_refused() {
        let egg = PackFactor::parse("6/100").unwrap();
        assert_eq!(egg.to_string(), "3/50");
        assert_eq!(egg.base_quantity(5), Ok(milli(300)));
        assert_eq!(PackFactor::parse("40").unwrap().base_quantity(2), Ok(milli(80_000)));
        assert_eq!(PackFactor::new(1, 3).unwrap().base_quantity(1), Err(NotExact));
        assert_eq!(PackFactor::new(1, 3).unwrap().base_quantity(3), Ok(milli(1_000)));
        for wrong in ["0", "1/0", "-1", "a", "", "1/2/3", "9999999999"] {
            assert!(PackFactor::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn money_buys_a_quantity_rounded_up_so_that_no_ceiling_breaks() {
        let rice = quantity_for_money(Rupiah::new(10_000), Rupiah::new(13_500)).unwrap();
        assert_eq!(rice, milli(741));
        let sugar = quantity_for_money(Rupiah::new(5_000), Rupiah::new(17_500)).unwrap();
        assert_eq!(sugar, milli(286));
        assert!(exceeds_ceiling(Rupiah::new(10_000), milli(740), Rupiah::new(13_500)));
        assert!(!exceeds_ceiling(Rupiah::new(10_000), milli(741), Rupiah::new(13_500)));
        assert!(exceeds_ceiling(Rupiah::new(2_000), milli(60), Rupiah::new(30_000)));
        assert!(quantity_for_money(Rupiah::new(1), Rupiah::ZERO).is_err());
    }

    #[test]
    fn a_price_is_rounded_once_for_the_line() {
        let flour = price_of(milli(350), Rupiah::new(11_900), Rounding::HalfUp);
        assert_eq!(flour, Ok(Rupiah::new(4_165)));
    }
}
