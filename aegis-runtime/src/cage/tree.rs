//! Processes below this one, found in `/proc`, and their end.

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, kill_process, kill_process_group, wait};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const END: Duration = Duration::from_secs(4);
const PAUSE: Duration = Duration::from_millis(5);

/// Every process below this one, and how many threads it has.
pub(super) fn below() -> BTreeMap<i32, usize> {
    let mut children: BTreeMap<i32, Vec<(i32, usize)>> = BTreeMap::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok());
        // A process names itself with any bytes.
        let stat = pid.and_then(|_| std::fs::read(entry.path().join("stat")).ok());
        let stat = stat.and_then(|stat| stat_of(&String::from_utf8_lossy(&stat)));
        if let (Some(pid), Some((parent, threads))) = (pid, stat) {
            children.entry(parent).or_default().push((pid, threads));
        }
    }
    let (mut found, mut open) = (BTreeMap::new(), vec![getpid().as_raw_nonzero().get()]);
    while let Some(parent) = open.pop() {
        for (child, threads) in children.get(&parent).into_iter().flatten() {
            if found.insert(*child, *threads).is_none() {
                open.push(*child);
            }
        }
    }
    found
}

/// The parent and the number of threads: the fourth field and the twentieth. The second is a name in brackets that may hold anything.
fn stat_of(stat: &str) -> Option<(i32, usize)> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let parent = fields.nth(1)?.parse().ok()?;
    Some((parent, fields.nth(15)?.parse().ok()?))
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
        for pid in below().into_keys().filter(|pid| *pid > 1).filter_map(Pid::from_raw) {
            let _gone = kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(PAUSE);
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::{below, stat_of};

    #[test]
    fn a_name_with_brackets_hides_no_parent() {
        let stat = "7 (a) R 1) S 42 7 7 0 -1 4194560 8 0 0 0 1 2 0 0 20 0 31 0 99";
        assert_eq!(stat_of(stat), Some((42, 31)));
        assert_eq!(stat_of("7 (a"), None);
    }

    #[test]
    fn a_name_of_any_bytes_hides_nobody() {
        let hide =
            "import ctypes, sys; ctypes.CDLL(None).prctl(15, b'\\xff\\xfe'); print(flush=True); sys.stdin.read()";
        let mut command = std::process::Command::new("python3");
        command.args(["-I", "-S", "-c", hide]).stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut [0]).unwrap();
        assert!(below().contains_key(&i32::try_from(child.id()).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_child_is_below() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert_eq!(below().get(&i32::try_from(child.id()).unwrap()), Some(&1));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
