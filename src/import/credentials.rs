//! Credentials in an argv or an environment: found by their names and by how they look, so that they are not written down.

const TELLING: [&str; 9] =
    ["token", "secret", "password", "passwd", "api-key", "api_key", "apikey", "credential", "credentials"];
const MARKS: [&str; 16] = [
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

/// Whether a name is one that credentials have.
fn tells(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TELLING.iter().any(|word| name.ends_with(word))
}

/// Whether a value looks like a credential: by a published mark, or by a password before an `@`.
fn looks_secret(value: &str) -> bool {
    let userinfo =
        value.split_once("://").and_then(|(_, rest)| rest.split_once('@')).is_some_and(|(user, _)| user.contains(':'));
    userinfo || MARKS.iter().any(|mark| value.contains(mark))
}

/// Whether a variable holds a credential.
pub(super) fn variable(name: &str, value: &str) -> bool {
    let name_tells = tells(name) || name.to_ascii_lowercase().ends_with("_key") || name.eq_ignore_ascii_case("key");
    !value.is_empty() && (name_tells || looks_secret(value))
}

/// The argv without its credentials, and a variable's name for each of them.
pub(super) fn without(command: &[String]) -> (Vec<String>, Vec<String>) {
    let variable = |flag: &str| {
        let name: String = flag
            .trim_start_matches('-')
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        if name.is_empty() { "CREDENTIAL".to_owned() } else { name }
    };
    let (mut kept, mut found, mut words) = (Vec::new(), Vec::new(), command.iter().peekable());
    while let Some(word) = words.next() {
        let flag = word.split_once('=').map_or(word.as_str(), |(flag, _)| flag);
        if looks_secret(word) {
            found.push(if flag == word { "CREDENTIAL".to_owned() } else { variable(flag) });
        } else if tells(flag) && flag != word {
            found.push(variable(flag));
        } else if flag.starts_with('-') && tells(flag) && words.peek().is_some_and(|value| !value.starts_with('-')) {
            let _value = words.next();
            found.push(variable(flag));
        } else {
            kept.push(word.clone());
        }
    }
    found.dedup();
    (kept, found)
}

#[cfg(test)]
mod tests {
    use super::{variable, without};

    #[test]
    fn a_credential_in_the_argv_is_not_written_down() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (argv, kept, found) in [
            ("server --api-key hunter2 --port 1", "server --port 1", vec!["API_KEY"]),
            ("server --token=hunter2", "server", vec!["TOKEN"]),
            ("server GITHUB_TOKEN=hunter2", "server", vec!["GITHUB_TOKEN"]),
            ("server postgres://me:hunter2@host/db", "server", vec!["CREDENTIAL"]),
            ("server ghp_hunter2", "server", vec!["CREDENTIAL"]),
            ("server --tokens 5 --verbose", "server --tokens 5 --verbose", vec![]),
        ] {
            let (left, names) = without(&words(argv));
            assert_eq!(
                (left.join(" ").as_str(), names),
                (kept, found.iter().map(|name| (*name).to_owned()).collect()),
                "{argv}"
            );
        }
    }

    #[test]
    fn a_credential_in_the_environment_is_known() {
        for (name, value, secret) in [
            ("GITHUB_PERSONAL_ACCESS_TOKEN", "x", true),
            ("OPENAI_API_KEY", "x", true),
            ("DATABASE_URL", "postgres://me:hunter2@host/db", true),
            ("ANYTHING", "sk-ant-x", true),
            ("DATABASE_URL", "postgres://host/db", false),
            ("TZ", "UTC", false),
            ("MONKEY", "x", false),
            ("TOKEN", "", false),
        ] {
            assert_eq!(variable(name, value), secret, "{name}={value}");
        }
    }
}
