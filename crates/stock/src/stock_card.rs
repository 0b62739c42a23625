//! Kartu stok: every movement of a good, with what was on hand and what it was worth after it.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{Day, GoodId, Instant, PersonId, Quantity, Rupiah};

use crate::MovementKind;

/// Rows that one page of a card holds.
pub const PAGE: i64 = 200;

/// One row of a stock card, in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRow {
    /// Its number.
    pub movement_no: i64,
    /// Why something moved.
    pub kind: MovementKind,
    /// Accounting day.
    pub day: Day,
    /// When it happened.
    pub happened_at: Instant,
    /// Where.
    pub place: String,
    /// Of which batch.
    pub batch: String,
    /// What came; below zero what left.
    pub qty: Quantity,
    /// What it is worth; below zero what left.
    pub value: Rupiah,
    /// The document it came or went with.
    pub document_id: String,
    /// The row it corrects, where it is a correction.
    pub corrects: Option<i64>,
    /// What was on hand afterwards.
    pub on_hand: Quantity,
    /// What the books said it was worth.
    pub worth: Rupiah,
    /// Who wrote it.
    pub person: PersonId,
}

impl FromRow for CardRow {
    fn from_row(row: Vec<Cell>) -> Result<CardRow, Fault> {
        let mut cells = Cells::new(row);
        Ok(CardRow {
            movement_no: cells.take()?,
            kind: cells.take()?,
            day: cells.take()?,
            happened_at: cells.take()?,
            place: cells.take()?,
            batch: cells.take()?,
            qty: cells.take()?,
            value: cells.take()?,
            document_id: cells.take()?,
            corrects: cells.take()?,
            on_hand: cells.take()?,
            worth: cells.take()?,
            person: cells.take()?,
        })
    }
}

/// The card of a good after a row; `after` is 0 for its first page.
///
/// # Errors
/// A fault.
pub async fn stock_card(tx: &mut Tx, good_id: GoodId, after: i64) -> Result<Vec<CardRow>, Failure> {
    let rows = tx
        .all(
            "select movement_no, kind, day, happened_at, place, batch, qty_milli, value,
                    document_id, corrects, on_hand_after_milli, value_after, person_id
               from stock_movements
              where coop_id = $1 and good_id = $2 and movement_no > $3 and owner = ''
              order by movement_no limit $4",
            &[&good_id, &after, &PAGE],
        )
        .await?;
    Ok(rows)
}
