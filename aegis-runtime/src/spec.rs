//! The static tables a compiled kernel carries: everything the runtime knows of servers, tools, data and rules.
//!
//! *Invariants.* Every value here is emitted by the policy compiler as a `static`; nothing is read from TOML, the environment or
//! a flag at run time. There is no switch in these tables that turns a rule off: a decision lives in the generated
//! evaluators, which refer to the rules by `&'static RuleSpec`.

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
}

/// `[audit]` of the policy.
#[derive(Debug, Clone, Copy)]
pub struct AuditSpec {
    /// argv that gets each checkpoint on standard input; empty for none.
    pub anchor: &'static [&'static str],
    /// A log file that reaches this many bytes is sealed.
    pub segment_bytes: u64,
    /// Nothing is permitted while the last anchored checkpoint is older.
    pub require_anchor: Option<Duration>,
}

impl AuditSpec {
    /// No anchor, files of 64 MiB.
    pub const DEFAULT: Self = Self { anchor: &[], segment_bytes: 64 << 20, require_anchor: None };
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
    /// What becomes of binary blocks.
    pub binary: Binary,
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
    /// One SQL statement in a dialect.
    Sql(Dialect),
    /// An object key; its domain comes from the server's prefixes, the effect from here.
    ObjectKey(Effect),
    /// A dataset name of a native tool: the effect lands on its silver domain (validate) or gold domain (promote).
    Dataset(Effect),
    /// Declared as carrying nothing to read, with a reason.
    Opaque(&'static str),
}

/// A SQL dialect, fixed by the manifest and never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL 15 and later.
    Postgres,
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

/// A relation as the SQL screen knows it.
#[derive(Debug)]
pub struct TableSpec {
    /// Its name, lower case.
    pub name: &'static str,
    /// The server that holds it.
    pub server: ServerId,
    /// The domain it belongs to.
    pub domain: DomainId,
    /// Its columns, ordered and closed.
    pub columns: &'static [ColumnSpec],
}

/// A column of a relation.
#[derive(Debug)]
pub struct ColumnSpec {
    /// Its name, lower case.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnKind,
    /// Part of the key.
    pub key: bool,
    /// Its declared class.
    pub pii: Option<Class>,
    /// Detectors are expected to find things here.
    pub free_text: bool,
}

/// Column and field types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// 64-bit integer.
    Integer,
    /// Floating point or decimal.
    Number,
    /// Text.
    Text,
    /// True or false.
    Boolean,
    /// A date or an instant.
    Timestamp,
    /// Bytes.
    Blob,
}

/// Object keys under a prefix.
#[derive(Debug)]
pub struct PrefixSpec {
    /// Its name in the estate.
    pub name: &'static str,
    /// The server that holds it.
    pub server: ServerId,
    /// The prefix; ends in `/`.
    pub prefix: &'static str,
    /// The domain of every key under it.
    pub domain: DomainId,
}

/// Where a dataset's bytes are.
#[derive(Debug)]
pub struct Location {
    /// The server that holds it.
    pub server: ServerId,
    /// The object's key.
    pub object: &'static str,
    /// The domain it belongs to.
    pub domain: DomainId,
}

/// A medallion dataset.
#[derive(Debug)]
pub struct DatasetSpec {
    /// Its name.
    pub name: &'static str,
    /// Where it is validated.
    pub silver: Location,
    /// Where it is published.
    pub gold: Location,
    /// How its bytes are read.
    pub reader: Reader,
    /// Its declared columns.
    pub schema: SchemaSpec,
    /// Its checks, in order.
    pub checks: &'static [CheckSpec],
    /// SHA-256, lower-case hex, over reader, schema and checks.
    pub checks_digest: &'static str,
    /// Whether zero rows may pass.
    pub allow_empty: bool,
}

/// How a dataset's bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// RFC 4180 with a header line.
    Csv,
}

/// The declared columns of a dataset.
#[derive(Debug)]
pub struct SchemaSpec {
    /// Whether further columns may stand.
    pub mode: SchemaMode,
    /// The columns.
    pub columns: &'static [SchemaColumn],
}

/// Whether further columns may stand beside the declared ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaMode {
    /// These columns and no others, in any order.
    Exact,
    /// These columns at least.
    Superset,
}

/// One declared column of a dataset: `id = "integer!"`.
#[derive(Debug)]
pub struct SchemaColumn {
    /// Its header.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnKind,
    /// `!`: never null. A CSV null is the empty, unquoted or quoted, field.
    pub required: bool,
}

/// One check of a dataset; metric names are those of ODCS v3.1.
#[derive(Debug)]
pub struct CheckSpec {
    /// Its id.
    pub id: &'static str,
    /// What is counted.
    pub metric: Metric,
    /// The columns it counts over; empty for `rowCount`.
    pub columns: &'static [&'static str],
    /// What the count must be.
    pub expect: Expect,
    /// Rows, or percent of all rows.
    pub unit: Unit,
    /// Whether a miss fails the dataset.
    pub severity: Severity,
}

/// What a check counts.
#[derive(Debug, Clone, Copy)]
pub enum Metric {
    /// `rowCount`.
    RowCount,
    /// `nullValues`: rows where any of the columns is null.
    NullValues,
    /// `duplicateValues`: rows whose column tuple stood before.
    DuplicateValues,
    /// `invalidValues`: rows where any of the columns is not null and not valid.
    InvalidValues(Validity),
}

/// When a value is valid.
#[derive(Debug, Clone, Copy)]
pub enum Validity {
    /// Matches this pattern as a whole; linear time.
    Pattern(&'static str),
    /// Is one of these.
    OneOf(&'static [&'static str]),
    /// Is a number within these bounds, both inclusive. NaN is outside of every range.
    Range {
        /// Lowest.
        minimum: Option<f64>,
        /// Highest.
        maximum: Option<f64>,
    },
}

/// What a count must be.
#[derive(Debug, Clone, Copy)]
pub enum Expect {
    /// `must-be`.
    Equal(f64),
    /// `must-not-be`.
    NotEqual(f64),
    /// `must-be-greater-than`.
    Greater(f64),
    /// `must-be-greater-or-equal-to`.
    GreaterOrEqual(f64),
    /// `must-be-less-than`.
    Less(f64),
    /// `must-be-less-or-equal-to`.
    LessOrEqual(f64),
    /// `must-be-between`, both inclusive.
    Between(f64, f64),
    /// `must-not-be-between`.
    NotBetween(f64, f64),
}

/// The unit of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Rows.
    Rows,
    /// Percent of all rows.
    Percent,
}

/// Whether a missed check fails the dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It fails.
    Fail,
    /// It is reported.
    Warn,
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
    /// The dataset the receipt must be for; `None` is the one that the call names.
    pub dataset: Option<DatasetId>,
    /// How old it may be.
    pub max_age: Duration,
    /// The tool that earns it, on the wire.
    pub minter: &'static str,
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

/// One embedded source file.
#[derive(Debug)]
pub struct SourceSpec {
    /// Its path, relative to the manifests' parent, with `/`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}
