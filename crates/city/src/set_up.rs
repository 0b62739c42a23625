//! Set-up: an empty database becomes an installation.
//!
//! Whoever owns the machine does it once. The kelurahan, the parameters of state and city and the
//! holidays come in, the city office is registered, and its first administrator gets a seat and a
//! one-time code, with which they choose a password. All in one command: it happens whole or not at
//! all. Posts nothing.

use coops::register::{self, Register, Registered, Tenant};
use coops::{DINAS, holidays, parameters, registry};
use serde::{Deserialize, Serialize};
use store::{Failure, Order, Store, Tx};
use values::{Ctx, Instant, RequestId};

use crate::{CityRefusal, FirstPerson};

/// The event's name in the commands table.
pub const KIND: &str = "city.set_up";

/// What the owner of the machine says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// Name of the office, as it stands on letters.
    pub office: String,
    /// The first administrator.
    pub administrator: FirstPerson,
}

struct Facts {
    tenants: i64,
}

fn decide(facts: &Facts) -> Result<(), CityRefusal> {
    if facts.tenants > 0 {
        return Err(CityRefusal::NotEmpty { tenants: facts.tenants });
    }
    Ok(())
}

/// Sets up, as the administrator themselves.
///
/// # Errors
/// [`CityRefusal::NotEmpty`], what the rooms to the left refuse, or a fault.
pub async fn set_up(store: &Store, at: Instant, input: SetUp) -> Result<Registered, Failure> {
    store.write(DINAS, async |tx: &mut Tx| register::prepare(tx).await).await?;
    let person = input.administrator.person.person;
    let ctx = Ctx { person, coop: DINAS, at, request: RequestId::new_v7() };
    let order = Order::new(&ctx, KIND, &input);
    let act = async move |tx: &mut Tx| record(tx, &ctx, &input).await;
    Ok(store.command(order, act).await?.receipt)
}

async fn record(tx: &mut Tx, ctx: &Ctx, input: &SetUp) -> Result<Registered, Failure> {
    let (tenants,): (i64,) = tx.one("select count(*) from cooperatives", &[]).await?;
    decide(&Facts { tenants })?;
    registry::seed(tx).await?;
    parameters::seed(tx, ctx.at).await?;
    holidays::seed(tx, ctx.at).await?;
    let (tenant, name) = (Tenant::Dinas, input.office.clone());
    let office = register::record(tx, ctx, &Register { tenant, name, example: false }).await?;
    input.administrator.record(tx, ctx).await?;
    Ok(office)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_database_is_set_up() {
        assert_eq!(decide(&Facts { tenants: 0 }), Ok(()));
        let refused = decide(&Facts { tenants: 2 }).unwrap_err();
        assert_eq!(refused, CityRefusal::NotEmpty { tenants: 2 });
    }
}
