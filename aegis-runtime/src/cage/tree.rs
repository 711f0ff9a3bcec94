//! Processes below this one, found in `/proc`, and their end.

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, kill_process, kill_process_group, wait};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const END: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(5);

/// Every process below this one.
pub(super) fn below() -> BTreeSet<i32> {
    let mut children: BTreeMap<i32, Vec<i32>> = BTreeMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok());
        let parent = pid.and_then(|_| parent_of(&std::fs::read_to_string(entry.path().join("stat")).ok()?));
        if let (Some(pid), Some(parent)) = (pid, parent) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let (mut found, mut open) = (BTreeSet::new(), vec![getpid().as_raw_nonzero().get()]);
    while let Some(parent) = open.pop() {
        for child in children.get(&parent).into_iter().flatten() {
            if found.insert(*child) {
                open.push(*child);
            }
        }
    }
    found
}

/// The fourth field; the second is a name in brackets that may hold anything.
fn parent_of(stat: &str) -> Option<i32> {
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Sends a signal to the group that a child leads.
pub(super) fn signal(group: Pid, signal: Signal) {
    if group.as_raw_nonzero().get() > 1 {
        // Fails only where the group is gone.
        let _gone = kill_process_group(group, signal);
    }
}

/// Takes the ended ones of our children; tells of one of them how it ended. True while there are more.
pub(super) fn reap(server: Pid, ended: &mut Option<WaitStatus>) -> bool {
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((pid, status))) if pid == server => *ended = Some(status),
            Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Kills everything below this process, and returns when there is nothing left: no child means no descendant, since whoever
/// loses its parent becomes a child of this one.
pub(super) fn end(server: Pid, mut ended: Option<WaitStatus>) -> Option<WaitStatus> {
    let begun = Instant::now();
    // A group is killed at once: a fork within it sees the signal or is not made.
    signal(server, Signal::KILL);
    while reap(server, &mut ended) && begun.elapsed() < END {
        for pid in below().into_iter().filter(|pid| *pid > 1).filter_map(Pid::from_raw) {
            let _gone = kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(PAUSE);
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::{below, parent_of};

    #[test]
    fn a_name_with_brackets_hides_no_parent() {
        assert_eq!(parent_of("7 (a) R 1) S 42 7 7 0"), Some(42));
        assert_eq!(parent_of("7 (a"), None);
    }

    #[test]
    fn a_child_is_below() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(below().contains(&i32::try_from(child.id()).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
