//! What is read: every text file of the repository, once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Folders that are made, not written.
const MADE: [&str; 6] = ["target", "node_modules", "dist", "pictures", "output", ".git"];

/// A file larger than this is data, not something that a person reads.
const READ_MAX: u64 = 1024 * 1024;

/// A text file: its path from the root, with slashes, and what it holds.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// A sample for a rule's own test.
    pub(super) fn sample(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    pub(super) fn ending(&self) -> &str {
        Path::new(&self.path).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
    }

    pub(super) fn is_rust(&self) -> bool {
        self.ending() == "rs"
    }

    /// The crate that the file belongs to and its path inside it; none outside `crates/`.
    pub(super) fn in_crate(&self) -> Option<(&str, &str)> {
        self.path.strip_prefix("crates/")?.split_once('/')
    }

    /// The same for what is shipped, without its tests and benches.
    pub(super) fn in_crate_source(&self) -> Option<(&str, &str)> {
        let (name, inside) = self.in_crate()?;
        Some((name, inside.strip_prefix("src/")?))
    }

    /// The parsed file; one that rustc would refuse fails here first.
    pub(super) fn parsed(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }
}

/// Where the repository begins.
pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All text files, in the order of their paths.
pub(super) fn files() -> &'static [File] {
    static READ: OnceLock<Vec<File>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut files = Vec::new();
        read_folder(&root(), "", &mut files);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files
    })
}

fn read_folder(root: &Path, below: &str, files: &mut Vec<File>) {
    let folder = fs::read_dir(root.join(below)).expect("a folder of the repository can be read");
    for entry in folder {
        let entry = entry.expect("an entry of the repository can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type().expect("an entry has a kind");
        if kind.is_dir() && !MADE.contains(&name.as_str()) {
            read_folder(root, &path, files);
        } else if kind.is_file() && entry.metadata().is_ok_and(|about| about.len() <= READ_MAX) {
            let bytes = fs::read(entry.path()).expect("a file of the repository can be read");
            // What is not UTF-8 is a picture or a database.
            files.extend(String::from_utf8(bytes).ok().map(|text| File { path, text }));
        }
    }
}

#[test]
fn the_repository_is_read_and_what_is_made_is_not() {
    let read = |path: &str| files().iter().any(|file| file.path == path);
    assert!(read("Cargo.toml") && read(".ci/run") && read("tests/tidy/tree.rs"));
    assert!(!files().iter().any(|file| file.path.contains("node_modules/")));
}
