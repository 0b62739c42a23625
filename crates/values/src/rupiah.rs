//! Money: whole rupiah, never a fraction.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rounding::divide;
use crate::{NothingToShareBy, Overflow, Rate, Rounding, share};

/// An amount in whole rupiah, in 64 bits. Adding is checked; division has a name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Rupiah(i64);

impl Rupiah {
    /// Nothing.
    pub const ZERO: Rupiah = Rupiah(0);

    /// From whole rupiah.
    #[must_use]
    pub const fn new(rupiah: i64) -> Rupiah {
        Rupiah(rupiah)
    }

    /// Whole rupiah.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plus(self, other: Rupiah) -> Result<Rupiah, Overflow> {
        self.0.checked_add(other.0).map(Rupiah).ok_or(Overflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn minus(self, other: Rupiah) -> Result<Rupiah, Overflow> {
        self.0.checked_sub(other.0).map(Rupiah).ok_or(Overflow)
    }

    /// The same amount on the other side of zero; the smallest number becomes the largest.
    #[must_use]
    pub fn negated(self) -> Rupiah {
        Rupiah(self.0.saturating_neg())
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Rupiah {
        Rupiah(self.0.saturating_abs())
    }

    /// The sum of many.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn total(amounts: impl IntoIterator<Item = Rupiah>) -> Result<Rupiah, Overflow> {
        amounts.into_iter().try_fold(Rupiah::ZERO, Rupiah::plus)
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn times_count(self, count: i64) -> Result<Rupiah, Overflow> {
        self.0.checked_mul(count).map(Rupiah).ok_or(Overflow)
    }

    /// `amount × numerator ÷ denominator`, rounded once.
    ///
    /// # Errors
    /// [`Overflow`], also where the denominator is not above zero.
    pub fn times_fraction(
        self,
        numerator: i64,
        denominator: i64,
        rounding: Rounding,
    ) -> Result<Rupiah, Overflow> {
        let top = i128::from(self.0) * i128::from(numerator);
        divide(top, i128::from(denominator), rounding).map(Rupiah)
    }

    /// `amount × rate`, for one whole span of the rate's basis, rounded once.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn times(self, rate: Rate, rounding: Rounding) -> Result<Rupiah, Overflow> {
        self.times_fraction(rate.ppm(), 1_000_000, rounding)
    }

    /// Shares the amount by weights, to the rupiah; see [`share`].
    ///
    /// # Errors
    /// [`NothingToShareBy`] where no weight is above zero.
    pub fn share_by(self, weights: &[u64]) -> Result<Vec<Rupiah>, NothingToShareBy> {
        Ok(share(self.0, weights)?.into_iter().map(Rupiah).collect())
    }

    /// The amount rounded toward zero to a multiple of `unit`; a unit of zero or below leaves it.
    #[must_use]
    pub fn rounded_down_to(self, unit: i64) -> Rupiah {
        if unit <= 0 { self } else { Rupiah(self.0 - self.0 % unit) }
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

    /// The digits with dots: `1.250.000`, `-500`.
    #[must_use]
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", grouped(self.0.unsigned_abs()))
    }
}

impl fmt::Display for Rupiah {
    /// `Rp 1.250.000`, `-Rp 250.000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}Rp {}", grouped(self.0.unsigned_abs())))
    }
}

/// Digits in groups of three with dots between.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_amount_prints_as_people_write_it() {
        let cases = [
            (0, "Rp 0"),
            (999, "Rp 999"),
            (1_000, "Rp 1.000"),
            (1_250_000, "Rp 1.250.000"),
            (-250_000, "-Rp 250.000"),
            (i64::MAX, "Rp 9.223.372.036.854.775.807"),
            (i64::MIN, "-Rp 9.223.372.036.854.775.808"),
        ];
        for (number, text) in cases {
            assert_eq!(Rupiah::new(number).to_string(), text);
        }
        assert_eq!(Rupiah::new(-1_500).plain(), "-1.500");
    }

    #[test]
    fn adding_beyond_the_end_is_an_error_and_never_wraps() {
        let most = Rupiah::new(i64::MAX);
        assert_eq!(most.plus(Rupiah::new(1)), Err(Overflow));
        assert_eq!(Rupiah::new(i64::MIN).minus(Rupiah::new(1)), Err(Overflow));
        assert_eq!(most.times_count(2), Err(Overflow));
        assert_eq!(Rupiah::total([most, most]), Err(Overflow));
    }

    #[test]
    fn a_tax_is_rounded_down_and_interest_half_up() {
        let interest = Rupiah::new(254_795);
        let tax = interest.times_fraction(10, 100, Rounding::Down).unwrap();
        assert_eq!(tax, Rupiah::new(25_479));
        let balance_days = Rupiah::new(44_000_000);
        let daily = balance_days.times_fraction(4, 36_500, Rounding::HalfUp).unwrap();
        assert_eq!(daily, Rupiah::new(4_822));
    }

    #[test]
    fn cash_rounds_down_to_the_coin_that_there_is() {
        assert_eq!(Rupiah::new(27_350).rounded_down_to(100), Rupiah::new(27_300));
        assert_eq!(Rupiah::new(27_350).rounded_down_to(500), Rupiah::new(27_000));
        assert_eq!(Rupiah::new(-150).rounded_down_to(100), Rupiah::new(-100));
        assert_eq!(Rupiah::new(150).rounded_down_to(0), Rupiah::new(150));
    }

    #[test]
    fn the_sign_can_be_asked_and_turned() {
        let debt = Rupiah::new(-500);
        assert!(debt.is_negative() && !debt.is_positive() && !debt.is_zero());
        assert_eq!((debt.negated(), debt.abs()), (Rupiah::new(500), Rupiah::new(500)));
        assert_eq!(Rupiah::new(i64::MIN).negated(), Rupiah::new(i64::MAX));
        let parts = debt.share_by(&[1, 1, 1]).unwrap();
        assert_eq!(parts, [-167, -167, -166].map(Rupiah::new));
    }

    #[test]
    fn it_travels_as_a_whole_number() {
        assert_eq!(serde_json::to_string(&Rupiah::new(-500)).unwrap(), "-500");
        assert_eq!(serde_json::from_str::<Rupiah>("1250000").unwrap(), Rupiah::new(1_250_000));
        for wrong in ["1.5", "\"1250\"", "9223372036854775808"] {
            assert!(serde_json::from_str::<Rupiah>(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn adding_and_taking_away_comes_back_or_is_an_error(a in any::<i64>(), b in any::<i64>()) {
            match Rupiah::new(a).plus(Rupiah::new(b)) {
                Ok(sum) => prop_assert_eq!(sum.minus(Rupiah::new(b)), Ok(Rupiah::new(a))),
                Err(Overflow) => prop_assert!(a.checked_add(b).is_none()),
            }
        }

        #[test]
        fn the_whole_of_an_amount_is_the_amount(
            amount in any::<i64>(),
            part in 1_i64..1_000_000_000,
        ) {
            let amount = Rupiah::new(amount);
            prop_assert_eq!(amount.times_fraction(part, part, Rounding::HalfUp), Ok(amount));
        }
    }
}
