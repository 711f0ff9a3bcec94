//! Source files: text, and bytes to line and column.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// One file, named as diagnostics and provenance name it: relative, with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `manifests/estate.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything a kernel is compiled from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// `estate.toml` of the manifests directory.
    pub estate: Source,
    /// Every other `.toml` there, sorted by name.
    pub manifests: Vec<Source>,
    /// The policy.
    pub policy: Source,
    /// Imported JSON Schemas, sorted by name.
    pub schemas: Vec<Source>,
}

/// A file that cannot be read.
#[derive(Debug)]
pub struct ReadError {
    /// The path as it was asked for.
    pub path: PathBuf,
    /// Why.
    pub cause: io::Error,
}

impl Sources {
    /// Reads `manifests/*.toml`, `manifests/schemas/*.json` and a policy file. Paths are recorded relative to the directory
    /// that holds the manifests, so that the output is the same from anywhere.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn read(manifests: &Path, policy: &Path) -> Result<Self, ReadError> {
        let dir = name_of(manifests);
        let policy_dir = policy.parent().map(name_of).filter(|name| !name.is_empty());
        let policy_path = policy_dir.map_or_else(|| name_of(policy), |dir| format!("{dir}/{}", name_of(policy)));
        let mut toml = read_dir(manifests, "toml", &dir)?;
        let schemas_dir = manifests.join("schemas");
        let schemas =
            if schemas_dir.is_dir() { read_dir(&schemas_dir, "json", &format!("{dir}/schemas"))? } else { Vec::new() };
        let estate_path = format!("{dir}/estate.toml");
        let Some(at) = toml.iter().position(|source| source.path == estate_path) else {
            let path = manifests.join("estate.toml");
            return Err(ReadError { path, cause: io::Error::from(io::ErrorKind::NotFound) });
        };
        let estate = toml.remove(at);
        let policy = Source { path: policy_path, text: read(policy)? };
        Ok(Self { estate, manifests: toml, policy, schemas })
    }

    /// Every file, in the order of the digest: by path.
    #[must_use]
    pub fn all(&self) -> Vec<&Source> {
        let mut all: Vec<&Source> =
            [&self.estate, &self.policy].into_iter().chain(&self.manifests).chain(&self.schemas).collect();
        all.sort_by(|one, other| one.path.cmp(&other.path));
        all
    }
}

/// Line and column, both from 1, of a byte; the column counts characters.
#[must_use]
pub fn line_col(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    (line, column)
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Result<String, ReadError> {
    fs::read_to_string(path).map_err(|cause| ReadError { path: path.to_owned(), cause })
}

fn read_dir(dir: &Path, extension: &str, shown: &str) -> Result<Vec<Source>, ReadError> {
    let failed = |cause| ReadError { path: dir.to_owned(), cause };
    let mut sources = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|found| found == extension) {
            sources.push(Source { path: format!("{shown}/{}", name_of(&path)), text: read(&path)? });
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}
