//! Counts with the first few row ordinals.

use super::CheckError;
use super::keys::Keys;
use std::cmp::Ordering;

/// Row ordinals kept for one check.
const SAMPLE: usize = 5;

/// A count of rows and the lowest of their ordinals.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) sample: Vec<u64>,
}

impl Tally {
    pub(super) fn add(&mut self, row: u64) {
        self.count = self.count.saturating_add(1);
        let place = self.sample.partition_point(|known| *known < row);
        self.sample.insert(place, row);
        self.sample.truncate(SAMPLE);
    }
}

/// Rows whose key stood in a row before.
pub(super) fn duplicates(keys: Keys) -> Result<Tally, CheckError> {
    let (mut sorted, mut tally, mut former) = (keys.sorted()?, Tally::default(), None);
    while let Some((key, row)) = sorted.next()? {
        if former == Some(key) {
            tally.add(row);
        }
        former = Some(key);
    }
    Ok(tally)
}

/// Rows whose key is not among the known ones.
pub(super) fn strangers(keys: Keys, known: Keys) -> Result<Tally, CheckError> {
    let (mut rows, mut known, mut tally) = (keys.sorted()?, known.sorted()?, Tally::default());
    let mut there = known.next()?;
    while let Some((key, row)) = rows.next()? {
        loop {
            match there.map(|(known, _)| known.cmp(&key)) {
                Some(Ordering::Less) => there = known.next()?,
                Some(Ordering::Equal) => break,
                Some(Ordering::Greater) | None => {
                    tally.add(row);
                    break;
                }
            }
        }
    }
    Ok(tally)
}
