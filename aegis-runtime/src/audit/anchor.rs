//! The external anchor: a command of the operator's that puts the newest checkpoint where this machine cannot change it.

use super::line::mono_ns;
use crate::own;
use serde_json::json;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// Longest run of the command.
const PATIENCE: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(5);

/// Longest answer: the newest checkpoint counts, and is the last of it.
const ANSWER: u64 = 64 << 20;
/// Where it is noted that the command took one.
pub(super) const NOTED: &str = "anchored.json";

/// What became of the last attempts.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// Boot-time nanoseconds of the last success.
    pub(super) anchored: Option<i128>,
    /// The last failure, until a success.
    pub(super) failure: Option<String>,
}

/// A handle to the thread that runs the command.
pub(super) struct Anchor {
    notes: mpsc::Sender<(String, u64, Option<mpsc::Sender<()>>)>,
    standing: Arc<Mutex<Standing>>,
}

impl Anchor {
    /// Starts the thread; it ends with the handle.
    pub(super) fn start(argv: &'static [&'static str], dir: &Path) -> Option<Self> {
        let (program, arguments) = argv.split_first()?;
        let (notes, received) = mpsc::channel::<(String, u64, Option<mpsc::Sender<()>>)>();
        let standing = Arc::new(Mutex::new(Standing::default()));
        let (shared, record) = (Arc::clone(&standing), dir.join(NOTED));
        std::thread::spawn(move || {
            while let Ok(first) = received.recv() {
                // Only the newest counts; it says all that the others said.
                let mut waiting = Vec::new();
                let (mut note, mut size, done) = first;
                waiting.extend(done);
                for (later, bigger, done) in received.try_iter() {
                    (note, size) = (later, bigger);
                    waiting.extend(done);
                }
                let result = run(program, arguments, &note).and_then(|()| remember(&record, size));
                let mut standing = shared.lock().unwrap_or_else(PoisonError::into_inner);
                match result {
                    Ok(()) => *standing = Standing { anchored: Some(mono_ns()), failure: None },
                    Err(error) => standing.failure = Some(error.to_string()),
                }
                drop(standing);
                waiting.into_iter().for_each(|done| {
                    let _ignored = done.send(());
                });
            }
        });
        Some(Self { notes, standing })
    }

    pub(super) fn hand_over(&self, note: String, size: u64) {
        let _ignored = self.notes.send((note, size, None));
    }

    /// The last checkpoint of a kernel: waits until the command is done with it.
    pub(super) fn finish(&self, note: String, size: u64) {
        let (done, finished) = mpsc::channel();
        let _ignored = self.notes.send((note, size, Some(done)));
        // One run may be under way, then comes ours.
        let _ignored = finished.recv_timeout(PATIENCE.saturating_mul(2));
    }

    pub(super) fn standing(&self) -> Arc<Mutex<Standing>> {
        Arc::clone(&self.standing)
    }
}

/// For `aegis doctor` and the report: when, by the wall clock.
fn remember(path: &PathBuf, size: u64) -> io::Result<()> {
    let text = json!({"at": format!("{:.6}", jiff::Timestamp::now()), "size": size}).to_string();
    let next = path.with_extension("next");
    own::fresh(&next)?.write_all(text.as_bytes())?;
    std::fs::rename(&next, path)
}

/// Asks the command that reads the anchor for what it holds.
pub(super) fn ask(program: &str, arguments: &[&str]) -> io::Result<String> {
    let mut child = command(program, arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.take(ANSWER).read_to_string(&mut text).map(|_| text)
    });
    finished(&mut child, program)?;
    reading.join().map_err(|_| io::Error::other("no output"))?
}

fn run(program: &str, arguments: &[&str], note: &str) -> io::Result<()> {
    let mut child = command(program, arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // A checkpoint is far below a pipe's size, so this cannot block on a command that does not read.
    let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(note.as_bytes()));
    finished(&mut child, program)?;
    written
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").stderr(Stdio::null());
    command
}

fn finished(child: &mut Child, program: &str) -> io::Result<()> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { Err(io::Error::other(format!("`{program}`: {status}"))) };
        }
        if started.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::other(format!("`{program}` took over {} s", PATIENCE.as_secs())));
        }
        std::thread::sleep(POLL);
    }
}
