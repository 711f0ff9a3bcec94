//! From names of the formats to Rust identifiers.

use proc_macro2::{Ident, Literal, Span};

/// `postgres__query` → `PostgresQuery`.
#[must_use]
pub fn camel(name: &str) -> String {
    name.split(|letter: char| !letter.is_ascii_alphanumeric())
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
        })
        .collect()
}

/// `postgres__query` → `postgres_query`.
fn snake(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("_")
}

pub(super) fn variant(name: &str) -> Ident {
    Ident::new(&camel(name), Span::call_site())
}

pub(super) fn module(name: &str) -> Ident {
    Ident::new(&snake(name), Span::call_site())
}

/// A field of a view; a prefix keeps keywords and leading digits legal.
pub(super) fn field(name: &str) -> Ident {
    Ident::new(&format!("arg_{}", snake(name)), Span::call_site())
}

pub(super) fn constant(name: &str) -> Ident {
    Ident::new(&snake(name).to_ascii_uppercase(), Span::call_site())
}

pub(super) fn word(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// A raw string with as many `#` as it needs, so that texts stay readable and a changed line is a changed line.
pub(super) fn raw(text: &str) -> Literal {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}
