//! Drafts: an estate in TOML from a live database, for a person to decide over.
//!
//! *Invariants.* No value of the data is in a draft: of samples only the share that has a shape is told. A draft does not build: its
//! domain is a word that no estate declares, until a person writes another. What is not drafted is named. Every name of the database's
//! is written by an escaper.

use crate::estate::Kind;
use std::fmt::Write;

/// What stands where a person decides.
pub const DECIDE: &str = "decide-bronze-silver-or-gold";
/// Values looked at in a column.
pub const SAMPLE: usize = 200;

/// A table as it was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<FoundColumn>,
    /// What a person should know: triggers and the like.
    pub notes: Vec<String>,
}

/// A column as it was found.
#[derive(Debug, Clone)]
pub struct FoundColumn {
    /// Its name.
    pub name: String,
    /// The engine's word for its type.
    pub native: String,
    /// The estate's word, where there is one.
    pub kind: Option<Kind>,
    /// Part of the primary key.
    pub key: bool,
    /// The engine computes it, or hides it.
    pub generated: bool,
    /// Values to tell shapes by.
    pub sample: Vec<String>,
}

/// What is there and not drafted.
#[derive(Debug, Clone)]
pub struct Left {
    /// `view`, `schema`.
    pub what: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: &'static str,
}

/// The draft of a server's estate.
#[must_use]
pub fn draft(server: &str, tables: &[Found], left: &[Left]) -> String {
    let mut out = format!(
        "# A draft of what the server `{server}` holds. It does not build until somebody decides, for each table, which domain it\n\
         # belongs to, and has looked at every line that says REVIEW. Nothing here was copied from a row.\n",
        server = one_line(server)
    );
    for Left { what, name, why } in left {
        let _ = writeln!(out, "# Not drafted: {what} {}: {why}", text(name));
    }
    for table in tables {
        let _ = writeln!(out, "\n[table.{}]", key(&table.name));
        for note in &table.notes {
            let _ = writeln!(out, "# REVIEW: {note}");
        }
        let _ = writeln!(out, "server = {}", text(server));
        let _ = writeln!(out, "domain = \"{DECIDE}\"\ncolumns = [");
        for column in &table.columns {
            line(&mut out, column);
        }
        let _ = writeln!(out, "]");
    }
    out
}

fn line(out: &mut String, column: &FoundColumn) {
    let kind = column.kind.map_or("text", Kind::as_str);
    let mut fields = format!("name = {}, type = \"{kind}\"", text(&column.name));
    let mut notes = Vec::new();
    if column.kind.is_none() {
        let word = one_line(&column.native);
        notes.push(if word.is_empty() { "it has no type".to_owned() } else { format!("the engine's type is {word}") });
    }
    if column.generated {
        notes.push("it is generated or hidden; the server refuses to serve its table".to_owned());
    }
    if column.key {
        fields.push_str(", key = true");
    }
    match personal(column) {
        Some((class, why)) => {
            let _ = write!(fields, ", pii = \"{class}\"");
            notes.push(why);
        }
        None => {
            if let Some(why) = free_text(column) {
                fields.push_str(", free-text = true");
                notes.push(format!("{why}: anything may stand in them"));
            }
        }
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" # REVIEW: {}", notes.join("; ")) };
    let _ = writeln!(out, "  {{ {fields} }},{notes}");
}

fn key(name: &str) -> String {
    let bare =
        !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'-'));
    if bare { name.to_owned() } else { text(name) }
}

