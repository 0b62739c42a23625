//! One row for each line, or for each name behind it, for spreadsheets (RFC 4180).

use values::Rupiah;

use super::{Posting, name_of, number_of, postings};
use crate::stored::Stored;

const COLUMNS: [&str; 20] = [
    "jurnal",
    "tanggal",
    "tanggal_kejadian",
    "nomor",
    "jenis",
    "membalik",
    "keterangan",
    "baris",
    "akun",
    "nama_akun",
    "unit",
    "debit",
    "kredit",
    "buku_pembantu",
    "nama",
    "bulan",
    "pembuat",
    "penyetuju",
    "diposting_mikrodetik",
    "hash",
];

/// The names of the columns.
pub(super) fn head() -> String {
    row(&COLUMNS.map(str::to_owned))
}

pub(super) fn put(out: &mut String, stored: &Stored) {
    for (line_no, line) in (1_usize..).zip(&stored.entry.lines) {
        for posting in postings(line) {
            out.push_str(&row(&fields(stored, line_no, &posting)));
        }
    }
}

fn fields(stored: &Stored, line_no: usize, posting: &Posting<'_>) -> [String; 20] {
    let (identity, entry, line) = (&stored.identity, &stored.entry, posting.line);
    let detail = posting.detail;
    let on_side = |amount: Rupiah| {
        if amount.is_positive() { amount.get().to_string() } else { String::new() }
    };
    [
        identity.entry_no.to_string(),
        entry.day.to_iso(),
        entry.value_day.to_iso(),
        number_of(stored),
        identity.kind.clone(),
        entry.reverses.map(|of| of.to_string()).unwrap_or_default(),
        stored.note.as_ref().map(|(_, words)| words.clone()).unwrap_or_default(),
        line_no.to_string(),
        line.account.clone(),
        name_of(line).to_owned(),
        line.unit.code().to_owned(),
        on_side(posting.amount),
        on_side(posting.amount.negated()),
        detail.map(|detail| detail.kind.clone()).unwrap_or_default(),
        detail.map(|detail| detail.subject.clone()).unwrap_or_default(),
        detail.and_then(|detail| detail.month).map(|month| month.to_iso()).unwrap_or_default(),
        identity.maker.to_text(),
        entry.approver.map(|person| person.to_text()).unwrap_or_default(),
        identity.posted_at.micros().to_string(),
        hex::encode(stored.hash),
    ]
}

fn row(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// In quotes where it must be. What a spreadsheet would run as a formula gets an apostrophe.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !field.contains(['"', ',', '\n', '\r']) {
        return field.to_owned();
    }
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_runs_nothing() {
        let cases = [
            ("nota", "nota"),
            ("5 kg, curah", "\"5 kg, curah\""),
            ("\"murni\"", "\"\"\"murni\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("@a", "\"'@a\""),
            ("dua\nbaris", "\"dua\nbaris\""),
            ("", ""),
        ];
        for (field, expected) in cases {
            assert_eq!(quoted(field), expected);
        }
        assert_eq!(head().matches(',').count(), COLUMNS.len() - 1);
    }
}
