//! Screens: which part of the arguments is read, how, and what it can show.

use super::{effect, word};
use crate::diag::{Code, Diag, suggest};
use crate::ir::{Base, Effect, Ir, Pair, Screen, ScreenKind};
use crate::model::manifest::{ScreenToml, ToolToml};
use std::collections::BTreeSet;
use toml::Spanned;

/// Argument names that by habit hold something a screen should read.
const TELLING: [&str; 24] = [
    "sql",
    "query",
    "statement",
    "command",
    "cmd",
    "code",
    "script",
    "path",
    "file",
    "filename",
    "directory",
    "dir",
    "url",
    "uri",
    "href",
    "endpoint",
    "host",
    "key",
    "prefix",
    "object",
    "bucket",
    "source",
    "destination",
    "target",
];

/// Everything a tool can show: what it declares, and what its screens can find on its server.
pub(super) fn reachable(declared: &BTreeSet<Pair>, screens: &[Screen], server: usize, ir: &Ir) -> BTreeSet<Pair> {
    let mut reachable = declared.clone();
    for screen in screens {
        match &screen.kind {
            ScreenKind::Sql(..) => {
                let found = [Effect::Read, Effect::Write, Effect::Destroy, Effect::Execute, Effect::Admin];
                let domains = ir.tables.iter().filter(|table| table.server == server).map(|table| table.domain);
                reachable.extend(domains.flat_map(|domain| found.map(|effect| (effect, domain))));
            }
            ScreenKind::ObjectKey(effect) | ScreenKind::Compose(effect, _) => {
                let domains = ir.prefixes.iter().filter(|prefix| prefix.server == server).map(|prefix| prefix.domain);
                reachable.extend(domains.map(|domain| (*effect, domain)));
            }
            ScreenKind::Path(effect, ..) => {
                let domains = ir.files.iter().filter(|files| files.server == server).map(|files| files.domain);
                reachable.extend(domains.map(|domain| (*effect, domain)));
            }
            ScreenKind::Url(effect) => {
                for host in ir.hosts.iter().filter(|host| host.server == server) {
                    reachable.insert((*effect, host.domain));
                    if ir.domains.get(host.domain).is_some_and(|domain| domain.sink) {
                        reachable.insert((Effect::Egress, host.domain));
                    }
                }
            }
            ScreenKind::Dataset(_) | ScreenKind::Opaque(_) => {}
        }
    }
    reachable
}

/// The tool that screens belong to, and what they are resolved against.
pub(super) struct Site<'a> {
    /// The tool, and its word in TOML.
    pub(super) tool: &'a ToolToml,
    pub(super) face: &'a str,
    /// Its input schema.
    pub(super) pinned: &'a serde_json::Value,
    pub(super) server: usize,
    pub(super) ir: &'a Ir,
    /// The manifest.
    pub(super) path: &'a str,
}

/// The screens of a tool. Of arguments that a person declared here, each that by its name holds something to read has one; of an
/// imported schema, whose words are the server's, each place that can hold words of the agent's.
pub(super) fn of_tool(site: &Site<'_>, diags: &mut Vec<Diag>) -> Vec<Screen> {
    let Site { tool: toml, face, pinned, path, .. } = *site;
    let screens: Vec<Screen> = toml.screen.iter().filter_map(|screen| one_screen(screen, site, diags)).collect();
    for place in aegis_schema::places(pinned) {
        let at = place.at.as_str();
        let read =
            |screen: &ScreenToml| screen.at.get_ref() == at || screen.with.iter().any(|part| part.get_ref() == at);
        if (toml.input_schema.is_none() && !tells(at)) || toml.screen.iter().any(read) {
            continue;
        }
        let (name, help) = (toml.name.get_ref(), format!("add `[[{face}.screen]]` with `at = \"{at}\"` and"));
        let (message, help) = if place.text {
            (
                format!("nothing reads `{at}` of `{name}`"),
                format!("{help} a `kind`, or `kind = \"opaque\"` with a `why`"),
            )
        } else {
            let what = if at.is_empty() { "further arguments".to_owned() } else { format!("`{at}`") };
            let close = "close it in the schema: `\"additionalProperties\": false` for an object, `items` for a list, else a `type`";
            (
                format!("nothing reads {what} of `{name}`, which can hold anything"),
                format!("{close}; or {help} `kind = \"opaque\"` with a `why`"),
            )
        };
        diags.push(Diag::error(Code::ArgumentUnscreened, path, toml.name.span(), message, help));
    }
    screens
}

/// Whether an argument's name is one that by habit holds something to read.
fn tells(at: &str) -> bool {
    let name = at.rsplit('/').find(|segment| *segment != "*").unwrap_or_default().to_ascii_lowercase();
    name.split(['_', '-']).any(|word| TELLING.contains(&word.trim_end_matches('s')) || TELLING.contains(&word))
}

