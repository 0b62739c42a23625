//! The cash room over HTTP, on both engines.

#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod common;

use access::{Role, factor};
use cash::{count_drawer, drawer, held};
use common::{World, piles};
use store::{Failure, Tx};
use testkit::{
    Engine, KETUA, SITI, Speaker, TAMANSARI, Told, WANTI, hire, on_both, register, shell,
};
use values::{CoopId, DocumentId, Rupiah};

const OTHER: CoopId = CoopId::new(327_301_100_101);

/// Wanti, Siti and Pak Asep before their screens.
struct Desk {
    world: World,
    wanti: Speaker,
    siti: Speaker,
    asep: Speaker,
}

impl Desk {
    async fn of(engine: &Engine, world: World) -> Desk {
        let (store, clock) = (engine.store.clone(), world.clock.clone());
        let hired = [
            (WANTI, "wanti", Role::Kasir),
            (SITI, "siti", Role::Bendahara),
            (KETUA, "asep", Role::Ketua),
        ];
        for (person, name, role) in hired {
            hire(&store, &clock, person, name, role, TAMANSARI).await.unwrap();
        }
        let routes = access::routes().and(cash::routes());
        let mut wanti = Speaker::new(access::router(shell(&store, &clock), &routes));
        let (mut siti, mut asep) = (wanti.clone(), wanti.clone());
        wanti.sign_in("wanti").await;
        siti.sign_in("siti").await;
        asep.sign_in("asep").await;
        let codes = factor::print_card(&store, KETUA, clock.now()).await.unwrap();
        let (page, action) = ("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim");
        asep.fill(page, action, &[("code", &codes[0])]).await;
        Desk { world, wanti, siti, asep }
    }

    /// Books open, five million in the safe.
    async fn open(engine: &Engine) -> Desk {
        Desk::of(engine, World::open(engine, 0).await).await
    }

    /// Books not opened.
    async fn new(engine: &Engine) -> Desk {
        Desk::of(engine, World::new(engine).await).await
    }

    /// Siti sends a float, Wanti opens her drawer with it.
    async fn open_drawer(&mut self) {
        let float = [("from", "11101"), ("to", "11103"), ("amount", "200.000")];
        let told = self.siti.fill("/kas/kirim", "/kas/kirim/catat", &float).await;
        assert!(told.location().starts_with("/kas?nomor=PST-20251014-"), "{}", told.body);
        let shown = self.wanti.get("/kas/laci").await;
        assert!(shown.body.contains("Rp 200.000 · Kas kasir toko · siti"), "{}", shown.body);
        let fields = [
            ("account", "11103"),
            ("device", "A1"),
            ("transfer_id", &selected(&shown)),
            ("counted", "200.000"),
        ];
        let told = self.wanti.fill("/kas/laci", "/kas/laci/buka", &fields).await;
        assert_eq!(told.location(), "/kasir", "{}", told.body);
    }

    /// What Wanti's drawer takes in, as the shop does it.
    async fn sell(&self, amount: i64) {
        let look = async |tx: &mut Tx| held::by(tx, WANTI).await;
        let session_id = self.world.store.read(TAMANSARI, look).await.unwrap()[0].session_id;
        let event = async move |tx: &mut Tx, ctx: &values::Ctx| -> Result<(), Failure> {
            let entry = ledger::Entry::new("test.sale", ctx.day())
                .debit("11103", ledger::Unit::Tok, Rupiah::new(amount))
                .credit("42101", ledger::Unit::Tok, Rupiah::new(amount));
            ledger::post(tx, ctx, entry).await?;
            drawer::add(tx, session_id, Rupiah::new(amount)).await
        };
        testkit::act(&self.world.store, &self.world.clock, TAMANSARI, event).await.unwrap();
    }
}

/// The option that a select shows as chosen, where its value is an id.
fn selected(told: &Told) -> String {
    let options = told.body.split("<option value=\"").skip(1);
    let ids = options.filter(|option| option.contains("selected"));
    let mut ids = ids.filter_map(|option| option.split('"').next());
    ids.find(|id| DocumentId::parse(id).is_ok()).unwrap().to_owned()
}

