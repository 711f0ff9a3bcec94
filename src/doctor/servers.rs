//! The servers: whether each could start as this machine is.

use super::{Finding, Verdict, finding};
use crate::program::located;
use aegis_downstreams::postgres;
use aegis_runtime::downstream::{digest_of, estate};
use aegis_runtime::kernel::Kernel;
use aegis_runtime::spec::{SecretSource, ServerId, ServerSpec};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn look<K: Kernel>(state: &Path) -> Vec<Finding> {
    let servers = (0_u16..).map(ServerId).zip(K::SPEC.servers);
    let look = |(id, server)| server_of(server, state).into_iter().chain(warehouse_of::<K>(id, server, state));
    servers.flat_map(look).collect()
}

/// The schema of a warehouse of this executable's own, against the one that it was compiled with.
fn warehouse_of<K: Kernel>(id: ServerId, server: &ServerSpec, state: &Path) -> Option<Finding> {
    let ["aegis", "downstream", "postgres", further @ ..] = server.command else { return None };
    let database = further.windows(2).find_map(|pair| if let ["--database", file] = pair { Some(*file) } else { None });
    let (database, estate) = database.zip(estate::text(K::SPEC, id))?;
    let database = database.replace("${state}", &state.to_string_lossy());
    Some(match postgres::differences(Path::new(&database), &estate) {
        Ok(differences) if differences.is_empty() => {
            finding(server.name, Verdict::Good, format!("`{database}` has the schema that the estate declares"))
        }
        Ok(differences) => finding(
            server.name,
            Verdict::Bad,
            format!(
                "`{database}` has another schema than the estate declares (`-` missing, `+` not declared, `~` different), and every call is refused: {}",
                differences.join("; ")
            ),
        ),
        Err(reason) => finding(server.name, Verdict::Bad, format!("`{database}`: {reason}")),
    })
}

/// The command must be found, the paths it is given be there, and each credential's source too; no value is read out.
fn server_of(server: &ServerSpec, state: &Path) -> Vec<Finding> {
    let mut page = Vec::new();
    let program = server.command.first().copied().unwrap_or_default();
    page.push(if program == "aegis" {
        finding(server.name, Verdict::Good, "embedded in this executable")
    } else if found(program) {
        finding(server.name, Verdict::Good, format!("`{program}` is there"))
    } else {
        finding(server.name, Verdict::Bad, format!("`{program}` is not there"))
    });
    let root = state.to_string_lossy();
    let told = server.command.iter().filter(|word| word.starts_with("${state}/"));
    let places = told.chain(server.cage.read).chain(server.cage.write).map(|text| text.replace("${state}", &root));
    let missing: BTreeSet<String> = places.filter(|path| !Path::new(path).exists()).collect();
    page.extend(missing.into_iter().map(|path| {
        finding(server.name, Verdict::Bad, format!("`{path}` is not there: the server cannot start; make it"))
    }));
    for (file, pinned) in server.sha256 {
        let digest = located(&file.replace("${state}", &root)).and_then(|path| digest_of(&path).ok());
        page.push(match digest {
            Some(digest) if digest == *pinned => finding(server.name, Verdict::Good, format!("`{file}` is as pinned")),
            Some(digest) => finding(
                server.name,
                Verdict::Bad,
                format!("`{file}` is not as pinned (AEG-D508): its SHA-256 is {digest}; restore it, or review it, pin it and build again"),
            ),
            None => finding(server.name, Verdict::Bad, format!("`{file}` is pinned and cannot be read")),
        });
    }
    for secret in server.secrets {
        let (there, source) = match secret.source {
            SecretSource::Env(name) => match std::env::var_os(name) {
                Some(value) if value.is_empty() => (false, format!("variable `{name}` is empty")),
                Some(_) => (true, format!("variable `{name}`")),
                None => (false, format!("variable `{name}` is not set")),
            },
            SecretSource::File(path) => (Path::new(path).is_file(), format!("file `{path}`")),
            SecretSource::Exec(argv) => {
                (argv.first().is_some_and(|program| found(program)), format!("command `{}`", argv.join(" ")))
            }
            SecretSource::Systemd(name) => (
                std::env::var_os("CREDENTIALS_DIRECTORY").is_some_and(|dir| {
                    Path::new(&dir).join(name).symlink_metadata().is_ok_and(|found| found.is_file())
                }),
                format!("systemd credential `{name}`"),
            ),
        };
        let verdict = if there { Verdict::Good } else { Verdict::Bad };
        page.push(finding(format!("{}:{}", server.name, secret.variable), verdict, source));
    }
    page
}

fn found(program: &str) -> bool {
    located(program).is_some()
}
