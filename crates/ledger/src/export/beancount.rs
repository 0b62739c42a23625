//! A ledger for beancount: `bean-check FILE`.

use values::{CoopId, Day};

use super::{Posting, class, name_of, number_of, other_day, plain, postings, words_of};
use crate::stored::Stored;
use crate::{Account, accounts};

/// Characters that end a string or begin an escape in it.
const MEANINGFUL: [char; 2] = ['"', '\\'];

/// What stands at the head: names of the classes, and every account of the chart opened.
pub(super) fn head(coop: CoopId, first_day: Option<Day>) -> String {
    let mut head = format!(
        "option \"title\" \"Jurnal koperasi {coop}\"\n\
         option \"operating_currency\" \"IDR\"\n\
         option \"name_assets\" \"Aset\"\n\
         option \"name_liabilities\" \"Kewajiban\"\n\
         option \"name_equity\" \"Ekuitas\"\n\
         option \"name_income\" \"Pendapatan\"\n\
         option \"name_expenses\" \"Beban\"\n\n"
    );
    let day = first_day.map_or_else(|| "1900-01-01".to_owned(), |day| day.to_iso());
    for Account { code, name, .. } in accounts() {
        head.push_str(&format!("{day} open {} IDR\n", path(code, name)));
    }
    head
}

/// `Aset:11101-Kas-besar-brankas`; memo accounts stand below equity.
fn path(code: &str, name: &str) -> String {
    let root = match class(code) {
        "Memorial" => "Ekuitas:Memorial",
        root => root,
    };
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: String = words.map(|word| format!("-{word}")).collect();
    format!("{root}:{code}{words}")
}

pub(super) fn put(out: &mut String, stored: &Stored) {
    let identity = &stored.identity;
    out.push_str(&format!(
        "\n{} * \"{}\" \"{}\"\n  jurnal: {}\n  jenis: \"{}\"\n",
        stored.entry.day.to_iso(),
        plain(&number_of(stored), &MEANINGFUL),
        words_of(stored, &MEANINGFUL),
        identity.entry_no,
        plain(&identity.kind, &MEANINGFUL),
    ));
    if let Some(day) = other_day(stored) {
        out.push_str(&format!("  kejadian: {}\n", day.to_iso()));
    }
    if let Some(of) = stored.entry.reverses {
        out.push_str(&format!("  membalik: {of}\n"));
    }
    for line in &stored.entry.lines {
        postings(line).iter().for_each(|posting| put_posting(out, posting));
    }
}

fn put_posting(out: &mut String, posting: &Posting<'_>) {
    let line = posting.line;
    let path = path(&line.account, name_of(line));
    let (amount, unit) = (posting.amount.get(), line.unit.code());
    out.push_str(&format!("  {path}  {amount} IDR\n    unit: \"{unit}\"\n"));
    if let Some(detail) = posting.detail {
        let subject = plain(&detail.subject, &MEANINGFUL);
        out.push_str(&format!("    {}: \"{subject}\"\n", detail.kind));
        if let Some(month) = detail.month {
            out.push_str(&format!("    bulan: \"{}\"\n", month.to_iso()));
        }
    }
}
