//! seccomp: which system calls the server can make.
//!
//! Five filters, since a filter has one answer. What came after the newest call known here does not exist; what changes the machine,
//! looks into other processes, sets their limits or priorities, or makes namespaces is not permitted; what would escape a filter
//! (`clone3`, `openat2`, rings) does not exist;
//! what leaves the process group does nothing and says that it did, so that a tree stays in its group; so does what changes the mode or
//! owner of a path.
//! `net = "none"` holds for every family, UDP and local sockets included, because Landlock knows of TCP only. With `net = "full"` a
//! local socket is refused still: a path to a daemon's socket would lead around the files rules.
//!
//! Landlock does not know of modes, owners and attributes, and every file of this uid would do: they change by descriptor only, which
//! Landlock let the server open, and never to a program that runs as somebody. Libraries make what they wrote read-only by path and
//! take a refusal for a failure, so there nothing happens and nobody is told; what a caged server makes is its uid's alone, by umask.
//! A mode that lets others write is not given by descriptor either, since a descriptor may be of a file that the server only reads; and
//! to it no file has attributes, which are also read by path where Landlock does not look.
//! System V's queues and memory know neither files nor networks, so there are none. A lease of a file that may only be read has
//! everybody on the machine wait who opens it, so there are no leases either.

use super::CageError;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter, sock_filter,
};
use std::collections::BTreeMap;

/// `mseal`, of Linux 6.10.
const NEWEST: u32 = 462;

const FORBIDDEN: [libc::c_long; 48] = [
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
    libc::SYS_memfd_secret,
];

/// Memory and queues by number.
const UNSEEN: [libc::c_long; 14] = [
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_msgget,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_msgctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_semctl,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
    libc::SYS_ioprio_set,
];

/// Attributes, as on a file system that has none; of what is open they may be read.
const ATTRIBUTES: [libc::c_long; 10] = [
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    libc::SYS_getxattr,
    libc::SYS_lgetxattr,
    libc::SYS_listxattr,
    libc::SYS_llistxattr,
];

/// `fchmodat2`, of Linux 6.6.
const FCHMODAT2: libc::c_long = 452;

/// Of one's own only, which the number 0 means: the argument that names a process.
const OWN: [(libc::c_long, u8); 6] = [
    (libc::SYS_prlimit64, 0),
    (libc::SYS_sched_setaffinity, 0),
    (libc::SYS_sched_setattr, 0),
    (libc::SYS_sched_setparam, 0),
    (libc::SYS_sched_setscheduler, 0),
    (libc::SYS_setpriority, 1),
];

/// The argument with the mode of a file that comes to be, and the one with the flags that say that one does.
const MODES: [(libc::c_long, u8, Option<u8>); 6] = [
    (libc::SYS_creat, 1, None),
    (libc::SYS_fchmod, 1, None),
    (libc::SYS_mknod, 1, None),
    (libc::SYS_mknodat, 2, None),
    (libc::SYS_open, 2, Some(1)),
    (libc::SYS_openat, 3, Some(2)),
];

/// Commands of `fcntl` that have others wait at a file, or tell of a directory: leases, notices, delegations (of Linux 6.19).
const LEASES: [libc::c_int; 3] = [libc::F_SETLEASE, libc::F_NOTIFY, 1040];

const NAMESPACES: [libc::c_int; 8] = [
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWTIME,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWUTS,
];

const ABSENT: [libc::c_long; 7] = [
    libc::SYS_inotify_init,
    libc::SYS_inotify_init1,
    libc::SYS_clone3,
    libc::SYS_openat2,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
];

const IDLE: [libc::c_long; 8] = [
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_chmod,
    libc::SYS_fchmodat,
    FCHMODAT2,
    libc::SYS_chown,
    libc::SYS_lchown,
    libc::SYS_fchownat,
];

/// Takes the filters upon this thread, which executes the server next.
pub(super) fn take(net: bool) -> Result<(), CageError> {
    let failed = |error: String| {
        CageError::new("seccomp", "seccomp(SECCOMP_SET_MODE_FILTER)", error, "run a kernel with CONFIG_SECCOMP_FILTER")
    };
    for filter in filters(net).map_err(|error| failed(format!("`{error}`")))? {
        apply_filter(&filter).map_err(|error| match error {
            seccompiler::Error::Prctl(error) | seccompiler::Error::Seccomp(error) => failed(super::plan::errno(&error)),
            error @ (seccompiler::Error::Backend(_)
            | seccompiler::Error::EmptyFilter
            | seccompiler::Error::ThreadSync(_)) => failed(format!("`{error}`")),
        })?;
    }
    Ok(())
}

fn filters(net: bool) -> Result<Vec<BpfProgram>, seccompiler::Error> {
    let mut forbidden = whole(&FORBIDDEN);
    forbidden.append(&mut whole(&UNSEEN));
    for (call, process) in OWN {
        let other = condition(process, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, 0)?;
        forbidden.insert(call, vec![SeccompRule::new(vec![other])?]);
    }
    // Priorities of a user are those of every process of it.
    let user = condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::from(libc::PRIO_USER))?;
    forbidden.entry(libc::SYS_setpriority).or_default().push(SeccompRule::new(vec![user])?);
    for (call, mode, flags) in MODES {
        forbidden.insert(call, runs_as_somebody(mode, flags)?);
    }
    let namespace = |flag: libc::c_int| masked(0, SeccompCmpArgLen::Qword, u64::from(flag.unsigned_abs()));
    forbidden.insert(libc::SYS_clone, any(NAMESPACES.map(namespace))?);
    let families = [libc::AF_INET, libc::AF_INET6, libc::AF_NETLINK];
    let sockets = if net {
        let others = families
            .map(|family| condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, u64::from(family.unsigned_abs())));
        vec![SeccompRule::new(others.into_iter().collect::<Result<Vec<_>, _>>()?)?]
    } else {
        Vec::new()
    };
    forbidden.insert(libc::SYS_socket, sockets);
    forbidden.insert(libc::SYS_socketpair, no_pipe()?);
    forbidden.insert(libc::SYS_fcntl, any(LEASES.map(|command| equals(1, command)))?);
    Ok(vec![
        newest(),
        filter(forbidden, libc::EPERM)?,
        filter(whole(&ATTRIBUTES), libc::EOPNOTSUPP)?,
        filter(whole(&ABSENT), libc::ENOSYS)?,
        filter(idle()?, 0)?,
    ])
}

