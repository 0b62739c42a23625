//! A receipt's public code: the first 100 bits of the sale message's hash, in letters that can be
//! read aloud. An offline till knows it before the server has seen the sale.

use data_encoding::{Encoding, Specification};

/// Letters of Crockford's base 32: no I, L, O or U.
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code: 100 bits, five each.
const LENGTH: usize = 20;

fn encoding() -> Encoding {
    let mut letters = Specification::new();
    letters.symbols.push_str(LETTERS);
    letters.encoding().expect("thirty-two different letters make a base 32")
}

/// The code of a sale message.
#[must_use]
pub fn code_of(content_hash: &[u8; 32]) -> String {
    let mut code = encoding().encode(&content_hash[..15]);
    code.truncate(LENGTH);
    code
}

/// A code as people type it: blanks and dashes dropped, look-alikes read as what they are.
#[must_use]
pub fn typed_code(typed: &str) -> Option<String> {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let code: String = letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = code.chars().all(|letter| LETTERS.contains(letter));
    (code.len() == LENGTH && known).then_some(code)
}

/// The code in groups of five, as it is printed.
#[must_use]
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let code = code_of(&[0xA5; 32]);
        assert_eq!(code.len(), 20);
        assert_eq!(grouped(&code).len(), 23);
        assert_eq!(typed_code(&grouped(&code).to_lowercase()), Some(code.clone()));
        assert_eq!(typed_code("oil"), None);
        assert_eq!(typed_code(&format!("{code}0")), None);
        assert_eq!(typed_code("UUUUUUUUUUUUUUUUUUUU"), None);
    }
}
