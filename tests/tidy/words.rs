//! Words that promise work instead of doing it. The list is put together from halves, so that this
//! file does not find itself.

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const WORDS: [&str; 9] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("db", "g!("),
    concat!("coming ", "soon"),
    concat!("segera ", "hadir"),
    concat!("#[", "ignore"),
];

const WRITTEN: [&str; 8] = ["rs", "ts", "mjs", "html", "css", "sql", "toml", "txt"];

fn promises(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| is_written(file)) {
        for (index, line) in file.text.lines().enumerate() {
            for word in WORDS.iter().filter(|word| names(line, word)) {
                faults.push(Fault::one(&file.path, index + 1, format!("says “{word}”")));
            }
        }
    }
    faults
}

fn is_written(file: &File) -> bool {
    WRITTEN.contains(&file.ending()) || file.path.starts_with("scripts/")
}

/// Whether the word stands in the line by itself: `mktemp` has its X-es too. What people read is
/// found however it is written.
fn names(line: &str, word: &str) -> bool {
    let spoken = word.contains(' ');
    let lowered = if spoken { line.to_lowercase() } else { line.to_owned() };
    let by_itself = |at: usize| {
        let before = lowered[..at].chars().next_back();
        let after = lowered[at + word.len()..].chars().next();
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let ends_open = !word.ends_with(char::is_alphanumeric);
        !is_part(before) && (ends_open || !is_part(after))
    };
    lowered.match_indices(word).any(|(at, _)| by_itself(at))
}

#[test]
fn nothing_is_promised() {
    hold("word", Measure::Sum, promises(files()));
}

#[test]
fn each_word_is_found_and_its_likes_are_not() {
    for word in WORDS {
        let bad = File::sample("crates/cash/src/pay.rs", &format!("// {word} later"));
        assert_eq!(promises(&[bad]).len(), 1, "{word}");
    }
    let capital = format!("<p>{}</p>", WORDS[7].to_uppercase());
    assert_eq!(promises(&[File::sample("a.html", &capital)]).len(), 1);
    let likes = format!("mktemp {0}{0}; {1}_LIST; {2}d", WORDS[2], WORDS[0], &WORDS[8][2..]);
    assert!(promises(&[File::sample("scripts/a", &likes)]).is_empty());
}
