//! What the kernel, the supervisor and the door say to each other: frames of JSON behind their length.
//!
//! *Invariants.* A frame that carries credentials is zeroised by whoever held it. The supervisor passes the door's frame on unread.

use crate::spec::CageLevel;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use zeroize::{Zeroize, Zeroizing};

const FRAME: usize = 64 * 1024 * 1024;

/// What a stage is to be.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Role {
    Supervisor(Supervisor),
    Door {
        /// Who must be the parent still when the death signal is set; none where another pid namespace hides it.
        parent: Option<i32>,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Supervisor {
    /// The command that re-executes this executable.
    pub(crate) helper: Vec<String>,
    pub(crate) strict: bool,
    pub(crate) net: bool,
}

/// Everything the door needs; its variables hold credentials.
#[derive(Serialize, Deserialize)]
pub(crate) struct Door {
    pub(crate) level: Level,
    pub(crate) net: bool,
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) home: PathBuf,
    pub(crate) read: Vec<PathBuf>,
    pub(crate) write: Vec<PathBuf>,
    /// A file that is there, for what the program says on its standard error; without one that is lost.
    pub(crate) said: Option<PathBuf>,
}

impl Drop for Door {
    fn drop(&mut self) {
        for (_, value) in &mut self.env {
            value.zeroize();
        }
    }
}

/// [`CageLevel`], on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Strict,
    Standard,
    Minimal,
}

impl From<CageLevel> for Level {
    fn from(level: CageLevel) -> Self {
        match level {
            CageLevel::Strict => Self::Strict,
            CageLevel::Standard => Self::Standard,
            CageLevel::Minimal => Self::Minimal,
        }
    }
}

impl Level {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Standard => "standard",
            Self::Minimal => "minimal",
        }
    }
}

/// What comes back.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Word {
    /// The program runs.
    Running { pid: u32, report: Report },
    /// It does not.
    Refused(CageError),
}

/// The cage as it was closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// `strict`, `standard` or `minimal`.
    pub level: String,
    /// The controls, in the order in which they were taken.
    pub steps: Vec<String>,
}

/// A control that could not be had. The server does not start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("its cage lacks {control}: `{call}` failed with {errno}; {remedy}")]
pub struct CageError {
    /// The control by name.
    pub control: String,
    /// The system call, or what stands for it.
    pub call: String,
    /// `EPERM`, or the error's words.
    pub errno: String,
    /// Two ways out.
    pub remedy: String,
}

impl CageError {
    /// `remedy` is the way out that keeps the level; the other one is always the same.
    pub(super) fn new(control: &str, call: &str, errno: impl Into<String>, remedy: &str) -> Self {
        let other = "or ask for a weaker cage in its manifest: `cage = { level = \"minimal\", reason = \"…\" }`";
        Self {
            control: control.to_owned(),
            call: call.to_owned(),
            errno: errno.into(),
            remedy: format!("{remedy}, {other}"),
        }
    }

    /// The program itself, which no other level of the cage would start.
    pub(super) fn of_program(errno: String, remedy: &str) -> Self {
        Self { control: "the program".to_owned(), call: "execve".to_owned(), errno, remedy: remedy.to_owned() }
    }
}

/// The name of an error, as a manual page has it.
pub(super) fn errno(error: &io::Error) -> String {
    let names = [
        (libc::EPERM, "EPERM"),
        (libc::ENOENT, "ENOENT"),
        (libc::EAGAIN, "EAGAIN"),
        (libc::ENOMEM, "ENOMEM"),
        (libc::EACCES, "EACCES"),
        (libc::ENOTDIR, "ENOTDIR"),
        (libc::EINVAL, "EINVAL"),
        (libc::EMFILE, "EMFILE"),
        (libc::ENOSPC, "ENOSPC"),
        (libc::ENOSYS, "ENOSYS"),
        (libc::ENOEXEC, "ENOEXEC"),
        (libc::EUSERS, "EUSERS"),
        (libc::EOPNOTSUPP, "EOPNOTSUPP"),
    ];
    let known = names.iter().find(|(number, _)| error.raw_os_error() == Some(*number));
    known.map_or_else(|| error.kind().to_string(), |(_, name)| (*name).to_owned())
}

/// The socket on standard error, and the role it gives.
pub(super) fn channel() -> io::Result<(UnixStream, Role)> {
    let mut channel = UnixStream::from(rustix::stdio::stderr().try_clone_to_owned()?);
    // What a panic or a library would print must not be read as a frame.
    rustix::stdio::dup2_stderr(std::fs::File::options().write(true).open("/dev/null")?)?;
    let role = read_frame(&mut channel)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok((channel, serde_json::from_slice(&role)?))
}

pub(crate) fn write_frame(channel: &mut UnixStream, frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    channel.write_all(&length.to_le_bytes())?;
    channel.write_all(frame)
}

/// The next frame; nothing where the other side closed.
pub(crate) fn read_frame(channel: &mut UnixStream) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut length = [0; 4];
    let mut held = 0;
    while let Some(rest) = length.get_mut(held..).filter(|rest| !rest.is_empty()) {
        match channel.read(rest)? {
            0 if held == 0 => return Ok(None),
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => held = held.saturating_add(read),
        }
    }
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > FRAME {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut frame = Zeroizing::new(vec![0; length]);
    channel.read_exact(&mut frame)?;
    Ok(Some(frame))
}
