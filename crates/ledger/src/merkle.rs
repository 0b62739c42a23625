//! A Merkle tree over the hashes of a seal's entries, in the form of RFC 6962.
//!
//! With the root published, the holder of one receipt can show that its entry is in the sealed chain
//! by a handful of hashes, without seeing any other entry.

use sha2::{Digest, Sha256};

/// Which side of the joined pair a step of a proof stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// The neighbour stands left.
    Left,
    /// The neighbour stands right.
    Right,
}

/// Root of the tree over these leaves; the hash of nothing where there are none.
#[must_use]
pub fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => leaf(one),
        many => {
            let (left, right) = many.split_at(largest_power_below(many.len()));
            join(&root(left), &root(right))
        }
    }
}

/// The neighbours that lead from one leaf to the root, lowest first; none where there is no such leaf.
#[must_use]
pub fn proof(leaves: &[[u8; 32]], place: usize) -> Option<Vec<(Hand, [u8; 32])>> {
    if place >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let cut = largest_power_below(leaves.len());
    let (left, right) = leaves.split_at(cut);
    let (mut steps, neighbour) = if place < cut {
        (proof(left, place)?, (Hand::Right, root(right)))
    } else {
        (proof(right, place - cut)?, (Hand::Left, root(left)))
    };
    steps.push(neighbour);
    Some(steps)
}

/// The root to which a proof leads from one entry's hash.
#[must_use]
pub fn climb(entry_hash: &[u8; 32], steps: &[(Hand, [u8; 32])]) -> [u8; 32] {
    steps.iter().fold(leaf(entry_hash), |below, (hand, neighbour)| match hand {
        Hand::Left => join(neighbour, &below),
        Hand::Right => join(&below, neighbour),
    })
}

fn leaf(hash: &[u8; 32]) -> [u8; 32] {
    let mut bytes = Sha256::new();
    bytes.update([0]);
    bytes.update(hash);
    bytes.finalize().into()
}

fn join(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut bytes = Sha256::new();
    bytes.update([1]);
    bytes.update(left);
    bytes.update(right);
    bytes.finalize().into()
}

/// The largest power of two below a count of two or more.
fn largest_power_below(count: usize) -> usize {
    let half = count.next_power_of_two() >> 1;
    half.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_no_other() {
        for count in 1..=17_u8 {
            let leaves: Vec<[u8; 32]> = (0..count).map(|byte| [byte; 32]).collect();
            let top = root(&leaves);
            for (place, hash) in leaves.iter().enumerate() {
                let steps = proof(&leaves, place).unwrap();
                assert_eq!(climb(hash, &steps), top);
                assert_ne!(climb(&[99; 32], &steps), top);
            }
            assert_eq!(proof(&leaves, leaves.len()), None);
        }
    }

    #[test]
    fn the_empty_tree_is_the_hash_of_nothing_as_the_standard_says() {
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex::encode(root(&[])), hex);
    }
}
