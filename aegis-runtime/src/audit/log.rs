//! The writer: one thread, group commit, and a latch that only a restart opens.

use super::heads::{Head, Heads};
use super::line::{self, Fixed};
use super::recover::{self, Recovery};
use super::sink::Sink;
use super::{AuditError, Event, KernelId, Position, Record, hex};
use crate::spec::{Durability, OutcomeDurability};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, json};
use sha2::Sha256;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// Where a log stands and how careful it is.
#[derive(Debug, Clone)]
pub struct LogOptions {
    /// The directory of log files; made 0700.
    pub dir: PathBuf,
    /// The heads' database.
    pub heads: PathBuf,
    /// This instance.
    pub kernel: KernelId,
    /// The policy's digest.
    pub policy: &'static str,
    /// Who acts.
    pub principal: String,
    /// When an intent counts as durable.
    pub durability: Durability,
    /// When an outcome does.
    pub outcome: OutcomeDurability,
}

/// The log of one kernel instance; cheap to clone, all clones write to one file in one order.
#[derive(Clone)]
pub struct Log {
    queue: mpsc::Sender<Message>,
    outcome: OutcomeDurability,
    segment_key: Arc<Zeroizing<[u8; 32]>>,
}

/// How long a waiter waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Written,
    Durable,
}

type Reply = oneshot::Sender<Result<Position, String>>;

enum Message {
    Append { record: Box<Record>, until: Until, reply: Option<Reply> },
    Stop { reply: oneshot::Sender<Result<(), String>> },
}

/// Longest time that a written line stays without a sync.
const GROUP: Duration = Duration::from_millis(50);
/// Most lines in one write.
const BATCH: usize = 512;

impl Log {
    /// Opens the log of a new instance, after the logs of dead ones were looked after.
    ///
    /// # Errors
    /// A place that cannot hold a log, and a former log that does not hold together: then nothing starts.
    pub fn open(options: LogOptions) -> Result<(Self, Recovery), AuditError> {
        let path = prepare(&options.dir, &options.kernel)?;
        let heads = Heads::open(&options.heads)?;
        let recovered = recover::run(&options.dir, &heads, &options.kernel.to_string())?;
        let file =
            OpenOptions::new().append(true).create_new(true).mode(0o600).open(&path).map_err(AuditError::io(&path))?;
        file.try_lock().map_err(|error| AuditError::Io { path: path.clone(), source: error.into() })?;
        let segment_key = new_key(&path.with_extension("key"))?;
        let fixed = Fixed { kernel: options.kernel.to_string(), principal: options.principal, policy: options.policy };
        let log = Self::over(file, heads, fixed, options.durability, options.outcome, segment_key);
        let mut body = Map::new();
        body.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
        log.note(Record::new(Event::KernelStart, None, body));
        for record in recovered.records {
            log.note(record);
        }
        Ok((log, recovered.recovery))
    }

    pub(super) fn over(
        sink: impl Sink,
        heads: Heads,
        fixed: Fixed,
        durability: Durability,
        outcome: OutcomeDurability,
        segment_key: Zeroizing<[u8; 32]>,
    ) -> Self {
        let (queue, messages) = mpsc::channel();
        let writer = Writer {
            sink,
            heads,
            fixed,
            durability,
            seq: 0,
            prev: line::GENESIS.to_owned(),
            bytes: 0,
            dirty: None,
            latched: None,
        };
        std::thread::spawn(move || writer.run(&messages));
        Self { queue, outcome, segment_key: Arc::new(segment_key) }
    }

    /// Appends a record and waits until it is durable as the policy asks.
    ///
    /// # Errors
    /// The log is latched, or latches now.
    pub async fn durable(&self, record: Record) -> Result<Position, AuditError> {
        self.append(record, Until::Durable).await
    }

    /// Appends a record and waits until it is written; the sync follows within 50 ms, or before where the policy says so.
    ///
    /// # Errors
    /// The log is latched, or latches now.
    pub async fn written(&self, record: Record) -> Result<Position, AuditError> {
        let until = match self.outcome {
            OutcomeDurability::Group => Until::Written,
            OutcomeDurability::Fsync => Until::Durable,
        };
        self.append(record, until).await
    }

    /// Appends a record that nobody waits for.
    pub fn note(&self, record: Record) {
        // A writer that is gone has latched or stopped; whoever waits for a record is told so.
        let _ignored =
            self.queue.send(Message::Append { record: Box::new(record), until: Until::Written, reply: None });
    }

    /// Writes `kernel.stop`, syncs, and closes the head row.
    ///
    /// # Errors
    /// The log is latched.
    pub async fn stop(&self) -> Result<(), AuditError> {
        self.note(Record::new(Event::KernelStop, None, Map::new()));
        let (reply, answer) = oneshot::channel();
        let _ignored = self.queue.send(Message::Stop { reply });
        answer.await.unwrap_or_else(|_| Err(GONE.to_owned())).map_err(|reason| AuditError::Latched { reason })
    }

    /// A keyed commitment to bytes: HMAC-SHA-256, lower-case hex, under a key for this field derived from the segment's key.
    /// Short values cannot be guessed from it, and who holds the key file can check one.
    #[must_use]
    pub fn commit_to(&self, field: &str, bytes: &[u8]) -> String {
        hex(&mac(&mac(self.segment_key.as_slice(), field.as_bytes()), bytes))
    }

