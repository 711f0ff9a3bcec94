//! A hostile child in each cage: real processes, real kernel features. Holds for root too, as CI runs it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests may fail loudly")]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "cage/lacking.rs"]
mod lacking;
#[path = "support/runner.rs"]
mod runner;
mod support;

use hostile::{TOKEN, attempt, gone, kernel, open, refusal, state};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixDatagram;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::{Client, log_of, records};

fn main() -> ExitCode {
    runner::main::<hostile::Kernel>(&[
        ("files", files),
        ("processes", processes),
        ("network", network),
        ("the_machine", the_machine),
        ("the_floor", the_floor),
        ("limits", limits),
        ("a_fork_bomb", a_fork_bomb),
        ("a_crowd_of_threads", a_crowd_of_threads),
        ("nothing_outlives_the_stop", nothing_outlives_the_stop),
        ("nothing_outlives_a_killed_kernel", nothing_outlives_a_killed_kernel),
        ("a_missing_control_refuses_the_start", lacking::a_missing_control_refuses_the_start),
        ("the_level_is_on_record", the_level_is_on_record),
        ("doctor_says_the_same", doctor_says_the_same),
        ("an_import_is_a_draft_that_does_not_build", an_import_is_a_draft_that_does_not_build),
    ])
}

fn stopped(client: &mut Client, server: &str, what: &str, with: &str, by: &[&str]) {
    let came = attempt(client, server, what, with);
    assert!(by.iter().any(|error| came["stopped"] == *error), "{server}: {what} {with}: {came}");
}

fn done(client: &mut Client, server: &str, what: &str, with: &str) -> Value {
    let came = attempt(client, server, what, with);
    assert!(came.get("done").is_some(), "{server}: {what} {with}: {came}");
    came["done"].clone()
}

fn files() {
    let dir = state();
    let mut client = open(dir.path());
    let root = dir.path().to_str().unwrap().to_owned();
    attempt(&mut client, "caged", "pid", "");
    let log = log_of(dir.path()).to_str().unwrap().to_owned();
    for server in ["caged", "strict"] {
        for file in [&log, &format!("{root}/heads.db"), &format!("{root}/token.key"), "/etc/shadow"] {
            for what in ["read", "write", "truncate", "remove"] {
                stopped(&mut client, server, what, file, &["EACCES"]);
            }
        }
        for directory in
            [root.clone(), format!("{root}/audit"), format!("{root}/home/sibling"), "/root".into(), "/tmp".into()]
        {
            stopped(&mut client, server, "list", &directory, &["EACCES"]);
            stopped(&mut client, server, "write", &format!("{directory}/planted"), &["EACCES"]);
        }
        stopped(&mut client, server, "device", &format!("{root}/data/device"), &["EACCES", "EPERM"]);
        // Private keys stand beside what everybody may read.
        for directory in ["/etc/ssl", "/etc/ssl/private", "/etc/pki", "/etc/pki/tls/private"] {
            stopped(&mut client, server, "list", directory, &["EACCES", "ENOENT"]);
        }
        for what in ["lease", "notice"] {
            stopped(&mut client, server, what, "/etc/passwd", &["EPERM"]);
        }
        // Landlock knows nothing of these.
        for file in [&root, &format!("{root}/token.key"), &format!("{root}/data"), &"/etc/passwd".to_owned()] {
            for what in ["attribute", "attributes", "read-attribute"] {
                stopped(&mut client, server, what, file, &["ENOTSUP", "EOPNOTSUPP"]);
            }
            let before = fs::metadata(file).unwrap();
            for what in ["mode", "owner"] {
                done(&mut client, server, what, file);
            }
            let after = fs::metadata(file).unwrap();
            assert_eq!((after.mode(), after.ctime_nsec()), (before.mode(), before.ctime_nsec()), "{file}");
        }
        // What may be read is not opened to others, nor given attributes.
        let before = fs::metadata("/etc/passwd").unwrap();
        done(&mut client, server, "open-up", "/etc/passwd");
        stopped(&mut client, server, "attribute-of-open", "/etc/passwd", &["ENOTSUP", "EOPNOTSUPP"]);
        let after = fs::metadata("/etc/passwd").unwrap();
        assert_eq!((after.mode(), after.ctime_nsec()), (before.mode(), before.ctime_nsec()));
        assert_eq!(done(&mut client, server, "death-signal", ""), libc::SIGKILL);
        for what in ["become", "become-later"] {
            stopped(&mut client, server, what, &format!("{root}/home/{server}/sh"), &["EPERM"]);
        }
        done(&mut client, server, "own-mode", &format!("{root}/home/{server}/tool"));
        // What the manifest gives, and its home.
        done(&mut client, server, "write", &format!("{root}/data/{server}"));
        done(&mut client, server, "read", &format!("{root}/data/{server}"));
        done(&mut client, server, "write", &format!("{root}/home/{server}/mine"));
        done(&mut client, server, "read", "/etc/passwd");
    }
    stopped(&mut client, "caged", "write", &format!("{root}/server.py"), &["EACCES"]);
    stopped(&mut client, "sibling", "read", &format!("{root}/data/caged"), &["EACCES"]);
    client.close();
    assert!(!dir.path().join("planted").exists());
}