fn one_screen(toml: &ScreenToml, site: &Site<'_>, diags: &mut Vec<Diag>) -> Option<Screen> {
    let Site { pinned, path, .. } = *site;
    let at = toml.at.get_ref();
    let Some((field, required)) = aegis_schema::lookup(pinned, at) else {
        let known = aegis_schema::places(pinned);
        diags.push(Diag::error(
            Code::UnknownArgument,
            path,
            toml.at.span(),
            format!("no argument at `{at}`"),
            suggest(at, known.iter().map(|place| place.at.as_str())),
        ));
        return None;
    };
    let kind = screen_kind(toml, site, diags)?;
    let text = aegis_schema::text(pinned, field);
    // What may be null may be left out.
    let required = required && text != Some(true);
    if !matches!(kind, ScreenKind::Opaque(_)) && text.is_none() {
        diags.push(Diag::error(
            Code::ScreenShape,
            path,
            toml.at.span(),
            format!("`{at}` is not a string"),
            "screen the string itself; `*` stands for each element of an array",
        ));
        return None;
    }
    let absent = toml
        .absent
        .as_ref()
        .map(|value| word(value, "meaning of absence", &[("deny", false), ("skip", true)], path, diags));
    if !required && absent.is_none() && !matches!(kind, ScreenKind::Opaque(_)) {
        diags.push(Diag::error(
            Code::AbsentMissing,
            path,
            toml.at.span(),
            format!("`{at}` is optional"),
            "add `absent = \"deny\"`, or `absent = \"skip\"` if its absence is harmless",
        ));
    }
    Some(Screen { at: at.clone(), skip: absent.flatten().unwrap_or(matches!(kind, ScreenKind::Opaque(_))), kind })
}

fn screen_kind(toml: &ScreenToml, site: &Site<'_>, diags: &mut Vec<Diag>) -> Option<ScreenKind> {
    let Site { server, ir, path, .. } = *site;
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Kind {
        Sql,
        Named(Place),
        Opaque,
    }
    let kinds = [
        ("sql", Kind::Sql),
        ("object-key", Kind::Named(Place::Key)),
        ("opaque", Kind::Opaque),
        ("path", Kind::Named(Place::Path)),
        ("url", Kind::Named(Place::Url)),
        ("compose", Kind::Named(Place::Parts)),
    ];
    let span = toml.kind.span();
    let mut refuse = |code, message: String, help: &str| {
        diags.push(Diag::error(code, path, span.clone(), message, help));
        None
    };
    let kind = match kinds.iter().find(|(word, _)| word == toml.kind.get_ref()) {
        Some((_, kind)) => *kind,
        None => {
            let help = suggest(toml.kind.get_ref(), kinds.iter().map(|(word, _)| *word));
            let (word, at, tool) = (toml.kind.get_ref(), toml.at.get_ref(), site.tool.name.get_ref());
            let message = format!("`{word}` is no kind of screen (`{at}` of the tool `{tool}`)");
            return refuse(Code::UnknownWord, message, &help);
        }
    };
    match kind {
        Kind::Opaque => match &toml.why {
            Some(why) if !why.get_ref().trim().is_empty() => Some(ScreenKind::Opaque(why.get_ref().clone())),
            Some(_) | None => refuse(
                Code::OpaqueReason,
                format!("`{}` is opaque without a reason", toml.at.get_ref()),
                "add `why = \"…\"`",
            ),
        },
        Kind::Sql => {
            let Some(dialect) = &toml.dialect else {
                return refuse(
                    Code::DialectMissing,
                    "the SQL screen names no dialect".into(),
                    "add `dialect = \"sqlite\"` or `dialect = \"postgres\"`",
                );
            };
            if !ir.tables.iter().any(|table| table.server == server) {
                return refuse(
                    Code::ScreenGround,
                    "the estate declares no table of this server".into(),
                    "declare `[table.NAME]` with this `server` in `estate.toml`",
                );
            }
            let carriers = [("views", "Views"), ("inline", "Inline")];
            let carrier =
                toml.masked.as_ref().map_or(Some("Inline"), |value| word(value, "masked", &carriers, path, diags));
            let dialect = word(dialect, "dialect", &[("sqlite", "Sqlite"), ("postgres", "Postgres")], path, diags);
            Some(ScreenKind::Sql(dialect?, carrier?))
        }
        Kind::Named(place) => named(place, toml, site, diags),
    }
}

/// What a screen looks up in the estate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Key,
    Path,
    Url,
    Parts,
}

