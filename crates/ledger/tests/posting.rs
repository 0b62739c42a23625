//! Posting through the store: what is written, what is refused, what is taken back.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::collections::BTreeSet;

use ledger::{
    Detail, Entry, Posted, Reversal, Series, Unit, balance, balance_of, close_account,
    close_through, lines_of, open_books, reverse, span, trial_balance,
};
use store::{Failure, Store, Tx};
use testkit::{Clock, Engine, TAMANSARI, act, on_both, post, recount, register, with_books};
use values::{CoopId, Ctx, Day, Rupiah};

/// A cooperative that is registered and has no books.
const NEW: CoopId = CoopId::new(327_309_100_401);

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

fn rp(rupiah: i64) -> Rupiah {
    Rupiah::new(rupiah)
}

/// Debit and kredit at the office.
fn simple(on: &str, debit: &str, credit: &str, rupiah: i64) -> Entry {
    Entry::new("test.simple", day(on)).debit(debit, Unit::Pst, rp(rupiah)).credit(
        credit,
        Unit::Pst,
        rp(rupiah),
    )
}

/// A grant of ten million arrives at the bank.
fn grant(on: &str) -> Entry {
    simple(on, "11201", "31105", 10_000_000)
}

/// Two members pay their Pokok at the office.
fn pokok(on: &str) -> Entry {
    pokok_of(on, vec![of_member("tini", 100_000), of_member("joko", 100_000)])
}

fn pokok_of(on: &str, names: Vec<Detail>) -> Entry {
    let entry = Entry::new("test.pokok", day(on)).debit("11101", Unit::Pst, rp(200_000));
    entry.credit_of("31101", Unit::Pst, rp(200_000), names)
}

fn of_member(subject: &str, rupiah: i64) -> Detail {
    Detail::new("anggota", subject, rp(rupiah))
}

fn taking_back(entry_no: i64, on: &str, reason: &str) -> Reversal {
    Reversal {
        kind: "test.take_back",
        entry_no,
        day: day(on),
        reason: reason.to_owned(),
        approver: None,
        unit: Unit::Pst,
    }
}

async fn take_back(store: &Store, clock: &Clock, reversal: Reversal) -> Result<Posted, Failure> {
    let event = async move |tx: &mut Tx, ctx: &Ctx| reverse(tx, ctx, reversal.clone()).await;
    act(store, clock, TAMANSARI, event).await
}

async fn close(store: &Store, clock: &Clock, through: &str) -> Result<(), Failure> {
    let through = day(through);
    let event = async move |tx: &mut Tx, ctx: &Ctx| close_through(tx, ctx, through, "bulan").await;
    act(store, clock, TAMANSARI, event).await
}

async fn holds(store: &Store, code: &'static str) -> i64 {
    let ask = async move |tx: &mut Tx| balance(tx, code).await;
    store.read(TAMANSARI, ask).await.unwrap().get()
}

async fn head(store: &Store) -> (i64, String) {
    let ask = async |tx: &mut Tx| -> Result<(i64, [u8; 32]), Failure> {
        let sql = "select entry_no, chain_hash from coop_heads where coop_id = $1";
        Ok(tx.one(sql, &[]).await?)
    };
    let (entry_no, hash) = store.read(TAMANSARI, ask).await.unwrap();
    (entry_no, hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Asserts that a recount finds so many entries and nothing wrong.
async fn sound(engine: &Engine, entries: i64, after: &str) {
    let recounted = recount(&engine.store, TAMANSARI).await;
    assert_eq!(
        (recounted.entries, recounted.findings),
        (entries, Vec::new()),
        "{} {after}",
        engine.name
    );
}

#[test]
fn an_entry_gets_its_numbers_and_the_head_follows_it() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let first = post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        assert_eq!((first.entry_no, first.number.as_str()), (1, "PST-20251013-001"));
        assert_eq!(head(store).await, (1, first.hash.clone()));
        let second = post(store, &clock, TAMANSARI, pokok("2025-10-14")).await.unwrap();
        assert_eq!((second.entry_no, second.number.as_str()), (2, "PST-20251014-001"));
        let third = post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        assert_eq!((third.entry_no, third.number.as_str()), (3, "PST-20251013-002"));
        let receipt = grant("2025-10-14").numbered(Series::Device("K017-A1-01".to_owned()));
        let fourth = post(store, &clock, TAMANSARI, receipt).await.unwrap();
        assert_eq!(fourth.number, "K017-A1-01-000001");
        assert_eq!(head(store).await, (4, fourth.hash.clone()));
        let hashes = BTreeSet::from([first.hash, second.hash, third.hash, fourth.hash]);
        assert_eq!(hashes.len(), 4);
        sound(&engine, 4, "four entries").await;
    });
}

