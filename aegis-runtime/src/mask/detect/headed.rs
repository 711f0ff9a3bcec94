//! Secrets below the head of a column that names them: in delimited text, `user,password`, and in Markdown, `| Secret access key |`.

use super::assigned::{hit, is_mixed, is_secret};
use super::names::{Name, name_of, word_of};
use super::{Gate, Hit, Text, code};

/// A head stands in one of the first lines, which are no longer than this.
const LINES: usize = 6;
const LINE: usize = 512;
/// Most columns of a table, and most words of a head.
const COLUMNS: usize = 256;
const WORDS: usize = 3;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    if !may_head(text.text) {
        return;
    }
    let Some((mut at, delimiter, kinds)) = text.heads(kind_of) else { return };
    for line in text.text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let mut from = at;
        at += line.len();
        // A delimiter in quotes parts nothing.
        let mut quoted = false;
        let parts = |letter: char| {
            quoted ^= letter == '"';
            !quoted && letter == char::from(delimiter)
        };
        for (cell, kind) in line.split(parts).zip(kinds.iter().take(COLUMNS)) {
            let blank = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`');
            let value = cell.trim_matches(blank);
            let start = from + cell.len() - cell.trim_start_matches(blank).len();
            from += cell.len() + 1;
            // `varchar(64)`, and what a manual says of passwords in its tables.
            let talk = value.ends_with(')') && value.contains('(') || delimiter == b'|' && value.contains(' ');
            if let Some(kind) = *kind
                && !talk
                && is_secret(value, kind, is_mixed(value))
                && !code::is_expression(value, b"", true)
            {
                out.push(hit(start, start + value.len(), "headed", Gate::Context(word_of(kind))));
            }
        }
    }
}

/// A cheap look: whether any cell of the first lines names a secret.
fn may_head(text: &str) -> bool {
    let parts = |letter: char| matches!(letter, ',' | ';' | '|' | '\t');
    let lines = text.split('\n').take(LINES).filter(|line| line.len() <= LINE && line.contains(parts));
    lines.flat_map(|line| line.split(parts)).any(|name| kind_of(name).is_some())
}

/// What a head says of the cells below it.
fn kind_of(name: &str) -> Option<Name> {
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '*' | '`'));
    (name.split(' ').count() <= WORDS).then(|| name_of(name)).flatten()
}
