//! Forms of PostgreSQL that reading A's grammar lacks, in tokens that it knows: `TABLE t` is `SELECT * FROM t`, `ROWS FROM (f(1), g(2))` is
//! `UNNEST(f(1), g(2))`, `(c).*` is `c.*`, and the SEARCH and CYCLE of a recursion are left out, with the columns that they give noted.
//!
//! *Invariants.* Only whole forms are taken, each token in the place of one that was there; a form that is not quite one stays, and A
//! refuses it. The other reading, and whoever runs the statement, get the text as it was judged.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the tokens of the parser are foreign and grow; one that is not named here is no part of a form"
)]

use super::reading_a::OURS;
use crate::spec::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan};

/// Functions that give rows of one column each.
pub(super) const SINGLE: [&str; 11] = [
    "generate_series",
    "generate_subscripts",
    "json_array_elements",
    "json_array_elements_text",
    "json_object_keys",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_object_keys",
    "regexp_split_to_table",
    "string_to_table",
    "unnest",
];

/// Columns that a name of a WITH has beside those of its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Generated {
    /// Where the name stands.
    pub(super) at: Location,
    /// The columns, folded.
    pub(super) columns: Vec<String>,
    /// Columns of its query that no row has in common with one that it follows from.
    pub(super) cycle: Vec<String>,
}

/// A statement in tokens that A can parse, and what they no longer say.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) tokens: Vec<TokenWithSpan>,
    pub(super) generated: Vec<Generated>,
    /// Every TABLE that is a query.
    pub(super) tables: Vec<Span>,
    /// What names nothing, and the second grammar cannot read.
    pub(super) idle: Vec<Span>,
}

/// The forms of a statement, as A may take them.
pub(super) fn for_reading_a(tokens: Vec<TokenWithSpan>, dialect: Dialect) -> Forms {
    if dialect == Dialect::Sqlite || !may_hold(&tokens) {
        return Forms { tokens, ..Forms::default() };
    }
    let tokens: Vec<_> = tokens.into_iter().filter(|token| !matches!(token.token, Token::Whitespace(_))).collect();
    let mut forms = Forms { tokens: Vec::with_capacity(tokens.len()), ..Forms::default() };
    let mut at = 0_usize;
    while let Some(token) = tokens.get(at) {
        let (before, after) = tokens.split_at(at);
        at = at.saturating_add(forms.take(token, before, after));
    }
    forms
}

/// Whether any form can stand there: most statements hold none, and are not copied.
fn may_hold(tokens: &[TokenWithSpan]) -> bool {
    use Keyword::{CYCLE, FETCH, ROWS, SEARCH, TABLE};
    let mut closed = false;
    tokens.iter().any(|token| {
        let holds = matches!(keyword(Some(token)), TABLE | SEARCH | CYCLE | ROWS | FETCH)
            || closed && token.token == Token::Period;
        closed = token.token == Token::RParen || closed && matches!(token.token, Token::Whitespace(_));
        holds
    })
}

impl Forms {
    /// Takes a form, or one token; how many tokens were taken.
    fn take(&mut self, token: &TokenWithSpan, before: &[TokenWithSpan], after: &[TokenWithSpan]) -> usize {
        let put = |read: Token| TokenWithSpan { token: read, span: token.span };
        if is_table(before, after) {
            self.tables.push(token.span);
            let select = [Token::make_keyword("SELECT"), Token::Mul, Token::make_keyword("FROM")];
            self.tokens.extend(select.into_iter().map(put));
            return 1;
        }
        if is_rows_from(before, after) {
            self.tokens.push(put(Token::make_keyword("UNNEST")));
            return 2;
        }
        if is_row(after) {
            // The name alone, and the star.
            self.tokens.extend(after.get(1).into_iter().chain(after.get(3..5).unwrap_or_default()).cloned());
            return 5;
        }
        if let Some((length, found)) = search_or_cycle(before, after) {
            self.generated.push(found);
            return length;
        }
        self.idle.extend(offset(after));
        self.tokens.push(token.clone());
        1
    }
}

