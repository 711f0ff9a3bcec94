//! Ids that sort by time: UUIDs of version 7 in which a fraction of the millisecond stands before what is random (RFC 9562, 6.2,
//! method 3). They name things and keep no secret, so randomness is fetched for many at once.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use uuid::{Builder, Uuid};

/// Random bytes of an id.
const RANDOM: usize = 8;
/// Ids that one fetch is for.
const AHEAD: usize = 128;
/// Parts of a millisecond that are told apart.
const PARTS: u64 = 1 << 12;

struct Ids {
    /// The time of the last id, in parts of milliseconds since 1970.
    last: u64,
    random: Vec<u8>,
}

static IDS: Mutex<Ids> = Mutex::new(Ids { last: 0, random: Vec::new() });

/// A new id, greater than every former one of this process.
pub(super) fn next() -> Uuid {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let parts = now.as_nanos().saturating_mul(u128::from(PARTS)) / 1_000_000;
    let mut ids = IDS.lock().unwrap_or_else(PoisonError::into_inner);
    ids.last = u64::try_from(parts).unwrap_or_default().max(ids.last.saturating_add(1));
    let Some(random) = ids.random() else { return Uuid::now_v7() };
    let [high, low] = u16::try_from(ids.last % PARTS).unwrap_or_default().to_be_bytes();
    let [a, b, c, d, e, f, g, h] = random;
    Builder::from_unix_timestamp_millis(ids.last / PARTS, &[high, low, a, b, c, d, e, f, g, h]).into_uuid()
}

impl Ids {
    /// Bytes that no other id has; none where the system gives none.
    fn random(&mut self) -> Option<[u8; RANDOM]> {
        if self.random.is_empty() {
            let mut random = vec![0; RANDOM * AHEAD];
            getrandom::fill(&mut random).ok()?;
            self.random = random;
        }
        let rest = self.random.len().checked_sub(RANDOM)?;
        self.random.split_off(rest).try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{AHEAD, next};
    use std::time::{SystemTime, UNIX_EPOCH};

    #[test]
    fn ids_are_of_version_seven_and_of_now_and_each_is_greater_than_the_last() {
        let ids: Vec<_> = (0..AHEAD * 3).map(|_| next()).collect();
        assert!(ids.is_sorted_by(|one, other| one < other), "{ids:?}");
        assert!(ids.is_sorted_by(|one, other| one.to_string() < other.to_string()));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        for id in &ids {
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            assert!(now.abs_diff(id.get_timestamp().unwrap().to_unix().0) < 60);
        }
        let mut random: Vec<_> = ids.iter().map(|id| id.as_bytes()[9..].to_vec()).collect();
        random.sort();
        random.dedup();
        assert_eq!(random.len(), ids.len());
    }
}
