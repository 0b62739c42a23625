//! The recount: everything that can be derived is derived again from the entries, and what differs is
//! named.
//!
//! Chain, numbers and balance are checked entry by entry ([`journal`]); movements, sub-ledgers,
//! series and seals against their sums ([`totals`]). The first difference comes first. A recount is
//! one question, so it sees one moment of the books.

mod journal;
mod totals;

use std::collections::BTreeMap;

use serde::Serialize;
use store::{Failure, Tx};

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name: `chain.hash`, `movements.differ` …
    pub code: &'static str,
    /// The cooperative's number.
    pub coop: i64,
    /// The entry, where one is concerned.
    pub entry: Option<i64>,
    /// What stands there and what should.
    pub detail: String,
}

/// What a recount found in one cooperative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recount {
    /// Number of the last entry that was read.
    pub entries: i64,
    /// What differs, first difference first.
    pub findings: Vec<Finding>,
}

/// Debit and kredit by three words: period, account, unit; or account, kind, subject.
type Sums = BTreeMap<(String, String, String), (i64, i64)>;

/// What the walk through the journal gathers.
#[derive(Default)]
struct Walk {
    coop: i64,
    /// Hash of the entry before; none where that one cannot be read.
    previous: Option<[u8; 32]>,
    entry_no: i64,
    posted_at: i64,
    movements: Sums,
    names: Sums,
    series: BTreeMap<String, i64>,
    /// Number and hash of each entry, in order, for the seals.
    hashes: Vec<(i64, [u8; 32])>,
    findings: Vec<Finding>,
}

impl Walk {
    fn find(&mut self, code: &'static str, entry: Option<i64>, detail: impl Into<String>) {
        let detail = detail.into();
        self.findings.push(Finding { code, coop: self.coop, entry, detail });
    }
}

/// Recounts one cooperative's journal.
///
/// # Errors
/// A fault; differences are findings, not errors.
pub async fn check(tx: &mut Tx) -> Result<Recount, Failure> {
    let mut walk = Walk { coop: tx.coop().get(), previous: Some([0; 32]), ..Walk::default() };
    journal::walk(tx, &mut walk).await?;
    totals::head(tx, &mut walk).await?;
    totals::movements(tx, &mut walk).await?;
    totals::names(tx, &mut walk).await?;
    totals::controls(&mut walk);
    totals::series(tx, &mut walk).await?;
    totals::seals(tx, &mut walk).await?;
    Ok(Recount { entries: walk.entry_no, findings: walk.findings })
}
