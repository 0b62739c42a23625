//! A journal for hledger: `hledger -f FILE balancesheet`.

use values::CoopId;

use super::{Posting, class, is_memo, name_of, number_of, other_day, plain, postings, words_of};
use crate::stored::Stored;

/// Characters that begin a comment, end a tag or part payee from note.
const MEANINGFUL: [char; 3] = [';', ',', '|'];

/// What stands at the head: how amounts are written and what the classes are.
pub(super) fn head(coop: CoopId) -> String {
    format!(
        "; Jurnal koperasi {coop}\n\
         decimal-mark ,\n\
         commodity Rp 1.000,\n\
         account Aset  ; type:A\n\
         account Kewajiban  ; type:L\n\
         account Ekuitas  ; type:E\n\
         account Pendapatan  ; type:R\n\
         account Beban  ; type:X\n"
    )
}

pub(super) fn put(out: &mut String, stored: &Stored) {
    let identity = &stored.identity;
    let value_day = other_day(stored).map(|day| format!("={}", day.to_iso())).unwrap_or_default();
    out.push_str(&format!(
        "\n{}{value_day} ({}) {}  ; jurnal:{}, jenis:{}",
        stored.entry.day.to_iso(),
        number_of(stored),
        words_of(stored, &MEANINGFUL),
        identity.entry_no,
        identity.kind,
    ));
    if let Some(of) = stored.entry.reverses {
        out.push_str(&format!(", membalik:{of}"));
    }
    out.push('\n');
    for line in &stored.entry.lines {
        postings(line).iter().for_each(|posting| put_posting(out, posting));
    }
}

fn put_posting(out: &mut String, posting: &Posting<'_>) {
    let line = posting.line;
    let name = format!("{}:{} {}", class(&line.account), line.account, name_of(line));
    let name = if is_memo(line) { format!("[{name}]") } else { name };
    let (amount, unit) = (posting.amount.get(), line.unit.code());
    out.push_str(&format!("    {name}  Rp {amount}  ; unit:{unit}"));
    if let Some(detail) = posting.detail {
        let subject = plain(&detail.subject, &MEANINGFUL);
        out.push_str(&format!(", {}:{subject}", detail.kind));
        if let Some(month) = detail.month {
            out.push_str(&format!(", bulan:{}", month.to_iso()));
        }
    }
    out.push('\n');
}
