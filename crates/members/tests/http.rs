//! From asking to belonging, as people at the desk do it: over HTTP, on both engines.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod common;

use access::{Role, factor};
use common::World;
use members::{by_number, shown_on_receipt};
use store::Tx;
use testkit::{
    Clock, Engine, KETUA, SITI, Speaker, TAMANSARI, Told, WANTI, hire, on_both, register, shell,
};
use values::{CoopId, PersonId};

const RINA: PersonId = PersonId::from_bytes(*b"rina-sekretaris-");
const YUYUN: PersonId = PersonId::from_bytes(*b"yuyun-pengawas--");
const STRANGER: PersonId = PersonId::from_bytes(*b"ujang-bendahara-");
const OTHER: CoopId = CoopId::new(327_301_100_101);
const NIK: &str = "3273095708850001";

/// KKMP Tamansari at work: a cashier, a treasurer, a secretary, the chair, a supervisor.
struct Desk {
    world: World,
    wanti: Speaker,
    siti: Speaker,
    rina: Speaker,
    asep: Speaker,
    yuyun: Speaker,
}

impl Desk {
    async fn new(engine: &Engine) -> Desk {
        let world = World::open(engine).await;
        let hired = [
            (WANTI, "wanti", Role::Kasir),
            (SITI, "siti", Role::Bendahara),
            (RINA, "rina", Role::Sekretaris),
            (KETUA, "asep", Role::Ketua),
            (YUYUN, "yuyun", Role::Pengawas),
        ];
        for (person, name, role) in hired {
            hire(&engine.store, &world.clock, person, name, role, TAMANSARI).await.unwrap();
        }
        let [wanti, siti, rina] = [(WANTI, "wanti"), (SITI, "siti"), (RINA, "rina")];
        Desk {
            wanti: signed_in(engine, &world.clock, wanti, false).await,
            siti: signed_in(engine, &world.clock, siti, false).await,
            rina: signed_in(engine, &world.clock, rina, false).await,
            asep: signed_in(engine, &world.clock, (KETUA, "asep"), true).await,
            yuyun: signed_in(engine, &world.clock, (YUYUN, "yuyun"), true).await,
            world,
        }
    }

    /// Rina writes Bu Eni down; the address of the candidate is the answer.
    async fn eni_asks(&mut self) -> String {
        let fields = [
            ("name", "Eni Sumarni"),
            ("nickname", "Bu Eni"),
            ("sex", "P"),
            ("phone", "0812 3456 7890"),
            ("rt", "003"),
            ("rw", "9"),
            ("nik", NIK),
        ];
        let told = self.rina.fill("/anggota/daftar", "/anggota/daftar/kirim", &fields).await;
        let (address, done) = told.location().split_once("?baru=").unwrap();
        assert_eq!(done.len(), 36);
        assert!(self.rina.get(told.location()).await.body.contains("Permohonan tersimpan"));
        address.to_owned()
    }

    /// Approved, paid and admitted as number 0001.
    async fn eni_belongs(&mut self) {
        let way = self.eni_asks().await;
        let told = self.asep.fill(&way, &format!("{way}/setujui"), &[]).await;
        assert_eq!(told.location(), way, "{}", told.body);
        let rest = [("rest", "50000"), ("into", "11101")];
        let told = self.siti.fill(&way, &format!("{way}/terima"), &rest).await;
        assert_eq!(told.status, 303, "{}", told.body);
    }
}

async fn signed_in(
    engine: &Engine,
    clock: &Clock,
    (person, name): (PersonId, &str),
    twice: bool,
) -> Speaker {
    let routes = access::routes().and(members::routes());
    let mut speaker = Speaker::new(access::router(shell(&engine.store, clock), &routes));
    speaker.sign_in(name).await;
    if twice {
        let codes = factor::print_card(&engine.store, person, clock.now()).await.unwrap();
        let code = [("code", codes[0].as_str())];
        speaker.fill("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim", &code).await;
    }
    speaker
}

/// Sends a form that the page does not offer, with the session's own token.
async fn force(speaker: &mut Speaker, page: &str, action: &str, fields: &[(&str, &str)]) -> Told {
    let csrf = speaker.get(page).await.hidden("/keluar", "csrf");
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    speaker.post(action, &all).await
}

