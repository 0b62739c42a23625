//! Who a member is, outside the books: name, phone, place, sex.

use serde::{Deserialize, Serialize};
use store::{Bind, Cell, Column, Fault, Kind, Later, Tx};
use values::{MemberId, PersonId};

use crate::nik::SealedNik;
use crate::{MembersRefusal, phone};

/// The longest name, address and nickname, in letters.
const LETTERS_MAX: usize = 120;

/// What the form says of a person. Much of it may be missing: an old register often lacks phone,
/// surname and NIK.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// Given name, or the only one.
    pub name: String,
    /// Surname.
    pub surname: Option<String>,
    /// What the neighbours say: Bu E.
    pub nickname: Option<String>,
    /// Phone as typed.
    pub phone: Option<String>,
    /// Rukun tetangga.
    pub rt: Option<u16>,
    /// Rukun warga.
    pub rw: Option<u16>,
    /// Street and number.
    pub address: Option<String>,
    /// L or P.
    pub sex: Sex,
    /// The NIK, sealed; missing is "belum lengkap".
    pub nik: Option<SealedNik>,
}

/// Sex as the register and the NIK know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Laki-laki.
    #[serde(rename = "L")]
    Male,
    /// Perempuan.
    #[serde(rename = "P")]
    Female,
}

impl Sex {
    /// `L` or `P`.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Sex::Male => "L",
            Sex::Female => "P",
        }
    }
}

impl Bind for Sex {
    fn cell(&self) -> Cell {
        Cell::Text(self.letter().to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for Sex {
    fn read(cell: Cell) -> Result<Sex, Fault> {
        match String::read(cell)?.as_str() {
            "L" => Ok(Sex::Male),
            "P" => Ok(Sex::Female),
            other => Err(Fault::Shape { want: "L or P", found: other.to_owned() }),
        }
    }
}

/// Particulars as they are kept: trimmed, the phone normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) name: String,
    pub(crate) surname: Option<String>,
    pub(crate) nickname: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) rt: Option<i64>,
    pub(crate) rw: Option<i64>,
    pub(crate) address: Option<String>,
    pub(crate) sex: Sex,
    pub(crate) nik: Option<KeptNik>,
}

/// A sealed NIK as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptNik {
    cipher: Vec<u8>,
    hmac: [u8; 32],
    last4: String,
}

/// Judges a form. `nik_of` is the member who has the same NIK already.
pub(crate) fn judge(
    form: &Particulars,
    member: MemberId,
    nik_of: Option<MemberId>,
) -> Result<Kept, MembersRefusal> {
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        return Err(MembersRefusal::NameMissing);
    }
    let texts = [Some(&form.name), form.surname.as_ref(), form.nickname.as_ref()];
    let mut texts = texts.into_iter().chain([form.address.as_ref()]).flatten();
    if texts.any(|text| text.chars().count() > LETTERS_MAX) {
        return Err(MembersRefusal::TextTooLong { letters_max: LETTERS_MAX });
    }
    let phone = trimmed(form.phone.as_ref()).map(|typed| phone::normalise(&typed)).transpose()?;
    let (rt, rw) = (place(form.rt)?, place(form.rw)?);
    let nik = form.nik.as_ref().map(keep_nik).transpose()?;
    if form.nik.as_ref().is_some_and(|nik| nik.sex != form.sex) {
        return Err(MembersRefusal::NikOtherSex);
    }
    if nik_of.is_some_and(|other| other != member) {
        return Err(MembersRefusal::NikTaken);
    }
    Ok(Kept {
        name,
        surname: trimmed(form.surname.as_ref()),
        nickname: trimmed(form.nickname.as_ref()),
        phone,
        rt,
        rw,
        address: trimmed(form.address.as_ref()),
        sex: form.sex,
        nik,
    })
}

