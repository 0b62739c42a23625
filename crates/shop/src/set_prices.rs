//! Pasang harga: new prices hold from an instant on; the old ones stay readable.
//!
//! The manager sets the price of packs, for everybody and, where it is lower, for members. Each
//! change is a new version of the price list; a version is never changed. A price above a ceiling that
//! binds is refused here already, so that the counter does not have to say no. Posts nothing.

use serde::{Deserialize, Serialize};
use stock::goods::{Pack, ask_pack};
use store::{Failure, Tx};
use values::{Ctx, Instant, PackId, Quantity, Rupiah};

use crate::ShopRefusal;
use crate::ceiling::{self, Ceiling};
use crate::goods::content_of;

/// The event's name in the commands table.
pub const KIND: &str = "shop.set_prices";

/// What the manager fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPrices {
    /// From when on; none for at once.
    pub effective_at: Option<Instant>,
    /// The prices that change.
    pub prices: Vec<NewPrice>,
}

/// A pack's new price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPrice {
    /// The pack.
    pub pack: PackId,
    /// Price of one pack for everybody.
    pub price: Rupiah,
    /// Price of one pack for members, where it is another.
    pub member_price: Option<Rupiah>,
}

/// The new version of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceList {
    /// Its number.
    pub version: i64,
    /// From when on.
    pub effective_at: Instant,
    /// Reference prices that are exceeded, as sentences.
    pub warnings: Vec<String>,
}

struct Facts {
    now: Instant,
    packs: Vec<Option<Pack>>,
    ceilings: Vec<Option<Ceiling>>,
}

fn decide(input: &SetPrices, facts: &Facts) -> Result<(Instant, Vec<String>), ShopRefusal> {
    if input.prices.is_empty() {
        return Err(ShopRefusal::EmptyCart);
    }
    let effective_at = input.effective_at.unwrap_or(facts.now);
    if effective_at < facts.now {
        return Err(ShopRefusal::EffectiveInPast);
    }
    let mut warnings = Vec::new();
    for (place, new) in input.prices.iter().enumerate() {
        let pack = facts.packs[place].as_ref().ok_or(ShopRefusal::NotSold)?;
        let highest = new.member_price.unwrap_or(new.price).max(new.price);
        let lowest = new.member_price.unwrap_or(new.price).min(new.price);
        if !lowest.is_positive() {
            return Err(ShopRefusal::PriceNotPositive);
        }
        let one = Quantity::whole(1).map_err(|_| ShopRefusal::TooLarge)?;
        let content = content_of(pack, one).ok_or(ShopRefusal::TooLarge)?;
        let judged = ceiling::judge(facts.ceilings[place].as_ref(), pack, highest, content)?;
        warnings.extend(judged);
    }
    Ok((effective_at, warnings))
}

/// Sets prices.
///
/// # Errors
/// [`ShopRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &SetPrices) -> Result<PriceList, Failure> {
    let mut asked = Vec::new();
    for new in &input.prices {
        asked.push(ask_pack(tx, new.pack).await?);
    }
    let mut packs = Vec::new();
    for one in asked {
        packs.push(one.maybe().await?.filter(|pack| pack.sellable));
    }
    let ceilings = ceiling::of(tx, &packs, ctx.day()).await?;
    let facts = Facts { now: ctx.at, packs, ceilings };
    let (effective_at, warnings) = decide(input, &facts)?;
    let (last,): (i64,) =
        tx.one("select coalesce(max(version), 0) from price_lists where coop_id = $1", &[]).await?;
    let version = last + 1;
    tx.run(
        "insert into price_lists (coop_id, version, effective_at, made_by, made_at)
         values ($1, $2, $3, $4, $5)",
        1,
        &[&version, &effective_at, &ctx.person, &ctx.at],
    )
    .await?;
    for new in &input.prices {
        tx.run(
            "insert into prices (coop_id, version, pack_id, effective_at, price, member_price)
             values ($1, $2, $3, $4, $5, $6)",
            1,
            &[&version, &new.pack, &effective_at, &new.price, &new.member_price],
        )
        .await?;
    }
    Ok(PriceList { version, effective_at, warnings })
}
