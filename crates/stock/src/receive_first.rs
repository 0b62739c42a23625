//! Terima dulu: goods are here and their paper is not.
//!
//! At dawn a truck stands before the door. The cashier takes three taps: which goods, how many, a
//! photo. The goods can be sold at once, at the last known cost; they are listed as "belum dicatat
//! masuk" until the receipt names them ([`crate::receive`]). No money moves and nothing is posted.
//! Goods of a quota (LPG, SPHP) are refused: they are written down with their paper.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Ctx, Day, DocumentId, GoodId, Instant, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect};
use crate::evidence::evidence;
use crate::movement::{Movement, MovementKind};
use crate::standing::{self, Standing};

/// The event's name in the commands table.
pub const KIND: &str = "stock.receive_first";

/// What the cashier taps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveFirst {
    /// Its id, made when the form opens.
    pub first_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Which goods.
    pub good_id: GoodId,
    /// How many, in base units.
    pub qty: Quantity,
    /// Where they are put.
    pub place: String,
    /// Hash of the photo.
    pub photo: String,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenFirst {
    /// Its id, which the receipt will name.
    pub first_id: DocumentId,
}

/// Goods that were taken in before their paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its id.
    pub first_id: DocumentId,
    /// Which goods.
    pub good_id: GoodId,
    /// How many, in base units.
    pub qty: Quantity,
    /// Where they were put.
    pub place: String,
    /// On which day.
    pub day: Day,
    /// When.
    pub happened_at: Instant,
    /// The receipt that named them, where it came.
    pub receipt_id: Option<DocumentId>,
}

impl FromRow for Waiting {
    fn from_row(row: Vec<Cell>) -> Result<Waiting, Fault> {
        let mut cells = Cells::new(row);
        Ok(Waiting {
            first_id: cells.take()?,
            good_id: cells.take()?,
            qty: cells.take()?,
            place: cells.take()?,
            day: cells.take()?,
            happened_at: cells.take()?,
            receipt_id: cells.take()?,
        })
    }
}

fn decide(
    input: &ReceiveFirst,
    standing: Option<Standing>,
    at: Instant,
) -> Result<(Effect, [u8; 32]), StockRefusal> {
    let standing = standing.ok_or(StockRefusal::UnknownGood)?;
    let name = || standing.name.clone();
    if !input.qty.is_positive() {
        return Err(StockRefusal::NoQuantity { name: name() });
    }
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    let photo = evidence(&input.photo)?;
    if standing.quota {
        return Err(StockRefusal::QuotaGoods { name: name() });
    }
    let movement = Movement::new(MovementKind::First, input.day, at, input.place.trim())
        .of(&input.first_id, 1)
        .moving(input.qty, Rupiah::ZERO);
    let mut effect = Effect::of(standing);
    effect.wait(movement)?;
    Ok((effect, photo))
}

/// Records that goods are here.
///
/// # Errors
/// [`StockRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &ReceiveFirst) -> Result<TakenFirst, Failure> {
    let standing = standing::ask(tx, input.good_id).await?;
    let (effect, photo) = decide(input, standing.maybe().await?, ctx.at)?;
    effect::write(tx, ctx, &[effect]).await?;
    tx.run(
        "insert into goods_waiting (coop_id, first_id, good_id, qty_milli, place, day, happened_at,
                photo_hash, taken_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        1,
        &[
            &input.first_id,
            &input.good_id,
            &input.qty,
            &input.place.trim(),
            &input.day,
            &ctx.at,
            &photo,
            &ctx.person,
        ],
    )
    .await?;
    Ok(TakenFirst { first_id: input.first_id })
}

/// Asks for goods that were taken in first.
pub(crate) async fn ask(tx: &mut Tx, first_id: DocumentId) -> Result<Later<Waiting>, Fault> {
    tx.later(
        "select first_id, good_id, qty_milli, place, day, happened_at, receipt_id from goods_waiting
          where coop_id = $1 and first_id = $2",
        &[&first_id],
    )
    .await
}

/// The receipt has come.
pub(crate) async fn settle(
    tx: &mut Tx,
    first_id: DocumentId,
    receipt_id: DocumentId,
) -> Result<(), Fault> {
    tx.run(
        "update goods_waiting set receipt_id = $3
          where coop_id = $1 and first_id = $2 and receipt_id is null",
        1,
        &[&first_id, &receipt_id],
    )
    .await
}

/// Belum dicatat masuk: goods that still wait for their paper, oldest first.
///
/// # Errors
/// A fault.
pub async fn not_yet_recorded(tx: &mut Tx) -> Result<Vec<Waiting>, Failure> {
    let waiting = tx
        .all(
            "select first_id, good_id, qty_milli, place, day, happened_at, receipt_id
               from goods_waiting where coop_id = $1 and receipt_id is null
              order by happened_at, first_id",
            &[],
        )
        .await?;
    Ok(waiting)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::issue::tests::{good, standing};

    #[test]
    fn every_refusal_in_its_order() {
        let at = Instant::from_micros(1);
        let taps = |units: i64, place: &str, photo: &str| ReceiveFirst {
            first_id: DocumentId::from_bytes([7; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            good_id: good(1),
            qty: Quantity::from_milli(units * 1_000),
            place: place.to_owned(),
            photo: photo.to_owned(),
        };
        let photo = "ab".repeat(32);
        let lpg = || Some(standing(1, 0, 0, true));
        let cases = [
            (taps(0, "", "x"), None, "stock.unknown_good"),
            (taps(0, "", "x"), lpg(), "stock.no_quantity"),
            (taps(5, " ", "x"), lpg(), "stock.place_missing"),
            (taps(5, "toko", "x"), lpg(), "stock.not_evidence"),
            (taps(5, "toko", &photo), lpg(), "stock.quota_goods"),
            (taps(i64::MAX / 1_000, "toko", &photo), Some(full()), "stock.too_large"),
        ];
        for (input, standing, code) in cases {
            let refused = decide(&input, standing, at).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let rice = Some(standing(1, 0, 0, false));
        let (effect, _) = decide(&taps(5, "toko", &photo), rice, at).unwrap();
        assert_eq!(effect.after.on_hand(), Quantity::whole(5));
    }

    fn full() -> Standing {
        Standing { waiting: Quantity::from_milli(i64::MAX), ..standing(1, 0, 0, false) }
    }
}
