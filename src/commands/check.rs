//! `check`: recounts everything from the journal.

use clap::Args;
use ledger::Finding;
use serde::Serialize;
use store::{Failure, Store, Tx};
use values::{CoopId, KelurahanCode};

use crate::commands::Outcome;
use lumbung::app;

/// What to recount and how to tell it.
#[derive(Args)]
pub(crate) struct Check {
    /// Only the cooperative of this kelurahan: 32.73.09.1002
    #[arg(long)]
    coop: Option<String>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Told {
    ok: bool,
    coops: usize,
    entries: i64,
    findings: Vec<Finding>,
}

impl Check {
    /// Everything, in words.
    pub(crate) fn all() -> Check {
        Check { coop: None, json: false }
    }

    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let (_, store) = app::open(db).await?;
        let coops = coops(&store, self.coop.as_deref()).await?;
        let mut told = Told { ok: true, coops: coops.len(), entries: 0, findings: Vec::new() };
        for coop in coops {
            let recount = store.read(coop, async |tx: &mut Tx| ledger::check(tx).await).await?;
            told.entries += recount.entries;
            told.findings.extend(recount.findings);
        }
        told.ok = told.findings.is_empty();
        told.print(self.json)?;
        Ok(if told.ok { Outcome::Done } else { Outcome::FoundWrong })
    }
}

impl Told {
    fn print(&self, json: bool) -> anyhow::Result<()> {
        if json {
            println!("{}", serde_json::to_string(self)?);
            return Ok(());
        }
        for finding in &self.findings {
            let entry = finding.entry.map(|entry| format!(" entry {entry}")).unwrap_or_default();
            println!("{} cooperative {}{entry}: {}", finding.code, finding.coop, finding.detail);
        }
        let verdict = if self.ok { "all right" } else { "NOT right" };
        eprintln!("{} cooperatives, {} entries: {verdict}", self.coops, self.entries);
        Ok(())
    }
}

/// The cooperatives to look at: all, or the one of a kelurahan.
pub(crate) async fn coops(store: &Store, code: Option<&str>) -> anyhow::Result<Vec<CoopId>> {
    let code = code.map(KelurahanCode::parse).transpose()?;
    let ask = async move |tx: &mut Tx| -> Result<Vec<CoopId>, Failure> {
        let rows: Vec<(CoopId, Option<String>)> = tx
            .all("select coop_id, kelurahan_code from cooperatives order by coop_id", &[])
            .await?;
        let wanted = rows.into_iter().filter(|(_, kelurahan)| {
            code.as_ref().is_none_or(|code| kelurahan.as_deref() == Some(code.as_str()))
        });
        Ok(wanted.map(|(coop, _)| coop).collect())
    };
    let coops = store.read(CoopId::new(0), ask).await?;
    anyhow::ensure!(!coops.is_empty(), "no such cooperative");
    Ok(coops)
}

/// The one cooperative of a kelurahan: the real one before those for practice.
pub(crate) async fn one_coop(store: &Store, code: &str) -> anyhow::Result<CoopId> {
    let code = KelurahanCode::parse(code)?;
    let ask = async move |tx: &mut Tx| coops::registry::of_kelurahan(tx, &code).await;
    let found = store.read(CoopId::new(0), ask).await?;
    let one = found.first().ok_or_else(|| anyhow::anyhow!("no such cooperative"))?;
    Ok(one.coop)
}
