//! Following the logs of other kernels as they grow, each line once.
//!
//! *Invariants.* What is followed is verified as it is read: chain, keys, signatures, registry, head rows. The first difference
//! stays: nothing rests on any of it from then on. Files that the registry does not know are not looked at.

use super::AuditError;
use super::heads::{Head, Heads, REGISTRY};
use super::registry::{self, Event, Reading};
use super::scan::{kernels, name_of, segment_path};
use super::verdict::{Difference, Kind};
use super::verify::{Anchors, known, registry_against};
use super::walk::Walk;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How far the logs of a directory were read.
pub(crate) struct Follower {
    dir: PathBuf,
    heads: PathBuf,
    /// The kernel that knows its own log without reading it.
    own: String,
    registry: Reading,
    walks: BTreeMap<String, Walk>,
}

impl Follower {
    /// Reads nothing yet.
    pub(crate) fn new(dir: &Path, heads: &Path, own: &str) -> Self {
        let (dir, heads, own) = (dir.to_owned(), heads.to_owned(), own.to_owned());
        Self { dir, heads, own, registry: Reading::default(), walks: BTreeMap::new() }
    }

    /// Hands over kernel, number, event and line of each record that is new in the log of every kernel that may have said something
    /// since `first` began, oldest kernel first. Where the registry does not know `first`, nobody has.
    ///
    /// # Errors
    /// What cannot be read, and a difference.
    pub(crate) fn follow(
        &mut self,
        first: &str,
        mut visit: impl FnMut(&str, u64, &str, &[u8]),
    ) -> Result<(), AuditError> {
        // Rows, registry, files: what is read first is never newer than what is read after it.
        let rows = Heads::read(&self.heads)?.map_or_else(|| Ok(Vec::new()), |heads| heads.all())?;
        let rows: BTreeMap<String, Head> = rows.into_iter().map(|head| (head.kernel.clone(), head)).collect();
        self.learn(rows.get(REGISTRY))?;
        let due = self.due(first);
        if due.is_empty() {
            return Ok(());
        }
        let files = kernels(&self.dir)?;
        for kernel in due {
            let segments = files.get(&kernel).ok_or_else(|| missing(&self.dir, &kernel))?;
            let fresh = || known(&kernel, &self.registry, rows.get(&kernel), Vec::new());
            let walk = self.walks.entry(kernel.clone()).or_insert_with(|| Walk::new(&self.dir, &kernel, fresh()));
            walk.known = fresh();
            walk.on(segments, |line, lead| visit(&kernel, lead.seq, lead.event, line))?;
            if let Some(difference) = walk.difference.clone() {
                return Err(AuditError::Tampered(difference));
            }
        }
        Ok(())
    }

    /// Whether a record that was handed over stands under a signature of its kernel's.
    pub(crate) fn is_signed(&self, kernel: &str, seq: u64) -> bool {
        self.walks.get(kernel).is_some_and(|walk| walk.signed >= seq)
    }

    /// Reads the registry where it grew. It never shrinks.
    fn learn(&mut self, head: Option<&Head>) -> Result<(), AuditError> {
        let length = fs::metadata(self.dir.join(registry::FILE)).map_or(0, |meta| meta.len());
        if length != self.registry.whole {
            let before = self.registry.entries.last();
            let checked = before.map_or(0, |last| last.seq);
            let reading = registry::read_from(&self.dir, checked)?;
            let same = before.is_none_or(|last| {
                reading.entries.iter().any(|entry| entry.seq == last.seq && entry.hash == last.hash)
            });
            if !same {
                return Err(AuditError::Tampered(Difference::new(registry::FILE, 0, checked, Kind::Forked)));
            }
            self.registry = reading;
        }
        registry_against(&self.registry, head, None, &Anchors::new())?
            .map_or(Ok(()), |difference| Err(AuditError::Tampered(difference)))
    }

    /// The others that were not over before this one began, but for those of which everything was read.
    fn due(&self, first: &str) -> Vec<String> {
        let Some(begun) = self.registry.started().find(|(entry, _)| entry.kernel == first) else { return Vec::new() };
        let begun = begun.0.seq;
        let ends: BTreeMap<&str, (u64, u64)> = self
            .registry
            .entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::End { records, .. } => Some((entry.kernel.as_str(), (entry.seq, records))),
                Event::Start(_) => None,
            })
            .collect();
        let is_due = |kernel: &str| {
            let walk = self.walks.get(kernel);
            let is_read = |records| walk.is_some_and(|walk| walk.difference.is_none() && walk.seq == records);
            kernel != self.own && ends.get(kernel).is_none_or(|(end, records)| *end >= begun && !is_read(*records))
        };
        self.registry.started().map(|(entry, _)| entry.kernel.clone()).filter(|kernel| is_due(kernel)).collect()
    }
}

/// A log that the registry knows and that is not there.
pub(super) fn missing(dir: &Path, kernel: &str) -> AuditError {
    AuditError::Tampered(Difference::new(name_of(&segment_path(dir, kernel, 1)), 0, 1, Kind::Missing))
}
