//! The store: mint, stand, void.

use super::change::{Change, Ear, moved};
use super::clock::{Clock, Machine};
use super::witness::Witness;
use super::{Mint, Receipt, ReceiptError, WriteHold, clock, schema};
use crate::audit::{self, CallId, Event};
use crate::kernel::{Standing, Subject};
use crate::own;
use crate::spec::{DatasetId, Spec};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde_json::Value;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// Longest life of a receipt, whatever a gate permits.
const LIFE_S: u64 = 24 * 3600;

pub(super) const COLUMNS: &str = "id, kind, dataset, version, version_kind, content_digest, rows, checks_digest, principal, kernel, \
     policy_digest, minted_at, mono_s, boot_id, state, ended_by, audit_seq, inputs, assurance, build, wall_s";

/// Where the store is, and for whom.
#[derive(Debug, Clone)]
pub struct ReceiptsOptions {
    /// The database; made 0600.
    pub path: PathBuf,
    /// Whether it must be there already, since this state directory was used before.
    pub must_exist: bool,
    /// The directory of the logs, which know what was earned and spent.
    pub audit: PathBuf,
    /// The head rows of those logs.
    pub heads: PathBuf,
    /// This kernel instance.
    pub kernel: String,
    /// Who acts; receipts of others do not stand.
    pub principal: String,
    /// The policy's digest; receipts under others do not stand.
    pub policy: &'static str,
}

/// The receipt store of one principal under one policy.
pub struct Receipts {
    connection: Mutex<Connection>,
    pub(super) options: ReceiptsOptions,
    pub(super) boot_id: String,
    pub(super) clock: Box<dyn Clock>,
    /// What the logs and this process know of what was earned and spent, whatever the database says.
    witness: Mutex<Witness>,
    ear: Option<Ear>,
}

impl Receipts {
    /// Opens the store.
    ///
    /// # Errors
    /// A database that fails, is missing where it must not be, or has an unknown schema; logs that do not hold together where a
    /// receipt rests on them.
    pub fn open(options: ReceiptsOptions) -> Result<Self, ReceiptError> {
        Self::open_at(options, Box::new(Machine))
    }

    /// The same on another clock: age is what it says.
    ///
    /// # Errors
    /// As [`Receipts::open`].
    pub fn open_at(options: ReceiptsOptions, clock: Box<dyn Clock>) -> Result<Self, ReceiptError> {
        if options.must_exist && !own::is_there(&options.path) {
            return Err(ReceiptError::Missing(options.path.display().to_string()));
        }
        own::database(&options.path)?;
        // SQLite makes files by the umask; this one is ours alone.
        own::open(&options.path, OpenOptions::new().write(true).create(true).truncate(false).mode(0o600))?;
        let connection = Connection::open(&options.path)?;
        schema::prepare(&connection)?;
        let boot_id = clock::boot_id()?;
        let sql = format!("SELECT {COLUMNS} FROM receipt WHERE state = 'valid' AND boot_id = ?1");
        let standing: Vec<Receipt> =
            connection.prepare(&sql)?.query_map([&boot_id], read_row)?.collect::<Result<_, _>>()?;
        let mut witness = Witness::new(&options);
        standing.iter().try_for_each(|receipt| witness.listen(&receipt.kernel))?;
        let (connection, witness) = (Mutex::new(connection), Mutex::new(witness));
        Ok(Self { connection, options, boot_id, clock, witness, ear: None })
    }

    /// Says each change of a receipt's state, once it is committed.
    #[must_use]
    pub fn heard_by(mut self, ear: impl Fn(Change) + Send + Sync + 'static) -> Self {
        self.ear = Some(Box::new(ear));
        self
    }

    pub(super) fn say(&self, changes: Vec<Change>) {
        if let Some(ear) = &self.ear {
            changes.into_iter().for_each(ear);
        }
    }

