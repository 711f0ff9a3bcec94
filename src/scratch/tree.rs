//! The end of a tree of files that somebody else made: however deep it is, and whatever it forbids.
//!
//! *Invariants.* No link is followed, and nothing that is mounted there is entered. At most four descriptors are open at a time: a directory inside of one is moved up to the top, so
//! nothing is ever walked into. Only what belongs to this user is given back its rights.

use rustix::fs::{AtFlags, CWD, Dir, Mode, OFlags, RenameFlags, ResolveFlags, openat2, renameat_with, unlinkat};
use rustix::io::Errno;
use std::ffi::CString;
use std::fs::{File, Permissions, set_permissions};
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

/// Rights without which its owner cannot empty a directory.
const RIGHTS: u32 = 0o700;

/// Opens a directory, and no link to one; its rights are given back to it where they were taken away.
pub(super) fn enter(path: &Path) -> io::Result<File> {
    enter_at(CWD, path, ResolveFlags::empty())
}

fn enter_at(parent: impl AsFd, name: impl rustix::path::Arg + Copy, how: ResolveFlags) -> io::Result<File> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let looked = File::from(openat2(parent.as_fd(), name, flags | OFlags::PATH, Mode::empty(), how)?);
    let meta = looked.metadata()?;
    if meta.permissions().mode() & RIGHTS != RIGHTS && meta.uid() == rustix::process::geteuid().as_raw() {
        // The directory that was opened, whatever stands under its name by now.
        let own = format!("/proc/self/fd/{}", looked.as_raw_fd());
        set_permissions(own, Permissions::from_mode(meta.permissions().mode() & 0o777 | RIGHTS))?;
    }
    Ok(File::from(openat2(&looked, ".", flags | OFlags::RDONLY, Mode::empty(), ResolveFlags::empty())?))
}

/// Removes a tree.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let top = enter(path)?;
    let mut lifted = 0_u64;
    each(&top, |name| {
        if unlink(&top, name)? {
            return Ok(());
        }
        let inner = enter_at(&top, name, ResolveFlags::NO_XDEV)?;
        each(&inner, |name| if unlink(&inner, name)? { Ok(()) } else { lift(&inner, name, &top, &mut lifted) })?;
        Ok(unlinkat(&top, name, AtFlags::REMOVEDIR)?)
    })?;
    Ok(unlinkat(CWD, path, AtFlags::REMOVEDIR)?)
}

/// Does something to each entry until none is left; whatever is done must take the entry away.
fn each(directory: &File, mut act: impl FnMut(&CString) -> io::Result<()>) -> io::Result<()> {
    loop {
        let mut empty = true;
        for entry in Dir::read_from(directory)? {
            let entry = entry?;
            if ![&b"."[..], b".."].contains(&entry.file_name().to_bytes()) {
                empty = false;
                act(&entry.file_name().to_owned())?;
            }
        }
        if empty {
            return Ok(());
        }
    }
}

/// Takes away what is no directory; says whether it was none.
fn unlink(directory: &File, name: &CString) -> io::Result<bool> {
    match unlinkat(directory, name, AtFlags::empty()) {
        Ok(()) => Ok(true),
        Err(Errno::ISDIR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Moves a directory up to the top, under a name that nothing has there.
fn lift(from: &File, name: &CString, top: &File, lifted: &mut u64) -> io::Result<()> {
    // One that moves is written to, so it must be ours to write.
    enter_at(from, name, ResolveFlags::NO_XDEV)?;
    loop {
        *lifted = lifted.saturating_add(1);
        match renameat_with(from, name, top, format!("lifted-{lifted}"), RenameFlags::NOREPLACE) {
            Err(Errno::EXIST) => {}
            moved => return Ok(moved?),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::remove;
    use rustix::fs::{Mode, OFlags, mkdirat, openat};
    use std::fs::{self, File, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn no_depth_and_no_mode_keeps_a_tree() {
        let dir = tempfile::tempdir().unwrap();
        let (tree, kept) = (dir.path().join("tree"), dir.path().join("kept"));
        fs::create_dir_all(tree.join("lifted-1/lifted-2")).unwrap();
        fs::create_dir_all(tree.join("a/shut/inner")).unwrap();
        fs::create_dir(&kept).unwrap();
        fs::write(kept.join("x"), "").unwrap();
        symlink(&kept, tree.join("a/link")).unwrap();
        let mut at = File::open(&tree).unwrap();
        for _ in 0..2000 {
            mkdirat(&at, "d", Mode::RWXU).unwrap();
            at = openat(&at, "d", OFlags::DIRECTORY, Mode::empty()).unwrap().into();
        }
        drop(at);
        fs::set_permissions(tree.join("a/shut"), Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(&tree, Permissions::from_mode(0o500)).unwrap();
        remove(&tree).unwrap();
        assert!(!tree.exists() && kept.join("x").exists());
        assert!(remove(&tree).is_err());
    }
}
