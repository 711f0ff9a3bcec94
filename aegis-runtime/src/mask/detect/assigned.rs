//! Secrets by where they stand: the password in a URL or a connection string, the value of a URL's `token=`, and what is assigned to
//! a name such as `password`.

use super::code;
use super::dsn;
use super::names::{Name, QUERY, can_name, is_label, leet, name_of, told_of, word_of};
use super::program::{is_program, is_type, is_variable};
use super::{Gate, Hit, Text};
use crate::mask::context;
use crate::mask::kill;
use crate::mask::plan::letters;
use crate::mask::scan::{SAYS_E, SAYS_ES, SAYS_EST, SAYS_IS, SAYS_IST, before, byte, run, run_back, text_back};
use crate::mask::valid::secret::placeholder;
use crate::vocabulary::Class;

/// Fewest bytes of a value.
pub(super) const SHORTEST: usize = 6;

/// So far before a verb the name stands that it is of.
const SENTENCE: usize = 56;

/// Longest line of a value that is alone on it, and most lines of a block.
const LONGEST_LINE: usize = 256;
const LINES: usize = 40;

/// Whether a value can be a secret of any name, by a look at its length and its blanks.
pub(super) fn can_be_secret(value: &str) -> bool {
    value.len() >= SHORTEST
        && (memchr::memchr(b' ', value.as_bytes()).is_none()
            || value.len() >= 12 && value.bytes().any(|byte| byte.is_ascii_digit()))
}

pub(super) fn hit(start: usize, end: usize, by: &'static str, gate: Gate) -> Hit {
    Hit { start, end, class: Some(Class::Secret), by, gate }
}

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let (mut from, mut work) = (0, 0);
    for at in memchr::memchr2_iter(b':', b'=', text.bytes) {
        if at < from {
            continue;
        }
        if let Some(found) = dsn::find(text, at).or_else(|| assigned(text, at, &mut work)).or_else(|| told(text, at)) {
            from = found.end;
            out.push(found);
        }
    }
}

/// Secrets in sentences, where a word stands in the text that says `is`.
pub(super) fn in_words(text: &Text<'_>, out: &mut Vec<Hit>) {
    const VERBS: [(u8, &str); 7] = [
        (SAYS_IS, " is "),
        (SAYS_IST, " ist "),
        (SAYS_IST, " lautet "),
        (SAYS_EST, " est "),
        (SAYS_ES, " es "),
        (SAYS_E, " è "),
        (SAYS_E, " é "),
    ];
    for (_, verb) in VERBS.iter().filter(|(says, _)| text.scan.says & says != 0) {
        let places = memchr::memmem::find_iter(text.bytes, verb);
        out.extend(places.filter_map(|at| said(text, at, verb.len())));
    }
}

/// `password for the portal: …`: the name, some words, a sign, and a value that is mixed as no word is.
fn told(text: &Text<'_>, colon: usize) -> Option<Hit> {
    let bytes = text.bytes;
    if byte(bytes, colon) != Some(b':') || byte(bytes, colon + 1) != Some(b' ') {
        return None;
    }
    let start = colon + 2;
    let part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'<' | b'>');
    let value =
        text.text.get(start..start + run(bytes, start, 4096, part))?.trim_end_matches(['.', ':', '!', '?', ')']);
    // First, since most colons have no such value behind them.
    if !is_mixed(value) || value.len() < 8 || value.contains(['/', '(']) {
        return None;
    }
    let words =
        text_back(text.text, colon, SENTENCE, |byte| is_name(byte) && byte != b'.' || matches!(byte, b' ' | b'\''))?;
    let linked = words.split(' ').any(|word| LINKS.contains(&word));
    if !linked || told_of(words)? != Name::Password {
        return None;
    }
    (is_secret(value, Name::Password, true) && !code::is_expression(value, b"", true))
        .then(|| hit(start, start + value.len(), "said", Gate::Context(word_of(Name::Password))))
}

/// Words between a password and what it is for.
const LINKS: &[&str] = &[
    "for", "to", "of", "on", "in", "für", "zum", "zur", "von", "pour", "du", "de", "para", "per", "di", "del", "della",
    "voor", "van", "do", "för", "till", "til", "is",
];

/// Part of a name.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

/// The words of a sentence up to a place, where a name may stand far before its verb.
pub(super) fn sentence(text: &str, end: usize) -> Option<&str> {
    text_back(text, end, SENTENCE, |byte| is_name(byte) && byte != b'.' || byte == b' ')
}

