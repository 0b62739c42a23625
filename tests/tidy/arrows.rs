//! The one-way rule: a crate uses only crates to its left in the order printed in ARCHITECTURE.md.
//! Cargo refuses a circle; this refuses an arrow that is against the order.

use std::collections::HashMap;
use std::fs;

use cargo_metadata::{DependencyKind, MetadataCommand};

use super::ratchet::{Fault, Measure, hold};
use super::tree::root;

/// Rank of each crate; what shares a rank may not use each other.
struct Order(HashMap<String, usize>);

impl Order {
    /// Reads the first fenced block that holds arrows.
    fn read(document: &str) -> Option<Order> {
        let block = document.split("```").skip(1).step_by(2).find(|block| block.contains('←'))?;
        let (_language, block) = block.split_once('\n')?;
        let ranks = block.split('←').enumerate().flat_map(|(rank, names)| {
            let names = names.split(',').map(|name| name.trim().to_owned());
            names.map(move |name| (name, rank))
        });
        Some(Order(ranks.collect()))
    }

    /// What is wrong with `user` using `used`, if anything is.
    fn against(&self, user: &str, used: &str) -> Option<String> {
        let rank = |name: &str| self.0.get(name).copied();
        match (rank(user), rank(used)) {
            (None, _) => Some(format!("{user} does not stand in ARCHITECTURE.md's order")),
            (_, None) => Some(format!("{used} does not stand in ARCHITECTURE.md's order")),
            (Some(user_rank), Some(used_rank)) => (used_rank >= user_rank)
                .then(|| format!("{user} uses {used}, which does not stand to its left")),
        }
    }
}

/// A crate that names another crate of the house in its manifest.
struct Arrow {
    user: String,
    used: String,
    for_tests: bool,
}

fn wrong_arrows(order: &Order, arrows: &[Arrow]) -> Vec<Fault> {
    // The testkit may know whatever it needs; only tests may know the testkit.
    let ruled = arrows.iter().filter(|arrow| arrow.user != "testkit");
    let faults = ruled.filter_map(|arrow| {
        let what = match (&*arrow.used, arrow.for_tests) {
            ("testkit", true) => None,
            ("testkit", false) => Some(format!("{} uses testkit outside its tests", arrow.user)),
            _ => order.against(&arrow.user, &arrow.used),
        };
        Some(Fault::one(&format!("crates/{}/Cargo.toml", arrow.user), 1, what?))
    });
    faults.collect()
}

/// The arrows as the manifests have them, optional ones and those for some platform included.
fn arrows() -> Vec<Arrow> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo can read the manifests");
    let houses: Vec<String> =
        metadata.packages.iter().map(|package| package.name.to_string()).collect();
    let mut arrows = Vec::new();
    for package in metadata.packages.iter().filter(|package| *package.name != *"lumbung") {
        for used in package.dependencies.iter().filter(|used| houses.contains(&used.name)) {
            arrows.push(Arrow {
                user: package.name.to_string(),
                used: used.name.clone(),
                for_tests: used.kind == DependencyKind::Development,
            });
        }
    }
    arrows
}

fn printed() -> Order {
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it can be read");
    Order::read(&document).expect("ARCHITECTURE.md prints the order")
}

#[test]
fn arrows_point_left() {
    let arrows = arrows();
    assert!(!arrows.is_empty(), "the rooms use each other");
    hold("arrow", Measure::Sum, wrong_arrows(&printed(), &arrows));
}

#[test]
fn every_crate_has_its_place() {
    let order = printed();
    let folders = fs::read_dir(root().join("crates")).expect("the crates can be listed");
    for folder in folders.flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        assert!(name == "testkit" || order.0.contains_key(&name), "{name} has no place");
    }
}

#[test]
fn an_arrow_against_the_order_is_seen() {
    let order = Order::read("```text\nvalues ← store ← web, documents\n  ← cash\n```").unwrap();
    let wrong = |user: &str, used: &str, for_tests| {
        let arrow = Arrow { user: user.to_owned(), used: used.to_owned(), for_tests };
        !wrong_arrows(&order, &[arrow]).is_empty()
    };
    assert!(!wrong("cash", "values", false) && !wrong("cash", "documents", false));
    assert!(wrong("values", "cash", false) && wrong("store", "cash", true));
    assert!(wrong("web", "documents", false) && wrong("cash", "cash", false));
    assert!(wrong("cash", "shop", false) && wrong("shop", "cash", false));
    assert!(!wrong("cash", "testkit", true) && wrong("cash", "testkit", false));
    assert!(!wrong("testkit", "cash", false));
}
