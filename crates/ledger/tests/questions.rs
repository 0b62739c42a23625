//! What pages and reports ask of the journal.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use ledger::{
    JournalEntry, JournalPage, JournalQuestion, Note, Side, Stretch, account_ledger, entry,
    journal, name_ledger, text,
};
use store::{Failure, Store, Tx};
use testkit::{Clock, SITI, TAMANSARI, act, on_both, with_books};
use values::{Ctx, Day, Period, Rupiah};

const JOURNAL: &str = "
2025-08-01 Hibah
  D 11201 1.000
  K 31105 1.000
2025-08-20 Wajib
  D 11101 300
  K 31102 300
    anggota:tini@2025-08 100
    anggota:joko@2025-08 200
2025-09-05 Salah
  D 61105 TOK 40
  K 11101 40
2025-09-06 balik #3 dobel
2025-09-30=2025-08-31 Wajib terlambat
  D 11101 100
  K 31102 anggota:tini@2025-09 100
2025-10-01 Ke bank dan kembali
  D 11201 60
  K 11101 60
  D 11101 10
  K 11201 10
";

async fn written(store: &Store, clock: &Clock) {
    with_books(store, clock, TAMANSARI, "2025-01-01").await;
    let drafts = text::parse(JOURNAL).unwrap();
    let event = async move |tx: &mut Tx, ctx: &Ctx| text::record(tx, ctx, &drafts).await;
    act(store, clock, TAMANSARI, event).await.unwrap();
}

async fn page(store: &Store, question: JournalQuestion) -> JournalPage {
    let ask = async move |tx: &mut Tx| journal(tx, &question).await;
    store.read(TAMANSARI, ask).await.unwrap()
}

async fn numbers(store: &Store, question: JournalQuestion) -> Vec<i64> {
    page(store, question).await.entries.iter().map(|entry| entry.entry_no).collect()
}

async fn complete(store: &Store, entry_no: i64) -> Option<JournalEntry> {
    let ask = async move |tx: &mut Tx| entry(tx, entry_no).await;
    store.read(TAMANSARI, ask).await.unwrap()
}

fn day(iso: &str) -> Option<Day> {
    Some(Day::parse_iso(iso).unwrap())
}

fn stretch(from: &str, through: &str) -> Stretch {
    Stretch {
        from: Some(Period::parse(from).unwrap()),
        through: Some(Period::parse(through).unwrap()),
    }
}

#[test]
fn the_journal_is_read_newest_first_and_page_by_page() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        written(store, &clock).await;
        let all = page(store, JournalQuestion::default()).await;
        assert_eq!(all.entries.len(), 6);
        assert_eq!(all.older, None);
        let mut seen = Vec::new();
        let mut older_than = None;
        loop {
            let question = JournalQuestion { older_than, limit: 4, ..JournalQuestion::default() };
            let found = page(store, question).await;
            seen.extend(found.entries.iter().map(|entry| entry.entry_no));
            older_than = found.older;
            if older_than.is_none() {
                break;
            }
        }
        assert_eq!(seen, [6, 5, 4, 3, 2, 1], "{}", engine.name);
        let exactly = JournalQuestion { limit: 6, ..JournalQuestion::default() };
        assert_eq!(page(store, exactly).await.older, None);
        let none = JournalQuestion { limit: -5, older_than: Some(1), ..JournalQuestion::default() };
        assert_eq!(page(store, none).await, JournalPage::default());
    });
}

#[test]
fn the_journal_can_be_asked_by_day_event_account_and_name() {
    let all = JournalQuestion::default;
    let code = |code: &str| Some(code.to_owned());
    let name = |subject: &str| Some(("anggota".to_owned(), subject.to_owned()));
    let cases = [
        (JournalQuestion { from: day("2025-09-06"), ..all() }, vec![6, 5, 4]),
        (JournalQuestion { through: day("2025-08-20"), ..all() }, vec![2, 1]),
        (JournalQuestion { kind: Some(text::KIND.to_owned()), limit: 1, ..all() }, vec![6]),
        (JournalQuestion { kind: Some("cash.moved".to_owned()), ..all() }, vec![]),
        (JournalQuestion { account: code("11201"), ..all() }, vec![6, 1]),
        (JournalQuestion { account: code("11201"), through: day("2025-09-30"), ..all() }, vec![1]),
        (JournalQuestion { name: name("tini"), ..all() }, vec![5, 2]),
        (JournalQuestion { name: name("joko"), account: code("31102"), ..all() }, vec![2]),
        (JournalQuestion { name: name("joko"), account: code("31101"), ..all() }, vec![]),
        (JournalQuestion { name: name("tini"), older_than: Some(5), ..all() }, vec![2]),
    ];
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        written(store, &clock).await;
        for (question, expected) in cases.clone() {
            let found = numbers(store, question.clone()).await;
            assert_eq!(found, expected, "{} {question:?}", engine.name);
        }
    });
}

