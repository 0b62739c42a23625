//! Phone numbers as people write them, kept as the world dials them.

use crate::MembersRefusal;

/// Reads `0812…`, `62812…`, `+62 812-…` and keeps `+62812…`.
///
/// # Errors
/// [`MembersRefusal::PhoneWrong`] for what cannot be an Indonesian number.
pub fn normalise(typed: &str) -> Result<String, MembersRefusal> {
    let refused = || MembersRefusal::PhoneWrong { typed: typed.chars().take(30).collect() };
    let kept = |c: &char| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}');
    let plain: String = typed.chars().filter(kept).collect();
    let digits = plain.strip_prefix('+').unwrap_or(&plain);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused());
    }
    let national = match (digits.strip_prefix("62"), digits.strip_prefix('0')) {
        (Some(rest), _) => rest.strip_prefix('0').unwrap_or(rest),
        (None, Some(rest)) if plain.starts_with('0') => rest,
        (None, None) if plain.starts_with('8') => digits,
        _ => return Err(refused()),
    };
    // Landlines have 7 digits after a short area code, mobile numbers up to 12 after the zero.
    if (8..=12).contains(&national.len()) && !national.starts_with('0') {
        Ok(format!("+62{national}"))
    } else {
        Err(refused())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let written = [
            "081234567890",
            "6281234567890",
            "+6281234567890",
            "0812-3456-7890",
            "+62 (0)812 34567890",
            "81234567890",
        ];
        for typed in written {
            assert_eq!(normalise(typed).unwrap(), "+6281234567890", "{typed}");
        }
        assert_eq!(normalise("022 4201234").unwrap(), "+62224201234");
        for wrong in ["", "0812", "08123456789012345", "hp istri", "+1 202 5550123", "00812345678"]
        {
            assert!(normalise(wrong).is_err(), "{wrong}");
        }
    }
}
