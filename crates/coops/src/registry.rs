//! The register of cooperatives: who is registered, found and searched.
//!
//! The city office is a tenant as well ([`DINAS`]); it is in no list of cooperatives. [`seed`]
//! brings the embedded kelurahan into the database, at set-up and after each release.

use std::collections::HashMap;

use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::{CoopId, Instant, KelurahanCode};

use crate::names::fold;
use crate::{CITY, kelurahan};

/// The city's cooperative office.
pub const DINAS: CoopId = CoopId::new(327_300_000_001);

/// The kind of a row that is a cooperative.
pub(crate) const KOPERASI: &str = "koperasi";
/// The kind of the row that is the city office.
pub(crate) const OFFICE: &str = "dinas";

/// A registered cooperative or office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cooperative {
    /// Its number.
    pub coop: CoopId,
    /// Name on letters.
    pub name: String,
    /// Short code on receipts: `K017`.
    pub short_code: String,
    /// Its kelurahan; none for an office.
    pub kelurahan_code: Option<KelurahanCode>,
    /// Name of its kelurahan.
    pub kelurahan: Option<String>,
    /// Name of its kecamatan.
    pub kecamatan: Option<String>,
    /// Practice or demonstration: in no figure of the city.
    pub example: bool,
    /// When it was registered.
    pub registered_at: Instant,
}

impl FromRow for Cooperative {
    fn from_row(row: Vec<Cell>) -> Result<Cooperative, Fault> {
        let mut cells = Cells::new(row);
        let coop = cells.take()?;
        let code: Option<String> = cells.take()?;
        let kelurahan_code = code.and_then(|code| KelurahanCode::parse(&code).ok());
        Ok(Cooperative {
            coop,
            kelurahan_code,
            name: cells.take()?,
            short_code: cells.take()?,
            kelurahan: cells.take()?,
            kecamatan: cells.take()?,
            example: cells.take()?,
            registered_at: cells.take()?,
        })
    }
}

/// Columns of a kelurahan as they can change with a release.
type Row = (String, String, String, Option<String>, Option<i64>, Option<i64>);

/// Brings the embedded list into the database; tells how many rows were new or differed.
///
/// # Errors
/// A fault.
pub async fn seed(tx: &mut Tx) -> Result<usize, Failure> {
    let kept: Vec<Row> = tx
        .all(
            "select code, name, kecamatan, postcode, latitude_micro, longitude_micro
               from kelurahan",
            &[],
        )
        .await?;
    let kept: HashMap<String, Row> = kept.into_iter().map(|row| (row.0.clone(), row)).collect();
    let mut changed = 0;
    for one in kelurahan() {
        let code = one.code.as_str();
        let postcode = Some(one.postcode.to_owned());
        let (latitude, longitude) = (Some(one.latitude_micro), Some(one.longitude_micro));
        let (name, kecamatan) = (one.name.to_owned(), one.kecamatan.to_owned());
        let row = (code.to_owned(), name, kecamatan, postcode, latitude, longitude);
        if kept.get(code) == Some(&row) {
            continue;
        }
        changed += 1;
        tx.run(
            "insert into kelurahan (code, name, kecamatan_code, kecamatan, postcode,
                                    latitude_micro, longitude_micro)
             values ($2, $3, $4, $5, $6, $7, $8)
             on conflict (code) do update set name = excluded.name,
                 kecamatan_code = excluded.kecamatan_code, kecamatan = excluded.kecamatan,
                 postcode = excluded.postcode, latitude_micro = excluded.latitude_micro,
                 longitude_micro = excluded.longitude_micro",
            1,
            &[&row.0, &row.1, &one.code.kecamatan(), &row.2, &row.3, &row.4, &row.5],
        )
        .await?;
    }
    Ok(changed)
}

/// The cooperatives of the city, by kelurahan, whose name, kelurahan, kecamatan or short code holds
/// what was typed; all for an empty search. What holds a digit is a code and must be whole.
///
/// # Errors
/// A fault.
pub async fn list(tx: &mut Tx, search: &str) -> Result<Vec<Cooperative>, Failure> {
    let city = format!("{CITY}.%");
    let mut found: Vec<Cooperative> = tx
        .all(
            "select c.coop_id, c.kelurahan_code, c.name, c.short_code, k.name, k.kecamatan,
                    c.example, c.registered_at
               from cooperatives c join kelurahan k on k.code = c.kelurahan_code
              where c.kind = 'koperasi' and c.kelurahan_code like $2
              order by c.kelurahan_code, c.coop_id",
            &[&city],
        )
        .await?;
    found.retain(|one| one.answers(search));
    Ok(found)
}

/// One cooperative or office.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, coop: CoopId) -> Result<Option<Cooperative>, Failure> {
    let sql = "select c.coop_id, c.kelurahan_code, c.name, c.short_code, k.name, k.kecamatan,
                      c.example, c.registered_at
                 from cooperatives c left join kelurahan k on k.code = c.kelurahan_code
                where c.coop_id = $2";
    Ok(tx.maybe(sql, &[&coop]).await?)
}

/// The cooperative whose receipts carry this short code, with its name.
///
/// # Errors
/// A fault.
pub async fn by_short_code(
    tx: &mut Tx,
    short_code: &str,
) -> Result<Option<(CoopId, String)>, Failure> {
    let sql = "select coop_id, name from cooperatives where short_code = $2 and kind = 'koperasi'";
    Ok(tx.maybe(sql, &[&short_code]).await?)
}

/// The cooperatives of one kelurahan: the real one first, then those for practice.
///
/// # Errors
/// A fault.
pub async fn of_kelurahan(tx: &mut Tx, code: &KelurahanCode) -> Result<Vec<Cooperative>, Failure> {
    let sql = "select c.coop_id, c.kelurahan_code, c.name, c.short_code, k.name, k.kecamatan,
                      c.example, c.registered_at
                 from cooperatives c join kelurahan k on k.code = c.kelurahan_code
                where c.kind = 'koperasi' and c.kelurahan_code = $2
                order by c.example, c.coop_id";
    Ok(tx.all(sql, &[&code.as_str()]).await?)
}

impl Cooperative {
    fn answers(&self, search: &str) -> bool {
        let code = search.trim().to_uppercase();
        if code.is_empty() {
            return true;
        }
        if code.contains(|c: char| c.is_ascii_digit()) {
            let kelurahan = self.kelurahan_code.as_ref();
            return self.short_code == code
                || kelurahan.is_some_and(|known| known.as_str() == code);
        }
        let wanted = fold(search);
        let texts = [Some(&self.name), self.kelurahan.as_ref(), self.kecamatan.as_ref()];
        !wanted.is_empty() && texts.into_iter().flatten().any(|text| fold(text).contains(&wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_looks_at_names_without_their_blanks_and_at_codes() {
        let one = Cooperative {
            coop: CoopId::new(327_309_100_201),
            name: "KKMP Tamansari".to_owned(),
            short_code: "K043".to_owned(),
            kelurahan_code: KelurahanCode::parse("32.73.09.1002").ok(),
            kelurahan: Some("Taman Sari".to_owned()),
            kecamatan: Some("Bandung Wetan".to_owned()),
            example: false,
            registered_at: Instant::default(),
        };
        for search in ["", " ", "taman sari", "MANSA", "wetan", "k043", "32.73.09.1002"] {
            assert!(one.answers(search), "{search}");
        }
        for search in ["kopo", "K046", "45", "32.73.09"] {
            assert!(!one.answers(search), "{search}");
        }
    }
}
