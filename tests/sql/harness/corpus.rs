//! The corpora: `.sql` files of blocks between blank lines, with directives on lines that begin with `--!`.
//!
//! `--! dialect: both | sqlite | postgres` · `--! tool: query | execute | both` · `--! technique: 45` · `--! must: deny | hold` ·
//! `--! masked` / `--! plain` · `--! escaped` / `--! literal`: `\u{…}` and `\n` in what follows are what they say.
//! A directive holds until the next one of its kind.

use std::fs;
use std::path::Path;

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

/// Every case of a folder for an engine, in order of file and line.
pub(crate) fn read(folder: &str, engine: Engine) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql").join(folder);
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

/// The statements of a list of what is known to fail; an absent file is an empty list.
pub(crate) fn known(name: &str, engine: Engine) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql/known").join(name);
    if path.is_file() { parse(&path, engine).into_iter().map(|case| case.sql).collect() } else { Vec::new() }
}
