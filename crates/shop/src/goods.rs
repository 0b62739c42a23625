//! Goods as the counter finds them: by barcode, or by a part of their name.

use stock::goods::{self, Pack};
use store::{Failure, Tx};
use values::{Gtin, Quantity};

/// Packs that answer what was scanned or typed and that go over the counter.
///
/// # Errors
/// A fault.
pub async fn search(tx: &mut Tx, typed: &str) -> Result<Vec<Pack>, Failure> {
    if let Ok(gtin) = Gtin::parse(typed) {
        let found = goods::by_barcode(tx, &gtin).await?;
        return Ok(found.into_iter().filter(|pack| pack.sellable).collect());
    }
    let found = goods::by_name(tx, typed).await?;
    Ok(found.into_iter().filter(|pack| pack.sellable).collect())
}

/// Base units in so many packs, where they are a whole number of thousandths.
pub(crate) fn content_of(pack: &Pack, packs: Quantity) -> Option<Quantity> {
    packs.times_factor(&pack.factor).ok()
}
