//! Struk: what was sold, as the paper shows it, and what was taken back of it since.

use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{Day, DocumentId, GoodId, Instant, MemberId, PackId, Quantity, Rupiah, SaleId};

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The sale.
    pub sale: SaleId,
    /// Number of the receipt.
    pub number: String,
    /// The drawer's session.
    pub session: DocumentId,
    /// Name of the cashier.
    pub cashier: String,
    /// The member who bought.
    pub member: Option<MemberId>,
    /// Accounting day.
    pub day: Day,
    /// When it was sold.
    pub sold_at: Instant,
    /// Sum of the lines.
    pub total: Rupiah,
    /// Due in cash.
    pub due: Rupiah,
    /// Handed over.
    pub tendered: Rupiah,
    /// Given back.
    pub returned: Rupiah,
    /// Change that is owed.
    pub change_owed: Rupiah,
    /// The journal entry.
    pub entry_no: i64,
    /// Public code.
    pub code: String,
    /// The lines.
    pub lines: Vec<ReceiptLine>,
}

/// A line of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// Its number.
    pub line_no: i64,
    /// The goods.
    pub good: GoodId,
    /// The pack.
    pub pack: PackId,
    /// Name of the goods when it was sold.
    pub name: String,
    /// Name of the pack when it was sold.
    pub pack_name: String,
    /// How many packs.
    pub packs: Quantity,
    /// In base units.
    pub quantity: Quantity,
    /// Price of one pack.
    pub price: Rupiah,
    /// What the line cost the buyer.
    pub amount: Rupiah,
    /// What it cost the cooperative.
    pub cost: Rupiah,
    /// Taken back so far, in base units.
    pub refunded_quantity: Quantity,
    /// Given back so far.
    pub refunded_amount: Rupiah,
}

impl ReceiptLine {
    /// What can still be taken back, in base units.
    #[must_use]
    pub fn left(&self) -> Quantity {
        self.quantity.minus(self.refunded_quantity).unwrap_or(Quantity::ZERO)
    }
}

impl FromRow for Receipt {
    fn from_row(row: Vec<Cell>) -> Result<Receipt, Fault> {
        let mut cells = Cells::new(row);
        Ok(Receipt {
            sale: cells.take()?,
            number: cells.take()?,
            session: cells.take()?,
            cashier: cells.take::<Option<String>>()?.unwrap_or_default(),
            member: cells.take()?,
            day: cells.take()?,
            sold_at: cells.take()?,
            total: cells.take()?,
            due: cells.take()?,
            tendered: cells.take()?,
            returned: cells.take()?,
            change_owed: cells.take()?,
            entry_no: cells.take()?,
            code: cells.take()?,
            lines: Vec::new(),
        })
    }
}

impl FromRow for ReceiptLine {
    fn from_row(row: Vec<Cell>) -> Result<ReceiptLine, Fault> {
        let mut cells = Cells::new(row);
        Ok(ReceiptLine {
            line_no: cells.take()?,
            good: cells.take()?,
            pack: cells.take()?,
            name: cells.take()?,
            pack_name: cells.take()?,
            packs: cells.take()?,
            quantity: cells.take()?,
            price: cells.take()?,
            amount: cells.take()?,
            cost: cells.take()?,
            refunded_quantity: cells.take()?,
            refunded_amount: cells.take()?,
        })
    }
}

/// A receipt with its lines.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, sale: SaleId) -> Result<Option<Receipt>, Failure> {
    let head = tx
        .later(
            "select s.sale_id, s.number, s.session_id, p.name, s.member_id, s.day, s.sold_at, s.total,
                    s.due, s.tendered, s.returned, s.change_owed, s.entry_no, s.code
               from sales s left join persons p on p.person_id = s.cashier_id
              where s.coop_id = $1 and s.sale_id = $2",
            &[&sale],
        )
        .await?;
    let lines = tx
        .later(
            "select line_no, good_id, pack_id, name, pack, packs_milli, qty_milli, price, amount,
                    cost, refunded_qty_milli, refunded_amount
               from sale_lines where coop_id = $1 and sale_id = $2 order by line_no",
            &[&sale],
        )
        .await?;
    let Some(mut receipt): Option<Receipt> = head.maybe().await? else { return Ok(None) };
    receipt.lines = lines.all().await?;
    Ok(Some(receipt))
}

/// A receipt in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The sale.
    pub sale: SaleId,
    /// Number of the receipt.
    pub number: String,
    /// When it was sold.
    pub sold_at: Instant,
    /// Sum of the lines.
    pub total: Rupiah,
    /// Whether a member bought.
    pub member: bool,
}

/// Receipts of a day, newest first.
///
/// # Errors
/// A fault.
pub async fn of_day(tx: &mut Tx, day: Day, limit: i64) -> Result<Vec<Listed>, Failure> {
    let rows: Vec<(SaleId, String, Instant, Rupiah, Option<String>)> = tx
        .all(
            "select sale_id, number, sold_at, total, member_id from sales
              where coop_id = $1 and day = $2 order by sold_at desc, number desc limit $3",
            &[&day, &limit],
        )
        .await?;
    let listed = rows.into_iter().map(|(sale, number, sold_at, total, member)| Listed {
        sale,
        number,
        sold_at,
        total,
        member: member.is_some(),
    });
    Ok(listed.collect())
}

/// What a stranger may know of a receipt: the published row, no person and no goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Number of the receipt.
    pub number: String,
    /// Its day.
    pub day: Day,
    /// Its total.
    pub total: Rupiah,
    /// The journal entry that must hold it.
    pub entry_no: i64,
}

/// The published row behind a code.
///
/// # Errors
/// A fault.
pub async fn published(tx: &mut Tx, code: &str) -> Result<Option<Published>, Failure> {
    let row: Option<(String, Day, Rupiah, i64)> = tx
        .maybe(
            "select number, day, total, entry_no from receipt_codes
              where coop_id = $1 and code = $2",
            &[&code],
        )
        .await?;
    let published =
        row.map(|(number, day, total, entry_no)| Published { number, day, total, entry_no });
    Ok(published)
}
