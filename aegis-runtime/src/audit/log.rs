//! The handle to a log: what rooms hand their records to.

use super::anchor::{Anchor, Standing};
use super::desk::{Desk, Message, Until};
use super::heads::Heads;
use super::keys::SegmentKey;
use super::line::{Fixed, mono_ns};
use super::note::PrivateKey;
use super::recover::{self, Recovery};
use super::registry::Registry;
use super::sink::Files;
use super::state::State;
use super::writer::{Writer, origin};
use super::{AuditError, CallId, Commitment, Event, KernelId, Position, Record, registry, start};
use crate::own;
use crate::spec::{AuditSpec, Durability, OutcomeDurability};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::oneshot;

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
    /// Size of files, and the anchor.
    pub audit: AuditSpec,
}

/// The log of one kernel instance; cheap to clone, all clones write to one file in one order.
#[derive(Clone)]
pub struct Log {
    desk: Desk,
    outcome: OutcomeDurability,
    key: Arc<RwLock<SegmentKey>>,
    /// How old the anchor may be, and what is known of it.
    required: Option<(Duration, Arc<Mutex<Standing>>)>,
}

impl Log {
    /// Opens the log of a new instance, after the logs of dead ones were looked after.
    ///
    /// # Errors
    /// A place that cannot hold a log, a former log that does not hold together or is older than what is anchored: then nothing
    /// starts.
    pub fn open(options: LogOptions) -> Result<(Self, Recovery), AuditError> {
        let LogOptions { dir, heads, kernel, policy, principal, durability, outcome, audit } = options;
        own::directory(&dir)?;
        if own::is_there(&dir.join(registry::FILE)) && !own::is_there(&heads) {
            let reason = "is missing beside a log; restore it, or move the whole audit directory aside and keep it";
            return Err(AuditError::Place { path: heads, reason });
        }
        // From here to the registry's entry no other kernel of this directory starts or ends.
        let (mut registry, reading) = Registry::open(&dir)?;
        let heads = Heads::open(&heads)?;
        start::anchored(&dir, &heads, &reading, audit.anchor_read)?;
        start::held(&dir, &heads, &reading, start::READ)?;
        let recovered = recover::run(&dir, &heads, &mut registry, &reading)?;
        let kernel = kernel.to_string();
        let sink = Files::create(&dir, &kernel).map_err(AuditError::io(&dir))?;
        let signer = PrivateKey::new(origin(&kernel)).map_err(|error| AuditError::Randomness(error.to_string()))?;
        let key = Arc::new(RwLock::new(SegmentKey::create(&dir, &kernel, 1)?));
        registry.start(&kernel, &signer.public(), &principal, policy, &heads)?;
        let anchor = Anchor::start(audit.anchor, &dir);
        let required = audit.require_anchor.zip(anchor.as_ref().map(Anchor::standing));
        let mut writer = Writer {
            sink,
            heads,
            fixed: Fixed::new(kernel, &principal, policy),
            durability,
            dir: Some(dir),
            segment_limit: audit.segment_bytes,
            signer,
            key,
            registry: Some(registry.head()),
            anchor,
            state: State::new(),
        };
        drop(registry);
        let mut body = Map::new();
        body.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
        let mut records = vec![Record::new(Event::KernelStart, None, body)];
        records.extend(recovered.records);
        writer.begin(&records)?;
        Ok((Self::over(writer, outcome, required), recovered.recovery))
    }

    pub(super) fn over(
        writer: Writer<impl super::sink::Sink>,
        outcome: OutcomeDurability,
        required: Option<(Duration, Arc<Mutex<Standing>>)>,
    ) -> Self {
        let key = Arc::clone(&writer.key);
        Self { desk: Desk::open(writer), outcome, key, required }
    }

    /// Appends a record and waits until it is durable as the policy asks.
    ///
    /// # Errors
    /// The log is latched, or latches now; a permission while the policy's anchor is too old.
    pub async fn durable(&self, record: Record) -> Result<Position, AuditError> {
        if record.is_permission() {
            self.anchored().await?;
        }
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
        self.desk.note(record);
    }

    /// Writes `kernel.stop`, seals, syncs, anchors, and closes head row and registry.
    ///
    /// # Errors
    /// The log is latched.
    pub async fn stop(&self) -> Result<(), AuditError> {
        self.note(Record::new(Event::KernelStop, None, Map::new()));
        let (reply, answer) = oneshot::channel();
        self.desk.send(Message::Stop { reply });
        answer.await.unwrap_or_else(|_| Err(GONE.to_owned())).map_err(|reason| AuditError::Latched { reason })
    }

    /// A keyed commitment to bytes, `SEGMENT:HEX`: HMAC-SHA-256 under a key for this field of this call. Short values cannot
    /// be guessed from it, and who holds the key file can check one.
    #[must_use]
    pub fn commit_to(&self, call: &CallId, field: &str, bytes: &[u8]) -> String {
        self.key.read().unwrap_or_else(PoisonError::into_inner).commit(call.as_str(), field, bytes)
    }

    /// Commitments to a call's arguments as a whole and to the values in them, so that one value can be looked up: `args` as they
    /// go south, `asked` as they came where that is not the same.
    #[must_use]
    pub fn commit_arguments(&self, call: &CallId, field: &str, arguments: &Map<String, Value>) -> Commitment {
        self.key.read().unwrap_or_else(PoisonError::into_inner).commit_arguments(call, field, arguments)
    }

    async fn append(&self, record: Record, until: Until) -> Result<Position, AuditError> {
        let answer = self.desk.append(record, until).await.unwrap_or_else(|_| Err(GONE.to_owned()));
        answer.map_err(|reason| AuditError::Latched { reason })
    }

    /// Waits for the very first attempt to anchor, and for no other.
    async fn anchored(&self) -> Result<(), AuditError> {
        let Some((most, standing)) = &self.required else { return Ok(()) };
        loop {
            let Standing { anchored, failure } = standing.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let age = anchored.map(|at| mono_ns().saturating_sub(at).unsigned_abs());
            match (age, failure) {
                (Some(age), _) if age <= most.as_nanos() => return Ok(()),
                (None, None) => tokio::time::sleep(FIRST_ANCHOR).await,
                (_, failure) => {
                    return Err(AuditError::Unanchored { reason: failure.unwrap_or_else(|| "too old".into()) });
                }
            }
        }
    }
}

const GONE: &str = "its writer has stopped";
const FIRST_ANCHOR: Duration = Duration::from_millis(10);
