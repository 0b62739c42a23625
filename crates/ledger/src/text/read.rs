//! From text to entries. Every row is read, so that all errors are told at once.

use values::{Day, Month, Rupiah};

use super::{Draft, ERRORS_MAX, KIND, Problem, RowError, Written, unit_of};
use crate::post::{LINE_MAX, judge_balance, judge_details, judge_sides};
use crate::{Account, Detail, Entry, LedgerRefusal, Line, Side, Unit, account};

/// Longest word that an error repeats.
const SHOWN_MAX: usize = 40;

/// Reads a text.
///
/// # Errors
/// All rows that cannot be read, up to [`ERRORS_MAX`] of them.
pub fn parse(text: &str) -> Result<Vec<Draft>, Vec<RowError>> {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (row, line) in (1..).zip(text.lines()) {
        if let Err(problem) = reader.take(row, line) {
            reader.errors.push(RowError { row, problem });
        }
        if reader.errors.len() >= ERRORS_MAX {
            break;
        }
    }
    reader.end_entry();
    if reader.errors.is_empty() {
        return Ok(reader.drafts);
    }
    reader.errors.sort_by_key(|error| error.row);
    reader.errors.truncate(ERRORS_MAX);
    Err(reader.errors)
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    stands: Stands,
    /// Rows of the lines of the last entry.
    rows: Vec<usize>,
    errors: Vec<RowError>,
}

/// Where the next line belongs.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// To nothing: no entry has begun.
    #[default]
    Before,
    /// To the last draft.
    Within,
    /// To the last draft, of which a line was lost, so that its sums say nothing.
    Spoilt,
    /// To an entry whose header was lost: it is read for its own errors and dropped.
    Headless,
}

/// What an indented row can be.
enum Piece {
    Line(Line),
    Name(Detail),
}

impl Reader {
    fn take(&mut self, row: usize, line: &str) -> Result<(), Problem> {
        let words = line.trim();
        if words.is_empty() || words.starts_with(';') {
            return Ok(());
        }
        if line.starts_with([' ', '\t']) {
            let taken = self.take_piece(row, without_remark(words));
            if taken.is_err() && self.stands == Stands::Within {
                self.stands = Stands::Spoilt;
            }
            return taken;
        }
        self.end_entry();
        let taken = self.take_header(row, words);
        self.stands = if taken.is_ok() { Stands::Within } else { Stands::Headless };
        taken
    }

