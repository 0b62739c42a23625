//! Home, tasks, journal and accounts as people of a cooperative see them, over HTTP.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use access::{Role, factor};
use coops::approvals::ask::{self, Ask};
use ledger::{Detail, Entry, Reversal, Unit};
use store::Tx;
use testkit::{
    Clock, Engine, KETUA, SITI, Speaker, TAMANSARI, WANTI, act, hire, on_both, post, register,
    shell, with_books,
};
use values::{CoopId, Ctx, Day, DocumentId, PersonId, Rupiah};

const OTHER: CoopId = CoopId::new(327_301_100_101);
const PENGAWAS: PersonId = PersonId::from_bytes(*b"oman-pengawas---");
const TODAY: &str = "2025-10-14";

/// The desk of KKMP Tamansari: who works there, and nobody signed in yet.
async fn desk(engine: &Engine, clock: &Clock) -> Speaker {
    let hired = [
        (WANTI, "wanti", Role::Kasir),
        (SITI, "siti", Role::Bendahara),
        (KETUA, "asep", Role::Ketua),
        (PENGAWAS, "oman", Role::Pengawas),
    ];
    for (person, name, role) in hired {
        hire(&engine.store, clock, person, name, role, TAMANSARI).await.unwrap();
    }
    let routes = access::routes().and(reports::routes());
    Speaker::new(access::router(shell(&engine.store, clock), &routes))
}

async fn signed_in(engine: &Engine, clock: &Clock, desk: &Speaker, name: &str) -> Speaker {
    let mut speaker = desk.clone();
    speaker.sign_in(name).await;
    let overseer = [("asep", KETUA), ("oman", PENGAWAS)].into_iter().find(|one| one.0 == name);
    if let Some((_, person)) = overseer {
        let codes = factor::print_card(&engine.store, person, clock.now()).await.unwrap();
        let fields = [("code", codes[0].as_str())];
        speaker.fill("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim", &fields).await;
    }
    speaker
}

fn grant(day: &str, amount: i64) -> Entry {
    let entry = Entry::new("cash.grant", Day::parse_iso(day).unwrap()).noted("Hibah kelurahan");
    let amount = Rupiah::new(amount);
    entry.debit("11101", Unit::Pst, amount).credit("31105", Unit::Pst, amount)
}

#[test]
fn home_shows_each_seat_what_it_needs() {
    on_both(async |engine| {
        let clock = Clock::at(TODAY);
        register(&engine.store, TAMANSARI).await.unwrap();
        let desk = desk(&engine, &clock).await;
        let siti = signed_in(&engine, &clock, &desk, "siti").await;
        let wanti = signed_in(&engine, &clock, &desk, "wanti").await;
        let home = siti.get("/beranda").await;
        assert!(home.body.contains("Selamat pagi, siti"), "{}", home.body);
        assert!(home.body.contains("href=\"/kas/saldo-awal\""));
        let home = wanti.get("/beranda").await;
        assert!(
            home.body.contains("saldo awal") && !home.body.contains("href=\"/kas/saldo-awal\"")
        );

        let open = async |tx: &mut Tx, ctx: &Ctx| ledger::open_books(tx, ctx, ctx.day()).await;
        act(&engine.store, &clock, TAMANSARI, open).await.unwrap();
        post(&engine.store, &clock, TAMANSARI, grant(TODAY, 5_000_000)).await.unwrap();
        for name in ["siti", "asep", "oman"] {
            let speaker = signed_in(&engine, &clock, &desk, name).await;
            let home = speaker.get("/beranda").await.body;
            assert!(!home.contains("/kas/saldo-awal"), "{name}");
            let tile = home.split("href=\"/laporan/akun/11101\"").nth(1).unwrap();
            assert!(tile.split("</a>").next().unwrap().contains("5.000.000"), "{name}: {home}");
            assert!(home.contains("href=\"/laporan/phu?bulan=2025-10\""), "{name}");
        }
        let home = wanti.get("/beranda").await.body;
        assert!(!home.contains("5.000.000") && !home.contains("/laporan/"), "{home}");
    });
}

