//! The engine fails, the line is lost, the disk is full: what callers are told stands, nothing is
//! half-written, and the lanes go on without a hand.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod recovery {
    mod disk;
    mod line;
    mod load;
    mod proxy;
    mod world;
}
