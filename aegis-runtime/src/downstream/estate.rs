//! The estate file: what this kernel was compiled to believe of a server's database, for the server that holds it.
//!
//! *Invariants.* It is derived from the compiled tables alone and holds no value of the data. It is written anew before each start,
//! 0600, by a rename, so that a server reads a whole file or none.

use crate::own;
use crate::spec::{ColumnKind, Dialect, ScreenKind, ServerId, Spec, TableSpec, label, operator_of};
use crate::vocabulary::{Class, Operator};
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The estate of one server as JSON text; `None` where none of its tools takes SQL.
#[must_use]
pub fn text(spec: &Spec, server: ServerId) -> Option<String> {
    let name = spec.servers.get(usize::from(server.0))?.name;
    let dialect = match dialect(spec, server)? {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    };
    let tables: Vec<Value> =
        spec.tables.iter().filter(|table| table.server == server).map(|table| relation(spec, table)).collect();
    Some(format!("{:#}\n", json!({"v": 1, "server": name, "dialect": dialect, "tables": tables})))
}

fn dialect(spec: &Spec, server: ServerId) -> Option<Dialect> {
    let origin = crate::spec::Origin::Downstream(server);
    spec.tools.iter().filter(|tool| tool.origin == origin).flat_map(|tool| tool.screens).find_map(|screen| match screen
        .kind
    {
        ScreenKind::Sql(dialect, _) => Some(dialect),
        ScreenKind::ObjectKey(_)
        | ScreenKind::Path(..)
        | ScreenKind::Url(_)
        | ScreenKind::Compose(..)
        | ScreenKind::Dataset(_)
        | ScreenKind::Opaque(_) => None,
    })
}

fn relation(spec: &Spec, table: &TableSpec) -> Value {
    let domain = spec.domains.get(usize::from(table.domain.0));
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let operator = column.pii.and_then(|class| operator_of(spec.masks, table.domain, class));
            json!({
                "name": column.name,
                "type": kind(column.kind),
                "key": column.key,
                "pii": column.pii.map(Class::as_str),
                "operator": operator.map(operator_word),
                "label": operator.and(column.pii).map(|class| label(domain, table, class)),
            })
        })
        .collect();
    json!({
        "name": table.name,
        "domain": domain.map(|domain| domain.name),
        "protected": domain.is_some_and(|domain| domain.protected),
        "columns": columns,
    })
}

fn operator_word(operator: Operator) -> String {
    match operator {
        Operator::Redact => "redact".to_owned(),
        Operator::Token => "token".to_owned(),
        Operator::Drop => "drop".to_owned(),
        Operator::KeepLast(keep) => format!("keep-last:{keep}"),
        Operator::KeepDomain => "keep-domain".to_owned(),
        Operator::Bucket => "bucket".to_owned(),
        Operator::DateShift => "date-shift".to_owned(),
    }
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Text => "text",
        ColumnKind::Boolean => "boolean",
        ColumnKind::Timestamp => "timestamp",
        ColumnKind::Blob => "blob",
    }
}

/// Where the estate file of a server stands.
pub(super) fn path(server: &str, state: &Path) -> PathBuf {
    state.join("servers").join(server).join("estate.json")
}

/// Writes the file whole or not at all.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    let directory = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    own::directory(directory.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
    own::directory(directory)?;
    let draft = path.with_extension("new");
    let mut file = own::fresh(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::write;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_file_is_ours_alone_and_whole() {
        let state = tempfile::tempdir().unwrap();
        let path = super::path("postgres", state.path());
        // What a kernel left that was killed while it wrote, open to all.
        write(&path, "none").unwrap();
        std::fs::write(path.with_extension("new"), "torn").unwrap();
        for text in ["one", "two"] {
            write(&path, text).unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!path.with_extension("new").exists());
    }
}
