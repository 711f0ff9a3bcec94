//! Row ids, which both engines have and no estate declares.

use super::reading_a::Reading;
use super::{Catalogue, SqlRefusal};
use crate::denial::Code;

/// What both engines give every row without a declaration.
const ROW_IDS: [&str; 9] = ["rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"];

/// Row ids are no columns of the estate, whatever they are called in this engine.
pub(super) fn no_row_ids(read: &Reading, catalogue: &Catalogue) -> Result<(), SqlRefusal> {
    let declared =
        |name: &str| catalogue.tables.iter().any(|table| table.columns.iter().any(|column| column.name == name));
    match read.columns.iter().find(|(_, name)| ROW_IDS.contains(&name.as_str()) && !declared(name)) {
        Some((_, name)) => {
            Err(SqlRefusal::new(Code::SqlUnknownColumn, format!("`{name}` is a row id")).remedy("use the declared key"))
        }
        None => Ok(()),
    }
}