/// The name that ends at a place, and what it says. Of several words only the last has to be written close to the sign.
fn named<'text>(text: &Text<'text>, end: usize) -> Option<(&'text str, Name)> {
    let name = text_back(text.text, end, 32, is_name)?;
    if name.len() < 2 {
        return spread(text.bytes, end).and_then(|joined| name_of(&joined)).map(|kind| (name, kind));
    }
    if TYPES.contains(&name) {
        return typed(text, end - name.len());
    }
    if name.eq_ignore_ascii_case("value") {
        return pair(text, end - name.len()).map(|kind| (name, kind));
    }
    if name == "default" {
        return variable(text, end - name.len()).map(|kind| (name, kind));
    }
    let joined = || spread(text.bytes, end).and_then(|joined| name_of(&joined));
    if let Some(kind) = name_of(name).or_else(|| leet(name)).or_else(joined) {
        return Some((name, kind));
    }
    let verb = ["is", "ist", "est", "es", "è", "é", "lautet"].contains(&name);
    if !verb && !can_name(name) {
        return None;
    }
    if verb {
        return told_of(sentence(text.text, end)?.strip_suffix(name)?.trim_end()).map(|kind| (name, kind));
    }
    name_of(text_back(text.text, end, 32, |byte| is_name(byte) || byte == b' ')?).map(|kind| (name, kind))
}

/// Types of texts, which stand between a name and its value: `let apiKey: String = "…"`.
const TYPES: &[&str] = &["String", "string", "str", "Str", "SecretString", "NSString", "Secret"];

/// The name whose type begins at a place.
fn typed<'text>(text: &Text<'text>, at: usize) -> Option<(&'text str, Name)> {
    let bytes = text.bytes;
    let sign = at - run_back(bytes, at, 2, |byte| matches!(byte, b' ' | b'&'));
    let end = sign.checked_sub(1).filter(|colon| byte(bytes, *colon) == Some(b':'))?;
    let name = text.text.get(end - run_back(bytes, end, 32, |byte| is_name(byte) && byte.is_ascii())..end)?;
    name_of(name).map(|kind| (name, kind))
}

/// What the name says that stands before the word `value`: `name: DB_PASSWORD, value: …`, `key="Password" value="…"`.
fn pair(text: &Text<'_>, at: usize) -> Option<Name> {
    let bytes = text.bytes;
    let end = at - run_back(bytes, at, 12, |byte| matches!(byte, b' ' | b'\n' | b'\r' | b',' | b'"' | b'\'' | b'-'));
    let length = run_back(bytes, end, 32, |byte| is_name(byte) && byte.is_ascii());
    let sign = run_back(bytes, end - length, 4, |byte| matches!(byte, b' ' | b'"' | b'\''));
    let signed = before(bytes, end - length - sign).is_some_and(|byte| matches!(byte, b':' | b'='));
    text.text.get(end - length..end).filter(|_| signed && end < at).and_then(name_of)
}

/// What the name of the variable says whose block a `default` stands in: `variable "db_password" { default = … }`.
fn variable(text: &Text<'_>, at: usize) -> Option<Name> {
    const HEAD: &[u8] = b"variable \"";
    let head = text.bytes.get(at.saturating_sub(240)..at)?;
    let start = memchr::memmem::rfind(head, HEAD)? + HEAD.len();
    let rest = head.get(start..).filter(|rest| memchr::memchr(b'}', rest).is_none())?;
    let end = memchr::memchr(b'"', rest)?;
    std::str::from_utf8(rest.get(..end)?).ok().and_then(name_of)
}

/// The letters of a name that is spelled with the same mark between each two: `P A S S W O R D`.
fn spread(bytes: &[u8], end: usize) -> Option<String> {
    let mark = end.checked_sub(2).and_then(|at| byte(bytes, at)).filter(|mark| b" ._-*".contains(mark))?;
    let mut letters = Vec::new();
    let mut at = end;
    while let Some(letter) = before(bytes, at).filter(u8::is_ascii_alphabetic) {
        letters.push(char::from(letter));
        at -= 1;
        if before(bytes, at) != Some(mark) || letters.len() >= 16 {
            break;
        }
        at -= 1;
    }
    (letters.len() >= 4).then(|| letters.into_iter().rev().collect())
}

