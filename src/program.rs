//! Where a program of a manifest is.

use std::path::{Path, PathBuf};

/// The file that a word of a command names: by its path, or as servers' programs are looked for.
pub(crate) fn located(word: &str) -> Option<PathBuf> {
    if word.contains('/') {
        return Some(PathBuf::from(word)).filter(|path| path.is_file());
    }
    ["/usr/local/bin", "/usr/bin", "/bin"].iter().map(|dir| Path::new(dir).join(word)).find(|path| path.is_file())
}
