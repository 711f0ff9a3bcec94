//! Credentials, resolved when a server is started and at no other time. Errors name the source, never the value.

use crate::spec::SecretSource;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use zeroize::Zeroizing;

/// Largest credential, in bytes.
const LIMIT: u64 = 1024 * 1024;
/// How long a command may take to print one.
const EXEC_TIME: Duration = Duration::from_secs(10);

/// Finds the value.
pub(super) async fn resolve(source: SecretSource) -> Result<Zeroizing<String>, String> {
    let value = match source {
        SecretSource::Env(name) => {
            Zeroizing::new(std::env::var(name).map_err(|_| format!("variable `{name}` is not set, or not text"))?)
        }
        SecretSource::File(path) => file(&PathBuf::from(path))?,
        SecretSource::Systemd(name) => {
            let dir = std::env::var_os("CREDENTIALS_DIRECTORY").ok_or("no credentials directory")?;
            file(&PathBuf::from(dir).join(name))?
        }
        SecretSource::Exec(argv) => exec(argv).await?,
    };
    if value.is_empty() || value.contains(['\0', '\n', '\r']) {
        return Err("it is empty, or holds a newline or NUL".to_owned());
    }
    Ok(value)
}

fn file(path: &Path) -> Result<Zeroizing<String>, String> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| format!("file `{shown}`: {error}");
    let file = std::fs::File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() || meta.permissions().mode() & 0o077 != 0 {
        return Err(format!("file `{shown}` is no regular file, or others may read it; run `chmod 600` on it"));
    }
    let mut bytes = Zeroizing::new(Vec::new());
    std::io::Read::read_to_end(&mut std::io::Read::take(file, LIMIT.saturating_add(1)), &mut bytes).map_err(failed)?;
    text(&bytes).map_err(|reason| format!("file `{shown}` {reason}"))
}

async fn exec(argv: &[&str]) -> Result<Zeroizing<String>, String> {
    let (program, arguments) = argv.split_first().ok_or("an empty command")?;
    let mut command = tokio::process::Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("PATH", super::process::PATH)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| format!("command `{program}`: {error}"))?;
    let stdout = child.stdout.take().ok_or("no pipe")?;
    let work = async {
        let value = read(stdout).await.map_err(|reason| format!("command `{program}` {reason}"))?;
        let status = child.wait().await.map_err(|error| format!("command `{program}`: {error}"))?;
        if status.success() { Ok(value) } else { Err(format!("command `{program}` failed: {status}")) }
    };
    tokio::time::timeout(EXEC_TIME, work).await.unwrap_or_else(|_| Err(format!("command `{program}` took over 10 s")))
}

async fn read(from: impl tokio::io::AsyncRead + Unpin) -> Result<Zeroizing<String>, String> {
    let mut bytes = Zeroizing::new(Vec::new());
    from.take(LIMIT.saturating_add(1)).read_to_end(&mut bytes).await.map_err(|error| format!("cannot be read: {error}"))?;
    text(&bytes)
}

/// Text within the limit, without one trailing newline.
fn text(bytes: &[u8]) -> Result<Zeroizing<String>, String> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LIMIT) {
        return Err("holds over 1 MiB".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "does not hold text".to_owned())?;
    Ok(Zeroizing::new(text.strip_suffix('\n').unwrap_or(text).to_owned()))
}
