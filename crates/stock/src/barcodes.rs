//! Barcodes: each belongs to one pack of the cooperative, and a pack may have many.

use store::{Fault, Later, Tx};
use values::{Gtin, PackId};

use crate::StockRefusal;

/// The pack and the goods that have a barcode.
type Taken = (String, String);

pub(crate) struct AskedBarcodes(Vec<(Gtin, Later<Taken>)>);

/// Asks who has these barcodes, each once.
pub(crate) async fn ask(tx: &mut Tx, gtins: &[Gtin]) -> Result<AskedBarcodes, Fault> {
    let mut asked: Vec<(Gtin, Later<Taken>)> = Vec::with_capacity(gtins.len());
    for gtin in gtins {
        if asked.iter().any(|(known, _)| known == gtin) {
            continue;
        }
        let later = tx
            .later(
                "select p.name, g.name from barcodes b
                   join packs p on p.coop_id = b.coop_id and p.pack_id = b.pack_id
                   join goods g on g.coop_id = p.coop_id and g.good_id = p.good_id
                  where b.coop_id = $1 and b.gtin = $2",
                &[&gtin.as_str()],
            )
            .await?;
        asked.push((gtin.clone(), later));
    }
    Ok(AskedBarcodes(asked))
}

/// A barcode, and who has it.
pub(crate) type Barcode = (Gtin, Option<Taken>);

impl AskedBarcodes {
    pub(crate) async fn settle(self) -> Result<Vec<Barcode>, Fault> {
        let mut settled = Vec::with_capacity(self.0.len());
        for (gtin, later) in self.0 {
            settled.push((gtin, later.maybe().await?));
        }
        Ok(settled)
    }
}

/// Refuses a barcode that a pack has.
pub(crate) fn judge(barcodes: &[Barcode]) -> Result<(), StockRefusal> {
    match barcodes.iter().find_map(|(gtin, taken)| taken.clone().map(|taken| (gtin, taken))) {
        Some((gtin, (pack, good))) => {
            Err(StockRefusal::BarcodeKnown { gtin: gtin.clone(), pack, good })
        }
        None => Ok(()),
    }
}

pub(crate) async fn write(tx: &mut Tx, pack: PackId, barcodes: &[Barcode]) -> Result<(), Fault> {
    for (gtin, _) in barcodes {
        tx.run(
            "insert into barcodes (coop_id, gtin, pack_id) values ($1, $2, $3)",
            1,
            &[&gtin.as_str(), &pack],
        )
        .await?;
    }
    Ok(())
}
