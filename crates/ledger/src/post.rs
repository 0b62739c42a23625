//! Posting: the only way into the journal.
//!
//! All refusals come first, in a fixed order; then only writes. The entry gets the next number of the
//! cooperative, the next number of its paper series, and a hash over the entry before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Failure, Fault, Head, Later, Tx};
use values::{Ctx, Day, Instant, Period, Rupiah};

use crate::chain::{Identity, hash_of, note_hash};
use crate::{Account, Entry, LedgerRefusal, Series, Side, Unit, account};

/// The largest line: a thousand trillion rupiah, so that sums stay far within 64 bits.
const LINE_MAX: Rupiah = Rupiah::new(1_000_000_000_000_000);

/// What a posted entry is known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Its number in the cooperative's journal.
    pub entry_no: i64,
    /// The number on its paper: `TOK-20251014-003`, `K017-A1-01-000412`.
    pub number: String,
    /// Its hash in the chain, hexadecimal.
    pub hash: String,
}

/// What must be known before an entry can be judged.
struct Facts {
    today: Day,
    first_day: Option<Day>,
    closed_through: Option<Day>,
    closed_accounts: BTreeMap<String, Day>,
    cash: BTreeMap<&'static str, Rupiah>,
    last_no: i64,
    head: Head,
}

/// Posts an entry.
///
/// # Errors
/// [`LedgerRefusal`] in the order of its variants, or a fault.
pub async fn post(tx: &mut Tx, ctx: &Ctx, entry: Entry) -> Result<Posted, Failure> {
    let series = series_name(&entry);
    let facts = facts(tx, ctx, &entry, &series).await?;
    decide(&entry, &facts)?;
    record(tx, ctx, entry, series, facts).await
}

fn series_name(entry: &Entry) -> String {
    match &entry.series {
        Series::Paper(unit) => format!("{}-{}", unit.code(), entry.day.to_iso().replace('-', "")),
        Series::Device(name) => name.clone(),
    }
}

/// How a number stands on paper: three digits for a day's papers, six for a device's receipts.
#[must_use]
pub fn paper_number(series: &str, series_no: i64) -> String {
    let is_paper = Unit::ALL.iter().any(|unit| series.starts_with(&format!("{}-", unit.code())));
    if is_paper { format!("{series}-{series_no:03}") } else { format!("{series}-{series_no:06}") }
}

