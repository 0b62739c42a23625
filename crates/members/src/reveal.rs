//! Opens a sealed NIK for the one screen that may show it. Who calls this notes the look first.

use store::{Failure, Tx};
use values::MemberId;

use crate::MembersRefusal;
use crate::nik::{self, Nik, NikKey};

/// The NIK of a member, or none while it is "belum lengkap".
///
/// # Errors
/// [`MembersRefusal::NikNotSealed`] where the key does not open it, or a fault.
pub async fn reveal(tx: &mut Tx, member: MemberId, key: &NikKey) -> Result<Option<Nik>, Failure> {
    let sealed: Option<(Vec<u8>,)> = tx
        .maybe(
            "select nik_cipher from member_niks where coop_id = $1 and member_id = $2",
            &[&member],
        )
        .await?;
    let Some((sealed,)) = sealed else { return Ok(None) };
    let opened = nik::open(&sealed, key, tx.coop(), member);
    Ok(Some(opened.ok_or(MembersRefusal::NikNotSealed)?))
}