    /// Every receipt of a database, newest first, for people; changes nothing.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn read(path: &Path) -> Result<Vec<Receipt>, ReceiptError> {
        if !own::is_there(path) {
            return Ok(Vec::new());
        }
        own::plain(path, OpenOptions::new().read(true))?;
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM receipt ORDER BY id DESC"))?;
        let rows = statement.query_map([], read_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The receipts that can be spent now by this principal under this policy; of approvals, those of this call.
    ///
    /// # Errors
    /// A database that cannot be read.
    pub fn standing(&self, spec: &'static Spec, call: Option<&str>) -> Result<Vec<Standing>, ReceiptError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changes = self.expire(&transaction)?;
        let now = self.clock.boot_s();
        let sql =
            format!("SELECT {COLUMNS} FROM receipt WHERE state = 'valid' AND principal = ?1 AND policy_digest = ?2");
        let receipts: Vec<Receipt> = transaction
            .prepare(&sql)?
            .query_map(params![self.options.principal, self.options.policy], read_row)?
            .collect::<Result<_, _>>()?;
        transaction.commit()?;
        self.say(changes);
        let standing = receipts.into_iter().filter_map(|receipt| {
            let subject = if receipt.version_kind == "call" {
                call.filter(|call| *call == receipt.version).map(|_| Subject::Call)?
            } else {
                let dataset = spec.datasets.iter().position(|dataset| dataset.name == receipt.dataset)?;
                // A changed check set makes a receipt worthless before its version does.
                let current = spec.datasets.get(dataset)?.checks_digest == receipt.checks_digest;
                let id = DatasetId(u16::try_from(dataset).ok()?);
                current.then_some(Subject::Dataset(id))?
            };
            let age = Duration::from_secs(now.saturating_sub(receipt.mono_s));
            let Receipt { id, kind, assurance, version_kind, .. } = receipt;
            Some(Standing { id, kind, subject, age, assurance, version_kind })
        });
        Ok(standing.collect())
    }

    /// The state of the last receipt of a kind for a dataset, of this principal under this policy.
    pub(crate) fn last(&self, kind: &str, dataset: &str) -> Result<Option<String>, ReceiptError> {
        let sql = "SELECT state FROM receipt WHERE kind = ?1 AND dataset = ?2 AND principal = ?3 AND policy_digest = ?4
             ORDER BY rowid DESC LIMIT 1";
        let of = params![kind, dataset, self.options.principal, self.options.policy];
        Ok(self.connection().query_row(sql, of, |row| row.get(0)).optional()?)
    }

    /// Mints a receipt; a former one of the same kind and dataset is voided.
    ///
    /// # Errors
    /// A writer or a promotion that is in flight on the dataset, or a failing database.
    pub fn mint(&self, mint: &Mint<'_>) -> Result<Receipt, ReceiptError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        no_writer(&transaction, mint.dataset)?;
        no_promotion(&transaction, mint.dataset)?;
        let former = "UPDATE receipt SET state = 'voided', ended_by = ?1
             WHERE version_kind <> 'call' AND kind = ?2 AND dataset = ?3 AND principal = ?4 AND policy_digest = ?5 AND state = 'valid'";
        let by = params![mint.call.as_str(), mint.kind, mint.dataset, self.options.principal, self.options.policy];
        let changes = moved(&transaction, Event::ReceiptVoided, Some(mint.call), former, by)?;
        let receipt = Receipt {
            id: mint.id.clone(),
            kind: mint.kind.to_owned(),
            dataset: mint.dataset.to_owned(),
            version: mint.version.to_owned(),
            version_kind: mint.version_kind.to_owned(),
            content_digest: mint.content_digest.to_owned(),
            rows: mint.rows,
            checks_digest: mint.checks_digest.to_owned(),
            principal: self.options.principal.clone(),
            kernel: self.options.kernel.clone(),
            policy_digest: self.options.policy.to_owned(),
            minted_at: format!("{:.0}", jiff::Timestamp::now()),
            mono_s: self.clock.boot_s(),
            boot_id: self.boot_id.clone(),
            state: "valid".to_owned(),
            ended_by: None,
            audit_seq: mint.audit_seq,
            inputs: mint.inputs.clone(),
            assurance: "kernel-read".to_owned(),
            build: env!("CARGO_PKG_VERSION").to_owned(),
            wall_s: self.clock.wall_s(),
        };
        insert(&transaction, &receipt)?;
        transaction.commit()?;
        self.witness().minted(&receipt);
        self.say(changes);
        Ok(receipt)
    }

    /// Announces a writer: voids what stands for the datasets, whoever earned it, and keeps promotions out until it ends.
    ///
    /// # Errors
    /// `Writer` while a promotion of one of them has its receipt in hand; a failing database.
    pub fn begin_write(&self, datasets: &[&str], call: &CallId) -> Result<WriteHold, ReceiptError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut changes = Vec::new();
        for dataset in datasets {
            no_promotion(&transaction, dataset)?;
            let void = "UPDATE receipt SET state = 'voided', ended_by = ?1 WHERE dataset = ?2 AND state = 'valid'";
            let by = params![call.as_str(), dataset];
            changes.extend(moved(&transaction, Event::ReceiptVoided, Some(call), void, by)?);
            transaction.execute(
                "INSERT INTO writer (call, dataset, kernel) VALUES (?1, ?2, ?3)",
                params![call.as_str(), dataset, self.options.kernel],
            )?;
        }
        transaction.commit()?;
        self.say(changes);
        Ok(WriteHold { call: call.as_str().to_owned() })
    }

    /// Ends a writer.
    ///
    /// # Errors
    /// A failing database; the writer stays and keeps promotions out.
    pub fn end_write(&self, write: WriteHold) -> Result<(), ReceiptError> {
        self.connection().execute("DELETE FROM writer WHERE call = ?1", [write.call])?;
        Ok(())
    }