/// Where the name ends that a sign belongs to: before blanks, quotes, stars, and a remark in brackets.
fn name_end(bytes: &[u8], at: usize) -> usize {
    let skip = |at: usize| {
        at - run_back(bytes, at, 4, |byte| matches!(byte, b' ' | b'"' | b'\'' | b'`' | b']' | b'*' | b'\\'))
    };
    let end = skip(at);
    if before(bytes, end) != Some(b')') {
        return end;
    }
    let remark = run_back(bytes, end - 1, 24, |byte| !matches!(byte, b'(' | b'\n'));
    let open = end - 1 - remark;
    if before(bytes, open) == Some(b'(') { skip(open - 1) } else { end }
}

/// Most blanks before a value that stands below others.
const ALIGNED: usize = 40;

/// Where a value begins behind its sign: behind blanks, stars, and tags that part nothing.
fn value_start(bytes: &[u8], at: usize) -> usize {
    let mut start = at + 1 + run(bytes, at + 1, 4, |byte| matches!(byte, b' ' | b'\t' | b'>' | b'=' | b':'));
    start += run(bytes, start, ALIGNED, |byte| matches!(byte, b' ' | b'\t'));
    if bytes.get(start..).is_some_and(|rest| rest.starts_with(b"** ") || rest.starts_with(b"**`")) {
        start += 2 + run(bytes, start + 2, 2, |byte| byte == b' ');
    }
    const TAGS: [&[u8]; 16] = [
        b"</b>",
        b"</strong>",
        b"</span>",
        b"</td>",
        b"</th>",
        b"</dt>",
        b"</label>",
        b"</em>",
        b"<b>",
        b"<code>",
        b"<strong>",
        b"<span>",
        b"<td>",
        b"<dd>",
        b"<em>",
        b"<tt>",
    ];
    for _ in 0..4 {
        let rest = bytes.get(start..).unwrap_or_default();
        let Some(tag) = TAGS.iter().find(|tag| rest.starts_with(tag)) else { break };
        start += tag.len();
        start += run(bytes, start, 4, |byte| byte == b' ');
    }
    start
}

/// So often a text's bytes are looked at as those of values.
const WORK: usize = 4;

