//! The recount: sound books stay silent, and whatever is changed by hand is named.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use ledger::{Detail, Entry, Finding, Unit, merkle, seal, seals};
use store::{Failure, Store, Tx};
use testkit::{Clock, act, on_both, post, recount, with_books};
use values::{CoopId, Ctx, Day, PersonId, Rupiah};

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

/// Six entries: a grant, twice Pokok of two members, a purchase with evidence and a second person,
/// and after a seal two more grants.
async fn six_entries(store: &Store, clock: &Clock, coop: CoopId) {
    with_books(store, clock, coop, "2025-01-01").await;
    post(store, clock, coop, grant(10_000_000)).await.unwrap();
    post(store, clock, coop, pokok()).await.unwrap();
    post(store, clock, coop, pokok()).await.unwrap();
    let purchase = Entry::new("test.purchase", day("2025-10-02"))
        .valued(day("2025-10-01"))
        .debit("61105", Unit::Pst, Rupiah::new(75_000))
        .credit("11101", Unit::Pst, Rupiah::new(75_000))
        .approved_by(Some(PersonId::from_bytes(*b"asep-ketua------")))
        .with_evidence(vec![[7; 32], [8; 32]])
        .noted("kertas dan tinta");
    post(store, clock, coop, purchase).await.unwrap();
    let on = day("2025-10-14");
    let sealing = async move |tx: &mut Tx, ctx: &Ctx| -> Result<i64, Failure> {
        Ok(seal(tx, ctx, on).await?.unwrap().seal_no)
    };
    assert_eq!(act(store, clock, coop, sealing).await.unwrap(), 1);
    post(store, clock, coop, grant(1)).await.unwrap();
    post(store, clock, coop, grant(2)).await.unwrap();
}

fn grant(rupiah: i64) -> Entry {
    let entry = Entry::new("test.grant", day("2025-10-01")).noted("hibah pemerintah kota");
    entry.debit("11201", Unit::Pst, Rupiah::new(rupiah)).credit(
        "31105",
        Unit::Pst,
        Rupiah::new(rupiah),
    )
}

fn pokok() -> Entry {
    let of = |subject: &str| Detail::new("anggota", subject, Rupiah::new(100_000));
    let sum = Rupiah::new(200_000);
    Entry::new("test.pokok", day("2025-10-02")).debit("11101", Unit::Pst, sum).credit_of(
        "31101",
        Unit::Pst,
        sum,
        vec![of("tini"), of("joko")],
    )
}

/// What is changed by hand, and the finding that must come first.
const CHANGES: [(&str, &str, Option<i64>); 30] = [
    ("update lines set amount = 199999 where entry_no = 2 and line_no = 1", "chain.hash", Some(2)),
    (
        "update lines set account = '31102' where entry_no = 3 and line_no = 2",
        "chain.hash",
        Some(3),
    ),
    ("update lines set unit = 'TOK' where entry_no = 1 and line_no = 1", "chain.hash", Some(1)),
    (
        "update lines set unit = 'XXX' where entry_no = 1 and line_no = 1",
        "entries.unreadable",
        Some(1),
    ),
    ("update lines set side = 'K' where entry_no = 5 and line_no = 1", "chain.hash", Some(5)),
    (
        "update lines set line_no = 3 where entry_no = 5 and line_no = 2",
        "entries.unreadable",
        Some(5),
    ),
    ("delete from lines where entry_no = 6", "chain.hash", Some(6)),
    (
        "update details set subject = 'wati' where entry_no = 2 and detail_no = 2",
        "chain.hash",
        Some(2),
    ),
    (
        "update details set amount = 99999 where entry_no = 3 and detail_no = 1",
        "chain.hash",
        Some(3),
    ),
    (
        "update details set month = '2025-10' where entry_no = 3 and detail_no = 1",
        "chain.hash",
        Some(3),
    ),
    ("update details set line_no = 9 where entry_no = 3", "entries.unreadable", Some(3)),
    ("update entries set day = '2025-10-03' where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set day = '2025-02-30' where entry_no = 4", "entries.unreadable", Some(4)),
    ("update entries set value_day = '2025-10-02' where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set kind = 'test.gift' where entry_no = 1", "chain.hash", Some(1)),
    ("update entries set posted_at = posted_at - 1 where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set period = '2025-09' where entry_no = 4", "entries.period", Some(4)),
    ("update entries set maker_id = approver_id where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set approver_id = null where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set reverses = 1 where entry_no = 5", "chain.hash", Some(5)),
    ("update entries set series_no = 9 where entry_no = 4", "chain.hash", Some(4)),
    ("update entries set note_hash = null where entry_no = 4", "chain.hash", Some(4)),
    ("delete from entries where entry_no = 6", "entries.missing", Some(6)),
    ("delete from entry_evidence where entry_no = 4 and evidence_no = 2", "chain.hash", Some(4)),
    ("update notes set note = 'kertas' where entry_no = 4", "chain.note", Some(4)),
    ("update coop_heads set entry_no = 7 where entry_no = 6", "chain.head", Some(7)),
    ("update movements set debit = debit + 1 where account = '61105'", "movements.differ", None),
    ("update subledger set subject = 'wati' where subject = 'joko'", "subledger.differ", None),
    ("update series set last_no = 4 where series = 'PST-20251001'", "series.differ", None),
    ("update seals set last_entry = 3 where seal_no = 1", "seals.broken", Some(1)),
];

