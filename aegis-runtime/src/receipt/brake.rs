//! The brake: what an operator halted, in one file of the state directory that every kernel of it looks at before each call.
//!
//! *Invariants.* It only denies. A file that cannot be read or understood halts everything. It is replaced whole, by rename,
//! after it was synced, so that no kernel ever reads half of it; a kernel that saw it once sees a change at its next call. A directory
//! that is not where it was, or is gone, halts everything: an operator's halt would not reach the kernel, or was taken away. On a full
//! disk a halt of anything halts everything: an empty file needs no room.

use crate::denial::{Code, Denial};
use crate::own;
use crate::spec::{Native, Origin, Spec, ToolSpec};
use rustix::fs::{AtFlags, Stat, statat};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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

    fn covers(&self, tool: &ToolSpec, servers: &[&str]) -> bool {
        let status = tool.origin == Origin::Native(Native::Status);
        match self {
            Scope::Everything => !status,
            Scope::Server(name) => servers.contains(&name.as_str()) && !status,
            Scope::Tool(name) => tool.dotted == name,
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
    /// The file's directory, as it was at the start.
    directory: Result<Directory, String>,
    seen: Mutex<Seen>,
}

/// A directory that was opened, and by what it is known again.
struct Directory {
    open: File,
    known: (u64, u64),
}

impl Directory {
    fn of(file: &Path) -> io::Result<Self> {
        let open = File::open(parent(file))?;
        let meta = open.metadata()?;
        Ok(Self { open, known: (meta.dev(), meta.ino()) })
    }

    /// What stands there under a file's name; an error where its path leads elsewhere by now.
    fn look(&self, file: &Path) -> Result<Option<Stat>, String> {
        let there = fs::metadata(parent(file)).map_err(|error| error.to_string())?;
        if (there.dev(), there.ino()) != self.known {
            return Err("the state directory is not where it was".to_owned());
        }
        // A link stands for nothing that a halt writes, wherever it leads; `read` refuses it.
        match statat(&self.open, file.file_name().unwrap_or_default(), AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Reads the file in this directory, wherever its own path leads by now.
    fn read(&self, file: &Path) -> Result<Vec<Halt>, String> {
        let through = format!("/proc/self/fd/{}", self.open.as_raw_fd());
        let halts = read(&Path::new(&through).join(file.file_name().unwrap_or_default()));
        halts.map_err(|error| error.replace(&through, &parent(file).to_string_lossy()))
    }
}

/// Where a file's directory is named.
fn parent(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

struct Seen {
    stamp: Option<(u64, i64, u64, i64)>,
    halts: Result<Vec<Halt>, String>,
}

impl Brake {
    /// The brake of a file; the file is there only while something is halted.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        // No stamp of a file equals this one, so the first look reads.
        let seen = Seen { stamp: Some((0, 0, 0, 0)), halts: Err("not read yet".to_owned()) };
        let directory = Directory::of(&path).map_err(|error| error.to_string());
        Self { path, directory, seen: Mutex::new(seen) }
    }

    /// What is halted now. Costs two `stat` while nothing changes.
    ///
    /// # Errors
    /// Why the file cannot be understood, or that its directory is not the one it was; then everything is halted.
    pub fn halts(&self) -> Result<Vec<Halt>, String> {
        let directory = self.directory.as_ref().map_err(Clone::clone)?;
        let stat = directory.look(&self.path)?;
        let stamp = stat.map(|stat| (stat.st_ino, stat.st_ctime, stat.st_ctime_nsec, stat.st_size));
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.stamp != stamp {
            *seen = Seen { halts: if stamp.is_none() { Ok(Vec::new()) } else { directory.read(&self.path) }, stamp };
        }
        seen.halts.clone()
    }

    /// What a tool's call has as long as no halt covers it.
    #[must_use]
    pub fn leave(self: &Arc<Self>, spec: &'static Spec, tool: &'static ToolSpec) -> Leave {
        let server = match tool.origin {
            Origin::Downstream(server) => spec.servers.get(usize::from(server.0)).map_or("", |server| server.name),
            Origin::Native(_) => "aegis",
        };
        Leave { brake: Arc::clone(self), tool, servers: [server, server] }
    }

    /// Puts the brake on, durably, and returns what stands still now: what was asked, or everything where the disk has no room to
    /// say less.
    ///
    /// # Errors
    /// A file that cannot be made.
    pub fn halt(&self, scope: Scope, by: &str) -> io::Result<Scope> {
        let asked = scope.clone();
        let held = self.lock();
        let locked = held.as_ref().map(|_| ()).map_err(|error| io::Error::from(error.kind()));
        let written = locked.and_then(|()| {
            self.change(|halts| {
                if !halts.iter().any(|halt| halt.scope == scope) {
                    let since = format!("{:.0}", jiff::Timestamp::now());
                    halts.push(Halt { scope, since, by: by.to_owned() });
                }
            })
        });
        let Err(error) = written else { return Ok(asked) };
        // Nobody understands an empty file, so it halts everything.
        self.replace(&[]).map(|()| Scope::Everything).map_err(|_| error)
    }

    /// Takes the brake off what was halted by this scope; says whether it was on. `Everything` lifts every halt.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn resume(&self, scope: &Scope) -> io::Result<bool> {
        let mut lifted = false;
        let _held = self.lock()?;
        self.change(|halts| {
            let before = halts.len();
            halts.retain(|halt| !halt.lifted_by(scope));
            lifted = halts.len() != before;
        })?;
        Ok(lifted)
    }

    /// Operators take turns.
    fn lock(&self) -> io::Result<File> {
        let path = self.path.with_extension("lock");
        let lock = own::open(&path, OpenOptions::new().create(true).truncate(false).write(true).mode(0o600))?;
        lock.lock()?;
        Ok(lock)
    }

    fn change(&self, edit: impl FnOnce(&mut Vec<Halt>)) -> io::Result<()> {
        // A file that nobody understands halts everything until it is resumed as a whole.
        let mut halts = if own::is_there(&self.path) {
            let unreadable = Halt { scope: Scope::Everything, since: "unknown".to_owned(), by: "unknown".to_owned() };
            read(&self.path).unwrap_or_else(|_| vec![unreadable])
        } else {
            Vec::new()
        };
        edit(&mut halts);
        if !halts.is_empty() {
            return self.replace(&serde_json::to_vec(&halts)?);
        }
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => self.sync(),
        }
    }

    /// Puts a whole file in the place of the one that is there.
    fn replace(&self, content: &[u8]) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut file = own::fresh(&fresh)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)?;
        self.sync()
    }

    fn sync(&self) -> io::Result<()> {
        File::open(parent(&self.path))?.sync_all()
    }
}

