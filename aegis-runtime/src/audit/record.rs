//! Records, before the writer numbers and chains them.

use super::{Fields, id};
use std::fmt;
use std::sync::Arc;

/// A call's id: a UUIDv7, so that ids sort by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(Arc<str>);

impl CallId {
    /// A new id.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "two ids are never equal; a default would say otherwise")]
    pub fn new() -> Self {
        Self(id::next().to_string().into())
    }

    /// An id read back from a log.
    pub(crate) fn recorded(text: &str) -> Self {
        Self(text.into())
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One kernel instance: a UUIDv7, and the name of its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KernelId(String);

impl KernelId {
    /// A new id.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "two ids are never equal; a default would say otherwise")]
    pub fn new() -> Self {
        Self(id::next().to_string())
    }
}

impl fmt::Display for KernelId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

macro_rules! events {
    ($($(#[$doc:meta])+ $name:ident = $text:literal;)+) => {
        /// What a record is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])+ $name,)+ }

        impl Event {
            /// The word in the log.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Event::$name => $text,)+ }
            }
        }
    };
}

events! {
    /// A kernel began.
    KernelStart = "kernel.start";
    /// A kernel ended in order.
    KernelStop = "kernel.stop";
    /// The log of a kernel that did not end in order was closed by this one.
    KernelRecovered = "kernel.recovered";
    /// A log file begins, with the key that signs it.
    SegmentOpen = "segment.open";
    /// A log file ends, and names the next file's key.
    SegmentSeal = "segment.seal";
    /// The signed root of every record so far.
    Checkpoint = "checkpoint";
    /// A dead kernel's log had latched closed.
    AuditLatched = "audit.latched";
    /// Refusals over the rate that is recorded one by one, counted by kind.
    DenialsCoalesced = "denials.coalesced";
    /// The anchor command failed where it had worked, or failed at first.
    AnchorFailed = "anchor.failed";
    /// The anchor command works again.
    AnchorRestored = "anchor.restored";
    /// The wall clock moved against the monotonic one.
    ClockStepped = "clock.stepped";
    /// A call was allowed or denied.
    CallDecided = "call.decided";
    /// What became of an allowed call.
    CallOutcome = "call.outcome";
    /// An allowed call whose outcome nobody recorded: its kernel died.
    CallOrphaned = "call.orphaned";
    /// The kernel itself reads data, for a validation.
    KernelRead = "kernel.read";
    /// A server was started.
    ServerSpawned = "server.spawned";
    /// A server ended.
    ServerExited = "server.exited";
    /// A server that ended was started again.
    ServerRestarted = "server.restarted";
    /// A server's tools fit the manifest.
    ToolsPinned = "tools.pinned";
    /// A server's tool does not fit the manifest.
    ToolsDrift = "tools.drift";
    /// A receipt was earned.
    ReceiptMinted = "receipt.minted";
    /// A receipt was taken by a call.
    ReceiptReserved = "receipt.reserved";
    /// A receipt was spent.
    ReceiptConsumed = "receipt.consumed";
    /// A receipt no longer stands: its data changed, or may have.
    ReceiptVoided = "receipt.voided";
    /// A receipt ran out.
    ReceiptExpired = "receipt.expired";
    /// A receipt was given back: nothing was done.
    ReceiptReleased = "receipt.released";
    /// A receipt was spent for nothing: nobody knows what was done, or its kernel died.
    ReceiptBurned = "receipt.burned";
    /// An operator put the brake on.
    BrakeOn = "brake.on";
    /// An operator took the brake off.
    BrakeOff = "brake.off";
    /// A message was malformed or of no known method.
    RpcRejected = "rpc.rejected";
    /// Bytes after the last newline of a dead kernel's log were set aside.
    LogRecovered = "log.recovered";
}

/// A record, as a room hands it in.
#[derive(Debug, Clone)]
pub struct Record {
    pub(super) event: Event,
    pub(super) call: Option<CallId>,
    pub(super) fields: Fields,
}

impl Record {
    /// A record of an event, about a call or none.
    #[must_use]
    pub fn new(event: Event, call: Option<CallId>, fields: impl Into<Fields>) -> Self {
        Self { event, call, fields: fields.into() }
    }

    /// A record whose volume the agent or a server alone decides: a refusal of any kind.
    pub(super) fn is_refusal(&self) -> bool {
        self.is_no_call() || (self.event == Event::CallDecided && self.decision() == Some("deny"))
    }

    /// A message that did not become a call, or what a server should not have said.
    pub(super) fn is_no_call(&self) -> bool {
        self.event == Event::RpcRejected
    }

    /// A decision that something may follow from.
    pub(super) fn is_permission(&self) -> bool {
        self.event == Event::KernelRead || (self.event == Event::CallDecided && self.decision() == Some("allow"))
    }

    /// The kind of a refusal, for counting: a denied call's code.
    pub(super) fn kind(&self) -> String {
        match &self.fields.code {
            Some(_) if self.is_no_call() => self.event.as_str().to_owned(),
            Some(code) => code.clone(),
            None if self.is_no_call() => "misconduct".to_owned(),
            None => "none".to_owned(),
        }
    }

    fn decision(&self) -> Option<&str> {
        self.fields.decision.as_deref()
    }
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Its number in the kernel's log, from 1.
    pub seq: u64,
}