#[test]
fn from_asking_to_belonging_and_paying_month_by_month() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        assert!(desk.siti.get("/anggota").await.body.contains("Belum ada yang tercatat"));
        let way = desk.eni_asks().await;
        let approve = format!("{way}/setujui");

        // Who wrote it down does not approve, whatever the role; a cashier may not at all.
        assert!(desk.rina.get(&way).await.body.contains("jadi orang lain yang menyetujuinya"));
        let told = force(&mut desk.rina, &way, &approve, &[]).await;
        assert!(
            told.status == 422 && told.body.contains("harus orang lain daripada yang mencatat")
        );
        assert!(desk.wanti.get(&way).await.body.contains("Menunggu ketua atau sekretaris"));
        assert_eq!(force(&mut desk.wanti, &way, &approve, &[]).await.status, 403);

        // Paying may begin before the approval; admission waits for it.
        let (pay, admit) = (format!("{way}/pokok"), format!("{way}/terima"));
        let much = [("amount", "60rb"), ("into", "11101")];
        let told = desk.wanti.fill(&way, &pay, &much).await;
        assert!(told.status == 422 && told.body.contains("value=\"60rb\""), "{}", told.body);
        assert!(told.body.contains("lebih dari sisa simpanan pokok Rp 50.000"));
        let part = [("amount", "20rb"), ("into", "11101")];
        let told = desk.wanti.fill(&way, &pay, &part).await;
        let receipt = desk.wanti.get(told.location()).await.body;
        assert!(receipt.contains("dua puluh ribu rupiah") && receipt.contains("Eni Sumarni"));
        let early = force(&mut desk.wanti, &way, &admit, &[("rest", "30000"), ("into", "11101")]);
        assert!(early.await.body.contains("belum disetujui pengurus"));
        let decision = [("decision", "Rapat 12 Oktober")];
        let told = desk.asep.fill(&way, &approve, &decision).await;
        assert_eq!(told.location(), way, "{}", told.body);
        let shown = desk.wanti.get(&way).await.body;
        assert!(shown.contains("Rapat 12 Oktober") && shown.contains("Rp 30.000"));
        let rest = [("rest", "30000"), ("into", "11101")];
        let told = desk.wanti.fill(&way, &admit, &rest).await;
        let receipt = desk.wanti.get(told.location()).await.body;
        assert!(receipt.contains("nomor <strong>0001</strong>"), "{receipt}");
        assert!(receipt.contains("Sudah dititipkan") && receipt.contains("tiga puluh ribu rupiah"));
        assert_eq!(desk.wanti.get(&way).await.location(), "/anggota/0001");

        // Two months at once; the same form again is the same payment.
        let months = [("months", "20000 2025-10 2025-11"), ("into", "11101")];
        let page = desk.wanti.get("/anggota/0001").await;
        let action = "/anggota/0001/wajib";
        let hidden = ["request_id", "coop", "csrf"].map(|name| page.hidden(action, name));
        let mut fields = vec![
            ("request_id", hidden[0].as_str()),
            ("coop", hidden[1].as_str()),
            ("csrf", hidden[2].as_str()),
        ];
        fields.extend(months);
        let first = desk.wanti.post(action, &fields).await;
        let again = desk.wanti.post(action, &fields).await;
        assert_eq!((first.status, first.location()), (303, again.location()), "{}", first.body);
        let receipt = desk.wanti.get(first.location()).await.body;
        assert!(receipt.contains("Oktober 2025 – November 2025"), "{receipt}");
        let card = desk.wanti.get("/anggota/1").await.body;
        assert!(card.contains("Lunas sampai bulan ini") && card.contains("2 bulan"), "{card}");
        let paid = [("months", "10000 2025-10"), ("into", "11101")];
        let told = desk.wanti.fill("/anggota/0001", action, &paid).await;
        assert!(told.status == 422 && told.body.contains("Oktober 2025 sudah lunas"));
        desk.world.holds().await;
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        let fields = [
            ("name", ""),
            ("nickname", "Bu Eni"),
            ("phone", "0812-3456-7890"),
            ("rt", "0"),
            ("nik", "3273"),
        ];
        let (page, action) = ("/anggota/daftar", "/anggota/daftar/kirim");
        let told = desk.siti.fill(page, action, &fields).await;
        assert_eq!(told.status, 422);
        let said = ["NIK harus 16 angka", "Pilih laki-laki", "Isi angka bulat 1 sampai 999"];
        for text in said.into_iter().chain(["value=\"Bu Eni\"", "0812-3456-7890", "\"3273\""]) {
            assert!(told.body.contains(text), "{text}: {}", told.body);
        }
        let fields = [("name", "Eni"), ("sex", "P"), ("phone", "kosong"), ("nik", "")];
        let told = desk.siti.fill(page, action, &fields).await;
        assert!(told.status == 422 && told.body.contains("“kosong” bukan nomor telepon"));
        assert!(
            desk.siti.get("/anggota?cari=siapa").await.body.contains("Belum ada yang tercatat")
        );
        let way = desk.eni_asks().await;
        assert!(desk.siti.get("/anggota?cari=siapa").await.body.contains("Tidak ada yang cocok"));
        for text in ["bu+eni", "0812345", "RT+3", "003%2F009"] {
            let found = desk.siti.get(&format!("/anggota?cari={text}&status=calon")).await;
            assert!(found.body.contains(&format!("href=\"{way}\"")), "{text}");
        }
        let nowhere = [("amount", "10rb"), ("into", "11103")];
        let told = desk.siti.fill(&way, &format!("{way}/pokok"), &nowhere).await;
        assert!(told.status == 422 && told.body.contains("Pilih ke mana uangnya masuk"));
        let again = [("name", "Eni"), ("sex", "P"), ("nik", NIK)];
        let told = desk.siti.fill(page, action, &again).await;
        assert!(told.status == 422 && told.body.contains("NIK ini sudah tercatat"));
    });
}

