//! A citizen's NIK: read with care, kept sealed.
//!
//! [`seal`] turns the sixteen digits into what the cooperative may keep: a cipher that only the
//! holder of the key can open, a keyed hash that finds the same NIK again within one cooperative,
//! and the last four digits for the screen. Events take the sealed form alone, so the digits stand
//! in no command, no journal and no log. The key lives outside database and backup; from it three
//! keys are derived, one for each purpose.
//!
//! The cipher is XChaCha20-Poly1305, bound to the cooperative and the member. Its nonce is not
//! drawn by chance but is 192 bits of a keyed hash over cooperative, member and NIK: a request that
//! is sent twice is sealed twice alike and gets its first receipt. That is safe, since another NIK
//! or another member gives another nonce; equal nonces come only with equal content, and that the
//! same member has the same NIK again is something the uniqueness hash tells anyway.
//!
//! The digits are district (6), birth date (ddmmyy, 40 added to the day of a woman), running number
//! (4).

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use values::{CoopId, Day, MemberId};

use crate::MembersRefusal;
use crate::particulars::Sex;

/// The key of an installation, 32 bytes that nobody can guess.
pub type NikKey = [u8; 32];

/// Bytes of an XChaCha20 nonce.
const NONCE: usize = 24;

/// A NIK that may be one: sixteen digits with a birth date that exists.
#[derive(Clone, PartialEq, Eq)]
pub struct Nik(String);

/// A NIK as it is kept. The bytes are hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedNik {
    /// Nonce and cipher.
    pub cipher: String,
    /// Finds the same NIK again in the same cooperative.
    pub hmac: String,
    /// The last four digits, for the screen.
    pub last4: String,
    /// What its birth date says; the form must agree.
    pub sex: Sex,
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik(…{})", self.last4())
    }
}

impl Nik {
    /// Reads what was typed; spaces, dots and dashes are overlooked.
    ///
    /// # Errors
    /// [`MembersRefusal::NikLength`], [`MembersRefusal::NikImplausible`].
    pub fn parse(typed: &str) -> Result<Nik, MembersRefusal> {
        let kept = |c: &char| !matches!(c, ' ' | '.' | '-' | '\u{a0}');
        let digits: String = typed.chars().filter(kept).collect();
        if digits.len() != 16 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MembersRefusal::NikLength);
        }
        let nik = Nik(digits);
        let plausible = !nik.0.starts_with('0') && !nik.0.ends_with("0000") && nik.has_birth_date();
        if plausible { Ok(nik) } else { Err(MembersRefusal::NikImplausible) }
    }

    /// What the day of birth says.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.two(6) > 40 { Sex::Female } else { Sex::Male }
    }

    /// The last four digits.
    #[must_use]
    pub fn last4(&self) -> &str {
        &self.0[12..]
    }

    /// All sixteen, for the one screen that may show them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The day exists in this century or the last.
    fn has_birth_date(&self) -> bool {
        let day = if self.two(6) > 40 { self.two(6) - 40 } else { self.two(6) };
        let (month, year) = (self.two(8), i16::from(self.two(10)));
        [1900, 2000].into_iter().any(|century| Day::new(century + year, month, day).is_ok())
    }

    fn two(&self, from: usize) -> i8 {
        self.0[from..from + 2].parse().unwrap_or(0)
    }
}

/// Seals a NIK for one member of one cooperative.
#[must_use]
pub fn seal(nik: &Nik, key: &NikKey, coop: CoopId, member: MemberId) -> SealedNik {
    let owner = owner(coop, member);
    let digest = keyed(key, "lumbung nik nonce", &[owner.as_slice(), nik.0.as_bytes()].concat());
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&digest[..NONCE]);
    let payload = Payload { msg: nik.0.as_bytes(), aad: &owner };
    let sealed = cipher(key).encrypt(&XNonce::from(nonce), payload);
    let sealed = sealed.expect("sixteen bytes are far below the limit of the cipher");
    SealedNik {
        cipher: hex::encode([nonce.as_slice(), &sealed].concat()),
        hmac: hex::encode(fingerprint(nik, key, coop)),
        last4: nik.last4().to_owned(),
        sex: nik.sex(),
    }
}

/// The hash by which one cooperative finds a NIK again; another cooperative gets another one.
#[must_use]
pub fn fingerprint(nik: &Nik, key: &NikKey, coop: CoopId) -> [u8; 32] {
    let coop = coop.get().to_be_bytes();
    keyed(key, "lumbung nik uniqueness", &[coop.as_slice(), nik.0.as_bytes()].concat())
}

/// Opens what [`seal`] made, from nonce and cipher; none where the key or the owner is another.
#[must_use]
pub fn open(sealed: &[u8], key: &NikKey, coop: CoopId, member: MemberId) -> Option<Nik> {
    let (nonce, message) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload { msg: message, aad: &owner(coop, member) };
    let digits = cipher(key).decrypt(&XNonce::from(nonce), payload).ok()?;
    Nik::parse(&String::from_utf8(digits).ok()?).ok()
}