#[test]
fn an_entry_moves_its_accounts_and_the_names_behind_them() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        post(store, &clock, TAMANSARI, grant("2025-09-30")).await.unwrap();
        let twice =
            pokok_of("2025-10-01", vec![of_member("tini", 150_000), of_member("joko", 50_000)]);
        post(store, &clock, TAMANSARI, twice).await.unwrap();
        post(store, &clock, TAMANSARI, pokok("2025-10-14")).await.unwrap();
        assert_eq!((holds(store, "11101").await, holds(store, "31101").await), (400_000, -400_000));
        let ask = async |tx: &mut Tx| balance_of(tx, "31101", "tini").await;
        assert_eq!(store.read(TAMANSARI, ask).await.unwrap(), rp(-250_000));
        let ask = async |tx: &mut Tx| trial_balance(tx, ledger::Stretch::ALL).await;
        let balances = store.read(TAMANSARI, ask).await.unwrap();
        let lines: Vec<(&str, i64)> =
            balances.iter().map(|balance| (balance.account.code, balance.net.get())).collect();
        let expected = [
            ("11101", 400_000),
            ("11201", 10_000_000),
            ("31101", -400_000),
            ("31105", -10_000_000),
        ];
        assert_eq!(lines, expected, "{}", engine.name);
    });
}

#[test]
fn a_chain_never_goes_back_in_time_though_a_clock_may() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        clock.pass(-3_600);
        post(store, &clock, TAMANSARI, grant("2025-10-13")).await.unwrap();
        let ask = async |tx: &mut Tx| -> Result<Vec<(i64,)>, Failure> {
            Ok(tx.all("select distinct posted_at from entries where coop_id = $1", &[]).await?)
        };
        assert_eq!(store.read(TAMANSARI, ask).await.unwrap().len(), 1);
        sound(&engine, 2, "a clock that was set back").await;
    });
}

