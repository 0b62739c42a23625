//! Profil koperasi: what stands on its letterhead and in the registers of others.
//!
//! Each change is a new version; what was printed yesterday can be explained tomorrow.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Day, Instant, PersonId};

/// What the cooperative tells of itself. All may be missing: it is filled in as papers arrive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Number of the badan hukum, as the ministry's letter says.
    pub legal_number: Option<String>,
    /// Nomor Induk Koperasi; never a citizen's NIK.
    pub nomor_induk_koperasi: Option<String>,
    /// NPWP, digits alone.
    pub npwp: Option<String>,
    /// NIB, thirteen digits.
    pub nib: Option<String>,
    /// Day of the akta; the first book year begins here.
    pub akta_day: Option<Day>,
    /// Address.
    pub address: Option<String>,
    /// Opening hours as neighbours read them: `Senin–Sabtu 08.00–16.00`.
    pub opening_hours: Option<String>,
    /// Telephone with the country in front: `6281234567890`.
    pub phone: Option<String>,
}

/// One version of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileVersion {
    /// 1 for the first.
    pub version: i64,
    /// What it says.
    pub profile: Profile,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub recorded_by: PersonId,
}

impl FromRow for ProfileVersion {
    fn from_row(row: Vec<Cell>) -> Result<ProfileVersion, Fault> {
        let mut cells = Cells::new(row);
        let version = cells.take()?;
        let profile = Profile {
            legal_number: cells.take()?,
            nomor_induk_koperasi: cells.take()?,
            npwp: cells.take()?,
            nib: cells.take()?,
            akta_day: cells.take()?,
            address: cells.take()?,
            opening_hours: cells.take()?,
            phone: cells.take()?,
        };
        let (recorded_at, recorded_by) = (cells.take()?, cells.take()?);
        Ok(ProfileVersion { version, profile, recorded_at, recorded_by })
    }
}

/// The profile as it stands; none before the first version.
///
/// # Errors
/// A fault.
pub async fn current(tx: &mut Tx) -> Result<Option<ProfileVersion>, Failure> {
    Ok(ask(tx).await?.maybe().await?)
}

pub(crate) async fn ask(tx: &mut Tx) -> Result<Later<ProfileVersion>, Fault> {
    let sql = "select version, legal_number, nomor_induk_koperasi, npwp, nib, akta_day, address,
                      opening_hours, phone, recorded_at, recorded_by
                 from profiles where coop_id = $1 order by version desc limit 1";
    tx.later(sql, &[]).await
}

/// All versions, the newest first.
///
/// # Errors
/// A fault.
pub async fn history(tx: &mut Tx) -> Result<Vec<ProfileVersion>, Failure> {
    let sql = "select version, legal_number, nomor_induk_koperasi, npwp, nib, akta_day, address,
                      opening_hours, phone, recorded_at, recorded_by
                 from profiles where coop_id = $1 order by version desc";
    Ok(tx.all(sql, &[]).await?)
}
