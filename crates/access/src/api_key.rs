//! Keys for programs: a person's, for one cooperative, shown once and ended at will.

use store::{Failure, Store, Tx};
use values::{CoopId, Day, Instant, PersonId};
use web::Language;

use crate::Role;
use crate::session::{OFFICE, Session};
use crate::token::{hash_of, secret_token};

/// Makes a key; its text is shown once and not kept.
///
/// # Errors
/// A fault.
pub async fn make(
    store: &Store,
    person: PersonId,
    coop: CoopId,
    name: String,
    now: Instant,
) -> Result<String, Failure> {
    let key = secret_token();
    let hash = hash_of(&key);
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        tx.run(
            "insert into api_keys (key_hash, person_id, coop_id, name, created_at)
             values ($2, $3, $1, $4, $5) on conflict (key_hash) do nothing",
            1,
            &[&hash, &person, &name, &now],
        )
        .await?;
        Ok(())
    };
    store.write(coop, write).await?;
    Ok(key)
}

/// Who a key speaks for, if it was not ended; with the roles that its person holds today.
///
/// # Errors
/// A fault.
pub async fn find(store: &Store, key: &str, now: Instant) -> Result<Option<Session>, Failure> {
    if key.len() != 64 {
        return Ok(None);
    }
    let hash = hash_of(key);
    let ask = async move |tx: &mut Tx| look_up(tx, hash, now).await;
    store.read(CoopId::new(0), ask).await
}

async fn look_up(tx: &mut Tx, hash: [u8; 32], now: Instant) -> Result<Option<Session>, Failure> {
    type Row = (PersonId, String, CoopId, String, String, String, bool, Option<String>);
    let rows: Vec<Row> = tx
        .all(
            "select k.person_id, p.name, k.coop_id, c.name, c.short_code, c.kind, c.example, t.role
               from api_keys k
               join persons p on p.person_id = k.person_id
               join cooperatives c on c.coop_id = k.coop_id
               left join seats t on t.person_id = k.person_id and t.coop_id = k.coop_id
                and t.from_day <= $3 and (t.through_day is null or t.through_day >= $3)
              where k.key_hash = $2 and k.ended_at is null",
            &[&hash, &Day::of_instant(now)],
        )
        .await?;
    let roles = rows.iter().filter_map(|row| row.7.as_deref().and_then(Role::from_code));
    let roles: Vec<Role> = roles.collect();
    let first = rows.into_iter().next();
    Ok(first.map(|(person, name, coop, coop_name, short_code, kind, example, _)| Session {
        hash,
        person,
        name,
        language: Language::Indonesian,
        coop,
        coop_name,
        short_code,
        office: kind == OFFICE,
        example,
        roles,
        // A key is made by somebody who proved it twice, and is itself a second thing to hold.
        proved_twice: true,
        seen_at: now,
    }))
}

/// Ends a key of a person.
///
/// # Errors
/// A fault.
pub async fn end(
    store: &Store,
    person: PersonId,
    hash: [u8; 32],
    now: Instant,
) -> Result<(), Failure> {
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        let sql = "update api_keys set ended_at = $4
                    where person_id = $2 and key_hash = $3 and ended_at is null";
        tx.run_any(sql, &[&person, &hash, &now]).await?;
        Ok(())
    };
    store.write(CoopId::new(0), write).await
}
