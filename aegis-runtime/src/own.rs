//! The files of a state directory: how one that is there is opened, and how a key is made.
//!
//! *Invariants.* No link is followed, nothing but a regular file is read or written, and opening waits for nobody: what somebody puts
//! in a file's place stops a start with a code and never hangs it. What the kernel goes on from belongs to its own user. A key that
//! others can read or write, or that is all zero, is none.

use rustix::fs::OFlags;
use std::fmt;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

macro_rules! faults {
    ($($name:ident = $code:literal, $meaning:literal, $remedy:literal;)+) => {
        /// Every reason for which a place of a state directory is refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fault { $(#[doc = $meaning] $name,)+ }

        impl Fault {
            /// Every one, in the order of the codes.
            pub const ALL: &'static [Fault] = &[$(Fault::$name,)+];

            /// The stable spelling, `AEG-Snnn`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Fault::$name => $code,)+ }
            }

            /// What is wrong, as it completes a sentence that begins with the path.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Fault::$name => $meaning,)+ }
            }

            /// What to do.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Fault::$name => $remedy,)+ }
            }
        }
    };
}

faults! {
    Link = "AEG-S001", "is a symbolic link", "put in its place what it leads to, or move it away";
    Kind = "AEG-S002", "is no regular file", "move away what stands there";
    Owner = "AEG-S003", "belongs to another user", "give it to the kernel's user with `chown`, or start as that user";
    Mode = "AEG-S004", "can be read or written by others, and is a secret", "run `chmod 600` on it";
    Size = "AEG-S005", "is not as long as what belongs there", "restore it from a copy, or move it away";
    Zero = "AEG-S006", "holds no key: every byte is zero", "restore it from a copy, or move it away";
    Unusable = "AEG-S007", "cannot be used", "see that the kernel's user may read and write it";
    Directory = "AEG-S008", "is no directory", "move away what stands there";
    Entered = "AEG-S009", "can be entered by others", "run `chmod 700` on it";
}

/// A place of a state directory that is refused.
#[derive(Debug)]
pub struct OwnError {
    path: PathBuf,
    /// What is wrong.
    pub fault: Fault,
    source: Option<io::Error>,
}

impl OwnError {
    fn new(path: &Path, fault: Fault) -> Self {
        Self { path: path.to_owned(), fault, source: None }
    }

    /// What the operating system says of an open that does not follow, wait, or take a directory for a file.
    fn of(path: &Path, error: io::Error) -> Self {
        let fault = match error.raw_os_error() {
            Some(libc::ELOOP) => Fault::Link,
            Some(libc::ENXIO | libc::EISDIR | libc::ENODEV) => Fault::Kind,
            Some(libc::ENOTDIR) => Fault::Directory,
            Some(_) | None => Fault::Unusable,
        };
        Self { path: path.to_owned(), fault, source: Some(error) }
    }

    /// Whether nothing stands there.
    pub(crate) fn is_absent(&self) -> bool {
        self.source.as_ref().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
    }
}

impl fmt::Display for OwnError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, fault, source } = self;
        write!(out, "{}: `{}` {}", fault.code(), path.display(), fault.meaning())?;
        if let Some(source) = source.as_ref().filter(|_| *fault == Fault::Unusable) {
            write!(out, ": {source}")?;
        }
        write!(out, "; {}", fault.remedy())
    }
}

impl std::error::Error for OwnError {}

impl From<OwnError> for io::Error {
    fn from(error: OwnError) -> Self {
        let kind = error.source.as_ref().map_or(io::ErrorKind::Other, io::Error::kind);
        Self::new(kind, error)
    }
}

/// Opens a regular file, whoever it belongs to: for readers of what proves itself, as a log does.
///
/// # Errors
/// [`OwnError`].
pub fn plain(path: &Path, options: &mut OpenOptions) -> Result<File, OwnError> {
    opened(path, options).map(|(file, _)| file)
}

/// Opens a regular file of this user's.
///
/// # Errors
/// [`OwnError`].
pub fn open(path: &Path, options: &mut OpenOptions) -> Result<File, OwnError> {
    let (file, meta) = opened(path, options)?;
    is_ours(path, &meta).map(|()| file)
}

