//! An operating system that lacks a control.

use super::hostile::{kernel, open, refusal, state};
use super::support::{Client, Era, log_of, records};
use seccompiler::{SeccompAction, SeccompFilter, TargetArch};
use std::path::Path;

/// A kernel whose operating system lacks a call: a filter over this thread, which its children inherit.
fn without(call: i64, errno: i32, state: &Path) -> Client {
    std::thread::scope(|scope| {
        let opened = scope.spawn(|| {
            let arch = TargetArch::try_from(std::env::consts::ARCH).unwrap();
            let rules = [(call, Vec::new())].into_iter().collect();
            let answer = SeccompAction::Errno(errno.unsigned_abs());
            let filter = SeccompFilter::new(rules, SeccompAction::Allow, answer, arch).unwrap();
            seccompiler::apply_filter(&filter.try_into().unwrap() as &seccompiler::BpfProgram).unwrap();
            Client::over(&mut kernel(), state, Era::Legacy)
        });
        opened.join().unwrap()
    })
}

pub(crate) fn a_missing_control_refuses_the_start() {
    for (call, number, server, errno, name, control) in [
        ("landlock_create_ruleset", libc::SYS_landlock_create_ruleset, "caged", libc::ENOSYS, "ENOSYS", "landlock"),
        (
            "landlock_create_ruleset",
            libc::SYS_landlock_create_ruleset,
            "caged",
            libc::EOPNOTSUPP,
            "EOPNOTSUPP",
            "landlock",
        ),
        ("seccomp(", libc::SYS_seccomp, "caged", libc::ENOSYS, "ENOSYS", "seccomp"),
        ("unshare", libc::SYS_unshare, "strict", libc::EPERM, "EPERM", "namespaces"),
        ("setsid", libc::SYS_setsid, "loose", libc::EPERM, "EPERM", "a session"),
    ] {
        let dir = state();
        let mut client = without(number, errno, dir.path());
        let (code, why) = refusal(&mut client, server, "pid");
        assert_eq!(code, "AEG-D500");
        for word in [call, name, control, "minimal"] {
            assert!(why.contains(word), "{why} lacks {word}");
        }
        client.close();
        let failed = records(&log_of(dir.path())).into_iter().any(|record| {
            record["ev"] == "server.exited"
                && record["server"] == server
                && record["failed"].as_str().is_some_and(|why| why.contains(name))
        });
        assert!(failed, "{server} without {call} is not on record");
    }
    let dir = state();
    let mut client = open(dir.path());
    let (code, why) = refusal(&mut client, "absent", "pid");
    assert!(code == "AEG-D500" && why.contains("`cage.read`") && why.contains("`${state}/nowhere`"), "{why}");
    client.close();
}
