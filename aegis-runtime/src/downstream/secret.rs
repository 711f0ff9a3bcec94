//! Credentials, resolved when their server is spawned.
//!
//! *Invariants.* A reason never holds a value. A literal has no form here: the compiler refuses it. Nothing is cached.

use super::process::{self, Group};
use crate::spec::SecretSource;
use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::Errno;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use zeroize::{Zeroize, Zeroizing};

const LIMIT: u64 = 1024 * 1024;
const EXEC_LIMIT: Duration = Duration::from_secs(10);
/// Rights that nobody but its owner may have to a file.
const OTHERS: u32 = 0o077;
/// How a right to read shows that an access list gives to one user: as its group's. systemd gives a unit with `User=` its
/// credentials so, in a directory that nobody else enters.
const READ_BY_LIST: u32 = 0o040;
const WRITTEN_BY_OTHERS: u32 = 0o022;
const IRREGULAR: &str = "is not a regular file";

/// Finds the value of a credential.
///
/// # Errors
/// Why it cannot be had, in words that do not hold it.
pub async fn resolve(source: SecretSource) -> Result<Zeroizing<String>, String> {
    let mut bytes = match source {
        SecretSource::Env(name) => return checked(variable(name)?),
        SecretSource::File(path) => read_file(PathBuf::from(path), OTHERS, named).await?,
        SecretSource::Systemd(name) => read_file(systemd(name)?, OTHERS & !READ_BY_LIST, handed_out).await?,
        SecretSource::Exec(argv) => run(argv).await?,
    };
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    let text = String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
        error.into_bytes().zeroize();
        "its value is not UTF-8".to_owned()
    })?;
    checked(Zeroizing::new(text))
}

fn checked(value: Zeroizing<String>) -> Result<Zeroizing<String>, String> {
    match value.as_str() {
        "" => Err("its value is empty".to_owned()),
        text if text.contains('\0') => Err("its value holds a NUL byte".to_owned()),
        // A second line is an export of something else, or a header that was not meant.
        text if text.contains(['\n', '\r']) => Err("its value holds a newline".to_owned()),
        _ => Ok(value),
    }
}

fn variable(name: &str) -> Result<Zeroizing<String>, String> {
    match std::env::var(name) {
        Ok(value) => Ok(Zeroizing::new(value)),
        Err(std::env::VarError::NotPresent) => Err(format!("the variable `{name}` is not set")),
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("the variable `{name}` is not UTF-8")),
    }
}

fn systemd(name: &str) -> Result<PathBuf, String> {
    if name.contains('/') || matches!(name, "" | "." | "..") {
        return Err(format!("`{name}` is not the name of a systemd credential"));
    }
    let directory = std::env::var_os("CREDENTIALS_DIRECTORY").ok_or("`$CREDENTIALS_DIRECTORY` is not set")?;
    Ok(Path::new(&directory).join(name))
}

/// Opens a file that a manifest names, wherever its links lead.
fn named(path: &Path) -> io::Result<File> {
    // Looked at before it is opened: opening a FIFO would wait for a writer.
    if std::fs::metadata(path)?.is_file() { File::open(path) } else { Err(io::Error::other(IRREGULAR)) }
}

/// Opens a file in a directory that the environment names: whoever sets that leads to nowhere but to what the system or the kernel's user
/// put there.
fn handed_out(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let unlinked =
        |error: Errno| if error == Errno::LOOP { io::Error::other("is a symbolic link") } else { error.into() };
    let directory = File::from(openat(CWD, directory, flags | OFlags::DIRECTORY, Mode::empty())?);
    let found = directory.metadata()?;
    if !is_ours(&found) || found.permissions().mode() & WRITTEN_BY_OTHERS != 0 {
        return Err(io::Error::other("stands in a directory of another user, or one that others write to"));
    }
    openat(&directory, name, flags, Mode::empty()).map(File::from).map_err(unlinked)
}

fn is_ours(found: &Metadata) -> bool {
    found.uid() == 0 || found.uid() == rustix::process::geteuid().as_raw()
}

