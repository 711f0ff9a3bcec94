//! Before anything is parsed: size, depth, and characters that two readers could take differently.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the tokens of the parser are foreign and grow; one that is not named here is no quote, and a statement whose quotes are not all found is refused"
)]

mod chains;
mod dollars;

use super::SqlRefusal;
use super::place::Lines;
use crate::denial::Code;
use crate::spec::Dialect;
use chains::Chains;
use sqlparser::tokenizer::{Token, TokenWithSpan};
use std::borrow::Cow;

/// Longest statement, in bytes.
const BYTES: usize = 32 * 1024;
/// Deepest nesting of brackets.
const DEPTH: usize = 48;
/// Most words, numbers and operators.
const TOKENS: usize = 4000;

/// What to do about the size.
const SMALLER: &str = "write a smaller statement, or several calls";

/// A statement by its quotes and comments.
pub(super) struct Quotes<'sql> {
    /// The text with every comment blanked, byte for byte: some grammars take the sign before one for its beginning.
    pub(super) plain: Cow<'sql, str>,
    /// Where each quote ends.
    ends: Vec<usize>,
}

impl Quotes<'_> {
    /// Blanks a comment. Its newlines stay, and with them the places of everything behind it.
    fn blank(&mut self, from: usize, to: usize) {
        let comment = self.plain.get(from..to).unwrap_or_default();
        let blanks = comment.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>();
        self.plain.to_mut().replace_range(from..to, &blanks);
    }

    /// Whether a grammar found the same quotes.
    pub(super) fn are_those_of(&self, tokens: &[TokenWithSpan], lines: &Lines<'_>) -> bool {
        let end = |token: &TokenWithSpan| lines.byte_of(token.span.end);
        let quoted = |token: &&TokenWithSpan| match &token.token {
            Token::Word(word) => word.quote_style.is_some(),
            Token::HexStringLiteral(_) => {
                end(token).checked_sub(1).is_some_and(|last| self.plain.as_bytes().get(last) == Some(&b'\''))
            }
            Token::SingleQuotedString(_)
            | Token::DoubleQuotedString(_)
            | Token::DollarQuotedString(_)
            | Token::SingleQuotedByteStringLiteral(_)
            | Token::DoubleQuotedByteStringLiteral(_)
            | Token::NationalStringLiteral(_)
            | Token::EscapedStringLiteral(_)
            | Token::UnicodeStringLiteral(_) => true,
            _ => false, // no quote; of one of another dialect the end is missed, and the statement refused
        };
        tokens.iter().filter(quoted).map(end).eq(self.ends.iter().copied())
    }
}

/// Looks at every character once, knowing only quotes, comments and brackets.
pub(super) fn check(sql: &str, dialect: Dialect) -> Result<Quotes<'_>, SqlRefusal> {
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
    let mut quotes = Quotes { plain: Cow::Borrowed(sql), ends: Vec::new() };
    let mut escaped = None;
    let mut chains = Chains::new();
    let mut rest = sql.char_indices().peekable();
    let next_at = |rest: &mut Rest<'_>| rest.peek().map_or(sql.len(), |(at, _)| *at);
    while let Some((at, letter)) = rest.next() {
        let was_word = std::mem::replace(&mut word, is_word(letter));
        while word && rest.next_if(|(_, next)| is_word(*next)).is_some() {}
        if word {
            chains.word(sql.get(at..next_at(&mut rest)).unwrap_or_default());
        }
        let next = rest.peek().map(|(_, letter)| *letter);
        if letter == '$' && dialect == Dialect::Postgres {
            word = was_word; // a name goes on
            if let Some(length) = sql.get(at..).filter(|_| !was_word).and_then(dollars::length) {
                let end = at.saturating_add(length.ok_or_else(|| character(at, "a quote is never closed"))?);
                while rest.next_if(|(place, _)| *place < end).is_some() {}
                quotes.ends.push(end);
            }
        }
        if !(letter.is_ascii_whitespace() || word && was_word) {
            tokens = tokens.saturating_add(1);
        }
        match (letter, next) {
            _ if word => {}
            ('\'' | '"' | '`', _) => {
                let escapes = letter == '\'' && dialect == Dialect::Postgres && is_escaped(sql, at);
                // To PostgreSQL one that stands alone behind it is still of the same kind.
                if escaped.and_then(|end| quotes.plain.get(end..at)).is_some_and(|gap| gap.trim().is_empty()) {
                    return Err(character(at, "a text in escapes goes on in another quote"));
                }
                close(&mut rest, letter, escapes).ok_or_else(|| character(at, "a quote is never closed"))?;
                let end = next_at(&mut rest);
                quotes.ends.push(end);
                escaped = escapes.then_some(end);
            }
            ('[', _) if dialect == Dialect::Sqlite => {
                close(&mut rest, ']', false).ok_or_else(|| character(at, "a bracket is never closed"))?;
                quotes.ends.push(next_at(&mut rest));
            }
            ('-', Some('-')) => {
                line_comment(&mut rest).map_err(|at| character(at, "a comment ends in an odd way"))?;
                quotes.blank(at, next_at(&mut rest));
            }
            ('/', Some('*')) => {
                block_comment(&mut rest).ok_or_else(|| character(at, "a comment is nested or never closed"))?;
                quotes.blank(at, next_at(&mut rest));
            }
            ('\t' | '\n' | '\r' | ' '..='~', _) => {
                depth = match letter {
                    '(' | '[' => depth.saturating_add(1),
                    ')' | ']' => depth.saturating_sub(1),
                    _ => depth,
                };
                chains.sign(letter);
            }
            _ => return Err(character(at, "only plain ASCII stands outside of quotes and comments")),
        }
        if depth > DEPTH || tokens > TOKENS || chains.is_long() {
            return Err(SqlRefusal::new(Code::SqlTooLarge, "nested too deep, or too many words")
                .at((at, sql.len()))
                .remedy(SMALLER));
        }
    }
    Ok(quotes)
}

/// Whether a quote is that of `E'…'`, in which a backslash takes the next character with it.
fn is_escaped(sql: &str, quote: usize) -> bool {
    let mut before = sql.get(..quote).unwrap_or_default().chars().rev();
    let word = |letter: char| is_word(letter) || letter == '$';
    matches!(before.next(), Some('e' | 'E')) && !before.next().is_some_and(word)
}

/// A letter of a word or a number.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

type Rest<'sql> = std::iter::Peekable<std::str::CharIndices<'sql>>;

/// To behind the closing quote; a doubled one is a character. NUL ends a statement for some readers.
fn close(rest: &mut Rest<'_>, quote: char, escapes: bool) -> Option<()> {
    while let Some((_, letter)) = rest.next() {
        if letter == '\0' || letter == '\u{feff}' {
            return None;
        }
        if escapes && letter == '\\' {
            rest.next_if(|(_, next)| !matches!(next, '\0' | '\u{feff}'))?;
            continue;
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
