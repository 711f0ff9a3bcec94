//! What the log knows of receipts that the database calls valid: a database that was set back would have them spent twice.

use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Of these receipts, those that an allowed decision in some log took and no outcome gave back.
///
/// # Errors
/// A log that cannot be read: then nothing starts.
pub(super) fn of(audit: &Path, ids: &HashSet<String>) -> std::io::Result<HashSet<String>> {
    let mut taken: HashMap<String, String> = HashMap::new();
    let mut released: HashSet<String> = HashSet::new();
    if ids.is_empty() || !audit.exists() {
        return Ok(HashSet::new());
    }
    for entry in fs::read_dir(audit)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in BufReader::new(File::open(path)?).split(b'\n') {
            let line = line?;
            let text = String::from_utf8_lossy(&line);
            let takes = text.contains("\"need\":[{");
            let gives = text.contains("\"receipts\":\"released\"");
            if !takes && !gives {
                continue;
            }
            let Ok(record) = serde_json::from_str::<Value>(&text) else { continue };
            let call = record.get("call").and_then(Value::as_str).unwrap_or_default().to_owned();
            let said = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
            if said("ev") == "call.outcome" {
                if said("receipts") == "released" {
                    released.insert(call);
                }
                continue;
            }
            let needs = record.get("need").and_then(Value::as_array).into_iter().flatten();
            for id in needs.filter_map(|need| need.get("id").and_then(Value::as_str)).filter(|id| ids.contains(*id)) {
                // The last call that took it counts: a receipt that was given back can be taken again.
                let last = taken.entry(id.to_owned()).or_default();
                if *last < call {
                    last.clone_from(&call);
                }
            }
        }
    }
    Ok(taken.into_iter().filter(|(_, call)| !released.contains(call)).map(|(id, _)| id).collect())
}
