//! A name that fits everything says nothing: files and folders are named after the trade.

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const SAY_NOTHING: [&str; 8] =
    ["utils", "util", "helpers", "helper", "common", "services", "repositories", "dto"];

/// Cargo's own name for what the test files of one crate share.
const SHARED_BY_TESTS: &str = "/tests/common/";

fn empty_names(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let ours = files.iter().filter(|file| file.path.starts_with("crates/"));
    for file in ours.filter(|file| !file.path.contains(SHARED_BY_TESTS)) {
        let parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or_default());
        faults.extend(
            parts
                .filter(|part| SAY_NOTHING.contains(part))
                .map(|part| Fault::one(&file.path, 1, format!("“{part}” says nothing"))),
        );
    }
    faults
}

#[test]
fn names_say_something() {
    hold("name", Measure::Sum, empty_names(files()));
}

#[test]
fn a_name_that_says_nothing_is_seen_as_folder_and_as_file() {
    let found = |path: &str| empty_names(&[File::sample(path, "")]).len();
    assert_eq!(found("crates/cash/src/utils.rs"), 1);
    assert_eq!(found("crates/cash/src/services/pay.rs"), 1);
    assert_eq!(found("crates/common/src/lib.rs"), 1);
    assert_eq!(found("crates/cash/tests/common/mod.rs"), 0);
    assert_eq!(found("crates/cash/src/commonwealth.rs"), 0);
}
