//! Taking receipts for a call, and what becomes of them.

use super::change::moved;
use super::clock::SLACK_S;
use super::store::{COLUMNS, Receipts, no_writer, read_row};
use super::{Fate, Hold, ReceiptError};
use crate::audit::{CallId, Event};
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use std::collections::HashSet;
use std::time::Duration;

/// How long an outcome that is being written is waited for.
const MOMENT: Duration = Duration::from_millis(20);

impl Receipts {
    /// Takes receipts for a call. Of two calls that want one, exactly one gets it, across processes.
    ///
    /// # Errors
    /// `Taken` when one of them stands no more; `RolledBack` when the logs do not bear it out; `Writer` while a write to its
    /// dataset is under way.
    pub fn reserve(&self, ids: &[String], call: &CallId) -> Result<Hold, ReceiptError> {
        let mut connection = self.connection();
        for id in ids {
            // What others wrote is read before the transaction, which then holds nobody up for long.
            let row = connection.query_row(&format!("SELECT {COLUMNS} FROM receipt WHERE id = ?1"), [id], read_row);
            if let Some(receipt) = row.optional()?
                && self.witness().bears_out(&receipt).is_err()
            {
                // One that was given back is valid in the database a moment before its outcome is in the log.
                std::thread::sleep(MOMENT);
            }
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changes = self.expire(&transaction)?;
        let mut receipts = Vec::new();
        let take = "UPDATE receipt SET state = 'reserved', ended_by = ?1, holder = ?5
             WHERE id = ?2 AND state = 'valid' AND principal = ?3 AND policy_digest = ?4";
        for id in ids {
            let by = params![call.as_str(), id, self.options.principal, self.options.policy, self.options.kernel];
            let taken = moved(&transaction, Event::ReceiptReserved, Some(call), take, by)?;
            if taken.len() != 1 {
                return Err(ReceiptError::Taken);
            }
            changes.extend(taken);
            let sql = format!("SELECT {COLUMNS} FROM receipt WHERE id = ?1");
            let receipt = transaction.query_row(&sql, [id], read_row)?;
            if self.clock.wall_s().saturating_add(SLACK_S) < receipt.wall_s {
                return Err(ReceiptError::ClockBack);
            }
            self.witness().bears_out(&receipt)?;
            no_writer(&transaction, &receipt.dataset)?;
            receipts.push(receipt);
        }
        transaction.commit()?;
        ids.iter().for_each(|id| self.witness().took(id));
        self.say(changes);
        Ok(Hold { receipts })
    }

    /// Looks once more, when the decision to spend what is held is in the log: of two kernels whose databases were made to let both
    /// take one receipt, at least one sees the other's decision by now.
    ///
    /// # Errors
    /// `RolledBack`; a log that does not hold together.
    pub fn is_alone(&self, hold: &Hold, call: &CallId) -> Result<(), ReceiptError> {
        hold.receipts.iter().try_for_each(|receipt| self.witness().is_alone(receipt, call))
    }

    /// The calls that have receipts in hand.
    ///
    /// # Errors
    /// A failing database.
    pub fn holders(&self) -> Result<HashSet<String>, ReceiptError> {
        let connection = self.connection();
        let sql = "SELECT ended_by FROM receipt WHERE state = 'reserved' AND ended_by IS NOT NULL";
        let holders = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(holders)
    }

    /// Ends a reservation.
    ///
    /// # Errors
    /// A failing database; the reservation stays and the next start burns it.
    pub fn settle(&self, hold: Hold, fate: Fate) -> Result<(), ReceiptError> {
        let (state, event) = match fate {
            Fate::Consumed => ("consumed", Event::ReceiptConsumed),
            Fate::Released => ("valid", Event::ReceiptReleased),
            Fate::Burned => ("burned", Event::ReceiptBurned),
        };
        let end = "UPDATE receipt SET state = ?1 WHERE id = ?2 AND state = 'reserved'";
        let mut changes = Vec::new();
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for receipt in hold.receipts {
            changes.extend(moved(&transaction, event, None, end, params![state, receipt.id])?);
            if fate == Fate::Released {
                self.witness().gave_back(&receipt.id);
            }
        }
        transaction.commit()?;
        self.say(changes);
        Ok(())
    }
}
