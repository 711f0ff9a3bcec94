//! Credentials in an argv or an environment: found by names, by places and by how they look, so that they are not written down.
//!
//! *Invariants.* At doubt it is one: what is taken for a credential by mistake costs a line of a draft, what is not costs the
//! credential. The masker's detectors of secrets have a say in everything.

mod shell;

pub(super) use shell::parts;

use aegis_runtime::mask::holds_secret;
use serde_json::Value;

/// Words that names of credentials end in.
const TELLING: [&str; 32] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "pass",
    "pwd",
    "pw",
    "pat",
    "pin",
    "otp",
    "key",
    "apikey",
    "accesskey",
    "credential",
    "credentials",
    "auth",
    "authorization",
    "bearer",
    "jwt",
    "cookie",
    "session",
    "signature",
    "dsn",
    "headers",
    "cred",
    "phrase",
    "mnemonic",
    "oauth",
    "sas",
    "webhook",
];
/// Of these, what ends a word is enough.
const GLUED: [&str; 10] =
    ["token", "secret", "password", "passwd", "passphrase", "pass", "pwd", "apikey", "credential", "credentials"];
/// What credentials begin with that are too short for their issuer's form.
const MARKS: [&str; 20] = [
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
    "hf_",
    "ntn_",
    "npm_",
    "AIza",
    "eyJ",
    "Bearer ",
    "-----BEGIN ",
];
/// Variables that hold none.
const HARMLESS: [&str; 14] = [
    "TZ",
    "LANG",
    "LANGUAGE",
    "TERM",
    "PATH",
    "HOME",
    "SHELL",
    "NO_COLOR",
    "NODE_ENV",
    "NODE_PATH",
    "PYTHONPATH",
    "PYTHONUNBUFFERED",
    "PYTHONIOENCODING",
    "PYTHONDONTWRITEBYTECODE",
];
/// Values that are none.
const PLAIN: [&str; 20] = [
    "0",
    "1",
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "trace",
    "debug",
    "info",
    "warn",
    "warning",
    "error",
    "production",
    "development",
    "test",
    "stdio",
    "utf-8",
    "UTC",
];
/// Words of a name whose numbers are numbers.
const COUNTS: [&str; 11] =
    ["port", "timeout", "limit", "size", "max", "min", "count", "level", "ms", "seconds", "retries"];

/// The words of a name: at its marks, and where capitals begin.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for letter in name.chars() {
        if !letter.is_ascii_alphanumeric() || (lower && letter.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(letter.to_ascii_lowercase());
        }
        lower = letter.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a name is one that credentials have, of one or of several. Numbers at its end count for nothing, and neither does that it is
/// a value: `API_TOKEN_2`, `--token-value`.
fn tells(name: &str) -> bool {
    let words = words(name);
    let last = words.iter().rev().map(|word| word.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let mut last = last.filter(|word| !word.is_empty() && *word != "value");
    let one = |word: &str| TELLING.contains(&word) || GLUED.iter().any(|end| word.ends_with(end));
    let strings = words.iter().any(|word| word == "connection" || word == "conn");
    strings
        || last.next().is_some_and(|word| one(word) || word.strip_suffix('s').is_some_and(one))
        || words.iter().any(|word| ["secret", "password", "passwd", "apikey", "authorization"].contains(&word.as_str()))
}

/// `--max-tokens 5`: how many there are, not which.
fn is_count(name: &str, value: &str) -> bool {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    digits && words(name).last().is_some_and(|word| word == "tokens")
}

/// Whether a value looks like a credential, wherever it stands.
fn looks_secret(value: &str) -> bool {
    let begins = |word: &str| MARKS.iter().any(|mark| word.starts_with(mark));
    let parts = value.split([' ', '"', '\'', '=', ':', ',', ';', '&', '/']);
    is_telling_url(value)
        || is_telling_command(value)
        || value.contains("-----BEGIN ")
        || value.contains("Bearer ")
        || parts.into_iter().any(|part| begins(part) || is_random(part))
        || assigns(value)
        || is_telling_json(value)
        || holds_secret(value)
}

/// `scheme://user:password@…`; `https://token@…`, where a user alone is one.
fn is_telling_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once("://") else { return false };
    let web = ["http", "https", "ws", "wss"].iter().any(|known| scheme.to_ascii_lowercase().ends_with(known));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    rest.split_once('@').is_some_and(|(user, _)| user.contains(':'))
        || (web && authority.rsplit_once('@').is_some_and(|(user, _)| !user.is_empty()))
}

