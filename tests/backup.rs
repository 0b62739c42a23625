//! A copy made while sixteen callers post holds all that was acknowledged before it began, and its
//! books are right.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ledger::{Entry, Unit};
use store::{Address, Lanes, Store, Tx};
use testkit::{Clock, Engine, TAMANSARI, on_both, post, recount, with_books};
use values::{CoopId, Day, Rupiah};

const CALLERS: i64 = 16;
/// Two cooperatives, so that the copy cannot hold the rows of one alone.
const COOPS: [CoopId; 2] = [TAMANSARI, CoopId::new(327_301_100_101)];

/// What callers were told: cooperative, number, hash.
type Told = Arc<Mutex<Vec<(CoopId, i64, String)>>>;

fn grant(rupiah: i64) -> Entry {
    let day = Day::parse_iso("2025-10-14").unwrap();
    let amount = Rupiah::new(rupiah);
    let entry = Entry::new("test.grant", day).noted("Hibah");
    entry.debit("11201", Unit::Pst, amount).credit("31105", Unit::Pst, amount)
}

/// Posts until told to stop.
fn start_callers(
    engine: &Engine,
    told: &Told,
    stop: &Arc<AtomicBool>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let callers = (0..CALLERS).map(|caller| {
        let (store, told, stop) = (engine.store.clone(), Arc::clone(told), Arc::clone(stop));
        tokio::spawn(async move {
            let clock = Clock::at("2025-10-14");
            let coop = COOPS[usize::try_from(caller).unwrap() % COOPS.len()];
            while !stop.load(Ordering::SeqCst) {
                let posted = post(&store, &clock, coop, grant(1_000 + caller)).await.unwrap();
                told.lock().unwrap().push((coop, posted.entry_no, posted.hash));
            }
        })
    });
    callers.collect()
}

#[test]
fn a_copy_under_load_holds_what_was_acknowledged_and_its_books_are_right() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        for coop in COOPS {
            with_books(&engine.store, &clock, coop, "2025-01-01").await;
        }
        let (told, stop) = (Told::default(), Arc::new(AtomicBool::new(false)));
        let callers = start_callers(&engine, &told, &stop);
        tokio::time::sleep(Duration::from_millis(400)).await;
        let before = told.lock().unwrap().clone();
        assert!(before.len() > 20, "the load is there: {}", before.len());
        let file = engine.folder().join("copy.lumbung");
        store::backup(&engine.address, &file).await.unwrap();
        let during = told.lock().unwrap().len() - before.len();
        assert!(during > 0, "the work went on while the copy was made");
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.store(true, Ordering::SeqCst);
        for caller in callers {
            caller.await.unwrap();
        }
        assert!(store::backup(&engine.address, &file).await.is_err(), "no copy is written over");

        let place = engine.empty_place();
        store::restore(&place, &file).await.unwrap();
        assert!(store::restore(&place, &file).await.is_err(), "only an empty place is filled");
        let restored = Store::open(&place, Lanes::default()).await.unwrap();
        for coop in COOPS {
            let recount = recount(&restored, coop).await;
            assert!(recount.findings.is_empty(), "{}: {:?}", engine.name, recount.findings);
            let known = hashes(&restored, coop).await;
            for (_, entry_no, hash) in before.iter().filter(|(of, ..)| *of == coop) {
                assert_eq!(known.get(usize::try_from(entry_no - 1).unwrap()), Some(hash));
            }
            let next = post(&restored, &clock, coop, grant(1)).await.unwrap();
            assert_eq!(next.entry_no, recount.entries + 1, "the copy takes work again");
        }
        assert_serving_role_is_held(&place, &restored).await;
    });
}

async fn hashes(store: &Store, coop: CoopId) -> Vec<String> {
    let ask = async |tx: &mut Tx| -> Result<Vec<(String,)>, store::Failure> {
        let rows: Vec<(Vec<u8>,)> =
            tx.all("select hash from entries where coop_id = $1 order by entry_no", &[]).await?;
        Ok(rows.into_iter().map(|(hash,)| (hex::encode(hash),)).collect())
    };
    store.read(coop, ask).await.unwrap().into_iter().map(|(hash,)| hash).collect()
}

/// What opens the tables for a copy opens nothing to the serving role.
async fn assert_serving_role_is_held(place: &Address, restored: &Store) {
    if let Address::Postgres(_) = place {
        let peek = async |tx: &mut Tx| -> Result<i64, store::Failure> {
            tx.run_any("set local app.backup = 'on'", &[]).await.ok();
            let (all,): (i64,) = tx.one("select count(*) from entries where 0 < $1", &[]).await?;
            Ok(all)
        };
        let nobody = restored.write(CoopId::new(1), peek).await.unwrap();
        assert_eq!(nobody, 0, "another cooperative's rows stay out of reach");
    }
}
