//! The recount of stock: what stands must be the sum of the movements, where goods lie must sum to
//! it, and its value must be what the journal holds behind each good.

use std::collections::BTreeMap;

use serde::Serialize;
use store::{Failure, Later, Tx};
use values::{GoodId, Quantity, Rupiah};

use crate::AccountSet;

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockFinding {
    /// Stable name: `stock.movements`, `stock.positions`, `stock.journal`.
    pub code: &'static str,
    /// Which goods, by their id.
    pub good: String,
    /// What stands there and what should.
    pub detail: String,
}

type Kept = (GoodId, AccountSet, Quantity, Rupiah, Quantity);

/// Counts a cooperative's stock again.
///
/// # Errors
/// A fault; differences are findings, not errors.
pub async fn check(tx: &mut Tx) -> Result<Vec<StockFinding>, Failure> {
    let kept: Later<Kept> = tx
        .later(
            "select v.good_id, g.accounts, v.qty_milli, v.value, v.waiting_milli
               from stock_values v join goods g on g.coop_id = v.coop_id and g.good_id = v.good_id
              where v.coop_id = $1 order by v.good_id",
            &[],
        )
        .await?;
    let moved: Later<(GoodId, Quantity, Rupiah, Quantity)> = tx
        .later(
            "select good_id,
                    cast(sum(case when kind in ('first', 'first_settled') then 0 else qty_milli end)
                         as bigint),
                    cast(sum(value) as bigint),
                    cast(sum(case when kind in ('first', 'first_settled') then qty_milli else 0 end)
                         as bigint)
               from stock_movements where coop_id = $1 and owner = '' group by good_id",
            &[],
        )
        .await?;
    let lying: Vec<(GoodId, Quantity)> = tx
        .all(
            "select good_id, cast(sum(qty_milli) as bigint) from stock_positions
              where coop_id = $1 and owner = '' group by good_id",
            &[],
        )
        .await?;
    let lying: BTreeMap<GoodId, Quantity> = lying.into_iter().collect();
    let moved = moved.all().await?;
    let moved: BTreeMap<GoodId, (Quantity, Rupiah, Quantity)> =
        moved.into_iter().map(|row| (row.0, (row.1, row.2, row.3))).collect();
    let kept = kept.all().await?;
    let mut findings = compare(&kept, &moved, &lying);
    findings.extend(against_journal(tx, &kept).await?);
    Ok(findings)
}

fn compare(
    kept: &[Kept],
    moved: &BTreeMap<GoodId, (Quantity, Rupiah, Quantity)>,
    lying: &BTreeMap<GoodId, Quantity>,
) -> Vec<StockFinding> {
    let mut findings = Vec::new();
    for &(good_id, _, qty, value, waiting) in kept {
        let sums = moved.get(&good_id).copied().unwrap_or_default();
        let mut find = |code, detail| {
            findings.push(StockFinding { code, good: good_id.to_text(), detail });
        };
        if sums != (qty, value, waiting) {
            let detail = format!("stands {qty}, {value}, waiting {waiting}; moved {sums:?}");
            find("stock.movements", detail);
        }
        let there = lying.get(&good_id).copied().unwrap_or_default();
        if qty.plus(waiting) != Ok(there) {
            find("stock.positions", format!("stands {qty} and {waiting}; lies {there}"));
        }
    }
    findings
}

async fn against_journal(tx: &mut Tx, kept: &[Kept]) -> Result<Vec<StockFinding>, Failure> {
    let mut findings = Vec::new();
    for set in AccountSet::ALL {
        let names = ledger::names_behind(tx, set.inventory()).await?;
        let mut names: BTreeMap<String, Rupiah> = names.into_iter().collect();
        for (good_id, _, _, value, _) in kept.iter().filter(|row| row.1 == set) {
            let posted = names.remove(&good_id.to_text()).unwrap_or_default();
            if posted != *value {
                findings.push(StockFinding {
                    code: "stock.journal",
                    good: good_id.to_text(),
                    detail: format!("stands {value}; the journal holds {posted}"),
                });
            }
        }
        findings.extend(names.into_iter().map(|(good, posted)| StockFinding {
            code: "stock.journal",
            good,
            detail: format!("no such goods; the journal holds {posted}"),
        }));
    }
    Ok(findings)
}