/// Reads a regular file that holds no more than so many bytes.
///
/// # Errors
/// [`OwnError`].
pub fn read(path: &Path, most: u64) -> Result<Zeroizing<Vec<u8>>, OwnError> {
    let file = plain(path, OpenOptions::new().read(true))?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| OwnError::of(path, error))?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > most { Err(OwnError::new(path, Fault::Size)) } else { Ok(bytes) }
}

/// Reads a key of 32 bytes, which is this user's alone.
///
/// # Errors
/// [`OwnError`].
pub fn key(path: &Path) -> Result<Zeroizing<[u8; 32]>, OwnError> {
    let (file, meta) = opened(path, OpenOptions::new().read(true))?;
    is_ours(path, &meta)?;
    if meta.permissions().mode() & 0o077 != 0 {
        return Err(OwnError::new(path, Fault::Mode));
    }
    let mut key = Zeroizing::new([0; 32]);
    if meta.len() != 32 {
        return Err(OwnError::new(path, Fault::Size));
    }
    (&file).read_exact(key.as_mut_slice()).map_err(|error| OwnError::of(path, error))?;
    if *key == [0; 32] { Err(OwnError::new(path, Fault::Zero)) } else { Ok(key) }
}

/// Reads a key, or puts this one in its place where nothing stands there: whole, and once, whoever else starts at that moment.
///
/// # Errors
/// [`OwnError`].
pub fn key_or(path: &Path, new: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, OwnError> {
    match key(path) {
        Err(error) if error.is_absent() => {}
        known => return known,
    }
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let made = fresh(&draft).and_then(|mut file| {
        file.write_all(new)?;
        file.sync_all()?;
        fs::hard_link(&draft, path)
    });
    let _made = fs::remove_file(&draft);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(OwnError::of(path, error)),
        Ok(()) | Err(_) => key(path),
    }
}

/// A file of this user's alone that was not there, in the place of what a former attempt left.
///
/// # Errors
/// What cannot be removed or made.
pub fn fresh(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)
}

/// Looks at a database before the engine opens it, and at what the engine keeps beside it.
///
/// # Errors
/// [`OwnError`].
pub fn database(path: &Path) -> Result<(), OwnError> {
    match open(path, OpenOptions::new().read(true)) {
        Err(error) if error.is_absent() => {}
        opened => drop(opened?),
    }
    for beside in ["-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        match regular(Path::new(&name)) {
            Err(error) if error.is_absent() => {}
            looked => looked?,
        }
    }
    Ok(())
}

/// Looks whether a regular file stands there, and opens nothing.
///
/// # Errors
/// [`OwnError`].
pub fn regular(path: &Path) -> Result<(), OwnError> {
    let meta = fs::symlink_metadata(path).map_err(|error| OwnError::of(path, error))?;
    match (meta.is_symlink(), meta.is_file()) {
        (true, _) => Err(OwnError::new(path, Fault::Link)),
        (false, false) => Err(OwnError::new(path, Fault::Kind)),
        (false, true) => Ok(()),
    }
}

/// A directory of this user's alone; made where it is missing, but never what it stands in: a state directory that was moved away
/// is not begun anew in its place.
///
/// # Errors
/// [`OwnError`].
pub fn directory(path: &Path) -> Result<(), OwnError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(OwnError::of(path, error)),
        _ => {}
    }
    let meta = fs::symlink_metadata(path).map_err(|error| OwnError::of(path, error))?;
    if meta.is_symlink() {
        return Err(OwnError::new(path, Fault::Link));
    }
    if !meta.is_dir() {
        return Err(OwnError::new(path, Fault::Directory));
    }
    is_ours(path, &meta)?;
    if meta.permissions().mode() & 0o077 == 0 { Ok(()) } else { Err(OwnError::new(path, Fault::Entered)) }
}

/// Whether something stands there that is this user's, wherever a link leads.
///
/// # Errors
/// [`OwnError`].
pub fn ours(path: &Path) -> Result<(), OwnError> {
    is_ours(path, &fs::metadata(path).map_err(|error| OwnError::of(path, error))?)
}

