//! Kirim kas: somebody takes money out of one place to bring it to another.
//!
//! The cashier brings the day's takings to the safe, the bendahara brings the safe's money to the
//! bank or gives the till its float. The one who gives records it; the money stands in 11108 until
//! the other side confirms ([`crate::receive_cash`]). Where it leaves a drawer with an open
//! session, the session's expected amount goes down with it.
//!
//! | akun  |     debit |    kredit |
//! |-------|-----------|-----------|
//! | 11108 | 1.500.000 |           |
//! | 11103 |           | 1.500.000 |

use ledger::{Entry, Posted, Series, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Rupiah};

use crate::drawer::{self, Session};
use crate::transfers::{self, ON_ITS_WAY, Sending};
use crate::{CashAccount, CashRefusal};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.send_cash";

/// What the one who gives fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendCash {
    /// Id of the hand-over, made when the form opens.
    pub transfer_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Where the money leaves.
    pub from: CashAccount,
    /// Where it goes.
    pub to: CashAccount,
    /// How much, as counted.
    pub amount: Rupiah,
    /// The open drawer it leaves, where there is one.
    pub drawer: Option<DocumentId>,
}

/// Judges the form; `session` is the drawer that it names.
fn decide(input: &SendCash, session: Option<&Session>) -> Result<Entry, CashRefusal> {
    if input.from == input.to {
        return Err(CashRefusal::SameAccount { name: input.from.name() });
    }
    if !input.amount.is_positive() {
        return Err(CashRefusal::NotPositive { asked: input.amount });
    }
    if input.drawer.is_some() {
        drawer::judge_open(session, input.from)?;
    }
    Ok(entry(KIND, input.day, input.from, input.amount))
}

/// Money leaves: 11108 belongs to the unit it leaves, until it arrives.
pub(crate) fn entry(kind: &'static str, day: Day, from: CashAccount, amount: Rupiah) -> Entry {
    Entry::new(kind, day)
        .numbered(Series::Paper(from.unit()))
        .debit(ON_ITS_WAY, from.unit(), amount)
        .credit(from.code(), from.unit(), amount)
}

/// Records that money has left.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &SendCash) -> Result<Posted, Failure> {
    let session = drawer::named(tx, input.drawer).await?;
    let entry = decide(input, session.as_ref())?;
    let posted = post(tx, ctx, entry).await?;
    let sending = Sending {
        transfer_id: input.transfer_id,
        day: input.day,
        from: input.from,
        to: input.to,
        amount: input.amount,
    };
    transfers::add(tx, ctx, &sending, posted.entry_no).await?;
    if let Some(id) = input.drawer {
        drawer::add(tx, id, input.amount.negated()).await?;
    }
    Ok(posted)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::drawer::tests::{closed, open};

    fn sending(from: CashAccount, amount: i64, drawer: bool) -> SendCash {
        SendCash {
            transfer_id: DocumentId::from_bytes([1; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            from,
            to: CashAccount::Safe,
            amount: Rupiah::new(amount),
            drawer: drawer.then_some(DocumentId::from_bytes([2; 16])),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        use CashAccount::{Safe, Teller, Till};
        let cases = [
            (sending(Safe, 0, false), None, "cash.same_account"),
            (sending(Till, 0, true), None, "cash.not_positive"),
            (sending(Till, 5, true), None, "cash.unknown_session"),
            (sending(Till, 5, true), Some(closed()), "cash.session_closed"),
            (sending(Teller, 5, true), Some(open()), "cash.other_drawer"),
        ];
        for (input, session, code) in cases {
            let refused = decide(&input, session.as_ref());
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
        assert!(decide(&sending(Till, 5, true), Some(&open())).is_ok());
        assert!(decide(&sending(Till, 5, false), None).is_ok());
    }
}
