//! Posting through the store: what is written, what is refused, what a recount finds.

use ledger::{Detail, Entry, Series, Unit};
use store::{Failure, Store, Tx};
use testkit::{Clock, TAMANSARI, on_both, post, recount, with_books};
use values::{CoopId, Day, Rupiah};

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

fn rp(rupiah: i64) -> Rupiah {
    Rupiah::new(rupiah)
}

/// A grant of ten million arrives at the bank.
fn grant(on: &str) -> Entry {
    Entry::new("test.grant", day(on)).debit("11201", Unit::Pst, rp(10_000_000)).credit(
        "31105",
        Unit::Pst,
        rp(10_000_000),
    )
}

/// Two members pay their Pokok at the office.
fn pokok(on: &str) -> Entry {
    let names = vec![
        Detail::new("anggota", "tini", rp(100_000)),
        Detail::new("anggota", "joko", rp(100_000)),
    ];
    Entry::new("test.pokok", day(on)).debit("11101", Unit::Pst, rp(200_000)).credit_of(
        "31101",
        Unit::Pst,
        rp(200_000),
        names,
    )
}

async fn head(store: &Store, coop: CoopId) -> (i64, String) {
    let ask = async |tx: &mut Tx| -> Result<(i64, [u8; 32]), Failure> {
        let sql = "select entry_no, chain_hash from coop_heads where coop_id = $1";
        Ok(tx.one(sql, &[]).await?)
    };
    let (entry_no, hash) = store.read(coop, ask).await.unwrap();
    (entry_no, hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[test]
fn an_entry_gets_its_numbers_and_the_head_follows_it() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let first = post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        assert_eq!((first.entry_no, first.number.as_str()), (1, "PST-20251013-001"));
        assert_eq!(head(store, TAMANSARI).await, (1, first.hash.clone()));
        let second = post(store, &clock, TAMANSARI, pokok("2025-10-14")).await.unwrap();
        assert_eq!((second.entry_no, second.number.as_str()), (2, "PST-20251014-001"));
        let third = post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        assert_eq!((third.entry_no, third.number.as_str()), (3, "PST-20251013-002"));
        let receipt = grant("2025-10-14").numbered(Series::Device("K017-A1-01".to_owned()));
        let fourth = post(store, &clock, TAMANSARI, receipt).await.unwrap();
        assert_eq!(fourth.number, "K017-A1-01-000001");
        assert_eq!(head(store, TAMANSARI).await, (4, fourth.hash.clone()));
        let hashes = [&first.hash, &second.hash, &third.hash, &fourth.hash];
        assert_eq!(hashes.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        let recounted = recount(store, TAMANSARI).await;
        assert_eq!((recounted.entries, recounted.findings), (4, Vec::new()), "{}", engine.name);
    });
}
