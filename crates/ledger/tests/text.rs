//! The journal as text: it reads back, and what cannot be read is told by its row.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use ledger::text::{self, Written, parse, write};
use ledger::{Detail, Entry, Unit, accounts};
use proptest::prelude::*;
use store::Tx;
use testkit::{Clock, TAMANSARI, act, on_both, recount, with_books};
use values::{Ctx, Day, Month, Rupiah};

const SAMPLE: &str = "; awal tahun

2025-01-02 Anggota masuk,  simpanan pokok
  D 11101 10.000.000
  K 31101 anggota:uji 10.000.000 ; satu nama di baris

2025-02-03=2025-01-31 Nota yang terlambat
\tD 61102 TOK 150000
\tK 11101 150.000
2025-02-04
  D 11101 30.000
  K 31102 30.000
    anggota:tini@2025-01 10.000
    ; keterangan di antara nama
    anggota:joko@2025-02 20.000
2025-02-05 balik #2 salah akun
";

fn entries(text: &str) -> Vec<Entry> {
    let drafts = parse(text).unwrap().into_iter();
    let entries = drafts.filter_map(|draft| match draft.written {
        Written::Entry(entry) => Some(entry),
        Written::Reversal { .. } => None,
    });
    entries.collect()
}

fn day(iso: &str) -> Day {
    Day::parse_iso(iso).unwrap()
}

#[test]
fn a_text_is_read_as_an_accountant_means_it() {
    let rp = Rupiah::new;
    let drafts = parse(SAMPLE).unwrap();
    let rows: Vec<usize> = drafts.iter().map(|draft| draft.row).collect();
    assert_eq!(rows, [3, 7, 10, 16]);
    let one = vec![Detail::new("anggota", "uji", rp(10_000_000))];
    let of = |name, month, rupiah| {
        Detail::new("anggota", name, rp(rupiah)).for_month(Month::parse(month).unwrap())
    };
    let two = vec![of("tini", "2025-01", 10_000), of("joko", "2025-02", 20_000)];
    let expected =
        [
            Entry::new(text::KIND, day("2025-01-02"))
                .noted("Anggota masuk,  simpanan pokok")
                .debit("11101", Unit::Pst, rp(10_000_000))
                .credit_of("31101", Unit::Pst, rp(10_000_000), one),
            Entry::new(text::KIND, day("2025-02-03"))
                .valued(day("2025-01-31"))
                .noted("Nota yang terlambat")
                .debit("61102", Unit::Tok, rp(150_000))
                .credit("11101", Unit::Pst, rp(150_000)),
            Entry::new(text::KIND, day("2025-02-04"))
                .debit("11101", Unit::Pst, rp(30_000))
                .credit_of("31102", Unit::Pst, rp(30_000), two),
        ];
    assert_eq!(entries(SAMPLE), expected);
    let reason = "salah akun".to_owned();
    let back = Written::Reversal { of: 2, day: day("2025-02-05"), reason };
    assert_eq!(drafts[3].written, back);
}

#[test]
fn what_cannot_be_read_is_told_by_its_row() {
    let cases = [
        ("  D 11101 5\n", "Baris 1: belum ada jurnal"),
        ("2025-02-30 a\n  D 11101 5\n", "Baris 1: “2025-02-30” bukan tanggal"),
        ("1/2/2025 a\n", "Baris 1: “1/2/2025” bukan tanggal"),
        ("2025-01-02=x a\n", "Baris 1: “x” bukan tanggal"),
        ("2025-01-02 a\n  K\n", "Baris 2: “K” tidak dapat dibaca"),
        ("2025-01-02 a\n  debet 11101 5\n", "Baris 2: “debet” tidak dapat dibaca"),
        ("2025-01-02 a\n  D 5\n", "Baris 2: “D” tidak dapat dibaca"),
        ("2025-01-02 a\n  D 11101 TOKO 5\n", "Baris 2: “TOKO” bukan unit dan bukan nama"),
        ("2025-01-02 a\n  D 31101 anggota: 5\n", "Baris 2: “anggota:” bukan unit"),
        (
            "2025-01-02 a\n  D 31102 anggota:a@2025-13 5\n",
            "Baris 2: “anggota:a@2025-13” bukan unit",
        ),
        ("2025-01-02 a\n  D 11101 5,5\n", "Baris 2: “5,5” bukan jumlah"),
        ("2025-01-02 a\n  D 11101 1.50\n", "Baris 2: “1.50” bukan jumlah"),
        ("2025-01-02 a\n  D 11101 -5\n", "Baris 2: “-5” bukan jumlah"),
        ("2025-01-02 a\n  D 11101 0\n", "Baris 2: “0” bukan jumlah"),
        ("2025-01-02 a\n  D 11101 1000000000000001\n", "Baris 2: Jumlahnya terlalu besar"),
        ("2025-01-02 a\n  D 11101 99999999999999999999\n", "Baris 2: Jumlahnya terlalu besar"),
        ("2025-01-02 a\n  D 99999 5\n", "Baris 2: Akun 99999 tidak ada"),
        ("2025-01-02 a\n  D 11103 PST 5\n", "Baris 2: Akun 11103 hanya untuk unit TOK"),
        ("2025-01-02 a\n    anggota:tini 5\n", "Baris 2: nama ini tidak punya baris"),
        ("2025-01-02 a\n  D 11101 5\n", "Baris 1: Jurnal memerlukan"),
        ("2025-01-02 a\n  D 11101 5\n  K 31105 6\n", "Baris 1: Debit Rp 5 tidak sama"),
        (
            "2025-01-02 a\n  D 11101 5\n  K 31101 5\n",
            "Baris 3: Akun 31101 memerlukan rincian anggota",
        ),
        ("2025-01-02 balik #1 x\n", "Baris 1: jurnal #1 tidak ada"),
        (
            "2025-01-02 a\n  D 11101 5\n  K 31105 5\n2025-01-02 balik #1 x\n  D 11101 5\n",
            "Baris 5: jurnal pembalik",
        ),
    ];
    for (text, said) in cases {
        let errors = parse(text).unwrap_err();
        let first = errors.first().unwrap().to_string();
        assert!(first.starts_with(said), "{text}: {first}");
    }
}

