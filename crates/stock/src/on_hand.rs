//! Stok hari ini: what is on hand, what it is worth, what must be ordered, what spoils first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Ctx, Day, GoodId, MovingAverage, Quantity, Rupiah};

/// Days of sales from which the pace is read.
pub const LOOK_BACK_DAYS: i32 = 28;
/// Stock that lasts fewer days than this is low.
pub const COVER_DAYS: i64 = 7;

/// A good on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnHand {
    /// Which.
    pub good_id: GoodId,
    /// Its name.
    pub name: String,
    /// What it is counted in.
    pub base_unit: String,
    /// What lies there.
    pub qty: Quantity,
    /// Of that, what has no paper yet.
    pub waiting: Quantity,
    /// What the books say it is worth.
    pub value: Rupiah,
    /// At or below this it is to be ordered, where somebody said so.
    pub reorder: Option<Quantity>,
    /// Sold in the last [`LOOK_BACK_DAYS`] days, less what came back.
    pub sold: Quantity,
}

/// A batch of goods at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Where it lies.
    pub place: String,
    /// Its name; empty where goods are not told apart.
    pub batch: String,
    /// Until when it keeps.
    pub expiry: Option<Day>,
    /// How much of it is there.
    pub qty: Quantity,
}

impl OnHand {
    /// How many whole days it lasts at the pace of late; none where nothing was sold.
    #[must_use]
    pub fn days_left(&self) -> Option<i64> {
        let there = i128::from(self.qty.milli().max(0)) * i128::from(LOOK_BACK_DAYS);
        let days = there.checked_div(i128::from(self.sold.milli().max(0)))?;
        i64::try_from(days).ok()
    }

    /// Whether it should be ordered: it is at the mark that was set, or lasts less than a week.
    #[must_use]
    pub fn is_low(&self) -> bool {
        let at_mark = self.reorder.is_some_and(|mark| self.qty <= mark);
        at_mark || self.days_left().is_some_and(|days| days < COVER_DAYS)
    }
}

impl FromRow for OnHand {
    fn from_row(row: Vec<Cell>) -> Result<OnHand, Fault> {
        let mut cells = Cells::new(row);
        Ok(OnHand {
            good_id: cells.take()?,
            name: cells.take()?,
            base_unit: cells.take()?,
            qty: cells.take()?,
            waiting: cells.take()?,
            value: cells.take()?,
            reorder: cells.take()?,
            sold: Quantity::ZERO,
        })
    }
}

impl FromRow for Batch {
    fn from_row(row: Vec<Cell>) -> Result<Batch, Fault> {
        let mut cells = Cells::new(row);
        Ok(Batch {
            place: cells.take()?,
            batch: cells.take()?,
            expiry: cells.take()?,
            qty: cells.take()?,
        })
    }
}

/// All goods by name.
///
/// # Errors
/// A fault.
pub async fn on_hand(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<OnHand>, Failure> {
    let goods: Later<OnHand> = tx
        .later(
            "select g.good_id, g.name, g.base_unit, v.qty_milli + v.waiting_milli, v.waiting_milli,
                    v.value, g.reorder_milli
               from goods g join stock_values v on v.coop_id = g.coop_id and v.good_id = g.good_id
              where g.coop_id = $1 order by g.search",
            &[],
        )
        .await?;
    let since = ctx.day().plus_days(-LOOK_BACK_DAYS).instant_at(0);
    let sold: Vec<(GoodId, Quantity)> = tx
        .all(
            "select good_id, cast(-sum(qty_milli) as bigint) from stock_movements
              where coop_id = $1 and happened_at >= $2 and kind in ('issue', 'take_back')
              group by good_id",
            &[&since],
        )
        .await?;
    let sold: BTreeMap<GoodId, Quantity> = sold.into_iter().collect();
    let mut goods = goods.all().await?;
    for good in &mut goods {
        good.sold = sold.get(&good.good_id).copied().unwrap_or_default();
    }
    Ok(goods)
}

/// Where goods lie, what spoils first in front: first expired, first out.
///
/// # Errors
/// A fault.
pub async fn batches(tx: &mut Tx, good_id: GoodId) -> Result<Vec<Batch>, Failure> {
    let batches = tx
        .all(
            "select place, batch, expiry, qty_milli from stock_positions
              where coop_id = $1 and good_id = $2 and owner = '' and qty_milli <> 0
              order by coalesce(expiry, '9999'), batch, place",
            &[&good_id],
        )
        .await?;
    Ok(batches)
}

/// The value and quantity of the last receipt: what a unit was known to cost last.
///
/// # Errors
/// A fault.
pub async fn last_known_cost(
    tx: &mut Tx,
    good_id: GoodId,
) -> Result<Option<MovingAverage>, Failure> {
    let found: Option<(Quantity, Rupiah)> = tx
        .maybe(
            "select last_cost_milli, last_cost_value from stock_values
              where coop_id = $1 and good_id = $2 and last_cost_milli > 0",
            &[&good_id],
        )
        .await?;
    Ok(found.map(|(qty, value)| MovingAverage { qty, value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_is_low_at_its_mark_or_when_it_lasts_less_than_a_week() {
        let good = |qty: i64, sold: i64, mark: Option<i64>| OnHand {
            good_id: GoodId::from_bytes([1; 16]),
            name: "Gula".to_owned(),
            base_unit: "kg".to_owned(),
            qty: Quantity::from_milli(qty),
            waiting: Quantity::ZERO,
            value: Rupiah::ZERO,
            reorder: mark.map(Quantity::from_milli),
            sold: Quantity::from_milli(sold),
        };
        assert_eq!(good(25_000, 0, None).days_left(), None);
        assert_eq!(good(25_000, 100_000, None).days_left(), Some(7));
        let low = [
            good(25_000, 100_000, None),
            good(24_999, 100_000, None),
            good(25_000, 0, Some(25_000)),
            good(25_001, 0, Some(25_000)),
            good(-1, 1, None),
        ];
        assert_eq!(low.map(|good| good.is_low()), [false, true, true, false, true]);
    }
}
