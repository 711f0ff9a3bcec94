//! From the words of a manifest to a process in its cage.

use super::Server;
use crate::cage::{self, Door};
use crate::downstream::process::{self, Caged};
use crate::downstream::said::{Ear, Kept};
use crate::downstream::{DownstreamError, SouthEvent, estate, executable, secret};
use std::path::PathBuf;

impl Server {
    /// Runs the program in its cage, with its environment and nothing else of ours. What it says on standard error is kept.
    pub(super) async fn spawn(&self) -> Result<Caged, DownstreamError> {
        self.held().await?;
        let state = &self.options.state;
        let (program, rest) =
            self.spec.command.split_first().ok_or_else(|| DownstreamError::unavailable("its command is empty"))?;
        let program = executable::find(program, &self.options.executable, state)?;
        let arguments = rest.iter().map(|text| self.expand(text)).collect::<Result<Vec<_>, _>>()?;
        let home = executable::home(self.spec.name, state)?;
        let mut env = process::floor(&home.to_string_lossy());
        for (name, value) in self.spec.env {
            set(&mut env, name, self.expand(value)?);
        }
        for secret in self.spec.secrets {
            let value = secret::resolve(secret.source).await;
            let value = value.map_err(|reason| DownstreamError::Secret { variable: secret.variable, reason })?;
            (self.options.on_secret)(&value);
            set(&mut env, secret.variable, value.as_str().to_owned());
        }
        let mut read = self.places("read", self.spec.cage.read)?;
        let estate = estate::path(self.spec.name, state);
        if self.estate.is_some() && estate.exists() {
            read.push(estate);
        }
        let kept = Kept::at(state, self.spec.name, self.options.masked.clone());
        let said = kept.and_then(|kept| Ok((Ear::open(&home)?, kept)));
        let (ear, kept) = said.map_err(|error| DownstreamError::unavailable(format!("its standard error: {error}")))?;
        let door = Door {
            level: self.spec.cage.level.into(),
            net: self.spec.cage.net,
            program: program.clone(),
            arguments,
            env,
            home,
            read,
            write: self.places("write", self.spec.cage.write)?,
            said: Some(ear.path().to_owned()),
        };
        let digest = executable::digest(program.clone()).await?;
        let caged = process::caged(&self.options.helper, self.spec.cage.level, door).await;
        let caged = caged.map_err(DownstreamError::unavailable)?;
        let (pid, cage) = (caged.pid, caged.report.clone());
        ear.listen(kept, pid);
        self.tell(SouthEvent::Spawned { server: self.spec.name, pid, executable: program, digest, cage });
        Ok(caged)
    }

    /// Refuses to start what is not what somebody reviewed. A file can change between this look and its use by whoever may write it;
    /// a pin finds the exchange that stays.
    async fn held(&self) -> Result<(), DownstreamError> {
        for (file, pinned) in self.spec.sha256 {
            let found = executable::find(file, &self.options.executable, &self.options.state)?;
            let digest = executable::digest(found).await?;
            if digest != *pinned {
                return Err(DownstreamError::Pinned { reason: format!("`{file}`: its SHA-256 is {digest}") });
            }
        }
        Ok(())
    }

    /// Paths of the cage. Each must be there: a rule is tied to a file, not to its name.
    fn places(&self, key: &str, paths: &[&str]) -> Result<Vec<PathBuf>, DownstreamError> {
        let expanded = paths.iter().map(|path| executable::expand(path, &self.options.state).map(PathBuf::from));
        let expanded = expanded.collect::<Result<Vec<_>, _>>()?;
        match cage::missing(expanded.iter().map(PathBuf::as_path)) {
            None => Ok(expanded),
            Some(path) => Err(DownstreamError::unavailable(format!(
                "its `cage.{key}`, or a `[files]` of the estate, opens `{}`, which is not there: create it, or correct the TOML",
                path.display()
            ))),
        }
    }

    /// A text of the manifest with `${state}` and `${estate}` in their places; the estate file is written where it is spoken of.
    fn expand(&self, text: &str) -> Result<String, DownstreamError> {
        let text = executable::expand(text, &self.options.state)?;
        if !text.contains("${estate}") {
            return Ok(text);
        }
        let estate = self.estate.as_deref().ok_or_else(|| {
            DownstreamError::unavailable("its command speaks of `${estate}`, and none of its tools has a `sql` screen")
        })?;
        let path = estate::path(self.spec.name, &self.options.state);
        let written = estate::write(&path, estate);
        written.map_err(|error| {
            DownstreamError::unavailable(format!("its estate file cannot be written: {}", error.kind()))
        })?;
        let path = path.to_str().ok_or_else(|| DownstreamError::unavailable("the state directory is not UTF-8"))?;
        Ok(text.replace("${estate}", path))
    }
}

/// Sets a variable; the last one of a name counts.
fn set(env: &mut Vec<(String, String)>, name: &str, value: String) {
    env.retain(|(known, _)| known != name);
    env.push((name.to_owned(), value));
}
