//! Random words that open doors: sessions, one-time codes, keys. The database knows only their hash.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Letters of codes that people read and type: no 0, O, 1, I or L.
const READABLE: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// 32 random bytes in hexadecimal, for a cookie or a key.
#[must_use]
pub fn secret_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// Twelve readable letters in three groups: `K7QW-9MHT-XR4D`, about 59 bits.
#[must_use]
pub fn readable_code() -> String {
    spelled(std::iter::repeat_with(rand::random))
}

/// A readable code that is the same whenever the same form is sent, so that an answer lost on its way
/// can be asked for again; nobody without the installation's key can work it out.
///
/// # Panics
/// Never: the code takes any key.
#[must_use]
pub fn code_of_form(key: &[u8; 32], form: &str) -> String {
    let block = |count: u8| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
        mac.update(b"one-time code");
        mac.update(&[count]);
        mac.update(form.as_bytes());
        mac.finalize().into_bytes()
    };
    spelled((0..=u8::MAX).flat_map(block))
}

fn spelled(bytes: impl Iterator<Item = u8>) -> String {
    let mut code = String::with_capacity(14);
    // Bytes past the last whole turn are thrown away, so that every letter is as likely.
    for byte in bytes.filter(|byte| *byte < 248) {
        if matches!(code.len(), 4 | 9) {
            code.push('-');
        }
        code.push(char::from(READABLE[usize::from(byte) % READABLE.len()]));
        if code.len() == 14 {
            break;
        }
    }
    code
}

/// What the database keeps of a token; spaces, dashes and case of typed codes do not matter.
#[must_use]
pub fn hash_of(token: &str) -> [u8; 32] {
    let plain: String =
        token.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_uppercase).collect();
    Sha256::digest(plain.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_readable_and_found_however_it_is_typed() {
        let code = readable_code();
        assert_eq!(code.len(), 14);
        assert_eq!(hash_of(&code), hash_of(&code.to_lowercase().replace('-', " ")));
        assert_ne!(hash_of(&code), hash_of(&readable_code()));
        assert_eq!(secret_token().len(), 64);
    }
}
