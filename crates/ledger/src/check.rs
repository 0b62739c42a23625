//! The recount: everything that can be derived is derived again from the entries, and what differs is
//! named.
//!
//! Chain, numbers and balance are checked entry by entry; movements, sub-ledgers, series and seals
//! against their sums. The first difference comes first.

use std::collections::BTreeMap;

use serde::Serialize;
use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{CoopId, Day, Period, Rupiah};

use crate::chain::{Identity, hash_of, note_hash};
use crate::reverse::lines_of;
use crate::{Entry, Side, account, merkle, seal};

/// Entries that are read at a time.
const PAGE: i64 = 500;

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name: `chain.hash`, `movements.differ` …
    pub code: &'static str,
    /// The cooperative's number.
    pub coop: i64,
    /// The entry, where one is concerned.
    pub entry: Option<i64>,
    /// What stands there and what should.
    pub detail: String,
}

/// What a recount found in one cooperative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recount {
    /// Entries read.
    pub entries: i64,
    /// What differs, first difference first.
    pub findings: Vec<Finding>,
}

type Sums = BTreeMap<(String, String, String), (i64, i64)>;

/// What the walk through the journal gathers.
struct Walk {
    coop: i64,
    previous: [u8; 32],
    entry_no: i64,
    posted_at: i64,
    movements: Sums,
    names: Sums,
    series: BTreeMap<String, i64>,
    findings: Vec<Finding>,
}

/// Recounts one cooperative's journal.
///
/// # Errors
/// A fault; differences are findings, not errors.
pub async fn check(tx: &mut Tx) -> Result<Recount, Failure> {
    let mut walk = Walk {
        coop: tx.coop().get(),
        previous: [0; 32],
        entry_no: 0,
        posted_at: 0,
        movements: Sums::new(),
        names: Sums::new(),
        series: BTreeMap::new(),
        findings: Vec::new(),
    };
    loop {
        let rows = page(tx, walk.entry_no).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            walk_entry(tx, &mut walk, row).await?;
        }
    }
    check_head(tx, &mut walk).await?;
    check_movements(tx, &mut walk).await?;
    check_names(tx, &mut walk).await?;
    check_controls(&mut walk);
    check_series(tx, &mut walk).await?;
    check_seals(tx, &mut walk).await?;
    check_dangling(tx, &mut walk).await?;
    Ok(Recount { entries: walk.entry_no, findings: walk.findings })
}

impl Walk {
    fn find(&mut self, code: &'static str, entry: Option<i64>, detail: String) {
        self.findings.push(Finding { code, coop: self.coop, entry, detail });
    }
}

/// An entry as it stands in the database, its lines apart.
struct StoredEntry {
    identity: Identity,
    entry: Entry,
    period: String,
    hash: [u8; 32],
}

impl FromRow for StoredEntry {
    fn from_row(row: Vec<Cell>) -> Result<StoredEntry, Fault> {
        let mut cells = Cells::new(row);
        let entry_no = cells.take()?;
        let period = cells.take()?;
        let (day, value_day): (Day, Day) = (cells.take()?, cells.take()?);
        let (posted_at, kind, series): (_, _, String) =
            (cells.take()?, cells.take()?, cells.take()?);
        let (series_no, maker, approver) = (cells.take()?, cells.take()?, cells.take()?);
        let (request, content, reverses) = (cells.take()?, cells.take()?, cells.take()?);
        let (note_hash, previous, hash) = (cells.take()?, cells.take()?, cells.take()?);
        let mut entry = Entry::new("", day).valued(value_day).approved_by(approver);
        entry.reverses = reverses;
        let identity = Identity {
            coop: CoopId::new(0),
            entry_no,
            kind,
            posted_at,
            series,
            series_no,
            maker,
            request,
            content,
            note_hash,
            previous,
        };
        Ok(StoredEntry { identity, entry, period, hash })
    }
}

async fn page(tx: &mut Tx, after: i64) -> Result<Vec<StoredEntry>, Failure> {
    let coop = tx.coop();
    let mut rows: Vec<StoredEntry> = tx
        .all(
            "select entry_no, period, day, value_day, posted_at, kind, series, series_no, maker_id,
                    approver_id, request_id, content_hash, reverses, note_hash, previous_hash, hash
               from entries where coop_id = $1 and entry_no > $2 order by entry_no limit $3",
            &[&after, &PAGE],
        )
        .await?;
    rows.iter_mut().for_each(|row| row.identity.coop = coop);
    Ok(rows)
}