    async fn append(&self, record: Record, until: Until) -> Result<Position, AuditError> {
        let (reply, answer) = oneshot::channel();
        let _ignored = self.queue.send(Message::Append { record: Box::new(record), until, reply: Some(reply) });
        answer.await.unwrap_or_else(|_| Err(GONE.to_owned())).map_err(|reason| AuditError::Latched { reason })
    }
}

const GONE: &str = "its writer has stopped";

fn mac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length; the error type is shared with ciphers that do not.
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(bytes);
            mac.finalize().into_bytes().to_vec()
        }
        Err(_) => Vec::new(),
    }
}

/// Makes the directory and names the file; refuses places where somebody else could stand in between.
fn prepare(dir: &Path, kernel: &KernelId) -> Result<PathBuf, AuditError> {
    let place = |reason| AuditError::Place { path: dir.to_owned(), reason };
    match fs::symlink_metadata(dir) {
        Ok(meta) if meta.file_type().is_symlink() => return Err(place("is a symbolic link")),
        Ok(meta) if !meta.is_dir() => return Err(place("is no directory")),
        Ok(meta) => {
            use std::os::unix::fs::PermissionsExt;
            if meta.permissions().mode() & 0o077 != 0 {
                return Err(place("can be entered by others; run `chmod 700` on it"));
            }
        }
        Err(_) => fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(AuditError::io(dir))?,
    }
    Ok(dir.join(format!("{kernel}.000001.jsonl")))
}

/// The segment's key lies beside the log, 0600: who may read the log's payload evidence may check it, and destroying the file
/// shreds that evidence while the chain still verifies.
fn new_key(path: &Path) -> Result<Zeroizing<[u8; 32]>, AuditError> {
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|error| AuditError::Randomness(error.to_string()))?;
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(AuditError::io(path))?;
    file.write_all(key.as_slice()).map_err(AuditError::io(path))?;
    Ok(key)
}

struct Writer<S> {
    sink: S,
    heads: Heads,
    fixed: Fixed,
    durability: Durability,
    seq: u64,
    prev: String,
    bytes: u64,
    /// Since when lines wait for a sync.
    dirty: Option<Instant>,
    latched: Option<String>,
}

impl<S: Sink> Writer<S> {
    fn run(mut self, messages: &mpsc::Receiver<Message>) {
        loop {
            let first = match self.dirty {
                Some(since) => messages.recv_timeout(GROUP.saturating_sub(since.elapsed())),
                None => messages.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected),
            };
            let mut batch = match first {
                Ok(message) => vec![message],
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    self.sync(false);
                    continue;
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    self.sync(false);
                    return;
                }
            };
            batch.extend(messages.try_iter().take(BATCH));
            if self.commit(batch) {
                return;
            }
        }
    }

    /// One write, one sync if anybody waits for it, and then the answers. True after a stop.
    fn commit(&mut self, batch: Vec<Message>) -> bool {
        let (mut text, mut waiting, mut must_sync, mut stop) = (String::new(), Vec::new(), false, None);
        let mut lines = 0_u64;
        for message in batch {
            match message {
                Message::Append { record, until, reply } => {
                    let seq = self.seq.saturating_add(1);
                    let line = line::render(&self.fixed, seq, &self.prev, *record);
                    self.prev = line::hash(line.as_bytes());
                    self.seq = seq;
                    lines = lines.saturating_add(1);
                    text.push_str(&line);
                    text.push('\n');
                    must_sync |= until == Until::Durable && self.durability == Durability::Fsync;
                    waiting.extend(reply.map(|reply| (reply, Position { seq })));
                }
                Message::Stop { reply } => stop = Some(reply),
            }
        }
        if lines > 0 {
            self.write(&text);
        }
        if must_sync || stop.is_some() || self.dirty.is_some_and(|since| since.elapsed() >= GROUP) {
            self.sync(stop.is_some());
        }
        for (reply, position) in waiting {
            let _ignored = reply.send(self.state().map(|()| position));
        }
        if let Some(reply) = stop {
            let _ignored = reply.send(self.state());
            return true;
        }
        false
    }

    fn state(&self) -> Result<(), String> {
        self.latched.clone().map_or(Ok(()), Err)
    }

    fn write(&mut self, text: &str) {
        if self.latched.is_some() {
            return;
        }
        match self.sink.append(text.as_bytes()) {
            Ok(()) => {
                self.bytes = self.bytes.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
                self.dirty.get_or_insert_with(Instant::now);
            }
            Err(error) => {
                // What was written of the batch belongs to nobody: cut back to the last whole line.
                let cut = self.sink.truncate(self.bytes).err().map(|cut| format!("; cutting back failed too: {cut}"));
                self.latched = Some(format!("write failed: {error}{}", cut.unwrap_or_default()));
            }
        }
    }

    fn sync(&mut self, closing: bool) {
        if self.latched.is_some() || (self.dirty.is_none() && !closing) {
            return;
        }
        self.dirty = None;
        if let Err(error) = self.sink.sync() {
            self.latched = Some(format!("sync failed: {error}"));
            return;
        }
        let head = Head {
            kernel: self.fixed.kernel.clone(),
            seq: self.seq,
            hash: self.prev.clone(),
            bytes: self.bytes,
            closed: closing,
        };
        if let Err(error) = self.heads.put(&head) {
            self.latched = Some(format!("head row failed: {error}"));
        }
    }
}
