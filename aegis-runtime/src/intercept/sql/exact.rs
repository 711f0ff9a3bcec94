//! Names as PostgreSQL keeps them: a quoted one in its own letters, every one cut at 63 bytes.
//!
//! Everything behind reading A folds names to lower case, as both engines do with plain words. So that `"ID"` and `id` stay two names,
//! the capitals of a quoted name become private letters, which nothing folds, before A parses; what is told or written back is spelled
//! as it was.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the tokens of the parser are foreign and grow; one that is not named here is no name"
)]

use sqlparser::tokenizer::{Span, Token, TokenWithSpan};

/// Most bytes of a name; the engine cuts what is longer.
const BYTES: usize = 63;
/// Where the private letters begin: one for each capital.
const PRIVATE: u32 = 0xe000;

/// Puts the names of a statement as the engine has them.
///
/// # Errors
/// The place of a token that the engine reads otherwise: `b"k"` is a name and its alias, `U&"…"` one name; or of a name with a letter
/// that is private here.
pub(super) fn names(tokens: &mut [TokenWithSpan]) -> Result<(), Span> {
    if let Some(escaped) = tokens.windows(3).find_map(escaped) {
        return Err(escaped);
    }
    for TokenWithSpan { token, span } in tokens {
        match token {
            Token::Word(word) => {
                cut(&mut word.value);
                if word.quote_style.is_some() {
                    if word.value.chars().any(is_private) {
                        return Err(*span);
                    }
                    word.value = of_quoted(&word.value);
                }
            }
            Token::DoubleQuotedByteStringLiteral(_) => return Err(*span),
            _ => {} // no name
        }
    }
    Ok(())
}

/// `U&"…"`.
fn escaped(tokens: &[TokenWithSpan]) -> Option<Span> {
    let [before, and, name] = tokens else { return None };
    let is_u = matches!(&before.token, Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case("u"));
    let quoted = matches!(&name.token, Token::Word(word) if word.quote_style.is_some());
    let touch = before.span.end == and.span.start && and.span.end == name.span.start;
    (is_u && and.token == Token::Ampersand && quoted && touch).then(|| before.span.union(&name.span))
}

/// A quoted name, so that folding leaves it as it is.
pub(super) fn of_quoted(name: &str) -> String {
    let private = |letter: char| char::from_u32(PRIVATE.saturating_add(u32::from(letter))).unwrap_or(letter);
    name.chars().map(|letter| if letter.is_ascii_uppercase() { private(letter) } else { letter }).collect()
}

/// What is told or written back, in the letters that were written.
pub(super) fn spelled(text: &str) -> String {
    let plain = |letter: char| {
        let code = u32::from(letter).saturating_sub(PRIVATE);
        if is_private(letter) { char::from_u32(code).unwrap_or(letter) } else { letter }
    };
    text.chars().map(plain).collect()
}

/// Cuts a name where the engine does.
pub(super) fn cut(name: &mut String) {
    name.truncate(name.floor_char_boundary(BYTES));
}

fn is_private(letter: char) -> bool {
    u32::from(letter).checked_sub(PRIVATE).and_then(char::from_u32).is_some_and(|plain| plain.is_ascii_uppercase())
}