/// The piles of an amount, as fields of the form.
fn fields_of(amount: i64) -> Vec<(String, String)> {
    let field = |pile: count_drawer::Pile| {
        (format!("pecahan_{}", pile.denomination), pile.pieces.to_string())
    };
    piles(amount).into_iter().map(field).collect()
}

async fn count(speaker: &mut Speaker, page: &str, amount: i64, step: &str) -> Told {
    let session = speaker.get(page).await.hidden("/kas/laci/hitung/kirim", "session_id");
    let piles = fields_of(amount);
    let mut fields = vec![("session_id", session.as_str()), ("step", step)];
    fields.extend(piles.iter().map(|(name, pieces)| (name.as_str(), pieces.as_str())));
    speaker.fill(page, "/kas/laci/hitung/kirim", &fields).await
}

#[test]
fn a_cashiers_day_from_the_float_to_the_safe() {
    on_both(async |engine| {
        let mut desk = Desk::open(&engine).await;
        assert_eq!(desk.wanti.get("/kas").await.status, 403, "a cashier sees her drawer alone");
        desk.open_drawer().await;
        desk.sell(93_300).await;
        let held = desk.wanti.get("/kas/laci").await;
        let session = held.hidden("/kas/laci/keluar", "session_id");
        let bags = [
            ("session_id", session.as_str()),
            ("what", "Kantong plastik"),
            ("account", "11706"),
            ("amount", "15rb"),
        ];
        let told = desk.wanti.fill("/kas/laci", "/kas/laci/keluar", &bags).await;
        assert_eq!(told.location(), "/kas/laci?nomor=TOK-20251014-002", "{}", told.body);

        let blind = desk.wanti.get("/kas/laci/hitung").await;
        assert!(!blind.body.contains("278.300") && !blind.body.contains("seharusnya"));
        let sum = count(&mut desk.wanti, "/kas/laci/hitung", 277_800, "sum").await;
        assert!(sum.status == 200 && sum.body.contains("Rp 277.800"), "{}", sum.body);
        assert!(!sum.body.contains("278.300"), "the sum of her piles, nothing else");
        let told = count(&mut desk.wanti, "/kas/laci/hitung", 277_800, "send").await;
        assert_eq!(told.location(), format!("/kas/laci?laci={session}"), "{}", told.body);
        let again = count(&mut desk.wanti, "/kas/laci/hitung", 278_300, "send").await;
        assert!(again.status == 422 && again.body.contains("sudah menghitung laci ini"));

        let shown = desk.wanti.get(told.location()).await;
        assert!(shown.body.contains("278.300") && shown.body.contains(">-500<"), "{}", shown.body);
        let fields = [("session_id", session.as_str()), ("reason", " ")];
        let told = desk.wanti.fill("/kas/laci", "/kas/laci/selisih", &fields).await;
        assert_eq!(told.status, 422);
        let fields = [("session_id", session.as_str()), ("reason", "Kembalian keliru")];
        let told = desk.wanti.fill("/kas/laci", "/kas/laci/selisih", &fields).await;
        assert_eq!(told.status, 303, "{}", told.body);
        let fields = [("session_id", session.as_str()), ("deposit", "300.000")];
        let told = desk.wanti.fill("/kas/laci", "/kas/laci/tutup", &fields).await;
        assert!(told.status == 422 && told.body.contains("tidak sesuai dengan isi laci"));
        let fields = [("session_id", session.as_str()), ("deposit", "177.800")];
        let told = desk.wanti.fill("/kas/laci", "/kas/laci/tutup", &fields).await;
        assert!(told.location().starts_with("/kas/laci?nomor=TOK-"), "{}", told.body);

        bendahara_receives(&mut desk).await;
        assert_eq!(desk.world.balance("61113").await, Rupiah::new(500));
        assert_eq!(desk.world.balance("11103").await, Rupiah::new(100_000));
        assert_eq!(desk.world.balance("11101").await, Rupiah::new(4_977_800));
        assert_eq!(desk.world.outside_drawers().await, Rupiah::ZERO);
        desk.world.holds().await;
    });
}

