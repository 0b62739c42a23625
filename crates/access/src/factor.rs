//! The second factor: a code from the phone's authenticator (TOTP, RFC 6238) or from a printed card.
//!
//! The secret of the authenticator is encrypted with the installation's key, which stands outside the
//! database and its backups. Each code works once.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use store::{Failure, Fault, Store, Tx};
use totp_rs::{Builder, Secret, Totp};
use values::{CoopId, Instant, PersonId};

use crate::token::{hash_of, readable_code};
use crate::{AccessRefusal, attempts};

/// Codes on a printed card.
pub const CARD_CODES: usize = 20;
/// Length of the nonce in front of a cipher text.
const NONCE: usize = 24;

/// A new authenticator secret, in the letters that people type into their phone.
#[must_use]
pub fn new_secret() -> String {
    let bytes: [u8; 20] = rand::random();
    data_encoding::BASE32_NOPAD.encode(&bytes)
}

/// The address that an authenticator reads from a QR.
#[must_use]
pub fn address_of(secret: &str, account: &str) -> String {
    format!("otpauth://totp/Lumbung:{account}?secret={secret}&issuer=Lumbung&digits=6&period=30")
}

fn totp(secret: &str) -> Result<Totp, Fault> {
    let fault = |what: &str| Fault::Engine(format!("authenticator secret: {what}"));
    let secret = Secret::try_from_base32(secret).map_err(|_| fault("not base 32"))?;
    Builder::new().with_secret(secret).build().map_err(|_| fault("too short"))
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.micros() / 1_000_000).unwrap_or(0)
}

/// The step of a right code, or none.
fn step_of(secret: &str, code: &str, now: Instant) -> Result<Option<i64>, Fault> {
    let step = totp(secret)?.check(code, seconds(now));
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code that an authenticator would show: for the demonstration and for tests.
///
/// # Errors
/// A fault where the secret is none.
pub fn code_at(secret: &str, now: Instant) -> Result<String, Fault> {
    Ok(totp(secret)?.generate(seconds(now)).to_string())
}

/// Encrypts what must not be readable in the database.
///
/// # Errors
/// A fault; it does not happen for texts of this length.
pub fn seal_secret(key: &[u8; 32], plain: &[u8]) -> Result<Vec<u8>, Fault> {
    let nonce: [u8; NONCE] = rand::random();
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), plain);
    let sealed = sealed.map_err(|_| Fault::Engine("a secret cannot be sealed".to_owned()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Decrypts it.
///
/// # Errors
/// A fault where the key is another one or the bytes were changed.
pub fn open_secret(key: &[u8; 32], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let fault = || Fault::Engine("a secret cannot be opened with this key".to_owned());
    let (nonce, body) = sealed.split_at_checked(NONCE).ok_or_else(fault)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| fault())?;
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), body).map_err(|_| fault())
}

/// Whether a person has a second factor of either kind.
///
/// # Errors
/// A fault.
pub async fn is_enrolled(store: &Store, person: PersonId) -> Result<bool, Failure> {
    let ask = async move |tx: &mut Tx| -> Result<bool, Failure> {
        let found: Vec<(String,)> = tx
            .all(
                "select person_id from second_factors where person_id = $2
                 union select person_id from printed_codes
                  where person_id = $2 and used_at is null",
                &[&person],
            )
            .await?;
        Ok(!found.is_empty())
    };
    store.read(CoopId::new(0), ask).await
}

/// Enrols an authenticator after its first right code.
///
/// # Errors
/// [`AccessRefusal::WrongCode`], or a fault.
pub async fn enrol(
    store: &Store,
    key: &[u8; 32],
    person: PersonId,
    secret: &str,
    code: &str,
    now: Instant,
) -> Result<(), Failure> {
    let step = step_of(secret, code, now)?.ok_or(AccessRefusal::WrongCode)?;
    let sealed = seal_secret(key, secret.as_bytes())?;
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        tx.run(
            "insert into second_factors (person_id, secret_cipher, enrolled_at, last_step)
             values ($2, $3, $4, $5)
             on conflict (person_id) do update set secret_cipher = excluded.secret_cipher,
                enrolled_at = excluded.enrolled_at, last_step = excluded.last_step",
            1,
            &[&person, &sealed, &now, &step],
        )
        .await?;
        Ok(())
    };
    store.write(CoopId::new(0), write).await
}

