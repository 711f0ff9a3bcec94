//! `aegis receipt`: what stands, what waits for an operator, and evidence for elsewhere.

use crate::operator;
use crate::output::{CommandError, say};
use crate::state::State;
use aegis_runtime::audit::{Event, Record};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::receipt::{self, Receipt, Receipts, Request, Signatory};
use serde_json::{Map, json};
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn list<K: Kernel>(state: &Path, json: bool) -> Result<ExitCode, CommandError> {
    let receipts = all(state)?;
    if receipts.is_empty() && !json {
        say("no receipts")?;
    }
    for receipt in receipts {
        if json {
            say(serde_json::to_string(&receipt).map_err(CommandError::refused)?)?;
        } else {
            let policy = if receipt.policy_digest == K::SPEC.policy.digest { "this policy" } else { "another policy" };
            say(format!(
                "{}  {:9} {}  {}  {} rows  {}  {}  {policy}",
                receipt.id,
                receipt.state,
                receipt.kind,
                if receipt.dataset.is_empty() { "a call" } else { &receipt.dataset },
                receipt.rows,
                receipt.principal,
                receipt.minted_at
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn show(state: &Path, id: &str) -> Result<ExitCode, CommandError> {
    let receipt = one(state, id)?;
    say(serde_json::to_string_pretty(&receipt).map_err(CommandError::refused)?)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn export(state: &Path, id: &str) -> Result<ExitCode, CommandError> {
    let receipt = one(state, id)?;
    say(signatory(state)?.envelope(&receipt))?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn key(state: &Path) -> Result<ExitCode, CommandError> {
    say(signatory(state)?.public())?;
    Ok(ExitCode::SUCCESS)
}

/// Needs no state directory: only the file, and a key that came by another road.
pub(crate) fn verify(file: &Path, key: &Path, data: Option<&Path>) -> Result<ExitCode, CommandError> {
    let key = std::fs::read_to_string(key).map_err(CommandError::io(format!("`{}`", key.display())))?;
    match receipt::verify(file, &key, data) {
        Ok(statement) => {
            say(serde_json::to_string_pretty(&statement).map_err(CommandError::refused)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error @ (receipt::ExportError::Signature | receipt::ExportError::Data)) => {
            say(format!("not verified: {error}"))?;
            Ok(ExitCode::from(1))
        }
        Err(error) => Err(CommandError::refused(error)),
    }
}

/// Lists what waits, or answers one request. The record is durable before the approval stands.
pub(crate) fn approve<K: Kernel>(state: &Path, digest: Option<&str>, yes: bool) -> Result<ExitCode, CommandError> {
    let state = State::open(state)?;
    operator::session::<K, _>(&state, async |session| {
        let requests = session.receipts.requests().map_err(CommandError::refused)?;
        let Some(digest) = digest else { return waiting(&requests) };
        let mut fits = requests.iter().filter(|request| request.digest.starts_with(digest));
        let (Some(request), None) = (fits.next(), fits.next()) else {
            return Err(CommandError::Refused(format!("`{digest}` names no request, or more than one")));
        };
        describe(request)?;
        if !confirmed(request, digest, yes)? {
            say("not approved")?;
            return Ok(ExitCode::from(1));
        }
        let id = receipt::fresh_id();
        let mut body = Map::new();
        body.insert("id".into(), json!(id));
        body.insert("kind".into(), json!(request.kind));
        body.insert("for".into(), json!(request.principal));
        body.insert("tool".into(), json!(request.tool));
        body.insert("rule".into(), json!(request.rule));
        body.insert("version".into(), json!(request.digest));
        body.insert("assurance".into(), json!("operator"));
        let position = session.record(Record::new(Event::ReceiptMinted, None, body)).await?;
        let receipt = session.receipts.approve(id, request, position.seq).map_err(CommandError::refused)?;
        say(format!("approved once: receipt {}", receipt.id))?;
        Ok(ExitCode::SUCCESS)
    })
}

fn waiting(requests: &[Request]) -> Result<ExitCode, CommandError> {
    if requests.is_empty() {
        say("nothing waits for approval")?;
    }
    for request in requests {
        let short = request.digest.get(..12).unwrap_or_default();
        say(format!("{short}  {}  {}  {}  {}", request.requested_at, request.principal, request.tool, request.rule))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything is escaped: what an agent wrote must not draw on the operator's terminal.
fn describe(request: &Request) -> Result<(), CommandError> {
    let escape = |text: &str| text.chars().flat_map(visible).collect::<String>();
    say(format!("digest     {}", request.digest))?;
    say(format!("principal  {}", escape(&request.principal)))?;
    say(format!("tool       {}", request.tool))?;
    say(format!("gate       {}", request.rule))?;
    say(format!("arguments  {}", escape(&request.arguments)))
}

/// Printable ASCII as it is, everything else escaped.
fn visible(letter: char) -> impl Iterator<Item = char> {
    let plain = letter == ' ' || letter.is_ascii_graphic();
    plain.then_some(letter).into_iter().chain((!plain).then(|| letter.escape_unicode()).into_iter().flatten())
}

/// An operator types the beginning of the digest that is shown; a script gives all of it and `--yes`.
fn confirmed(request: &Request, digest: &str, yes: bool) -> Result<bool, CommandError> {
    if yes {
        return Ok(digest == request.digest);
    }
    if !io::stdin().is_terminal() {
        return Err(CommandError::Refused("no terminal to ask at; give the whole digest and `--yes`".to_owned()));
    }
    say("type the first 8 digits of the digest to approve this call once:")?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(CommandError::io("standard input"))?;
    Ok(request.digest.get(..8) == Some(line.trim()))
}

fn signatory(state: &Path) -> Result<Signatory, CommandError> {
    Signatory::open(&State::open(state)?.signing_key()).map_err(CommandError::refused)
}

fn all(state: &Path) -> Result<Vec<Receipt>, CommandError> {
    Receipts::read(&State::at(state).receipts()).map_err(CommandError::refused)
}

fn one(state: &Path, id: &str) -> Result<Receipt, CommandError> {
    let mut fits = all(state)?.into_iter().filter(|receipt| receipt.id.starts_with(id));
    match (fits.next(), fits.next()) {
        (Some(receipt), None) => Ok(receipt),
        (None | Some(_), _) => Err(CommandError::Refused(format!("`{id}` names no receipt, or more than one"))),
    }
}
