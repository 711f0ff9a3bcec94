//! The static tables a compiled kernel carries: everything the runtime knows of servers, tools, data and rules.
//!
//! *Invariants.* Every value here is emitted by the policy compiler as a `static`; nothing is read from TOML, the environment or
//! a flag at run time. There is no switch in these tables that turns a rule off: a decision lives in the generated
//! evaluators, which refer to the rules by `&'static RuleSpec`.

mod data;
mod face;
#[cfg(test)]
pub(crate) mod nothing;

pub use data::{
    CheckSpec, ColumnKind, ColumnSpec, DatasetSpec, Expect, FilesSpec, HostSpec, Location, Metric, Place, PrefixSpec,
    Reader, SchemaColumn, SchemaMode, SchemaSpec, Severity, TableSpec, Unit, Validity,
};
pub(crate) use face::Reading;
pub use face::{Face, UriPart, UriSpec};

use crate::vocabulary::{Capability, Class, DomainId, Effect, Operator};
use std::time::Duration;

/// Everything the runtime needs that is not a decision.
#[derive(Debug)]
pub struct Spec {
    /// Name, digest and durability of the policy.
    pub policy: PolicySpec,
    /// Domains; a [`DomainId`] is an index.
    pub domains: &'static [DomainSpec],
    /// Downstream servers; a [`ServerId`] is an index.
    pub servers: &'static [ServerSpec],
    /// Tools, native ones included, sorted by wire name; a [`ToolId`] is an index.
    pub tools: &'static [ToolSpec],
    /// Relations of the estate, sorted by server and name.
    pub tables: &'static [TableSpec],
    /// Object prefixes of the estate.
    pub prefixes: &'static [PrefixSpec],
    /// Directories of the estate.
    pub files: &'static [FilesSpec],
    /// Hosts of the estate.
    pub hosts: &'static [HostSpec],
    /// Datasets; a [`DatasetId`] is an index.
    pub datasets: &'static [DatasetSpec],
    /// Every rule, in the order of the policy file.
    pub rules: &'static [&'static RuleSpec],
    /// What is masked, and how, by domain.
    pub masks: &'static [MaskSpec],
    /// The TOML this kernel was compiled from.
    pub sources: &'static [SourceSpec],
    /// The decision matrix, as `tests/snapshots/matrix.txt` holds it.
    pub matrix: &'static str,
}

/// A server, by its place in [`Spec::servers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub u16);

/// A tool, by its place in [`Spec::tools`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ToolId(pub u16);

/// A dataset, by its place in [`Spec::datasets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatasetId(pub u16);

/// What the policy says of itself.
#[derive(Debug)]
pub struct PolicySpec {
    /// `name` of the policy file.
    pub name: &'static str,
    /// SHA-256, lower-case hex, over every TOML and imported schema by path and bytes.
    pub digest: &'static str,
    /// `guarded`, or the demo twin's word; printed, never acted on.
    pub posture: &'static str,
    /// When an intent counts as durable.
    pub durability: Durability,
    /// When an outcome is durable.
    pub outcome: OutcomeDurability,
    /// Files and anchor of the log.
    pub audit: AuditSpec,
    /// Limits of the masker.
    pub mask: MaskLimits,
}

/// `[mask]` of the policy: what is over a limit is withheld, never passed on unmasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaskLimits {
    /// Most bytes of one result.
    pub bytes: usize,
    /// Deepest nesting of one.
    pub depth: usize,
    /// Most bytes of one string in it.
    pub string: usize,
    /// Most places of it that are masked.
    pub places: usize,
    /// Whether addresses of private networks are personal: RFC 1918, RFC 6598, RFC 4193.
    pub private_addresses: bool,
}

impl MaskLimits {
    /// What holds where a policy says nothing.
    pub const DEFAULT: Self =
        Self { bytes: 8 << 20, depth: 64, string: 4 << 20, places: 100_000, private_addresses: false };
}

