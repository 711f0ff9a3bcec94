//! The words of a statement as reading A may take them: a word that means nothing in the engine's statements over rows is a name.
//!
//! A's grammar is a union of many dialects, so `top`, `qualify` or `sample` would begin clauses that neither engine has, and an alias of
//! that name would be refused or misread. Here they lose their meaning before A parses, as does whatever stands after AS. What A lacks
//! and names nothing (how a frame counts, whether a WITH is kept, which bound is lower) is left out or put in words that it knows.
//!
//! *Invariants.* Words alone are changed, never a literal, a quoted name, a sign or a place; whoever else reads or runs the statement gets
//! the text as it was judged. A statement that is not over rows is left as it is.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of the parser are foreign and grow; a token or word that is not named here stays what it is, or is a name"
)]

mod grammar;
mod lists;

pub(super) use grammar::Grammar;

use super::{Catalogue, names};
use crate::spec::{ColumnKind, Dialect};
use lists::{CALLS, POSTGRES, SQLITE};
use sqlparser::keywords::{ALL_KEYWORDS, ALL_KEYWORDS_INDEX, Keyword};
use sqlparser::tokenizer::{Span, Token, TokenWithSpan, Word};
use std::sync::LazyLock;

/// Keywords by their number.
type Keywords = LazyLock<Vec<bool>>;

static IN_SQLITE: Keywords = LazyLock::new(|| numbered(SQLITE));
static IN_POSTGRES: Keywords = LazyLock::new(|| numbered(POSTGRES));
static IN_CALLS: Keywords = LazyLock::new(|| numbered(CALLS));

fn numbered(list: &str) -> Vec<bool> {
    let mut found = vec![false; ALL_KEYWORDS_INDEX.len().saturating_add(1)];
    for word in list.split_ascii_whitespace() {
        let place = ALL_KEYWORDS.binary_search(&word).ok().and_then(|place| ALL_KEYWORDS_INDEX.get(place));
        if let Some(known) = place.and_then(|keyword| found.get_mut(*keyword as usize)) {
            *known = true;
        }
    }
    found
}

fn is_in(words: &Keywords, keyword: Keyword) -> bool {
    words.get(keyword as usize).copied().unwrap_or_default()
}

/// A statement as A parses it.
#[derive(Default)]
pub(super) struct Words {
    /// Without the blanks and comments between them.
    pub(super) tokens: Vec<TokenWithSpan>,
    /// Row ids, that are read as the key of this name.
    pub(super) row_ids: Vec<Span>,
    pub(super) key: &'static str,
    /// What means nothing, and what the second grammar cannot read.
    pub(super) idle: Vec<Span>,
}

/// The words as A may take them.
pub(super) fn for_reading_a(mut tokens: Vec<TokenWithSpan>, dialect: Dialect, catalogue: &Catalogue) -> Words {
    use Keyword::{DELETE, EXPLAIN, INSERT, MERGE, REPLACE, SELECT, UPDATE, VALUES, WITH};
    let is_blank = |token: &TokenWithSpan| matches!(token.token, Token::Whitespace(_));
    let first = tokens.iter().find(|token| !is_blank(token) && token.token != Token::LParen);
    let over_rows = matches!(
        first.map_or(Keyword::NoKeyword, keyword),
        SELECT | WITH | VALUES | INSERT | REPLACE | UPDATE | DELETE | MERGE | EXPLAIN
    );
    if !over_rows {
        return Words { tokens, ..Words::default() };
    }
    tokens.retain(|token| !is_blank(token));
    let words = match dialect {
        Dialect::Sqlite => &IN_SQLITE,
        Dialect::Postgres => &IN_POSTGRES,
    };
    let key = if dialect == Dialect::Sqlite { row_key(&tokens, catalogue) } else { None };
    let read = Words { key: key.unwrap_or_default(), ..Words::default() };
    let mut reader = Reader { words, casts: Vec::new(), options: false, read };
    reader.all(tokens);
    reader.read
}

/// The key that row ids are: the one integer key that every relation of the statement has.
fn row_key(tokens: &[TokenWithSpan], catalogue: &Catalogue) -> Option<&'static str> {
    if !tokens.iter().any(is_row_id) {
        return None;
    }
    let named = tokens.iter().filter_map(|token| match &token.token {
        Token::Word(word) => catalogue.table(&word.value.to_ascii_lowercase()),
        _ => None, // no name
    });
    let mut keys = named.map(|table| {
        let mut keys = table.columns.iter().filter(|column| column.key);
        let declared = table.columns.iter().any(|column| names::is_row_id(column.name));
        let key = keys.next().filter(|key| key.kind == ColumnKind::Integer && key.pii.is_none() && !declared);
        key.filter(|_| keys.next().is_none()).map(|key| key.name)
    });
    let first = keys.next()??;
    keys.all(|key| key == Some(first)).then_some(first)
}

