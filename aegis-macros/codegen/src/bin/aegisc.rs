//! `aegisc`: the compiler on the command line.

use aegis_codegen::build::{rendered, unreadable};
use aegis_codegen::compile::{Compiled, Posture, compile};
use aegis_codegen::diag::Code;
use aegis_codegen::source::Sources;
use clap::{Parser, Subcommand};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compiles manifests and a policy into a kernel
#[derive(Parser)]
#[command(name = "aegisc", version)]
struct Cli {
    /// The directory of estate.toml and one manifest a server [default: $AEGIS_MANIFESTS, else `manifests`]
    #[arg(long, default_value_os_t = place("AEGIS_MANIFESTS", "manifests"), hide_default_value = true, global = true)]
    manifests: PathBuf,
    /// The policy [default: $AEGIS_POLICY, else `policies/default.toml`]
    #[arg(long, default_value_os_t = place("AEGIS_POLICY", "policies/default.toml"), hide_default_value = true, global = true)]
    policy: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Report every mistake
    Check,
    /// Print the kernel's Rust
    Emit,
    /// Print the decision matrix
    Matrix,
    /// Explain a code, or list them all
    Explain {
        /// `AEG0201`
        code: Option<String>,
    },
    /// Write the snapshots that reviewers read
    Bless {
        /// Where they go
        #[arg(long, default_value = "tests/snapshots")]
        snapshots: PathBuf,
    },
}

/// As the build script finds it.
fn place(variable: &str, default: &str) -> PathBuf {
    std::env::var_os(variable).filter(|path| !path.is_empty()).map_or_else(|| PathBuf::from(default), PathBuf::from)
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(text) => {
            let printed = if text.is_empty() { Ok(()) } else { writeln!(io::stdout().lock(), "{}", text.trim_end()) };
            if printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) }
        }
        Err(text) => {
            let _ignored = writeln!(io::stderr().lock(), "{text}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<String, String> {
    match &cli.command {
        Command::Check => {
            let (_, warnings) = compiled(cli)?;
            Ok(if warnings.is_empty() { "no mistakes".to_owned() } else { warnings })
        }
        Command::Emit => compiled(cli).map(|(compiled, _)| compiled.rust),
        Command::Matrix => compiled(cli).map(|(compiled, _)| compiled.matrix),
        Command::Explain { code } => explain(code.as_deref()),
        Command::Bless { snapshots } => {
            let (compiled, _) = compiled(cli)?;
            write(snapshots, "kernel.rs", &compiled.rust)?;
            write(snapshots, "matrix.txt", &compiled.matrix)?;
            Ok(format!("wrote `{0}/kernel.rs` and `{0}/matrix.txt`", snapshots.display()))
        }
    }
}

fn compiled(cli: &Cli) -> Result<(Compiled, String), String> {
    let sources = Sources::read(&cli.manifests, &cli.policy).map_err(|error| unreadable(&error))?;
    let compiled = compile(&sources, Posture::Guarded).map_err(|diags| rendered(&diags, &sources))?;
    let warnings = rendered(&compiled.warnings, &sources);
    Ok((compiled, warnings))
}

fn explain(code: Option<&str>) -> Result<String, String> {
    let line = |code: &Code| format!("{}: {}", code.as_str(), code.explain());
    match code {
        None => Ok(Code::ALL.iter().map(line).collect::<Vec<_>>().join("\n")),
        Some(wanted) => Code::ALL
            .iter()
            .find(|code| code.as_str() == wanted)
            .map(line)
            .ok_or_else(|| format!("error: no code `{wanted}`")),
    }
}

fn write(dir: &Path, name: &str, text: &str) -> Result<(), String> {
    fs::create_dir_all(dir)
        .and_then(|()| fs::write(dir.join(name), text))
        .map_err(|error| format!("error: cannot write `{name}`: {error}"))
}
