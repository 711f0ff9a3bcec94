//! Datasets: where they stand, who reads them, what is checked.

use super::estate::TYPES;
use super::{check_id, checks, server, word};
use crate::diag::{Code, Diag, suggest};
use crate::ir::{Dataset, DomainIx, Ir, Location, Place, Server, ServerIx, Table};
use crate::model::estate::{DatasetToml, EstateFile, LocationToml};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;

const READERS: [(&str, &str); 3] = [("csv", "Csv"), ("jsonl", "Jsonl"), ("parquet", "Parquet")];

/// A location, and where its name stands.
type Placed = (Location, Range<usize>);

pub(super) fn dataset(
    name: &Spanned<String>,
    toml: &DatasetToml,
    estate: &EstateFile,
    ir: &Ir,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<Dataset> {
    let silver = location(&toml.silver, ir, path, diags);
    let gold = location(&toml.gold, ir, path, diags);
    if let Some((gold, span)) = &gold
        && ir.domains.get(gold.domain).is_some_and(|domain| !domain.protected)
    {
        let message = format!("`{}` is published where anybody may write", name.get_ref());
        let help = "publish into a domain with `protected = true`";
        diags.push(Diag::error(Code::DatasetPlace, path, span.clone(), message, help));
    }
    let pair = silver.zip(gold).filter(|(silver, gold)| fits(silver, gold, ir, path, diags));
    let reader = toml.reader.as_ref().map(|reader| word(reader, "reader", &READERS, path, diags));
    if reader.is_some() != toml.silver.table.is_none() {
        let (message, help) = match &toml.reader {
            Some(_) => ("a table is read by its engine", "leave out `reader`"),
            None => ("the dataset names no reader", "add `reader = \"csv\"`"),
        };
        let span = toml.reader.as_ref().map_or_else(|| name.span(), Spanned::span);
        diags.push(Diag::error(Code::WrongShape, path, span, message, help));
    }
    let exact = word(&toml.schema.mode, "schema mode", &[("exact", true), ("superset", false)], path, diags);
    let columns = columns(toml, exact == Some(true), pair.as_ref().and_then(|pair| table(&pair.0.0, ir)), path, diags);
    let mut ids = BTreeSet::new();
    let mut checks = Vec::new();
    for check_toml in &toml.check {
        check_id(&check_toml.id, path, diags);
        if !ids.insert(check_toml.id.get_ref()) {
            let message = format!("check `{}` stands twice", check_toml.id.get_ref());
            let help = "give one of them another id";
            diags.push(Diag::error(Code::Duplicate, path, check_toml.id.span(), message, help));
        }
        checks.extend(checks::check(check_toml, &columns, &toml.silver, &estate.dataset, path, diags));
    }
    let ((silver, _), (gold, _)) = pair?;
    let mut dataset = Dataset {
        name: name.get_ref().clone(),
        silver,
        gold,
        reader: reader.flatten(),
        exact: exact?,
        columns,
        checks,
        allow_empty: toml.allow_empty,
        checks_digest: String::new(),
    };
    dataset.checks_digest = crate::digest::of_text(&format!(
        "{:?}",
        (dataset.reader, dataset.exact, &dataset.columns, &dataset.checks, dataset.allow_empty)
    ));
    Some(dataset)
}

/// Name, type, required; of a table, as the table has them.
fn columns(
    toml: &DatasetToml,
    exact: bool,
    table: Option<&Table>,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Vec<(String, &'static str, bool)> {
    let mut columns = Vec::new();
    for (column, kind) in &toml.schema.columns {
        let required = kind.get_ref().ends_with('!');
        let bare = Spanned::new(kind.span(), kind.get_ref().trim_end_matches('!').to_owned());
        let word = word(&bare, "column type", &TYPES, path, diags);
        let declared = table.map(|table| table.columns.iter().find(|known| known.name == *column.get_ref()));
        match (table, declared) {
            (Some(table), Some(None)) => {
                let message = format!("table `{}` has no column `{}`", table.name, column.get_ref());
                let help = suggest(column.get_ref(), table.columns.iter().map(|column| column.name.as_str()));
                diags.push(Diag::error(Code::UnknownColumn, path, column.span(), message, help));
            }
            (Some(table), Some(Some(known))) if word.is_some_and(|word| word != known.kind) => {
                let message = format!("`{}.{}` is declared with another type", table.name, column.get_ref());
                let help = format!("write `{}`, as the table does", known.kind.to_ascii_lowercase());
                diags.push(Diag::error(Code::TableDataset, path, kind.span(), message, help));
            }
            _ => {} // an object, or a column that fits
        }
        columns.push((column.get_ref().clone(), word.unwrap_or("Text"), required));
    }
    let missing = table.and_then(|table| {
        table.columns.iter().find(|known| exact && !columns.iter().any(|(name, ..)| *name == known.name))
    });
    if let Some(missing) = missing {
        let message = format!("an exact schema leaves out `{}` of the table", missing.name);
        let help = format!("add `{} = \"{}\"`", missing.name, missing.kind.to_ascii_lowercase());
        diags.push(Diag::error(Code::TableDataset, path, toml.schema.mode.span(), message, help));
    }
    columns
}

fn location(toml: &LocationToml, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<Placed> {
    let server = server(&toml.server, ir, path, diags);
    match (&toml.object, &toml.prefix, &toml.table) {
        (Some(object), None, None) => {
            let domain = domain_of(object, server?, false, ir, path, diags)?;
            Some((Location { server: server?, place: Place::Object(object.get_ref().clone()), domain }, object.span()))
        }
        (None, Some(prefix), None) => {
            let text = prefix.get_ref();
            if !text.ends_with('/') || text.contains("//") || text.contains("/./") || text.contains("..") {
                let help = format!("write `{}/`", text.trim_matches('/'));
                let message = format!("`{text}` is no prefix");
                diags.push(Diag::error(Code::UnknownWord, path, prefix.span(), message, help));
                return None;
            }
            let domain = domain_of(prefix, server?, true, ir, path, diags)?;
            Some((Location { server: server?, place: Place::Prefix(text.clone()), domain }, prefix.span()))
        }
        (None, None, Some(name)) => {
            let server = server?;
            let folded = name.get_ref().to_ascii_lowercase();
            let known = ir.tables.iter().filter(|table| table.server == server);
            let Some(table) = known.clone().find(|table| table.name == folded) else {
                let message = format!("the estate declares no table `{}` of this server", name.get_ref());
                let help = suggest(&folded, known.map(|table| table.name.as_str()));
                diags.push(Diag::error(Code::DatasetPlace, path, name.span(), message, help));
                return None;
            };
            Some((Location { server, place: Place::Table(folded), domain: table.domain }, name.span()))
        }
        (None, None, None) => {
            let help = "add `object = \"silver/customers.csv\"`, a `prefix` or a `table`";
            let message = "the location names no object, prefix or table";
            diags.push(Diag::error(Code::WrongShape, path, toml.server.span(), message, help));
            None
        }
        _ => {
            let message = "the location names more than one place";
            let help = "keep one of `object`, `prefix` and `table`";
            diags.push(Diag::error(Code::WrongShape, path, toml.server.span(), message, help));
            None
        }
    }
}

/// The domain of the longest declared prefix that a key lies under.
fn domain_of(
    key: &Spanned<String>,
    server: ServerIx,
    whole: bool,
    ir: &Ir,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<DomainIx> {
    let text = key.get_ref();
    let known = ir.prefixes.iter().filter(|prefix| prefix.server == server);
    let above =
        known.clone().filter(|prefix| text.starts_with(&prefix.prefix) && (whole || text.len() > prefix.prefix.len()));
    let Some(found) = above.max_by_key(|prefix| prefix.prefix.len()) else {
        let message = format!("`{text}` lies under no declared prefix");
        let help = suggest(text, known.map(|prefix| prefix.prefix.as_str()));
        diags.push(Diag::error(Code::DatasetPlace, path, key.span(), message, help));
        return None;
    };
    let inside = known.clone().find(|prefix| {
        whole && prefix.domain != found.domain && prefix.prefix.starts_with(text) && prefix.prefix != *text
    });
    if let Some(inside) = inside {
        let message = format!("`{}` below it belongs to another domain", inside.prefix);
        let help = "name a prefix that lies in one domain as a whole";
        diags.push(Diag::error(Code::DatasetPlace, path, key.span(), message, help));
        return None;
    }
    Some(found.domain)
}

fn table<'ir>(location: &Location, ir: &'ir Ir) -> Option<&'ir Table> {
    match &location.place {
        Place::Table(name) => ir.tables.iter().find(|table| table.server == location.server && table.name == *name),
        Place::Object(_) | Place::Prefix(_) => None,
    }
}

/// Whether silver can become gold as it is: an object an object, objects objects, rows rows.
fn fits(silver: &Placed, gold: &Placed, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> bool {
    let mut wrong = |code, message: String, help: &str| {
        diags.push(Diag::error(code, path, gold.1.clone(), message, help));
        false
    };
    match (table(&silver.0, ir), table(&gold.0, ir)) {
        (None, None) if silver.0.place.version_kind() == gold.0.place.version_kind() => true,
        (None, None) => wrong(
            Code::DatasetPlace,
            "an object is published as an object, and a prefix as a prefix".to_owned(),
            "name the same kind of place twice",
        ),
        (Some(from), Some(to)) if from.server == to.server => {
            let shape = |table: &Table| -> Vec<_> {
                table
                    .columns
                    .iter()
                    .map(|column| (column.name.clone(), column.kind, column.pii, column.free_text))
                    .collect()
            };
            if let Some(server) = ir.servers.get(from.server).filter(|server| !is_ours(server)) {
                return wrong(
                    Code::ForeignWarehouse,
                    format!("`{}` is not this project's own warehouse", server.name),
                    "keep the tables behind `aegis downstream postgres` or `aegis-downstreams postgres`",
                );
            }
            if shape(from) == shape(to) && from.name != to.name {
                return true;
            }
            wrong(
                Code::TableDataset,
                format!("`{}` has not the columns, types and classes of `{}`", to.name, from.name),
                "declare the same columns for both, in the same order, with the same `pii` and `free-text`",
            )
        }
        (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => wrong(
            Code::TableDataset,
            "rows are promoted inside one transaction of one server".to_owned(),
            "name two tables of one server, or two objects",
        ),
    }
}

/// Whether the program is one that has the kernel's road.
fn is_ours(server: &Server) -> bool {
    let Some((program, arguments)) = server.command.split_first() else { return false };
    let mut arguments = arguments.iter().map(String::as_str);
    match program.rsplit('/').next() {
        Some("aegis") if program == "aegis" => {
            arguments.next() == Some("downstream") && arguments.next() == Some("postgres")
        }
        Some("aegis-downstreams") => arguments.next() == Some("postgres"),
        Some(_) | None => false,
    }
}
