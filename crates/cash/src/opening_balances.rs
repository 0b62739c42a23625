//! Saldo awal: what the cooperative had the evening before its first day on Lumbung comes into the
//! books, with the names behind every control account.
//!
//! The bendahara copies the old books: per account, unit and name. Opening the books and this entry
//! are one command, so that there is never a book without its beginning. Where the old books do not
//! balance, the difference is not hidden in suspense: two people name it, and it stands in 31301
//! until the members' meeting decides. Result accounts stay out; the running year's result up to
//! the day before comes in as one figure in 31302.
//!
//! The entry is posted on the first day, with the evening before as the day of its value.
//!
//! | akun  |      debit |     kredit |
//! |-------|------------|------------|
//! | 11101 |  2.418.000 |            |
//! | 11201 | 18.750.000 |            |
//! | 11401 |  1.865.000 |            |
//! | 11701 |  3.127.000 |            |
//! | 21201 |            |  1.250.000 |
//! | 21207 |            |     75.000 |
//! | 21210 |            |  3.000.000 |
//! | 31101 |            |  9.200.000 |
//! | 31102 |            | 12.140.000 |
//! | 31301 |            |    495.000 |

use ledger::{Detail, Entry, LedgerRefusal, Posted, Series, Unit, account, open_books, post};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, Month, PersonId, Rupiah};

use crate::CashRefusal;

/// The event's name in the journal and in the commands table.
pub const KIND: &str = "cash.opening_balances";

/// Where a named difference stands.
const UNDISTRIBUTED: &str = "31301";

/// Accounts without a beginning: on its way, between units, suspense, and what only a closing uses.
const NEVER_OPENED: [&str; 4] = ["11108", "11990", "11999", "31901"];

/// What the bendahara fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningBalances {
    /// First day of the books; the balances are those of the evening before.
    pub first_day: Day,
    /// The balances.
    pub lines: Vec<OpeningLine>,
    /// What the old books do not explain, where they do not balance.
    pub difference: Option<NamedDifference>,
}

/// One balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningLine {
    /// Account code.
    pub account: String,
    /// Unit code: `PST`, `TOK` …
    pub unit: String,
    /// The side on which it stands.
    pub side: OpeningSide,
    /// Whole rupiah, above zero.
    pub amount: Rupiah,
    /// The names behind a control account; they sum to the amount.
    pub names: Vec<OpeningName>,
}

/// The side of a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningSide {
    /// Debit.
    Debit,
    /// Kredit.
    Credit,
}

/// One name behind a balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningName {
    /// A member's, supplier's or good's id.
    pub subject: String,
    /// For simpanan wajib, the month that was paid.
    pub month: Option<Month>,
    /// Its part.
    pub amount: Rupiah,
}

/// A difference that two people put their names to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDifference {
    /// Debits less kredits as the lines stand; above zero it becomes a kredit.
    pub amount: Rupiah,
    /// What is known about it.
    pub explanation: String,
    /// Who names it: the person who acts.
    pub named_by: PersonId,
    /// Who confirms it: somebody else.
    pub confirmed_by: PersonId,
}

/// Judges the form for the person who acts; the books themselves are judged by the ledger.
fn decide(input: &OpeningBalances, person: PersonId) -> Result<Entry, CashRefusal> {
    let mut entry = Entry::new(KIND, input.first_day)
        .valued(input.first_day.previous())
        .numbered(Series::Paper(Unit::Pst))
        .noted("Saldo awal");
    for line in &input.lines {
        entry = with_line(entry, line)?;
    }
    let real = unexplained(&input.lines)?;
    let Some(named) = &input.difference else {
        return if real.is_zero() {
            Ok(entry)
        } else {
            Err(CashRefusal::DifferenceUnnamed { difference: real })
        };
    };
    judge_difference(named, real, person)?;
    let entry = entry.approved_by(Some(named.confirmed_by)).noted(named.explanation.trim());
    Ok(if real.is_positive() {
        entry.credit(UNDISTRIBUTED, Unit::Pst, real)
    } else {
        entry.debit(UNDISTRIBUTED, Unit::Pst, real.abs())
    })
}

