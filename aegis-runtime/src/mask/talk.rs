//! Talk about a value: what a declared key has in a schema, a form, a catalogue of messages or a program, where it has no value.
//!
//! *Invariants.* What is talk is read as any other text is, so an address or a number in it is found all the same. What has as many
//! digits as a number needs, or a sign, is no talk.

use super::detect::WARES;
use super::doubt::ABOUT;
use super::form::is_no_name;
use super::kill;
use crate::vocabulary::Class;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::OnceLock;

/// Words of types, of what a field must be, and of what it is called.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "string", "str", "text", "varchar", "nvarchar", "char", "character", "citext", "bool", "boolean", "int", "integer",
    "null", "undefined", "nullable", "required", "optional", "unique", "enter", "please", "valid", "invalid",
    "validate", "must", "cannot", "missing", "format", "pattern", "regex", "type", "key", "column", "label",
    "placeholder", "input", "errors", "error", "schema", "model", "models", "props", "payload", "req", "request",
    "body", "params", "args", "self", "this", "form", "faker", "env", "config", "sha256", "masked", "redacted",
    "hashed", "encrypted", "password", "passwort", "token", "search", "query", "submit", "subject", "comment", "message", "csrf",
    "captcha", "hidden", "checkbox", "textarea", "select", "option", "toggle",
];
/// Words for the thing itself, in a form's or a message's languages.
const NAMES: &[&str] =
    &["name", "names", "nombre", "nom", "prénom", "nome", "naam", "username", "firstname", "lastname", "fullname"];
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "email", "emails", "mail", "mails", "address", "adresse", "adresa", "dirección", "correo", "electrónico",
    "courriel", "indirizzo", "endereço", "phone", "phones", "telephone", "number", "numbers", "telefon",
    "telefonnummer", "nummer", "teléfono", "téléphone", "telefono", "telefone", "número", "numéro", "numero", "mobile",
    "ssn", "social", "security", "field", "fields", "user", "users", "customer", "contact",
];
/// Words that a number or an address is spelled with.
#[rustfmt::skip]
const SPELLED: &[&str] = &[
    "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple", "at",
    "dot", "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "punkt", "arroba",
    "punto",
];

/// What stands where there is no value.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "none", "n/a", "na", "-", "--", "true", "false", "yes", "no", "unknown", "tbd", "todo", "nil", "null", "undefined",
    "enabled", "disabled", "optional", "required",
];
/// Endings of files that have names.
#[rustfmt::skip]
pub(super) const FILES: &[&str] = &[
    "pdf", "csv", "json", "txt", "md", "py", "js", "ts", "rs", "go", "yml", "yaml", "xml", "html", "css", "png", "jpg",
    "svg", "log", "zip", "gz", "tar", "parquet", "xlsx", "docx", "sql", "sh", "toml", "lock", "ini", "conf", "env",
    "java", "tsx", "jsx", "ipynb",
];

/// Fewest digits that make a value of what is otherwise words: `varchar(255)` has three.
const DIGITS: usize = 4;

/// Words in brackets for a value that was taken out: `[REMOVED]`, `(withheld)`.
#[rustfmt::skip]
const REMOVED: &[&str] = &[
    "removed", "redacted", "hidden", "withheld", "deleted", "masked", "filtered", "scrubbed", "anonymized", "anonymised", "confidential",
    "private", "protected", "restricted", "suppressed", "sanitized", "omitted", "blank", "empty", "none",
];

/// Whether a value says that a value was taken out.
fn is_removed(value: &str) -> bool {
    let word = ["[]", "()", "<>", "{}"].iter().find_map(|pair| {
        let (open, close) = pair.split_at_checked(1)?;
        value.strip_prefix(open)?.strip_suffix(close)
    });
    word.is_some_and(|word| REMOVED.iter().any(|removed| word.eq_ignore_ascii_case(removed)))
}

/// Whether a value is the rest of what a schema says in one line: `maxLength: 160}`.
fn is_clause(value: &str) -> bool {
    let about = |key: &str| {
        let key = key.trim();
        ABOUT.contains(&key) || matches!(key, "readOnly" | "writeOnly" | "deprecated")
    };
    value.ends_with('}') && !value.contains('{') && value.split_once(": ").is_some_and(|(key, _)| about(key))
}

