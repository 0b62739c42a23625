//! Tagihan datang: the nota for goods that came before it.
//!
//! Goods that came without a nota stand in 21202 at the price that was agreed. The nota makes them
//! a debt. Where it is dearer or cheaper than that, the difference belongs to the goods: the room
//! that knows them splits it between what is still there and what was sold, and hands the lines to
//! [`record_with`]. The bendahara records it.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 21202 | 1.250.000 |           |
//! | 21201 |           | 1.250.000 |

use ledger::{Detail, Entry, Line, Posted, Series, Side, Unit, balance_of, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, Rupiah};

use crate::{Debt, InvoiceFacts, InvoiceHead, SupplierRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "suppliers.invoice";

/// Barang diterima belum ditagih.
pub const NOT_INVOICED: &str = "21202";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// The nota.
    pub head: InvoiceHead,
    /// Accounting day.
    pub day: Day,
    /// What the goods stood at when they came.
    pub received: Rupiah,
    /// What the nota asks.
    pub amount: Rupiah,
}

struct Facts {
    invoice: InvoiceFacts,
    not_invoiced: Rupiah,
}

fn decide(
    input: &Invoice,
    differences: Vec<Line>,
    facts: &Facts,
) -> Result<Entry, SupplierRefusal> {
    input.head.judge(&facts.invoice)?;
    for asked in [input.received, input.amount] {
        if !asked.is_positive() {
            return Err(SupplierRefusal::NotPositive { asked });
        }
    }
    let (received, asked) = (facts.not_invoiced, input.received);
    if asked > received {
        return Err(SupplierRefusal::NotReceived { received, asked });
    }
    let difference = input.amount.minus(input.received)?;
    if difference != net(&differences)? {
        return Err(SupplierRefusal::DifferenceUnsplit { difference });
    }
    let supplier = |amount| vec![Detail::new("pemasok", input.head.supplier_id.to_text(), amount)];
    let debt = Debt::Shop;
    let mut entry = Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Tok))
        .valued(input.head.invoice_day)
        .debit_of(NOT_INVOICED, Unit::Tok, input.received, supplier(input.received));
    entry.lines.extend(differences);
    Ok(entry.credit_of(debt.code(), debt.unit(), input.amount, supplier(input.amount)))
}

/// Debits less kredits.
fn net(lines: &[Line]) -> Result<Rupiah, SupplierRefusal> {
    let signed = lines.iter().map(|line| match line.side {
        Side::Debit => line.amount,
        Side::Credit => line.amount.negated(),
    });
    Ok(Rupiah::total(signed)?)
}

/// Records a nota that asks what the goods stood at.
///
/// # Errors
/// [`SupplierRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Invoice) -> Result<Posted, Failure> {
    record_with(tx, ctx, input, Vec::new()).await
}

/// Records a nota with the lines of its difference, debits less kredits.
///
/// # Errors
/// [`SupplierRefusal`], and what the ledger refuses.
pub async fn record_with(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &Invoice,
    differences: Vec<Line>,
) -> Result<Posted, Failure> {
    let asked = input.head.ask(tx).await?;
    let stands = balance_of(tx, NOT_INVOICED, &input.head.supplier_id).await?;
    let facts = Facts { invoice: asked.settle().await?, not_invoiced: stands.negated() };
    let entry = decide(input, differences, &facts)?;
    let supplier = input.head.judge(&facts.invoice)?;
    let posted = post(tx, ctx, entry).await?;
    input.head.owe(tx, ctx, supplier, (Debt::Shop, input.amount), posted.entry_no).await?;
    Ok(posted)
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;
    use values::{DocumentId, SupplierId};

    use super::*;
    use crate::register::Supplier;

    pub(crate) fn agent() -> Supplier {
        Supplier {
            supplier_id: SupplierId::from_bytes([1; 16]),
            name: "UD Berkah".to_owned(),
            phone: None,
            terms_days: 14,
            npwp: None,
        }
    }

    fn day() -> Day {
        Day::parse_iso("2025-10-14").unwrap()
    }

    fn nota(received: i64, amount: i64) -> Invoice {
        let head = InvoiceHead {
            invoice_id: DocumentId::from_bytes([2; 16]),
            supplier_id: agent().supplier_id,
            number: Some(" A-17 ".to_owned()),
            invoice_day: day(),
        };
        Invoice { head, day: day(), received: Rupiah::new(received), amount: Rupiah::new(amount) }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let known = |twin| InvoiceFacts { supplier: Some(agent()), twin };
        let facts = |invoice, stands| Facts { invoice, not_invoiced: Rupiah::new(stands) };
        let cases = [
            (nota(0, 0), facts(InvoiceFacts::default(), 0), "suppliers.unknown_supplier"),
            (nota(0, 0), facts(known(Some(day())), 0), "suppliers.number_known"),
            (nota(0, 5), facts(known(None), 0), "suppliers.not_positive"),
            (nota(5, 0), facts(known(None), 0), "suppliers.not_positive"),
            (nota(5, 6), facts(known(None), 4), "suppliers.not_received"),
            (nota(5, 6), facts(known(None), 5), "suppliers.difference_unsplit"),
            (nota(5, i64::MAX), facts(known(None), 5), "suppliers.difference_unsplit"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, Vec::new(), &facts);
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        let twice = |amount| Line {
            account: "51101".to_owned(),
            unit: Unit::Tok,
            side: Side::Debit,
            amount: Rupiah::new(amount),
            details: Vec::new(),
        };
        let much = vec![twice(i64::MAX), twice(1)];
        let refused = decide(&nota(5, 6), much, &facts(known(None), 5));
        assert_eq!(refused.map_err(|refusal| refusal.code()), Err("suppliers.too_large"));
    }

    #[test]
    fn a_nota_without_a_number_is_never_known() {
        let facts = InvoiceFacts { supplier: Some(agent()), twin: Some(day()) };
        let head = InvoiceHead { number: Some("  ".to_owned()), ..nota(5, 5).head };
        assert!(head.judge(&facts).is_ok());
    }
}