async fn facts(tx: &mut Tx, ctx: &Ctx, entry: &Entry, series: &str) -> Result<Facts, Failure> {
    let books: Later<(Day, Day)> =
        tx.later("select first_day, closed_through from books where coop_id = $1", &[]).await?;
    let closed: Later<(String, Day)> = tx
        .later("select account, closed_from from closed_accounts where coop_id = $1", &[])
        .await?;
    let last: Later<(i64,)> = tx
        .later("select last_no from series where coop_id = $1 and series = $2", &[&series])
        .await?;
    let mut balances: Vec<(&'static str, Later<(i64,)>)> = Vec::new();
    for code in credited_cash(entry) {
        let later = tx
            .later(
                "select cast(coalesce(sum(debit - credit), 0) as bigint) from movements
                  where coop_id = $1 and account = $2",
                &[&code],
            )
            .await?;
        balances.push((code, later));
    }
    let mut cash = BTreeMap::new();
    for (code, later) in balances {
        let (balance,) = later.maybe().await?.unwrap_or((0,));
        cash.insert(code, Rupiah::new(balance));
    }
    let (first_day, closed_through) = books.maybe().await?.unzip();
    Ok(Facts {
        today: ctx.day(),
        first_day,
        closed_through,
        closed_accounts: closed.all().await?.into_iter().collect(),
        cash,
        last_no: last.maybe().await?.map_or(0, |(last,)| last),
        head: tx.head().await?,
    })
}

/// Cash accounts from which the entry takes more than it gives.
fn credited_cash(entry: &Entry) -> Vec<&'static str> {
    let credits = entry.lines.iter().filter(|line| line.side == Side::Credit);
    let mut codes: Vec<&'static str> = credits
        .filter_map(|line| account(&line.account))
        .filter(|account| account.is_cash())
        .map(|account| account.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn decide(entry: &Entry, facts: &Facts) -> Result<(), LedgerRefusal> {
    let (Some(_), Some(closed_through)) = (facts.first_day, facts.closed_through) else {
        return Err(LedgerRefusal::BooksNotOpened);
    };
    if entry.day <= closed_through {
        return Err(LedgerRefusal::ClosedPeriod { day: entry.day, closed_through });
    }
    let latest = entry.day.max(entry.value_day);
    if latest > facts.today {
        return Err(LedgerRefusal::FutureDay { day: latest, today: facts.today });
    }
    let has = |side| entry.lines.iter().any(|line| line.side == side);
    if !has(Side::Debit) || !has(Side::Credit) {
        return Err(LedgerRefusal::OneSided);
    }
    for line in &entry.lines {
        judge_line(line, entry.day, facts)?;
    }
    judge_balance(entry)?;
    judge_cash(entry, facts)
}

fn judge_line(line: &crate::Line, day: Day, facts: &Facts) -> Result<(), LedgerRefusal> {
    let code = || line.account.clone();
    if !line.amount.is_positive() {
        return Err(LedgerRefusal::NotPositive { account: code(), amount: line.amount });
    }
    if line.amount > LINE_MAX {
        return Err(LedgerRefusal::TooLarge);
    }
    let Some(known) = account(&line.account) else {
        return Err(LedgerRefusal::UnknownAccount { account: code() });
    };
    if let Some(&since) = facts.closed_accounts.get(&line.account)
        && since <= day
    {
        return Err(LedgerRefusal::ClosedAccount { account: code(), since });
    }
    if let Some(unit) = known.unit
        && unit != line.unit
    {
        return Err(LedgerRefusal::OtherUnit { account: code(), unit: unit.code() });
    }
    judge_details(line, known)
}

fn judge_details(line: &crate::Line, known: &'static Account) -> Result<(), LedgerRefusal> {
    let account = line.account.clone();
    let Some(kind) = known.subledger else {
        return if line.details.is_empty() {
            Ok(())
        } else {
            Err(LedgerRefusal::DetailsUnwanted { account })
        };
    };
    let named = line.details.iter().all(|detail| {
        detail.kind == kind && !detail.subject.is_empty() && detail.amount.is_positive()
    });
    let sum = total(line.details.iter().map(|detail| detail.amount))?;
    if named && sum == line.amount {
        Ok(())
    } else {
        Err(LedgerRefusal::DetailsMissing { account, kind })
    }
}

/// Entries balance in total; memo accounts balance among themselves.
fn judge_balance(entry: &Entry) -> Result<(), LedgerRefusal> {
    for memo in [false, true] {
        let of = |side| {
            let lines = entry.lines.iter().filter(move |line| line.side == side);
            lines
                .filter(move |line| account(&line.account).is_some_and(|a| a.is_memo() == memo))
                .map(|line| line.amount)
        };
        let (debit, credit) = (total(of(Side::Debit))?, total(of(Side::Credit))?);
        if debit != credit {
            return Err(LedgerRefusal::Unbalanced { debit, credit });
        }
    }
    Ok(())
}

fn judge_cash(entry: &Entry, facts: &Facts) -> Result<(), LedgerRefusal> {
    for (&code, &available) in &facts.cash {
        let of = |side| {
            let lines = entry.lines.iter().filter(move |line| line.side == side);
            lines.filter(move |line| line.account == code).map(|line| line.amount)
        };
        let given = total(of(Side::Debit))?;
        let asked = total(of(Side::Credit))?;
        let there = available.plus(given).map_err(|_| LedgerRefusal::TooLarge)?;
        if asked > there {
            let name = account(code).map_or("", |account| account.name);
            return Err(LedgerRefusal::CashBelowZero { name, available: there, asked });
        }
    }
    Ok(())
}

fn total(amounts: impl Iterator<Item = Rupiah>) -> Result<Rupiah, LedgerRefusal> {
    Rupiah::total(amounts).map_err(|_| LedgerRefusal::TooLarge)
}

async fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    entry: Entry,
    series: String,
    facts: Facts,
) -> Result<Posted, Failure> {
    let salt = salt_of(&tx.salt(), facts.head.entry_no);
    let identity = Identity {
        coop: ctx.coop,
        entry_no: facts.head.entry_no + 1,
        kind: entry.kind.to_owned(),
        posted_at: ctx.at.max(Instant::from_micros(facts.head.posted_at)),
        series,
        series_no: facts.last_no + 1,
        maker: ctx.person,
        request: ctx.request,
        content: tx.content_hash(),
        note_hash: entry.note.as_ref().map(|note| note_hash(&salt, note)),
        previous: facts.head.chain_hash,
    };
    let hash = hash_of(&identity, &entry);
    write_entry(tx, &identity, &entry, &hash).await?;
    write_lines(tx, identity.entry_no, &entry).await?;
    write_totals(tx, &entry).await?;
    if let Some(note) = &entry.note {
        tx.run(
            "insert into notes (coop_id, entry_no, salt, note) values ($1, $2, $3, $4)",
            1,
            &[&identity.entry_no, &salt, &note],
        )
        .await?;
    }
    let posted_at = identity.posted_at.micros();
    let head = Head { entry_no: identity.entry_no, chain_hash: hash, posted_at };
    tx.advance_head(&head).await?;
    Ok(Posted {
        entry_no: identity.entry_no,
        number: paper_number(&identity.series, identity.series_no),
        hash: hex::encode(hash),
    })
}

fn salt_of(salt: &[u8; 16], entry_no: i64) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(entry_no.to_be_bytes());
    hash.finalize()[..16].to_vec()
}