fn processes() {
    let dir = state();
    let mut client = open(dir.path());
    let kernel = u64::from(client.child.id());
    let sibling = done(&mut client, "sibling", "pid", "").as_u64().unwrap();
    assert!(done(&mut client, "sibling", "environment", "").as_array().unwrap().contains(&json!("SIBLING_TOKEN")));
    assert!(
        fs::read_to_string(format!("/proc/{sibling}/environ")).unwrap().contains(TOKEN),
        "root outside can read it"
    );
    let parent = done(&mut client, "caged", "parent", "").as_u64().unwrap();
    assert_ne!(parent, kernel, "a supervisor stands between");
    for server in ["caged", "strict"] {
        for pid in [kernel, sibling, parent, 1] {
            for file in ["environ", "mem", "cmdline", "maps"] {
                stopped(&mut client, server, "read", &format!("/proc/{pid}/{file}"), &["EACCES"]);
            }
            for what in ["ptrace", "memory-of"] {
                stopped(&mut client, server, what, &pid.to_string(), &["EPERM"]);
            }
        }
        for what in ["renice-all", "queue", "share"] {
            stopped(&mut client, server, what, "", &["EPERM"]);
        }
        stopped(&mut client, server, "list", "/proc", &["EACCES"]);
        for pid in [kernel, sibling, parent] {
            stopped(&mut client, server, "signal", &pid.to_string(), &["EPERM", "ESRCH"]);
            for what in ["limit", "renice", "pin"] {
                stopped(&mut client, server, what, &pid.to_string(), &["EPERM", "ESRCH"]);
            }
        }
        let environment = done(&mut client, server, "environment", "");
        let floor = ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER"];
        let names: Vec<&str> = environment.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names.into_iter().filter(|name| *name != "LC_CTYPE").collect::<Vec<_>>(), floor);
    }
    assert_eq!(done(&mut client, "strict", "pid", ""), 1, "the first process of its own namespace");
    client.close();
}