fn is_row_id(token: &TokenWithSpan) -> bool {
    matches!(&token.token, Token::Word(word) if word.quote_style.is_none() && names::is_row_id(&word.value))
}

/// The keyword that a token is taken for.
fn keyword(token: &TokenWithSpan) -> Keyword {
    match &token.token {
        Token::Word(word) => word.keyword,
        _ => Keyword::NoKeyword,
    }
}

/// Whether a token is a word that A has no keyword for.
fn is_word(token: &TokenWithSpan, said: &str) -> bool {
    matches!(&token.token, Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(said))
}

/// What becomes of a word.
enum Taken {
    /// It keeps its meaning.
    Kept,
    /// It is a name.
    Name,
    /// It is left out, and so many after it.
    Out(usize),
    /// It is a row id, and read as the key.
    RowId,
    /// Others stand in its place.
    As(&'static [Keyword]),
}

struct Reader {
    words: &'static Keywords,
    /// For every open bracket, whether it is that of a CAST, and whether its type has begun.
    casts: Vec<(bool, bool)>,
    /// Between EXPLAIN and the statement.
    options: bool,
    read: Words,
}

impl Reader {
    fn all(&mut self, tokens: Vec<TokenWithSpan>) {
        let (mut all, mut out) = (Vec::with_capacity(tokens.len()), 0_usize);
        for at in 0..tokens.len() {
            let (before, after) = tokens.split_at(at);
            let taken = match (out.checked_sub(1), after.first()) {
                (Some(rest), _) => Taken::Out(rest),
                (None, Some(token)) => self.one(token, before, after),
                (None, None) => Taken::Kept,
            };
            out = if let Taken::Out(rest) = taken { rest } else { 0 };
            all.push(taken);
        }
        if all.iter().all(|taken| matches!(taken, Taken::Kept | Taken::Name)) {
            self.read.tokens = tokens;
            for (token, taken) in self.read.tokens.iter_mut().zip(all) {
                if let (Taken::Name, Token::Word(word)) = (taken, &mut token.token) {
                    word.keyword = Keyword::NoKeyword;
                }
            }
            return;
        }
        for (token, taken) in tokens.into_iter().zip(all) {
            match taken {
                Taken::Kept => self.read.tokens.push(token),
                Taken::Name => self.push(token, Keyword::NoKeyword),
                Taken::RowId => self.row_id(token.span),
                Taken::As([word]) => self.push(token, *word),
                Taken::As(words) => words.iter().for_each(|word| self.push(token.clone(), *word)),
                Taken::Out(_) => {}
            }
        }
    }

    fn one(&mut self, token: &TokenWithSpan, before: &[TokenWithSpan], after: &[TokenWithSpan]) -> Taken {
        match &token.token {
            Token::LParen => self.casts.push((before.last().is_some_and(|last| is_cast(keyword(last))), false)),
            Token::RParen => {
                self.casts.pop();
            }
            Token::Word(_) if !self.read.key.is_empty() && is_row_id(token) => return Taken::RowId,
            Token::Word(_) => return self.taken(before, after),
            _ => {}
        }
        Taken::Kept
    }

    /// Puts the key down, in the place of a row id.
    fn row_id(&mut self, span: Span) {
        let word = Word { value: self.read.key.to_owned(), quote_style: None, keyword: Keyword::NoKeyword };
        self.read.row_ids.push(span);
        self.read.tokens.push(TokenWithSpan { token: Token::Word(word), span });
    }

    /// Puts a word down, in the place of a token.
    fn push(&mut self, mut token: TokenWithSpan, keyword: Keyword) {
        if let Token::Word(word) = &mut token.token {
            word.keyword = keyword;
        }
        self.read.tokens.push(token);
    }

