//! What stands at the right side of an assignment and is code: a variable, a call, an index, a path of a file. Literals are no code.

use super::names::name_of;
use super::program::is_type;

/// Names that things are read from.
const ROOTS: &[&str] = &[
    "process",
    "os",
    "env",
    "environ",
    "req",
    "request",
    "self",
    "this",
    "cls",
    "settings",
    "config",
    "cfg",
    "conf",
    "ctx",
    "context",
    "args",
    "argv",
    "sys",
    "opts",
    "options",
    "params",
    "form",
    "body",
    "user",
    "secrets",
    "secret",
    "vault",
    "vars",
    "var",
    "local",
    "module",
    "data",
    "app",
    "session",
    "system",
    "environment",
    "window",
    "document",
    "event",
    "payload",
    "kwargs",
    "props",
    "state",
    "input",
    "inputs",
    "creds",
    "credentials",
    "import",
    "rails",
    "flask",
    "github",
    "gitlab",
    "steps",
    "needs",
    "matrix",
    "deno",
    "bun",
    "viper",
    "account",
    "client",
    "auth",
    "model",
    "result",
    "response",
    "res",
    "connection",
    "conn",
    "db",
    "headers",
    "values",
    "configuration",
    "properties",
    "dto",
    "entity",
    "store",
];
/// Where files stand.
const PLACES: &[&str] = &[
    "etc",
    "var",
    "home",
    "usr",
    "opt",
    "root",
    "run",
    "srv",
    "tmp",
    "mnt",
    "app",
    "data",
    "secrets",
    "keys",
    "certs",
    "Users",
    "private",
    "dev",
    "workspace",
    "builds",
    "vault",
];
/// So far behind a bracket the one that closes it is looked for.
const REACH: usize = 120;

/// A command of PowerShell: `Read-Host`, `Get-Credential`.
fn is_command(value: &str) -> bool {
    let word = |word: &str| {
        word.len() > 2
            && word.starts_with(|first: char| first.is_ascii_uppercase())
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    const VERBS: [&str; 8] = ["Read", "Get", "New", "ConvertTo", "ConvertFrom", "Invoke", "Import", "Select"];
    value.split_once('-').is_some_and(|(verb, noun)| VERBS.contains(&verb) && word(noun))
}

/// Whether a value is read by a program where it runs. What stands behind the value tells a call from a word with a bracket in it.
pub(super) fn is_expression(value: &str, behind: &[u8], quoted: bool) -> bool {
    if is_path(value) || !quoted && is_command(value) {
        return true;
    }
    let value = if quoted { value } else { value.trim_start_matches(['&', '*']) };
    let length = value.bytes().take_while(|byte| is_chain(*byte)).count();
    let (chain, rest) = value.split_at_checked(length).unwrap_or((value, ""));
    let chain = chain.trim_end_matches(['?', '!']);
    let names = || {
        chain.split(['.', ':', '>', '?', '!']).map(|name| name.trim_end_matches('-')).filter(|name| !name.is_empty())
    };
    let Some(first) = names().next() else { return false };
    // `ops::MaskedScalar`, `z.ZodOptional<z.ZodString>`
    let spelled = |name: &str| {
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    };
    let opens = rest.is_empty() || rest.starts_with('(');
    let typed = opens && chain.contains("::") && names().count() > 1 && names().all(spelled);
    let last = names().next_back().unwrap_or(first);
    let kind = last.starts_with(|first: char| first.is_ascii_uppercase())
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let generic = rest.is_empty() && behind.first() == Some(&b'<') && chain.contains('.') && kind;
    if !quoted && (typed && !last.ends_with(|last: char| last.is_ascii_digit()) || generic && names().all(is_name)) {
        return true;
    }
    if !names().all(is_name) {
        return false;
    }
    let parts = names().count();
    let rooted = parts > 1 && ROOTS.iter().any(|root| first.eq_ignore_ascii_case(root));
    if quoted {
        return rooted && (rest.is_empty() || rest.starts_with('[')) || value.starts_with('_') && is_type(value);
    }
    if rest.starts_with(['(', '[']) {
        let line = || behind.iter().take(REACH).take_while(|byte| **byte != b'\n');
        // What is handed over may stand on the lines below.
        let spelled = chain.contains('_') || !chain.bytes().any(|byte| byte.is_ascii_digit());
        let called = (names().count() > 1 || is_compound(first))
            && match line().last() {
                Some(last) => *last == b',' && spelled && line().count() < REACH,
                None => rest == "(" && behind.first() == Some(&b'\n'),
            };
        return called || line().any(|byte| matches!(byte, b')' | b']'));
    }
    let ends = matches!(behind.first(), Some(b';' | b',' | b')'));
    let spelled = !chain.bytes().any(|byte| byte.is_ascii_digit());
    let named = !last.bytes().any(|byte| byte.is_ascii_digit()) && name_of(last).is_some();
    // `random_password.db.result`
    let long = spelled && parts > 2 && chain.contains('_') && !chain.bytes().any(|byte| byte.is_ascii_uppercase());
    rest.is_empty() && (long || rooted || named && (parts > 1 || ends && is_compound(first)))
}

/// Part of names with what joins them: `a.b`, `a::b`, `a->b`, `a?.b`.
fn is_chain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-' | b'>' | b'?' | b'!')
}

