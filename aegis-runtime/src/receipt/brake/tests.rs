//! What a halt stops, and that nothing lifts it but a resume.

use super::{Arc, Brake, Leave, Scope, Spec, ToolSpec};
use crate::spec::nothing::{NOTHING, TOOL};
use crate::spec::{CageLevel, CageSpec, ServerSpec};
use crate::spec::{Hints, Native, Origin};
use rustix::fs::{FileType, Mode};
use std::path::Path;
use std::time::Duration;

const PROMOTE: ToolSpec = ToolSpec {
    wire: "aegis__promote",
    dotted: "aegis.promote",
    name: "promote",
    origin: Origin::Native(Native::Promote),
    hints: Hints { read_only: false, destructive: true, idempotent: false, open_world: false },
    ..TOOL
};
const S3: ServerSpec = ServerSpec {
    name: "s3",
    command: &[],
    env: &[],
    secrets: &[],
    sha256: &[],
    timeout: Duration::ZERO,
    max_total: Duration::ZERO,
    cage: CageSpec { level: CageLevel::Minimal, net: false, read: &[], write: &[] },
};
static SPEC: Spec = Spec { servers: &[S3], tools: &[PROMOTE], ..NOTHING };

/// Leave for a promotion, looked at by a kernel of its own.
fn leave(path: &Path) -> Leave {
    Arc::new(Brake::at(path.to_owned())).leave(&SPEC, &SPEC.tools[0])
}

#[test]
fn the_brake_denies_what_it_names_and_everything_when_it_cannot_be_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("halt.json");
    let (operator, leave) = (Brake::at(path.clone()), leave(&path));
    let denied = |server: &'static str| leave.at(server).look().is_err();
    assert!(!denied("s3"));
    assert_eq!(operator.halt(Scope::Server("s3".into()), "ada").unwrap(), Scope::Server("s3".into()));
    assert!(denied("s3") && !denied("postgres"));
    operator.halt(Scope::Everything, "ada").unwrap();
    assert!(denied("postgres"));
    assert!(operator.resume(&Scope::Everything).unwrap());
    assert!(!denied("s3"), "`Everything` lifts every halt");
    assert!(!operator.resume(&Scope::Server("s3".into())).unwrap());
    for broken in ["", "[]", "{}", "[{\"halted\":\"all\"}]"] {
        std::fs::write(&path, broken).unwrap();
        assert!(denied("s3"), "{broken}");
    }
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(denied("s3"), "a directory is no brake that is off");
    std::fs::remove_dir(&path).unwrap();
    for (target, what) in [("nowhere", "a link that leads nowhere"), ("/dev/zero", "a link to what never ends")] {
        std::os::unix::fs::symlink(target, &path).unwrap();
        assert!(denied("s3"), "{what}");
        std::fs::remove_file(&path).unwrap();
    }
    rustix::fs::mknodat(rustix::fs::CWD, &path, FileType::Fifo, Mode::RUSR, 0).unwrap();
    assert!(denied("s3"), "nobody waits for a pipe");
}

#[test]
fn a_step_stands_still_with_the_tool_whose_step_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("halt.json");
    let (operator, leave) = (Brake::at(path.clone()), leave(&path).at("s3"));
    for name in ["aegis.promote", "aegis__promote", "aegis", "s3"] {
        let scope = Scope::of(&SPEC, Some(name)).unwrap();
        assert_eq!(leave.look(), Ok(()), "{name}");
        operator.halt(scope.clone(), "ada").unwrap();
        assert!(leave.look().is_err(), "{name}");
        assert!(operator.resume(&scope).unwrap());
    }
}

#[test]
fn a_halt_that_cannot_be_written_halts_everything() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("halt.json");
    let (operator, leave) = (Brake::at(path.clone()), leave(&path));
    let lock = dir.path().join("halt.lock");
    std::fs::create_dir(&lock).unwrap();
    assert_eq!(operator.halt(Scope::Server("s3".into()), "ada").unwrap(), Scope::Everything);
    assert!(leave.at("postgres").look().is_err());
    std::fs::remove_dir(&lock).unwrap();
    assert!(!operator.resume(&Scope::Server("s3".into())).unwrap(), "it takes a whole one");
    assert!(leave.look().is_err());
    assert!(operator.resume(&Scope::Everything).unwrap());
    assert_eq!(leave.look(), Ok(()));
}

#[test]
fn a_state_directory_that_moved_halts_everything() {
    let dir = tempfile::tempdir().unwrap();
    let (state, away) = (dir.path().join("state"), dir.path().join("away"));
    std::fs::create_dir(&state).unwrap();
    let leave = leave(&state.join("halt.json"));
    Brake::at(state.join("halt.json")).halt(Scope::Everything, "ada").unwrap();
    assert!(leave.look().is_err());
    std::fs::rename(&state, &away).unwrap();
    assert!(leave.look().is_err(), "its path leads nowhere");
    std::fs::create_dir(&state).unwrap();
    assert!(leave.look().is_err(), "another directory stands there, where nothing is halted");
    std::fs::remove_dir(&state).unwrap();
    std::os::unix::fs::symlink(&away, &state).unwrap();
    assert!(leave.look().is_err(), "it is there, and the halt too");
    Brake::at(away.join("halt.json")).resume(&Scope::Everything).unwrap();
    assert_eq!(leave.look(), Ok(()), "the path leads to it again");
    assert!(super::Brake::at(dir.path().join("nowhere/halt.json")).halts().is_err(), "a directory that never was");
}
