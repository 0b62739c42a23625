//! Taking an entry back: the same lines on the other side, in a new entry that names the old one.
//!
//! What is posted is never changed. A correction is a reversal with a reason, and then a new entry.

use store::{Failure, Tx};
use values::{Ctx, Day, PersonId};

use crate::{Entry, LedgerRefusal, Line, Posted, Series, Unit, post, stored};

/// What is taken back, when and why.
#[derive(Debug, Clone)]
pub struct Reversal {
    /// The event that takes it back, `room.event`.
    pub kind: &'static str,
    /// The entry.
    pub entry_no: i64,
    /// Accounting day of the reversal.
    pub day: Day,
    /// Why.
    pub reason: String,
    /// The second person, where the event demands one.
    pub approver: Option<PersonId>,
    /// Numbered as a paper of this unit.
    pub unit: Unit,
}

/// Posts the exact opposite of an entry.
///
/// # Errors
/// [`LedgerRefusal`]: no reason, no such entry, taken back before, itself a reversal; and what
/// [`post`] refuses.
pub async fn reverse(tx: &mut Tx, ctx: &Ctx, reversal: Reversal) -> Result<Posted, Failure> {
    let entry_no = reversal.entry_no;
    if reversal.reason.trim().is_empty() {
        return Err(LedgerRefusal::ReasonMissing.into());
    }
    let Some(found) = stored::one(tx, entry_no).await? else {
        return Err(LedgerRefusal::UnknownEntry { entry_no }.into());
    };
    if found.entry.reverses.is_some() {
        return Err(LedgerRefusal::IsReversal { entry_no }.into());
    }
    let by: Option<(i64,)> = tx
        .maybe("select entry_no from entries where coop_id = $1 and reverses = $2", &[&entry_no])
        .await?;
    if let Some((by,)) = by {
        return Err(LedgerRefusal::AlreadyReversed { entry_no, by }.into());
    }
    let mut entry = Entry::new(reversal.kind, reversal.day)
        .valued(found.entry.value_day)
        .numbered(Series::Paper(reversal.unit))
        .approved_by(reversal.approver)
        .noted(reversal.reason);
    entry.reverses = Some(entry_no);
    entry.lines = found.entry.lines;
    entry.lines.iter_mut().for_each(|line| line.side = line.side.opposite());
    post(tx, ctx, entry).await
}

/// The lines of a posted entry, with the names behind them; none where there is no such entry.
///
/// # Errors
/// A fault.
pub async fn lines_of(tx: &mut Tx, entry_no: i64) -> Result<Vec<Line>, Failure> {
    Ok(stored::one(tx, entry_no).await?.map_or_else(Vec::new, |found| found.entry.lines))
}