/// `OFFSET 3` before a FETCH, where the second grammar wants the word ROWS between.
fn offset(after: &[TokenWithSpan]) -> Option<Span> {
    let (offset, number) = (after.first()?, after.get(1)?);
    let form = says(offset, "OFFSET") && matches!(number.token, Token::Number(..)) && says(after.get(2)?, "FETCH");
    form.then(|| offset.span.union(&number.span))
}

fn says(token: &TokenWithSpan, said: &str) -> bool {
    matches!(&token.token, Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(said))
}

fn keyword(token: Option<&TokenWithSpan>) -> Keyword {
    match token.map(|token| &token.token) {
        Some(Token::Word(word)) => word.keyword,
        _ => Keyword::NoKeyword,
    }
}

fn is(token: Option<&TokenWithSpan>, sign: &Token) -> bool {
    token.is_some_and(|token| token.token == *sign)
}

/// The folded name that a token is.
fn name(token: Option<&TokenWithSpan>) -> Option<String> {
    match token.map(|token| &token.token) {
        Some(Token::Word(word)) => Some(word.value.to_ascii_lowercase()),
        _ => None,
    }
}

/// TABLE where a query begins, and a name behind it.
fn is_table(before: &[TokenWithSpan], after: &[TokenWithSpan]) -> bool {
    use Keyword::{ALL, DISTINCT, EXCEPT, INTERSECT, UNION};
    let joins = |token: Option<&TokenWithSpan>| matches!(keyword(token), UNION | EXCEPT | INTERSECT);
    let last = before.last();
    let begins = match last.map(|token| &token.token) {
        None | Some(Token::LParen | Token::RParen) => true,
        _ => joins(last) || matches!(keyword(last), ALL | DISTINCT) && joins(before.iter().rev().nth(1)),
    };
    begins && after.first().is_some_and(|token| says(token, "TABLE")) && name(after.get(1)).is_some()
}

/// `(c).*`, which is `c.*` where `c` is a row.
fn is_row(after: &[TokenWithSpan]) -> bool {
    let signs = [(0, Token::LParen), (2, Token::RParen), (3, Token::Period), (4, Token::Mul)];
    signs.iter().all(|(place, sign)| is(after.get(*place), sign)) && name(after.get(1)).is_some()
}

/// `ROWS FROM (f(…), g(…)) AS x(a, b)`: functions of one column each, and a name for every column.
fn is_rows_from(before: &[TokenWithSpan], after: &[TokenWithSpan]) -> bool {
    let starts = is(before.last(), &Token::Comma) || matches!(keyword(before.last()), Keyword::FROM | Keyword::JOIN);
    let form = after.first().is_some_and(|token| says(token, "ROWS")) && keyword(after.get(1)) == Keyword::FROM;
    let Some((calls, behind)) = bracketed(after.get(2..).unwrap_or_default()).filter(|_| starts && form) else {
        return false;
    };
    let is_call = |call: &&[TokenWithSpan]| {
        let single = name(call.first()).is_some_and(|name| SINGLE.contains(&name.as_str()));
        let whole = call.get(1..).and_then(bracketed).filter(|(_, behind)| behind.is_empty());
        single
            && whole
                .is_some_and(|(given, _)| name(call.first()).as_deref() != Some("unnest") || parts(given).len() == 1)
    };
    let alias = if keyword(behind.first()) == Keyword::AS { behind.get(1..).unwrap_or_default() } else { behind };
    let columns = alias.get(1..).and_then(bracketed).map(|(columns, _)| parts(columns).len());
    let calls = parts(calls);
    calls.iter().all(is_call) && name(alias.first()).is_some() && columns == Some(calls.len())
}

/// What stands in a bracket that these begin with, and what stands behind it.
fn bracketed(tokens: &[TokenWithSpan]) -> Option<(&[TokenWithSpan], &[TokenWithSpan])> {
    if !is(tokens.first(), &Token::LParen) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.token {
            Token::LParen => depth = depth.saturating_add(1),
            Token::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some((tokens.get(1..at)?, tokens.get(at.saturating_add(1)..)?));
        }
    }
    None
}

