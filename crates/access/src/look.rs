//! Looks at personal data: each is noted, and the one who was looked at can see who looked.

use store::{Failure, Store, Tx};
use values::{Instant, MemberId, PersonId, RequestId};

use crate::SignedIn;

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who looked.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// At what: `nik`, `telepon`, `kartu`.
    pub what: String,
    /// When.
    pub at: Instant,
}

/// Notes a look at a member's data.
///
/// # Errors
/// A fault.
pub async fn note(
    store: &Store,
    who: &SignedIn,
    subject: MemberId,
    what: &'static str,
    at: Instant,
) -> Result<(), Failure> {
    let (person, look) = (who.person(), RequestId::new_v7());
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        tx.run(
            "insert into looks (coop_id, look_id, person_id, subject, what, at)
             values ($1, $2, $3, $4, $5, $6) on conflict (coop_id, look_id) do nothing",
            1,
            &[&look, &person, &subject, &what, &at],
        )
        .await?;
        Ok(())
    };
    store.write(who.coop(), write).await
}

/// Looks at one member's data, newest first.
///
/// # Errors
/// A fault.
pub async fn at_member(tx: &mut Tx, subject: MemberId) -> Result<Vec<Look>, Failure> {
    let rows: Vec<(PersonId, String, String, Instant)> = tx
        .all(
            "select l.person_id, p.name, l.what, l.at from looks l
               join persons p on p.person_id = l.person_id
              where l.coop_id = $1 and l.subject = $2 order by l.at desc limit 200",
            &[&subject],
        )
        .await?;
    let looks = rows.into_iter().map(|(person, name, what, at)| Look { person, name, what, at });
    Ok(looks.collect())
}
