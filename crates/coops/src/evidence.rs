//! The hash of a paper or photo, as forms carry it: 64 hexadecimal digits.

use crate::CoopsRefusal;

pub(crate) fn evidence(text: Option<&str>) -> Result<Option<[u8; 32]>, CoopsRefusal> {
    let Some(text) = text else { return Ok(None) };
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).map_err(|_| CoopsRefusal::NotEvidence)?;
    Ok(Some(hash))
}
