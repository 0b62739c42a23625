//! Mendaftar: a neighbour asks to become a member.
//!
//! The clerk writes down who it is. Phone, surname and NIK may be missing; a NIK that is there is
//! sealed before ([`crate::nik::seal`]) and stands once in a cooperative. The person is calon
//! anggota from now on, without a vote; nothing is posted.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::{Ctx, Day, MemberId};

use crate::MembersRefusal;
use crate::member::{self, State};
use crate::particulars::{self, Joined, Kept, Particulars};

/// The event's name in the commands table.
pub const KIND: &str = "members.apply";

/// What the clerk fills in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apply {
    /// Id of the person, made when the form opens.
    pub member_id: MemberId,
    /// The day of asking.
    pub day: Day,
    /// Who it is.
    pub particulars: Particulars,
}

/// What the clerk is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The person.
    pub member_id: MemberId,
    /// Whether the NIK is still to be brought: "belum lengkap".
    pub nik_missing: bool,
}

/// What must be read.
struct Facts {
    today: Day,
    known: bool,
    nik_of: Option<MemberId>,
}

fn decide(input: &Apply, facts: &Facts) -> Result<Kept, MembersRefusal> {
    if facts.known {
        return Err(MembersRefusal::AppliedBefore);
    }
    if input.day > facts.today {
        return Err(MembersRefusal::FutureDay { day: input.day });
    }
    particulars::judge(&input.particulars, input.member_id, facts.nik_of)
}

/// Records an application.
///
/// # Errors
/// [`MembersRefusal`].
pub async fn record(tx: &mut Tx, ctx: &Ctx, input: &Apply) -> Result<Applied, Failure> {
    let known = member::ask(tx, input.member_id).await?;
    let nik_of = match particulars::ask_nik(tx, &input.particulars).await? {
        Some(later) => later.maybe().await?.map(|(member,)| member),
        None => None,
    };
    let facts = Facts { today: ctx.day(), known: known.maybe().await?.is_some(), nik_of };
    let kept = decide(input, &facts)?;
    let joined = Joined { state: State::Candidate, number: None, day: input.day, by: ctx.person };
    particulars::add(tx, input.member_id, &kept, &joined).await?;
    Ok(Applied { member_id: input.member_id, nik_missing: kept.nik.is_none() })
}

#[cfg(test)]
mod tests {
    use store::Refusal;

    use super::*;
    use crate::particulars::tests::bu_eni;

    #[test]
    fn every_refusal_in_its_order() {
        let today = Day::parse_iso("2025-10-14").unwrap();
        let input = |day: Day, name: &str| Apply {
            member_id: MemberId::from_bytes([1; 16]),
            day,
            particulars: Particulars { name: name.to_owned(), ..bu_eni() },
        };
        let facts = |known| Facts { today, known, nik_of: None };
        let cases = [
            (input(today.next(), ""), facts(true), "members.applied_before"),
            (input(today.next(), ""), facts(false), "members.future_day"),
            (input(today, ""), facts(false), "members.name_missing"),
        ];
        for (input, facts, code) in cases {
            let refused = decide(&input, &facts).map_err(|refusal| refusal.code());
            assert_eq!(refused.map(drop), Err(code));
        }
        assert!(decide(&input(today, "Eni"), &facts(false)).is_ok());
    }
}
