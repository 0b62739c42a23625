//! Which row holds on which day, and that a row in use is ended and never edited.

use coops::parameters::{self, Found, Parameter, Scope, seed};
use coops::register::{Register, Tenant, register};
use coops::set_parameter::{self, ParameterSet, SetParameter};
use coops::{DINAS, registry};
use store::{Failure, Order, Store, Tx};
use testkit::{Clock, KETUA, SITI, on_both};
use values::{CoopId, Day, DocumentId, KelurahanCode};

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day that exists")
}

async fn kopo(store: &Store, clock: &Clock) -> CoopId {
    let at = clock.now();
    let seed = async move |tx: &mut Tx| {
        registry::seed(tx).await?;
        seed(tx, at).await
    };
    store.write(DINAS, seed).await.expect("a write is kept");
    let kelurahan = KelurahanCode::parse("32.73.04.1001").expect("a code");
    let tenant = Tenant::Koperasi { kelurahan, running: 1 };
    let input = Register { tenant, name: "KKMP Kopo".to_owned(), example: false };
    register(store, &clock.ctx(SITI, DINAS), input).await.expect("a command is kept").receipt.coop
}

async fn set(
    store: &Store,
    clock: &Clock,
    coop: CoopId,
    value: i64,
    from: &str,
) -> Result<ParameterSet, Failure> {
    let input = SetParameter {
        row_id: DocumentId::new_v7(),
        name: "simpanan".to_owned(),
        key: "wajib".to_owned(),
        value,
        valid_from: day(from),
        decision: None,
        source: "Rapat anggota".to_owned(),
        remark: None,
    };
    let ctx = clock.ctx(KETUA, coop);
    let order = Order::new(&ctx, set_parameter::KIND, &input);
    let act = async move |tx: &mut Tx| set_parameter::record(tx, &ctx, &input).await;
    Ok(store.command(order, act).await?.receipt)
}

async fn on(store: &Store, coop: CoopId, name: &'static str, key: &'static str, at: &str) -> Found {
    let at = day(at);
    let look = async move |tx: &mut Tx| parameters::find(tx, name, key, at).await;
    store.read(coop, look).await.expect("a question is answered")
}

fn row(found: Found) -> Parameter {
    match found {
        Found::Valid(row) => row,
        other => panic!("no row holds: {other:?}"),
    }
}

#[test]
fn ceilings_hold_from_their_day_on() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        let coop = kopo(store, &clock).await;
        let cases = [
            ("het", "beras_medium", "2025-08-22", 13_500, "het-beras-medium-2025"),
            ("het", "lpg_3kg", "2025-06-15", 16_600, "het-lpg-3kg-lama"),
            ("het", "lpg_3kg", "2025-06-16", 19_000, "het-lpg-3kg-2025"),
            ("het", "lpg_3kg", "2026-03-01", 19_000, "het-lpg-3kg-2025"),
            ("het", "minyakita", "2025-12-25", 15_700, "het-minyakita-2024"),
            ("het", "minyakita", "2025-12-26", 15_700, "het-minyakita-2025"),
            ("buyer_cap", "beras_sphp", "2026-01-31", 10_000, "batas-beli-sphp-2025"),
            ("buyer_cap", "beras_sphp", "2026-02-01", 25_000, "batas-beli-sphp-2026"),
            ("simpanan", "pokok", "2025-10-14", 50_000, "simpanan-pokok"),
            ("cash", "rounding_unit", "2025-10-14", 100, "kas-pembulatan"),
            ("refund", "cashier_daily_limit", "2025-10-14", 50_000, "retur-kasir"),
        ];
        for (name, key, at, value, row_id) in cases {
            let row = row(on(store, coop, name, key, at).await);
            assert_eq!((row.value, row.row_id.as_str()), (value, row_id), "{key} {at}");
        }
        assert_eq!(on(store, coop, "het", "beras_medium", "2025-08-21").await, Found::Missing);
        // The office has no kelurahan and is of the city; elsewhere the city's ceiling is unknown.
        assert_eq!(row(on(store, DINAS, "het", "lpg_3kg", "2025-10-14").await).scope, Scope::City);
    });
}

