//! People at work: one for each role in a cooperative, and those of the city office.

use access::Role;
use city::FirstPerson;
use city::set_up::{SetUp, set_up};
use coops::DINAS;
use coops::register::{Register, Tenant, register};
use lumbung::app;
use testkit::{Clock, Engine, SITI, Speaker, act, hire, shell};
use values::{CoopId, Ctx, KelurahanCode, PersonId, SeatId};

/// Their cooperative.
pub const OWN: CoopId = CoopId::new(327_309_100_201);

/// Somebody who signed in.
pub struct Seat {
    /// The name to sign in.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Whether at the city office.
    pub office: bool,
    /// Their browser.
    pub speaker: Speaker,
    /// The token of their session.
    pub csrf: String,
}

impl Seat {
    /// Hired and signed in, the second factor not shown.
    pub async fn hired(
        engine: &Engine,
        clock: &Clock,
        name: &str,
        role: Role,
        coop: CoopId,
    ) -> Seat {
        let person = PersonId::new_v7();
        hire(&engine.store, clock, person, name, role, coop).await.unwrap();
        let mut speaker = stranger(engine, clock);
        speaker.sign_in(name).await;
        let (name, office) = (name.to_owned(), coop == DINAS);
        Seat { name, role, office, speaker, csrf: String::new() }
    }
}

/// A browser without a cookie.
pub fn stranger(engine: &Engine, clock: &Clock) -> Speaker {
    Speaker::new(app::router(shell(&engine.store, clock)))
}

/// Hired, signed in, and proved twice where the role demands it.
pub async fn sign_in(engine: &Engine, clock: &Clock, name: &str, role: Role, coop: CoopId) -> Seat {
    let mut seat = Seat::hired(engine, clock, name, role, coop).await;
    if role.needs_second_factor() {
        seat.speaker.fill("/akun/faktor-kedua", "/akun/kartu-kode", &[]).await;
    }
    let account = seat.speaker.get("/akun").await;
    seat.csrf = account.hidden("/akun/bahasa", "csrf");
    assert_eq!(seat.csrf.len(), 64, "{name}: {}", account.body);
    seat
}

/// The office, and every kind of seat of it and of a cooperative with open books.
pub async fn at_work(engine: &Engine, clock: &Clock) -> Vec<Seat> {
    let store = &engine.store;
    let kelurahan = KelurahanCode::parse("32.73.09.1002").unwrap();
    let tenant = Tenant::Koperasi { kelurahan, running: 1 };
    let input = Register { tenant, name: "KKMP Taman Sari".to_owned(), example: false };
    register(store, &clock.ctx(SITI, DINAS), input).await.unwrap();
    let open = async |tx: &mut store::Tx, ctx: &Ctx| ledger::open_books(tx, ctx, ctx.day()).await;
    act(store, clock, OWN, open).await.unwrap();
    let mut seats = Vec::new();
    for role in Role::ALL {
        let name = role.code().replace('_', "-");
        seats.push(sign_in(engine, clock, &name, role, OWN).await);
    }
    for role in [Role::Dinas, Role::Admin] {
        let name = format!("kantor-{}", role.code());
        seats.push(sign_in(engine, clock, &name, role, DINAS).await);
    }
    seats
}

/// The city office with its first administrator.
pub async fn office(engine: &Engine, clock: &Clock) {
    let rina = FirstPerson::new(PersonId::new_v7(), SeatId::new_v7(), "Rina", "rina");
    let administrator = rina.let_in_by("ABCD-EFGH-JKMN");
    let input = SetUp { office: "Dinas Koperasi dan UKM".to_owned(), administrator };
    set_up(&engine.store, clock.now(), input).await.unwrap();
}
