//! Names become places; every name that means nothing is a diagnostic with the nearest one that does.

mod audit;
mod cage;
mod checks;
mod dataset;
mod estate;
mod faces;
mod gate;
mod literals;
mod manifest;
mod mask;
mod pin;
mod policy;
mod program;
mod result;
mod schema;
mod screens;

use crate::diag::{Code, Diag, suggest};
use crate::ir::{CLASSES, ClassIx, Effect, Ir};
use crate::model::estate::EstateFile;
use crate::model::manifest::ManifestFile;
use crate::model::policy::PolicyFile;
use crate::source::Sources;
pub(crate) use policy::{names_dataset, pair_name};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The files of one kernel, parsed.
pub(crate) struct Models {
    /// The estate.
    pub(crate) estate: EstateFile,
    /// The manifests, with their paths.
    pub(crate) manifests: Vec<(String, ManifestFile)>,
    /// The policy.
    pub(crate) policy: PolicyFile,
}

/// Where the rules stand in the policy, for the checks that come after.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    /// By rule id: the bytes of the id.
    pub(crate) rules: BTreeMap<String, Range<usize>>,
    /// By wire name: path of the manifest and the bytes of the tool's name.
    pub(crate) tools: BTreeMap<String, (String, Range<usize>)>,
}

/// Resolves everything; collects every mistake.
pub(crate) fn resolve(models: &Models, sources: &Sources, unguarded: bool, diags: &mut Vec<Diag>) -> (Ir, Spans) {
    let mut ir = Ir {
        name: models.policy.name.get_ref().clone(),
        digest: crate::digest::of_sources(sources),
        guarded: true,
        classes: Vec::new(),
        durability: "Fsync",
        outcome: "Group",
        audit: audit::DEFAULT,
        limits: mask::DEFAULT,
        domains: Vec::new(),
        servers: Vec::new(),
        tools: Vec::new(),
        tables: Vec::new(),
        prefixes: Vec::new(),
        files: Vec::new(),
        hosts: Vec::new(),
        datasets: Vec::new(),
        rules: Vec::new(),
        cells: crate::ir::Cells::default(),
        arguments: Vec::new(),
        masks: Vec::new(),
    };
    let mut spans = Spans::default();
    manifest::servers(&models.manifests, &mut ir, diags);
    estate::resolve(&models.estate, &sources.estate.path, &mut ir, diags);
    manifest::tools(&models.manifests, sources, &mut ir, &mut spans, diags);
    faces::overlaps(&ir, &spans, diags);
    crate::native::add(&mut ir);
    policy::resolve(&models.policy, &sources.policy.path, unguarded, &mut ir, &mut spans, diags);
    literals::resolve(&models.policy, &sources.policy.path, &mut ir, diags);
    cage::closed(&models.manifests, &ir, diags);
    cage::open_files(&mut ir);
    (ir, spans)
}

/// A kebab-case id.
fn check_id(id: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) {
    let text = id.get_ref();
    let mut previous = '-';
    let mut good = text.starts_with(|first: char| first.is_ascii_lowercase()) && !text.ends_with('-');
    for letter in text.chars() {
        good &= letter.is_ascii_lowercase() || letter.is_ascii_digit() || (letter == '-' && previous != '-');
        previous = letter;
    }
    if !good {
        let fixed: String = text
            .to_ascii_lowercase()
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
            .collect();
        diags.push(Diag::error(
            Code::NotAnId,
            path,
            id.span(),
            format!("`{text}` is not a kebab-case id"),
            format!("write `{}`", fixed.trim_matches('-')),
        ));
    }
}

/// A name of a table, column, tool or argument: lower-case snake or kebab.
fn check_name(name: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) {
    let text = name.get_ref();
    let good = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    if !good {
        diags.push(Diag::error(
            Code::NotAnId,
            path,
            name.span(),
            format!("`{text}` is not a name"),
            "use letters, digits, `_` and `-`, a letter first",
        ));
    }
}

fn check_why(why: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) {
    if why.get_ref().trim().is_empty() {
        diags.push(Diag::error(
            Code::NoReason,
            path,
            why.span(),
            "`why` is empty",
            "say in one clause what this is for",
        ));
    }
}

/// One of a closed list of words.
fn word<T: Copy>(
    value: &Spanned<String>,
    what: &str,
    words: &[(&'static str, T)],
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<T> {
    let text = value.get_ref();
    let found = words.iter().find(|(word, _)| word == text).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let help = suggest(text, words.iter().map(|(word, _)| *word));
        diags.push(Diag::error(Code::UnknownWord, path, value.span(), format!("`{text}` is no {what}"), help));
    }
    found
}

/// `64KiB`, `8MiB`, `1GiB`, to bytes.
fn bytes(text: &str) -> Option<u64> {
    let units = [("KiB", 1_u64 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
    let (number, unit) = units.iter().find_map(|(word, unit)| Some((text.strip_suffix(word)?, unit)))?;
    number.parse::<u64>().ok()?.checked_mul(*unit)
}

/// `30s`, `15m`, `2h`, to seconds; 1 s to 24 h.
fn duration(value: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) -> Option<u64> {
    let text = value.get_ref();
    let units = [('s', 1_u64), ('m', 60), ('h', 3600)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        text.strip_suffix(*unit)
            .and_then(|number| number.parse::<u64>().ok())
            .and_then(|number| number.checked_mul(*seconds))
    });
    match seconds {
        Some(seconds @ 1..=86_400) => Some(seconds),
        Some(_) | None => {
            diags.push(Diag::error(
                Code::UnknownWord,
                path,
                value.span(),
                format!("`{text}` is no duration"),
                "write whole seconds, minutes or hours up to a day: `30s`, `15m`, `2h`",
            ));
            None
        }
    }
}

fn effect(value: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) -> Option<Effect> {
    let text = value.get_ref();
    let found = Effect::ALL.into_iter().find(|effect| effect.word() == text);
    if found.is_none() {
        let help = suggest(text, Effect::ALL.iter().map(|effect| effect.word()));
        diags.push(Diag::error(Code::UnknownEffect, path, value.span(), format!("unknown effect `{text}`"), help));
    }
    found
}

fn class(value: &Spanned<String>, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<ClassIx> {
    let text = value.get_ref();
    let known = CLASSES.iter().map(|(word, _)| *word).chain(ir.classes.iter().map(|own| own.name.as_str()));
    let found = known.clone().position(|word| word == text);
    if found.is_none() {
        let help = suggest(text, known);
        diags.push(Diag::error(Code::UnknownClass, path, value.span(), format!("unknown class `{text}`"), help));
    }
    found
}

fn domain(value: &Spanned<String>, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<usize> {
    named(value, "domain", Code::UnknownDomain, ir.domains.iter().map(|domain| domain.name.as_str()), path, diags)
}

fn server(value: &Spanned<String>, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<usize> {
    named(value, "server", Code::UnknownServer, ir.servers.iter().map(|server| server.name.as_str()), path, diags)
}

/// The place of a name in a list.
fn named<'name>(
    value: &Spanned<String>,
    what: &str,
    code: Code,
    known: impl Iterator<Item = &'name str> + Clone,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<usize> {
    let text = value.get_ref();
    let found = known.clone().position(|name| name == text);
    if found.is_none() {
        diags.push(Diag::error(code, path, value.span(), format!("unknown {what} `{text}`"), suggest(text, known)));
    }
    found
}
