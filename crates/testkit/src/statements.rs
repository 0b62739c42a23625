//! Every statement of the house, found in its source: SQL stands as a literal where it is used.

use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// A statement and the file that holds it.
#[derive(Debug, Clone)]
pub struct Found {
    /// Path below the root of the house.
    pub file: String,
    /// The text.
    pub sql: String,
}

/// Files that speak with one engine alone, outside any cooperative, and this one.
const OF_THE_ENGINES: [&str; 7] = [
    "crates/store/src/backup.rs",
    "crates/store/src/migrate.rs",
    "crates/store/src/postgres/session.rs",
    "crates/store/src/schema.rs",
    "crates/store/src/sqlite.rs",
    "crates/testkit/src/engine.rs",
    "crates/testkit/src/statements.rs",
];

/// The root of the house.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All statements that rooms and the store send, in the order of their files.
///
/// # Panics
/// Where a source file cannot be read.
#[must_use]
pub fn statements() -> Vec<Found> {
    let mut found = Vec::new();
    let mut files = Vec::new();
    for folder in ["crates", "src"] {
        gather(&root().join(folder), &mut files);
    }
    files.sort();
    for path in files {
        let file = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().into_owned();
        if OF_THE_ENGINES.contains(&file.as_str()) || file.contains("/tests/") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file is read");
        let tree = syn::parse_file(&text).expect("a source file is Rust");
        let mut literals = Literals(Vec::new());
        literals.visit_file(&tree);
        found.extend(literals.0.into_iter().map(|sql| Found { file: file.clone(), sql }));
    }
    found
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

struct Literals(Vec<String>);

impl<'ast> Visit<'ast> for Literals {
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let text = literal.value();
        let verbs = ["select ", "insert into ", "update ", "delete from ", "with "];
        let sql_verb = verbs.iter().any(|verb| text.starts_with(verb));
        let sql_noun = [" from ", " into ", " set ", "select 1"].iter().any(|w| text.contains(w));
        if sql_verb && sql_noun {
            self.0.push(text);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }
}
