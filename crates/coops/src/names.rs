//! Which kelurahan somebody means by what is typed.
//!
//! Letters alone count, in small form: `Taman Sari`, `TAMANSARI` and `Kel. Taman-Sari` are one. The
//! official name wins over spellings seen elsewhere (`aliases.csv`). A name that can be two things
//! is asked with its candidates and never guessed: one that is also a kecamatan, and one that
//! elsewhere stands for another kelurahan. With its kecamatan behind it (`Batununggal, Bandung
//! Kidul`) every official name is sure.

use std::collections::HashMap;
use std::sync::OnceLock;

use values::KelurahanCode;

use crate::kelurahan::place_of;
use crate::{Kelurahan, kelurahan};

const ALIASES: &str = include_str!("aliases.csv");

/// Words that stand before a name and are no part of it.
const TITLES: [&str; 7] = ["kel", "kelurahan", "kkmp", "koperasi", "merah", "putih", "kdkmp"];
/// Words after which the name of a kecamatan follows.
const KECAMATAN: [&str; 2] = ["kec", "kecamatan"];
/// What may stand behind a name without saying anything new.
const SURROUNDINGS: [&str; 4] = ["bandung", "kotabandung", "jawabarat", "indonesia"];

/// What a typed name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// This one.
    Found(&'static Kelurahan),
    /// One of these; the person is asked.
    Ask(Vec<&'static Kelurahan>),
    /// None that is known.
    None,
}

/// Matches a typed name.
#[must_use]
pub fn matched(typed: &str) -> Matched {
    let parts = parts(typed);
    let Some((name, rest)) = parts.split_first() else { return Matched::None };
    let named = named(name);
    let within = rest.iter().find(|part| is_kecamatan(part));
    if let Some(kecamatan) = within {
        return matched_within(named, kecamatan);
    }
    let mut candidates = named;
    let mut sure = !is_kecamatan(name);
    candidates.extend(of_kecamatan(name));
    for other in rest {
        let also = self::named(other);
        sure &= !also.is_empty();
        candidates.extend(also);
    }
    settled(candidates, sure)
}

fn matched_within(named: Vec<&'static Kelurahan>, kecamatan: &str) -> Matched {
    let inside = named.iter().filter(|one| fold(one.kecamatan) == kecamatan);
    let inside: Vec<&'static Kelurahan> = inside.copied().collect();
    if !inside.is_empty() {
        return settled(inside, true);
    }
    let mut candidates = named;
    candidates.extend(of_kecamatan(kecamatan));
    settled(candidates, false)
}

/// The answer for some candidates: one that is sure is found, the others are asked.
fn settled(mut candidates: Vec<&'static Kelurahan>, sure: bool) -> Matched {
    let mut seen = Vec::new();
    candidates.retain(|one| {
        let new = !seen.contains(&&one.code);
        seen.push(&one.code);
        new
    });
    match candidates[..] {
        [] => Matched::None,
        [one] if sure => Matched::Found(one),
        _ => Matched::Ask(candidates),
    }
}

/// What of a name counts: letters alone, in small form.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The folded parts of what was typed: a name, then what stands behind it.
fn parts(typed: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for piece in typed.split([',', ';', '(', ')', '/']) {
        let mut part = String::new();
        for word in piece.split(|c: char| c.is_whitespace() || c == '.') {
            let word = fold(word);
            if KECAMATAN.contains(&word.as_str()) {
                parts.push(std::mem::take(&mut part));
            } else if !TITLES.contains(&word.as_str()) {
                part.push_str(&word);
            }
        }
        parts.push(part);
    }
    parts.retain(|part| !part.is_empty() && !SURROUNDINGS.contains(&part.as_str()));
    parts
}

fn is_kecamatan(folded: &str) -> bool {
    of_kecamatan(folded).next().is_some()
}

fn of_kecamatan(folded: &str) -> impl Iterator<Item = &'static Kelurahan> {
    kelurahan().iter().filter(move |one| fold(one.kecamatan) == folded)
}

/// All that a name alone may stand for, the official one first.
fn named(folded: &str) -> Vec<&'static Kelurahan> {
    let places = names().get(folded).map(Vec::as_slice).unwrap_or_default();
    places.iter().map(|place| &kelurahan()[*place]).collect()
}

/// Folded names with the places of what they may stand for. A spelling of one that is the official
/// name of another makes the two confusable, whichever of their names is typed.
fn names() -> &'static HashMap<String, Vec<usize>> {
    static READ: OnceLock<HashMap<String, Vec<usize>>> = OnceLock::new();
    READ.get_or_init(|| {
        let official = kelurahan().iter().enumerate();
        let mut names: HashMap<String, Vec<usize>> =
            official.map(|(place, one)| (fold(one.name), vec![place])).collect();
        for (spelling, place) in aliases() {
            let meant = names.entry(fold(spelling)).or_default();
            meant.push(place);
            if let [confused, _] = meant[..] {
                names.entry(fold(kelurahan()[place].name)).or_default().push(confused);
            }
        }
        names
    })
}

