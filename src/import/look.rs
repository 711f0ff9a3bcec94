//! A look at a server, and what is told where it fails.
//!
//! *Invariants.* What the server said, of its failure or of what it offers, is handed on with its credentials taken out; and nothing in
//! what is told of it is obeyed by a terminal.

use super::credentials;
use super::hidden::Hidden;
use super::needs::unread;
use crate::output::{CommandError, say};
use crate::scratch::Scratch;
use aegis_runtime::denial::Code;
use aegis_runtime::downstream::{DownstreamError, Inspection, LookError, Offered, inspect};
use aegis_runtime::mask::holds_secret;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Most lines that are told.
const LINES: usize = 8;
/// Longest of them, in characters.
const LINE: usize = 200;

/// Reads what a server offers that has a home of its own for as long as that takes. `secrets` are the values among its variables that it
/// is handed as credentials; `of` stands before a path where several servers are given some.
pub(super) async fn look(
    name: &str,
    of: &str,
    secrets: &[String],
    inspection: impl FnOnce(PathBuf) -> Inspection,
) -> Result<Vec<Offered>, CommandError> {
    let executable = std::env::current_exe().map_err(CommandError::io("own executable"))?;
    let home = Scratch::make(&format!("import-{name}"))?;
    let what = Inspection { executable, ..inspection(home.path().to_owned()) };
    let hidden = hidden(&what, secrets);
    if let Some(program) = fetching(&what) {
        say(format!("`{program}` fetches what it runs, and has no network: it is waited for, for a minute at most"))?;
    }
    let offered = inspect(&what).await.map_err(|failed| CommandError::Refused(told(&failed, &what, &hidden, of)))?;
    let (offered, found) = hidden.out_of_all(offered)?;
    if found {
        say(format!(
            "`{name}` repeats a credential that it was handed: `***` stands in its place, and the kernel refuses a definition that is not as \
             it was pinned (AEG-D505); have the server not say it"
        ))?;
    }
    Ok(offered)
}

/// What was handed over, and whatever of its variables may be a credential.
fn hidden(what: &Inspection, secrets: &[String]) -> Hidden {
    let doubtful = what.env.iter().filter(|(name, value)| !credentials::is_harmless(name, value));
    Hidden::of(&what.command, doubtful.map(|(_, value)| value).chain(secrets))
}

/// Why, how it ended, the last that it said, and what may help.
fn told(failed: &LookError, what: &Inspection, hidden: &Hidden, of: &str) -> String {
    let unreadable = matches!(failed.error, DownstreamError::Malformed { .. });
    let code = if unreadable { format!("{}: ", Code::ServerMalformed.as_str()) } else { String::new() };
    let mut out = format!("{code}{}", super::text::toml(&failed.error.to_string()));
    if let Some(status) = &failed.status {
        let _ = write!(out, " ({status})");
    }
    if failed.ran {
        let lines = said(&failed.said, hidden);
        if lines.is_empty() {
            out.push_str("; ");
        } else {
            let _ = write!(out, "; it said:\n  {}\n", lines.join("\n  "));
        }
        out.push_str("it ran in a cage: name what it needs with `--read`, `--write`, `--net` and `--secret`");
    }
    let option = |place: &PathBuf| format!("`--read {}`", shell(&format!("{of}{}", place.display())));
    let needs: Vec<String> = unread(what).iter().map(option).collect();
    if !needs.is_empty() {
        let _ = write!(out, "; its program and files lead to what it cannot read: {}", hidden.out_of(&needs.join(" ")));
    }
    if let Some(program) = fetching(what) {
        let _ = write!(
            out,
            "; `{program}` fetches what it runs: give it `--net`, or install the server and name what was installed"
        );
    }
    out
}

/// A word as a shell reads it back.
fn shell(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-=:@%+,".contains(letter);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The program of a command, where it fetches code when it starts and has no network.
fn fetching(what: &Inspection) -> Option<&str> {
    let program = what.command.first()?.rsplit('/').next().unwrap_or_default();
    (!what.net && fetches(program)).then_some(program)
}

/// Programs that fetch code from the network when they start.
fn fetches(program: &str) -> bool {
    ["npx", "uvx", "bunx", "pipx", "npm", "pnpm", "yarn", "bun", "uv", "docker", "podman"].contains(&program)
}

/// The last lines of a server's, fit to be shown.
fn said(text: &str, hidden: &Hidden) -> Vec<String> {
    let shown = |line: &str| {
        let line = hidden.out_of(line);
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
    use super::{hidden, told};
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
        told(
            &LookError { error, ran: true, status: Some("exit 3".to_owned()), said: said.to_owned() },
            &what,
            &hidden(&what, &[]),
            "",
        )
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