/// A command of its own in one word, as `sh -c` has it, with a credential in it.
fn is_telling_command(value: &str) -> bool {
    value.contains(' ') && !without(&shell::command(value)).taken.is_empty()
}

/// A word as nobody writes one: long, letters and digits by turns.
fn is_random(word: &str) -> bool {
    let mut runs = word.split(|letter: char| !letter.is_ascii_alphanumeric());
    let turns = |run: &str| {
        let kinds: Vec<bool> = run.bytes().map(|byte| byte.is_ascii_digit()).collect();
        kinds.windows(2).filter(|pair| pair.first() != pair.last()).count()
    };
    runs.any(|run| run.len() >= 16 && turns(run) >= 2)
}

/// `Server=…;Password=…`, `https://…?token=…`: one name of a list tells.
fn assigns(value: &str) -> bool {
    let lists = value.contains(';') || value.contains('?') || value.contains('&');
    let mut parts = value.split([';', '?', '&', '#']).filter_map(|part| part.split_once('='));
    lists && parts.any(|(name, value)| tells(name.trim()) && !value.is_empty() && !is_count(name, value))
}

fn is_telling_json(value: &str) -> bool {
    let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(value) else { return false };
    let mut pending = vec![&value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                let told =
                    |name: &str, value: &Value| tells(name) && !value.is_null() && !is_count(name, &value.to_string());
                if map.iter().any(|(name, value)| told(name, value)) {
                    return true;
                }
                pending.extend(map.values());
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}

/// Whether a variable's value may be written down: it is plainly no credential.
pub(super) fn is_harmless(name: &str, value: &str) -> bool {
    if value.is_empty() {
        return true;
    }
    // The compiler takes a literal under such a name for a credential.
    let name_of_one = ["token", "secret", "passw", "api_key", "apikey"];
    if name_of_one.iter().any(|word| name.to_ascii_lowercase().contains(word)) {
        return false;
    }
    if tells(name) || looks_secret(value) || holds_secret(&format!("{name}={value}")) {
        return false;
    }
    let number = value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit());
    let origin = ["http://", "https://"].iter().find_map(|scheme| value.strip_prefix(scheme));
    let host = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-".contains(&byte));
    HARMLESS.contains(&name)
        || name.starts_with("LC_")
        || PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(value))
        || (number && words(name).iter().any(|word| COUNTS.contains(&word.as_str())))
        || value.starts_with('/')
        || origin.is_some_and(|rest| host(rest.trim_end_matches('/')))
}

/// An argv without its credentials.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Without {
    /// What is left.
    pub(super) kept: Vec<String>,
    /// The words that were taken for a credential in them, without the flags before them.
    pub(super) taken: Vec<String>,
    /// A variable's name for each credential.
    pub(super) names: Vec<String>,
}

/// Takes the credentials out of an argv.
pub(super) fn without(command: &[String]) -> Without {
    let mut out = Without::default();
    let mut words = command.iter().peekable();
    out.kept.extend(words.next().cloned());
    while let Some(word) = words.next() {
        let (flag, value) = word.split_once('=').map_or((word.as_str(), None), |(flag, value)| (flag, Some(value)));
        let dashed = flag.starts_with('-');
        if let Some(value) = value.filter(|_| is_name(flag)) {
            if is_credential(flag, value) {
                out.take(word, flag);
            } else {
                out.kept.push(word.clone());
            }
        } else if let Some(flag) = before_colon(word) {
            out.take(word, flag);
        } else if is_glued(word) || looks_secret(word) {
            out.take(word, if dashed && value.is_some() { flag } else { "" });
        } else if let Some(value) = words.next_if(|value| dashed && !is_flag(value)) {
            if is_credential(flag, value) {
                let inner = assigned(value).filter(|_| !tells(flag));
                out.take(value, inner.unwrap_or(flag));
            } else {
                out.kept.extend([word.clone(), value.clone()]);
            }
        } else {
            out.kept.push(word.clone());
        }
    }
    out
}

