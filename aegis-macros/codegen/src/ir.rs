//! The resolved program: no name decides anything here any more, only places in sorted lists.
//!
//! *Invariants.* Every list is sorted by name (columns, screens and checks keep their order), so output is the same for the same
//! input; a [`Cells`] entry exists for every reachable cell of a guarded policy with at least one rule.

mod data;
mod face;
mod rule;

pub use data::{Check, Column, Dataset, Files, Host, Location, Metric, Place, Prefix, Table};
pub use face::{Face, Part, Uri};
pub use rule::{ArgumentRule, Bound, Gate, Literal, Mask, Operator, Rule, RuleKind};

use std::collections::{BTreeMap, BTreeSet};

/// The eight effects, in the order of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Data is looked at.
    Read,
    /// Data changes within a scope.
    Write,
    /// Data goes.
    Destroy,
    /// Validated data is published.
    Promote,
    /// The kernel checks data.
    Validate,
    /// Data leaves.
    Egress,
    /// Code or files inside a downstream.
    Execute,
    /// Structure or rights change.
    Admin,
}

impl Effect {
    /// All, in order.
    pub const ALL: [Effect; 8] = [
        Effect::Read,
        Effect::Write,
        Effect::Destroy,
        Effect::Promote,
        Effect::Validate,
        Effect::Egress,
        Effect::Execute,
        Effect::Admin,
    ];

    /// As TOML spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Destroy => "destroy",
            Effect::Promote => "promote",
            Effect::Validate => "validate",
            Effect::Egress => "egress",
            Effect::Execute => "execute",
            Effect::Admin => "admin",
        }
    }

    /// As the runtime's enum spells it.
    #[must_use]
    pub const fn variant(self) -> &'static str {
        match self {
            Effect::Read => "Read",
            Effect::Write => "Write",
            Effect::Destroy => "Destroy",
            Effect::Promote => "Promote",
            Effect::Validate => "Validate",
            Effect::Egress => "Egress",
            Effect::Execute => "Execute",
            Effect::Admin => "Admin",
        }
    }
}

/// The classes of personal and secret data, by TOML word and runtime variant.
pub const CLASSES: [(&str, &str); 17] = [
    ("email", "Email"),
    ("phone", "Phone"),
    ("ssn", "Ssn"),
    ("card", "Card"),
    ("iban", "Iban"),
    ("person-name", "PersonName"),
    ("address", "Address"),
    ("birth-date", "BirthDate"),
    ("financial", "Financial"),
    ("national-id", "NationalId"),
    ("secret", "Secret"),
    ("ip-address", "IpAddress"),
    ("mac-address", "MacAddress"),
    ("passport", "Passport"),
    ("bank-account", "BankAccount"),
    ("driving-licence", "DrivingLicence"),
    ("crypto-address", "CryptoAddress"),
];

/// A class, by its place in [`CLASSES`], or behind them in [`Ir::classes`].
pub type ClassIx = usize;

/// A class of the estate's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnClass {
    /// Its name, kebab-case.
    pub name: String,
    /// Values.
    pub literals: Vec<String>,
    /// A pattern.
    pub pattern: Option<String>,
}

impl Ir {
    /// The name of a class.
    #[must_use]
    pub fn class_name(&self, class: ClassIx) -> &str {
        match CLASSES.get(class) {
            Some((word, _)) => word,
            None => class
                .checked_sub(CLASSES.len())
                .and_then(|own| self.classes.get(own))
                .map_or("?", |own| own.name.as_str()),
        }
    }
}
/// A place in [`Ir::domains`].
pub type DomainIx = usize;
/// A place in [`Ir::servers`].
pub type ServerIx = usize;
/// A place in [`Ir::tools`].
pub type ToolIx = usize;
/// A place in [`Ir::datasets`].
pub type DatasetIx = usize;
/// A place in [`Ir::rules`].
pub type RuleIx = usize;
/// An effect on a domain.
pub type Pair = (Effect, DomainIx);

/// Limits of the masker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaskLimits {
    /// Bytes of a result.
    pub bytes: u64,
    /// Its nesting.
    pub depth: u64,
    /// Bytes of a string in it.
    pub string: u64,
    /// Places of it that are masked.
    pub places: u64,
    /// Whether addresses of private networks are masked.
    pub private_addresses: bool,
}

/// Files and anchor of the log.
#[derive(Debug, Clone)]
pub struct Audit {
    /// argv; empty for none.
    pub anchor: Vec<String>,
    /// argv that tells what is anchored; empty for none.
    pub anchor_read: Vec<String>,
    /// Size at which a file is sealed.
    pub segment_bytes: u64,
    /// Seconds that an anchor may be old, if one is required.
    pub require_anchor: Option<u64>,
}

