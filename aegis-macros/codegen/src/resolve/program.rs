//! What a server runs: commands that nobody can review, and files held to what somebody did.

use crate::diag::{Code, Diag};
use crate::model::manifest::ServerToml;
use toml::Spanned;

/// A program that downloads what it runs makes the recorded digest, and the review of the manifest, say nothing.
pub(super) fn fetches(command: &Spanned<Vec<Spanned<String>>>, path: &str, diags: &mut Vec<Diag>) {
    let words: Vec<&str> = command.get_ref().iter().map(|word| word.get_ref().as_str()).collect();
    let program = words.first().and_then(|program| program.rsplit('/').next()).unwrap_or_default();
    let second = words.get(1).copied().unwrap_or_default();
    let fetches = match program {
        "npx" | "uvx" | "bunx" | "pipx" => true,
        "npm" | "pnpm" | "yarn" | "bun" => ["exec", "dlx", "x"].contains(&second),
        "uv" => second == "tool" || second == "run",
        "docker" | "podman" => second == "run",
        _ => false,
    };
    if fetches {
        diags.push(
            Diag::error(
                Code::Fetches,
                path,
                command.span(),
                format!("`{program}` fetches code when the server starts, so nobody reviewed what will run"),
                "install it once at a fixed version, and name the installed program: `command = [\"/opt/servers/bin/NAME\"]`",
            )
            .warning(),
        );
    }
}

/// The files of a server that must be what they were when somebody reviewed them.
pub(super) fn held(server: &ServerToml, path: &str, diags: &mut Vec<Diag>) -> Vec<(String, String)> {
    let program = server.command.get_ref().first().map(|program| program.get_ref().as_str());
    server
        .sha256
        .iter()
        .inspect(|(file, digest)| {
            if let Some((span, message, help)) = fault(file, digest, program) {
                diags.push(Diag::error(Code::WrongShape, path, span, message, help));
            }
        })
        .map(|(file, digest)| (file.get_ref().clone(), digest.get_ref().clone()))
        .collect()
}

/// What is wrong with one line of `sha256`.
fn fault(
    file: &Spanned<String>,
    digest: &Spanned<String>,
    program: Option<&str>,
) -> Option<(std::ops::Range<usize>, String, &'static str)> {
    let (name, hex) = (file.get_ref(), digest.get_ref());
    if name == "aegis" {
        let help = "leave it out: what this executable is, its signature or its package says";
        return Some((file.span(), "`aegis` cannot hold its own digest".to_owned(), help));
    }
    if !(name.starts_with('/') || name.starts_with("${state}/") || Some(name.as_str()) == program) {
        let help =
            "name the program as `command` does, or a file absolutely: `sha256 = { \"/opt/server/main.py\" = \"…\" }`";
        return Some((file.span(), format!("`{name}` is neither the program nor an absolute path"), help));
    }
    let digits = hex.len() == 64 && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (!digits).then(|| {
        let help = "write 64 lower-case hexadecimal digits, as `sha256sum FILE` prints them";
        (digest.span(), format!("`{hex}` is no SHA-256"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::{fault, fetches};
    use toml::Spanned;

    fn spanned(text: &str) -> Spanned<String> {
        Spanned::new(0..0, text.to_owned())
    }

    #[test]
    fn a_file_is_held_by_a_name_that_is_found_again_and_a_whole_digest() {
        let whole = "0123456789abcdef".repeat(4);
        let short = "0".repeat(63);
        for (file, digest, good) in [
            ("/opt/server/main.py", whole.as_str(), true),
            ("${state}/server/main.py", &whole, true),
            ("python3", &whole, true),
            ("main.py", &whole, false),
            ("aegis", &whole, false),
            ("python3", &short, false),
            ("python3", &whole.to_uppercase(), false),
            ("python3", "", false),
        ] {
            assert_eq!(fault(&spanned(file), &spanned(digest), Some("python3")).is_none(), good, "{file} {digest}");
        }
    }

    #[test]
    fn a_command_that_fetches_is_warned_of() {
        for (command, warned) in [
            (&["npx", "-y", "x"][..], true),
            (&["/usr/bin/uvx", "x"], true),
            (&["uv", "run", "x"], true),
            (&["npm", "start"], false),
            (&["python3", "uvx"], false),
            (&["aegis", "downstream", "s3"], false),
        ] {
            let mut diags = Vec::new();
            let words = command.iter().map(|word| spanned(word)).collect();
            fetches(&Spanned::new(0..0, words), "m.toml", &mut diags);
            assert_eq!(!diags.is_empty(), warned, "{command:?}");
        }
    }
}
