//! Receipts as they were written down, for the papers that come after them.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{
    Ctx, Day, DocumentId, GoodId, Instant, PackFactor, PackId, Quantity, Rupiah, SupplierId,
};

use crate::movement::{Movement, MovementKind};

/// The head of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReceiptHead {
    pub(crate) supplier_id: Option<SupplierId>,
    pub(crate) not_invoiced: bool,
    pub(crate) place: String,
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReceiptLine {
    pub(crate) line_no: i64,
    pub(crate) good_id: GoodId,
    pub(crate) qty: Quantity,
    pub(crate) amount: Rupiah,
    pub(crate) movement_no: i64,
    pub(crate) happened_at: Instant,
    pub(crate) invoice_id: Option<DocumentId>,
}

/// A receipt that is written down.
pub(crate) struct NewReceipt<'a> {
    pub(crate) receipt_id: DocumentId,
    pub(crate) supplier_id: Option<SupplierId>,
    pub(crate) not_invoiced: bool,
    pub(crate) day: Day,
    pub(crate) received_day: Day,
    pub(crate) place: &'a str,
    pub(crate) goods: Rupiah,
    pub(crate) freight: Rupiah,
    pub(crate) entry_no: i64,
}

/// A line that is written down, with the factor of its pack as it was.
pub(crate) struct NewReceiptLine {
    pub(crate) line_no: i64,
    pub(crate) good_id: GoodId,
    pub(crate) pack_id: PackId,
    pub(crate) factor: PackFactor,
    pub(crate) packs: Quantity,
    pub(crate) qty: Quantity,
    pub(crate) goods: Rupiah,
    pub(crate) freight: Rupiah,
    pub(crate) movement_no: i64,
    pub(crate) happened_at: Instant,
}

/// Goods that came and whose nota did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotInvoiced {
    /// The receipt.
    pub receipt_id: DocumentId,
    /// Its line.
    pub line_no: i64,
    /// The day they came.
    pub received_day: Day,
    /// Whose they were.
    pub supplier_id: SupplierId,
    /// Which goods.
    pub good_id: GoodId,
    /// How much, in base units.
    pub qty: Quantity,
    /// What they stand at.
    pub amount: Rupiah,
}

impl FromRow for ReceiptHead {
    fn from_row(row: Vec<Cell>) -> Result<ReceiptHead, Fault> {
        let mut cells = Cells::new(row);
        Ok(ReceiptHead {
            supplier_id: cells.take()?,
            not_invoiced: cells.take()?,
            place: cells.take()?,
        })
    }
}

impl FromRow for ReceiptLine {
    fn from_row(row: Vec<Cell>) -> Result<ReceiptLine, Fault> {
        let mut cells = Cells::new(row);
        Ok(ReceiptLine {
            line_no: cells.take()?,
            good_id: cells.take()?,
            qty: cells.take()?,
            amount: cells.take()?,
            movement_no: cells.take()?,
            happened_at: cells.take()?,
            invoice_id: cells.take()?,
        })
    }
}

impl FromRow for NotInvoiced {
    fn from_row(row: Vec<Cell>) -> Result<NotInvoiced, Fault> {
        let mut cells = Cells::new(row);
        Ok(NotInvoiced {
            receipt_id: cells.take()?,
            line_no: cells.take()?,
            received_day: cells.take()?,
            supplier_id: cells.take()?,
            good_id: cells.take()?,
            qty: cells.take()?,
            amount: cells.take()?,
        })
    }
}

impl ReceiptLine {
    /// What it costs beyond what was known, put in where it came.
    pub(crate) fn late_cost(
        &self,
        receipt_id: DocumentId,
        paper_id: DocumentId,
        (day, place): (Day, &str),
        value: Rupiah,
    ) -> Movement {
        let mut movement = Movement::new(MovementKind::LateCost, day, self.happened_at, place)
            .of(&receipt_id, self.line_no)
            .moving(Quantity::ZERO, value);
        movement.paper_id = Some(paper_id.to_text());
        movement.corrects = Some(self.movement_no);
        movement
    }
}

/// Asks for a receipt and its lines.
pub(crate) async fn ask(
    tx: &mut Tx,
    receipt_id: DocumentId,
) -> Result<(Later<ReceiptHead>, Later<ReceiptLine>), Fault> {
    let head = tx
        .later(
            "select supplier_id, not_invoiced, place from goods_receipts
              where coop_id = $1 and receipt_id = $2",
            &[&receipt_id],
        )
        .await?;
    let lines = tx
        .later(
            "select line_no, good_id, qty_milli, goods_amount, movement_no, happened_at, invoice_id
               from goods_receipt_lines where coop_id = $1 and receipt_id = $2 order by line_no",
            &[&receipt_id],
        )
        .await?;
    Ok((head, lines))
}

/// Writes a receipt down.
pub(crate) async fn add(tx: &mut Tx, ctx: &Ctx, new: &NewReceipt<'_>) -> Result<(), Fault> {
    tx.run(
        "insert into goods_receipts (coop_id, receipt_id, supplier_id, not_invoiced, day,
                received_day, place, goods_amount, freight_amount, entry_no, received_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        1,
        &[
            &new.receipt_id,
            &new.supplier_id,
            &new.not_invoiced,
            &new.day,
            &new.received_day,
            &new.place,
            &new.goods,
            &new.freight,
            &new.entry_no,
            &ctx.person,
        ],
    )
    .await
}

/// Writes a line of it down.
pub(crate) async fn add_line(
    tx: &mut Tx,
    receipt_id: DocumentId,
    new: &NewReceiptLine,
) -> Result<(), Fault> {
    tx.run(
        "insert into goods_receipt_lines (coop_id, receipt_id, line_no, good_id, pack_id, factor,
                packs_milli, qty_milli, goods_amount, freight_amount, movement_no, happened_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        1,
        &[
            &receipt_id,
            &new.line_no,
            &new.good_id,
            &new.pack_id,
            &new.factor.to_text(),
            &new.packs,
            &new.qty,
            &new.goods,
            &new.freight,
            &new.movement_no,
            &new.happened_at,
        ],
    )
    .await
}

/// Goods that came and whose nota did not, oldest first.
///
/// # Errors
/// A fault.
pub async fn not_invoiced(tx: &mut Tx) -> Result<Vec<NotInvoiced>, Failure> {
    let lines = tx
        .all(
            "select r.receipt_id, l.line_no, r.received_day, r.supplier_id, l.good_id, l.qty_milli,
                    l.goods_amount
               from goods_receipts r
               join goods_receipt_lines l on l.coop_id = r.coop_id and l.receipt_id = r.receipt_id
              where r.coop_id = $1 and r.not_invoiced = 1 and l.invoice_id is null
              order by r.received_day, r.receipt_id, l.line_no",
            &[],
        )
        .await?;
    Ok(lines)
}
