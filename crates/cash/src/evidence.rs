//! The hash of a paper or photo, as forms carry it: 64 hexadecimal digits.

use crate::CashRefusal;

pub(crate) fn evidence(text: Option<&str>) -> Result<Vec<[u8; 32]>, CashRefusal> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).map_err(|_| CashRefusal::NotEvidence)?;
    Ok(vec![hash])
}
