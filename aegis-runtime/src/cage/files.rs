//! Landlock: which files the server reaches, whom it may signal, and that it opens no TCP connection of its own.
//!
//! *Invariants.* What is not listed is not reached. The state directory, other servers' homes and other processes' `/proc` are
//! never listed, so a manifest must name what it opens there. Root is bound as well.

use super::CageError;
use super::plan::{Door, errno};
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, LandlockStatus, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, RulesetError, Scope, path_beneath_rules,
};
use std::error::Error;
use std::io;
use std::path::Path;

/// Programs, libraries, and what a runtime reads of the machine.
const SYSTEM: [&str; 9] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store"];
const CONFIGURATION: [&str; 33] = [
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/crypto-policies",
    "/etc/gai.conf",
    "/etc/group",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/protocols",
    "/etc/resolv.conf",
    "/etc/services",
    // Not the directory: private keys stand beside these.
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/timezone",
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/meminfo",
    // The process itself: the link is followed when the rule is made, by the process that becomes the server.
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm",
    "/proc/version",
    "/sys/devices/system/cpu",
    "/sys/kernel/mm/transparent_hugepage",
];
const DEVICES: [&str; 5] = ["/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero"];

/// The oldest ABI with truncation: without it a file that may only be read can be emptied.
const NEEDED: ABI = ABI::V3;
const REMEDY: &str = "run Linux 6.2 or later with `landlock` in `lsm=`";

/// Whether every cage reads what stands there: programs and libraries of the system.
#[must_use]
pub fn is_system(path: &Path) -> bool {
    SYSTEM.iter().any(|root| path.starts_with(root))
}

/// Takes the restriction upon this process, and says how much the operating system has of it.
pub(super) fn take(door: &Door) -> Result<String, CageError> {
    let restricted = ruleset(door.net).and_then(|ruleset| restrict(ruleset, door));
    match restricted.map_err(|error| refused(&error))?.landlock {
        LandlockStatus::Available { effective_abi, .. } => Ok(words(effective_abi, door.net)),
        LandlockStatus::NotEnabled | LandlockStatus::NotImplemented => Err(lacking("an answer of neither kind")),
    }
}

/// What this machine has of it. The library tells that of a thread which restricts itself, so a thread does.
pub(super) fn probe() -> Result<String, CageError> {
    let status = std::thread::spawn(|| {
        let any = Ruleset::default().handle_access(AccessFs::from_all(ABI::V1)).and_then(Ruleset::create);
        any.and_then(RulesetCreated::restrict_self).map(|restricted| restricted.landlock)
    });
    match status.join() {
        Ok(Ok(LandlockStatus::Available { effective_abi, .. })) if effective_abi >= NEEDED => {
            Ok(words(effective_abi, false))
        }
        Ok(Ok(LandlockStatus::Available { effective_abi, .. })) => {
            Err(lacking(&format!("ABI {}, and 3 is needed", effective_abi as i32)))
        }
        Ok(Ok(LandlockStatus::NotEnabled)) => Err(lacking("EOPNOTSUPP")),
        Ok(Ok(LandlockStatus::NotImplemented)) => Err(lacking("ENOSYS")),
        Ok(Err(error)) => Err(lacking(&format!("`{error}`"))),
        Err(_) => Err(lacking("no thread to ask")),
    }
}

fn ruleset(net: bool) -> Result<RulesetCreated, RulesetError> {
    let ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(NEEDED))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .scope(Scope::AbstractUnixSocket | Scope::Signal)?;
    let ruleset = if net { ruleset } else { ruleset.handle_access(AccessNet::from_all(ABI::V4))? };
    ruleset.create()
}

fn restrict(ruleset: RulesetCreated, door: &Door) -> Result<landlock::RestrictionStatus, RulesetError> {
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let run = read | AccessFs::Execute;
    let device = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate | AccessFs::IoctlDev;
    // A server can change what it may write, and make no device there.
    let change: BitFlags<AccessFs> =
        AccessFs::from_all(NEEDED) & !(AccessFs::Execute | AccessFs::MakeChar | AccessFs::MakeBlock);
    let owned = door.write.iter().map(std::path::PathBuf::as_path).chain([door.home.as_path()]);
    ruleset
        .add_rules(path_beneath_rules(SYSTEM, run))?
        .add_rules(path_beneath_rules(CONFIGURATION, read))?
        .add_rules(path_beneath_rules(DEVICES, device))?
        .add_rules(path_beneath_rules([&door.program], run))?
        .add_rules(path_beneath_rules(&door.read, run))?
        .add_rules(path_beneath_rules(owned, change))?
        .restrict_self()
}

fn words(abi: ABI, net: bool) -> String {
    let has = |needed: ABI| if abi >= needed { "yes" } else { "no" };
    let tcp = if net { "open" } else { has(ABI::V4) };
    format!("landlock abi {}: files yes, tcp {tcp}, devices {}, signals {}", abi as i32, has(ABI::V5), has(ABI::V6))
}

/// Says what the machine lacks, or else which call failed.
fn refused(error: &RulesetError) -> CageError {
    if let Err(lacking) = probe() {
        return lacking;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return lacking(&errno(error));
        }
        cause = error.source();
    }
    lacking(&format!("`{error}`"))
}

fn lacking(errno: &str) -> CageError {
    CageError::new("landlock", "landlock_create_ruleset", errno, REMEDY)
}

/// Whether every path is there; Landlock ties a rule to a file that exists.
pub(crate) fn missing<'a>(paths: impl Iterator<Item = &'a Path>) -> Option<&'a Path> {
    let mut paths = paths;
    paths.find(|path| !path.exists())
}
