//! `policies/NAME.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PolicyFile {
    /// Its name.
    pub name: Spanned<String>,
    /// `fsync` or `os`.
    pub durability: Option<Spanned<String>>,
    /// `group` or `fsync`.
    pub outcome: Option<Spanned<String>>,
    /// `[audit]`.
    pub audit: Option<AuditToml>,
    /// `[mask]`.
    pub mask: Option<MaskToml>,
    /// `guarded`, or the twin's `unguarded`.
    pub posture: Option<Spanned<String>>,
    /// `[receipt.KIND]`: kinds that somebody else than the kernel mints.
    #[serde(default)]
    pub receipt: BTreeMap<Spanned<String>, ReceiptToml>,
    /// `[[allow]]`.
    #[serde(default)]
    pub allow: Vec<CellToml>,
    /// `[[block]]`.
    #[serde(default)]
    pub block: Vec<CellToml>,
    /// `[[gate]]`.
    #[serde(default)]
    pub gate: Vec<GateToml>,
    /// `[[argument]]`.
    #[serde(default)]
    pub argument: Vec<ArgumentToml>,
    /// `[[transform]]`.
    #[serde(default)]
    pub transform: Vec<TransformToml>,
}

/// Files and anchor of the log.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuditToml {
    /// argv that gets each checkpoint on standard input.
    pub anchor: Option<Spanned<Vec<String>>>,
    /// argv that prints what the anchor holds, the newest last; every start demands it.
    pub anchor_read: Option<Spanned<Vec<String>>>,
    /// `64MiB`.
    pub segment_size: Option<Spanned<String>>,
    /// `15m`.
    pub require_anchor: Option<Spanned<String>>,
}

/// Limits of the masker.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MaskToml {
    /// `8MiB`: a larger result is withheld.
    pub max_bytes: Option<Spanned<String>>,
    /// `4MiB`: a result with a longer string is.
    pub max_string: Option<Spanned<String>>,
    /// A result that is nested deeper is.
    pub max_depth: Option<Spanned<i64>>,
    /// A result with more places to mask is.
    pub max_places: Option<Spanned<i64>>,
    /// `keep` or `mask`: addresses of private networks.
    pub private_addresses: Option<Spanned<String>>,
}

/// An allow or a block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CellToml {
    /// Its id.
    pub id: Spanned<String>,
    /// Its reason.
    pub why: Spanned<String>,
    /// Effects.
    pub effects: Vec<Spanned<String>>,
    /// Domains, or `*`.
    pub domains: Vec<Spanned<String>>,
    /// Only these tools.
    pub tools: Option<Vec<Spanned<String>>>,
    /// Of an allow of writes: personal columns may be given constants.
    pub literals: Option<Spanned<bool>>,
    /// What to do instead.
    pub remedy: Option<Spanned<String>>,
    /// How much is recorded: `meta`, `args`, `full`.
    pub audit: Option<Spanned<String>>,
}

/// A gate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GateToml {
    /// Its id.
    pub id: Spanned<String>,
    /// Its reason.
    pub why: Spanned<String>,
    /// Effects.
    pub effects: Vec<Spanned<String>>,
    /// Domains, or `*`.
    pub domains: Vec<Spanned<String>>,
    /// Only these tools.
    pub tools: Option<Vec<Spanned<String>>>,
    /// What opens it.
    pub requires: RequiresToml,
    /// What to do instead.
    pub remedy: Option<Spanned<String>>,
    /// How much is recorded: `meta`, `args`, `full`.
    pub audit: Option<Spanned<String>>,
}

/// What opens a gate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequiresToml {
    /// The receipt's kind.
    pub receipt: Spanned<String>,
    /// `dataset`: the one that the call names. `call`: the very call. Else the name of a declared dataset.
    #[serde(rename = "for")]
    pub of: Spanned<String>,
    /// How old it may be.
    pub max_age: Spanned<String>,
    /// Whose word it must be: `kernel-read`, `operator`.
    pub assurance: Option<Spanned<String>>,
    /// What kind of version it must be bound to: `etag`, `call`.
    pub version_kind: Option<Spanned<String>>,
}

/// A kind of receipt.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReceiptToml {
    /// Its reason.
    pub why: Spanned<String>,
    /// Who mints it: `operator`.
    pub minter: Spanned<String>,
}

/// An argument rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ArgumentToml {
    /// Its id.
    pub id: Spanned<String>,
    /// Its reason.
    pub why: Spanned<String>,
    /// The tools.
    pub tools: Vec<Spanned<String>>,
    /// The field.
    pub at: Spanned<String>,
    /// At most.
    pub maximum: Option<i64>,
    /// At least.
    pub minimum: Option<i64>,
    /// At most so many characters.
    pub max_length: Option<i64>,
    /// One of these.
    pub one_of: Option<Vec<String>>,
    /// What an absent or null field counts as, or `deny`.
    pub absent: Option<Spanned<toml::Value>>,
    /// What to do instead.
    pub remedy: Option<Spanned<String>>,
    /// How much is recorded: `meta`, `args`, `full`.
    pub audit: Option<Spanned<String>>,
}

/// A transform.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TransformToml {
    /// Its id.
    pub id: Spanned<String>,
    /// Its reason.
    pub why: Spanned<String>,
    /// Domains, or `*`.
    pub domains: Vec<Spanned<String>>,
    /// Operator by class; `*` for the others.
    pub classes: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
}
