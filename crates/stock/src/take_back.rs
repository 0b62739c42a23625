//! Barang kembali: what a customer brings back stands again at what it cost when it was sold.
//!
//! Called by the room that refunds. The cost is that of the line it was sold on, with what was
//! corrected of it since; parts of a line sum to the line. Never more than was sold on it.

use std::collections::BTreeMap;

use store::{Failure, Later, Tx};
use values::{Ctx, Day, GoodId, Instant, Quantity, Rounding, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect};
use crate::issue::{self, LineCost, StandingGoods};
use crate::movement::{Movement, MovementKind};

/// What comes back, and of which sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBack {
    /// The sale it was sold with.
    pub document_id: String,
    /// The refund.
    pub paper_id: String,
    /// Accounting day.
    pub day: Day,
    /// When it came back.
    pub happened_at: Instant,
    /// Where it is put.
    pub place: String,
    /// Its lines, each line of the sale at most once.
    pub lines: Vec<TakeBackLine>,
}

/// One line that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBackLine {
    /// Its number in the sale.
    pub line_no: i64,
    /// Which goods.
    pub good_id: GoodId,
    /// How much, in base units.
    pub qty: Quantity,
    /// Of which batch, where they are told apart.
    pub batch: Option<String>,
}

/// What was sold on a line and what came back of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sold {
    qty: Quantity,
    cost: Rupiah,
    back: Quantity,
    cost_back: Rupiah,
}

struct Plan {
    effects: Vec<Effect>,
    lines: Vec<LineCost>,
}

fn decide(input: &TakeBack, goods: StandingGoods, sold: &[Sold]) -> Result<Plan, StockRefusal> {
    let mut effects: BTreeMap<GoodId, Effect> =
        goods.0.into_iter().map(|(good_id, standing)| (good_id, Effect::of(standing))).collect();
    let mut lines = Vec::with_capacity(input.lines.len());
    for (line, sold) in input.lines.iter().zip(sold) {
        let effect = effects.get_mut(&line.good_id).ok_or(StockRefusal::UnknownGood)?;
        if !line.qty.is_positive() {
            return Err(StockRefusal::NoQuantity { name: effect.after.name.clone() });
        }
        let (left, asked) = (sold.qty.minus(sold.back)?, line.qty);
        if asked > left {
            return Err(StockRefusal::MoreThanSold { left, asked });
        }
        let so_far = sold.back.plus(asked)?;
        let share = sold.cost.times_fraction(so_far.milli(), sold.qty.milli(), Rounding::HalfUp)?;
        let cost = share.minus(sold.cost_back)?;
        let at = input.happened_at;
        let mut movement = Movement::new(MovementKind::TakeBack, input.day, at, &input.place)
            .of(&input.document_id, line.line_no)
            .batched(line.batch.as_deref(), None)
            .moving(asked, cost);
        movement.paper_id = Some(input.paper_id.clone());
        effect.put(movement)?;
        lines.push(LineCost {
            line_no: line.line_no,
            good_id: line.good_id,
            qty: asked,
            cost,
            accounts: effect.after.accounts,
        });
    }
    let effects = effects.into_values().filter(|effect| !effect.moves.is_empty()).collect();
    Ok(Plan { effects, lines })
}

/// Takes goods back and tells what they cost; the caller posts it.
///
/// # Errors
/// [`StockRefusal`]: no quantity, unknown goods, more than was sold; or a fault.
pub async fn take_back(tx: &mut Tx, ctx: &Ctx, input: &TakeBack) -> Result<Vec<LineCost>, Failure> {
    let goods = issue::ask(tx, input.lines.iter().map(|line| line.good_id)).await?;
    let mut asked: Vec<Later<(MovementKind, Quantity, Rupiah)>> = Vec::new();
    for line in &input.lines {
        let rows = tx
            .later(
                "select kind, qty_milli, value from stock_movements
                  where coop_id = $1 and document_id = $2 and line_no = $3 and good_id = $4",
                &[&input.document_id, &line.line_no, &line.good_id],
            )
            .await?;
        asked.push(rows);
    }
    let mut sold = Vec::with_capacity(asked.len());
    for rows in asked {
        sold.push(sum(rows.all().await?)?);
    }
    let plan = decide(input, goods.settle().await?, &sold)?;
    effect::write(tx, ctx, &plan.effects).await?;
    Ok(plan.lines)
}

fn sum(rows: Vec<(MovementKind, Quantity, Rupiah)>) -> Result<Sold, StockRefusal> {
    let mut sold = Sold::default();
    for (kind, qty, value) in rows {
        if kind == MovementKind::TakeBack {
            sold.back = sold.back.plus(qty)?;
            sold.cost_back = sold.cost_back.plus(value)?;
        } else {
            sold.qty = sold.qty.minus(qty)?;
            sold.cost = sold.cost.minus(value)?;
        }
    }
    Ok(sold)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::issue::tests::{good, goods, standing};

    fn back(id: u8, units: i64) -> TakeBack {
        TakeBack {
            document_id: "sale".to_owned(),
            paper_id: "refund".to_owned(),
            day: Day::parse_iso("2025-10-14").unwrap(),
            happened_at: Instant::from_micros(9),
            place: "toko".to_owned(),
            lines: vec![TakeBackLine {
                line_no: 1,
                good_id: good(id),
                qty: Quantity::whole(units).unwrap(),
                batch: None,
            }],
        }
    }

    fn sold(qty: i64, cost: i64, back: i64, cost_back: i64) -> [Sold; 1] {
        [Sold {
            qty: Quantity::whole(qty).unwrap(),
            cost: Rupiah::new(cost),
            back: Quantity::whole(back).unwrap(),
            cost_back: Rupiah::new(cost_back),
        }]
    }

    #[test]
    fn every_refusal_in_its_order() {
        let cases = [
            (back(7, 0), "stock.unknown_good"),
            (back(1, 0), "stock.no_quantity"),
            (back(1, 3), "stock.more_than_sold"),
        ];
        for (input, code) in cases {
            let there = goods(vec![standing(1, 5, 50, false)]);
            let refused = decide(&input, there, &sold(4, 40, 2, 20)).map_err(|no| no.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    #[test]
    fn parts_sum_to_the_line() {
        let cost = |units, sold: &[Sold]| {
            let there = goods(vec![standing(1, 5, 50, false)]);
            decide(&back(1, units), there, sold).unwrap().lines[0].cost.get()
        };
        assert_eq!(cost(1, &sold(3, 1_000, 0, 0)), 333);
        assert_eq!(cost(1, &sold(3, 1_000, 1, 333)), 334);
        assert_eq!(cost(1, &sold(3, 1_000, 2, 667)), 333);
        assert_eq!(cost(3, &sold(3, 1_000, 0, 0)), 1_000);
    }
}
