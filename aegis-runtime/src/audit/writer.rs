//! The writer thread: numbers, chains, signs, writes, syncs, and latches.

use super::anchor::Anchor;
use super::desk::{Message, Reply, Stopped, Until, Waiting};
use super::heads::{Head, Heads};
use super::keys::SegmentKey;
use super::line::{self, Fixed};
use super::note::{Checkpoint, PrivateKey};
use super::registry::Registry;
use super::sink::Sink;
use super::state::{State, clock_offset};
use super::{AuditError, Event, Position, Record};
use crate::spec::Durability;
use serde_json::{Map, Value, json};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Longest time that a written line stays without a sync.
const GROUP: Duration = Duration::from_millis(50);
/// A checkpoint is due after so many records, or so long after the first of them.
const CHECKPOINT_RECORDS: u64 = 256;
const CHECKPOINT_AGE: Duration = Duration::from_secs(1);
/// Wall and monotonic clock drift apart by this much only if somebody steps one.
const STEP_NS: i128 = 2_000_000_000;

pub(super) struct Writer<S> {
    pub(super) sink: S,
    pub(super) heads: Heads,
    pub(super) fixed: Fixed,
    pub(super) durability: Durability,
    /// Where keys of further segments and the registry lie; `None` in tests of the writer alone.
    pub(super) dir: Option<PathBuf>,
    pub(super) segment_limit: u64,
    pub(super) signer: PrivateKey,
    pub(super) key: Arc<RwLock<SegmentKey>>,
    pub(super) registry: Option<(u64, String)>,
    pub(super) anchor: Option<Anchor>,
    pub(super) state: State,
}

/// Whether a record is followed by a checkpoint that settles it.
fn settles(record: &Record) -> bool {
    record.event == Event::ReceiptMinted
}

impl<S: Sink> Writer<S> {
    /// When there is something to do without a message.
    fn deadline(&self) -> Option<Instant> {
        if self.state.latched.is_some() {
            return None;
        }
        let sync = self.state.dirty.and_then(|since| since.checked_add(GROUP));
        let sign = self.state.unsigned_since.and_then(|since| since.checked_add(CHECKPOINT_AGE));
        [sync, sign, self.state.limit.due()].into_iter().flatten().min()
    }

    /// The same, as what the thread now goes to sleep for.
    pub(super) fn alarm(&mut self) -> Option<Instant> {
        self.state.alarm = self.deadline();
        self.state.alarm
    }

