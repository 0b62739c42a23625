//! A person who gets a seat and a one-time code where nobody is yet who could let them in.

use access::Role;
use access::invitation::{self, AskCode};
use access::person::{self, NewPerson, NewSeat};
use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, PersonId, SeatId};

/// One of the first persons of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPerson {
    /// Who, with the name to sign in.
    pub person: NewPerson,
    /// The seat's id.
    pub seat: SeatId,
    /// As what.
    pub role: Role,
    /// Hash of the one-time code, hexadecimal.
    pub code_hash: String,
}

impl FirstPerson {
    /// With the ids that were born in the form.
    #[must_use]
    pub fn new(person: PersonId, seat: SeatId, name: &str, sign_in_name: &str) -> FirstPerson {
        let (name, sign_in_name) = (name.to_owned(), sign_in_name.to_owned());
        let person = NewPerson { person, name, sign_in_name };
        FirstPerson { person, seat, role: Role::Admin, code_hash: String::new() }
    }

    /// As what.
    #[must_use]
    pub fn seated_as(mut self, role: Role) -> FirstPerson {
        self.role = role;
        self
    }

    /// Let in by this code.
    #[must_use]
    pub fn let_in_by(mut self, code: &str) -> FirstPerson {
        self.code_hash = hex::encode(access::token::hash_of(code));
        self
    }

    /// Makes the person known, gives the seat from today on, and issues the code.
    pub(crate) async fn record(&self, tx: &mut Tx, ctx: &Ctx) -> Result<(), Failure> {
        let person = person::add(tx, ctx, &self.person).await?;
        let seat = NewSeat {
            seat: self.seat,
            person,
            role: self.role,
            place: String::new(),
            from_day: ctx.day(),
            through_day: None,
            delegated_from: None,
        };
        person::grant(tx, ctx, &seat).await?;
        let code = AskCode { person, code_hash: self.code_hash.clone() };
        invitation::ask(tx, ctx, &code, true).await
    }
}
