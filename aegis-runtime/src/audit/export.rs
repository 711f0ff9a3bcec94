//! Records in the words of others, one JSON object a line. Versions are pinned; what a format has no word for goes along whole.
//!
//! | ours | OCSF 1.5.0 | ECS 8.17.0 | OTLP JSON (proto 1.5.0) |
//! |---|---|---|---|
//! | `ev` | `class_uid`, `activity_id`, `metadata.event_code` | `event.action` | `eventName` |
//! | `ts` | `time` (ms) | `@timestamp` | `timeUnixNano` |
//! | `k`, `seq` | `metadata.uid`, `metadata.sequence` | `event.id`, `event.sequence` | `service.instance.id`, `aegis.seq` |
//! | `call` | `api.request.uid` | `transaction.id` | `aegis.call` |
//! | `principal` | `actor.user.name` | `user.name` | `enduser.id` |
//! | `tool` | `api.operation`, `api.service.name` | `labels.tool` | `gen_ai.tool.name` |
//! | `decision` | `action_id`, `disposition_id` | `event.type` | `aegis.decision` |
//! | `rule` or `code` | `firewall_rule.uid` | `rule.id` | `aegis.rule` |
//! | `policy` | `policy.uid` | `rule.ruleset` | `aegis.policy` |
//! | the record | `unmapped` | `event.original` | `body` |

use super::tail::word;
use serde_json::{Value, json};

/// A format of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Open Cybersecurity Schema Framework.
    Ocsf,
    /// Elastic Common Schema.
    Ecs,
    /// OpenTelemetry logs.
    Otlp,
}

impl Format {
    /// A record in this format.
    #[must_use]
    pub fn render(self, record: &Value) -> Value {
        match self {
            Format::Ocsf => ocsf(record),
            Format::Ecs => ecs(record),
            Format::Otlp => otlp(record),
        }
    }
}

/// A record's verdict: `None` where it decides nothing.
fn allowed(record: &Value) -> Option<bool> {
    match (word(record, "ev"), word(record, "decision")) {
        ("call.decided", "allow") | ("call.outcome", _) => Some(true),
        ("call.decided", _) | ("rpc.rejected", _) => Some(false),
        _ => None, // not about a request
    }
}

fn failed(record: &Value) -> bool {
    allowed(record) == Some(false) || matches!(word(record, "outcome"), "error" | "tool-error")
}

fn rule(record: &Value) -> &str {
    match word(record, "rule") {
        "" => word(record, "code"),
        rule => rule,
    }
}

fn time(record: &Value) -> i128 {
    word(record, "ts").parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_nanosecond)
}

fn ocsf(record: &Value) -> Value {
    let event = word(record, "ev");
    let (class, class_name, category, activity) = match event {
        "call.decided" | "call.outcome" | "rpc.rejected" => (6003, "API Activity", 6, 99),
        "kernel.start" | "server.spawned" => (6002, "Application Lifecycle", 6, 3),
        "kernel.stop" | "server.exited" => (6002, "Application Lifecycle", 6, 4),
        "server.restarted" => (6002, "Application Lifecycle", 6, 5),
        _ => (0, "Base Event", 0, 99), // OCSF has no class for it
    };
    let tool = word(record, "tool");
    let (action, disposition) = match allowed(record) {
        Some(true) => (1, 1),
        Some(false) => (2, 2),
        None => (0, 0),
    };
    json!({
        "class_uid": class, "class_name": class_name, "category_uid": category,
        "activity_id": activity, "activity_name": event, "type_uid": class * 100 + activity,
        "time": i64::try_from(time(record) / 1_000_000).unwrap_or_default(),
        "severity_id": if failed(record) { 3 } else { 1 },
        "status_id": if failed(record) { 2 } else { 1 },
        "status_detail": record.get("why").unwrap_or(&Value::Null),
        "action_id": action, "disposition_id": disposition,
        "metadata": {
            "version": "1.5.0", "profiles": ["security_control"], "event_code": event,
            "product": {"name": "Aegis", "vendor_name": "Aegis", "version": env!("CARGO_PKG_VERSION")},
            "uid": format!("{}#{}", word(record, "k"), record.get("seq").unwrap_or(&Value::Null)),
            "sequence": record.get("seq"),
        },
        "actor": {"user": {"name": word(record, "principal")}},
        "api": {
            "operation": tool, "service": {"name": tool.split('.').next()},
            "request": {"uid": word(record, "call")},
        },
        "firewall_rule": {"uid": rule(record)},
        "policy": {"uid": word(record, "policy")},
        "unmapped": record,
    })
}

fn ecs(record: &Value) -> Value {
    let outcome = match (word(record, "ev"), failed(record)) {
        (_, true) => "failure",
        ("call.outcome", false) => "success",
        (_, false) => "unknown",
    };
    let kind = match allowed(record) {
        Some(true) => "allowed",
        Some(false) => "denied",
        None => "info",
    };
    json!({
        "@timestamp": word(record, "ts"),
        "ecs": {"version": "8.17.0"},
        "event": {
            "kind": "event", "category": ["api"], "type": [kind], "action": word(record, "ev"), "outcome": outcome,
            "id": format!("{}#{}", word(record, "k"), record.get("seq").unwrap_or(&Value::Null)),
            "sequence": record.get("seq"), "module": "aegis", "dataset": "aegis.audit",
            "reason": record.get("why").unwrap_or(&Value::Null), "original": record.to_string(),
        },
        "transaction": {"id": word(record, "call")},
        "user": {"name": word(record, "principal")},
        "rule": {"id": rule(record), "ruleset": word(record, "policy")},
        "service": {"name": "aegis", "type": "mcp", "node": {"name": word(record, "k")}},
        "labels": {"tool": word(record, "tool"), "decision": word(record, "decision")},
    })
}

fn otlp(record: &Value) -> Value {
    let text = |key: &str, value: &str| json!({"key": key, "value": {"stringValue": value}});
    let (number, severity) = if failed(record) { (13, "WARN") } else { (9, "INFO") };
    // 64-bit numbers are decimal strings in OTLP's JSON.
    let seq = record.get("seq").map(Value::to_string);
    json!({"resourceLogs": [{
        "resource": {"attributes": [
            text("service.name", "aegis"), text("service.version", env!("CARGO_PKG_VERSION")),
            text("service.instance.id", word(record, "k")),
        ]},
        "scopeLogs": [{
            "scope": {"name": "aegis.audit", "version": env!("CARGO_PKG_VERSION")},
            "logRecords": [{
                "timeUnixNano": time(record).to_string(), "observedTimeUnixNano": time(record).to_string(),
                "severityNumber": number, "severityText": severity, "eventName": word(record, "ev"),
                "body": {"stringValue": record.to_string()},
                "attributes": [
                    {"key": "aegis.seq", "value": {"intValue": seq}},
                    text("aegis.call", word(record, "call")), text("enduser.id", word(record, "principal")),
                    text("gen_ai.tool.name", word(record, "tool")), text("mcp.method.name", "tools/call"),
                    text("aegis.decision", word(record, "decision")), text("aegis.rule", rule(record)),
                    text("aegis.policy", word(record, "policy")),
                ],
            }],
        }],
    }]})
}
