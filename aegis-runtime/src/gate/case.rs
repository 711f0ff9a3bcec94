//! What is known of a call from its first byte on, for the records it leaves. No proof: it opens no door.

use crate::audit::{CallId, Fields};
use crate::north::RpcInfo;
use crate::spec::AuditLevel;
use serde::Serialize;
use std::sync::Arc;
use std::time::Instant;

/// A call's identity in the audit.
#[derive(Debug, Clone)]
pub struct Case {
    id: CallId,
    name: Arc<str>,
    rpc: Arc<Rpc>,
    opened: Instant,
    level: AuditLevel,
}

/// Where a call came from, as records say it.
#[derive(Debug, Serialize)]
struct Rpc {
    method: &'static str,
    id: String,
    protocol: String,
    client: Option<String>,
}

/// Longest tool name that is copied into a record, in characters.
const NAME_LIMIT: usize = 128;

impl Case {
    /// Opens a case for the tool as the agent named it; the name is cut and escaped here, since it may be hostile.
    #[must_use]
    pub fn open(name: &str, method: &'static str, RpcInfo { id, protocol, client }: RpcInfo) -> Self {
        let name: String = name.chars().take(NAME_LIMIT).flat_map(char::escape_default).collect();
        let rpc = Arc::new(Rpc { method, id, protocol, client });
        Self { id: CallId::new(), name: name.into(), rpc, opened: Instant::now(), level: AuditLevel::Meta }
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

    /// The fields every record of the call starts with; the tool as the log spells it.
    #[must_use]
    pub fn fields(&self, tool: Option<&str>) -> Fields {
        let mut fields = Fields::default();
        fields.put("tool", &tool);
        fields.put("rpc", &*self.rpc);
        fields
    }
}