async fn write_entry(
    tx: &mut Tx,
    identity: &Identity,
    entry: &Entry,
    hash: &[u8; 32],
) -> Result<(), Fault> {
    tx.run(
        "insert into series (coop_id, series, last_no) values ($1, $2, $3)
         on conflict (coop_id, series) do update set last_no = excluded.last_no",
        1,
        &[&identity.series, &identity.series_no],
    )
    .await?;
    tx.run(
        "insert into entries (coop_id, entry_no, period, day, value_day, posted_at, kind, series,
                series_no, maker_id, approver_id, request_id, content_hash, reverses, note_hash,
                previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        1,
        &[
            &identity.entry_no,
            &Period::of(entry.day),
            &entry.day,
            &entry.value_day,
            &identity.posted_at,
            &identity.kind,
            &identity.series,
            &identity.series_no,
            &identity.maker,
            &entry.approver,
            &identity.request,
            &identity.content,
            &entry.reverses,
            &identity.note_hash,
            &identity.previous,
            hash,
        ],
    )
    .await?;
    for (place, evidence) in (1_i64..).zip(&entry.evidence) {
        tx.run(
            "insert into entry_evidence (coop_id, entry_no, evidence_no, hash)
             values ($1, $2, $3, $4)",
            1,
            &[&identity.entry_no, &place, evidence],
        )
        .await?;
    }
    Ok(())
}

async fn write_lines(tx: &mut Tx, entry_no: i64, entry: &Entry) -> Result<(), Fault> {
    for (line_no, line) in (1_i64..).zip(&entry.lines) {
        tx.run(
            "insert into lines (coop_id, entry_no, line_no, account, unit, side, amount)
             values ($1, $2, $3, $4, $5, $6, $7)",
            1,
            &[
                &entry_no,
                &line_no,
                &line.account,
                &line.unit.code(),
                &line.side.letter(),
                &line.amount,
            ],
        )
        .await?;
        for (detail_no, detail) in (1_i64..).zip(&line.details) {
            tx.run(
                "insert into details (coop_id, entry_no, line_no, detail_no, kind, subject, month,
                        amount)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                1,
                &[
                    &entry_no,
                    &line_no,
                    &detail_no,
                    &detail.kind,
                    &detail.subject,
                    &detail.month,
                    &detail.amount,
                ],
            )
            .await?;
        }
    }
    Ok(())
}

/// Debit and kredit of one running total.
#[derive(Default, Clone, Copy)]
struct Sides {
    debit: i64,
    credit: i64,
}

impl Sides {
    /// Sums of one entry's lines stay within 64 bits: `judge_balance` has added them up before.
    fn add(&mut self, side: Side, amount: Rupiah) {
        match side {
            Side::Debit => self.debit += amount.get(),
            Side::Credit => self.credit += amount.get(),
        }
    }
}

async fn write_totals(tx: &mut Tx, entry: &Entry) -> Result<(), Fault> {
    let mut movements: BTreeMap<(&str, Unit), Sides> = BTreeMap::new();
    let mut names: BTreeMap<(&str, &str, &str), Sides> = BTreeMap::new();
    for line in &entry.lines {
        movements.entry((&line.account, line.unit)).or_default().add(line.side, line.amount);
        for detail in &line.details {
            let key = (line.account.as_str(), detail.kind.as_str(), detail.subject.as_str());
            names.entry(key).or_default().add(line.side, detail.amount);
        }
    }
    let period = Period::of(entry.day);
    for ((account, unit), sides) in movements {
        tx.run(
            "insert into movements (coop_id, period, account, unit, debit, credit)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (coop_id, period, account, unit) do update
                set debit = movements.debit + excluded.debit,
                    credit = movements.credit + excluded.credit",
            1,
            &[&period, &account, &unit.code(), &sides.debit, &sides.credit],
        )
        .await?;
    }
    for ((account, kind, subject), sides) in names {
        tx.run(
            "insert into subledger (coop_id, account, kind, subject, debit, credit)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (coop_id, account, kind, subject) do update
                set debit = subledger.debit + excluded.debit,
                    credit = subledger.credit + excluded.credit",
            1,
            &[&account, &kind, &subject, &sides.debit, &sides.credit],
        )
        .await?;
    }
    Ok(())
}
