//! Whether one entry stands in the chain as it was posted: what a stranger with a receipt may ask.

use store::{Failure, Fault, Tx};

use crate::chain::hash_of;
use crate::stored;

/// Whether the entry is there, its hash fits its content, and the entry after it (or the head of the
/// chain) names that hash.
///
/// # Errors
/// A fault.
pub async fn holds(tx: &mut Tx, entry_no: i64) -> Result<bool, Failure> {
    let stored = match stored::one(tx, entry_no).await {
        Ok(Some(stored)) => stored,
        // Nonsense where a value should stand is an entry that somebody changed; a database that
        // cannot be reached says nothing about the receipt.
        Ok(None) | Err(Failure::Fault(Fault::Shape { .. } | Fault::Columns)) => return Ok(false),
        Err(failure) => return Err(failure),
    };
    if hash_of(&stored.identity, &stored.entry) != stored.hash {
        return Ok(false);
    }
    let next: Option<([u8; 32],)> = tx
        .maybe(
            "select previous_hash from entries where coop_id = $1 and entry_no = $2",
            &[&(entry_no + 1)],
        )
        .await?;
    let head: Option<([u8; 32],)> =
        tx.maybe("select chain_hash from coop_heads where coop_id = $1", &[]).await?;
    let named = next.or(head);
    Ok(named.is_some_and(|(hash,)| hash == stored.hash))
}
