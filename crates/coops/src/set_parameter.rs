//! Tetapkan aturan sendiri: the cooperative sets an amount or limit of its own, from a day on.
//!
//! The ketua or manajer does it, on the strength of a decision in the register or with a source in
//! words. The row before is ended by its last day and stays readable, since documents store it. The
//! first own row may begin in the past (a cooperative that moves in brings its history); a later
//! one begins today at the earliest, for days that are over have used the row that was there. What
//! law or the city sets is not the cooperative's to change. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Failure, Later, Tx};
use values::{Ctx, Day, DocumentId};

use crate::CoopsRefusal;
use crate::decisions::{self, Decision};
use crate::parameters::{Preset, preset};
use crate::refusal::{optional, required};

/// The event's name in the commands table.
pub const KIND: &str = "coops.set_parameter";

/// Letters of a source or remark that are kept.
pub(crate) const SOURCE_MAX: usize = 200;

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetParameter {
    /// Born in the form.
    pub row_id: DocumentId,
    /// What it is about: `simpanan`.
    pub name: String,
    /// Which one: `pokok`.
    pub key: String,
    /// The value, in the unit of that name.
    pub value: i64,
    /// First day.
    pub valid_from: Day,
    /// The decision behind it, where it stands in the register.
    pub decision: Option<DocumentId>,
    /// Where it comes from, in words; may be empty where a decision is cited.
    pub source: String,
    /// What is not sure about it.
    pub remark: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterSet {
    /// The new row.
    pub row_id: String,
    /// The row that it ends, and its last day.
    pub ended: Option<(String, Day)>,
}

/// A row as far as its successor must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Before {
    pub(crate) row_id: String,
    pub(crate) valid_from: Day,
    pub(crate) valid_through: Option<Day>,
}

struct Facts {
    today: Day,
    preset: Option<&'static Preset>,
    before: Option<Before>,
    decision: Option<Decision>,
}

struct Plan {
    source: String,
    remark: String,
    preset: &'static Preset,
    receipt: ParameterSet,
}

fn decide(input: &SetParameter, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    let preset = known(facts.preset, &input.name, &input.key)?;
    if !preset.is_own() {
        let (name, key) = (input.name.clone(), input.key.clone());
        return Err(CoopsRefusal::BoundByLaw { name, key, rule: preset.row.rule() });
    }
    if input.value < 0 {
        return Err(CoopsRefusal::BelowZero { asked: input.value });
    }
    let remark = optional(input.remark.as_deref(), "remark", SOURCE_MAX)?.unwrap_or_default();
    let source = match (&input.decision, &facts.decision) {
        (Some(_), None) => return Err(CoopsRefusal::UnknownDecision),
        (_, Some(decision)) => decision.label(),
        (None, None) => required(&input.source, "source", SOURCE_MAX)?,
    };
    let ended = ended_by(facts.before.as_ref(), input.valid_from, facts.today)?;
    let receipt = ParameterSet { row_id: input.row_id.to_text(), ended };
    Ok(Plan { source, remark, preset, receipt })
}

pub(crate) fn known(
    preset: Option<&'static Preset>,
    name: &str,
    key: &str,
) -> Result<&'static Preset, CoopsRefusal> {
    let (name, key) = (name.to_owned(), key.to_owned());
    preset.ok_or(CoopsRefusal::UnknownParameter { name, key })
}

/// The row before and its last day, where it still holds when the new one begins.
pub(crate) fn ended_by(
    before: Option<&Before>,
    valid_from: Day,
    today: Day,
) -> Result<Option<(String, Day)>, CoopsRefusal> {
    let Some(before) = before else { return Ok(None) };
    let earliest = today.max(before.valid_from.next());
    if valid_from < earliest {
        return Err(CoopsRefusal::StartsTooEarly { earliest });
    }
    let last = valid_from.previous();
    let holds = before.valid_through.is_none_or(|through| through > last);
    Ok(holds.then(|| (before.row_id.clone(), last)))
}

/// Sets the cooperative's own value.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &SetParameter) -> Result<ParameterSet, Failure> {
    let plan = decide(input, &facts(tx, ctx, input).await?)?;
    if let Some((row_id, last)) = &plan.receipt.ended {
        tx.run(
            "update coop_parameters set valid_through = $3
              where coop_id = $1 and row_id = $2
                and (valid_through is null or valid_through > $3)",
            1,
            &[row_id, last],
        )
        .await?;
    }
    let row = &plan.preset.row;
    tx.run(
        "insert into coop_parameters (coop_id, row_id, name, key, value, unit, valid_from,
             precision, kind, source, remark, decision_id, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, 'day', $8, $9, $10, $11, $12, $13)",
        1,
        &[
            &input.row_id,
            &row.name,
            &row.key,
            &input.value,
            &row.unit,
            &input.valid_from,
            &row.kind.code(),
            &plan.source,
            &plan.remark,
            &input.decision,
            &ctx.at,
            &ctx.person,
        ],
    )
    .await?;
    Ok(plan.receipt)
}

