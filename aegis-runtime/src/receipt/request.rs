//! Requests for approval: what a denied call asks an operator for, and the approval that answers it.
//!
//! *Invariants.* A request and its approval are bound to tool and arguments by digest, to the principal and to the policy; an
//! approval is minted by an operator's command and by nothing that an agent can call, and is spent by one call.

use super::change::moved;
use super::store::{Receipts, insert, signed};
use super::{Receipt, ReceiptError};
use crate::audit::{Event, hex};
use rusqlite::{Row, TransactionBehavior, params};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Longest arguments an operator is asked to read, in bytes.
const ARGUMENTS: usize = 64 * 1024;
/// Open requests of one principal; the oldest gives way, so that an agent fills no disk.
const OPEN: i64 = 64;

/// A call that waits for an operator.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// SHA-256 of tool and arguments.
    pub digest: String,
    /// The kind of receipt that is asked for.
    pub kind: String,
    /// Who asked.
    pub principal: String,
    /// The policy it was denied under.
    pub policy_digest: String,
    /// The tool.
    pub tool: String,
    /// The gate.
    pub rule: String,
    /// The arguments, as JSON with sorted keys. May hold personal data: for the operator's eyes.
    pub arguments: String,
    /// Wall time, for people.
    pub requested_at: String,
}

/// The digest of a call, and the arguments as they are digested: keys sorted, so that their order is no other call.
#[must_use]
pub fn call_digest(tool: &str, arguments: &Map<String, Value>) -> (String, String) {
    let text = sorted(&Value::Object(arguments.clone())).to_string();
    let mut hasher = Sha256::new();
    hasher.update(u64::try_from(tool.len()).unwrap_or(u64::MAX).to_be_bytes());
    hasher.update(tool.as_bytes());
    hasher.update(text.as_bytes());
    (hex(&hasher.finalize()), text)
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let keys: BTreeMap<&String, Value> = map.iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(keys.into_iter().map(|(key, value)| (key.clone(), value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

impl Receipts {
    /// Leaves a request; says whether an operator can answer it.
    ///
    /// # Errors
    /// A failing database.
    pub fn request(
        &self,
        kind: &str,
        rule: &str,
        tool: &str,
        digest: &str,
        arguments: &str,
    ) -> Result<bool, ReceiptError> {
        if arguments.len() > ARGUMENTS {
            return Ok(false);
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (principal, policy) = (&self.options.principal, self.options.policy);
        transaction.execute(
            "INSERT OR REPLACE INTO request VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                digest,
                kind,
                principal,
                policy,
                tool,
                rule,
                arguments,
                format!("{:.0}", jiff::Timestamp::now()),
                signed(self.clock.boot_s()),
                self.boot_id
            ],
        )?;
        transaction.execute(
            "DELETE FROM request WHERE principal = ?1 AND rowid NOT IN
             (SELECT rowid FROM request WHERE principal = ?1 ORDER BY rowid DESC LIMIT ?2)",
            params![principal, OPEN],
        )?;
        transaction.commit()?;
        Ok(true)
    }

    /// The open requests under this policy, newest first.
    ///
    /// # Errors
    /// A failing database.
    pub fn requests(&self) -> Result<Vec<Request>, ReceiptError> {
        let connection = self.connection();
        let sql = "SELECT digest, kind, principal, policy_digest, tool, rule, arguments, requested_at FROM request
             WHERE policy_digest = ?1 ORDER BY rowid DESC";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([self.options.policy], read_request)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Answers a request: mints its approval for the principal who asked. The operator's record is durable by now.
    ///
    /// # Errors
    /// `Taken` when the request is gone; a failing database.
    pub fn approve(&self, id: String, request: &Request, audit_seq: u64) -> Result<Receipt, ReceiptError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let key = params![request.digest, request.kind, request.principal, request.policy_digest];
        let gone = transaction.execute(
            "DELETE FROM request WHERE digest = ?1 AND kind = ?2 AND principal = ?3 AND policy_digest = ?4",
            key,
        )?;
        if gone != 1 {
            return Err(ReceiptError::Taken);
        }
        let former = "UPDATE receipt SET state = 'voided' WHERE version = ?1 AND kind = ?2 AND principal = ?3
             AND policy_digest = ?4 AND version_kind = 'call' AND state = 'valid'";
        let changes = moved(&transaction, Event::ReceiptVoided, None, former, key)?;
        let receipt = Receipt {
            id,
            kind: request.kind.clone(),
            dataset: String::new(),
            version: request.digest.clone(),
            version_kind: "call".to_owned(),
            content_digest: request.digest.clone(),
            rows: 0,
            checks_digest: String::new(),
            principal: request.principal.clone(),
            kernel: self.options.kernel.clone(),
            policy_digest: request.policy_digest.clone(),
            minted_at: format!("{:.0}", jiff::Timestamp::now()),
            mono_s: self.clock.boot_s(),
            boot_id: self.boot_id.clone(),
            state: "valid".to_owned(),
            ended_by: None,
            audit_seq,
            inputs: Map::new(),
            assurance: "operator".to_owned(),
            build: env!("CARGO_PKG_VERSION").to_owned(),
            wall_s: self.clock.wall_s(),
        };
        insert(&transaction, &receipt)?;
        transaction.commit()?;
        self.witness().minted(&receipt);
        self.say(changes);
        Ok(receipt)
    }
}

fn read_request(row: &Row<'_>) -> rusqlite::Result<Request> {
    Ok(Request {
        digest: row.get(0)?,
        kind: row.get(1)?,
        principal: row.get(2)?,
        policy_digest: row.get(3)?,
        tool: row.get(4)?,
        rule: row.get(5)?,
        arguments: row.get(6)?,
        requested_at: row.get(7)?,
    })
}
