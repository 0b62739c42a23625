//! Rak: one good with its packs and barcodes; packs and places to choose from.

use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{GoodId, Gtin, MovingAverage, PackFactor, PackId, Quantity, Rounding, Rupiah};

use crate::goods::search_key;
use crate::{AccountSet, Pack, SHOP_FLOOR};

/// All that is known of one good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which.
    pub good_id: GoodId,
    /// Its name.
    pub name: String,
    /// What it is counted in.
    pub base_unit: String,
    /// Its accounts.
    pub accounts: AccountSet,
    /// Handed out by quota.
    pub quota: bool,
    /// The key of its ceiling among the parameters.
    pub ceiling_key: Option<String>,
    /// At or below this it is to be ordered again.
    pub reorder: Option<Quantity>,
    /// What stands in the books.
    pub book: MovingAverage,
    /// On hand and not yet in the books.
    pub waiting: Quantity,
    /// The last receipt.
    pub last_cost: MovingAverage,
    /// Its packs, by name.
    pub packs: Vec<PackSheet>,
}

/// A pack with its barcodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSheet {
    /// Which.
    pub pack_id: PackId,
    /// Karung, dus, pcs.
    pub name: String,
    /// How many base units it holds.
    pub factor: PackFactor,
    /// Whether it goes over the counter.
    pub sellable: bool,
    /// Its barcodes.
    pub barcodes: Vec<Gtin>,
}

impl Sheet {
    /// What lies there.
    #[must_use]
    pub fn on_hand(&self) -> Quantity {
        self.book.qty.plus(self.waiting).unwrap_or(self.book.qty)
    }

    /// What one base unit costs on average; none where nothing stands in the books.
    #[must_use]
    pub fn unit_cost(&self) -> Option<Rupiah> {
        unit_cost(self.book)
    }

    /// What one base unit cost when goods came last.
    #[must_use]
    pub fn last_unit_cost(&self) -> Option<Rupiah> {
        unit_cost(self.last_cost)
    }
}

/// The value of one base unit, to the rupiah, to be looked at; never used to reckon on.
#[must_use]
pub fn unit_cost(of: MovingAverage) -> Option<Rupiah> {
    let known = of.qty.is_positive();
    let cost = of.value.times_fraction(1_000, of.qty.milli(), Rounding::HalfUp);
    cost.ok().filter(|_| known)
}

impl FromRow for Sheet {
    fn from_row(row: Vec<Cell>) -> Result<Sheet, Fault> {
        let mut cells = Cells::new(row);
        Ok(Sheet {
            good_id: cells.take()?,
            name: cells.take()?,
            base_unit: cells.take()?,
            accounts: cells.take()?,
            quota: cells.take()?,
            ceiling_key: cells.take()?,
            reorder: cells.take()?,
            book: MovingAverage { qty: cells.take()?, value: cells.take()? },
            waiting: cells.take()?,
            last_cost: MovingAverage { qty: cells.take()?, value: cells.take()? },
            packs: Vec::new(),
        })
    }
}

impl FromRow for PackSheet {
    fn from_row(row: Vec<Cell>) -> Result<PackSheet, Fault> {
        let mut cells = Cells::new(row);
        let (pack_id, name) = (cells.take()?, cells.take()?);
        let factor: String = cells.take()?;
        let factor = PackFactor::parse(&factor)
            .map_err(|_| Fault::Shape { want: "what a pack holds", found: factor })?;
        Ok(PackSheet { pack_id, name, factor, sellable: cells.take()?, barcodes: Vec::new() })
    }
}

/// One good; none where it is unknown.
///
/// # Errors
/// A fault.
pub async fn sheet(tx: &mut Tx, good_id: GoodId) -> Result<Option<Sheet>, Failure> {
    let good: Later<Sheet> = tx
        .later(
            "select g.good_id, g.name, g.base_unit, g.accounts, g.quota, g.ceiling_key,
                    g.reorder_milli, v.qty_milli, v.value, v.waiting_milli, v.last_cost_milli,
                    v.last_cost_value
               from goods g join stock_values v on v.coop_id = g.coop_id and v.good_id = g.good_id
              where g.coop_id = $1 and g.good_id = $2",
            &[&good_id],
        )
        .await?;
    let packs: Later<PackSheet> = tx
        .later(
            "select pack_id, name, factor, sellable from packs
              where coop_id = $1 and good_id = $2 order by name",
            &[&good_id],
        )
        .await?;
    let barcodes: Vec<(String, PackId)> = tx
        .all(
            "select b.gtin, b.pack_id from barcodes b
               join packs p on p.coop_id = b.coop_id and p.pack_id = b.pack_id
              where b.coop_id = $1 and p.good_id = $2 order by b.gtin",
            &[&good_id],
        )
        .await?;
    let Some(mut sheet) = good.maybe().await? else { return Ok(None) };
    sheet.packs = packs.all().await?;
    for pack in &mut sheet.packs {
        let own = barcodes.iter().filter(|(_, pack_id)| *pack_id == pack.pack_id);
        pack.barcodes = own.filter_map(|(gtin, _)| Gtin::parse(gtin).ok()).collect();
    }
    Ok(Some(sheet))
}