fn aliases() -> impl Iterator<Item = (&'static str, usize)> {
    ALIASES.lines().skip(1).map(|line| {
        let (spelling, code) = line.split_once(';').expect("aliases.csv: spelling and code");
        let code = KelurahanCode::parse(code).expect("aliases.csv: a code");
        (spelling, place_of(&code).expect("aliases.csv: a kelurahan of the city"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Official names that are asked when they stand alone.
    const ASKED: [&str; 8] = [
        "Babakan Ciparay",
        "Batununggal",
        "Cisaranten Kidul",
        "Maleber",
        "Maleer",
        "Manjahlega",
        "Mekar Jaya",
        "Mekar Mulya",
    ];

    fn found(typed: &str) -> Option<&'static str> {
        match matched(typed) {
            Matched::Found(one) => Some(one.name),
            _ => None,
        }
    }

    fn asked(typed: &str) -> Vec<&'static str> {
        match matched(typed) {
            Matched::Ask(candidates) => candidates.iter().map(|one| one.name).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_official_name_is_found_or_is_one_that_must_be_asked() {
        for one in kelurahan() {
            if ASKED.contains(&one.name) {
                assert_eq!(asked(one.name).first(), Some(&one.name), "{}", one.name);
            } else {
                assert_eq!(matched(one.name), Matched::Found(one), "{}", one.name);
                assert_eq!(matched(&one.name.to_uppercase()), Matched::Found(one));
                assert_eq!(matched(&one.name.replace(' ', "")), Matched::Found(one));
            }
        }
    }

    #[test]
    fn every_official_name_with_its_kecamatan_is_found() {
        for one in kelurahan() {
            for typed in [
                format!("{}, {}", one.name, one.kecamatan),
                format!("Kel. {} Kec. {}, Kota Bandung", one.name, one.kecamatan),
                format!("{} ({})", one.name.to_uppercase(), one.kecamatan.to_lowercase()),
            ] {
                assert_eq!(matched(&typed), Matched::Found(one), "{typed}");
            }
        }
    }

    #[test]
    fn other_spellings_are_found() {
        let cases = [
            ("Tamansari", "Taman Sari"),
            ("KKMP Tamansari", "Taman Sari"),
            ("Koperasi Kelurahan Merah Putih Tamansari", "Taman Sari"),
            ("Jatisari", "Jati Sari"),
            ("Sukaasih", "Suka Asih"),
            ("suka  asih", "Suka Asih"),
            ("Geger Kalong", "Gegerkalong"),
            ("Cibayut Kidul", "Cibaduyut Kidul"),
            ("Husen Sastranegara", "Husein Sastranegara"),
            ("Kebun Jayanti", "Kebon Jayanti"),
            ("Cijaura (Margasenang)", "Cijaura"),
            ("Darwati", "Derwati"),
            ("Cisarenten Bina Harapan", "Cisaranten Bina Harapan"),
            ("Cimenerang (Cimincrang)", "Cimincrang"),
            ("Rancabalong", "Rancabolang"),
            ("Menger", "Mengger"),
            ("Mekarmulya, Panyileukan", "Mekar Mulya"),
            ("Mekarmulya, Rancasari", "Mekar Jaya"),
            ("Batununggal, Bandung Kidul", "Batununggal"),
        ];
        for (typed, name) in cases {
            assert_eq!(found(typed), Some(name), "{typed}");
        }
    }

    #[test]
    fn what_can_be_two_things_is_asked_with_its_candidates() {
        let cases: [(&str, &[&str]); 9] = [
            ("Mekarmulya", &["Mekar Mulya", "Mekar Jaya"]),
            ("Mekar Jaya", &["Mekar Jaya", "Mekar Mulya"]),
            ("Mekarmulya (Mekarjaya)", &["Mekar Mulya", "Mekar Jaya"]),
            ("Maleer", &["Maleer", "Maleber"]),
            ("Maleber", &["Maleber", "Maleer"]),
            ("Maleber (Maleer)", &["Maleber", "Maleer"]),
            ("Manjahlega (Cisaranten Kidul)", &["Manjahlega", "Cisaranten Kidul"]),
            ("Cisaranten Kidul", &["Cisaranten Kidul", "Manjahlega"]),
            ("Taman Sari (Balubur)", &["Taman Sari"]),
        ];
        for (typed, candidates) in cases {
            assert_eq!(asked(typed), candidates, "{typed}");
        }
    }

    #[test]
    fn a_kecamatan_is_asked_with_its_kelurahan() {
        assert_eq!(asked("Kec. Cidadap"), ["Hegarmanah", "Ciumbuleuit", "Ledeng"]);
        assert_eq!((asked("Batununggal")[0], asked("Batununggal").len()), ("Batununggal", 9));
        assert_eq!(asked("Babakan Ciparay").len(), 6);
        assert_eq!(asked("Batununggal, Batununggal").len(), 9);
        assert_eq!(asked("Taman Sari, Cidadap").len(), 4);
        assert_eq!(asked("Sukamaju Baru, Cidadap").len(), 3);
    }

    #[test]
    fn what_is_unknown_stays_unknown() {
        for typed in ["", "  ", "Kota Bandung", "Karawang", "123", "Kelurahan", "Cileunyi"] {
            assert_eq!(matched(typed), Matched::None, "{typed}");
        }
    }
}