/// The parts between commas that no bracket holds.
fn parts(tokens: &[TokenWithSpan]) -> Vec<&[TokenWithSpan]> {
    let mut depth = 0_usize;
    let split = |token: &TokenWithSpan| {
        match token.token {
            Token::LParen | Token::LBracket => depth = depth.saturating_add(1),
            Token::RParen | Token::RBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.token == Token::Comma
    };
    tokens.split(split).collect()
}

/// `SEARCH DEPTH FIRST BY a SET b`, `CYCLE a SET b USING c` behind the query of a WITH: their length, and what they give.
fn search_or_cycle(before: &[TokenWithSpan], after: &[TokenWithSpan]) -> Option<(usize, Generated)> {
    let at = given_name(before)?;
    let mut form = Form { tokens: after, at: 0, columns: Vec::new(), cycle: Vec::new() };
    for part in [Form::search, Form::cycle] {
        let (from, given) = (form.at, form.columns.len());
        if part(&mut form).is_none() {
            form.at = from;
            form.columns.truncate(given);
            form.cycle.clear();
        }
    }
    let ours = form.columns.iter().any(|column| column.starts_with(OURS));
    (form.at > 0 && !ours).then_some((form.at, Generated { at, columns: form.columns, cycle: form.cycle }))
}

/// Where the name stands that a WITH gives to the query that these end with.
fn given_name(before: &[TokenWithSpan]) -> Option<Location> {
    let opened = |tokens: &[TokenWithSpan]| -> Option<usize> {
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate().rev() {
            match token.token {
                Token::RParen => depth = depth.saturating_add(1),
                Token::LParen => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(at).filter(|_| token.token == Token::LParen);
            }
        }
        None
    };
    let mut head = before.get(..opened(before)?)?;
    for word in ["MATERIALIZED", "NOT"] {
        head = head.split_last().filter(|(last, _)| says(last, word)).map_or(head, |(_, rest)| rest);
    }
    let (last, mut head) = head.split_last()?;
    if keyword(Some(last)) != Keyword::AS {
        return None;
    }
    if is(head.last(), &Token::RParen) {
        head = head.get(..opened(head)?)?;
    }
    let (given, head) = head.split_last()?;
    let listed = is(head.last(), &Token::Comma) || matches!(keyword(head.last()), Keyword::WITH | Keyword::RECURSIVE);
    name(Some(given)).filter(|_| listed).map(|_| given.span.start)
}

/// A form, read from its beginning.
struct Form<'sql> {
    tokens: &'sql [TokenWithSpan],
    at: usize,
    /// The columns that it gives.
    columns: Vec<String>,
    /// Those that a CYCLE tells rows by.
    cycle: Vec<String>,
}

impl Form<'_> {
    fn next(&mut self) -> Option<&TokenWithSpan> {
        let token = self.tokens.get(self.at);
        self.at = self.at.saturating_add(1);
        token
    }

    fn word(&mut self, said: &str) -> Option<()> {
        self.next().filter(|token| says(token, said)).map(|_| ())
    }

    fn name(&mut self) -> Option<String> {
        name(self.next())
    }

    fn names(&mut self) -> Option<Vec<String>> {
        let mut names = vec![self.name()?];
        while is(self.tokens.get(self.at), &Token::Comma) {
            self.at = self.at.saturating_add(1);
            names.push(self.name()?);
        }
        Some(names)
    }

    fn gives(&mut self) -> Option<()> {
        let column = self.name()?;
        self.columns.push(column);
        Some(())
    }

    /// A value of one token.
    fn value(&mut self) -> Option<()> {
        self.next().filter(|token| match &token.token {
            Token::SingleQuotedString(_) | Token::Number(..) => true,
            _ => says(token, "TRUE") || says(token, "FALSE"),
        })?;
        Some(())
    }

    fn search(&mut self) -> Option<()> {
        self.word("SEARCH")?;
        self.next().filter(|token| says(token, "DEPTH") || says(token, "BREADTH"))?;
        self.word("FIRST")?;
        self.word("BY")?;
        self.names()?;
        self.word("SET")?;
        self.gives()
    }

    fn cycle(&mut self) -> Option<()> {
        self.word("CYCLE")?;
        self.cycle = self.names()?;
        self.word("SET")?;
        self.gives()?;
        if self.tokens.get(self.at).is_some_and(|token| says(token, "TO")) {
            self.word("TO")?;
            self.value()?;
            self.word("DEFAULT")?;
            self.value()?;
        }
        self.word("USING")?;
        self.gives()
    }
}