#[test]
fn a_figure_opens_to_its_account_its_entry_and_the_name_behind_it() {
    on_both(async |engine| {
        let clock = Clock::at(TODAY);
        with_books(&engine.store, &clock, TAMANSARI, "2025-09-01").await;
        let desk = desk(&engine, &clock).await;
        let store = &engine.store;
        let wanti = Detail::new("petugas", WANTI.to_text(), Rupiah::new(75_000));
        post(store, &clock, TAMANSARI, grant("2025-09-30", 5_000_000)).await.unwrap();
        let private = Entry::new("ledger.journal", Day::parse_iso(TODAY).unwrap())
            .debit_of("11109", Unit::Pst, Rupiah::new(75_000), vec![wanti])
            .credit("11101", Unit::Pst, Rupiah::new(75_000));
        post(store, &clock, TAMANSARI, private).await.unwrap();
        let reversal = Reversal {
            kind: "ledger.journal",
            entry_no: 1,
            day: Day::parse_iso(TODAY).unwrap(),
            reason: "Salah catat".to_owned(),
            approver: None,
            unit: Unit::Pst,
        };
        post(store, &clock, TAMANSARI, grant(TODAY, 5_000_000)).await.unwrap();
        let take_back =
            async move |tx: &mut Tx, ctx: &Ctx| ledger::reverse(tx, ctx, reversal.clone()).await;
        act(store, &clock, TAMANSARI, take_back).await.unwrap();

        let oman = signed_in(&engine, &clock, &desk, "oman").await;
        let trial = oman.get("/laporan/neraca-saldo").await.body;
        assert!(trial.contains("/laporan/akun/11101?bulan=&#38;dari="), "{trial}");
        let account = oman.get("/laporan/akun/11101?bulan=2025-10&dari=").await.body;
        assert!(account.contains("Kas besar") && account.contains("4.925.000"), "{account}");
        assert!(account.contains("href=\"/laporan/jurnal/2\""));
        let entry = oman.get("/laporan/jurnal/2").await.body;
        assert!(entry.contains("wanti · 75.000") && entry.contains("siti"), "{entry}");
        assert!(entry.contains("PST-20251014-001") && entry.contains("Sidik rantai"));
        let first = oman.get("/laporan/jurnal/1").await.body;
        assert!(first.contains("Hibah kelurahan") && first.contains("href=\"/laporan/jurnal/4\""));
        assert!(oman.get("/laporan/jurnal/4").await.body.contains("href=\"/laporan/jurnal/1\""));
        for nowhere in ["/laporan/jurnal/5", "/laporan/jurnal/x", "/laporan/akun/99999"] {
            assert_eq!(oman.get(nowhere).await.status, 404, "{nowhere}");
        }
    });
}

#[test]
fn the_journal_pages_back_and_is_asked_by_account_and_month() {
    on_both(async |engine| {
        let clock = Clock::at(TODAY);
        with_books(&engine.store, &clock, TAMANSARI, "2025-09-01").await;
        let desk = desk(&engine, &clock).await;
        post(&engine.store, &clock, TAMANSARI, grant("2025-09-30", 1_000)).await.unwrap();
        for amount in 1..=51 {
            post(&engine.store, &clock, TAMANSARI, grant(TODAY, amount)).await.unwrap();
        }
        let siti = signed_in(&engine, &clock, &desk, "siti").await;
        let entries = |body: &str| body.matches("scope=\"rowgroup\"").count();
        let newest = siti.get("/laporan/jurnal").await.body;
        assert_eq!(entries(&newest), 50);
        assert!(newest.contains("sebelum=3\""), "{newest}");
        let older = siti.get("/laporan/jurnal?bulan=&akun=&sebelum=3").await.body;
        assert!(entries(&older) == 2 && !older.contains("rel=\"next\""));
        let september = siti.get("/laporan/jurnal?bulan=2025-09").await.body;
        assert_eq!(entries(&september), 1);
        assert_eq!(entries(&siti.get("/laporan/jurnal?akun=11201").await.body), 0);
    });
}

async fn asked_by_wanti(engine: &Engine, clock: &Clock, amount: i64) -> DocumentId {
    let id = DocumentId::new_v7();
    let until = clock.now().plus_seconds(3_600);
    let input = Ask::new(id, "shop.refund", &("sale", amount)).about(Rupiah::new(amount)).because(
        "Beras berkutu",
        "ketua",
        until,
    );
    let ctx = clock.ctx(WANTI, TAMANSARI);
    let order = store::Order::new(&ctx, ask::KIND, &input);
    let act = async move |tx: &mut Tx| ask::record(tx, &ctx, &input).await;
    engine.store.command(order, act).await.unwrap();
    id
}

