//! Prices per base unit, and ceilings, compared as fractions and never as rounded figures.

use crate::rounding::divide;
use crate::{Overflow, Quantity, Rounding, Rupiah};

/// Price of a quantity at a price per base unit: `quantity × price`, rounded once.
///
/// # Errors
/// [`Overflow`].
pub fn price_of(
    qty: Quantity,
    price_per_base: Rupiah,
    rounding: Rounding,
) -> Result<Rupiah, Overflow> {
    price_per_base.times_fraction(qty.milli(), 1_000, rounding)
}

/// The quantity that a sum of money buys, rounded **up** to the thousandth: "beras sepuluh ribu"
/// gives a little more, never less, so that no rounding breaks a ceiling.
///
/// # Errors
/// [`Overflow`], also where the price is not above zero.
pub fn quantity_for_money(money: Rupiah, price_per_base: Rupiah) -> Result<Quantity, Overflow> {
    let top = i128::from(money.get()) * 1_000;
    divide(top, i128::from(price_per_base.get()), Rounding::Up).map(Quantity::from_milli)
}

/// Whether a total for a quantity is dearer than a ceiling per base unit. Any money for no goods
/// exceeds it.
#[must_use]
pub fn exceeds_ceiling(total: Rupiah, qty: Quantity, ceiling_per_base: Rupiah) -> bool {
    let paid = i128::from(total.get()) * 1_000;
    paid > i128::from(ceiling_per_base.get()) * i128::from(qty.milli())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_buys_a_quantity_rounded_up() {
        let cases = [(10_000, 13_500, 741), (5_000, 17_500, 286), (27_000, 13_500, 2_000)];
        for (money, price, milli) in cases {
            let bought = quantity_for_money(Rupiah::new(money), Rupiah::new(price));
            assert_eq!(bought, Ok(Quantity::from_milli(milli)), "{money} at {price}");
        }
        assert_eq!(quantity_for_money(Rupiah::new(1), Rupiah::ZERO), Err(Overflow));
        assert_eq!(quantity_for_money(Rupiah::new(i64::MAX), Rupiah::new(1)), Err(Overflow));
    }

    #[test]
    fn a_ceiling_is_compared_as_a_fraction() {
        let cases = [
            (10_000, 740, 13_500, true),
            (10_000, 741, 13_500, false),
            (13_500, 1_000, 13_500, false),
            (2_000, 60, 30_000, true),
            (1_800, 60, 30_000, false),
            (1, 0, 30_000, true),
            (0, 0, 30_000, false),
        ];
        for (total, milli, ceiling, exceeds) in cases {
            let qty = Quantity::from_milli(milli);
            let found = exceeds_ceiling(Rupiah::new(total), qty, Rupiah::new(ceiling));
            assert_eq!(found, exceeds, "{total} for {qty} under {ceiling}");
        }
    }

    #[test]
    fn a_price_is_rounded_once_for_the_line() {
        let flour = Quantity::from_milli(350);
        let cases = [(Rounding::Down, 4_165), (Rounding::HalfUp, 4_165), (Rounding::Up, 4_166)];
        for (rounding, total) in cases {
            assert_eq!(price_of(flour, Rupiah::new(11_901), rounding), Ok(Rupiah::new(total)));
        }
        let much = Quantity::from_milli(i64::MAX);
        assert_eq!(price_of(much, Rupiah::new(i64::MAX), Rounding::Down), Err(Overflow));
    }

    proptest! {
        #[test]
        fn buying_by_rupiah_never_breaks_the_ceiling(
            money in 1_i64..100_000_000,
            price in 1_i64..1_000_000,
        ) {
            let (money, price) = (Rupiah::new(money), Rupiah::new(price));
            let bought = quantity_for_money(money, price).unwrap();
            prop_assert!(!exceeds_ceiling(money, bought, price));
            let less = bought.minus(Quantity::from_milli(1)).unwrap();
            prop_assert!(exceeds_ceiling(money, less, price));
        }
    }
}