/// A name as programs have them: no digits between letters of both cases.
fn is_name(name: &str) -> bool {
    let has = |test: fn(&u8) -> bool| name.bytes().any(|byte| test(&byte));
    let (digit, upper, lower) = (has(u8::is_ascii_digit), has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase));
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|letter: char| letter.is_ascii_digit())
        && !(digit && upper && lower)
}

/// Two words at least: `new_password`, `newPassword`.
fn is_compound(name: &str) -> bool {
    name.contains('_')
        || name.bytes().zip(name.bytes().skip(1)).any(|(one, two)| one.is_ascii_lowercase() && two.is_ascii_uppercase())
}

/// `/etc/ssl/private/server1.key`, `./keys/id_ed25519`, `~/.ssh/id_rsa`, `C:\keys\x`.
fn is_path(value: &str) -> bool {
    let letters = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~' | b'\\' | b':'))
    };
    let placed =
        value.strip_prefix('/').and_then(|rest| rest.split('/').next()).is_some_and(|first| PLACES.contains(&first));
    (placed
        || value.starts_with("./")
        || value.starts_with("../")
        || value.starts_with("~/")
        || value.starts_with("C:\\"))
        && letters(value)
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn code_is_told_from_literals() {
        for (value, behind) in [
            ("req.body.password", ";"),
            ("os.environ[", "\"DB_PASSWORD\"]"),
            ("settings.API_KEY", ""),
            ("process.env.DB_PASSWORD", ""),
            ("getenv(", "\"X\")"),
            ("getToken(user", ")"),
            ("sha256(", "x)"),
            ("Optional[str", "] = None"),
            ("newPassword", ";"),
            ("self.password", ""),
            ("user?.password", ""),
            ("std::env::var(", "\"X\")"),
            ("/etc/ssl/private/server1.key", ""),
            ("sys.argv[1", "]"),
        ] {
            assert!(is_expression(value, behind.as_bytes(), false), "{value}");
        }
        for (value, behind) in [
            ("m0uLin.Vert88", ""),
            ("correct.horse.battery", ""),
            ("hunter2!", ""),
            ("aB3xyZ(9kk", ")"),
            ("db.x7Kq9Lm2", ""),
            ("hunter(2", ""),
            ("superSecret", ""),
            ("/x8J/Qm+33", ""),
        ] {
            assert!(!is_expression(value, behind.as_bytes(), false), "{value}");
        }
        assert!(is_expression("process.env.DB_PASSWORD", b"\"", true) && !is_expression("getToken(x)", b"\"", true));
    }
}
