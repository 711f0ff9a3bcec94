//! RFC 6962 trees over lines: the root as lines come, and the proof that one line is under a root.

use sha2::{Digest, Sha256};

/// A node or a root.
pub(super) type Hash = [u8; 32];

/// The right edge of a tree: what a root of everything so far needs, and no more.
#[derive(Debug, Clone, Default)]
pub(super) struct Frontier {
    peaks: Vec<(u32, Hash)>,
    size: u64,
}

impl Frontier {
    /// Adds one line, without its newline.
    pub(super) fn push(&mut self, line: &[u8]) {
        let (mut node, mut level) = (leaf(line), 0_u32);
        while let Some((_, left)) = self.peaks.pop_if(|(height, _)| *height == level) {
            node = inner(&left, &node);
            level = level.saturating_add(1);
        }
        self.peaks.push((level, node));
        self.size = self.size.saturating_add(1);
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().map(|(_, peak)| *peak);
        match peaks.next() {
            Some(last) => peaks.fold(last, |right, left| inner(&left, &right)),
            None => Sha256::digest([]).into(),
        }
    }
}

pub(super) fn leaf(line: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(line).finalize().into()
}

fn inner(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The siblings from a leaf up to the root of `leaves` (RFC 6962, 2.1.1).
pub(super) fn proof(leaves: &[Hash], index: usize) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, sibling) = match index.checked_sub(left.len()) {
        None => (proof(left, index), root_of(right)),
        Some(index) => (proof(right, index), root_of(left)),
    };
    path.push(sibling);
    path
}

/// The root that a leaf and its siblings lead to (RFC 9162, 2.1.3.2); `None` where they cannot belong together.
pub(super) fn climb(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut node) = (index, size.checked_sub(1)?, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if at % 2 == 1 || at == last {
            node = inner(sibling, &node);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            node = inner(&node, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    (last == 0).then_some(node)
}

fn root_of(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [only] => *only,
        several => {
            let (left, right) = several.split_at(split(several.len()));
            inner(&root_of(left), &root_of(right))
        }
    }
}

/// The largest power of two below a count of at least two.
fn split(count: usize) -> usize {
    let top = count.next_power_of_two();
    top >> 1
}

#[cfg(test)]
mod tests {
    use super::{Frontier, climb, leaf, proof, root_of};
    use sha2::{Digest, Sha256};

    /// The recursive definition of RFC 6962, 2.1, word for word, as the oracle.
    fn mth(lines: &[Vec<u8>]) -> [u8; 32] {
        match lines.len() {
            0 => Sha256::digest(b"").into(),
            1 => Sha256::digest([&[0][..], &lines[0]].concat()).into(),
            n => {
                let mut k = 1;
                while k * 2 < n {
                    k *= 2;
                }
                Sha256::digest([&[1][..], &mth(&lines[..k]), &mth(&lines[k..])].concat()).into()
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_definition_at_every_size_and_every_leaf_has_a_proof() {
        let lines: Vec<Vec<u8>> = (0_u8..130).map(|n| vec![n; usize::from(n)]).collect();
        let mut frontier = Frontier::default();
        assert_eq!(frontier.root(), mth(&[]));
        for size in 1..=lines.len() {
            frontier.push(&lines[size - 1]);
            assert_eq!(frontier.root(), mth(&lines[..size]), "{size}");
            let leaves: Vec<_> = lines[..size].iter().map(|line| leaf(line)).collect();
            assert_eq!(root_of(&leaves), frontier.root());
            for index in 0..size {
                let path = proof(&leaves, index);
                let (at, of) = (u64::try_from(index).unwrap(), u64::try_from(size).unwrap());
                assert_eq!(climb(leaves[index], at, of, &path), Some(frontier.root()), "{index} of {size}");
                assert_ne!(climb(leaf(b"other"), at, of, &path), Some(frontier.root()), "another line");
            }
        }
    }
}
