//! Passwords: argon2id, and a name that is locked after too many wrong tries.
//!
//! An unknown name costs the same time and gets the same answer as a wrong password.

use std::sync::OnceLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use store::{Failure, Fault, Store, Tx};
use tokio::sync::Semaphore;
use values::{CoopId, Instant, PersonId};

use crate::{AccessRefusal, attempts};

/// Shortest password.
const SHORTEST: usize = 10;
/// Longest password that is hashed.
const LONGEST: usize = 200;

/// Turns a password into its hash, on a thread that may be busy.
///
/// # Errors
/// [`AccessRefusal::WeakPassword`], or a fault.
pub async fn hash(password: String) -> Result<String, Failure> {
    let letters = password.chars().count();
    let repeated = password.chars().all(|letter| password.starts_with(letter));
    let known =
        ["1234567890", "0123456789", "password123", "koperasi123", "merahputih", "bandung123"];
    let easy = repeated || known.iter().any(|easy| password.to_lowercase().starts_with(easy));
    if !(SHORTEST..=LONGEST).contains(&letters) || easy {
        return Err(AccessRefusal::WeakPassword.into());
    }
    busy(move || {
        let hashed = Argon2::default().hash_password(password.as_bytes());
        hashed.map(|hash| hash.to_string()).map_err(|error| Fault::Engine(error.to_string()))
    })
    .await?
    .map_err(Failure::from)
}

/// Hashing takes memory and time, so only a few run at once; the others wait their turn.
async fn busy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    static PLACES: Semaphore = Semaphore::const_new(4);
    let _place = PLACES.acquire().await.map_err(|_| Fault::Closed)?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Fault::Panicked(error.to_string()))
}

/// A hash that no password has, for names that do not exist.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let random: [u8; 32] = rand::random();
        let hashed = Argon2::default().hash_password(&random);
        hashed.map(|hash| hash.to_string()).unwrap_or_default()
    })
}

/// The person whose name and password these are.
///
/// # Errors
/// [`AccessRefusal::Locked`], [`AccessRefusal::WrongSignIn`], or a fault.
pub async fn verify(
    store: &Store,
    name: &str,
    password: String,
    now: Instant,
) -> Result<PersonId, Failure> {
    let name = name.trim().to_lowercase();
    let name_hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    attempts::refuse_locked(store, name_hash, now).await?;
    let (person, hash) = known(store, name).await?.unzip();
    let hash = hash.flatten().unwrap_or_else(|| nobodys_hash().to_owned());
    let password: String = password.chars().take(LONGEST).collect();
    let right = busy(move || {
        let parsed = PasswordHash::new(&hash);
        parsed.is_ok_and(|parsed| {
            Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
        })
    })
    .await?;
    match person {
        Some(person) if right => {
            attempts::forget(store, name_hash).await?;
            Ok(person)
        }
        _ => {
            attempts::note_failure(store, name_hash, now).await?;
            Err(AccessRefusal::WrongSignIn.into())
        }
    }
}

/// The person with this sign-in name, and their password's hash if they set one.
async fn known(store: &Store, name: String) -> Result<Option<(PersonId, Option<String>)>, Failure> {
    let ask = async move |tx: &mut Tx| -> Result<Option<(PersonId, Option<String>)>, Failure> {
        let found = tx
            .maybe(
                "select p.person_id, w.hash from persons p
                   left join passwords w on w.person_id = p.person_id
                  where p.sign_in_name = $2",
                &[&name],
            )
            .await?;
        Ok(found)
    };
    store.read(CoopId::new(0), ask).await
}

/// Sets a person's password, within a command.
///
/// # Errors
/// A fault.
pub async fn set(tx: &mut Tx, person: PersonId, hash: &str, at: Instant) -> Result<(), Fault> {
    tx.run(
        "insert into passwords (person_id, hash, changed_at) values ($2, $3, $4)
         on conflict (person_id) do update
            set hash = excluded.hash, changed_at = excluded.changed_at",
        1,
        &[&person, &hash, &at],
    )
    .await
}
