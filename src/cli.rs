//! argv. Flags supply evidence (a principal, a state directory), never rules.

use crate::audit::AuditCommand;
use crate::output::{CommandError, say};
use crate::{brake, decide, doctor, estate, explain, import, mask, receipts, serve, state};
use aegis_downstreams::{postgres, warehouse};
use aegis_runtime::kernel::Kernel;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A compliance kernel for MCP, compiled from its policy
#[derive(Debug, Parser)]
#[command(name = "aegis")]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StateArgs {
    /// Directory of receipts, heads, keys and the audit log [default: $XDG_STATE_HOME/aegis]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

impl StateArgs {
    pub(crate) fn path(self) -> Result<PathBuf, CommandError> {
        match self.state {
            Some(path) => Ok(path),
            None => state::default_path(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve MCP on stdio; the agent's only server
    Serve {
        #[command(flatten)]
        state: StateArgs,
        /// Who acts; labels the audit and scopes receipts [default: the OS user]
        #[arg(long)]
        principal: Option<String>,
    },
    /// Decide calls read as JSON lines; nothing is executed
    Decide {
        #[command(flatten)]
        state: StateArgs,
    },
    /// Mask results read as JSON lines
    Mask {
        /// Say for each span which detector, gate and context word it was masked by
        #[arg(long)]
        explain: bool,
    },
    /// Print the decision matrix this binary was compiled with
    Matrix,
    /// Explain a tool, a rule or a code
    Explain {
        /// `postgres.query`, `no-destructive-ops`, `AEG-D110`
        what: String,
    },
    /// Print what is declared of a server's database: the file that `${estate}` names
    Estate {
        /// The server's name in its manifest
        server: String,
    },
    /// Check this machine and this build, on one page
    Doctor {
        #[command(flatten)]
        state: StateArgs,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Draft a manifest from a live server, or an estate from a live database; a draft does not build until a person has decided
    Import(import::ImportArgs),
    /// Read the audit log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Read, approve, export and verify receipts
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Put the brake on: everything, a server or a tool stands still until `resume`
    Halt {
        /// `postgres`, `postgres.execute`; nothing is everything
        what: Option<String>,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Take the brake off
    Resume {
        /// What was halted; nothing lifts every halt
        what: Option<String>,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Run one of the embedded downstream servers on stdio
    #[command(subcommand)]
    Downstream(DownstreamCommand),
}

#[derive(Debug, Subcommand)]
enum ReceiptCommand {
    /// List receipts and their states
    List {
        #[command(flatten)]
        state: StateArgs,
        /// Print JSON lines
        #[arg(long)]
        json: bool,
    },
    /// Show one receipt
    Show {
        /// Its id, or the beginning of it
        id: String,
        #[command(flatten)]
        state: StateArgs,
    },
    /// List calls that wait for an operator, or approve one of them once
    Approve {
        /// The call's digest, or the beginning of it
        digest: Option<String>,
        /// Do not ask; the digest must be whole
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Print a receipt as a signed DSSE envelope
    Export {
        /// Its id, or the beginning of it
        id: String,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Print the public key that exported receipts verify against
    Key {
        #[command(flatten)]
        state: StateArgs,
    },
    /// Verify an exported receipt offline; exit 1 where it does not hold
    Verify {
        /// The envelope
        file: PathBuf,
        /// A file with the public key, as `aegis receipt key` prints it
        #[arg(long)]
        key: PathBuf,
        /// The data that the receipt should be for
        #[arg(long = "file", value_name = "DATA")]
        data: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum DownstreamCommand {
    /// A SQL warehouse in one SQLite file
    Postgres {
        /// The database file
        #[arg(long, value_name = "FILE")]
        database: PathBuf,
        /// What is declared of it: the schema must fit, and personal columns are read through masked views
        #[arg(long, value_name = "FILE")]
        estate: Option<PathBuf>,
        /// Most rows that one statement may change; 0 is without bound
        #[arg(long, value_name = "N", default_value_t = warehouse::CHANGES)]
        max_changes: u64,
    },
    /// An object store in one directory
    S3 {
        /// The directory
        #[arg(long, value_name = "DIR")]
        root: PathBuf,
    },
}

impl Cli {
    pub(crate) fn run<K: Kernel>(self) -> Result<ExitCode, CommandError> {
        match self.command {
            Command::Serve { state, principal } => serve::run::<K>(&state.path()?, principal),
            Command::Decide { state } => decide::run::<K>(state.path().ok().as_deref()),
            Command::Mask { explain } => mask::run::<K>(explain),
            Command::Matrix => say(K::SPEC.matrix.trim_end()).map(|()| ExitCode::SUCCESS),
            Command::Explain { what } => explain::run::<K>(&what),
            Command::Estate { server } => estate::run::<K>(&server),
            Command::Doctor { state, json } => doctor::run::<K>(&state.path()?, json),
            Command::Import(import) => import::run::<K>(import),
            Command::Audit(command) => command.run(),
            Command::Receipt(command) => command.run::<K>(),
            Command::Halt { what, state } => brake::halt::<K>(&state.path()?, what.as_deref()),
            Command::Resume { what, state } => brake::resume::<K>(&state.path()?, what.as_deref()),
            Command::Downstream(DownstreamCommand::Postgres { database, estate, max_changes }) => {
                serve::postgres(postgres::Options { database, estate, max_changes })
            }
            Command::Downstream(DownstreamCommand::S3 { root }) => serve::s3(root),
        }
    }
}

impl ReceiptCommand {
    fn run<K: Kernel>(self) -> Result<ExitCode, CommandError> {
        match self {
            ReceiptCommand::List { state, json } => receipts::list::<K>(&state.path()?, json),
            ReceiptCommand::Show { id, state } => receipts::show(&state.path()?, &id),
            ReceiptCommand::Approve { digest, yes, state } => {
                receipts::approve::<K>(&state.path()?, digest.as_deref(), yes)
            }
            ReceiptCommand::Export { id, state } => receipts::export(&state.path()?, &id),
            ReceiptCommand::Key { state } => receipts::key(&state.path()?),
            ReceiptCommand::Verify { file, key, data } => receipts::verify(&file, &key, data.as_deref()),
        }
    }
}