async fn facts(tx: &mut Tx, ctx: &Ctx, input: &SetParameter) -> Result<Facts, Failure> {
    let before: Later<(String, Day, Option<Day>)> = tx
        .later(
            "select row_id, valid_from, valid_through from coop_parameters
              where coop_id = $1 and name = $2 and key = $3
              order by valid_from desc limit 1",
            &[&input.name, &input.key],
        )
        .await?;
    let decision = match input.decision {
        Some(id) => decisions::find(tx, id).await?,
        None => None,
    };
    let before = before.maybe().await?.map(Before::of_row);
    let preset = preset(&input.name, &input.key);
    Ok(Facts { today: ctx.day(), preset, before, decision })
}

impl Before {
    pub(crate) fn of_row(row: (String, Day, Option<Day>)) -> Before {
        Before { row_id: row.0, valid_from: row.1, valid_through: row.2 }
    }
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    fn form(name: &str, key: &str, value: i64, from: &str, source: &str) -> SetParameter {
        SetParameter {
            row_id: DocumentId::from_bytes([1; 16]),
            name: name.to_owned(),
            key: key.to_owned(),
            value,
            valid_from: day(from),
            decision: None,
            source: source.to_owned(),
            remark: None,
        }
    }

    fn facts(input: &SetParameter, before: Option<(&str, Option<&str>)>) -> Facts {
        let before = before.map(|(from, through)| Before {
            row_id: "lama".to_owned(),
            valid_from: day(from),
            valid_through: through.map(day),
        });
        let preset = preset(&input.name, &input.key);
        Facts { today: day("2025-10-14"), preset, before, decision: None }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let cited = SetParameter {
            decision: Some(DocumentId::from_bytes([2; 16])),
            ..form("simpanan", "wajib", 15_000, "2026-01-01", "")
        };
        let noted = SetParameter {
            remark: Some("x".repeat(201)),
            ..form("simpanan", "wajib", 15_000, "2026-01-01", "RAT")
        };
        let cases = [
            (form("simpanan", "hilang", -1, "2025-01-01", ""), "coops.unknown_parameter"),
            (form("het", "beras_medium", -1, "2025-01-01", ""), "coops.bound_by_law"),
            (form("simpanan", "wajib", -1, "2025-01-01", ""), "coops.below_zero"),
            (noted, "coops.too_long"),
            (cited, "coops.unknown_decision"),
            (form("simpanan", "wajib", 15_000, "2025-01-01", " "), "coops.missing"),
            (form("simpanan", "wajib", 15_000, "2025-10-13", "RAT"), "coops.starts_too_early"),
        ];
        for (input, code) in cases {
            let refused = decide(&input, &facts(&input, Some(("2025-07-21", None)))).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
    }

    #[test]
    fn the_row_before_ends_the_day_before() {
        let input = form("simpanan", "wajib", 15_000, "2026-01-01", "RAT");
        let ended = |before| decide(&input, &facts(&input, before)).unwrap().receipt.ended;
        let last = Some(("lama".to_owned(), day("2025-12-31")));
        assert_eq!(ended(None), None);
        assert_eq!(ended(Some(("2025-07-21", None))), last);
        assert_eq!(ended(Some(("2025-07-21", Some("2026-06-30")))), last);
        assert_eq!(ended(Some(("2025-07-21", Some("2025-12-31")))), None);
    }

    #[test]
    fn only_the_first_own_row_may_begin_in_the_past() {
        let input = form("simpanan", "wajib", 10_000, "2025-07-21", "Rapat pendirian");
        assert!(decide(&input, &facts(&input, None)).is_ok());
        let again = facts(&input, Some(("2025-07-21", None)));
        let refused = decide(&input, &again).err();
        let earliest = day("2025-10-14");
        assert_eq!(refused, Some(CoopsRefusal::StartsTooEarly { earliest }));
        let ahead = facts(&input, Some(("2026-01-01", None)));
        let refused = decide(&input, &ahead).err();
        let earliest = day("2026-01-02");
        assert_eq!(refused, Some(CoopsRefusal::StartsTooEarly { earliest }));
    }
}
