//! The line to the server is lost, or the server itself.

use std::time::Duration;

use store::{Failure, Fault, Order, Store, Tx};
use testkit::{Engine, TAMANSARI, on_postgres, register};

use super::proxy::{Cut, Proxy};
use super::world::{count, count_up, counted, is_fault, lanes, order, url};

/// A store whose line goes through the proxy.
async fn through_proxy(engine: &Engine) -> (Proxy, Store) {
    register(&engine.store, TAMANSARI).await.unwrap();
    let (proxy, address) = Proxy::before(url(engine)).await;
    let store = Store::open(&address, lanes()).await.unwrap();
    (proxy, store)
}

#[test]
fn a_commit_whose_answer_is_lost_gives_the_receipt_and_has_one_effect() {
    on_postgres(async |engine| {
        let (proxy, store) = through_proxy(&engine).await;
        for round in 1..=20 {
            proxy.cut(Cut::AfterCommit);
            let same = order();
            assert_eq!(store.command(same.clone(), count_up).await.unwrap().receipt, round);
            let again = store.command(same, count_up).await.unwrap();
            assert_eq!((again.receipt, again.repeated), (round, true));
        }
        assert_eq!((proxy.cuts(), counted(&engine.store).await), (20, 20));
    });
}

#[test]
fn a_line_lost_before_the_commit_leaves_one_effect() {
    on_postgres(async |engine| {
        let (proxy, store) = through_proxy(&engine).await;
        for round in 1..=20 {
            proxy.cut(Cut::BeforeCommit);
            let answer = store.command(order(), count_up).await.unwrap();
            assert_eq!((answer.receipt, answer.repeated), (round, false));
        }
        assert_eq!((proxy.cuts(), counted(&engine.store).await), (20, 20));
    });
}

/// As a device does: the same message again, for as long as it is told that the line was lost.
async fn send_until_answered(store: &Store, order: Order) {
    while let Err(told) = store.command(order.clone(), count_up).await {
        assert!(is_fault(&told, |fault| matches!(fault, Fault::Lost(_))), "{told:?}");
    }
}

#[test]
fn a_line_lost_under_load_gives_every_sender_one_effect() {
    on_postgres(async |engine| {
        let (proxy, store) = through_proxy(&engine).await;
        let mut running = Vec::new();
        for _ in 0..16 {
            let store = store.clone();
            running.push(tokio::spawn(async move {
                for _ in 0..25 {
                    send_until_answered(&store, order()).await;
                }
            }));
        }
        for round in 0..12 {
            proxy.cut(if round % 2 == 0 { Cut::AfterCommit } else { Cut::BeforeCommit });
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        for one in running {
            one.await.unwrap();
        }
        assert!(proxy.cuts() > 0);
        assert_eq!(counted(&engine.store).await, 16 * 25);
    });
}

#[test]
fn a_server_that_ended_its_sessions_is_found_again_by_commands_and_questions() {
    on_postgres(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        for round in 1..=5 {
            engine.end_sessions();
            if round % 2 == 0 {
                assert_eq!(counted(&engine.store).await, round - 1);
            }
            assert_eq!(count(&engine.store).await.unwrap(), round);
            assert_eq!(counted(&engine.store).await, round);
        }
    });
}

#[test]
fn while_the_server_is_gone_every_sender_is_told_and_afterwards_all_go_on() {
    on_postgres(async |engine| {
        let (proxy, store) = through_proxy(&engine).await;
        assert_eq!(count(&store).await.unwrap(), 1);
        proxy.cut(Cut::Gone);
        let started = std::time::Instant::now();
        let mut running = Vec::new();
        for _ in 0..300 {
            let store = store.clone();
            running.push(tokio::spawn(async move { count(&store).await }));
        }
        for one in running {
            let told = one.await.unwrap().unwrap_err();
            assert!(is_fault(&told, |fault| matches!(fault, Fault::Lost(_))), "{told:?}");
        }
        assert!(started.elapsed() < Duration::from_secs(10), "nobody waits for the others' tries");
        proxy.cut(Cut::None);
        assert_eq!(count(&store).await.unwrap(), 2);
    });
}

#[test]
fn a_server_that_only_lets_us_read_is_named_and_recovers() {
    on_postgres(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        assert_eq!(count(&engine.store).await.unwrap(), 1);
        let refused: Order = order();
        engine.set_read_only(true);
        engine.end_sessions();
        let told = engine.store.command(refused.clone(), count_up).await.unwrap_err();
        assert!(is_fault(&told, |fault| matches!(fault, Fault::ReadOnly)), "{told:?}");
        assert_eq!(counted(&engine.store).await, 1);
        engine.set_read_only(false);
        assert_eq!(engine.store.command(refused, count_up).await.unwrap().receipt, 2);
        assert_eq!(counted(&engine.store).await, 2);
    });
}

#[test]
fn a_refusal_of_the_engine_is_no_lost_line() {
    on_postgres(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let wrong = async |tx: &mut Tx| -> Result<i64, Failure> {
            let (found,): (i64,) = tx
                .one("select last_no from series where coop_id = $1 and series = $2", &[&7_i64])
                .await?;
            Ok(found)
        };
        let told = engine.store.read(TAMANSARI, wrong).await.unwrap_err();
        assert!(is_fault(&told, |fault| matches!(fault, Fault::Engine(_))), "{told:?}");
        assert_eq!(count(&engine.store).await.unwrap(), 1);
    });
}
