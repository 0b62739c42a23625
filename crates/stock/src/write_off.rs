//! Barang rusak: goods that are broken or spoiled leave the books.
//!
//! The warehouse writes why, a second person has seen it, and the signed berita acara is kept. The
//! goods leave at their cost.
//!
//! | akun  |  debit | kredit |
//! |-------|--------|--------|
//! | 53101 | 29.000 |        |
//! | 11701 |        | 29.000 |

use ledger::{Entry, Posted};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, GoodId, PersonId, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect};
use crate::evidence::evidence;
use crate::movement::{Charge, Movement, MovementKind};
use crate::open_pack::post_effects;
use crate::standing::{self, Standing};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.write_off";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteOff {
    /// Its id, made when the form opens.
    pub write_off_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Which goods.
    pub good_id: GoodId,
    /// How much, in base units.
    pub qty: Quantity,
    /// Where they lay.
    pub place: String,
    /// Of which batch, where they are told apart.
    pub batch: Option<String>,
    /// Why.
    pub reason: String,
    /// Hash of the signed berita acara.
    pub report: String,
    /// Who has seen it, too.
    pub witness: PersonId,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenOff {
    /// The journal entry, where the goods were worth something.
    pub posted: Option<Posted>,
    /// What they cost.
    pub cost: Rupiah,
}

fn decide(
    input: &WriteOff,
    standing: Option<Standing>,
    ctx: &Ctx,
) -> Result<(Entry, Effect, Rupiah), StockRefusal> {
    let standing = standing.ok_or(StockRefusal::UnknownGood)?;
    let name = || standing.name.clone();
    if !input.qty.is_positive() {
        return Err(StockRefusal::NoQuantity { name: name() });
    }
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    if input.reason.trim().is_empty() {
        return Err(StockRefusal::ReasonMissing);
    }
    let report = evidence(&input.report)?;
    if input.witness == ctx.person {
        return Err(StockRefusal::SamePerson);
    }
    let on_hand = standing.on_hand()?;
    if input.qty > on_hand {
        return Err(StockRefusal::MoreThanOnHand { name: name(), on_hand, asked: input.qty });
    }
    let movement = Movement::new(MovementKind::WriteOff, input.day, ctx.at, input.place.trim())
        .of(&input.write_off_id, 1)
        .batched(input.batch.as_deref(), None)
        .charged(Charge::Shrinkage);
    let mut effect = Effect::of(standing);
    let cost = effect.take(movement, input.qty)?;
    let entry = Entry::new(KIND, input.day)
        .noted(input.reason.trim())
        .approved_by(Some(input.witness))
        .with_evidence(vec![report]);
    Ok((entry, effect, cost))
}

/// Records that goods are lost.
///
/// # Errors
/// [`StockRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &WriteOff) -> Result<WrittenOff, Failure> {
    let standing = standing::ask(tx, input.good_id).await?;
    let (entry, effect, cost) = decide(input, standing.maybe().await?, ctx)?;
    let effects = [effect];
    let posted = post_effects(tx, ctx, entry, &effects).await?;
    effect::write(tx, ctx, &effects).await?;
    Ok(WrittenOff { posted, cost })
}

#[cfg(test)]
mod tests {
    use store::Refusal;
    use values::{CoopId, Instant, RequestId};

    use super::*;
    use crate::issue::tests::{good, standing};

    #[test]
    fn every_refusal_in_its_order() {
        let siti = PersonId::from_bytes([4; 16]);
        let ctx = Ctx {
            person: siti,
            coop: CoopId::new(1),
            at: Instant::from_micros(1),
            request: RequestId::from_bytes([1; 16]),
        };
        let torn = |units: i64, place: &str, reason: &str, report: &str, witness: u8| WriteOff {
            write_off_id: DocumentId::from_bytes([6; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            good_id: good(1),
            qty: Quantity::from_milli(units * 1_000),
            place: place.to_owned(),
            batch: None,
            reason: reason.to_owned(),
            report: report.to_owned(),
            witness: PersonId::from_bytes([witness; 16]),
        };
        let paper = "ab".repeat(32);
        let there = || Some(standing(1, 10, 145_000, false));
        let cases = [
            (torn(0, "", "", "", 4), None, "stock.unknown_good"),
            (torn(0, "", "", "", 4), there(), "stock.no_quantity"),
            (torn(11, "", "", "", 4), there(), "stock.place_missing"),
            (torn(11, "toko", " ", "", 4), there(), "stock.reason_missing"),
            (torn(11, "toko", "bocor", "", 4), there(), "stock.not_evidence"),
            (torn(11, "toko", "bocor", &paper, 4), there(), "stock.same_person"),
            (torn(11, "toko", "bocor", &paper, 5), there(), "stock.more_than_on_hand"),
        ];
        for (input, standing, code) in cases {
            let refused = decide(&input, standing, &ctx).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let (_, _, cost) = decide(&torn(2, "toko", "bocor", &paper, 5), there(), &ctx).unwrap();
        assert_eq!(cost, Rupiah::new(29_000));
    }
}
