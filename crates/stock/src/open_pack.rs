//! Buka kemasan: a sack is opened to be sold by weight.
//!
//! Stock is counted in base units, so an opened sack is as many kilos as before; the event makes it
//! visible, and what is lost by it (dust, a torn bag) is shrinkage at its cost. Packs of goods of a
//! quota stay closed. Nothing is posted where nothing is lost.
//!
//! | akun  | debit | kredit |
//! |-------|-------|--------|
//! | 53101 | 2.600 |        |
//! | 11701 |       |  2.600 |

use ledger::{Entry, Posted, Series, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Instant, PackFactor, PackId, Quantity, Rupiah};

use crate::StockRefusal;
use crate::effect::{self, Effect, credits, debits};
use crate::goods::{self, Pack};
use crate::movement::{Charge, Movement, MovementKind};
use crate::standing::{self, Standing};

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "stock.open_pack";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPack {
    /// Its id, made when the form opens.
    pub opening_id: DocumentId,
    /// Accounting day.
    pub day: Day,
    /// Which pack.
    pub pack_id: PackId,
    /// How many of them.
    pub packs: i64,
    /// What was lost, in base units.
    pub shrinkage: Quantity,
    /// Where it is opened.
    pub place: String,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The journal entry, where something was lost.
    pub posted: Option<Posted>,
    /// What was opened, in base units.
    pub qty: Quantity,
    /// What the shrinkage cost.
    pub lost: Rupiah,
}

struct Plan {
    effect: Effect,
    qty: Quantity,
    lost: Rupiah,
}

fn decide(
    input: &OpenPack,
    facts: Option<(Pack, Standing)>,
    at: Instant,
) -> Result<Plan, StockRefusal> {
    let (pack, standing) = facts.ok_or(StockRefusal::UnknownPack)?;
    let name = pack.good_name.clone();
    if input.packs <= 0 || input.shrinkage.is_negative() {
        return Err(StockRefusal::NoQuantity { name });
    }
    let exact = |_| StockRefusal::NotExact { pack: pack.pack_name.clone() };
    let qty = pack.factor.base_quantity(input.packs).map_err(exact)?;
    if input.place.trim().is_empty() {
        return Err(StockRefusal::PlaceMissing);
    }
    if pack.quota {
        return Err(StockRefusal::QuotaSealed { name });
    }
    if pack.factor == PackFactor::ONE {
        return Err(StockRefusal::NothingToOpen { pack: pack.pack_name });
    }
    if input.shrinkage > qty {
        return Err(StockRefusal::ShrinksAway { shrinkage: input.shrinkage, opened: qty });
    }
    let on_hand = standing.on_hand()?;
    if qty > on_hand {
        return Err(StockRefusal::MoreThanOnHand { name, on_hand, asked: qty });
    }
    let movement = Movement::new(MovementKind::OpenPack, input.day, at, input.place.trim())
        .of(&input.opening_id, 1)
        .charged(Charge::Shrinkage);
    let mut effect = Effect::of(standing);
    let lost = effect.take(movement, input.shrinkage)?;
    Ok(Plan { effect, qty, lost })
}

/// Records that packs were opened.
///
/// # Errors
/// [`StockRefusal`], and what the ledger refuses.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &OpenPack) -> Result<Opened, Failure> {
    let pack = goods::ask_pack(tx, input.pack_id).await?.maybe().await?;
    let standing = match &pack {
        Some(pack) => standing::ask(tx, pack.good_id).await?.maybe().await?,
        None => None,
    };
    let Plan { effect, qty, lost } = decide(input, pack.zip(standing), ctx.at)?;
    let effects = [effect];
    let posted = post_effects(tx, ctx, Entry::new(KIND, input.day), &effects).await?;
    effect::write(tx, ctx, &effects).await?;
    Ok(Opened { posted, qty, lost })
}

/// Posts what goods lost or gained; nothing where that is nothing.
pub(crate) async fn post_effects(
    tx: &mut Tx,
    ctx: &Ctx,
    entry: Entry,
    effects: &[Effect],
) -> Result<Option<Posted>, Failure> {
    let unit = effects.first().map(|effect| effect.after.accounts.unit());
    let entry = match unit {
        Some(unit) => entry.numbered(Series::Paper(unit)),
        None => entry,
    };
    let entry = debits(entry, effects).map_err(StockRefusal::from)?;
    let entry = credits(entry, effects).map_err(StockRefusal::from)?;
    if entry.lines.is_empty() { Ok(None) } else { Ok(Some(post(tx, ctx, entry).await?)) }
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::issue::tests::standing;
    use crate::receive::tests::karung;

    #[test]
    fn every_refusal_in_its_order() {
        let open = |packs, shrinkage, place: &str| OpenPack {
            opening_id: DocumentId::from_bytes([6; 16]),
            day: Day::parse_iso("2025-10-14").unwrap(),
            pack_id: karung().pack_id,
            packs,
            shrinkage: Quantity::from_milli(shrinkage),
            place: place.to_owned(),
        };
        let rice = |units| standing(1, units, units * 13_000, false);
        let there = |pack| Some((pack, rice(60)));
        let sphp = || Pack { quota: true, factor: PackFactor::ONE, ..karung() };
        let kilo = || Pack { factor: PackFactor::ONE, ..karung() };
        let third = || Pack { factor: PackFactor::new(1, 3).unwrap(), ..karung() };
        let cases = [
            (open(0, 0, ""), None, "stock.unknown_pack"),
            (open(0, 0, ""), there(sphp()), "stock.no_quantity"),
            (open(1, -1, ""), there(sphp()), "stock.no_quantity"),
            (open(1, 0, ""), there(third()), "stock.not_exact"),
            (open(1, 0, " "), there(sphp()), "stock.place_missing"),
            (open(1, 0, "toko"), there(sphp()), "stock.quota_sealed"),
            (open(1, 0, "toko"), there(kilo()), "stock.nothing_to_open"),
            (open(2, 100_001, "toko"), there(karung()), "stock.shrinks_away"),
            (open(2, 0, "toko"), there(karung()), "stock.more_than_on_hand"),
        ];
        let at = Instant::from_micros(1);
        for (input, facts, code) in cases {
            let refused = decide(&input, facts, at).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        let plan = decide(&open(1, 200, "toko"), there(karung()), at).unwrap();
        assert_eq!((plan.qty, plan.lost), (Quantity::from_milli(50_000), Rupiah::new(2_600)));
    }
}
