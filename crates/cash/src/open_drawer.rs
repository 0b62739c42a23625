//! Buka laci: a cashier takes a drawer for the day.
//!
//! What is in it is not typed but follows: the last count on this device less what was brought away
//! then, plus the float that the bendahara has sent and the cashier now confirms. In the first
//! drawer of all lies what the account holds. A cashier has one open session, and so has a device.
//!
//! With a float from the safe (without one nothing is posted):
//!
//! | akun  |   debit |  kredit |
//! |-------|---------|---------|
//! | 11103 | 200.000 |         |
//! | 11108 |         | 200.000 |

use ledger::{Entry, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, PersonId, Rupiah};

use crate::drawer::{self, Beginning};
use crate::transfers::{self, Transfer, TransferEnd};
use crate::{CashAccount, CashRefusal, receive_cash};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.open_drawer";

/// What the cashier fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDrawer {
    /// Id of the session, made when the form opens.
    pub session_id: DocumentId,
    /// The business day.
    pub day: Day,
    /// Which drawer.
    pub account: CashAccount,
    /// The device's code: `A1`.
    pub device: String,
    /// The float, where one was sent.
    pub float: Option<Float>,
}

/// A float on its way from the safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Float {
    /// The hand-over.
    pub transfer_id: DocumentId,
    /// How much, as the cashier counted it.
    pub counted: Rupiah,
}

/// What the cashier is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The session.
    pub session_id: DocumentId,
    /// Its running number.
    pub session_no: i64,
    /// What is in the drawer.
    pub opening: Rupiah,
    /// Paper number of the float's arrival.
    pub number: Option<String>,
}

/// What must be read.
struct Facts {
    person: PersonId,
    open: Vec<(PersonId, String)>,
    left: Rupiah,
    float: Option<Transfer>,
}

/// The opening amount and what is posted for it.
#[derive(Debug)]
struct Plan {
    opening: Rupiah,
    entry: Option<Entry>,
}

fn decide(input: &OpenDrawer, facts: &Facts) -> Result<Plan, CashRefusal> {
    if input.device.trim().is_empty() {
        return Err(CashRefusal::DeviceMissing);
    }
    if !input.account.is_drawer() {
        return Err(CashRefusal::NotADrawer { name: input.account.name() });
    }
    if facts.open.iter().any(|(cashier, _)| *cashier == facts.person) {
        return Err(CashRefusal::CashierHasDrawer);
    }
    if !facts.open.is_empty() {
        return Err(CashRefusal::DeviceHasDrawer { device: input.device.clone() });
    }
    let Some(float) = &input.float else {
        return Ok(Plan { opening: facts.left, entry: None });
    };
    let transfer = facts.float.as_ref().ok_or(CashRefusal::UnknownTransfer)?;
    if transfer.to != input.account {
        return Err(CashRefusal::OtherDrawer { name: transfer.to.name() });
    }
    receive_cash::judge(transfer, facts.person, input.day, float.counted, false)?;
    let opening = facts.left.plus(transfer.amount).map_err(|_| CashRefusal::TooLarge)?;
    Ok(Plan { opening, entry: Some(receive_cash::entry(KIND, input.day, transfer)) })
}

/// Opens a drawer.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &OpenDrawer) -> Result<Opened, Failure> {
    let last_no = drawer::ask_last_no(tx).await?;
    let open = drawer::ask_open(tx, input.account, ctx.person, &input.device).await?;
    let float = match &input.float {
        Some(float) => transfers::find(tx, float.transfer_id).await?.maybe().await?,
        None => None,
    };
    let left = left_in(tx, input.account, &input.device).await?;
    let facts = Facts { person: ctx.person, open: open.all().await?, left, float };
    let plan = decide(input, &facts)?;
    let session_no = last_no.maybe().await?.map_or(1, |(last,)| last + 1);
    let mut number = None;
    if let (Some(entry), Some(float)) = (plan.entry, &input.float) {
        let posted = post(tx, ctx, entry).await?;
        transfers::end(tx, ctx, float.transfer_id, TransferEnd::Arrived, posted.entry_no).await?;
        number = Some(posted.number);
    }
    let beginning = Beginning {
        session_id: input.session_id,
        session_no,
        account: input.account,
        device: &input.device,
        day: input.day,
        opening: plan.opening,
    };
    drawer::begin(tx, ctx, &beginning).await?;
    Ok(Opened { session_id: input.session_id, session_no, opening: plan.opening, number })
}

/// What the last session on this device has left in the drawer.
async fn left_in(tx: &mut Tx, account: CashAccount, device: &str) -> Result<Rupiah, Failure> {
    let last: Option<(Rupiah,)> = tx
        .maybe(
            "select counted_amount - deposit_amount from drawer_sessions
              where coop_id = $1 and account = $2 and device = $3 and closed_at is not null
              order by session_no desc limit 1",
            &[&account, &device],
        )
        .await?;
    if let Some((left,)) = last {
        return Ok(left);
    }
    let (sessions,): (i64,) = tx
        .one(
            "select count(*) from drawer_sessions where coop_id = $1 and account = $2",
            &[&account],
        )
        .await?;
    if sessions > 0 { Ok(Rupiah::ZERO) } else { ledger::balance(tx, account.code()).await }
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::CashAccount::{Safe, Teller, Till};
    use crate::receive_cash::tests::{WANTI, sent};

    #[test]
    fn every_refusal_in_its_order() {
        let siti = PersonId::from_bytes(*b"siti-bendahara--");
        let input = |account, device: &str, float: bool| OpenDrawer {
            session_id: DocumentId::from_bytes([2; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            account,
            device: device.to_owned(),
            float: float.then(|| Float {
                transfer_id: DocumentId::from_bytes([1; 16]),
                counted: Rupiah::new(500),
            }),
        };
        let facts = |open: Option<PersonId>, float| Facts {
            person: siti,
            open: open.map(|person| (person, "A1".to_owned())).into_iter().collect(),
            left: Rupiah::new(1_000),
            float,
        };
        let on_its_way = || Some(sent(Safe, Till, None));
        let cases = [
            (input(Safe, " ", true), facts(Some(siti), None), "cash.device_missing"),
            (input(Safe, "A1", true), facts(Some(siti), None), "cash.not_a_drawer"),
            (input(Till, "A1", true), facts(Some(siti), None), "cash.cashier_has_drawer"),
            (input(Till, "A1", true), facts(Some(WANTI), None), "cash.device_has_drawer"),
            (input(Till, "A1", true), facts(None, None), "cash.unknown_transfer"),
            (input(Teller, "A1", true), facts(None, on_its_way()), "cash.other_drawer"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let with = decide(&input(Till, "A1", true), &facts(None, on_its_way())).unwrap();
        assert_eq!((with.opening, with.entry.is_some()), (Rupiah::new(1_500), true));
        let without = decide(&input(Till, "A1", false), &facts(None, None)).unwrap();
        assert_eq!((without.opening, without.entry.is_none()), (Rupiah::new(1_000), true));
    }
}
