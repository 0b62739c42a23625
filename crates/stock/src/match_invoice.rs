//! Cocokkan tagihan: the nota for goods that came before it asks more or less than they stood at.
//!
//! The bendahara compares nota and receipt line by line. What differs belongs to the goods: it is
//! put in at the hour they came, so that what was sold bears its part and the rest lies with what
//! is still there. Then 21202 is empty for these lines and the nota is owed
//! ([`suppliers::invoice`]).
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 21202 | 1.000.000 |           |
//! | 11701 |    20.000 |           |
//! | 51101 |    30.000 |           |
//! | 21201 |           | 1.050.000 |

use std::collections::BTreeMap;

use ledger::{Entry, Posted};
use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Tx};
use suppliers::InvoiceHead;
use suppliers::invoice::{self as nota, Invoice};
use values::{Ctx, Day, DocumentId, GoodId, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, credits, debits};
use crate::issue;
use crate::movement::Movement;
use crate::receipts::{self, ReceiptHead, ReceiptLine};
use crate::revise::revise;

/// The event's name in the commands table; the journal calls it a nota.
pub const KIND: &str = "stock.match_invoice";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchInvoice {
    /// The nota.
    pub head: InvoiceHead,
    /// Accounting day.
    pub day: Day,
    /// The receipt it is for.
    pub receipt_id: DocumentId,
    /// What it asks for each line that it is for.
    pub lines: Vec<InvoicedLine>,
}

/// What a nota asks for one line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoicedLine {
    /// The line of the receipt.
    pub line_no: i64,
    /// What is asked.
    pub amount: Rupiah,
}

struct Facts {
    head: Option<ReceiptHead>,
    lines: Vec<ReceiptLine>,
}

struct Plan {
    invoice: Invoice,
    moves: BTreeMap<GoodId, Vec<Movement>>,
}

fn decide(input: &MatchInvoice, facts: &Facts) -> Result<Plan, StockRefusal> {
    if input.lines.is_empty() {
        return Err(StockRefusal::NoLines);
    }
    let head = facts.head.as_ref().ok_or(StockRefusal::UnknownReceipt)?;
    if !head.not_invoiced || head.supplier_id != Some(input.head.supplier_id) {
        return Err(StockRefusal::NotWaiting);
    }
    let (mut received, mut amount) = (Rupiah::ZERO, Rupiah::ZERO);
    let mut moves: BTreeMap<GoodId, Vec<Movement>> = BTreeMap::new();
    for (place, asked) in input.lines.iter().enumerate() {
        let line = facts.lines.iter().find(|line| line.line_no == asked.line_no);
        let line = line.ok_or(StockRefusal::UnknownReceipt)?;
        let named_before = input.lines[..place].iter().any(|other| other.line_no == asked.line_no);
        if line.invoice_id.is_some() || named_before {
            return Err(StockRefusal::AlreadyInvoiced);
        }
        if asked.amount.is_negative() {
            return Err(StockRefusal::NotPositive { asked: asked.amount });
        }
        received = received.plus(line.amount)?;
        amount = amount.plus(asked.amount)?;
        let difference = asked.amount.minus(line.amount)?;
        if !difference.is_zero() {
            let paper = input.head.invoice_id;
            let at = (input.day, head.place.as_str());
            let late = line.late_cost(input.receipt_id, paper, at, difference);
            moves.entry(line.good_id).or_default().push(late);
        }
    }
    let invoice = Invoice { head: input.head.clone(), day: input.day, received, amount };
    Ok(Plan { invoice, moves })
}

/// Records a nota against its receipt.
///
/// # Errors
/// [`StockRefusal`], [`suppliers::SupplierRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &MatchInvoice) -> Result<Posted, Failure> {
    let (head, lines) = receipts::ask(tx, input.receipt_id).await?;
    let facts = Facts { head: head.maybe().await?, lines: lines.all().await? };
    let plan = decide(input, &facts)?;
    let goods = issue::ask(tx, plan.moves.keys().copied()).await?;
    let mut goods = goods.settle().await?;
    let mut effects = Vec::with_capacity(plan.moves.len());
    for (good_id, late) in plan.moves {
        let standing = goods.0.remove(&good_id).ok_or(StockRefusal::UnknownGood)?;
        effects.push(revise(tx, standing, late).await?);
    }
    let sketch = debits(Entry::new(KIND, input.day), &effects).map_err(StockRefusal::from)?;
    let sketch = credits(sketch, &effects).map_err(StockRefusal::from)?;
    let posted = nota::record_with(tx, ctx, &plan.invoice, sketch.lines).await?;
    effect::write(tx, ctx, &effects).await?;
    mark(tx, input).await?;
    Ok(posted)
}

async fn mark(tx: &mut Tx, input: &MatchInvoice) -> Result<(), Fault> {
    for line in &input.lines {
        tx.run(
            "update goods_receipt_lines set invoice_id = $4
              where coop_id = $1 and receipt_id = $2 and line_no = $3 and invoice_id is null",
            1,
            &[&input.receipt_id, &line.line_no, &input.head.invoice_id],
        )
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use store::Refusal;
    use values::SupplierId;

    use super::*;
    use crate::late_freight::tests::receipt_line;

    fn nota(lines: &[(i64, i64)]) -> MatchInvoice {
        let head = InvoiceHead {
            invoice_id: DocumentId::from_bytes([2; 16]),
            supplier_id: SupplierId::from_bytes([1; 16]),
            number: None,
            invoice_day: Day::parse_iso("2025-10-14").unwrap(),
        };
        let lines = lines
            .iter()
            .map(|&(line_no, amount)| InvoicedLine { line_no, amount: Rupiah::new(amount) });
        MatchInvoice {
            day: head.invoice_day,
            head,
            receipt_id: DocumentId::from_bytes([5; 16]),
            lines: lines.collect(),
        }
    }

    fn facts(supplier: u8, not_invoiced: bool) -> Facts {
        let invoiced = Some(DocumentId::from_bytes([9; 16]));
        let done = ReceiptLine { invoice_id: invoiced, ..receipt_line(3, 50) };
        let head = ReceiptHead {
            supplier_id: Some(SupplierId::from_bytes([supplier; 16])),
            not_invoiced,
            place: "toko".to_owned(),
        };
        let lines = vec![receipt_line(1, 200), receipt_line(2, 100), done];
        Facts { head: Some(head), lines }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let nothing = Facts { head: None, lines: Vec::new() };
        let cases = [
            (nota(&[]), facts(1, true), "stock.no_lines"),
            (nota(&[(7, -1)]), nothing, "stock.unknown_receipt"),
            (nota(&[(7, -1)]), facts(1, false), "stock.not_waiting"),
            (nota(&[(7, -1)]), facts(2, true), "stock.not_waiting"),
            (nota(&[(7, -1)]), facts(1, true), "stock.unknown_receipt"),
            (nota(&[(3, -1)]), facts(1, true), "stock.already_invoiced"),
            (nota(&[(1, 5), (1, -1)]), facts(1, true), "stock.already_invoiced"),
            (nota(&[(1, -1)]), facts(1, true), "stock.not_positive"),
            (nota(&[(1, i64::MAX), (2, 1)]), facts(1, true), "stock.too_large"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    #[test]
    fn only_lines_that_differ_move() {
        let plan = decide(&nota(&[(1, 210), (2, 100)]), &facts(1, true)).unwrap();
        let invoice = (plan.invoice.received.get(), plan.invoice.amount.get());
        assert_eq!((invoice, plan.moves.len()), ((300, 310), 1));
    }
}