fn network() {
    let dir = state();
    let mut client = open(dir.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let place = dir.path().join("data/letters");
    let letters = UnixDatagram::bind(&place).unwrap();
    letters.set_nonblocking(true).unwrap();
    for server in ["caged", "strict", "open"] {
        stopped(&mut client, server, "letter", place.to_str().unwrap(), &["EPERM"]);
        stopped(&mut client, server, "packets", "", &["EPERM"]);
    }
    assert!(letters.recv(&mut [0]).is_err(), "nothing came");
    let families = [
        "AF_INET SOCK_STREAM",
        "AF_INET SOCK_DGRAM",
        "AF_INET6 SOCK_DGRAM",
        "AF_UNIX SOCK_STREAM",
        "AF_NETLINK SOCK_RAW",
    ];
    for server in ["caged", "strict"] {
        for family in families {
            stopped(&mut client, server, "socket", family, &["EPERM"]);
        }
        stopped(&mut client, server, "connect", &port, &["EPERM"]);
        done(&mut client, server, "pair", "");
    }
    done(&mut client, "open", "connect", &port);
    done(&mut client, "open", "socket", "AF_INET SOCK_DGRAM");
    // Around the files rules to some daemon, or around the stack.
    stopped(&mut client, "open", "socket", "AF_UNIX SOCK_STREAM", &["EPERM"]);
    stopped(&mut client, "open", "socket", "AF_PACKET SOCK_RAW", &["EPERM"]);
    client.close();
}

fn the_machine() {
    let dir = state();
    let mut client = open(dir.path());
    for server in ["caged", "strict", "open"] {
        for what in ["unshare", "mount", "bpf"] {
            stopped(&mut client, server, what, "/tmp", &["EPERM"]);
        }
        for what in ["watch", "ring", "clone3", "x32"] {
            stopped(&mut client, server, what, "", &["ENOSYS"]);
        }
    }
    client.close();
}

/// What even `minimal` has.
fn the_floor() {
    let dir = state();
    let mut client = open(dir.path());
    for server in ["caged", "strict", "open", "loose"] {
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            let held = done(&mut client, server, "status", set);
            // Without the privilege to drop it the bounding set stays, and no new privileges makes it worth nothing.
            assert!(
                held == "0000000000000000" || (set == "CapBnd" && !rustix::process::geteuid().is_root()),
                "{set} {held}"
            );
        }
        assert_eq!(done(&mut client, server, "status", "NoNewPrivs"), "1");
        assert_eq!(done(&mut client, server, "umask", ""), 0o077);
        let open = done(&mut client, server, "descriptors", "");
        assert!(open[2].as_str().is_some_and(|said| said.contains(&format!("home/{server}/.stderr-"))), "{open}");
        assert_eq!(open[3], 4, "{server}: three, and the one that lists them");
    }
    assert_eq!(done(&mut client, "loose", "status", "Seccomp"), "0");
    assert_eq!(done(&mut client, "caged", "status", "Seccomp"), "2");
    client.close();
}

fn limits() {
    let dir = state();
    let mut client = open(dir.path());
    stopped(&mut client, "caged", "files", "", &["EMFILE"]);
    stopped(&mut client, "caged", "disk", &format!("{}/data/huge", dir.path().display()), &["EFBIG"]);
    stopped(&mut client, "caged", "eat", "", &["ENOMEM"]);
    assert_eq!(done(&mut client, "caged", "waiting-signals", ""), 1024);
    // It is the same process still.
    done(&mut client, "caged", "pid", "");
    client.close();
}

fn a_fork_bomb() {
    let dir = state();
    let mut client = open(dir.path());
    let bomber = done(&mut client, "caged", "pid", "").as_u64().unwrap();
    done(&mut client, "sibling", "pid", "");
    let begun = Instant::now();
    let (code, why) = refusal(&mut client, "caged", "bomb");
    assert!(code == "AEG-D502" || code == "AEG-D501", "{code} {why}");
    // Another server answers, so the kernel and the machine do.
    done(&mut client, "sibling", "pid", "");
    gone(bomber, Duration::from_secs(10));
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let left = fs::read_dir("/proc").unwrap().flatten().filter(|entry| {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        !line.starts_with(b"/proc/self/exe")
            && String::from_utf8_lossy(&line).contains(&*dir.path().join("server.py").to_string_lossy())
    });
    assert_eq!(left.count(), 5, "the other servers, one process each");
    client.close();
}

fn a_crowd_of_threads() {
    let dir = state();
    let mut client = open(dir.path());
    let server = done(&mut client, "caged", "pid", "").as_u64().unwrap();
    done(&mut client, "caged", "many", "");
    done(&mut client, "sibling", "pid", "");
    let (code, why) = refusal(&mut client, "caged", "crowd");
    assert!(code == "AEG-D502", "{code} {why}");
    gone(server, Duration::from_secs(10));
    done(&mut client, "sibling", "pid", "");
    client.close();
}

fn nothing_outlives_the_stop() {
    let dir = state();
    let mut client = open(dir.path());
    let mut left = Vec::new();
    for server in ["caged", "loose", "open"] {
        left.push(done(&mut client, server, "pid", "").as_u64().unwrap());
        left.push(done(&mut client, server, "orphan", "").as_u64().unwrap());
        left.push(done(&mut client, server, "child", "").as_u64().unwrap());
    }
    for pid in &left {
        assert!(fs::exists(format!("/proc/{pid}")).unwrap(), "{pid}");
    }
    client.close();
    for pid in left {
        gone(pid, Duration::from_secs(5));
    }
}

