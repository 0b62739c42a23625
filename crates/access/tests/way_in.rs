//! The way in, over HTTP, on both engines.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

use access::{Role, factor, routes, session};
use axum::body::Body;
use testkit::{
    Clock, Engine, KETUA, PASSWORD, SITI, Speaker, TAMANSARI, WANTI, hire, on_both, register, shell,
};
use values::CoopId;

const OTHER: CoopId = CoopId::new(327_301_100_101);

/// KKMP Tamansari with a cashier, a treasurer and a chair, and a stranger at its door.
async fn tamansari(engine: &Engine, clock: &Clock) -> Speaker {
    register(&engine.store, TAMANSARI).await.unwrap();
    let hired = [
        (WANTI, "wanti", Role::Kasir),
        (SITI, "siti", Role::Bendahara),
        (KETUA, "asep", Role::Ketua),
    ];
    for (person, name, role) in hired {
        hire(&engine.store, clock, person, name, role, TAMANSARI).await.unwrap();
    }
    Speaker::new(access::router(shell(&engine.store, clock), &routes()))
}

#[test]
fn a_cashier_signs_in_and_out() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut wanti = tamansari(&engine, &clock).await;
        assert_eq!(wanti.get("/akun").await.location(), "/masuk?ke=/akun");
        let told = wanti.sign_in("Wanti").await;
        let cookie = told.headers.get("set-cookie").unwrap().to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        let account = wanti.get("/akun").await;
        assert!(account.body.contains("sesi ini") && !account.body.contains("Orang & jabatan"));
        assert_eq!(wanti.get("/orang").await.status, 403);
        let told = wanti.fill("/akun", "/keluar", &[]).await;
        assert_eq!(told.location(), "/masuk");
        assert_eq!(wanti.get("/akun").await.status, 303);
    });
}

#[test]
fn wrong_passwords_and_unknown_names_get_the_same_answer_and_then_a_lock() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut stranger = tamansari(&engine, &clock).await;
        let mut answers = Vec::new();
        for name in ["wanti", "siapa"] {
            for _ in 0..5 {
                let fields = [("sign_in_name", name), ("password", "salah-sekali-1")];
                answers.push(stranger.post("/masuk/kirim", &fields).await);
            }
            let right = [("sign_in_name", name), ("password", PASSWORD)];
            let locked = stranger.post("/masuk/kirim", &right).await;
            assert_eq!(locked.status, 429, "{name}");
            assert!(locked.body.contains("Terlalu banyak percobaan"));
        }
        for answer in &answers {
            let same = answer.body.replace("siapa", "wanti");
            assert_eq!((answer.status, &same), (422, &answers[0].body));
        }
        clock.pass(61);
        stranger.sign_in("wanti").await;
    });
}

#[test]
fn who_oversees_shows_a_second_factor_and_each_code_works_once() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut asep = tamansari(&engine, &clock).await;
        asep.sign_in("asep").await;
        assert_eq!(asep.get("/orang").await.location(), "/masuk/faktor-kedua");
        assert_eq!(asep.get("/masuk/faktor-kedua").await.location(), "/akun/faktor-kedua");
        let page = asep.get("/akun/faktor-kedua").await;
        let secret = page.hidden("/akun/faktor-kedua/kirim", "secret");
        let code = factor::code_at(&secret, clock.now()).unwrap();
        let fields = [("secret", secret.as_str()), ("code", code.as_str())];
        let told = asep.fill("/akun/faktor-kedua", "/akun/faktor-kedua/kirim", &fields).await;
        assert_eq!(told.location(), "/akun", "{}", told.body);
        assert_eq!(asep.get("/orang").await.status, 200);

        asep.fill("/akun", "/keluar", &[]).await;
        asep.sign_in("asep").await;
        assert_eq!(asep.get("/akun/faktor-kedua").await.status, 403);
        let (page, action) = ("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim");
        let used = asep.fill(page, action, &[("code", &code)]).await;
        assert_eq!(used.status, 422, "the same code a second time");
        clock.pass(30);
        let code = factor::code_at(&secret, clock.now()).unwrap();
        let told = asep.fill(page, action, &[("code", &code)]).await;
        assert_eq!(told.location(), "/");
    });
}

#[test]
fn a_printed_card_works_code_by_code_and_guessing_is_locked() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut asep = tamansari(&engine, &clock).await;
        let codes = factor::print_card(&engine.store, KETUA, clock.now()).await.unwrap();
        asep.sign_in("asep").await;
        let (page, action) = ("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim");
        for _ in 0..5 {
            let told = asep.fill(page, action, &[("code", "AAAA-BBBB-CCCC")]).await;
            assert_eq!(told.status, 422);
        }
        let told = asep.fill(page, action, &[("code", &codes[0])]).await;
        assert!(told.body.contains("Terlalu banyak percobaan"));
        clock.pass(61);
        let told = asep.fill(page, action, &[("code", &codes[0].to_lowercase())]).await;
        assert_eq!(told.location(), "/");
        asep.fill("/akun", "/keluar", &[]).await;
        asep.sign_in("asep").await;
        assert_eq!(asep.fill(page, action, &[("code", &codes[0])]).await.status, 422);
    });
}

