//! Cards to print: who they are for.

use serde::{Deserialize, Serialize};
use store::{Failure, Tx};
use values::Day;

use crate::member_number;

/// Cards on one page of the screen: five sheets of eight.
pub const CARDS_MAX: i64 = 40;

/// Cards on a sheet of A4.
pub const CARDS_ON_A4: usize = 8;

/// What stands on a card. No NIK, no phone, no address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCard {
    /// The number.
    pub number: i64,
    /// Given name and surname.
    pub name: String,
    /// First day.
    pub since: Day,
}

impl MemberCard {
    /// The number as it stands on the card.
    #[must_use]
    pub fn shown_number(&self) -> String {
        member_number(self.number)
    }
}

/// Cards of today's members whose numbers lie between two, by number; one more than [`CARDS_MAX`]
/// where others follow.
///
/// # Errors
/// A fault.
pub async fn cards(tx: &mut Tx, first: i64, last: i64) -> Result<Vec<MemberCard>, Failure> {
    let rows: Vec<(i64, String, Option<String>, Day)> = tx
        .all(
            "select m.number, m.name, m.surname, s.admitted_day from members m
               join memberships s on s.coop_id = m.coop_id and s.number = m.number
              where m.coop_id = $1 and m.state = 'member' and m.number >= $2 and m.number <= $3
              order by m.number limit $4",
            &[&first, &last, &(CARDS_MAX + 1)],
        )
        .await?;
    let cards = rows.into_iter().map(|(number, name, surname, since)| {
        let name = surname.map_or(name.clone(), |surname| format!("{name} {surname}"));
        MemberCard { number, name, since }
    });
    Ok(cards.collect())
}