/// A kernel, resolved.
#[derive(Debug, Clone)]
pub struct Ir {
    /// `name` of the policy.
    pub name: String,
    /// Digest over the sources.
    pub digest: String,
    /// False for the demo's twin.
    pub guarded: bool,
    /// Classes of the estate's own.
    pub classes: Vec<OwnClass>,
    /// `Fsync` or `Os`.
    pub durability: &'static str,
    /// `Group` or `Fsync`.
    pub outcome: &'static str,
    /// Files and anchor of the log.
    pub audit: Audit,
    /// Limits of the masker.
    pub limits: MaskLimits,
    /// Domains by name.
    pub domains: Vec<Domain>,
    /// Servers by name.
    pub servers: Vec<Server>,
    /// Tools by wire name, native ones included.
    pub tools: Vec<Tool>,
    /// Relations by server and name.
    pub tables: Vec<Table>,
    /// Prefixes by name.
    pub prefixes: Vec<Prefix>,
    /// Directories by name.
    pub files: Vec<Files>,
    /// Hosts by name.
    pub hosts: Vec<Host>,
    /// Datasets by name.
    pub datasets: Vec<Dataset>,
    /// Rules by id.
    pub rules: Vec<Rule>,
    /// What the policy says of each cell.
    pub cells: Cells,
    /// Argument rules by tool, in the order of the policy.
    pub arguments: Vec<ArgumentRule>,
    /// Transforms, in the order of the policy.
    pub masks: Vec<Mask>,
}

impl Ir {
    /// Whether some call of a tool can pass in a cell, at once or with a receipt.
    #[must_use]
    pub fn permits(&self, tool: ToolIx, pair: Pair) -> bool {
        let rule = self.cells.of(tool, pair).and_then(|rule| self.rules.get(rule));
        rule.is_some_and(|rule| match rule.kind {
            RuleKind::Allow | RuleKind::Gate(_) => true,
            RuleKind::Block | RuleKind::Argument | RuleKind::Transform => false,
        })
    }
}

/// What the policy says of cells.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// Rules that speak for every tool.
    pub wide: BTreeMap<Pair, RuleIx>,
    /// Rules narrowed to a tool.
    pub narrow: BTreeMap<(ToolIx, Pair), RuleIx>,
}

impl Cells {
    /// The rule of one cell; the narrowed one if there is one.
    #[must_use]
    pub fn of(&self, tool: ToolIx, pair: Pair) -> Option<RuleIx> {
        self.narrow.get(&(tool, pair)).or_else(|| self.wide.get(&pair)).copied()
    }
}

/// A domain.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Its reason.
    pub why: String,
    /// Only promotion writes here.
    pub protected: bool,
    /// Data can leave through it.
    pub sink: bool,
    /// A write may give its personal columns constants.
    pub literals: bool,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// argv.
    pub command: Vec<String>,
    /// Variables.
    pub env: Vec<(String, String)>,
    /// Credentials.
    pub secrets: Vec<(String, SecretSource)>,
    /// Files that are held to their SHA-256, lower-case hex.
    pub sha256: Vec<(String, String)>,
    /// Seconds.
    pub timeout: u64,
    /// Seconds.
    pub max_total: u64,
    /// `Strict`, `Standard`, `Minimal`.
    pub cage_level: &'static str,
    /// Network.
    pub cage_net: bool,
    /// Readable paths.
    pub cage_read: Vec<String>,
    /// Writable paths.
    pub cage_write: Vec<String>,
}

/// Where a credential comes from.
#[derive(Debug, Clone)]
pub enum SecretSource {
    /// A variable.
    Env(String),
    /// A file.
    File(String),
    /// An argv.
    Exec(Vec<String>),
    /// A systemd credential.
    Systemd(String),
}

/// A tool.
#[derive(Debug, Clone)]
pub struct Tool {
    /// `postgres__query`.
    pub wire: String,
    /// `postgres.query`.
    pub dotted: String,
    /// `query`.
    pub name: String,
    /// Who answers.
    pub origin: Origin,
    /// By which method it is reached.
    pub face: Face,
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// The pinned schema.
    pub schema: serde_json::Value,
    /// Declared capabilities.
    pub capabilities: BTreeSet<Pair>,
    /// Every cell it can show.
    pub reachable: BTreeSet<Pair>,
    /// Interceptors.
    pub screens: Vec<Screen>,
    /// Pointer to `{columns, rows}`.
    pub rows: Option<String>,
    /// Declared classes.
    pub fields: Vec<(String, ClassIx)>,
    /// Paths of its result at which a number may stand and no text.
    pub numbers: Vec<String>,
    /// Whether binary blocks pass.
    pub binary_pass: bool,
    /// The pinned definition, JSON, and pointers to what may change of it.
    pub pin: Option<(String, Vec<String>)>,
}

/// Who answers a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A server.
    Downstream(ServerIx),
    /// The kernel; the runtime's variant.
    Native(&'static str),
}

/// An interceptor.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Pointer.
    pub at: String,
    /// Absence is skipped rather than denied.
    pub skip: bool,
    /// Its kind.
    pub kind: ScreenKind,
}

/// The kinds of interceptor.
#[derive(Debug, Clone)]
pub enum ScreenKind {
    /// `Sqlite` or `Postgres`; `Views` or `Inline`.
    Sql(&'static str, &'static str),
    /// An effect on the key's domain.
    ObjectKey(Effect),
    /// An effect on the file's domain, where a relative path starts, and whether the answer holds what files hold.
    Path(Effect, Base, bool),
    /// An effect on the host's domain.
    Url(Effect),
    /// An effect on the domain of a resource, and pointers to its further parts.
    Compose(Effect, Vec<String>),
    /// An effect on the dataset's domain.
    Dataset(Effect),
    /// Nothing to read, and why.
    Opaque(String),
}

/// Where a relative path starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// There are none.
    None,
    /// A directory.
    Directory(String),
    /// The directory that another field names, by pointer.
    Field(String),
}
