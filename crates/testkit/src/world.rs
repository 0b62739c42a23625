//! A small believable world with names, and time as a value.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use store::{Failure, Fault, Store, Tx};
use values::{CoopId, Ctx, Day, Instant, PersonId, RequestId};

/// KKMP Tamansari, kelurahan 32.73.09.1005.
pub const TAMANSARI: CoopId = CoopId::new(327_309_100_501);
/// Siti, bendahara.
pub const SITI: PersonId = PersonId::from_bytes(*b"siti-bendahara--");
/// Wanti, kasir.
pub const WANTI: PersonId = PersonId::from_bytes(*b"wanti-kasir-----");
/// Pak Asep, ketua.
pub const KETUA: PersonId = PersonId::from_bytes(*b"asep-ketua------");

/// A clock that goes when it is told to; clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Nine in the morning of a day in Jakarta.
    ///
    /// # Panics
    /// Where the day does not exist.
    #[must_use]
    pub fn at(day: &str) -> Clock {
        let day = Day::parse_iso(day).expect("a day that exists");
        Clock(Arc::new(AtomicI64::new(day.instant_at(9 * 3_600).micros())))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }

    /// Lets so many seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    /// Nine in the morning of another day.
    ///
    /// # Panics
    /// Where the day does not exist.
    pub fn set(&self, day: &str) {
        self.0.store(Clock::at(day).now().micros(), Ordering::SeqCst);
    }

    /// Who acts now, with a new request.
    #[must_use]
    pub fn ctx(&self, person: PersonId, coop: CoopId) -> Ctx {
        Ctx { person, coop, at: self.now(), request: RequestId::new_v7() }
    }
}

/// Registers a cooperative with nothing but its number, as far as the store and the ledger need it.
///
/// # Errors
/// A fault.
pub async fn register(store: &Store, coop: CoopId) -> Result<(), Failure> {
    let act = async move |tx: &mut Tx| -> Result<(), Failure> {
        let name = format!("KKMP {coop}");
        let short = format!("K{:03}", coop.get() % 100_000);
        tx.run(
            "insert into cooperatives (coop_id, kind, name, short_code, registered_at, example)
             values ($1, 'koperasi', $2, $3, 0, 0)",
            1,
            &[&name, &short],
        )
        .await?;
        add_head(tx).await?;
        Ok(())
    };
    store.write(coop, act).await
}

/// Registers KKMP Tamansari and opens its books on a day.
///
/// # Errors
/// A fault.
pub async fn with_open_books(store: &Store, clock: &Clock, first_day: Day) -> Result<(), Failure> {
    register(store, TAMANSARI).await?;
    let ctx = clock.ctx(SITI, TAMANSARI);
    let open = async move |tx: &mut Tx| ledger::open_books(tx, &ctx, first_day).await;
    store.write(TAMANSARI, open).await
}

async fn add_head(tx: &mut Tx) -> Result<(), Fault> {
    tx.run(
        "insert into coop_heads (coop_id, attempts, entry_no, chain_hash, posted_at)
         values ($1, 0, 0, $2, 0)",
        1,
        &[&[0_u8; 32]],
    )
    .await
}
