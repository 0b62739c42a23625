//! Buku keputusan: the register of decisions that any event may cite.
//!
//! A room that needs a decision asks for it by its id and says which bodies may take it
//! ([`authorised`]); what it stores is the id. The words of a decision are fixed by their hash.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Later, Tx};
use values::{Day, DocumentId, Instant, PersonId};

use crate::CoopsRefusal;

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Rapat anggota.
    Rat,
    /// Rapat pengurus.
    Pengurus,
    /// Pengawas.
    Pengawas,
    /// The city's cooperative office.
    Dinas,
}

impl Body {
    /// All of them.
    pub const ALL: [Body; 4] = [Body::Rat, Body::Pengurus, Body::Pengawas, Body::Dinas];

    /// How it is stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Body::Rat => "rat",
            Body::Pengurus => "pengurus",
            Body::Pengawas => "pengawas",
            Body::Dinas => "dinas",
        }
    }

    /// Its name on paper.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Body::Rat => "rapat anggota",
            Body::Pengurus => "pengurus",
            Body::Pengawas => "pengawas",
            Body::Dinas => "dinas",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Body> {
        Body::ALL.into_iter().find(|body| body.code() == code)
    }
}

/// A decision as it stands in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub decision_id: DocumentId,
    /// Its number on paper.
    pub number: String,
    /// The day it was taken.
    pub day: Day,
    /// Who took it.
    pub body: Body,
    /// What it is about.
    pub subject: String,
    /// Its words; empty where only the paper was kept.
    pub text: String,
    /// SHA-256 of the words.
    pub text_hash: [u8; 32],
    /// Hash of the photo or file of its paper.
    pub evidence: Option<[u8; 32]>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub recorded_by: PersonId,
}

impl Decision {
    /// How it is cited: `Keputusan rapat anggota 03/RAT/2026, 14 Mar 2026`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("Keputusan {} {}, {}", self.body.name(), self.number, self.day)
    }
}

impl FromRow for Decision {
    fn from_row(row: Vec<Cell>) -> Result<Decision, Fault> {
        let mut cells = Cells::new(row);
        let (decision_id, number, day) = (cells.take()?, cells.take()?, cells.take()?);
        let code: String = cells.take()?;
        let body = Body::from_code(&code);
        let body = body.ok_or(Fault::Shape { want: "a body that decides", found: code })?;
        Ok(Decision {
            decision_id,
            number,
            day,
            body,
            subject: cells.take()?,
            text: cells.take()?,
            text_hash: cells.take()?,
            evidence: cells.take()?,
            recorded_at: cells.take()?,
            recorded_by: cells.take()?,
        })
    }
}

/// A decision by its id.
///
/// # Errors
/// A fault.
pub async fn find(tx: &mut Tx, decision: DocumentId) -> Result<Option<Decision>, Failure> {
    Ok(ask(tx, decision).await?.maybe().await?)
}

/// Asks for a decision by its id, beside other questions.
///
/// # Errors
/// A fault.
pub async fn ask(tx: &mut Tx, decision: DocumentId) -> Result<Later<Decision>, Fault> {
    let sql = "select decision_id, number, day, body, subject, text, text_hash, evidence_hash,
                      recorded_at, recorded_by
                 from decisions where coop_id = $1 and decision_id = $2";
    tx.later(sql, &[&decision]).await
}

/// The decision that an event cites, taken by one of the bodies that may take it.
///
/// # Errors
/// [`CoopsRefusal::UnknownDecision`], [`CoopsRefusal::OtherBody`].
pub fn authorised(decision: Option<Decision>, bodies: &[Body]) -> Result<Decision, CoopsRefusal> {
    let decision = decision.ok_or(CoopsRefusal::UnknownDecision)?;
    if bodies.contains(&decision.body) {
        return Ok(decision);
    }
    let wanted: Vec<&str> = bodies.iter().map(|body| body.name()).collect();
    Err(CoopsRefusal::OtherBody { label: decision.label(), wanted: wanted.join(" atau ") })
}

/// The whole register, the newest first.
///
/// # Errors
/// A fault.
pub async fn list(tx: &mut Tx) -> Result<Vec<Decision>, Failure> {
    let sql = "select decision_id, number, day, body, subject, text, text_hash, evidence_hash,
                      recorded_at, recorded_by
                 from decisions where coop_id = $1 order by day desc, recorded_at desc";
    Ok(tx.all(sql, &[]).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_takes_only_a_decision_of_those_who_may_take_it() {
        let decision = Decision {
            decision_id: DocumentId::from_bytes([1; 16]),
            number: "03/RAT/2026".to_owned(),
            day: Day::parse_iso("2026-03-14").unwrap(),
            body: Body::Pengurus,
            subject: "Simpanan wajib".to_owned(),
            text: String::new(),
            text_hash: [0; 32],
            evidence: None,
            recorded_at: Instant::default(),
            recorded_by: PersonId::from_bytes([2; 16]),
        };
        assert_eq!(authorised(None, &Body::ALL), Err(CoopsRefusal::UnknownDecision));
        assert!(authorised(Some(decision.clone()), &[Body::Rat, Body::Pengurus]).is_ok());
        let refused = authorised(Some(decision), &[Body::Rat, Body::Dinas]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Keputusan pengurus 03/RAT/2026, 14 Mar 2026 tidak cukup; \
             yang berwenang: rapat anggota atau dinas."
        );
    }
}
