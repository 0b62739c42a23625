//! Terima hibah: money that somebody gives to the cooperative for good, without a condition.
//!
//! The city, a company or a neighbour gives; the money lands in a cash or bank account and becomes
//! donated capital, not income (UU 25/1992 art. 41; SAK EP §24 would allow income, the difference is
//! told in the notes). The bendahara records it with the letter of hand-over as evidence.
//!
//! | akun  |      debit |     kredit |
//! |-------|------------|------------|
//! | 11201 | 25.000.000 |            |
//! | 31105 |            | 25.000.000 |

use ledger::{Entry, Posted, Series, Unit, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, Rupiah};

use crate::{CashAccount, CashRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.grant";

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Accounting day.
    pub day: Day,
    /// Who gives, as the letter says.
    pub giver: String,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// Where the money lands.
    pub into: CashAccount,
}

/// Judges the form; nothing needs to be read for it.
fn decide(input: &Grant) -> Result<Entry, CashRefusal> {
    if input.giver.trim().is_empty() {
        return Err(CashRefusal::GiverMissing);
    }
    if !input.amount.is_positive() {
        return Err(CashRefusal::NotPositive { asked: input.amount });
    }
    Ok(Entry::new(KIND, input.day)
        .numbered(Series::Paper(Unit::Pst))
        .noted(format!("Hibah dari {}", input.giver.trim()))
        .debit(input.into.code(), input.into.unit(), input.amount)
        .credit("31105", Unit::Pst, input.amount))
}

/// Records a grant.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Grant) -> Result<Posted, Failure> {
    let entry = decide(input)?;
    post(tx, ctx, entry).await
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    fn grant(giver: &str, amount: i64) -> Grant {
        Grant {
            day: Day::parse_iso("2025-10-14").unwrap(),
            giver: giver.to_owned(),
            amount: Rupiah::new(amount),
            into: CashAccount::Bank,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let cases = [
            (grant(" ", 0), "cash.giver_missing"),
            (grant("Pemkot Bandung", 0), "cash.not_positive"),
            (grant("Pemkot Bandung", -1), "cash.not_positive"),
        ];
        for (input, code) in cases {
            assert_eq!(decide(&input).map_err(|refusal| refusal.code()), Err(code));
        }
        assert_eq!(decide(&grant("Pemkot Bandung", 1)).unwrap().lines.len(), 2);
    }
}
