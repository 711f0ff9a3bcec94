//! What a server says on its standard error: kept in a file for the operator, masked and bounded. The agent never sees it.
//!
//! *Invariants.* A flood costs the server its words and the kernel neither memory nor disk. Nothing is kept that was not masked.

use crate::audit::visible;
use crate::own;
use memchr::{memchr, memrchr};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{CWD, FileType, Mode, OFlags, mknodat};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Masks a text; `None` where that fails.
pub type Masked = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What was said is masked together once it is followed by silence or as long as this, so that a value on several lines is seen as one.
const TOGETHER: usize = 64 * 1024;
const SILENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
/// Bytes kept in a stretch of time, and how long that is.
const SHARE: usize = 128 * 1024;
const STRETCH: Duration = Duration::from_secs(10);
/// A file of this size makes room for the next; the one before it goes.
const FILE: u64 = 1 << 20;

/// A named pipe that a server's standard error goes to.
pub(super) struct Ear {
    path: PathBuf,
    pipe: File,
}

impl Ear {
    /// Makes the pipe in a home, where the server's cage lets it be opened, under a name that is nobody else's.
    pub(super) fn open(home: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!(".stderr-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = home.join(name);
        // What a former kernel of this pid may have left.
        let _absent = fs::remove_file(&path);
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)?;
        let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits();
        let flags = i32::try_from(flags).map_err(io::Error::other)?;
        let pipe = OpenOptions::new().read(true).custom_flags(flags).open(&path);
        pipe.map(|pipe| Self { path: path.clone(), pipe }).inspect_err(|_failed| drop(fs::remove_file(&path)))
    }

    /// Where the server's standard error goes.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Once the server runs: listens on a thread of its own until nobody is left who could say something.
    pub(super) fn listen(self, mut kept: Kept, pid: u32) {
        kept.pid = pid;
        let listening = std::thread::Builder::new().name("said".into());
        // Without a thread the pipe closes, and the server's words fail as on a closed terminal.
        let _none = listening.spawn(move || hear(&self.pipe, kept));
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.path);
    }
}

fn hear(mut pipe: &File, mut kept: Kept) {
    let (mut said, mut block) = (Vec::new(), vec![0; TOGETHER]);
    loop {
        // With a whole line in hand a silence is waited for, else whatever comes.
        let patience = memchr(b'\n', &said).is_some().then_some(&SILENCE);
        let more = poll(&mut [PollFd::new(&pipe, PollFlags::IN)], patience);
        match more {
            Ok(0) => kept.take(&mut said),
            Ok(_) => match pipe.read(&mut block) {
                Ok(0) => break,
                Ok(read) => said.extend_from_slice(block.get(..read).unwrap_or_default()),
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
                Err(_) => break,
            },
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => break,
        }
        if said.len() >= TOGETHER {
            kept.take(&mut said);
        }
    }
    // Its last words may lack an end.
    if said.last().is_some_and(|byte| *byte != b'\n') {
        said.push(b'\n');
    }
    kept.take(&mut said);
}

/// The file, and how much of it a server may fill.
pub(super) struct Kept {
    path: PathBuf,
    pid: u32,
    masked: Masked,
    since: Instant,
    bytes: usize,
    left_out: u64,
    in_line: bool,
}

impl Kept {
    /// `STATE/said/SERVER.log`.
    pub(super) fn at(state: &Path, server: &str, masked: Masked) -> io::Result<Self> {
        let directory = state.join("said");
        own::directory(&directory)?;
        let path = directory.join(format!("{server}.log"));
        Ok(Self { path, pid: 0, masked, since: Instant::now(), bytes: 0, left_out: 0, in_line: false })
    }

