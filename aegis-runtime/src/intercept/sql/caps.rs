//! Before anything is parsed: size, depth, and characters that two readers could take differently.

mod dollars;

use super::SqlRefusal;
use crate::denial::Code;
use crate::spec::Dialect;

/// Longest statement, in bytes.
const BYTES: usize = 32 * 1024;
/// Deepest nesting of brackets.
const DEPTH: usize = 48;
/// Most words, numbers and operators.
const TOKENS: usize = 4000;

/// What to do about the size.
const SMALLER: &str = "write a smaller statement, or several calls";

/// Looks at every character once, knowing only quotes, comments and brackets.
pub(super) fn check(sql: &str, dialect: Dialect) -> Result<(), SqlRefusal> {
    if sql.len() > BYTES {
        return Err(SqlRefusal::new(Code::SqlTooLarge, format!("over {BYTES} bytes")).remedy(SMALLER));
    }
    let character = |at: usize, what: &str| {
        let width = sql.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        SqlRefusal::new(Code::SqlCharacter, what)
            .at((at, at.saturating_add(width)))
            .remedy("write plain ASCII outside of quotes, and close every quote and comment")
    };
    let (mut depth, mut tokens, mut word) = (0_usize, 0_usize, false);
    let mut rest = sql.char_indices().peekable();
    while let Some((at, letter)) = rest.next() {
        let next = rest.peek().map(|(_, letter)| *letter);
        let was_word = std::mem::replace(&mut word, letter.is_ascii_alphanumeric() || letter == '_');
        if letter == '$' && dialect == Dialect::Postgres {
            word = was_word; // a name goes on
            if let Some(length) = sql.get(at..).filter(|_| !was_word).and_then(dollars::length) {
                let end = at.saturating_add(length.ok_or_else(|| character(at, "a quote is never closed"))?);
                while rest.next_if(|(place, _)| *place < end).is_some() {}
            }
        }
        if !(letter.is_ascii_whitespace() || word && was_word) {
            tokens = tokens.saturating_add(1);
        }
        match (letter, next) {
            ('\'' | '"' | '`', _) => {
                close(&mut rest, letter).ok_or_else(|| character(at, "a quote is never closed"))?
            }
            ('[', _) if dialect == Dialect::Sqlite => {
                close(&mut rest, ']').ok_or_else(|| character(at, "a bracket is never closed"))?
            }
            ('-', Some('-')) => line_comment(&mut rest).map_err(|at| character(at, "a comment ends in an odd way"))?,
            ('/', Some('*')) => {
                block_comment(&mut rest).ok_or_else(|| character(at, "a comment is nested or never closed"))?
            }
            ('(' | '[', _) => depth = depth.saturating_add(1),
            (')' | ']', _) => depth = depth.saturating_sub(1),
            ('\t' | '\n' | '\r' | ' '..='~', _) => {}
            _ => return Err(character(at, "only plain ASCII stands outside of quotes and comments")),
        }
        if depth > DEPTH || tokens > TOKENS {
            return Err(SqlRefusal::new(Code::SqlTooLarge, "nested too deep, or too many words")
                .at((at, sql.len()))
                .remedy(SMALLER));
        }
    }
    Ok(())
}

type Rest<'sql> = std::iter::Peekable<std::str::CharIndices<'sql>>;

/// To behind the closing quote; a doubled one is a character. NUL ends a statement for some readers.
fn close(rest: &mut Rest<'_>, quote: char) -> Option<()> {
    while let Some((_, letter)) = rest.next() {
        if letter == '\0' || letter == '\u{feff}' {
            return None;
        }
        if letter == quote && rest.next_if(|(_, next)| *next == quote).is_none() {
            return Some(());
        }
    }
    None
}

/// To the newline. A bare carriage return, form feed or line separator ends a comment for some readers only.
fn line_comment(rest: &mut Rest<'_>) -> Result<(), usize> {
    while let Some((at, letter)) = rest.next() {
        match letter {
            '\n' => return Ok(()),
            '\r' if rest.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\t' => {}
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}') => return Err(at),
            _ => {} // the comment's own text
        }
    }
    Ok(())
}

/// To `*/`. A comment inside of a comment is one for PostgreSQL only.
fn block_comment(rest: &mut Rest<'_>) -> Option<()> {
    rest.next();
    while let Some((_, letter)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        match (letter, next) {
            ('*', Some('/')) => {
                rest.next();
                return Some(());
            }
            ('/', Some('*')) | ('\0', _) => return None,
            _ => {} // the comment's own text
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::spec::Dialect::{Postgres, Sqlite};

    #[test]
    fn what_stands_between_dollars_is_no_quote() {
        for sql in ["SELECT $$it's$$", "SELECT $q$\u{e9} -- /* \" $$$q$ || 'a'", "SELECT a$$ FROM t -- $$"] {
            assert!(check(sql, Postgres).is_ok(), "{sql}");
        }
        for sql in
            ["SELECT $$it's", "SELECT a$$it's$$", "SELECT 1$$it's$$", "SELECT $1$it's$1$", "SELECT $a$ '$A$ \u{e9}"]
        {
            assert!(check(sql, Postgres).is_err(), "{sql}");
        }
        assert!(check("SELECT $$it's$$", Sqlite).is_err());
    }
}