/// Whether the value of a declared key says what such a value is, or where it comes from, and is none.
pub(super) fn is_talk(class: Class, value: &str) -> bool {
    let value = value.trim().trim_end_matches([',', ';']);
    if value.is_empty() || value.len() > 400 {
        return false;
    }
    if kill::is_filler(value) || is_blank(value) || is_starred(value) || is_removed(value) {
        return true;
    }
    let sign = value.contains(['@', '＠']) && !is_directive(value);
    if sign && !value.contains(['\\', '[', '*', '+']) {
        return false;
    }
    let empty = value.len() <= 9 && EMPTY.iter().any(|empty| value.eq_ignore_ascii_case(empty));
    // Most values have no mark of a program's.
    let marked = value
        .bytes()
        .any(|byte| matches!(byte, b'(' | b'[' | b'{' | b'<' | b'=' | b':' | b'$' | b'%' | b'*' | b'#' | b'+' | b'?'));
    let stand_in = || value.starts_with(['<', '{', '$', '%', '*', '#']) && kill::is_stand_in(value);
    if empty || marked && (is_pattern(value) || stand_in()) {
        return true;
    }
    // `do not strip leading zeros (#4397)`
    let told = value.rsplit_once(" (#").filter(|(_, number)| {
        number
            .strip_suffix(')')
            .is_some_and(|number| number.len() < 6 && number.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let value = told.map_or(value, |(told, _)| told);
    if class == Class::Address && is_endpoint(value)
        || class == Class::PersonName && (is_number(value) || WARES.iter().any(|ware| value.eq_ignore_ascii_case(ware)))
        || class == Class::Phone && is_model(value)
        || matches!(class, Class::Ssn | Class::NationalId | Class::Phone) && is_fraction(value)
    {
        return true;
    }
    let digits = value.chars().filter(|letter| letter.is_numeric()).count();
    if sign || digits >= DIGITS {
        return false;
    }
    if is_clause(value) {
        return true;
    }
    let Said { words, said, things, names, spelled } = Said::of(value);
    let code = marked && is_code(value);
    match class {
        Class::PersonName => {
            // `Full Name`, `name must not be blank`, `Optional[str]`; a person may be called Field.
            let small = value.chars().all(|letter| !letter.is_uppercase());
            small && value.is_ascii() && things > 0 && words > 1 && said + things + names == words
                || said > 0 && (!is_called(value) || value.bytes().all(|byte| byte.is_ascii_lowercase()))
                || names > 0 && (names + said + things) * 3 >= words
                || code
        }
        Class::Address => said > 0 && digits == 0 && !is_called(value) || code,
        Class::Email => said + things > 0 || code,
        Class::Phone
        | Class::Ssn
        | Class::Card
        | Class::Iban
        | Class::NationalId
        | Class::IpAddress
        | Class::MacAddress
        | Class::Passport
        | Class::BankAccount
        | Class::DrivingLicence
        | Class::CryptoAddress
        | Class::BirthDate
        | Class::Financial => {
            let wordy = digits == 0 && spelled < 3 && is_wordy(value);
            wordy || said + things > 0 && spelled < 3 || code
        }
        // A secret may be any words.
        Class::Secret | Class::Custom(_) => false,
    }
}

/// Small words in names of people.
#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "de", "del", "della", "der", "den", "da", "di", "do", "dos", "du", "la", "le", "el", "al", "bin",
    "ibn", "ter", "ten", "zu", "y", "e", "af", "av",
];

/// Whether a value looks like what a person is called: words of letters that begin with large ones, or one or two of small ones.
pub(super) fn is_called(value: &str) -> bool {
    let value = value.trim();
    let plain = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '.' | ',' | '\'' | '’' | '-');
    let small = |word: &&str| word.starts_with(char::is_lowercase);
    let words = || value.split([' ', ',']).filter(|word| !word.is_empty());
    let count = words().count();
    let small_words = words().filter(|word| small(word) && !PARTICLES.contains(word)).count();
    // `petId`, `build-and-test`; `McDonald` and `Jean-Luc` are called so.
    let spelled = |word: &str| small(&word) && word.contains(|letter: char| letter.is_uppercase() || letter == '-');
    let file = value.rsplit_once('.').is_some_and(|(_, end)| FILES.contains(&end));
    let dashes = value.bytes().filter(|byte| *byte == b'-').count();
    let compound = count == 1 && (is_compound(value) || is_no_name(value) || dashes > 1);
    count > 0
        && !file
        && !compound
        && value.chars().all(plain)
        && value.chars().any(char::is_alphabetic)
        && !words().any(spelled)
        && (small_words == 0 || count == small_words && count <= 2)
}

/// A number of few digits, or one with its sign: `41`, `#7189`.
fn is_number(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let sign = value.strip_prefix('#').is_some_and(|rest| rest.len() == digits && digits <= ORDER);
    value.is_ascii() && !value.contains(char::is_alphabetic) && !value.contains("&#") && (digits < DIGITS || sign)
}

/// Most digits of an order's number that is its name.
const ORDER: usize = 7;

/// What a telephone is sold as: `Pixel 8 Pro`.
fn is_model(value: &str) -> bool {
    const MAKES: [&str; 18] = [
        "pixel",
        "iphone",
        "galaxy",
        "samsung",
        "nokia",
        "moto",
        "motorola",
        "xperia",
        "redmi",
        "xiaomi",
        "oneplus",
        "huawei",
        "honor",
        "fairphone",
        "realme",
        "oppo",
        "poco",
        "zenfone",
    ];
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let make = value.split([' ', '-']).next().unwrap_or_default();
    digits < DIGITS && !value.contains(['@', '+', ':']) && MAKES.iter().any(|known| make.eq_ignore_ascii_case(known))
}

/// A measurement: `62.4`.
fn is_fraction(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    value
        .split_once('.')
        .is_some_and(|(whole, part)| whole.len() < 4 && part.len() < 3 && digits(whole) && digits(part))
}

/// Where a program listens, not where somebody lives; what of it is personal is found by what it is. `10.0.0.2:5432`,
/// `https://vault.internal:8200`: a map's address has more behind it.
fn is_endpoint(value: &str) -> bool {
    let (scheme, rest) = value.split_once("://").unwrap_or(("", value));
    let host = rest.trim_end_matches('/');
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'_');
    let listens = !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_lowercase()) && host.bytes().all(part);
    let bits = host.split_once('/').map_or(host, |(host, _)| host);
    listens || bits.parse::<IpAddr>().is_ok() || host.parse::<SocketAddr>().is_ok()
}

