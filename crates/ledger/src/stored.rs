//! Entries as they stand in the database, read by the page: five questions for each page, however
//! many entries it holds.

use std::collections::BTreeMap;

use store::{Cell, Cells, Failure, Fault, FromRow, Param, Tx};
use values::{CoopId, Day, Month, Rupiah};

use crate::chain::Identity;
use crate::{Detail, Entry, Line, Side, Unit};

/// Entries that are read at a time where all are read.
pub(crate) const PAGE: i64 = 500;
/// Entries that are asked for by their numbers in one statement.
const FEW: usize = 10;

/// An entry with all that stands beside it.
pub(crate) struct Stored {
    /// What identifies it.
    pub(crate) identity: Identity,
    /// What its event wrote; its kind stands in `identity`.
    pub(crate) entry: Entry,
    /// Its accounting period.
    pub(crate) period: String,
    /// Its hash.
    pub(crate) hash: [u8; 32],
    /// Salt and words of its note, where it has one that was not erased.
    pub(crate) note: Option<(Vec<u8>, String)>,
}

/// One row of `entries`. Where somebody wrote nonsense into it or into its lines, it still has its
/// number, so that the recount can name it.
pub(crate) struct Row {
    pub(crate) entry_no: i64,
    pub(crate) read: Result<Stored, Fault>,
}

/// A stretch of the journal.
pub(crate) struct Page {
    /// In the order of their numbers.
    pub(crate) rows: Vec<Row>,
    /// Table and entry number of rows that belong to no entry.
    pub(crate) strays: Vec<(&'static str, i64)>,
}

struct LineRow {
    entry_no: i64,
    line_no: i64,
    line: Result<Line, Fault>,
}

type DetailRow = (i64, i64, String, String, Option<String>, Rupiah);

/// What stands beside the entries of a stretch.
struct Beside {
    lines: Vec<LineRow>,
    details: Vec<DetailRow>,
    notes: Vec<(i64, Vec<u8>, String)>,
    evidence: Vec<(i64, [u8; 32])>,
}

/// At most [`PAGE`] entries after a number. The last page also tells what stands behind its last
/// entry; it is the one with fewer rows.
///
/// # Errors
/// A fault.
pub(crate) async fn page_after(tx: &mut Tx, after: i64) -> Result<Page, Failure> {
    let rows: Vec<Row> = tx
        .all(
            "select entry_no, period, day, value_day, posted_at, kind, series, series_no, maker_id,
                    approver_id, request_id, content_hash, reverses, note_hash, previous_hash, hash
               from entries where coop_id = $1 and entry_no > $2 order by entry_no limit $3",
            &[&after, &PAGE],
        )
        .await?;
    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE);
    let end = rows.last().map_or(i64::MAX, |row| if is_last { i64::MAX } else { row.entry_no });
    let beside = beside_range(tx, after, end).await?;
    Ok(join(tx.coop(), rows, beside))
}

async fn beside_range(tx: &mut Tx, after: i64, end: i64) -> Result<Beside, Fault> {
    let lines = tx
        .all(
            "select entry_no, line_no, account, unit, side, amount from lines
              where coop_id = $1 and entry_no > $2 and entry_no <= $3 order by entry_no, line_no",
            &[&after, &end],
        )
        .await?;
    let details = tx
        .all(
            "select entry_no, line_no, kind, subject, month, amount from details
              where coop_id = $1 and entry_no > $2 and entry_no <= $3
              order by entry_no, line_no, detail_no",
            &[&after, &end],
        )
        .await?;
    let notes = tx
        .all(
            "select entry_no, salt, note from notes
              where coop_id = $1 and entry_no > $2 and entry_no <= $3 order by entry_no",
            &[&after, &end],
        )
        .await?;
    let evidence = tx
        .all(
            "select entry_no, hash from entry_evidence
              where coop_id = $1 and entry_no > $2 and entry_no <= $3
              order by entry_no, evidence_no",
            &[&after, &end],
        )
        .await?;
    Ok(Beside { lines, details, notes, evidence })
}

