//! Indonesian first, English second. The Indonesian sentence is the key.
//!
//! The catalogue is `english.txt`: a line `id: …` followed by a line `en: …`. A sentence with values
//! in it stands with `{}` in their places; it is recognised after the values were filled in.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

const ENGLISH: &str = include_str!("english.txt");

/// In which language a page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Indonesian.
    #[default]
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// From its code; anything unknown is Indonesian.
    #[must_use]
    pub fn from_code(code: &str) -> Language {
        if code == "en" { Language::English } else { Language::Indonesian }
    }

    /// Its code, for `lang` and the cookie.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }

    /// The sentence in this language; where English is missing, the Indonesian one stands.
    #[must_use]
    pub fn of(self, sentence: &str) -> Cow<'_, str> {
        match self {
            Language::Indonesian => Cow::Borrowed(sentence),
            Language::English => english(sentence).map_or(Cow::Borrowed(sentence), Cow::Owned),
        }
    }
}

struct Catalogue {
    whole: HashMap<&'static str, &'static str>,
    patterns: Vec<(Vec<&'static str>, &'static str)>,
}

fn catalogue() -> &'static Catalogue {
    static READ: OnceLock<Catalogue> = OnceLock::new();
    READ.get_or_init(|| {
        let lines: Vec<&'static str> = ENGLISH.lines().collect();
        let pairs = lines.windows(2).filter_map(|pair| {
            Some((pair[0].strip_prefix("id: ")?, pair[1].strip_prefix("en: ")?))
        });
        let (patterns, whole): (Vec<_>, Vec<_>) = pairs.partition(|(id, _)| id.contains("{}"));
        let patterns = patterns.into_iter().map(|(id, en)| (id.split("{}").collect(), en));
        Catalogue { whole: whole.into_iter().collect(), patterns: patterns.collect() }
    })
}

/// The English sentence, or none where the catalogue has none.
#[must_use]
pub fn english(sentence: &str) -> Option<String> {
    let catalogue = catalogue();
    if let Some(english) = catalogue.whole.get(sentence) {
        return Some((*english).to_owned());
    }
    catalogue.patterns.iter().find_map(|(parts, english)| {
        let values = values_in(sentence, parts)?;
        let mut filled = (*english).to_owned();
        for value in values {
            filled = filled.replacen("{}", value, 1);
        }
        Some(filled)
    })
}

/// The values that stand in a sentence where its pattern has gaps.
fn values_in<'a>(sentence: &'a str, parts: &[&str]) -> Option<Vec<&'a str>> {
    let (first, rest) = parts.split_first()?;
    let mut left = sentence.strip_prefix(first)?;
    let mut values = Vec::new();
    for (place, part) in rest.iter().enumerate() {
        let is_last = place + 1 == rest.len();
        let end = if part.is_empty() && is_last {
            left.len()
        } else if is_last {
            left.len().checked_sub(part.len()).filter(|end| left[*end..] == **part)?
        } else {
            left.find(part)?
        };
        let (value, after) = left.split_at(end);
        values.push(value);
        left = &after[part.len()..];
    }
    left.is_empty().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_whole_or_by_its_pattern() {
        assert_eq!(english("Simpan").as_deref(), Some("Save"));
        let said = english("Debit Rp 5 tidak sama dengan kredit Rp 6.");
        assert_eq!(said.as_deref(), Some("Debit Rp 5 does not equal credit Rp 6."));
        assert_eq!(english("sesuatu yang tidak ada"), None);
        assert_eq!(Language::Indonesian.of("Simpan"), "Simpan");
    }

    #[test]
    fn values_are_taken_out_where_the_pattern_has_gaps() {
        assert_eq!(values_in("a 1 b 2", &["a ", " b ", ""]), Some(vec!["1", "2"]));
        assert_eq!(values_in("a 1 b 2.", &["a ", " b ", "."]), Some(vec!["1", "2"]));
        assert_eq!(values_in("a 1 c 2", &["a ", " b ", ""]), None);
        assert_eq!(values_in("é", &["a", "b"]), None);
    }

    #[test]
    fn every_entry_of_the_catalogue_has_its_other_half_and_as_many_gaps() {
        let lines: Vec<&str> = ENGLISH.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            if let Some(id) = line.strip_prefix("id: ") {
                let en = lines.get(place + 1).and_then(|line| line.strip_prefix("en: "));
                let en = en.unwrap_or_else(|| panic!("no English for: {id}"));
                assert_eq!(id.matches("{}").count(), en.matches("{}").count(), "{id}");
            }
        }
    }
}