/// What can be asked of the ledger.
enum Ask {
    Post(Entry),
    PostWithoutBooks(Entry),
    TakeBack(Reversal),
    CloseThrough(&'static str),
    OpenBooks,
}

/// Every refusal once, in the order of the enum.
fn refusals() -> Vec<(&'static str, u16, Ask)> {
    let late = "2025-06-01";
    let (unnamed, strange) =
        (pokok_of(late, Vec::new()), grant(late).debit("99999", Unit::Pst, rp(1)));
    let one_sided = Entry::new("test.simple", day(late)).debit("11101", Unit::Pst, rp(5));
    let named = Entry::new("test.simple", day(late)).debit("11101", Unit::Pst, rp(5)).credit_of(
        "31105",
        Unit::Pst,
        rp(5),
        vec![of_member("tini", 5)],
    );
    vec![
        ("books_not_opened", 409, Ask::PostWithoutBooks(grant(late))),
        ("books_opened", 409, Ask::OpenBooks),
        ("closed_period", 409, Ask::Post(grant("2025-01-31"))),
        ("future_day", 422, Ask::Post(grant("2025-10-15"))),
        ("one_sided", 422, Ask::Post(one_sided)),
        ("not_positive", 422, Ask::Post(simple(late, "11201", "31105", -5))),
        ("too_large", 422, Ask::Post(simple(late, "11201", "31105", 1_000_000_000_000_001))),
        ("unknown_account", 422, Ask::Post(strange)),
        ("closed_account", 422, Ask::Post(simple(late, "11602", "81101", 5))),
        ("other_unit", 422, Ask::Post(simple(late, "11103", "31105", 5))),
        ("details_missing", 422, Ask::Post(unnamed)),
        ("details_unwanted", 422, Ask::Post(named)),
        ("unbalanced", 422, Ask::Post(grant(late).debit("61102", Unit::Pst, rp(1)))),
        ("cash_below_zero", 409, Ask::Post(simple(late, "61102", "11102", 1))),
        ("reason_missing", 422, Ask::TakeBack(taking_back(1, late, "  "))),
        ("unknown_entry", 422, Ask::TakeBack(taking_back(99, late, "salah catat"))),
        ("is_reversal", 422, Ask::TakeBack(taking_back(4, late, "salah catat"))),
        ("already_reversed", 409, Ask::TakeBack(taking_back(3, late, "salah catat"))),
        ("closed_before", 409, Ask::CloseThrough("2025-01-31")),
        ("not_empty_at_close", 409, Ask::CloseThrough("2025-09-30")),
    ]
}

/// Five entries, of which the fourth takes the third back and the fifth leaves money on its way;
/// January is closed, and account 11602 from June on.
async fn small_books(store: &Store, clock: &Clock) {
    with_books(store, clock, TAMANSARI, "2025-01-01").await;
    register(store, NEW).await.unwrap();
    post(store, clock, TAMANSARI, grant("2025-02-03")).await.unwrap();
    post(store, clock, TAMANSARI, pokok("2025-02-04")).await.unwrap();
    post(store, clock, TAMANSARI, grant("2025-02-05")).await.unwrap();
    take_back(store, clock, taking_back(3, "2025-02-06", "dicatat dua kali")).await.unwrap();
    close(store, clock, "2025-01-31").await.unwrap();
    let end = async |tx: &mut Tx, _: &Ctx| close_account(tx, "11602", day("2025-06-01")).await;
    act(store, clock, TAMANSARI, end).await.unwrap();
    post(store, clock, TAMANSARI, simple("2025-02-07", "11108", "11101", 50_000)).await.unwrap();
}

async fn ask(store: &Store, clock: &Clock, ask: Ask) -> Failure {
    let open = async |tx: &mut Tx, ctx: &Ctx| open_books(tx, ctx, day("2025-01-01")).await;
    let answer = match ask {
        Ask::Post(entry) => post(store, clock, TAMANSARI, entry).await.map(drop),
        Ask::PostWithoutBooks(entry) => post(store, clock, NEW, entry).await.map(drop),
        Ask::TakeBack(reversal) => take_back(store, clock, reversal).await.map(drop),
        Ask::CloseThrough(through) => close(store, clock, through).await,
        Ask::OpenBooks => act(store, clock, TAMANSARI, open).await,
    };
    answer.expect_err("it is refused")
}

#[test]
fn every_refusal_has_its_code_and_nothing_is_written() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        small_books(store, &clock).await;
        for (reason, status, what) in refusals() {
            let Failure::Refused(refusal) = ask(store, &clock, what).await else {
                panic!("{}: {reason} is no fault", engine.name)
            };
            assert_eq!(refusal.code(), format!("ledger.{reason}"), "{refusal}");
            assert_eq!(refusal.status(), status, "{reason}");
            sound(&engine, 5, reason).await;
        }
        assert_eq!(recount(store, NEW).await, ledger::Recount::default());
    });
}

#[test]
fn the_table_of_refusals_leaves_none_out() {
    let source = include_str!("../src/refusal.rs");
    let codes = source.split("\"ledger.").skip(1);
    let codes: Vec<&str> = codes.filter_map(|rest| rest.split('"').next()).collect();
    let shown: Vec<&str> = refusals().into_iter().map(|(reason, _, _)| reason).collect();
    assert_eq!(shown, codes);
}

