//! Minta persetujuan: an event needs a second person, and its form is kept until that one answers.
//!
//! Whoever may do the event may ask. The whole input of the event is kept, so that the approver
//! sees what he says yes to; a task with a link waits for the holders of a role. Posts nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId, Instant, Rupiah};

use super::TASK;
use crate::CoopsRefusal;
use crate::refusal::required;
use crate::tasks::{self, Task};

/// The event's name in the commands table.
pub const KIND: &str = "coops.ask_approval";

/// Letters of a reason that are kept.
const REASON_MAX: usize = 300;

/// What the maker sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Born in the form; the task has the same id.
    pub approval_id: DocumentId,
    /// The event that is to happen.
    pub event_kind: String,
    /// Its input as JSON, in the order of the struct's fields.
    pub payload: String,
    /// The money that it is about.
    pub amount: Option<Rupiah>,
    /// Why.
    pub reason: String,
    /// The role whose holders may decide.
    pub for_role: String,
    /// Until when.
    pub expires_at: Instant,
}

impl Ask {
    /// For an event's input. The input must be what the event will hash when it takes the approval:
    /// a field that will carry the approval's id is left empty in both.
    ///
    /// # Panics
    /// Never for the plain structs that rooms send: they hold only text, numbers and lists.
    pub fn new(approval_id: DocumentId, event_kind: &str, input: &impl Serialize) -> Ask {
        let payload = serde_json::to_string(input).expect("a plain struct turns into JSON");
        Ask {
            approval_id,
            event_kind: event_kind.to_owned(),
            payload,
            amount: None,
            reason: String::new(),
            for_role: String::new(),
            expires_at: Instant::default(),
        }
    }

    /// About so much money.
    #[must_use]
    pub fn about(mut self, amount: Rupiah) -> Ask {
        self.amount = Some(amount);
        self
    }

    /// With its reason, for the holders of a role, until an instant.
    #[must_use]
    pub fn because(mut self, reason: &str, for_role: &str, expires_at: Instant) -> Ask {
        self.reason = reason.to_owned();
        self.for_role = for_role.to_owned();
        self.expires_at = expires_at;
        self
    }
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Its id.
    pub approval_id: DocumentId,
    /// The path of its screen, to be shared.
    pub link: String,
}

fn decide(input: &Ask, now: Instant) -> Result<String, CoopsRefusal> {
    let reason = required(&input.reason, "reason", REASON_MAX)?;
    if input.for_role.trim().is_empty() {
        return Err(CoopsRefusal::NobodyAddressed);
    }
    if input.expires_at <= now {
        return Err(CoopsRefusal::ExpiresInPast { expires_at: input.expires_at });
    }
    Ok(reason)
}

/// Keeps the request and opens its task.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Ask) -> Result<Asked, Failure> {
    let reason = decide(input, ctx.at)?;
    let payload_hash: [u8; 32] = Sha256::digest(input.payload.as_bytes()).into();
    tx.run(
        "insert into approvals (coop_id, approval_id, event_kind, payload, payload_hash, maker_id,
                                amount, reason, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        1,
        &[
            &input.approval_id,
            &input.event_kind,
            &input.payload,
            &payload_hash,
            &ctx.person,
            &input.amount,
            &reason,
            &ctx.at,
            &input.expires_at,
        ],
    )
    .await?;
    let link = format!("/persetujuan/{}", input.approval_id);
    let task = Task {
        task_id: input.approval_id,
        kind: TASK.to_owned(),
        for_role: Some(input.for_role.clone()),
        for_person: None,
        subject: reason,
        amount: input.amount,
        link: link.clone(),
        due_day: Some(Day::of_instant(input.expires_at)),
    };
    tasks::open(tx, ctx, &task).await?;
    Ok(Asked { approval_id: input.approval_id, link })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    #[test]
    fn every_refusal_in_its_order() {
        let ask = Ask::new(DocumentId::from_bytes([1; 16]), "savings.withdraw", &5);
        let now = Instant::from_micros(10);
        let long = "x".repeat(301);
        let cases = [
            (ask.clone().because(" ", "", now), "coops.missing"),
            (ask.clone().because(&long, "", now), "coops.too_long"),
            (ask.clone().because("Biaya sekolah", " ", now), "coops.nobody_addressed"),
            (ask.clone().because("Biaya sekolah", "ketua", now), "coops.expires_in_past"),
        ];
        for (input, code) in cases {
            assert_eq!(decide(&input, now).map_err(|refusal| refusal.code()), Err(code));
        }
        let good = ask.because(" Biaya sekolah ", "ketua", now.plus_seconds(1));
        assert_eq!(decide(&good, now).as_deref(), Ok("Biaya sekolah"));
    }

    #[test]
    fn the_payload_hashes_as_the_events_input_does() {
        let input = ("32.73", 5_000_000, ["a"]);
        let ask = Ask::new(DocumentId::from_bytes([1; 16]), "savings.withdraw", &input);
        let hash: [u8; 32] = Sha256::digest(ask.payload.as_bytes()).into();
        assert_eq!(hash, store::content_hash(&input));
    }
}
