//! The estate file: what a kernel was compiled to believe of a database, for the server that holds the database.
//!
//! *Invariants.* The format is closed: an unknown key or version is refused, so that a newer kernel's demand is never silently
//! dropped. Names are folded to lower case when the file is read. There is no rule in it: which columns are personal, and how
//! they are shown.

use serde::Deserialize;
use std::path::Path;

/// What is declared of one server's relations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estate {
    v: u8,
    /// The server's name in its manifest.
    pub server: String,
    /// The dialect it is spoken to in.
    pub dialect: Dialect,
    /// Its relations.
    pub tables: Vec<Table>,
}

/// A SQL dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL 15 and later.
    Postgres,
}

/// A relation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The domain it belongs to.
    pub domain: String,
    /// Nothing but promotion writes here.
    #[serde(default)]
    pub protected: bool,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Part of the key.
    pub key: bool,
    /// Its class, such as `email`, where it is personal.
    pub pii: Option<String>,
    /// How its values are shown: `token`, `redact`, `drop`, `keep-last:4`, `keep-domain`.
    pub operator: Option<String>,
    /// Columns of one label have comparable tokens.
    pub label: Option<String>,
}

/// The types of the estate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
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

impl Kind {
    /// The word of the estate.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Text => "text",
            Kind::Boolean => "boolean",
            Kind::Timestamp => "timestamp",
            Kind::Blob => "blob",
        }
    }
}

/// How a personal value is shown by a masked view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// `[EMAIL:k7q2…]`: equal values give equal tokens within one call.
    Token,
    /// NULL.
    Nothing,
    /// `[CARD:***4242]`.
    Last(u8),
    /// `[EMAIL]@example.com`.
    Domain,
}

impl Column {
    /// How its values are shown; `None` where they are shown as they are. An operator that is not known here is a token.
    #[must_use]
    pub fn shown(&self) -> Option<Shown> {
        let operator = self.operator.as_deref()?;
        Some(match operator.split_once(':') {
            Some(("keep-last", keep)) => keep.parse().map_or(Shown::Token, |keep: u8| Shown::Last(keep.min(4))),
            Some(_) => Shown::Token,
            None if operator == "drop" => Shown::Nothing,
            None if operator == "keep-domain" => Shown::Domain,
            None => Shown::Token,
        })
    }

    /// The class as a token spells it: `PERSON_NAME`.
    #[must_use]
    pub fn class(&self) -> String {
        self.pii.as_deref().unwrap_or("secret").to_ascii_uppercase().replace('-', "_")
    }

    /// What its tokens are comparable by, in every relation.
    #[must_use]
    pub fn shared_label(&self) -> &str {
        self.pii.as_deref().or(self.label.as_deref()).unwrap_or_default()
    }

    /// What tokens of rows that a client wrote are comparable by, where that is its relation alone.
    #[must_use]
    pub fn own_label(&self) -> Option<&str> {
        self.operator.as_ref()?;
        self.label.as_deref().filter(|label| *label != self.shared_label())
    }
}

impl Table {
    /// Whether any of its columns is shown as something else.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.columns.iter().any(|column| column.operator.is_some())
    }

    /// The key by which rows that a client wrote are noted, so that their tokens can be their relation's own and the others' shared.
    /// `None` where no column has tokens of its own, or the key is not one column: then they are own throughout.
    #[must_use]
    pub fn noted_by(&self) -> Option<&Column> {
        let mut keys = self.columns.iter().filter(|column| column.key);
        let key = keys.next().filter(|_| self.columns.iter().any(|column| column.own_label().is_some()));
        key.filter(|_| keys.next().is_none())
    }

    /// A column by its folded name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Estate {
    /// Reads an estate file.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn read(path: &Path, dialect: Dialect) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("the estate file `{}` cannot be read: {}", path.display(), error.kind()))?;
        Self::parse(&text, dialect)
    }

    /// Reads the text of an estate file.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub fn parse(text: &str, dialect: Dialect) -> Result<Self, String> {
        let mut estate: Self =
            serde_json::from_str(text).map_err(|error| format!("the estate file is not one: {error}"))?;
        if estate.v != 1 {
            return Err(format!("the estate file has version {}, and this server reads version 1", estate.v));
        }
        if estate.dialect != dialect {
            let word = if dialect == Dialect::Postgres { "postgres" } else { "sqlite" };
            return Err(format!(
                "the estate file is of a server with another dialect than \"{word}\": say `dialect = \"{word}\"` in the `sql` screens of its manifest, build the kernel, and print its estate"
            ));
        }
        for table in &mut estate.tables {
            table.name.make_ascii_lowercase();
            for column in &mut table.columns {
                column.name.make_ascii_lowercase();
            }
        }
        Ok(estate)
    }

    /// A relation by its folded name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// A name as SQL quotes it.
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as SQL quotes it, in an engine where a backslash is an ordinary letter.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
