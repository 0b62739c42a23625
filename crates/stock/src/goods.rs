//! Goods and their packs, and how they are found: by id, by barcode, by name.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{GoodId, Gtin, PackFactor, PackId, Quantity};

use crate::AccountSet;

/// Packs that a search for a name gives.
pub const FOUND_MAX: i64 = 50;

/// A pack, with what must be known of its goods: what is scanned, priced and sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its id.
    pub pack_id: PackId,
    /// Karung, dus, pcs, kg.
    pub pack_name: String,
    /// How many base units it holds.
    pub factor: PackFactor,
    /// Whether it goes over the counter.
    pub sellable: bool,
    /// Its goods.
    pub good_id: GoodId,
    /// Their name.
    pub good_name: String,
    /// What they are counted in.
    pub base_unit: String,
    /// Their accounts.
    pub accounts: AccountSet,
    /// Handed out by quota.
    pub quota: bool,
    /// Whether a pack of them is weighed.
    pub sold_by_weight: bool,
    /// The key of their ceiling among the parameters: `beras_sphp`.
    pub ceiling_key: Option<String>,
    /// What is on hand of the goods, in base units.
    pub on_hand: Quantity,
}

impl FromRow for Pack {
    fn from_row(row: Vec<Cell>) -> Result<Pack, Fault> {
        let mut cells = Cells::new(row);
        let (pack_id, pack_name) = (cells.take()?, cells.take()?);
        let factor: String = cells.take()?;
        let factor = PackFactor::parse(&factor)
            .map_err(|_| Fault::Shape { want: "what a pack holds", found: factor })?;
        Ok(Pack {
            pack_id,
            pack_name,
            factor,
            sellable: cells.take()?,
            good_id: cells.take()?,
            good_name: cells.take()?,
            base_unit: cells.take()?,
            accounts: cells.take()?,
            quota: cells.take()?,
            sold_by_weight: cells.take()?,
            ceiling_key: cells.take()?,
            on_hand: cells.take()?,
        })
    }
}

/// Asks for a pack, to be settled later.
///
/// # Errors
/// A fault.
pub async fn ask_pack(tx: &mut Tx, pack_id: PackId) -> Result<Later<Pack>, Fault> {
    tx.later(
        "select p.pack_id, p.name, p.factor, p.sellable, g.good_id, g.name, g.base_unit, g.accounts,
                g.quota, g.sold_by_weight, g.ceiling_key, v.qty_milli + v.waiting_milli
           from packs p
           join goods g on g.coop_id = p.coop_id and g.good_id = p.good_id
           join stock_values v on v.coop_id = p.coop_id and v.good_id = p.good_id
          where p.coop_id = $1 and p.pack_id = $2",
        &[&pack_id],
    )
    .await
}

/// Asks for the name of a good, for the pages behind a figure.
///
/// # Errors
/// A fault.
pub async fn ask_name(tx: &mut Tx, good_id: GoodId) -> Result<Later<(String,)>, Fault> {
    tx.later("select name from goods where coop_id = $1 and good_id = $2", &[&good_id]).await
}

/// The pack that a barcode belongs to.
///
/// # Errors
/// A fault.
pub async fn by_barcode(tx: &mut Tx, gtin: &Gtin) -> Result<Option<Pack>, Failure> {
    let found = tx
        .maybe(
            "select p.pack_id, p.name, p.factor, p.sellable, g.good_id, g.name, g.base_unit,
                    g.accounts, g.quota, g.sold_by_weight, g.ceiling_key,
                    v.qty_milli + v.waiting_milli
               from barcodes b
               join packs p on p.coop_id = b.coop_id and p.pack_id = b.pack_id
               join goods g on g.coop_id = p.coop_id and g.good_id = p.good_id
               join stock_values v on v.coop_id = p.coop_id and v.good_id = p.good_id
              where b.coop_id = $1 and b.gtin = $2",
            &[&gtin.as_str()],
        )
        .await?;
    Ok(found)
}

/// Packs of goods whose name holds the text, by name; at most [`FOUND_MAX`].
///
/// # Errors
/// A fault.
pub async fn by_name(tx: &mut Tx, text: &str) -> Result<Vec<Pack>, Failure> {
    let pattern = format!("%{}%", search_key(text));
    let found = tx
        .all(
            "select p.pack_id, p.name, p.factor, p.sellable, g.good_id, g.name, g.base_unit,
                    g.accounts, g.quota, g.sold_by_weight, g.ceiling_key,
                    v.qty_milli + v.waiting_milli
               from goods g
               join packs p on p.coop_id = g.coop_id and p.good_id = g.good_id
               join stock_values v on v.coop_id = g.coop_id and v.good_id = g.good_id
              where g.coop_id = $1 and g.search like $2
              order by g.search, p.name limit $3",
            &[&pattern, &FOUND_MAX],
        )
        .await?;
    Ok(found)
}

/// Letters and digits only, in small letters: names that read the same are the same.
pub(crate) fn search_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
