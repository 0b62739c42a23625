//! Daftarkan kemasan: another way in which goods are packed, bought or sold.
//!
//! A karung is 50 kg, a dus is 40 pcs, an egg is 3/50 kg: an exact fraction of the base unit,
//! always of the base unit and never of another pack. Barcodes belong to the pack. Nothing is
//! posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Later, Tx};
use values::{Ctx, GoodId, Gtin, PackFactor, PackId};

use crate::StockRefusal;
use crate::barcodes::{self, Barcode};

/// The event's name in the commands table.
pub const KIND: &str = "stock.add_pack";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddPack {
    /// Its id, made when the form opens.
    pub pack_id: PackId,
    /// Its goods.
    pub good_id: GoodId,
    /// Karung, dus, tray.
    pub name: String,
    /// How many base units it holds.
    pub factor: PackFactor,
    /// Whether it goes over the counter.
    pub sellable: bool,
    /// Its barcodes.
    pub barcodes: Vec<Gtin>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackAdded {
    /// The pack.
    pub pack_id: PackId,
}

/// `good` is the name of its goods and whether they have a pack so named.
fn decide(
    input: &AddPack,
    good: Option<(String, bool)>,
    barcodes: &[Barcode],
) -> Result<(), StockRefusal> {
    if input.name.trim().is_empty() {
        return Err(StockRefusal::NameMissing);
    }
    let (good, has_such) = good.ok_or(StockRefusal::UnknownGood)?;
    if has_such {
        return Err(StockRefusal::PackKnown { pack: input.name.trim().to_owned(), good });
    }
    barcodes::judge(barcodes)
}

/// Writes a pack down.
///
/// # Errors
/// [`StockRefusal`].
pub async fn record(tx: &mut Tx, _ctx: &Ctx, input: &AddPack) -> Result<PackAdded, Failure> {
    let good: Later<(String,)> = tx
        .later("select name from goods where coop_id = $1 and good_id = $2", &[&input.good_id])
        .await?;
    let twin: Later<(PackId,)> = tx
        .later(
            "select pack_id from packs where coop_id = $1 and good_id = $2 and name = $3",
            &[&input.good_id, &input.name.trim()],
        )
        .await?;
    let barcodes = barcodes::ask(tx, &input.barcodes).await?;
    let (good, has_such) = (good.maybe().await?, twin.maybe().await?.is_some());
    let barcodes = barcodes.settle().await?;
    decide(input, good.map(|(name,)| (name, has_such)), &barcodes)?;
    tx.run(
        "insert into packs (coop_id, pack_id, good_id, name, factor, sellable)
         values ($1, $2, $3, $4, $5, $6)",
        1,
        &[
            &input.pack_id,
            &input.good_id,
            &input.name.trim(),
            &input.factor.to_text(),
            &input.sellable,
        ],
    )
    .await?;
    barcodes::write(tx, input.pack_id, &barcodes).await?;
    Ok(PackAdded { pack_id: input.pack_id })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        let dus = |name: &str| AddPack {
            pack_id: PackId::from_bytes([2; 16]),
            good_id: GoodId::from_bytes([1; 16]),
            name: name.to_owned(),
            factor: PackFactor::new(40, 1).unwrap(),
            sellable: true,
            barcodes: Vec::new(),
        };
        let good = |has_such| Some(("Mi goreng".to_owned(), has_such));
        let gtin = Gtin::parse("00000017").unwrap();
        let taken = [(gtin, Some(("pcs".to_owned(), "Mi".to_owned())))];
        let cases = [
            (dus(" "), None, "stock.name_missing"),
            (dus("dus"), None, "stock.unknown_good"),
            (dus("dus"), good(true), "stock.pack_known"),
            (dus("dus"), good(false), "stock.barcode_known"),
        ];
        for (input, good, code) in cases {
            let refused = decide(&input, good, &taken).map_err(|refusal| refusal.code());
            assert_eq!(refused, Err(code));
        }
        assert_eq!(decide(&dus("dus"), good(false), &[]), Ok(()));
    }
}
