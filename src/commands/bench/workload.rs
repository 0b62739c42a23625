//! A command whose rate is measured, and the cooperatives for which it is sent.

use std::pin::Pin;

use city::FirstPerson;
use city::set_up::{SetUp, set_up};
use coops::register::{Register, Tenant, register};
use store::{Failure, Order, Store, Tx};
use values::{CoopId, Ctx, Day, Instant, PersonId, RequestId, SeatId};

/// Work in progress.
pub(super) type Doing = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

/// A command with what must stand before it can be sent.
pub(super) struct Workload {
    /// Its name in the table.
    pub(super) name: &'static str,
    /// Fills an empty, migrated database. The same commands in the same order each time: the bare
    /// loop repeats them.
    pub(super) set_up: fn(Store) -> Doing,
    /// Sends the command with this number; many at the same time.
    pub(super) act: fn(Store, usize) -> Doing,
    /// How many are sent in one measurement.
    pub(super) count: usize,
}

/// Cooperatives that work at the same time.
pub(super) const COOPS: usize = 16;
/// Whoever acts.
pub(super) const PERSON: PersonId = PersonId::from_bytes(*b"bench-bendahara-");

/// The day on which everything happens.
pub(super) fn today() -> Day {
    Day::new(2026, 1, 15).expect("a day that exists")
}

pub(super) fn now() -> Instant {
    today().instant_at(9 * 3_600)
}

/// One of the cooperatives; numbers go round.
pub(super) fn coop(number: usize) -> CoopId {
    CoopId::of_kelurahan(&coops::kelurahan()[number % COOPS].code, 1)
}

/// Acts for a cooperative, with a new request.
pub(super) fn ctx(coop: CoopId) -> Ctx {
    Ctx { person: PERSON, coop, at: now(), request: RequestId::new_v7() }
}

/// The office and the cooperatives, their books open since the year 2021.
pub(super) async fn found(store: &Store) -> Result<(), Failure> {
    let administrator = FirstPerson::new(PERSON, SeatId::new_v7(), "Admin", "admin");
    let office = "Dinas Koperasi".to_owned();
    set_up(store, now(), SetUp { office, administrator }).await?;
    for number in 0..COOPS {
        let kelurahan = coops::kelurahan()[number].code.clone();
        let name = format!("KKMP {kelurahan}");
        let tenant = Tenant::Koperasi { kelurahan, running: 1 };
        let ctx = ctx(coop(number));
        register(store, &ctx, Register { tenant, name, example: true }).await?;
        let first_day = Day::new(2021, 1, 1).expect("a day that exists");
        let open = async move |tx: &mut Tx| ledger::open_books(tx, &ctx, first_day).await;
        let order = Order::new(&self::ctx(ctx.coop), "bench.open_books", &first_day);
        store.command(order, open).await?;
    }
    Ok(())
}
