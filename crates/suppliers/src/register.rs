//! The register of suppliers: who they are, and what is owed to each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Rupiah, SupplierId};

use crate::Debt;

/// A supplier as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    /// Its id.
    pub supplier_id: SupplierId,
    /// Its name.
    pub name: String,
    /// Its telephone number, beginning with +62.
    pub phone: Option<String>,
    /// How many days it waits for its money; 0 where it is paid on delivery.
    pub terms_days: i64,
    /// Its tax number, digits only.
    pub npwp: Option<String>,
}

/// A supplier with what stands between it and the cooperative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Who.
    pub supplier: Supplier,
    /// What is owed for goods with a nota.
    pub owed: Rupiah,
    /// Value of goods that came without one.
    pub not_invoiced: Rupiah,
    /// What was paid before the goods came.
    pub advance: Rupiah,
}

impl FromRow for Supplier {
    fn from_row(row: Vec<Cell>) -> Result<Supplier, Fault> {
        let mut cells = Cells::new(row);
        Ok(Supplier {
            supplier_id: cells.take()?,
            name: cells.take()?,
            phone: cells.take()?,
            terms_days: cells.take()?,
            npwp: cells.take()?,
        })
    }
}

/// Asks for a supplier, to be settled later.
///
/// # Errors
/// A fault.
pub async fn ask(tx: &mut Tx, supplier_id: SupplierId) -> Result<Later<Supplier>, Fault> {
    tx.later(
        "select supplier_id, name, phone, terms_days, npwp from suppliers
          where coop_id = $1 and supplier_id = $2",
        &[&supplier_id],
    )
    .await
}

/// All suppliers by name.
///
/// # Errors
/// A fault.
pub async fn names(tx: &mut Tx) -> Result<Vec<Supplier>, Failure> {
    let suppliers = tx
        .all(
            "select supplier_id, name, phone, terms_days, npwp from suppliers
              where coop_id = $1 order by search",
            &[],
        )
        .await?;
    Ok(suppliers)
}

/// All suppliers by name, with what is owed to each.
///
/// # Errors
/// A fault.
pub async fn register(tx: &mut Tx) -> Result<Vec<Registered>, Failure> {
    let suppliers = names(tx).await?;
    let mut owed = BTreeMap::new();
    for debt in Debt::ALL {
        for (name, net) in ledger::names_behind(tx, debt.code()).await? {
            *owed.entry(name).or_insert(0) -= net.get();
        }
    }
    let not_invoiced: BTreeMap<_, _> =
        ledger::names_behind(tx, crate::invoice::NOT_INVOICED).await?.into_iter().collect();
    let advances: BTreeMap<_, _> =
        ledger::names_behind(tx, crate::advance::ADVANCES).await?.into_iter().collect();
    let of = |sums: &BTreeMap<String, Rupiah>, id: &str| sums.get(id).copied().unwrap_or_default();
    let rows = suppliers.into_iter().map(|supplier| {
        let id = supplier.supplier_id.to_text();
        Registered {
            owed: Rupiah::new(owed.get(&id).copied().unwrap_or(0)),
            not_invoiced: of(&not_invoiced, &id).negated(),
            advance: of(&advances, &id),
            supplier,
        }
    });
    Ok(rows.collect())
}
