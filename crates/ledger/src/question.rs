//! Questions that pages and reports ask of the journal: its entries newest first, one entry complete,
//! an account's ledger and a name's card with running balances.

use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{Day, Instant, PersonId, RequestId, Rupiah};

use crate::stored::{self, Stored};
use crate::{Account, LedgerRefusal, Line, Side, Stretch, Unit, account, paper_number};

/// Entries that one page of the journal shows at most.
pub const JOURNAL_MAX: i64 = 100;

/// A posted entry, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number in the journal.
    pub entry_no: i64,
    /// The number on its paper.
    pub number: String,
    /// The event it came from.
    pub kind: String,
    /// Accounting day.
    pub day: Day,
    /// The day it happened.
    pub value_day: Day,
    /// When it was posted.
    pub posted_at: Instant,
    /// Who made it.
    pub maker: PersonId,
    /// The second person.
    pub approver: Option<PersonId>,
    /// The request it came from.
    pub request: RequestId,
    /// The entry that it takes back.
    pub reverses: Option<i64>,
    /// The entry that took it back.
    pub reversed_by: Option<i64>,
    /// Its few words.
    pub note: Note,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Hashes of its evidence.
    pub evidence: Vec<[u8; 32]>,
    /// Its hash in the chain, hexadecimal.
    pub hash: String,
}

/// The few words beside an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It was posted without.
    Absent,
    /// They were erased; the chain keeps their salted hash.
    Erased,
    /// The words.
    Words(String),
}

/// Which entries a page of the journal shows. What is left out does not restrict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalQuestion {
    /// First accounting day.
    pub from: Option<Day>,
    /// Last accounting day.
    pub through: Option<Day>,
    /// The event that they came from.
    pub kind: Option<String>,
    /// An account that they move.
    pub account: Option<String>,
    /// Kind and subject of a name behind their lines.
    pub name: Option<(String, String)>,
    /// Only entries with a smaller number: how one pages on.
    pub older_than: Option<i64>,
    /// How many at most, up to [`JOURNAL_MAX`].
    pub limit: i64,
}

