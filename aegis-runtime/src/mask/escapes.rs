//! Escapes of URLs, HTML, JSON and C, and escapes of those.

use super::normal::Normal;
use super::views::hex;

/// What an escape shows, if anything, and how long it is.
pub(super) type Decoded = Option<(Option<char>, usize)>;

/// Most escapes of escapes: `%252540`, `&amp;amp;#64;`.
const NESTED: usize = 4;
/// Longest escape.
const ESCAPE: usize = 16;

/// Escapes of URLs, HTML, JSON and C, decoded where they stand; nothing where there are none.
pub(super) fn escapes(text: &str) -> Option<Normal> {
    let mut view = Normal { text: String::with_capacity(text.len()), map: Vec::with_capacity(text.len() + 1) };
    let mut at = 0;
    let mut any = false;
    // `To=%2B44+7534+077422`: a plus is a blank where one that is meant is escaped.
    let form = memchr::memmem::find(text.as_bytes(), b"%2B").or_else(|| memchr::memmem::find(text.as_bytes(), b"%2b"));
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let decoded = nested(letter, text.get(at..).unwrap_or_default());
        let (shown, length) = decoded.unwrap_or((Some(letter), letter.len_utf8()));
        any |= decoded.is_some();
        let shown = if form.is_some() && letter == '+' { Some(' ') } else { shown };
        if let Some(shown) = shown {
            view.text.push(shown);
            view.map.extend(std::iter::repeat_n(at, shown.len_utf8()));
        }
        at += length;
    }
    view.map.push(text.len());
    any.then_some(view)
}

/// An escape; one that says how another begins is read on.
fn nested(letter: char, rest: &str) -> Decoded {
    let (mut shown, mut length) = escape(letter, rest)?;
    for _ in 1..NESTED {
        let Some(mark @ ('%' | '&' | '\\')) = shown else { break };
        let behind: String = rest.get(length..)?.chars().take(ESCAPE).collect();
        // One that is spelled so itself is another view's.
        if behind.starts_with('\\') {
            break;
        }
        let Some((inner, more)) = escape(mark, &format!("{mark}{behind}")) else { break };
        (shown, length) = (inner, length + more - mark.len_utf8());
    }
    Some((shown, length))
}

fn escape(letter: char, rest: &str) -> Decoded {
    match letter {
        '%' => percent(rest),
        '&' => entity(rest),
        '\\' => backslash(rest),
        _ => None, // stands for itself
    }
}

fn percent(rest: &str) -> Decoded {
    // `%u0040`, as JavaScript's `escape` has it.
    if let Some(code) = rest.strip_prefix("%u").and_then(|rest| rest.get(..4)) {
        let letter = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
        return Some((Some(letter), 6));
    }
    let mut bytes = [0_u8; 4];
    for count in 1..=4 {
        let at = (count - 1) * 3;
        let [b'%', one, two] = rest.as_bytes().get(at..at + 3)? else { return None };
        *bytes.get_mut(count - 1)? = u8::try_from(hex(*one)? * 16 + hex(*two)?).ok()?;
        if let Ok(text) = std::str::from_utf8(bytes.get(..count)?) {
            return Some((text.chars().next(), count * 3));
        }
    }
    None
}

fn entity(rest: &str) -> Decoded {
    const NAMES: [(&str, char); 60] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("commat", '@'),
        ("period", '.'),
        ("nbsp", ' '),
        ("plus", '+'),
        ("colon", ':'),
        ("sol", '/'),
        ("lowbar", '_'),
        ("hyphen", '-'),
        ("dash", '-'),
        ("lpar", '('),
        ("rpar", ')'),
        ("shy", '\u{ad}'),
        ("num", '#'),
        ("ndash", '-'),
        ("mdash", '-'),
        ("minus", '-'),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("equals", '='),
        ("comma", ','),
        ("semi", ';'),
        ("excl", '!'),
        ("percnt", '%'),
        ("dollar", '$'),
        ("ast", '*'),
        ("bsol", '\\'),
        ("lbrack", '['),
        ("rbrack", ']'),
        ("Tab", ' '),
        ("NewLine", '\n'),
        ("zwj", '\u{200d}'),
        ("zwnj", '\u{200c}'),
        ("agrave", 'à'),
        ("aacute", 'á'),
        ("acirc", 'â'),
        ("atilde", 'ã'),
        ("auml", 'ä'),
        ("Auml", 'Ä'),
        ("ccedil", 'ç'),
        ("egrave", 'è'),
        ("eacute", 'é'),
        ("ecirc", 'ê'),
        ("Eacute", 'É'),
        ("iacute", 'í'),
        ("ntilde", 'ñ'),
        ("oacute", 'ó'),
        ("ocirc", 'ô'),
        ("otilde", 'õ'),
        ("ouml", 'ö'),
        ("Ouml", 'Ö'),
        ("uacute", 'ú'),
        ("uuml", 'ü'),
        ("Uuml", 'Ü'),
        ("szlig", 'ß'),
    ];
    let head = rest.get(1..rest.char_indices().nth(12).map_or(rest.len(), |(at, _)| at))?;
    let (name, length) = match head.split_once(';') {
        Some((name, _)) => (name, name.len() + 2),
        // A numeric entity without its semicolon is read all the same.
        None => {
            let digits = head.strip_prefix('#')?.bytes().take_while(u8::is_ascii_digit).count();
            (head.get(..=digits)?, digits + 2)
        }
    };
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((Some(char::from_u32(code)?), length));
    }
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, letter)| (Some(*letter), length))
}

