//! What a server's cage asks for.

use super::word;
use crate::diag::{Code, Diag};
use crate::ir::{Effect, Files, Ir, Origin, Tool};
use crate::model::manifest::{CageToml, ManifestFile};
use toml::Spanned;

pub(super) fn cage(
    toml: Option<&CageToml>,
    path: &str,
    diags: &mut Vec<Diag>,
) -> (&'static str, bool, Vec<String>, Vec<String>) {
    let Some(toml) = toml else { return ("Standard", false, Vec::new(), Vec::new()) };
    let levels = [("strict", "Strict"), ("standard", "Standard"), ("minimal", "Minimal")];
    let level =
        toml.level.as_ref().and_then(|value| word(value, "cage level", &levels, path, diags)).unwrap_or("Standard");
    let nets = [("none", false), ("full", true)];
    let net = toml.net.as_ref().and_then(|value| word(value, "network", &nets, path, diags)).unwrap_or(false);
    if let (Some(value), "Minimal", None) = (&toml.level, level, &toml.reason) {
        diags.push(Diag::error(
            Code::NoReason,
            path,
            value.span(),
            "a minimal cage needs a reason",
            "add `reason = \"…\"`",
        ));
    }
    let mut places = |paths: &[Spanned<String>]| -> Vec<String> {
        paths.iter().inspect(|place| check_place(place, path, diags)).map(|place| place.get_ref().clone()).collect()
    };
    let (read, write) = (places(&toml.read), places(&toml.write));
    (level, net, read, write)
}

/// What `cage.write` names is writable whatever the rules say, so no declared directory that they keep closed may meet it.
pub(super) fn closed(manifests: &[(String, ManifestFile)], ir: &Ir, diags: &mut Vec<Diag>) {
    for (server, (path, manifest)) in manifests.iter().enumerate() {
        let opened = manifest.server.cage.iter().flat_map(|cage| &cage.write);
        for place in opened {
            let meets = |files: &&Files| below(place.get_ref(), &files.path) || below(&files.path, place.get_ref());
            // What is another server's is nobody else's to write, whatever that one may.
            let closed = |files: &&Files| files.server != server || !is_written(ir, files);
            let Some(files) = ir.files.iter().filter(meets).find(closed) else { continue };
            let Files { name, path: directory, .. } = files;
            if files.server != server {
                let place_text = place.get_ref();
                let message = format!("`{place_text}` opens `files.{name}` (`{directory}`), which is another server's");
                let help = "leave it out, or declare `[files.NAME]` for this server, too";
                diags.push(Diag::error(Code::CageWrites, path, place.span(), message, help));
                continue;
            }
            let domain = ir.domains.get(files.domain).map_or("?", |domain| domain.name.as_str());
            let place_text = place.get_ref();
            let message = format!(
                "`{place_text}` opens `files.{name}` (`{directory}`), where no rule lets a tool of this server write"
            );
            let help = format!(
                "leave it out: an `[[allow]]` of `write` or `destroy` in `{domain}` makes the directory writable"
            );
            diags.push(Diag::error(Code::CageWrites, path, place.span(), message, help));
        }
    }
}

/// Whether a place is a directory, or lies somewhere below it.
fn below(place: &str, directory: &str) -> bool {
    let directory = directory.trim_end_matches('/');
    place.trim_end_matches('/').strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a rule lets a tool of the server write or destroy in the directory's domain.
fn is_written(ir: &Ir, files: &Files) -> bool {
    let changes = [Effect::Write, Effect::Destroy].map(|effect| (effect, files.domain));
    let of_server = |tool: &Tool| tool.origin == Origin::Downstream(files.server);
    ir.tools
        .iter()
        .enumerate()
        .filter(|(_, tool)| of_server(tool))
        .any(|(index, tool)| changes.into_iter().any(|pair| tool.reachable.contains(&pair) && ir.permits(index, pair)))
}

/// The directories of a server's files are in its cage: to be read, and to be written where a rule lets one of its tools write or
/// destroy there. So the operating system holds what the policy says, whatever the server makes of a path.
pub(super) fn open_files(ir: &mut Ir) {
    let opened: Vec<(usize, String, bool)> =
        ir.files.iter().map(|files| (files.server, files.path.clone(), is_written(ir, files))).collect();
    for (server, path, writes) in opened {
        let Some(server) = ir.servers.get_mut(server) else { continue };
        let places = if writes { &mut server.cage_write } else { &mut server.cage_read };
        if !places.contains(&path) {
            places.push(path);
        }
    }
}

/// A rule of the cage is tied to a file or directory that exists, so a pattern would cover what happens to be there at the start.
fn check_place(place: &Spanned<String>, path: &str, diags: &mut Vec<Diag>) {
    let text = place.get_ref();
    let rooted = text.starts_with('/') || text == "${state}" || text.starts_with("${state}/");
    let dots = text.split('/').any(|segment| segment == "." || segment == "..");
    let fault = if text.contains('*') {
        Some("is a pattern")
    } else if !rooted || dots {
        Some("is not an absolute path")
    } else if text == "/" || text == "${state}" || text == "${state}/" {
        Some("would open everything, the kernel's own state included")
    } else {
        None
    };
    if let Some(fault) = fault {
        diags.push(Diag::error(
            Code::WrongShape,
            path,
            place.span(),
            format!("`{text}` {fault}"),
            "name one file or directory, absolutely or below `${state}/`: `write = [\"${state}/data\"]`",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::{below, check_place};
    use toml::Spanned;

    fn spanned(text: &str) -> Spanned<String> {
        Spanned::new(0..0, text.to_owned())
    }

    #[test]
    fn a_place_is_below_a_directory_by_whole_names() {
        for (place, directory, is) in [
            ("/srv/data", "/srv/data", true),
            ("/srv/data/", "/srv/data", true),
            ("/srv/data/x", "/srv/data", true),
            ("/srv/database", "/srv/data", false),
            ("/srv", "/srv/data", false),
        ] {
            assert_eq!(below(place, directory), is, "{place} {directory}");
        }
    }

    #[test]
    fn a_place_is_one_absolute_path() {
        for (place, good) in [
            ("${state}/data", true),
            ("/srv/data", true),
            ("${state}/data*", false),
            ("data", false),
            ("${state}/../x", false),
            ("${state}", false),
            ("/", false),
            ("${home}/x", false),
        ] {
            let mut diags = Vec::new();
            check_place(&spanned(place), "m.toml", &mut diags);
            assert_eq!(diags.is_empty(), good, "{place}");
        }
    }
}
