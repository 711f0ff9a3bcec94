//! `aegis-downstreams`: the command line.

use aegis_downstreams::estate::{Dialect, Estate};
use aegis_downstreams::warehouse;
use aegis_remote::{RemoteError, import, init, postgres};
use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Minimal MCP servers over services on the network
#[derive(Debug, Parser)]
#[command(name = "aegis-downstreams", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    server: Server,
}

#[derive(Debug, Subcommand)]
enum Server {
    /// A PostgreSQL warehouse on stdio: `query`, `execute`, `list_tables`, `describe_table`
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Postgres {
        #[command(flatten)]
        serve: Serve,
        #[command(subcommand)]
        command: Option<Command>,
    },
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    roles: Roles,
    /// Most rows that one statement may change; 0 is without bound
    #[arg(long, value_name = "N", default_value_t = warehouse::CHANGES)]
    max_changes: u64,
}

#[derive(Debug, Args)]
struct Roles {
    /// Connection string of the role that reads [default: $AEGIS_PG_DSN, which keeps it out of the process list]
    #[arg(long, value_name = "DSN")]
    dsn: Option<String>,
    /// Connection string of the role that writes [default: $AEGIS_PG_WRITER_DSN, else nobody does; without an estate, the one that reads]
    #[arg(long, value_name = "DSN")]
    writer_dsn: Option<String>,
    /// Connection string of the role that counts and promotes for a kernel [default: $AEGIS_PG_KERNEL_DSN, else nobody does]
    #[arg(long, value_name = "DSN")]
    kernel_dsn: Option<String>,
    /// What is declared of the database: the schema must fit, and personal columns are read through masked views
    #[arg(long, value_name = "FILE")]
    estate: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the SQL that makes roles, masked views and grants; apply it as a superuser, as often as you like
    Init {
        /// The estate file, as `aegis estate SERVER` prints it
        #[arg(long, value_name = "FILE")]
        estate: PathBuf,
        /// What the roles' names begin with
        #[arg(long, value_name = "NAME", default_value = "aegis")]
        role: String,
        /// Also let the writer look at personal columns of what it may change, so that a WHERE can name them
        #[arg(long)]
        write_predicates: bool,
    },
    /// Hold the live schema and each role's rights against the estate, as every call does; exit 1 where one would be refused
    Check(Roles),
    /// Draft the estate of a live database as TOML
    Import {
        /// Connection string [default: $AEGIS_PG_DSN]
        #[arg(long, value_name = "DSN")]
        dsn: Option<String>,
        /// The server's name in its manifest
        server: String,
    },
}

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&RemoteError::Io { what: "async runtime", source: error }),
    };
    let done = runtime.block_on(run(Cli::parse()));
    // A blocked read of standard input must not hold the process.
    runtime.shutdown_background();
    match done {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

fn complain(error: &RemoteError) -> ExitCode {
    let _ignored = writeln!(std::io::stderr().lock(), "aegis-downstreams: {error}");
    ExitCode::from(2)
}

async fn run(cli: Cli) -> Result<ExitCode, RemoteError> {
    let Server::Postgres { serve, command } = cli.server;
    match command {
        None => postgres::serve(options(serve.roles, serve.max_changes)?).await?,
        Some(Command::Init { estate, role, write_predicates }) => {
            let estate = Estate::read(&estate, Dialect::Postgres).map_err(RemoteError::Estate)?;
            print(&init::sql(&estate, &role, write_predicates)?)?;
        }
        Some(Command::Check(roles)) => return check(options(roles, warehouse::CHANGES)?).await,
        Some(Command::Import { dsn: given, server }) => {
            print(&import::draft(&dsn(given, "AEGIS_PG_DSN")?, &server).await?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn options(roles: Roles, max_changes: u64) -> Result<postgres::Options, RemoteError> {
    let estate = roles.estate.map(|path| Estate::read(&path, Dialect::Postgres)).transpose();
    Ok(postgres::Options {
        reader: dsn(roles.dsn, "AEGIS_PG_DSN")?,
        writer: dsn(roles.writer_dsn, "AEGIS_PG_WRITER_DSN").ok(),
        kernel: dsn(roles.kernel_dsn, "AEGIS_PG_KERNEL_DSN").ok(),
        estate: estate.map_err(RemoteError::Estate)?,
        max_changes,
    })
}

async fn check(options: postgres::Options) -> Result<ExitCode, RemoteError> {
    if options.estate.is_none() {
        return Err(RemoteError::Estate("nothing is declared: pass `--estate`".to_owned()));
    }
    let mut code = ExitCode::SUCCESS;
    for (role, refusal) in postgres::Warehouse::new(options)?.check().await {
        let fits = refusal.is_none();
        print(&format!("{role}: {}\n", refusal.as_deref().unwrap_or("ok")))?;
        if !fits {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

fn dsn(given: Option<String>, variable: &str) -> Result<String, RemoteError> {
    let missing = || RemoteError::Dsn(format!("there is none: set `{variable}`, or pass it on the command line"));
    given.or_else(|| std::env::var(variable).ok()).filter(|dsn| !dsn.is_empty()).ok_or_else(missing)
}

fn print(text: &str) -> Result<(), RemoteError> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|source| RemoteError::Io { what: "standard output", source })
}
