//! A receipt as it was written down, with what its goods cost now.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Day, DocumentId, GoodId, MovingAverage, Quantity, Rupiah};

use crate::shelf::unit_cost;

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSheet {
    /// The day the goods came.
    pub received_day: Day,
    /// Where they were put.
    pub place: String,
    /// What they cost.
    pub goods: Rupiah,
    /// What else they cost.
    pub freight: Rupiah,
    /// What came.
    pub lines: Vec<SheetLine>,
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Which goods.
    pub good_id: GoodId,
    /// Their name.
    pub good_name: String,
    /// What they are counted in.
    pub base_unit: String,
    /// In which pack.
    pub pack_name: String,
    /// How many packs.
    pub packs: Quantity,
    /// How much, in base units.
    pub qty: Quantity,
    /// What it cost, freight included.
    pub cost: Rupiah,
    /// What stands of the goods now.
    pub book: MovingAverage,
}

impl ReceiptSheet {
    /// All that was paid or is owed for it.
    #[must_use]
    pub fn total(&self) -> Rupiah {
        self.goods.plus(self.freight).unwrap_or_default()
    }
}

impl SheetLine {
    /// What one base unit costs now, on average.
    #[must_use]
    pub fn unit_cost(&self) -> Option<Rupiah> {
        unit_cost(self.book)
    }
}

impl FromRow for SheetLine {
    fn from_row(row: Vec<Cell>) -> Result<SheetLine, Fault> {
        let mut cells = Cells::new(row);
        Ok(SheetLine {
            good_id: cells.take()?,
            good_name: cells.take()?,
            base_unit: cells.take()?,
            pack_name: cells.take()?,
            packs: cells.take()?,
            qty: cells.take()?,
            cost: cells.take()?,
            book: MovingAverage { qty: cells.take()?, value: cells.take()? },
        })
    }
}

/// A receipt; none where it is unknown.
///
/// # Errors
/// A fault.
pub async fn of(tx: &mut Tx, receipt_id: DocumentId) -> Result<Option<ReceiptSheet>, Failure> {
    let head: Later<(Day, String, Rupiah, Rupiah)> = tx
        .later(
            "select received_day, place, goods_amount, freight_amount from goods_receipts
              where coop_id = $1 and receipt_id = $2",
            &[&receipt_id],
        )
        .await?;
    let lines = tx
        .all(
            "select l.good_id, g.name, g.base_unit, p.name, l.packs_milli, l.qty_milli,
                    l.goods_amount + l.freight_amount, v.qty_milli, v.value
               from goods_receipt_lines l
               join goods g on g.coop_id = l.coop_id and g.good_id = l.good_id
               join packs p on p.coop_id = l.coop_id and p.pack_id = l.pack_id
               join stock_values v on v.coop_id = l.coop_id and v.good_id = l.good_id
              where l.coop_id = $1 and l.receipt_id = $2 order by l.line_no",
            &[&receipt_id],
        )
        .await?;
    let Some((received_day, place, goods, freight)) = head.maybe().await? else {
        return Ok(None);
    };
    Ok(Some(ReceiptSheet { received_day, place, goods, freight, lines }))
}
