//! The corpora: `.sql` files of blocks between blank lines, with directives on lines that begin with `--!`.
//!
//! `--! dialect: both | sqlite | postgres` · `--! tool: query | execute | both` · `--! technique: 45` · `--! must: deny | hold` ·
//! `--! masked` / `--! plain` · `--! escaped` / `--! literal`: `\u{…}` and `\n` in what follows are what they say.
//! A directive holds until the next one of its kind.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// What must be seen of an attack, beside what must hold for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Must {
    /// It is denied: whatever it did would be wrong.
    Deny,
    /// It may be served, and then no invariant may break.
    Hold,
}

#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) technique: u32,
    pub(crate) must: Must,
    pub(crate) tools: &'static [&'static str],
    pub(crate) masked: bool,
    pub(crate) sql: String,
}

/// `AEGIS_SQL_CORPUS`: somebody's lists that stand elsewhere, in folders of the same names.
pub(crate) fn elsewhere() -> Option<PathBuf> {
    std::env::var_os("AEGIS_SQL_CORPUS").map(PathBuf::from)
}

/// `tests/sql`, from whatever package includes this, if no lists elsewhere were asked for.
fn root() -> PathBuf {
    if let Some(elsewhere) = elsewhere() {
        return elsewhere;
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().map(|above| above.join("tests/sql")).find(|path| path.is_dir()).unwrap()
}

/// Every case of a folder for an engine, in order of file and line.
pub(crate) fn read(folder: &str, engine: Engine) -> Vec<Case> {
    let folder = root().join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().flat_map(|path| parse(path, engine)).collect()
}

fn parse(path: &Path, engine: Engine) -> Vec<Case> {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let (mut cases, mut block, mut start) = (Vec::new(), Vec::new(), 0);
    let (mut ours, mut tools, mut technique) = (true, &["query", "execute"][..], 0);
    let (mut must, mut masked, mut escaped) = (Must::Hold, false, false);
    for (index, line) in text.lines().chain([""]).enumerate() {
        if let Some(directive) = line.strip_prefix("--! ") {
            let (key, value) = directive.split_once(": ").unwrap_or((directive, ""));
            match (key, value.trim()) {
                ("dialect", name) => {
                    ours = match name {
                        "both" => true,
                        "sqlite" => engine == Engine::Sqlite,
                        "postgres" => engine == Engine::Postgres,
                        other => panic!("{file}:{}: dialect {other}", index + 1),
                    }
                }
                ("tool", "query") => tools = &["query"],
                ("tool", "execute") => tools = &["execute"],
                ("tool", "both") => tools = &["query", "execute"],
                ("technique", number) => technique = number.split_whitespace().next().unwrap().parse().unwrap(),
                ("must", "deny") => must = Must::Deny,
                ("must", "hold") => must = Must::Hold,
                ("masked", _) => masked = true,
                ("plain", _) => masked = false,
                ("escaped", _) => escaped = true,
                ("literal", _) => escaped = false,
                other => panic!("{file}:{}: {other:?}", index + 1),
            }
        } else if line.is_empty() {
            let sql: String = std::mem::take(&mut block).join("\n");
            let prose = sql.lines().all(|line| line.starts_with("-- "));
            if ours && !sql.is_empty() && !prose {
                let sql = if escaped { unescape(&sql) } else { sql };
                cases.push(Case { file: file.clone(), line: start, technique, must, tools, masked, sql });
            }
        } else {
            if block.is_empty() {
                start = index + 1;
            }
            block.push(line);
        }
    }
    cases
}

fn unescape(sql: &str) -> String {
    let (mut out, mut rest) = (String::new(), sql);
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(body) = rest.strip_prefix("\\u{") {
            let (hex, tail) = body.split_once('}').unwrap();
            out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
            rest = tail;
        } else if let Some(tail) = rest.strip_prefix("\\n") {
            out.push('\n');
            rest = tail;
        } else {
            out.push('\\');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// Holds failures to a list of known ones: what is not on the list fails the test, and what is on it and holds by now does too, so
/// that a list can only shrink. `AEGIS_WRITE_KNOWN=1` writes the list anew, for review.
pub(crate) fn only_known(list: &str, engine: Engine, failures: &[(Case, String)]) {
    let path = root().join("known").join(list);
    if std::env::var_os("AEGIS_WRITE_KNOWN").is_some() {
        fs::write(&path, written(failures)).unwrap();
    }
    let known: BTreeSet<String> = parse(&path, engine).into_iter().map(|case| case.sql).collect();
    let failed: BTreeSet<&str> = failures.iter().map(|(case, _)| case.sql.as_str()).collect();
    let fresh: Vec<String> = failures
        .iter()
        .filter(|(case, _)| !known.contains(&case.sql))
        .map(|(case, reason)| format!("{}:{} [{}] {reason}\n    {}", case.file, case.line, case.technique, case.sql))
        .collect();
    assert!(fresh.is_empty(), "{} not on known/{list}:\n{}", fresh.len(), fresh.join("\n"));
    let fixed: Vec<&String> = known.iter().filter(|sql| !failed.contains(sql.as_str())).collect();
    assert!(fixed.is_empty(), "these hold by now, take them off known/{list}:\n{fixed:#?}");
}

/// Every statement that is known to fail somehow.
pub(crate) fn known(engine: Engine) -> BTreeSet<String> {
    read("known", engine).into_iter().map(|case| case.sql).collect()
}

fn written(failures: &[(Case, String)]) -> String {
    let mut seen = BTreeSet::new();
    failures
        .iter()
        .filter(|(case, _)| seen.insert(case.sql.clone()))
        .map(|(case, reason)| {
            let reason: String = reason.replace('\n', " ").chars().take(110).collect();
            let escape = |letter: char| match letter {
                '\n' | ' '..='~' => letter.to_string(),
                other => format!("\\u{{{:x}}}", u32::from(other)),
            };
            let sql: String = case.sql.chars().map(escape).collect();
            let mode = if sql == case.sql { "literal" } else { "escaped" };
            format!("--! {mode}\n-- {}:{} {reason}\n\n{sql}\n\n", case.file, case.line)
        })
        .collect()
}