/// A number that somebody masked before: `+1 (***) ***-**12`.
fn is_starred(value: &str) -> bool {
    let of = |test: fn(u8) -> bool| value.bytes().filter(|byte| test(*byte)).count();
    of(|byte| byte == b'*') >= 6 && of(|byte| byte.is_ascii_digit()) == 0
        || of(|byte| byte == b'*') >= 4
            && of(|byte| byte.is_ascii_digit()) <= DIGITS
            && value.bytes().all(|byte| byte.is_ascii_digit() || b"*+-() .".contains(&byte))
}

/// A line of a form that nobody filled in, and what stands behind it: `______  Passport No.: ______`.
fn is_blank(value: &str) -> bool {
    let rest = value.trim_start_matches(['_', '.', '…']);
    value.len() - rest.len() > 3 && (rest.is_empty() || rest.starts_with(' ') && rest.contains(':'))
}

/// `EmailAddress`: two words of a program in one. `McDonald` and `MacArthur` are called so.
fn is_compound(value: &str) -> bool {
    let first = value.chars().skip(1).take_while(|letter| letter.is_lowercase()).count() + 1;
    let rest = value.get(first..).unwrap_or_default();
    first > 3
        && !value.starts_with("Fitz")
        && rest.len() > 2
        && rest.starts_with(|letter: char| letter.is_ascii_uppercase())
        && value.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `String @auth(requires: ADMIN)`: a type, and what a schema says of it.
fn is_directive(value: &str) -> bool {
    let Some((head, rest)) = value.split_once('@') else { return false };
    let Said { words, said, things, names, .. } = Said::of(head);
    words > 0
        && said + things + names == words
        && head.ends_with([' ', '!', ']', ')'])
        && rest.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && !rest.split(['(', ' ']).next().unwrap_or_default().contains('.')
}

/// Words as a language has them: no letters of an encoding.
fn is_wordy(value: &str) -> bool {
    let plain =
        |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '.' | ',' | '\'' | '-' | ':' | '!' | '?');
    let small = |word: &str| word.chars().skip(1).all(|letter| !letter.is_uppercase());
    value.chars().all(plain) && value.chars().any(char::is_alphabetic) && value.split([' ', '-']).all(small)
}

/// How many words a value has, and of which kinds.
#[derive(Debug, Default)]
struct Said {
    words: usize,
    said: usize,
    things: usize,
    names: usize,
    spelled: usize,
}

impl Said {
    /// `emailAddress` is two words.
    fn of(value: &str) -> Self {
        let (mut all, mut word, mut lower) = (Self::default(), String::new(), false);
        for letter in value.chars() {
            let part = letter.is_alphanumeric();
            if !word.is_empty() && (!part || lower && letter.is_uppercase()) {
                all.add(&word);
                word.clear();
            }
            if part {
                word.extend(letter.to_lowercase());
            }
            lower = letter.is_lowercase();
        }
        if !word.is_empty() {
            all.add(&word);
        }
        all
    }

