//! What the page shows, counted from the records.

use super::super::AuditError;
use super::super::tail::{Tail, word};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Counts of one tool, rule or stretch of time.
#[derive(Debug, Default, Clone)]
pub(super) struct Count {
    pub(super) allowed: u64,
    pub(super) denied: u64,
    pub(super) failed: u64,
    pub(super) masked: u64,
}

/// Everything the page shows.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) total: Count,
    pub(super) tools: BTreeMap<String, Count>,
    /// By rule or code: counts, and the reason as it was given last.
    pub(super) rules: BTreeMap<String, (Count, String)>,
    /// By `2026-01-31T23`.
    pub(super) hours: BTreeMap<String, Count>,
    /// Places masked, by class.
    pub(super) classes: BTreeMap<String, u64>,
    pub(super) receipts: BTreeMap<String, Receipt>,
    pub(super) denials: Vec<Value>,
    /// Noteworthy events that are not calls.
    pub(super) events: Vec<Value>,
    pub(super) principals: BTreeSet<String>,
    pub(super) kernels: BTreeSet<String>,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) orphaned: u64,
}

/// A receipt: what it says and what became of it.
#[derive(Debug, Default, Clone)]
pub(super) struct Receipt {
    pub(super) minted: String,
    pub(super) kind: String,
    pub(super) dataset: String,
    pub(super) version: String,
    pub(super) fate: String,
}

/// Denials and events shown one by one.
const SHOWN: usize = 40;

pub(super) fn gather(dir: &Path) -> Result<Facts, AuditError> {
    let mut facts = Facts::default();
    // By call: the receipts that it spends.
    let mut spending: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in Tail::new(dir).poll()? {
        facts.take(&record, &mut spending);
    }
    let keep_last = |list: &mut Vec<Value>| {
        let extra = list.len().saturating_sub(SHOWN);
        list.drain(..extra);
        list.reverse();
    };
    keep_last(&mut facts.denials);
    keep_last(&mut facts.events);
    Ok(facts)
}

impl Facts {
    fn take(&mut self, record: &Value, spending: &mut BTreeMap<String, Vec<String>>) {
        let time = word(record, "ts");
        if self.first.is_empty() || time < self.first.as_str() {
            time.clone_into(&mut self.first);
        }
        if time > self.last.as_str() {
            time.clone_into(&mut self.last);
        }
        self.principals.insert(word(record, "principal").to_owned());
        self.kernels.insert(word(record, "k").to_owned());
        let tool = self.tools.entry(word(record, "tool").to_owned());
        let hour = self.hours.entry(time.get(..13).unwrap_or_default().to_owned());
        match word(record, "ev") {
            "call.decided" => {
                let denied = word(record, "decision") != "allow";
                let add = |count: &mut Count| {
                    let place = if denied { &mut count.denied } else { &mut count.allowed };
                    *place = place.saturating_add(1);
                };
                [&mut self.total, tool.or_default(), hour.or_default()].into_iter().for_each(add);
                if denied {
                    let name =
                        Some(word(record, "rule")).filter(|rule| !rule.is_empty()).unwrap_or(word(record, "code"));
                    let (count, why) = self.rules.entry(name.to_owned()).or_default();
                    add(count);
                    word(record, "why").clone_into(why);
                    self.denials.push(record.clone());
                } else {
                    for rule in strings(record.get("rules")) {
                        add(&mut self.rules.entry(rule).or_default().0);
                    }
                    let rewritten = strings(record.get("rewritten")).len();
                    self.masked("inside SQL", u64::try_from(rewritten).unwrap_or(u64::MAX), record);
                    let needs = record.get("need").and_then(Value::as_array).into_iter().flatten();
                    let ids: Vec<String> = needs.map(|need| word(need, "id").to_owned()).collect();
                    spending.insert(word(record, "call").to_owned(), ids);
                }
            }
            "call.outcome" => {
                let masked = record.pointer("/result/masked").and_then(Value::as_object).into_iter().flatten();
                let masked: Vec<(&String, u64)> =
                    masked.map(|(class, count)| (class, count.as_u64().unwrap_or_default())).collect();
                let failed = u64::from(word(record, "outcome") != "ok");
                for count in [&mut self.total, tool.or_default(), hour.or_default()] {
                    count.failed = count.failed.saturating_add(failed);
                }
                for (class, count) in masked {
                    self.masked(class, count, record);
                }
                let fate = word(record, "receipts").to_owned();
                for id in spending.remove(word(record, "call")).unwrap_or_default() {
                    self.spent(&id).fate.clone_from(&fate);
                }
            }
            "call.orphaned" => self.orphaned = self.orphaned.saturating_add(1),
            event if event.starts_with("receipt.") => self.receipt(event, record),
            "segment.open" | "segment.seal" | "checkpoint" | "kernel.read" => {}
            _ => self.events.push(record.clone()), // whatever else happened is worth a line
        }
    }

    fn masked(&mut self, class: &str, places: u64, record: &Value) {
        if places == 0 {
            return;
        }
        let class = self.classes.entry(class.to_owned()).or_default();
        *class = class.saturating_add(places);
        let tool = self.tools.entry(word(record, "tool").to_owned()).or_default();
        let hour = word(record, "ts").get(..13).unwrap_or_default();
        for count in [&mut self.total, tool, self.hours.entry(hour.to_owned()).or_default()] {
            count.masked = count.masked.saturating_add(places);
        }
    }

    /// The receipt of this id; where the record that minted it names none, the newest that is still unspent.
    fn spent(&mut self, id: &str) -> &mut Receipt {
        let unnamed = |(key, receipt): &(&String, &Receipt)| key.contains('#') && receipt.fate == "minted";
        let key = if self.receipts.contains_key(id) {
            id.to_owned()
        } else {
            let newest = self.receipts.iter().filter(unnamed).max_by_key(|(_, receipt)| receipt.minted.clone());
            newest.map_or_else(|| id.to_owned(), |(key, _)| key.clone())
        };
        self.receipts.entry(key).or_default()
    }

    fn receipt(&mut self, event: &str, record: &Value) {
        // Older minting records name no id; the record's own place does then.
        let place = || format!("{}#{}", word(record, "k"), record.get("seq").unwrap_or(&Value::Null));
        let id = ["id", "receipt"].iter().map(|key| word(record, key)).find(|id| !id.is_empty());
        let receipt = self.receipts.entry(id.map_or_else(place, str::to_owned)).or_default();
        if event == "receipt.minted" {
            word(record, "ts").clone_into(&mut receipt.minted);
            word(record, "kind").clone_into(&mut receipt.kind);
            word(record, "dataset").clone_into(&mut receipt.dataset);
            word(record, "version").clone_into(&mut receipt.version);
        }
        let fate = if event == "receipt.released" { "minted" } else { event.trim_start_matches("receipt.") };
        fate.clone_into(&mut receipt.fate);
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
