//! Wrong tries: counted for a name or a person, and after some of them the door stays shut a while.

use store::{Failure, Store, Tx};
use values::{CoopId, Instant};

use crate::AccessRefusal;

/// Wrong tries before the door is shut.
const FAILURES_MAX: i64 = 5;
/// Seconds of the first lock; each further failure doubles it, up to a day.
const LOCK_SECONDS: i64 = 60;

/// Refuses where the door is shut.
///
/// # Errors
/// [`AccessRefusal::Locked`], or a fault.
pub(crate) async fn refuse_locked(
    store: &Store,
    key: [u8; 32],
    now: Instant,
) -> Result<(), Failure> {
    let ask = async move |tx: &mut Tx| -> Result<Option<(i64,)>, Failure> {
        let sql = "select locked_until from sign_in_failures where name_hash = $2";
        Ok(tx.maybe(sql, &[&key]).await?)
    };
    match store.read(CoopId::new(0), ask).await? {
        Some((until,)) if until > now.micros() => {
            let until = Instant::from_micros(until).clock();
            Err(AccessRefusal::Locked { until }.into())
        }
        _ => Ok(()),
    }
}

/// Counts one more failure; counting in the statement, so that tries at once are all counted.
///
/// # Errors
/// A fault.
pub(crate) async fn note_failure(
    store: &Store,
    key: [u8; 32],
    now: Instant,
) -> Result<(), Failure> {
    let note = async move |tx: &mut Tx| -> Result<(), Failure> {
        let (failures,): (i64,) = tx
            .one(
                "insert into sign_in_failures (name_hash, failures, locked_until)
                 values ($2, 1, 0)
                 on conflict (name_hash) do update
                    set failures = sign_in_failures.failures + 1
                 returning failures",
                &[&key],
            )
            .await?;
        tx.run(
            "update sign_in_failures set locked_until = $3 where name_hash = $2",
            1,
            &[&key, &lock_after(failures, now)],
        )
        .await?;
        Ok(())
    };
    store.write(CoopId::new(0), note).await
}

/// After a right try nothing is held against the name.
///
/// # Errors
/// A fault.
pub(crate) async fn forget(store: &Store, key: [u8; 32]) -> Result<(), Failure> {
    let forget = async move |tx: &mut Tx| -> Result<(), Failure> {
        tx.run_any("delete from sign_in_failures where name_hash = $2", &[&key]).await?;
        Ok(())
    };
    store.write(CoopId::new(0), forget).await
}

fn lock_after(failures: i64, now: Instant) -> i64 {
    if failures < FAILURES_MAX {
        return 0;
    }
    let doublings = u32::try_from((failures - FAILURES_MAX).min(11)).unwrap_or(11);
    let seconds = LOCK_SECONDS.saturating_mul(2_i64.saturating_pow(doublings)).min(86_400);
    now.plus_seconds(seconds).micros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_with_every_failure_up_to_a_day() {
        let now = Instant::from_micros(0);
        let seconds = |failures| lock_after(failures, now) / 1_000_000;
        assert_eq!([4, 5, 6, 7].map(seconds), [0, 60, 120, 240]);
        assert_eq!(seconds(50), 86_400);
    }
}
