//! One person as the events of this room know it.

use serde::{Deserialize, Serialize};
use store::{Bind, Cell, Cells, Column, Fault, FromRow, Kind, Later, Tx};
use values::{Instant, MemberId, PersonId, Rupiah};

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Calon anggota: has asked, has no vote.
    Candidate,
    /// Anggota.
    Member,
    /// Has left.
    Former,
}

impl State {
    /// The word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Candidate => "candidate",
            State::Member => "member",
            State::Former => "former",
        }
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Candidate => "Calon anggota",
            State::Member => "Anggota",
            State::Former => "Sudah keluar",
        }
    }

    /// May vote in the members' meeting.
    #[must_use]
    pub fn has_vote(self) -> bool {
        self == State::Member
    }
}

impl Bind for State {
    fn cell(&self) -> Cell {
        Cell::Text(self.word().to_owned())
    }
    const KIND: Kind = Kind::Text;
}

impl Column for State {
    fn read(cell: Cell) -> Result<State, Fault> {
        let word = String::read(cell)?;
        let all = [State::Candidate, State::Member, State::Former];
        let found = all.into_iter().find(|state| state.word() == word);
        found.ok_or(Fault::Shape { want: "a member's state", found: word })
    }
}

/// What an event must know of a person before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) state: State,
    pub(crate) number: Option<i64>,
    pub(crate) applied_by: PersonId,
    pub(crate) approved_at: Option<Instant>,
    pub(crate) pokok_held: Rupiah,
}

impl FromRow for Standing {
    fn from_row(row: Vec<Cell>) -> Result<Standing, Fault> {
        let mut cells = Cells::new(row);
        Ok(Standing {
            state: cells.take()?,
            number: cells.take()?,
            applied_by: cells.take()?,
            approved_at: cells.take()?,
            pokok_held: cells.take()?,
        })
    }
}

pub(crate) async fn ask(tx: &mut Tx, member: MemberId) -> Result<Later<Standing>, Fault> {
    tx.later(
        "select state, number, applied_by, approved_at, pokok_held from members
          where coop_id = $1 and member_id = $2",
        &[&member],
    )
    .await
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const CLERK: PersonId = PersonId::from_bytes(*b"siti-bendahara--");
    pub(crate) const CHAIR: PersonId = PersonId::from_bytes(*b"asep-ketua------");

    /// A candidate whom the clerk has written down and nobody has approved.
    pub(crate) fn candidate(pokok_held: i64) -> Standing {
        Standing {
            state: State::Candidate,
            number: None,
            applied_by: CLERK,
            approved_at: None,
            pokok_held: Rupiah::new(pokok_held),
        }
    }

    /// The same, approved.
    pub(crate) fn approved(pokok_held: i64) -> Standing {
        Standing { approved_at: Some(Instant::from_micros(1)), ..candidate(pokok_held) }
    }

    /// Member number 42.
    pub(crate) fn member() -> Standing {
        Standing { state: State::Member, number: Some(42), ..approved(0) }
    }

    #[test]
    fn only_members_vote() {
        let voting = [State::Candidate, State::Member, State::Former].map(State::has_vote);
        assert_eq!(voting, [false, true, false]);
    }
}
