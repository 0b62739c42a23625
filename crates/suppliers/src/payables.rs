//! Utang per umur: what is owed to each supplier, and since when.
//!
//! Age counts from the day on the nota. What is owed without a nota comes from before the books.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Day, Rupiah, SupplierId};

use crate::{open_invoices, register};

/// The last day of each age but the oldest, in days since the nota.
pub const AGES_DAYS: [i32; 3] = [30, 60, 90];

/// What is owed to one supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// To whom.
    pub supplier_id: SupplierId,
    /// Its name.
    pub name: String,
    /// All that is owed.
    pub owed: Rupiah,
    /// By age of the notas: 0–30, 31–60, 61–90, more than 90 days.
    pub by_age: [Rupiah; 4],
    /// From before the books, without a nota.
    pub from_before: Rupiah,
    /// Of all this, what should have been paid before the day asked about.
    pub overdue: Rupiah,
}

/// What is owed on a day to each supplier that is owed something, by name.
///
/// # Errors
/// A fault.
pub async fn payables_by_age(tx: &mut Tx, day: Day) -> Result<Vec<Payable>, Failure> {
    let mut ages: BTreeMap<SupplierId, ([i64; 4], i64)> = BTreeMap::new();
    for nota in open_invoices(tx).await? {
        let (by_age, overdue) = ages.entry(nota.supplier_id).or_default();
        by_age[age_of(day.days_since(nota.invoice_day))] += nota.open.get();
        if nota.due_day < day {
            *overdue += nota.open.get();
        }
    }
    let mut payables = Vec::new();
    for row in register::register(tx).await?.into_iter().filter(|row| !row.owed.is_zero()) {
        let supplier_id = row.supplier.supplier_id;
        let (by_age, overdue) = ages.remove(&supplier_id).unwrap_or_default();
        let notas: i64 = by_age.iter().sum();
        payables.push(Payable {
            supplier_id,
            name: row.supplier.name,
            owed: row.owed,
            by_age: by_age.map(Rupiah::new),
            from_before: Rupiah::new(row.owed.get() - notas),
            overdue: Rupiah::new(overdue),
        });
    }
    Ok(payables)
}

fn age_of(days: i32) -> usize {
    AGES_DAYS.iter().filter(|last| days > **last).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_change_after_their_last_day() {
        let ages = [-1, 0, 30, 31, 60, 61, 90, 91, 400].map(age_of);
        assert_eq!(ages, [0, 0, 0, 1, 1, 2, 2, 3, 3]);
    }
}
