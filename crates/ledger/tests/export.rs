//! The journal in the words of other programs, which must come to the same balances.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use ledger::export::{Form, write_all};
use ledger::{Entry, Stretch, Unit, text, trial_balance};
use store::{Failure, Store, Tx};
use testkit::{Clock, TAMANSARI, act, on_both, post, with_books};
use values::{CoopId, Ctx, Day, Rupiah};

const BOOKS: [&str; 2] = [
    include_str!("../../../tests/books/kkmp-uji.txt"),
    include_str!("../../../tests/books/warung-kecil.txt"),
];

/// A cooperative into which the same journal is read again.
const AGAIN: CoopId = CoopId::new(327_309_100_601);

async fn written(store: &Store, clock: &Clock, coop: CoopId, journal: &str) {
    with_books(store, clock, coop, "2025-01-01").await;
    let drafts = text::parse(journal).unwrap();
    let event = async move |tx: &mut Tx, ctx: &Ctx| text::record(tx, ctx, &drafts).await;
    act(store, clock, coop, event).await.unwrap();
}

fn journal_of(book: &str) -> &str {
    book.split("\n== ").next().unwrap()
}

async fn exported(store: &Store, coop: CoopId, form: Form) -> String {
    let mut out = Vec::new();
    write_all(store, coop, form, &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

async fn balances(store: &Store, coop: CoopId) -> BTreeMap<String, i64> {
    let ask = async |tx: &mut Tx| -> Result<BTreeMap<String, i64>, Failure> {
        let found = trial_balance(tx, Stretch::ALL).await?.into_iter();
        Ok(found.map(|found| (found.account.code.to_owned(), found.net.get())).collect())
    };
    store.read(coop, ask).await.unwrap()
}

/// Code and amount of each account, as hledger adds them up; none where it is not installed.
fn of_hledger(file: &Path, query: &[&str]) -> Option<BTreeMap<String, i64>> {
    let mut tool = Command::new("hledger");
    tool.env("LANG", "C.UTF-8").arg("-f").arg(file);
    let asked = ["balance", "--flat", "--no-total", "-O", "csv"];
    let Ok(done) = tool.args(asked).args(query).output() else {
        eprintln!("hledger is not installed: its balances are not compared");
        return None;
    };
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    let table = String::from_utf8(done.stdout).unwrap();
    let rows = table.lines().skip(1).map(|row| {
        let (name, amount) = row.trim_matches('"').split_once("\",\"").unwrap();
        let code: String = name.chars().filter(char::is_ascii_digit).take(5).collect();
        let digits: String = amount.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
        (code, digits.parse().unwrap())
    });
    Some(rows.collect())
}

#[test]
fn hledger_comes_to_the_same_balances() {
    for book in BOOKS {
        on_both(async |engine| {
            let (store, clock) = (&engine.store, Clock::at("2026-01-02"));
            written(store, &clock, TAMANSARI, journal_of(book)).await;
            let file = engine.folder().join("buku.journal");
            std::fs::write(&file, exported(store, TAMANSARI, Form::Hledger).await).unwrap();
            let Some(found) = of_hledger(&file, &[]) else { return };
            assert_eq!(found, balances(store, TAMANSARI).await, "{}", engine.name);
        });
    }
}

#[test]
fn hledger_finds_a_name_and_leaves_memo_accounts_out_where_asked() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2026-01-02"));
        written(store, &clock, TAMANSARI, journal_of(BOOKS[1])).await;
        let file = engine.folder().join("buku.journal");
        std::fs::write(&file, exported(store, TAMANSARI, Form::Hledger).await).unwrap();
        let of = |pairs: &[(&str, i64)]| {
            pairs.iter().map(|(code, net)| ((*code).to_owned(), *net)).collect::<BTreeMap<_, _>>()
        };
        let Some(wati) = of_hledger(&file, &["tag:anggota=^wati$"]) else { return };
        assert_eq!(wati, of(&[("11401", 20_000), ("31101", -100_000), ("31102", -10_000)]));
        let memo = of_hledger(&file, &["tag:penitip=enok"]).unwrap();
        assert_eq!(memo, of(&[("01103", 70_000)]));
        let real = of_hledger(&file, &["--real"]).unwrap();
        assert!(!real.contains_key("01103") && real.contains_key("11101"));
        let late = of_hledger(&file, &["--date2", "-p", "2025-02"]).unwrap();
        assert_eq!(late, of(&[("11101", -15_000), ("61104", 15_000)]), "{}", engine.name);
    });
}