/// Packs from which a form chooses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// All packs, by the name of their goods.
    pub packs: Vec<Pack>,
    barcodes: Vec<(String, PackId)>,
}

/// All packs of the cooperative.
///
/// # Errors
/// A fault.
pub async fn choices(tx: &mut Tx) -> Result<Choices, Failure> {
    let packs: Later<Pack> = tx
        .later(
            "select p.pack_id, p.name, p.factor, p.sellable, g.good_id, g.name, g.base_unit,
                    g.accounts, g.quota, g.sold_by_weight, g.ceiling_key,
                    v.qty_milli + v.waiting_milli
               from goods g
               join packs p on p.coop_id = g.coop_id and p.good_id = g.good_id
               join stock_values v on v.coop_id = g.coop_id and v.good_id = g.good_id
              where g.coop_id = $1 order by g.search, p.name",
            &[],
        )
        .await?;
    let barcodes =
        tx.all("select gtin, pack_id from barcodes where coop_id = $1 order by gtin", &[]).await?;
    Ok(Choices { packs: packs.all().await?, barcodes })
}

impl Choices {
    /// How a pack is offered: `Beras SPHP · karung (50 kg)`.
    #[must_use]
    pub fn label(pack: &Pack) -> String {
        let (good, name) = (&pack.good_name, &pack.pack_name);
        if pack.factor == PackFactor::ONE {
            return format!("{good} · {name}");
        }
        format!("{good} · {name} ({} {})", pack.factor, pack.base_unit)
    }

    /// What was chosen, scanned or typed: a label, a barcode, or words that only one pack has.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<&Pack> {
        let words = search_key(typed);
        if words.is_empty() {
            return None;
        }
        if let Ok(gtin) = Gtin::parse(typed) {
            let (_, id) = self.barcodes.iter().find(|(known, _)| known == gtin.as_str())?;
            return self.packs.iter().find(|pack| pack.pack_id == *id);
        }
        let key = |pack: &Pack| search_key(&Choices::label(pack));
        if let Some(pack) = self.packs.iter().find(|pack| key(pack) == words) {
            return Some(pack);
        }
        let mut holding = self.packs.iter().filter(|pack| key(pack).contains(&words));
        holding.next().filter(|_| holding.next().is_none())
    }
}

/// Places where goods lie, the shop floor in front.
///
/// # Errors
/// A fault.
pub async fn places(tx: &mut Tx) -> Result<Vec<String>, Failure> {
    let rows: Vec<(String,)> = tx
        .all("select distinct place from stock_positions where coop_id = $1 order by place", &[])
        .await?;
    let known = rows.into_iter().map(|(place,)| place).filter(|place| place != SHOP_FLOOR);
    Ok(std::iter::once(SHOP_FLOOR.to_owned()).chain(known).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(id: u8, good: &str, name: &str, factor: &str) -> Pack {
        Pack {
            pack_id: PackId::from_bytes([id; 16]),
            pack_name: name.to_owned(),
            factor: PackFactor::parse(factor).unwrap(),
            sellable: true,
            good_id: GoodId::from_bytes([id; 16]),
            good_name: good.to_owned(),
            base_unit: "kg".to_owned(),
            accounts: AccountSet::Shop,
            quota: false,
            sold_by_weight: false,
            ceiling_key: None,
            on_hand: Quantity::ZERO,
        }
    }

    #[test]
    fn a_pack_is_found_by_label_barcode_or_words_of_its_own_and_never_guessed() {
        let packs = vec![
            pack(1, "Beras SPHP", "kg", "1"),
            pack(2, "Beras SPHP", "karung", "50"),
            pack(3, "Gula", "kg", "1"),
        ];
        let barcodes = vec![("08992222051378".to_owned(), PackId::from_bytes([3; 16]))];
        let choices = Choices { packs, barcodes };
        let found = |typed: &str| choices.find(typed).map(|pack| pack.pack_id);
        let id = |id: u8| Some(PackId::from_bytes([id; 16]));
        assert_eq!(found("Beras SPHP · karung (50 kg)"), id(2));
        assert_eq!(found("beras sphp kg"), id(1));
        assert_eq!(found("karung"), id(2));
        assert_eq!(found("gula"), id(3));
        assert_eq!(found("beras"), None);
        assert_eq!(found(" · "), None);
        assert_eq!(found("08992222051378"), Gtin::parse("08992222051378").ok().and(id(3)));
    }

    #[test]
    fn a_unit_costs_nothing_known_where_nothing_stands() {
        let of = |qty: i64, value: i64| MovingAverage {
            qty: Quantity::from_milli(qty),
            value: Rupiah::new(value),
        };
        assert_eq!(unit_cost(of(3_000, 20_000)), Some(Rupiah::new(6_667)));
        assert_eq!(unit_cost(of(0, 0)), None);
        assert_eq!(unit_cost(of(-1_000, -500)), None);
    }
}
