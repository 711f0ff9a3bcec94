//! Lines of a program, and what its variables and types are called. What stands in a file of settings, in a sentence or in a comment is
//! none of it, however it is spelled.

use crate::mask::common::is_word;

/// How lines of code begin where what follows is no sentence.
const HEADS: &[&str] = &[
    "import ", "return ", "raise ", "package ", "self.", "#include", "use std", "pub ", "impl ", "///", "} catch",
    "} else",
];
/// The same where they end in a sign of code.
#[rustfmt::skip]
const LINES: &[&str] = &[
    "def ", "class ", "const ", "let ", "var ", "fn ", "func ", "function ", "async ", "public ", "private ", "protected ", "static ",
    "export const ", "export function ", "export class ", "export default ", "interface ", "type ", "struct ", "enum ", "describe(", "it(", "expect(",
    "print(", "console.log(", "assert",
];
/// The same where they open a block.
const BLOCKS: &[&str] = &["if ", "elif ", "else:", "else {", "for ", "while ", "try:", "try {", "with "];

/// Whether a line is one of a program.
pub(in crate::mask) fn is_code(line: &str) -> bool {
    let line = line.trim();
    let begins = |heads: &[&str]| heads.iter().any(|head| line.starts_with(head));
    let sentence = || {
        let words = line.split(' ').count();
        words > 2 && !line.ends_with([';', ')', '{', ',', ':', '(']) && !line.contains(['.', '_', '=', '"', '\''])
    };
    begins(HEADS) && !sentence()
        || begins(LINES)
            && (line.ends_with(['{', '}', ';', ')', '(', ',', ':']) || line.contains(" = ") || line.contains("=>"))
        || begins(BLOCKS) && line.ends_with([':', '{'])
        || line.starts_with("from ") && line.contains(" import ")
        || line.starts_with('@') && line.ends_with(')') && !line.contains(' ')
}

/// Most lines to either side of an assignment that are looked at, and most bytes.
const NEAR: usize = 12;
const AROUND: usize = 600;

/// Whether a place stands in a program: in a line that is no comment and no setting of a shell, among lines of code without a gap.
pub(super) fn is_program(text: &str, at: usize) -> bool {
    let head = text.get(text.ceil_char_boundary(at.saturating_sub(AROUND))..at).unwrap_or_default();
    let tail = text.get(at..text.floor_char_boundary((at + AROUND).min(text.len()))).unwrap_or_default();
    let own = head.rsplit('\n').next().unwrap_or_default();
    let comment = ["#", "//", "--", "/*", "* "].iter().any(|mark| own.contains(mark));
    let shell = own.trim_start().starts_with("export ") || own.trim_start().starts_with("set ");
    if comment || shell || head.contains("#!/bin/") {
        return false;
    }
    // What stands beyond a gap, a fence or the head of another file is something else.
    let apart = |line: &&str| {
        let line = line.trim();
        line.is_empty() || ["```", "diff --git", "@@", "---", "+++", "==="].iter().any(|mark| line.starts_with(mark))
    };
    let above = head.rsplit('\n').skip(1).take(NEAR).take_while(|line| !apart(line));
    let below = tail.split('\n').skip(1).take(NEAR).take_while(|line| !apart(line));
    let lines: Vec<&str> = above.chain(below).collect();
    const SETTINGS: [&str; 6] = ["user:", "username:", "login:", "host:", "server:", "url:"];
    let set = |line: &&str| {
        let line = line.trim().to_ascii_lowercase();
        SETTINGS.iter().any(|setting| line.starts_with(setting)) && !line.ends_with([',', ';', '{', '('])
    };
    lines.iter().filter(|line| is_code(line)).count() > 1 && !lines.iter().any(set)
}

/// The words of a name that are told by their first letters.
fn humps(name: &str) -> impl Iterator<Item = &[u8]> {
    name.as_bytes().chunk_by(|one, two| !(one.is_ascii_lowercase() && two.is_ascii_uppercase()))
}

/// `index_info`, `isPublicClient`, `target.search`: what a variable of a program may be called.
pub(super) fn is_variable(value: &str) -> bool {
    const SHORT: [&str; 8] = ["username", "value", "token", "secret", "data", "result", "salt", "nonce"];
    // `scram_sha_256_salt`, `imdsv2_session_token`
    let number = |part: &str| part.len() < 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = |part: &str| {
        let letters = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        number(part) || part.len() - letters.len() < 3 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let camel = humps(value).count() > 1 && humps(value).all(|word| word.len() > 1);
    value.split(['_', '.']).all(word)
        && !value.ends_with(|last: char| last.is_ascii_digit())
        && value.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && (value.contains(['_', '.']) || camel || SHORT.contains(&value))
}

/// `CertificateIssuerPrivateKeyTypes`: words that begin with large letters, at least half of them ordinary ones.
pub(super) fn is_type(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    const HOLDS: [&str; 6] = ["Key", "Keys", "Str", "Auth", "Tokens", "Creds"];
    let known = |word: &&[u8]| {
        let held = HOLDS.iter().any(|held| held.as_bytes() == *word);
        held || is_word(&String::from_utf8_lossy(word).to_lowercase())
    };
    let known = humps(name).filter(known).count();
    name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && humps(name).count() > 1
        && humps(name).all(|word| word.len() > 2 || word.len() == 1)
        && known * 2 >= humps(name).count()
}

#[cfg(test)]
mod tests {
    use super::{is_code, is_program, is_type, is_variable};

    #[test]
    fn programs_are_told_from_settings_and_sentences() {
        for line in
            ["def f(x):", "from os import path", "@dataclass.field(x)", "const a = 1;", "    return x", "if x == y {"]
        {
            assert!(is_code(line), "{line}");
        }
        for line in [
            "@here new lead",
            "from the VPN only.",
            "for the staging cluster. Please",
            "let us know",
            "use the door",
            "@tom",
        ] {
            assert!(!is_code(line), "{line}");
        }
        let code = "import os\nclass A(B):\n    def f(self):\n        self.key_password = ";
        assert!(is_program(code, code.len()));
        for text in [
            "import os\nreturn x\n# password: ",
            "#!/bin/bash\nimport x\nreturn y\nPASSWORD=",
            "import os\nreturn x\nexport PGPASSWORD=",
            "User: deploy\nPassword: ",
        ] {
            assert!(!is_program(text, text.len()), "{text}");
        }
        assert!(is_variable("index_info") && is_variable("isPublicClient") && is_variable("target.search"));
        assert!(!is_variable("hunter2!") && !is_variable("Kx9_zz7q1") && !is_variable("horse"));
        assert!(is_type("CertificateIssuerPrivateKeyTypes") && is_type("_RSAPrivateKey"));
        assert!(!is_type("KjhGtrVbnMkoPlqWer") && !is_type("Rescore"));
    }
}