fn judge_difference(
    named: &NamedDifference,
    real: Rupiah,
    person: PersonId,
) -> Result<(), CashRefusal> {
    if named.amount != real {
        return Err(CashRefusal::DifferenceDiffers { named: named.amount, real });
    }
    if named.explanation.trim().is_empty() {
        return Err(CashRefusal::ReasonMissing);
    }
    if named.named_by != person {
        return Err(CashRefusal::NamedByOther);
    }
    if named.confirmed_by == named.named_by {
        return Err(CashRefusal::SamePerson);
    }
    Ok(())
}

fn with_line(entry: Entry, line: &OpeningLine) -> Result<Entry, CashRefusal> {
    let code = line.account.as_str();
    let known = account(code).filter(|known| !known.is_result());
    let Some(known) = known.filter(|known| !NEVER_OPENED.contains(&known.code)) else {
        return Err(CashRefusal::NoOpeningAccount { account: line.account.clone() });
    };
    let Some(unit) = Unit::from_code(&line.unit) else {
        return Err(CashRefusal::UnknownUnit { unit: line.unit.clone() });
    };
    if !line.amount.is_positive() {
        return Err(CashRefusal::NotPositive { asked: line.amount });
    }
    let names = total(line.names.iter().map(|name| name.amount))?;
    if known.subledger.is_some() && names != line.amount {
        return Err(CashRefusal::SubledgerDiffers {
            name: known.name,
            control: line.amount,
            names,
        });
    }
    let kind = known.subledger.unwrap_or_default();
    let details = line.names.iter().map(|name| Detail {
        kind: kind.to_owned(),
        subject: name.subject.clone(),
        month: name.month,
        amount: name.amount,
    });
    let details = details.collect();
    Ok(match line.side {
        OpeningSide::Debit => entry.debit_of(code, unit, line.amount, details),
        OpeningSide::Credit => entry.credit_of(code, unit, line.amount, details),
    })
}

/// Debits less kredits; memo accounts balance among themselves and are the ledger's to judge.
fn unexplained(lines: &[OpeningLine]) -> Result<Rupiah, CashRefusal> {
    let (debit, credit) = sides(lines)?;
    debit.minus(credit).map_err(|_| CashRefusal::TooLarge)
}

/// Debits and kredits, memo accounts left out.
pub(crate) fn sides(lines: &[OpeningLine]) -> Result<(Rupiah, Rupiah), CashRefusal> {
    let of = |side| {
        let kept = lines.iter().filter(move |line| line.side == side);
        let kept = kept.filter(|line| account(&line.account).is_some_and(|known| !known.is_memo()));
        total(kept.map(|line| line.amount))
    };
    Ok((of(OpeningSide::Debit)?, of(OpeningSide::Credit)?))
}

fn total(amounts: impl Iterator<Item = Rupiah>) -> Result<Rupiah, CashRefusal> {
    Rupiah::total(amounts).map_err(|_| CashRefusal::TooLarge)
}

/// Judges every line and the whole, and writes nothing: what is refused, with the place of the line
/// where one is to blame.
///
/// # Errors
/// What the ledger refuses: books that are open, a day that has not come.
pub async fn check(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &OpeningBalances,
) -> Result<Vec<(Option<usize>, CashRefusal)>, Failure> {
    if let Some(span) = ledger::span(tx).await? {
        return Err(LedgerRefusal::BooksOpened { since: span.first_day }.into());
    }
    let (day, today) = (input.first_day, ctx.day());
    if day > today {
        return Err(LedgerRefusal::FutureDay { day, today }.into());
    }
    let lines = input.lines.iter().enumerate();
    let refused = lines.filter_map(|(place, line)| {
        let blank = Entry::new(KIND, input.first_day);
        with_line(blank, line).err().map(|refusal| (Some(place), refusal))
    });
    let mut refusals: Vec<(Option<usize>, CashRefusal)> = refused.collect();
    if refusals.is_empty() {
        refusals.extend(decide(input, ctx.person).err().map(|refusal| (None, refusal)));
    }
    Ok(refusals)
}

