//! Drawers: who holds which one since when, and what must be in it.
//!
//! A session belongs to a cashier, a device and a drawer account. Its expected amount is the
//! opening plus everything that events add with [`add`], never read again from the screen. Before
//! the count only [`open_on`] shows a session, and it does not tell what is expected: the count is
//! blind.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Ctx, Day, DocumentId, Instant, PersonId, Rupiah};

use crate::{CashAccount, CashRefusal};

/// A session as the bendahara sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id, born in the cashier's form.
    pub session_id: DocumentId,
    /// Its running number in the cooperative.
    pub session_no: i64,
    /// Which drawer.
    pub account: CashAccount,
    /// Who holds it.
    pub cashier: PersonId,
    /// On which device.
    pub device: String,
    /// The business day it belongs to.
    pub day: Day,
    /// When it was opened.
    pub opened_at: Instant,
    /// What was in it then.
    pub opening: Rupiah,
    /// What must be in it.
    pub expected: Rupiah,
    /// What was counted, where it was.
    pub counted: Option<Rupiah>,
    /// Counted less expected.
    pub difference: Option<Rupiah>,
    /// How much of the difference stands in the journal.
    pub settled: Rupiah,
    /// How much of it the cashier took upon herself in writing.
    pub charged: Rupiah,
    /// What was brought away at closing.
    pub deposit: Option<Rupiah>,
}

impl FromRow for Session {
    fn from_row(row: Vec<Cell>) -> Result<Session, Fault> {
        let mut cells = Cells::new(row);
        let id: String = cells.take()?;
        let session_id = DocumentId::parse(&id);
        Ok(Session {
            session_id: session_id.map_err(|_| Fault::Shape { want: "an id", found: id })?,
            session_no: cells.take()?,
            account: cells.take()?,
            cashier: cells.take()?,
            device: cells.take()?,
            day: cells.take()?,
            opened_at: cells.take()?,
            opening: cells.take()?,
            expected: cells.take()?,
            counted: cells.take()?,
            difference: cells.take()?,
            settled: cells.take()?,
            charged: cells.take()?,
            deposit: cells.take()?,
        })
    }
}

impl Session {
    /// Closed for good.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.deposit.is_some()
    }

    /// Difference that the journal does not know yet; nothing before the count.
    #[must_use]
    pub fn unsettled(&self) -> Rupiah {
        let difference = self.difference.unwrap_or(self.settled);
        difference.minus(self.settled).unwrap_or(Rupiah::ZERO)
    }

    /// Counted, every difference posted, not closed: what closing and handing over ask for.
    pub(crate) fn ready_to_close(&self) -> Result<Rupiah, CashRefusal> {
        if self.is_closed() {
            return Err(CashRefusal::SessionClosed);
        }
        let counted = self.counted.ok_or(CashRefusal::NotCounted)?;
        let open = self.unsettled();
        if open.is_zero() { Ok(counted) } else { Err(CashRefusal::DifferenceOpen { open }) }
    }
}

/// What a cashier sees of her own drawer before she has counted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDrawer {
    /// The session.
    pub session_id: DocumentId,
    /// Its running number.
    pub session_no: i64,
    /// Which drawer.
    pub account: CashAccount,
    /// Who holds it.
    pub cashier: PersonId,
    /// On which device.
    pub device: String,
    /// The business day.
    pub day: Day,
    /// When it was opened.
    pub opened_at: Instant,
    /// What was in it then.
    pub opening: Rupiah,
    /// Whether it was counted.
    pub counted: bool,
}

impl OpenDrawer {
    /// A session without what is expected in it.
    pub(crate) fn of(session: Session) -> OpenDrawer {
        OpenDrawer {
            session_id: session.session_id,
            session_no: session.session_no,
            account: session.account,
            cashier: session.cashier,
            device: session.device,
            day: session.day,
            opened_at: session.opened_at,
            opening: session.opening,
            counted: session.counted.is_some(),
        }
    }
}

/// Adds to what must be in a drawer; below zero takes away. Called by every event that moves its
/// money, in the transaction that posts. A sale that arrives after the count belongs here too: the
/// difference then changes and waits for [`crate::post_difference`].
///
/// # Errors
/// A fault where there is no such session: read it first with [`find`].
pub async fn add(tx: &mut Tx, session_id: DocumentId, amount: Rupiah) -> Result<(), Failure> {
    tx.run(
        "update drawer_sessions set expected_amount = expected_amount + $3,
                difference_amount = difference_amount - $3
          where coop_id = $1 and session_id = $2",
        1,
        &[&session_id.to_text(), &amount],
    )
    .await?;
    Ok(())
}