#[test]
fn other_ways_to_the_same_refusals() {
    let late = "2025-06-01";
    let wrong_kind = vec![Detail::new("pemasok", "tini", rp(200_000))];
    let short = vec![of_member("tini", 100_000), of_member("joko", 99_999)];
    let nobody = vec![of_member("", 200_000)];
    let nothing = vec![of_member("tini", 200_000), of_member("joko", 0)];
    let future_value = grant(late).valued(day("2025-10-15"));
    let memo_against_book = Entry::new("test.memo", day(late))
        .debit("01101", Unit::Usp, rp(7))
        .credit("31105", Unit::Pst, rp(7));
    let sum_too_large = (0..10_000)
        .fold(grant(late), |entry, _| entry.debit("11201", Unit::Pst, rp(1_000_000_000_000_000)));
    let overdrawn_by_unit = Entry::new("test.two_units", day(late))
        .debit("61102", Unit::Tok, rp(150_001))
        .credit("11101", Unit::Tok, rp(100_000))
        .credit("11101", Unit::Pst, rp(50_001));
    let cases = [
        ("details_missing", pokok_of(late, wrong_kind)),
        ("details_missing", pokok_of(late, short)),
        ("details_missing", pokok_of(late, nobody)),
        ("details_missing", pokok_of(late, nothing)),
        ("future_day", future_value),
        ("unbalanced", memo_against_book),
        ("too_large", sum_too_large),
        ("cash_below_zero", overdrawn_by_unit),
        ("one_sided", Entry::new("test.nothing", day(late))),
    ];
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        small_books(store, &clock).await;
        for (reason, entry) in cases.clone() {
            let failure = ask(store, &clock, Ask::Post(entry)).await;
            assert_eq!(failure.code(), format!("ledger.{reason}"), "{failure}");
        }
        let spent = simple(late, "61102", "11201", 9_000_000);
        post(store, &clock, TAMANSARI, spent).await.unwrap();
        let cases = [
            ("cash_below_zero", Ask::TakeBack(taking_back(1, late, "hibah batal"))),
            ("closed_period", Ask::TakeBack(taking_back(2, "2025-01-15", "salah nama"))),
            ("future_day", Ask::TakeBack(taking_back(2, "2025-10-15", "salah nama"))),
            ("future_day", Ask::CloseThrough("2025-10-15")),
        ];
        for (reason, what) in cases {
            let failure = ask(store, &clock, what).await;
            assert_eq!(failure.code(), format!("ledger.{reason}"), "{failure}");
        }
        sound(&engine, 6, "refused in other ways").await;
    });
}

#[test]
fn a_refusal_is_a_sentence_with_what_one_needs_to_know() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        small_books(store, &clock).await;
        let failure =
            ask(store, &clock, Ask::Post(simple("2025-06-01", "61102", "11101", 150_001)));
        let said = failure.await.to_string();
        assert_eq!(
            said,
            "Saldo Kas besar (brankas) hanya Rp 150.000, tidak cukup untuk Rp 150.001."
        );
        let failure = ask(store, &clock, Ask::CloseThrough("2025-09-30")).await;
        let said = "Akun 11108 masih bersaldo Rp 50.000; harus nol sebelum buku ditutup.";
        assert_eq!(failure.to_string(), said);
    });
}

#[test]
fn cash_that_one_entry_brings_and_takes_is_enough_and_cash_on_its_way_may_be_short() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let through = Entry::new("test.through", day("2025-10-14"))
            .credit("11102", Unit::Pst, rp(70_000))
            .debit("61105", Unit::Pst, rp(70_000))
            .debit("11102", Unit::Pst, rp(70_000))
            .credit("31105", Unit::Pst, rp(70_000));
        post(store, &clock, TAMANSARI, through).await.unwrap();
        let arrived = simple("2025-10-14", "11101", "11108", 40_000);
        post(store, &clock, TAMANSARI, arrived).await.unwrap();
        assert_eq!((holds(store, "11102").await, holds(store, "11108").await), (0, -40_000));
        let memo = Entry::new("test.memo", day("2025-10-14"))
            .debit("01101", Unit::Usp, rp(7))
            .credit("01199", Unit::Usp, rp(7));
        post(store, &clock, TAMANSARI, memo).await.unwrap();
        sound(&engine, 3, "cash").await;
    });
}

