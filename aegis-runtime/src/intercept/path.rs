//! Paths: from a path to the domains of its directory, of what its links lead to, and of what lies below it.
//!
//! *Invariants.* A path is read twice, with `..` taken away by text and with `..` taken as the file system does, and the two must
//! meet. Nothing is looked up in the file system before the path, by its text, lies in a declared directory. What counts is the
//! union: the domain of the text, the domain of the file behind every link, and the domains of declared directories below, since a
//! tool may walk down. Between this look and the server's own a link can change; the server's cage then holds, which is built
//! from the same directories.

use super::pointer;
use crate::denial::{Code, Denial};
use crate::spec::{PathBase, ServerId, Spec};
use crate::vocabulary::DomainId;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Longest path and longest name in it, in bytes; what Linux accepts.
const PATH_LIMIT: usize = 4096;
const NAME_LIMIT: usize = 255;

/// The declared directories of one server.
pub(super) struct Directories<'state> {
    spec: &'static Spec,
    server: ServerId,
    state: &'state Path,
}

impl<'state> Directories<'state> {
    pub(super) fn new(spec: &'static Spec, server: ServerId, state: &'state Path) -> Self {
        Self { spec, server, state }
    }

    /// The domains that a call with this path has to do with.
    pub(super) fn domains(
        &self,
        text: &str,
        base: PathBase,
        arguments: &Map<String, Value>,
    ) -> Result<BTreeSet<DomainId>, Denial> {
        let path = self.absolute(text, base, arguments)?;
        let by_text = without_dots(&path).ok_or_else(|| Denial::new(Code::PathTraversal, ""))?;
        let declared: Vec<(PathBuf, DomainId)> = self.declared().collect();
        let mut domains = around(&by_text, &declared).ok_or_else(|| self.unmapped(Code::PathUnmapped))?;
        let real = real(&by_text)?;
        if path.components().any(|part| part == Component::ParentDir) && walked(&path)? != real {
            return Err(Denial::new(Code::PathTraversal, "").remedy("spell the path without `..`"));
        }
        // A declared directory that is not there yet has no links.
        let declared: Vec<(PathBuf, DomainId)> =
            declared.into_iter().map(|(path, domain)| (path.canonicalize().unwrap_or(path), domain)).collect();
        domains.extend(around(&real, &declared).ok_or_else(|| self.unmapped(Code::PathEscapes))?);
        Ok(domains)
    }

    fn declared(&self) -> impl Iterator<Item = (PathBuf, DomainId)> {
        let own = self.spec.files.iter().filter(|files| files.server == self.server);
        own.map(|files| (self.expand(files.path), files.domain))
    }

    /// A place of the manifest or the estate.
    fn expand(&self, place: &str) -> PathBuf {
        place.strip_prefix("${state}/").map_or_else(|| PathBuf::from(place), |below| self.state.join(below))
    }

    fn absolute(&self, text: &str, base: PathBase, arguments: &Map<String, Value>) -> Result<PathBuf, Denial> {
        refuse_ambiguous(text)?;
        let base = match base {
            PathBase::Directory(place) => Some(self.expand(place)),
            // The field is screened by itself as well, so what it names is declared or the call is denied.
            PathBase::Field(at) => pointer::text(arguments, at).map(PathBuf::from),
            PathBase::None => None,
        };
        let path = base.map_or_else(|| PathBuf::from(text), |base| base.join(text));
        let relative = || Denial::new(Code::PathRelative, "").remedy(self.remedy());
        if path.is_absolute() { Ok(path) } else { Err(relative()) }
    }

    fn unmapped(&self, code: Code) -> Denial {
        Denial::new(code, "").remedy(self.remedy())
    }

    fn remedy(&self) -> String {
        let declared: Vec<String> = self.declared().map(|(path, _)| format!("`{}`", path.display())).collect();
        format!("use an absolute path under {}", declared.join(", "))
    }
}

/// Refuses every path that two servers could read as two different things: encoded, expanded, quoted, of another system.
fn refuse_ambiguous(text: &str) -> Result<(), Denial> {
    let odd = |letter: char| !matches!(letter, ' '..='~') || "%\\*?\"<>|`$".contains(letter);
    let deny = |detail: &str| Err(Denial::new(Code::PathCharacter, detail));
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| odd(*letter)) {
        let end = at.saturating_add(letter.len_utf8());
        return deny("").map_err(|denial| denial.at("", Some((at, end))).remedy("spell the path in plain ASCII"));
    }
    if text.is_empty() || text.len() > PATH_LIMIT || text.split('/').any(|name| name.len() > NAME_LIMIT) {
        return deny("it is empty or too long");
    }
    if text.starts_with('~') {
        return deny("`~` is a home directory to some and a name to others");
    }
    if text.split('/').next().is_some_and(|first| first.contains(':')) {
        return deny("it begins as a URL, a drive or a pattern does");
    }
    if text.split('/').any(|name| name.starts_with([' ', '\'']) || name.ends_with([' ', '\''])) {
        return deny("a name begins or ends with a blank or a quote");
    }
    Ok(())
}

/// The path with `.` and `..` taken away by text; `None` where it leads above the root.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    Some(plain)
}