    fn take_header(&mut self, row: usize, words: &str) -> Result<(), Problem> {
        let (days, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let (day, value_day) = days.split_once('=').unwrap_or((days, days));
        let read = |text| Day::parse_iso(text).map_err(|_| Problem::NotADay(shown(text)));
        let (day, value_day, rest) = (read(day)?, read(value_day)?, rest.trim());
        let written = match reversal(rest) {
            Some((of, reason)) => {
                self.may_be_reversed(of)?;
                Written::Reversal { of, day, reason: reason.to_owned() }
            }
            None => {
                let entry = Entry::new(KIND, day).valued(value_day);
                Written::Entry(if rest.is_empty() { entry } else { entry.noted(rest) })
            }
        };
        self.drafts.push(Draft { row, written });
        Ok(())
    }

    fn may_be_reversed(&self, of: usize) -> Result<(), Problem> {
        let found = of.checked_sub(1).and_then(|place| self.drafts.get(place));
        match found.map(|draft| &draft.written) {
            Some(Written::Entry(_)) => Ok(()),
            _ => Err(Problem::NothingToReverse(of)),
        }
    }

    fn take_piece(&mut self, row: usize, words: &str) -> Result<(), Problem> {
        let piece = piece_of(words)?;
        let written = match self.stands {
            Stands::Before => return Err(Problem::NoEntry),
            Stands::Headless => return Ok(()),
            Stands::Within | Stands::Spoilt => self.drafts.last_mut(),
        };
        let Some(Written::Entry(entry)) = written.map(|draft| &mut draft.written) else {
            return Err(Problem::LinesOfReversal);
        };
        match piece {
            Piece::Line(line) => {
                entry.lines.push(line);
                self.rows.push(row);
            }
            Piece::Name(detail) => {
                let line = entry.lines.last_mut().ok_or(Problem::NameWithoutLine)?;
                line.details.push(detail);
            }
        }
        Ok(())
    }

    /// Judges the entry that ends here by what can be known without the books.
    fn end_entry(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if self.stands != Stands::Within {
            return;
        }
        let Some(Draft { row, written: Written::Entry(entry) }) = self.drafts.last() else {
            return;
        };
        for (line, row) in entry.lines.iter().zip(rows) {
            let known = account(&line.account);
            if let Some(Err(refusal)) = known.map(|known| judge_details(line, known)) {
                self.errors.push(RowError { row, problem: refusal.into() });
            }
        }
        if let Err(refusal) = judge_sides(entry).and_then(|()| judge_balance(entry)) {
            self.errors.push(RowError { row: *row, problem: refusal.into() });
        }
    }
}

fn piece_of(words: &str) -> Result<Piece, Problem> {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let last = words.pop().unwrap_or_default();
    match words.split_first() {
        Some((name, [])) if name.contains(':') => {
            Ok(Piece::Name(detail_of(name, amount_of(last)?)?))
        }
        Some((first, rest)) => {
            let side = Side::from_letter(first);
            let side = side.ok_or_else(|| Problem::NotALine(shown(first)))?;
            Ok(Piece::Line(line_of(side, rest, last)?))
        }
        None => Err(Problem::NotALine(shown(last))),
    }
}

/// A line from its words between side and amount: account, unit, name.
fn line_of(side: Side, words: &[&str], last: &str) -> Result<Line, Problem> {
    let amount = amount_of(last)?;
    let Some((code, rest)) = words.split_first() else {
        return Err(Problem::NotALine(side.letter().to_owned()));
    };
    let known =
        account(code).ok_or_else(|| LedgerRefusal::UnknownAccount { account: shown(code) })?;
    let mut line = Line {
        account: known.code.to_owned(),
        unit: unit_of(known),
        side,
        amount,
        details: Vec::new(),
    };
    for word in rest {
        match Unit::from_code(word) {
            Some(unit) => line.unit = allowed(known, unit)?,
            None => line.details.push(detail_of(word, amount)?),
        }
    }
    Ok(line)
}

fn allowed(known: &Account, unit: Unit) -> Result<Unit, LedgerRefusal> {
    match known.unit {
        Some(own) if own != unit => {
            Err(LedgerRefusal::OtherUnit { account: known.code.to_owned(), unit: own.code() })
        }
        _ => Ok(unit),
    }
}

/// `kind:subject`, a paid month behind `@`.
fn detail_of(word: &str, amount: Rupiah) -> Result<Detail, Problem> {
    let (name, month) = match word.rsplit_once('@') {
        Some((name, month)) => (name, Some(month)),
        None => (word, None),
    };
    let month = month.map(Month::parse).transpose();
    match (name.split_once(':'), month) {
        (Some((kind, subject)), Ok(month)) if !kind.is_empty() && !subject.is_empty() => {
            Ok(Detail { kind: kind.to_owned(), subject: subject.to_owned(), month, amount })
        }
        _ => Err(Problem::NotAName(shown(word))),
    }
}

/// Whole rupiah above zero, with dots between all groups of three digits or with none.
fn amount_of(word: &str) -> Result<Rupiah, Problem> {
    let refused = || Problem::NotAnAmount(shown(word));
    let digits = word.replace('.', "");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused());
    }
    let amount = digits.parse().map(Rupiah::new).map_err(|_| LedgerRefusal::TooLarge)?;
    if amount > LINE_MAX {
        return Err(LedgerRefusal::TooLarge.into());
    }
    if !amount.is_positive() || (digits != word && amount.plain() != word) {
        return Err(refused());
    }
    Ok(amount)
}

/// `balik #2 reason`.
fn reversal(words: &str) -> Option<(usize, &str)> {
    let rest = words.strip_prefix("balik #")?;
    let (number, reason) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    Some((number.parse().ok()?, reason.trim()))
}

/// A line up to its remark.
fn without_remark(words: &str) -> &str {
    words.split_once(" ;").map_or(words, |(words, _)| words.trim_end())
}

fn shown(word: &str) -> String {
    word.chars().take(SHOWN_MAX).collect()
}
