//! What stands inside of one word of an argv: the words of a command that a shell gets, and the credential in what was taken.

use super::{MARKS, is_random, tells, without};
use serde_json::Value;

/// The words of a shell's command, behind one that stands for the shell: quotes and marks between commands are taken away, nothing is
/// expanded.
pub(super) fn command(text: &str) -> Vec<String> {
    let mut words = vec!["sh".to_owned()];
    let (mut word, mut quote) = (String::new(), None);
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => word.push(letter),
            (None, '"' | '\'') => quote = Some(letter),
            (None, ' ' | '\t' | '\n' | ';' | '&' | '|' | '(' | ')') => words.push(std::mem::take(&mut word)),
            (None, _) => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// A word that was taken, and every part of it that may be the credential by itself: what a server may repeat.
pub(in crate::import) fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![word.to_owned()];
    let mut add = |part: &str| parts.push(part.trim_matches([' ', '"', '\'']).to_owned());
    // `-phunter2`, `--token=x`, `Name: x`, `user:x`, `Bearer x`.
    for behind in ["-p", "-u"] {
        word.strip_prefix(behind).into_iter().for_each(&mut add);
    }
    for between in ['=', ':', ' '] {
        word.split_once(between).map(|(_, rest)| rest).into_iter().for_each(&mut add);
        word.rsplit_once(between).map(|(_, rest)| rest).into_iter().for_each(&mut add);
    }
    if let Some((user, _)) = word.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')) {
        add(user);
        user.split_once(':').map(|(_, password)| password).into_iter().for_each(&mut add);
    }
    for part in word.split([';', '?', '&', '#', ' ', ',', '"', '\'']) {
        let told = part.split_once('=').filter(|(name, _)| tells(name.trim())).map(|(_, value)| value);
        told.into_iter().for_each(&mut add);
        if is_random(part) || MARKS.iter().any(|mark| part.starts_with(mark)) {
            add(part);
        }
    }
    serde_json::from_str::<Value>(word).iter().for_each(|json| leaves(json, &mut add));
    if word.contains(' ') {
        parts.extend(without(&command(word)).taken.iter().flat_map(|word| self::parts(word)));
    }
    // A short word of letters stands in every other sentence.
    parts.retain(|part| part.len() >= 6 || part.bytes().any(|byte| byte.is_ascii_digit()));
    parts
}

/// The texts under names that tell.
fn leaves(json: &Value, add: &mut impl FnMut(&str)) {
    let mut pending = vec![(false, json)];
    while let Some((told, value)) = pending.pop() {
        match value {
            Value::Object(map) => pending.extend(map.iter().map(|(name, value)| (told || tells(name), value))),
            Value::Array(items) => pending.extend(items.iter().map(|item| (told, item))),
            Value::String(text) if told => add(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{command, parts};

    #[test]
    fn a_shell_s_words_are_told_apart() {
        let words = command("cd x && FOO=1 exec server --header 'X-Key: a b' -p \"q\";ls");
        assert_eq!(words, ["sh", "cd", "x", "FOO=1", "exec", "server", "--header", "X-Key: a b", "-p", "q", "ls"]);
    }

    #[test]
    fn the_credential_in_a_word_is_known_by_itself() {
        for word in [
            "hunter2",
            "--token=hunter2",
            "-phunter2",
            "-ubob:hunter2",
            "postgres://me:hunter2@host/db",
            "https://hunter2@host/x",
            "Authorization: Bearer hunter2",
            "Server=db;Password=hunter2;",
            "https://x.example.com/?api_key=hunter2&a=1",
            "{\"a\":{\"apiKeys\":[\"hunter2\"]}}",
            "exec server --api-key hunter2 --port 1",
            "FOO_TOKEN='hunter2' exec server",
        ] {
            assert!(parts(word).iter().any(|part| part == "hunter2"), "{word}: {:?}", parts(word));
        }
        assert!(!parts("--auth=basic").contains(&"basic".to_owned()));
    }
}