fn owner(coop: CoopId, member: MemberId) -> Vec<u8> {
    [coop.get().to_be_bytes().as_slice(), member.to_text().as_bytes()].concat()
}

fn cipher(key: &NikKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&keyed(key, "lumbung nik cipher", &[]).into())
}

/// HMAC-SHA-256 under a key of its own for each purpose.
fn keyed(key: &NikKey, purpose: &str, message: &[u8]) -> [u8; 32] {
    let derived = mac(key, purpose.as_bytes());
    mac(&derived, message)
}

fn mac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::Refusal;

    use super::*;

    const KEY: NikKey = [7; 32];
    const COOP: CoopId = CoopId::new(327_309_100_501);
    const BU_ENI: MemberId = MemberId::from_bytes(*b"anggota-bu-eni--");
    const BUDI: MemberId = MemberId::from_bytes(*b"anggota-budi----");

    #[test]
    fn a_nik_has_sixteen_digits_and_a_birth_date_that_exists() {
        let cases = [
            ("3273091708850001", Ok(Sex::Male)),
            ("3273.0957.0885-0001", Ok(Sex::Female)),
            ("3273092902000001", Ok(Sex::Male)),
            ("327309170885001", Err("members.nik_length")),
            ("32730917088500011", Err("members.nik_length")),
            ("3273091708850OO1", Err("members.nik_length")),
            ("", Err("members.nik_length")),
            ("3273093208850001", Err("members.nik_implausible")),
            ("3273090008850001", Err("members.nik_implausible")),
            ("3273097208850001", Err("members.nik_implausible")),
            ("3273091713850001", Err("members.nik_implausible")),
            ("3273093002850001", Err("members.nik_implausible")),
            ("3273092902010001", Err("members.nik_implausible")),
            ("3273091708850000", Err("members.nik_implausible")),
            ("0273091708850001", Err("members.nik_implausible")),
        ];
        for (typed, expected) in cases {
            let read = Nik::parse(typed).map(|nik| nik.sex()).map_err(|refusal| refusal.code());
            assert_eq!(read, expected, "{typed}");
        }
    }

    #[test]
    fn a_sealed_nik_opens_for_its_member_with_its_key_alone() {
        let nik = Nik::parse("3273095708850001").unwrap();
        let sealed = seal(&nik, &KEY, COOP, BU_ENI);
        assert_eq!((sealed.last4.as_str(), sealed.sex), ("0001", Sex::Female));
        let bytes = hex::decode(&sealed.cipher).unwrap();
        assert_eq!(open(&bytes, &KEY, COOP, BU_ENI), Some(nik.clone()));
        assert_eq!(open(&bytes, &[8; 32], COOP, BU_ENI), None);
        assert_eq!(open(&bytes, &KEY, COOP, BUDI), None);
        assert_eq!(open(&bytes, &KEY, CoopId::new(1), BU_ENI), None);
        assert_eq!(open(&bytes[..20], &KEY, COOP, BU_ENI), None);
        let mut changed = bytes;
        changed[30] ^= 1;
        assert_eq!(open(&changed, &KEY, COOP, BU_ENI), None);
        assert_eq!(format!("{nik:?}"), "Nik(…0001)");
    }

    #[test]
    fn sealing_again_gives_the_same_and_another_owner_another_nonce() {
        let nik = Nik::parse("3273095708850001").unwrap();
        assert_eq!(seal(&nik, &KEY, COOP, BU_ENI), seal(&nik, &KEY, COOP, BU_ENI));
        let (one, other) = (seal(&nik, &KEY, COOP, BU_ENI), seal(&nik, &KEY, COOP, BUDI));
        assert_ne!(one.cipher[..2 * NONCE], other.cipher[..2 * NONCE]);
        assert_eq!(one.hmac, other.hmac, "found again within the cooperative");
        assert_ne!(one.hmac, seal(&nik, &KEY, CoopId::new(1), BU_ENI).hmac);
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(
            region in 110_101_u32..990_000,
            (day, month, year) in (1_u32..29, 1_u32..13, 0_u32..100),
            serial in 1_u32..10_000,
            key in any::<[u8; 32]>(),
        ) {
            let typed = format!("{region}{day:02}{month:02}{year:02}{serial:04}");
            let nik = Nik::parse(&typed).unwrap();
            let sealed = hex::decode(seal(&nik, &key, COOP, BUDI).cipher).unwrap();
            prop_assert_eq!(open(&sealed, &key, COOP, BUDI), Some(nik));
        }

        #[test]
        fn anything_typed_is_read_or_refused(typed in ".{0,40}") {
            Nik::parse(&typed).ok();
        }
    }
}