fn backslash(rest: &str) -> Decoded {
    // As a text in quotes inside of another one spells it: `\\u0040`.
    let doubled = super::scan::run(rest.as_bytes(), 1, NESTED, |byte| byte == b'\\');
    if doubled > 0 {
        let spelled = |inner: &&str| matches!(inner.as_bytes(), [_, b'u' | b'x' | b'0'..=b'3', ..]);
        let inner = rest.get(doubled..).filter(spelled)?;
        return backslash(inner).map(|(shown, length)| (shown, length + doubled));
    }
    let code =
        |from: usize, digits: usize| rest.get(from..from + digits).and_then(|text| u32::from_str_radix(text, 16).ok());
    match rest.as_bytes().get(1)? {
        b'u' if rest.get(2..3) == Some("{") => {
            let end = rest.get(3..12.min(rest.len()))?.find('}')?;
            Some((Some(char::from_u32(code(3, end)?)?), end + 4))
        }
        b'u' => {
            let first = code(2, 4)?;
            if let Some(letter) = char::from_u32(first) {
                return Some((Some(letter), 6));
            }
            let second = rest.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| code(8, 4))?;
            char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?])
                .next()?
                .ok()
                .map(|letter| (Some(letter), 12))
        }
        b'x' => Some((Some(char::from_u32(code(2, 2)?)?), 4)),
        b'0'..=b'3' => octal(rest),
        b'/' => Some((Some('/'), 2)),
        b'n' | b't' | b'r' => Some((Some(' '), 2)),
        // Markdown's escapes.
        mark @ (b'@' | b'.' | b'-' | b'_' | b'+') => Some((Some(char::from(*mark)), 2)),
        _ => None, // another escape
    }
}

/// `\100`, and `\0100` as a shell's `echo` has it: what is printed, and the beginning of a terminal's sequences.
fn octal(rest: &str) -> Decoded {
    [1..4, 2..5].into_iter().find_map(|digits| {
        let (lead, written) = (rest.get(1..digits.start)?, rest.get(digits.clone())?);
        let octal = lead.bytes().all(|byte| byte == b'0') && written.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
        let code = u8::from_str_radix(written, 8).ok().filter(|_| octal)?;
        matches!(code, 0x1b | 0x20..=0x7e).then(|| (Some(char::from(code)), digits.end))
    })
}

#[cfg(test)]
mod tests {
    use super::escapes;

    #[test]
    fn escapes_are_read_where_they_stand() {
        for written in [
            "ada%40example.com",
            "ada&#64;example.com",
            "ada&#x40;example&period;com",
            "ada\\u0040example.com",
            "ada\\x40example.com",
            "ada\\\\u0040example.com",
            "ada%252540example.com",
            "ada&amp;amp;#64;example.com",
            "ada%26commat;example.com",
            "ada\\100example.com",
            "ada\\0100example.com",
            "\\\\141\\\\144\\\\141@example.com",
        ] {
            let view = escapes(written).unwrap();
            assert_eq!(view.text, "ada@example.com", "{written}");
            assert!(view.map.is_sorted() && view.map.len() == view.text.len() + 1);
        }
        assert!(escapes("100% of a&b \\o/ \\202 \\09").is_none());
    }
}