/// `[audit]` of the policy.
#[derive(Debug, Clone, Copy)]
pub struct AuditSpec {
    /// argv that gets each checkpoint on standard input; empty for none.
    pub anchor: &'static [&'static str],
    /// argv that says on standard output what the anchor holds, the newest last; asked at every start. Empty for none.
    pub anchor_read: &'static [&'static str],
    /// A log file that reaches this many bytes is sealed.
    pub segment_bytes: u64,
    /// Nothing is permitted while the last anchored checkpoint is older.
    pub require_anchor: Option<Duration>,
}

impl AuditSpec {
    /// No anchor, files of 64 MiB.
    pub const DEFAULT: Self = Self { anchor: &[], anchor_read: &[], segment_bytes: 64 << 20, require_anchor: None };
}

/// When a record counts as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// After `fdatasync`: survives power loss.
    Fsync,
    /// After `write`: survives a kill, not power loss.
    Os,
}

/// When an outcome record is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeDurability {
    /// With the next group, within 50 ms of release.
    Group,
    /// Before release.
    Fsync,
}

/// A domain of the estate.
#[derive(Debug)]
pub struct DomainSpec {
    /// Kebab-case name.
    pub name: &'static str,
    /// The estate's reason for it.
    pub why: &'static str,
    /// Only promotion writes here.
    pub protected: bool,
    /// Data can leave through it.
    pub sink: bool,
    /// A write may give personal columns here constants. Their tokens are then each relation's own, so that what an agent plants
    /// meets nothing elsewhere.
    pub literals: bool,
}

/// A downstream server.
#[derive(Debug)]
pub struct ServerSpec {
    /// Kebab-case name; the first half of every tool's wire name.
    pub name: &'static str,
    /// argv; `aegis` as the program is this executable, `${state}` the state directory.
    pub command: &'static [&'static str],
    /// Variables of the child, `${state}` expanded; it gets no others but the floor's.
    pub env: &'static [(&'static str, &'static str)],
    /// Credentials, resolved at spawn.
    pub secrets: &'static [SecretSpec],
    /// Files that must have this SHA-256 (64 lower-case hex digits) whenever the server starts: the program by its name in
    /// `command`, others by their absolute path, `${state}` expanded.
    pub sha256: &'static [(&'static str, &'static str)],
    /// Longest silence of one call.
    pub timeout: Duration,
    /// Longest call, progress or not.
    pub max_total: Duration,
    /// What the child may touch.
    pub cage: CageSpec,
}

/// One credential: a variable of the child and where its value comes from.
#[derive(Debug)]
pub struct SecretSpec {
    /// The variable in the child's environment.
    pub variable: &'static str,
    /// Where the value is found at spawn.
    pub source: SecretSource,
}

/// Where a credential comes from. Never a literal.
#[derive(Debug, Clone, Copy)]
pub enum SecretSource {
    /// A variable of the kernel's own environment.
    Env(&'static str),
    /// A file; one trailing newline is stripped.
    File(&'static str),
    /// The standard output of an argv.
    Exec(&'static [&'static str]),
    /// A systemd credential by name.
    Systemd(&'static str),
}

/// The declared cage of a server.
#[derive(Debug)]
pub struct CageSpec {
    /// How much is enforced.
    pub level: CageLevel,
    /// Whether the child may use the network.
    pub net: bool,
    /// Paths it may read, `${state}` expanded.
    pub read: &'static [&'static str],
    /// Paths it may write, `${state}` expanded.
    pub write: &'static [&'static str],
}

/// How strong a cage is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CageLevel {
    /// Namespaces, Landlock, seccomp.
    Strict,
    /// Landlock, seccomp and the floor.
    Standard,
    /// The floor: emptied environment, own group, closed descriptors.
    Minimal,
}

