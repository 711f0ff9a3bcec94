//! What the logs know of receipts that the database calls valid: a database that was set back would have them spent twice, and one
//! that was written to would have them spent without being earned.
//!
//! *Invariants.* A receipt is borne out by the record that minted it, under a signature, in the log of a registered kernel, equal
//! in all that gives it its authority; and by no decision, in any log, that took it and did not give it back. Of what this kernel
//! itself mints and spends its own memory is the witness. Logs are followed as they grow, and verified as they are read. Where no
//! receipt stands, nothing is read.

use super::{Receipt, ReceiptError, ReceiptsOptions};
use crate::audit::{CallId, Follower};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// What was said of receipts, by this kernel and by the others.
pub(super) struct Witness {
    follower: Follower,
    own: String,
    /// Receipts that this kernel minted.
    minted: HashMap<String, Receipt>,
    /// Receipts that this kernel took.
    spent: HashSet<String>,
    heard: Heard,
}

/// What others said.
#[derive(Default)]
struct Heard {
    /// By receipt, who minted it, in which record, as what.
    earned: HashMap<String, (String, u64, Earned)>,
    /// By receipt, the kernels and calls that took it.
    taken: HashMap<String, HashSet<(String, String)>>,
    /// The kernels and calls that gave back what they took, and in which record.
    released: HashMap<(String, String), u64>,
}

/// What gives a receipt its authority.
#[derive(PartialEq)]
struct Earned {
    kind: String,
    dataset: String,
    version: String,
    version_kind: String,
    content_digest: String,
    checks_digest: String,
    principal: String,
    policy: String,
    assurance: String,
    inputs: Map<String, Value>,
}

impl Witness {
    pub(super) fn new(options: &ReceiptsOptions) -> Self {
        Self {
            follower: Follower::new(&options.audit, &options.heads, &options.kernel),
            own: options.kernel.clone(),
            minted: HashMap::new(),
            spent: HashSet::new(),
            heard: Heard::default(),
        }
    }

    /// A receipt that this kernel mints.
    pub(super) fn minted(&mut self, receipt: &Receipt) {
        self.minted.insert(receipt.id.clone(), receipt.clone());
    }

    /// A receipt that this kernel takes.
    pub(super) fn took(&mut self, id: &str) {
        self.spent.insert(id.to_owned());
    }

    /// A receipt that this kernel gives back.
    pub(super) fn gave_back(&mut self, id: &str) {
        self.spent.remove(id);
    }

    /// Hears what was said since the last time, by everybody who may have said something of a receipt of this kernel's.
    ///
    /// # Errors
    /// Logs that cannot be read, or do not hold together.
    pub(super) fn listen(&mut self, minter: &str) -> Result<(), ReceiptError> {
        let Self { follower, heard, .. } = self;
        Ok(follower.follow(minter, |kernel, seq, event, line| heard.hear(kernel, seq, event, line))?)
    }

    /// Whether a receipt may be taken.
    ///
    /// # Errors
    /// `RolledBack`; `Taken` where it was given back a moment ago, and not yet under a signature; logs that do not hold together.
    pub(super) fn bears_out(&mut self, receipt: &Receipt) -> Result<(), ReceiptError> {
        self.listen(&receipt.kernel)?;
        if self.spent.contains(&receipt.id) || !self.is_earned(receipt) {
            return Err(ReceiptError::RolledBack);
        }
        for taker in self.heard.taken.get(&receipt.id).into_iter().flatten() {
            let seq = self.heard.released.get(taker).ok_or(ReceiptError::RolledBack)?;
            if !self.follower.is_signed(&taker.0, *seq) {
                return Err(ReceiptError::Taken);
            }
        }
        Ok(())
    }

    /// Whether no other call took a receipt that this kernel holds for this one.
    ///
    /// # Errors
    /// `RolledBack`; logs that do not hold together.
    pub(super) fn is_alone(&mut self, receipt: &Receipt, call: &CallId) -> Result<(), ReceiptError> {
        self.listen(&receipt.kernel)?;
        let mut takers = self.heard.taken.get(&receipt.id).into_iter().flatten();
        let other = takers.any(|taker| taker.1 != call.as_str() && !self.heard.released.contains_key(taker));
        if other { Err(ReceiptError::RolledBack) } else { Ok(()) }
    }

    fn is_earned(&self, receipt: &Receipt) -> bool {
        if receipt.kernel == self.own {
            return self.minted.get(&receipt.id).is_some_and(|minted| {
                let (state, ended_by) = (receipt.state.clone(), receipt.ended_by.clone());
                Receipt { state, ended_by, ..minted.clone() } == *receipt
            });
        }
        self.heard.earned.get(&receipt.id).is_some_and(|(kernel, seq, earned)| {
            *kernel == receipt.kernel && self.follower.is_signed(kernel, *seq) && *earned == Earned::of_row(receipt)
        })
    }
}

impl Heard {
    fn hear(&mut self, kernel: &str, seq: u64, event: &str, line: &[u8]) {
        // Parsed only where it can matter.
        let says = |words: &str| line.windows(words.len()).any(|window| window == words.as_bytes());
        let matters = match event {
            "receipt.minted" => true,
            "call.decided" => says("\"need\":[{"),
            "call.outcome" => says("\"receipts\":\"released\""),
            _ => false, // of receipts' other changes the database is the witness
        };
        let Some(record) = matters.then(|| serde_json::from_slice::<Value>(line).ok()).flatten() else { return };
        let by = |record: &Value| (kernel.to_owned(), word(record, "call"));
        match event {
            "receipt.minted" => {
                let earned = (kernel.to_owned(), seq, Earned::of_record(&record));
                self.earned.entry(word(&record, "id")).or_insert(earned);
            }
            "call.outcome" => {
                if word(&record, "receipts") == "released" {
                    self.released.insert(by(&record), seq);
                }
            }
            _ => {
                // a decision
                let needs = record.get("need").and_then(Value::as_array).into_iter().flatten();
                for id in needs.map(|need| word(need, "id")) {
                    self.taken.entry(id).or_default().insert(by(&record));
                }
            }
        }
    }
}

impl Earned {
    fn of_row(receipt: &Receipt) -> Self {
        Self {
            kind: receipt.kind.clone(),
            dataset: receipt.dataset.clone(),
            version: receipt.version.clone(),
            version_kind: receipt.version_kind.clone(),
            content_digest: receipt.content_digest.clone(),
            checks_digest: receipt.checks_digest.clone(),
            principal: receipt.principal.clone(),
            policy: receipt.policy_digest.clone(),
            assurance: receipt.assurance.clone(),
            inputs: receipt.inputs.clone(),
        }
    }

    /// An approval is an operator's record about another principal's call; it has no dataset and no checks.
    fn of_record(record: &Value) -> Self {
        let word = |key| word(record, key);
        let is_approval = word("assurance") == "operator";
        let either = |approval: &str, other: String| if is_approval { approval.to_owned() } else { other };
        Self {
            kind: word("kind"),
            dataset: word("dataset"),
            version: word("version"),
            version_kind: either("call", word("version_kind")),
            content_digest: either(&word("version"), word("content_digest")),
            checks_digest: word("checks_digest"),
            principal: either(&word("for"), word("principal")),
            policy: word("policy"),
            assurance: either("operator", "kernel-read".to_owned()),
            inputs: record.get("inputs").and_then(Value::as_object).cloned().unwrap_or_default(),
        }
    }
}

fn word(record: &Value, key: &str) -> String {
    record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
