//! Months of small cooperatives in plain text, and the statements that they must give.
//!
//! A file of `tests/books/` is a journal as [`ledger::text`] reads it, followed by sections that begin
//! with `==`. Each section is printed again from the books, and every line must be the same.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::fs;
use std::path::Path;

use ledger::{Balance, Side, Stretch, accounts, names_behind, phu, position, text, trial_balance};
use store::{Failure, Store, Tx};
use testkit::{Clock, TAMANSARI, act, on_both, recount, with_books};
use values::{Ctx, Rupiah};

/// Sections that no book may leave out.
const NEEDED: [&str; 3] = ["neraca saldo", "perhitungan hasil usaha", "posisi keuangan"];

/// A file of `tests/books/`.
struct Book {
    name: String,
    journal: String,
    /// Heading and lines of each section.
    expected: Vec<(String, Vec<String>)>,
}

fn books() -> Vec<Book> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension() == Some("txt".as_ref())).collect();
    files.sort();
    files.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Book {
    let mut book = Book {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        journal: String::new(),
        expected: Vec::new(),
    };
    for line in fs::read_to_string(path).unwrap().lines() {
        let is_remark = line.is_empty() || line.starts_with(';');
        if let Some(heading) = line.strip_prefix("== ") {
            book.expected.push((heading.to_owned(), Vec::new()));
        } else if let Some((_, lines)) = book.expected.last_mut() {
            lines.extend((!is_remark).then(|| line.to_owned()));
        } else {
            book.journal.push_str(line);
            book.journal.push('\n');
        }
    }
    book
}

/// What a section says of the books as they are.
async fn section(tx: &mut Tx, heading: &str) -> Result<Vec<String>, Failure> {
    let balances = trial_balance(tx, Stretch::ALL).await?;
    let (memo, real): (Vec<Balance>, Vec<Balance>) =
        balances.into_iter().partition(|balance| balance.account.is_memo());
    match heading {
        "neraca saldo" => Ok(sides(&real)),
        "memorial" => Ok(sides(&memo)),
        "nama" => names(tx).await,
        "perhitungan hasil usaha" => Ok(result(&real)),
        "posisi keuangan" => Ok(standing(&real)),
        other => panic!("no section is called “{other}”"),
    }
}

fn sides(balances: &[Balance]) -> Vec<String> {
    let lines = balances
        .iter()
        .map(|balance| format!("{} {}", balance.account.code, on_its_side(balance.net)));
    let (debit, credit) = (sum(balances, Balance::debit), sum(balances, Balance::credit));
    assert_eq!(debit, credit);
    lines.chain([format!("jumlah {}", debit.plain())]).collect()
}

fn sum(balances: &[Balance], side: fn(&Balance) -> Rupiah) -> Rupiah {
    Rupiah::total(balances.iter().map(side)).unwrap()
}

fn on_its_side(net: Rupiah) -> String {
    let side = if net.is_negative() { Side::Credit } else { Side::Debit };
    format!("{} {}", side.letter(), net.abs().plain())
}

async fn names(tx: &mut Tx) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    for known in accounts().iter().filter(|account| account.subledger.is_some()) {
        for (subject, net) in names_behind(tx, known.code).await? {
            lines.push(format!("{} {subject} {}", known.code, on_its_side(net)));
        }
    }
    Ok(lines)
}

fn result(balances: &[Balance]) -> Vec<String> {
    let lines = phu(balances).unwrap().into_iter();
    lines.map(|line| format!("{} {}", line.code, line.amount.plain())).collect()
}

fn standing(balances: &[Balance]) -> Vec<String> {
    let found = position(balances).unwrap();
    assert_eq!(found.uneliminated, Rupiah::ZERO);
    let other_side = found.total_liabilities.plus(found.total_equity).unwrap();
    let lines = found.assets.iter().chain(&found.liabilities).chain(&found.equity);
    let lines = lines.map(|line| format!("{} {}", line.code, line.amount.plain()));
    let totals = [
        format!("jumlah-aset {}", found.total_assets.plain()),
        format!("jumlah-kewajiban-dan-ekuitas {}", other_side.plain()),
    ];
    lines.chain(totals).collect()
}

async fn post_all(store: &Store, clock: &Clock, book: &Book) -> usize {
    let drafts = text::parse(&book.journal).unwrap_or_else(|errors| {
        panic!("{}: {}", book.name, errors.first().unwrap());
    });
    let event = async move |tx: &mut Tx, ctx: &Ctx| text::record(tx, ctx, &drafts).await;
    let posted = act(store, clock, TAMANSARI, event).await;
    posted.unwrap_or_else(|failure| panic!("{}: {failure}", book.name)).len()
}

#[test]
fn every_book_gives_its_statements_on_both_engines() {
    let books = books();
    assert!(books.len() >= 2, "the books are found");
    for book in &books {
        for needed in NEEDED {
            let found = book.expected.iter().any(|(heading, _)| heading == needed);
            assert!(found, "{} lacks “{needed}”", book.name);
        }
        on_both(async |engine| {
            let (store, clock) = (&engine.store, Clock::at("2026-01-02"));
            with_books(store, &clock, TAMANSARI, "2025-01-01").await;
            let posted = post_all(store, &clock, book).await;
            for (heading, expected) in &book.expected {
                let asked = heading.clone();
                let ask = async move |tx: &mut Tx| section(tx, &asked).await;
                let found = store.read(TAMANSARI, ask).await.unwrap();
                assert_eq!(&found, expected, "{} {}: {heading}", engine.name, book.name);
            }
            let recounted = recount(store, TAMANSARI).await;
            assert_eq!(recounted.entries, i64::try_from(posted).unwrap());
            assert_eq!(recounted.findings, Vec::new(), "{} {}", engine.name, book.name);
        });
    }
}
