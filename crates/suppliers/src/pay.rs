//! Bayar pemasok: money goes to a supplier for what is owed.
//!
//! The bendahara pays from the safe, the bank or an open drawer; what was given before the goods
//! came is used where the form says so. A nota can be named; otherwise a debt from before the books
//! and then the oldest nota come first. Never more than is owed. A discount for paying early is
//! other income (81199): the goods were taken in at their price and may be sold long ago.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 21201 | 1.250.000 |           |
//! | 11201 |           | 1.000.000 |
//! | 11901 |           |   225.000 |
//! | 81199 |           |    25.000 |

use ledger::{Detail, Entry, Posted, Series, balance_of, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Rupiah, SupplierId};

use crate::advance::ADVANCES;
use crate::invoices::{OpenInvoice, add_paid, ask_open};
use crate::register::{self, Supplier};
use crate::{Debt, PaidFrom, SupplierRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "suppliers.pay";

/// Pendapatan lain.
const OTHER_INCOME: &str = "81199";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// Id of the payment, made when the form opens.
    pub payment_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Who is paid.
    pub supplier_id: SupplierId,
    /// Which debt.
    pub debt: Debt,
    /// The nota, where one is named.
    pub invoice_id: Option<DocumentId>,
    /// Money that leaves now.
    pub amount: Rupiah,
    /// Of what was given before.
    pub from_advance: Rupiah,
    /// What the supplier lets off.
    pub discount: Rupiah,
    /// Where the money leaves.
    pub from: PaidFrom,
}

struct Facts {
    supplier: Option<Supplier>,
    owed: Rupiah,
    advance: Rupiah,
    open: Vec<OpenInvoice>,
}

/// A part of a payment: for a nota, or for a debt from before the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    invoice_id: Option<DocumentId>,
    amount: Rupiah,
}

#[derive(Debug)]
struct Plan {
    entry: Entry,
    parts: Vec<Part>,
}

fn decide(input: &Pay, facts: &Facts) -> Result<Plan, SupplierRefusal> {
    if facts.supplier.is_none() {
        return Err(SupplierRefusal::UnknownSupplier);
    }
    let given = [input.amount, input.from_advance, input.discount];
    let asked = Rupiah::total(given)?;
    let negative = given.into_iter().find(|part| part.is_negative());
    if let Some(asked) = negative.or((!asked.is_positive()).then_some(asked)) {
        return Err(SupplierRefusal::NotPositive { asked });
    }
    if asked > facts.owed {
        return Err(SupplierRefusal::MoreThanOwed { owed: facts.owed, asked });
    }
    let parts = parts(input, asked, facts)?;
    if input.from_advance > facts.advance {
        let asked = input.from_advance;
        return Err(SupplierRefusal::MoreThanAdvance { advance: facts.advance, asked });
    }
    let debt = input.debt;
    let supplier = |amount| vec![Detail::new("pemasok", input.supplier_id.to_text(), amount)];
    let entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(debt.unit()))
        .debit_of(debt.code(), debt.unit(), asked, supplier(asked))
        .credit(input.from.account.code(), input.from.account.unit(), input.amount)
        .credit_of(ADVANCES, debt.unit(), input.from_advance, supplier(input.from_advance))
        .credit(OTHER_INCOME, debt.unit(), input.discount);
    Ok(Plan { entry, parts })
}

/// What the payment pays: the nota that is named, or the oldest debts.
fn parts(input: &Pay, asked: Rupiah, facts: &Facts) -> Result<Vec<Part>, SupplierRefusal> {
    if let Some(id) = input.invoice_id {
        let named = facts.open.iter().find(|nota| nota.invoice_id == id);
        let open = named.ok_or(SupplierRefusal::UnknownInvoice)?.open;
        if asked > open {
            return Err(SupplierRefusal::MoreThanInvoice { open, asked });
        }
        return Ok(vec![Part { invoice_id: Some(id), amount: asked }]);
    }
    let notas = Rupiah::total(facts.open.iter().map(|nota| nota.open))?;
    let from_before = facts.owed.minus(notas)?.max(Rupiah::ZERO);
    let debts = std::iter::once((None, from_before))
        .chain(facts.open.iter().map(|nota| (Some(nota.invoice_id), nota.open)));
    let (mut left, mut parts) = (asked, Vec::new());
    for (invoice_id, open) in debts {
        let amount = left.min(open);
        left = left.minus(amount)?;
        if amount.is_positive() {
            parts.push(Part { invoice_id, amount });
        }
    }
    Ok(parts)
}

