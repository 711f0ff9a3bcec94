//! What the files of a command lead to, for a person who has to give it to the cage.

use crate::program::located;
use aegis_runtime::cage;
use aegis_runtime::downstream::Inspection;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Longest first line that names an interpreter, as Linux reads it.
const FIRST_LINE: u64 = 256;

/// The directories that hold a command's files, what runs them and what they are links to, as far as its cage does not give them. A
/// program of a virtual environment stands there, and its interpreter elsewhere.
pub(super) fn unread(what: &Inspection) -> BTreeSet<PathBuf> {
    let words = what.command.iter().enumerate().filter(|(at, word)| *at == 0 || word.starts_with('/'));
    let files: Vec<PathBuf> = words.filter_map(|(_, word)| located(word)).collect();
    let interpreters = files.iter().filter_map(|file| interpreter(file));
    let given =
        |path: &Path| cage::is_system(path) || what.read.iter().chain(&what.write).any(|given| path.starts_with(given));
    let named = files.iter().cloned().chain(interpreters);
    let all = named.flat_map(|path| [path.canonicalize().unwrap_or_else(|_| path.clone()), path]);
    all.filter(|path| !given(path)).map(|path| around(&path)).collect()
}

/// What the first line of a script says it is run by.
fn interpreter(file: &Path) -> Option<PathBuf> {
    let mut first = Vec::new();
    File::open(file).ok()?.take(FIRST_LINE).read_to_end(&mut first).ok()?;
    let line = first.strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let word = std::str::from_utf8(line).ok()?.split_whitespace().next()?;
    Some(PathBuf::from(word)).filter(|path| path.is_absolute())
}

/// The directory that a program's libraries stand in with it, or the modules beside a module; of any other file, the file.
fn around(file: &Path) -> PathBuf {
    if let Some(modules) = file.ancestors().filter(|above| above.ends_with("node_modules")).last() {
        return modules.to_owned();
    }
    let beside = file.parent().filter(|parent| parent.ends_with("bin")).and_then(Path::parent);
    beside.unwrap_or(file).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::unread;
    use aegis_runtime::downstream::Inspection;
    use aegis_runtime::spec::CageLevel;
    use std::fs;
    use std::path::PathBuf;

    #[test]
    fn an_environment_leads_to_its_interpreter() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let of = |name: &str| root.join(name);
        for place in ["venv/bin", "python/bin"] {
            fs::create_dir_all(of(place)).unwrap();
        }
        fs::write(of("python/bin/python3.11"), "").unwrap();
        std::os::unix::fs::symlink(of("python/bin/python3.11"), of("venv/bin/python")).unwrap();
        fs::write(of("venv/bin/server"), format!("#!{}\nimport x\n", of("venv/bin/python").display())).unwrap();
        fs::write(of("main.py"), "").unwrap();
        let needs = |command: &[PathBuf], read: Vec<PathBuf>| {
            let command = command.iter().map(|word| word.to_str().unwrap().to_owned()).collect();
            let (env, write, home, executable, helper) =
                (Vec::new(), Vec::new(), PathBuf::new(), PathBuf::new(), Vec::new());
            let level = CageLevel::Standard;
            unread(&Inspection { command, env, level, net: false, read, write, home, executable, helper })
        };
        let (server, python, script) = (of("venv/bin/server"), of("venv/bin/python"), of("main.py"));
        assert!(needs(std::slice::from_ref(&server), Vec::new()).into_iter().eq([of("python"), of("venv")]));
        assert!(needs(&[server], vec![of("venv")]).into_iter().eq([of("python")]));
        assert!(needs(&[python, script.clone()], vec![of("venv"), of("python")]).into_iter().eq([script]));
        fs::create_dir_all(of("node_modules/a/dist")).unwrap();
        fs::write(of("node_modules/a/dist/index.js"), "").unwrap();
        let module = of("node_modules/a/dist/index.js");
        assert!(needs(&["node".into(), module], Vec::new()).contains(&of("node_modules")));
        assert!(needs(&["sh".into(), "-c".into()], Vec::new()).is_empty());
    }
}