    /// Whether the thread sleeps for longer than it may; it is taken to be woken.
    pub(super) fn oversleeps(&mut self) -> bool {
        let late = match (self.deadline(), self.state.alarm) {
            (Some(due), Some(alarm)) => due < alarm,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if late {
            self.alarm();
        }
        late
    }

    /// Writes some records at once and nothing else, and answers; hands them back where it takes more: a sync, a checkpoint, the
    /// next file.
    pub(super) fn write_some(&mut self, batch: Vec<Waiting>) -> Result<(), Vec<Waiting>> {
        let now = Instant::now();
        let due = self.deadline().is_some_and(|due| due <= now) || self.state.unsigned >= CHECKPOINT_RECORDS;
        let more = |waiting: &Waiting| self.must_sync(waiting.until) || settles(&waiting.record);
        if due || batch.iter().any(more) || self.state.bytes >= self.segment_limit {
            return Err(batch);
        }
        let (mut text, mut waiting) = (std::mem::take(&mut self.state.room), Vec::with_capacity(batch.len()));
        self.observe(&mut text, now);
        for Waiting { record, reply, .. } in batch {
            self.record(&mut text, &record, now);
            waiting.push((reply, Position { seq: self.state.seq }));
        }
        self.write(&text);
        text.clear();
        self.state.room = text;
        self.answer(waiting);
        Ok(())
    }

    fn answer(&self, waiting: Vec<(Reply, Position)>) {
        for (reply, position) in waiting {
            let _ignored = reply.send(self.latch().map(|()| position));
        }
    }

    fn must_sync(&self, until: Until) -> bool {
        until == Until::Durable && self.durability == Durability::Fsync
    }

    /// A record, unless it is one refusal too many, which is counted.
    fn record(&mut self, text: &mut Vec<u8>, record: &Record, now: Instant) {
        if !record.is_refusal() || self.state.limit.admits(record, now) {
            self.line(text, record, now);
        }
    }

    /// One write, one sync if anybody waits for it, and then the answers; but for a stop's, which is handed back.
    pub(super) fn commit(&mut self, batch: Vec<Message>) -> Option<Stopped> {
        let now = Instant::now();
        let (mut text, mut waiting, mut must_sync, mut sign, mut stop) = (Vec::new(), Vec::new(), false, false, None);
        self.observe(&mut text, now);
        for message in batch {
            match message {
                Message::Append(waits) => {
                    let Waiting { record, until, reply } = *waits;
                    sign |= settles(&record);
                    must_sync |= self.must_sync(until);
                    self.record(&mut text, &record, now);
                    waiting.push((reply, Position { seq: self.state.seq }));
                }
                Message::Wake => {}
                Message::Stop { reply } => stop = Some(reply),
            }
        }
        let late = |since: Option<Instant>, most| since.is_some_and(|since| now.duration_since(since) >= most);
        if stop.is_some() || self.state.limit.due().is_some_and(|due| due <= now) {
            self.summarise(&mut text, now);
        }
        // A checkpoint that settles is synced, head row and all, before anything else is written; one that comes only of
        // many records goes with the stream.
        let settles = sign || stop.is_some() || late(self.state.unsigned_since, CHECKPOINT_AGE);
        let note = match stop {
            Some(_) => Some(self.seal(&mut text, None)),
            None if settles || self.state.unsigned >= CHECKPOINT_RECORDS => Some(self.checkpoint(&mut text, settles)),
            None => None,
        };
        self.write(&text);
        if must_sync || settles {
            self.sync(settles, stop.is_some());
        } else if late(self.state.dirty, GROUP) {
            self.sync_beside();
        }
        if note.is_some() {
            self.see_file();
        }
        self.answer(waiting);
        if let (Some(note), Ok(()), Some(anchor)) = (note.filter(|_| settles), self.latch(), &self.anchor) {
            let hand_over = if stop.is_some() { Anchor::finish } else { Anchor::hand_over };
            hand_over(anchor, note, self.state.tree.size());
        }
        if stop.is_some() {
            self.end();
            return stop;
        }
        if self.state.bytes >= self.segment_limit && self.state.latched.is_none() {
            self.rotate();
        }
        None
    }

    pub(super) fn latch(&self) -> Result<(), String> {
        self.state.latched.clone().map_or(Ok(()), Err)
    }

    /// Closes the log for good. The file can no longer say so; the heads' database tries to, for the next start.
    fn fail(&mut self, reason: String) {
        let _ignored = self.heads.latched(&self.fixed.kernel, &reason);
        self.state.latched = Some(reason);
    }

    /// Closes the log where its file is not where everybody looks for it, or can be reached by another name.
    fn see_file(&mut self) {
        if let (None, Err(error)) = (&self.state.latched, self.sink.stands()) {
            self.fail(error.to_string());
        }
    }

    /// Records that nobody handed in: a stepped clock, an anchor that fails or works again.
    fn observe(&mut self, text: &mut Vec<u8>, now: Instant) {
        let clock = clock_offset();
        let moved = clock.saturating_sub(self.state.clock);
        self.state.clock = clock;
        if moved.abs() > STEP_NS {
            let body =
                Map::from_iter([("by_ms".to_owned(), json!(i64::try_from(moved / 1_000_000).unwrap_or(i64::MAX)))]);
            self.line(text, &Record::new(Event::ClockStepped, None, body), now);
        }
        let standing = self.anchor.as_ref().map(Anchor::standing);
        let failure = standing.and_then(|s| s.lock().unwrap_or_else(PoisonError::into_inner).failure.clone());
        if failure.is_some() != self.state.anchor_failed {
            self.state.anchor_failed = failure.is_some();
            let event = if failure.is_some() { Event::AnchorFailed } else { Event::AnchorRestored };
            let body: Map<String, Value> =
                failure.into_iter().map(|reason| ("reason".to_owned(), json!(reason))).collect();
            self.line(text, &Record::new(event, None, body), now);
        }
    }

    fn summarise(&mut self, text: &mut Vec<u8>, now: Instant) {
        if let Some(summary) = self.state.limit.summary() {
            self.line(text, &summary, now);
        }
    }

    fn line(&mut self, text: &mut Vec<u8>, record: &Record, now: Instant) {
        self.bare_line(text, record);
        self.state.unsigned = self.state.unsigned.saturating_add(1);
        self.state.unsigned_since.get_or_insert(now);
    }

    fn bare_line(&mut self, text: &mut Vec<u8>, record: &Record) {
        if self.state.latched.is_some() {
            return;
        }
        let state = &mut self.state;
        state.seq = state.seq.saturating_add(1);
        let from = line::render(text, &self.fixed, state.seq, &state.prev, record);
        let line = text.get(from..).unwrap_or_default();
        state.prev = line::hash(line);
        state.tree.push(line);
        text.push(b'\n');
    }

    /// The signed root of everything so far, as a record.
    fn checkpoint(&mut self, text: &mut Vec<u8>, settles: bool) -> String {
        let (note, mut body) = self.signed(None);
        body.insert("settles".into(), json!(settles));
        self.bare_line(text, &Record::new(Event::Checkpoint, None, body));
        note
    }

    /// The last record of a segment: its key signs everything so far and the next key, if there is one.
    fn seal(&mut self, text: &mut Vec<u8>, next: Option<&PrivateKey>) -> String {
        let (note, mut body) = self.signed(next);
        body.insert("segment".into(), json!(self.state.segment));
        body.insert("settles".into(), json!(true));
        self.bare_line(text, &Record::new(Event::SegmentSeal, None, body));
        note
    }

    fn signed(&mut self, next: Option<&PrivateKey>) -> (String, Map<String, Value>) {
        (self.state.unsigned, self.state.unsigned_since) = (0, None);
        let checkpoint = Checkpoint {
            origin: origin(&self.fixed.kernel),
            size: self.state.tree.size(),
            root: self.state.tree.root(),
            registry: self.registry.clone(),
            next: next.map(PrivateKey::public),
        };
        let note = self.signer.sign(&checkpoint.to_string()).to_string();
        let body = Map::from_iter([("note".to_owned(), json!(note))]);
        (note, body)
    }

    /// Seals this segment, forgets its private key, and begins the next one.
    fn rotate(&mut self) {
        let Some(segment) = self.state.segment.checked_add(1) else { return };
        let next = match PrivateKey::new(origin(&self.fixed.kernel)) {
            Ok(next) => next,
            Err(error) => return self.fail(format!("no randomness: {error}")),
        };
        let mut text = Vec::new();
        let note = self.seal(&mut text, Some(&next));
        self.write(&text);
        self.sync(true, false);
        self.see_file();
        if self.state.latched.is_some() {
            return;
        }
        if let Some(anchor) = &self.anchor {
            anchor.hand_over(note, self.state.tree.size());
        }
        if let Some(dir) = &self.dir {
            match SegmentKey::create(dir, &self.fixed.kernel, segment) {
                Ok(key) => *self.key.write().unwrap_or_else(PoisonError::into_inner) = key,
                Err(error) => return self.fail(format!("next segment's key failed: {error}")),
            }
        }
        if let Err(error) = self.sink.rotate(segment) {
            return self.fail(format!("next segment failed: {error}"));
        }
        (self.signer, self.state.segment, self.state.bytes) = (next, segment, 0);
        let mut text = Vec::new();
        self.open(&mut text);
        self.write(&text);
    }

    /// The first record of a segment.
    pub(super) fn open(&mut self, text: &mut Vec<u8>) {
        let body = Map::from_iter([
            ("segment".to_owned(), json!(self.state.segment)),
            ("key".to_owned(), json!(self.signer.public().to_string())),
        ]);
        self.line(text, &Record::new(Event::SegmentOpen, None, body), Instant::now());
    }

    /// Begins the log: nothing may be asked of it before this stands.
    pub(super) fn begin(&mut self, records: &[Record]) -> Result<(), AuditError> {
        let mut text = Vec::new();
        self.open(&mut text);
        records.iter().for_each(|record| self.line(&mut text, record, Instant::now()));
        let note = self.checkpoint(&mut text, true);
        self.write(&text);
        self.sync(true, false);
        if let Some(anchor) = &self.anchor {
            anchor.hand_over(note, self.state.tree.size());
        }
        self.latch().map_err(|reason| AuditError::Latched { reason })
    }

    /// The registry learns how this log ends.
    fn end(&mut self) {
        let (Some(dir), None) = (&self.dir, &self.state.latched) else { return };
        let ended = Registry::open(dir).and_then(|(mut registry, _)| {
            registry.end(&self.fixed.kernel, self.state.seq, &self.state.prev, "stopped", &self.heads)
        });
        if let Err(error) = ended {
            self.fail(format!("registry failed: {error}"));
        }
    }

    fn write(&mut self, text: &[u8]) {
        if self.state.latched.is_some() || text.is_empty() {
            return;
        }
        match self.sink.append(text) {
            Ok(()) => {
                self.state.bytes = self.state.bytes.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
                self.state.dirty.get_or_insert_with(Instant::now);
            }
            Err(error) => {
                // What was written of the batch belongs to nobody: cut back to the last whole line.
                let cut = self.sink.truncate(self.state.bytes).err();
                let cut = cut.map(|cut| format!("; cutting back failed too: {cut}")).unwrap_or_default();
                self.fail(format!("write failed: {error}{cut}"));
            }
        }
    }

    pub(super) fn sync(&mut self, safe: bool, closing: bool) {
        if self.state.latched.is_some() || (self.state.dirty.is_none() && !closing) {
            return;
        }
        (self.state.dirty, self.state.beside) = (None, None);
        let synced = self.sink.sync();
        let head = self.head(closing);
        self.synced(synced, &head, safe);
    }

    /// Leaves a sync that nobody waits for to whoever has the time, and others write meanwhile.
    fn sync_beside(&mut self) {
        match self.sink.beside() {
            Some(file) if self.state.latched.is_none() => {
                self.state.dirty = None;
                self.state.beside = Some((file, self.head(false)));
            }
            Some(_) | None => self.sync(false, false),
        }
    }

    fn head(&self, closed: bool) -> Head {
        let State { seq, prev: hash, .. } = self.state;
        Head { kernel: self.fixed.kernel.clone(), seq, hash, closed }
    }

    /// Everything up to a head was synced, or was not.
    pub(super) fn synced(&mut self, synced: io::Result<()>, head: &Head, safe: bool) {
        if let Err(error) = synced {
            return self.fail(format!("sync failed: {error}"));
        }
        if let Err(error) = self.heads.put(head, safe) {
            self.fail(format!("head row failed: {error}"));
        }
    }
}

/// The origin of a kernel's checkpoints, and the name of its keys.
pub(super) fn origin(kernel: &str) -> String {
    format!("aegis/{kernel}")
}
