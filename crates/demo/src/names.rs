//! Invented people: given names, surnames and places as a kelurahan of Bandung has them.

use members::{Particulars, Sex};

use crate::dice::Dice;

const MEN: [&str; 32] = [
    "Asep", "Dadang", "Ujang", "Cecep", "Agus", "Budi", "Dedi", "Hendra", "Iwan", "Jajang",
    "Maman", "Nana", "Oman", "Rudi", "Tatang", "Wawan", "Yayan", "Yusuf", "Rizki", "Fajar",
    "Gilang", "Deni", "Eko", "Heri", "Aep", "Opik", "Engkos", "Bambang", "Usep", "Atang", "Ridwan",
    "Ilham",
];
const WOMEN: [&str; 32] = [
    "Euis", "Neneng", "Imas", "Cucu", "Eni", "Entin", "Iis", "Kokom", "Lilis", "Mimin", "Nining",
    "Onih", "Popon", "Rina", "Siti", "Tati", "Titin", "Wati", "Yani", "Yeti", "Ai", "Dewi",
    "Fitri", "Ratna", "Sri", "Teti", "Ucu", "Enok", "Nur", "Elis", "Reni", "Mira",
];
const SURNAMES_OF_MEN: [&str; 20] = [
    "Suryana",
    "Hidayat",
    "Kurniawan",
    "Setiawan",
    "Gunawan",
    "Rahmat",
    "Permana",
    "Nugraha",
    "Saputra",
    "Wijaya",
    "Sutisna",
    "Sopandi",
    "Mulyana",
    "Supriatna",
    "Ruhimat",
    "Hermawan",
    "Santoso",
    "Ramdani",
    "Firmansyah",
    "Sumarna",
];
const SURNAMES_OF_WOMEN: [&str; 20] = [
    "Rohayati",
    "Sumiati",
    "Nurhayati",
    "Lestari",
    "Handayani",
    "Komariah",
    "Rahmawati",
    "Kartika",
    "Maryati",
    "Suhartini",
    "Aisyah",
    "Sumarni",
    "Herlina",
    "Anggraeni",
    "Puspita",
    "Kurniasih",
    "Wulandari",
    "Solihat",
    "Juariah",
    "Nuraeni",
];
const LANES: [&str; 8] = [
    "Gang Melati",
    "Gang Mawar",
    "Gang Kenanga",
    "Gang Cempaka",
    "Gang Dahlia",
    "Gang Anggrek",
    "Gang Kemuning",
    "Gang Teratai",
];

/// Given name and surname, and whose.
fn name(dice: &mut Dice) -> (&'static str, &'static str, Sex) {
    if dice.chance(62) {
        (*dice.pick(&WOMEN), *dice.pick(&SURNAMES_OF_WOMEN), Sex::Female)
    } else {
        (*dice.pick(&MEN), *dice.pick(&SURNAMES_OF_MEN), Sex::Male)
    }
}

/// The name of somebody who works for a cooperative.
pub(crate) fn of_officer(dice: &mut Dice) -> String {
    let (given, surname, _) = name(dice);
    format!("{given} {surname}")
}

/// A neighbour as an old register has them: surname, phone and address are often missing. Nobody
/// has a NIK, since every number that looks like one may be somebody's.
pub(crate) fn neighbour(dice: &mut Dice, phone_no: i64) -> Particulars {
    let (given, surname, sex) = name(dice);
    let title = if sex == Sex::Female { "Bu" } else { "Pak" };
    let nickname = dice.chance(15).then(|| format!("{title} {given}"));
    let phone = dice.chance(80).then(|| phone(phone_no));
    let rt = u16::try_from(dice.between(1, 8)).ok();
    let rw = u16::try_from(dice.between(1, 20)).ok();
    let house_no = dice.between(1, 60);
    let lane = *dice.pick(&LANES);
    Particulars {
        name: given.to_owned(),
        surname: dice.chance(85).then(|| surname.to_owned()),
        nickname,
        phone,
        rt,
        rw,
        address: dice.chance(60).then(|| format!("{lane} No. {house_no}")),
        sex,
        nik: None,
    }
}

/// A number that nobody has: 0800 calls no phone of a person.
pub(crate) fn phone(number: i64) -> String {
    format!("0800-{:04}-{:04}", number.div_euclid(10_000).rem_euclid(10_000), number % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_can_be_kept_and_calls_nobody() {
        assert_eq!(phone(12), "0800-0000-0012");
        assert_eq!(members::phone::normalise(&phone(123_456)).unwrap(), "+6280000123456");
    }
}
