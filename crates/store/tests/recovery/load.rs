//! Too much at once, too slow, or wrong in the middle of many.

use std::time::Duration;

use store::{Failure, Fault, Lanes, Store, Tx};
use testkit::{TAMANSARI, on_both, register};

use super::world::{count, count_up, counted, hold, is_fault, lanes, order};

/// Commands that share one commit, at most.
const BATCH: i64 = 128;

#[test]
fn a_poisoned_command_in_a_full_batch_keeps_its_neighbours() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let held = hold(&engine.store, Duration::from_millis(300));
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut running = Vec::new();
        for number in 0..BATCH {
            let store = engine.store.clone();
            running.push(tokio::spawn(async move {
                let act = async move |tx: &mut Tx| -> Result<i64, Failure> {
                    let next = count_up(tx).await?;
                    let wrong = "update series set last_no = -1
                                  where coop_id = $1 and series = 'none'";
                    if number == BATCH / 2 {
                        tx.run(wrong, 1, &[]).await?;
                    }
                    Ok(next)
                };
                store.command(order(), act).await
            }));
        }
        held.await.unwrap();
        let mut poisoned = 0;
        for one in running {
            if let Err(failure) = one.await.unwrap() {
                let wrong = |fault: &Fault| matches!(fault, Fault::WrongCount { got: 0, .. });
                assert!(is_fault(&failure, wrong), "{failure:?}");
                poisoned += 1;
            }
        }
        assert_eq!(poisoned, 1);
        assert_eq!(counted(&engine.store).await, BATCH - 1, "{}", engine.name);
    });
}

#[test]
fn a_full_queue_says_so_and_those_who_stand_in_it_are_served() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let hasty = Lanes { patience: Duration::from_millis(100), ..lanes() };
        let store = Store::open(&engine.address, hasty).await.unwrap();
        let held = hold(&store, Duration::from_millis(1_500));
        tokio::time::sleep(Duration::from_millis(50)).await;
        let mut running = Vec::new();
        for _ in 0..1_100 {
            let store = store.clone();
            running.push(tokio::spawn(async move { count(&store).await }));
        }
        let (mut served, mut busy) = (0, 0);
        for one in running {
            match one.await.unwrap() {
                Ok(_) => served += 1,
                Err(Failure::Fault(Fault::Busy)) => busy += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        held.await.unwrap();
        assert_eq!((served, busy), (1_024, 76), "{}", engine.name);
        assert_eq!(counted(&engine.store).await, served);
    });
}

#[test]
fn a_statement_over_its_time_is_stopped_and_its_neighbours_are_kept() {
    on_both(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        let strict = Lanes { statement_limit: Duration::from_millis(200), ..lanes() };
        let store = Store::open(&engine.address, strict).await.unwrap();
        let endless = "with recursive n (i) as (select 1 union all select i + 1 from n
                        where i < 2000000000) select cast(count(*) as bigint) from n";
        let slow = async move |tx: &mut Tx| -> Result<i64, Failure> {
            count_up(tx).await?;
            let (all,): (i64,) = tx.one(endless, &[]).await?;
            Ok(all)
        };
        let held = hold(&store, Duration::from_millis(100));
        let neighbours: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { count(&store).await })
            })
            .collect();
        let stopped = store.command(order(), slow).await.unwrap_err();
        assert!(is_fault(&stopped, |fault| matches!(fault, Fault::TimedOut)), "{stopped:?}");
        held.await.unwrap();
        for one in neighbours {
            one.await.unwrap().unwrap();
        }
        let asked = async move |tx: &mut Tx| -> Result<i64, Failure> {
            let (all,): (i64,) = tx.one(endless, &[]).await?;
            Ok(all)
        };
        let stopped = store.read(TAMANSARI, asked).await.unwrap_err();
        assert!(is_fault(&stopped, |fault| matches!(fault, Fault::TimedOut)), "{stopped:?}");
        assert_eq!(counted(&store).await, 8, "{}", engine.name);
    });
}
