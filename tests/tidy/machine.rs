//! Nothing in the repository names the machine that it was written on, or the mirror that its
//! packages came through.

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

const NAMES: [&str; 3] =
    [concat!("/wo", "rk/"), concat!("index.", "crates.io"), concat!("registry.", "npmjs.org")];

fn machine_names(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            for name in NAMES.iter().filter(|name| line.contains(*name)) {
                faults.push(Fault::one(&file.path, index + 1, format!("names {name}")));
            }
        }
    }
    faults
}

#[test]
fn no_machine_and_no_mirror_is_named() {
    hold("machine", Measure::Sum, machine_names(files()));
}

#[test]
fn each_name_is_found() {
    for name in NAMES {
        let bad = File::sample("browser/package-lock.json", &format!("\"resolved\": \"{name}\""));
        assert_eq!(machine_names(&[bad]).len(), 1, "{name}");
    }
    let likes = File::sample("a.md", "the framework/ and the work at hand");
    assert!(machine_names(&[likes]).is_empty());
}