/// Opens the books and posts what was there before.
///
/// # Errors
/// [`CashRefusal`], and what the ledger refuses: books that are open, a day that has not come.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &OpeningBalances) -> Result<Posted, Failure> {
    let entry = decide(input, ctx.person)?;
    open_books(tx, ctx, input.first_day).await?;
    post(tx, ctx, entry).await
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    const SITI: PersonId = PersonId::from_bytes(*b"siti-bendahara--");
    const ASEP: PersonId = PersonId::from_bytes(*b"asep-ketua------");

    fn line(account: &str, side: OpeningSide, amount: i64, names: &[i64]) -> OpeningLine {
        let name = |amount: &i64| OpeningName {
            subject: "a".to_owned(),
            month: None,
            amount: Rupiah::new(*amount),
        };
        OpeningLine {
            account: account.to_owned(),
            unit: "PST".to_owned(),
            side,
            amount: Rupiah::new(amount),
            names: names.iter().map(name).collect(),
        }
    }

    fn named(amount: i64) -> Option<NamedDifference> {
        Some(NamedDifference {
            amount: Rupiah::new(amount),
            explanation: "Catatan lama tidak lengkap".to_owned(),
            named_by: SITI,
            confirmed_by: ASEP,
        })
    }

    fn opening(lines: Vec<OpeningLine>, difference: Option<NamedDifference>) -> OpeningBalances {
        OpeningBalances { first_day: Day::parse_iso("2025-10-01").unwrap(), lines, difference }
    }

    #[test]
    fn every_refusal_in_its_order() {
        use OpeningSide::{Credit, Debit};
        let cash = || line("11101", Debit, 500, &[]);
        let pokok = || line("31101", Credit, 400, &[150, 250]);
        let foreign = OpeningLine { unit: "XYZ".to_owned(), ..cash() };
        let changed = |change: fn(&mut NamedDifference)| {
            let mut difference = named(100).unwrap();
            change(&mut difference);
            Some(difference)
        };
        let both = || vec![cash(), pokok()];
        let cases = [
            (vec![line("11999", Debit, 500, &[])], None, "cash.no_opening_account"),
            (vec![line("41101", Credit, 500, &[])], None, "cash.no_opening_account"),
            (vec![line("99999", Credit, 500, &[])], None, "cash.no_opening_account"),
            (vec![foreign], None, "cash.unknown_unit"),
            (vec![line("11101", Debit, 0, &[])], None, "cash.not_positive"),
            (vec![line("31101", Credit, 400, &[150])], None, "cash.subledger_differs"),
            (vec![line("31101", Credit, 1, &[i64::MAX, 1])], None, "cash.too_large"),
            (both(), None, "cash.difference_unnamed"),
            (both(), named(99), "cash.difference_differs"),
            (both(), changed(|named| named.explanation.clear()), "cash.reason_missing"),
            (both(), changed(|named| named.named_by = ASEP), "cash.named_by_other"),
            (both(), changed(|named| named.confirmed_by = SITI), "cash.same_person"),
        ];
        for (lines, difference, code) in cases {
            let refused = decide(&opening(lines, difference), SITI);
            assert_eq!(refused.map_err(|refusal| refusal.code()), Err(code));
        }
    }

    #[test]
    fn a_named_difference_stands_on_the_side_that_is_missing() {
        use OpeningSide::{Credit, Debit};
        let more = vec![line("11101", Debit, 500, &[]), line("31105", Credit, 400, &[])];
        let entry = decide(&opening(more, named(100)), SITI).unwrap();
        let last = entry.lines.last().unwrap();
        assert_eq!((last.account.as_str(), last.side), ("31301", ledger::Side::Credit));
        assert_eq!(entry.approver, Some(ASEP));
        let less = vec![line("11101", Debit, 300, &[]), line("31105", Credit, 400, &[])];
        let entry = decide(&opening(less, named(-100)), SITI).unwrap();
        let last = entry.lines.last().unwrap();
        assert_eq!((last.side, last.amount), (ledger::Side::Debit, Rupiah::new(100)));
    }
}
