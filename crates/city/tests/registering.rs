//! From an empty database to a cooperative whose first two persons are at work, over HTTP.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use access::Role;
use city::FirstPerson;
use city::set_up::{SetUp, set_up};
use testkit::{Clock, Engine, PASSWORD, Speaker, TAMANSARI, Told, WANTI, hire, on_both, shell};
use values::{KelurahanCode, PersonId, SeatId};

const FORM: &str = "/koperasi/daftar?kelurahan=32.73.09.1002";
const SEND: &str = "/koperasi/daftar/kirim";

fn stranger(engine: &Engine, clock: &Clock) -> Speaker {
    let routes = access::routes().and(city::routes());
    Speaker::new(access::router(shell(&engine.store, clock), &routes))
}

/// Takes a code, chooses the password and, where the seat demands it, prints a card.
async fn come_in(engine: &Engine, clock: &Clock, code: &str) -> Speaker {
    let mut person = stranger(engine, clock);
    let fields = [("code", code), ("password", PASSWORD), ("password_again", PASSWORD)];
    let told = person.post("/undangan/kirim", &fields).await;
    assert_eq!(told.status, 303, "{}", told.body);
    person.fill("/akun/faktor-kedua", "/akun/kartu-kode", &[]).await;
    person
}

/// The office with its administrator at work.
async fn office(engine: &Engine, clock: &Clock) -> Speaker {
    let rina = FirstPerson::new(PersonId::new_v7(), SeatId::new_v7(), "Rina", "rina");
    let administrator = rina.let_in_by("ABCD-EFGH-JKMN");
    let input = SetUp { office: "Dinas Koperasi dan UKM".to_owned(), administrator };
    let again = input.clone();
    set_up(&engine.store, clock.now(), input).await.unwrap();
    let refused = set_up(&engine.store, clock.now(), again).await.unwrap_err();
    assert_eq!(refused.code(), "city.not_empty");
    come_in(engine, clock, "ABCD-EFGH-JKMN").await
}

fn filled<'a>(shown: &Told, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let hidden = [
        "request_id",
        "coop",
        "csrf",
        "kelurahan",
        "running",
        "person_1",
        "seat_1",
        "person_2",
        "seat_2",
    ];
    let hidden = hidden.map(|name| (name, shown.hidden(SEND, name)));
    let typed = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    hidden.into_iter().chain(typed).collect()
}

async fn send(speaker: &mut Speaker, fields: &[(&str, String)]) -> Told {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    speaker.post(SEND, &fields).await
}

const PERSONS: [(&str, &str); 7] = [
    ("name", "KKMP Tamansari"),
    ("name_1", "Asep"),
    ("sign_in_name_1", "asep"),
    ("role_1", "ketua"),
    ("name_2", "Siti"),
    ("sign_in_name_2", "siti"),
    ("role_2", "bendahara"),
];

fn codes(told: &Told) -> Vec<String> {
    let codes = told.body.split("class=\"big-code\">").skip(1);
    codes.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn the_office_registers_a_cooperative_and_its_first_two_persons_come_in() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut rina = office(&engine, &clock).await;
        let list = rina.get("/koperasi").await;
        assert!(list.body.contains("0 / 151") && list.body.contains("belum terdaftar"));
        let shown = rina.get(FORM).await;
        assert!(shown.body.contains("value=\"KKMP Taman Sari\""), "{}", shown.body);
        let fields = filled(&shown, &PERSONS);
        let told = send(&mut rina, &fields).await;
        assert_eq!(told.status, 200, "{}", told.body);
        assert!(told.body.contains("K043") && told.body.contains("<svg"));
        let given = codes(&told);
        assert_eq!(given.len(), 2);

        let repeated = send(&mut rina, &fields).await;
        assert_eq!((repeated.status, codes(&repeated)), (200, given.clone()), "one effect");
        assert!(rina.get("/koperasi").await.body.contains("1 / 151"));

        let asep = come_in(&engine, &clock, &given[0]).await;
        let orang = asep.get("/orang").await;
        assert!(orang.body.contains("<td>Siti</td>"), "{}", orang.body);
        assert!(orang.body.contains("KKMP Tamansari") && orang.body.contains("/orang/tambah"));
        let mut siti = come_in(&engine, &clock, &given[1]).await;
        siti.fill("/akun", "/keluar", &[]).await;
        siti.sign_in("siti").await;
        let orang = siti.get("/orang").await;
        assert!(orang.status == 200 && !orang.body.contains("/orang/tambah"));
        assert_eq!(asep.get("/koperasi").await.status, 403);
    });
}

