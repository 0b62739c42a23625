//! What is kept beside the entries against what the walk has counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use store::{Failure, Tx};

use super::{Sums, Walk};
use crate::{merkle, seal};

/// The end of the chain.
pub(super) async fn head(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let head: Option<(i64, Vec<u8>)> =
        tx.maybe("select entry_no, chain_hash from coop_heads where coop_id = $1", &[]).await?;
    let (entry_no, hash) = head.unwrap_or_default();
    if entry_no != walk.entry_no || walk.previous.is_some_and(|previous| hash != previous) {
        let detail = format!("the head says {entry_no}, the journal {}", walk.entry_no);
        walk.find("chain.head", Some(entry_no), detail);
    }
    Ok(())
}

/// Monthly movements of each account and unit.
pub(super) async fn movements(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let rows: Vec<(String, String, String, i64, i64)> = tx
        .all("select period, account, unit, debit, credit from movements where coop_id = $1", &[])
        .await?;
    let kept: Sums = rows.into_iter().map(|row| ((row.0, row.1, row.2), (row.3, row.4))).collect();
    let differing = differing(&kept, &walk.movements);
    differing.into_iter().for_each(|detail| walk.find("movements.differ", None, detail));
    Ok(())
}

/// Running totals of each name.
pub(super) async fn names(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let rows: Vec<(String, String, String, i64, i64)> = tx
        .all("select account, kind, subject, debit, credit from subledger where coop_id = $1", &[])
        .await?;
    let kept: Sums = rows.into_iter().map(|row| ((row.0, row.1, row.2), (row.3, row.4))).collect();
    let differing = differing(&kept, &walk.names);
    differing.into_iter().for_each(|detail| walk.find("subledger.differ", None, detail));
    Ok(())
}

/// The last number of each series.
pub(super) async fn series(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let kept: Vec<(String, i64)> =
        tx.all("select series, last_no from series where coop_id = $1", &[]).await?;
    let differing = differing(&kept.into_iter().collect(), &walk.series);
    differing.into_iter().for_each(|detail| walk.find("series.differ", None, detail));
    Ok(())
}

fn differing<K: Ord + Debug, V: PartialEq + Default + Debug>(
    kept: &BTreeMap<K, V>,
    counted: &BTreeMap<K, V>,
) -> Vec<String> {
    let keys: BTreeSet<&K> = kept.keys().chain(counted.keys()).collect();
    let nothing = V::default();
    let pairs = keys
        .into_iter()
        .map(|key| (key, kept.get(key).unwrap_or(&nothing), counted.get(key).unwrap_or(&nothing)));
    let differing = pairs.filter(|(_, kept, counted)| kept != counted);
    differing
        .map(|(key, kept, counted)| format!("{key:?} holds {kept:?}, the journal says {counted:?}"))
        .collect()
}

/// The names behind each control account add up to its balance.
pub(super) fn controls(walk: &mut Walk) {
    let (mut control, mut behind) = (BTreeMap::new(), BTreeMap::new());
    for ((_, account, _), sides) in &walk.movements {
        *control.entry(account.as_str()).or_insert(0_i128) += net(*sides);
    }
    for ((account, _, _), sides) in &walk.names {
        *behind.entry(account.as_str()).or_insert(0_i128) += net(*sides);
    }
    let mut differing = Vec::new();
    for known in crate::accounts().iter().filter(|account| account.subledger.is_some()) {
        let of = |sums: &BTreeMap<&str, i128>| sums.get(known.code).copied().unwrap_or(0);
        let (control, behind) = (of(&control), of(&behind));
        if control != behind {
            differing.push(format!("{}: {control}, names {behind}", known.code));
        }
    }
    differing.into_iter().for_each(|detail| walk.find("subledger.control", None, detail));
}

fn net((debit, credit): (i64, i64)) -> i128 {
    i128::from(debit) - i128::from(credit)
}

/// Each seal follows the one before, ends at its head and has the root of its entries.
pub(super) async fn seals(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let mut next = 1;
    for sealed in seal::seals(tx).await? {
        let place = |entry_no: i64| walk.hashes.partition_point(|(number, _)| *number < entry_no);
        let after = sealed.last_entry.saturating_add(1);
        let under = walk.hashes.get(place(sealed.first_entry)..place(after)).unwrap_or_default();
        let leaves: Vec<[u8; 32]> = under.iter().map(|(_, hash)| *hash).collect();
        let holds = sealed.first_entry == next
            && leaves.last() == Some(&sealed.head_hash)
            && merkle::root(&leaves) == sealed.merkle_root;
        if !holds {
            let detail = format!("seal {} does not hold", sealed.seal_no);
            walk.find("seals.broken", Some(sealed.first_entry), detail);
        }
        next = after;
    }
    Ok(())
}