fn nothing_outlives_a_killed_kernel() {
    let dir = state();
    let mut client = open(dir.path());
    let mut left = Vec::new();
    for server in ["caged", "loose"] {
        left.push(done(&mut client, server, "parent", "").as_u64().unwrap());
        left.push(done(&mut client, server, "pid", "").as_u64().unwrap());
        left.push(done(&mut client, server, "orphan", "").as_u64().unwrap());
    }
    client.child.kill().unwrap();
    client.child.wait().unwrap();
    for pid in left {
        gone(pid, Duration::from_secs(5));
    }
}

fn the_level_is_on_record() {
    let dir = state();
    let mut client = open(dir.path());
    for server in ["caged", "strict", "loose", "sibling"] {
        done(&mut client, server, "pid", "");
    }
    client.close();
    let text = fs::read_to_string(log_of(dir.path())).unwrap();
    assert!(!text.contains(TOKEN));
    let spawned: Vec<Value> =
        records(&log_of(dir.path())).into_iter().filter(|record| record["ev"] == "server.spawned").collect();
    for (server, level, step) in [
        ("caged", "standard", "seccomp, no sockets"),
        ("strict", "strict", "namespaces: pid, ipc, uts, net"),
        ("loose", "minimal", "capabilities"),
    ] {
        let record = spawned.iter().find(|record| record["server"] == server).unwrap();
        assert_eq!(record["cage"]["level"], level);
        let steps = record["cage"]["steps"].as_array().unwrap();
        assert!(steps.iter().any(|found| found.as_str().unwrap().starts_with(step)), "{record}");
    }
    let loose = spawned.iter().find(|record| record["server"] == "loose").unwrap();
    assert!(!loose["cage"].to_string().contains("landlock"));
}

fn doctor_says_the_same() {
    let dir = state();
    let output = kernel().args(["doctor", "--json", "--state"]).arg(dir.path()).output().unwrap();
    let page: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let of = |subject: &str| {
        page.iter().find(|finding| finding["subject"] == subject).unwrap_or_else(|| panic!("{subject}: {page:?}"))
    };
    for subject in ["cage: landlock", "cage: seccomp", "cage: namespaces", "cage: no_new_privs"] {
        assert_eq!(of(subject)["verdict"], "ok", "{}", of(subject));
    }
    let broken = of("cage: broken into");
    assert_eq!(broken["verdict"], "ok", "{broken}");
    assert!(broken["detail"].as_str().unwrap().contains("13 attempts"), "{broken}");
}

fn an_import_is_a_draft_that_does_not_build() {
    let dir = state();
    let (script, into) = (dir.path().join("server.py"), dir.path().join("manifests"));
    let import = |read: bool| {
        let mut command = kernel();
        command.args(["import", "drafted", "--into"]).arg(&into);
        if read {
            command.arg("--read").arg(&script);
        }
        command.args(["--", "python3", "-I", "-S"]).arg(&script).args(["--token", TOKEN]).output().unwrap()
    };
    let refused = import(false);
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && words.contains("`--read`"), "{words}");
    assert!(import(true).status.success());
    assert!(!import(true).status.success(), "nothing is overwritten");
    let draft = fs::read_to_string(into.join("drafted.toml")).unwrap();
    assert!(draft.contains("TOKEN = { env = \"TOKEN\" }") && !draft.contains(TOKEN), "{draft}");
    fs::copy(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/manifests/estate.toml"),
        into.join("estate.toml"),
    )
    .unwrap();
    let policy = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/policy.toml");
    let codes = |text: &str| -> Vec<&'static str> {
        fs::write(into.join("drafted.toml"), text).unwrap();
        let sources = aegis_codegen::source::Sources::read(&into, &policy).unwrap();
        let compiled = aegis_codegen::compile::compile(&sources, aegis_codegen::compile::Posture::Guarded);
        compiled.err().unwrap_or_default().iter().map(|diag| diag.code.as_str()).collect()
    };
    assert!(!codes(&draft).is_empty());
    let decided = draft
        .replace("\"unclassified\"", "\"execute:lab\"")
        .replace("kind = \"unread\"", "kind = \"opaque\"\nwhy = \"decided\"\nabsent = \"skip\"");
    let left: Vec<_> = codes(&decided);
    assert!(left.is_empty(), "{left:?}\n{decided}");
}