#[test]
fn an_account_is_used_until_the_day_it_closes_and_by_its_own_unit() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        small_books(store, &clock).await;
        post(store, &clock, TAMANSARI, simple("2025-05-31", "11602", "81101", 5)).await.unwrap();
        let till = Entry::new("test.sale", day("2025-06-01"))
            .debit("11103", Unit::Tok, rp(5_000))
            .credit("42101", Unit::Tok, rp(5_000));
        post(store, &clock, TAMANSARI, till).await.unwrap();
        let strange =
            async |tx: &mut Tx, _: &Ctx| close_account(tx, "99999", day("2025-06-01")).await;
        let failure = act(store, &clock, TAMANSARI, strange).await.unwrap_err();
        assert_eq!(failure.code(), "ledger.unknown_account");
        sound(&engine, 7, "accounts").await;
    });
}

#[test]
fn a_reversal_is_the_exact_opposite_and_names_what_it_takes_back() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let late = pokok("2025-10-13").valued(day("2025-09-29"));
        post(store, &clock, TAMANSARI, late).await.unwrap();
        let reversal = taking_back(1, "2025-10-14", "salah nama");
        let posted = take_back(store, &clock, reversal).await.unwrap();
        assert_eq!((posted.entry_no, posted.number.as_str()), (2, "PST-20251014-001"));
        let ask =
            async |tx: &mut Tx| Ok::<_, Failure>((lines_of(tx, 1).await?, lines_of(tx, 2).await?));
        let (first, mut second) = store.read(TAMANSARI, ask).await.unwrap();
        second.iter_mut().for_each(|line| line.side = line.side.opposite());
        assert_eq!(first, second);
        assert_eq!(first[1].details.len(), 2);
        let ask = async |tx: &mut Tx| -> Result<(i64, Day, Day, String), Failure> {
            let sql = "select e.reverses, e.day, e.value_day, n.note from entries e, notes n
                        where e.coop_id = $1 and e.entry_no = 2
                          and n.coop_id = $1 and n.entry_no = 2";
            Ok(tx.one(sql, &[]).await?)
        };
        let expected = (1, day("2025-10-14"), day("2025-09-29"), "salah nama".to_owned());
        assert_eq!(store.read(TAMANSARI, ask).await.unwrap(), expected);
        let ask = async |tx: &mut Tx| ledger::names_behind(tx, "31101").await;
        assert_eq!(store.read(TAMANSARI, ask).await.unwrap(), Vec::new());
        sound(&engine, 2, "a reversal").await;
    });
}

#[test]
fn books_close_forward_and_leave_a_log() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        register(store, TAMANSARI).await.unwrap();
        let early = close(store, &clock, "2025-09-30").await.unwrap_err();
        assert_eq!(early.code(), "ledger.books_not_opened");
        let tomorrow = async |tx: &mut Tx, ctx: &Ctx| open_books(tx, ctx, day("2025-10-15")).await;
        let early = act(store, &clock, TAMANSARI, tomorrow).await.unwrap_err();
        assert_eq!(early.code(), "ledger.future_day");
        let open = async |tx: &mut Tx, ctx: &Ctx| open_books(tx, ctx, day("2025-08-01")).await;
        act(store, &clock, TAMANSARI, open).await.unwrap();
        let before = post(store, &clock, TAMANSARI, grant("2025-07-31")).await.unwrap_err();
        assert_eq!(before.code(), "ledger.closed_period");
        post(store, &clock, TAMANSARI, grant("2025-08-01")).await.unwrap();
        close(store, &clock, "2025-08-31").await.unwrap();
        close(store, &clock, "2025-09-30").await.unwrap();
        let found =
            store.read(TAMANSARI, async |tx: &mut Tx| span(tx).await).await.unwrap().unwrap();
        assert_eq!((found.first_day, found.closed_through), (day("2025-08-01"), day("2025-09-30")));
        let ask = async |tx: &mut Tx| -> Result<Vec<(i64, Day, String)>, Failure> {
            let sql = "select closing_no, closed_through, reason from closings
                        where coop_id = $1 order by closing_no";
            Ok(tx.all(sql, &[]).await?)
        };
        let log = store.read(TAMANSARI, ask).await.unwrap();
        let month = "bulan".to_owned();
        let expected = [(1, day("2025-08-31"), month.clone()), (2, day("2025-09-30"), month)];
        assert_eq!(log, expected, "{}", engine.name);
        post(store, &clock, TAMANSARI, grant("2025-10-01")).await.unwrap();
        sound(&engine, 2, "closings").await;
    });
}
