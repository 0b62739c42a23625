//! Daftar koperasi: a cooperative, or the city office, comes to be a tenant of Lumbung.
//!
//! The Dinas registers the KKMP of a kelurahan once; the number and the short code that it gets
//! here stay for ever. A kelurahan has one real KKMP; practice and demonstration stand beside it
//! with other running numbers. The command is the new cooperative's own first one, so [`register`]
//! first makes the head row on which all its commands stand. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Answer, Failure, Order, Store, Tx};
use values::{CoopId, Ctx, KelurahanCode};

use crate::kelurahan::place_of;
use crate::refusal::required;
use crate::registry::{Cooperative, KOPERASI, OFFICE, find, of_kelurahan};
use crate::{CoopsRefusal, DINAS};

/// The event's name in the commands table.
pub const KIND: &str = "coops.register";

/// Letters of a name that are kept.
const NAME_MAX: usize = 80;
/// Running numbers have two digits.
const RUNNING_MAX: u8 = 99;

/// What the city office fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// What is registered.
    pub tenant: Tenant,
    /// Its name, as the akta says or as people call it: `KKMP Tamansari`.
    pub name: String,
    /// For practice or demonstration: stamped on every page and in no figure of the city.
    pub example: bool,
}

/// A kind of tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenant {
    /// The city's cooperative office.
    Dinas,
    /// A cooperative.
    Koperasi {
        /// Its kelurahan.
        kelurahan: KelurahanCode,
        /// 1 for the real one; others for practice.
        running: u8,
    },
}

/// What it is known by from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Its number.
    pub coop: CoopId,
    /// Its short code on receipts.
    pub short_code: String,
    /// Its name.
    pub name: String,
}

impl Register {
    /// The number that it will have.
    #[must_use]
    pub fn coop(&self) -> CoopId {
        match &self.tenant {
            Tenant::Dinas => DINAS,
            Tenant::Koperasi { kelurahan, running } => CoopId::of_kelurahan(kelurahan, *running),
        }
    }

    /// Whether there can be such a tenant at all: to be asked before [`prepare`].
    ///
    /// # Errors
    /// [`CoopsRefusal::UnknownKelurahan`], [`CoopsRefusal::RunningOutOfRange`].
    pub fn is_possible(&self) -> Result<(), CoopsRefusal> {
        short_code(&self.tenant).map(drop)
    }
}

struct Facts {
    same_number: Option<Cooperative>,
    same_kelurahan: Vec<Cooperative>,
}

struct Plan {
    kind: &'static str,
    kelurahan: Option<String>,
    receipt: Registered,
}

fn decide(input: &Register, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    let name = required(&input.name, "name", NAME_MAX)?;
    let short_code = short_code(&input.tenant)?;
    if let Some(there) = &facts.same_number {
        return Err(CoopsRefusal::AlreadyRegistered { name: there.name.clone() });
    }
    let real = facts.same_kelurahan.iter().find(|one| !one.example);
    if let Some(there) = real.filter(|_| !input.example) {
        return Err(CoopsRefusal::KelurahanTaken { name: there.name.clone() });
    }
    let (kind, kelurahan) = match &input.tenant {
        Tenant::Dinas => (OFFICE, None),
        Tenant::Koperasi { kelurahan, .. } => (KOPERASI, Some(kelurahan.to_string())),
    };
    let receipt = Registered { coop: input.coop(), short_code, name };
    Ok(Plan { kind, kelurahan, receipt })
}

/// `K001` to `K151` in the order of the kelurahan codes; practice adds its running number.
fn short_code(tenant: &Tenant) -> Result<String, CoopsRefusal> {
    let Tenant::Koperasi { kelurahan, running } = tenant else {
        return Ok("DINAS".to_owned());
    };
    let Some(place) = place_of(kelurahan) else {
        return Err(CoopsRefusal::UnknownKelurahan { code: kelurahan.clone() });
    };
    match running {
        1 => Ok(format!("K{:03}", place + 1)),
        2..=RUNNING_MAX => Ok(format!("K{:03}{running:02}", place + 1)),
        _ => Err(CoopsRefusal::RunningOutOfRange { running: *running }),
    }
}

/// Registers a cooperative or the office, once for the request.
///
/// `ctx` is the officer's; the command runs for the new cooperative.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn register(
    store: &Store,
    ctx: &Ctx,
    input: Register,
) -> Result<Answer<Registered>, Failure> {
    input.is_possible()?;
    let coop = input.coop();
    store.write(coop, async |tx: &mut Tx| prepare(tx).await).await?;
    let ctx = Ctx { coop, ..*ctx };
    let order = Order::new(&ctx, KIND, &input);
    store.command(order, async move |tx: &mut Tx| record(tx, &ctx, &input).await).await
}

