//! The journal on screen: its entries newest first, one entry complete, one account's ledger.

use access::SignedIn;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use ledger::{
    Account, Detail, JournalEntry, JournalPage, JournalQuestion, Ledger, LedgerRow, Line, Note,
    Side, account, accounts,
};
use serde::Deserialize;
use store::{Failure, Tx};
use values::{Month, PersonId, Rupiah};
use web::{Page, Problem, Shell, html};

use super::Chosen;
use crate::names::{self, Names};
use crate::stretch::{Asked, offered};
use crate::words;

/// Rows of an account that one page shows; older ones are carried forward.
const ROWS_MAX: usize = 400;

/// Which entries are asked for.
#[derive(Deserialize)]
pub(crate) struct AskedEntries {
    #[serde(default)]
    bulan: String,
    #[serde(default)]
    akun: String,
    /// Entries before this number: how one pages on.
    #[serde(default)]
    sebelum: String,
}

impl AskedEntries {
    fn month(&self) -> Option<Month> {
        Month::parse(&self.bulan).ok()
    }

    fn question(&self) -> JournalQuestion {
        let month = self.month();
        JournalQuestion {
            from: month.map(Month::first_day),
            through: month.map(Month::last_day),
            account: account(&self.akun).map(|account| account.code.to_owned()),
            older_than: self.sebelum.parse().ok(),
            ..JournalQuestion::default()
        }
    }
}

#[derive(Template)]
#[template(path = "pages/journal.html")]
struct JournalListPage {
    page: Page,
    asked: AskedEntries,
    months: Vec<Month>,
    accounts: &'static [Account],
    entries: Vec<JournalEntry>,
    older: Option<i64>,
}

impl JournalListPage {
    fn is(&self, month: &Month) -> bool {
        self.asked.month() == Some(*month)
    }
}

/// The words of an entry, for the templates.
fn words_of(entry: &JournalEntry) -> &str {
    match &entry.note {
        Note::Words(words) => words,
        Note::Absent | Note::Erased => "",
    }
}

/// The name of a line's account, for the templates.
fn name_of(line: &Line) -> &'static str {
    account(&line.account).map_or("", |account| account.name)
}

/// The amount of a line in one of the two columns.
fn on(line: &Line, side: Side) -> String {
    if line.side == side { line.amount.plain() } else { String::new() }
}

pub(crate) async fn show(
    State(shell): State<Shell>,
    who: SignedIn,
    Query(asked): Query<AskedEntries>,
) -> Result<Response, Problem> {
    let question = asked.question();
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok((ledger::journal(tx, &question).await?, ledger::span(tx).await?))
    };
    let (JournalPage { entries, older }, span) = shell.store.read(who.coop(), ask).await?;
    let today = values::Day::of_instant(shell.clock.now());
    let months = offered(span.map(|span| span.first_day), today);
    let (page, accounts) = (who.page("Jurnal"), accounts());
    Ok(html(&JournalListPage { page, asked, months, accounts, entries, older }))
}

#[derive(Template)]
#[template(path = "pages/entry.html")]
struct EntryPage {
    page: Page,
    entry: JournalEntry,
    names: Names,
    evidence: Vec<String>,
    debit: Rupiah,
}

impl EntryPage {
    /// The name behind a detail.
    fn behind<'a>(&'a self, detail: &'a Detail) -> &'a str {
        self.names.behind(detail)
    }

    fn person(&self, person: &PersonId) -> &str {
        self.names.person(person)
    }
}