#[test]
fn an_approval_is_seen_shared_and_decided_on_its_one_screen() {
    on_both(async |engine| {
        let clock = Clock::at(TODAY);
        with_books(&engine.store, &clock, TAMANSARI, TODAY).await;
        let desk = desk(&engine, &clock).await;
        let id = asked_by_wanti(&engine, &clock, 62_500).await;
        let (link, send) = (format!("/persetujuan/{id}"), format!("/persetujuan/{id}/putuskan"));

        let wanti = signed_in(&engine, &clock, &desk, "wanti").await;
        let own = wanti.get("/tugas").await.body;
        assert!(own.contains("Minta lewat WhatsApp") && own.contains(&link), "{own}");
        assert!(!wanti.get(&link).await.body.contains("Setujui"));
        let mut siti = signed_in(&engine, &clock, &desk, "siti").await;
        let looked = siti.get(&link).await;
        assert!(looked.status == 200 && !looked.body.contains("Setujui"));
        let csrf = siti.get("/akun").await.hidden("/akun/bahasa", "csrf");
        let alone = [("csrf", csrf.as_str()), ("verdict", "approve")];
        assert_eq!(siti.post(&send, &alone).await.status, 403, "addressed to the ketua");

        let mut asep = signed_in(&engine, &clock, &desk, "asep").await;
        let home = asep.get("/beranda").await.body;
        assert!(home.contains(&link) && home.contains("data-share") && home.contains("62.500"));
        let told = asep.fill(&link, &send, &[("verdict", "refuse"), ("reason", " ")]).await;
        assert!(told.status == 422 && told.body.contains("class=\"field-error\""), "{}", told.body);
        let shown = asep.get(&link).await;
        let fields = ["request_id", "coop", "csrf"].map(|name| (name, shown.hidden(&send, name)));
        let mut fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("verdict", "approve"));
        assert_eq!(asep.post(&send, &fields).await.location(), link);
        assert_eq!(asep.post(&send, &fields).await.location(), link, "one effect");
        let told = again(&mut asep, &send, &fields).await;
        assert!(told.contains("sudah diputuskan"), "{told}");
        assert!(wanti.get("/tugas").await.body.contains("silakan dijalankan"));
        assert!(!asep.get("/beranda").await.body.contains(&link));
    });
}

/// Sends an answer again as a new request.
async fn again(speaker: &mut Speaker, send: &str, fields: &[(&str, &str)]) -> String {
    let new = values::RequestId::new_v7().to_text();
    let mut fields = fields.to_vec();
    fields[0].1 = &new;
    speaker.post(send, &fields).await.body
}

#[test]
fn another_cooperatives_requests_and_entries_are_not_there() {
    on_both(async |engine| {
        let clock = Clock::at(TODAY);
        with_books(&engine.store, &clock, TAMANSARI, TODAY).await;
        with_books(&engine.store, &clock, OTHER, TODAY).await;
        let desk = desk(&engine, &clock).await;
        post(&engine.store, &clock, TAMANSARI, grant(TODAY, 1_234_000)).await.unwrap();
        let id = asked_by_wanti(&engine, &clock, 62_500).await;
        let dede = PersonId::from_bytes(*b"dede-ketua------");
        hire(&engine.store, &clock, dede, "dede", Role::Ketua, OTHER).await.unwrap();
        let mut dede_speaks = desk.clone();
        dede_speaks.sign_in("dede").await;
        dede_speaks.fill("/akun/faktor-kedua", "/akun/kartu-kode", &[]).await;
        assert_eq!(dede_speaks.get(&format!("/persetujuan/{id}")).await.status, 404);
        assert_eq!(dede_speaks.get("/laporan/jurnal/1").await.status, 404);
        for page in ["/beranda", "/tugas", "/laporan/jurnal", "/laporan/akun/11101"] {
            let told = dede_speaks.get(page).await;
            assert!(told.status == 200 && !told.body.contains("1.234.000"), "{page}");
            assert!(!told.body.contains("Beras berkutu"), "{page}");
        }
    });
}
