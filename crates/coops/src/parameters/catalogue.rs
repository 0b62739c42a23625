//! The values that Lumbung comes with, and what names there are.
//!
//! `parameters.csv` is brought into the database at set-up and after each release. A row that is
//! there stays as it is; only its last day is filled in where the release knows it and the database
//! does not.

use std::collections::HashMap;
use std::sync::OnceLock;

use store::{Failure, Tx};
use values::{Day, Instant};

use super::{Parameter, ParameterKind, Precision, Scope};

const PRESETS: &str = include_str!("parameters.csv");

/// Names that a cooperative decides about itself; all others are bound by law or the city.
pub const OWN_NAMES: [&str; 4] = ["simpanan", "cash", "refund", "approval"];

/// A row that Lumbung comes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The row; its instant is filled in by [`seed`].
    pub row: Parameter,
}

impl Preset {
    /// Whether a cooperative may set its own value.
    #[must_use]
    pub fn is_own(&self) -> bool {
        OWN_NAMES.contains(&self.row.name.as_str())
    }
}

/// All rows, in the order of the file.
#[must_use]
pub fn presets() -> &'static [Preset] {
    static READ: OnceLock<Vec<Preset>> = OnceLock::new();
    READ.get_or_init(|| PRESETS.lines().skip(1).map(read_line).collect())
}

/// The last row of a name and key: it tells unit and kind.
#[must_use]
pub fn preset(name: &str, key: &str) -> Option<&'static Preset> {
    presets().iter().rev().find(|preset| preset.row.name == name && preset.row.key == key)
}

/// Brings the rows into the database; tells how many were new or ended.
///
/// # Errors
/// A fault.
pub async fn seed(tx: &mut Tx, at: Instant) -> Result<usize, Failure> {
    let kept: Vec<(String, Option<Day>)> =
        tx.all("select row_id, valid_through from national_parameters", &[]).await?;
    let kept: HashMap<String, Option<Day>> = kept.into_iter().collect();
    let mut changed = 0;
    for Preset { row } in presets() {
        match kept.get(&row.row_id) {
            None => seed_row(tx, row, at).await?,
            Some(None) if row.valid_through.is_some() => {
                tx.run(
                    "update national_parameters set valid_through = $3
                      where row_id = $2 and valid_through is null",
                    1,
                    &[&row.row_id, &row.valid_through],
                )
                .await?;
            }
            Some(_) => continue,
        }
        changed += 1;
    }
    Ok(changed)
}

/// Adds a row of the state or a city.
pub(crate) async fn seed_row(tx: &mut Tx, row: &Parameter, at: Instant) -> Result<(), Failure> {
    tx.run(
        "insert into national_parameters (row_id, scope, area, name, key, value, unit, valid_from,
             valid_through, precision, kind, source, remark, recorded_at)
         values ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        1,
        &[
            &row.row_id,
            &row.scope.code(),
            &row.area,
            &row.name,
            &row.key,
            &row.value,
            &row.unit,
            &row.valid_from,
            &row.valid_through,
            &row.precision.code(),
            &row.kind.code(),
            &row.source,
            &row.remark,
            &at,
        ],
    )
    .await?;
    Ok(())
}

fn read_line(line: &'static str) -> Preset {
    let fields: Vec<&'static str> = line.split(';').collect();
    let [id, scope, area, name, key, value, unit, from, through, precision, kind, source, remark] =
        fields[..]
    else {
        panic!("parameters.csv: thirteen fields in each line: {line}")
    };
    let day = |text: &str| Day::parse_iso(text).expect("parameters.csv: a day");
    let row = Parameter {
        scope: Scope::from_code(scope).expect("parameters.csv: a scope"),
        area: area.to_owned(),
        row_id: id.to_owned(),
        name: name.to_owned(),
        key: key.to_owned(),
        value: value.parse().expect("parameters.csv: a whole number"),
        unit: unit.to_owned(),
        valid_from: day(from),
        valid_through: (!through.is_empty()).then(|| day(through)),
        precision: Precision::from_code(precision).expect("parameters.csv: a precision"),
        kind: ParameterKind::from_code(kind).expect("parameters.csv: a kind"),
        source: source.to_owned(),
        remark: remark.to_owned(),
        recorded_at: Instant::default(),
    };
    Preset { row }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::CITY;

    #[test]
    fn every_row_has_its_own_id_a_source_and_an_area_that_fits() {
        let ids: BTreeSet<&str> = presets().iter().map(|one| one.row.row_id.as_str()).collect();
        assert_eq!(ids.len(), presets().len());
        for Preset { row } in presets() {
            let area = if row.scope == Scope::City { CITY } else { "" };
            assert_eq!(row.area, area, "{}", row.row_id);
            assert!(!row.source.is_empty() && row.value > 0, "{}", row.row_id);
            assert!(row.precision == Precision::Day || !row.remark.is_empty(), "{}", row.row_id);
        }
    }

    #[test]
    fn rows_of_one_name_and_key_agree_in_unit_and_kind_and_do_not_overlap() {
        for Preset { row } in presets() {
            for Preset { row: later } in presets() {
                let same = (&row.name, &row.key) == (&later.name, &later.key);
                if same && row.valid_from < later.valid_from {
                    assert_eq!((&row.unit, row.kind), (&later.unit, later.kind));
                    assert_eq!(row.valid_through, Some(later.valid_from.previous()));
                }
            }
        }
    }

    #[test]
    fn a_permitted_bound_is_no_ceiling() {
        assert!(presets().iter().all(|one| one.row.value != 19_600));
        assert_eq!(preset("het", "lpg_3kg").unwrap().row.value, 19_000);
    }

    #[test]
    fn ceilings_refuse_reference_prices_warn() {
        for Preset { row } in presets() {
            match row.name.as_str() {
                "het" => assert_eq!(row.kind, ParameterKind::Block),
                "hap" => assert_eq!(row.kind, ParameterKind::Warn),
                name if OWN_NAMES.contains(&name) => assert_eq!(row.kind, ParameterKind::Set),
                _ => {}
            }
        }
    }
}
