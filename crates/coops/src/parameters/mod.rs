//! Aturan bertanggal: rates, ceilings, limits and amounts that people or law set.
//!
//! A row says what holds from which day to which, who said so, and what is not sure about it. For a
//! day the cooperative's own row comes before the city's, the city's before the state's; within one
//! scope the one that began last. A document stores the `row_id` that it used, so a row in use is
//! ended and never edited. What has ended without a successor is told as expired, since yesterday's
//! limit is no limit today: *periksa aturan*.
//!
//! Values are whole numbers: rupiah, thousandths of a base unit (`kg_milli`), parts per million.

mod catalogue;
mod row;

use std::cmp::Reverse;

use store::{Failure, Fault, Later, Tx};
use values::Day;

pub(crate) use catalogue::seed_row;
pub use catalogue::{OWN_NAMES, Preset, preset, presets, seed};
pub use row::{Parameter, ParameterKind, Precision, Scope};

use crate::{CITY, CoopsRefusal};

/// What is known of a parameter on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This row holds.
    Valid(Parameter),
    /// The last row that there was has ended: the rule is to be checked.
    Expired(Parameter),
    /// None that began by this day.
    Missing,
}

/// A question that was sent and is answered when needed.
pub struct Asked {
    rows: Later<Parameter>,
    name: &'static str,
    key: String,
    day: Day,
}

/// Asks for a parameter on a day, beside other questions.
///
/// # Errors
/// A fault.
pub async fn ask(tx: &mut Tx, name: &'static str, key: &str, day: Day) -> Result<Asked, Fault> {
    let rows = tx
        .later(
            "select 'coop', '', row_id, name, key, value, unit, valid_from, valid_through,
                    precision, kind, source, remark, recorded_at
               from coop_parameters
              where coop_id = $1 and name = $2 and key = $3 and valid_from <= $4
              union all
             select scope, area, row_id, name, key, value, unit, valid_from, valid_through,
                    precision, kind, source, remark, recorded_at
               from national_parameters
              where name = $2 and key = $3 and valid_from <= $4
                and area in ('', coalesce((select substr(kelurahan_code, 1, 5)
                                             from cooperatives where coop_id = $1), $5))",
            &[&name, &key, &day, &CITY],
        )
        .await?;
    Ok(Asked { rows, name, key: key.to_owned(), day })
}

impl Asked {
    /// What is known.
    ///
    /// # Errors
    /// A fault.
    pub async fn found(self) -> Result<Found, Failure> {
        Ok(choose(self.rows.all().await?, self.day))
    }

    /// The row that holds.
    ///
    /// # Errors
    /// [`CoopsRefusal::ParameterMissing`], [`CoopsRefusal::ParameterExpired`], or a fault.
    pub async fn valid(self) -> Result<Parameter, Failure> {
        let Asked { rows, name, key, day } = self;
        match choose(rows.all().await?, day) {
            Found::Valid(row) => Ok(row),
            Found::Expired(row) => Err(row.expired().into()),
            Found::Missing => {
                let name = name.to_owned();
                Err(CoopsRefusal::ParameterMissing { name, key, day }.into())
            }
        }
    }
}

/// What is known of a parameter on a day.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, name: &'static str, key: &str, day: Day) -> Result<Found, Failure> {
    ask(tx, name, key, day).await?.found().await
}

/// The row that holds on a day, which must be there.
///
/// # Errors
/// As [`Asked::valid`].
pub async fn valid(
    tx: &mut Tx,
    name: &'static str,
    key: &str,
    day: Day,
) -> Result<Parameter, Failure> {
    ask(tx, name, key, day).await?.valid().await
}

