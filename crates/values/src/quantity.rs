//! Quantities of goods.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rounding::divide;
use crate::rupiah::grouped;
use crate::{NotExact, Overflow, PackFactor, Rounding};

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

    /// Base units in this many packs of a size.
    ///
    /// # Errors
    /// [`NotExact`] where they are no whole number of thousandths, or too many.
    pub fn times_factor(self, factor: &PackFactor) -> Result<Quantity, NotExact> {
        let top = i128::from(self.0) * i128::from(factor.numerator());
        let bottom = i128::from(factor.denominator());
        if top % bottom != 0 {
            return Err(NotExact);
        }
        divide(top, bottom, Rounding::Down).map(Quantity).map_err(|_| NotExact)
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
    /// `0,741`, `48`, `1.250,5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let milli = self.0.unsigned_abs();
        let fraction = format!("{:03}", milli % 1_000);
        let fraction = fraction.trim_end_matches('0');
        let comma = if fraction.is_empty() { "" } else { "," };
        f.pad(&format!("{sign}{}{comma}{fraction}", grouped(milli / 1_000)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milli(milli: i64) -> Quantity {
        Quantity::from_milli(milli)
    }

    #[test]
    fn a_quantity_prints_as_people_write_it() {
        let cases = [
            (741, "0,741"),
            (48_000, "48"),
            (1_250_500, "1.250,5"),
            (-350, "-0,35"),
            (0, "0"),
            (i64::MIN, "-9.223.372.036.854.775,808"),
        ];
        for (number, text) in cases {
            assert_eq!(milli(number).to_string(), text);
        }
        assert_eq!(format!("{:>8}|", milli(741)), "   0,741|");
    }

    #[test]
    fn beyond_the_end_is_an_error_and_never_wraps() {
        assert_eq!(milli(i64::MAX).plus(milli(1)), Err(Overflow));
        assert_eq!(milli(i64::MIN).minus(milli(1)), Err(Overflow));
        assert_eq!(Quantity::whole(i64::MAX), Err(Overflow));
        assert_eq!(milli(1_500).minus(milli(2_000)), Ok(milli(-500)));
    }

    #[test]
    fn half_a_dus_of_forty_is_twenty_and_a_third_of_a_gram_is_refused() {
        let dus = PackFactor::parse("40").unwrap();
        assert_eq!(milli(500).times_factor(&dus), Ok(milli(20_000)));
        let third = PackFactor::parse("1/3").unwrap();
        assert_eq!(milli(1).times_factor(&third), Err(NotExact));
        assert_eq!(milli(i64::MAX).times_factor(&dus), Err(NotExact));
    }

    #[test]
    fn it_travels_as_a_number_of_thousandths() {
        assert_eq!(serde_json::to_string(&milli(741)).unwrap(), "741");
        assert_eq!(serde_json::from_str::<Quantity>("741").unwrap(), milli(741));
        assert!(serde_json::from_str::<Quantity>("0.741").is_err());
    }
}
