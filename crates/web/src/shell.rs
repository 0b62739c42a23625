//! What every handler is given: the store, the time, the settings of this installation.

use std::sync::Arc;

use store::Store;
use values::Instant;

/// Where time comes from. In life it is the machine's clock; in tests it is a value.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn of_machine() -> Clock {
        Clock::new(|| {
            let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            let micros = since.map_or(0, |since| since.as_micros());
            Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
        })
    }

    /// Any other.
    #[must_use]
    pub fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Instant {
        (self.0)()
    }
}

/// Settings of an installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Every page and paper is stamped as an example.
    pub example: bool,
    /// Served over TLS: cookies are marked so.
    pub secure: bool,
    /// Key for what must not be readable in the database or its backups; kept outside both.
    pub secret: [u8; 32],
}

/// What every handler is given. Cheap to clone.
#[derive(Clone)]
pub struct Shell {
    /// The open database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub settings: Arc<Settings>,
}