impl Default for JournalQuestion {
    fn default() -> JournalQuestion {
        JournalQuestion {
            from: None,
            through: None,
            kind: None,
            account: None,
            name: None,
            older_than: None,
            limit: 50,
        }
    }
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalPage {
    /// Newest first.
    pub entries: Vec<JournalEntry>,
    /// Where the next page goes on, as its `older_than`; none where this is the last.
    pub older: Option<i64>,
}

/// A page of the journal, newest entries first.
///
/// # Errors
/// A fault.
pub async fn journal(tx: &mut Tx, question: &JournalQuestion) -> Result<JournalPage, Failure> {
    let limit = question.limit.clamp(1, JOURNAL_MAX);
    let mut numbers = numbers(tx, question, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = numbers.len() > wanted;
    numbers.truncate(wanted);
    let older = numbers.last().copied().filter(|_| has_more);
    let mut entries = complete(tx, &numbers).await?;
    entries.reverse();
    Ok(JournalPage { entries, older })
}

/// One entry, complete; none where there is no such number.
///
/// # Errors
/// A fault.
pub async fn entry(tx: &mut Tx, entry_no: i64) -> Result<Option<JournalEntry>, Failure> {
    Ok(complete(tx, &[entry_no]).await?.pop())
}

async fn complete(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<JournalEntry>, Failure> {
    let reversals = stored::reversals_of(tx, numbers).await?;
    let found = stored::some(tx, numbers).await?;
    let entries = found.into_iter().map(|stored| {
        let reversed_by = reversals.get(&stored.identity.entry_no).copied();
        JournalEntry { reversed_by, ..stored.into() }
    });
    Ok(entries.collect())
}

impl From<Stored> for JournalEntry {
    fn from(stored: Stored) -> JournalEntry {
        let Stored { identity, entry, hash, note, .. } = stored;
        JournalEntry {
            entry_no: identity.entry_no,
            number: paper_number(&identity.series, identity.series_no),
            kind: identity.kind,
            day: entry.day,
            value_day: entry.value_day,
            posted_at: identity.posted_at,
            maker: identity.maker,
            approver: entry.approver,
            request: identity.request,
            reverses: entry.reverses,
            reversed_by: None,
            note: match (note, identity.note_hash) {
                (Some((_, words)), _) => Note::Words(words),
                (None, Some(_)) => Note::Erased,
                (None, None) => Note::Absent,
            },
            lines: entry.lines,
            evidence: entry.evidence,
            hash: hex::encode(hash),
        }
    }
}

/// Numbers of the entries that a question asks for, newest first.
async fn numbers(tx: &mut Tx, question: &JournalQuestion, limit: i64) -> Result<Vec<i64>, Failure> {
    let from = question.from.map_or_else(String::new, |day| day.to_iso());
    let through = question.through.map_or_else(|| "9999".to_owned(), |day| day.to_iso());
    let before = question.older_than.unwrap_or(i64::MAX);
    let event = question.kind.clone().unwrap_or_default();
    let rows: Vec<(i64,)> = match (&question.account, &question.name) {
        (None, None) => {
            tx.all(
                "select entry_no from entries
                  where coop_id = $1 and day >= $2 and day <= $3 and entry_no < $4
                    and ($5 = '' or kind = $5)
                  order by entry_no desc limit $6",
                &[&from, &through, &before, &event, &limit],
            )
            .await?
        }
        (Some(code), None) => {
            tx.all(
                "select distinct l.entry_no from lines l
                   join entries e on e.coop_id = $1 and e.entry_no = l.entry_no
                  where l.coop_id = $1 and e.day >= $2 and e.day <= $3 and l.entry_no < $4
                    and ($5 = '' or e.kind = $5) and l.account = $7
                  order by l.entry_no desc limit $6",
                &[&from, &through, &before, &event, &limit, code],
            )
            .await?
        }
        (None, Some((kind, subject))) => {
            tx.all(
                "select distinct d.entry_no from details d
                   join entries e on e.coop_id = $1 and e.entry_no = d.entry_no
                  where d.coop_id = $1 and e.day >= $2 and e.day <= $3 and d.entry_no < $4
                    and ($5 = '' or e.kind = $5) and d.kind = $7 and d.subject = $8
                  order by d.entry_no desc limit $6",
                &[&from, &through, &before, &event, &limit, kind, subject],
            )
            .await?
        }
        (Some(code), Some((kind, subject))) => {
            tx.all(
                "select distinct d.entry_no from details d
                   join lines l on l.coop_id = $1 and l.entry_no = d.entry_no
                                and l.line_no = d.line_no
                   join entries e on e.coop_id = $1 and e.entry_no = d.entry_no
                  where d.coop_id = $1 and e.day >= $2 and e.day <= $3 and d.entry_no < $4
                    and ($5 = '' or e.kind = $5) and d.kind = $7 and d.subject = $8
                    and l.account = $9
                  order by d.entry_no desc limit $6",
                &[&from, &through, &before, &event, &limit, kind, subject, code],
            )
            .await?
        }
    };
    Ok(rows.into_iter().map(|(entry_no,)| entry_no).collect())
}

/// One movement of an account or of a name behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Accounting day.
    pub day: Day,
    /// The day it happened.
    pub value_day: Day,
    /// The entry.
    pub entry_no: i64,
    /// The number on its paper.
    pub number: String,
    /// The event it came from.
    pub kind: String,
    /// Its few words, where it has them.
    pub note: Option<String>,
    /// The unit it belongs to.
    pub unit: Unit,
    /// Debit or kredit.
    pub side: Side,
    /// How much.
    pub amount: Rupiah,
    /// Debit minus kredit after this row.
    pub balance: Rupiah,
}

/// The movements of a stretch between two balances, debit minus kredit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The account.
    pub account: &'static Account,
    /// Balance before the first row.
    pub opening: Rupiah,
    /// By accounting day.
    pub rows: Vec<LedgerRow>,
    /// Balance after the last row.
    pub closing: Rupiah,
}

/// An account's ledger (buku besar). A busy account is best asked for month by month.
///
/// # Errors
/// [`LedgerRefusal::UnknownAccount`], or a fault.
pub async fn account_ledger(tx: &mut Tx, code: &str, stretch: Stretch) -> Result<Ledger, Failure> {
    let account = known(code)?;
    let (from, through) = stretch.bounds();
    let (opening,): (Rupiah,) = tx
        .one(
            "select cast(coalesce(sum(debit - credit), 0) as bigint) from movements
              where coop_id = $1 and account = $2 and period < $3",
            &[&code, &from],
        )
        .await?;
    let rows = tx
        .all(
            "select e.day, e.value_day, l.entry_no, e.series, e.series_no, e.kind, n.note, l.unit,
                    l.side, l.amount
               from lines l
               join entries e on e.coop_id = $1 and e.entry_no = l.entry_no
               left join notes n on n.coop_id = $1 and n.entry_no = l.entry_no
              where l.coop_id = $1 and l.account = $2 and e.period >= $3 and e.period <= $4
              order by e.period, e.day, l.entry_no, l.line_no",
            &[&code, &from, &through],
        )
        .await?;
    ledger(account, opening, rows)
}

/// The card of one name behind a control account (kartu simpanan, kartu piutang …).
///
/// # Errors
/// [`LedgerRefusal::UnknownAccount`], or a fault.
pub async fn name_ledger(
    tx: &mut Tx,
    code: &str,
    subject: &(impl ToString + ?Sized),
    stretch: Stretch,
) -> Result<Ledger, Failure> {
    let account = known(code)?;
    let kind = account.subledger.unwrap_or_default();
    let subject = subject.to_string();
    let (from, through) = stretch.bounds();
    let (opening,): (Rupiah,) = tx
        .one(
            "select cast(coalesce(sum(case l.side when 'D' then d.amount else -d.amount end), 0)
                    as bigint)
               from details d
               join lines l on l.coop_id = $1 and l.entry_no = d.entry_no and l.line_no = d.line_no
               join entries e on e.coop_id = $1 and e.entry_no = d.entry_no
              where d.coop_id = $1 and d.kind = $2 and d.subject = $3 and l.account = $4
                and e.period < $5",
            &[&kind, &subject, &code, &from],
        )
        .await?;
    let rows = tx
        .all(
            "select e.day, e.value_day, d.entry_no, e.series, e.series_no, e.kind, n.note, l.unit,
                    l.side, d.amount
               from details d
               join lines l on l.coop_id = $1 and l.entry_no = d.entry_no and l.line_no = d.line_no
               join entries e on e.coop_id = $1 and e.entry_no = d.entry_no
               left join notes n on n.coop_id = $1 and n.entry_no = d.entry_no
              where d.coop_id = $1 and d.kind = $2 and d.subject = $3 and l.account = $4
                and e.period >= $5 and e.period <= $6
              order by e.period, e.day, d.entry_no, d.line_no, d.detail_no",
            &[&kind, &subject, &code, &from, &through],
        )
        .await?;
    ledger(account, opening, rows)
}