fn trimmed(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn place(number: Option<u16>) -> Result<Option<i64>, MembersRefusal> {
    match number {
        Some(number) if !(1..=999).contains(&number) => Err(MembersRefusal::PlaceWrong { number }),
        other => Ok(other.map(i64::from)),
    }
}

fn keep_nik(nik: &SealedNik) -> Result<KeptNik, MembersRefusal> {
    let broken = |_| MembersRefusal::NikNotSealed;
    let cipher = hex::decode(&nik.cipher).map_err(broken)?;
    let mut hmac = [0; 32];
    hex::decode_to_slice(&nik.hmac, &mut hmac).map_err(broken)?;
    Ok(KeptNik { cipher, hmac, last4: nik.last4.clone() })
}

/// Letters and digits in lower case, words apart by one space: what is searched in.
pub(crate) fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The text that the register searches: words, number, phone and place, each with its mark.
pub(crate) fn search_text(kept: &Kept, number: Option<i64>) -> String {
    let mut text = format!(" {}", folded(&kept.name));
    for part in [&kept.surname, &kept.nickname].into_iter().flatten() {
        text.push(' ');
        text.push_str(&folded(part));
    }
    let marked = [("#", number), ("rt:", kept.rt), ("rw:", kept.rw)];
    for (mark, value) in marked {
        if let Some(value) = value {
            text.push_str(&format!(" {mark}{value}"));
        }
    }
    if let Some(phone) = &kept.phone {
        text.push_str(&format!(" {phone}"));
    }
    text.push(' ');
    text
}

/// Asks which member has this NIK already.
pub(crate) async fn ask_nik(
    tx: &mut Tx,
    form: &Particulars,
) -> Result<Option<Later<(MemberId,)>>, Fault> {
    let Some(kept) = form.nik.as_ref().and_then(|nik| keep_nik(nik).ok()) else { return Ok(None) };
    let later = tx
        .later(
            "select member_id from member_niks where coop_id = $1 and nik_hmac = $2",
            &[&kept.hmac],
        )
        .await?;
    Ok(Some(later))
}

/// Adds a person to the members table.
pub(crate) async fn add(
    tx: &mut Tx,
    member: MemberId,
    kept: &Kept,
    joined: &Joined,
) -> Result<(), Fault> {
    tx.run(
        "insert into members (coop_id, member_id, state, number, name, surname, nickname, phone, rt,
                rw, address, sex, search, applied_day, applied_by, pokok_held)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)",
        1,
        &[
            &member,
            &joined.state,
            &joined.number,
            &kept.name,
            &kept.surname,
            &kept.nickname,
            &kept.phone,
            &kept.rt,
            &kept.rw,
            &kept.address,
            &kept.sex,
            &search_text(kept, joined.number),
            &joined.day,
            &joined.by,
        ],
    )
    .await?;
    let Some(nik) = &kept.nik else { return Ok(()) };
    tx.run(
        "insert into member_niks (coop_id, member_id, nik_cipher, nik_hmac, last4)
         values ($1, $2, $3, $4, $5)",
        1,
        &[&member, &nik.cipher, &nik.hmac, &nik.last4],
    )
    .await
}

/// How a person comes into the table.
pub(crate) struct Joined {
    pub(crate) state: crate::State,
    pub(crate) number: Option<i64>,
    pub(crate) day: values::Day,
    pub(crate) by: PersonId,
}

#[cfg(test)]
pub(crate) mod tests {
    use store::Refusal;

    use super::*;

    const BU_ENI: MemberId = MemberId::from_bytes(*b"anggota-bu-eni--");

    pub(crate) fn bu_eni() -> Particulars {
        Particulars {
            name: "Eni".to_owned(),
            surname: Some("Sumarni".to_owned()),
            nickname: Some("Bu E.".to_owned()),
            phone: Some("0812-3456-7890".to_owned()),
            rt: Some(3),
            rw: Some(9),
            address: None,
            sex: Sex::Female,
            nik: None,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let sealed = |sex| SealedNik {
            cipher: "00".repeat(56),
            hmac: "00".repeat(32),
            last4: "0001".to_owned(),
            sex,
        };
        let changed = |change: &dyn Fn(&mut Particulars)| {
            let mut form = bu_eni();
            change(&mut form);
            form
        };
        let broken = SealedNik { hmac: "x".to_owned(), ..sealed(Sex::Female) };
        let cases = [
            (changed(&|form| form.name = " ".to_owned()), "members.name_missing"),
            (changed(&|form| form.address = Some("a".repeat(121))), "members.text_too_long"),
            (changed(&|form| form.phone = Some("hp istri".to_owned())), "members.phone_wrong"),
            (changed(&|form| form.rt = Some(1_000)), "members.place_wrong"),
            (changed(&|form| form.rw = Some(0)), "members.place_wrong"),
            (changed(&|form| form.nik = Some(broken.clone())), "members.nik_not_sealed"),
            (changed(&|form| form.nik = Some(sealed(Sex::Male))), "members.nik_other_sex"),
            (changed(&|form| form.nik = Some(sealed(Sex::Female))), "members.nik_taken"),
        ];
        let other = Some(MemberId::from_bytes([1; 16]));
        for (form, code) in cases {
            let refused = judge(&form, BU_ENI, other).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
    }

    #[test]
    fn what_is_searched_in_holds_words_number_place_and_phone() {
        let kept = judge(&bu_eni(), BU_ENI, None).unwrap();
        assert_eq!(search_text(&kept, Some(42)), " eni sumarni bu e #42 rt:3 rw:9 +6281234567890 ");
        assert_eq!(search_text(&kept, None), " eni sumarni bu e rt:3 rw:9 +6281234567890 ");
    }
}
