//! Verification: every log against its chain, its keys, the registry, the head rows, and the anchors somebody kept outside.

use super::AuditError;
use super::heads::{Head, Heads, REGISTRY};
use super::hex;
use super::note::{Checkpoint, Note, PublicKey};
use super::registry::{self, Reading};
use super::scan::{kernels, name_of, segment_path};
use super::verdict::{Difference, Kind, Verdict, Verdicts};
use super::walk::{Known, Walk, walk};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a verifier holds that this machine could not have changed.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// A file of checkpoints, as the anchor command received them.
    pub anchor: Option<PathBuf>,
    /// A file with the registry's first public key.
    pub key: Option<PathBuf>,
    /// Whether what is verified is a copy: its head rows may be older than its logs.
    pub copy: bool,
}

/// The registry's first public key, to be kept elsewhere; `None` before the first kernel.
///
/// # Errors
/// What cannot be read.
pub fn first_key(dir: &Path) -> Result<Option<String>, AuditError> {
    Ok(registry::read(dir, false)?.entries.first().map(|entry| entry.by.clone()))
}

/// Checks every log of a directory.
///
/// # Errors
/// What cannot be read; a difference is a verdict, not an error.
pub fn verify(dir: &Path, heads: &Path, evidence: &Evidence) -> Result<Verdicts, AuditError> {
    // Heads are read before and after the logs: a living kernel goes on in between.
    let before = rows(heads)?;
    // A kernel makes its file, then its entry, then writes: who had written before the registry is read stands in it.
    let spoken = spoken(dir)?;
    let registry = registry::read(dir, true)?;
    let mut anchors = anchors(evidence)?;
    let given = !anchors.is_empty();
    let mut found = Found {
        registry_difference: registry_against(&registry, before.get(REGISTRY), evidence.key.as_deref(), &anchors)?
            .map_or_else(|| unfitting(dir, &registry), |difference| Ok(Some(difference)))?,
        ..Found::default()
    };
    let files = kernels(dir)?;
    let mut walks = BTreeMap::new();
    let mut covered = BTreeSet::new();
    let mut newest_registry = 0;
    for (kernel, segments) in &files {
        let own = anchors.remove(&super::writer::origin(kernel)).unwrap_or_default();
        if !own.is_empty() {
            covered.insert(kernel.clone());
        }
        newest_registry = own
            .iter()
            .filter_map(|(_, anchor)| anchor.registry.as_ref())
            .map(|(seq, _)| *seq)
            .fold(newest_registry, u64::max);
        found.files = found.files.saturating_add(u64::try_from(segments.len()).unwrap_or(u64::MAX));
        let known = known(kernel, &registry, before.get(kernel), own);
        let walked = walk(dir, kernel, segments, known, |_, _| {})?;
        found.log(kernel, &walked, &registry, spoken.contains(kernel));
        walks.insert(kernel.clone(), (walked.seq, hex(&walked.hash), walked.settled));
    }
    let started = registry.started().map(|(entry, _)| entry.kernel.as_str());
    let rowed = before.keys().map(String::as_str).filter(|kernel| *kernel != REGISTRY);
    let lost = started.chain(rowed).find(|kernel| !files.contains_key(*kernel)).map(str::to_owned);
    let unregistered = anchors.keys().next().map(|origin| origin.trim_start_matches("aegis/").to_owned());
    if let Some(kernel) = lost.or(unregistered) {
        found.completeness.get_or_insert(Difference::new(name_of(&segment_path(dir, &kernel, 1)), 0, 1, Kind::Missing));
    }
    let after = rows(heads)?;
    found.heads = heads_against(&walks, &before, &after, &registry);
    // Head rows of a copy were copied at another time than the logs; where none came along, there is nothing to rest on.
    found.lagging = evidence.copy && !after.is_empty() && found.heads.take().is_some();
    // Every kernel is covered by its own checkpoint, or ended before a registry that one covers.
    let all = given
        && registry.started().all(|(entry, _)| {
            covered.contains(&entry.kernel)
                || registry.entries.iter().any(|end| {
                    end.kernel == entry.kernel
                        && matches!(end.event, registry::Event::End { .. })
                        && end.seq <= newest_registry
                })
        });
    Ok(found.verdicts(given, all, evidence.key.is_some()))
}

/// The kernels whose files are not empty.
fn spoken(dir: &Path) -> Result<BTreeSet<String>, AuditError> {
    let written = |path: &Path| fs::metadata(path).is_ok_and(|meta| meta.len() > 0);
    let files = kernels(dir)?.into_iter();
    Ok(files.filter(|(_, segments)| segments.iter().any(|(_, path)| written(path))).map(|(kernel, _)| kernel).collect())
}

