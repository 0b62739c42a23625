//! Ubah profil: the ketua or sekretaris fills in what new papers say.
//!
//! The form holds the whole profile and the version that it was drawn from, so that two people who
//! type at once do not undo each other. Posts nothing.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day};

use crate::CoopsRefusal;
use crate::profile::{Profile, ProfileVersion, ask};
use crate::refusal::optional;

/// The event's name in the commands table.
pub const KIND: &str = "coops.update_profile";

/// Letters of a number, of an address and of opening hours that are kept.
const NUMBER_MAX: usize = 60;
const TEXT_MAX: usize = 300;

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateProfile {
    /// The version that the form was drawn from; 0 where there was none.
    pub based_on: i64,
    /// The profile as it is to be.
    pub profile: Profile,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updated {
    /// Its version.
    pub version: i64,
}

struct Facts {
    today: Day,
    current: Option<ProfileVersion>,
}

struct Plan {
    version: i64,
    profile: Profile,
}

fn decide(input: &UpdateProfile, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    let profile = cleaned(&input.profile)?;
    if let Some(day) = profile.akta_day.filter(|day| *day > facts.today) {
        return Err(CoopsRefusal::FutureDay { day, today: facts.today });
    }
    let current = facts.current.as_ref();
    let version = current.map_or(0, |current| current.version);
    if version != input.based_on {
        return Err(CoopsRefusal::ChangedMeanwhile);
    }
    if current.map_or(Profile::default(), |current| current.profile.clone()) == profile {
        return Err(CoopsRefusal::NothingChanged);
    }
    Ok(Plan { version: version + 1, profile })
}

/// The profile as it is kept: no blanks around, numbers as digits, telephone with the country.
fn cleaned(typed: &Profile) -> Result<Profile, CoopsRefusal> {
    let legal_number = optional(typed.legal_number.as_deref(), "legal_number", NUMBER_MAX)?;
    Ok(Profile {
        legal_number,
        nomor_induk_koperasi: digits(
            typed.nomor_induk_koperasi.as_deref(),
            ["nomor_induk_koperasi", "Nomor Induk Koperasi", "10 sampai 16"],
            &[10, 11, 12, 13, 14, 15, 16],
        )?,
        npwp: digits(typed.npwp.as_deref(), ["npwp", "NPWP", "15 atau 16"], &[15, 16])?,
        nib: digits(typed.nib.as_deref(), ["nib", "NIB", "13"], &[13])?,
        akta_day: typed.akta_day,
        address: optional(typed.address.as_deref(), "address", TEXT_MAX)?,
        opening_hours: optional(typed.opening_hours.as_deref(), "opening_hours", TEXT_MAX)?,
        phone: phone(typed.phone.as_deref())?,
    })
}

/// The digits of a number whose dots, dashes and blanks do not count.
fn digits(
    typed: Option<&str>,
    [field, name, digits]: [&'static str; 3],
    lengths: &[usize],
) -> Result<Option<String>, CoopsRefusal> {
    let refused = CoopsRefusal::OtherDigits { field, name, digits };
    let Some(text) = optional(typed, field, NUMBER_MAX)? else { return Ok(None) };
    let found: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' ' | '+'));
    if plain && lengths.contains(&found.len()) { Ok(Some(found)) } else { Err(refused) }
}

/// `0812…`, `812…`, `+62 812…` and `022 …` are one way to call.
fn phone(typed: Option<&str>) -> Result<Option<String>, CoopsRefusal> {
    let lengths: [usize; 9] = [7, 8, 9, 10, 11, 12, 13, 14, 15];
    let found = digits(typed, ["phone", "Nomor telepon", "7 sampai 15"], &lengths)?;
    Ok(found.map(|number| match (number.strip_prefix('0'), number.starts_with("62")) {
        (Some(rest), _) => format!("62{rest}"),
        (None, true) => number,
        (None, false) => format!("62{number}"),
    }))
}

/// Keeps a new version of the profile.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &UpdateProfile) -> Result<Updated, Failure> {
    let current = ask(tx).await?.maybe().await?;
    let Plan { version, profile } = decide(input, &Facts { today: ctx.day(), current })?;
    tx.run(
        "insert into profiles (coop_id, version, legal_number, nomor_induk_koperasi, npwp, nib,
                               akta_day, address, opening_hours, phone, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        1,
        &[
            &version,
            &profile.legal_number,
            &profile.nomor_induk_koperasi,
            &profile.npwp,
            &profile.nib,
            &profile.akta_day,
            &profile.address,
            &profile.opening_hours,
            &profile.phone,
            &ctx.at,
            &ctx.person,
        ],
    )
    .await?;
    Ok(Updated { version })
}

#[cfg(test)]
mod tests {
    use store::Refusal;
    use values::{Instant, PersonId};

    use super::*;

    fn with(change: impl FnOnce(&mut Profile)) -> Profile {
        let mut profile = Profile::default();
        change(&mut profile);
        profile
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn facts(version: i64, profile: Profile) -> Facts {
        let recorded_by = PersonId::from_bytes([7; 16]);
        let recorded_at = Instant::default();
        let current = ProfileVersion { version, profile, recorded_at, recorded_by };
        Facts {
            today: Day::parse_iso("2025-10-14").unwrap(),
            current: (version > 0).then_some(current),
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let tomorrow = Day::parse_iso("2025-10-15").ok();
        let nib = some("1234567890123");
        let cases = [
            (with(|p| p.legal_number = some(&"9".repeat(61))), 0, "coops.too_long"),
            (with(|p| p.nomor_induk_koperasi = some("327")), 0, "coops.other_digits"),
            (with(|p| p.npwp = some("01.234.567.8-901.00")), 0, "coops.other_digits"),
            (with(|p| p.nib = some("123456789012a")), 0, "coops.other_digits"),
            (with(|p| p.address = some(&"a".repeat(301))), 0, "coops.too_long"),
            (with(|p| p.phone = some("0812-abc-1234")), 0, "coops.other_digits"),
            (with(|p| p.akta_day = tomorrow), 0, "coops.future_day"),
            (with(|p| p.nib = nib.clone()), 1, "coops.changed_meanwhile"),
            (with(|p| p.phone = some("  ")), 0, "coops.nothing_changed"),
        ];
        for (profile, based_on, code) in cases {
            let input = UpdateProfile { based_on, profile };
            let refused = decide(&input, &facts(0, Profile::default())).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
        let same = UpdateProfile { based_on: 3, profile: with(|p| p.nib = nib.clone()) };
        let refused = decide(&same, &facts(3, same.profile.clone())).err();
        assert_eq!(refused, Some(CoopsRefusal::NothingChanged));
        assert_eq!(decide(&same, &facts(3, Profile::default())).unwrap().version, 4);
    }

    #[test]
    fn numbers_are_kept_as_digits() {
        let typed = Profile {
            npwp: some(" 01.234.567.8-901.000 "),
            nib: some("1234 5678 90123"),
            phone: some("0812-3456-7890"),
            ..Profile::default()
        };
        let kept = cleaned(&typed).unwrap();
        assert_eq!(kept.npwp, some("012345678901000"));
        assert_eq!(kept.nib, some("1234567890123"));
        assert_eq!(kept.phone, some("6281234567890"));
        for (typed, kept) in [
            ("+62 812 3456 7890", "6281234567890"),
            ("81234567890", "6281234567890"),
            ("022 7301234", "62227301234"),
        ] {
            assert_eq!(phone(Some(typed)), Ok(some(kept)), "{typed}");
        }
    }
}