/// The file behind every link; what is not there yet stands under the real path of what is.
fn real(path: &Path) -> Result<PathBuf, Denial> {
    let mut rest = Vec::new();
    let mut there = path;
    loop {
        match there.canonicalize() {
            Ok(mut real) => {
                real.extend(rest.iter().rev());
                return Ok(real);
            }
            // A link to nothing is no place to write to: the file would arise where it points.
            Err(error) if error.kind() == ErrorKind::NotFound && there.symlink_metadata().is_err() => {}
            Err(_) => return Err(Denial::new(Code::PathUnresolved, "")),
        }
        let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else {
            return Err(Denial::new(Code::PathUnresolved, ""));
        };
        rest.push(name);
        there = parent;
    }
}

/// The same with `..` taken as the file system takes it: after the link before it.
fn walked(path: &Path) -> Result<PathBuf, Denial> {
    let mut here = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(name) => here = real(&here.join(name))?,
            Component::ParentDir if here.exists() => {
                here.pop();
            }
            Component::ParentDir => return Err(Denial::new(Code::PathUnresolved, "")),
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    Ok(here)
}

/// The domain of the innermost directory that holds a place, and those of the directories below it.
fn around(place: &Path, declared: &[(PathBuf, DomainId)]) -> Option<BTreeSet<DomainId>> {
    let holding = declared.iter().filter(|(directory, _)| place.starts_with(directory));
    let (_, domain) = holding.max_by_key(|(directory, _)| directory.components().count())?;
    let below = declared.iter().filter(|(directory, _)| directory.starts_with(place)).map(|(_, domain)| *domain);
    Some(below.chain([*domain]).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::{around, real, refuse_ambiguous, walked, without_dots};
    use crate::denial::Code;
    use crate::vocabulary::DomainId;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    #[test]
    fn what_two_servers_read_differently_is_refused() {
        for text in [
            "",
            "~/x",
            "~root/x",
            "file:///etc/passwd",
            "C:/x",
            ":(top)x",
            ":/",
            "/a/%2e%2e/b",
            "/a\\..\\b",
            "/a/*",
            "/a/x?",
            "/a/\0b",
            "/a/b\n",
            "/a/$HOME",
            "/a/`id`",
            "/a/ b",
            "/a/b ",
            "'/a/b'",
            "\"/a\"",
            "/a/\u{2024}\u{2024}/b",
            "/a/\u{ff0f}b",
            "/a/e\u{301}",
            "/a/\u{202e}b",
        ] {
            assert_eq!(refuse_ambiguous(text).unwrap_err().code(), Code::PathCharacter, "{text:?}");
        }
        for text in [
            "/srv/a b/[id].ts",
            "notes/2026-11-28_(1).md",
            ".",
            "./.git/config",
            "/a//b/",
            "a:b/c".trim_start_matches("a:"),
            "/a:b",
        ] {
            assert!(refuse_ambiguous(text).is_ok(), "{text:?}");
        }
        assert!(refuse_ambiguous(&format!("/{}", "a".repeat(256))).is_err());
        assert!(refuse_ambiguous(&"/a".repeat(2049)).is_err());
    }

    #[test]
    fn links_and_dots() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("work/sub")).unwrap();
        fs::create_dir_all(root.join("vault/deep")).unwrap();
        symlink(root.join("vault/deep"), root.join("work/link")).unwrap();
        symlink(root.join("vault/none"), root.join("work/dangling")).unwrap();
        symlink("loop", root.join("work/loop")).unwrap();
        fs::write(root.join("work/file"), "x").unwrap();
        let of = |text: &str| real(&root.join(text));
        assert_eq!(of("work/new/deeper").unwrap(), root.join("work/new/deeper"));
        assert_eq!(of("work/link/new").unwrap(), root.join("vault/deep/new"));
        for bad in ["work/dangling", "work/dangling/x", "work/loop", "work/file/x"] {
            assert_eq!(of(bad).unwrap_err().code(), Code::PathUnresolved, "{bad}");
        }
        // By text `work/file`, by the file system `vault/file`.
        let twofold = root.join("work/link/../file");
        assert_eq!(without_dots(&twofold).unwrap(), root.join("work/file"));
        assert_eq!(walked(&twofold).unwrap(), root.join("vault/file"));
        assert_eq!(walked(&root.join("work/sub/../file")).unwrap(), root.join("work/file"));
        assert!(walked(&root.join("work/none/../file")).is_err());
        assert_eq!(without_dots(Path::new("/../etc")), None);
    }

    #[test]
    fn the_innermost_directory_and_those_below() {
        let (open, shut) = (DomainId(0), DomainId(1));
        let declared = [(PathBuf::from("/srv/open"), open), (PathBuf::from("/srv/open/shut"), shut)];
        let of = |place: &str| around(Path::new(place), &declared).map(|found| found.into_iter().collect::<Vec<_>>());
        assert_eq!(of("/srv/open/x"), Some(vec![open]));
        assert_eq!(of("/srv/open/shut/x"), Some(vec![shut]));
        assert_eq!(of("/srv/open"), Some(vec![open, shut]));
        assert_eq!(of("/srv/opener"), None);
        assert_eq!(of("/srv"), None);
    }
}