/// One entry, or none.
///
/// # Errors
/// A fault.
pub(crate) async fn one(tx: &mut Tx, entry_no: i64) -> Result<Option<Stored>, Failure> {
    Ok(some(tx, &[entry_no]).await?.pop())
}

/// Those of the named entries that are there, by number.
///
/// # Errors
/// A fault.
pub(crate) async fn some(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<Stored>, Failure> {
    let mut found = Vec::with_capacity(numbers.len());
    for few in numbers.chunks(FEW) {
        let padded = padded(few);
        let params = as_params(&padded);
        let rows = tx
            .all(
                "select entry_no, period, day, value_day, posted_at, kind, series, series_no,
                        maker_id, approver_id, request_id, content_hash, reverses, note_hash,
                        previous_hash, hash
                   from entries
                  where coop_id = $1 and entry_no in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                  order by entry_no",
                &params,
            )
            .await?;
        let beside = beside_few(tx, &params).await?;
        for row in join(tx.coop(), rows, beside).rows {
            found.push(row.read?);
        }
    }
    found.sort_by_key(|stored| stored.identity.entry_no);
    Ok(found)
}

/// For each of the named entries that was taken back, the entry that did.
///
/// # Errors
/// A fault.
pub(crate) async fn reversals_of(
    tx: &mut Tx,
    numbers: &[i64],
) -> Result<BTreeMap<i64, i64>, Failure> {
    let mut found = BTreeMap::new();
    for few in numbers.chunks(FEW) {
        let padded = padded(few);
        let rows: Vec<(i64, i64)> = tx
            .all(
                "select reverses, entry_no from entries
                  where coop_id = $1 and reverses in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                &as_params(&padded),
            )
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// As many numbers as a statement asks for; no entry has the number zero.
fn padded(few: &[i64]) -> [i64; FEW] {
    std::array::from_fn(|place| few.get(place).copied().unwrap_or(0))
}

fn as_params(numbers: &[i64; FEW]) -> [&dyn Param; FEW] {
    std::array::from_fn(|place| &numbers[place] as &dyn Param)
}

async fn beside_few(tx: &mut Tx, numbers: &[&dyn Param; FEW]) -> Result<Beside, Fault> {
    let lines = tx
        .all(
            "select entry_no, line_no, account, unit, side, amount from lines
              where coop_id = $1 and entry_no in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
              order by entry_no, line_no",
            numbers,
        )
        .await?;
    let details = tx
        .all(
            "select entry_no, line_no, kind, subject, month, amount from details
              where coop_id = $1 and entry_no in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
              order by entry_no, line_no, detail_no",
            numbers,
        )
        .await?;
    let notes = tx
        .all(
            "select entry_no, salt, note from notes
              where coop_id = $1 and entry_no in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            numbers,
        )
        .await?;
    let evidence = tx
        .all(
            "select entry_no, hash from entry_evidence
              where coop_id = $1 and entry_no in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
              order by entry_no, evidence_no",
            numbers,
        )
        .await?;
    Ok(Beside { lines, details, notes, evidence })
}

fn join(coop: CoopId, mut rows: Vec<Row>, beside: Beside) -> Page {
    let mut strays = Vec::new();
    for row in &mut rows {
        if let Ok(stored) = &mut row.read {
            stored.identity.coop = coop;
        }
    }
    for found in beside.lines {
        add(&mut rows, &mut strays, "lines", found.entry_no, |stored| add_line(stored, found));
    }
    for found in beside.details {
        let entry_no = found.0;
        add(&mut rows, &mut strays, "details", entry_no, |stored| add_detail(stored, found));
    }
    for (entry_no, salt, note) in beside.notes {
        add(&mut rows, &mut strays, "notes", entry_no, |stored| {
            stored.note = Some((salt, note));
            Ok(())
        });
    }
    for (entry_no, hash) in beside.evidence {
        add(&mut rows, &mut strays, "entry_evidence", entry_no, |stored| {
            stored.entry.evidence.push(hash);
            Ok(())
        });
    }
    Page { rows, strays }
}

/// Adds a row to its entry; where it cannot be read, the entry cannot.
fn add(
    rows: &mut [Row],
    strays: &mut Vec<(&'static str, i64)>,
    table: &'static str,
    entry_no: i64,
    put: impl FnOnce(&mut Stored) -> Result<(), Fault>,
) {
    let Ok(place) = rows.binary_search_by_key(&entry_no, |row| row.entry_no) else {
        return strays.push((table, entry_no));
    };
    let row = &mut rows[place];
    if let Ok(stored) = &mut row.read
        && let Err(fault) = put(stored)
    {
        row.read = Err(fault);
    }
}

fn add_line(stored: &mut Stored, found: LineRow) -> Result<(), Fault> {
    let lines = &mut stored.entry.lines;
    if usize::try_from(found.line_no) != Ok(lines.len() + 1) {
        return Err(nonsense("lines numbered from one", found.line_no));
    }
    lines.push(found.line?);
    Ok(())
}

fn add_detail(stored: &mut Stored, found: DetailRow) -> Result<(), Fault> {
    let (_, line_no, kind, subject, month, amount) = found;
    let place = usize::try_from(line_no).ok().and_then(|number| number.checked_sub(1));
    let Some(line) = place.and_then(|place| stored.entry.lines.get_mut(place)) else {
        return Err(nonsense("a line for each detail", line_no));
    };
    let month = month.map(|month| Month::parse(&month)).transpose();
    let month = month.map_err(|error| nonsense("a month", error.0))?;
    line.details.push(Detail { kind, subject, month, amount });
    Ok(())
}

fn nonsense(want: &'static str, found: impl ToString) -> Fault {
    Fault::Shape { want, found: found.to_string() }
}

impl FromRow for Row {
    fn from_row(row: Vec<Cell>) -> Result<Row, Fault> {
        let mut cells = Cells::new(row);
        let entry_no = cells.take()?;
        Ok(Row { entry_no, read: read_entry(entry_no, &mut cells) })
    }
}

fn read_entry(entry_no: i64, cells: &mut Cells) -> Result<Stored, Fault> {
    let period = cells.take()?;
    let (day, value_day): (Day, Day) = (cells.take()?, cells.take()?);
    let (posted_at, kind, series) = (cells.take()?, cells.take()?, cells.take()?);
    let (series_no, maker, approver) = (cells.take()?, cells.take()?, cells.take()?);
    let (request, content, reverses) = (cells.take()?, cells.take()?, cells.take()?);
    let (note_hash, previous, hash) = (cells.take()?, cells.take()?, cells.take()?);
    let mut entry = Entry::new("", day).valued(value_day).approved_by(approver);
    entry.reverses = reverses;
    let coop = CoopId::new(0);
    let identity = Identity {
        coop,
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
    Ok(Stored { identity, entry, period, hash, note: None })
}

impl FromRow for LineRow {
    fn from_row(row: Vec<Cell>) -> Result<LineRow, Fault> {
        let mut cells = Cells::new(row);
        let (entry_no, line_no) = (cells.take()?, cells.take()?);
        Ok(LineRow { entry_no, line_no, line: read_line(&mut cells) })
    }
}

fn read_line(cells: &mut Cells) -> Result<Line, Fault> {
    let (account, unit, side): (String, String, String) =
        (cells.take()?, cells.take()?, cells.take()?);
    Ok(Line {
        account,
        unit: self::unit(unit)?,
        side: self::side(side)?,
        amount: cells.take()?,
        details: Vec::new(),
    })
}

/// A unit as it is kept.
pub(crate) fn unit(code: String) -> Result<Unit, Fault> {
    Unit::from_code(&code).ok_or_else(|| nonsense("a unit", code))
}

/// A side as it is kept.
pub(crate) fn side(letter: String) -> Result<Side, Fault> {
    Side::from_letter(&letter).ok_or_else(|| nonsense("a side", letter))
}