#[cfg(test)]
mod tests {
    use super::{Forms, for_reading_a};
    use crate::spec::Dialect;
    use sqlparser::dialect::PostgreSqlDialect;
    use sqlparser::tokenizer::{Token, Tokenizer};

    fn read(sql: &str) -> (String, Vec<Vec<String>>) {
        let tokens = Tokenizer::new(&PostgreSqlDialect {}, sql).tokenize_with_location().unwrap();
        let Forms { tokens, generated, .. } = for_reading_a(tokens, Dialect::Postgres);
        let words = tokens.iter().filter(|token| !matches!(token.token, Token::Whitespace(_)));
        let text = words.map(|token| token.token.to_string()).collect::<Vec<_>>().join(" ");
        (text, generated.into_iter().map(|given| given.columns).collect())
    }

    #[test]
    fn forms_are_read_in_words_that_are_known() {
        for (sql, text) in [
            ("TABLE orders LIMIT 3", "SELECT * FROM orders LIMIT 3"),
            ("(TABLE a) UNION ALL TABLE b", "( SELECT * FROM a ) UNION ALL SELECT * FROM b"),
            ("DROP TABLE orders", "DROP TABLE orders"),
            ("SELECT (c).*, (c).id FROM c", "SELECT c . * , ( c ) . id FROM c"),
            ("SELECT \"table\" x", "SELECT \"table\" x"),
            (
                "SELECT 1 FROM ROWS FROM (unnest(a), generate_series(1, 2)) AS x(a, b)",
                "SELECT 1 FROM UNNEST ( unnest ( a ) , generate_series ( 1 , 2 ) ) AS x ( a , b )",
            ),
            (
                "SELECT 1 FROM ROWS FROM (json_each(a)) AS x(a, b)",
                "SELECT 1 FROM ROWS FROM ( json_each ( a ) ) AS x ( a , b )",
            ),
            ("SELECT 1 FROM ROWS FROM (unnest(a)) x", "SELECT 1 FROM ROWS FROM ( unnest ( a ) ) x"),
            ("SELECT 1 FROM f(1) search", "SELECT 1 FROM f ( 1 ) search"),
        ] {
            assert_eq!(read(sql), (text.to_owned(), Vec::new()));
        }
    }

    #[test]
    fn a_recursion_has_columns_of_its_own() {
        let given = |names: &[&str]| vec![names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
        for (clause, names) in [
            ("SEARCH DEPTH FIRST BY id, b SET ord", &["ord"][..]),
            ("CYCLE id SET is_cycle USING path", &["is_cycle", "path"]),
            ("SEARCH BREADTH FIRST BY id SET o CYCLE id SET c TO 'y' DEFAULT 'n' USING p", &["o", "c", "p"]),
        ] {
            for head in ["h AS", "h(id, b) AS NOT MATERIALIZED", "x AS (SELECT 1), h AS"] {
                let sql = format!("WITH RECURSIVE {head} (SELECT 1) {clause} SELECT 1");
                let (text, columns) = read(&sql);
                assert!(text.ends_with("( SELECT 1 ) SELECT 1"), "{text}");
                assert_eq!(columns, given(names));
            }
        }
        for clause in ["SEARCH DEPTH FIRST BY id", "CYCLE id SET c", "CYCLE id SET aegis_x USING p"] {
            assert_eq!(read(&format!("WITH RECURSIVE h AS (SELECT 1) {clause} SELECT 1")).1, Vec::<Vec<String>>::new());
        }
    }
}
