//! The estate: domains, relations, prefixes; datasets stand beside.

use super::dataset::dataset;
use super::screens::is_place;
use super::{check_id, check_name, check_why, class, domain, server, word};
use crate::diag::{Code, Diag};
use crate::ir::{CLASSES, Column, Domain, Files, Host, Ir, OwnClass, Prefix, Table};
use crate::model::estate::{ClassToml, EstateFile, HostToml, TableToml};
use std::collections::BTreeSet;
use toml::Spanned;

/// Most bytes of a compiled pattern.
const PATTERN_SIZE: usize = 1 << 19;

pub(super) const TYPES: [(&str, &str); 6] = [
    ("integer", "Integer"),
    ("number", "Number"),
    ("text", "Text"),
    ("boolean", "Boolean"),
    ("timestamp", "Timestamp"),
    ("blob", "Blob"),
];

pub(super) fn resolve(estate: &EstateFile, path: &str, ir: &mut Ir, diags: &mut Vec<Diag>) {
    for (name, toml) in &estate.domain {
        check_id(name, path, diags);
        check_why(&toml.why, path, diags);
        ir.domains.push(Domain {
            name: name.get_ref().clone(),
            why: toml.why.get_ref().clone(),
            protected: toml.protected,
            sink: toml.sink,
            literals: false,
        });
    }
    for (name, toml) in &estate.class {
        own_class(name, toml, ir, path, diags);
    }
    for (name, toml) in &estate.table {
        check_name(name, path, diags);
        if let Some(table) = table(name, toml, ir, path, diags) {
            ir.tables.push(table);
        }
    }
    ir.tables.sort_by(|one, other| (one.server, &one.name).cmp(&(other.server, &other.name)));
    for (name, toml) in &estate.objects {
        check_id(name, path, diags);
        let prefix = toml.prefix.get_ref();
        if !prefix.ends_with('/') || prefix.starts_with('/') || prefix.contains("//") || prefix.contains("..") {
            let fixed = format!("write `{}/`", prefix.trim_matches('/'));
            diags.push(Diag::error(
                Code::UnknownWord,
                path,
                toml.prefix.span(),
                format!("`{prefix}` is no prefix"),
                fixed,
            ));
        }
        if let (Some(server), Some(domain)) =
            (server(&toml.server, ir, path, diags), domain(&toml.domain, ir, path, diags))
        {
            ir.prefixes.push(Prefix { name: name.get_ref().clone(), server, prefix: prefix.clone(), domain });
        }
    }
    for (name, toml) in &estate.files {
        check_id(name, path, diags);
        let place = toml.path.get_ref();
        if !is_place(place) || place.ends_with('/') || place.contains("//") {
            let message = format!("`{place}` is no directory");
            let help =
                "name one absolutely or below `${state}/`, without a `/` at its end: `path = \"${state}/files\"`";
            diags.push(Diag::error(Code::UnknownWord, path, toml.path.span(), message, help));
        }
        let (server, domain) = (server(&toml.server, ir, path, diags), domain(&toml.domain, ir, path, diags));
        let (Some(server), Some(domain)) = (server, domain) else { continue };
        if ir.files.iter().any(|files| files.server == server && files.path == *place) {
            let message = format!("`{place}` is declared twice for one server");
            diags.push(Diag::error(Code::Duplicate, path, toml.path.span(), message, "leave one of them out"));
        }
        ir.files.push(Files { name: name.get_ref().clone(), server, path: place.clone(), domain });
    }
    for (name, toml) in &estate.hosts {
        check_id(name, path, diags);
        ir.hosts.extend(host(name, toml, ir, path, diags));
    }
    for (name, toml) in &estate.dataset {
        check_id(name, path, diags);
        if let Some(dataset) = dataset(name, toml, estate, ir, path, diags) {
            ir.datasets.push(dataset);
        }
    }
}