#[test]
fn a_session_can_be_ended_from_elsewhere_and_ends_with_time() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut phone = tamansari(&engine, &clock).await;
        let mut laptop = phone.clone();
        phone.sign_in("siti").await;
        clock.pass(1);
        laptop.sign_in("siti").await;
        let listed = session::of_person(&engine.store, SITI, clock.now()).await.unwrap();
        assert_eq!(listed.len(), 2);
        let of_phone = &listed[1].id;
        laptop.fill("/akun", "/akun/sesi", &[("session", of_phone)]).await;
        assert_eq!(phone.get("/akun").await.status, 303);
        assert_eq!(laptop.get("/akun").await.status, 200);
        clock.pass(13 * 3_600);
        assert_eq!(laptop.get("/akun").await.status, 303);
    });
}

#[test]
fn forms_of_other_sites_sessions_and_cooperatives_are_refused() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut siti = tamansari(&engine, &clock).await;
        register(&engine.store, OTHER).await.unwrap();
        siti.sign_in("siti").await;
        let page = siti.get("/akun").await;
        let csrf = page.hidden("/akun/bahasa", "csrf");
        let fields = [("language", "en"), ("csrf", "0000")];
        assert_eq!(siti.post("/akun/bahasa", &fields).await.status, 403);
        let other = OTHER.to_string();
        let fields = [("language", "en"), ("csrf", csrf.as_str()), ("coop", other.as_str())];
        assert_eq!(siti.post("/akun/bahasa", &fields).await.status, 409);
        let foreign = siti
            .request("POST", "/akun/bahasa")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from(format!("language=en&csrf={csrf}")))
            .unwrap();
        assert_eq!(siti.send(foreign).await.status, 403);
        let huge = vec![b'a'; 10 * 1024 * 1024];
        assert_eq!(siti.post_bytes("/akun/bahasa", huge).await.status, 413);
        let broken = siti.post_bytes("/akun/bahasa", b"language=%ff".to_vec()).await;
        assert_eq!(broken.status, 400);
        let told = siti.fill("/akun", "/akun/bahasa", &[("language", "en")]).await;
        assert_eq!(told.status, 303);
        assert!(siti.get("/akun").await.body.contains("lang=\"en\""));
    });
}

#[test]
fn every_answer_carries_the_strict_headers() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let stranger = tamansari(&engine, &clock).await;
        for path in ["/masuk", "/akun", "/tidak-ada", "/aset/lumbung.svg"] {
            let told = stranger.get(path).await;
            let policy = told.headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
            assert_eq!(told.headers.get("x-content-type-options").unwrap(), "nosniff");
        }
        assert_eq!(stranger.get("/masuk/kirim").await.status, 405);
    });
}

#[test]
fn two_officers_let_a_new_person_in_and_one_alone_cannot() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let mut asep = tamansari(&engine, &clock).await;
        let mut admin = asep.clone();
        let dewi = values::PersonId::from_bytes(*b"dewi-admin------");
        hire(&engine.store, &clock, dewi, "dewi", Role::Admin, TAMANSARI).await.unwrap();
        for (speaker, person, name) in [(&mut asep, KETUA, "asep"), (&mut admin, dewi, "dewi")] {
            let codes = factor::print_card(&engine.store, person, clock.now()).await.unwrap();
            speaker.sign_in(name).await;
            let fields = [("code", codes[0].as_str())];
            speaker.fill("/masuk/faktor-kedua", "/masuk/faktor-kedua/kirim", &fields).await;
        }
        let fields = [("name", "Budi"), ("sign_in_name", "budi"), ("role", "kasir")];
        assert_eq!(asep.fill("/orang", "/orang/tambah", &fields).await.status, 303);
        let again = asep.fill("/orang", "/orang/tambah", &fields).await;
        assert!(again.status == 422 && again.body.contains("sudah dipakai orang lain"));
        let page = asep.get("/orang").await;
        let row = page.body.split("<td>Budi</td>").nth(1).unwrap();
        let budi = row.split("name=\"person\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        asep.fill("/orang", "/orang/kode/minta", &[("person", budi)]).await;
        let csrf = page.hidden("/orang/tambah", "csrf");
        let alone = [("person", budi), ("csrf", csrf.as_str())];
        let told = asep.post("/orang/kode/terbitkan", &alone).await;
        assert!(told.body.contains("dua orang yang berbeda"), "{}", told.body);
        let told = admin.fill("/orang", "/orang/kode/terbitkan", &[("person", budi)]).await;
        let code = told.body.split("class=\"big-code\">").nth(1).unwrap();
        let code = code.split('<').next().unwrap().to_owned();

        let mut budi = Speaker::new(access::router(shell(&engine.store, &clock), &routes()));
        let weak = [("code", code.as_str()), ("password", "123"), ("password_again", "123")];
        assert!(budi.post("/undangan/kirim", &weak).await.body.contains("paling sedikit 10"));
        let fields =
            [("code", code.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)];
        assert_eq!(budi.post("/undangan/kirim", &fields).await.location(), "/");
        assert!(budi.get("/akun").await.body.contains("Budi"));
        let told = budi.post("/undangan/kirim", &fields).await;
        assert!(told.body.contains("Kode undangan tidak berlaku"));
    });
}
