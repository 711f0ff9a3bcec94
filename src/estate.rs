//! `aegis import`: the draft of an estate from a live database. `aegis estate`: what this binary was compiled to believe of a server's database, as the server is told at its start.

use crate::output::{CommandError, say};
use aegis_downstreams::postgres;
use aegis_runtime::downstream::estate;
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::ServerId;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run<K: Kernel>(server: &str) -> Result<ExitCode, CommandError> {
    let mut servers = (0_u16..).zip(K::SPEC.servers);
    let Some((index, _)) = servers.find(|(_, known)| known.name == server) else {
        let known: Vec<&str> = K::SPEC.servers.iter().map(|known| known.name).collect();
        return Err(CommandError::Refused(format!("no server `{server}`; there are: {}", known.join(", "))));
    };
    let text = estate::text(K::SPEC, ServerId(index));
    let text = text.ok_or_else(|| CommandError::Refused(format!("no tool of `{server}` has a `sql` screen")))?;
    say(text.trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// The draft of the estate of a database.
pub(crate) fn draft(database: &str, server: &str) -> Result<String, CommandError> {
    let path = database.strip_prefix("sqlite:").ok_or_else(|| {
        CommandError::Refused(
            "`--database` is `sqlite:FILE`; for PostgreSQL run `aegis-downstreams postgres import`".into(),
        )
    })?;
    postgres::import::draft(Path::new(path), server).map_err(CommandError::refused)
}