fn host(name: &Spanned<String>, toml: &HostToml, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<Host> {
    let text = toml.host.get_ref();
    let labels: Vec<&str> = text.strip_prefix("*.").unwrap_or(text).split('.').collect();
    let plain = |label: &&str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
            && !label.starts_with("xn--")
    };
    let number =
        labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x"));
    let broad = text.starts_with("*.") && labels.len() < 2;
    if !labels.iter().all(plain) || number || broad {
        let message = format!("`{text}` is no plain host name");
        let help = "write letters, digits, dashes and dots, in lower case: `host = \"wiki.example.com\"`, or `\"*.example.com\"`";
        diags.push(Diag::error(Code::HostName, path, toml.host.span(), message, help));
    }
    let schemes = [("https", true), ("http", false)];
    let secure = toml.scheme.as_ref().map_or(Some(true), |value| word(value, "scheme", &schemes, path, diags));
    let (server, domain) = (server(&toml.server, ir, path, diags), domain(&toml.domain, ir, path, diags));
    let secure = secure?;
    Some(Host {
        name: name.get_ref().clone(),
        server: server?,
        host: text.clone(),
        port: toml.port.unwrap_or(if secure { 443 } else { 80 }),
        secure,
        domain: domain?,
    })
}

/// A class of the estate's own: a new name, and something to find it by.
fn own_class(name: &Spanned<String>, toml: &ClassToml, ir: &mut Ir, path: &str, diags: &mut Vec<Diag>) {
    check_id(name, path, diags);
    check_why(&toml.why, path, diags);
    let text = name.get_ref();
    let mut wrong = |span, message: String, help: &str| {
        diags.push(Diag::error(Code::ClassDefinition, path, span, message, help));
    };
    if CLASSES.iter().any(|(word, _)| word == text) {
        wrong(
            name.span(),
            format!("`{text}` is a class of the vocabulary"),
            "give it another name, such as `staff-id`",
        );
    }
    if toml.literals.is_empty() && toml.pattern.is_none() {
        let help = "add `literals = [\"…\"]` or `pattern = \"…\"`";
        wrong(name.span(), format!("nothing says how `{text}` is found"), help);
    }
    for literal in toml.literals.iter().filter(|literal| literal.get_ref().trim().chars().count() < 3) {
        wrong(
            literal.span(),
            "a literal of less than three characters stands everywhere".to_owned(),
            "write more of it",
        );
    }
    if let Some(pattern) = &toml.pattern {
        let built = regex::RegexBuilder::new(pattern.get_ref()).size_limit(PATTERN_SIZE).build();
        match built.map(|built| built.is_match("")) {
            Ok(false) => {}
            Ok(true) => wrong(
                pattern.span(),
                "the pattern matches the empty text, so it is found everywhere".to_owned(),
                "use `+` in place of `*`",
            ),
            Err(_) => wrong(
                pattern.span(),
                "the pattern cannot be compiled to run in linear time".to_owned(),
                "no look-around and no back-references; write it in Rust's `regex` syntax",
            ),
        }
    }
    ir.classes.push(OwnClass {
        name: text.clone(),
        literals: toml.literals.iter().map(|literal| literal.get_ref().clone()).collect(),
        pattern: toml.pattern.as_ref().map(|pattern| pattern.get_ref().clone()),
    });
}

fn table(name: &Spanned<String>, toml: &TableToml, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<Table> {
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    for column in &toml.columns {
        check_name(&column.name, path, diags);
        if !seen.insert(column.name.get_ref().to_ascii_lowercase()) {
            let message = format!("column `{}` stands twice in `{}`", column.name.get_ref(), name.get_ref());
            diags.push(Diag::error(Code::Duplicate, path, column.name.span(), message, "leave one of them out"));
        }
        let kind = word(&column.kind, "column type", &TYPES, path, diags);
        let pii = column.pii.as_ref().and_then(|value| class(value, ir, path, diags));
        columns.push(Column {
            name: column.name.get_ref().to_ascii_lowercase(),
            kind: kind.unwrap_or("Text"),
            key: column.key,
            pii,
            free_text: column.free_text,
        });
    }
    let (server, domain) = (server(&toml.server, ir, path, diags), domain(&toml.domain, ir, path, diags));
    Some(Table { name: name.get_ref().to_ascii_lowercase(), server: server?, domain: domain?, columns })
}
