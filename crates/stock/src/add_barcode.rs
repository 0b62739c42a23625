//! Tambah barcode: a pack that is sold under one more barcode.
//!
//! Several makers fill the same MinyaKita, and packs change. The barcode may be on no other pack of
//! the cooperative. Nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Gtin, PackId};

use crate::StockRefusal;
use crate::barcodes::{self, Barcode};
use crate::goods::{self, Pack};

/// The event's name in the commands table.
pub const KIND: &str = "stock.add_barcode";

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddBarcode {
    /// The pack.
    pub pack_id: PackId,
    /// The barcode on it.
    pub gtin: Gtin,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarcodeAdded {
    /// The pack.
    pub pack_id: PackId,
}

fn decide(pack: Option<&Pack>, barcodes: &[Barcode]) -> Result<(), StockRefusal> {
    if pack.is_none() {
        return Err(StockRefusal::UnknownPack);
    }
    barcodes::judge(barcodes)
}

/// Writes a barcode down.
///
/// # Errors
/// [`StockRefusal`].
pub async fn record(tx: &mut Tx, _ctx: &Ctx, input: &AddBarcode) -> Result<BarcodeAdded, Failure> {
    let pack = goods::ask_pack(tx, input.pack_id).await?;
    let barcodes = barcodes::ask(tx, std::slice::from_ref(&input.gtin)).await?;
    let (pack, barcodes) = (pack.maybe().await?, barcodes.settle().await?);
    decide(pack.as_ref(), &barcodes)?;
    barcodes::write(tx, input.pack_id, &barcodes).await?;
    Ok(BarcodeAdded { pack_id: input.pack_id })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::receive::tests::karung;

    #[test]
    fn every_refusal_in_its_order() {
        let gtin = Gtin::parse("00000017").unwrap();
        let taken = [(gtin.clone(), Some(("pcs".to_owned(), "Mi".to_owned())))];
        let refused = |pack: Option<&Pack>| decide(pack, &taken).map_err(|no| no.code());
        assert_eq!(refused(None), Err("stock.unknown_pack"));
        assert_eq!(refused(Some(&karung())), Err("stock.barcode_known"));
        assert_eq!(decide(Some(&karung()), &[(gtin, None)]), Ok(()));
    }
}
