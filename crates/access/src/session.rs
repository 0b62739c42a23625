//! Sessions: opened by a sign-in, known by a cookie, listed and ended by their person.

use store::{Failure, Store, Tx};
use values::{CoopId, Day, Instant, PersonId};
use web::Language;

use crate::Role;
use crate::role::{allows, is_of_office};
use crate::token::{hash_of, secret_token};

/// A session that nobody used for so long ends.
const IDLE_SECONDS: i64 = 12 * 3_600;
/// A session ends after so long, used or not.
const LIFE_SECONDS: i64 = 7 * 24 * 3_600;
/// How stale `seen_at` may grow before it is written again.
const SEEN_SECONDS: i64 = 300;

/// How the register calls the city office.
pub(crate) const OFFICE: &str = "dinas";

/// A session as it stands, with who and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub hash: [u8; 32],
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// In which language they read.
    pub language: Language,
    /// For which cooperative or office.
    pub coop: CoopId,
    /// Its name.
    pub coop_name: String,
    /// Its short code on receipts.
    pub short_code: String,
    /// Whether this is the city office.
    pub office: bool,
    /// Whether it is there for practice; its pages are stamped.
    pub example: bool,
    /// Roles held there today.
    pub roles: Vec<Role>,
    /// Whether the second factor was shown.
    pub proved_twice: bool,
    /// When it was last used.
    pub seen_at: Instant,
}

impl Session {
    /// Whether the roles hold a permission here.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        allows(&self.roles, permission) && (self.office || !is_of_office(permission))
    }

    /// Whether the roles demand a second factor that was not shown yet.
    #[must_use]
    pub fn lacks_second_factor(&self) -> bool {
        !self.proved_twice && self.roles.iter().any(|role| role.needs_second_factor())
    }
}

/// Opens a session; the token goes into the cookie and is not kept.
///
/// # Errors
/// A fault.
pub async fn open(
    store: &Store,
    person: PersonId,
    coop: CoopId,
    device: String,
    now: Instant,
) -> Result<String, Failure> {
    let token = secret_token();
    let hash = hash_of(&token);
    let device: String = device.chars().take(120).collect();
    let expires_at = now.plus_seconds(LIFE_SECONDS);
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        tx.run(
            "insert into sessions (session_hash, person_id, coop_id, opened_at, seen_at,
                    expires_at, device)
             values ($2, $3, $1, $4, $4, $5, $6) on conflict (session_hash) do nothing",
            1,
            &[&hash, &person, &now, &expires_at, &device],
        )
        .await?;
        Ok(())
    };
    store.write(coop, write).await?;
    Ok(token)
}

/// The session behind a cookie, if it still holds.
///
/// # Errors
/// A fault.
pub async fn find(store: &Store, token: &str, now: Instant) -> Result<Option<Session>, Failure> {
    if token.len() != 64 {
        return Ok(None);
    }
    let hash = hash_of(token);
    let ask = async move |tx: &mut Tx| look_up(tx, hash, now).await;
    let found = store.read(CoopId::new(0), ask).await?;
    if let Some(session) = &found
        && now > session.seen_at.plus_seconds(SEEN_SECONDS)
    {
        seen(store, session, now).await?;
    }
    Ok(found)
}

async fn look_up(tx: &mut Tx, hash: [u8; 32], now: Instant) -> Result<Option<Session>, Failure> {
    type Row = (
        PersonId,
        String,
        String,
        CoopId,
        String,
        String,
        String,
        bool,
        Option<i64>,
        Instant,
        Option<String>,
    );
    let today = Day::of_instant(now);
    let idle_since = now.plus_seconds(-IDLE_SECONDS);
    let rows: Vec<Row> = tx
        .all(
            "select s.person_id, p.name, p.language, s.coop_id, c.name, c.short_code, c.kind, c.example,
                    s.second_factor_at, s.seen_at, t.role
               from sessions s
               join persons p on p.person_id = s.person_id
               join cooperatives c on c.coop_id = s.coop_id
               left join seats t on t.person_id = s.person_id and t.coop_id = s.coop_id
                and t.from_day <= $3 and (t.through_day is null or t.through_day >= $3)
              where s.session_hash = $2 and s.ended_at is null
                and s.expires_at > $4 and s.seen_at > $5",
            &[&hash, &today, &now, &idle_since],
        )
        .await?;
    let mut session: Option<Session> = None;
    for row in rows {
        let (person, name, language, coop, coop_name, short_code, kind, example, ..) = row;
        let (.., proved, seen_at, role) = row;
        let session = session.get_or_insert_with(|| Session {
            hash,
            person,
            name,
            language: Language::from_code(&language),
            coop,
            coop_name,
            short_code,
            office: kind == OFFICE,
            example,
            roles: Vec::new(),
            proved_twice: proved.is_some(),
            seen_at,
        });
        session.roles.extend(role.as_deref().and_then(Role::from_code));
    }
    Ok(session)
}

async fn seen(store: &Store, session: &Session, now: Instant) -> Result<(), Failure> {
    let hash = session.hash;
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        let sql = "update sessions set seen_at = $3 where session_hash = $2";
        tx.run_any(sql, &[&hash, &now]).await?;
        Ok(())
    };
    store.write(session.coop, write).await
}

/// Notes that the second factor was shown.
///
/// # Errors
/// A fault.
pub async fn prove_twice(store: &Store, session: &Session, now: Instant) -> Result<(), Failure> {
    let hash = session.hash;
    let write = async move |tx: &mut Tx| -> Result<(), Failure> {
        let sql = "update sessions set second_factor_at = $3 where session_hash = $2";
        tx.run_any(sql, &[&hash, &now]).await?;
        Ok(())
    };
    store.write(session.coop, write).await
}

/// One of a person's sessions, for the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Hash of its token, hexadecimal.
    pub id: String,
    /// Browser and machine, as they name themselves.
    pub device: String,
    /// When it began.
    pub opened_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
}

/// A person's sessions that have not ended.
///
/// # Errors
/// A fault.
pub async fn of_person(
    store: &Store,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Listed>, Failure> {
    let ask = async move |tx: &mut Tx| -> Result<Vec<Listed>, Failure> {
        let rows: Vec<([u8; 32], String, Instant, Instant)> = tx
            .all(
                "select session_hash, device, opened_at, seen_at from sessions
                  where person_id = $2 and ended_at is null and expires_at > $3
                  order by seen_at desc",
                &[&person, &now],
            )
            .await?;
        let listed = rows.into_iter().map(|(hash, device, opened_at, seen_at)| Listed {
            id: hex::encode(hash),
            device,
            opened_at,
            seen_at,
        });
        Ok(listed.collect())
    };
    store.read(CoopId::new(0), ask).await
}

/// Ends one session of a person, here or elsewhere.
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
        let sql = "update sessions set ended_at = $4
                    where person_id = $2 and session_hash = $3 and ended_at is null";
        tx.run_any(sql, &[&person, &hash, &now]).await?;
        Ok(())
    };
    store.write(CoopId::new(0), write).await
}