/// Makes the head row on which the commands of a tenant to come stand; without a row in the register
/// it is the head of nothing. For rooms that register and do more in one command.
///
/// # Errors
/// A fault.
pub async fn prepare(tx: &mut Tx) -> Result<(), Failure> {
    tx.run_any(
        "insert into coop_heads (coop_id, attempts, entry_no, chain_hash, posted_at)
         values ($1, 0, 0, $2, 0) on conflict (coop_id) do nothing",
        &[&[0_u8; 32]],
    )
    .await?;
    Ok(())
}

/// Writes the cooperative into the register; its head row must be there.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Register) -> Result<Registered, Failure> {
    let same_number = find(tx, input.coop()).await?;
    let same_kelurahan = match &input.tenant {
        Tenant::Dinas => Vec::new(),
        Tenant::Koperasi { kelurahan, .. } => of_kelurahan(tx, kelurahan).await?,
    };
    let plan = decide(input, &Facts { same_number, same_kelurahan })?;
    let (name, short_code) = (&plan.receipt.name, &plan.receipt.short_code);
    tx.run(
        "insert into cooperatives (coop_id, kind, kelurahan_code, name, short_code,
                                   registered_at, example)
         values ($1, $2, $3, $4, $5, $6, $7)",
        1,
        &[&plan.kind, &plan.kelurahan, name, short_code, &ctx.at, &input.example],
    )
    .await?;
    Ok(plan.receipt)
}

#[cfg(test)]
mod tests {
    use store::Refusal;
    use values::Instant;

    use super::*;

    fn form(code: &str, running: u8, name: &str, example: bool) -> Register {
        let kelurahan = KelurahanCode::parse(code).unwrap();
        let tenant = Tenant::Koperasi { kelurahan, running };
        Register { tenant, name: name.to_owned(), example }
    }

    fn there(running: u8, example: bool) -> Cooperative {
        let input = form("32.73.09.1002", running, "KKMP Tamansari", example);
        Cooperative {
            coop: input.coop(),
            name: input.name,
            short_code: "K043".to_owned(),
            kelurahan_code: KelurahanCode::parse("32.73.09.1002").ok(),
            kelurahan: None,
            kecamatan: None,
            example,
            registered_at: Instant::default(),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let free = || Facts { same_number: None, same_kelurahan: Vec::new() };
        let number = Facts { same_number: Some(there(1, false)), same_kelurahan: Vec::new() };
        let taken = Facts { same_number: None, same_kelurahan: vec![there(1, false)] };
        let long = "K".repeat(81);
        let cases = [
            (form("32.73.09.1005", 0, " ", false), free(), "coops.missing"),
            (form("32.73.09.1005", 0, &long, false), free(), "coops.too_long"),
            (form("32.73.09.1005", 0, "KKMP", false), free(), "coops.unknown_kelurahan"),
            (form("32.73.09.1002", 0, "KKMP", false), free(), "coops.running_out_of_range"),
            (form("32.73.09.1002", 100, "KKMP", false), free(), "coops.running_out_of_range"),
            (form("32.73.09.1002", 1, "KKMP", false), number, "coops.already_registered"),
            (form("32.73.09.1002", 2, "KKMP", false), taken, "coops.kelurahan_taken"),
        ];
        for (input, facts, code) in cases {
            assert_eq!(decide(&input, &facts).map_err(|refusal| refusal.code()).err(), Some(code));
        }
        let beside = Facts { same_number: None, same_kelurahan: vec![there(1, false)] };
        assert!(decide(&form("32.73.09.1002", 2, "KKMP Latihan", true), &beside).is_ok());
        let practice = Facts { same_number: None, same_kelurahan: vec![there(50, true)] };
        assert!(decide(&form("32.73.09.1002", 1, "KKMP Tamansari", false), &practice).is_ok());
    }

    #[test]
    fn short_codes_follow_the_order_of_the_kelurahan() {
        let cases = [
            ("32.73.01.1001", 1, "K001"),
            ("32.73.09.1002", 1, "K043"),
            ("32.73.30.1004", 1, "K151"),
            ("32.73.30.1004", 50, "K15150"),
        ];
        for (code, running, short) in cases {
            let tenant = form(code, running, "KKMP", false).tenant;
            assert_eq!(short_code(&tenant).as_deref(), Ok(short), "{code}");
        }
        assert_eq!(short_code(&Tenant::Dinas).as_deref(), Ok("DINAS"));
    }
}
