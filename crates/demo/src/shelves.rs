//! What a shop has: goods written down, their prices, how much is there.

use serde::Serialize;
use shop::set_prices::{self, NewPrice, SetPrices};
use stock::add_good::{self, AddGood};
use stock::add_pack::{self, AddPack};
use store::Failure;
use values::{GoodId, Gtin, PackId, Quantity, Rupiah};

use crate::desk::Desk;
use crate::goods::{Goods, Pack, goods};
use crate::staff::Staff;

/// Lines of a cart, in the mean, in tenths.
const LINES_TENTHS: i64 = 23;
/// Rises of a price are whole hundreds.
const COIN: i64 = 100;

/// One kind of goods in one shop.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) goods: &'static Goods,
    pub(crate) good: GoodId,
    /// The pack that goes over the counter.
    pub(crate) sold: Tag,
    /// The pack that the supplier brings.
    pub(crate) bought: PackId,
    /// That pack, where it is sold whole as well.
    pub(crate) whole: Option<Tag>,
    /// On hand, in thousandths of the base unit.
    pub(crate) on_hand_milli: i64,
    /// What goes in a day, in the mean.
    pub(crate) daily_milli: i64,
}

/// A pack with its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Tag {
    pub(crate) pack: PackId,
    pub(crate) holds: i64,
    pub(crate) price: i64,
    pub(crate) member: Option<i64>,
    pub(crate) version: i64,
}

impl Tag {
    /// What this buyer pays.
    pub(crate) fn for_buyer(&self, member: bool) -> i64 {
        if member { self.member.unwrap_or(self.price) } else { self.price }
    }

    fn new_price(&self) -> NewPrice {
        let member_price = self.member.map(Rupiah::new);
        NewPrice { pack: self.pack, price: Rupiah::new(self.price), member_price }
    }
}

/// Writes down the first goods of the list, with their packs and barcodes.
pub(crate) async fn write_down(
    desk: &mut Desk,
    staff: &Staff,
    count: usize,
    sales_per_day: i64,
) -> Result<Vec<Shelf>, Failure> {
    let some = &goods()[..count.min(goods().len())];
    let likings: i64 = some.iter().map(|one| one.liking).sum();
    let mut shelves = Vec::with_capacity(some.len());
    for one in some {
        let lines_tenths = sales_per_day * LINES_TENTHS * one.liking / likings.max(1);
        let packs_milli = if one.weighed { 900 } else { 1_700 };
        let daily_milli = (lines_tenths * packs_milli * one.sell_holds() / 10).max(500);
        shelves.push(write_one(desk, staff, one, daily_milli).await?);
    }
    Ok(shelves)
}

async fn write_one(
    desk: &mut Desk,
    staff: &Staff,
    goods: &'static Goods,
    daily_milli: i64,
) -> Result<Shelf, Failure> {
    desk.pass(60, 240);
    let good_id = GoodId::from_bytes(desk.id());
    let base_pack_id = PackId::from_bytes(desk.id());
    let barcodes: Vec<Gtin> = goods.barcode.iter().cloned().collect();
    let on_base = goods.sell_pack.is_none();
    let input = AddGood {
        good_id,
        name: goods.name.to_owned(),
        base_unit: goods.base_unit.to_owned(),
        accounts: goods.accounts,
        quota: goods.quota,
        sold_by_weight: goods.weighed,
        ceiling_key: goods.ceiling_key.map(str::to_owned),
        reorder: Some(Quantity::from_milli(daily_milli * 3)),
        base_pack_id,
        sellable: on_base,
        barcodes: if on_base { barcodes.clone() } else { Vec::new() },
    };
    desk.send(staff.manajer, add_good::KIND, input, add_good::record).await?;
    let sold = match goods.sell_pack {
        Some(pack) => add(desk, staff, good_id, pack, Some(barcodes)).await?,
        None => base_pack_id,
    };
    let bought = match goods.buy_pack {
        Some(pack) => add(desk, staff, good_id, pack, goods.whole.map(|_| Vec::new())).await?,
        None => sold,
    };
    let tag = |pack, holds, price, member| Tag { pack, holds, price, member, version: 0 };
    Ok(Shelf {
        goods,
        good: good_id,
        sold: tag(sold, goods.sell_holds(), goods.sell, goods.member),
        bought,
        whole: goods.whole.map(|price| tag(bought, goods.buy_holds(), price, None)),
        on_hand_milli: 0,
        daily_milli,
    })
}

/// Adds a pack; it is sold where its barcodes are told.
async fn add(
    desk: &mut Desk,
    staff: &Staff,
    good_id: GoodId,
    pack: Pack,
    barcodes: Option<Vec<Gtin>>,
) -> Result<PackId, Failure> {
    let pack_id = PackId::from_bytes(desk.id());
    let input = AddPack {
        pack_id,
        good_id,
        name: pack.name.to_owned(),
        factor: pack.factor(),
        sellable: barcodes.is_some(),
        barcodes: barcodes.unwrap_or_default(),
    };
    desk.send(staff.manajer, add_pack::KIND, input, add_pack::record).await?;
    Ok(pack_id)
}

/// The first price list.
pub(crate) async fn price_all(
    desk: &mut Desk,
    staff: &Staff,
    shelves: &mut [Shelf],
) -> Result<(), Failure> {
    let mut prices = Vec::new();
    for shelf in shelves {
        for tag in std::iter::once(&mut shelf.sold).chain(&mut shelf.whole) {
            tag.version = 1;
            prices.push(tag.new_price());
        }
    }
    let input = SetPrices { effective_at: None, prices };
    desk.send(staff.manajer, set_prices::KIND, input, set_prices::record).await
}

/// A new list after one of some version: some goods become a little dearer, none that has a ceiling.
/// Tells the version that holds then.
pub(crate) async fn raise_some(
    desk: &mut Desk,
    staff: &Staff,
    shelves: &mut [Shelf],
    last_version: i64,
) -> Result<i64, Failure> {
    let mut prices = Vec::new();
    for shelf in shelves.iter_mut().filter(|shelf| shelf.goods.ceiling_key.is_none()) {
        if !desk.dice.chance(25) {
            continue;
        }
        let more = (shelf.sold.price / 40 / COIN + 1) * COIN;
        shelf.sold.price += more;
        shelf.sold.member = shelf.sold.member.map(|price| price + more);
        shelf.sold.version = last_version + 1;
        prices.push(shelf.sold.new_price());
    }
    if prices.is_empty() {
        return Ok(last_version);
    }
    let input = SetPrices { effective_at: None, prices };
    desk.send(staff.manajer, set_prices::KIND, input, set_prices::record).await?;
    Ok(last_version + 1)
}
