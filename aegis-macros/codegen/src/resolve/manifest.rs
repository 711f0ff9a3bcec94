//! Manifests: servers and tools.

use super::{
    Spans, cage, check_id, check_name, class, domain, duration, effect, faces, pin, program, result, schema, screens,
    word,
};
use crate::diag::{Code, Diag};
use crate::ir::{Effect, Face, Ir, Origin, Pair, ScreenKind, SecretSource, Server, Tool};
use crate::model::manifest::{ManifestFile, ToolToml};
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// What secrets look like when somebody pastes one.
const SECRET_MARKS: [&str; 16] = [
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "rk_live_",
    "sk-ant-",
    "sk-proj-",
    "npm_",
    "AIza",
    "-----BEGIN ",
];

pub(super) fn servers(manifests: &[(String, ManifestFile)], ir: &mut Ir, diags: &mut Vec<Diag>) {
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, manifest) in manifests {
        let toml = &manifest.server;
        let name = toml.name.get_ref();
        if name == "aegis" || name.contains("__") {
            let message = format!("`{name}` cannot name a server");
            diags.push(Diag::error(
                Code::ReservedName,
                path,
                toml.name.span(),
                message,
                "choose a name that is not `aegis` and holds no `__`",
            ));
        } else {
            check_id(&toml.name, path, diags);
        }
        if let Some(other) = named.insert(name, path) {
            let message = format!("server `{name}` stands in `{other}` too");
            diags.push(Diag::error(Code::Duplicate, path, toml.name.span(), message, "give one of them another name"));
        }
        if toml.command.get_ref().is_empty() {
            diags.push(Diag::error(
                Code::WrongShape,
                path,
                toml.command.span(),
                "`command` is empty",
                "name the program: `command = [\"aegis\", …]`",
            ));
        }
        for word in toml.command.get_ref() {
            refuse_literal(word, "argv", path, diags);
        }
        for (variable, value) in &toml.env {
            refuse_literal(value, variable.get_ref(), path, diags);
        }
        let secrets = toml.secrets.iter().filter_map(|(variable, value)| {
            secret(variable, value, path, diags).map(|source| (variable.get_ref().clone(), source))
        });
        let secrets = secrets.collect();
        let timeout = toml.timeout.as_ref().and_then(|value| duration(value, path, diags)).unwrap_or(30);
        let max_total = toml.max_total.as_ref().and_then(|value| duration(value, path, diags)).unwrap_or(120);
        let (cage_level, cage_net, cage_read, cage_write) = cage::cage(toml.cage.as_ref(), path, diags);
        program::fetches(&toml.command, path, diags);
        let sha256 = program::held(toml, path, diags);
        ir.servers.push(Server {
            name: name.clone(),
            command: toml.command.get_ref().iter().map(|word| word.get_ref().clone()).collect(),
            env: toml.env.iter().map(|(name, value)| (name.get_ref().clone(), value.get_ref().clone())).collect(),
            secrets,
            sha256,
            timeout,
            max_total: max_total.max(timeout),
            cage_level,
            cage_net,
            cage_read,
            cage_write,
        });
    }
    ir.servers.sort_by(|one, other| one.name.cmp(&other.name));
}

fn refuse_literal(value: &Spanned<String>, what: &str, path: &str, diags: &mut Vec<Diag>) {
    let text = value.get_ref();
    let telling = ["password", "passwd", "secret", "token", "api_key", "apikey"];
    let name = what.to_ascii_lowercase();
    let by_name = telling.iter().any(|word| name.contains(word));
    let assigned = telling.iter().any(|word| {
        text.split_once('=').is_some_and(|(left, right)| left.to_ascii_lowercase().ends_with(word) && !right.is_empty())
    });
    let userinfo =
        text.split_once("://").and_then(|(_, rest)| rest.split_once('@')).is_some_and(|(user, _)| user.contains(':'));
    if by_name || assigned || userinfo || SECRET_MARKS.iter().any(|mark| text.contains(mark)) {
        let message = format!("`{what}` holds a literal credential");
        diags.push(Diag::error(
            Code::LiteralSecret,
            path,
            value.span(),
            message,
            "refer to it: `secrets = { NAME = { env = \"NAME\" } }`",
        ));
    }
}

fn secret(
    name: &Spanned<String>,
    value: &Spanned<toml::Value>,
    path: &str,
    diags: &mut Vec<Diag>,
) -> Option<SecretSource> {
    let table = value.get_ref().as_table().filter(|table| table.len() == 1);
    // A literal, or a table of another shape, is an error below.
    let source = table.and_then(|table| table.iter().next()).and_then(|(kind, value)| {
        let text = value.as_str().map(str::to_owned);
        match (kind.as_str(), text, value.as_array()) {
            ("env", Some(text), _) => Some(SecretSource::Env(text)),
            ("file", Some(text), _) => Some(SecretSource::File(text)),
            ("systemd", Some(text), _) => Some(SecretSource::Systemd(text)),
            ("exec", _, Some(argv)) => {
                let argv: Option<Vec<String>> = argv.iter().map(|word| word.as_str().map(str::to_owned)).collect();
                argv.filter(|argv| !argv.is_empty()).map(SecretSource::Exec)
            }
            _ => None, // a kind we do not know: an error below
        }
    });
    if source.is_none() {
        let message = format!("credential `{}` is not a reference", name.get_ref());
        let help = format!("write `{} = {{ env = \"NAME\" }}`, or `file`, `exec = [\"…\"]`, `systemd`", name.get_ref());
        diags.push(Diag::error(Code::LiteralSecret, path, value.span(), message, help));
    }
    source
}