async fn read_file(
    path: PathBuf,
    others: u32,
    open: fn(&Path) -> io::Result<File>,
) -> Result<Zeroizing<Vec<u8>>, String> {
    let read = tokio::task::spawn_blocking(move || {
        let said = |what: &str| format!("the file `{}` {what}", path.display());
        let failed = |error: io::Error| {
            let ours = error.kind() == io::ErrorKind::Other;
            said(&if ours { error.to_string() } else { format!("cannot be read: {}", error.kind()) })
        };
        let file = open(&path).map_err(failed)?;
        let opened = file.metadata().map_err(failed)?;
        if !opened.is_file() {
            return Err(said(IRREGULAR));
        }
        if !is_ours(&opened) {
            return Err(said("belongs to another user; `chown` it"));
        }
        if opened.permissions().mode() & others != 0 {
            return Err(said("is open to its group or to the world; `chmod 600` it"));
        }
        let mut bytes = Zeroizing::new(Vec::new());
        file.take(LIMIT.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
        within(bytes, || said("is over 1 MiB"))
    });
    read.await.map_err(|_| "reading it failed".to_owned())?
}

fn within(bytes: Zeroizing<Vec<u8>>, over: impl FnOnce() -> String) -> Result<Zeroizing<Vec<u8>>, String> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > LIMIT { Err(over()) } else { Ok(bytes) }
}