async fn walk_entry(tx: &mut Tx, walk: &mut Walk, mut row: StoredEntry) -> Result<(), Failure> {
    let entry_no = row.identity.entry_no;
    row.entry.lines = lines_of(tx, entry_no).await?;
    row.entry.evidence = evidence_of(tx, entry_no).await?;
    if entry_no != walk.entry_no + 1 {
        walk.find("entries.gap", Some(entry_no), format!("after {}", walk.entry_no));
    }
    walk.entry_no = entry_no;
    if row.identity.previous != walk.previous {
        walk.find("chain.previous", Some(entry_no), "does not follow the entry before".to_owned());
    }
    if hash_of(&row.identity, &row.entry) != row.hash {
        walk.find("chain.hash", Some(entry_no), "was changed after it was posted".to_owned());
    }
    if row.identity.posted_at.micros() < walk.posted_at {
        walk.find("entries.time", Some(entry_no), "posted before the entry before".to_owned());
    }
    if row.period != Period::of(row.entry.day).to_text() && !row.period.ends_with("-13") {
        walk.find("entries.period", Some(entry_no), format!("stands in {}", row.period));
    }
    check_note(tx, walk, &row).await?;
    check_lines(walk, &row);
    walk.previous = row.hash;
    walk.posted_at = row.identity.posted_at.micros();
    Ok(())
}

async fn evidence_of(tx: &mut Tx, entry_no: i64) -> Result<Vec<[u8; 32]>, Failure> {
    let rows: Vec<([u8; 32],)> = tx
        .all(
            "select hash from entry_evidence where coop_id = $1 and entry_no = $2
              order by evidence_no",
            &[&entry_no],
        )
        .await?;
    Ok(rows.into_iter().map(|(hash,)| hash).collect())
}

/// A note may be missing, where it was erased; one that is there must be the one that was hashed.
async fn check_note(tx: &mut Tx, walk: &mut Walk, row: &StoredEntry) -> Result<(), Failure> {
    let entry_no = row.identity.entry_no;
    let note: Option<(Vec<u8>, String)> = tx
        .maybe("select salt, note from notes where coop_id = $1 and entry_no = $2", &[&entry_no])
        .await?;
    if let Some((salt, note)) = note
        && Some(note_hash(&salt, &note)) != row.identity.note_hash
    {
        walk.find("chain.note", Some(entry_no), "its note was changed".to_owned());
    }
    Ok(())
}

fn check_lines(walk: &mut Walk, row: &StoredEntry) {
    let entry_no = row.identity.entry_no;
    let mut sides = [[0_i64; 2]; 2];
    for line in &row.entry.lines {
        let Some(known) = account(&line.account) else {
            walk.find("lines.account", Some(entry_no), line.account.clone());
            continue;
        };
        let side = usize::from(line.side == Side::Credit);
        let amount = line.amount.get();
        let sum = &mut sides[usize::from(known.is_memo())][side];
        *sum = sum.saturating_add(amount);
        let key = (row.period.clone(), line.account.clone(), line.unit.code().to_owned());
        add(&mut walk.movements, key, line.side, amount);
        let named = line.details.iter().map(|detail| detail.amount);
        let behind = Rupiah::total(named).unwrap_or(Rupiah::ZERO);
        if known.subledger.is_some() && behind != line.amount {
            walk.find("details.sum", Some(entry_no), format!("{behind} on {}", line.amount));
        }
        for detail in &line.details {
            let key = (line.account.clone(), detail.kind.clone(), detail.subject.clone());
            add(&mut walk.names, key, line.side, detail.amount.get());
        }
    }
    for [debit, credit] in sides {
        if debit != credit {
            walk.find("entries.unbalanced", Some(entry_no), format!("{debit} against {credit}"));
        }
    }
    let last = walk.series.entry(row.identity.series.clone()).or_default();
    let (expected, found) = (*last + 1, row.identity.series_no);
    *last = found;
    if found != expected {
        let detail = format!("{} {found} after {}", row.identity.series, expected - 1);
        walk.find("series.gap", Some(entry_no), detail);
    }
}

fn add(sums: &mut Sums, key: (String, String, String), side: Side, amount: i64) {
    let (debit, credit) = sums.entry(key).or_default();
    match side {
        Side::Debit => *debit = debit.saturating_add(amount),
        Side::Credit => *credit = credit.saturating_add(amount),
    }
}

