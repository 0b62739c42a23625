//! The 151 kelurahan with the cooperatives that stand there.

use coops::names::{Matched, fold, matched};
use coops::registry::{self, Cooperative};
use coops::{Kelurahan, kelurahan};
use store::{Failure, Tx};
use values::KelurahanCode;

/// First running number of a cooperative for practice.
const PRACTICE: u8 = 50;

/// One kelurahan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub kelurahan: &'static Kelurahan,
    /// Its cooperative, where it is registered.
    pub cooperative: Option<Cooperative>,
    /// Those for practice.
    pub practice: Vec<Cooperative>,
}

impl Place {
    /// Whether a search means it: its names, those of its cooperatives. What holds a digit is a code
    /// and must be whole.
    fn answers(&self, search: &str) -> bool {
        let (wanted, code) = (fold(search), search.trim().to_uppercase());
        let mut here = self.cooperative.iter().chain(&self.practice);
        if code.contains(|c: char| c.is_ascii_digit()) {
            return self.kelurahan.code.as_str() == code || here.any(|one| one.short_code == code);
        }
        let also = match matched(search) {
            Matched::Found(one) => one == self.kelurahan,
            Matched::Ask(some) => some.contains(&self.kelurahan),
            Matched::None => false,
        };
        let names = [self.kelurahan.name, self.kelurahan.kecamatan].into_iter();
        let mut names = names.chain(here.map(|one| one.name.as_str()));
        also || (!wanted.is_empty() && names.any(|name| fold(name).contains(&wanted)))
    }

    /// The running number that the next one for practice gets.
    #[must_use]
    pub fn next_practice(&self) -> u8 {
        let running =
            self.practice.iter().filter_map(|one| u8::try_from(one.coop.get() % 100).ok());
        running.max().map_or(PRACTICE, |last| last.saturating_add(1).max(PRACTICE))
    }
}

/// All kelurahan, by code.
///
/// # Errors
/// A fault.
pub async fn places(tx: &mut Tx) -> Result<Vec<Place>, Failure> {
    let mut registered = registry::list(tx, "").await?;
    let place = |kelurahan: &'static Kelurahan| {
        let here = |one: &mut Cooperative| one.kelurahan_code.as_ref() == Some(&kelurahan.code);
        let (practice, real): (Vec<Cooperative>, Vec<Cooperative>) =
            registered.extract_if(.., here).partition(|one| one.example);
        Place { kelurahan, cooperative: real.into_iter().next(), practice }
    };
    Ok(kelurahan().iter().map(place).collect())
}

/// Those that a search means; all for an empty one.
#[must_use]
pub fn found(mut places: Vec<Place>, search: &str) -> Vec<Place> {
    places.retain(|place| search.trim().is_empty() || place.answers(search));
    places
}

/// One kelurahan of the city.
///
/// # Errors
/// A fault.
pub async fn place(tx: &mut Tx, code: &KelurahanCode) -> Result<Option<Place>, Failure> {
    let Some(kelurahan) = coops::kelurahan_of(code) else { return Ok(None) };
    let here = registry::of_kelurahan(tx, code).await?;
    let (practice, real): (Vec<Cooperative>, Vec<Cooperative>) =
        here.into_iter().partition(|one| one.example);
    Ok(Some(Place { kelurahan, cooperative: real.into_iter().next(), practice }))
}

#[cfg(test)]
mod tests {
    use values::{CoopId, Instant};

    use super::*;

    fn at(code: &str, cooperatives: Vec<(i64, &str, bool)>) -> Place {
        let kelurahan = coops::kelurahan_of(&KelurahanCode::parse(code).unwrap()).unwrap();
        let one = |(coop, name, example): (i64, &str, bool)| Cooperative {
            coop: CoopId::new(coop),
            name: name.to_owned(),
            short_code: format!("K{}", coop % 100_000),
            kelurahan_code: Some(kelurahan.code.clone()),
            kelurahan: None,
            kecamatan: None,
            example,
            registered_at: Instant::default(),
        };
        let (practice, real): (Vec<_>, Vec<_>) =
            cooperatives.into_iter().map(one).partition(|one| one.example);
        Place { kelurahan, cooperative: real.into_iter().next(), practice }
    }

    #[test]
    fn a_search_finds_kelurahan_with_and_without_a_cooperative() {
        let tamansari = at("32.73.09.1002", vec![(327_309_100_201, "KKMP Maju Jaya", false)]);
        for search in ["taman sari", "TAMANSARI", "wetan", "maju", "K201", "32.73.09.1002"] {
            assert!(tamansari.answers(search), "{search}");
        }
        assert!(!tamansari.answers("kopo") && !tamansari.answers("K2"));
        assert!(at("32.73.09.1002", Vec::new()).answers("Taman Sari (Balubur)"));
        assert_eq!(found(vec![tamansari.clone()], " ").len(), 1);
    }

    #[test]
    fn practice_is_numbered_behind_what_is_there() {
        assert_eq!(at("32.73.09.1002", Vec::new()).next_practice(), 50);
        let real = vec![(327_309_100_201, "KKMP", false), (327_309_100_202, "Contoh", true)];
        assert_eq!(at("32.73.09.1002", real).next_practice(), 50);
        let practice = vec![(327_309_100_251, "Latihan", true)];
        assert_eq!(at("32.73.09.1002", practice).next_practice(), 52);
    }
}