/// A session by its id.
///
/// # Errors
/// [`CashRefusal::UnknownSession`], or a fault.
pub async fn find(tx: &mut Tx, session_id: DocumentId) -> Result<Session, Failure> {
    let found = ask(tx, session_id).await?.maybe().await?;
    Ok(found.ok_or(CashRefusal::UnknownSession)?)
}

/// Refuses money for a drawer that is not open or is another one. `session` is what [`ask`] found.
///
/// # Errors
/// [`CashRefusal`]: unknown, closed, counted already, of another account.
pub fn judge_open(session: Option<&Session>, account: CashAccount) -> Result<(), CashRefusal> {
    let session = session.ok_or(CashRefusal::UnknownSession)?;
    if session.is_closed() {
        return Err(CashRefusal::SessionClosed);
    }
    if session.counted.is_some() {
        return Err(CashRefusal::SessionCounted);
    }
    if session.account != account {
        return Err(CashRefusal::OtherDrawer { name: session.account.name() });
    }
    Ok(())
}

/// Asks for a session, to be settled later.
///
/// # Errors
/// A fault.
pub async fn ask(tx: &mut Tx, session_id: DocumentId) -> Result<Later<Session>, Fault> {
    tx.later(
        "select session_id, session_no, account, cashier_id, device, day, opened_at, opening_amount,
                expected_amount, counted_amount, difference_amount, settled_amount, charged_amount,
                deposit_amount
           from drawer_sessions where coop_id = $1 and session_id = $2",
        &[&session_id.to_text()],
    )
    .await
}

/// The session that a form names, where it names one.
pub(crate) async fn named(tx: &mut Tx, id: Option<DocumentId>) -> Result<Option<Session>, Fault> {
    match id {
        Some(id) => ask(tx, id).await?.maybe().await,
        None => Ok(None),
    }
}

/// The open session of a drawer on a device, without what is expected in it.
///
/// # Errors
/// A fault.
pub async fn open_on(
    tx: &mut Tx,
    account: CashAccount,
    device: &str,
) -> Result<Option<OpenDrawer>, Failure> {
    let session: Option<Session> = tx
        .maybe(
            "select session_id, session_no, account, cashier_id, device, day, opened_at,
                    opening_amount, expected_amount, counted_amount, difference_amount,
                    settled_amount, charged_amount, deposit_amount
               from drawer_sessions
              where coop_id = $1 and account = $2 and device = $3 and closed_at is null",
            &[&account, &device],
        )
        .await?;
    Ok(session.map(OpenDrawer::of))
}

/// All sessions of a business day, for the bendahara, in their order.
///
/// # Errors
/// A fault.
pub async fn of_day(tx: &mut Tx, day: Day) -> Result<Vec<Session>, Failure> {
    let sessions = tx
        .all(
            "select session_id, session_no, account, cashier_id, device, day, opened_at,
                    opening_amount, expected_amount, counted_amount, difference_amount,
                    settled_amount, charged_amount, deposit_amount
               from drawer_sessions where coop_id = $1 and day = $2 order by session_no",
            &[&day],
        )
        .await?;
    Ok(sessions)
}

/// Sessions that were counted and whose difference the journal does not know in full.
///
/// # Errors
/// A fault.
pub async fn unsettled(tx: &mut Tx) -> Result<Vec<Session>, Failure> {
    let sessions = tx
        .all(
            "select session_id, session_no, account, cashier_id, device, day, opened_at,
                    opening_amount, expected_amount, counted_amount, difference_amount,
                    settled_amount, charged_amount, deposit_amount
               from drawer_sessions
              where coop_id = $1 and difference_amount <> settled_amount order by session_no",
            &[],
        )
        .await?;
    Ok(sessions)
}

/// Money of a drawer account that lies in no drawer: its balance less what its drawers hold. Zero
/// where every movement named its session.
///
/// # Errors
/// A fault.
pub async fn outside_drawers(tx: &mut Tx, account: CashAccount) -> Result<Rupiah, Failure> {
    let (held,): (Rupiah,) = tx
        .one(
            "select cast(coalesce(sum(expected_amount + settled_amount
                        - coalesce(deposit_amount, 0)), 0) as bigint)
               from drawer_sessions held
              where held.coop_id = $1 and held.account = $2 and not exists
                    (select 1 from drawer_sessions newer
                      where newer.coop_id = $1 and newer.account = held.account
                        and newer.device = held.device and newer.session_no > held.session_no)",
            &[&account],
        )
        .await?;
    let balance = ledger::balance(tx, account.code()).await?;
    Ok(balance.minus(held).unwrap_or(balance))
}