/// A TOML basic string.
fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for letter in value.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if misleads(letter) => {
                let number = u32::from(letter);
                let _ = if number > 0xffff { write!(out, "\\U{number:08X}") } else { write!(out, "\\u{number:04X}") };
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Whether a character could change how the text around it is shown, or hide in it.
fn misleads(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// A name in a comment: nothing in it ends the line.
fn one_line(name: &str) -> String {
    name.chars().map(|letter| if misleads(letter) { ' ' } else { letter }).collect::<String>().trim().to_owned()
}

/// Words of a column's name that speak of a class; the longest match is not needed, the first is taken.
const NAMES: [(&str, &[&str]); 12] = [
    ("ip-address", &["ip", "ipaddr", "ip_address", "ipv4", "ipv6", "remote_addr"]),
    ("mac-address", &["mac", "macaddr", "mac_address"]),
    ("email", &["email", "e_mail", "mail"]),
    ("phone", &["phone", "mobile", "telefon", "tel", "fax"]),
    ("ssn", &["ssn", "social_security"]),
    ("iban", &["iban"]),
    ("card", &["card", "pan", "cc_number", "credit"]),
    ("birth-date", &["birth", "dob", "geburt"]),
    ("national-id", &["passport", "national_id", "tax_id", "nin", "personal_id"]),
    ("address", &["address", "street", "zip", "postal", "postcode"]),
    ("financial", &["salary", "income", "balance", "wage"]),
    (
        "person-name",
        &["first_name", "last_name", "full_name", "surname", "given_name", "firstname", "lastname", "name"],
    ),
];
/// Names that sound personal and are not, as a rule.
const NOT_NAMES: [&str; 8] = [
    "product_name",
    "file_name",
    "table_name",
    "company_name",
    "country_name",
    "event_name",
    "type_name",
    "status_name",
];

/// The likely class of a column and why.
fn personal(column: &FoundColumn) -> Option<(&'static str, String)> {
    if let Some((class, share)) = by_shape(&column.sample) {
        return Some((class, format!("{share} % of {} sampled values have this shape", column.sample.len())));
    }
    let native = column.native.to_ascii_lowercase();
    if let Some(class) = [("inet", "ip-address"), ("cidr", "ip-address"), ("macaddr", "mac-address")]
        .iter()
        .find_map(|(word, class)| native.starts_with(word).then_some(*class))
    {
        return Some((class, "by its type".to_owned()));
    }
    let name = column.name.to_ascii_lowercase();
    if NOT_NAMES.contains(&name.as_str()) || column.key {
        return None;
    }
    let parts: Vec<&str> = name.split('_').collect();
    let speaks = |word: &str| name == word || (word.len() > 4 && name.contains(word)) || parts.contains(&word);
    let (class, _) = NAMES.iter().find(|(_, words)| words.iter().any(|word| speaks(word)))?;
    Some((class, "by its name".to_owned()))
}

/// Whether a value has a shape.
type Shape = fn(&str) -> bool;

/// A class whose shape at least a third of the values have.
fn by_shape(sample: &[String]) -> Option<(&'static str, usize)> {
    let shapes: [(&str, Shape); 5] =
        [("email", is_email), ("ssn", is_ssn), ("iban", is_iban), ("card", is_card), ("phone", is_phone)];
    shapes.into_iter().find_map(|(class, fits)| {
        let hits = sample.iter().filter(|value| fits(value.trim())).count();
        let share = hits.saturating_mul(100).checked_div(sample.len())?;
        (share >= 33).then_some((class, share))
    })
}

fn is_email(value: &str) -> bool {
    let ends = value.split_once('@');
    ends.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !value.contains(char::is_whitespace))
}

fn is_ssn(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let digits = parts.iter().all(|part| part.bytes().all(|letter| letter.is_ascii_digit()));
    digits && parts.iter().map(|part| part.len()).eq([3, 2, 4])
}

fn is_iban(value: &str) -> bool {
    let value: String = value.chars().filter(|letter| *letter != ' ').collect();
    let bytes = value.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// 13 to 19 digits that pass Luhn's check.
fn is_card(value: &str) -> bool {
    let digits: Vec<u32> =
        value.chars().filter(|letter| !matches!(letter, ' ' | '-')).map_while(|letter| letter.to_digit(10)).collect();
    let only = value.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '-'));
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    only && (13..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}

fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let signs = value.chars().all(|letter| letter.is_ascii_digit() || " +-().".contains(letter));
    // A bare number is an id far more often than a telephone.
    signs && (7..=15).contains(&digits) && value.starts_with(['+', '('])
}

