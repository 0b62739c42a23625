//! Keluar dari laci: a cashier pays something small out of the drawer.
//!
//! Plastic bags, a porter, parking: the money leaves the open drawer at once, with a word about
//! what it was for and the nota where there is one. It goes to an expense or to supplies, not to
//! stock or debts: those have events of their own, which know the goods and the names.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 11706 | 15.000 |        |
//! | 11103 |        | 15.000 |

use ledger::{Entry, Posted, Series, account, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Rupiah};

use crate::CashRefusal;
use crate::drawer::{self, Session};
use crate::evidence::evidence;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.drawer_expense";

/// Perlengkapan & ATK, used up little by little.
const SUPPLIES: &str = "11706";

/// What the cashier fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerExpense {
    /// The open drawer.
    pub session_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// Account of the expense.
    pub account: String,
    /// What it was for.
    pub what: String,
    /// Hash of the nota.
    pub nota: Option<String>,
}

fn decide(input: &DrawerExpense, session: Option<&Session>) -> Result<Entry, CashRefusal> {
    if !input.amount.is_positive() {
        return Err(CashRefusal::NotPositive { asked: input.amount });
    }
    if input.what.trim().is_empty() {
        return Err(CashRefusal::ReasonMissing);
    }
    let nota = evidence(input.nota.as_deref())?;
    if !is_expense(&input.account) {
        return Err(CashRefusal::NotAnExpense { account: input.account.clone() });
    }
    let session = session.ok_or(CashRefusal::UnknownSession)?;
    drawer::judge_open(Some(session), session.account)?;
    let unit = session.account.unit();
    Ok(Entry::new(KIND, input.day)
        .numbered(Series::Paper(unit))
        .noted(input.what.trim())
        .with_evidence(nota)
        .debit(&input.account, unit, input.amount)
        .credit(session.account.code(), unit, input.amount))
}

/// Supplies, and the running expenses of the house that name nobody.
fn is_expense(code: &str) -> bool {
    let running = ["61", "71"].iter().any(|group| code.starts_with(group));
    let plain = account(code).is_some_and(|known| known.subledger.is_none());
    plain && (running || code == SUPPLIES)
}

/// Records a small expense.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &DrawerExpense) -> Result<Posted, Failure> {
    let session = drawer::ask(tx, input.session_id).await?.maybe().await?;
    let entry = decide(input, session.as_ref())?;
    let posted = post(tx, ctx, entry).await?;
    drawer::add(tx, input.session_id, input.amount.negated()).await?;
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{closed, counted, open};

    #[test]
    fn every_refusal_in_its_order() {
        let input = |amount: i64, account: &str, what: &str, nota: &str| DrawerExpense {
            session_id: DocumentId::from_bytes([2; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            amount: Rupiah::new(amount),
            account: account.to_owned(),
            what: what.to_owned(),
            nota: (!nota.is_empty()).then(|| nota.to_owned()),
        };
        let plastic = || input(15_000, "11706", "Kantong plastik", "");
        let cases = [
            (input(0, "11701", "", "x"), None, "cash.not_positive"),
            (input(1, "11701", " ", "x"), None, "cash.reason_missing"),
            (input(1, "11701", "Beras", "x"), None, "cash.not_evidence"),
            (input(1, "11701", "Beras", ""), None, "cash.not_an_expense"),
            (input(1, "61999", "Beras", ""), None, "cash.not_an_expense"),
            (plastic(), None, "cash.unknown_session"),
            (plastic(), Some(closed()), "cash.session_closed"),
            (plastic(), Some(counted(5)), "cash.session_counted"),
        ];
        for (input, session, code) in cases {
            let refused = decide(&input, session.as_ref());
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        assert!(decide(&plastic(), Some(&open())).is_ok());
    }
}
