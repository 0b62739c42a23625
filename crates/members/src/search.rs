//! What is typed into the search of the register: a number, a phone, a place, words, or some of
//! each.

use crate::particulars::folded;

/// Most words that are looked at; what follows is overlooked.
pub(crate) const WORDS_MAX: usize = 4;

/// Patterns that the search text of a member must all match. A pattern that is not needed matches
/// everything.
pub(crate) fn patterns(typed: &str) -> [String; WORDS_MAX] {
    let mut patterns = phone(typed).or_else(|| place(typed)).unwrap_or_else(|| words(typed));
    patterns.resize(WORDS_MAX, "%".to_owned());
    patterns.try_into().unwrap_or_default()
}

/// Five digits and more are a phone, written from its beginning in any manner.
fn phone(typed: &str) -> Option<Vec<String>> {
    let kept = |c: &char| !matches!(c, ' ' | '-' | '.' | '+' | '(' | ')');
    let digits: String = typed.chars().filter(kept).collect();
    if digits.len() < 5 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let country = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0'));
    Some(vec![format!("% +62{}%", country.unwrap_or(&digits))])
}

/// `003/009` is RT and RW.
fn place(typed: &str) -> Option<Vec<String>> {
    let (rt, rw) = typed.trim().split_once('/')?;
    let number = |text: &str| text.trim().parse::<u16>().ok();
    Some(vec![marked("rt:", number(rt)?), marked("rw:", number(rw)?)])
}

fn marked(mark: &str, number: u16) -> String {
    format!("% {mark}{number} %")
}

fn words(typed: &str) -> Vec<String> {
    let folded = folded(typed);
    let mut patterns = Vec::new();
    let mut mark = None;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let (found, rest) = match (word.strip_prefix("rt"), word.strip_prefix("rw")) {
            (Some(rest), _) => (Some("rt:"), rest),
            (_, Some(rest)) => (Some("rw:"), rest),
            _ => (mark.take(), word),
        };
        match (found, rest.parse::<u16>()) {
            (Some(mark), Ok(number)) => patterns.push(marked(mark, number)),
            (None, Ok(number)) => patterns.push(marked("#", number)),
            (Some(found), Err(_)) if rest.is_empty() => mark = Some(found),
            _ => patterns.push(format!("% {word}%")),
        }
    }
    patterns.truncate(WORDS_MAX);
    patterns
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_becomes_patterns() {
        let cases: [(&str, &[&str]); 14] = [
            ("", &[]),
            ("Bu E.", &["% bu%", "% e%"]),
            ("0042", &["% #42 %"]),
            ("#42", &["% #42 %"]),
            ("0812-3456", &["% +628123456%"]),
            ("+62 812 3456", &["% +628123456%"]),
            ("628123456", &["% +628123456%"]),
            ("81234", &["% +6281234%"]),
            ("003/009", &["% rt:3 %", "% rw:9 %"]),
            ("RT03", &["% rt:3 %"]),
            ("rt 3 rw 09", &["% rt:3 %", "% rw:9 %"]),
            ("eni RT.003", &["% eni%", "% rt:3 %"]),
            ("rt", &[]),
            ("100%_", &["% #100 %"]),
        ];
        for (typed, expected) in cases {
            let found = patterns(typed);
            let needed: Vec<_> = found.iter().filter(|pattern| *pattern != "%").collect();
            assert_eq!(needed, expected, "{typed}");
        }
        assert_eq!(patterns("a b c d e f").len(), WORDS_MAX);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_no_wildcard_of_it_comes_through(typed in ".{0,40}") {
            for pattern in patterns(&typed) {
                prop_assert!(!pattern.trim_matches('%').contains(['%', '_']), "{}", pattern);
            }
        }
    }
}
