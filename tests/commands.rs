//! The commands as a person at a terminal gives them, on both engines.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use std::process::{Command, Output};

use access::Role;
use city::FirstPerson;
use city::found::{Found, found};
use coops::register::{Register, Tenant};
use ledger::text;
use serde_json::Value;
use store::{Address, Tx};
use testkit::{Clock, Engine, SITI, act, on_both};
use values::{CoopId, Ctx, Day, KelurahanCode, PersonId, SeatId};

const CODE: &str = "32.73.09.1002";
const BOOK: &str = include_str!("books/warung-kecil.txt");

/// Gives a command to the binary.
fn lumbung(engine: &Engine, words: &[&str]) -> Output {
    let db = match &engine.address {
        Address::Sqlite(path) => format!("sqlite:{}", path.display()),
        Address::Postgres(url) => url.clone(),
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_lumbung"));
    let key = engine.folder().join("lumbung.key");
    command.args(["--db", &db]).args(words).env("LUMBUNG_KEY", key).output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A cooperative of the kelurahan with the books of a small warung, read from their text.
async fn with_books(engine: &Engine, clock: &Clock) {
    let kelurahan = KelurahanCode::parse(CODE).unwrap();
    let coop = CoopId::of_kelurahan(&kelurahan, 1);
    let tenant = Tenant::Koperasi { kelurahan, running: 1 };
    let register = Register { tenant, name: "KKMP Taman Sari".to_owned(), example: false };
    let person = |name: &str, role| {
        let first = FirstPerson::new(PersonId::new_v7(), SeatId::new_v7(), name, name);
        first.seated_as(role).let_in_by(name)
    };
    let persons = vec![person("asep", Role::Ketua), person("siti", Role::Bendahara)];
    let ctx = clock.ctx(SITI, coop);
    found(&engine.store, &ctx, Found { register, persons }).await.unwrap();
    let journal = BOOK.split("\n==").next().unwrap();
    let drafts = text::parse(journal).unwrap();
    let open = async move |tx: &mut Tx, ctx: &Ctx| {
        ledger::open_books(tx, ctx, Day::parse_iso("2025-01-01").unwrap()).await?;
        text::record(tx, ctx, &drafts).await
    };
    act(&engine.store, clock, coop, open).await.unwrap();
}

fn sum(rows: &Value, side: &str) -> i64 {
    rows.as_array().unwrap().iter().map(|row| row[side].as_i64().unwrap()).sum()
}

#[test]
fn set_up_once_then_reports_and_exports_of_a_cooperative() {
    on_both(async |engine| {
        let clock = Clock::at("2026-01-02");
        let words = ["setup", "--sign-in-name", "rina", "--address", "https://lumbung.test/"];
        let link = said(&lumbung(&engine, &words));
        assert!(link.starts_with("https://lumbung.test/undangan?kode="), "{link}");
        assert!(engine.folder().join("lumbung.key").exists());
        assert_eq!(lumbung(&engine, &["setup"]).status.code(), Some(1), "only once");
        with_books(&engine, &clock).await;

        let report = |name: &'static str, more: &[&str]| {
            let words = [&["report", name, "--coop", CODE], more].concat();
            said(&lumbung(&engine, &words))
        };
        let trial: Value = serde_json::from_str(&report("trial-balance", &["--json"])).unwrap();
        assert_eq!(sum(&trial["rows"], "debit"), trial["total"].as_i64().unwrap());
        assert_eq!(sum(&trial["rows"], "credit"), trial["total"].as_i64().unwrap());
        assert!(trial["rows"][0]["code"].is_string() && trial["rows"][0]["name"].is_string());
        let phu: Value = serde_json::from_str(&report("phu", &["--json"])).unwrap();
        assert!(phu["rows"][0]["amount"].is_i64());
        let neraca: Value = serde_json::from_str(&report("neraca", &["--json"])).unwrap();
        assert!(neraca["total"].as_i64().unwrap() > 0);
        let before: Value =
            serde_json::from_str(&report("neraca", &["--month", "2024-12", "--json"])).unwrap();
        assert_eq!(before["total"], 0);
        assert!(report("neraca", &[]).lines().last().unwrap().trim().starts_with("total"));

        for form in ["hledger", "beancount", "csv", "text"] {
            let text = said(&lumbung(&engine, &["export", form, "--coop", CODE]));
            assert!(text.contains("11101") || text.contains("11103"), "{form}: {text}");
        }
        assert!(said(&lumbung(&engine, &["check", "--json"])).contains("\"ok\":true"));
    });
}

#[test]
fn what_is_asked_wrongly_is_told_by_its_status() {
    on_both(async |engine| {
        let wrong = lumbung(&engine, &["report", "laba", "--coop", CODE]);
        assert_eq!(wrong.status.code(), Some(2));
        let month = ["report", "phu", "--coop", CODE, "--month", "2025-13"];
        assert_eq!(lumbung(&engine, &month).status.code(), Some(2));
        let unknown = lumbung(&engine, &["export", "csv", "--coop", "32.73.09.1005"]);
        assert_eq!(unknown.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&unknown.stderr).contains("no such cooperative"));
    });
}
