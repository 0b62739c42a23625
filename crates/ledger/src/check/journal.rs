//! Entry by entry: numbers, chain, notes, balance; and the sums that are compared afterwards.

use store::{Failure, Tx};
use values::{Period, Rupiah};

use super::{Sums, Walk};
use crate::chain::{hash_of, note_hash};
use crate::stored::{self, Row, Stored};
use crate::{Line, Side, account};

/// Walks through all entries, page by page.
pub(super) async fn walk(tx: &mut Tx, walk: &mut Walk) -> Result<(), Failure> {
    let mut after = 0;
    loop {
        let page = stored::page_after(tx, after).await?;
        let is_last = i64::try_from(page.rows.len()).is_ok_and(|count| count < stored::PAGE);
        after = page.rows.last().map_or(after, |row| row.entry_no);
        page.rows.into_iter().for_each(|row| walk_row(walk, row));
        for (table, entry_no) in page.strays {
            walk.find("entries.missing", Some(entry_no), format!("{table} without their entry"));
        }
        if is_last {
            return Ok(());
        }
    }
}

fn walk_row(walk: &mut Walk, row: Row) {
    let entry_no = row.entry_no;
    if entry_no != walk.entry_no + 1 {
        walk.find("entries.gap", Some(entry_no), format!("stands after {}", walk.entry_no));
    }
    walk.entry_no = entry_no;
    match row.read {
        Ok(stored) => walk_entry(walk, &stored),
        Err(fault) => {
            walk.previous = None;
            walk.find("entries.unreadable", Some(entry_no), fault.to_string());
        }
    }
}

fn walk_entry(walk: &mut Walk, stored: &Stored) {
    let (identity, entry) = (&stored.identity, &stored.entry);
    let entry_no = Some(identity.entry_no);
    if walk.previous.is_some_and(|previous| previous != identity.previous) {
        walk.find("chain.previous", entry_no, "does not follow the entry before");
    }
    if hash_of(identity, entry) != stored.hash {
        walk.find("chain.hash", entry_no, "was changed after it was posted");
    }
    walk.previous = Some(stored.hash);
    walk.hashes.push((identity.entry_no, stored.hash));
    let posted_at = identity.posted_at.micros();
    if posted_at < walk.posted_at {
        walk.find("entries.time", entry_no, "was posted before the entry before");
    }
    walk.posted_at = posted_at;
    let of_day = [Period::of(entry.day), Period::closing(entry.day.year())];
    if !of_day.iter().any(|period| period.to_text() == stored.period) {
        walk.find("entries.period", entry_no, format!("stands in {}", stored.period));
    }
    walk_note(walk, stored);
    walk_series(walk, stored);
    walk_lines(walk, stored);
}

/// A note may be missing, where it was erased; one that is there must be the one that was hashed.
fn walk_note(walk: &mut Walk, stored: &Stored) {
    let Some((salt, note)) = &stored.note else { return };
    if Some(note_hash(salt, note)) != stored.identity.note_hash {
        walk.find("chain.note", Some(stored.identity.entry_no), "its note was changed");
    }
}

fn walk_series(walk: &mut Walk, stored: &Stored) {
    let (series, found) = (&stored.identity.series, stored.identity.series_no);
    let before = walk.series.insert(series.clone(), found).unwrap_or(0);
    if found != before + 1 {
        let detail = format!("{series} {found} after {before}");
        walk.find("series.gap", Some(stored.identity.entry_no), detail);
    }
}

fn walk_lines(walk: &mut Walk, stored: &Stored) {
    let entry_no = Some(stored.identity.entry_no);
    let (mut books, mut memo) = (Sides::default(), Sides::default());
    for line in &stored.entry.lines {
        let Some(known) = account(&line.account) else {
            walk.find("lines.account", entry_no, line.account.clone());
            continue;
        };
        let sides = if known.is_memo() { &mut memo } else { &mut books };
        sides.add(line.side, line.amount);
        let key = (stored.period.clone(), line.account.clone(), line.unit.code().to_owned());
        add(&mut walk.movements, key, line.side, line.amount);
        if known.subledger.is_some() && named(line) != Some(line.amount) {
            let detail = format!("names on {} do not add up to {}", line.account, line.amount);
            walk.find("details.sum", entry_no, detail);
        }
        for detail in &line.details {
            let key = (line.account.clone(), detail.kind.clone(), detail.subject.clone());
            add(&mut walk.names, key, line.side, detail.amount);
        }
    }
    for Sides { debit, credit } in [books, memo] {
        if debit != credit {
            walk.find("entries.unbalanced", entry_no, format!("{debit} against {credit}"));
        }
    }
}

#[derive(Default)]
struct Sides {
    debit: i128,
    credit: i128,
}

impl Sides {
    fn add(&mut self, side: Side, amount: Rupiah) {
        match side {
            Side::Debit => self.debit += i128::from(amount.get()),
            Side::Credit => self.credit += i128::from(amount.get()),
        }
    }
}

fn named(line: &Line) -> Option<Rupiah> {
    Rupiah::total(line.details.iter().map(|detail| detail.amount)).ok()
}

fn add(sums: &mut Sums, key: (String, String, String), side: Side, amount: Rupiah) {
    let (debit, credit) = sums.entry(key).or_default();
    let sum = if side == Side::Debit { debit } else { credit };
    *sum = sum.saturating_add(amount.get());
}
