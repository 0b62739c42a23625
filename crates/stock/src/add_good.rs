//! Daftarkan barang: new goods, and the pack of one base unit that all of them have.
//!
//! The warehouse or the bendahara writes down what is sold: its name, what it is counted in,
//! whether it is handed out by quota, and the barcodes on it. Larger packs follow with
//! [`crate::add_pack`]. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Later, Tx};
use values::{Ctx, GoodId, Gtin, PackFactor, PackId, Quantity};

use crate::barcodes::{self, Barcode};
use crate::goods::search_key;
use crate::{AccountSet, StockRefusal};

/// The event's name in the commands table.
pub const KIND: &str = "stock.add_good";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddGood {
    /// Their id, made when the form opens.
    pub good_id: GoodId,
    /// Their name.
    pub name: String,
    /// What they are counted in: kg, liter, pcs, tabung.
    pub base_unit: String,
    /// Which accounts they move.
    pub accounts: AccountSet,
    /// Handed out by quota, as LPG 3 kg and SPHP are.
    pub quota: bool,
    /// Whether a pack of them is weighed.
    pub sold_by_weight: bool,
    /// The key of their ceiling among the parameters.
    pub ceiling_key: Option<String>,
    /// At or below this they are to be ordered again.
    pub reorder: Option<Quantity>,
    /// Id of the pack of one base unit.
    pub base_pack_id: PackId,
    /// Whether one base unit goes over the counter.
    pub sellable: bool,
    /// Barcodes on one base unit.
    pub barcodes: Vec<Gtin>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodAdded {
    /// The goods.
    pub good_id: GoodId,
    /// Their pack of one base unit.
    pub base_pack_id: PackId,
}

/// `twin` is the name of goods that read the same.
fn decide(input: &AddGood, twin: Option<String>, barcodes: &[Barcode]) -> Result<(), StockRefusal> {
    if search_key(&input.name).is_empty() {
        return Err(StockRefusal::NameMissing);
    }
    if input.base_unit.trim().is_empty() {
        return Err(StockRefusal::UnitMissing);
    }
    if let Some(name) = twin {
        return Err(StockRefusal::GoodKnown { name });
    }
    barcodes::judge(barcodes)?;
    match input.reorder {
        Some(reorder) if reorder.is_negative() => {
            Err(StockRefusal::NoQuantity { name: input.name.trim().to_owned() })
        }
        _ => Ok(()),
    }
}

/// Writes goods down.
///
/// # Errors
/// [`StockRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &AddGood) -> Result<GoodAdded, Failure> {
    let search = search_key(&input.name);
    let twin: Later<(String,)> =
        tx.later("select name from goods where coop_id = $1 and search = $2", &[&search]).await?;
    let barcodes = barcodes::ask(tx, &input.barcodes).await?;
    let twin = twin.maybe().await?.map(|(name,)| name);
    let barcodes = barcodes.settle().await?;
    decide(input, twin, &barcodes)?;
    tx.run(
        "insert into goods (coop_id, good_id, name, search, base_unit, accounts, quota,
                sold_by_weight, ceiling_key, reorder_milli, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        1,
        &[
            &input.good_id,
            &input.name.trim(),
            &search,
            &input.base_unit.trim(),
            &input.accounts,
            &input.quota,
            &input.sold_by_weight,
            &input.ceiling_key,
            &input.reorder,
            &ctx.at,
            &ctx.person,
        ],
    )
    .await?;
    tx.run(
        "insert into stock_values (coop_id, good_id, qty_milli, value, waiting_milli,
                last_cost_milli, last_cost_value, last_no, last_at)
         values ($1, $2, 0, 0, 0, 0, 0, 0, 0)",
        1,
        &[&input.good_id],
    )
    .await?;
    tx.run(
        "insert into packs (coop_id, pack_id, good_id, name, factor, sellable)
         values ($1, $2, $3, $4, $5, $6)",
        1,
        &[
            &input.base_pack_id,
            &input.good_id,
            &input.base_unit.trim(),
            &PackFactor::ONE.to_text(),
            &input.sellable,
        ],
    )
    .await?;
    barcodes::write(tx, input.base_pack_id, &barcodes).await?;
    Ok(GoodAdded { good_id: input.good_id, base_pack_id: input.base_pack_id })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        let rice = |name: &str, unit: &str, reorder| AddGood {
            good_id: GoodId::from_bytes([1; 16]),
            name: name.to_owned(),
            base_unit: unit.to_owned(),
            accounts: AccountSet::Shop,
            quota: false,
            sold_by_weight: true,
            ceiling_key: None,
            reorder: Some(Quantity::from_milli(reorder)),
            base_pack_id: PackId::from_bytes([1; 16]),
            sellable: true,
            barcodes: Vec::new(),
        };
        let twin = || Some("Beras Medium".to_owned());
        let gtin = Gtin::parse("8992388101016").or_else(|_| Gtin::parse("00000017")).unwrap();
        let taken = vec![(gtin.clone(), Some(("dus".to_owned(), "Mi".to_owned())))];
        let free = vec![(gtin, None)];
        let cases = [
            (rice("--", "", -1), twin(), &taken, "stock.name_missing"),
            (rice("Beras medium", " ", -1), twin(), &taken, "stock.unit_missing"),
            (rice("Beras medium", "kg", -1), twin(), &taken, "stock.good_known"),
            (rice("Beras medium", "kg", -1), None, &taken, "stock.barcode_known"),
            (rice("Beras medium", "kg", -1), None, &free, "stock.no_quantity"),
        ];
        for (input, twin, barcodes, code) in cases {
            let refused = decide(&input, twin, barcodes).map_err(|refusal| refusal.code());
            assert_eq!(refused, Err(code));
        }
        assert_eq!(decide(&rice("Beras medium", "kg", 0), None, &free), Ok(()));
    }
}
