//! One call from request to outcome, for people.

use super::AuditError;
use super::line::plain;
use super::tail::Tail;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// Calls listed when none is named.
const LAST: usize = 30;

/// Shows one call by its id, or the beginning or end of one, or lists the last calls. Reads whatever whole lines there are;
/// whether they can be trusted is for `verify` to say.
///
/// # Errors
/// No such call, or a file that cannot be read.
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
    let mut out = String::new();
    for record in decided.into_iter().skip(skipped) {
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
            "{} {} {:<5} {:<23.23} {:.28}",
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
    let Some(id) = records
        .iter()
        .map(|record| text(record, "call"))
        .find(|id| !id.is_empty() && (id.starts_with(call) || id.ends_with(call)))
    else {
        return Err(AuditError::NoCall(plain(call)));
    };
    let mut out = format!("call {}\n", plain(id));
    for record in records.iter().filter(|record| text(record, "call") == id) {
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
