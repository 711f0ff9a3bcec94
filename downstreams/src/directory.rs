//! A directory as an object store: a key is the path of a regular file below it.
//!
//! *Invariants.* No link is followed, neither an object's own nor one on the way to it, whoever put it there. The way is gone name by
//! name, since `openat2` does not exist in the cage. A file is replaced whole, by rename. Names that are no keys are counted, never
//! shown.

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, Stat, fstat, mkdirat, openat, renameat, statat, unlinkat};
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

/// A directory, opened once.
pub(crate) struct Directory {
    root: OwnedFd,
}

/// An object, as it stands.
pub(crate) struct Object {
    pub(crate) key: String,
    pub(crate) size: u64,
    /// Of inode, time of change and size.
    pub(crate) etag: String,
    /// When its content was last changed, RFC 3339.
    pub(crate) modified: String,
}

/// The objects under a prefix.
#[derive(Default)]
pub(crate) struct Listing {
    pub(crate) objects: Vec<Object>,
    /// Names under it that are no objects: links, devices, pipes, names that are no keys, directories that cannot be read.
    pub(crate) left_out: u64,
}

/// How a name is opened on the way to another one.
const WAY: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
/// Without waiting for whoever else would have to open a pipe.
const READ: OFlags = OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

impl Directory {
    pub(crate) fn open(root: &Path) -> io::Result<Self> {
        // The directory itself is the operator's word, and may be a link.
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self { root: openat(CWD, root, flags, Mode::empty())? })
    }

    /// Every object whose key begins with a prefix, in the order of the keys.
    pub(crate) fn list(&self, prefix: &str) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let mut pending = vec![String::new()];
        while let Some(path) = pending.pop() {
            let entries = self.way(path.split_terminator('/'), false).and_then(|way| Ok(Dir::read_from(way)?));
            match entries {
                Ok(entries) => entry_by_entry(entries, &path, prefix, &mut listing, &mut pending)?,
                Err(error) if path.is_empty() => return Err(error),
                // It went meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(_) => listing.left_out = listing.left_out.saturating_add(1),
            }
        }
        listing.objects.sort_by(|one, other| one.key.cmp(&other.key));
        Ok(listing)
    }

    /// The object and its content, where there is one.
    pub(crate) fn find(&self, key: &str) -> io::Result<Option<(Object, File)>> {
        let (parents, name) = split(key);
        let opened = self.way(parents, false).and_then(|way| Ok(openat(way, name, READ, Mode::empty())?));
        let file = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let stat = fstat(&file)?;
        let kind = FileType::from_raw_mode(stat.st_mode);
        if kind == FileType::RegularFile {
            return Ok(Some((about(key.to_owned(), &stat), File::from(file))));
        }
        // A pipe, a device: as little an object as a link is.
        if kind == FileType::Directory { Ok(None) } else { Err(Errno::LOOP.into()) }
    }

    /// Writes an object in the place of the one that is there.
    pub(crate) fn put(&self, key: &str, content: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
        let (parents, name) = split(key);
        let way = self.way(parents, true)?;
        let (draft, file) = draft(way.as_fd(), name)?;
        let mut file = File::from(file);
        let written = content(&mut file).and_then(|()| Ok(renameat(&way, &draft, &way, name)?));
        if written.is_err() {
            let _gone = unlinkat(&way, &draft, AtFlags::empty());
        }
        written
    }

    pub(crate) fn remove(&self, key: &str) -> io::Result<()> {
        let (parents, name) = split(key);
        Ok(unlinkat(self.way(parents, false)?, name, AtFlags::empty())?)
    }

    /// The directory that names lead to; those that are missing are made where that is asked for.
    fn way<'a>(&self, names: impl Iterator<Item = &'a str>, make: bool) -> io::Result<OwnedFd> {
        let mut at = self.root.try_clone()?;
        for name in names {
            let next = match openat(&at, name, WAY, Mode::empty()) {
                Err(Errno::NOENT) if make => {
                    match mkdirat(&at, name, Mode::RWXU | Mode::RWXG | Mode::RWXO) {
                        Ok(()) | Err(Errno::EXIST) => {}
                        Err(error) => return Err(error.into()),
                    }
                    openat(&at, name, WAY, Mode::empty())
                }
                opened => opened,
            };
            at = next?;
        }
        // What was only a place on the way is read from now on.
        Ok(openat(&at, ".", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?)
    }
}

/// Whether a text is a key: no other spelling of the same object is one.
pub(crate) fn is_key(text: &str) -> bool {
    let odd = |name: &str| matches!(name, "" | "." | "..");
    let letter = |letter: char| letter.is_control() || letter == '\\';
    let last = text.rsplit('/').next().unwrap_or_default();
    !text.split('/').any(odd) && !text.contains(letter) && !is_draft(last)
}

/// What this server writes before it takes its name: digits behind the first `#`.
fn is_draft(name: &str) -> bool {
    let behind = name.split_once('#').map_or("", |(_, behind)| behind);
    !behind.is_empty() && behind.bytes().all(|byte| byte.is_ascii_digit())
}

fn draft(way: impl AsFd, name: &str) -> io::Result<(String, OwnedFd)> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mode = Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::WGRP | Mode::ROTH | Mode::WOTH;
    let mut last = Errno::EXIST;
    // Those of servers that were killed stay.
    for number in 1..1000 {
        let draft = format!("{name}#{number}");
        match openat(&way, &draft, flags, mode) {
            Ok(file) => return Ok((draft, file)),
            Err(Errno::EXIST) => {}
            Err(error) => {
                last = error;
                break;
            }
        }
    }
    Err(last.into())
}

