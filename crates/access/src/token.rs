//! Random words that open doors: sessions, one-time codes, keys. The database knows only their hash.

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
    let mut code = String::with_capacity(14);
    while code.len() < 14 {
        if matches!(code.len(), 4 | 9) {
            code.push('-');
        }
        let byte: u8 = rand::random();
        // Bytes past the last whole turn are thrown away, so that every letter is as likely.
        if byte < 248 {
            code.push(char::from(READABLE[usize::from(byte) % READABLE.len()]));
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
