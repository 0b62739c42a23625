//! What stands between one supplier and the cooperative: debts with their notas, goods without a
//! nota, money that was given before the goods.

use ledger::balance_of;
use store::{Failure, Tx};
use values::{Rupiah, SupplierId};

use crate::advance::ADVANCES;
use crate::invoice::NOT_INVOICED;
use crate::invoices::ask_open;
use crate::register::{self, Supplier};
use crate::{Debt, OpenInvoice};

/// A supplier, and all that is open with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub supplier: Supplier,
    /// What is owed on each account that owes something, with its open notas.
    pub debts: Vec<OpenDebt>,
    /// Value of goods that came without a nota.
    pub not_invoiced: Rupiah,
    /// What was paid before the goods came.
    pub advance: Rupiah,
}

/// What one account owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDebt {
    /// Which account.
    pub debt: Debt,
    /// All that it owes, from before the books too.
    pub owed: Rupiah,
    /// The notas that are not paid in full, the oldest in front.
    pub notas: Vec<OpenInvoice>,
}

impl Standing {
    /// All that is owed.
    #[must_use]
    pub fn owed(&self) -> Rupiah {
        Rupiah::new(self.debts.iter().map(|debt| debt.owed.get()).sum())
    }
}

/// What stands between a supplier and the cooperative; none where the supplier is unknown.
///
/// # Errors
/// A fault.
pub async fn of(tx: &mut Tx, supplier_id: SupplierId) -> Result<Option<Standing>, Failure> {
    let supplier = register::ask(tx, supplier_id).await?;
    let mut asked = Vec::with_capacity(Debt::ALL.len());
    for debt in Debt::ALL {
        asked.push((debt, ask_open(tx, supplier_id, debt).await?));
    }
    let Some(supplier) = supplier.maybe().await? else { return Ok(None) };
    let mut debts = Vec::new();
    for (debt, notas) in asked {
        let owed = balance_of(tx, debt.code(), &supplier_id).await?.negated();
        let notas = notas.all().await?;
        if !owed.is_zero() || !notas.is_empty() {
            debts.push(OpenDebt { debt, owed, notas });
        }
    }
    let not_invoiced = balance_of(tx, NOT_INVOICED, &supplier_id).await?.negated();
    let advance = balance_of(tx, ADVANCES, &supplier_id).await?;
    Ok(Some(Standing { supplier, debts, not_invoiced, advance }))
}
