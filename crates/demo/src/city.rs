//! The city: its office, and a cooperative in each kelurahan, most of them silent.

use access::Role;
use coops::register::{Register, Tenant};
use coops::update_profile::{self, UpdateProfile};
use coops::{DINAS, Kelurahan, kelurahan, profile::Profile};
use store::{Failure, Store};
use values::{Ctx, Day, Instant, PersonId};

use crate::desk::Desk;
use crate::dice::Dice;
use crate::life::Size;
use crate::names;
use crate::staff::{self, Found, Person, SignIn, Staff, found, of_office};

/// The cooperative that is told in full.
const TOLD: &str = "32.73.09.1002";
/// Name of the office.
const OFFICE: &str = "Dinas Koperasi dan UKM (contoh)";
/// The office is there a month before the first day, the cooperatives three weeks.
const OFFICE_DAYS: i32 = -30;
const COOPS_DAYS: i32 = -21;
/// Of 151 cooperatives so many keep a small shop, and so many have only a few entries; with the one
/// that is told in full these are the 36 that the city counts.
const SMALL_OF_151: usize = 10;
const QUIET_OF_151: usize = 25;
const CITY_COOPS: usize = 151;
/// A day of the week on which a small shop is closed, beside Sunday.
const REST_DAYS: [&str; 4] = ["Senin", "Rabu", "Jumat", "Sabtu"];

/// What becomes of a cooperative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A shop that trades every day.
    Shop(Size),
    /// Some entries.
    Quiet,
    /// Registered, no books.
    Silent,
}

/// A cooperative to be.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) kelurahan: &'static Kelurahan,
    pub(crate) fate: Fate,
    /// Days after the first day of the demonstration.
    pub(crate) begins_days: i32,
}

impl Plan {
    pub(crate) fn is_told(&self) -> bool {
        self.kelurahan.code.as_str() == TOLD
    }
}

/// So many cooperatives, the one that is told first.
pub(crate) fn plans(seed: u64, coops: usize, days: i32) -> Vec<Plan> {
    let mut dice = Dice::of(seed, "kota");
    let (told, mut others): (Vec<&Kelurahan>, Vec<&Kelurahan>) =
        kelurahan().iter().partition(|one| one.code.as_str() == TOLD);
    dice.shuffle(&mut others);
    let share = |of_city: usize| (of_city * coops).div_ceil(CITY_COOPS);
    let (small, quiet) = (share(SMALL_OF_151), share(QUIET_OF_151));
    let places = told.into_iter().chain(others).take(coops).enumerate();
    let plan = |(place, kelurahan): (usize, &'static Kelurahan)| {
        let fate = match place {
            0 => Fate::Shop(large()),
            place if place <= small => Fate::Shop(small_size(&mut dice)),
            place if place <= small + quiet => Fate::Quiet,
            _ => Fate::Silent,
        };
        let latest = i64::from(days) / 2;
        let begins = if place == 0 { 0 } else { dice.between(0, latest.max(0)) };
        Plan { kelurahan, fate, begins_days: i32::try_from(begins).unwrap_or(0) }
    };
    places.map(plan).collect()
}

fn large() -> Size {
    Size {
        members: 174,
        joining: 22,
        goods: usize::MAX,
        sales: (26, 44),
        given: 15_000_000,
        grant: 25_000_000,
        also_closed: "",
    }
}

fn small_size(dice: &mut Dice) -> Size {
    Size {
        members: dice.between(7, 24),
        joining: dice.between(1, 5),
        goods: usize::try_from(dice.between(10, 18)).unwrap_or(10),
        sales: (dice.between(1, 3), dice.between(4, 9)),
        given: 1_000_000 * dice.between(3, 8),
        grant: 1_000_000 * dice.between(0, 4),
        also_closed: REST_DAYS[dice.place(REST_DAYS.len())],
    }
}

/// The office with its people; `officer` registers the cooperatives.
pub(crate) struct Office {
    pub(crate) officer: PersonId,
    pub(crate) sign_ins: Vec<SignIn>,
}