/// A screen that finds the domain of a place, and has its effect from the manifest.
fn named(place: Place, toml: &ScreenToml, site: &Site<'_>, diags: &mut Vec<Diag>) -> Option<ScreenKind> {
    let Site { pinned, server, ir, path, .. } = *site;
    let prefixes = ir.prefixes.iter().any(|prefix| prefix.server == server);
    let (what, table, declared) = match place {
        Place::Key | Place::Parts => ("prefix", "objects", prefixes),
        Place::Path => ("directory", "files", ir.files.iter().any(|files| files.server == server)),
        Place::Url => ("host", "hosts", ir.hosts.iter().any(|host| host.server == server)),
    };
    let Some(value) = &toml.effect else {
        let message = format!("the {} screen names no effect", toml.kind.get_ref());
        let help = "add `effect = \"read\"`, `\"write\"` or `\"destroy\"`";
        diags.push(Diag::error(Code::EffectMissing, path, toml.kind.span(), message, help));
        return None;
    };
    if !declared {
        let message = format!("the estate declares no {what} of this server");
        let help = format!("declare `[{table}.NAME]` with this `server` in `estate.toml`");
        diags.push(Diag::error(Code::ScreenGround, path, toml.kind.span(), message, help));
        return None;
    }
    let effect = match effect(value, path, diags)? {
        found @ (Effect::Read | Effect::Write | Effect::Destroy) => found,
        Effect::Promote | Effect::Validate | Effect::Egress | Effect::Execute | Effect::Admin => {
            let message = format!("`{}` is no effect on a {what}", value.get_ref());
            let help = "one of `read`, `write`, `destroy`";
            diags.push(Diag::error(Code::EffectMissing, path, value.span(), message, help));
            return None;
        }
    };
    match place {
        Place::Key => Some(ScreenKind::ObjectKey(effect)),
        Place::Path => Some(ScreenKind::Path(effect, base(toml, site, diags)?, toml.content)),
        Place::Url => Some(ScreenKind::Url(effect)),
        Place::Parts => Some(ScreenKind::Compose(effect, parts(toml, pinned, path, diags)?)),
    }
}

/// The further parts of a resource.
fn parts(toml: &ScreenToml, pinned: &serde_json::Value, path: &str, diags: &mut Vec<Diag>) -> Option<Vec<String>> {
    let mut refuse = |span, message: String| {
        let help = "name required strings of the tool, by pointer: `with = [\"/repo\"]`";
        diags.push(Diag::error(Code::ScreenParts, path, span, message, help));
        None
    };
    if toml.with.is_empty() {
        return refuse(toml.kind.span(), "the resource has one part".to_owned());
    }
    for part in std::iter::once(&toml.at).chain(&toml.with) {
        let at = part.get_ref();
        let found = aegis_schema::lookup(pinned, at).filter(|_| !at.contains('*'));
        let string =
            |field: &serde_json::Value| field.get("type").and_then(serde_json::Value::as_str) == Some("string");
        if !found.is_some_and(|(field, required)| required && string(field)) {
            return refuse(part.span(), format!("`{at}` is no required string"));
        }
    }
    Some(toml.with.iter().map(|part| part.get_ref().clone()).collect())
}

/// Where a relative path starts: nowhere, in a directory, or in the directory that another screened field names.
fn base(toml: &ScreenToml, site: &Site<'_>, diags: &mut Vec<Diag>) -> Option<Base> {
    let Site { tool, pinned, path, .. } = *site;
    let mut refuse = |value: &Spanned<String>, message: String, help: &str| {
        diags.push(Diag::error(Code::ScreenBase, path, value.span(), message, help));
        None
    };
    match (&toml.base, &toml.base_at) {
        (None, None) => Some(Base::None),
        (Some(base), None) if is_place(base.get_ref()) => Some(Base::Directory(base.get_ref().clone())),
        (Some(base), None) => refuse(
            base,
            format!("`{}` is not an absolute path", base.get_ref()),
            "name the directory that the server starts relative paths from: `base = \"${state}/files\"`",
        ),
        (None, Some(at)) => {
            let screened = |screen: &ScreenToml| {
                screen.at.get_ref() == at.get_ref() && screen.kind.get_ref() == "path" && screen.base_at.is_none()
            };
            let plain = aegis_schema::lookup(pinned, at.get_ref()).is_some() && !at.get_ref().contains('*');
            if plain && tool.screen.iter().any(screened) {
                return Some(Base::Field(at.get_ref().clone()));
            }
            refuse(
                at,
                format!("no path screen reads `{}`", at.get_ref()),
                "name a field that a `path` screen of this tool reads: `base-at = \"/repo_path\"`",
            )
        }
        (Some(_), Some(at)) => {
            refuse(at, "the screen has two directories to start from".to_owned(), "leave `base` or `base-at` out")
        }
    }
}

/// One absolute path, or one below the state directory.
pub(super) fn is_place(text: &str) -> bool {
    let rooted = text.starts_with('/') || text.starts_with("${state}/");
    rooted && text.len() > 1 && !text.contains('*') && text.split('/').all(|segment| segment != "." && segment != "..")
}
