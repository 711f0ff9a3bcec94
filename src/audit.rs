//! `aegis audit`: reading what was recorded, and whether it can be believed.

use crate::cli::StateArgs;
use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::audit::{self, Disclosure, Evidence, Filter, Format, Tail};
use serde_json::Value;
use std::fs;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(crate) struct EvidenceArgs {
    /// Checkpoints that you kept elsewhere, as the anchor command received them
    #[arg(long, value_name = "FILE")]
    anchor: Option<PathBuf>,
    /// The registry's first public key, as `aegis audit key` printed it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl EvidenceArgs {
    fn evidence(self, copy: bool) -> Evidence {
        Evidence { anchor: self.anchor, key: self.key, copy }
    }
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum FormatArg {
    /// Open Cybersecurity Schema Framework 1.5.0
    Ocsf,
    /// Elastic Common Schema 8.17.0
    Ecs,
    /// OpenTelemetry logs, OTLP JSON 1.5.0
    Otlp,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum AuditCommand {
    /// Check chains, signatures, files, registry and head rows; exit 0 anchored, 3 unanchored, 4 torn tail, 1 tampered
    Verify {
        /// A copy of an audit directory, with `heads.db` beside it or in it [default: the state directory's]. Of a running kernel,
        /// copy `heads.db` with its `-wal` first, then `audit/`; `registry.key` and `*.key` are secrets and may stay out of it
        dir: Option<PathBuf>,
        #[command(flatten)]
        evidence: EvidenceArgs,
        #[command(flatten)]
        state: StateArgs,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the registry's first public key: keep it elsewhere, for `verify --key`
    Key {
        #[command(flatten)]
        state: StateArgs,
    },
    /// Follow the log
    Tail {
        /// Only this tool
        #[arg(long)]
        tool: Option<String>,
        /// Only `allow` or `deny`
        #[arg(long, value_parser = ["allow", "deny"])]
        decision: Option<String>,
        /// Only this rule or code
        #[arg(long)]
        rule: Option<String>,
        /// Past records to begin with
        #[arg(long, default_value_t = 20)]
        lines: usize,
        /// Stop at the end instead of following
        #[arg(long)]
        once: bool,
        #[command(flatten)]
        state: StateArgs,
        /// Print the records as they are
        #[arg(long)]
        json: bool,
    },
    /// Show one call from request to outcome, or the last calls
    Show {
        /// The call's id, or the beginning or the end of one
        call: Option<String>,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Find the records that committed to a value: a text in the arguments, whole arguments or a whole result as JSON
    Find {
        /// The value; standard input where it is left out
        value: Option<String>,
        #[command(flatten)]
        state: StateArgs,
        /// Print JSON lines
        #[arg(long)]
        json: bool,
    },
    /// Disclose one value's commitment to an auditor, or check such a disclosure
    Disclose {
        /// The call's id, or the end of it as `show` lists it
        #[arg(required_unless_present = "check")]
        call: Option<String>,
        /// `args`, `args/N` for the nth value in them, `asked` and `asked/N` where something else went south, or `result`
        #[arg(long, default_value = "args")]
        field: String,
        /// A disclosure to check against the value on standard input
        #[arg(long, value_name = "FILE", conflicts_with = "call")]
        check: Option<PathBuf>,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Print every record in the words of another format
    Export {
        /// The format
        #[arg(long)]
        format: FormatArg,
        #[command(flatten)]
        state: StateArgs,
    },
    /// Write one self-contained HTML page
    Report {
        /// Where to [default: standard output]
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        evidence: EvidenceArgs,
        #[command(flatten)]
        state: StateArgs,
    },
}

/// How often `tail` looks.
const POLL: Duration = Duration::from_millis(200);

impl AuditCommand {
    pub(crate) fn run(self) -> Result<ExitCode, CommandError> {
        match self {
            Self::Verify { dir, evidence, state, json } => {
                let copy = dir.is_some();
                verify(dir, &evidence.evidence(copy), state, json)
            }
            Self::Key { state } => key(&State::at(&state.path()?)),
            Self::Tail { tool, decision, rule, lines, once, state, json } => {
                tail(&State::at(&state.path()?), &Filter { tool, decision, rule }, lines, once, json)
            }
            Self::Show { call, state } => {
                let state = State::at(&state.path()?);
                say(audit::show(&logs(&state)?, call.as_deref()).map_err(CommandError::refused)?.trim_end())?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Find { value, state, json } => find(&State::at(&state.path()?), value, json),
            Self::Disclose { check: Some(file), .. } => check(&file),
            Self::Disclose { call, field, check: None, state } => {
                disclose(&State::at(&state.path()?), &call.unwrap_or_default(), &field)
            }
            Self::Export { format, state } => export(&State::at(&state.path()?), format),
            Self::Report { output, evidence, state } => {
                report(&State::at(&state.path()?), output, &evidence.evidence(false))
            }
        }
    }
}

fn verify(dir: Option<PathBuf>, evidence: &Evidence, state: StateArgs, json: bool) -> Result<ExitCode, CommandError> {
    let (dir, heads) = match dir {
        Some(dir) => {
            let inside = dir.join("heads.db");
            let heads = if inside.exists() { inside } else { dir.join("../heads.db") };
            (dir, heads)
        }
        None => {
            let state = State::at(&state.path()?);
            (state.audit(), state.heads())
        }
    };
    let logs = there(dir)?;
    let verdicts = audit::verify(&logs, &heads, evidence).map_err(CommandError::refused)?;
    if json {
        say(Value::Object(verdicts.to_json()))?;
    } else {
        say(&verdicts)?;
    }
    Ok(ExitCode::from(verdicts.exit_code()))
}

fn key(state: &State) -> Result<ExitCode, CommandError> {
    let key = audit::first_key(&state.audit()).map_err(CommandError::refused)?;
    say(key.ok_or_else(|| CommandError::Refused("no kernel has run here yet".into()))?)?;
    Ok(ExitCode::SUCCESS)
}

fn tail(state: &State, filter: &Filter, lines: usize, once: bool, json: bool) -> Result<ExitCode, CommandError> {
    let mut tail = Tail::new(&logs(state)?);
    let mut past = Some(lines);
    loop {
        let mut records = tail.poll().map_err(CommandError::refused)?;
        records.retain(|record| filter.wants(record));
        let skipped = past.take().map_or(0, |lines| records.len().saturating_sub(lines));
        for record in records.iter().skip(skipped) {
            if json { say(record)? } else { say(audit::one_line(record))? }
        }
        if once {
            return Ok(ExitCode::SUCCESS);
        }
        std::thread::sleep(POLL);
    }
}

fn find(state: &State, value: Option<String>, json: bool) -> Result<ExitCode, CommandError> {
    let value = match value {
        Some(value) => value.into_bytes(),
        None => input()?,
    };
    let found = audit::find(&logs(state)?, &value).map_err(CommandError::refused)?;
    for one in &found {
        if json { say(one.to_json())? } else { say(one)? }
    }
    if found.is_empty() && !json {
        say("no record committed to this value")?;
    }
    Ok(ExitCode::from(u8::from(found.is_empty())))
}

fn disclose(state: &State, call: &str, field: &str) -> Result<ExitCode, CommandError> {
    let disclosure = audit::disclose(&logs(state)?, call, field).map_err(CommandError::refused)?;
    say(serde_json::to_string_pretty(&disclosure).map_err(CommandError::refused)?)?;
    Ok(ExitCode::SUCCESS)
}

fn check(file: &PathBuf) -> Result<ExitCode, CommandError> {
    let text = fs::read_to_string(file).map_err(CommandError::io(format!("`{}`", file.display())))?;
    let disclosure: Disclosure = serde_json::from_str(&text).map_err(CommandError::refused)?;
    match audit::check(&disclosure, &input()?) {
        Ok(()) => {
            say("the record committed to this value; compare the checkpoint below with the anchor you hold")?;
            say(disclosure.checkpoint.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            say(error)?;
            Ok(ExitCode::from(1))
        }
    }
}

fn export(state: &State, format: FormatArg) -> Result<ExitCode, CommandError> {
    let format = match format {
        FormatArg::Ocsf => Format::Ocsf,
        FormatArg::Ecs => Format::Ecs,
        FormatArg::Otlp => Format::Otlp,
    };
    for record in Tail::new(&logs(state)?).poll().map_err(CommandError::refused)? {
        say(format.render(&record))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn report(state: &State, output: Option<PathBuf>, evidence: &Evidence) -> Result<ExitCode, CommandError> {
    let page = audit::report(&logs(state)?, &state.heads(), evidence).map_err(CommandError::refused)?;
    match output {
        Some(path) => fs::write(&path, page).map_err(CommandError::io(format!("`{}`", path.display())))?,
        None => say(page.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The logs of a state directory. None where there should be some is no empty answer: a mistyped directory would look innocent.
fn logs(state: &State) -> Result<PathBuf, CommandError> {
    there(state.audit())
}

fn there(logs: PathBuf) -> Result<PathBuf, CommandError> {
    if logs.is_dir() {
        return Ok(logs);
    }
    Err(CommandError::Refused(format!("no audit log in `{}`", logs.display())))
}

/// A value from standard input, without the newline that a terminal or `echo` adds.
fn input() -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        say("the value, then end of file:")?;
    }
    stdin.read_to_end(&mut bytes).map_err(CommandError::io("standard input"))?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    Ok(bytes)
}