#[test]
fn whatever_is_changed_by_hand_is_named_and_nobody_else_is() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        let first = 327_309_100_101;
        let coops: Vec<CoopId> = (first..).take(CHANGES.len()).map(CoopId::new).collect();
        for coop in &coops {
            six_entries(store, &clock, *coop).await;
            let recounted = recount(store, *coop).await;
            assert_eq!((recounted.entries, recounted.findings), (6, Vec::new()));
        }
        for (place, (change, code, entry)) in CHANGES.into_iter().enumerate() {
            engine.tamper(&format!("{change} and coop_id = {}", coops[place]));
            let found = recount(store, coops[place]).await.findings;
            let told = found.first().map(|finding| (finding.code, finding.entry, finding.coop));
            let expected = Some((code, entry, coops[place].get()));
            assert_eq!(told, expected, "{}: {change}: {found:?}", engine.name);
            for untouched in &coops[place + 1..] {
                assert_eq!(recount(store, *untouched).await.findings, Vec::new());
            }
        }
    });
}

const LONE: CoopId = CoopId::new(327_309_100_501);

async fn codes(store: &Store) -> Vec<(&'static str, Option<i64>)> {
    let named = |finding: Finding| (finding.code, finding.entry);
    recount(store, LONE).await.findings.into_iter().map(named).collect()
}

#[test]
fn an_entry_that_is_taken_out_leaves_a_gap_and_breaks_the_chain_behind_it() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        six_entries(store, &clock, LONE).await;
        for table in ["entries", "lines", "details", "notes"] {
            engine.tamper(&format!("delete from {table} where entry_no = 2 and coop_id = {LONE}"));
        }
        let found = codes(store).await;
        assert_eq!(found[..2], [("entries.gap", Some(3)), ("chain.previous", Some(3))]);
        assert!(found.contains(&("seals.broken", Some(1))), "{}: {found:?}", engine.name);
    });
}

#[test]
fn a_change_with_a_new_hash_breaks_the_chain_at_the_next_entry() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        six_entries(store, &clock, LONE).await;
        let other = "(select hash from entries where entry_no = 1 and coop_id = 327309100501)";
        engine.tamper(&format!(
            "update entries set hash = {other} where entry_no = 3 and coop_id = {LONE}"
        ));
        let found = codes(store).await;
        assert_eq!(found[..2], [("chain.hash", Some(3)), ("chain.previous", Some(4))]);
    });
}

#[test]
fn a_note_can_be_erased_and_the_chain_still_holds() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        six_entries(store, &clock, LONE).await;
        let erase = async |tx: &mut Tx, _: &Ctx| -> Result<(), Failure> {
            Ok(tx.run("delete from notes where coop_id = $1 and entry_no = 4", 1, &[]).await?)
        };
        act(store, &clock, LONE, erase).await.unwrap();
        assert_eq!(codes(store).await, Vec::new(), "{}", engine.name);
    });
}

#[test]
fn a_seal_holds_what_was_posted_since_the_last_and_proves_each_entry() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        six_entries(store, &clock, LONE).await;
        let on = day("2025-10-14");
        let again = async move |tx: &mut Tx, ctx: &Ctx| -> Result<(i64, bool), Failure> {
            let second = seal(tx, ctx, on).await?.unwrap();
            Ok((second.first_entry, seal(tx, ctx, on).await?.is_none()))
        };
        assert_eq!(act(store, &clock, LONE, again).await.unwrap(), (5, true));
        let ask = async |tx: &mut Tx| -> Result<_, Failure> {
            let sql = "select hash from entries where coop_id = $1 order by entry_no";
            let hashes: Vec<([u8; 32],)> = tx.all(sql, &[]).await?;
            Ok((seals(tx).await?, hashes))
        };
        let (kept, hashes) = store.read(LONE, ask).await.unwrap();
        let hashes: Vec<[u8; 32]> = hashes.into_iter().map(|(hash,)| hash).collect();
        assert_eq!((kept[0].first_entry, kept[0].last_entry, kept[0].head_hash), (1, 4, hashes[3]));
        assert_eq!((kept[1].first_entry, kept[1].last_entry, kept[1].head_hash), (5, 6, hashes[5]));
        for place in 0..4 {
            let steps = merkle::proof(&hashes[..4], place).unwrap();
            assert_eq!(merkle::climb(&hashes[place], &steps), kept[0].merkle_root);
        }
        assert_eq!(codes(store).await, Vec::new(), "{}", engine.name);
    });
}

#[test]
fn a_recount_goes_over_many_pages() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, LONE, "2025-01-01").await;
        let many = async |tx: &mut Tx, ctx: &Ctx| -> Result<(), Failure> {
            for rupiah in 1..=1_001 {
                ledger::post(tx, ctx, grant(rupiah)).await?;
            }
            Ok(())
        };
        act(store, &clock, LONE, many).await.unwrap();
        assert_eq!((recount(store, LONE).await.entries, codes(store).await), (1_001, Vec::new()));
        engine.tamper(&format!(
            "update lines set amount = 5 where entry_no = 501 and line_no = 2 and coop_id = {LONE}"
        ));
        assert_eq!(codes(store).await[0], ("chain.hash", Some(501)));
        engine.tamper(&format!(
            "insert into notes (coop_id, entry_no, salt, note)
             select coop_id, 2000, salt, note from notes where entry_no = 1 and coop_id = {LONE}"
        ));
        assert!(codes(store).await.contains(&("entries.missing", Some(2_000))));
    });
}
