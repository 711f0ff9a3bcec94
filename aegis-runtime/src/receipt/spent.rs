//! What the log knows of receipts that the database calls valid: a database that was set back would have them spent twice, and one
//! that was written to would have them spent without being earned.
//!
//! *Invariants.* The logs are verified before they are believed, from the kernel that minted the oldest of the receipts onwards:
//! nobody else can have spent one. Where no receipt stands, nothing is read.

use super::{Receipt, ReceiptError, ReceiptsOptions};
use crate::audit::since;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Of these receipts, those that nothing may rest on: an allowed decision took them and no outcome gave them back, or no record
/// says that they were earned.
///
/// # Errors
/// A log that cannot be read, or does not hold together: then nothing starts.
pub(super) fn of(options: &ReceiptsOptions, standing: &[Receipt]) -> Result<HashSet<String>, ReceiptError> {
    if standing.is_empty() || !options.audit.exists() {
        return Ok(HashSet::new());
    }
    let minters: Vec<&str> = standing.iter().map(|receipt| receipt.kernel.as_str()).collect();
    let by_id: HashMap<&str, &Receipt> = standing.iter().map(|receipt| (receipt.id.as_str(), receipt)).collect();
    let mut said = Said::default();
    since(&options.audit, &options.heads, &minters, |kernel, line, event| {
        if matches!(event, "call.decided" | "call.outcome" | "receipt.minted") {
            said.hear(kernel, line, event, &by_id);
        }
    })?;
    let Said { earned, taken, released } = said;
    let rests = |id: &str| earned.contains(id) && taken.get(id).is_none_or(|call| released.contains(call));
    Ok(standing.iter().map(|receipt| receipt.id.clone()).filter(|id| !rests(id)).collect())
}

#[derive(Default)]
struct Said {
    earned: HashSet<String>,
    /// By receipt, the last call that took it: one that was given back can be taken again.
    taken: HashMap<String, String>,
    /// Calls that gave back what they took.
    released: HashSet<String>,
}

impl Said {
    fn hear(&mut self, kernel: &str, line: &[u8], event: &str, standing: &HashMap<&str, &Receipt>) {
        let text = String::from_utf8_lossy(line);
        let (takes, gives) = (text.contains("\"need\":[{"), text.contains("\"receipts\":\"released\""));
        if !takes && !gives && event != "receipt.minted" {
            return;
        }
        let Ok(record) = serde_json::from_str::<Value>(&text) else { return };
        let word = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
        match event {
            "receipt.minted" => {
                let receipt = standing.get(word("id")).filter(|receipt| {
                    // An approval has no dataset and no checks, in the record as in the row.
                    let same = [
                        ("kind", &receipt.kind),
                        ("version", &receipt.version),
                        ("dataset", &receipt.dataset),
                        ("checks_digest", &receipt.checks_digest),
                    ];
                    receipt.kernel == kernel && same.iter().all(|(key, value)| word(key) == value.as_str())
                });
                self.earned.extend(receipt.map(|receipt| receipt.id.clone()));
            }
            "call.outcome" => {
                if gives {
                    self.released.insert(word("call").to_owned());
                }
            }
            _ => {
                // a decision
                let needs = record.get("need").and_then(Value::as_array).into_iter().flatten();
                for id in needs.filter_map(|need| need.get("id").and_then(Value::as_str)) {
                    let last = self.taken.entry(id.to_owned()).or_default();
                    if last.as_str() < word("call") {
                        word("call").clone_into(last);
                    }
                }
            }
        }
    }
}