/// Why a column holds text of any kind, if it does.
fn free_text(column: &FoundColumn) -> Option<&'static str> {
    let native = column.native.to_ascii_lowercase();
    if native.contains("json") || matches!(native.as_str(), "xml" | "hstore") {
        return Some("values hold documents");
    }
    let named = [
        "note",
        "comment",
        "description",
        "message",
        "payload",
        "body",
        "remark",
        "bio",
        "about",
        "content",
        "details",
        "memo",
        "feedback",
        "reason",
        "summary",
        "meta",
        "json",
        "text",
    ];
    let name = column.name.to_ascii_lowercase();
    let texts = matches!(column.kind, Some(Kind::Text) | None);
    if texts
        && name.split('_').any(|part| named.iter().any(|word| part.trim_end_matches('s') == word.trim_end_matches('s')))
    {
        return Some("its name is one of columns that hold sentences");
    }
    let sentences = column.sample.iter().filter(|value| {
        let words = value.split_whitespace().count();
        words >= 4 || (words >= 2 && value.bytes().any(|byte| byte.is_ascii_digit()))
    });
    (sentences.count().saturating_mul(5) >= column.sample.len().max(1)).then_some("values hold sentences")
}

#[cfg(test)]
mod tests {
    use super::{Found, FoundColumn, Left, draft};
    use crate::estate::Kind;

    fn column(name: &str, native: &str, kind: Option<Kind>, sample: &[&str]) -> FoundColumn {
        let sample = sample.iter().map(|value| (*value).to_owned()).collect();
        FoundColumn { name: name.to_owned(), native: native.to_owned(), kind, key: false, generated: false, sample }
    }

    #[test]
    fn columns_are_told_by_name_type_and_shape() {
        let text = Some(Kind::Text);
        for (found, line) in [
            (column("bio", "TEXT", text, &["x"]), "free-text = true"),
            (column("said", "TEXT", text, &["call 0151 234567"]), "free-text = true"),
            (column("meta", "jsonb", text, &[]), "free-text = true"),
            (column("data", "JSON", text, &[]), "free-text = true }, # REVIEW: values hold documents"),
            (column("ip", "TEXT", text, &[]), "pii = \"ip-address\""),
            (column("ip_address", "TEXT", text, &[]), "pii = \"ip-address\""),
            (column("seen_from", "inet", text, &[]), "pii = \"ip-address\" }, # REVIEW: by its type"),
            (column("street_address", "TEXT", text, &[]), "pii = \"address\""),
            (column("any", "", None, &[]), "# REVIEW: it has no type"),
            (
                FoundColumn { generated: true, ..column("twice", "INTEGER", Some(Kind::Integer), &[]) },
                "it is generated",
            ),
            (column("city", "TEXT", text, &["Ulm", "New York"]), "{ name = \"city\", type = \"text\" },"),
        ] {
            let found = Found { name: "t".to_owned(), columns: vec![found], notes: Vec::new() };
            let draft = draft("s", &[found], &[]);
            assert!(draft.contains(line), "{line}: {draft}");
        }
    }

    #[test]
    fn names_of_the_database_stay_in_their_place() {
        let evil = "a\"\n[domain.x]\u{202e}";
        let found = Found { name: evil.to_owned(), columns: vec![column(evil, evil, None, &[])], notes: Vec::new() };
        let left = Left { what: "view".to_owned(), name: evil.to_owned(), why: "no" };
        let draft = draft(evil, &[found], &[left]);
        assert!(!draft.lines().any(|line| line.starts_with("[domain")) && !draft.contains('\u{202e}'), "{draft}");
        assert!(draft.contains("# Not drafted: view \"a\\\"\\u000A[domain.x]\\u202E\": no"), "{draft}");
    }
}
