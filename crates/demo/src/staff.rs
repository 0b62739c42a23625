//! Who works where: persons, their seats, and the ways in that are printed.

use access::factor::{CARD_CODES, put_card};
use access::person::{self, NewPerson, NewSeat};
use access::{Role, password, token};
use coops::register::{self, Register, Registered};
use serde::Serialize;
use store::{Failure, Order, Store, Tx};
use values::{CoopId, Ctx, Instant, PersonId, RequestId, SeatId};

use crate::dice::Dice;
use crate::names;

/// The command's name in the commands table.
const KIND: &str = "demo.found";

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "lumbung-contoh";

/// A way in that is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The person.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// As what.
    pub role: Role,
    /// Where.
    pub place: String,
    /// Codes of the printed card, each for one time; none where no second factor is asked for.
    pub codes: Vec<String>,
}

/// Who acts in a cooperative. A small one has fewer people, who do more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Staff {
    pub(crate) ketua: PersonId,
    pub(crate) bendahara: PersonId,
    pub(crate) sekretaris: PersonId,
    pub(crate) manajer: PersonId,
    pub(crate) kasir: PersonId,
}

/// Somebody who gets a seat.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Person {
    person: NewPerson,
    seat: SeatId,
    role: Role,
    #[serde(skip)]
    codes: Vec<String>,
}

impl Person {
    /// Somebody whose names are given.
    pub(crate) fn named(
        dice: &mut Dice,
        at: Instant,
        role: Role,
        name: &str,
        sign_in_name: &str,
    ) -> Person {
        let person = PersonId::from_bytes(dice.id(at));
        let (name, sign_in_name) = (name.to_owned(), sign_in_name.to_owned());
        let person = NewPerson { person, name, sign_in_name };
        Person { person, seat: SeatId::from_bytes(dice.id(at)), role, codes: Vec::new() }
    }

    /// Somebody of a cooperative, who signs in as `ketua.k017`.
    pub(crate) fn of(dice: &mut Dice, at: Instant, role: Role, short_code: &str) -> Person {
        let name = names::of_officer(dice);
        let sign_in_name = format!("{}.{}", role.code(), short_code.to_lowercase());
        Person::named(dice, at, role, &name, &sign_in_name)
    }

    /// With a card of codes, where the role must show a second factor.
    pub(crate) fn with_card(mut self, dice: &mut Dice) -> Person {
        if self.role.needs_second_factor() {
            self.codes = (0..CARD_CODES).map(|_| dice.readable_code()).collect();
        }
        self
    }

    pub(crate) fn id(&self) -> PersonId {
        self.person.person
    }

    /// Their way in.
    pub(crate) fn sign_in(&self, place: &str) -> SignIn {
        let NewPerson { name, sign_in_name, .. } = self.person.clone();
        let (place, codes) = (place.to_owned(), self.codes.clone());
        SignIn { name, sign_in_name, role: self.role, place, codes }
    }
}

/// Who sits where, with those who do the work of seats that nobody holds.
pub(crate) fn staff(people: &[Person]) -> Staff {
    let holder = |roles: &[Role]| {
        let found = roles.iter().find_map(|role| people.iter().find(|one| one.role == *role));
        found.or(people.first()).map_or(PersonId::from_bytes([0; 16]), Person::id)
    };
    Staff {
        ketua: holder(&[Role::Ketua]),
        bendahara: holder(&[Role::Bendahara]),
        sekretaris: holder(&[Role::Sekretaris, Role::Bendahara]),
        manajer: holder(&[Role::Manajer, Role::Bendahara]),
        kasir: holder(&[Role::Kasir]),
    }
}

/// What is registered, by whom, with which people.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Found {
    pub(crate) register: Register,
    pub(crate) people: Vec<Person>,
    /// Whether what every installation has must come in first: kelurahan, parameters, holidays.
    pub(crate) is_first: bool,
}

/// Registers a tenant of the demonstration and seats its people, all of them with one password.
pub(crate) async fn found(
    store: &Store,
    ctx: Ctx,
    input: Found,
    password_hash: &str,
) -> Result<Registered, Failure> {
    let salt = Dice::of(0, &ctx.request.to_text()).bytes();
    let order = Order::new(&ctx, KIND, &input).salted(salt);
    let hash = password_hash.to_owned();
    store.write(ctx.coop, async |tx: &mut Tx| register::prepare(tx).await).await?;
    let act = async move |tx: &mut Tx| {
        if input.is_first {
            coops::registry::seed(tx).await?;
            coops::parameters::seed(tx, ctx.at).await?;
            coops::holidays::seed(tx, ctx.at).await?;
        }
        let registered = register::record(tx, &ctx, &input.register).await?;
        for one in &input.people {
            seat(tx, &ctx, one, &hash).await?;
        }
        Ok(registered)
    };
    Ok(store.command(order, act).await?.receipt)
}

async fn seat(tx: &mut Tx, ctx: &Ctx, one: &Person, hash: &str) -> Result<(), Failure> {
    let person = person::add(tx, ctx, &one.person).await?;
    let seat = NewSeat {
        seat: one.seat,
        person,
        role: one.role,
        place: String::new(),
        from_day: ctx.day(),
        through_day: None,
        delegated_from: None,
    };
    person::grant(tx, ctx, &seat).await?;
    password::set(tx, person, hash, ctx.at).await?;
    if !one.codes.is_empty() {
        let hashes: Vec<[u8; 32]> = one.codes.iter().map(|code| token::hash_of(code)).collect();
        put_card(tx, person, &hashes, ctx.at).await?;
    }
    Ok(())
}

/// Who acts for the office, and on which request.
pub(crate) fn of_office(dice: &mut Dice, officer: PersonId, coop: CoopId, at: Instant) -> Ctx {
    Ctx { person: officer, coop, at, request: RequestId::from_bytes(dice.id(at)) }
}