async fn run(argv: &[&str]) -> Result<Zeroizing<Vec<u8>>, String> {
    let (program, arguments) = argv.split_first().ok_or("its command is empty")?;
    let said = |what: &str| format!("the command `{program}` {what}");
    let mut command = process::command(Path::new(program), arguments.iter().copied());
    if let Some(home) = std::env::var_os("HOME") {
        command.env("HOME", home);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| said(&format!("cannot be run: {}", error.kind())))?;
    let _group = Group::of(&child);
    let stdout = child.stdout.take().ok_or_else(|| said("has no output"))?;
    let mut bytes = Zeroizing::new(Vec::new());
    let finished = tokio::time::timeout(EXEC_LIMIT, async {
        stdout.take(LIMIT.saturating_add(1)).read_to_end(&mut bytes).await?;
        child.wait().await
    });
    match finished.await {
        Err(_) => Err(said("did not end within 10 s")),
        Ok(Err(error)) => Err(said(&format!("cannot be read: {}", error.kind()))),
        Ok(Ok(status)) if !status.success() => Err(said(&format!("failed: {}", process::status_words(&status)))),
        Ok(Ok(_)) => within(bytes, || said("printed over 1 MiB")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{OTHERS, READ_BY_LIST, handed_out, read_file, resolve};
    use crate::spec::SecretSource;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    fn file(mode: u32, content: &[u8]) -> (tempfile::TempDir, &'static str) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret");
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let path: &'static str = Box::leak(path.to_str().unwrap().to_owned().into_boxed_str());
        (directory, path)
    }

    #[tokio::test]
    async fn a_file_gives_its_value_without_the_last_newline() {
        for content in [&b"hunter2"[..], b"hunter2\n", b"hunter2\r\n"] {
            let (_kept, path) = file(0o600, content);
            assert_eq!(resolve(SecretSource::File(path)).await.unwrap().as_str(), "hunter2");
        }
    }

    #[tokio::test]
    async fn what_cannot_be_trusted_is_refused_without_the_value() {
        let big = vec![b'x'; 1024 * 1024 + 1];
        for (mode, content, words) in [
            (0o640, &b"hunter2"[..], "chmod 600"),
            (0o604, b"hunter2", "chmod 600"),
            (0o600, b"hunter2\0", "NUL"),
            (0o600, b"hunter2\nline\n", "newline"),
            (0o600, b"hunter2\n\n", "newline"),
            (0o600, b"hunter2\xff", "UTF-8"),
            (0o600, b"\n", "empty"),
            (0o600, &big, "1 MiB"),
        ] {
            let (_kept, path) = file(mode, content);
            let reason = resolve(SecretSource::File(path)).await.unwrap_err();
            assert!(reason.contains(words) && !reason.contains("hunter2"), "{reason}");
        }
        assert!(resolve(SecretSource::File("/dev/null")).await.unwrap_err().contains("regular"));
        assert!(resolve(SecretSource::Env("AEGIS_NO_SUCH_VARIABLE")).await.unwrap_err().contains("not set"));
        assert!(resolve(SecretSource::Systemd("../passwd")).await.unwrap_err().contains("name"));
    }

    /// A unit's credential shows as 0440; as an ordinary file it is open to a group.
    #[tokio::test]
    async fn what_systemd_hands_out_by_a_list_is_taken_there_only() {
        for (mode, taken) in [(0o400, true), (0o440, true), (0o460, false), (0o450, false), (0o444, false)] {
            let (_kept, path) = file(mode, b"hunter2");
            let read = read_file(path.into(), OTHERS & !READ_BY_LIST, handed_out).await;
            assert_eq!(read.is_ok(), taken, "{mode:o}");
            assert_eq!(resolve(SecretSource::File(path)).await.is_ok(), mode == 0o400, "{mode:o}");
        }
    }

    /// The environment names the directory: what it leads to must be what was put there.
    #[tokio::test]
    async fn no_link_leads_to_a_credential_of_systemd_s_and_nobody_else_can_put_one_there() {
        let (kept, path) = file(0o400, b"hunter2");
        let (beside, directory) = (kept.path().join("link"), kept.path().with_extension("link"));
        let refused = async |path: &Path, words: &str| {
            let reason = read_file(path.into(), OTHERS, handed_out).await.unwrap_err();
            assert!(reason.contains(words) && !reason.contains("hunter2"), "{reason}");
        };
        std::os::unix::fs::symlink(path, &beside).unwrap();
        refused(&beside, "is a symbolic link").await;
        assert!(resolve(SecretSource::File(Box::leak(beside.to_str().unwrap().into()))).await.is_ok());
        std::os::unix::fs::symlink(kept.path(), &directory).unwrap();
        refused(&directory.join("secret"), "cannot be read").await;
        std::fs::remove_file(&directory).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, kept.path().join("pipe"), rustix::fs::FileType::Fifo, 0o400.into(), 0)
            .unwrap();
        refused(&kept.path().join("pipe"), "regular").await;
        for mode in [0o770, 0o707] {
            std::fs::set_permissions(kept.path(), std::fs::Permissions::from_mode(mode)).unwrap();
            refused(Path::new(path), "others write to").await;
        }
        std::fs::set_permissions(kept.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(kept.path(), Some(1), None).unwrap();
            refused(Path::new(path), "of another user").await;
        }
    }

    #[tokio::test]
    async fn a_command_that_does_not_end_or_prints_too_much_is_refused() {
        let begun = std::time::Instant::now();
        let source = SecretSource::Exec(&["/bin/sh", "-c", "echo hunter2; sleep 600"]);
        let reason = resolve(source).await.unwrap_err();
        assert!(reason.contains("10 s") && !reason.contains("hunter2"), "{reason}");
        assert!(begun.elapsed().as_secs() < 15);
        let source = SecretSource::Exec(&["/bin/sh", "-c", "head -c 10000000 /dev/zero | tr '\\0' x"]);
        let reason = resolve(source).await.unwrap_err();
        assert!(reason.contains("1 MiB") || reason.contains("failed"), "{reason}");
    }

    #[tokio::test]
    async fn a_command_runs_without_a_shell_and_without_our_environment() {
        let value = resolve(SecretSource::Exec(&["printf", "%s\n", "$HOME;*"])).await.unwrap();
        assert_eq!(value.as_str(), "$HOME;*");
        let names = resolve(SecretSource::Exec(&["/bin/sh", "-c", "env | tr '\\n' ' '"])).await.unwrap();
        assert!(names.contains("PATH=/usr/local/bin:/usr/bin:/bin") && !names.contains("CARGO"), "{}", names.as_str());
        let reason = resolve(SecretSource::Exec(&["/bin/sh", "-c", "echo hunter2; exit 3"])).await.unwrap_err();
        assert!(reason.contains("exit 3") && !reason.contains("hunter2"), "{reason}");
    }
}