#[test]
fn a_name_that_can_be_two_things_is_asked_and_an_unknown_one_is_told() {
    on_both(async |engine| {
        let rina = office(&engine, &Clock::at("2025-10-14")).await;
        let asked = rina.get("/koperasi/daftar?kelurahan=Batununggal").await;
        assert_eq!(asked.status, 200);
        assert!(asked.body.contains("Yang mana?") && !asked.body.contains(SEND));
        assert!(asked.body.contains("value=\"32.73.21.1001\""), "{}", asked.body);
        let sure = rina.get("/koperasi/daftar?kelurahan=Batununggal,+Bandung+Kidul").await;
        assert!(sure.body.contains("KKMP Batununggal") && sure.body.contains(SEND));
        let unknown = rina.get("/koperasi/daftar?kelurahan=Karawang").await;
        assert_eq!(unknown.status, 422);
        let other_city = rina.get("/koperasi/daftar?kelurahan=32.04.09.1002").await;
        assert_eq!(other_city.status, 422);
        let found = rina.get("/koperasi?cari=bandung+wetan").await;
        assert!(found.body.contains("Taman Sari") && !found.body.contains("Cisaranten"));
    });
}

#[test]
fn a_kelurahan_has_one_cooperative_and_room_for_practice() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut rina = office(&engine, &clock).await;
        let early = filled(&rina.get(FORM).await, &PERSONS);
        let first = filled(&rina.get(FORM).await, &PERSONS);
        assert_eq!(send(&mut rina, &first).await.status, 200);
        let second = send(&mut rina, &early).await;
        assert_eq!(second.status, 422);
        assert!(second.body.contains("KKMP Tamansari sudah terdaftar"), "{}", second.body);

        let mut others = PERSONS;
        (others[0], others[2], others[5]) =
            (("name", "KKMP Latihan"), ("sign_in_name_1", "dede"), ("sign_in_name_2", "euis"));
        let mut practice = filled(&rina.get(FORM).await, &others);
        practice.push(("example", "1".to_owned()));
        let told = send(&mut rina, &practice).await;
        assert!(told.status == 200 && told.body.contains("K04350"), "{}", told.body);
        assert_eq!(codes(&send(&mut rina, &practice).await), codes(&told));
        let list = rina.get("/koperasi?cari=latihan").await;
        assert!(list.body.contains("1 / 151") && list.body.contains("KKMP Latihan"));
    });
}

#[test]
fn a_refused_person_leaves_no_cooperative_behind_and_nothing_typed_is_lost() {
    on_both(async |engine| {
        let mut rina = office(&engine, &Clock::at("2025-10-14")).await;
        let cases = [
            (5, ("sign_in_name_2", "rina"), "sudah dipakai orang lain"),
            (5, ("sign_in_name_2", "ASEP"), "dua nama masuk yang berbeda"),
            (3, ("role_1", "sekretaris"), "Salah satu harus ketua"),
            (6, ("role_2", "kasir"), "ketua, sekretaris, bendahara atau admin"),
            (4, ("name_2", " "), "class=\"field-error\""),
        ];
        for (place, wrong, sentence) in cases {
            let mut fields = PERSONS;
            fields[place] = wrong;
            let fields = filled(&rina.get(FORM).await, &fields);
            let told = send(&mut rina, &fields).await;
            assert_eq!(told.status, 422, "{wrong:?}");
            assert!(told.body.contains(sentence), "{wrong:?}: {}", told.body);
            assert!(told.body.contains("value=\"Asep\""), "{wrong:?}");
        }
        assert!(rina.get("/koperasi").await.body.contains("0 / 151"));
    });
}

#[test]
fn nobody_but_the_office_sees_the_city() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut rina = office(&engine, &clock).await;
        let shown = rina.get(FORM).await;
        assert_eq!(send(&mut rina, &filled(&shown, &PERSONS)).await.status, 200);
        let code = KelurahanCode::parse("32.73.09.1002").unwrap();
        let coop = values::CoopId::of_kelurahan(&code, 1);
        assert_ne!(coop, TAMANSARI);
        hire(&engine.store, &clock, WANTI, "wanti", Role::Kasir, coop).await.unwrap();
        let false_officer = PersonId::new_v7();
        hire(&engine.store, &clock, false_officer, "palsu", Role::Dinas, coop).await.unwrap();
        for name in ["wanti", "palsu"] {
            let mut speaker = stranger(&engine, &clock);
            speaker.sign_in(name).await;
            if name == "palsu" {
                speaker.fill("/akun/faktor-kedua", "/akun/kartu-kode", &[]).await;
            }
            for path in ["/koperasi", FORM] {
                assert_eq!(speaker.get(path).await.status, 403, "{name} {path}");
            }
            assert_eq!(speaker.post(SEND, &[]).await.status, 403, "{name}");
        }
    });
}
