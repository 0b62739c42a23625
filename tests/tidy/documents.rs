//! What the documents name exists, and the glossary is whole.

use std::collections::HashSet;
use std::path::Path;

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files, root};

const ENDINGS: [&str; 12] =
    ["rs", "toml", "md", "txt", "sql", "html", "css", "ts", "mjs", "json", "yml", "svg"];

/// Paths between backticks that lead nowhere: from the root, from the document's own folder, or, as
/// in "the room's own tests", from any crate.
fn dead_paths(files: &[File], exists: impl Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.ending() == "md") {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (number, path) in named_paths(&file.text) {
            let beside = format!("{folder}/{path}");
            if !exists(path) && !exists(beside.trim_start_matches('/')) {
                let what = format!("names {path}, which is not there");
                faults.push(Fault::one(&file.path, number, what));
            }
        }
    }
    faults
}

fn named_paths(document: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut paths = Vec::new();
    for (index, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let named = line.split('`').skip(1).step_by(2).filter(|text| is_path(text));
            paths.extend(named.map(|path| (index + 1, path)));
        }
    }
    paths
}

/// An address (`/kasir`), a pattern (`tests/*.rs`) and a choice (`a/b`) are no paths of files.
fn is_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let has_ending = Path::new(text)
        .extension()
        .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
    let is_shown = text.chars().all(plain) && text.contains('/') && !text.starts_with('/');
    is_shown && (has_ending || text.ends_with('/') || text.starts_with("scripts/"))
}

/// The rows of GLOSSARY.md: the term, what it means, where it comes from.
fn poor_terms(glossary: &File) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    let rows = glossary.text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    for (index, line) in rows.skip(2) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let is_whole = cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty());
        if !is_whole {
            let what = "a row needs a term, its meaning and its source";
            faults.push(Fault::one(&glossary.path, index + 1, what));
        } else if !seen.insert(cells[0]) {
            let what = format!("{} stands twice", cells[0]);
            faults.push(Fault::one(&glossary.path, index + 1, what));
        }
    }
    if seen.is_empty() {
        faults.push(Fault::one(&glossary.path, 1, "no term at all"));
    }
    faults
}

/// Libraries of the root manifest that DECISIONS.md gives no reason for.
fn unexplained(manifest: &File, decisions: &str) -> Vec<Fault> {
    let lines = manifest.text.lines().enumerate();
    let section = lines
        .skip_while(|(_, line)| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|(_, line)| !line.starts_with('['));
    let others = section.filter(|(_, line)| !line.contains("path = "));
    let named = others.filter_map(|(index, line)| Some((index, line.split_once(" = ")?.0)));
    let explained: HashSet<&str> = decisions
        .lines()
        .filter_map(|line| line.strip_prefix('|')?.split_once('|'))
        .flat_map(|(names, _)| names.split([',', ' ']))
        .collect();
    let bare = named.filter(|(_, name)| !explained.contains(name));
    let told = |name: &str| format!("{name} has no reason in DECISIONS.md");
    bare.map(|(index, name)| Fault::one(&manifest.path, index + 1, told(name))).collect()
}

#[test]
fn every_library_has_its_reason() {
    let read = |path: &str| files().iter().find(|file| file.path == path).expect("it is there");
    let unexplained = unexplained(read("Cargo.toml"), &read("DECISIONS.md").text);
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[test]
fn a_library_without_a_reason_is_seen() {
    let text = "[workspace.dependencies]\ncash = { path = \"crates/cash\" }\nhex = \"0.4\"\n\
                sha2 = \"0.11\"\n\n[lints]\na = 1\n";
    let found = unexplained(&File::sample("Cargo.toml", text), "| sha2, x | chain |\n| a | hex |");
    assert_eq!(found, [Fault::one("Cargo.toml", 3, "hex has no reason in DECISIONS.md")]);
}

#[test]
fn what_documents_name_is_there() {
    let root = root();
    let crates = std::fs::read_dir(root.join("crates")).expect("the crates can be listed");
    let mut from: Vec<_> = crates.flatten().map(|folder| folder.path()).collect();
    from.push(root);
    let exists = |path: &str| from.iter().any(|folder| folder.join(path).exists());
    hold("path", Measure::Sum, dead_paths(files(), exists));
}

#[test]
fn every_term_has_a_meaning_and_a_source() {
    let glossary = files().iter().find(|file| file.path == "GLOSSARY.md");
    let poor = poor_terms(glossary.expect("there is a glossary"));
    assert!(poor.is_empty(), "{poor:#?}");
}

#[test]
fn a_path_that_leads_nowhere_is_seen() {
    let text = "See `src/app.rs`, `crates/cash/`, `/kasir`, `tests/*.rs`, `and/or` and\n\
                `beside/it.md`.\n\
                ```\n`not/read.rs`\n```\nAnd `src/gone.rs`.";
    let exists = |path: &str| ["src/app.rs", "crates/cash/", "docs/beside/it.md"].contains(&path);
    let found = dead_paths(&[File::sample("docs/a.md", text)], exists);
    assert_eq!(found, [Fault::one("docs/a.md", 6, "names src/gone.rs, which is not there")]);
}

#[test]
fn a_poor_glossary_is_seen() {
    let head = "| term | meaning | source |\n| --- | --- | --- |\n";
    let poor = |rows: &str| {
        let glossary = File::sample("GLOSSARY.md", &format!("{head}{rows}"));
        poor_terms(&glossary).len()
    };
    assert_eq!(poor("| wajib | paid each month | UU 25/1992 |\n"), 0);
    assert_eq!(poor("| wajib | paid each month | |\n"), 2);
    assert_eq!(poor("| a | b | c |\n| a | b | c |\n"), 1);
    assert_eq!(poor(""), 1);
}