fn split(key: &str) -> (impl Iterator<Item = &str>, &str) {
    let (parents, name) = key.rsplit_once('/').unwrap_or(("", key));
    (parents.split_terminator('/'), name)
}

fn about(key: String, stat: &Stat) -> Object {
    let size = u64::try_from(stat.st_size).unwrap_or_default();
    let nanoseconds = i32::try_from(stat.st_mtime_nsec).unwrap_or_default();
    let micros = i128::from(stat.st_mtime).saturating_mul(1_000_000).saturating_add(i128::from(nanoseconds / 1000));
    let modified = jiff::Timestamp::new(stat.st_mtime, nanoseconds).unwrap_or_default();
    Object { key, size, etag: format!("{:x}-{micros:x}-{size:x}", stat.st_ino), modified: modified.to_string() }
}

/// Adds what a directory holds, and the directories in it that are to be read.
fn entry_by_entry(
    mut entries: Dir,
    path: &str,
    prefix: &str,
    listing: &mut Listing,
    pending: &mut Vec<String>,
) -> io::Result<()> {
    while let Some(entry) = entries.read() {
        let entry = entry?;
        let name = entry.file_name();
        let shown = String::from_utf8_lossy(name.to_bytes());
        if matches!(&*shown, "." | "..") {
            continue;
        }
        let full = if path.is_empty() { shown.into_owned() } else { format!("{path}/{shown}") };
        let above = prefix.strip_prefix(&full).is_some_and(|rest| rest.starts_with('/'));
        if !full.starts_with(prefix) && !above {
            continue;
        }
        let stat = match statat(entries.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => continue,
            stat => stat?,
        };
        let draft = is_draft(full.rsplit('/').next().unwrap_or_default());
        let plain = name.to_str().is_ok() && (is_key(&full) || draft);
        let kind = FileType::from_raw_mode(stat.st_mode);
        if plain && kind == FileType::Directory {
            pending.push(full);
        } else if plain && kind == FileType::RegularFile {
            if !draft {
                listing.objects.push(about(full, &stat));
            }
        } else {
            listing.left_out = listing.left_out.saturating_add(1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

    use super::{Directory, is_key};
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::ffi::OsStr;
    use std::fs;
    use std::io::{Read, Write};
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    fn keys(directory: &Directory, prefix: &str) -> (Vec<String>, u64) {
        let listing = directory.list(prefix).unwrap();
        (listing.objects.into_iter().map(|object| object.key).collect(), listing.left_out)
    }

    #[test]
    fn no_link_leads_out_or_anywhere() {
        let (outside, dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("secret"), "secret").unwrap();
        fs::create_dir_all(dir.path().join("silver/real")).unwrap();
        fs::write(dir.path().join("silver/real/a.csv"), "a").unwrap();
        symlink(outside.path(), dir.path().join("silver/way")).unwrap();
        symlink(outside.path().join("secret"), dir.path().join("silver/one")).unwrap();
        symlink(dir.path().join("silver/real"), dir.path().join("inside")).unwrap();
        let store = Directory::open(dir.path()).unwrap();
        assert_eq!(keys(&store, ""), (vec!["silver/real/a.csv".to_owned()], 3));
        assert_eq!(keys(&store, "silver/way/"), (Vec::new(), 1));
        for key in ["silver/way/secret", "silver/one", "inside/a.csv"] {
            assert!(store.find(key).is_err(), "{key}");
        }
        for key in ["silver/way/new", "inside/new"] {
            assert!(store.put(key, |file| file.write_all(b"x")).is_err() && store.remove(key).is_err(), "{key}");
        }
        assert!(store.remove("silver/way/secret").is_err());
        // A link in an object's own place gives way to it, and what it led to stays.
        store.put("silver/one", |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(outside.path().join("secret")).unwrap(), "secret");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
        let (_, mut file) = store.find("silver/one").unwrap().unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "new");
    }

    #[test]
    fn one_odd_name_costs_no_other_its_place() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("silver")).unwrap();
        for name in
            [&b"a.csv"[..], b"b\xff.csv", b"c\n.csv", b"d\\.csv", "\u{e9}.csv".as_bytes(), b"e.csv#1", b"f#x.csv"]
        {
            fs::write(dir.path().join("silver").join(OsStr::from_bytes(name)), "").unwrap();
        }
        fs::create_dir(dir.path().join(OsStr::from_bytes(b"silver/g\xff"))).unwrap();
        let pipe = dir.path().join("silver/pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let store = Directory::open(dir.path()).unwrap();
        let expected = ["silver/a.csv", "silver/f#x.csv", "silver/\u{e9}.csv"].map(str::to_owned);
        assert_eq!(keys(&store, ""), (expected.to_vec(), 5));
        assert_eq!(keys(&store, "silver/a"), (vec!["silver/a.csv".to_owned()], 0));
        assert!(store.find("silver/pipe").is_err(), "nobody waits for a pipe");
        assert!(store.find("silver").unwrap().is_none() && store.find("silver/none").unwrap().is_none());
    }

    #[test]
    fn a_key_has_one_spelling() {
        for key in ["a", "a/b.csv", "a#b", "\u{e9}/x"] {
            assert!(is_key(key), "{key}");
        }
        for text in ["", "/a", "a/", "a//b", "a/./b", "../a", "a\\b", "a\n", "a\u{9b}", "a#1", "x/a#12"] {
            assert!(!is_key(text), "{text:?}");
        }
    }
}
