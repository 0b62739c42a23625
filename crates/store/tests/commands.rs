//! The same request has one effect, and nobody is harmed by a neighbour.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use store::{Failure, Fault, Order, Refusal, Store, Tx};
use testkit::{Clock, SITI, TAMANSARI, on_both, register};
use values::CoopId;

/// A no of these tests.
#[derive(Debug, thiserror::Error)]
#[error("tidak")]
struct No;

impl Refusal for No {
    fn code(&self) -> &'static str {
        "test.no"
    }
}

/// Adds one to a series and returns the new number: a small effect that can be counted.
async fn count_up(tx: &mut Tx) -> Result<i64, Failure> {
    let found: Option<(i64,)> = tx
        .maybe("select last_no from series where coop_id = $1 and series = $2", &[&"uji"])
        .await?;
    let next = found.map_or(0, |(last,)| last) + 1;
    tx.run(
        "insert into series (coop_id, series, last_no) values ($1, $2, $3)
         on conflict (coop_id, series) do update set last_no = excluded.last_no",
        1,
        &[&"uji", &next],
    )
    .await?;
    Ok(next)
}

async fn counted(store: &Store, coop: CoopId) -> i64 {
    let ask = async |tx: &mut Tx| -> Result<i64, Failure> {
        let found: Option<(i64,)> = tx
            .maybe("select last_no from series where coop_id = $1 and series = $2", &[&"uji"])
            .await?;
        Ok(found.map_or(0, |(last,)| last))
    };
    store.read(coop, ask).await.unwrap()
}

fn order(input: &str) -> Order {
    Order::new(&Clock::at("2025-10-14").ctx(SITI, TAMANSARI), "test.count", &input)
}

#[test]
fn a_repeated_request_gets_the_first_receipt_and_other_content_is_refused() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let first = order("a");
        let answer = engine.store.command(first.clone(), count_up).await.unwrap();
        assert_eq!((answer.receipt, answer.repeated), (1, false));
        let again = engine.store.command(first.clone(), count_up).await.unwrap();
        assert_eq!((again.receipt, again.repeated), (1, true));
        let other = Order { content: order("b").content, ..first.clone() };
        let refused = engine.store.command(other, count_up).await.unwrap_err();
        assert_eq!(refused.code(), "request.other_content");
        let kind = Order { kind: "test.other", ..first };
        let refused = engine.store.command(kind, count_up).await.unwrap_err();
        assert_eq!(refused.code(), "request.other_content");
        assert_eq!(counted(&engine.store, TAMANSARI).await, 1);
    });
}

#[test]
fn a_repeat_of_what_can_happen_only_once_gets_the_receipt_and_not_the_refusal() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let once_only = async |tx: &mut Tx| -> Result<i64, Failure> {
            match count_up(tx).await? {
                1 => Ok(1),
                _ => Err(No.into()),
            }
        };
        let first = order("a");
        assert_eq!(engine.store.command(first.clone(), once_only).await.unwrap().receipt, 1);
        let again = engine.store.command(first, once_only).await.unwrap();
        assert_eq!((again.receipt, again.repeated), (1, true));
        let other = engine.store.command(order("a"), once_only).await.unwrap_err();
        assert_eq!(other.code(), "test.no");
        assert_eq!(counted(&engine.store, TAMANSARI).await, 1);
    });
}

#[test]
fn a_refused_or_failed_command_writes_nothing_and_harms_no_neighbour() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let mut running = Vec::new();
        for number in 0..60_i32 {
            let store = engine.store.clone();
            running.push(tokio::spawn(async move {
                let poison = number % 5;
                let act = async move |tx: &mut Tx| -> Result<i64, Failure> {
                    let count = count_up(tx).await?;
                    match poison {
                        1 => Err(No.into()),
                        2 => panic!("a bug"),
                        3 => {
                            let wrong = "update series set last_no = 0
                                          where coop_id = $1 and series = 'none'";
                            tx.run(wrong, 1, &[]).await?;
                            Ok(count)
                        }
                        4 => {
                            let twice = "insert into lines (coop_id, entry_no, line_no, account,
                                unit, side, amount) values ($1, 1, 1, 'x', 'x', 'X', -1)";
                            tx.run(twice, 1, &[]).await?;
                            Ok(count)
                        }
                        _ => Ok(count),
                    }
                };
                let answer = store.command(order("a"), act).await;
                (poison, answer.map(|answer| answer.receipt))
            }));
        }
        let mut receipts = Vec::new();
        for one in running {
            match one.await.unwrap() {
                (0, answer) => receipts.push(answer.unwrap()),
                (1, answer) => assert_eq!(answer.unwrap_err().code(), "test.no"),
                (2, Err(Failure::Fault(Fault::Panicked(said)))) => assert_eq!(said, "a bug"),
                (3, Err(Failure::Fault(Fault::WrongCount { want: 1, got: 0, .. }))) => {}
                (4, Err(Failure::Fault(Fault::Constraint(_)))) => {}
                (poison, answer) => panic!("{}: {poison} {answer:?}", engine.name),
            }
        }
        receipts.sort_unstable();
        assert_eq!(receipts, (1..=12).collect::<Vec<i64>>(), "{}", engine.name);
        assert_eq!(counted(&engine.store, TAMANSARI).await, 12);
    });
}