/// Reads a beancount ledger as far as its shape goes, and adds up what is posted.
fn of_beancount(ledger: &str) -> BTreeMap<String, i64> {
    let mut opened = Vec::new();
    let mut sums = BTreeMap::new();
    let mut open_sum = 0;
    for line in ledger.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with("    ") || (line.starts_with("  ") && words[0].ends_with(':')) {
            let key = words[0].strip_suffix(':').unwrap();
            assert!(key.bytes().all(|byte| byte.is_ascii_lowercase()), "{line}");
            assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        } else if line.starts_with("  ") {
            let [account, amount, "IDR"] = words[..] else { panic!("no posting: {line}") };
            assert!(opened.contains(&account.to_owned()), "not opened: {line}");
            let amount: i64 = amount.parse().unwrap();
            open_sum += amount;
            let code = account.rsplit(':').next().unwrap()[..5].to_owned();
            *sums.entry(code).or_insert(0) += amount;
        } else if line.starts_with("option ") {
            assert_eq!(line.matches('"').count(), 4, "{line}");
        } else if let [_, "open", account, "IDR"] = words[..] {
            let parts = account.split(':').all(|part| {
                part.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                    && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
            assert!(parts, "{line}");
            opened.push(account.to_owned());
        } else if !line.is_empty() {
            assert!(Day::parse_iso(words[0]).is_ok() && words[1] == "*", "{line}");
            assert_eq!(line.matches('"').count(), 4, "{line}");
            assert_eq!(open_sum, 0, "the entry before does not balance: {line}");
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
}

#[test]
fn a_beancount_ledger_has_the_shape_and_the_balances() {
    for book in BOOKS {
        on_both(async |engine| {
            let (store, clock) = (&engine.store, Clock::at("2026-01-02"));
            written(store, &clock, TAMANSARI, journal_of(book)).await;
            let ledger = exported(store, TAMANSARI, Form::Beancount).await;
            assert_eq!(of_beancount(&ledger), balances(store, TAMANSARI).await, "{}", engine.name);
        });
    }
}

#[test]
fn our_own_text_read_again_gives_the_same_books() {
    for book in BOOKS {
        on_both(async |engine| {
            let (store, clock) = (&engine.store, Clock::at("2026-01-02"));
            written(store, &clock, TAMANSARI, journal_of(book)).await;
            let first = exported(store, TAMANSARI, Form::Text).await;
            written(store, &clock, AGAIN, &first).await;
            let second = exported(store, AGAIN, Form::Text).await;
            let body = |text: &str| text.split_once('\n').unwrap().1.to_owned();
            assert_eq!(body(&first), body(&second));
            let both = (balances(store, TAMANSARI).await, balances(store, AGAIN).await);
            assert_eq!(both.0, both.1, "{}", engine.name);
        });
    }
}

/// A note that tries to be something else in each of the forms.
const CUNNING: &str = "=cmd|'x' \"kutip\\\" ; balik #1, anggota:tini\n  D 11101 5";

#[test]
fn words_of_people_stay_words_in_every_form() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let entry = Entry::new("test.grant", clock.ctx(testkit::SITI, TAMANSARI).day())
            .noted(CUNNING)
            .debit("11201", Unit::Pst, Rupiah::new(7))
            .credit("31105", Unit::Pst, Rupiah::new(7));
        post(store, &clock, TAMANSARI, entry).await.unwrap();
        let expected = balances(store, TAMANSARI).await;
        let file = engine.folder().join("buku.journal");
        std::fs::write(&file, exported(store, TAMANSARI, Form::Hledger).await).unwrap();
        assert!(of_hledger(&file, &[]).is_none_or(|found| found == expected));
        let ledger = exported(store, TAMANSARI, Form::Beancount).await;
        assert_eq!(of_beancount(&ledger), expected, "{ledger}");
        let table = exported(store, TAMANSARI, Form::Csv).await;
        let quoted = "\"'=cmd|'x' \"\"kutip\\\"\" ; balik #1, anggota:tini\n  D 11101 5\"";
        assert_eq!(table.matches(quoted).count(), 2, "{table}");
        let own = exported(store, TAMANSARI, Form::Text).await;
        assert_eq!(text::parse(&own).unwrap().len(), 1, "{own}");
    });
}

#[test]
fn an_empty_journal_and_one_of_many_pages_come_out_whole() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        for form in Form::ALL {
            let mut out = Vec::new();
            assert_eq!(write_all(store, TAMANSARI, form, &mut out).await.unwrap(), 0);
            assert!(!out.is_empty(), "{form:?} has a head");
        }
        let many = async |tx: &mut Tx, ctx: &Ctx| -> Result<(), Failure> {
            for rupiah in 1..=1_000 {
                let amount = Rupiah::new(rupiah);
                let entry = Entry::new("test.grant", ctx.day()).debit("11201", Unit::Pst, amount);
                ledger::post(tx, ctx, entry.credit("31105", Unit::Pst, amount)).await?;
            }
            Ok(())
        };
        act(store, &clock, TAMANSARI, many).await.unwrap();
        let mut out = Vec::new();
        assert_eq!(write_all(store, TAMANSARI, Form::Csv, &mut out).await.unwrap(), 1_000);
        let table = String::from_utf8(out).unwrap();
        assert_eq!(table.matches("\r\n").count(), 2_001);
        assert_eq!(table.matches("jurnal,tanggal").count(), 1, "{}", engine.name);
    });
}
