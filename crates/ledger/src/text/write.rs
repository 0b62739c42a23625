//! From entries to text.

use std::fmt::Write;

use super::unit_of;
use crate::{Detail, Entry, Line, account};

/// An entry as a text that [`parse`](super::parse) reads back.
///
/// The words of its note come out on one line. Maker, number and evidence are no part of the text.
#[must_use]
pub fn write(entry: &Entry) -> String {
    let mut text = entry.day.to_iso();
    if entry.value_day != entry.day {
        text.push('=');
        text.push_str(&entry.value_day.to_iso());
    }
    if let Some(of) = entry.reverses {
        put(&mut text, format_args!(" balik #{of}"));
    }
    let note = entry.note.as_deref().unwrap_or_default();
    for word in note.split_whitespace() {
        put(&mut text, format_args!(" {word}"));
    }
    text.push('\n');
    if entry.reverses.is_none() {
        entry.lines.iter().for_each(|line| put_line(&mut text, line));
    }
    text
}

fn put_line(text: &mut String, line: &Line) {
    put(text, format_args!("  {} {}", line.side.letter(), line.account));
    if account(&line.account).map(unit_of) != Some(line.unit) {
        put(text, format_args!(" {}", line.unit.code()));
    }
    let amount = line.amount.plain();
    match &line.details[..] {
        [] => put(text, format_args!(" {amount}\n")),
        [one] if one.amount == line.amount => put(text, format_args!(" {} {amount}\n", name(one))),
        many => {
            put(text, format_args!(" {amount}\n"));
            for detail in many {
                put(text, format_args!("    {} {}\n", name(detail), detail.amount.plain()));
            }
        }
    }
}

fn name(detail: &Detail) -> String {
    let month = detail.month.map(|month| format!("@{}", month.to_iso())).unwrap_or_default();
    format!("{}:{}{month}", detail.kind, detail.subject)
}

fn put(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("a text takes what is written to it");
}