#[test]
fn a_nik_is_shown_to_few_and_each_look_is_noted() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        desk.eni_belongs().await;
        let card = desk.siti.get("/anggota/0001").await;
        assert!(card.body.contains("············0001") && !card.body.contains(NIK));
        assert!(!card.body.contains("Siapa yang membuka"), "a treasurer sees no looks");
        let member = card.hidden("/anggota/nik", "member_id");
        let fields = [("member_id", member.as_str())];
        let told = desk.siti.fill("/anggota/0001", "/anggota/nik", &fields).await;
        assert!(told.body.contains(NIK), "{}", told.body);
        assert!(!desk.wanti.get("/anggota/0001").await.body.contains("Tampilkan NIK"));
        for speaker in [&mut desk.wanti, &mut desk.yuyun] {
            let told = force(speaker, "/anggota/0001", "/anggota/nik", &fields).await;
            assert_eq!(told.status, 403);
        }
        for speaker in [&desk.asep, &desk.yuyun] {
            let seen = speaker.get("/anggota/0001").await.body;
            assert!(seen.contains("<span>siti</span>"), "{seen}");
        }
        let sheet = desk.siti.get("/anggota/kartu").await.body;
        assert!(sheet.contains("Eni Sumarni") && sheet.contains("<svg") && !sheet.contains(NIK));
        assert!(!sheet.contains("6281234567890"));
        let beyond = desk.siti.get("/anggota/kartu?dari=2").await.body;
        assert!(beyond.contains("Tidak ada anggota dengan nomor itu"));
    });
}

#[test]
fn each_role_does_its_own_part_and_another_cooperative_finds_nobody() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        desk.eni_belongs().await;
        let store = &engine.store;
        register(store, OTHER).await.unwrap();
        let ujang = (STRANGER, "ujang");
        hire(store, &desk.world.clock, ujang.0, ujang.1, Role::Bendahara, OTHER).await.unwrap();
        let mut stranger = signed_in(&engine, &desk.world.clock, ujang, false).await;
        let way = format!("/anggota/calon/{}", common::person(7));
        // Address, then who may: kasir, bendahara, sekretaris, ketua, pengawas.
        let forms = [
            ("/anggota/daftar/kirim".to_owned(), [true, true, true, false, false]),
            (format!("{way}/setujui"), [false, false, true, true, false]),
            (format!("{way}/pokok"), [true, true, false, false, false]),
            (format!("{way}/terima"), [true, true, false, false, false]),
            ("/anggota/0001/wajib".to_owned(), [true, true, false, false, false]),
            ("/anggota/0001/daftar-lagi".to_owned(), [true, true, true, false, false]),
        ];
        for (action, may) in &forms {
            let speakers =
                [&mut desk.wanti, &mut desk.siti, &mut desk.rina, &mut desk.asep, &mut desk.yuyun];
            for (speaker, may) in speakers.into_iter().zip(may) {
                let told = force(speaker, "/anggota", action, &[]).await;
                assert_eq!(told.status != 403, *may, "{action}: {}", told.status);
            }
        }
        for path in ["/anggota/0001", "/anggota/bukti/1", "/anggota/0002", "/anggota/x", &way] {
            assert_eq!(stranger.get(path).await.status, 404, "{path}");
        }
        let wajib = [("months", "10000 2025-10"), ("into", "11101")];
        let told = force(&mut stranger, "/anggota", "/anggota/0001/wajib", &wajib).await;
        assert_eq!(told.status, 404);
    });
}

#[test]
fn the_counter_finds_a_member_by_number_card_and_phone() {
    on_both(async |engine| {
        let mut desk = Desk::new(&engine).await;
        let way = desk.eni_asks().await;
        let typed = ["1", "0001", "#0001", "k501-0001", "+62 812-3456-7890", "081234567890"];
        let find = |typed: &'static str| async move |tx: &mut Tx| by_number(tx, typed).await;
        for one in typed {
            assert_eq!(desk.world.ask(find(one)).await, None, "a candidate is no member: {one}");
        }
        desk.asep.fill(&way, &format!("{way}/setujui"), &[]).await;
        let rest = [("rest", "50000"), ("into", "11101")];
        desk.siti.fill(&way, &format!("{way}/terima"), &rest).await;
        for one in typed {
            let (member, number, name) = desk.world.ask(find(one)).await.expect(one);
            assert_eq!((number.as_str(), name.as_str()), ("0001", "Eni Sumarni"));
            let shown = async move |tx: &mut Tx| shown_on_receipt(tx, member).await;
            assert_eq!(desk.world.ask(shown).await.as_deref(), Some("0001 · Bu Eni"));
            let active =
                async move |tx: &mut Tx| Ok(members::ask_active(tx, member).await?.maybe().await?);
            assert_eq!(desk.world.ask(active).await, Some((1,)));
        }
        for one in ["", "2", "K999-0001", "eni", "0001x", "99999999999999999999"] {
            assert_eq!(desk.world.ask(find(one)).await, None, "{one}");
        }
    });
}