#[test]
fn an_entry_is_complete_and_knows_what_took_it_back() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        written(store, &clock).await;
        let wajib = complete(store, 2).await.unwrap();
        assert_eq!((wajib.number.as_str(), wajib.kind.as_str()), ("PST-20250820-001", text::KIND));
        assert_eq!(wajib.note, Note::Words("Wajib".to_owned()));
        assert_eq!((wajib.maker, wajib.approver, wajib.posted_at), (SITI, None, clock.now()));
        assert_eq!(wajib.lines[1].details.len(), 2);
        assert_eq!(wajib.lines[1].details[1].subject, "joko");
        assert_eq!(wajib.hash.len(), 64);
        let (wrong, back) = (complete(store, 3).await.unwrap(), complete(store, 4).await.unwrap());
        assert_eq!((wrong.reversed_by, wrong.reverses), (Some(4), None));
        assert_eq!((back.reversed_by, back.reverses), (None, Some(3)));
        let late = complete(store, 5).await.unwrap();
        assert_eq!((Some(late.day), Some(late.value_day)), (day("2025-09-30"), day("2025-08-31")));
        for nothing in [0, 7, -1, i64::MIN, i64::MAX] {
            assert_eq!(complete(store, nothing).await, None);
        }
        let erase = async |tx: &mut Tx, _: &Ctx| -> Result<(), Failure> {
            Ok(tx.run("delete from notes where coop_id = $1 and entry_no = 2", 1, &[]).await?)
        };
        act(store, &clock, TAMANSARI, erase).await.unwrap();
        assert_eq!(complete(store, 2).await.unwrap().note, Note::Erased, "{}", engine.name);
    });
}

#[test]
fn a_ledger_runs_from_its_opening_to_its_closing_balance() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        written(store, &clock).await;
        let ask =
            async |tx: &mut Tx| account_ledger(tx, "11101", stretch("2025-09", "2025-10")).await;
        let found = store.read(TAMANSARI, ask).await.unwrap();
        let rows: Vec<(i64, Side, i64, i64)> = found
            .rows
            .iter()
            .map(|row| (row.entry_no, row.side, row.amount.get(), row.balance.get()))
            .collect();
        let (d, k) = (Side::Debit, Side::Credit);
        let expected =
            [(3, k, 40, 260), (4, d, 40, 300), (5, d, 100, 400), (6, k, 60, 340), (6, d, 10, 350)];
        assert_eq!(rows, expected, "{}", engine.name);
        assert_eq!((found.opening, found.closing), (Rupiah::new(300), Rupiah::new(350)));
        assert_eq!(found.rows[0].note.as_deref(), Some("Salah"));
        assert_eq!(found.rows[0].number, "PST-20250905-001");
        let ask =
            async |tx: &mut Tx| account_ledger(tx, "11101", stretch("2025-01", "2025-07")).await;
        let found = store.read(TAMANSARI, ask).await.unwrap();
        assert_eq!((found.rows.len(), found.closing), (0, Rupiah::ZERO));
        let ask = async |tx: &mut Tx| account_ledger(tx, "00000", Stretch::ALL).await;
        let refused = store.read(TAMANSARI, ask).await.unwrap_err();
        assert_eq!(refused.code(), "ledger.unknown_account");
    });
}

#[test]
fn a_card_shows_one_name_and_no_other() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        written(store, &clock).await;
        let ask = async |tx: &mut Tx| {
            name_ledger(tx, "31102", "tini", stretch("2025-09", "2025-12")).await
        };
        let found = store.read(TAMANSARI, ask).await.unwrap();
        let rows: Vec<(i64, i64)> =
            found.rows.iter().map(|row| (row.entry_no, row.balance.get())).collect();
        assert_eq!((found.opening.get(), rows), (-100, vec![(5, -200)]), "{}", engine.name);
        let ask = async |tx: &mut Tx| name_ledger(tx, "31102", "wati", Stretch::ALL).await;
        let nobody = store.read(TAMANSARI, ask).await.unwrap();
        assert_eq!((nobody.rows.len(), nobody.closing), (0, Rupiah::ZERO));
    });
}