/// What a call has as long as no halt covers it: looked at when the call is decided, and again whenever something of it is about to
/// reach a server, which may be long after.
#[derive(Clone)]
pub struct Leave {
    brake: Arc<Brake>,
    tool: &'static ToolSpec,
    /// Whose tool it is, and which server is reached.
    servers: [&'static str; 2],
}

impl std::fmt::Debug for Leave {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Leave")
            .field("tool", &self.tool.dotted)
            .field("servers", &self.servers)
            .finish_non_exhaustive()
    }
}

impl Leave {
    /// The same for a step of the kernel's own at a server: what halts either halts the step.
    #[must_use]
    pub fn at(&self, server: &'static str) -> Self {
        let [own, _] = self.servers;
        Self { servers: [own, server], ..self.clone() }
    }

    /// Looks at the brake.
    ///
    /// # Errors
    /// What is halted, in words for [`halted`].
    pub fn look(&self) -> Result<(), String> {
        self.look_by(&mut Glance::default())
    }

    /// The same for one of several calls that go at the same moment, under one kernel's brake.
    ///
    /// # Errors
    /// As [`Leave::look`].
    pub fn look_by(&self, glance: &mut Glance) -> Result<(), String> {
        match glance.0.get_or_insert_with(|| self.brake.halts()) {
            Ok(halts) => match halts.iter().find(|halt| halt.scope.covers(self.tool, &self.servers)) {
                None => Ok(()),
                Some(halt) => Err(format!("`{}` since {}", halt.scope, halt.since)),
            },
            Err(_) => Err("the brake's file cannot be read".to_owned()),
        }
    }
}

/// What one look at the brake saw. It is for a single moment: whoever keeps one does not see the next halt.
#[derive(Debug, Default)]
pub struct Glance(Option<Result<Vec<Halt>, String>>);

/// The denial of what is halted.
#[must_use]
pub fn halted(detail: impl AsRef<str>) -> Denial {
    Denial::new(Code::Halted, detail).remedy("stop and wait: an operator lifts it with `aegis resume`")
}

/// Most bytes of a brake file.
const BYTES: u64 = 1 << 20;

fn read(path: &Path) -> Result<Vec<Halt>, String> {
    let bytes = own::read(path, BYTES).map_err(|error| error.to_string())?;
    let halts: Vec<Halt> = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if halts.is_empty() { Err("empty".to_owned()) } else { Ok(halts) }
}

#[cfg(test)]
mod tests;
