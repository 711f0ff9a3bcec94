//! `manifests/NAME.toml`: one downstream server.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// One server and its tools.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ManifestFile {
    /// `[server]`.
    pub server: ServerToml,
    /// `[[tool]]`.
    #[serde(default)]
    pub tool: Vec<ToolToml>,
    /// `[[resource]]`.
    #[serde(default)]
    pub resource: Vec<ResourceToml>,
    /// `[[prompt]]`.
    #[serde(default)]
    pub prompt: Vec<PromptToml>,
}

/// A server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ServerToml {
    /// Its name.
    pub name: Spanned<String>,
    /// argv.
    pub command: Spanned<Vec<Spanned<String>>>,
    /// What the child may touch.
    pub cage: Option<CageToml>,
    /// Variables.
    #[serde(default)]
    pub env: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Credentials by reference.
    #[serde(default)]
    pub secrets: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    /// Longest silence of a call.
    pub timeout: Option<Spanned<String>>,
    /// SHA-256 of its program and other files of it, by the program's name or the absolute path.
    #[serde(default)]
    pub sha256: BTreeMap<Spanned<String>, Spanned<String>>,
    /// The definitions of its tools that a person decided about, a file beside the imported schemas.
    pub pins: Option<Spanned<String>>,
    /// Longest call.
    pub max_total: Option<Spanned<String>>,
}

/// A cage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CageToml {
    /// `strict`, `standard`, `minimal`.
    pub level: Option<Spanned<String>>,
    /// `none` or `full`.
    pub net: Option<Spanned<String>>,
    /// Paths it may read.
    #[serde(default)]
    pub read: Vec<Spanned<String>>,
    /// Paths it may write.
    #[serde(default)]
    pub write: Vec<Spanned<String>>,
    /// Why it is `minimal`.
    pub reason: Option<String>,
}

/// A tool.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ToolToml {
    /// The downstream's name for it.
    pub name: Spanned<String>,
    /// Human title.
    pub title: Option<String>,
    /// Description for the model.
    pub description: Spanned<String>,
    /// `effect:domain`, what it can do whatever its arguments.
    pub capabilities: Spanned<Vec<Spanned<String>>>,
    /// Arguments, inline.
    pub input: Option<Spanned<Inputs>>,
    /// Arguments, an imported JSON Schema.
    pub input_schema: Option<Spanned<String>>,
    /// Where things stand in the result.
    pub result: Option<ResultToml>,
    /// `drop` or `pass`.
    pub binary: Option<Spanned<String>>,
    /// Pointers into its pinned definition to what may change.
    #[serde(default)]
    pub volatile: Vec<Spanned<String>>,
    /// Interceptors.
    #[serde(default)]
    pub screen: Vec<ScreenToml>,
    /// Declared classes by result path.
    #[serde(default)]
    pub fields: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Inline arguments by name.
pub type Inputs = BTreeMap<Spanned<String>, InputToml>;

/// A resource of the server, at one URI or at all of a template.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResourceToml {
    /// Its name here; the downstream knows it by its URI.
    pub name: Spanned<String>,
    /// Human title.
    pub title: Option<String>,
    /// Description for the model.
    pub description: Spanned<String>,
    /// `docs://intro`, or `docs://{page}` with variables.
    pub uri: Spanned<String>,
    /// What it holds, for the model.
    pub mime_type: Option<String>,
    /// `effect:domain`, what reading it can do.
    pub capabilities: Spanned<Vec<Spanned<String>>>,
    /// The variables of the URI: strings.
    #[serde(default)]
    pub variables: Inputs,
    /// `drop` or `pass`.
    pub binary: Option<Spanned<String>>,
    /// Pointers into its pinned definition to what may change.
    #[serde(default)]
    pub volatile: Vec<Spanned<String>>,
    /// Interceptors over the variables.
    #[serde(default)]
    pub screen: Vec<ScreenToml>,
    /// Declared classes by path.
    #[serde(default)]
    pub fields: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// A prompt of the server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PromptToml {
    /// The downstream's name for it.
    pub name: Spanned<String>,
    /// Human title.
    pub title: Option<String>,
    /// Description for the model.
    pub description: Spanned<String>,
    /// `effect:domain`, what getting it can do.
    pub capabilities: Spanned<Vec<Spanned<String>>>,
    /// Its arguments: strings.
    #[serde(default)]
    pub arguments: Inputs,
    /// `drop` or `pass`.
    pub binary: Option<Spanned<String>>,
    /// Pointers into its pinned definition to what may change.
    #[serde(default)]
    pub volatile: Vec<Spanned<String>>,
    /// Interceptors over the arguments.
    #[serde(default)]
    pub screen: Vec<ScreenToml>,
    /// Declared classes by path.
    #[serde(default)]
    pub fields: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// An inline argument.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InputToml {
    /// `string`, `integer`, `number`, `boolean`.
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    /// For the model.
    pub description: Option<String>,
    /// Shortest string.
    pub min_length: Option<u64>,
    /// Longest string.
    pub max_length: Option<u64>,
    /// Smallest number.
    pub minimum: Option<i64>,
    /// Largest number.
    pub maximum: Option<i64>,
    /// The words there are.
    #[serde(rename = "enum")]
    pub words: Option<Vec<String>>,
    /// May be left out.
    #[serde(default)]
    pub optional: bool,
}

/// Where things stand in the result.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResultToml {
    /// JSON pointer to `{columns, rows}`.
    pub rows: Option<Spanned<String>>,
}

/// An interceptor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScreenToml {
    /// JSON pointer, `*` for each element.
    pub at: Spanned<String>,
    /// `sql`, `object-key`, `path`, `url`, `compose`, `opaque`.
    pub kind: Spanned<String>,
    /// For `sql`.
    pub dialect: Option<Spanned<String>>,
    /// For `sql`: `views` on a server of ours that holds masked views, else `inline`.
    pub masked: Option<Spanned<String>>,
    /// For `object-key`, `path`, `url` and `compose`.
    pub effect: Option<Spanned<String>>,
    /// For `path`: the directory that the server starts relative paths from.
    pub base: Option<Spanned<String>>,
    /// For `path`: the field that names that directory.
    pub base_at: Option<Spanned<String>>,
    /// For `compose`: the further parts, by pointer.
    #[serde(default)]
    pub with: Vec<Spanned<String>>,
    /// For `path`: false where the answer names files and holds nothing of what is in them.
    #[serde(default = "yes")]
    pub content: bool,
    /// `deny` or `skip`.
    pub absent: Option<Spanned<String>>,
    /// For `opaque`.
    pub why: Option<Spanned<String>>,
}

fn yes() -> bool {
    true
}