pub(crate) async fn show_entry(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
    let ask = async move |tx: &mut Tx| -> Result<Option<(JournalEntry, Names)>, Failure> {
        let Some(entry) = ledger::entry(tx, number).await? else { return Ok(None) };
        let names = names::of_entries(tx, std::slice::from_ref(&entry)).await?;
        Ok(Some((entry, names)))
    };
    let found = shell.store.read(who.coop(), ask).await?;
    let (entry, names) = found.ok_or_else(Problem::not_found)?;
    let debits = entry.lines.iter().filter(|line| line.side == Side::Debit);
    let debit = Rupiah::total(debits.map(|line| line.amount)).unwrap_or(Rupiah::ZERO);
    let evidence = entry.evidence.iter().map(hex::encode).collect();
    Ok(html(&EntryPage { page: who.page("Jurnal"), entry, names, evidence, debit }))
}

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage {
    page: Page,
    chosen: Chosen,
    ledger: Ledger,
    /// What moved on each side in the whole stretch.
    debit: Rupiah,
    credit: Rupiah,
    /// Whether rows before the first one shown are carried forward in one figure.
    carried: bool,
}

impl AccountPage {
    /// A balance on the account's own side.
    fn normal(&self, net: &Rupiah) -> Rupiah {
        match self.ledger.account.normal {
            Side::Debit => *net,
            Side::Credit => net.negated(),
        }
    }
}

pub(crate) async fn show_account(
    State(shell): State<Shell>,
    who: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let known = account(&code).ok_or_else(Problem::not_found)?;
    let stretch = asked.movements();
    let ask = async move |tx: &mut Tx| ledger::account_ledger(tx, known.code, stretch).await;
    let whole = shell.store.read(who.coop(), ask).await?;
    let (debit, credit) = (moved(&whole.rows, Side::Debit), moved(&whole.rows, Side::Credit));
    let (ledger, carried) = newest(whole);
    let chosen = Chosen::of(&shell, &who, asked).await?;
    let page = who.page(&format!("{} {}", known.code, known.name));
    Ok(html(&AccountPage { page, chosen, ledger, debit, credit, carried }))
}

fn moved(rows: &[LedgerRow], side: Side) -> Rupiah {
    let of_side = rows.iter().filter(|row| row.side == side);
    Rupiah::total(of_side.map(|row| row.amount)).unwrap_or(Rupiah::ZERO)
}

/// The newest rows; those before them are carried forward.
fn newest(mut ledger: Ledger) -> (Ledger, bool) {
    let older = ledger.rows.len().saturating_sub(ROWS_MAX);
    if let Some(last) = ledger.rows.drain(..older).next_back() {
        ledger.opening = last.balance;
    }
    (ledger, older > 0)
}

#[cfg(test)]
mod tests {
    use ledger::Unit;
    use values::Day;

    use super::*;

    #[test]
    fn old_rows_are_carried_forward_and_the_balance_stays() {
        let day = Day::parse_iso("2025-10-14").unwrap();
        let row = |balance: i64| LedgerRow {
            day,
            value_day: day,
            entry_no: balance,
            number: String::new(),
            kind: String::new(),
            note: None,
            unit: Unit::Pst,
            side: Side::Debit,
            amount: Rupiah::new(1),
            balance: Rupiah::new(balance),
        };
        let ledger = |count: i64| Ledger {
            account: account("11101").unwrap(),
            opening: Rupiah::ZERO,
            rows: (1..=count).map(row).collect(),
            closing: Rupiah::new(count),
        };
        let (short, carried) = newest(ledger(400));
        assert_eq!((short.rows.len(), short.opening, carried), (400, Rupiah::ZERO, false));
        let (long, carried) = newest(ledger(410));
        assert_eq!((long.rows.len(), long.opening, carried), (400, Rupiah::new(10), true));
        assert_eq!(long.rows[0].balance, Rupiah::new(11));
    }

    #[test]
    fn a_question_that_makes_no_sense_restricts_nothing() {
        let asked = |bulan: &str, akun: &str, sebelum: &str| AskedEntries {
            bulan: bulan.to_owned(),
            akun: akun.to_owned(),
            sebelum: sebelum.to_owned(),
        };
        assert_eq!(asked("x", "99", "-").question(), JournalQuestion::default());
        let october = asked("2025-10", "11101", "7").question();
        assert_eq!(october.from, Day::parse_iso("2025-10-01").ok());
        assert_eq!(october.through, Day::parse_iso("2025-10-31").ok());
        assert_eq!((october.account.as_deref(), october.older_than), (Some("11101"), Some(7)));
    }
}
