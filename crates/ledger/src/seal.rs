//! Seals: at a closing instant, a range of entries gets its head and its Merkle root.

use store::{Failure, Tx};
use values::{Ctx, Day};

use crate::merkle;

/// One seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Running number.
    pub seal_no: i64,
    /// The day it was made for.
    pub day: Day,
    /// First entry under it.
    pub first_entry: i64,
    /// Last entry under it.
    pub last_entry: i64,
    /// Hash of the last entry: the end of the chain at that moment.
    pub head_hash: [u8; 32],
    /// Root of the tree over all entries under it.
    pub merkle_root: [u8; 32],
}

/// Seals what was posted since the last seal; none where nothing was.
///
/// # Errors
/// A fault.
pub async fn seal(tx: &mut Tx, ctx: &Ctx, day: Day) -> Result<Option<Seal>, Failure> {
    let last: Option<(i64, i64)> = tx
        .maybe(
            "select seal_no, last_entry from seals where coop_id = $1
              order by seal_no desc limit 1",
            &[],
        )
        .await?;
    let (seal_no, last_sealed) = last.unwrap_or((0, 0));
    let hashes = hashes(tx, last_sealed + 1, i64::MAX).await?;
    let (Some(first), Some(end)) = (hashes.first(), hashes.last()) else { return Ok(None) };
    let leaves: Vec<[u8; 32]> = hashes.iter().map(|(_, hash)| *hash).collect();
    let seal = Seal {
        seal_no: seal_no + 1,
        day,
        first_entry: first.0,
        last_entry: end.0,
        head_hash: end.1,
        merkle_root: merkle::root(&leaves),
    };
    tx.run(
        "insert into seals (coop_id, seal_no, day, first_entry, last_entry, head_hash, merkle_root,
                sealed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        1,
        &[
            &seal.seal_no,
            &seal.day,
            &seal.first_entry,
            &seal.last_entry,
            &seal.head_hash,
            &seal.merkle_root,
            &ctx.at,
        ],
    )
    .await?;
    Ok(Some(seal))
}

/// All seals, oldest first.
///
/// # Errors
/// A fault.
pub async fn seals(tx: &mut Tx) -> Result<Vec<Seal>, Failure> {
    type Row = (i64, Day, i64, i64, [u8; 32], [u8; 32]);
    let rows: Vec<Row> = tx
        .all(
            "select seal_no, day, first_entry, last_entry, head_hash, merkle_root from seals
              where coop_id = $1 order by seal_no",
            &[],
        )
        .await?;
    let seals = rows.into_iter().map(|row| Seal {
        seal_no: row.0,
        day: row.1,
        first_entry: row.2,
        last_entry: row.3,
        head_hash: row.4,
        merkle_root: row.5,
    });
    Ok(seals.collect())
}

/// Numbers and stored hashes of a range of entries, in order.
///
/// # Errors
/// A fault.
async fn hashes(tx: &mut Tx, first: i64, last: i64) -> Result<Vec<(i64, [u8; 32])>, Failure> {
    let rows = tx
        .all(
            "select entry_no, hash from entries
              where coop_id = $1 and entry_no >= $2 and entry_no <= $3 order by entry_no",
            &[&first, &last],
        )
        .await?;
    Ok(rows)
}
