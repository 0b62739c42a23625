//! Terima kas: the other side counts what was brought and confirms it.
//!
//! Somebody other than the sender counts, and the amount must be the one that was sent; where it is
//! not, nothing is confirmed: both count together, or the sender takes the money back
//! ([`crate::take_back_cash`]). To and from a bank one person may do both ends, with the bank's
//! slip as evidence. Into a drawer with an open session the session's expected amount goes up with
//! it.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11101 | 1.500.000 |           |
//! | 11108 |           | 1.500.000 |

use ledger::{Entry, Posted, Series, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, PersonId, Rupiah};

use crate::drawer::{self, Session};
use crate::evidence::evidence;
use crate::transfers::{self, ON_ITS_WAY, Transfer, TransferEnd};
use crate::{CashAccount, CashRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.receive_cash";

/// What the one who takes fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveCash {
    /// The hand-over.
    pub transfer_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// How much, as counted on arrival.
    pub counted: Rupiah,
    /// The open drawer it goes into, where there is one.
    pub drawer: Option<DocumentId>,
    /// Hash of the bank's slip.
    pub slip: Option<String>,
}

/// What must be read.
struct Facts {
    transfer: Option<Transfer>,
    session: Option<Session>,
    person: PersonId,
}

fn decide(input: &ReceiveCash, facts: &Facts) -> Result<(Entry, CashAccount), CashRefusal> {
    let slip = evidence(input.slip.as_deref())?;
    let transfer = facts.transfer.as_ref().ok_or(CashRefusal::UnknownTransfer)?;
    judge(transfer, facts.person, input.day, input.counted, !slip.is_empty())?;
    if input.drawer.is_some() {
        drawer::judge_open(facts.session.as_ref(), transfer.to)?;
    }
    let entry = entry(KIND, input.day, transfer).with_evidence(slip);
    Ok((entry, transfer.to))
}

/// Judges a confirmation, here and where a drawer is opened with a float.
pub(crate) fn judge(
    transfer: &Transfer,
    person: PersonId,
    day: Day,
    counted: Rupiah,
    with_slip: bool,
) -> Result<(), CashRefusal> {
    transfer.on_its_way()?;
    let by_bank = (transfer.from.is_bank() || transfer.to.is_bank()) && with_slip;
    if transfer.sender == person && !by_bank {
        return Err(CashRefusal::SamePerson);
    }
    if day < transfer.sent_day {
        return Err(CashRefusal::BeforeSent { sent_day: transfer.sent_day });
    }
    if counted != transfer.amount {
        return Err(CashRefusal::AmountDiffers { sent: transfer.amount, counted });
    }
    Ok(())
}

/// Money arrives: 11108 is emptied in the unit it had left.
pub(crate) fn entry(kind: &'static str, day: Day, transfer: &Transfer) -> Entry {
    let to = transfer.to;
    Entry::new(kind, day)
        .numbered(Series::Paper(to.unit()))
        .debit(to.code(), to.unit(), transfer.amount)
        .credit(ON_ITS_WAY, transfer.from.unit(), transfer.amount)
}

/// Records that money has arrived.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &ReceiveCash) -> Result<Posted, Failure> {
    let transfer = transfers::find(tx, input.transfer_id).await?;
    let session = drawer::named(tx, input.drawer).await?;
    let facts = Facts { transfer: transfer.maybe().await?, session, person: ctx.person };
    let (entry, _) = decide(input, &facts)?;
    let posted = post(tx, ctx, entry).await?;
    transfers::end(tx, ctx, input.transfer_id, TransferEnd::Arrived, posted.entry_no).await?;
    if let Some(id) = input.drawer {
        drawer::add(tx, id, input.counted).await?;
    }
    Ok(posted)
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;

    use super::*;

    pub(crate) const WANTI: PersonId = PersonId::from_bytes(*b"wanti-kasir-----");
    const SITI: PersonId = PersonId::from_bytes(*b"siti-bendahara--");

    pub(crate) fn sent(from: CashAccount, to: CashAccount, end: Option<TransferEnd>) -> Transfer {
        Transfer {
            transfer_id: DocumentId::from_bytes([1; 16]).to_text(),
            from,
            to,
            amount: Rupiah::new(500),
            sent_day: Day::parse_iso("2025-10-14").unwrap(),
            sender: WANTI,
            sent_entry: 7,
            end,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        use CashAccount::{Bank, Safe, Till};
        let input = |day: &str, counted: i64, slip: &str| ReceiveCash {
            transfer_id: DocumentId::from_bytes([1; 16]),
            day: Day::parse_iso(day).unwrap(),
            counted: Rupiah::new(counted),
            drawer: None,
            slip: (!slip.is_empty()).then(|| slip.to_owned()),
        };
        let to_safe = |end| Some(sent(Till, Safe, end));
        let good = || input("2025-10-14", 500, "");
        let arrived = Some(TransferEnd::Arrived);
        let taken_back = Some(TransferEnd::TakenBack);
        let cases = [
            (input("2025-10-14", 500, "xyz"), to_safe(None), SITI, "cash.not_evidence"),
            (good(), None, SITI, "cash.unknown_transfer"),
            (good(), to_safe(arrived), SITI, "cash.transfer_arrived"),
            (good(), to_safe(taken_back), SITI, "cash.transfer_taken_back"),
            (good(), to_safe(None), WANTI, "cash.same_person"),
            (good(), Some(sent(Safe, Bank, None)), WANTI, "cash.same_person"),
            (input("2025-10-13", 500, ""), to_safe(None), SITI, "cash.before_sent"),
            (input("2025-10-14", 499, ""), to_safe(None), SITI, "cash.amount_differs"),
        ];
        for (input, transfer, person, code) in cases {
            let facts = Facts { transfer, session: None, person };
            assert_eq!(decide(&input, &facts).map_err(|refusal| refusal.code()), Err(code));
        }
        let into_drawer = ReceiveCash { drawer: Some(DocumentId::from_bytes([2; 16])), ..good() };
        let facts = Facts { transfer: to_safe(None), session: None, person: SITI };
        let refused = decide(&into_drawer, &facts).map_err(|refusal| refusal.code());
        assert_eq!(refused.map(drop), Err("cash.unknown_session"));
        let slip = "ab".repeat(32);
        let facts = Facts { transfer: Some(sent(Safe, Bank, None)), session: None, person: WANTI };
        assert!(decide(&input("2025-10-14", 500, &slip), &facts).is_ok());
    }
}
