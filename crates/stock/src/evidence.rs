//! The hash of a paper or photo, as forms carry it: 64 hexadecimal digits.

use crate::StockRefusal;

pub(crate) fn evidence(text: &str) -> Result<[u8; 32], StockRefusal> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).map_err(|_| StockRefusal::NotEvidence)?;
    Ok(hash)
}

/// A paper that may be missing.
pub(crate) fn maybe_evidence(text: Option<&str>) -> Result<Vec<[u8; 32]>, StockRefusal> {
    text.map(evidence).transpose().map(|found| found.into_iter().collect())
}