/// A tool the agent can name.
#[derive(Debug)]
pub struct ToolSpec {
    /// `postgres__query`: what the agent names.
    pub wire: &'static str,
    /// `postgres.query`: what policy and audit say.
    pub dotted: &'static str,
    /// `query`: what the downstream knows it by.
    pub name: &'static str,
    /// Who answers.
    pub origin: Origin,
    /// By which method the agent reaches it.
    pub face: Face,
    /// Human title.
    pub title: &'static str,
    /// Description for the model, from the manifest.
    pub description: &'static str,
    /// JSON Schema of the arguments, an object.
    pub input_schema: &'static str,
    /// Annotations derived from capabilities.
    pub hints: Hints,
    /// What it can do whatever its arguments.
    pub capabilities: &'static [Capability],
    /// Interceptors over its arguments.
    pub screens: &'static [ScreenSpec],
    /// JSON pointer to `{columns, rows}` in the result.
    pub rows: Option<&'static str>,
    /// Declared classes by result path.
    pub fields: &'static [FieldSpec],
    /// Paths of the result at which its server's schema has numbers and no texts: one that is masked becomes null.
    pub numbers: &'static [&'static str],
    /// What becomes of binary blocks.
    pub binary: Binary,
    /// The server's definition of it when a person decided about it.
    pub pin: Option<PinSpec>,
}

/// A pinned definition.
#[derive(Debug, Clone, Copy)]
pub struct PinSpec {
    /// The definition, JSON.
    pub definition: &'static str,
    /// JSON pointers into it to what may change.
    pub volatile: &'static [&'static str],
}

/// Who answers a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A child process.
    Downstream(ServerId),
    /// The kernel itself.
    Native(Native),
}

/// The kernel's own tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    /// `aegis__validate {dataset}`.
    Validate,
    /// `aegis__promote {dataset}`.
    Promote,
    /// `aegis__status {}`.
    Status,
}

/// MCP tool annotations, derived from capabilities and never from a downstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hints {
    /// Shows no effect but read and validate.
    pub read_only: bool,
    /// Can show destroy.
    pub destructive: bool,
    /// Repeating it changes nothing more.
    pub idempotent: bool,
    /// Can reach a sink.
    pub open_world: bool,
}

/// An interceptor over one part of the arguments.
#[derive(Debug)]
pub struct ScreenSpec {
    /// JSON pointer; a segment `*` stands for each array element.
    pub at: &'static str,
    /// What a missing or null part means.
    pub absent: Absent,
    /// How the part is read.
    pub kind: ScreenKind,
}

/// What an absent part of the arguments means to a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// The call is denied.
    Deny,
    /// The screen has nothing to say.
    Skip,
}

/// The kinds of interceptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenKind {
    /// One SQL statement in a dialect, and what carries its masking.
    Sql(Dialect, Carrier),
    /// An object key; its domain comes from the server's prefixes, the effect from here.
    ObjectKey(Effect),
    /// A path of the file system; its domains come from the server's directories, the effect from here. The last says whether the
    /// answer holds what files hold, which may be what any table holds.
    Path(Effect, PathBase, bool),
    /// A URL; its domain comes from the server's hosts, the effect from here, and `egress` where that domain is a sink.
    Url(Effect),
    /// The first part of a resource, and pointers to its other parts; its domain comes from the server's prefixes.
    Compose(Effect, &'static [&'static str]),
    /// A dataset name of a native tool: the effect lands on its silver domain (validate) or gold domain (promote).
    Dataset(Effect),
    /// Declared as carrying nothing to read, with a reason.
    Opaque(&'static str),
}

/// Where a relative path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathBase {
    /// There are none.
    None,
    /// In a directory, absolute or below `${state}/`.
    Directory(&'static str),
    /// In the directory that another argument names, by pointer.
    Field(&'static str),
}

/// A SQL dialect, fixed by the manifest and never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL 15 and later.
    Postgres,
}

/// What stands in place of a relation with personal columns when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// The masked view that a server of ours holds: `aegis_masked_NAME` on SQLite, `aegis_masked.NAME` on PostgreSQL.
    Views,
    /// A derived table, for a server that knows nothing of Aegis.
    Inline,
}

/// A declared class at a path of a tool's result, such as `rows[].full_name` or `*.salary`.
#[derive(Debug)]
pub struct FieldSpec {
    /// The path.
    pub path: &'static str,
    /// The class of everything below it.
    pub class: Class,
}

/// What becomes of binary content blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// Replaced by a note.
    Drop,
    /// Passed as it is.
    Pass,
}

