//! Every event of the room on both engines, with the answer that a person gets; none posts
//! anything.

use coops::add_holiday::{self, AddHoliday};
use coops::approvals::ask::{self, Ask};
use coops::approvals::decide::{self, Decide};
use coops::approvals::{self, Verdict};
use coops::decisions::{self, Body};
use coops::parameters::{self, Found, Precision};
use coops::profile::{self, Profile};
use coops::record_decision::{self, RecordDecision};
use coops::register::{Register, Tenant, register};
use coops::set_city_parameter::{self, SetCityParameter};
use coops::set_parameter::{self, SetParameter};
use coops::tasks;
use coops::update_profile::{self, UpdateProfile};
use coops::{DINAS, holidays, registry};
use ledger::open_books;
use store::{Failure, Order, Receipt, Store, Tx};
use testkit::{Clock, KETUA, SITI, on_both};
use values::{CoopId, Ctx, Day, DocumentId, KelurahanCode, Rupiah};

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day that exists")
}

/// Sends an event as one person, twice with the same request: the second answer is the first.
async fn send<I, R, F>(store: &Store, ctx: Ctx, kind: &'static str, input: &I, act: F) -> R
where
    I: serde::Serialize,
    R: Receipt + PartialEq + std::fmt::Debug,
    F: AsyncFn(&mut Tx, &Ctx) -> Result<R, Failure> + Send + Clone + 'static,
{
    let mut receipts = Vec::new();
    for repeated in [false, true] {
        let act = act.clone();
        let run = async move |tx: &mut Tx| act(tx, &ctx).await;
        let answer =
            store.command(Order::new(&ctx, kind, input), run).await.expect("a command is kept");
        assert_eq!(answer.repeated, repeated, "{kind}");
        receipts.push(answer.receipt);
    }
    assert_eq!(receipts[0], receipts[1]);
    receipts.remove(0)
}

/// The city office and KKMP Tamansari, with what Lumbung comes with.
async fn city(store: &Store, clock: &Clock) -> CoopId {
    let at = clock.now();
    let seed = async move |tx: &mut Tx| {
        assert_eq!(registry::seed(tx).await?, 151);
        assert_eq!(registry::seed(tx).await?, 0);
        assert_eq!(parameters::seed(tx, at).await?, parameters::presets().len());
        assert_eq!(parameters::seed(tx, at).await?, 0);
        assert_eq!(holidays::seed(tx, at).await?, 34);
        assert_eq!(holidays::seed(tx, at).await?, 0);
        Ok(())
    };
    store.write(DINAS, seed).await.expect("a write is kept");
    let kelurahan = KelurahanCode::parse("32.73.09.1002").expect("a code");
    let tenants = [
        (Tenant::Dinas, "Dinas KUKM Kota Bandung", "DINAS"),
        (Tenant::Koperasi { kelurahan, running: 1 }, "KKMP Tamansari", "K043"),
    ];
    let mut last = DINAS;
    for (tenant, name, short) in tenants {
        let input = Register { tenant, name: name.to_owned(), example: false };
        let registered = register(store, &clock.ctx(SITI, DINAS), input)
            .await
            .expect("a command is kept")
            .receipt;
        assert_eq!(registered.short_code, short);
        last = registered.coop;
    }
    last
}

#[test]
fn every_event_happens_once_for_its_request_and_posts_nothing() {
    on_both(async |engine| {
        let store = &engine.store;
        let clock = Clock::at("2025-10-14");
        let coop = city(store, &clock).await;
        let open = async |tx: &mut Tx, ctx: &Ctx| open_books(tx, ctx, day("2025-10-01")).await;
        testkit::act(store, &clock, coop, open).await.unwrap();
        profile_and_decision(store, &clock, coop).await;
        city_rows(store, &clock).await;
        approval(store, &clock, coop).await;
        let recount = testkit::recount(store, coop).await;
        assert_eq!((recount.findings, recount.entries), (Vec::new(), 0), "{}", engine.name);
    });
}

async fn profile_and_decision(store: &Store, clock: &Clock, coop: CoopId) {
    let profile = Profile {
        legal_number: Some("AHU-0012345.AH.01.29.TAHUN 2025".to_owned()),
        akta_day: Some(day("2025-05-27")),
        phone: Some("0812-3456-7890".to_owned()),
        ..Profile::default()
    };
    let input = UpdateProfile { based_on: 0, profile };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| update_profile::record(tx, ctx, &form).await;
    let ctx = clock.ctx(KETUA, coop);
    let updated = send(store, ctx, update_profile::KIND, &input, act).await;
    assert_eq!(updated.version, 1);

    let decision = DocumentId::new_v7();
    let input = RecordDecision {
        decision_id: decision,
        number: "03/RAT/2025".to_owned(),
        day: day("2025-10-12"),
        body: Body::Rat,
        subject: "Simpanan wajib".to_owned(),
        text: "Simpanan wajib menjadi Rp 15.000 sebulan mulai November 2025.".to_owned(),
        evidence: Some("0f".repeat(32)),
    };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| record_decision::record(tx, ctx, &form).await;
    send(store, clock.ctx(KETUA, coop), record_decision::KIND, &input, act).await;

    let input = SetParameter {
        row_id: DocumentId::new_v7(),
        name: "simpanan".to_owned(),
        key: "wajib".to_owned(),
        value: 15_000,
        valid_from: day("2025-11-01"),
        decision: Some(decision),
        source: String::new(),
        remark: None,
    };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| set_parameter::record(tx, ctx, &form).await;
    let set = send(store, clock.ctx(KETUA, coop), set_parameter::KIND, &input, act).await;
    assert_eq!(set.ended, None);

    let look = async move |tx: &mut Tx| -> Result<(), Failure> {
        let version = profile::current(tx).await?.expect("it is there");
        assert_eq!(version.profile.phone.as_deref(), Some("6281234567890"));
        assert_eq!(profile::history(tx).await?, [version]);
        let found = decisions::find(tx, decision).await?.expect("it is there");
        assert_eq!(found.evidence, Some([0x0f; 32]));
        assert_eq!(decisions::list(tx).await?.len(), 1);
        let before = parameters::valid(tx, "simpanan", "wajib", day("2025-10-31")).await?;
        let after = parameters::valid(tx, "simpanan", "wajib", day("2025-11-01")).await?;
        assert_eq!((before.rupiah(), after.rupiah()), (Rupiah::new(10_000), Rupiah::new(15_000)));
        assert_eq!(after.source, "Keputusan rapat anggota 03/RAT/2025, 12 Okt 2025");
        Ok(())
    };
    store.read(coop, look).await.expect("a question is answered");
}

async fn city_rows(store: &Store, clock: &Clock) {
    let input = SetCityParameter {
        row_id: DocumentId::new_v7(),
        name: "het".to_owned(),
        key: "beras_medium".to_owned(),
        value: 13_800,
        valid_from: day("2025-10-20"),
        valid_through: None,
        precision: Precision::Day,
        source: "Keputusan baru".to_owned(),
        remark: None,
    };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| set_city_parameter::record(tx, ctx, &form).await;
    let set = send(store, clock.ctx(SITI, DINAS), set_city_parameter::KIND, &input, act).await;
    assert_eq!(set.ended, Some(("het-beras-medium-2025".to_owned(), day("2025-10-19"))));

    let input = AddHoliday {
        day: day("2025-12-26"),
        name: "Cuti bersama Natal".to_owned(),
        source: "SKB".to_owned(),
    };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| add_holiday::record(tx, ctx, &form).await;
    send(store, clock.ctx(SITI, DINAS), add_holiday::KIND, &input, act).await;

    let look = async |tx: &mut Tx| -> Result<(), Failure> {
        assert_eq!(holidays::next_workday(tx, day("2025-12-25")).await?, day("2025-12-29"));
        assert!(holidays::is_workday(tx, day("2025-10-14")).await?);
        Ok(())
    };
    store.read(DINAS, look).await.expect("a question is answered");
}

async fn approval(store: &Store, clock: &Clock, coop: CoopId) {
    let approval_id = DocumentId::new_v7();
    let input = Ask::new(approval_id, "savings.withdraw", &6_000_000)
        .about(Rupiah::new(6_000_000))
        .because("Biaya sekolah", "ketua", clock.now().plus_seconds(72 * 3_600));
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| ask::record(tx, ctx, &form).await;
    let asked = send(store, clock.ctx(SITI, coop), ask::KIND, &input, act).await;
    assert_eq!(asked.link, format!("/persetujuan/{approval_id}"));
    clock.pass(60);

    let input = Decide {
        approval_id,
        verdict: Verdict::Approve,
        reason: None,
        signed_by: None,
        evidence: None,
    };
    let form = input.clone();
    let act = async move |tx: &mut Tx, ctx: &Ctx| decide::record(tx, ctx, &form).await;
    let kept = send(store, clock.ctx(KETUA, coop), decide::KIND, &input, act).await;
    assert_eq!((kept.verdict, kept.by), (Verdict::Approve, KETUA));

    let look = async move |tx: &mut Tx| -> Result<(), Failure> {
        let approval = approvals::find(tx, approval_id).await?.expect("it is there");
        assert_eq!(approval.decision.expect("it is there").by, KETUA);
        assert_eq!(tasks::waiting_for(tx, &["ketua"], KETUA).await?, []);
        let expired = parameters::find(tx, "het", "lpg_3kg", day("2024-12-31")).await?;
        assert_eq!(expired, Found::Missing);
        Ok(())
    };
    store.read(coop, look).await.expect("a question is answered");
}