/// Records a payment.
///
/// # Errors
/// [`SupplierRefusal`], [`cash::CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Pay) -> Result<Posted, Failure> {
    let supplier = register::ask(tx, input.supplier_id).await?;
    let open = ask_open(tx, input.supplier_id, input.debt).await?;
    let drawer = input.from.ask(tx).await?;
    let owed = balance_of(tx, input.debt.code(), &input.supplier_id).await?.negated();
    let advance = balance_of(tx, ADVANCES, &input.supplier_id).await?;
    let supplier = supplier.maybe().await?;
    let facts = Facts { supplier, owed, advance, open: open.all().await? };
    let plan = decide(input, &facts)?;
    input.from.judge(drawer).await?;
    let posted = post(tx, ctx, plan.entry).await?;
    keep(tx, input, &plan.parts, posted.entry_no).await?;
    input.from.take(tx, input.amount).await?;
    Ok(posted)
}

async fn keep(tx: &mut Tx, input: &Pay, parts: &[Part], entry_no: i64) -> Result<(), Failure> {
    tx.run(
        "insert into supplier_payments (coop_id, payment_id, supplier_id, account, day, cash_amount,
                discount_amount, advance_amount, from_account, entry_no)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        1,
        &[
            &input.payment_id,
            &input.supplier_id,
            &input.debt,
            &input.day,
            &input.amount,
            &input.discount,
            &input.from_advance,
            &input.from.account,
            &entry_no,
        ],
    )
    .await?;
    for (part_no, part) in (1_i64..).zip(parts) {
        tx.run(
            "insert into supplier_payment_parts (coop_id, payment_id, part_no, invoice_id, amount)
             values ($1, $2, $3, $4, $5)",
            1,
            &[&input.payment_id, &part_no, &part.invoice_id, &part.amount],
        )
        .await?;
        if let Some(id) = part.invoice_id {
            add_paid(tx, id, part.amount).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use cash::CashAccount;
    use store::Refusal;

    use super::*;
    use crate::invoice::tests::agent;

    fn pay(amount: i64, from_advance: i64, discount: i64, named: Option<u8>) -> Pay {
        Pay {
            payment_id: DocumentId::from_bytes([9; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            supplier_id: agent().supplier_id,
            debt: Debt::Shop,
            invoice_id: named.map(|id| DocumentId::from_bytes([id; 16])),
            amount: Rupiah::new(amount),
            from_advance: Rupiah::new(from_advance),
            discount: Rupiah::new(discount),
            from: CashAccount::Bank.into(),
        }
    }

    /// Owed 100: 30 from before the books, then notas of 50 and 20; 5 given before.
    fn facts() -> Facts {
        let nota = |id: u8, open: i64| OpenInvoice {
            invoice_id: DocumentId::from_bytes([id; 16]),
            supplier_id: agent().supplier_id,
            number: None,
            invoice_day: Day::parse_iso("2025-10-01").unwrap(),
            due_day: Day::parse_iso("2025-10-15").unwrap(),
            open: Rupiah::new(open),
        };
        let (owed, advance) = (Rupiah::new(100), Rupiah::new(5));
        Facts { supplier: Some(agent()), owed, advance, open: vec![nota(1, 50), nota(2, 20)] }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let nobody = Facts { supplier: None, ..facts() };
        let cases = [
            (pay(0, 0, 0, None), nobody, "suppliers.unknown_supplier"),
            (pay(i64::MAX, 1, 0, None), facts(), "suppliers.too_large"),
            (pay(0, 0, 0, None), facts(), "suppliers.not_positive"),
            (pay(5, 0, -1, None), facts(), "suppliers.not_positive"),
            (pay(90, 6, 5, None), facts(), "suppliers.more_than_owed"),
            (pay(5, 0, 0, Some(7)), facts(), "suppliers.unknown_invoice"),
            (pay(21, 0, 0, Some(2)), facts(), "suppliers.more_than_invoice"),
            (pay(5, 6, 0, Some(2)), facts(), "suppliers.more_than_advance"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    #[test]
    fn the_oldest_debts_are_paid_first() {
        let amounts = |input: &Pay| -> Vec<i64> {
            let plan = decide(input, &facts()).unwrap();
            plan.parts.iter().map(|part| part.amount.get()).collect()
        };
        assert_eq!(amounts(&pay(25, 0, 0, None)), [25]);
        assert_eq!(amounts(&pay(90, 5, 0, None)), [30, 50, 15]);
        assert_eq!(amounts(&pay(100, 0, 0, None)), [30, 50, 20]);
        assert_eq!(amounts(&pay(18, 0, 2, Some(2))), [20]);
    }
}
