//! The span of the books: opened once, closed forward.

use store::{Failure, Tx};
use values::{Ctx, Day, Rupiah};

use crate::LedgerRefusal;

/// Accounts that must be empty before a period closes: between units, on its way, unexplained.
const EMPTY_AT_CLOSE: [&str; 3] = ["11108", "11990", "11999"];

/// First and last day that the books speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day of the books.
    pub first_day: Day,
    /// Last closed day; the day before the first where nothing is closed.
    pub closed_through: Day,
}

/// The span of the cooperative's books, or none where they were not opened.
///
/// # Errors
/// A fault.
pub async fn span(tx: &mut Tx) -> Result<Option<Span>, Failure> {
    let found: Option<(Day, Day)> =
        tx.maybe("select first_day, closed_through from books where coop_id = $1", &[]).await?;
    Ok(found.map(|(first_day, closed_through)| Span { first_day, closed_through }))
}

/// Opens the books on a day; what happened before comes in as opening balances.
///
/// # Errors
/// [`LedgerRefusal::BooksOpened`] where they are open, [`LedgerRefusal::FutureDay`].
pub async fn open_books(tx: &mut Tx, ctx: &Ctx, first_day: Day) -> Result<(), Failure> {
    if let Some(span) = span(tx).await? {
        return Err(LedgerRefusal::BooksOpened { since: span.first_day }.into());
    }
    let today = ctx.day();
    if first_day > today {
        return Err(LedgerRefusal::FutureDay { day: first_day, today }.into());
    }
    tx.run(
        "insert into books (coop_id, first_day, closed_through) values ($1, $2, $3)",
        1,
        &[&first_day, &first_day.previous()],
    )
    .await?;
    Ok(())
}

/// Closes all days up to and with `day`.
///
/// # Errors
/// [`LedgerRefusal`]: not opened, closed before, a future day, or an account that must be empty.
pub async fn close_through(tx: &mut Tx, ctx: &Ctx, day: Day, reason: &str) -> Result<(), Failure> {
    let Some(span) = span(tx).await? else { return Err(LedgerRefusal::BooksNotOpened.into()) };
    if day <= span.closed_through {
        return Err(LedgerRefusal::ClosedBefore { closed_through: span.closed_through }.into());
    }
    if day > ctx.day() {
        return Err(LedgerRefusal::FutureDay { day, today: ctx.day() }.into());
    }
    for code in EMPTY_AT_CLOSE {
        let balance = crate::balance(tx, code).await?;
        if balance != Rupiah::ZERO {
            return Err(LedgerRefusal::NotEmptyAtClose { account: code, balance }.into());
        }
    }
    let (last,): (i64,) =
        tx.one("select coalesce(max(closing_no), 0) from closings where coop_id = $1", &[]).await?;
    tx.run("update books set closed_through = $2 where coop_id = $1", 1, &[&day]).await?;
    tx.run(
        "insert into closings (coop_id, closing_no, closed_through, person_id, at, reason)
         values ($1, $2, $3, $4, $5, $6)",
        1,
        &[&(last + 1), &day, &ctx.person, &ctx.at, &reason],
    )
    .await?;
    Ok(())
}

/// Stops the use of an account from a day on.
///
/// # Errors
/// [`LedgerRefusal::UnknownAccount`], or a fault.
pub async fn close_account(tx: &mut Tx, code: &str, from: Day) -> Result<(), Failure> {
    if crate::account(code).is_none() {
        return Err(LedgerRefusal::UnknownAccount { account: code.to_owned() }.into());
    }
    tx.run(
        "insert into closed_accounts (coop_id, account, closed_from) values ($1, $2, $3)
         on conflict (coop_id, account) do update set closed_from = excluded.closed_from",
        1,
        &[&code, &from],
    )
    .await?;
    Ok(())
}
