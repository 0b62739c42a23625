//! The example city: the same wish gives the same journal, and every book of it is right.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::cell::RefCell;

use demo::{DemoError, Filled, PASSWORD, Wish};
use ledger::export::{Form, write_all};
use store::{Failure, Store, Tx};
use testkit::{Engine, on_postgres, on_sqlite, recount};
use values::{CoopId, Day};

/// A city that is small enough to be made several times.
fn wish(seed: u64, months: i32) -> Wish {
    Wish { seed, coops: 6, months, until: Day::parse_iso("2026-01-15").unwrap() }
}

async fn fill(engine: &Engine, wish: &Wish) -> Filled {
    demo::fill(&engine.store, wish, &|_, _| {}).await.unwrap_or_else(|error| {
        panic!("{}: {error}", engine.name);
    })
}

async fn tenants(store: &Store) -> Vec<(CoopId, String, bool)> {
    let ask = async |tx: &mut Tx| -> Result<Vec<(CoopId, String, bool)>, Failure> {
        let sql = "select coop_id, name, example from cooperatives order by coop_id";
        Ok(tx.all(sql, &[]).await?)
    };
    store.read(CoopId::new(0), ask).await.unwrap()
}

/// A tenant, number and end of its chain, its journal in words.
type Told = (CoopId, i64, [u8; 32], String);

async fn told(store: &Store) -> Vec<Told> {
    let mut told = Vec::new();
    for (coop, ..) in tenants(store).await {
        let ask = async |tx: &mut Tx| -> Result<(i64, [u8; 32]), Failure> {
            let sql = "select entry_no, chain_hash from coop_heads where coop_id = $1";
            Ok(tx.one(sql, &[]).await?)
        };
        let (entries, head) = store.read(coop, ask).await.unwrap();
        let mut journal = Vec::new();
        if entries > 0 {
            write_all(store, coop, Form::Text, &mut journal).await.unwrap();
        }
        told.push((coop, entries, head, String::from_utf8(journal).unwrap()));
    }
    told
}

async fn holds(engine: &Engine) {
    for (coop, name, example) in tenants(&engine.store).await {
        assert!(example, "{name} is marked as an example");
        let recounted = recount(&engine.store, coop).await;
        assert_eq!(recounted.findings, [], "{} {name}", engine.name);
        let check = async |tx: &mut Tx| stock::check(tx).await;
        assert_eq!(engine.store.read(coop, check).await.unwrap(), [], "{} {name}", engine.name);
    }
}

/// A city of its own on SQLite, whose books hold.
fn city(wish: Wish) -> (Filled, Vec<Told>) {
    let made = RefCell::new(None);
    on_sqlite(async |engine| {
        let filled = fill(&engine, &wish).await;
        holds(&engine).await;
        made.replace(Some((filled, told(&engine.store).await)));
    });
    made.into_inner().unwrap()
}

#[test]
fn the_same_seed_gives_the_same_city_and_its_books_hold() {
    let (filled, first) = city(wish(7, 1));
    assert_eq!((filled.coops, filled.trading), (6, 3));
    assert!(filled.sales > 500, "{} sales", filled.sales);
    assert_eq!(city(wish(7, 1)), (filled, first));
}

#[test]
fn another_seed_gives_another_city() {
    let heads = |seed| {
        let (_, told) = city(Wish { coops: 3, ..wish(seed, 1) });
        told.into_iter().map(|(coop, _, head, _)| (coop, head)).collect::<Vec<_>>()
    };
    let (one, other) = (heads(7), heads(8));
    assert_ne!(one, other);
}

#[test]
fn postgresql_tells_the_same_city() {
    let wish = Wish { coops: 3, ..wish(7, 1) };
    let on_sqlite = city(wish);
    on_postgres(async |engine| {
        let filled = fill(&engine, &wish).await;
        holds(&engine).await;
        assert_eq!((filled, told(&engine.store).await), on_sqlite);
    });
}

#[test]
fn who_lives_there_is_left_alone() {
    on_sqlite(async |engine| {
        let small = Wish { coops: 2, ..wish(7, 1) };
        testkit::register(&engine.store, testkit::TAMANSARI).await.unwrap();
        let refused = demo::fill(&engine.store, &small, &|_, _| {}).await;
        assert!(matches!(refused, Err(DemoError::NotEmpty { tenants: 1 })));
        assert_eq!(tenants(&engine.store).await.len(), 1);
    });
}

#[test]
fn whoever_is_printed_can_come_in() {
    on_sqlite(async |engine| {
        let wish = Wish { coops: 1, ..wish(7, 1) };
        let filled = fill(&engine, &wish).await;
        let now = wish.until.instant_at(9 * 3_600);
        assert_eq!(filled.sign_ins.len(), 8);
        for one in &filled.sign_ins {
            let (store, name) = (&engine.store, &one.sign_in_name);
            let person = access::password::verify(store, name, PASSWORD.to_owned(), now).await;
            let person = person.unwrap();
            assert_eq!(one.codes.is_empty(), !one.role.needs_second_factor(), "{name}");
            if let Some(code) = one.codes.last() {
                access::factor::show(store, &[0; 32], person, code, now).await.unwrap();
            }
        }
    });
}
