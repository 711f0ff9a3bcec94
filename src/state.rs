//! The state directory: receipts, heads, keys, the audit log.

use crate::output::CommandError;
use aegis_runtime::own;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The places inside one state directory.
#[derive(Debug, Clone)]
pub(crate) struct State {
    root: PathBuf,
}

/// `$XDG_STATE_HOME/aegis`, else `~/.local/state/aegis`.
pub(crate) fn default_path() -> Result<PathBuf, CommandError> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_STATE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
        .map(|base| base.join("aegis"))
        .ok_or_else(|| CommandError::Refused("no state directory: pass `--state DIR`, or set HOME".into()))
}

impl State {
    /// Names the places; touches nothing.
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Creates the directory 0700 if it is missing; refuses one that others can enter or that is not ours.
    pub(crate) fn open(root: &Path) -> Result<Self, CommandError> {
        let shown = root.display();
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(root)
            .map_err(CommandError::io(format!("state directory `{shown}`")))?;
        let root = root.canonicalize().map_err(CommandError::io(format!("state directory `{shown}`")))?;
        own::directory(&root).map_err(CommandError::refused)?;
        Ok(Self { root })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn audit(&self) -> PathBuf {
        self.root.join("audit")
    }

    pub(crate) fn heads(&self) -> PathBuf {
        self.root.join("heads.db")
    }

    pub(crate) fn receipts(&self) -> PathBuf {
        self.root.join("receipts.db")
    }

    /// What an operator halted; missing while nothing is.
    pub(crate) fn halt(&self) -> PathBuf {
        self.root.join("halt.json")
    }

    /// The key that exported receipts are signed with.
    pub(crate) fn signing_key(&self) -> PathBuf {
        self.root.join("receipt.key")
    }

    /// The tenant key of tokens.
    pub(crate) fn tenant_key(&self) -> PathBuf {
        self.root.join("token.key")
    }

    /// The same, read: made once, 0600. Tokens of one state directory join, those of two do not.
    pub(crate) fn token_key(&self) -> Result<[u8; 32], CommandError> {
        let key = own::key_or(&self.tenant_key(), &random_key()?);
        key.map(|key| *key).map_err(CommandError::refused)
    }
}

/// A key of this process only.
pub(crate) fn random_key() -> Result<[u8; 32], CommandError> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| CommandError::Refused(format!("no randomness: {error}")))?;
    Ok(key)
}

/// `--principal`, else the OS user by name, else `uid-N`.
pub(crate) fn principal(given: Option<String>) -> String {
    let uid = rustix::process::getuid().as_raw();
    given.or_else(|| user_name(uid)).unwrap_or_else(|| format!("uid-{uid}"))
}

fn user_name(uid: u32) -> Option<String> {
    let passwd = fs::read_to_string("/etc/passwd").ok()?;
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}