/// Brings in what every installation has, and the office.
pub(crate) async fn open_office(
    store: &Store,
    seed: u64,
    first_day: Day,
    password_hash: &str,
) -> Result<Office, Failure> {
    let mut dice = Dice::of(seed, "dinas");
    let at = first_day.plus_days(OFFICE_DAYS).instant_at(9 * 3_600);
    let people = vec![
        Person::named(&mut dice, at, Role::Admin, "Bagus Pratama", "bagus").with_card(&mut dice),
        Person::named(&mut dice, at, Role::Dinas, "Rina Marlina", "rina").with_card(&mut dice),
    ];
    let sign_ins = people.iter().map(|one| one.sign_in(OFFICE)).collect();
    let officer = people[1].id();
    let ctx = of_office(&mut dice, officer, DINAS, at);
    let register = Register { tenant: Tenant::Dinas, name: OFFICE.to_owned(), example: true };
    let input = Found { register, people, is_first: true };
    found(store, ctx, input, password_hash).await?;
    Ok(Office { officer, sign_ins })
}

/// A cooperative that was registered.
pub(crate) struct Opened {
    pub(crate) desk: Desk,
    pub(crate) staff: Staff,
    pub(crate) short_code: String,
    pub(crate) sign_ins: Vec<SignIn>,
}

/// Registers a cooperative with its people.
pub(crate) async fn register(
    store: &Store,
    seed: u64,
    officer: PersonId,
    (plan, first_day): (&Plan, Day),
    password_hash: &str,
) -> Result<Opened, Failure> {
    let tenant = Tenant::Koperasi { kelurahan: plan.kelurahan.code.clone(), running: 1 };
    let name = format!("KKMP {}", plan.kelurahan.name);
    let register = Register { tenant, name: name.clone(), example: true };
    let at = first_day.plus_days(COOPS_DAYS).instant_at(10 * 3_600);
    let mut desk = Desk::new(store, seed, register.coop(), at);
    let people = people(&mut desk.dice, plan, at);
    let (staff, told) = (staff::staff(&people), plan.is_told());
    let printed = if told { people.as_slice() } else { &[] };
    let sign_ins = printed.iter().map(|one| one.sign_in(&name)).collect();
    let ctx: Ctx = of_office(&mut desk.dice, officer, desk.coop, at);
    let input = Found { register, people, is_first: false };
    let registered = found(store, ctx, input, password_hash).await?;
    if told {
        let profile = letterhead(plan.kelurahan, first_day);
        let input = UpdateProfile { based_on: 0, profile };
        desk.pass(3_600, 7_200);
        desk.send(staff.sekretaris, update_profile::KIND, input, update_profile::record).await?;
    }
    Ok(Opened { desk, staff, short_code: registered.short_code, sign_ins })
}

/// The people of a cooperative: six where it is told in full, three where there is a shop, else two.
fn people(dice: &mut Dice, plan: &Plan, at: Instant) -> Vec<Person> {
    if plan.is_told() {
        let named = [
            (Role::Kasir, "Wanti Lestari", "wanti"),
            (Role::Bendahara, "Siti Rohayati", "siti"),
            (Role::Manajer, "Dedi Kurniawan", "dedi"),
            (Role::Ketua, "Asep Hidayat", "asep"),
            (Role::Pengawas, "Nining Komariah", "nining"),
            (Role::Sekretaris, "Yuyun Handayani", "yuyun"),
        ];
        let named = named.into_iter();
        return named
            .map(|(role, name, word)| Person::named(dice, at, role, name, word).with_card(dice))
            .collect();
    }
    let code = plan.kelurahan.code.as_str().trim_start_matches(coops::CITY).replace('.', "");
    let roles: &[Role] = match plan.fate {
        Fate::Silent => &[Role::Ketua, Role::Bendahara],
        _ => &[Role::Ketua, Role::Bendahara, Role::Kasir],
    };
    roles.iter().map(|role| Person::of(dice, at, *role, &code)).collect()
}

fn letterhead(place: &Kelurahan, first_day: Day) -> Profile {
    Profile {
        akta_day: Some(first_day.plus_days(-340)),
        address: Some(format!("Jl. Contoh No. 1, {}, {}", place.name, place.postcode)),
        opening_hours: Some("Senin–Sabtu 08.00–16.00".to_owned()),
        phone: Some(names::phone(1)),
        ..Profile::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_six_of_the_city_trade_and_a_few_of_a_few() {
        let trading = |coops| {
            let plans = plans(1, coops, 90);
            assert_eq!(plans.len(), coops);
            assert!(plans[0].is_told());
            plans.iter().filter(|plan| plan.fate != Fate::Silent).count()
        };
        assert_eq!(trading(151), 36);
        assert_eq!(trading(6), 3);
        assert_eq!(trading(1), 1);
    }
}