impl Without {
    fn take(&mut self, word: &str, flag: &str) {
        self.taken.push(word.to_owned());
        let name: String = flag
            .trim_start_matches(['-', '/'])
            .chars()
            .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' })
            .collect();
        let begins = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_');
        let name = if begins { name } else { format!("CREDENTIAL{name}") };
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }
}

/// Whether `value` behind the flag or the name is a credential.
fn is_credential(flag: &str, value: &str) -> bool {
    let port = value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit());
    match flag {
        // A password to some, a port to others.
        "-p" | "-P" => !port && !is_reference(value),
        "-H" | "--header" | "--headers" => !is_plain_header(value),
        // `user:password`, for one.
        "-u" | "--user" | "--login" => value.contains(':') || looks_secret(value),
        _ => {
            let name = flag.trim_start_matches('-');
            (tells(name) && !is_reference(value) && !is_count(name, value))
                || assigned(value).is_some()
                || looks_secret(value)
                || holds_secret(&format!("{name}={value}"))
        }
    }
}

/// The name in `NAME=value`, where it tells.
fn assigned(value: &str) -> Option<&str> {
    let (name, value) = value.split_once('=')?;
    (is_name(name) && tells(name) && !value.is_empty() && !is_reference(value) && !is_count(name, value))
        .then_some(name)
}

/// `${NAME}`, which somebody else fills in.
fn is_reference(value: &str) -> bool {
    let inner = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    inner
        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-')))
}

/// A header that says how, and not who: or one whose value is a reference, behind the word for its kind.
fn is_plain_header(header: &str) -> bool {
    let Some((name, value)) = header.split_once(':') else { return is_reference(header) };
    let plain = ["accept", "content-type", "user-agent", "accept-language"];
    let value = value.trim();
    let bare = ["Bearer ", "Basic ", "token "].iter().find_map(|kind| value.strip_prefix(kind)).unwrap_or(value);
    is_reference(bare) || (plain.contains(&name.trim().to_ascii_lowercase().as_str()) && !looks_secret(value))
}

/// What can stand before a `=`: a flag, or a name.
fn is_name(flag: &str) -> bool {
    let name = flag.trim_start_matches('-');
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// A flag as flags look, rather than a password that begins with a dash: `-v`, `--log-level`, `--`.
fn is_flag(word: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    let short = |rest: &str| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_alphabetic());
    let name = word.split_once('=').map_or(word, |(name, _)| name);
    name.strip_prefix("--").is_some_and(|rest| rest.bytes().all(letter)) || word.strip_prefix('-').is_some_and(short)
}

/// `--token:x`, `/token:x`: the flag, where it tells. `/token:/data` is a pair of paths.
fn before_colon(word: &str) -> Option<&str> {
    let (flag, value) = word.split_once(':')?;
    let name = flag.strip_prefix('/').filter(|_| !value.starts_with('/')).or_else(|| flag.strip_prefix('-'))?;
    (is_name(name) && tells(name) && !value.is_empty() && !is_reference(value)).then_some(flag)
}

/// `-phunter2`, `-uname:password`: no flag of one dash has digits in it, but for a port or the numbers of a user and a group.
fn is_glued(word: &str) -> bool {
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = word.strip_prefix("-p").unwrap_or_default();
    let user = word.strip_prefix("-u").and_then(|rest| rest.split_once(':'));
    (rest.bytes().any(|byte| byte.is_ascii_digit()) && !number(rest))
        || user.is_some_and(|(name, password)| !(is_reference(password) || number(name) && number(password)))
}

#[cfg(test)]
mod tests;
