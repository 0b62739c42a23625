//! Tambah hari libur: the Dinas enters a day that the government has declared.
//!
//! Days for a new year come with a decree of three ministers, elections and other days on short
//! notice; nobody waits for a release. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day};

use crate::refusal::required;
use crate::{CoopsRefusal, DINAS};

/// The event's name in the commands table.
pub const KIND: &str = "coops.add_holiday";

/// Letters of a name and of a source that are kept.
const NAME_MAX: usize = 100;
const SOURCE_MAX: usize = 200;

/// What the officer fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddHoliday {
    /// The day.
    pub day: Day,
    /// What it is.
    pub name: String,
    /// The decree.
    pub source: String,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayAdded {
    /// The day.
    pub day: Day,
}

struct Facts {
    in_office: bool,
    known: Option<String>,
}

fn decide(input: &AddHoliday, facts: &Facts) -> Result<(String, String), CoopsRefusal> {
    if !facts.in_office {
        return Err(CoopsRefusal::NotTheCity);
    }
    let name = required(&input.name, "name", NAME_MAX)?;
    let source = required(&input.source, "source", SOURCE_MAX)?;
    if let Some(name) = &facts.known {
        return Err(CoopsRefusal::HolidayKnown { day: input.day, name: name.clone() });
    }
    Ok((name, source))
}

/// Adds a holiday.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &AddHoliday) -> Result<HolidayAdded, Failure> {
    let known: Option<(String,)> =
        tx.maybe("select name from holidays where day = $2", &[&input.day]).await?;
    let facts = Facts { in_office: ctx.coop == DINAS, known: known.map(|(name,)| name) };
    let (name, source) = decide(input, &facts)?;
    tx.run(
        "insert into holidays (day, name, source, recorded_at) values ($2, $3, $4, $5)",
        1,
        &[&input.day, &name, &source, &ctx.at],
    )
    .await?;
    Ok(HolidayAdded { day: input.day })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        let form = |name: &str, source: &str| AddHoliday {
            day: Day::parse_iso("2026-12-24").unwrap(),
            name: name.to_owned(),
            source: source.to_owned(),
        };
        let cases = [
            (form("", ""), false, "coops.not_the_city"),
            (form("", ""), true, "coops.missing"),
            (form("Cuti bersama", ""), true, "coops.missing"),
            (form("Cuti bersama", &"x".repeat(201)), true, "coops.too_long"),
            (form("Cuti bersama", "SKB"), true, "coops.holiday_known"),
        ];
        for (input, in_office, code) in cases {
            let facts = Facts { in_office, known: Some("Hari Natal".to_owned()) };
            let refused = decide(&input, &facts).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
    }
}