#[test]
fn one_request_sent_a_hundred_times_at_once_has_one_effect() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let second = engine.second_server().await;
        let same = order("a");
        let first_runs = Arc::new(AtomicUsize::new(0));
        let mut running = Vec::new();
        for number in 0..100 {
            let store = if number % 2 == 0 { engine.store.clone() } else { second.clone() };
            let (same, first_runs) = (same.clone(), Arc::clone(&first_runs));
            running.push(tokio::spawn(async move {
                let answer = store.command(same, count_up).await.unwrap();
                first_runs.fetch_add(usize::from(!answer.repeated), Ordering::SeqCst);
                assert_eq!(answer.receipt, 1);
            }));
        }
        for one in running {
            one.await.unwrap();
        }
        assert_eq!(first_runs.load(Ordering::SeqCst), 1, "{}", engine.name);
        assert_eq!(counted(&engine.store, TAMANSARI).await, 1);
    });
}

#[test]
fn two_servers_take_turns_at_one_cooperative() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let second = engine.second_server().await;
        let mut running = Vec::new();
        for number in 0..200 {
            let store = if number % 2 == 0 { engine.store.clone() } else { second.clone() };
            running.push(tokio::spawn(async move {
                store.command(order("a"), count_up).await.unwrap().receipt
            }));
        }
        let mut receipts = Vec::new();
        for one in running {
            receipts.push(one.await.unwrap());
        }
        receipts.sort_unstable();
        assert_eq!(receipts, (1..=200).collect::<Vec<i64>>(), "{}", engine.name);
    });
}

#[test]
fn an_unregistered_cooperative_can_do_nothing() {
    on_both(async |engine| {
        let refused = engine.store.command(order("a"), count_up).await.unwrap_err();
        assert!(matches!(refused, Failure::Fault(Fault::UnknownCoop)), "{refused:?}");
    });
}

#[test]
fn a_command_that_waits_for_something_else_than_the_store_is_stopped_on_sqlite() {
    testkit::on_sqlite(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let waits = async |_: &mut Tx| -> Result<i64, Failure> {
            tokio::task::yield_now().await;
            Ok(1)
        };
        let stopped = engine.store.command(order("a"), waits).await.unwrap_err();
        assert!(matches!(stopped, Failure::Fault(Fault::WaitedOutside)), "{stopped:?}");
        assert_eq!(engine.store.command(order("b"), count_up).await.unwrap().receipt, 1);
    });
}

#[test]
fn a_large_answer_that_nobody_reads_yet_stops_no_question_behind_it() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let many = async |tx: &mut Tx| -> Result<usize, Failure> {
            for number in 0..3_000_i64 {
                let series = format!("sebuah nama seri yang panjang sekali {number}");
                let sql = "insert into series (coop_id, series, last_no) values ($1, $2, $3)";
                tx.run(sql, 1, &[&series, &number]).await?;
            }
            let later = tx
                .later::<(String, i64)>(
                    "select series, last_no from series where coop_id = $1 order by last_no",
                    &[],
                )
                .await?;
            let sql =
                "select last_no from series where coop_id = $1 and series = $2 and last_no > 5";
            let behind: Option<(i64,)> = tx.maybe(sql, &[&"none"]).await?;
            assert_eq!(behind, None);
            Ok(later.all().await?.len())
        };
        assert_eq!(engine.store.write(TAMANSARI, many).await.unwrap(), 3_000);
    });
}
