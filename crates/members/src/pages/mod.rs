//! The pages of the members room: register, application, a candidate's way, card, receipts, sheets.

pub(crate) mod apply;
pub(crate) mod candidate;
pub(crate) mod card;
mod desk;
pub(crate) mod nik;
pub(crate) mod payment;
pub(crate) mod register;
pub(crate) mod sheet;

use std::collections::BTreeMap;

use access::{SignedIn, person};
use store::{Failure, Tx};
use values::{MemberId, PersonId};
use web::{Fields, Problem, Shell};

use crate::{active, membership};

/// People of the cooperative by their id.
struct Names(BTreeMap<PersonId, String>);

impl Names {
    async fn of(tx: &mut Tx) -> Result<Names, Failure> {
        let seats = person::seats(tx).await?;
        Ok(Names(seats.into_iter().map(|seat| (seat.person, seat.name)).collect()))
    }

    fn name(&self, person: PersonId) -> String {
        self.0.get(&person).cloned().unwrap_or_default()
    }
}

/// The person with a number, found in one's own cooperative alone.
pub(crate) async fn holder(
    shell: &Shell,
    who: &SignedIn,
    typed: &str,
) -> Result<MemberId, Problem> {
    let number = active::number(typed).ok_or_else(Problem::not_found)?;
    let ask = async move |tx: &mut Tx| membership::holder(tx, number).await;
    shell.store.read(who.coop(), ask).await?.ok_or_else(Problem::not_found)
}

/// A person's id as it stands in an address or a hidden field.
fn member_id(typed: &str) -> Result<MemberId, Problem> {
    MemberId::parse(typed).map_err(|_| Problem::not_found())
}

/// A sentence about a field that the form does not show stands above the form.
fn raise_unseen(form: &mut Fields, unseen: &[&str]) {
    for name in unseen {
        if form.general.is_none() && form.is_wrong(name) {
            form.general = Some(form.error(name).to_owned());
        }
    }
}