pub(super) fn tools(
    manifests: &[(String, ManifestFile)],
    sources: &Sources,
    ir: &mut Ir,
    spans: &mut Spans,
    diags: &mut Vec<Diag>,
) {
    let mut identifiers: BTreeMap<String, String> = BTreeMap::new();
    for (path, manifest) in manifests {
        let Some(server) = ir.servers.iter().position(|server| server.name == *manifest.server.name.get_ref()) else {
            continue;
        };
        for (toml, face) in faces::declared(manifest, path, diags) {
            let pin = pin::of_tool(&toml, &face, manifest.server.pins.as_ref(), path, sources, diags);
            let Some(tool) = tool(&toml, face, server, path, sources, ir, diags) else { continue };
            let numbers = result::check(&toml, pin.as_ref(), path, diags);
            let tool = Tool { pin, numbers, ..tool };
            if tool.wire.len() > 64 {
                let message = format!("`{}` has {} characters", tool.wire, tool.wire.len());
                diags.push(Diag::error(
                    Code::NameTooLong,
                    path,
                    toml.name.span(),
                    message,
                    "shorten the server's name; 64 characters at most in all",
                ));
            }
            if let Some(other) = identifiers.insert(crate::emit::ident::camel(&tool.wire), tool.dotted.clone()) {
                let message = format!("`{}` and `{other}` become one identifier", tool.dotted);
                diags.push(Diag::error(
                    Code::NameCollision,
                    path,
                    toml.name.span(),
                    message,
                    "leave one of them out, or rename its server",
                ));
                continue;
            }
            spans.tools.insert(tool.wire.clone(), (path.clone(), toml.name.span()));
            ir.tools.push(tool);
        }
    }
}

fn tool(
    toml: &ToolToml,
    face: Face,
    server: usize,
    path: &str,
    sources: &Sources,
    ir: &Ir,
    diags: &mut Vec<Diag>,
) -> Option<Tool> {
    check_name(&toml.name, path, diags);
    if toml.name.get_ref().to_ascii_lowercase().starts_with("aegis_") {
        let message = format!("`{}` is the kernel's own road", toml.name.get_ref());
        diags.push(Diag::error(Code::KernelRoad, path, toml.name.span(), message, "leave the tool out, or rename it"));
    }
    let server_name = ir.servers.get(server).map(|server| server.name.clone()).unwrap_or_default();
    let name = toml.name.get_ref().clone();
    let capabilities: BTreeSet<Pair> =
        toml.capabilities.get_ref().iter().filter_map(|value| capability(value, &name, ir, path, diags)).collect();
    let pinned = schema::of_tool(toml, path, sources, diags);
    let screens = pinned
        .as_ref()
        .map(|pinned| {
            screens::of_tool(&screens::Site { tool: toml, face: face.word(), pinned, server, ir, path }, diags)
        })
        .unwrap_or_default();
    if toml.capabilities.get_ref().is_empty()
        && !screens.iter().any(|screen| !matches!(screen.kind, ScreenKind::Opaque(_)))
    {
        let message = format!("{} `{name}` declares no capability", face.word());
        diags.push(Diag::error(
            Code::NoCapabilities,
            path,
            toml.capabilities.span(),
            message,
            "say what it can do whatever its arguments: `capabilities = [\"read:catalog\"]`",
        ));
    }
    let fields = toml
        .fields
        .iter()
        .filter_map(|(at, value)| class(value, ir, path, diags).map(|class| (at.get_ref().clone(), class)))
        .collect();
    let binary = toml
        .binary
        .as_ref()
        .and_then(|value| word(value, "treatment of binaries", &[("drop", false), ("pass", true)], path, diags));
    let reachable = screens::reachable(&capabilities, &screens, server, ir);
    Some(Tool {
        wire: format!("{server_name}__{name}"),
        dotted: format!("{server_name}.{name}"),
        title: toml.title.clone().unwrap_or_else(|| name.clone()),
        name,
        origin: Origin::Downstream(server),
        face,
        description: toml.description.get_ref().clone(),
        schema: pinned?,
        capabilities,
        reachable,
        screens,
        rows: toml.result.as_ref().and_then(|result| result.rows.as_ref()).map(|rows| rows.get_ref().clone()),
        fields,
        numbers: Vec::new(),
        binary_pass: binary.unwrap_or(false),
        pin: None,
    })
}

fn capability(value: &Spanned<String>, tool: &str, ir: &Ir, path: &str, diags: &mut Vec<Diag>) -> Option<Pair> {
    let text = value.get_ref();
    let Some((left, right)) = text.split_once(':') else {
        diags.push(Diag::error(
            Code::UnknownWord,
            path,
            value.span(),
            format!("`{text}` is no capability (of the tool `{tool}`)"),
            "write `effect:domain`, such as `read:catalog`",
        ));
        return None;
    };
    let part = |text: &str| Spanned::new(value.span(), text.to_owned());
    let pair = (effect(&part(left), path, diags)?, domain(&part(right), ir, path, diags)?);
    if matches!(pair.0, Effect::Promote | Effect::Validate) {
        let message = format!("a manifest tool declares `{left}`");
        diags.push(Diag::error(
            Code::PromotionDeclared,
            path,
            value.span(),
            message,
            "leave it out; `aegis__promote` and `aegis__validate` are the kernel's own",
        ));
        return None;
    }
    Some(pair)
}
