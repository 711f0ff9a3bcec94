//! A look at a server, and what is told where it fails.
//!
//! *Invariants.* What the server said is told with its credentials taken out, and with nothing in it that a terminal obeys.

use super::credentials;
use crate::output::CommandError;
use aegis_runtime::downstream::{Inspection, LookError, Offered, inspect};
use aegis_runtime::mask::holds_secret;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// Most lines that are told.
const LINES: usize = 8;
/// Longest of them, in characters.
const LINE: usize = 200;
/// Shortest value that is taken out of a line; shorter ones stand in every other word.
const SHORTEST: usize = 4;

/// Reads what a server offers that has a home of its own for as long as that takes.
pub(super) async fn look(
    name: &str,
    inspection: impl FnOnce(PathBuf) -> Inspection,
) -> Result<Vec<Offered>, CommandError> {
    let home = std::env::temp_dir().join(format!("aegis-import-{name}-{}", std::process::id()));
    fs::DirBuilder::new().mode(0o700).create(&home).map_err(CommandError::io(format!("`{}`", home.display())))?;
    let own = std::env::current_exe().map_err(CommandError::io("own executable"));
    let looked = match own {
        Ok(executable) => {
            let what = Inspection { executable, ..inspection(home.clone()) };
            inspect(&what).await.map_err(|failed| CommandError::Refused(told(&failed, &what)))
        }
        Err(error) => Err(error),
    };
    let _left = fs::remove_dir_all(&home);
    looked
}

/// Why, how it ended, the last that it said, and what may help.
fn told(failed: &LookError, what: &Inspection) -> String {
    let mut out = super::text::toml(&failed.error.to_string());
    if let Some(status) = &failed.status {
        let _ = write!(out, " ({status})");
    }
    if !failed.ran {
        return out;
    }
    let lines = said(&failed.said, what);
    if lines.is_empty() {
        out.push_str("; ");
    } else {
        let _ = write!(out, "; it said:\n  {}\n", lines.join("\n  "));
    }
    out.push_str("it ran in a cage: name what it needs with `--read`, `--write`, `--net` and `--secret`");
    let program = what.command.first().map_or("", String::as_str);
    let program = program.rsplit('/').next().unwrap_or_default();
    if !what.net && fetches(program) {
        let _ = write!(
            out,
            "; `{program}` fetches what it runs: give it `--net`, or install the server and name what was installed"
        );
    }
    out
}

/// Programs that fetch code from the network when they start.
fn fetches(program: &str) -> bool {
    ["npx", "uvx", "bunx", "pipx", "npm", "pnpm", "yarn", "bun", "uv", "docker", "podman"].contains(&program)
}

/// The last lines of a server's, fit to be shown.
fn said(text: &str, what: &Inspection) -> Vec<String> {
    let taken = credentials::without(&what.command).taken;
    let given = what.env.iter().filter(|(name, value)| !credentials::is_harmless(name, value)).map(|(_, value)| value);
    let mut hidden: Vec<&String> = given.chain(&taken).filter(|value| value.len() >= SHORTEST).collect();
    hidden.sort_by_key(|value| std::cmp::Reverse(value.len()));
    let shown = |line: &str| {
        let line = hidden.iter().fold(line.to_owned(), |line, value| line.replace(value.as_str(), "***"));
        if holds_secret(&line) {
            return "***".to_owned();
        }
        let mut letters = line.chars();
        let cut: String = letters.by_ref().take(LINE).collect();
        let more = if letters.next().is_some() { "…" } else { "" };
        format!("{}{more}", super::text::toml(&cut))
    };
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.iter().skip(lines.len().saturating_sub(LINES)).map(|line| shown(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::told;
    use aegis_runtime::downstream::{DownstreamError, Inspection, LookError};
    use aegis_runtime::spec::CageLevel;
    use std::path::PathBuf;

    fn failed(command: &[&str], said: &str) -> String {
        let what = Inspection {
            command: command.iter().map(|word| (*word).to_owned()).collect(),
            env: vec![("API_TOKEN".to_owned(), "hunter2".to_owned())],
            level: CageLevel::Standard,
            net: false,
            read: Vec::new(),
            write: Vec::new(),
            home: PathBuf::new(),
            executable: PathBuf::new(),
            helper: Vec::new(),
        };
        let error = DownstreamError::Unavailable { reason: "the server \u{1b}[31mended".to_owned() };
        told(&LookError { error, ran: true, status: Some("exit 3".to_owned()), said: said.to_owned() }, &what)
    }

    #[test]
    fn a_failure_says_how_it_ended_and_what_was_said() {
        let words =
            failed(&["npx", "--password", "swordfish"], "one\n\nno hunter2, no swordfish\u{1b}[2J\u{202e}\nboom\n");
        assert!(
            words.starts_with("the server \\u001b[31mended (exit 3); it said:\n  one\n  no ***, no ***"),
            "{words}"
        );
        assert!(words.contains("\\u001b[2J\\u202e\n  boom\nit ran in a cage"), "{words}");
        assert!(words.contains("`npx` fetches what it runs: give it `--net`"), "{words}");
    }

    #[test]
    fn only_the_end_is_told() {
        let words = failed(&["x"], &format!("{}{}\n", "early\n".repeat(20), "x".repeat(1000)));
        assert_eq!((words.matches("early").count(), words.contains(&"x".repeat(201))), (7, false), "{words}");
        assert!(failed(&["x"], "\n").contains("(exit 3); it ran in a cage"));
    }
}