    fn taken(&mut self, before: &[TokenWithSpan], after: &[TokenWithSpan]) -> Taken {
        use Keyword::{
            ALL, AS, BETWEEN, DOUBLE, EXCLUDE, EXPLAIN, EXTRACT, GLOB, GROUPS, LIMIT, MATERIALIZED, NOT, NULL,
        };
        let next = |place: usize| after.get(place).map_or(Keyword::NoKeyword, keyword);
        let is = |place: usize, sign: &Token| after.get(place).is_some_and(|token| token.token == *sign);
        let last = |place: usize| before.len().checked_sub(place).and_then(|place| before.get(place));
        let said = |place: usize| last(place).map_or(Keyword::NoKeyword, keyword);
        let (word, previous) = (next(0), said(1));
        if word == Keyword::NoKeyword {
            // An operator, but before a bracket, where PostgreSQL takes it for a function.
            let is_null = after.first().is_some_and(|token| is_word(token, "ISNULL")) && !is(1, &Token::LParen);
            return if is_null && previous != AS { Taken::As(&[Keyword::IS, NULL]) } else { Taken::Kept };
        }
        self.options = word == EXPLAIN && before.is_empty() || self.options && !begins(word);
        if let Some(cast) = self.casts.last_mut() {
            cast.1 |= cast.0 && word == AS;
        }
        if self.options || self.casts.iter().any(|(_, typed)| *typed) {
            return Taken::Kept;
        }
        if (previous, word) == (LIMIT, ALL)
            && let (Some(from), Some(to)) = (last(1), after.first())
        {
            self.read.idle.push(from.span.union(&to.span));
        }
        match (previous, word) {
            (AS, MATERIALIZED) if is(1, &Token::LParen) => Taken::Out(0),
            (AS, NOT) if next(1) == MATERIALIZED && is(2, &Token::LParen) => Taken::Out(1),
            (AS, _) => Taken::Name,
            // Elsewhere it can be a name, even that of a whole row: `(SELECT exclude ties)`.
            (Keyword::PRECEDING | Keyword::FOLLOWING | Keyword::ROW, EXCLUDE) if excluded(after) > 0 => {
                Taken::Out(excluded(after).saturating_sub(1))
            }
            (BETWEEN, Keyword::SYMMETRIC | Keyword::ASYMMETRIC) => Taken::Out(0),
            // Another kind of pattern, of which nothing is known; the others read it as it is.
            (NOT, GLOB) => Taken::As(&[Keyword::REGEXP]),
            // A frame of another kind names the same columns.
            (_, GROUPS) if is_frame(after) => Taken::As(&[Keyword::ROWS]),
            // A type, or what EXTRACT takes.
            _ if last(1).is_some_and(|token| token.token == Token::DoubleColon) => Taken::Kept,
            (DOUBLE, Keyword::PRECISION) => Taken::Kept,
            _ if said(2) == EXTRACT => Taken::Kept,
            _ if matches!(after.get(1).map(|token| &token.token), Some(Token::SingleQuotedString(_))) => Taken::Kept,
            _ if is_in(self.words, word) || is_in(&IN_CALLS, word) && is(1, &Token::LParen) => Taken::Kept,
            _ => Taken::Name,
        }
    }
}

fn is_cast(word: Keyword) -> bool {
    matches!(word, Keyword::CAST | Keyword::TREAT)
}

/// Whether a statement over rows begins with it.
fn begins(word: Keyword) -> bool {
    use Keyword::{DELETE, INSERT, MERGE, REPLACE, SELECT, UPDATE, VALUES, WITH};
    matches!(word, SELECT | WITH | VALUES | INSERT | REPLACE | UPDATE | DELETE | MERGE)
}

/// How many words say what a frame leaves out.
fn excluded(after: &[TokenWithSpan]) -> usize {
    use Keyword::{CURRENT, GROUP, NO, ROW, TIES};
    let next = |place: usize| after.get(place).map_or(Keyword::NoKeyword, keyword);
    let words = match (next(1), next(2)) {
        (CURRENT, ROW) => 3,
        (NO, _) if after.get(2).is_some_and(|token| is_word(token, "OTHERS")) => 3,
        (TIES | GROUP, _) => 2,
        _ => 0, // no such words
    };
    let ends = after.get(words).is_some_and(|token| token.token == Token::RParen);
    if ends { words } else { 0 }
}

/// Whether the bounds of a frame follow.
fn is_frame(after: &[TokenWithSpan]) -> bool {
    match after.get(1) {
        Some(token) => {
            matches!(token.token, Token::Number(..))
                || matches!(keyword(token), Keyword::BETWEEN | Keyword::UNBOUNDED | Keyword::CURRENT)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests;