#[test]
fn all_errors_are_told_at_once_and_no_entry_is_blamed_for_another() {
    let text = "2025-13-01 hari salah\n  D 11101 5\n  K 3110 5\n\
                2025-01-02 baik\n  D 11101 5\n  K 31105 5\n\
                2025-01-03 jumlah salah\n  D 11101 5x\n  K 31105 5\n\
                2025-01-04 timpang\n  D 11101 5\n  K 31105 7\n";
    let rows: Vec<usize> = parse(text).unwrap_err().into_iter().map(|error| error.row).collect();
    assert_eq!(rows, [1, 3, 8, 10]);
    assert_eq!(parse(&"x\n".repeat(1_000)).unwrap_err().len(), text::ERRORS_MAX);
}

#[test]
fn a_text_is_posted_whole_or_not_at_all_and_a_refusal_names_its_row() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        with_books(store, &clock, TAMANSARI, "2025-01-01").await;
        let poor =
            format!("{SAMPLE}2025-02-06 kas kurang\n  D 61105 9.880.001\n  K 11102 9.880.001\n");
        let drafts = parse(&poor).unwrap();
        let event = async move |tx: &mut Tx, ctx: &Ctx| text::record(tx, ctx, &drafts).await;
        let refused = act(store, &clock, TAMANSARI, event).await.unwrap_err();
        assert_eq!(refused.code(), "ledger.cash_below_zero");
        assert!(refused.to_string().starts_with("Baris 17: Saldo Kas kecil hanya Rp 0"));
        assert_eq!(recount(store, TAMANSARI).await, ledger::Recount::default());
        let drafts = parse(SAMPLE).unwrap();
        let event = async move |tx: &mut Tx, ctx: &Ctx| text::record(tx, ctx, &drafts).await;
        let posted = act(store, &clock, TAMANSARI, event).await.unwrap();
        assert_eq!(posted.iter().map(|posted| posted.entry_no).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let ask = async |tx: &mut Tx| ledger::balance(tx, "61102").await;
        assert_eq!(store.read(TAMANSARI, ask).await.unwrap(), Rupiah::ZERO);
        assert_eq!(recount(store, TAMANSARI).await.findings, Vec::new());
    });
}

/// One entry between two accounts of the chart, with the names that they ask for.
fn any_entry() -> impl Strategy<Value = Entry> {
    let places = (0..accounts().len(), 0..accounts().len());
    let amounts = prop::collection::vec(1_i64..1_000_000_000, 1..4);
    let words = "[a-zA-Z0-9,.()#]{1,8}( [a-zA-Z0-9;:=]{1,8}){0,3}";
    let days = (0_i32..70_000, 0_i32..70_000);
    (places, amounts, prop::option::of(words), days, 0_usize..6).prop_map(
        |((debit, credit), amounts, words, (on, of), unit)| {
            let sum = Rupiah::new(amounts.iter().sum());
            let first = Day::parse_iso("1990-01-01").expect("a day");
            let mut entry = Entry::new(text::KIND, first.plus_days(on)).valued(first.plus_days(of));
            entry.note = words;
            for (place, is_debit) in [(debit, true), (credit, false)] {
                let known = &accounts()[place];
                let unit = known.unit.unwrap_or(Unit::ALL[unit]);
                let named = amounts.iter().enumerate().map(|(n, amount)| {
                    let kind = known.subledger.unwrap_or_default();
                    let detail = Detail::new(kind, format!("nama-{n}"), Rupiah::new(*amount));
                    if n == 1 { detail.for_month(first.month()) } else { detail }
                });
                let details = if known.subledger.is_some() { named.collect() } else { Vec::new() };
                entry = if is_debit {
                    entry.debit_of(known.code, unit, sum, details)
                } else {
                    entry.credit_of(known.code, unit, sum, details)
                };
            }
            entry
        },
    )
}

proptest! {
    #[test]
    fn an_entry_that_is_written_reads_back_as_itself(entry in any_entry()) {
        let memo = |place: usize| ledger::account(&entry.lines[place].account).unwrap().is_memo();
        prop_assume!(memo(0) == memo(1));
        prop_assert_eq!(entries(&write(&entry)), [entry]);
    }

    #[test]
    fn no_text_makes_the_reader_fall(text in "\\PC{0,200}", cut in 0_usize..400) {
        drop(parse(&text));
        let broken: String = SAMPLE.chars().take(cut).chain(text.chars()).collect();
        drop(parse(&broken));
    }

    #[test]
    fn no_mixture_of_its_own_words_makes_the_reader_fall(
        words in prop::collection::vec(prop::sample::select(vec![
            "2025-01-02", " ", "  ", "\n", "\n  ", "D", "K", "11101", "31101", "TOK",
            "balik #1", "=", "anggota:a", "@2025-01", ":", "@", ";", "5", "1.000",
            "99999999999999999999", "\t", "\r", "é",
        ]), 0..60)
    ) {
        drop(parse(&words.concat()));
    }
}
