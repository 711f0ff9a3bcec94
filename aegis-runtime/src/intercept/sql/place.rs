//! Where the fault of a refusal is, and what was meant: every refusal of a statement points into it.

use super::SqlRefusal;
use sqlparser::ast::Spanned;
use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Location, Span};

/// A statement by its lines, so that a parser's place becomes bytes without a walk from the beginning.
pub(super) struct Lines<'sql> {
    sql: &'sql str,
    starts: Vec<usize>,
    /// Where each character begins; empty where all are of one byte.
    chars: Vec<usize>,
}

impl<'sql> Lines<'sql> {
    pub(super) fn new(sql: &'sql str) -> Self {
        let ends = sql.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        let wide = Some(sql).filter(|sql| !sql.is_ascii());
        let chars = wide.map_or_else(Vec::new, |sql| sql.char_indices().map(|(at, _)| at).collect());
        Self { sql, starts: std::iter::once(0).chain(ends).collect(), chars }
    }

    /// Bytes from the beginning, of a line and a column that count characters from 1.
    pub(super) fn byte_of(&self, location: Location) -> usize {
        let line = usize::try_from(location.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let column = usize::try_from(location.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line) else { return self.sql.len() };
        if self.chars.is_empty() {
            return start.saturating_add(column).min(self.sql.len());
        }
        let first = self.chars.partition_point(|at| at < start);
        self.chars.get(first.saturating_add(column)).copied().unwrap_or(self.sql.len())
    }

    pub(super) fn bytes_of(&self, span: Span) -> (usize, usize) {
        (self.byte_of(span.start), self.byte_of(span.end))
    }

    /// The bytes of a part of the tree, where the parser kept them.
    pub(super) fn bytes<S: Spanned>(&self, part: &S) -> Option<(usize, usize)> {
        let span = part.span();
        (span != Span::empty()).then(|| self.bytes_of(span)).filter(|(from, to)| from < to)
    }
}

impl SqlRefusal {
    /// Points at the name that the refusal is about, or else at the whole statement.
    pub(super) fn placed(mut self, sql: &str) -> Self {
        let named = self.detail.split('`').nth(1).and_then(|name| word(sql, name));
        self.bytes = self.bytes.or(named).or(Some(whole(sql)));
        self
    }

    /// Points at a part, where the parser kept its place.
    pub(super) fn at_part(mut self, bytes: Option<(usize, usize)>) -> Self {
        self.bytes = bytes.or(self.bytes);
        self
    }
}

/// Where the parser stopped: its words end with it.
pub(super) fn place_of(error: &ParserError) -> Option<Location> {
    let (ParserError::ParserError(words) | ParserError::TokenizerError(words)) = error else { return None };
    let (line, column) = words.rsplit_once(" at Line: ")?.1.split_once(", Column: ")?;
    Some(Location { line: line.parse().ok()?, column: column.parse().ok()? })
}

/// The bytes of a statement without the blanks around it.
pub(super) fn whole(sql: &str) -> (usize, usize) {
    let from = sql.len().saturating_sub(sql.trim_start().len());
    (from, sql.trim_end().len().max(from))
}

/// The first place of a name that stands alone, in either case.
fn word(sql: &str, name: &str) -> Option<(usize, usize)> {
    let (hay, needle) = (sql.to_ascii_lowercase(), name.to_ascii_lowercase());
    let alone = |letter: Option<char>| !letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let place = |(from, found): (usize, &str)| {
        let to = from.saturating_add(found.len());
        let before = hay.get(..from).and_then(|head| head.chars().next_back());
        let after = hay.get(to..).and_then(|rest| rest.chars().next());
        (alone(before) && alone(after)).then_some((from, to))
    };
    if needle.is_empty() { None } else { hay.match_indices(&needle).find_map(place) }
}

/// "did you mean", within three letters of a name there is; else all of them.
pub(super) fn suggest<'name>(said: &str, known: impl Iterator<Item = &'name str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let near = known.iter().map(|name| (distance(said, name), *name)).min();
    match near {
        Some((far, name)) if far <= 3 && far < name.len() => format!("did you mean `{name}`?"),
        _ => {
            let shown: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("use one of {}", shown.join(", "))
        }
    }
}

/// Letters to change, add or leave out.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().take(64).enumerate() {
        let mut next = vec![above.saturating_add(1)];
        for (at, against) in other.iter().enumerate() {
            let cost = |at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let kept = cost(at).saturating_add(usize::from(*against != letter));
            let left = next.last().copied().unwrap_or(usize::MAX).saturating_add(1);
            next.push(kept.min(left).min(cost(at.saturating_add(1)).saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Lines, suggest, word};
    use sqlparser::tokenizer::Location;

    #[test]
    fn places_are_bytes() {
        let lines = Lines::new("SELECT 'é',\n  id FROM orders");
        assert_eq!(lines.byte_of(Location { line: 1, column: 11 }), 11);
        assert_eq!(lines.byte_of(Location { line: 2, column: 3 }), 15);
        assert_eq!(lines.byte_of(Location { line: 9, column: 9 }), 29);
    }

    #[test]
    fn names_are_found_alone() {
        assert_eq!(word("SELECT emailed, EMAIL FROM t", "email"), Some((16, 21)));
        assert_eq!(word("SELECT 1", "email"), None);
        assert_eq!(suggest("emial", ["id", "email"].into_iter()), "did you mean `email`?");
        assert_eq!(suggest("x", ["id", "email"].into_iter()), "use one of `email`, `id`");
    }
}
