//! The brake: what an operator halted, in one file of the state directory that every kernel of it looks at before each call.
//!
//! *Invariants.* It only denies. A file that cannot be read or understood halts everything. It is replaced whole, by rename,
//! after it was synced, so that no kernel ever reads half of it; a kernel that saw it once sees a change at its next call.

use crate::denial::{Code, Denial};
use crate::spec::{Native, Origin, Spec, ToolSpec};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What stands still.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "halted", content = "name")]
pub enum Scope {
    /// Every call but the kernel's own status.
    Everything,
    /// Every tool of a server, and what the kernel's own tools do there; `aegis` is the kernel's own tools.
    Server(String),
    /// One tool, as policies spell it: `postgres.query`.
    Tool(String),
}

impl Scope {
    /// Reads `SERVER`, `TOOL` (either spelling) or nothing; a name of neither kind has no scope.
    #[must_use]
    pub fn of(spec: &'static Spec, name: Option<&str>) -> Option<Self> {
        let Some(name) = name else { return Some(Self::Everything) };
        if name == "aegis" || spec.servers.iter().any(|server| server.name == name) {
            return Some(Self::Server(name.to_owned()));
        }
        let tool = spec.tools.iter().find(|tool| tool.dotted == name || tool.wire == name)?;
        Some(Self::Tool(tool.dotted.to_owned()))
    }

    fn covers(&self, server: &str, tool: Option<&ToolSpec>) -> bool {
        let status = tool.is_some_and(|tool| tool.origin == Origin::Native(Native::Status));
        match self {
            Scope::Everything => !status,
            Scope::Server(name) => name == server && !status,
            Scope::Tool(name) => tool.is_some_and(|tool| tool.dotted == name),
        }
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Scope::Everything => out.write_str("everything"),
            Scope::Server(name) | Scope::Tool(name) => out.write_str(name),
        }
    }
}

/// One halt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// What stands still.
    #[serde(flatten)]
    pub scope: Scope,
    /// Wall time, for people.
    pub since: String,
    /// Who halted it.
    pub by: String,
}

impl Halt {
    /// Whether resuming a scope lifts it: everything lifts every halt, any other scope its own.
    #[must_use]
    pub fn lifted_by(&self, scope: &Scope) -> bool {
        *scope == Scope::Everything || self.scope == *scope
    }
}

/// The brake of one state directory.
pub struct Brake {
    path: PathBuf,
    seen: Mutex<Seen>,
}

struct Seen {
    stamp: Option<(u64, i64, i64, u64)>,
    halts: Result<Vec<Halt>, String>,
}

impl Brake {
    /// The brake of a file; the file is there only while something is halted.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        // No stamp of a file equals this one, so the first look reads.
        let seen = Seen { stamp: Some((0, 0, 0, 0)), halts: Err("not read yet".to_owned()) };
        Self { path, seen: Mutex::new(seen) }
    }

    /// What is halted now. Costs one `stat` while nothing changes.
    ///
    /// # Errors
    /// Why the file cannot be understood; then everything is halted.
    pub fn halts(&self) -> Result<Vec<Halt>, String> {
        let stamp = match fs::metadata(&self.path) {
            Ok(meta) => Some((meta.ino(), meta.ctime(), meta.ctime_nsec(), meta.size())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.to_string()),
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.stamp != stamp {
            *seen = Seen { halts: if stamp.is_none() { Ok(Vec::new()) } else { read(&self.path) }, stamp };
        }
        seen.halts.clone()
    }

    /// Lets a tool's call go on.
    ///
    /// # Errors
    /// `Halted`.
    pub fn check(&self, spec: &'static Spec, tool: &'static ToolSpec) -> Result<(), Denial> {
        let server = match tool.origin {
            Origin::Downstream(server) => spec.servers.get(usize::from(server.0)).map_or("", |server| server.name),
            Origin::Native(_) => "aegis",
        };
        self.denied(server, Some(tool))
    }

    /// Lets a step of the kernel's own go on at a server.
    ///
    /// # Errors
    /// `Halted`.
    pub fn check_server(&self, server: &str) -> Result<(), Denial> {
        self.denied(server, None)
    }

    fn denied(&self, server: &str, tool: Option<&ToolSpec>) -> Result<(), Denial> {
        let detail = match self.halts() {
            Ok(halts) => match halts.into_iter().find(|halt| halt.scope.covers(server, tool)) {
                None => return Ok(()),
                Some(halt) => format!("`{}` since {}", halt.scope, halt.since),
            },
            Err(_) => "the brake's file cannot be read".to_owned(),
        };
        Err(Denial::new(Code::Halted, detail).remedy("stop and wait: an operator lifts it with `aegis resume`"))
    }

    /// Puts the brake on. Durable when this returns.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn halt(&self, scope: Scope, by: &str) -> io::Result<()> {
        self.change(|halts| {
            if !halts.iter().any(|halt| halt.scope == scope) {
                let since = format!("{:.0}", jiff::Timestamp::now());
                halts.push(Halt { scope, since, by: by.to_owned() });
            }
        })
    }

    /// Takes the brake off what was halted by this scope; says whether it was on. `Everything` lifts every halt.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn resume(&self, scope: &Scope) -> io::Result<bool> {
        let mut lifted = false;
        self.change(|halts| {
            let before = halts.len();
            halts.retain(|halt| !halt.lifted_by(scope));
            lifted = halts.len() != before;
        })?;
        Ok(lifted)
    }

    fn change(&self, edit: impl FnOnce(&mut Vec<Halt>)) -> io::Result<()> {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(self.path.with_extension("lock"))?;
        lock.lock()?;
        // A file that nobody understands halts everything until it is resumed as a whole.
        let mut halts = if self.path.exists() {
            let unreadable = Halt { scope: Scope::Everything, since: "unknown".to_owned(), by: "unknown".to_owned() };
            read(&self.path).unwrap_or_else(|_| vec![unreadable])
        } else {
            Vec::new()
        };
        edit(&mut halts);
        if halts.is_empty() {
            if self.path.exists() {
                fs::remove_file(&self.path)?;
            }
        } else {
            let fresh = self.path.with_extension("new");
            let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&fresh)?;
            file.write_all(&serde_json::to_vec(&halts)?)?;
            file.sync_all()?;
            fs::rename(&fresh, &self.path)?;
        }
        let parent = self.path.parent().unwrap_or(Path::new("."));
        File::open(parent)?.sync_all()
    }
}

fn read(path: &Path) -> Result<Vec<Halt>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let halts: Vec<Halt> = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if halts.is_empty() { Err("empty".to_owned()) } else { Ok(halts) }
}
