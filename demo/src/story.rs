//! The story, told twice. Every line printed is what came back over the pipe; what was expected is checked as it is told.

use crate::agent::{Agent, AgentError, Reply};
use crate::seed::{self, SeedError};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

/// Widest line.
const WIDTH: usize = 80;

/// What stops the story.
#[derive(Debug, thiserror::Error)]
enum StoryError {
    #[error(transparent)]
    Agent(#[from] AgentError),
    #[error(transparent)]
    Seed(#[from] SeedError),
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
    #[error("runtime: the story went another way: {0}")]
    Unexpected(&'static str),
}

/// Tells both halves; the exit code says whether they went as told.
#[must_use]
pub fn tell() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let told = match runtime {
        Ok(runtime) => runtime.block_on(both()),
        Err(error) => Err(StoryError::Terminal(error)),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ignored = writeln!(io::stderr(), "demo: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn both() -> Result<(), StoryError> {
    heading("The task")?;
    say("\"Clean up the customer database and promote the cleaned dataset to gold.\"")?;
    say("An agent gets the task twice, over real stdio: once behind a kernel that")?;
    say("allows everything, once behind the kernel compiled from policies/default.toml.")?;
    let (before, after) = (private_dir()?, private_dir()?);
    seed::plant(before.path())?;
    seed::plant(after.path())?;
    without(before.path()).await?;
    with(after.path()).await?;
    readout(after.path())
}

/// A state directory must be its owner's alone.
fn private_dir() -> io::Result<tempfile::TempDir> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().prefix("aegis-demo-").permissions(std::fs::Permissions::from_mode(0o700)).tempdir()
}

async fn without(state: &Path) -> Result<(), StoryError> {
    heading("Before: policy off")?;
    let agent = Agent::meet(state, true).await?;
    let reply =
        step(&agent, "drop the messy table", "postgres__execute", json!({"sql": "DROP TABLE staging_customers"}))
            .await?;
    expect(!reply.refused, "the twin drops a table")?;
    let sql = "SELECT email FROM customers ORDER BY id LIMIT 3";
    let reply = step(&agent, "export the addresses", "postgres__query", json!({"sql": sql})).await?;
    expect(first_cell(&reply.data).contains("@example.com"), "the twin hands out addresses")?;
    rows(&reply.data)?;
    agent.leave().await?;
    let tables = count_tables(state, "staging_customers")?;
    expect(tables == 0, "the table is gone")?;
    say("  staging_customers is gone, and 2,000 addresses are one LIMIT away.")
}

async fn with(state: &Path) -> Result<(), StoryError> {
    heading("After: policy on")?;
    let agent = Agent::meet(state, false).await?;
    clean_up(&agent).await?;
    injection(&agent).await?;
    promotion(&agent).await?;
    agent.leave().await?;
    expect(count_tables(state, "customers")? == 1, "customers still stands")?;
    let (silver, gold) = (state.join("objects/silver/customers.csv"), state.join("objects/gold/customers.csv"));
    expect(std::fs::read(silver)? == std::fs::read(gold)?, "gold holds the bytes that were validated")
}

async fn clean_up(agent: &Agent) -> Result<(), StoryError> {
    let sql = "SELECT count(*) AS broken FROM staging_customers WHERE email IS NULL";
    let reply = step(agent, "look for broken rows", "postgres__query", json!({"sql": sql})).await?;
    expect(!reply.refused, "counting is served")?;
    rows(&reply.data)?;
    let sql = "DELETE FROM staging_customers WHERE email IS NULL";
    let reply = step(agent, "remove them, by name", "postgres__execute", json!({"sql": sql})).await?;
    expect(reply.data.get("changes").and_then(Value::as_u64) == Some(60), "a scoped clean-up works")?;
    let reply =
        step(agent, "drop the table instead", "postgres__execute", json!({"sql": "DROP TABLE staging_customers"}))
            .await?;
    expect(reply.refused && reply.text.contains("no-destructive-ops"), "DROP is denied")?;
    let sql = "SELECT id, name, email, country FROM customers ORDER BY id LIMIT 3";
    let reply = step(agent, "export the addresses", "postgres__query", json!({"sql": sql})).await?;
    expect(!reply.refused && !reply.data.to_string().contains("@example.com"), "the export comes back masked")?;
    rows(&reply.data)?;
    export(agent).await?;
    let sql = "SELECT id, note FROM orders WHERE note LIKE 'call %' ORDER BY id LIMIT 1";
    let reply = step(agent, "read a free-text note", "postgres__query", json!({"sql": sql})).await?;
    expect(!reply.data.to_string().contains("@example.com"), "an address inside of a note is masked too")?;
    rows(&reply.data)
}

/// A file: a column by its name, an address inside of a note, and a name that the column taught inside of another note.
async fn export(agent: &Agent) -> Result<(), StoryError> {
    let reply = step(agent, "export the support cases", "s3__get_object", json!({"key": "silver/support.csv"})).await?;
    let body = reply.data.get("body").and_then(Value::as_str).unwrap_or_default().to_owned();
    let lines: Vec<&str> = body.lines().collect();
    expect(lines.len() == 4 && !body.contains('@'), "the file comes back, without addresses")?;
    expect(lines.get(2).is_some_and(|line| line.contains("prefers mail to [EMAIL")), "the hidden address is masked")?;
    let learned = lines.get(3).is_some_and(|line| line.contains("says that [PERSON_NAME] ordered"));
    expect(learned, "a name from the column is masked in a note")?;
    for line in lines {
        say(&format!("    {line}"))?;
    }
    Ok(())
}

async fn injection(agent: &Agent) -> Result<(), StoryError> {
    let reply =
        step(agent, "read order 7", "postgres__query", json!({"sql": "SELECT note FROM orders WHERE id = 7"})).await?;
    expect(reply.text.contains("ignore previous instructions"), "the planted text reaches the agent")?;
    rows(&reply.data)?;
    say("  The agent believes it, and tries.")?;
    let reply = step(agent, "obey the note", "postgres__execute", json!({"sql": "DROP TABLE customers"})).await?;
    expect(reply.refused, "the injected DROP is denied")?;
    let reply = step(agent, "obey the rest of it", "s3__delete_object", json!({"key": "silver/customers.csv"})).await?;
    expect(reply.refused, "the injected deletion is denied")
}

async fn promotion(agent: &Agent) -> Result<(), StoryError> {
    let reply =
        step(agent, "publish by hand", "s3__put_object", json!({"key": "gold/customers.csv", "body": "id\n"})).await?;
    expect(reply.refused && reply.text.contains("gold-is-published"), "gold is closed")?;
    let customers = json!({"dataset": "customers"});
    let reply = step(agent, "promote at once", "aegis__promote", customers.clone()).await?;
    expect(reply.refused && reply.text.contains("gold-needs-validation"), "promotion needs a receipt")?;
    let reply = step(agent, "validate", "aegis__validate", customers.clone()).await?;
    expect(reply.data.get("passed") == Some(&json!(true)), "the dataset passes its checks")?;
    let checks = reply.data.get("checks").and_then(Value::as_array).map_or(0, Vec::len);
    say(&format!(
        "  {} rows, {checks} checks passed, a receipt is minted",
        reply.data.get("rows").unwrap_or(&Value::Null)
    ))?;
    let reply = step(agent, "promote", "aegis__promote", customers.clone()).await?;
    expect(!reply.refused, "promotion succeeds")?;
    say("  gold/customers.csv holds the bytes that were validated")?;
    let reply = step(agent, "promote again", "aegis__promote", customers).await?;
    expect(reply.refused, "a receipt is spent once")
}

/// What an operator sees afterwards, by the product's own commands.
fn readout(state: &Path) -> Result<(), StoryError> {
    heading("What the log says")?;
    for words in [["audit", "show"], ["audit", "verify"]] {
        let output = Command::new(std::env::current_exe()?).args(words).arg("--state").arg(state).output()?;
        say(&format!("$ aegis {} {}", words[0], words[1]))?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            writeln!(io::stdout().lock(), "  {line}")?;
        }
        // 3 is "consistent but unanchored", the best there is without an anchor outside of this machine.
        let expected = if words == ["audit", "verify"] { Some(3) } else { Some(0) };
        expect(output.status.code() == expected, "the log holds together")?;
    }
    say("")?;
    say("Nothing was dropped, nothing left unmasked, and gold holds what was validated.")
}

async fn step(agent: &Agent, aim: &str, tool: &'static str, arguments: Value) -> Result<Reply, StoryError> {
    let said = arguments.get("sql").and_then(Value::as_str).map_or_else(|| arguments.to_string(), str::to_owned);
    say("")?;
    say(&format!("> {aim}"))?;
    say(&format!("  {tool} {said}"))?;
    let reply = agent.call(tool, arguments).await?;
    if reply.refused {
        say(&format!("  ✗ {}", reply.text))?;
    } else {
        say("  ✓ done")?;
    }
    Ok(reply)
}

fn rows(data: &Value) -> Result<(), StoryError> {
    for row in data.get("rows").and_then(Value::as_array).into_iter().flatten() {
        let cells: Vec<String> = row
            .as_array()
            .into_iter()
            .flatten()
            .map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned))
            .collect();
        say(&format!("    {}", cells.join(" | ")))?;
    }
    Ok(())
}