/// A registry that lost its last entries no longer fits the key beside it, as a start would find.
fn unfitting(dir: &Path, registry: &Reading) -> Result<Option<Difference>, AuditError> {
    if registry::key_fits(dir, registry) != Some(false) || registry::key_fits_at_rest(dir)? {
        return Ok(None);
    }
    let next = registry.entries.last().map_or(1, |entry| entry.seq.saturating_add(1));
    Ok(Some(Difference::new(registry::FILE, registry.whole, next, Kind::Truncated)))
}

fn rows(heads: &Path) -> Result<BTreeMap<String, Head>, AuditError> {
    let rows = Heads::read(heads)?.map_or_else(|| Ok(Vec::new()), |heads| heads.all())?;
    Ok(rows.into_iter().map(|head| (head.kernel.clone(), head)).collect())
}

pub(super) type Anchors = BTreeMap<String, Vec<(Note, Checkpoint)>>;

fn anchors(evidence: &Evidence) -> Result<Anchors, AuditError> {
    let mut anchors = Anchors::new();
    let Some(path) = &evidence.anchor else { return Ok(anchors) };
    let text = fs::read_to_string(path).map_err(AuditError::io(path))?;
    let foreign = || AuditError::Place { path: path.clone(), reason: "is no file of checkpoints" };
    for note in Note::parse_all(&text).ok_or_else(foreign)? {
        let checkpoint: Checkpoint = note.unchecked().parse().map_err(|()| foreign())?;
        anchors.entry(checkpoint.origin.clone()).or_default().push((note, checkpoint));
    }
    if anchors.is_empty() {
        return Err(foreign());
    }
    Ok(anchors)
}

/// What registry and head row say of a log.
pub(super) fn known(kernel: &str, registry: &Reading, head: Option<&Head>, anchors: Vec<(Note, Checkpoint)>) -> Known {
    let key = registry.started().find(|(entry, _)| entry.kernel == kernel).and_then(|(_, key)| key.parse().ok());
    let end = registry.end_of(kernel);
    let marks = head.filter(|head| head.seq > 0).map(|head| (head.seq, hex(&head.hash)));
    let marks = marks.into_iter().chain(end.filter(|(seq, _)| *seq > 0).map(|(seq, hash)| (seq, hash.to_owned())));
    let closed = head.filter(|head| head.closed).map(|head| head.seq);
    Known { key, marks: marks.collect(), end: end.map(|(seq, _)| seq).or(closed), anchors }
}

/// The registry against itself, its head row, the pinned key, and what the anchors say of it.
pub(super) fn registry_against(
    registry: &Reading,
    head: Option<&Head>,
    key: Option<&Path>,
    anchors: &Anchors,
) -> Result<Option<Difference>, AuditError> {
    if registry.difference.is_some() {
        return Ok(registry.difference.clone());
    }
    let differs = |offset, seq, kind| Some(Difference::new(registry::FILE, offset, seq, kind));
    if let Some(path) = key {
        let text = fs::read_to_string(path).map_err(AuditError::io(path))?;
        let key: PublicKey =
            text.parse().map_err(|()| AuditError::Place { path: path.to_owned(), reason: "is no public key" })?;
        if registry.entries.first().is_none_or(|first| first.by != key.to_string()) {
            return Ok(differs(0, 1, Kind::Forked));
        }
    }
    let seen = anchors.values().flatten().filter_map(|(_, anchor)| anchor.registry.clone());
    let stated = head.filter(|head| head.seq > 0).map(|head| (head.seq, hex(&head.hash)));
    let last = registry.entries.last().map_or(0, |entry| entry.seq);
    for (seq, hash) in stated.into_iter().chain(seen) {
        match registry.entries.iter().find(|entry| entry.seq == seq) {
            Some(entry) if hex(&entry.hash) == hash => {}
            Some(entry) if entry.seq == last => return Ok(differs(entry.offset, seq, Kind::Edited)),
            Some(entry) => return Ok(differs(entry.offset, seq, Kind::Forked)),
            None => return Ok(differs(registry.whole, last.saturating_add(1), Kind::Truncated)),
        }
    }
    Ok(None)
}

/// Rows that are older than what must have been written after them, or are gone.
fn heads_against(
    walks: &BTreeMap<String, (u64, String, u64)>,
    before: &BTreeMap<String, Head>,
    after: &BTreeMap<String, Head>,
    registry: &Reading,
) -> Option<Difference> {
    let differs = |seq, kind| Some(Difference::new("heads.db", 0, seq, kind));
    for (kernel, (seq, _, settled)) in walks {
        match after.get(kernel) {
            None if *seq > 0 && registry.end_of(kernel).is_some() => return differs(*seq, Kind::Missing),
            None if *settled > 0 => return differs(*settled, Kind::Missing),
            Some(head) if head.seq < *settled => return differs(head.seq.saturating_add(1), Kind::RolledBack),
            Some(_) | None => {}
        }
    }
    // An entry of the registry is older than the row that says so only between two writes of one kernel.
    let newest = registry.entries.len().saturating_sub(1);
    let behind = after.get(REGISTRY).is_none_or(|head| head.seq < u64::try_from(newest).unwrap_or(u64::MAX));
    if behind && newest > 0 {
        let kind = if before.contains_key(REGISTRY) { Kind::RolledBack } else { Kind::Missing };
        return differs(u64::try_from(newest).unwrap_or(u64::MAX), kind);
    }
    None
}

