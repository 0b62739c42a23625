//! Ongkos menyusul: what a delivery cost besides becomes known after its goods were sold.
//!
//! The truck and the porters are paid at night, without a nota; of 200 sacks 120 are sold. The cost
//! goes by value to the goods of that receipt and is put in at the hour they came: what was sold
//! bears its part by who bought it, the rest lies with what is still there.
//!
//! | akun  |   debit |  kredit |
//! |-------|---------|---------|
//! | 11701 | 180.000 |         |
//! | 51101 | 180.000 |         |
//! | 52101 |  90.000 |         |
//! | 21210 |         | 450.000 |

use std::collections::BTreeMap;

use ledger::{Entry, Posted, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Tx};
use values::{Ctx, Day, DocumentId, GoodId, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, credits, debits};
use crate::issue::{self, StandingGoods};
use crate::landed_cost::freight_by_value;
use crate::movement::Movement;
use crate::paid_by::{Bill, Freight, ask_bills, bills, judge_bills, judge_freight, settle_bills};
use crate::receipts::{self, ReceiptHead, ReceiptLine};
use crate::revise::revise;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.late_freight";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateFreight {
    /// Its id, made when the form opens.
    pub freight_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// The receipt it belongs to.
    pub receipt_id: DocumentId,
    /// What it was, and how it was paid.
    pub freight: Vec<Freight>,
}

struct Facts {
    head: Option<ReceiptHead>,
    lines: Vec<ReceiptLine>,
}

struct Plan {
    bills: Vec<Bill>,
    /// Each line's part, in the order of the lines.
    shares: Vec<Rupiah>,
    moves: BTreeMap<GoodId, Vec<Movement>>,
}

fn decide(input: &LateFreight, facts: &Facts) -> Result<Plan, StockRefusal> {
    if input.freight.is_empty() {
        return Err(StockRefusal::NoLines);
    }
    judge_freight(&input.freight)?;
    let head = facts.head.as_ref().ok_or(StockRefusal::UnknownReceipt)?;
    let total = Rupiah::total(input.freight.iter().map(|cost| cost.amount))?;
    let amounts: Vec<Rupiah> = facts.lines.iter().map(|line| line.amount).collect();
    let quantities: Vec<Quantity> = facts.lines.iter().map(|line| line.qty).collect();
    let shares = freight_by_value(total, &amounts, &quantities)?;
    let mut moves: BTreeMap<GoodId, Vec<Movement>> = BTreeMap::new();
    for (line, share) in facts.lines.iter().zip(&shares) {
        let paper = input.freight_id;
        let late = line.late_cost(input.receipt_id, paper, (input.day, &head.place), *share);
        moves.entry(line.good_id).or_default().push(late);
    }
    let parts = input.freight.iter().map(|cost| (&cost.paid_by, cost.amount));
    Ok(Plan { bills: bills(parts)?, shares, moves })
}

/// Records what a delivery cost besides.
///
/// # Errors
/// [`StockRefusal`], [`suppliers::SupplierRefusal`], [`cash::CashRefusal`], and what the ledger
/// refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &LateFreight) -> Result<Posted, Failure> {
    let (head, lines) = receipts::ask(tx, input.receipt_id).await?;
    let facts = Facts { head: head.maybe().await?, lines: lines.all().await? };
    let plan = decide(input, &facts)?;
    let goods = issue::ask(tx, plan.moves.keys().copied()).await?;
    let asked = ask_bills(tx, &plan.bills).await?;
    let mut goods = goods.settle().await?;
    let unit = unit_of(&goods);
    let suppliers = judge_bills(&plan.bills, asked, unit).await?;
    let mut effects = Vec::with_capacity(plan.moves.len());
    for (good_id, late) in plan.moves {
        let standing = goods.0.remove(&good_id).ok_or(StockRefusal::UnknownGood)?;
        effects.push(revise(tx, standing, late).await?);
    }
    let words: Vec<&str> = input.freight.iter().map(|cost| cost.what.trim()).collect();
    let entry = Entry::new(KIND, input.day).numbered(Series::Paper(unit)).noted(words.join(", "));
    let entry = debits(entry, &effects).map_err(StockRefusal::from)?;
    let entry = plan.bills.iter().fold(entry, |entry, bill| bill.credit(entry, unit));
    let entry = credits(entry, &effects).map_err(StockRefusal::from)?;
    let posted = post(tx, ctx, entry).await?;
    effect::write(tx, ctx, &effects).await?;
    settle_bills(tx, ctx, &plan.bills, &suppliers, (unit, posted.entry_no)).await?;
    add_freight(tx, input.receipt_id, &facts.lines, &plan.shares).await?;
    Ok(posted)
}

/// The goods of one receipt belong to one unit.
fn unit_of(goods: &StandingGoods) -> Unit {
    goods.0.values().next().map_or(Unit::Tok, |standing| standing.accounts.unit())
}

async fn add_freight(
    tx: &mut Tx,
    receipt_id: DocumentId,
    lines: &[ReceiptLine],
    shares: &[Rupiah],
) -> Result<(), Fault> {
    for (line, share) in lines.iter().zip(shares) {
        tx.run(
            "update goods_receipt_lines set freight_amount = freight_amount + $4
              where coop_id = $1 and receipt_id = $2 and line_no = $3",
            1,
            &[&receipt_id, &line.line_no, share],
        )
        .await?;
        tx.run(
            "update goods_receipts set freight_amount = freight_amount + $3
              where coop_id = $1 and receipt_id = $2",
            1,
            &[&receipt_id, share],
        )
        .await?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;
    use values::{Instant, PersonId};

    use super::*;
    use crate::issue::tests::good;
    use crate::paid_by::PaidBy;

    pub(crate) fn receipt_line(line_no: i64, amount: i64) -> ReceiptLine {
        ReceiptLine {
            line_no,
            good_id: good(1),
            qty: Quantity::from_milli(1_000),
            amount: Rupiah::new(amount),
            movement_no: line_no,
            happened_at: Instant::from_micros(5),
            invoice_id: None,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let night = |freight: &[(&str, i64)]| LateFreight {
            freight_id: DocumentId::from_bytes([8; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            receipt_id: DocumentId::from_bytes([5; 16]),
            freight: freight
                .iter()
                .map(|(what, amount)| Freight {
                    what: (*what).to_owned(),
                    amount: Rupiah::new(*amount),
                    paid_by: PaidBy::Talangan { lender: PersonId::from_bytes([1; 16]) },
                })
                .collect(),
        };
        let nothing = || Facts { head: None, lines: Vec::new() };
        let there = || Facts {
            head: Some(ReceiptHead {
                supplier_id: None,
                not_invoiced: false,
                place: "toko".to_owned(),
            }),
            lines: vec![receipt_line(1, 200), receipt_line(2, 100)],
        };
        let cases = [
            (night(&[]), nothing(), "stock.no_lines"),
            (night(&[("", 0)]), nothing(), "stock.cost_unnamed"),
            (night(&[("truk", 0)]), nothing(), "stock.not_positive"),
            (night(&[("truk", 100)]), nothing(), "stock.unknown_receipt"),
            (night(&[("truk", i64::MAX), ("kuli", 1)]), there(), "stock.too_large"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let plan = decide(&night(&[("truk", 60), ("kuli", 40)]), &there()).unwrap();
        assert_eq!(plan.shares, [Rupiah::new(67), Rupiah::new(33)]);
        assert_eq!((plan.bills.len(), plan.bills[0].amount), (1, Rupiah::new(100)));
    }
}
