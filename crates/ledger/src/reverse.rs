//! Taking an entry back: the same lines on the other side, in a new entry that names the old one.
//!
//! What is posted is never changed. A correction is a reversal with a reason, and then a new entry.

use store::{Failure, Tx};
use values::{Ctx, Day, Month, PersonId, Rupiah};

use crate::{Detail, Entry, LedgerRefusal, Line, Posted, Series, Side, Unit, post};

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
    let found: Option<(Day, Option<i64>)> = tx
        .maybe(
            "select value_day, reverses from entries where coop_id = $1 and entry_no = $2",
            &[&entry_no],
        )
        .await?;
    let Some((value_day, reverses)) = found else {
        return Err(LedgerRefusal::UnknownEntry { entry_no }.into());
    };
    if reverses.is_some() {
        return Err(LedgerRefusal::IsReversal { entry_no }.into());
    }
    let by: Option<(i64,)> = tx
        .maybe("select entry_no from entries where coop_id = $1 and reverses = $2", &[&entry_no])
        .await?;
    if let Some((by,)) = by {
        return Err(LedgerRefusal::AlreadyReversed { entry_no, by }.into());
    }
    let mut entry = Entry::new(reversal.kind, reversal.day)
        .valued(value_day)
        .numbered(Series::Paper(reversal.unit))
        .approved_by(reversal.approver)
        .noted(reversal.reason);
    entry.reverses = Some(entry_no);
    entry.lines = lines_of(tx, entry_no).await?;
    entry.lines.iter_mut().for_each(|line| line.side = line.side.opposite());
    post(tx, ctx, entry).await
}

/// The lines of a posted entry, with the names behind them.
///
/// # Errors
/// A fault.
pub async fn lines_of(tx: &mut Tx, entry_no: i64) -> Result<Vec<Line>, Failure> {
    let rows: Vec<(i64, String, String, String, Rupiah)> = tx
        .all(
            "select line_no, account, unit, side, amount from lines
              where coop_id = $1 and entry_no = $2 order by line_no",
            &[&entry_no],
        )
        .await?;
    let names: Vec<(i64, String, String, Option<Month>, Rupiah)> = tx
        .all(
            "select line_no, kind, subject, month, amount from details
              where coop_id = $1 and entry_no = $2 order by line_no, detail_no",
            &[&entry_no],
        )
        .await?;
    let lines = rows.into_iter().map(|(line_no, account, unit, side, amount)| {
        let of_line = names.iter().filter(|name| name.0 == line_no);
        let details = of_line.map(|(_, kind, subject, month, amount)| Detail {
            kind: kind.clone(),
            subject: subject.clone(),
            month: *month,
            amount: *amount,
        });
        Line {
            account,
            unit: Unit::from_code(&unit).expect("only known units are posted"),
            side: Side::from_letter(&side).expect("only D and K are posted"),
            amount,
            details: details.collect(),
        }
    });
    Ok(lines.collect())
}
