//! Batal kirim: money that was sent and not confirmed returns to where it came from.
//!
//! The counts differ, or the bank is shut: the sender takes the money back with a reason. The entry
//! of sending is reversed; a new one is sent when it is counted again.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11108 |           | 1.500.000 |
//! | 11103 | 1.500.000 |           |

use ledger::{Posted, Reversal, reverse};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, PersonId};

use crate::CashRefusal;
use crate::drawer::{self, Session};
use crate::transfers::{self, Transfer, TransferEnd};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.take_back_cash";

/// What the sender fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeBackCash {
    /// The hand-over.
    pub transfer_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Why.
    pub reason: String,
    /// The open drawer it returns to, where there is one.
    pub drawer: Option<DocumentId>,
}

/// What must be read.
struct Facts {
    transfer: Option<Transfer>,
    session: Option<Session>,
    person: PersonId,
}

fn decide<'a>(input: &TakeBackCash, facts: &'a Facts) -> Result<&'a Transfer, CashRefusal> {
    let transfer = facts.transfer.as_ref().ok_or(CashRefusal::UnknownTransfer)?;
    transfer.on_its_way()?;
    if transfer.sender != facts.person {
        return Err(CashRefusal::OnlySender);
    }
    if input.reason.trim().is_empty() {
        return Err(CashRefusal::ReasonMissing);
    }
    if input.drawer.is_some() {
        drawer::judge_open(facts.session.as_ref(), transfer.from)?;
    }
    Ok(transfer)
}

/// Records that money has returned.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &TakeBackCash) -> Result<Posted, Failure> {
    let transfer = transfers::find(tx, input.transfer_id).await?;
    let session = drawer::named(tx, input.drawer).await?;
    let facts = Facts { transfer: transfer.maybe().await?, session, person: ctx.person };
    let transfer = decide(input, &facts)?;
    let reversal = Reversal {
        kind: KIND,
        entry_no: transfer.sent_entry,
        day: input.day,
        reason: input.reason.trim().to_owned(),
        approver: None,
        unit: transfer.from.unit(),
    };
    let posted = reverse(tx, ctx, reversal).await?;
    transfers::end(tx, ctx, input.transfer_id, TransferEnd::TakenBack, posted.entry_no).await?;
    if let Some(id) = input.drawer {
        drawer::add(tx, id, transfer.amount).await?;
    }
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::CashAccount::{Safe, Till};
    use crate::drawer::tests::closed;
    use crate::receive_cash::tests::{WANTI, sent};

    #[test]
    fn every_refusal_in_its_order() {
        let other = PersonId::from_bytes(*b"siti-bendahara--");
        let input = |reason: &str, drawer: bool| TakeBackCash {
            transfer_id: DocumentId::from_bytes([1; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            reason: reason.to_owned(),
            drawer: drawer.then_some(DocumentId::from_bytes([2; 16])),
        };
        let on_its_way = || Some(sent(Till, Safe, None));
        let arrived = Some(sent(Till, Safe, Some(TransferEnd::Arrived)));
        let cases = [
            (input("", true), None, WANTI, "cash.unknown_transfer"),
            (input("", true), arrived, WANTI, "cash.transfer_arrived"),
            (input("", true), on_its_way(), other, "cash.only_sender"),
            (input("", true), on_its_way(), WANTI, "cash.reason_missing"),
            (input("Bank tutup", true), on_its_way(), WANTI, "cash.session_closed"),
        ];
        for (input, transfer, person, code) in cases {
            let facts = Facts { transfer, session: Some(closed()), person };
            assert_eq!(decide(&input, &facts).map_err(|refusal| refusal.code()), Err(code));
        }
        let facts = Facts { transfer: on_its_way(), session: None, person: WANTI };
        assert!(decide(&input("Bank tutup", false), &facts).is_ok());
    }
}
