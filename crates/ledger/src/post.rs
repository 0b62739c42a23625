//! Posting: the only way into the journal.
//!
//! All refusals come first, in a fixed order; then only writes. The entry gets the next number of the
//! cooperative, the next number of its paper series, and a hash over the entry before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Failure, Head, Later, Tx};
use values::{Ctx, Day, Rupiah};

use crate::record::{Place, record};
use crate::{Account, Entry, LedgerRefusal, Series, Side, Unit, account};

/// The largest line: a thousand trillion rupiah, so that sums stay far within 64 bits.
pub(crate) const LINE_MAX: Rupiah = Rupiah::new(1_000_000_000_000_000);

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
    let place = Place { series, last_no: facts.last_no, head: facts.head };
    record(tx, ctx, &entry, place).await
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
    judge_sides(entry)?;
    for line in &entry.lines {
        judge_line(line, entry.day, facts)?;
    }
    judge_balance(entry)?;
    judge_cash(entry, facts)
}

pub(crate) fn judge_sides(entry: &Entry) -> Result<(), LedgerRefusal> {
    let has = |side| entry.lines.iter().any(|line| line.side == side);
    if has(Side::Debit) && has(Side::Credit) { Ok(()) } else { Err(LedgerRefusal::OneSided) }
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

pub(crate) fn judge_details(
    line: &crate::Line,
    known: &'static Account,
) -> Result<(), LedgerRefusal> {
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
pub(crate) fn judge_balance(entry: &Entry) -> Result<(), LedgerRefusal> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse_iso(iso).unwrap()
    }

    fn facts() -> Facts {
        Facts {
            today: day("2025-10-14"),
            first_day: Some(day("2025-01-01")),
            closed_through: Some(day("2025-09-30")),
            closed_accounts: BTreeMap::from([("11602".to_owned(), day("2025-10-10"))]),
            cash: BTreeMap::from([("11101", Rupiah::new(40_000))]),
            last_no: 0,
            head: Head { entry_no: 0, chain_hash: [0; 32], posted_at: 0 },
        }
    }

    fn spent(on: &str, rupiah: i64) -> Entry {
        let amount = Rupiah::new(rupiah);
        let entry = Entry::new("test.spent", day(on)).debit("61105", Unit::Pst, amount);
        entry.credit("11101", Unit::Pst, amount)
    }

    /// The code of what is refused, or `taken`.
    fn verdict(entry: &Entry, facts: &Facts) -> &'static str {
        decide(entry, facts).map_or_else(|refusal| store::Refusal::code(&refusal), |()| "taken")
    }

    #[test]
    fn all_that_is_there_may_be_spent_and_one_rupiah_more_may_not() {
        assert_eq!(verdict(&spent("2025-10-01", 40_000), &facts()), "taken");
        assert_eq!(verdict(&spent("2025-10-01", 40_001), &facts()), "ledger.cash_below_zero");
        assert_eq!(verdict(&spent("2025-10-14", 1), &facts()), "taken");
    }

    #[test]
    fn of_many_reasons_the_first_one_is_told() {
        let one = Rupiah::new(1);
        let mut entry = spent("2025-10-15", 1_000_000_000_000_001);
        entry = entry.debit("11602", Unit::Pst, one).debit("11103", Unit::Pst, one);
        entry = entry.debit("31101", Unit::Pst, one);
        let told = |entry: &Entry| verdict(entry, &facts());
        assert_eq!(
            verdict(&entry, &Facts { first_day: None, ..facts() }),
            "ledger.books_not_opened"
        );
        assert_eq!(told(&entry), "ledger.future_day");
        entry.day = day("2025-09-30");
        assert_eq!(told(&entry), "ledger.closed_period");
        (entry.day, entry.value_day) = (day("2025-10-10"), day("2025-09-30"));
        assert_eq!(told(&entry), "ledger.too_large");
        entry.lines.iter_mut().for_each(|line| line.amount = Rupiah::new(50_000));
        assert_eq!(told(&entry), "ledger.closed_account");
        entry.lines.remove(2);
        assert_eq!(told(&entry), "ledger.other_unit");
        entry.lines.remove(2);
        assert_eq!(told(&entry), "ledger.details_missing");
        entry.lines[2].details.push(crate::Detail::new("anggota", "tini", Rupiah::new(50_000)));
        assert_eq!(told(&entry), "ledger.unbalanced");
        entry.lines.remove(2);
        assert_eq!(told(&entry), "ledger.cash_below_zero");
        entry.lines.remove(1);
        assert_eq!(told(&entry), "ledger.one_sided");
    }

    #[test]
    fn a_paper_has_three_digits_and_a_devices_receipt_six() {
        assert_eq!(paper_number("TOK-20251014", 3), "TOK-20251014-003");
        assert_eq!(paper_number("K017-A1-01", 412), "K017-A1-01-000412");
        assert_eq!(paper_number("PST-20251014", 1_000), "PST-20251014-1000");
    }
}
