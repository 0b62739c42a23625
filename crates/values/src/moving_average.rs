//! Inventory at moving average: quantity and total value, never a rounded unit cost.

use crate::{Overflow, Quantity, Rounding, Rupiah};

/// Quantity on hand and what it cost in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MovingAverage {
    /// On hand.
    pub quantity: Quantity,
    /// What it cost in all.
    pub value: Rupiah,
}

/// Why goods cannot be issued at cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// More than is on hand.
    #[error("lebih banyak daripada persediaan")]
    MoreThanOnHand,
    /// A number left 64 bits.
    #[error(transparent)]
    Overflow(#[from] Overflow),
}

impl MovingAverage {
    /// Adds goods with what they cost.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn receive(self, quantity: Quantity, value: Rupiah) -> Result<MovingAverage, Overflow> {
        Ok(MovingAverage {
            quantity: self.quantity.plus(quantity)?,
            value: self.value.plus(value)?,
        })
    }

    /// Takes goods out: their cost is `quantity × value ÷ quantity on hand`, half up, and the last of
    /// them take what is left, so that an empty shelf is worth nothing.
    ///
    /// # Errors
    /// [`IssueError`].
    pub fn issue(self, quantity: Quantity) -> Result<(Rupiah, MovingAverage), IssueError> {
        if quantity > self.quantity || quantity.is_negative() {
            return Err(IssueError::MoreThanOnHand);
        }
        let cost = if quantity == self.quantity {
            self.value
        } else {
            let (part, whole) = (quantity.milli(), self.quantity.milli());
            self.value.times_fraction(part, whole, Rounding::HalfUp)?
        };
        let quantity = self.quantity.minus(quantity)?;
        Ok((cost, MovingAverage { quantity, value: self.value.minus(cost)? }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stock(pieces: i64, value: i64) -> MovingAverage {
        MovingAverage { quantity: Quantity::whole(pieces).unwrap(), value: Rupiah::new(value) }
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
    }

    proptest! {
        #[test]
        fn what_goes_out_and_what_stays_is_what_came_in(
            value in 0_i64..1_000_000_000_000,
            milli in 1_i64..1_000_000_000,
            takes in proptest::collection::vec(0_i64..1_000_000_000, 0..20),
        ) {
            let mut left =
                MovingAverage { quantity: Quantity::from_milli(milli), value: Rupiah::new(value) };
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
    }
}
