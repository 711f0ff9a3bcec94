//! A directory for as long as a command lasts: the home of a server that is looked at, or of a cage that is tried.
//!
//! *Invariants.* It is locked while it is in use, and the system lets go of the lock whatever ends the command. What a command that was
//! killed left behind goes when the next one begins. What a server makes of its home does not keep it from going; what stays is said.

mod tree;

use crate::output::{CommandError, complain};
use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What the name of each begins with.
const PREFIX: &str = "aegis-scratch-";
/// One that is younger may not be locked yet.
const YOUNG: Duration = Duration::from_secs(5);

/// The directory; it goes with the value.
pub(crate) struct Scratch {
    path: PathBuf,
    _lock: File,
}

impl Scratch {
    /// Makes one, 0700, and takes away those that nobody uses any more.
    pub(crate) fn make(what: &str) -> Result<Self, CommandError> {
        let temporary = std::env::temp_dir();
        sweep(&temporary);
        let path = temporary.join(format!("{PREFIX}{what}-{}", std::process::id()));
        let failed = || CommandError::io(format!("`{}`", path.display()));
        DirBuilder::new().mode(0o700).create(&path).map_err(failed())?;
        let lock = tree::enter(&path).and_then(|directory| directory.lock().map(|()| directory)).map_err(failed())?;
        Ok(Self { path, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

fn remove(path: &Path) {
    if let Err(error) = tree::remove(path) {
        complain(&CommandError::io(format!("`{}` stays", path.display()))(error));
    }
}

/// Removes what is ours, not young, and not locked. What cannot be looked at is left.
fn sweep(temporary: &Path) {
    let own = rustix::process::geteuid().as_raw();
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let path = entry.path();
        // A server can set the time of its home to any, also to one that is still to come.
        let is_far = |at: SystemTime| at.elapsed().unwrap_or_else(|ahead| ahead.duration()) > YOUNG;
        let is_old = path
            .symlink_metadata()
            .is_ok_and(|meta| meta.is_dir() && meta.uid() == own && meta.modified().is_ok_and(is_far));
        if is_old && tree::enter(&path).is_ok_and(|directory| directory.try_lock().is_ok()) {
            remove(&path);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::tree::enter;
    use super::{PREFIX, sweep};
    use std::fs::{self, File};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    fn age(path: &Path) {
        let past = SystemTime::now() - Duration::from_secs(60);
        File::open(path).unwrap().set_modified(past).unwrap();
    }

    #[test]
    fn what_nobody_holds_any_more_goes() {
        let dir = tempfile::tempdir().unwrap();
        let of = |name: &str| dir.path().join(format!("{PREFIX}{name}"));
        for name in ["stale", "held", "young", "shut"] {
            fs::create_dir(of(name)).unwrap();
            fs::write(of(name).join("x"), "").unwrap();
        }
        fs::create_dir(dir.path().join("other")).unwrap();
        symlink(dir.path().join("other"), of("link")).unwrap();
        [of("stale"), of("shut"), of("held"), dir.path().join("other")].iter().for_each(|path| age(path));
        fs::set_permissions(of("shut"), fs::Permissions::from_mode(0o000)).unwrap();
        let held = enter(&of("held")).unwrap();
        held.lock().unwrap();
        sweep(dir.path());
        assert!(!of("stale").exists() && !of("shut").exists());
        assert!(
            [of("held").join("x"), of("young").join("x"), dir.path().join("other")].iter().all(|path| path.exists())
        );
        drop(held);
        sweep(dir.path());
        assert!(!of("held").exists());
    }
}
