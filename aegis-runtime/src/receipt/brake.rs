//! The brake: what an operator halted, in one file of the state directory that every kernel of it looks at before each call.
//!
//! *Invariants.* It only denies. A file that cannot be read or understood halts everything. It is replaced whole, by rename,
//! after it was synced, so that no kernel ever reads half of it; a kernel that saw it once sees a change at its next call. On a full
//! disk a halt of anything halts everything: an empty file needs no room.

use crate::denial::{Code, Denial};
use crate::spec::{Native, Origin, Spec, ToolSpec};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
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
        let mut options = OpenOptions::new();
        let lock =
            options.create(true).truncate(false).write(true).mode(0o600).open(self.path.with_extension("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    fn change(&self, edit: impl FnOnce(&mut Vec<Halt>)) -> io::Result<()> {
        // A file that nobody understands halts everything until it is resumed as a whole.
        let mut halts = if self.path.exists() {
            let unreadable = Halt { scope: Scope::Everything, since: "unknown".to_owned(), by: "unknown".to_owned() };
            read(&self.path).unwrap_or_else(|_| vec![unreadable])
        } else {
            Vec::new()
        };
        edit(&mut halts);
        if !halts.is_empty() {
            return self.replace(&serde_json::to_vec(&halts)?);
        }
        if self.path.exists() {
            fs::remove_file(&self.path)?;
        }
        self.sync()
    }

    /// Puts a whole file in the place of the one that is there.
    fn replace(&self, content: &[u8]) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        // What a former attempt left takes room.
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&fresh)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)?;
        self.sync()
    }

    fn sync(&self) -> io::Result<()> {
        File::open(self.path.parent().unwrap_or(Path::new(".")))?.sync_all()
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

fn read(path: &Path) -> Result<Vec<Halt>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let halts: Vec<Halt> = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if halts.is_empty() { Err("empty".to_owned()) } else { Ok(halts) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{Arc, Brake, Leave, Scope, Spec, ToolSpec};
    use crate::spec::nothing::NOTHING;
    use crate::spec::{Binary, Face, Hints, Native, Origin};
    use crate::spec::{CageLevel, CageSpec, ServerSpec};
    use std::path::Path;
    use std::time::Duration;

    const PROMOTE: ToolSpec = ToolSpec {
        wire: "aegis__promote",
        dotted: "aegis.promote",
        name: "promote",
        origin: Origin::Native(Native::Promote),
        face: Face::Tool,
        title: "",
        description: "",
        input_schema: "{}",
        hints: Hints { read_only: false, destructive: true, idempotent: false, open_world: false },
        capabilities: &[],
        screens: &[],
        rows: None,
        fields: &[],
        numbers: &[],
        binary: Binary::Drop,
        pin: None,
    };
    const S3: ServerSpec = ServerSpec {
        name: "s3",
        command: &[],
        env: &[],
        secrets: &[],
        sha256: &[],
        timeout: Duration::ZERO,
        max_total: Duration::ZERO,
        cage: CageSpec { level: CageLevel::Minimal, net: false, read: &[], write: &[] },
    };
    static SPEC: Spec = Spec { servers: &[S3], tools: &[PROMOTE], ..NOTHING };

    /// Leave for a promotion, looked at by a kernel of its own.
    fn leave(path: &Path) -> Leave {
        Arc::new(Brake::at(path.to_owned())).leave(&SPEC, &SPEC.tools[0])
    }

    #[test]
    fn the_brake_denies_what_it_names_and_everything_when_it_cannot_be_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("halt.json");
        let (operator, leave) = (Brake::at(path.clone()), leave(&path));
        let denied = |server: &'static str| leave.at(server).look().is_err();
        assert!(!denied("s3"));
        assert_eq!(operator.halt(Scope::Server("s3".into()), "ada").unwrap(), Scope::Server("s3".into()));
        assert!(denied("s3") && !denied("postgres"));
        operator.halt(Scope::Everything, "ada").unwrap();
        assert!(denied("postgres"));
        assert!(operator.resume(&Scope::Everything).unwrap());
        assert!(!denied("s3"), "`Everything` lifts every halt");
        assert!(!operator.resume(&Scope::Server("s3".into())).unwrap());
        for broken in ["", "[]", "{}", "[{\"halted\":\"all\"}]"] {
            std::fs::write(&path, broken).unwrap();
            assert!(denied("s3"), "{broken}");
        }
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(denied("s3"), "a directory is no brake that is off");
    }

    #[test]
    fn a_step_stands_still_with_the_tool_whose_step_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("halt.json");
        let (operator, leave) = (Brake::at(path.clone()), leave(&path).at("s3"));
        for name in ["aegis.promote", "aegis__promote", "aegis", "s3"] {
            let scope = Scope::of(&SPEC, Some(name)).unwrap();
            assert_eq!(leave.look(), Ok(()), "{name}");
            operator.halt(scope.clone(), "ada").unwrap();
            assert!(leave.look().is_err(), "{name}");
            assert!(operator.resume(&scope).unwrap());
        }
    }

    #[test]
    fn a_halt_that_cannot_be_written_halts_everything() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("halt.json");
        let (operator, leave) = (Brake::at(path.clone()), leave(&path));
        let lock = dir.path().join("halt.lock");
        std::fs::create_dir(&lock).unwrap();
        assert_eq!(operator.halt(Scope::Server("s3".into()), "ada").unwrap(), Scope::Everything);
        assert!(leave.at("postgres").look().is_err());
        std::fs::remove_dir(&lock).unwrap();
        assert!(!operator.resume(&Scope::Server("s3".into())).unwrap(), "it takes a whole one");
        assert!(leave.look().is_err());
        assert!(operator.resume(&Scope::Everything).unwrap());
        assert_eq!(leave.look(), Ok(()));
    }
}