fn known(code: &str) -> Result<&'static Account, LedgerRefusal> {
    account(code).ok_or_else(|| LedgerRefusal::UnknownAccount { account: code.to_owned() })
}

fn ledger(
    account: &'static Account,
    opening: Rupiah,
    mut rows: Vec<LedgerRow>,
) -> Result<Ledger, Failure> {
    let mut closing = opening;
    for row in &mut rows {
        let moved = match row.side {
            Side::Debit => closing.plus(row.amount),
            Side::Credit => closing.minus(row.amount),
        };
        closing = moved.map_err(|_| LedgerRefusal::TooLarge)?;
        row.balance = closing;
    }
    Ok(Ledger { account, opening, rows, closing })
}

impl FromRow for LedgerRow {
    fn from_row(row: Vec<Cell>) -> Result<LedgerRow, Fault> {
        let mut cells = Cells::new(row);
        let (day, value_day, entry_no) = (cells.take()?, cells.take()?, cells.take()?);
        let (series, series_no): (String, i64) = (cells.take()?, cells.take()?);
        Ok(LedgerRow {
            day,
            value_day,
            entry_no,
            number: paper_number(&series, series_no),
            kind: cells.take()?,
            note: cells.take()?,
            unit: stored::unit(cells.take()?)?,
            side: stored::side(cells.take()?)?,
            amount: cells.take()?,
            balance: Rupiah::ZERO,
        })
    }
}
