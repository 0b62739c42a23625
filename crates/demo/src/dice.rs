//! Chance that comes out the same each time: a small generator, seeded by words.
//!
//! It is written here, so that a later version of a library does not tell another city. Nothing that
//! must stay secret may come from it.

use sha2::{Digest, Sha256};
use values::Instant;

/// Letters of readable codes, as `access` prints them.
const READABLE: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// A row of numbers that follows from its seed (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The row of a seed and a purpose.
    pub(crate) fn of(seed: u64, purpose: &str) -> Dice {
        let mut hash = Sha256::new();
        hash.update(seed.to_be_bytes());
        hash.update(purpose.as_bytes());
        let digest = hash.finalize();
        Dice(digest.iter().take(8).fold(0, |state, byte| (state << 8) | u64::from(*byte)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both possible.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.next() % span)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of some.
    pub(crate) fn pick<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.place(some.len())]
    }

    /// A place among so many; there must be one.
    pub(crate) fn place(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(self.next() % count).unwrap_or(0)
    }

    /// A place by weights.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = i64> + Clone) -> usize {
        let mut left = self.between(1, weights.clone().sum::<i64>().max(1));
        for (place, weight) in weights.enumerate() {
            left -= weight;
            if left <= 0 {
                return place;
            }
        }
        0
    }

    /// Another order.
    pub(crate) fn shuffle<T>(&mut self, some: &mut [T]) {
        for last in (1..some.len()).rev() {
            let other = self.place(last + 1);
            some.swap(last, other);
        }
    }

    /// Sixteen bytes.
    pub(crate) fn bytes(&mut self) -> [u8; 16] {
        let numbers = (u128::from(self.next()) << 64) | u128::from(self.next());
        numbers.to_be_bytes()
    }

    /// Bytes of an id that was born at an instant, so that it sorts by birth as those of life do.
    pub(crate) fn id(&mut self, born: Instant) -> [u8; 16] {
        let mut bytes = self.bytes();
        let millis = u64::try_from(born.micros() / 1_000).unwrap_or(0);
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6] = 0x70 | (bytes[6] & 0x0F);
        bytes[8] = 0x80 | (bytes[8] & 0x3F);
        bytes
    }

    /// A code for a printed card: `K7QW-9MHT-XR4D`.
    pub(crate) fn readable_code(&mut self) -> String {
        let mut group = || -> String { (0..4).map(|_| char::from(*self.pick(READABLE))).collect() };
        [group(), group(), group()].join("-")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use values::DocumentId;

    use super::*;

    #[test]
    fn the_same_words_give_the_same_row_and_others_another() {
        let row = |seed, purpose| {
            let mut dice = Dice::of(seed, purpose);
            [(); 4].map(|()| dice.between(-1_000_000, 1_000_000))
        };
        assert_eq!(row(1, "kota"), row(1, "kota"));
        assert_ne!(row(1, "kota"), row(2, "kota"));
        assert_ne!(row(1, "kota"), row(1, "desa"));
    }

    #[test]
    fn numbers_stay_within_and_reach_both_ends() {
        let mut dice = Dice::of(7, "dadu");
        let thrown: BTreeSet<i64> = (0..500).map(|_| dice.between(1, 6)).collect();
        assert_eq!(thrown, (1..=6).collect());
        let places: BTreeSet<usize> =
            (0..500).map(|_| dice.weighted([1, 0, 3].into_iter())).collect();
        assert_eq!(places, [0, 2].into());
    }

    #[test]
    fn ids_sort_by_birth_and_codes_read_well() {
        let mut dice = Dice::of(7, "id");
        let early = DocumentId::from_bytes(dice.id(Instant::from_micros(1_760_000_000_000_000)));
        let late = DocumentId::from_bytes(dice.id(Instant::from_micros(1_760_000_001_000_000)));
        assert!(early < late && early.to_text().as_bytes()[14] == b'7');
        assert_eq!(dice.readable_code().len(), 14);
    }
}
