//! Cash on its way: one row for each hand-over, with the end that gave and the end that took.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Ctx, Day, DocumentId, PersonId, Rupiah};

use crate::{CashAccount, CashRefusal};

/// The account in which money stands between two people.
pub(crate) const ON_ITS_WAY: &str = "11108";

/// A hand-over as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Its id, born in the sender's form.
    pub transfer_id: String,
    /// Where the money left.
    pub from: CashAccount,
    /// Where it goes.
    pub to: CashAccount,
    /// How much.
    pub amount: Rupiah,
    /// Accounting day of sending.
    pub sent_day: Day,
    /// Who gave.
    pub sender: PersonId,
    /// The journal entry of sending.
    pub sent_entry: i64,
    /// How it ended, where it has.
    pub end: Option<TransferEnd>,
}

/// How a hand-over ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferEnd {
    /// The receiver confirmed it.
    Arrived,
    /// The sender took it back.
    TakenBack,
}

impl FromRow for Transfer {
    fn from_row(row: Vec<Cell>) -> Result<Transfer, Fault> {
        let mut cells = Cells::new(row);
        Ok(Transfer {
            transfer_id: cells.take()?,
            from: cells.take()?,
            to: cells.take()?,
            amount: cells.take()?,
            sent_day: cells.take()?,
            sender: cells.take()?,
            sent_entry: cells.take()?,
            end: cells
                .take::<Option<bool>>()?
                .map(|arrived| if arrived { TransferEnd::Arrived } else { TransferEnd::TakenBack }),
        })
    }
}

impl Transfer {
    /// Refuses one that has ended.
    pub(crate) fn on_its_way(&self) -> Result<(), CashRefusal> {
        match self.end {
            None => Ok(()),
            Some(TransferEnd::Arrived) => Err(CashRefusal::TransferArrived),
            Some(TransferEnd::TakenBack) => Err(CashRefusal::TransferTakenBack),
        }
    }
}

/// Money that has left and not arrived, oldest first.
///
/// # Errors
/// A fault.
pub async fn on_its_way(tx: &mut Tx) -> Result<Vec<Transfer>, Failure> {
    let rows = tx
        .all(
            "select transfer_id, from_account, to_account, amount, sent_day, sender_id, sent_entry,
                    arrived
               from transfers where coop_id = $1 and arrived is null order by sent_at, transfer_id",
            &[],
        )
        .await?;
    Ok(rows)
}

pub(crate) async fn find(tx: &mut Tx, id: DocumentId) -> Result<Later<Transfer>, Fault> {
    tx.later(
        "select transfer_id, from_account, to_account, amount, sent_day, sender_id, sent_entry,
                arrived
           from transfers where coop_id = $1 and transfer_id = $2",
        &[&id.to_text()],
    )
    .await
}

/// What a sender's form says.
pub(crate) struct Sending {
    pub(crate) transfer_id: DocumentId,
    pub(crate) day: Day,
    pub(crate) from: CashAccount,
    pub(crate) to: CashAccount,
    pub(crate) amount: Rupiah,
}

pub(crate) async fn add(
    tx: &mut Tx,
    ctx: &Ctx,
    sending: &Sending,
    entry_no: i64,
) -> Result<(), Fault> {
    tx.run(
        "insert into transfers (coop_id, transfer_id, from_account, to_account, amount, sent_day,
                sent_at, sender_id, sent_entry)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        1,
        &[
            &sending.transfer_id.to_text(),
            &sending.from,
            &sending.to,
            &sending.amount,
            &sending.day,
            &ctx.at,
            &ctx.person,
            &entry_no,
        ],
    )
    .await
}

pub(crate) async fn end(
    tx: &mut Tx,
    ctx: &Ctx,
    id: DocumentId,
    end: TransferEnd,
    entry_no: i64,
) -> Result<(), Fault> {
    tx.run(
        "update transfers set settled_at = $3, settled_by = $4, settled_entry = $5, arrived = $6
          where coop_id = $1 and transfer_id = $2 and arrived is null",
        1,
        &[&id.to_text(), &ctx.at, &ctx.person, &entry_no, &(end == TransferEnd::Arrived)],
    )
    .await
}
