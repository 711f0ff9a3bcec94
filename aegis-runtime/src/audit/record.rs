//! Records, before the writer numbers and chains them.

use serde_json::{Map, Value};
use std::fmt;
use uuid::Uuid;

/// A call's id: a UUIDv7, so that ids sort by time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(String);

impl CallId {
    /// A new id.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "two ids are never equal; a default would say otherwise")]
    pub fn new() -> Self {
        Self(Uuid::now_v7().to_string())
    }

    /// An id read back from a log.
    pub(crate) fn recorded(text: &str) -> Self {
        Self(text.to_owned())
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
        Self(Uuid::now_v7().to_string())
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
    /// A server's tools fit the manifest.
    ToolsPinned = "tools.pinned";
    /// A server's tool does not fit the manifest.
    ToolsDrift = "tools.drift";
    /// A receipt was earned.
    ReceiptMinted = "receipt.minted";
    /// Receipts of a dead kernel were burned.
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
    pub(super) body: Map<String, Value>,
}

impl Record {
    /// A record of an event, about a call or none.
    #[must_use]
    pub fn new(event: Event, call: Option<CallId>, body: Map<String, Value>) -> Self {
        Self { event, call, body }
    }
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Its number in the kernel's log, from 1.
    pub seq: u64,
}
