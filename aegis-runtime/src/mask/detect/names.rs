//! Names of secrets: of passwords, keys and tokens, in the languages that people name them in.

use crate::mask::context;

/// Names whose value is a secret whatever it looks like.
const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwort",
    "kennwort",
    "contraseña",
    "mot de passe",
    "db password",
    "pass",
    "contrasena",
    "senha",
    "palavra passe",
    "wachtwoord",
    "mdp",
    "passcode",
    "pw",
    "psw",
    "pswd",
    "clave de acceso",
    "lösenord",
    "losenord",
    "adgangskode",
    "passord",
    "salasana",
    "hasło",
    "haslo",
    "heslo",
    "jelszó",
    "şifre",
    "пароль",
    "密码",
    "密碼",
    "パスワード",
    "비밀번호",
    "motdepasse",
    "kata sandi",
    "psk",
    "wpa psk",
    "pre shared key",
    "preshared key",
    "presharedkey",
    "wlan schlüssel",
    "requirepass",
    "masterauth",
    "bindpw",
    "rootpw",
    "authpass",
    "userpass",
    "storepass",
    "keypass",
    "lösenordet",
    "passordet",
    "salasanasi",
];
/// Names whose value is a secret where it is no word.
const KEYS: &[&str] = &[
    "api key",
    "apikey",
    "api token",
    "apitoken",
    "access key",
    "access token",
    "accesskey",
    "accesstoken",
    "auth token",
    "authtoken",
    "client secret",
    "clientsecret",
    "secret key",
    "secretkey",
    "private key",
    "privatekey",
    "refresh token",
    "refreshtoken",
    "session token",
    "account key",
    "accountkey",
    "shared access key",
    "webhook secret",
    "encryption key",
    "signing key",
    "x amz signature",
    "x amz security token",
    "app secret",
    "api secret",
    "shared secret",
    "root token",
    "vault token",
    "secret access key",
    "bearer token",
    "id token",
    "clave",
    "parola",
    "master key",
    "masterkey",
    "subscription key",
    "storage key",
    "hmac key",
    "ssh key",
    "bot token",
    "sas token",
    "jwt secret",
    "signing secret",
    "session secret",
    "totp secret",
    "cookie secret",
    "app key",
    "appkey",
    "application key",
    "consumer key",
    "consumer secret",
    "integration key",
    "server key",
    "service key",
    "write key",
    "sdk key",
    "deploy key",
    "private key id",
    "secret key base",
    "auth key",
    "authkey",
];
/// Names whose value is a secret where it looks like one.
const LOOSE: &[&str] = &[
    "secret",
    "bearer",
    "token",
    "authorization",
    "sig",
    "signature",
    "credential",
    "credentials",
    "session key",
    "auth",
    "cookie",
    "session id",
    "sessionid",
    "jwt",
];
/// Names of what only looks like a secret: where a list goes on, or what a request is told from others by.
#[rustfmt::skip]
const CURSORS: &[&str] = &[
    "next token", "nexttoken", "page token", "pagetoken", "sync token", "synctoken", "lock token", "locktoken", "continuation token",
    "starting token", "pagination token", "resume token", "cursor token", "idempotency token",
    "product token",
    "public key token", "publickeytoken",
    "creation token", "delta token", "change token", "previous token", "prev token", "scroll token", "max token",
];
/// Names that are such in a URL only.
pub(super) const QUERY: &[&str] = &["key", "code", "sid", "session", "assertion", "appid"];

/// So many words before a verb may be the one that it is of.
const TOLD: usize = 6;

/// Words that end longer ones.
const COMPOUNDS: &[&str] = &["password", "passwort", "kennwort", "wachtwoord", "passphrase"];

/// Ends of the last words of all these names: a cheap look before they are compared.
const ENDS: &[&str] = &[
    "word",
    "passwd",
    "pwd",
    "phrase",
    "wort",
    "seña",
    "passe",
    "pass",
    "key",
    "token",
    "secret",
    "signature",
    "credential",
    "credentials",
    "bearer",
    "authorization",
    "sig",
    "auth",
    "cookie",
    "id",
    "jwt",
    "code",
    "sid",
    "session",
    "assertion",
    "senha",
    "oord",
    "mdp",
    "pw",
    "psw",
    "pswd",
    "clave",
    "parola",
    "acceso",
    "nord",
    "ssord",
    "kode",
    "sana",
    "asło",
    "aslo",
    "eslo",
    "lszó",
    "ifre",
    "роль",
    "密码",
    "密碼",
    "ワード",
    "번호",
    "sandi",
    "seÑa",
    "passcode",
    "psk",
    "lüssel",
    "repass",
    "rauth",
    "ndpw",
    "otpw",
    "hpass",
    "rpass",
    "base",
    "epass",
    "ypass",
    "rdet",
    "nasi",
];

/// How much a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// The value is a secret whatever it looks like.
    Password,
    /// It is one if it is no word.
    Key,
    /// It is one if it looks like one.
    Loose,
}

