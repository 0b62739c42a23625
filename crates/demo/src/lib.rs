//! Kota contoh: a believable city in an empty database, made by the rooms' own events.
//!
//! [`fill`] registers the office and the cooperatives and lets some of them live for a few months:
//! one keeps a shop with all that belongs to it, some keep small ones, some have a few entries, most
//! are silent, as in life. Everything is sent as commands whose time is a value; everybody is
//! invented and every tenant is marked as an example. Ids, salts and amounts follow from the seed, so
//! the same wish gives the same journal with the same chain heads.
//!
//! The demonstration ends on the morning of its last day: what is left to do on that day is left to
//! whoever looks at it.
//!
//! **Invariant:** writes nothing but by events of the rooms; refuses a database that holds a tenant.

mod city;
mod counter;
mod desk;
mod dice;
mod goods;
mod life;
mod money;
mod names;
mod people;
mod quiet;
mod shelves;
mod staff;
mod supply;
mod till;
mod wish;

use std::cell::Cell;

use coops::DINAS;
use coops::holidays::{self, Calendar};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use store::{Failure, Store, Tx};
use values::Day;

use crate::city::{Fate, Office, Opened, Plan};
use crate::life::Life;

pub use staff::{PASSWORD, SignIn};
pub use wish::{DemoError, EARLIEST_DAY, Wish};

/// Cooperatives that live at once; with what each sends ahead they stay far below a lane's queue.
const AT_ONCE: usize = 16;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Cooperatives that were registered.
    pub coops: usize,
    /// Of these, those with entries.
    pub trading: usize,
    /// Commands that were sent for cooperatives.
    pub commands: usize,
    /// Of these, sales.
    pub sales: usize,
    /// Ways in, to be printed.
    pub sign_ins: Vec<SignIn>,
}

/// What one cooperative has done.
#[derive(Default)]
struct Told {
    commands: usize,
    sales: usize,
    sign_ins: Vec<SignIn>,
}

/// Fills an empty database; `progress` is told how much of how much is done.
///
/// # Errors
/// [`DemoError`]: the database is not empty, the wish cannot be fulfilled, or a fault.
pub async fn fill(
    store: &Store,
    wish: &Wish,
    progress: &dyn Fn(usize, usize),
) -> Result<Filled, DemoError> {
    let first_day = wish.first_day()?;
    wish::refuse_filled(store).await?;
    let hash = access::password::hash(PASSWORD.to_owned()).await?;
    let office = city::open_office(store, wish.seed, first_day, &hash).await?;
    let until = wish.until;
    let ask = async move |tx: &mut Tx| holidays::calendar(tx, first_day, until).await;
    let calendar = store.read(DINAS, ask).await?;
    let plans = city::plans(wish.seed, wish.coops, until.days_since(first_day));
    let trading = plans.iter().filter(|plan| plan.fate != Fate::Silent).count();
    let (done, all) = (Cell::new(0), plans.len());
    let lives = plans.iter().map(|plan| {
        let (done, hash, office, calendar) = (&done, &hash, &office, &calendar);
        async move {
            let told = live(store, wish, (plan, first_day), office, hash, calendar).await;
            done.set(done.get() + 1);
            progress(done.get(), all);
            told
        }
    });
    let told: Vec<Told> = stream::iter(lives).buffer_unordered(AT_ONCE).try_collect().await?;
    let mut filled = Filled {
        coops: all,
        trading,
        commands: told.iter().map(|one| one.commands).sum(),
        sales: told.iter().map(|one| one.sales).sum(),
        sign_ins: told.into_iter().flat_map(|one| one.sign_ins).collect(),
    };
    filled.sign_ins.extend(office.sign_ins);
    Ok(filled)
}

async fn live(
    store: &Store,
    wish: &Wish,
    (plan, first_day): (&Plan, Day),
    office: &Office,
    hash: &str,
    calendar: &Calendar,
) -> Result<Told, Failure> {
    let opened = city::register(store, wish.seed, office.officer, (plan, first_day), hash).await?;
    let Opened { mut desk, staff, short_code, sign_ins } = opened;
    let begins = first_day.plus_days(plan.begins_days);
    let mut sales = 0;
    match plan.fate {
        Fate::Silent => {}
        Fate::Quiet => quiet::live(&mut desk, &staff, begins, wish.until).await?,
        Fate::Shop(size) => {
            let mut life = Life::begin(desk, staff, size, &short_code, begins).await?;
            let mut day = begins.next();
            while day < wish.until {
                life.day(day, calendar, day.next() == wish.until).await?;
                day = day.next();
            }
            (desk, sales) = (life.desk, life.sales);
        }
    }
    desk.finish().await?;
    Ok(Told { commands: desk.sent, sales, sign_ins })
}