/// Siti counts what Wanti brought; first she counts wrongly.
async fn bendahara_receives(desk: &mut Desk) {
    let own = desk.wanti.get("/kas/laci").await;
    assert!(own.body.contains("Batal kirim") && !own.body.contains("action=\"/kas/terima\""));
    let shown = desk.siti.get("/kas").await;
    let transfer = shown.hidden("/kas/terima", "transfer_id");
    for (counted, status) in [("177.300", 422), ("177.800", 303)] {
        let fields = [("transfer_id", transfer.as_str()), ("back", "kas"), ("counted", counted)];
        let told = desk.siti.fill("/kas", "/kas/terima", &fields).await;
        assert_eq!(told.status, status, "{}", told.body);
        assert!(status != 422 || told.body.contains("value=\"177.300\""));
    }
    assert!(!desk.siti.get("/kas").await.body.contains("/kas/terima"));
}

#[test]
fn what_is_sent_can_come_back_and_a_second_count_is_somebody_elses() {
    on_both(async |engine| {
        let mut desk = Desk::open(&engine).await;
        desk.open_drawer().await;
        let session = desk.wanti.get("/kas/laci").await.hidden("/kas/laci/keluar", "session_id");
        let fields = [("from", session.as_str()), ("to", "11101"), ("amount", "50.000")];
        let told = desk.wanti.fill("/kas/kirim", "/kas/kirim/catat", &fields).await;
        assert!(told.location().starts_with("/kas/laci?nomor="), "{}", told.body);
        let safe = [("from", "11101"), ("to", "11201"), ("amount", "50.000")];
        let told = desk.wanti.fill("/kas/kirim", "/kas/kirim/catat", &safe).await;
        assert_eq!(told.status, 422, "a cashier does not send from the safe");
        let shown = desk.wanti.get("/kas/laci").await;
        let transfer = shown.hidden("/kas/kirim/batal", "transfer_id");
        let fields = [
            ("transfer_id", transfer.as_str()),
            ("drawer", session.as_str()),
            ("back", "laci"),
            ("reason", "Bendahara sedang pergi"),
        ];
        let told = desk.wanti.fill("/kas/laci", "/kas/kirim/batal", &fields).await;
        assert_eq!(told.status, 303, "{}", told.body);

        count(&mut desk.wanti, "/kas/laci/hitung", 199_000, "send").await;
        let other = format!("/kas/laci/hitung?laci={session}");
        let told = count(&mut desk.siti, &other, 200_000, "send").await;
        assert_eq!(told.status, 303, "{}", told.body);
        let shown = desk.wanti.get("/kas/laci").await;
        assert!(shown.body.contains("/kas/laci/tutup"), "the last count holds");
        desk.world.holds().await;
    });
}

#[test]
fn forms_of_another_cooperative_and_anothers_drawer_are_refused() {
    on_both(async |engine| {
        let mut desk = Desk::open(&engine).await;
        desk.open_drawer().await;
        let session = desk.wanti.get("/kas/laci").await.hidden("/kas/laci/keluar", "session_id");
        register(&engine.store, OTHER).await.unwrap();
        let (dewi, clock) = (values::PersonId::from_bytes(*b"dewi-kasir------"), &desk.world.clock);
        hire(&engine.store, clock, dewi, "dewi", Role::Bendahara, OTHER).await.unwrap();
        let mut dewi = desk.siti.clone();
        dewi.sign_in("dewi").await;
        assert_eq!(dewi.get(&format!("/kas/laci?laci={session}")).await.status, 404);
        for action in ["keluar", "hitung/kirim", "selisih", "tutup"] {
            let fields = [
                ("session_id", session.as_str()),
                ("request_id", "0199e0a0-0000-7000-8000-000000000001"),
                ("csrf", &dewi.get("/kas/laci").await.hidden("/kas/laci/buka", "csrf")),
            ];
            let told = dewi.post(&format!("/kas/laci/{action}"), &fields).await;
            assert_eq!(told.status, 404, "{action}: {}", told.body);
        }
        let fields =
            [("from", "11101"), ("to", "11201"), ("amount", "1"), ("coop", &OTHER.to_string())];
        let page = desk.siti.get("/kas/kirim").await;
        let csrf = page.hidden("/kas/kirim/catat", "csrf");
        let fields = [&fields[..], &[("csrf", csrf.as_str())]].concat();
        assert_eq!(desk.siti.post("/kas/kirim/catat", &fields).await.status, 409);
        let fields = [("session_id", session.as_str()), ("amount", "1"), ("what", "x")];
        let csrf = [("csrf", csrf.as_str())];
        let told = desk.siti.post("/kas/laci/keluar", &[&fields[..], &csrf].concat()).await;
        assert_eq!(told.status, 404, "Wanti's drawer is paid from by Wanti");
        assert_eq!(desk.world.balance("11103").await, Rupiah::new(200_000));
    });
}

