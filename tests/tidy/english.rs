//! Every sentence that a person may read has its English in `crates/web/src/english.txt`.

use std::collections::HashSet;

use syn::visit::{self, Visit};

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const CATALOGUE: &str = "crates/web/src/english.txt";

/// Files whose errors are told to people; the errors of others are for the log.
const TOLD: [&str; 2] = ["refusal.rs", "typed.rs"];

fn keys(catalogue: &str) -> HashSet<&str> {
    catalogue.lines().filter_map(|line| line.strip_prefix("id: ")).collect()
}

fn untranslated(files: &[File], keys: &HashSet<&str>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.in_crate_source().is_some()) {
        let sentences = match file.ending() {
            "html" => sentences_of_page(&file.text),
            "rs" if TOLD.iter().any(|name| file.path.ends_with(name)) => {
                let mut errors = Errors(Vec::new());
                errors.visit_file(&file.parsed());
                errors.0
            }
            _ => continue,
        };
        let missing = sentences.iter().filter(|(_, said)| said != "{}" && !keys.contains(&**said));
        faults.extend(missing.map(|(line, sentence)| {
            Fault::one(&file.path, *line, format!("no English for “{sentence}”"))
        }));
    }
    faults
}

/// What a template gives to `page.t("…")`.
fn sentences_of_page(template: &str) -> Vec<(usize, String)> {
    let mut sentences = Vec::new();
    for (index, line) in template.lines().enumerate() {
        let spoken = line.split(".t(\"").skip(1).filter_map(|rest| rest.split_once("\")"));
        sentences.extend(spoken.map(|(sentence, _)| (index + 1, sentence.to_owned())));
    }
    sentences
}

/// The sentences of `#[error("…")]`, with a gap for each value.
struct Errors(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for Errors {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("error")
            && let Ok(list) = attribute.meta.require_list()
            && let Some(first) = list.tokens.clone().into_iter().next()
            && let Ok(sentence) = syn::parse2::<syn::LitStr>(first.into())
        {
            self.0.push((sentence.span().start().line, with_gaps(&sentence.value())));
        }
        visit::visit_attribute(self, attribute);
    }
}

fn with_gaps(sentence: &str) -> String {
    let mut pieces = sentence.split('{');
    let mut gapped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        gapped.push_str("{}");
        gapped.push_str(piece.split_once('}').map_or("", |(_, after)| after));
    }
    gapped
}

#[test]
fn every_sentence_has_its_english() {
    let catalogue = files().iter().find(|file| file.path == CATALOGUE);
    let keys = keys(&catalogue.expect("there is a catalogue").text);
    hold("english", Measure::Sum, untranslated(files(), &keys));
}

#[test]
fn a_sentence_without_english_is_seen() {
    let keys = keys("id: Simpan\nen: Save\n\nid: Kas {} kurang.\nen: Cash {} is short.\n");
    let found = |path: &str, text: &str| untranslated(&[File::sample(path, text)], &keys).len();
    let page = r#"{{ page.t("Simpan") }} {{ page.t("Hapus") }} {{ page.t(title) }}"#;
    assert_eq!(found("crates/cash/src/pay.html", page), 1);
    let refusals = r#"enum No {
        #[error("Kas {available} kurang.")] Short { available: Rupiah },
        #[error("Kas kosong.")] Empty,
        #[error(transparent)] Other(Another),
    }"#;
    assert_eq!(found("crates/cash/src/refusal.rs", refusals), 1);
    assert_eq!(found("crates/store/src/fault.rs", refusals), 0);
    assert_eq!(with_gaps("{a} dan {}; {} {b:?}."), "{} dan {}; {} {}.");
}