/// A rule of the policy, as a denial quotes it.
#[derive(Debug)]
pub struct RuleSpec {
    /// Its id.
    pub id: &'static str,
    /// Its reason.
    pub why: &'static str,
    /// Where in the fixed order it speaks.
    pub phase: Phase,
    /// What to do instead, where the policy says so.
    pub remedy: Option<&'static str>,
    /// How much of a call that it speaks of is recorded.
    pub audit: AuditLevel,
}

/// How much of a call is recorded. Commitments always are; a copy goes through the masker first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditLevel {
    /// No value of it.
    Meta,
    /// A masked copy of the arguments.
    Args,
    /// That, and one of the result.
    Full,
}

impl AuditLevel {
    /// The word in policies and in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            AuditLevel::Meta => "meta",
            AuditLevel::Args => "args",
            AuditLevel::Full => "full",
        }
    }
}

/// The fixed order of a decision. The first deny is the one reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Names and argument shapes.
    Decode,
    /// What a screen cannot read, bind or agree on.
    Screen,
    /// Capability allows.
    Allow,
    /// Capability blocks.
    Block,
    /// Argument rules.
    Argument,
    /// Precondition gates.
    Gate,
    /// Egress transforms.
    Transform,
    /// Rewrites spliced and screened again.
    Bind,
    /// Receipts taken.
    Reserve,
    /// The audit log.
    Audit,
    /// The downstream's doing.
    Downstream,
    /// The kernel's own checks of data.
    Validate,
}

impl Phase {
    /// The word of the audit and of `aegis decide`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Phase::Decode => "decode",
            Phase::Screen => "screen",
            Phase::Allow => "allow",
            Phase::Block => "block",
            Phase::Argument => "argument",
            Phase::Gate => "gate",
            Phase::Transform => "transform",
            Phase::Bind => "bind",
            Phase::Reserve => "reserve",
            Phase::Audit => "audit",
            Phase::Downstream => "downstream",
            Phase::Validate => "validate",
        }
    }
}

/// A gate: a capability that needs a receipt.
#[derive(Debug)]
pub struct GateSpec {
    /// The rule.
    pub rule: &'static RuleSpec,
    /// The receipt's kind, such as `silver-validation`.
    pub receipt: &'static str,
    /// What the receipt must be for.
    pub of: GateOf,
    /// Whose word it must be: `kernel-read`, `operator`; `None` is anybody's that mints this kind.
    pub assurance: Option<&'static str>,
    /// What kind of version it must be bound to: `etag`, `call`.
    pub version_kind: Option<&'static str>,
    /// How old it may be.
    pub max_age: Duration,
    /// The tool that earns it, on the wire.
    pub minter: &'static str,
}

/// What a gate's receipt must be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateOf {
    /// The dataset that the call names.
    Named,
    /// This dataset, whatever the call names.
    Dataset(DatasetId),
    /// This very call: tool and arguments, byte for byte.
    Call,
}

/// One transform: operators by class, over domains.
#[derive(Debug)]
pub struct MaskSpec {
    /// The rule.
    pub rule: &'static RuleSpec,
    /// The domains whose data it covers.
    pub domains: &'static [DomainId],
    /// Operator of every class; a class that is not here is not masked by this rule.
    pub operators: &'static [(Class, Operator)],
}

/// The operator that transforms give a class in a domain: the first one that covers it speaks.
pub(crate) fn operator_of<'mask>(
    masks: impl IntoIterator<Item = &'mask MaskSpec>,
    domain: DomainId,
    class: Class,
) -> Option<Operator> {
    let covering = masks.into_iter().filter(|mask| mask.domains.contains(&domain));
    covering.flat_map(|mask| mask.operators).find(|(of, _)| *of == class).map(|(_, operator)| *operator)
}

/// The domain of a column's tokens: equal values have equal tokens inside of one. Where a write may plant constants, it is the
/// relation's own.
pub(crate) fn label(domain: Option<&DomainSpec>, table: &TableSpec, class: Class) -> String {
    if domain.is_some_and(|domain| domain.literals) {
        format!("{}/{}", class.as_str(), table.name)
    } else {
        class.as_str().to_owned()
    }
}

/// One embedded source file.
#[derive(Debug)]
pub struct SourceSpec {
    /// Its path, relative to the manifests' parent, with `/`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}
