//! Persetujuan: one person asks, another one decides, the event takes the answer once.
//!
//! An approval is bound to the kind of the event and to the hash of what was asked for, so a yes to
//! Rp 5 million is no yes to 6. Maker and approver are two persons, whatever seats they hold. A yes
//! on paper is allowed: the photo of the signed voucher is kept, the signer is named, and the
//! pengawas sees the list ([`on_paper`]). Who may decide what is a matter of permissions; a dated
//! delegation is one of seats.

pub mod ask;
pub mod decide;
mod take;

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{DocumentId, Instant, PersonId, Rupiah};

pub use take::{Taken, take};

/// The kind of the task that waits for an approver.
pub const TASK: &str = "coops.approval";

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Approve,
    /// No.
    Refuse,
    /// Yes, on paper.
    Paper,
}

impl Verdict {
    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Approve => "approve",
            Verdict::Refuse => "refuse",
            Verdict::Paper => "paper",
        }
    }

    fn from_code(code: &str) -> Option<Verdict> {
        use Verdict::{Approve, Paper, Refuse};
        [Approve, Refuse, Paper].into_iter().find(|verdict| verdict.code() == code)
    }
}

/// A request for a second person's yes, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Its id.
    pub approval_id: DocumentId,
    /// The event that is to happen, `room.event`.
    pub event_kind: String,
    /// What is asked for, as JSON: the input of the event.
    pub payload: String,
    /// SHA-256 of it.
    pub payload_hash: [u8; 32],
    /// Who asks.
    pub maker: PersonId,
    /// The money that it is about.
    pub amount: Option<Rupiah>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub asked_at: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// The answer.
    pub decision: Option<Decided>,
    /// When the event took it.
    pub taken_at: Option<Instant>,
}

/// An answer, by whom and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Yes or no.
    pub verdict: Verdict,
    /// Who decided; on paper, who signed.
    pub by: PersonId,
    /// When it was recorded.
    pub at: Instant,
    /// A few words; a no has them always.
    pub reason: Option<String>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// Hash of the photo of the signed voucher.
    pub paper: Option<[u8; 32]>,
}

impl FromRow for Approval {
    fn from_row(row: Vec<Cell>) -> Result<Approval, Fault> {
        let mut cells = Cells::new(row);
        Ok(Approval {
            approval_id: cells.take()?,
            event_kind: cells.take()?,
            payload: cells.take()?,
            payload_hash: cells.take()?,
            maker: cells.take()?,
            amount: cells.take()?,
            reason: cells.take()?,
            asked_at: cells.take()?,
            expires_at: cells.take()?,
            taken_at: cells.take()?,
            decision: decided(&mut cells)?,
        })
    }
}

fn decided(cells: &mut Cells) -> Result<Option<Decided>, Fault> {
    let verdict: Option<String> = cells.take()?;
    let (by, at): (Option<PersonId>, Option<Instant>) = (cells.take()?, cells.take()?);
    let (reason, recorded_by): (_, Option<PersonId>) = (cells.take()?, cells.take()?);
    let paper = cells.take()?;
    let Some(code) = verdict else { return Ok(None) };
    let verdict = Verdict::from_code(&code);
    let verdict = verdict.ok_or(Fault::Shape { want: "a verdict", found: code })?;
    let (Some(by), Some(at), Some(recorded_by)) = (by, at, recorded_by) else {
        return Err(Fault::Shape { want: "who decided and when", found: "nothing".to_owned() });
    };
    Ok(Some(Decided { verdict, by, at, reason, recorded_by, paper }))
}

/// An approval by its id.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, approval: DocumentId) -> Result<Option<Approval>, Failure> {
    Ok(later(tx, approval).await?.maybe().await?)
}

async fn later(tx: &mut Tx, approval: DocumentId) -> Result<Later<Approval>, Fault> {
    let sql = "select approval_id, event_kind, payload, payload_hash, maker_id, amount, reason,
                      asked_at, expires_at, taken_at, decision, decided_by, decided_at,
                      decision_reason, recorded_by, paper_hash
                 from approvals where coop_id = $1 and approval_id = $2";
    tx.later(sql, &[&approval]).await
}

/// Approvals that were given on paper, the newest first: for the pengawas.
///
/// # Errors
/// A fault.
pub async fn on_paper(tx: &mut Tx) -> Result<Vec<Approval>, Failure> {
    let sql = "select approval_id, event_kind, payload, payload_hash, maker_id, amount, reason,
                      asked_at, expires_at, taken_at, decision, decided_by, decided_at,
                      decision_reason, recorded_by, paper_hash
                 from approvals where coop_id = $1 and decision = 'paper'
                order by decided_at desc";
    Ok(tx.all(sql, &[]).await?)
}

/// The requests of one person, the newest first: what became of them.
///
/// # Errors
/// A fault.
pub async fn asked_by(tx: &mut Tx, maker: PersonId) -> Result<Vec<Approval>, Failure> {
    let sql = "select approval_id, event_kind, payload, payload_hash, maker_id, amount, reason,
                      asked_at, expires_at, taken_at, decision, decided_by, decided_at,
                      decision_reason, recorded_by, paper_hash
                 from approvals where coop_id = $1 and maker_id = $2
                order by asked_at desc";
    Ok(tx.all(sql, &[&maker]).await?)
}
