//! Tetapkan aturan kota: the Dinas enters a new ceiling, limit or amount for all of the city.
//!
//! A decree changes a number; the officer types it with its source and first day, and every
//! cooperative of the city judges by it from that day on, without a new release. The city's row
//! before is ended; a row of the state stays and simply comes after the city's. A decree is often
//! known late, so the first day may lie in the past; documents of days that are over keep the row
//! they stored. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Instant};

use crate::parameters::{Parameter, Precision, Preset, Scope, preset, seed_row};
use crate::refusal::{optional, required};
use crate::set_parameter::{Before, ParameterSet, SOURCE_MAX, ended_by, known};
use crate::{CITY, CoopsRefusal, DINAS};

/// The event's name in the commands table.
pub const KIND: &str = "coops.set_city_parameter";

/// What the officer fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCityParameter {
    /// Born in the form.
    pub row_id: DocumentId,
    /// What it is about: `het`.
    pub name: String,
    /// Which one: `beras_medium`.
    pub key: String,
    /// The value, in the unit of that name.
    pub value: i64,
    /// First day.
    pub valid_from: Day,
    /// Last day, where the decree names one.
    pub valid_through: Option<Day>,
    /// How sure the first day is.
    pub precision: Precision,
    /// Law or decree.
    pub source: String,
    /// What is not sure about it.
    pub remark: Option<String>,
}

struct Facts {
    in_office: bool,
    preset: Option<&'static Preset>,
    before: Option<Before>,
}

struct Plan {
    row: Parameter,
    receipt: ParameterSet,
}

fn decide(input: &SetCityParameter, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    if !facts.in_office {
        return Err(CoopsRefusal::NotTheCity);
    }
    let preset = known(facts.preset, &input.name, &input.key)?;
    if input.value < 0 {
        return Err(CoopsRefusal::BelowZero { asked: input.value });
    }
    let source = required(&input.source, "source", SOURCE_MAX)?;
    let remark = optional(input.remark.as_deref(), "remark", SOURCE_MAX)?.unwrap_or_default();
    let from = input.valid_from;
    if let Some(through) = input.valid_through.filter(|through| *through < from) {
        return Err(CoopsRefusal::EndsBeforeStart { from, through });
    }
    // A decree binds from its own first day, so today is no bound here.
    let ended = ended_by(facts.before.as_ref(), from, from)?;
    let row = Parameter {
        scope: Scope::City,
        area: CITY.to_owned(),
        row_id: input.row_id.to_text(),
        value: input.value,
        valid_from: from,
        valid_through: input.valid_through,
        precision: input.precision,
        source,
        remark,
        recorded_at: Instant::default(),
        ..preset.row.clone()
    };
    let receipt = ParameterSet { row_id: row.row_id.clone(), ended };
    Ok(Plan { row, receipt })
}

/// Sets the city's value.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &SetCityParameter,
) -> Result<ParameterSet, Failure> {
    let before: Option<(String, Day, Option<Day>)> = tx
        .maybe(
            "select row_id, valid_from, valid_through from national_parameters
              where scope = 'city' and area = $2 and name = $3 and key = $4
              order by valid_from desc limit 1",
            &[&CITY, &input.name, &input.key],
        )
        .await?;
    let facts = Facts {
        in_office: ctx.coop == DINAS,
        preset: preset(&input.name, &input.key),
        before: before.map(Before::of_row),
    };
    let Plan { row, receipt } = decide(input, &facts)?;
    if let Some((row_id, last)) = &receipt.ended {
        tx.run(
            "update national_parameters set valid_through = $3
              where row_id = $2 and (valid_through is null or valid_through > $3)",
            1,
            &[row_id, last],
        )
        .await?;
    }
    seed_row(tx, &row, ctx.at).await?;
    Ok(receipt)
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn form(name: &str, value: i64, source: &str) -> SetCityParameter {
        SetCityParameter {
            row_id: DocumentId::from_bytes([1; 16]),
            name: name.to_owned(),
            key: "lpg_3kg".to_owned(),
            value,
            valid_from: day("2025-06-16"),
            valid_through: None,
            precision: Precision::Day,
            source: source.to_owned(),
            remark: None,
        }
    }

    fn facts(input: &SetCityParameter, in_office: bool) -> Facts {
        let before = Before {
            row_id: "het-lpg-3kg-2025".to_owned(),
            valid_from: day("2025-06-16"),
            valid_through: None,
        };
        Facts { in_office, preset: preset(&input.name, &input.key), before: Some(before) }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let noted =
            SetCityParameter { remark: Some("x".repeat(201)), ..form("het", 19_600, "Kepwal") };
        let ends = SetCityParameter {
            valid_through: Some(day("2025-06-15")),
            ..form("het", 19_600, "Kepwal")
        };
        let cases = [
            (form("hat", -1, ""), false, "coops.not_the_city"),
            (form("hat", -1, ""), true, "coops.unknown_parameter"),
            (form("het", -1, ""), true, "coops.below_zero"),
            (form("het", 19_600, " "), true, "coops.missing"),
            (noted, true, "coops.too_long"),
            (ends, true, "coops.ends_before_start"),
            (form("het", 19_600, "Kepwal"), true, "coops.starts_too_early"),
        ];
        for (input, in_office, code) in cases {
            let refused = decide(&input, &facts(&input, in_office)).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
    }

    #[test]
    fn the_row_before_ends_and_the_new_one_keeps_unit_and_kind() {
        let valid_from = day("2026-01-01");
        let input = SetCityParameter { valid_from, ..form("het", 19_600, "Kepwal 1/2026") };
        let plan = decide(&input, &facts(&input, true)).unwrap();
        let last = day("2025-12-31");
        assert_eq!(plan.receipt.ended, Some(("het-lpg-3kg-2025".to_owned(), last)));
        assert_eq!((plan.row.unit.as_str(), plan.row.kind.code()), ("rupiah/tabung", "block"));
    }
}