/// What does nothing: besides whole calls, a mode that lets others write, and an end to dying with the supervisor.
fn idle() -> Result<BTreeMap<i64, Vec<SeccompRule>>, seccompiler::Error> {
    let mut idle = whole(&IDLE);
    let modes = [libc::S_IWGRP, libc::S_IWOTH].map(|bit| masked(1, SeccompCmpArgLen::Dword, u64::from(bit)));
    idle.insert(libc::SYS_fchmod, any(modes)?);
    idle.insert(libc::SYS_prctl, any([equals(0, libc::PR_SET_PDEATHSIG)])?);
    Ok(idle)
}

/// A pair of sockets that is more than a pipe between a server and its own children. One of datagrams can be pointed at any local
/// socket that has a path, whatever the files rules say, and descriptors sent there; a stream stays with its other end.
fn no_pipe() -> Result<Vec<SeccompRule>, seccompiler::Error> {
    let local = u64::from(libc::AF_UNIX.unsigned_abs());
    let mut rules = vec![SeccompRule::new(vec![condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)?])?];
    // A filter knows no "unequal" under a mask, so each of the four bits of a type that is none of a stream's.
    let stream = u64::from(libc::SOCK_STREAM.unsigned_abs());
    for bit in [1, 2, 4, 8] {
        let other = (stream & bit) ^ bit;
        let other = condition(1, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bit), other)?;
        rules.push(SeccompRule::new(vec![other])?);
    }
    Ok(rules)
}

/// A mode with the bits that make a program run as its owner or group.
fn runs_as_somebody(mode: u8, flags: Option<u8>) -> Result<Vec<SeccompRule>, seccompiler::Error> {
    let mut rules = Vec::new();
    for bit in [libc::S_ISUID, libc::S_ISGID] {
        let bit = u64::from(bit);
        let held = || condition(mode, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bit), bit);
        // Without one of these flags there is no mode, and the argument is whatever stood there.
        let made = [libc::O_CREAT, libc::O_TMPFILE & !libc::O_DIRECTORY].map(|flag| u64::from(flag.unsigned_abs()));
        match flags {
            None => rules.push(SeccompRule::new(vec![held()?])?),
            Some(flags) => {
                for flag in made {
                    let made = condition(flags, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(flag), flag)?;
                    rules.push(SeccompRule::new(vec![held()?, made])?);
                }
            }
        }
    }
    Ok(rules)
}

fn whole(calls: &[libc::c_long]) -> BTreeMap<i64, Vec<SeccompRule>> {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

/// A rule for each of several conditions: one of them is enough.
fn any(
    conditions: impl IntoIterator<Item = Result<SeccompCondition, seccompiler::Error>>,
) -> Result<Vec<SeccompRule>, seccompiler::Error> {
    conditions.into_iter().map(|condition| Ok(SeccompRule::new(vec![condition?])?)).collect()
}

/// An argument that has all of these bits.
fn masked(argument: u8, length: SeccompCmpArgLen, bits: u64) -> Result<SeccompCondition, seccompiler::Error> {
    condition(argument, length, SeccompCmpOp::MaskedEq(bits), bits)
}

/// An argument that is this number.
fn equals(argument: u8, number: libc::c_int) -> Result<SeccompCondition, seccompiler::Error> {
    condition(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::from(number.unsigned_abs()))
}

fn condition(
    argument: u8,
    length: SeccompCmpArgLen,
    operator: SeccompCmpOp,
    value: u64,
) -> Result<SeccompCondition, seccompiler::Error> {
    Ok(SeccompCondition::new(argument, length, operator, value)?)
}

fn filter(rules: BTreeMap<i64, Vec<SeccompRule>>, errno: i32) -> Result<BpfProgram, seccompiler::Error> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let answer = SeccompAction::Errno(errno.unsigned_abs());
    Ok(SeccompFilter::new(rules, SeccompAction::Allow, answer, arch)?.try_into()?)
}

/// Numbers above the newest known call, those of the x32 personality included, do not exist. The other filters look at the
/// architecture.
fn newest() -> BpfProgram {
    const LOAD: u16 = 0x20; // BPF_LD | BPF_W | BPF_ABS
    const GREATER: u16 = 0x25; // BPF_JMP | BPF_JGT | BPF_K
    const RETURN: u16 = 0x06; // BPF_RET | BPF_K
    let step = |code, jt, jf, k| sock_filter { code, jt, jf, k };
    vec![
        step(LOAD, 0, 0, 0),
        step(GREATER, 0, 1, NEWEST),
        step(RETURN, 0, 0, u32::from(SeccompAction::Errno(libc::ENOSYS.unsigned_abs()))),
        step(RETURN, 0, 0, u32::from(SeccompAction::Allow)),
    ]
}
