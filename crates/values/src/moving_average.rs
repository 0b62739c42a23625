//! Inventory at moving average: quantity and total value, never a rounded unit cost.

use serde::{Deserialize, Serialize};

use crate::{Overflow, Quantity, Rounding, Rupiah};

/// Quantity on hand and what it cost in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MovingAverage {
    /// On hand.
    pub qty: Quantity,
    /// What it cost in all.
    pub value: Rupiah,
}

/// Why goods cannot be issued at cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// More than is on hand.
    #[error("lebih banyak daripada persediaan")]
    MoreThanOnHand,
    /// Below zero: that would be a receipt.
    #[error("barang keluar tidak boleh di bawah nol")]
    Negative,
    /// A number left 64 bits.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

impl MovingAverage {
    /// Adds goods with what they cost. Goods sent back to a supplier are issued.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn receive(self, qty: Quantity, value: Rupiah) -> Result<MovingAverage, Overflow> {
        Ok(MovingAverage { qty: self.qty.plus(qty)?, value: self.value.plus(value)? })
    }

    /// Takes goods out: their cost, and what is left. The cost is `qty × value ÷ quantity on hand`,
    /// half up, and the last of them take what is left, so that an empty shelf is worth nothing.
    ///
    /// # Errors
    /// [`IssueError`].
    pub fn issue(self, qty: Quantity) -> Result<(Rupiah, MovingAverage), IssueError> {
        if qty.is_negative() {
            return Err(IssueError::Negative);
        }
        if qty.is_zero() {
            return Ok((Rupiah::ZERO, self));
        }
        if qty > self.qty {
            return Err(IssueError::MoreThanOnHand);
        }
        let cost = if qty == self.qty {
            self.value
        } else {
            self.value.times_fraction(qty.milli(), self.qty.milli(), Rounding::HalfUp)?
        };
        Ok((cost, MovingAverage { qty: self.qty.minus(qty)?, value: self.value.minus(cost)? }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stock(pieces: i64, value: i64) -> MovingAverage {
        MovingAverage { qty: Quantity::whole(pieces).unwrap(), value: Rupiah::new(value) }
    }

    fn add(stock: MovingAverage, pieces: i64, value: i64) -> MovingAverage {
        stock.receive(Quantity::whole(pieces).unwrap(), Rupiah::new(value)).unwrap()
    }

    #[test]
    fn an_even_average() {
        let on_hand = add(stock(100, 1_000_000), 50, 575_000);
        let (cost, left) = on_hand.issue(Quantity::whole(60).unwrap()).unwrap();
        assert_eq!((cost, left), (Rupiah::new(630_000), stock(90, 945_000)));
    }

    #[test]
    fn an_odd_average_rounds_half_up_once() {
        let on_hand = add(stock(100, 1_000_000), 33, 340_989);
        let (cost, left) = on_hand.issue(Quantity::whole(7).unwrap()).unwrap();
        assert_eq!((cost, left), (Rupiah::new(70_578), stock(126, 1_270_411)));
    }

    #[test]
    fn the_last_piece_takes_what_is_left_and_no_more_can_go() {
        let (first, rest) = stock(3, 100).issue(Quantity::whole(2).unwrap()).unwrap();
        let (last, empty) = rest.issue(Quantity::whole(1).unwrap()).unwrap();
        assert_eq!((first.get(), last.get(), empty), (67, 33, MovingAverage::default()));
        assert_eq!(empty.issue(Quantity::from_milli(1)), Err(IssueError::MoreThanOnHand));
        assert_eq!(empty.issue(Quantity::from_milli(-1)), Err(IssueError::Negative));
    }

    #[test]
    fn nothing_taken_costs_nothing_even_where_a_value_stands_without_goods() {
        let left_over = stock(0, 5);
        assert_eq!(left_over.issue(Quantity::ZERO), Ok((Rupiah::ZERO, left_over)));
    }

    #[test]
    fn more_than_64_bits_is_an_error() {
        let full = stock(1, i64::MAX);
        assert_eq!(full.receive(Quantity::ZERO, Rupiah::new(1)), Err(Overflow));
    }

    proptest! {
        #[test]
        fn what_goes_out_and_what_stays_is_what_came_in(
            value in 0_i64..1_000_000_000_000,
            milli in 1_i64..1_000_000_000,
            takes in proptest::collection::vec(0_i64..1_000_000_000, 0..20),
        ) {
            let mut left =
                MovingAverage { qty: Quantity::from_milli(milli), value: Rupiah::new(value) };
            let mut out = Rupiah::ZERO;
            for take in takes {
                if let Ok((cost, rest)) = left.issue(Quantity::from_milli(take)) {
                    prop_assert!(!cost.is_negative());
                    out = out.plus(cost).unwrap();
                    left = rest;
                }
            }
            prop_assert_eq!(out.plus(left.value).unwrap(), Rupiah::new(value));
            prop_assert!(!left.value.is_negative());
        }

        #[test]
        fn receipts_and_issues_in_any_order_lose_no_rupiah(
            moves in proptest::collection::vec(
                (0_i64..10_000_000, 0_i64..1_000_000_000, any::<bool>()), 0..40,
            ),
        ) {
            let mut on_hand = MovingAverage::default();
            let (mut put_in, mut taken) = (Rupiah::ZERO, Rupiah::ZERO);
            for (milli, value, out) in moves {
                let (qty, value) = (Quantity::from_milli(milli), Rupiah::new(value));
                if !out {
                    on_hand = on_hand.receive(qty, value).unwrap();
                    put_in = put_in.plus(value).unwrap();
                } else if let Ok((cost, rest)) = on_hand.issue(qty) {
                    (on_hand, taken) = (rest, taken.plus(cost).unwrap());
                }
                prop_assert!(!on_hand.value.is_negative() && !on_hand.qty.is_negative());
                prop_assert_eq!(taken.plus(on_hand.value).unwrap(), put_in);
            }
        }
    }
}
