//! Uang muka ke pemasok: money goes to a supplier before the goods come.
//!
//! Bulog, Pertamina's agent and many a wholesaler are paid first. Until the goods come this is an
//! advance, neither stock nor cost; [`crate::pay`] uses it up once they are owed. The bendahara
//! records it, with what it is for.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11901 | 1.100.000 |           |
//! | 11201 |           | 1.100.000 |

use ledger::{Detail, Entry, Posted, Series, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, Rupiah, SupplierId};

use crate::register::{self, Supplier};
use crate::{Debt, PaidFrom, SupplierRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "suppliers.advance";

/// Uang muka pembelian.
pub(crate) const ADVANCES: &str = "11901";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// Accounting day.
    pub day: Day,
    /// Who gets it.
    pub supplier_id: SupplierId,
    /// The debt that it will pay.
    pub debt: Debt,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// Where the money leaves.
    pub from: PaidFrom,
    /// What it is for: `DO 20 karung SPHP`.
    pub what: String,
}

fn decide(input: &Advance, supplier: Option<&Supplier>) -> Result<Entry, SupplierRefusal> {
    if supplier.is_none() {
        return Err(SupplierRefusal::UnknownSupplier);
    }
    if !input.amount.is_positive() {
        return Err(SupplierRefusal::NotPositive { asked: input.amount });
    }
    let unit = input.debt.unit();
    let supplier = vec![Detail::new("pemasok", input.supplier_id.to_text(), input.amount)];
    let mut entry = Entry::new(KIND, input.day).numbered(Series::Paper(unit));
    if !input.what.trim().is_empty() {
        entry = entry.noted(input.what.trim());
    }
    let from = input.from.account;
    Ok(entry.debit_of(ADVANCES, unit, input.amount, supplier).credit(
        from.code(),
        from.unit(),
        input.amount,
    ))
}

/// Records an advance.
///
/// # Errors
/// [`SupplierRefusal`], [`cash::CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Advance) -> Result<Posted, Failure> {
    let supplier = register::ask(tx, input.supplier_id).await?;
    let drawer = input.from.ask(tx).await?;
    let entry = decide(input, supplier.maybe().await?.as_ref())?;
    input.from.judge(drawer).await?;
    let posted = post(tx, ctx, entry).await?;
    input.from.take(tx, input.amount).await?;
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use cash::CashAccount;
    use store::Refusal;

    use super::*;
    use crate::invoice::tests::agent;

    #[test]
    fn every_refusal_in_its_order() {
        let input = |amount| Advance {
            day: Day::parse_iso("2025-10-14").unwrap(),
            supplier_id: agent().supplier_id,
            debt: Debt::Lpg,
            amount: Rupiah::new(amount),
            from: CashAccount::Bank.into(),
            what: String::new(),
        };
        let cases = [
            (input(0), None, "suppliers.unknown_supplier"),
            (input(0), Some(agent()), "suppliers.not_positive"),
        ];
        for (input, supplier, code) in cases {
            let refused = decide(&input, supplier.as_ref());
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        assert!(decide(&input(1), Some(&agent())).is_ok());
    }
}
