//! Buku daftar anggota: finding members, page by page, and counting them.

use serde::{Deserialize, Serialize};
use store::{Cell, Cells, Failure, Fault, FromRow, Tx};
use values::MemberId;

use crate::search::patterns;
use crate::{Sex, State, member_number};

/// Members on one page.
pub const PAGE: i64 = 50;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Search {
    /// Number, name, nickname, `RT 3`, `003/009` or phone; empty for all.
    pub text: String,
    /// Only those who stand so.
    pub state: Option<State>,
    /// Which page; the first is 0.
    pub page: u32,
}

/// One page of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterPage {
    /// The members, by number; candidates follow.
    pub rows: Vec<RegisterRow>,
    /// Whether another page follows.
    pub more: bool,
}

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The person.
    pub member_id: MemberId,
    /// Candidate, member or former.
    pub state: State,
    /// The number, or the last one.
    pub number: Option<i64>,
    /// Given name.
    pub name: String,
    /// Surname.
    pub surname: Option<String>,
    /// What the neighbours say.
    pub nickname: Option<String>,
    /// Phone, `+62…`.
    pub phone: Option<String>,
    /// Rukun tetangga.
    pub rt: Option<i64>,
    /// Rukun warga.
    pub rw: Option<i64>,
    /// L or P.
    pub sex: Sex,
}

impl RegisterRow {
    /// Given name and surname.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.surname {
            Some(surname) => format!("{} {surname}", self.name),
            None => self.name.clone(),
        }
    }

    /// The number as it stands on a card, or nothing.
    #[must_use]
    pub fn shown_number(&self) -> String {
        self.number.map(member_number).unwrap_or_default()
    }

    /// `RT 3/RW 9`, as far as it is known.
    #[must_use]
    pub fn place(&self) -> String {
        let part = |mark: &str, number: i64| format!("{mark} {number}");
        let parts = [self.rt.map(|rt| part("RT", rt)), self.rw.map(|rw| part("RW", rw))];
        parts.into_iter().flatten().collect::<Vec<_>>().join("/")
    }

    /// Where this person is looked at: the card of a number, or the way of a candidate.
    #[must_use]
    pub fn address(&self) -> String {
        match self.number {
            Some(number) if self.state != State::Candidate => {
                format!("/anggota/{}", member_number(number))
            }
            _ => format!("/anggota/calon/{}", self.member_id),
        }
    }
}

impl FromRow for RegisterRow {
    fn from_row(row: Vec<Cell>) -> Result<RegisterRow, Fault> {
        let mut cells = Cells::new(row);
        Ok(RegisterRow {
            member_id: cells.take()?,
            state: cells.take()?,
            number: cells.take()?,
            name: cells.take()?,
            surname: cells.take()?,
            nickname: cells.take()?,
            phone: cells.take()?,
            rt: cells.take()?,
            rw: cells.take()?,
            sex: cells.take()?,
        })
    }
}

/// Looks through the register.
///
/// # Errors
/// A fault.
pub async fn search(tx: &mut Tx, search: &Search) -> Result<RegisterPage, Failure> {
    let [first, second, third, fourth] = patterns(&search.text);
    let state = search.state.map_or("%", State::word);
    let skip = i64::from(search.page) * PAGE;
    let mut rows: Vec<RegisterRow> = tx
        .all(
            "select member_id, state, number, name, surname, nickname, phone, rt, rw, sex
               from members
              where coop_id = $1 and search like $2 and search like $3 and search like $4
                    and search like $5 and state like $6
              order by coalesce(number, 1000000000), name, member_id limit $7 offset $8",
            &[&first, &second, &third, &fourth, &state, &(PAGE + 1), &skip],
        )
        .await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    Ok(RegisterPage { rows, more })
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Headcount {
    /// Members.
    pub members: BySex,
    /// Those who have asked and are not admitted.
    pub candidates: BySex,
    /// Those who have left.
    pub former: BySex,
}

impl Headcount {
    /// Whether nobody was ever written down.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [self.members, self.candidates, self.former].into_iter().all(|one| one.total() == 0)
    }
}

/// Women and men.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BySex {
    /// Laki-laki.
    pub male: i64,
    /// Perempuan.
    pub female: i64,
}

impl BySex {
    /// All of them.
    #[must_use]
    pub fn total(self) -> i64 {
        self.male + self.female
    }
}

/// Counts the register.
///
/// # Errors
/// A fault.
pub async fn headcount(tx: &mut Tx) -> Result<Headcount, Failure> {
    let rows: Vec<(State, Sex, i64)> = tx
        .all("select state, sex, count(*) from members where coop_id = $1 group by state, sex", &[])
        .await?;
    let mut counted = Headcount::default();
    for (state, sex, count) in rows {
        let of_state = match state {
            State::Member => &mut counted.members,
            State::Candidate => &mut counted.candidates,
            State::Former => &mut counted.former,
        };
        match sex {
            Sex::Male => of_state.male = count,
            Sex::Female => of_state.female = count,
        }
    }
    Ok(counted)
}