/// Prints a new card; the codes of the old one stop working.
///
/// # Errors
/// A fault.
pub async fn print_card(
    store: &Store,
    person: PersonId,
    now: Instant,
) -> Result<Vec<String>, Failure> {
    let codes: Vec<String> = (0..CARD_CODES).map(|_| readable_code()).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| hash_of(code)).collect();
    let write = async move |tx: &mut Tx| put_card(tx, person, &hashes, now).await;
    store.write(CoopId::new(0), write).await?;
    Ok(codes)
}

/// Puts a card of codes, by their hashes, in place of the old one.
///
/// # Errors
/// A fault.
pub async fn put_card(
    tx: &mut Tx,
    person: PersonId,
    hashes: &[[u8; 32]],
    now: Instant,
) -> Result<(), Failure> {
    tx.run_any("delete from printed_codes where person_id = $2", &[&person]).await?;
    for hash in hashes {
        tx.run(
            "insert into printed_codes (person_id, code_hash, printed_at) values ($2, $3, $4)",
            1,
            &[&person, hash, &now],
        )
        .await?;
    }
    Ok(())
}

/// Shows the second factor: a code from the authenticator or from the card.
///
/// # Errors
/// [`AccessRefusal::WrongCode`], or a fault.
pub async fn show(
    store: &Store,
    key: &[u8; 32],
    person: PersonId,
    code: &str,
    now: Instant,
) -> Result<(), Failure> {
    let code = code.trim().to_owned();
    let (key, tries) = (*key, hash_of(&format!("second factor {person}")));
    attempts::refuse_locked(store, tries, now).await?;
    let write = async move |tx: &mut Tx| -> Result<bool, Failure> {
        let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            take_step(tx, &key, person, &code, now).await
        } else {
            take_card_code(tx, person, &code, now).await
        }
    };
    if store.write(CoopId::new(0), write).await? {
        return attempts::forget(store, tries).await;
    }
    attempts::note_failure(store, tries, now).await?;
    Err(AccessRefusal::WrongCode.into())
}

async fn take_step(
    tx: &mut Tx,
    key: &[u8; 32],
    person: PersonId,
    code: &str,
    now: Instant,
) -> Result<bool, Failure> {
    let found: Option<(Vec<u8>,)> = tx
        .maybe("select secret_cipher from second_factors where person_id = $2", &[&person])
        .await?;
    let Some((sealed,)) = found else { return Ok(false) };
    let secret = String::from_utf8_lossy(&open_secret(key, &sealed)?).into_owned();
    let Some(step) = step_of(&secret, code, now)? else { return Ok(false) };
    let sql = "update second_factors set last_step = $3 where person_id = $2 and last_step < $3";
    Ok(tx.run_any(sql, &[&person, &step]).await? == 1)
}

async fn take_card_code(
    tx: &mut Tx,
    person: PersonId,
    code: &str,
    now: Instant,
) -> Result<bool, Failure> {
    let sql = "update printed_codes set used_at = $4
                where person_id = $2 and code_hash = $3 and used_at is null";
    Ok(tx.run_any(sql, &[&person, &hash_of(code), &now]).await? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_right_in_its_half_minute_and_the_ones_beside_it() {
        let secret = new_secret();
        let now = Instant::from_micros(1_760_400_000_000_000);
        let code = code_at(&secret, now).unwrap();
        assert!(step_of(&secret, &code, now).unwrap().is_some());
        assert!(step_of(&secret, &code, now.plus_seconds(29)).unwrap().is_some());
        assert_eq!(step_of(&secret, &code, now.plus_seconds(120)).unwrap(), None);
        assert_eq!(step_of(&new_secret(), &code, now).unwrap(), None);
    }

    #[test]
    fn the_published_vector_of_the_standard_holds() {
        let secret = data_encoding::BASE32_NOPAD.encode(b"12345678901234567890");
        let at = Instant::from_micros(1_111_111_109_000_000);
        assert_eq!(code_at(&secret, at).unwrap(), "081804");
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_alone() {
        let sealed = seal_secret(&[7; 32], b"rahasia").unwrap();
        assert_eq!(open_secret(&[7; 32], &sealed).unwrap(), b"rahasia");
        assert!(open_secret(&[8; 32], &sealed).is_err());
        assert!(open_secret(&[7; 32], &sealed[..10]).is_err());
        let mut changed = sealed;
        changed[30] ^= 1;
        assert!(open_secret(&[7; 32], &changed).is_err());
    }
}
