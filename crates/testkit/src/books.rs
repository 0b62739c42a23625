//! Small words over the store and the ledger, so that a test reads as what happens.

use ledger::{Entry, Posted, Recount, open_books};
use store::{Failure, Order, Receipt, Store, Tx};
use values::{CoopId, Ctx, Day};

use crate::{Clock, SITI, register};

/// Runs an event as Siti would: a new request, now.
///
/// # Errors
/// What the event refuses, or a fault.
pub async fn act<T, F>(store: &Store, clock: &Clock, coop: CoopId, event: F) -> Result<T, Failure>
where
    T: Receipt,
    F: AsyncFn(&mut Tx, &Ctx) -> Result<T, Failure> + Send + 'static,
{
    let ctx = clock.ctx(SITI, coop);
    let order = Order::new(&ctx, "test.act", &"");
    let answer = store.command(order, async move |tx: &mut Tx| event(tx, &ctx).await).await?;
    Ok(answer.receipt)
}

/// Registers a cooperative and opens its books on a day.
///
/// # Panics
/// Where the day does not exist or the database fails.
pub async fn with_books(store: &Store, clock: &Clock, coop: CoopId, first_day: &str) {
    register(store, coop).await.expect("a cooperative is registered");
    let first_day = Day::parse_iso(first_day).expect("a day that exists");
    let open = async move |tx: &mut Tx, ctx: &Ctx| open_books(tx, ctx, first_day).await;
    act(store, clock, coop, open).await.expect("its books are opened");
}

/// Posts one entry as a command of its own.
///
/// # Errors
/// What the ledger refuses, or a fault.
pub async fn post(
    store: &Store,
    clock: &Clock,
    coop: CoopId,
    entry: Entry,
) -> Result<Posted, Failure> {
    let post = async move |tx: &mut Tx, ctx: &Ctx| ledger::post(tx, ctx, entry.clone()).await;
    act(store, clock, coop, post).await
}

/// Counts a cooperative's journal again.
///
/// # Panics
/// Where the database fails.
pub async fn recount(store: &Store, coop: CoopId) -> Recount {
    let check = async |tx: &mut Tx| ledger::check(tx).await;
    store.read(coop, check).await.expect("a recount ends")
}
