//! The kelurahan of Kota Bandung: the embedded list.
//!
//! `kelurahan.csv` holds code, name, kecamatan, postcode and a point inside, for maps. The
//! numbering of the codes has holes, so a code is looked up and never built.

use std::sync::OnceLock;

use values::KelurahanCode;

/// The code of Kota Bandung, with which the codes of its kelurahan begin.
pub const CITY: &str = "32.73";

const LIST: &str = include_str!("kelurahan.csv");

/// One kelurahan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kelurahan {
    /// Code after the Ministry of Home Affairs.
    pub code: KelurahanCode,
    /// Official name.
    pub name: &'static str,
    /// Name of its kecamatan.
    pub kecamatan: &'static str,
    /// Postcode.
    pub postcode: &'static str,
    /// Latitude of a point inside, in millionths of a degree; south is negative.
    pub latitude_micro: i64,
    /// Longitude of that point, in millionths of a degree.
    pub longitude_micro: i64,
}

/// All kelurahan of the city, by code.
#[must_use]
pub fn kelurahan() -> &'static [Kelurahan] {
    static READ: OnceLock<Vec<Kelurahan>> = OnceLock::new();
    READ.get_or_init(|| LIST.lines().skip(1).map(read_line).collect())
}

/// The kelurahan with a code.
#[must_use]
pub fn kelurahan_of(code: &KelurahanCode) -> Option<&'static Kelurahan> {
    place_of(code).map(|place| &kelurahan()[place])
}

/// Its place in the order of the codes, from 0.
pub(crate) fn place_of(code: &KelurahanCode) -> Option<usize> {
    kelurahan().binary_search_by(|known| known.code.cmp(code)).ok()
}

fn read_line(line: &'static str) -> Kelurahan {
    let fields: Vec<&'static str> = line.split(';').collect();
    let [code, name, kecamatan, postcode, latitude, longitude] = fields[..] else {
        panic!("kelurahan.csv: six fields in each line: {line}")
    };
    let micro = |text: &str| text.parse().expect("kelurahan.csv: millionths of a degree");
    Kelurahan {
        code: KelurahanCode::parse(code).expect("kelurahan.csv: a code"),
        name,
        kecamatan,
        postcode,
        latitude_micro: micro(latitude),
        longitude_micro: micro(longitude),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_151_in_30_kecamatan_in_the_order_of_their_codes() {
        let all = kelurahan();
        assert_eq!(all.len(), 151);
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        let kecamatan: BTreeSet<&str> = all.iter().map(|one| one.kecamatan).collect();
        assert_eq!(kecamatan.len(), 30);
        let codes: BTreeSet<&str> = all.iter().map(|one| one.code.kecamatan()).collect();
        assert_eq!(codes.len(), 30);
    }

    #[test]
    fn each_lies_in_the_city_and_has_its_postcode() {
        for one in kelurahan() {
            assert!(one.code.as_str().starts_with(CITY), "{}", one.code);
            assert!((-7_000_000..-6_800_000).contains(&one.latitude_micro), "{}", one.code);
            assert!((107_500_000..107_800_000).contains(&one.longitude_micro), "{}", one.code);
            assert_eq!((one.postcode.len(), &one.postcode[..2]), (5, "40"), "{}", one.code);
        }
    }

    #[test]
    fn one_is_found_by_its_code() {
        let code = KelurahanCode::parse("32.73.09.1002").unwrap();
        assert_eq!(kelurahan_of(&code).unwrap().name, "Taman Sari");
        assert_eq!(kelurahan_of(&KelurahanCode::parse("32.73.09.1005").unwrap()), None);
    }
}
