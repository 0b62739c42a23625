//! The journal specimen in an event's comment, compared with what the event posts.
//!
//! An event file opens with a table: account, debit, kredit. A test runs the event with the figures
//! of that table and hands the posted lines to [`assert_specimen`].

use ledger::{Line, Side};

/// One line of a specimen: account, side, amount.
pub type SpecimenLine = (String, Side, i64);

/// Reads the table out of an event file's comment.
///
/// # Panics
/// Where the file holds no table or an amount that is none.
#[must_use]
pub fn specimen(source: &str) -> Vec<SpecimenLine> {
    let rows = source.lines().filter_map(|line| line.strip_prefix("//! |"));
    let mut lines = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let is_account = cells[0].len() == 5 && cells[0].bytes().all(|byte| byte.is_ascii_digit());
        if !is_account {
            continue;
        }
        let (side, amount) =
            if cells[1].is_empty() { (Side::Credit, cells[2]) } else { (Side::Debit, cells[1]) };
        let amount = amount.replace('.', "").parse().expect("an amount in whole rupiah");
        lines.push((cells[0].to_owned(), side, amount));
    }
    assert!(!lines.is_empty(), "the event's comment holds a journal specimen");
    lines
}

/// The posted lines are those of the specimen, in its order.
///
/// # Panics
/// Where they are not.
pub fn assert_specimen(source: &str, posted: &[Line]) {
    let posted: Vec<SpecimenLine> =
        posted.iter().map(|line| (line.account.clone(), line.side, line.amount.get())).collect();
    assert_eq!(posted, specimen(source));
}
