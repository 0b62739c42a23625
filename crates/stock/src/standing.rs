//! What stands of a good: one row that a sale reads once and writes once.
//!
//! Quantity and value are kept, never a rounded unit cost. Goods that came without their paper are
//! on hand but not yet in the books: they wait, and what is sold of them stands below zero at the
//! last known cost until the paper comes.

use store::{Cell, Cells, Fault, FromRow, Later, Tx};
use values::{GoodId, Instant, MovingAverage, Overflow, Quantity, Rounding, Rupiah};

use crate::AccountSet;

/// A good as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) good_id: GoodId,
    pub(crate) name: String,
    pub(crate) accounts: AccountSet,
    /// Handed out by quota: never sold before it stands in the books.
    pub(crate) quota: bool,
    /// In the books; below zero where goods were sold before their paper came.
    pub(crate) book: MovingAverage,
    /// On hand and not yet in the books.
    pub(crate) waiting: Quantity,
    /// The last receipt: its value over its quantity is the last known cost.
    pub(crate) last_cost: MovingAverage,
    /// Number of the last movement.
    pub(crate) last_no: i64,
    /// When the latest movement happened.
    pub(crate) last_at: Instant,
}

impl FromRow for Standing {
    fn from_row(row: Vec<Cell>) -> Result<Standing, Fault> {
        let mut cells = Cells::new(row);
        Ok(Standing {
            good_id: cells.take()?,
            name: cells.take()?,
            accounts: cells.take()?,
            quota: cells.take()?,
            book: MovingAverage { qty: cells.take()?, value: cells.take()? },
            waiting: cells.take()?,
            last_cost: MovingAverage { qty: cells.take()?, value: cells.take()? },
            last_no: cells.take()?,
            last_at: cells.take()?,
        })
    }
}

impl Standing {
    /// What can be handed out.
    pub(crate) fn on_hand(&self) -> Result<Quantity, Overflow> {
        self.book.qty.plus(self.waiting)
    }
}

/// Asks for a good, to be settled later.
pub(crate) async fn ask(tx: &mut Tx, good_id: GoodId) -> Result<Later<Standing>, Fault> {
    tx.later(
        "select g.good_id, g.name, g.accounts, g.quota, v.qty_milli, v.value, v.waiting_milli,
                v.last_cost_milli, v.last_cost_value, v.last_no, v.last_at
           from stock_values v join goods g on g.coop_id = v.coop_id and g.good_id = v.good_id
          where v.coop_id = $1 and v.good_id = $2",
        &[&good_id],
    )
    .await
}

/// Writes what stands now.
pub(crate) async fn keep(tx: &mut Tx, standing: &Standing) -> Result<(), Fault> {
    tx.run(
        "update stock_values set qty_milli = $3, value = $4, waiting_milli = $5,
                last_cost_milli = $6, last_cost_value = $7, last_no = $8, last_at = $9
          where coop_id = $1 and good_id = $2",
        1,
        &[
            &standing.good_id,
            &standing.book.qty,
            &standing.book.value,
            &standing.waiting,
            &standing.last_cost.qty,
            &standing.last_cost.value,
            &standing.last_no,
            &standing.last_at,
        ],
    )
    .await
}

/// What a quantity costs at the last known cost; nothing where none is known.
pub(crate) fn at_last_cost(last: MovingAverage, qty: Quantity) -> Result<Rupiah, Overflow> {
    if last.qty.is_positive() {
        last.value.times_fraction(qty.milli(), last.qty.milli(), Rounding::HalfUp)
    } else {
        Ok(Rupiah::ZERO)
    }
}

/// Takes goods out: at the moving average as far as they stand in the books, beyond that at the
/// last known cost. Gives their cost, what is left, and what went below zero with its part of the
/// cost.
pub(crate) fn take_out(
    book: MovingAverage,
    last_cost: MovingAverage,
    qty: Quantity,
) -> Result<(Rupiah, MovingAverage, MovingAverage), Overflow> {
    let covered = qty.min(book.qty).max(Quantity::ZERO);
    let (cost, left) = book.issue(covered).map_err(|_| Overflow)?;
    let beyond = qty.minus(covered)?;
    let guess = at_last_cost(last_cost, beyond)?;
    let left = MovingAverage { qty: left.qty.minus(beyond)?, value: left.value.minus(guess)? };
    Ok((cost.plus(guess)?, left, MovingAverage { qty: beyond, value: guess }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock(units: i64, value: i64) -> MovingAverage {
        MovingAverage { qty: Quantity::whole(units).unwrap(), value: Rupiah::new(value) }
    }

    #[test]
    fn goods_leave_at_the_average_and_the_last_take_the_residual() {
        let take = |book, units| {
            take_out(book, stock(0, 0), Quantity::whole(units).unwrap())
                .map(|(cost, left, _)| (cost.get(), left.value.get()))
                .unwrap()
        };
        assert_eq!(take(stock(150, 1_575_000), 60), (630_000, 945_000));
        assert_eq!(take(stock(133, 1_340_989), 7), (70_578, 1_270_411));
        assert_eq!(take(stock(3, 1_000), 3), (1_000, 0));
    }

    #[test]
    fn beyond_what_stands_goods_cost_what_they_last_did() {
        let (cost, left, beyond) =
            take_out(stock(2, 90), stock(10, 500), Quantity::whole(5).unwrap()).unwrap();
        assert_eq!((cost, left, beyond), (Rupiah::new(240), stock(-3, -150), stock(3, 150)));
        let never_bought = take_out(stock(0, 0), stock(0, 0), Quantity::whole(5).unwrap());
        assert_eq!(never_bought.unwrap().1, stock(-5, 0));
    }
}
