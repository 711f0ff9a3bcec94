//! Names that both engines have and no estate declares: row ids, and where the schema is written down.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the parser's enum of types is foreign and grows; a type that has no name here is one of values"
)]

use super::reading_a::{Reading, bare_name};
use super::{Catalogue, SqlRefusal};
use crate::denial::Code;
use sqlparser::ast::{ArrayElemTypeDef, DataType};

/// What both engines give every row without a declaration.
const ROW_IDS: [&str; 9] = ["rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// What to do where the schema is asked for.
pub(super) const ASK_THE_SERVER: &str =
    "the schema is asked for by the server's own tools, such as `list_tables` and `describe_table`, not by SQL";

/// Whether a name begins as those of the schema do.
pub(super) fn is_schema(name: &str) -> bool {
    ["sqlite_", "pragma_", "pg_", "information_schema"].iter().any(|start| name.to_ascii_lowercase().starts_with(start))
}

/// Whether a name is one of SQLite's for a row id.
pub(super) fn is_row_id(name: &str) -> bool {
    ["rowid", "oid", "_rowid_"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Row ids are no columns of the estate, whatever they are called in this engine.
pub(super) fn no_row_ids(read: &Reading, catalogue: &Catalogue) -> Result<(), SqlRefusal> {
    let declared =
        |name: &str| catalogue.tables.iter().any(|table| table.columns.iter().any(|column| column.name == name));
    match read.columns.iter().find(|(_, name)| ROW_IDS.contains(&name.as_str()) && !declared(name)) {
        Some((_, name)) => Err(SqlRefusal::new(Code::SqlUnknownColumn, format!("`{name}` is a row id"))
            .remedy("use the declared key in its place")),
        None => Ok(()),
    }
}

/// A type whose values are names of the catalogue, which a cast looks up.
pub(super) fn is_of_catalogue(data_type: &DataType) -> bool {
    match data_type {
        DataType::Regclass => true,
        DataType::Custom(name, _) => {
            // The array of a type has its name behind an underscore, or several.
            bare_name(name).is_none_or(|name| {
                let name = name.trim_start_matches('_');
                name.starts_with("reg") || name.starts_with("pg_") || name == "aclitem"
            })
        }
        DataType::Array(
            ArrayElemTypeDef::SquareBracket(of, _)
            | ArrayElemTypeDef::AngleBracket(of)
            | ArrayElemTypeDef::Parenthesis(of)
            | ArrayElemTypeDef::ParenthesisNotNull(of)
            | ArrayElemTypeDef::Qualified(of, _),
        ) => is_of_catalogue(of),
        _ => false, // of values
    }
}