    /// Keeps the whole lines; a line that has no end is left out.
    fn take(&mut self, said: &mut Vec<u8>) {
        let Some(end) = memrchr(b'\n', said) else {
            if said.len() >= TOGETHER {
                said.clear();
                self.in_line = true;
            }
            return;
        };
        let rest = said.split_off(end.saturating_add(1));
        let whole = std::mem::replace(said, rest);
        let text = String::from_utf8_lossy(&whole);
        let text = match text.split_once('\n') {
            // The end of a line that was too long.
            Some((_, after)) if std::mem::take(&mut self.in_line) => {
                self.left_out = self.left_out.saturating_add(1);
                after
            }
            _ => &text,
        };
        if self.since.elapsed() >= STRETCH {
            (self.since, self.bytes) = (Instant::now(), 0);
        }
        self.bytes = self.bytes.saturating_add(whole.len());
        let masked = (self.bytes <= SHARE).then(|| (self.masked)(text)).flatten();
        let Some(masked) = masked else {
            let lines = text.lines().count();
            self.left_out = self.left_out.saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
            return;
        };
        // A disk that is full costs these words and nothing else.
        let _full = self.write(&visible(&masked));
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let now = jiff::Timestamp::now();
        let mut lines = String::new();
        let left_out = std::mem::take(&mut self.left_out);
        if left_out > 0 {
            lines.push_str(&format!("{now:.3} {} ({left_out} lines were left out)\n", self.pid));
        }
        for line in text.lines() {
            lines.push_str(&format!("{now:.3} {} {line}\n", self.pid));
        }
        if fs::metadata(&self.path).is_ok_and(|meta| meta.len() > FILE) {
            fs::rename(&self.path, self.path.with_extension("log.1"))?;
        }
        let mut file = own::open(&self.path, OpenOptions::new().append(true).create(true).mode(0o600))?;
        file.write_all(lines.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{Ear, FILE, Kept, SHARE, TOGETHER, own};
    use std::fs;
    use std::io::Write;
    use std::path::Path;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    /// What is kept of what is said, once that holds.
    fn kept(state: &Path, say: impl FnOnce(&mut fs::File), until: impl Fn(&str) -> bool) -> String {
        let ear = Ear::open(state).unwrap();
        let mut pen = fs::File::options().append(true).open(ear.path()).unwrap();
        let masked = |text: &str| (!text.contains("unmaskable")).then(|| text.replace("ada@example.com", "[EMAIL]"));
        ear.listen(Kept::at(state, "erp", Arc::new(masked)).unwrap(), 7);
        say(&mut pen);
        drop(pen);
        let begun = Instant::now();
        loop {
            let text = fs::read_to_string(state.join("said/erp.log")).unwrap_or_default();
            if until(&text) {
                return text;
            }
            assert!(begun.elapsed().as_secs() < 20, "{} bytes: {:.400}", text.len(), text);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn lines_are_kept_masked_and_harmless() {
        let state = tempfile::tempdir().unwrap();
        let say = |pen: &mut fs::File| {
            pen.write_all(b"for ada@exa").unwrap();
            std::thread::sleep(Duration::from_millis(120));
            pen.write_all(b"mple.com\n\x1b[2J\xff\nunfinished").unwrap();
        };
        let text = kept(state.path(), say, |text| text.contains("unfinished"));
        assert!(text.contains(" 7 for [EMAIL]\n") && !text.contains("ada@"), "{text}");
        assert!(text.contains(" 7 \\u001b[2J\u{fffd}\n"), "{text}");
        assert!(fs::read_dir(state.path()).unwrap().count() == 1, "the pipe has no name any more");
    }

    #[test]
    fn a_flood_a_line_without_end_and_what_cannot_be_masked_are_left_out() {
        let state = tempfile::tempdir().unwrap();
        let say = |pen: &mut fs::File| {
            pen.write_all(&vec![b'x'; 3 * TOGETHER]).unwrap();
            pen.write_all(b"\nunmaskable\n").unwrap();
            std::thread::sleep(Duration::from_millis(200));
            pen.write_all(b"and then\n").unwrap();
            std::thread::sleep(Duration::from_millis(200));
            (0..100_000).for_each(|_| pen.write_all(b"flood\n").unwrap());
        };
        let text = kept(state.path(), say, |text| text.contains("flood"));
        assert!(
            text.contains("(2 lines were left out)") && !text.contains('x') && !text.contains("unmask"),
            "{text:.300}"
        );
        assert!(text.contains("and then"));
        std::thread::sleep(Duration::from_millis(300));
        let length = fs::metadata(state.path().join("said/erp.log")).unwrap().len();
        // A short line has a time and a pid before it.
        assert!(length < u64::try_from(SHARE).unwrap() * 8, "{length}");
    }

    #[test]
    fn a_full_file_makes_room() {
        let state = tempfile::tempdir().unwrap();
        own::directory(&state.path().join("said")).unwrap();
        fs::write(state.path().join("said/erp.log"), vec![b'.'; usize::try_from(FILE).unwrap() + 1]).unwrap();
        let text = kept(state.path(), |pen| pen.write_all(b"next\n").unwrap(), |text| text.ends_with(" 7 next\n"));
        assert!(text.len() < 100);
        assert!(state.path().join("said/erp.log.1").exists());
    }
}