#[test]
fn a_form_that_is_sent_twice_has_one_effect() {
    on_both(async |engine| {
        let mut desk = Desk::open(&engine).await;
        let page = desk.siti.get("/kas/hibah").await;
        let hidden = ["request_id", "csrf"].map(|name| page.hidden("/kas/hibah/catat", name));
        let fields = [
            ("request_id", hidden[0].as_str()),
            ("csrf", &hidden[1]),
            ("day", "2025-10-14"),
            ("giver", "Pemkot Bandung"),
            ("amount", "25jt"),
            ("into", "11201"),
        ];
        let first = desk.siti.post("/kas/hibah/catat", &fields).await;
        let second = desk.siti.post("/kas/hibah/catat", &fields).await;
        assert_eq!(first.location(), "/kas?nomor=PST-20251014-001", "{}", first.body);
        assert_eq!(second.location(), first.location());
        assert_eq!(desk.world.balance("11201").await, Rupiah::new(25_000_000));
        let shown = desk.siti.get(first.location()).await;
        assert!(shown.body.contains("Tercatat dengan nomor PST-20251014-001."));

        let page = desk.siti.get("/kas/kirim").await;
        let hidden = ["request_id", "csrf"].map(|name| page.hidden("/kas/kirim/catat", name));
        let fields = [
            ("request_id", hidden[0].as_str()),
            ("csrf", &hidden[1]),
            ("from", "11101"),
            ("to", "11201"),
            ("amount", "1.000.000"),
        ];
        for _ in 0..2 {
            let told = desk.siti.post("/kas/kirim/catat", &fields).await;
            assert_eq!(told.status, 303, "{}", told.body);
        }
        assert_eq!(desk.world.on_its_way().await, [Rupiah::new(1_000_000)]);
        let shown = desk.asep.get("/kas").await;
        let transfer = shown.hidden("/kas/terima", "transfer_id");
        let fields = [("transfer_id", transfer.as_str()), ("counted", "1.000.000")];
        let told = desk.asep.fill("/kas", "/kas/terima", &fields).await;
        assert_eq!(told.status, 303, "the ketua confirms what the bank has: {}", told.body);
        assert_eq!(desk.world.balance("11201").await, Rupiah::new(26_000_000));
    });
}

/// The figures of the first story, as a treasurer types them.
fn story() -> Vec<(&'static str, String)> {
    let id = |place: usize| format!("0199e0a0-0000-7000-8000-{place:012}");
    let each = |places: std::ops::Range<usize>, rest: &str| {
        let lines: Vec<String> = places.map(|place| format!("{} = {rest}", id(place))).collect();
        lines.join("\r\n")
    };
    let seven = each(0..110, "70.000 = 2025-03 s.d. 2025-09");
    let six = each(110..184, "60.000 = 2025-03 s.d. 2025-08");
    let goods = "SPHP 5 kg = 2.200.000\r\nMinyaKita = 522.000\r\nGula = 405.000";
    vec![
        ("first_day", "2025-10-01".to_owned()),
        ("jumlah_11101", "2.418.000".to_owned()),
        ("jumlah_11201", "18.750.000".to_owned()),
        ("jumlah_11401", "1.865.000".to_owned()),
        ("rincian_11401", each(7..8, "1.865.000")),
        ("jumlah_11701", "3.127.000".to_owned()),
        ("rincian_11701", goods.to_owned()),
        ("jumlah_21201", "1.250.000".to_owned()),
        ("rincian_21201", "Agen Sukajadi = 1.250.000".to_owned()),
        ("jumlah_21207", "75.000".to_owned()),
        ("rincian_21207", each(184..187, "25.000")),
        ("jumlah_21210", "3jt".to_owned()),
        ("rincian_21210", "Pak Asep = 3jt".to_owned()),
        ("jumlah_31101", "9.200.000".to_owned()),
        ("rincian_31101", each(0..184, "50.000")),
        ("jumlah_31102", "12.140.000".to_owned()),
        ("rincian_31102", format!("{seven}\r\n{six}")),
    ]
}

