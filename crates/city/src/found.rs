//! Daftarkan koperasi: the office registers the cooperative of a kelurahan with its first two persons.
//!
//! Two, since every later one-time code is issued by two officers. Each gets a seat from today on and
//! a code that the office hands over; until then nobody of the cooperative can come in. All in one
//! command of the new cooperative: a refused sign-in name leaves no cooperative behind. Posts nothing.

use access::{Role, allows};
use coops::register::{self, Register, Registered};
use serde::{Deserialize, Serialize};
use store::{Answer, Failure, Order, Store, Tx};
use values::Ctx;

use crate::{CityRefusal, FirstPerson, RefusedPerson};

/// The event's name in the commands table.
pub const KIND: &str = "city.found";

/// What the first persons can be: who lets others in.
pub const OFFICERS: [Role; 4] = [Role::Ketua, Role::Sekretaris, Role::Bendahara, Role::Admin];

/// What the officer fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The cooperative.
    pub register: Register,
    /// Its first persons.
    pub persons: Vec<FirstPerson>,
}

fn decide(input: &Found) -> Result<(), CityRefusal> {
    let [first, second] = &input.persons[..] else { return Err(CityRefusal::NotTwoPersons) };
    let name = |one: &FirstPerson| one.person.sign_in_name.trim().to_lowercase();
    if name(first) == name(second) {
        return Err(CityRefusal::SameSignInName);
    }
    if !(OFFICERS.contains(&first.role) && OFFICERS.contains(&second.role)) {
        return Err(CityRefusal::NotOfficers);
    }
    if !allows(&[first.role, second.role], "access.manage") {
        return Err(CityRefusal::NobodyManages);
    }
    Ok(())
}

/// Registers, once for the request; `ctx` is the officer's, the command the new cooperative's.
///
/// # Errors
/// [`CityRefusal`], what the rooms to the left refuse, or a fault.
pub async fn found(store: &Store, ctx: &Ctx, input: Found) -> Result<Answer<Registered>, Failure> {
    decide(&input)?;
    input.register.is_possible()?;
    let ctx = Ctx { coop: input.register.coop(), ..*ctx };
    store.write(ctx.coop, async |tx: &mut Tx| register::prepare(tx).await).await?;
    let order = Order::new(&ctx, KIND, &input);
    store.command(order, async move |tx: &mut Tx| record(tx, &ctx, &input).await).await
}

async fn record(tx: &mut Tx, ctx: &Ctx, input: &Found) -> Result<Registered, Failure> {
    let registered = register::record(tx, ctx, &input.register).await?;
    for (place, person) in input.persons.iter().enumerate() {
        let done = person.record(tx, ctx).await;
        done.map_err(|failure| RefusedPerson::at(place, failure))?;
    }
    Ok(registered)
}

#[cfg(test)]
mod tests {
    use coops::register::Tenant;
    use store::Refusal;
    use values::{PersonId, SeatId};

    use super::*;

    fn form(sign_in_names: &[&str]) -> Found {
        let person = |name: &&str| {
            FirstPerson::new(PersonId::from_bytes([1; 16]), SeatId::from_bytes([2; 16]), "A", name)
        };
        let register = Register { tenant: Tenant::Dinas, name: "KKMP".to_owned(), example: false };
        Found { register, persons: sign_in_names.iter().map(person).collect() }
    }

    fn with(first: Role, second: Role) -> Found {
        let mut form = form(&["asep", "siti"]);
        form.persons[0].role = first;
        form.persons[1].role = second;
        form
    }

    #[test]
    fn every_refusal_in_its_order() {
        let cases = [
            (form(&["asep"]), Err("city.not_two_persons")),
            (form(&["asep", "siti", "wanti"]), Err("city.not_two_persons")),
            (form(&["asep", " Asep "]), Err("city.same_sign_in_name")),
            (with(Role::Ketua, Role::Kasir), Err("city.not_officers")),
            (with(Role::Sekretaris, Role::Bendahara), Err("city.nobody_manages")),
            (with(Role::Ketua, Role::Bendahara), Ok(())),
        ];
        for (input, verdict) in cases {
            assert_eq!(decide(&input).map_err(|refusal| refusal.code()), verdict);
        }
    }
}