async fn check_head(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let head: Option<(i64, [u8; 32])> =
        tx.maybe("select entry_no, chain_hash from coop_heads where coop_id = $1", &[]).await?;
    let (entry_no, hash) = head.unwrap_or_default();
    if entry_no != walk.entry_no || hash != walk.previous {
        let detail = format!("the head says {entry_no}, the journal {}", walk.entry_no);
        walk.find("chain.head", Some(entry_no), detail);
    }
    Ok(())
}

async fn check_movements(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let rows: Vec<(String, String, String, i64, i64)> = tx
        .all("select period, account, unit, debit, credit from movements where coop_id = $1", &[])
        .await?;
    let kept = rows.into_iter().map(|row| ((row.0, row.1, row.2), (row.3, row.4))).collect();
    compare(walk, "movements.differ", |walk| &walk.movements, kept);
    Ok(())
}

async fn check_names(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let rows: Vec<(String, String, String, i64, i64)> = tx
        .all("select account, kind, subject, debit, credit from subledger where coop_id = $1", &[])
        .await?;
    let kept = rows.into_iter().map(|row| ((row.0, row.1, row.2), (row.3, row.4))).collect();
    compare(walk, "subledger.differ", |walk| &walk.names, kept);
    Ok(())
}

fn compare(walk: &mut Walk, code: &'static str, of: impl Fn(&Walk) -> &Sums, kept: Sums) {
    let counted = of(walk);
    let missing = counted.keys().chain(kept.keys());
    let keys: std::collections::BTreeSet<_> = missing.collect();
    let zero = (0, 0);
    let mut differing = Vec::new();
    for key in keys {
        let (said, right) = (kept.get(key).unwrap_or(&zero), counted.get(key).unwrap_or(&zero));
        if said != right {
            differing.push(format!("{key:?} holds {said:?}, the journal says {right:?}"));
        }
    }
    differing.into_iter().for_each(|detail| walk.find(code, None, detail));
}

/// The names behind each control account add up to its balance.
fn check_controls(walk: &mut Walk) {
    let mut differing = Vec::new();
    for known in crate::accounts().iter().filter(|account| account.subledger.is_some()) {
        let net = |sums: &Sums, place: fn(&(String, String, String)) -> &String| -> i64 {
            let of_account = sums.iter().filter(|(key, _)| place(key) == known.code);
            of_account.map(|(_, (debit, credit))| debit - credit).sum()
        };
        let control = net(&walk.movements, |key| &key.1);
        let behind = net(&walk.names, |key| &key.0);
        if control != behind {
            differing.push(format!("{}: {control}, names {behind}", known.code));
        }
    }
    differing.into_iter().for_each(|detail| walk.find("subledger.control", None, detail));
}

async fn check_series(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let kept: Vec<(String, i64)> =
        tx.all("select series, last_no from series where coop_id = $1", &[]).await?;
    for (series, last_no) in kept {
        let counted = walk.series.get(&series).copied().unwrap_or(0);
        if counted != last_no {
            walk.find("series.last", None, format!("{series}: {last_no}, counted {counted}"));
        }
    }
    Ok(())
}

async fn check_seals(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let mut next = 1;
    for sealed in seal::seals(tx).await? {
        let hashes = seal::hashes(tx, sealed.first_entry, sealed.last_entry).await?;
        let leaves: Vec<[u8; 32]> = hashes.iter().map(|(_, hash)| *hash).collect();
        let holds = sealed.first_entry == next
            && leaves.last() == Some(&sealed.head_hash)
            && merkle::root(&leaves) == sealed.merkle_root;
        if !holds {
            let detail = format!("seal {} does not hold", sealed.seal_no);
            walk.find("seals.broken", Some(sealed.first_entry), detail);
        }
        next = sealed.last_entry + 1;
    }
    Ok(())
}

/// Lines and details that belong to no entry.
async fn check_dangling(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let lines: Vec<(i64,)> = tx
        .all(
            "select distinct entry_no from lines where coop_id = $1 and entry_no not in
                (select entry_no from entries where coop_id = $1)",
            &[],
        )
        .await?;
    for (entry_no,) in lines {
        walk.find("lines.dangling", Some(entry_no), "lines without an entry".to_owned());
    }
    Ok(())
}