/// `name = value`, `name: value`, `"name": "value"`, `?name=value`.
fn assigned(text: &Text<'_>, at: usize, work: &mut usize) -> Option<Hit> {
    let bytes = text.bytes;
    let name_end = name_end(bytes, at);
    let (name, kind) = match named(text, name_end) {
        Some(named) => named,
        None => {
            let length = run_back(bytes, name_end, 32, |byte| is_name(byte) && byte.is_ascii());
            let name = text.text.get(name_end - length..name_end)?;
            let query = before(bytes, name_end - length).is_some_and(|byte| matches!(byte, b'?' | b'&'));
            (query && context::named_last(QUERY, name)).then_some((name, Name::Loose))?
        }
    };
    let start = name_end.checked_sub(name.len())?;
    if before(bytes, start) == Some(b':') && kill::in_path(bytes, start) {
        return None;
    }
    // `signature::ECDSA` is a name of a program.
    let path = matches!(bytes.get(at..), Some([b':', b':', next, ..]) if next.is_ascii_alphabetic());
    if path && kind != Name::Password {
        return None;
    }
    // `login:password:UID:GID` is what a line of a file has.
    let listed = before(bytes, start) == Some(b':') && byte(bytes, at) == Some(b':');
    // `user@example.com:8042/over/there` has a port.
    let port = run(bytes, at + 1, 6, |byte| byte.is_ascii_digit());
    let hosted = kind == Name::Loose || before(bytes, start).is_some_and(|byte| matches!(byte, b'.' | b'@'));
    if port > 1 && byte(bytes, at) == Some(b':') && byte(bytes, at + 1 + port) == Some(b'/') && hosted {
        return None;
    }
    let url = before(bytes, start).is_some_and(|byte| matches!(byte, b'?' | b'&'));
    let spaced = byte(bytes, at + 1) == Some(b' ');
    let mut start = value_start(bytes, at);
    if let Some(hit) = below(text, at, start, kind) {
        return Some(hit);
    }
    // `{\"password\":\"…\"}` as a string quotes it.
    let escaped = matches!(bytes.get(start..), Some([b'\\', b'"', ..]));
    start += usize::from(escaped);
    // `b"…"`, `r'…'`
    let literal = matches!(bytes.get(start..), Some([b'b' | b'r' | b'u' | b'f' | b'@' | b'L', b'"' | b'\'', ..]));
    start += usize::from(literal);
    let quote = byte(bytes, start).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    start += usize::from(quote.is_some());
    for scheme in ["Bearer ", "bearer ", "Basic ", "basic ", "token ", "Token "] {
        if bytes.get(start..).is_some_and(|rest| rest.starts_with(scheme.as_bytes())) {
            start += scheme.len();
            break;
        }
    }
    let length = match quote {
        Some(quote) => run(bytes, start, 4096, |byte| byte != quote && byte != b'\n'),
        None => run(bytes, start, 4096, |byte| {
            (byte.is_ascii_graphic() || byte >= 0x80)
                && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'<' | b'>' | b'}' | b')' | b']')
                // A mark of a query, and a letter like any other elsewhere.
                && (byte != b'&' || spaced && !url)
        }),
    };
    let value = text.text.get(start..start + length)?;
    *work += length;
    // Values within values have no end: what stands behind a name is one then, whatever it is.
    if *work > WORK * (text.bytes.len() + LONGEST_LINE) && length >= SHORTEST {
        return Some(hit(start, start + length, "assigned", Gate::Context(word_of(kind))));
    }
    let value = if escaped { value.trim_end_matches('\\') } else { value };
    let tight = byte(bytes, at) == Some(b'=') || quote.is_some();
    let value = if tight { value } else { value.trim_end_matches(['.', ':', '!', '?']) };
    let end = start + value.len();
    // `:'new_password'` is a variable of psql.
    // `${DB_PASSWORD:?missing}` says what is wrong where there is none.
    let expanded = before(bytes, name_end - name.len()) == Some(b'{');
    let demanded = value.starts_with('?') && (expanded || byte(bytes, end) == Some(b'}'));
    let variable = quote == Some(b'\'')
        && before(bytes, at) == Some(b' ')
        && start == at + 2
        && is_plain(value)
        && name_of(value).is_some()
        && name.bytes().all(|byte| byte.is_ascii_uppercase());
    let listed = listed && quote.is_none() && is_list(value);
    if variable || listed || demanded || quote.is_none() && TYPES.contains(&value) {
        return None;
    }
    // `v-model="password" :error="…"` has another attribute behind the sign.
    if quote.is_none() && is_attribute(value) && matches!(byte(bytes, end), Some(b'"' | b'\'')) {
        return None;
    }
    // `CHALLENGE_PASSWORD: "challengePassword"`
    let last = name.rsplit('.').next().unwrap_or(name);
    let colon = byte(bytes, at) == Some(b':');
    // What a call is handed has no blanks around its sign: `f(password=key_password, …)`.
    let handed = matches!(byte(bytes, end), Some(b',' | b')')) && !name.bytes().any(|byte| byte.is_ascii_uppercase());
    let written = quote.is_none() && (spaced || handed) && (is_variable(value) || colon && is_type(value));
    let own = colon && quote.is_some() && letters(last).eq(letters(value));
    if (own || written) && is_program(text.text, at) {
        return None;
    }
    // `salt: [u8; 16]`
    if quote.is_none() && value.starts_with('[') && byte(bytes, end) == Some(b';') {
        return None;
    }
    let told = is_secret(value, kind, url || tight) || url && kind == Name::Loose && is_random(value);
    (told && !code::is_expression(value, bytes.get(end..)?, quote.is_some()))
        .then(|| hit(start, end, "assigned", Gate::Context(word_of(kind))))
}

/// `UID:GID:GECOS`
fn is_list(value: &str) -> bool {
    value.contains(':') && value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b':')
}

/// A version of a distribution's package: `1:4.13+dfsg1-1+deb12u1`.
fn is_package(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_digit())
        && value.contains('.')
        && ["+deb", "+dfsg", "ubuntu", "~deb"].iter().any(|mark| value.contains(mark))
}

/// What a form asks of a value: `required|min:12|confirmed`.
fn is_rule(value: &str) -> bool {
    let asks = |part: &str| matches!(part, "required" | "nullable" | "sometimes" | "confirmed" | "string" | "bail");
    value.contains('|') && value.split('|').next().is_some_and(asks)
}