#[test]
fn another_city_does_not_see_this_citys_rows() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        kopo(store, &clock).await;
        let karawang = CoopId::new(321_501_100_101);
        testkit::register(store, karawang).await.unwrap();
        let place = async |tx: &mut Tx| -> Result<(), Failure> {
            let add = "insert into kelurahan (code, name, kecamatan_code, kecamatan)
                       values ('32.15.01.1001', 'Karawang', '32.15.01', 'Karawang Barat')";
            tx.run(add, 1, &[]).await?;
            let set = "update cooperatives set kelurahan_code = '32.15.01.1001'
                        where coop_id = $1";
            Ok(tx.run(set, 1, &[]).await?)
        };
        store.write(karawang, place).await.unwrap();
        let on = async |name, key| on(store, karawang, name, key, "2025-10-14").await;
        assert_eq!(on("het", "lpg_3kg").await, Found::Missing);
        assert_eq!(row(on("het", "minyakita").await).scope, Scope::National);
    });
}

#[test]
fn an_own_row_is_followed_by_another_and_stays_as_it_was() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        let coop = kopo(store, &clock).await;
        let first = set(store, &clock, coop, 10_000, "2025-07-21").await.unwrap();
        let second = set(store, &clock, coop, 15_000, "2026-01-01").await.unwrap();
        assert_eq!(second.ended, Some((first.row_id.clone(), day("2025-12-31"))));
        let third = set(store, &clock, coop, 20_000, "2025-11-01").await.unwrap_err();
        assert_eq!(third.code(), "coops.starts_too_early");

        let old = row(on(store, coop, "simpanan", "wajib", "2025-12-31").await);
        assert_eq!((old.value, old.row_id, old.scope), (10_000, first.row_id, Scope::Coop));
        let new = row(on(store, coop, "simpanan", "wajib", "2026-01-01").await);
        assert_eq!((new.value, new.row_id), (15_000, second.row_id));
        let preset = row(on(store, coop, "simpanan", "wajib", "2025-07-20").await);
        assert_eq!((preset.value, preset.row_id.as_str()), (10_000, "simpanan-wajib"));
    });
}

#[test]
fn what_has_ended_is_told_as_expired() {
    on_both(async |engine| {
        let (store, clock) = (&engine.store, Clock::at("2025-10-14"));
        let coop = kopo(store, &clock).await;
        let end = async |tx: &mut Tx| -> Result<(), Failure> {
            let sql = "update national_parameters set valid_through = '2025-09-30'
                        where row_id = 'hap-gula'";
            Ok(tx.run(sql, 1, &[]).await?)
        };
        store.write(DINAS, end).await.unwrap();
        let look = async |tx: &mut Tx| -> Result<_, Failure> {
            let all = parameters::all_on(tx, day("2025-10-14")).await?;
            let refused = parameters::valid(tx, "hap", "gula", day("2025-10-14")).await;
            Ok((all, refused.unwrap_err()))
        };
        let (all, refused) = store.read(coop, look).await.unwrap();
        let expired: Vec<&str> = all
            .iter()
            .filter_map(|found| match found {
                Found::Expired(row) => Some(row.row_id.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(expired, ["hap-gula"]);
        assert_eq!(refused.code(), "coops.parameter_expired");
        assert!(refused.to_string().contains("periksa aturan"), "{refused}");
        let none =
            async |tx: &mut Tx| parameters::valid(tx, "hap", "emas", day("2025-10-14")).await;
        let refused = store.read(coop, none).await.unwrap_err();
        assert_eq!(refused.code(), "coops.parameter_missing");
        let later = clock.now().plus_seconds(1);
        let again = async move |tx: &mut Tx| parameters::seed(tx, later).await;
        assert_eq!(store.write(DINAS, again).await.unwrap(), 0);
    });
}
