//! Words that reading A's grammar lacks and that name nothing: how a frame counts, whether a WITH is kept, which bound is lower.
//!
//! They are blanked for A alone, byte for byte, so that its spans hold; the other readings, and whoever runs the statement, get the
//! text as it was judged. Inside of a literal that changes nothing that A looks at; inside of a quoted name the readings differ,
//! and that is a refusal.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What A cannot read: the named group of each match.
static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bAS\s+(?<kept>(?:NOT\s+)?MATERIALIZED)\s*\(",
        r"|\b(?<left>EXCLUDE\s+(?:CURRENT\s+ROW|TIES|GROUP|NO\s+OTHERS))\s*\)",
        r"|\bBETWEEN\s+(?<bound>SYMMETRIC)\b",
        r"|\bNOT\s+(?<glob>GLOB)\b",
        r"|\b(?<frame>GROUPS)\s+(?:BETWEEN|UNBOUNDED|CURRENT|[0-9])",
    ))
    .ok()
});

/// The statement as A can read it; as long as it was.
pub(super) fn for_reading_a(sql: &str) -> Cow<'_, str> {
    let Some(words) = WORDS.as_ref() else { return Cow::Borrowed(sql) };
    words.replace_all(sql, |found: &Captures<'_>| {
        let whole = found.get(0).map_or("", |whole| whole.as_str());
        let blank = |name: &str| found.name(name).map(|word| (word.as_str(), " ".repeat(word.len())));
        // A frame of another kind names the same columns.
        let frame = found.name("frame").map(|word| (word.as_str(), "ROWS  ".to_owned()));
        // Another kind of pattern; the engine and the second grammar read it as it is.
        let glob = found.name("glob").map(|word| (word.as_str(), "LIKE".to_owned()));
        let changed = ["kept", "left", "bound"].into_iter().find_map(blank).or(frame).or(glob);
        changed.map_or_else(|| whole.to_owned(), |(word, instead)| whole.replacen(word, &instead, 1))
    })
}

#[cfg(test)]
mod tests {
    use super::for_reading_a;

    #[test]
    fn words_are_blanked_and_nothing_moves() {
        for (sql, read) in [
            ("WITH t AS NOT  MATERIALIZED (SELECT 1)", "WITH t AS                   (SELECT 1)"),
            ("OVER (ORDER BY a GROUPS 2 PRECEDING EXCLUDE TIES)", "OVER (ORDER BY a ROWS   2 PRECEDING             )"),
            ("a between Symmetric 5 AND 1", "a between           5 AND 1"),
            ("a not glob 'x*' AND b GLOB 'y'", "a not LIKE 'x*' AND b GLOB 'y'"),
            ("SELECT groups, 'é exclude' FROM t", "SELECT groups, 'é exclude' FROM t"),
        ] {
            assert_eq!(for_reading_a(sql), read);
            assert_eq!(for_reading_a(sql).len(), sql.len());
        }
    }
}
