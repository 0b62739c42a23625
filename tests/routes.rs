//! Every address with every role: what `lumbung::app::routes` says a request needs, it needs.
//!
//! The table comes from the routes themselves, so a new address is tried without being added here.
//! A stranger is sent to the door, a seat without the permission is refused, and nobody is shown,
//! or changes, what belongs to another cooperative.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod routes {
    pub mod other;
    pub mod seats;
}

use std::collections::BTreeSet;

use access::{PERMISSIONS, Role, allows, is_of_office};
use lumbung::app;
use routes::other::{MARK, OTHER, Other};
use routes::seats::{Seat, at_work, sign_in, stranger};
use testkit::{Clock, Told, on_both};
use web::{Effect, Needs, Route, Speaks};

/// All that is served to people who are not known. Reading takes published tables only.
const FOR_ALL: [(Effect, &str); 7] = [
    (Effect::Read, "/"),
    (Effect::Read, "/cek"),
    (Effect::Read, "/cek/{code}"),
    (Effect::Read, "/masuk"),
    (Effect::Read, "/undangan"),
    (Effect::Write, "/masuk/kirim"),
    (Effect::Write, "/undangan/kirim"),
];

/// What a seat that approves or oversees may reach before the second factor was shown.
const BEFORE_SECOND_FACTOR: [&str; 6] = [
    "/akun/faktor-kedua",
    "/akun/faktor-kedua/kirim",
    "/akun/kartu-kode",
    "/keluar",
    "/masuk/faktor-kedua",
    "/masuk/faktor-kedua/kirim",
];

/// Addresses whose varying part names the same thing in every cooperative: accounts and lines.
const COMMON: [&str; 2] = ["/laporan/akun/{code}", "/laporan/baris/{line}"];

fn guarded() -> Vec<Route> {
    let all = app::routes();
    all.list().iter().filter(|route| route.needs != Needs::Nothing).cloned().collect()
}

fn may(seat: &Seat, needs: Needs) -> bool {
    match needs {
        Needs::Nothing | Needs::SignedIn => true,
        Needs::Permission(permission) => {
            allows(&[seat.role], permission) && (seat.office || !is_of_office(permission))
        }
    }
}

#[test]
fn only_a_named_list_is_open_to_everybody() {
    let routes = app::routes();
    let open = routes.list().iter().filter(|route| route.needs == Needs::Nothing);
    let mut open: Vec<(Effect, &str)> = open.map(|route| (route.effect, route.path)).collect();
    open.sort_by_key(|(effect, path)| (*effect == Effect::Write, *path));
    assert_eq!(open, FOR_ALL);
}

#[test]
fn every_address_stands_once_and_needs_a_permission_that_somebody_holds() {
    let mut seen = BTreeSet::new();
    for route in app::routes().list() {
        let is_write = route.effect == Effect::Write;
        assert!(seen.insert((route.path, is_write)), "{} stands twice", route.path);
        let Needs::Permission(permission) = route.needs else { continue };
        let holders = PERMISSIONS.iter().find(|(name, _)| *name == permission);
        let (_, holders) = holders.unwrap_or_else(|| panic!("{permission} is no permission"));
        assert!(!is_write || !holders.contains(&Role::Pengawas), "{}", route.path);
    }
}

#[test]
fn a_stranger_is_sent_to_the_door() {
    on_both(async |engine| {
        let stranger = stranger(&engine, &Clock::at("2025-10-14"));
        for route in guarded() {
            let address = route.path.replace(['{', '}'], "");
            let told = match route.effect {
                Effect::Read => stranger.get(&address).await,
                Effect::Write => {
                    let mut stranger = stranger.clone();
                    stranger.post(&address, &[]).await
                }
            };
            match route.speaks {
                Speaks::Api => assert_eq!(told.status, 401, "{address}"),
                Speaks::Pages => {
                    let door = (303, format!("/masuk?ke={address}"));
                    assert_eq!((told.status, told.location().to_owned()), door);
                }
            }
        }
    });
}

#[test]
fn each_seat_reaches_what_its_role_allows_and_nothing_of_another_cooperative() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        let other = Other::new(&engine, &clock).await;
        let mut seats = at_work(&engine, &clock).await;
        for route in guarded() {
            let address = other.address(&route);
            for seat in &mut seats {
                let told = ask(seat, &route, &address).await;
                let case = format!("{} {:?} {address} as {}", engine.name, route.effect, seat.name);
                if may(seat, route.needs) {
                    judge_allowed(&route, &told, &case);
                } else {
                    assert_eq!(told.status, 403, "{case}");
                    assert!(told.body.contains("access.denied"), "{case}: {}", told.body);
                }
                assert!(!told.body.to_lowercase().contains(MARK), "{case}: {}", told.body);
            }
        }
        // What was hidden above is there: its own people see it.
        let ketua = sign_in(&engine, &clock, "lain-ketua", Role::Ketua, OTHER).await;
        for path in other.own_pages() {
            let told = ketua.speaker.get(&path).await;
            assert_eq!(told.status, 200, "{path}: {}", told.body);
            assert!(told.body.to_lowercase().contains(MARK), "{path}: {}", told.body);
        }
    });
}

/// Looks, or sends a form that was drawn for the other cooperative.
async fn ask(seat: &mut Seat, route: &Route, address: &str) -> Told {
    match route.effect {
        Effect::Read => seat.speaker.get(address).await,
        Effect::Write => {
            let coop = OTHER.to_string();
            let fields = [("csrf", seat.csrf.as_str()), ("coop", coop.as_str())];
            seat.speaker.post(address, &fields).await
        }
    }
}

fn judge_allowed(route: &Route, told: &Told, case: &str) {
    match (route.effect, route.speaks) {
        (Effect::Read, _) if route.path.contains('{') && !COMMON.contains(&route.path) => {
            assert_eq!(told.status, 404, "{case}: {}", told.body);
        }
        (Effect::Read, _) => assert!(matches!(told.status, 200 | 303), "{case}: {}", told.status),
        (Effect::Write, Speaks::Pages) => {
            assert_eq!(told.status, 409, "{case}: {}", told.body);
            assert!(told.body.contains("access.other_coop"), "{case}: {}", told.body);
        }
        // A session alone sends no message: it comes from a page of our own or not at all.
        (Effect::Write, Speaks::Api) => assert_eq!(told.status / 100, 4, "{case}: {}", told.body),
    }
}

#[test]
fn before_the_second_factor_an_overseer_reaches_only_the_way_to_it() {
    on_both(async |engine| {
        let clock = Clock::at("2025-10-14");
        Other::new(&engine, &clock).await;
        let mut ketua = Seat::hired(&engine, &clock, "lain-ketua", Role::Ketua, OTHER).await;
        for route in guarded() {
            let address = route.path.replace(['{', '}'], "");
            if BEFORE_SECOND_FACTOR.contains(&route.path) {
                continue;
            }
            let told = ask(&mut ketua, &route, &address).await;
            match route.speaks {
                Speaks::Api => assert_eq!(told.status, 403, "{address}"),
                Speaks::Pages => assert_eq!(told.location(), "/masuk/faktor-kedua", "{address}"),
            }
        }
    });
}