/// A session that begins.
pub(crate) struct Beginning<'a> {
    pub(crate) session_id: DocumentId,
    pub(crate) session_no: i64,
    pub(crate) account: CashAccount,
    pub(crate) device: &'a str,
    pub(crate) day: Day,
    pub(crate) opening: Rupiah,
}

pub(crate) async fn begin(tx: &mut Tx, ctx: &Ctx, new: &Beginning<'_>) -> Result<(), Fault> {
    tx.run(
        "insert into drawer_sessions (coop_id, session_id, session_no, account, cashier_id, device,
                day, opened_at, opening_amount, expected_amount, settled_amount, charged_amount)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, 0)",
        1,
        &[
            &new.session_id.to_text(),
            &new.session_no,
            &new.account,
            &ctx.person,
            &new.device,
            &new.day,
            &ctx.at,
            &new.opening,
        ],
    )
    .await
}

pub(crate) async fn close(
    tx: &mut Tx,
    ctx: &Ctx,
    session_id: DocumentId,
    deposit: Rupiah,
) -> Result<(), Fault> {
    tx.run(
        "update drawer_sessions set deposit_amount = $3, closed_at = $4, closed_by = $5
          where coop_id = $1 and session_id = $2 and closed_at is null",
        1,
        &[&session_id.to_text(), &deposit, &ctx.at, &ctx.person],
    )
    .await
}

/// The number of the last session; 0 before the first.
pub(crate) async fn ask_last_no(tx: &mut Tx) -> Result<Later<(i64,)>, Fault> {
    tx.later("select coalesce(max(session_no), 0) from drawer_sessions where coop_id = $1", &[])
        .await
}

/// Whether the cashier, and whether anybody on the device, has such a drawer open.
pub(crate) async fn ask_open(
    tx: &mut Tx,
    account: CashAccount,
    cashier: PersonId,
    device: &str,
) -> Result<Later<(PersonId, String)>, Fault> {
    tx.later(
        "select cashier_id, device from drawer_sessions
          where coop_id = $1 and account = $2 and (cashier_id = $3 or device = $4)
            and closed_at is null",
        &[&account, &cashier, &device],
    )
    .await
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;

    use super::*;

    /// Wanti's till with 200.000 in it, opened with that.
    pub(crate) fn open() -> Session {
        Session {
            session_id: DocumentId::from_bytes([2; 16]),
            session_no: 1,
            account: CashAccount::Till,
            cashier: PersonId::from_bytes(*b"wanti-kasir-----"),
            device: "A1".to_owned(),
            day: Day::parse_iso("2025-10-14").unwrap(),
            opened_at: Instant::from_micros(0),
            opening: Rupiah::new(200_000),
            expected: Rupiah::new(200_000),
            counted: None,
            difference: None,
            settled: Rupiah::ZERO,
            charged: Rupiah::ZERO,
            deposit: None,
        }
    }

    /// The same, counted.
    pub(crate) fn counted(amount: i64) -> Session {
        Session {
            counted: Some(Rupiah::new(amount)),
            difference: Some(Rupiah::new(amount - 200_000)),
            ..open()
        }
    }

    /// The same, closed with nothing brought away.
    pub(crate) fn closed() -> Session {
        Session { deposit: Some(Rupiah::ZERO), ..counted(200_000) }
    }

    #[test]
    fn money_goes_into_an_open_drawer_of_its_own_account_alone() {
        let cases = [
            (None, CashAccount::Till, "cash.unknown_session"),
            (Some(closed()), CashAccount::Till, "cash.session_closed"),
            (Some(counted(5)), CashAccount::Till, "cash.session_counted"),
            (Some(open()), CashAccount::Teller, "cash.other_drawer"),
        ];
        for (session, account, code) in cases {
            let refused = judge_open(session.as_ref(), account);
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn a_session_closes_counted_and_settled() {
        let code = |session: Session| session.ready_to_close().map_err(|refusal| refusal.code());
        assert_eq!(code(closed()), Err("cash.session_closed"));
        assert_eq!(code(open()), Err("cash.not_counted"));
        assert_eq!(code(counted(199_500)), Err("cash.difference_open"));
        let settled = Session { settled: Rupiah::new(-500), ..counted(199_500) };
        assert_eq!(code(settled), Ok(Rupiah::new(199_500)));
    }
}