/// What a name says of its value.
pub(super) fn name_of(name: &str) -> Option<Name> {
    if !can_name(name) {
        return None;
    }
    let name = trimmed(name);
    let last = name.bytes().rev().take_while(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80).count();
    let last = name.get(name.len() - last..)?;
    // Most end in another letter.
    let end = last.as_bytes().last().map(u8::to_ascii_lowercase);
    let ends = |word: &&str| {
        word.as_bytes().last().copied() == end
            && last.len() >= word.len()
            && last
                .as_bytes()
                .get(last.len() - word.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
    };
    if last.len() < 2 || !ENDS.iter().any(ends) {
        return None;
    }
    // `Benutzerpasswort`, `dbpassword`
    if COMPOUNDS.iter().any(ends) {
        return Some(Name::Password);
    }
    if context::named_last(CURSORS, name) {
        return None;
    }
    [(PASSWORDS, Name::Password), (KEYS, Name::Key), (LOOSE, Name::Loose)]
        .into_iter()
        .find(|(words, _)| context::named_last(words, name))
        .map(|(_, kind)| kind)
}

/// Words of what is said about passwords.
const ABOUT: &[&str] = &[
    "policy",
    "politique",
    "política",
    "politica",
    "richtlinie",
    "regel",
    "règle",
    "titel",
    "titre",
    "title",
    "field",
    "feld",
    "champ",
    "hash",
];

/// What the words before a verb say: `Das Passwort für den Testzugang lautet`. One of them is the name, if not the last.
pub(super) fn told_of(words: &str) -> Option<Name> {
    name_of(words).or_else(|| {
        // What is said of passwords is none.
        if words.split(' ').any(|word| ABOUT.iter().any(|about| word.eq_ignore_ascii_case(about))) {
            return None;
        }
        // `Le mot de passe du compte`: a name may have several words.
        let mut ends = words.match_indices(' ').map(|(at, _)| at).rev().take(TOLD);
        let said = ends.any(|end| words.get(..end).and_then(name_of) == Some(Name::Password));
        said.then_some(Name::Password)
    })
}

/// Whether a value is nothing but what a form calls a password: `Passwort`, `Kennwort:`.
pub(super) fn is_label(value: &str) -> bool {
    let word = value.trim().trim_end_matches([':', '*', ' ']).to_lowercase();
    PASSWORDS.contains(&word.as_str())
}

/// The same of a name that is spelled with digits for letters: `passw0rd`.
pub(super) fn leet(name: &str) -> Option<Name> {
    if !(6..=16).contains(&name.len()) || !name.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let letters = [('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't')];
    let plain = |letter: char| letters.iter().find(|(digit, _)| *digit == letter).map_or(letter, |(_, letter)| *letter);
    name_of(&name.chars().map(plain).collect::<String>()).filter(|kind| *kind == Name::Password)
}

/// Whether a name can say anything, by its last two letters.
pub(super) fn can_name(name: &str) -> bool {
    can_end(trimmed(name).as_bytes())
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

/// The last two letters of [`ENDS`]: a bit for the first of them by the second.
const LAST_TWO: [u32; 26] = last_two();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
const fn last_two() -> [u32; 26] {
    let mut bits = [0; 26];
    let mut place = 0;
    while place < ENDS.len() {
        let end = ENDS[place].as_bytes();
        let (first, second) = (end[end.len() - 2], end[end.len() - 1]);
        if first.is_ascii_lowercase() && second.is_ascii_lowercase() {
            bits[(second - b'a') as usize] |= 1 << (first - b'a');
        }
        place += 1;
    }
    bits
}

/// Whether a name can end in one of [`ENDS`], by its last two letters.
fn can_end(name: &[u8]) -> bool {
    let [.., first, second] = name else { return false };
    if *first >= 0x80 {
        return true;
    }
    let letter = |byte: u8| byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase() - b'a');
    letter(*first)
        .zip(letter(*second))
        .is_some_and(|(first, second)| LAST_TWO.get(usize::from(second)).is_some_and(|bits| bits & (1 << first) != 0))
}

pub(super) const fn word_of(kind: Name) -> &'static str {
    match kind {
        Name::Password => "password",
        Name::Key => "key",
        Name::Loose => "secret",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_last_words() {
        for name in
            ["password", "db_password", "Benutzerpasswort", "Mot de passe", "contraseña", "CONTRASEÑA", "Пароль", "pw"]
        {
            assert_eq!(name_of(name), Some(Name::Password), "{name}");
        }
        for name in ["API key", "x-api-key", "clave", "Shared Access Key"] {
            assert_eq!(name_of(name), Some(Name::Key), "{name}");
        }
        for name in ["password_changed_at", "monkey", "passe", "wordpress", "keyword", "NextToken", "nextPageToken"] {
            assert_eq!(name_of(name), None, "{name}");
        }
        assert_eq!(told_of("Das Passwort für den Testzugang"), Some(Name::Password));
        assert_eq!(told_of("the number of the key on the desk"), None);
        assert!(leet("passw0rd").is_some() && leet("pa55word").is_some() && leet("record12").is_none());
    }
}
