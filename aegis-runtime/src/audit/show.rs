//! One call from request to outcome, for people.

use super::AuditError;
use super::line::plain;
use super::tail::Tail;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// Calls listed when none is named, and named where more than one is meant.
const LAST: usize = 30;
const SOME: usize = 8;
/// Widest column of tools.
const TOOL: usize = 48;

/// Shows one call by its id, or the beginning or end of one, or lists the last calls. Reads whatever whole lines there are;
/// whether they can be trusted is for `verify` to say.
///
/// # Errors
/// No such call, more than one, or a file that cannot be read.
pub fn show(dir: &Path, call: Option<&str>) -> Result<String, AuditError> {
    let records = Tail::new(dir).poll()?;
    match call {
        None => Ok(list(&records)),
        Some(call) => one(&records, call),
    }
}

fn list(records: &[Value]) -> String {
    let decided: Vec<&Value> = records.iter().filter(|record| text(record, "ev") == "call.decided").collect();
    let skipped = decided.len().saturating_sub(LAST);
    let shown = || decided.iter().skip(skipped);
    let width = shown().map(|record| plain(text(record, "tool")).chars().count()).max().unwrap_or_default().min(TOOL);
    let mut out = String::new();
    for record in shown() {
        let call = text(record, "call");
        let outcome = records
            .iter()
            .find(|other| text(other, "ev") == "call.outcome" && text(other, "call") == call)
            .map_or_else(String::new, |outcome| format!("{} {}", text(outcome, "outcome"), text(outcome, "code")));
        let rule = match text(record, "rule") {
            "" => text(record, "code"),
            rule => rule,
        };
        let time = text(record, "ts").get(11..19).unwrap_or_default();
        let said = if text(record, "decision") == "allow" { outcome.trim_end() } else { rule };
        // The end of an id is what tells two of them apart; `show` takes it too.
        let short = call.get(call.len().saturating_sub(12)..).unwrap_or(call);
        let _ = writeln!(
            out,
            "{} {} {:<5} {:<width$.width$} {:.28}",
            plain(time),
            plain(short),
            plain(text(record, "decision")),
            plain(text(record, "tool")),
            plain(said)
        );
    }
    if out.is_empty() {
        out.push_str("no calls\n");
    }
    out
}

fn one(records: &[Value], call: &str) -> Result<String, AuditError> {
    let named = |id: &&str| !id.is_empty() && (id.starts_with(call) || id.ends_with(call));
    let found: BTreeSet<&str> = records.iter().map(|record| text(record, "call")).filter(named).collect();
    let Some(id) = found.first() else { return Err(AuditError::NoCall(plain(call))) };
    if found.len() > 1 {
        let some: Vec<String> = found.iter().take(SOME).map(|id| plain(id)).collect();
        let more = if found.len() > SOME { ", …" } else { "" };
        return Err(AuditError::SeveralCalls(format!("{}{more}", some.join(", "))));
    }
    let mut out = format!("call {}\n", plain(id));
    for record in records.iter().filter(|record| text(record, "call") == *id) {
        let _ = writeln!(
            out,
            "\n{} {}  (record {} of {})",
            plain(text(record, "ts")),
            plain(text(record, "ev")),
            number(record, "seq"),
            plain(text(record, "k"))
        );
        let Some(map) = record.as_object() else { continue };
        for (key, value) in map {
            let heading = ["v", "k", "seq", "prev", "ts", "mono_ns", "ev", "call"].contains(&key.as_str());
            if !heading && !value.is_null() {
                let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let _ = writeln!(out, "  {:<12} {}", plain(key), plain(&shown));
            }
        }
    }
    Ok(out)
}

fn text<'record>(record: &'record Value, key: &str) -> &'record str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(record: &Value, key: &str) -> u64 {
    record.get(key).and_then(Value::as_u64).unwrap_or_default()
}
