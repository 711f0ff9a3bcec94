//! A declared name in text, of a column, a line or an element, and whether it means there what was declared.

use super::detect::is_code;
use super::kin::{Kin, is_doubted};
use super::plan::Plan;
use super::talk::is_talk;
use crate::vocabulary::Class;

/// So many lines to either side belong to the line of a name, and so many of a text say what it is about.
const LINES: usize = 40;
const DOCUMENT: usize = 400;
/// Fewest lines of code that make a text a program's.
const PROGRAM: usize = 2;
/// Keys of what a program does, step by step.
const STEPS: &[&str] = &["run", "uses", "jobs", "steps", "script", "stages", "runs-on", "needs"];

/// A declared name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) class: Class,
    /// What stands beside it; nothing where its name is not doubted.
    kin: Option<Kin>,
    /// Whether its values may be talk.
    lenient: bool,
}

impl Column {
    /// Nothing for a name that is not declared.
    pub(super) fn of(plan: &Plan, name: &str, kin: impl FnOnce() -> Kin) -> Option<Self> {
        // A placeholder of ours is the name of nothing.
        let class = plan.column(name).filter(|_| !name.contains('['))?;
        let lenient = plan.doubts_names;
        let doubted = lenient && class == Class::PersonName && is_doubted(name);
        Some(Self { class, kin: doubted.then(kin), lenient })
    }

    /// Whether a value is one of what was declared.
    pub(super) fn means(&self, value: &str) -> bool {
        !(self.lenient && is_talk(self.class, value) || self.kin.is_some_and(|kin| kin.spares(value)))
    }
}

/// Lines of a text with where they begin, without their ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The key of `key: value` or `key = value`, with its marks, and where its sign stands.
pub(super) fn key(line: &str) -> Option<(&str, usize)> {
    let mark = line.bytes().position(|byte| matches!(byte, b':' | b'=')).filter(|mark| *mark <= 72)?;
    let name = line.get(..mark)?.trim_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '-' | '*' | '#' | '>' | '"' | '\'' | '`' | '•' | '{' | ',')
    });
    Some((name, mark))
}

/// What all lines of a text say together: of a program, or of somebody.
pub(super) fn document(text: &str) -> Kin {
    let (mut kin, mut code) = (Kin::default(), 0);
    for (_, line) in lines(text).take(DOCUMENT) {
        if let Some((key, _)) = key(line) {
            kin.add(key);
        }
        code += usize::from(is_code(line));
    }
    if code >= PROGRAM { kin.in_code() } else { kin }
}

/// What the lines around one say that are of the same block, in a text that says something itself.
pub(super) fn block(text: &str, start: usize, document: Kin) -> Kin {
    let (head, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let mut behind = lines(rest).map(|(_, line)| line);
    let Some(own) = behind.next() else { return Kin::default() };
    let depth = indent(own);
    // `name=web version=2` and `NAME=web` of an environment.
    let mut kin = Kin::of(own.split(' ').skip(1).filter_map(|word| Some(word.split_once('=')?.0)));
    key(own).into_iter().for_each(|(key, _)| kin.add(key));
    if own.starts_with(|letter: char| letter.is_ascii_uppercase())
        && own.split_once('=').is_some_and(|(name, _)| is_constant(name))
    {
        kin = kin.loosely();
    }
    for line in behind.take(LINES).take_while(|line| !ends(line)) {
        match indent(line).cmp(&depth) {
            std::cmp::Ordering::Less => break,
            std::cmp::Ordering::Equal if is_item(line) => break,
            std::cmp::Ordering::Equal => key(line).into_iter().for_each(|(key, _)| kin = step(kin, key)),
            std::cmp::Ordering::Greater => {}
        }
    }
    let mut first = is_item(own);
    for line in head.trim_end_matches('\n').rsplit('\n').take(LINES).map(|line| line.trim_end_matches('\r')) {
        if let Some(section) = line.trim().strip_prefix('[').and_then(|line| line.split(']').next()) {
            return kin.under(section.trim_matches('[').rsplit('.').next().unwrap_or(section)).within(document);
        }
        if ends(line) {
            break;
        }
        match indent(line).cmp(&depth) {
            std::cmp::Ordering::Less => {
                let word = |line: &str| line.trim().split([' ', '(']).next().map(str::to_owned);
                let parent = key(line).map(|(key, _)| key.to_owned()).or_else(|| word(line)).unwrap_or_default();
                return kin.under(&parent).within(document);
            }
            std::cmp::Ordering::Equal if !first => {
                key(line).into_iter().for_each(|(key, _)| kin = step(kin, key));
                first = is_item(line);
            }
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => {}
        }
    }
    kin.within(document)
}

/// The same with one more key of a block.
fn step(mut kin: Kin, key: &str) -> Kin {
    kin.add(key);
    if STEPS.contains(&key) { kin.under("job") } else { kin }
}

/// Where the key of a line begins; an item's dash is not of it.
fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'-')).count()
}

fn is_constant(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// Whether a block ends: at a blank line, at a line of marks, at a title.
fn ends(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with("---") || line.starts_with('[')
}
