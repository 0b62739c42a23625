//! Everything in its place: SQL with the struct that it fills, HTTP in the handlers, the engines in
//! the store.

use syn::visit::{self, Visit};

use super::ratchet::{Fault, Measure, hold};
use super::tree::{File, files};

/// Crates without tables of their own.
const WITHOUT_SQL: [&str; 3] = ["values", "web", "documents"];

/// Crates that are about HTTP through and through.
const ABOUT_HTTP: [&str; 3] = ["web", "access", "testkit"];

const ENGINES: [&str; 2] = ["rusqlite", "tokio_postgres"];

/// Files that translate between HTTP and a room.
fn is_handler(inside: &str) -> bool {
    ["pages", "api"].iter().any(|door| {
        let rest = |part: &str| {
            part.strip_prefix(door).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        rest(inside) || inside.split_once('/').is_some_and(|(_, below)| rest(below))
    })
}

fn stray_sql(files: &[File]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let is_main = file.path.starts_with("src/");
        let is_wrong =
            |(name, inside): (&str, &str)| WITHOUT_SQL.contains(&name) || is_handler(inside);
        if is_main || file.in_crate_source().is_some_and(is_wrong) {
            Statements { path: &file.path, faults: &mut faults }.visit_file(&file.parsed());
        }
    }
    faults
}

struct Statements<'a> {
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl<'ast> Visit<'ast> for Statements<'_> {
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let text = literal.value().trim().to_lowercase();
        if is_statement(&text) {
            let words: Vec<&str> = text.split_whitespace().take(4).collect();
            let line = literal.span().start().line;
            self.faults.push(Fault::one(self.path, line, format!("SQL: {}…", words.join(" "))));
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // What a macro holds is tokens; SQL in a `format!` is found there.
        for token in call.tokens.clone() {
            if let Ok(literal) = syn::parse2::<syn::LitStr>(token.into()) {
                self.visit_lit_str(&literal);
            }
        }
        visit::visit_macro(self, call);
    }
}

fn is_statement(text: &str) -> bool {
    let has = |word: &str| text.split_whitespace().any(|one| one == word);
    match text.split_whitespace().next() {
        Some("select" | "delete") => has("from"),
        Some("insert") => has("into"),
        Some("update") => has("set"),
        Some("with") => has("as") && has("select"),
        _ => false,
    }
}

fn stray_http(files: &[File]) -> Vec<Fault> {
    let stray = |file: &&File| {
        file.in_crate_source().is_some_and(|(name, inside)| {
            !ABOUT_HTTP.contains(&name) && inside != "lib.rs" && !is_handler(inside)
        })
    };
    let rust = files.iter().filter(|file| file.is_rust()).filter(stray);
    rust.flat_map(|file| named(file, &["axum"])).collect()
}

fn stray_engines(files: &[File]) -> Vec<Fault> {
    // The testkit breaks books on purpose, past the store.
    let stray = |file: &&File| match file.in_crate_source() {
        Some((name, _)) => name != "store" && name != "testkit",
        None => file.path.starts_with("src/"),
    };
    let rust = files.iter().filter(|file| file.is_rust()).filter(stray);
    rust.flat_map(|file| named(file, &ENGINES)).collect()
}

/// Where a crate is named in code; what comments say about it is no matter.
fn named(file: &File, crates: &[&str]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
        if let Some(word) = words.find(|word| crates.contains(word)) {
            faults.push(Fault::one(&file.path, index + 1, format!("names {word}")));
        }
    }
    faults
}

#[test]
fn sql_stands_with_the_rooms() {
    hold("sql", Measure::Sum, stray_sql(files()));
}

#[test]
fn events_know_no_http() {
    hold("http", Measure::Sum, stray_http(files()));
}

#[test]
fn only_the_store_names_an_engine() {
    hold("engine", Measure::Sum, stray_engines(files()));
}

#[test]
fn sql_in_a_handler_is_seen() {
    let found = |path: &str, text: &str| stray_sql(&[File::sample(path, text)]).len();
    let ask = r#"fn a() { ask("select name from members where coop_id = $1"); }"#;
    let built = r#"fn a() { format!("update members set name = {}", 1); }"#;
    assert_eq!(found("crates/members/src/pages.rs", ask), 1);
    assert_eq!(found("crates/members/src/pages/card.rs", ask), 1);
    assert_eq!(found("crates/office/src/payroll/api.rs", built), 1);
    assert_eq!(found("crates/web/src/form.rs", ask), 1);
    assert_eq!(found("src/commands/check.rs", ask), 1);
    assert_eq!(found("crates/members/src/card.rs", ask), 0);
    let prose = r#"fn a() { say("Select one"); say("with love"); say("update"); }"#;
    assert_eq!(found("crates/members/src/pages.rs", prose), 0);
}

#[test]
fn http_in_an_event_is_seen() {
    let text = "use axum::Json;\n// axum is fine here";
    let found = |path: &str| stray_http(&[File::sample(path, text)]).len();
    assert_eq!(found("crates/cash/src/pay.rs"), 1);
    assert_eq!(found("crates/cash/src/pages_of_paper.rs"), 1);
    let doors = ["lib.rs", "pages.rs", "api.rs", "pages/pay.rs", "api/pay.rs", "till/api.rs"];
    for door in doors {
        assert_eq!(found(&format!("crates/cash/src/{door}")), 0, "{door}");
    }
    assert_eq!(found("crates/web/src/page.rs"), 0);
}

#[test]
fn an_engine_outside_the_store_is_seen() {
    let found = |path: &str| {
        stray_engines(&[File::sample(path, "let c = rusqlite::Connection::open(p);")]).len()
    };
    assert_eq!(found("crates/ledger/src/post.rs"), 1);
    assert_eq!(found("src/main.rs"), 1);
    assert_eq!(found("crates/store/src/sqlite.rs"), 0);
    assert_eq!(found("crates/ledger/tests/tamper.rs"), 0);
}
