//! Words that reading A's grammar lacks and that name nothing: how a frame counts, whether a WITH is kept, which bound is lower.
//!
//! They are blanked for A alone, byte for byte, so that its spans hold; the other readings, and whoever runs the statement, get the
//! text as it was judged. Inside of a literal that changes nothing that A looks at; inside of a quoted name the readings differ,
//! and that is a refusal.

use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What is blanked: the first group of each match.
static WORDS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?i)\bAS\s+((?:NOT\s+)?MATERIALIZED)\s*\(",
        r"(?i)\b(EXCLUDE\s+(?:CURRENT\s+ROW|TIES|GROUP|NO\s+OTHERS))\s*\)",
        r"(?i)\bBETWEEN\s+(SYMMETRIC)\b",
        // `GROUPS` becomes `ROWS`: a frame of another kind names the same columns.
        r"(?i)\bG(R)OUPS\s+(?:BETWEEN|UNBOUNDED|CURRENT|[0-9])",
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// The statement as A can read it; as long as it was.
pub(super) fn for_reading_a(sql: &str) -> Cow<'_, str> {
    let places: Vec<_> = WORDS
        .iter()
        .flat_map(|word| word.captures_iter(sql))
        .filter_map(|found| found.get(1))
        .map(|found| {
            if found.as_str().eq_ignore_ascii_case("r") {
                (found.start() - 1..found.end() + 4, true)
            } else {
                (found.range(), false)
            }
        })
        .collect();
    if places.is_empty() {
        return Cow::Borrowed(sql);
    }
    let mut text = sql.as_bytes().to_vec();
    for (place, groups) in places {
        for (at, byte) in text.iter_mut().enumerate().take(place.end).skip(place.start) {
            let word = b"ROWS  ".get(at - place.start).copied().filter(|_| groups);
            *byte = word.unwrap_or(b' ');
        }
    }
    String::from_utf8(text).map_or(Cow::Borrowed(sql), Cow::Owned)
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
            ("SELECT groups, 'é exclude' FROM t", "SELECT groups, 'é exclude' FROM t"),
        ] {
            assert_eq!(for_reading_a(sql), read);
            assert_eq!(for_reading_a(sql).len(), sql.len());
        }
    }
}