#[derive(Default)]
struct Found {
    integrity: Option<Difference>,
    completeness: Option<Difference>,
    freshness: Option<Difference>,
    heads: Option<Difference>,
    lagging: bool,
    registry_difference: Option<Difference>,
    torn: Option<String>,
    writing: bool,
    records: u64,
    unsealed: u64,
    behind: u64,
    files: u64,
}

impl Found {
    fn log(&mut self, kernel: &str, walked: &Walk, registry: &Reading, spoken: bool) {
        self.records = self.records.saturating_add(walked.seq);
        self.behind = self.behind.saturating_add(walked.seq.saturating_sub(walked.signed));
        // Asked only where it matters: the lock that asks would make a dying kernel look alive to a start.
        let alive = walked.torn > 0 && walked.difference.is_none() && walked.lives();
        if registry.end_of(kernel).is_none() {
            self.unsealed = self.unsealed.saturating_add(1);
        }
        if walked.torn > 0 && alive {
            self.writing = true;
        } else if walked.torn > 0 && self.torn.is_none() {
            self.torn = Some(format!("{} bytes after the last line of `{}`", walked.torn, name_of(&walked.last_file)));
        }
        if let Some(difference) = walked.difference.clone() {
            let place = match difference.what {
                Kind::Edited | Kind::Inserted | Kind::Spliced | Kind::OldKey => &mut self.integrity,
                Kind::Missing | Kind::Reordered | Kind::Swapped | Kind::Unknown => &mut self.completeness,
                Kind::Truncated | Kind::Forked | Kind::RolledBack => &mut self.freshness,
            };
            place.get_or_insert(difference);
        } else if spoken && walked.seq > 0 && !registry.started().any(|(entry, _)| entry.kernel == kernel) {
            let file = name_of(&walked.last_file);
            self.completeness.get_or_insert(Difference::new(file, 0, 1, Kind::Unknown));
        }
    }

    fn verdicts(mut self, given: bool, covered: bool, pinned: bool) -> Verdicts {
        let mut first = None;
        if let Some(difference) = self.registry_difference.take() {
            let place = match difference.what {
                Kind::Truncated | Kind::RolledBack | Kind::Forked => &mut self.freshness,
                Kind::Missing | Kind::Reordered => &mut self.completeness,
                Kind::Edited | Kind::Inserted | Kind::Spliced | Kind::OldKey | Kind::Swapped | Kind::Unknown => {
                    &mut self.integrity
                }
            };
            // The registry stands above the logs: what differs there comes first.
            first = Some(difference.clone());
            *place = Some(difference);
        }
        let verdict = |bad: &Option<Difference>, good: String| Verdict {
            holds: bad.is_none(),
            detail: bad.as_ref().map_or(good, ToString::to_string),
        };
        let pin = if pinned { "from the key you gave" } else { "from the registry's own first key" };
        let fresh = match (given, covered) {
            (true, true) => format!("your anchors fit; {} records are newer than the last checkpoints", self.behind),
            (true, false) => {
                "your anchors fit, and do not cover every kernel; the others rest on the head rows".to_owned()
            }
            (false, _) => "no log ends before its head row; no anchor was given".to_owned(),
        };
        let tail = match (&self.torn, self.writing) {
            (Some(torn), _) => torn.clone(),
            (None, true) => "a living kernel is in the middle of a line".to_owned(),
            (None, false) => "every log ends in a whole line".to_owned(),
        };
        let ended = format!("every registered kernel and file is there; {} not ended yet", self.unsealed);
        Verdicts {
            integrity: verdict(&self.integrity, format!("hashes and signatures hold, {pin}")),
            completeness: verdict(&self.completeness, ended),
            freshness: verdict(&self.freshness, fresh),
            tail: Verdict { holds: self.torn.is_none(), detail: tail },
            heads: verdict(&self.heads, if self.lagging { LAGGING } else { TIMELY }.to_owned()),
            anchored: given && covered,
            first: first.or(self.integrity).or(self.completeness).or(self.freshness).or(self.heads),
            records: self.records,
            files: self.files,
        }
    }
}

const TIMELY: &str = "no head row is older than the last checkpoint before it";
const LAGGING: &str = "the head rows of this copy are older than its logs, as where a kernel wrote meanwhile; in place, that is tampering";