/// Whether anything stands there, be it a link that leads nowhere.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Without following, waiting, or becoming anybody's terminal.
fn opened(path: &Path, options: &mut OpenOptions) -> Result<(File, Metadata), OwnError> {
    let failed = |error| OwnError::of(path, error);
    let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY).bits();
    let flags = i32::try_from(flags).map_err(|_| OwnError::new(path, Fault::Unusable))?;
    let file = options.custom_flags(flags).open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_file() { Ok((file, meta)) } else { Err(OwnError::new(path, Fault::Kind)) }
}

fn is_ours(path: &Path, meta: &Metadata) -> Result<(), OwnError> {
    let ours = meta.uid() == rustix::process::geteuid().as_raw();
    if ours { Ok(()) } else { Err(OwnError::new(path, Fault::Owner)) }
}

#[cfg(test)]
mod tests {
    use super::{Fault, OwnError, database, directory, key, key_or, open, plain, read};
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::fs::{self, OpenOptions, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;

    fn fault<T>(result: Result<T, OwnError>) -> Fault {
        result.err().unwrap().fault
    }

    /// Puts each thing that is no file of ours in a place, and says what it is.
    fn each(path: &Path, try_it: impl Fn() -> Fault) -> Vec<Fault> {
        let real = path.with_extension("real");
        fs::write(&real, [7; 32]).unwrap();
        fs::set_permissions(&real, Permissions::from_mode(0o600)).unwrap();
        let mut faults = Vec::new();
        for target in [real.as_path(), Path::new("nowhere"), Path::new("/dev/zero")] {
            symlink(target, path).unwrap();
            faults.push(try_it());
            fs::remove_file(path).unwrap();
        }
        mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        faults.push(try_it());
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
        faults.push(try_it());
        fs::remove_dir(path).unwrap();
        faults
    }

    #[test]
    fn what_is_no_file_is_refused_and_nobody_waits_for_it() {
        use Fault::{Kind, Link};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        let all = [Link, Link, Link, Kind, Kind];
        assert_eq!(each(&path, || fault(key(&path))), all);
        assert_eq!(each(&path, || fault(key_or(&path, &[1; 32]))), all);
        assert_eq!(each(&path, || fault(read(&path, 64))), all);
        assert_eq!(each(&path, || fault(database(&path))), all);
        assert_eq!(each(&path, || fault(plain(&path, OpenOptions::new().write(true)))), all);
        let mut ways = OpenOptions::new();
        ways.append(true).create(true);
        assert_eq!(each(&path, || fault(open(&path, &mut ways.clone()))), all);
        let beside = dir.path().join("x-wal");
        assert_eq!(each(&beside, || fault(database(&path))), all);
    }

    #[test]
    fn a_key_is_ours_alone_and_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token.key");
        let made = key_or(&path, &[1; 32]).unwrap();
        assert_eq!((*made, *key_or(&path, &[2; 32]).unwrap()), ([1; 32], [1; 32]));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left");
        for mode in [0o640, 0o604, 0o620, 0o777] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let error = key(&path).unwrap_err();
            assert!(error.fault == Fault::Mode && error.to_string().contains("chmod 600"), "{error}");
        }
        for (bytes, wrong) in [(vec![0; 32], Fault::Zero), (vec![1; 31], Fault::Size), (vec![1; 33], Fault::Size)] {
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            assert_eq!(fault(key(&path)), wrong);
        }
        assert_eq!(fault(read(&path, 32)), Fault::Size);
        assert_eq!(read(&path, 33).unwrap().len(), 33);
    }

    #[test]
    fn a_directory_is_ours_alone() {
        let dir = tempfile::tempdir().unwrap();
        assert!(directory(&dir.path().join("moved/audit")).is_err() && fs::read_dir(dir.path()).unwrap().count() == 0);
        let path = dir.path().join("audit");
        directory(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        fs::set_permissions(&path, Permissions::from_mode(0o710)).unwrap();
        assert_eq!(fault(directory(&path)), Fault::Entered);
        fs::remove_dir(&path).unwrap();
        symlink(dir.path(), &path).unwrap();
        assert_eq!(fault(directory(&path)), Fault::Link);
        fs::remove_file(&path).unwrap();
        fs::write(&path, "").unwrap();
        assert_eq!(fault(directory(&path)), Fault::Directory);
    }
}
