//! All 151 come into the register, each once.

use coops::register::{Register, Registered, Tenant, register};
use coops::{DINAS, kelurahan, registry};
use store::{Answer, Failure, Store, Tx};
use testkit::{Clock, SITI, on_both, on_sqlite};
use values::{Ctx, KelurahanCode};

fn form(code: &str, running: u8, example: bool) -> Register {
    let kelurahan = KelurahanCode::parse(code).expect("a code");
    let name = format!("KKMP {code} {running}");
    Register { tenant: Tenant::Koperasi { kelurahan, running }, name, example }
}

async fn seeded(store: &Store) {
    let seed = async |tx: &mut Tx| registry::seed(tx).await;
    store.write(DINAS, seed).await.expect("the kelurahan are seeded");
}

async fn send(store: &Store, ctx: &Ctx, input: Register) -> Result<Answer<Registered>, Failure> {
    register(store, ctx, input).await
}

#[test]
fn the_whole_city_is_registered_and_searched() {
    on_sqlite(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-06-20"));
        seeded(store).await;
        for one in kelurahan() {
            let tenant = Tenant::Koperasi { kelurahan: one.code.clone(), running: 1 };
            let input = Register { tenant, name: format!("KKMP {}", one.name), example: false };
            send(store, &clock.ctx(SITI, DINAS), input).await.unwrap();
        }
        let look = async |tx: &mut Tx| -> Result<_, Failure> {
            let mut counts = Vec::new();
            for search in ["", "taman sari", "Batununggal", "K151", "32.73.04.1001", "Karawang"] {
                counts.push(registry::list(tx, search).await?.len());
            }
            Ok(counts)
        };
        assert_eq!(store.read(DINAS, look).await.unwrap(), [151, 1, 9, 1, 1, 0]);
    });
}

#[test]
fn one_real_cooperative_a_kelurahan_and_the_same_answer_for_the_same_request() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-06-20"));
        seeded(store).await;
        let ctx = clock.ctx(SITI, DINAS);
        let first = send(store, &ctx, form("32.73.04.1001", 1, false)).await.unwrap();
        let again = send(store, &ctx, form("32.73.04.1001", 1, false)).await.unwrap();
        assert_eq!((first.receipt, first.repeated), (again.receipt, false));
        assert!(again.repeated);

        let refusals = [
            (ctx, form("32.73.04.1001", 1, true), "request.other_content"),
            (clock.ctx(SITI, DINAS), form("32.73.04.1001", 1, true), "coops.already_registered"),
            (clock.ctx(SITI, DINAS), form("32.73.04.1001", 2, false), "coops.kelurahan_taken"),
            (clock.ctx(SITI, DINAS), form("32.73.04.9999", 1, false), "coops.unknown_kelurahan"),
        ];
        for (ctx, input, code) in refusals {
            assert_eq!(send(store, &ctx, input).await.unwrap_err().code(), code);
        }
        for running in [50, 51] {
            let practice = form("32.73.04.1001", running, true);
            send(store, &clock.ctx(SITI, DINAS), practice).await.unwrap();
        }
        let look = async |tx: &mut Tx| -> Result<_, Failure> {
            let code = KelurahanCode::parse("32.73.04.1001").unwrap();
            let there = registry::of_kelurahan(tx, &code).await?;
            let office = registry::find(tx, DINAS).await?;
            Ok((there.iter().map(|one| one.example).collect::<Vec<_>>(), office))
        };
        let (examples, office) = store.read(DINAS, look).await.unwrap();
        assert_eq!((examples, office), (vec![false, true, true], None));
    });
}

#[test]
fn two_at_once_leave_one() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-06-20"));
        seeded(store).await;
        let (one, two) = (clock.ctx(SITI, DINAS), clock.ctx(SITI, DINAS));
        let (first, second) = tokio::join!(
            send(store, &one, form("32.73.04.1001", 1, false)),
            send(store, &two, form("32.73.04.1001", 1, false)),
        );
        let codes: Vec<&str> = [first, second]
            .iter()
            .map(|sent| sent.as_ref().map_or_else(Failure::code, |_| ""))
            .collect();
        assert!(codes.contains(&"") && codes.contains(&"coops.already_registered"), "{codes:?}");
        let look = async |tx: &mut Tx| registry::list(tx, "").await;
        assert_eq!(store.read(DINAS, look).await.unwrap().len(), 1);
    });
}
