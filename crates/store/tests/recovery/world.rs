//! Small effects that can be counted.

use std::time::Duration;

use store::{Address, Failure, Fault, Lanes, Order, Store, Tx};
use testkit::{Clock, Engine, SITI, TAMANSARI};

/// Lanes like those of a server, few and hasty.
pub(crate) fn lanes() -> Lanes {
    let limit = Duration::from_secs(2);
    Lanes { writers: 2, readers: 2, statement_limit: limit, ..Lanes::default() }
}

pub(crate) fn order() -> Order {
    Order::new(&Clock::at("2025-10-14").ctx(SITI, TAMANSARI), "test.count", &"")
}

/// Adds one to a series and returns the new number.
pub(crate) async fn count_up(tx: &mut Tx) -> Result<i64, Failure> {
    let next = last(tx).await? + 1;
    tx.run(
        "insert into series (coop_id, series, last_no) values ($1, 'uji', $2)
         on conflict (coop_id, series) do update set last_no = excluded.last_no",
        1,
        &[&next],
    )
    .await?;
    Ok(next)
}

async fn last(tx: &mut Tx) -> Result<i64, Failure> {
    let ask = "select last_no from series where coop_id = $1 and series = 'uji'";
    let found: Option<(i64,)> = tx.maybe(ask, &[]).await?;
    Ok(found.map_or(0, |(last,)| last))
}

/// Counts up as a request of its own.
pub(crate) async fn count(store: &Store) -> Result<i64, Failure> {
    store.command(order(), count_up).await.map(|answer| answer.receipt)
}

/// The number that stands in the series, and how many commands were kept: always the same.
pub(crate) async fn counted(store: &Store) -> i64 {
    let ask = async |tx: &mut Tx| -> Result<(i64, i64), Failure> {
        let count = "select count(*) from commands where coop_id = $1 and kind = 'test.count'";
        let (kept,): (i64,) = tx.one(count, &[]).await?;
        Ok((last(tx).await?, kept))
    };
    let (last, kept) = store.read(TAMANSARI, ask).await.unwrap();
    assert_eq!(last, kept, "each kept command counted once");
    last
}

/// Holds the writing lane of the cooperative for a while, as a slow disk does.
pub(crate) fn hold(store: &Store, time: Duration) -> tokio::task::JoinHandle<()> {
    let store = store.clone();
    let act = async move |_: &mut Tx| -> Result<(), Failure> {
        std::thread::sleep(time);
        Ok(())
    };
    tokio::spawn(async move { store.write(TAMANSARI, act).await.unwrap() })
}

pub(crate) fn is_fault(failure: &Failure, is: impl Fn(&Fault) -> bool) -> bool {
    matches!(failure, Failure::Fault(fault) if is(fault))
}

pub(crate) fn url(engine: &Engine) -> &str {
    match &engine.address {
        Address::Postgres(url) => url,
        Address::Sqlite(_) => panic!("only PostgreSQL has an address"),
    }
}
