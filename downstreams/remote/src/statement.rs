//! What a statement begins with, which in PostgreSQL's grammar tells rows from everything else.
//!
//! It is a list of what is permitted. What a permitted statement does inside (a changing WITH, a SELECT INTO, a function) is the
//! transaction's mode, the role's rights and the row budget to hold, not a matter of words.

use std::iter::Peekable;
use std::str::Chars;

const READS: [&str; 6] = ["select", "with", "values", "table", "explain", "("];
const WRITES: [&str; 8] = ["insert", "update", "delete", "merge", "with", "select", "values", "("];
/// What would end or outlive the transaction of the call, whoever may run it.
const SESSION: [&str; 23] = [
    "begin",
    "start",
    "commit",
    "end",
    "rollback",
    "abort",
    "savepoint",
    "release",
    "prepare",
    "execute",
    "deallocate",
    "declare",
    "fetch",
    "move",
    "close",
    "set",
    "reset",
    "discard",
    "listen",
    "unlisten",
    "notify",
    "load",
    "copy",
];
/// What statements do not name: how tokens are made, and where their key stands.
const OURS: [&str; 6] = ["aegis_leaf", "aegis.key", "set_config", "current_setting", "pg_settings", "pg_show_all"];

/// Why a statement of `query` is refused.
pub(crate) fn check_read(sql: &str, declared: bool) -> Result<(), String> {
    if !READS.contains(&first_word(sql).as_str()) {
        return Err("`query` reads; use `execute` for a statement that changes rows".to_owned());
    }
    names_ours(sql, declared)
}

/// Why a statement of `execute` is refused.
pub(crate) fn check_write(sql: &str, declared: bool) -> Result<(), String> {
    let word = first_word(sql);
    if declared && !WRITES.contains(&word.as_str()) {
        return Err("not authorized: this server changes rows, and nothing else, for a client".to_owned());
    }
    if SESSION.contains(&word.as_str()) {
        return Err("not authorized: transactions, settings and cursors are this server's own".to_owned());
    }
    names_ours(sql, declared)
}

fn names_ours(sql: &str, declared: bool) -> Result<(), String> {
    let folded = sql.to_ascii_lowercase();
    // An escaped identifier could spell any name.
    let escaped = folded.contains("u&\"") || folded.contains("u&'");
    if declared && (escaped || OURS.iter().any(|name| folded.contains(name))) {
        return Err("the statement names what is this server's own, or writes a name in escapes".to_owned());
    }
    Ok(())
}

/// The first word in lower case, or the first sign; blanks and comments apart.
fn first_word(sql: &str) -> String {
    let mut letters = sql.chars().peekable();
    skip(&mut letters);
    let mut word = String::new();
    while let Some(letter) = letters.next_if(|letter| letter.is_alphanumeric() || *letter == '_') {
        word.extend(letter.to_lowercase());
    }
    if word.is_empty() { letters.next().map(String::from).unwrap_or_default() } else { word }
}

/// Skips blanks, `-- …` and nested `/* … */`.
fn skip(letters: &mut Peekable<Chars<'_>>) {
    loop {
        let mut ahead = letters.clone();
        match (ahead.next(), ahead.next()) {
            (Some(blank), _) if blank.is_ascii_whitespace() => {
                letters.next();
            }
            (Some('-'), Some('-')) => while letters.next_if(|letter| !matches!(letter, '\n' | '\r')).is_some() {},
            (Some('/'), Some('*')) => comment(letters),
            (Some(_), _) | (None, _) => return,
        }
    }
}

fn comment(letters: &mut Peekable<Chars<'_>>) {
    let mut depth = 0_usize;
    while let Some(letter) = letters.next() {
        match (letter, letters.peek()) {
            ('/', Some('*')) => depth = depth.saturating_add(1),
            ('*', Some('/')) => depth = depth.saturating_sub(1),
            (_, Some(_)) | (_, None) => continue,
        }
        letters.next();
        if depth == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{check_read, check_write, first_word};

    #[test]
    fn comments_and_case_do_not_hide_the_first_word() {
        for sql in ["/* a /* b */ -- c\n */ DrOp TABLE x", "--x\r drop table x", "\n\tDROP TABLE x"] {
            assert_eq!(first_word(sql), "drop", "{sql}");
        }
        for sql in ["(SELECT 1)", "/**/(VALUES (1))"] {
            assert_eq!(first_word(sql), "(");
        }
        for sql in ["", "--", "/*", ";", "\"select\" 1"] {
            assert!(check_read(sql, false).is_err(), "{sql}");
        }
    }

    #[test]
    fn what_is_no_row_is_refused_where_an_estate_is_declared() {
        for sql in [
            "DROP TABLE x",
            "DO $$ BEGIN END $$",
            "TRUNCATE x",
            "CALL p()",
            "LOCK x",
            "GRANT ALL ON x TO y",
            "EXPLAIN DELETE FROM x",
        ] {
            assert!(check_write(sql, true).is_err(), "{sql}");
        }
        assert!(check_write("DROP TABLE x", false).is_ok());
        for sql in ["COMMIT", "SET search_path = x", "COPY x TO STDOUT", "PREPARE x AS SELECT 1"] {
            assert!(check_write(sql, false).is_err(), "{sql}");
        }
        for sql in ["SELECT current_setting('x')", "SELECT AEGIS_LEAF('a', 'b', 'c')", "SELECT U&\"\\0061\"(1)"] {
            assert!(check_read(sql, true).is_err(), "{sql}");
        }
    }
}