    fn add(&mut self, word: &str) {
        static KINDS: OnceLock<HashMap<&str, u8>> = OnceLock::new();
        let kinds = KINDS.get_or_init(|| {
            let mut kinds = HashMap::new();
            for (bit, words) in [(1, WORDS), (2, THINGS), (4, NAMES), (8, SPELLED)] {
                words.iter().for_each(|word| *kinds.entry(*word).or_default() |= bit);
            }
            kinds
        });
        self.words += 1;
        let kind = kinds.get(word).copied().unwrap_or_default();
        let counts = [&mut self.said, &mut self.things, &mut self.names, &mut self.spelled];
        counts.into_iter().enumerate().for_each(|(bit, count)| *count += usize::from(kind >> bit & 1));
    }
}

/// A regular expression.
fn is_pattern(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', '`', ' ']);
    let classes = ["\\d", "\\w", "\\s", "\\S", "[^", "[0-9", "[a-z", "[A-Z", ".+@", ".*@", "(?:", "\\b"];
    let marks = value.contains(['+', '*', '{', '?', '$']);
    marks && classes.iter().any(|class| value.contains(class))
}

/// What a program reads where it runs: `user.name`, `faker.name()`, `row[2]`, `name => …`.
fn is_code(value: &str) -> bool {
    let calls =
        value.contains("()") || value.ends_with(['(', '{', '[']) || value.contains("=>") || value.contains("::");
    let opens = value
        .bytes()
        .zip(value.bytes().skip(1))
        .any(|(one, other)| (one.is_ascii_alphanumeric() || one == b'_') && matches!(other, b'(' | b'['));
    calls || opens && value.contains([')', ']'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_is_told_from_values() {
        for (class, talk) in [
            (Class::Email, "string"),
            (Class::Email, "Please enter a valid email"),
            (Class::Email, "E-Mail-Adresse"),
            (Class::Email, "required|email|max:255"),
            (Class::Email, "varchar(255) NOT NULL"),
            (Class::Email, "z.string().email()"),
            (Class::Email, "^[^@]+@[^@]+\\.[a-z]+$"),
            (Class::Email, "errors.email.invalid"),
            (Class::Email, "String @auth(requires: ADMIN)"),
            (Class::Email, "EmailAddress! @unique"),
            (Class::Ssn, "XXX-XX-XXXX"),
            (Class::Phone, "(XXX) XXX-XXXX"),
            (Class::Phone, "Phone number"),
            (Class::Phone, "^\\+?[1-9]\\d{1,14}$"),
            (Class::PersonName, "Full Name"),
            (Class::PersonName, "Optional[str]"),
            (Class::PersonName, "{{ user.name }}"),
            (Class::PersonName, "Please enter your name"),
            (Class::PersonName, "faker.person.fullName()"),
            (Class::PersonName, "______________  Passport No.: ______________"),
            (Class::PersonName, "............ Date: ........"),
            (Class::Phone, "+1 (___) ___-____"),
        ] {
            assert!(is_talk(class, talk), "{talk}");
        }
        for (class, value) in [
            (Class::Email, "ada.lovelace"),
            (Class::Email, "ada@example.com"),
            (Class::Email, "ada at example dot com"),
            (Class::Email, "YWRhQGV4YW1wbGUuY29t"),
            (Class::Email, "ada%40example.com"),
            (Class::Email, "email ada@example.com"),
            (Class::Ssn, "XXX-XX-6789"),
            (Class::Phone, "phone 030 1234567"),
            (Class::Phone, "four one five number five five"),
            (Class::PersonName, "Ada Lovelace"),
            (Class::PersonName, "ada lovelace"),
            (Class::PersonName, "Les Field"),
            (Class::PersonName, "Valid Text"),
            (Class::PersonName, "O'Brien, Ada (née Smith)"),
            (Class::PersonName, "Ada%20Lovelace"),
            (Class::PersonName, "____ Ada Lovelace ____"),
            (Class::PersonName, "__Ada__ Date: ____"),
        ] {
            assert!(!is_talk(class, value), "{value}");
        }
    }

    #[test]
    fn people_are_called_otherwise_than_programs() {
        for person in [
            "Ada Lovelace",
            "ada lovelace",
            "Lovelace, Ada",
            "Jean-Luc Picard",
            "McDonald",
            "MacArthur",
            "Leonardo da Vinci",
            "Zoë",
            "王小明",
            "web",
        ] {
            assert!(is_called(person), "{person}");
        }
        for other in [
            "build-and-test",
            "Install dependencies",
            "adds two numbers",
            "nginx:1.25",
            "petId",
            "user_id",
            "Node 18",
            "EmailAddress",
            "charlotte.geojson",
            "",
        ] {
            assert!(!is_called(other), "{other}");
        }
    }
}
