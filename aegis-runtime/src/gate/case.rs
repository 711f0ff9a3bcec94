//! What is known of a call from its first byte on, for the records it leaves. No proof: it opens no door.

use crate::audit::CallId;
use crate::north::RpcInfo;
use crate::spec::AuditLevel;
use serde_json::{Map, Value, json};
use std::time::Instant;

/// A call's identity in the audit.
#[derive(Debug, Clone)]
pub struct Case {
    id: CallId,
    name: String,
    method: &'static str,
    rpc: RpcInfo,
    opened: Instant,
    level: AuditLevel,
}

/// Longest tool name that is copied into a record, in characters.
const NAME_LIMIT: usize = 128;

impl Case {
    /// Opens a case for the tool as the agent named it; the name is cut and escaped here, since it may be hostile.
    #[must_use]
    pub fn open(name: &str, method: &'static str, rpc: RpcInfo) -> Self {
        let name = name.chars().take(NAME_LIMIT).flat_map(char::escape_default).collect();
        Self { id: CallId::new(), name, method, rpc, opened: Instant::now(), level: AuditLevel::Meta }
    }

    /// The call's id.
    #[must_use]
    pub fn id(&self) -> &CallId {
        &self.id
    }

    /// The tool's name as the agent spelled it, escaped.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How much of the call its records hold, once rules have spoken.
    #[must_use]
    pub(super) fn at_level(mut self, level: AuditLevel) -> Self {
        self.level = level;
        self
    }

    pub(super) fn level(&self) -> AuditLevel {
        self.level
    }

    /// Microseconds since the call arrived.
    #[must_use]
    pub fn elapsed_us(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// The fields every record of the call starts with.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("tool".into(), json!(self.name));
        map.insert(
            "rpc".into(),
            json!({"method": self.method, "id": self.rpc.id, "protocol": self.rpc.protocol, "client": self.rpc.client}),
        );
        map
    }
}