    /// Burns what kernels that are gone had in hand, and ends their writers. A kernel may go before the decision of its call was
    /// written, and after the outcome was: that the log knows of no open call says nothing of what was reserved for it.
    ///
    /// # Errors
    /// A failing database: then nothing starts.
    pub fn recover(&self) -> Result<u64, ReceiptError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A reservation of the former schema has no holder.
        let sql = "SELECT holder FROM receipt WHERE state = 'reserved' UNION SELECT kernel FROM writer";
        let holders: Vec<Option<String>> =
            transaction.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let burn = "UPDATE receipt SET state = 'burned' WHERE state = 'reserved' AND holder IS ?1";
        let mut changes = Vec::new();
        for holder in holders {
            if holder.as_deref().is_some_and(|kernel| audit::lives(&self.options.audit, kernel)) {
                continue;
            }
            changes.extend(moved(&transaction, Event::ReceiptBurned, None, burn, [&holder])?);
            transaction.execute("DELETE FROM writer WHERE kernel IS ?1", [&holder])?;
        }
        transaction.commit()?;
        let burned = u64::try_from(changes.len()).unwrap_or(u64::MAX);
        self.say(changes);
        Ok(burned)
    }

    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic while the lock was held left at most an uncommitted transaction, which SQLite rolls back.
        self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) fn witness(&self) -> MutexGuard<'_, Witness> {
        self.witness.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What is too old, of another boot, or from the future of this one stands no more.
    pub(super) fn expire(&self, transaction: &Transaction<'_>) -> Result<Vec<Change>, ReceiptError> {
        let now = self.clock.boot_s();
        let end = "UPDATE receipt SET state = 'expired' WHERE state = 'valid' AND (boot_id <> ?1 OR mono_s > ?2 OR mono_s + ?3 < ?2)";
        Ok(moved(transaction, Event::ReceiptExpired, None, end, params![self.boot_id, signed(now), signed(LIFE_S)])?)
    }
}

pub(super) fn insert(transaction: &Transaction<'_>, receipt: &Receipt) -> rusqlite::Result<usize> {
    let values = "?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21";
    transaction.execute(
        &format!("INSERT INTO receipt ({COLUMNS}) VALUES ({values})"),
        params![
            receipt.id,
            receipt.kind,
            receipt.dataset,
            receipt.version,
            receipt.version_kind,
            receipt.content_digest,
            signed(receipt.rows),
            receipt.checks_digest,
            receipt.principal,
            receipt.kernel,
            receipt.policy_digest,
            receipt.minted_at,
            signed(receipt.mono_s),
            receipt.boot_id,
            receipt.state,
            receipt.ended_by,
            signed(receipt.audit_seq),
            Value::Object(receipt.inputs.clone()).to_string(),
            receipt.assurance,
            receipt.build,
            signed(receipt.wall_s),
        ],
    )
}

pub(super) fn no_writer(transaction: &Transaction<'_>, dataset: &str) -> Result<(), ReceiptError> {
    at_rest(transaction, "SELECT EXISTS (SELECT 1 FROM writer WHERE dataset = ?1)", dataset)
}

/// Nobody has a receipt for the dataset in hand.
fn no_promotion(transaction: &Transaction<'_>, dataset: &str) -> Result<(), ReceiptError> {
    at_rest(transaction, "SELECT EXISTS (SELECT 1 FROM receipt WHERE dataset = ?1 AND state = 'reserved')", dataset)
}

fn at_rest(transaction: &Transaction<'_>, sql: &str, dataset: &str) -> Result<(), ReceiptError> {
    let busy: bool = transaction.query_row(sql, [dataset], |row| row.get(0))?;
    if busy { Err(ReceiptError::Writer(dataset.to_owned())) } else { Ok(()) }
}

pub(super) fn read_row(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    let unsigned = |index: usize| row.get::<_, i64>(index).map(|value| u64::try_from(value).unwrap_or_default());
    Ok(Receipt {
        id: row.get(0)?,
        kind: row.get(1)?,
        dataset: row.get(2)?,
        version: row.get(3)?,
        version_kind: row.get(4)?,
        content_digest: row.get(5)?,
        rows: unsigned(6)?,
        checks_digest: row.get(7)?,
        principal: row.get(8)?,
        kernel: row.get(9)?,
        policy_digest: row.get(10)?,
        minted_at: row.get(11)?,
        mono_s: unsigned(12)?,
        boot_id: row.get(13)?,
        state: row.get(14)?,
        ended_by: row.get(15)?,
        audit_seq: unsigned(16)?,
        inputs: serde_json::from_str(&row.get::<_, String>(17)?).unwrap_or_default(),
        assurance: row.get(18)?,
        build: row.get(19)?,
        wall_s: unsigned(20)?,
    })
}

pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
