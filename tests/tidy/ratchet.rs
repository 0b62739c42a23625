//! Faults and the exceptions that are made for them: the list may only become shorter.

use std::collections::BTreeMap;

const EXCEPTIONS: &str = include_str!("exceptions.txt");

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) path: String,
    pub(super) line: usize,
    /// For a size what was measured, for anything else one.
    pub(super) measure: usize,
    pub(super) what: String,
}

impl Fault {
    /// A breach that is counted.
    pub(super) fn one(path: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, measure: 1, what: what.into() }
    }

    /// A size over its limit.
    pub(super) fn size(path: &str, line: usize, measure: usize, what: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, measure, what: what.into() }
    }
}

/// How the faults of one file are held against an exception's limit.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    /// Together: so many casts.
    Sum,
    /// The worst alone: the longest function.
    Worst,
}

#[derive(Debug, PartialEq, Eq)]
struct Exception {
    /// A file, or with a slash at its end all files below a folder that have none of their own.
    path: String,
    rule: String,
    limit: usize,
    reason: String,
}

/// Fails with everything that the rule finds and no exception covers.
pub(super) fn hold(rule: &str, measure: Measure, faults: Vec<Fault>) {
    let complaints = complaints(rule, measure, faults, &read(EXCEPTIONS));
    assert!(complaints.is_empty(), "rule `{rule}`:\n  {}", complaints.join("\n  "));
}

fn complaints(
    rule: &str,
    measure: Measure,
    faults: Vec<Fault>,
    exceptions: &[Exception],
) -> Vec<String> {
    let mut by_path: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    for fault in faults {
        by_path.entry(fault.path.clone()).or_default().push(fault);
    }
    let mut complaints = Vec::new();
    let mut ours: Vec<_> = exceptions.iter().filter(|exception| exception.rule == rule).collect();
    ours.sort_by_key(|exception| exception.path.ends_with('/'));
    for Exception { path, limit, .. } in ours {
        let covers =
            |other: &String| other == path || path.ends_with('/') && other.starts_with(path);
        let found: Vec<_> =
            by_path.extract_if(.., |other, _| covers(other)).flat_map(|(_, f)| f).collect();
        let measures = found.iter().map(|fault| fault.measure);
        let measured = match measure {
            Measure::Sum => measures.sum(),
            Measure::Worst => measures.max().unwrap_or(0),
        };
        if measured == 0 {
            complaints.push(format!("{path}: its exception is no longer needed; take it out"));
        } else if measured > *limit {
            complaints.push(format!("{path}: its exception allows {limit}, found {measured}"));
            complaints.extend(found.iter().map(told));
        }
    }
    complaints.extend(by_path.into_values().flatten().map(|fault| told(&fault)));
    complaints
}

fn told(fault: &Fault) -> String {
    format!("{}:{}: {}", fault.path, fault.line, fault.what)
}

/// Lines of `path | rule | limit | reason`; what is not one fails loudly.
fn read(text: &str) -> Vec<Exception> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| read_line(line).unwrap_or_else(|| panic!("no exception: {line}"))).collect()
}

fn read_line(line: &str) -> Option<Exception> {
    let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
    let [path, rule, limit, reason] = cells[..] else { return None };
    let limit = limit.parse().ok()?;
    (!reason.is_empty()).then(|| Exception {
        path: path.to_owned(),
        rule: rule.to_owned(),
        limit,
        reason: reason.to_owned(),
    })
}

#[test]
fn every_exception_names_a_rule_that_exists() {
    let sizes = ["file", "function", "line", "door", "template"];
    let others = ["word", "name", "number", "sql", "http", "engine", "machine", "path", "arrow"];
    for Exception { path, rule, .. } in read(EXCEPTIONS) {
        let rules = sizes.iter().chain(&others).chain(&["english"]);
        assert!(rules.clone().any(|known| *known == rule), "{path}: no rule `{rule}`");
    }
}

#[test]
fn an_exception_covers_up_to_its_limit_and_must_be_needed() {
    let exceptions = read("a.rs | function | 90 | a table, best read whole\n");
    let found = |size| vec![Fault::size("a.rs", 7, size, "long")];
    let complain = |faults| complaints("function", Measure::Worst, faults, &exceptions);
    assert!(complain(found(90)).is_empty());
    assert_eq!(complain(found(91)).len(), 2);
    assert!(complain(vec![])[0].contains("no longer needed"));
    assert_eq!(complain(vec![Fault::size("b.rs", 1, 80, "long")]).len(), 2);
}

#[test]
fn a_folder_covers_what_has_no_exception_of_its_own() {
    let exceptions = read("a/ | line | 104 | prose\na/b.rs | line | 140 | a sentence\n");
    let found = |path, size| Fault::size(path, 1, size, "long");
    let complain = |faults| complaints("line", Measure::Worst, faults, &exceptions);
    assert!(complain(vec![found("a/b.rs", 140), found("a/c.rs", 104)]).is_empty());
    assert!(!complain(vec![found("a/b.rs", 140), found("a/c.rs", 105)]).is_empty());
    assert!(!complain(vec![found("a/b.rs", 140)]).is_empty());
}

#[test]
fn counted_faults_are_held_against_the_limit_together() {
    let exceptions = read("a.rs | number | 2 | a chart\n");
    let found = |count| vec![Fault::one("a.rs", 1, "float"); count];
    assert!(complaints("number", Measure::Sum, found(2), &exceptions).is_empty());
    assert!(!complaints("number", Measure::Sum, found(3), &exceptions).is_empty());
}

#[test]
fn an_exception_without_a_reason_is_none() {
    assert_eq!(read_line("a.rs | file | 600 | "), None);
    assert_eq!(read_line("a.rs | file | many | because"), None);
    assert_eq!(read_line("a.rs | file | 600"), None);
}
