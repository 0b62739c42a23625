//! The journal of one cooperative in the words of other programs, page by page.
//!
//! hledger and beancount read it as their own journal and come to the same balances; CSV is for
//! spreadsheets; the own text reads back with [`text::parse`]. Memo accounts
//! balance among themselves: in hledger as balanced virtual postings, in beancount below equity.

mod beancount;
mod csv;
mod hledger;

use std::io;

use store::{Failure, Fault, Store, Tx};
use values::{CoopId, Day, Rupiah};

use crate::stored::{self, Stored};
use crate::{Account, Detail, Line, Side, account, paper_number, span, text};

/// In whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A journal for hledger.
    Hledger,
    /// A ledger for beancount.
    Beancount,
    /// One row for each line, or for each name behind it.
    Csv,
    /// Our own text.
    Text,
}

impl Form {
    /// All forms.
    pub const ALL: [Form; 4] = [Form::Hledger, Form::Beancount, Form::Csv, Form::Text];

    /// The ending of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Form::Hledger => "journal",
            Form::Beancount => "beancount",
            Form::Csv => "csv",
            Form::Text => "txt",
        }
    }
}

/// A part of an exported journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text; parts follow each other without anything between.
    pub text: String,
    /// Entries in it.
    pub entries: i64,
    /// After which entry the next part begins; none where this is the last.
    pub next: Option<i64>,
}

/// The part of a journal that begins after an entry; the part after 0 has what stands at the head.
///
/// Each part may be asked for in a question of its own, since what is posted never changes.
///
/// # Errors
/// A fault, also where an entry cannot be read any more.
pub async fn part(tx: &mut Tx, form: Form, after: i64) -> Result<Part, Failure> {
    let mut text = if after == 0 { head(tx, form).await? } else { String::new() };
    let page = stored::page_after(tx, after).await?;
    let (mut entries, mut last) = (0, after);
    for row in page.rows {
        put_entry(&mut text, form, &row.read?);
        (entries, last) = (entries + 1, row.entry_no);
    }
    let next = (entries == stored::PAGE).then_some(last);
    Ok(Part { text, entries, next })
}

/// Writes a whole journal, a part at a time, and tells how many entries it had.
///
/// # Errors
/// A fault; what the writer says becomes one.
pub async fn write_all(
    store: &Store,
    coop: CoopId,
    form: Form,
    out: &mut impl io::Write,
) -> Result<i64, Failure> {
    let (mut after, mut entries) = (0, 0);
    loop {
        let ask = async move |tx: &mut Tx| part(tx, form, after).await;
        let part = store.read(coop, ask).await?;
        out.write_all(part.text.as_bytes()).map_err(|error| Fault::Engine(error.to_string()))?;
        entries += part.entries;
        match part.next {
            Some(next) => after = next,
            None => return Ok(entries),
        }
    }
}

async fn head(tx: &mut Tx, form: Form) -> Result<String, Failure> {
    let coop = tx.coop();
    let first_day = span(tx).await?.map(|span| span.first_day);
    Ok(match form {
        Form::Hledger => hledger::head(coop),
        Form::Beancount => beancount::head(coop, first_day),
        Form::Csv => csv::head(),
        Form::Text => format!("; Jurnal koperasi {coop}\n"),
    })
}

fn put_entry(out: &mut String, form: Form, stored: &Stored) {
    match form {
        Form::Hledger => hledger::put(out, stored),
        Form::Beancount => beancount::put(out, stored),
        Form::Csv => csv::put(out, stored),
        Form::Text => {
            let mut entry = stored.entry.clone();
            entry.note = stored.note.as_ref().map(|(_, words)| words.clone());
            out.push('\n');
            out.push_str(&text::write(&entry));
        }
    }
}

/// A line taken apart by the names behind it: other programs know no details.
struct Posting<'a> {
    line: &'a Line,
    detail: Option<&'a Detail>,
    /// Debit positive.
    amount: Rupiah,
}

fn postings(line: &Line) -> Vec<Posting<'_>> {
    let signed = |amount: Rupiah| if line.side == Side::Debit { amount } else { amount.negated() };
    if line.details.is_empty() {
        return vec![Posting { line, detail: None, amount: signed(line.amount) }];
    }
    let named = line.details.iter();
    named
        .map(|detail| Posting { line, detail: Some(detail), amount: signed(detail.amount) })
        .collect()
}

/// The class an account belongs to.
fn class(code: &str) -> &'static str {
    match code.as_bytes() {
        [b'0', ..] => "Memorial",
        [b'1', ..] => "Aset",
        [b'2', ..] => "Kewajiban",
        [b'3', ..] => "Ekuitas",
        [b'4', ..] | [b'8', b'1', ..] => "Pendapatan",
        _ => "Beban",
    }
}

/// The account of a line. What is posted stands in the chart; what was changed by hand may not, and
/// still has its code.
fn name_of(line: &Line) -> &str {
    account(&line.account).map_or("", |account: &Account| account.name)
}

fn is_memo(line: &Line) -> bool {
    account(&line.account).is_some_and(Account::is_memo)
}

fn number_of(stored: &Stored) -> String {
    paper_number(&stored.identity.series, stored.identity.series_no)
}

/// The words of an entry on one line, without the characters that a form gives a meaning to.
fn words_of(stored: &Stored, meaningful: &[char]) -> String {
    let words = stored.note.as_ref().map_or(stored.identity.kind.as_str(), |(_, words)| words);
    plain(words, meaningful)
}

/// One line of text: runs of white space become one space, and so do the named characters.
fn plain(text: &str, meaningful: &[char]) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control() || meaningful.contains(&c);
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ")
}

/// The value day, where it is not the accounting day.
fn other_day(stored: &Stored) -> Option<Day> {
    let entry = &stored.entry;
    (entry.value_day != entry.day).then_some(entry.value_day)
}
