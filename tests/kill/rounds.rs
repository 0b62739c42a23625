//! The program is killed, on each engine.

use std::collections::BTreeSet;
use std::time::Duration;

use store::{Address, Lanes, Store};
use testkit::{Engine, on_postgres, on_sqlite};

use super::books::{Told, assert_all_stands, open_books, rounds, send_again};
use super::child::killed_after;

/// Rounds on one database, so that a long run recounts no ever longer journal.
const ROUNDS_A_DATABASE: u32 = 20;
/// The kill comes at most so late after the first answers.
const LATEST_MILLIS: u64 = 250;

#[test]
fn a_kill_of_the_program_loses_nothing_on_sqlite() {
    each_database(|rounds| on_sqlite(async |engine| kill_rounds(&engine, rounds).await));
}

#[test]
fn a_kill_of_the_program_loses_nothing_on_postgresql() {
    each_database(|rounds| on_postgres(async |engine| kill_rounds(&engine, rounds).await));
}

fn each_database(run: impl Fn(u32)) {
    let mut left = rounds();
    while left > 0 {
        let now = left.min(ROUNDS_A_DATABASE);
        run(now);
        left -= now;
    }
}

async fn kill_rounds(engine: &Engine, rounds: u32) {
    open_books(&engine.store).await;
    let address = match &engine.address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    let (mut all_sent, mut all_told) = (BTreeSet::new(), Told::new());
    let mut answered = 0;
    for _ in 0..rounds {
        let first_answers = rand::random_range(1..=64);
        let more = Duration::from_millis(rand::random_range(0..=LATEST_MILLIS));
        let address = address.clone();
        let killed =
            tokio::task::spawn_blocking(move || killed_after(&address, first_answers, more));
        let (sent, told) = killed.await.unwrap();
        answered += told.len();
        all_sent.extend(&sent);
        all_told.extend(told);
        // A store of its own: what the killed process left behind is opened anew.
        let store = Store::open(&engine.address, Lanes::default()).await.unwrap();
        send_again(&store, sent.iter().copied(), &mut all_told).await;
        assert_all_stands(&store, &all_sent, &all_told).await;
    }
    let (name, sent) = (engine.name, all_sent.len());
    println!("{name}: {rounds} kills, {sent} sent, {answered} of them answered before their kill");
}