/// Small letters and lines between them.
fn is_plain(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// A name of markup and its sign.
fn is_attribute(value: &str) -> bool {
    let name = value.strip_suffix('=').unwrap_or_default();
    let part = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'.');
    name.bytes().all(part) && name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// A password that is alone on the line below its name.
fn below(text: &Text<'_>, at: usize, start: usize, kind: Name) -> Option<Hit> {
    let bytes = text.bytes;
    // `password: >-` of YAML, where the sign itself was passed.
    let folds = before(bytes, start).is_some_and(|byte| byte == b'>') || byte(bytes, start) == Some(b'|');
    let start =
        start + if folds { run(bytes, start, 3, |byte| matches!(byte, b'|' | b'-' | b'+' | b'0'..=b'9')) } else { 0 };
    let gap = run(bytes, start, 2, |byte| matches!(byte, b'\r' | b'\n'));
    if gap == 0 || !folds && kind != Name::Password || byte(bytes, at) != Some(b':') {
        return None;
    }
    let indent = run(bytes, start + gap, 16, |byte| byte == b' ');
    let start = start + gap + indent;
    let graphic = |from: usize| from + run(bytes, from, LONGEST_LINE, |byte| byte.is_ascii_graphic());
    let mut end = graphic(start);
    let value = text.text.get(start..end)?;
    let ends = byte(bytes, end).is_none_or(|byte| matches!(byte, b'\r' | b'\n'));
    if !ends || !is_mixed(value) || !folds && value.contains([':', '=']) || !is_secret(value, kind, true) {
        return None;
    }
    // The lines of a block are one value.
    for _ in 0..if folds && indent > 0 { LINES } else { 0 } {
        let gap = end + run(bytes, end, 2, |byte| matches!(byte, b'\r' | b'\n'));
        let next = graphic(gap + indent);
        let same = run(bytes, gap, 17, |byte| byte == b' ') == indent && next - gap - indent >= SHORTEST;
        if !same || !byte(bytes, next).is_none_or(|byte| matches!(byte, b'\r' | b'\n')) {
            break;
        }
        end = next;
    }
    Some(hit(start, end, "assigned", Gate::Context(word_of(kind))))
}

/// Letters of both cases as no words have them: large ones before small ones, more than once.
fn is_random(value: &str) -> bool {
    value.len() >= 16
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && turns(value) > 0
        && !kill::is_stand_in(value)
}

/// How often two large letters stand before a small one.
fn turns(value: &str) -> usize {
    let turn = |part: &&[u8]| matches!(part, [one, two, three] if one.is_ascii_uppercase() && two.is_ascii_uppercase() && three.is_ascii_lowercase());
    value.as_bytes().windows(3).filter(turn).count()
}

/// Large letters before small ones, more than once, as in no word: `QuarryPXlKz_rbWRl`.
fn is_scrambled(value: &str) -> bool {
    turns(value) > 1 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Letters and digits.
pub(super) fn is_mixed(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Eight bytes or more with a digit, a capital and a small letter: no word of any sentence.
pub(super) fn is_strong(value: &str) -> bool {
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    value.len() >= 8 && is_mixed(value) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}

/// `the password is …`: the value is mixed as no word is.
fn said(text: &Text<'_>, is: usize, verb: usize) -> Option<Hit> {
    let bytes = text.bytes;
    let kind = told_of(sentence(text.text, is)?)?;
    let start = is + verb;
    let start = start + run(bytes, start, 2, |byte| matches!(byte, b'"' | b'\'' | b'`' | b'*'));
    let part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'<' | b'>');
    let value =
        text.text.get(start..start + run(bytes, start, 4096, part))?.trim_end_matches(['.', ':', '!', '?', ')', '*']);
    (is_mixed(value) && value.len() >= 6 && is_secret(value, kind, true))
        .then(|| hit(start, start + value.len(), "said", Gate::Context(word_of(kind))))
}

/// Whether a value looks like a secret: no stand-in, and mixed as no word of a language is.
pub(super) fn is_secret(value: &str, name: Name, tight: bool) -> bool {
    if value.len() < 4
        || placeholder(value.as_bytes())
        || kill::is_stand_in(value)
        || is_label(value)
        || is_rule(value)
        || is_package(value)
        || kill::is_reference(value)
    {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let (digit, letter) = (has(u8::is_ascii_digit), has(u8::is_ascii_alphabetic));
    let symbol =
        value.bytes().any(|byte| byte.is_ascii_punctuation() && !matches!(byte, b'.' | b'-' | b'_' | b'/' | b':'));
    let mixed = digit && letter;
    let cases = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let spaced = value.contains(' ');
    match name {
        Name::Password if spaced => tight && mixed && value.len() >= 12,
        Name::Password => value.len() >= 6 && (tight || digit || symbol || is_scrambled(value)),
        Name::Key => !spaced && (mixed && value.len() >= 8 || value.len() >= 10 && (symbol || cases)),
        Name::Loose => {
            !spaced
                && (mixed
                    && (value.len() >= 16 || tight && value.len() >= 10 && (symbol || cases || value.len() >= 12))
                    || value.len() >= 24 && cases && !value.contains(['/', '.']))
        }
    }
}
