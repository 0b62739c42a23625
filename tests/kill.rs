//! `kill -9` at random moments under load: what callers were told stands, nothing is there twice.
//!
//! A child process posts grants from sixteen callers and says each answer on its output, only after
//! it got it. The parent kills it at a random moment, opens the database again and compares. The
//! server of PostgreSQL is killed in the same way, under callers that live on.
//!
//! `LUMBUNG_KILL_ROUNDS` says how often, 20 by default.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod kill {
    mod books;
    mod child;
    mod rounds;
    mod server;
}
