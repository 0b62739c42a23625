//! Catat keputusan: what a meeting or an office decided comes into the register.
//!
//! The ketua or sekretaris types number, day, body, subject and words, or photographs the paper. A
//! decision that was recorded is never changed; a wrong one is followed by another. Posts nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Failure, Tx};
use values::{Ctx, Day, DocumentId};

use crate::CoopsRefusal;
use crate::decisions::Body;
use crate::evidence::evidence;
use crate::refusal::{optional, required};

/// The event's name in the commands table.
pub const KIND: &str = "coops.record_decision";

/// Letters of a number, a subject and the words that are kept.
const NUMBER_MAX: usize = 60;
const SUBJECT_MAX: usize = 200;
const TEXT_MAX: usize = 20_000;

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDecision {
    /// Born in the form.
    pub decision_id: DocumentId,
    /// Its number on paper.
    pub number: String,
    /// The day it was taken.
    pub day: Day,
    /// Who took it.
    pub body: Body,
    /// What it is about.
    pub subject: String,
    /// Its words; may be empty where the paper is kept.
    pub text: String,
    /// Hash of the photo or file of its paper.
    pub evidence: Option<String>,
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecorded {
    /// Its id.
    pub decision_id: DocumentId,
    /// Its number.
    pub number: String,
    /// SHA-256 of its words, hexadecimal.
    pub text_hash: String,
}

struct Facts {
    today: Day,
    number_taken: bool,
}

struct Plan {
    number: String,
    subject: String,
    text: String,
    text_hash: [u8; 32],
    evidence: Option<[u8; 32]>,
}

fn decide(input: &RecordDecision, facts: &Facts) -> Result<Plan, CoopsRefusal> {
    let number = required(&input.number, "number", NUMBER_MAX)?;
    let subject = required(&input.subject, "subject", SUBJECT_MAX)?;
    let text = optional(Some(&input.text), "text", TEXT_MAX)?.unwrap_or_default();
    if input.day > facts.today {
        return Err(CoopsRefusal::FutureDay { day: input.day, today: facts.today });
    }
    let evidence = evidence(input.evidence.as_deref())?;
    if text.is_empty() && evidence.is_none() {
        return Err(CoopsRefusal::NoWordsOfDecision);
    }
    if facts.number_taken {
        return Err(CoopsRefusal::DecisionNumberTaken { number });
    }
    let text_hash = Sha256::digest(text.as_bytes()).into();
    Ok(Plan { number, subject, text, text_hash, evidence })
}

/// Records a decision.
///
/// # Errors
/// [`CoopsRefusal`], or a fault.
pub async fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    input: &RecordDecision,
) -> Result<DecisionRecorded, Failure> {
    let taken: Option<(String,)> = tx
        .maybe(
            "select number from decisions where coop_id = $1 and body = $2 and number = $3",
            &[&input.body.code(), &input.number.trim()],
        )
        .await?;
    let facts = Facts { today: ctx.day(), number_taken: taken.is_some() };
    let plan = decide(input, &facts)?;
    tx.run(
        "insert into decisions (coop_id, decision_id, number, day, body, subject, text, text_hash,
                                evidence_hash, recorded_at, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        1,
        &[
            &input.decision_id,
            &plan.number,
            &input.day,
            &input.body.code(),
            &plan.subject,
            &plan.text,
            &plan.text_hash,
            &plan.evidence,
            &ctx.at,
            &ctx.person,
        ],
    )
    .await?;
    let text_hash = hex::encode(plan.text_hash);
    Ok(DecisionRecorded { decision_id: input.decision_id, number: plan.number, text_hash })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;

    fn form(number: &str, subject: &str, text: &str, day: &str) -> RecordDecision {
        RecordDecision {
            decision_id: DocumentId::from_bytes([1; 16]),
            number: number.to_owned(),
            day: Day::parse_iso(day).unwrap(),
            body: Body::Rat,
            subject: subject.to_owned(),
            text: text.to_owned(),
            evidence: None,
        }
    }

    #[test]
    fn every_refusal_in_its_order() {
        let blurred = RecordDecision {
            evidence: Some("bukti".to_owned()),
            ..form("3", "Wajib", "", "2025-10-14")
        };
        let long = "x".repeat(20_001);
        let cases = [
            (form(" ", "", "", "2025-10-15"), true, "coops.missing"),
            (form("3", " ", "", "2025-10-15"), true, "coops.missing"),
            (form("3", "Wajib", &long, "2025-10-15"), true, "coops.too_long"),
            (form("3", "Wajib", "", "2025-10-15"), true, "coops.future_day"),
            (blurred, true, "coops.not_evidence"),
            (form("3", "Wajib", " ", "2025-10-14"), true, "coops.no_words_of_decision"),
            (form("3", "Wajib", "Naik", "2025-10-14"), true, "coops.decision_number_taken"),
        ];
        for (input, number_taken, code) in cases {
            let facts = Facts { today: Day::parse_iso("2025-10-14").unwrap(), number_taken };
            let refused = decide(&input, &facts).err();
            assert_eq!(refused.map(|refusal| refusal.code()), Some(code), "{input:?}");
        }
    }
}
