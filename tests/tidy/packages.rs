//! What others wrote and we use: under licences that allow it, from the public registry, each in
//! one version. The Rust packages are those of a build for this machine's platform.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};
use spdx::{Expression, ParseMode};

use super::tree::{File, files, root};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
const DUPLICATES: &str = include_str!("duplicates.txt");

/// Licences that ask for no more than notice, or only for changes to their own files.
const LICENCES: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn metadata() -> Metadata {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(["--filter-platform".to_owned(), platform])
        .exec()
        .expect("cargo can resolve the workspace")
}

fn is_allowed(licence: &str) -> bool {
    let expression = Expression::parse_mode(licence, ParseMode::LAX);
    let allowed = |id: spdx::LicenseId| LICENCES.contains(&id.name);
    expression.is_ok_and(|read| read.evaluate(|asked| asked.license.id().is_some_and(allowed)))
}

/// Names that stand in more than one version among those in use.
fn duplicates<'a>(used: impl Iterator<Item = (&'a str, String)>) -> BTreeMap<&'a str, Vec<String>> {
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, version) in used {
        versions.entry(name).or_default().insert(version);
    }
    let several = versions.into_iter().filter(|(_, versions)| versions.len() > 1);
    several.map(|(name, versions)| (name, versions.into_iter().collect())).collect()
}

/// Lines of `name | reason`.
fn allowed_duplicates(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cells = lines.map(|line| line.split_once(" | ").expect("a name and a reason"));
    cells.map(|(name, reason)| (name.trim(), reason.trim())).collect()
}

fn npm_licences(lock: &File) -> Vec<(String, String)> {
    let read: serde_json::Value = serde_json::from_str(&lock.text).expect("a lock file is JSON");
    let packages = read["packages"].as_object().expect("a lock file lists packages");
    let others = packages.iter().filter(|(path, _)| !path.is_empty());
    let licence = |about: &serde_json::Value| about["license"].as_str().unwrap_or("").to_owned();
    others.map(|(path, about)| (path.clone(), licence(about))).collect()
}

#[test]
fn every_rust_package_has_an_allowed_licence_and_comes_from_the_registry() {
    for package in metadata().packages {
        let licence = package.license.as_deref().unwrap_or("none");
        assert!(is_allowed(licence), "{} {}: licence {licence}", package.name, package.version);
        let source = package.source.map(|source| source.repr);
        assert!(source.iter().all(|source| source == REGISTRY), "{}: {source:?}", package.name);
    }
}

#[test]
fn every_npm_package_has_an_allowed_licence() {
    let locks = files().iter().filter(|file| file.path.ends_with("package-lock.json"));
    for lock in locks {
        for (package, licence) in npm_licences(lock) {
            assert!(is_allowed(&licence), "{}: {package}: licence {licence}", lock.path);
        }
    }
}

#[test]
fn a_package_stands_in_one_version_or_has_a_reason() {
    let metadata = metadata();
    let resolved = metadata.resolve.as_ref().expect("cargo resolves");
    let used = resolved.nodes.iter().map(|node| &metadata[&node.id]);
    let used = used.map(|package| (package.name.as_str(), package.version.to_string()));
    let (found, allowed) = (duplicates(used), allowed_duplicates(DUPLICATES));
    let strange = found.iter().filter(|(name, _)| !allowed.contains_key(*name));
    let strange: Vec<_> = strange.map(|(n, versions)| format!("{n} {versions:?}")).collect();
    assert!(strange.is_empty(), "in several versions: {}", strange.join(", "));
    let gone: Vec<_> = allowed.keys().filter(|name| !found.contains_key(*name)).collect();
    assert!(gone.is_empty(), "once only now; take off duplicates.txt: {gone:?}");
}

#[test]
fn a_strange_licence_is_seen() {
    for good in ["MIT", "MIT/Apache-2.0", "Apache-2.0 WITH LLVM-exception", "GPL-3.0 OR MIT"] {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["", "none", "GPL-3.0", "MIT AND AGPL-3.0", "LicenseRef-ours"] {
        assert!(!is_allowed(bad), "{bad}");
    }
    let lock = r#"{"packages": {"": {"license": "x"}, "node_modules/a": {"license": "MIT"}}}"#;
    let found = npm_licences(&File::sample("package-lock.json", lock));
    assert_eq!(found, [("node_modules/a".to_owned(), "MIT".to_owned())]);
}

#[test]
fn two_versions_are_seen() {
    let used = [("a", "1.0.0"), ("b", "1.0.0"), ("a", "2.0.0"), ("b", "1.0.0")];
    let found = duplicates(used.into_iter().map(|(name, version)| (name, version.to_owned())));
    assert_eq!(found.into_keys().collect::<Vec<_>>(), ["a"]);
    assert_eq!(allowed_duplicates("# why\na | two worlds\n")["a"], "two worlds");
}
