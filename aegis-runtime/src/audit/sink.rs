//! The seam between the writer and the files, so that tests can make the nth operation fail.

use super::scan::segment_path;
use rustix::fs::{AtFlags, statat};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Where lines go.
pub(super) trait Sink: Send + 'static {
    /// Appends all of it.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was appended durable.
    fn sync(&mut self) -> io::Result<()>;
    /// Whether the file still stands under its name, and under no other.
    fn stands(&self) -> io::Result<()> {
        Ok(())
    }
    /// A second handle to the file, to be synced while others append to the first; none where it cannot be.
    fn beside(&self) -> Option<File>;
    /// Cuts back to a length, after a short write.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
    /// Leaves this file for the next one.
    fn rotate(&mut self, segment: u32) -> io::Result<()>;
}

/// The files of one kernel.
pub(super) struct Files {
    /// The state directory, wherever it is moved: the brake looks after that.
    state: File,
    dir: PathBuf,
    kernel: String,
    segment: u32,
    file: File,
    /// The first file stays open and locked: it says that this kernel is alive.
    _alive: File,
}

impl Files {
    /// Makes the first file, and locks it.
    pub(super) fn create(dir: &Path, kernel: &str) -> io::Result<Self> {
        let file = create(&segment_path(dir, kernel, 1))?;
        file.try_lock()?;
        File::open(dir)?.sync_all()?;
        let above = dir.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (state, dir, kernel) = (File::open(above)?, dir.to_owned(), kernel.to_owned());
        Ok(Self { state, dir, kernel, segment: 1, _alive: file.try_clone()?, file })
    }
}

const REMOVED: &str = "the log's file was removed";

/// Makes what stands in a file durable. One that has no name any more goes with this process, however often it is synced.
pub(super) fn sync(file: &File) -> io::Result<()> {
    file.sync_data()?;
    if file.metadata()?.nlink() == 0 { Err(io::Error::other(REMOVED)) } else { Ok(()) }
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create_new(true).mode(0o600).open(path)
}

impl Sink for Files {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        sync(&self.file)
    }

    fn stands(&self) -> io::Result<()> {
        let held = self.file.metadata()?;
        let place = segment_path(Path::new(self.dir.file_name().unwrap_or_default()), &self.kernel, self.segment);
        let found = statat(&self.state, place, AtFlags::SYMLINK_NOFOLLOW);
        let same = found.is_ok_and(|found| (found.st_dev, found.st_ino) == (held.dev(), held.ino()));
        match held.nlink() {
            0 => Err(io::Error::other(REMOVED)),
            1 if same => Ok(()),
            1 => Err(io::Error::other("the log's file was moved, or another stands in its place")),
            _ => Err(io::Error::other("the log's file has a second name, a hard link")),
        }
    }

    fn beside(&self) -> Option<File> {
        self.file.try_clone().ok()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }

    fn rotate(&mut self, segment: u32) -> io::Result<()> {
        self.file = create(&segment_path(&self.dir, &self.kernel, segment))?;
        self.segment = segment;
        File::open(&self.dir)?.sync_all()
    }
}