/// All rows that a cooperative knows, by name, key and first day: past, present and to come.
///
/// # Errors
/// A fault.
pub async fn list(tx: &mut Tx) -> Result<Vec<Parameter>, Failure> {
    let sql = "select 'coop', '', row_id, name, key, value, unit, valid_from, valid_through,
                      precision, kind, source, remark, recorded_at
                 from coop_parameters where coop_id = $1
                union all
               select scope, area, row_id, name, key, value, unit, valid_from, valid_through,
                      precision, kind, source, remark, recorded_at
                 from national_parameters
                where area in ('', coalesce((select substr(kelurahan_code, 1, 5)
                                               from cooperatives where coop_id = $1), $2))";
    let mut rows: Vec<Parameter> = tx.all(sql, &[&CITY]).await?;
    rows.sort_by(|a, b| {
        let order = |row: &Parameter| (row.scope, row.valid_from, row.row_id.clone());
        (&a.name, &a.key).cmp(&(&b.name, &b.key)).then_with(|| order(a).cmp(&order(b)))
    });
    Ok(rows)
}

/// What holds on a day for every name and key that is known; the expired ones are to be checked.
///
/// # Errors
/// A fault.
pub async fn all_on(tx: &mut Tx, day: Day) -> Result<Vec<Found>, Failure> {
    let rows = list(tx).await?;
    let same = |a: &Parameter, b: &Parameter| (&a.name, &a.key) == (&b.name, &b.key);
    Ok(rows.chunk_by(same).map(|rows| choose(rows.to_vec(), day)).collect())
}

/// The row that holds on a day, or the one that ended last.
fn choose(rows: Vec<Parameter>, day: Day) -> Found {
    let begun = rows.into_iter().filter(|row| row.valid_from <= day);
    let (held, ended): (Vec<_>, Vec<_>) = begun.partition(|row| row.holds_on(day));
    let first = |row: &Parameter| (row.scope, Reverse(row.valid_from), Reverse(row.recorded_at));
    if let Some(row) = held.into_iter().min_by_key(first) {
        return Found::Valid(row);
    }
    let last = ended.into_iter().max_by_key(|row| (row.valid_through, Reverse(row.scope)));
    last.map_or(Found::Missing, Found::Expired)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(scope: Scope, value: i64, from: &str, through: Option<&str>) -> Parameter {
        let preset = preset("het", "minyakita").unwrap();
        let valid_from = Day::parse_iso(from).unwrap();
        let valid_through = through.map(|day| Day::parse_iso(day).unwrap());
        Parameter { scope, value, valid_from, valid_through, ..preset.row.clone() }
    }

    #[test]
    fn own_before_city_before_state_and_the_newest_first() {
        let rows = || {
            vec![
                row(Scope::National, 1, "2025-01-01", None),
                row(Scope::National, 2, "2025-03-01", None),
                row(Scope::City, 3, "2025-02-01", Some("2025-04-30")),
                row(Scope::Coop, 4, "2025-04-01", Some("2025-04-10")),
            ]
        };
        let cases = [
            ("2024-12-31", None),
            ("2025-01-01", Some(1)),
            ("2025-01-31", Some(1)),
            ("2025-02-01", Some(3)),
            ("2025-03-31", Some(3)),
            ("2025-04-01", Some(4)),
            ("2025-04-10", Some(4)),
            ("2025-04-11", Some(3)),
            ("2025-05-01", Some(2)),
        ];
        for (day, value) in cases {
            let found = choose(rows(), Day::parse_iso(day).unwrap());
            match (found, value) {
                (Found::Valid(row), Some(value)) => assert_eq!(row.value, value, "{day}"),
                (Found::Missing, None) => {}
                (other, _) => panic!("{day}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_ended_without_a_successor_is_expired() {
        let rows = vec![
            row(Scope::National, 1, "2025-01-01", Some("2025-01-31")),
            row(Scope::National, 2, "2025-02-01", Some("2025-02-28")),
            row(Scope::National, 3, "2025-06-01", None),
        ];
        let found = choose(rows, Day::parse_iso("2025-03-01").unwrap());
        assert!(matches!(found, Found::Expired(row) if row.value == 2));
    }
}
