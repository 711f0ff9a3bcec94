//! The functions that a statement may call. A closed list: what is not on it can read files, run code, or leak.

use super::SqlRefusal;
use super::reading_a::Reading;
use crate::denial::Code;
use crate::spec::Dialect;

/// Pure functions of both engines.
const COMMON: [&str; 52] = [
    "abs",
    "avg",
    "ceil",
    "ceiling",
    "char_length",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "dense_rank",
    "exp",
    "first_value",
    "floor",
    "greatest",
    "lag",
    "last_value",
    "lead",
    "least",
    "left",
    "length",
    "ln",
    "log",
    "log10",
    "lower",
    "ltrim",
    "max",
    "min",
    "mod",
    "nth_value",
    "ntile",
    "nullif",
    "percent_rank",
    "pow",
    "power",
    "rank",
    "replace",
    "right",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "sqrt",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "trim",
    "trunc",
    "upper",
    "format",
    "cast",
];

/// SQLite's own.
const SQLITE: [&str; 41] = [
    "changes",
    "char",
    "date",
    "datetime",
    "glob",
    "group_concat",
    "hex",
    "ifnull",
    "iif",
    "if",
    "instr",
    "json",
    "json_array",
    "json_array_length",
    "json_each",
    "json_extract",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_type",
    "json_valid",
    "julianday",
    "like",
    "likelihood",
    "likely",
    "printf",
    "quote",
    "random",
    "strftime",
    "time",
    "timediff",
    "total",
    "typeof",
    "unicode",
    "unixepoch",
    "unlikely",
    "->",
    "->>",
    "current_date",
    "current_time",
    "current_timestamp",
];

/// PostgreSQL's own.
const POSTGRES: [&str; 44] = [
    "age",
    "array_agg",
    "array_length",
    "bit_length",
    "bool_and",
    "bool_or",
    "btrim",
    "date_part",
    "date_trunc",
    "every",
    "extract",
    "generate_series",
    "initcap",
    "json_agg",
    "json_array_length",
    "json_build_object",
    "json_extract_path",
    "json_extract_path_text",
    "json_object_agg",
    "jsonb_agg",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_array_length",
    "jsonb_build_object",
    "jsonb_each_text",
    "jsonb_extract_path_text",
    "jsonb_object_agg",
    "lpad",
    "make_date",
    "mode",
    "now",
    "overlay",
    "percentile_cont",
    "percentile_disc",
    "position",
    "regexp_replace",
    "rpad",
    "split_part",
    "stddev",
    "strpos",
    "to_char",
    "to_date",
    "unnest",
    "variance",
];

/// Whether a function may be called, by its folded name.
pub(super) fn allowed(name: &str, dialect: Dialect) -> bool {
    let own: &[&str] = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    COMMON.contains(&name) || own.contains(&name)
}

/// Every function that reading A found.
pub(super) fn check(read: &Reading, dialect: Dialect) -> Result<(), SqlRefusal> {
    match read.functions.iter().find(|name| !allowed(name, dialect)) {
        Some(name) => Err(refused(name)),
        None => Ok(()),
    }
}

pub(super) fn refused(name: &str) -> SqlRefusal {
    let shown: String = name.chars().take(64).filter(|letter| !letter.is_control()).collect();
    SqlRefusal::new(Code::SqlFunction, format!("`{shown}`")).remedy("use plain SQL functions over the declared columns")
}
