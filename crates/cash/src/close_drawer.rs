//! Tutup laci: the session ends and the money goes to the safe.
//!
//! The drawer was counted and its difference, if any, is in the journal. What is brought away
//! leaves through 11108 and waits for the one who keeps the safe ([`crate::receive_cash`]); the
//! rest stays in the drawer and is the next session's opening.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 11108 | 77.800 |        |
//! | 11103 |        | 77.800 |

use ledger::{Entry, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Rupiah};

use crate::drawer::{self, Session};
use crate::transfers::{self, Sending};
use crate::{CashAccount, CashRefusal, send_cash};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.close_drawer";

/// What the cashier fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseDrawer {
    /// The session.
    pub session_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// What is brought to the safe; zero leaves all in the drawer.
    pub deposit: Rupiah,
    /// Id of the hand-over to the safe, made when the form opens.
    pub transfer_id: DocumentId,
}

/// What the cashier is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The session.
    pub session_id: DocumentId,
    /// What stays in the drawer.
    pub left: Rupiah,
    /// Paper number of what was brought away.
    pub number: Option<String>,
}

/// What stays, and what is posted for what goes.
#[derive(Debug)]
struct Plan {
    left: Rupiah,
    from: CashAccount,
    entry: Option<Entry>,
}

fn decide(input: &CloseDrawer, session: Option<&Session>) -> Result<Plan, CashRefusal> {
    let session = session.ok_or(CashRefusal::UnknownSession)?;
    let counted = session.ready_to_close()?;
    if input.deposit.is_negative() || input.deposit > counted {
        return Err(CashRefusal::DepositTooLarge { counted, asked: input.deposit });
    }
    let left = counted.minus(input.deposit).map_err(|_| CashRefusal::TooLarge)?;
    let from = session.account;
    let entry = send_cash::entry(KIND, input.day, from, input.deposit);
    Ok(Plan { left, from, entry: input.deposit.is_positive().then_some(entry) })
}

/// Closes a drawer.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &CloseDrawer) -> Result<Closed, Failure> {
    let session = drawer::ask(tx, input.session_id).await?.maybe().await?;
    let plan = decide(input, session.as_ref())?;
    let mut number = None;
    if let Some(entry) = plan.entry {
        let posted = post(tx, ctx, entry).await?;
        let sending = Sending {
            transfer_id: input.transfer_id,
            day: input.day,
            from: plan.from,
            to: CashAccount::Safe,
            amount: input.deposit,
        };
        transfers::add(tx, ctx, &sending, posted.entry_no).await?;
        number = Some(posted.number);
    }
    drawer::close(tx, ctx, input.session_id, input.deposit).await?;
    Ok(Closed { session_id: input.session_id, left: plan.left, number })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{closed, counted, open};

    #[test]
    fn every_refusal_in_its_order() {
        let input = |deposit: i64| CloseDrawer {
            session_id: DocumentId::from_bytes([2; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            deposit: Rupiah::new(deposit),
            transfer_id: DocumentId::from_bytes([1; 16]),
        };
        let cases = [
            (input(-1), None, "cash.unknown_session"),
            (input(-1), Some(closed()), "cash.session_closed"),
            (input(-1), Some(open()), "cash.not_counted"),
            (input(-1), Some(counted(199_500)), "cash.difference_open"),
            (input(-1), Some(counted(200_000)), "cash.deposit_too_large"),
            (input(200_001), Some(counted(200_000)), "cash.deposit_too_large"),
        ];
        for (input, session, code) in cases {
            let refused = decide(&input, session.as_ref()).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let all = decide(&input(200_000), Some(&counted(200_000))).unwrap();
        assert_eq!((all.left, all.entry.is_some()), (Rupiah::ZERO, true));
        assert!(decide(&input(0), Some(&counted(200_000))).unwrap().entry.is_none());
    }
}