fn typed<'a>(story: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    story.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[test]
fn the_day_of_moving_in_to_the_rupiah() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        assert!(desk.siti.get("/kas").await.body.contains("belum dibuka"));
        let (page, check) = ("/kas/saldo-awal", "/kas/saldo-awal/periksa");
        let mut wrong = story();
        wrong[10].1 = wrong[10].1.replacen("25.000", "20.000", 1);
        let told = desk.siti.fill(page, check, &typed(&wrong)).await;
        assert!(told.status == 422 && told.body.contains("Samakan dulu per nama"), "{}", told.body);

        let story = story();
        let told = desk.siti.fill(page, check, &typed(&story)).await;
        for sum in ["26.160.000", "25.665.000", "495.000", "1214 baris rincian"] {
            assert!(told.body.contains(sum), "{sum}");
        }
        assert_eq!(told.hidden(check, "difference"), "495000");
        assert!(desk.siti.get("/kas").await.body.contains("belum dibuka"), "nothing is written");

        let request = told.hidden(check, "request_id");
        let csrf = told.hidden(check, "csrf");
        let (asep, siti) = (KETUA.to_text(), SITI.to_text());
        let named = |person| {
            let mut fields = typed(&story);
            fields.extend([("request_id", request.as_str()), ("csrf", csrf.as_str())]);
            let reason = ("reason", "Catatan penjualan sebelum Agustus tidak lengkap");
            fields.extend([("difference", "495000"), reason, ("confirmed_by", person)]);
            fields
        };
        let alone = desk.siti.post(check, &named(&siti)).await;
        assert!(alone.status == 422 && alone.body.contains("Pilih pengurus yang ikut"));
        let ready = desk.siti.post(check, &named(&asep)).await;
        assert_eq!(ready.status, 200, "{}", ready.body);
        assert!(ready.body.contains("action=\"/kas/saldo-awal/catat\""));
        for _ in 0..2 {
            let done = desk.siti.post("/kas/saldo-awal/catat", &named(&asep)).await;
            assert_eq!(done.location(), "/kas?nomor=PST-20251001-001", "{}", done.body);
        }
        let moved = [
            ("11101", 2_418_000),
            ("11201", 18_750_000),
            ("11401", 1_865_000),
            ("11701", 3_127_000),
            ("21201", -1_250_000),
            ("21207", -75_000),
            ("21210", -3_000_000),
            ("31101", -9_200_000),
            ("31102", -12_140_000),
            ("31301", -495_000),
            ("11999", 0),
        ];
        for (code, amount) in moved {
            assert_eq!(desk.world.balance(code).await, Rupiah::new(amount), "{code}");
        }
        let months = async |tx: &mut Tx| -> Result<(i64, i64), Failure> {
            let sql = "select cast(count(month) as bigint), cast(count(distinct subject) as bigint)
                         from details where coop_id = $1 and month is not null";
            Ok(tx.one(sql, &[]).await?)
        };
        let months = desk.world.store.read(TAMANSARI, months).await.unwrap();
        assert_eq!(months, (1_214, 184));
        assert!(desk.siti.get(page).await.body.contains("sudah dibuka"));
        desk.world.holds().await;
    });
}
