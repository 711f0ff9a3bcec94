//! Lines of a program, and what its variables and types are called. What stands in a file of settings, in a sentence or in a comment is
//! none of it, however it is spelled.

use crate::mask::common::is_word;

/// How lines of code begin, whatever they end in.
const HEADS: &[&str] = &[
    "import ", "return ", "raise ", "self.", "#include", "package ", "use std", "pub ", "impl ", "///", "} catch",
    "} else",
];
/// The same where they end in a sign of code.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "def ", "class ", "if ", "elif ", "else:", "else {", "for ", "while ", "try:", "try {", "with ", "const ", "let ", "var ", "fn ", "func ",
    "function ", "async ", "public ", "private ", "protected ", "static ", "export const ", "export function ", "export class ", "export default ",
    "interface ", "type ", "struct ", "enum ", "describe(", "it(", "expect(", "print(", "console.log(", "assert",
];

/// Whether a line is one of a program.
pub(in crate::mask) fn is_code(line: &str) -> bool {
    let line = line.trim();
    let ends = || line.ends_with(['{', '}', ';', ')', '(', ',', ':']) || line.contains(" = ") || line.contains("=>");
    let decorator = || {
        let name = line.strip_prefix('@').map(|name| name.split('(').next().unwrap_or(name));
        name.is_some_and(|name| name.contains('.') || line.ends_with(')')) && !line.contains(' ')
    };
    HEADS.iter().any(|head| line.starts_with(head))
        || BLOCKS.iter().any(|head| line.starts_with(head)) && ends()
        || line.starts_with("from ") && line.contains(" import ")
        || decorator()
}

/// So far to either side of an assignment lines are looked at, and most of its own line before it.
const AROUND: usize = 400;

/// Whether a place stands in a program: in a line that is no comment and no setting of a shell, near two lines of code.
pub(super) fn is_program(text: &str, at: usize) -> bool {
    let from = text.ceil_char_boundary(at.saturating_sub(AROUND));
    let to = text.floor_char_boundary((at + AROUND).min(text.len()));
    let head = text.get(from..at).unwrap_or_default();
    let own = head.rsplit('\n').next().unwrap_or_default();
    let comment = ["#", "//", "--", "/*", "* "].iter().any(|mark| own.contains(mark));
    let shell = own.trim_start().starts_with("export ") || own.trim_start().starts_with("set ");
    if comment || shell || head.contains("#!/bin/") {
        return false;
    }
    let lines = text.get(from..to).unwrap_or_default().split('\n').skip(usize::from(from > 0));
    lines.filter(|line| is_code(line)).count() > 1
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
    let words = || value.as_bytes().chunk_by(|one, two| !(one.is_ascii_lowercase() && two.is_ascii_uppercase()));
    let camel = words().count() > 1 && words().all(|word| word.len() > 1);
    value.split(['_', '.']).all(word)
        && value.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && (value.contains(['_', '.']) || camel || SHORT.contains(&value))
}

/// `CertificateIssuerPrivateKeyTypes`: words that begin with large letters, at least half of them ordinary ones.
pub(super) fn is_type(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    let words = || name.as_bytes().chunk_by(|one, two| !(one.is_ascii_lowercase() && two.is_ascii_uppercase()));
    const HOLDS: [&str; 6] = ["Key", "Keys", "Str", "Auth", "Tokens", "Creds"];
    let known = |word: &&[u8]| {
        let held = HOLDS.iter().any(|held| held.as_bytes() == *word);
        held || is_word(&String::from_utf8_lossy(word).to_lowercase())
    };
    let known = words().filter(known).count();
    name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && words().count() > 1
        && words().all(|word| word.len() > 2 || word.len() == 1)
        && known * 2 >= words().count()
}

#[cfg(test)]
mod tests {
    use super::{is_code, is_program, is_type, is_variable};

    #[test]
    fn programs_are_told_from_settings_and_sentences() {
        for line in
            ["def f(x):", "from os import path", "@dataclass.field", "const a = 1;", "    return x", "if x == y {"]
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