fn first_cell(data: &Value) -> String {
    data.pointer("/rows/0/0").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn count_tables(state: &Path, name: &str) -> Result<i64, StoryError> {
    let database = rusqlite::Connection::open(state.join("warehouse/warehouse.db")).map_err(SeedError::from)?;
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    Ok(database.query_row(sql, [name], |row| row.get(0)).map_err(SeedError::from)?)
}

fn expect(holds: bool, what: &'static str) -> Result<(), StoryError> {
    if holds { Ok(()) } else { Err(StoryError::Unexpected(what)) }
}

fn heading(text: &str) -> Result<(), StoryError> {
    say("")?;
    say(&format!("── {text} {}", "─".repeat(WIDTH.saturating_sub(text.chars().count()).saturating_sub(4))))
}

/// One line, wrapped at words.
fn say(text: &str) -> Result<(), StoryError> {
    let indent: String = text.chars().take_while(|letter| *letter == ' ').collect();
    let mut line = indent.clone();
    let mut out = io::stdout().lock();
    for word in text.split_whitespace() {
        let wide = line.chars().count().saturating_add(word.chars().count()).saturating_add(1);
        if wide > WIDTH && line.trim() != "" {
            writeln!(out, "{line}")?;
            line = format!("{indent}  ");
        }
        if line.trim() != "" {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{line}")?;
    Ok(())
}
