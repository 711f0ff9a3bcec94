//! Numbers and codes, one row each.
//!
//! A shape is spelled with `9` for a digit, `A` for a letter, `*` for either, and `-` for one of blank, `-`, `.` and `/`, the same
//! wherever it stands in the shape; `.` and `/` stand for themselves. It fills whole words at both ends.

use super::birth;
use super::cover::Cover;
use super::words::{ACCOUNT, BIRTH, DRIVING, HARDWARE, IDENTITY, LICENCE, LICENSED, PASSPORT, PENSION, PERSON};
use super::{Gate, Hit, Text};
use crate::mask::kill;
use crate::mask::lexicon::is_other;
use crate::mask::scan::{alone, before, run, run_back, text_back};
use crate::mask::valid::{self, compact, date};
use crate::vocabulary::Class;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Words that a row listens for.
pub(super) type Words = &'static [&'static str];

/// When a row accepts.
enum Accept {
    /// By shape and check alone.
    Strong,
    /// A shape with separators by itself, the bare one with a word.
    Grouped(Words),
    /// With a word only.
    Context(Words),
}

/// A check over a candidate.
enum Valid {
    /// Letters and digits without separators, upper case.
    Compact(fn(&[u8]) -> bool),
    /// As written.
    Raw(fn(&[u8]) -> bool),
    /// The shape is all there is.
    Any,
}

/// One kind of number.
struct Row {
    name: &'static str,
    class: Class,
    accept: Accept,
    shapes: &'static [&'static str],
    valid: Valid,
}

use Accept::{Context, Grouped, Strong};
use Valid::{Any, Compact, Raw};

const fn row(name: &'static str, class: Class, accept: Accept, valid: Valid, shapes: &'static [&'static str]) -> Row {
    Row { name, class, accept, shapes, valid }
}

/// Every row. Sources: the authorities that issue the number, named beside its check in `valid`.
#[rustfmt::skip]
static ROWS: [Row; 48] = [
    row("us-ssn", Class::Ssn, Grouped(&["ssn", "social security", "social", "soc sec", "ss", "ssns", "socialsecurity", "s s n", "usssa", "seguro social"]), Compact(valid::us::ssn), &["999-99-9999", "999999999"]),
    row("us-itin", Class::Ssn, Grouped(&["itin", "taxpayer", "tin"]), Compact(valid::us::itin), &["999-99-9999", "999999999"]),
    row("uk-nhs", Class::NationalId, Context(&["nhs", "health service", "nhs no", "patient", "n h s", "nhsnumber", "nhsno"]), Compact(valid::uk::nhs), &["999-999-9999", "9999999999"]),
    row("uk-nino", Class::NationalId, Grouped(&["nino", "ni", "national insurance", "insurance number"]), Compact(valid::uk::nino), &["AA-99-99-99-A", "AA-999999-A", "AA999999A"]),
    row("in-aadhaar", Class::NationalId, Context(&["aadhaar", "aadhar", "adhaar", "uid", "uidai", "आधार", "ஆதார", "ఆధార", "আধার", "આધાર", "ಆಧಾರ", "ആധാർ", "ਆਧਾਰ", "آدھار"]), Compact(valid::india::aadhaar), &["9999-9999-9999", "999999999999"]),
    row("in-pan", Class::NationalId, Context(&["pan", "income tax", "permanent account", "पैन", "pancard", "panno"]), Compact(valid::india::pan), &["AAAAA9999A"]),
    row("pl-pesel", Class::NationalId, Context(&["pesel", "numer pesel", "peselu", "pesel nr"]), Compact(valid::poland::pesel), &["99999999999", "99-99-99-99999", "999999-99999"]),
    row("pl-nip", Class::NationalId, Context(&["nip", "vat", "tax", "nipu", "numer nip"]), Compact(valid::poland::nip), &["999-999-99-99", "999-99-99-999", "9999999999"]),
    row("es-dni", Class::NationalId, Context(&["dni", "nif", "nie", "documento", "identidad", "identity", "national id", "national", "d n i", "n i f", "n i e", "identificación", "identificacion", "contribuyente", "contribuinte"]), Compact(valid::spain::dni), &["99999999A", "99999999-A", "99.999.999-A", "99.999.999A", "99-999-999-A"]),
    row("es-nie", Class::NationalId, Context(&["nie", "nif", "dni", "extranjero", "documento", "identidad", "identity", "national id", "national", "d n i", "n i f", "n i e", "identificación", "identificacion", "contribuyente", "contribuinte"]), Compact(valid::spain::nie), &["A9999999A", "A-9999999-A", "A-9999999A", "A9999999-A", "A-9.999.999-A"]),
    row("it-codice-fiscale", Class::NationalId, Strong, Compact(valid::italy::codice_fiscale), &["AAAAAA**A**A***A", "AAA-AAA-**A**-A***A", "AAA-AAA-**A**A***A", "AAAAAA-**A**-A***A", "AAAAAA-**A**A***A", "AAAAAA**A**-A***A", "AAAAAA-**A**-A***-A"]),
    row("se-personnummer", Class::NationalId, Grouped(PERSON), Raw(valid::nordic::grown), &["999999-9999", "99999999-9999", "999999+9999", "99999999+9999", "9999999999", "999999999999"]),
    row("se-personnummer-child", Class::NationalId, Context(PERSON), Raw(valid::nordic::personnummer), &["99999999-9999", "999999999999"]),
    row("se-personnummer-apart", Class::NationalId, Context(&["personnummer", "pnr", "personnr", "samordningsnummer"]), Compact(valid::nordic::personnummer), &["999999 9999", "99999999 9999"]),
    row("fi-henkilotunnus", Class::NationalId, Strong, Raw(valid::nordic::henkilotunnus), &["999999-999*", "999999A999*"]),
    row("de-steuer-id", Class::NationalId, Context(&["steuer", "steuerid", "steuernummer", "steueridentifikationsnummer", "identifikationsnummer", "idnr", "id nr", "tin", "tax", "idnummer", "identifikationsnr", "steuernr", "steueridnr", "steueridnummer"]), Compact(valid::germany::steuer_id), &["99999999999", "99-999-999-999"]),
    row("de-pension", Class::NationalId, Context(PENSION), Compact(valid::germany::pension), &["99-999999-A-999", "99999999A999", "99999999-A-999", "99-999999A999", "99-999999-A-99-9", "99-99-99-99-A-999"]),
    row("ch-ahv", Class::NationalId, Grouped(&["ahv", "avs", "ahvnr", "ahvnummer", "navs", "sozialversicherungsnummer", "versichertennummer", "ahv nr", "numéro avs", "numero avs"]), Compact(valid::switzerland::ahv), &["999-9999-9999-99", "9999999999999"]),
    row("fr-nir", Class::NationalId, Grouped(&["nir", "insee", "securite sociale", "sécurité sociale", "secu", "sécu", "social", "carte vitale", "nss", "n ss", "num secu", "numsecu", "immatriculation", "assuré"]), Compact(valid::france::nir), &["9-99-99-99-999-999-99", "9-99-99-**-999-999-99", "9999999999999-99", "999999999999999", "99999**99999999"]),
    row("nl-bsn", Class::NationalId, Context(&["bsn", "burgerservicenummer", "sofinummer", "sofi", "burgerservice", "bsnnummer", "bsn nr"]), Compact(valid::netherlands::bsn), &["999999999", "9999-99-999", "999-999-999"]),
    row("ca-sin", Class::NationalId, Context(&["sin", "social insurance", "nas", "assurance sociale", "dassurance sociale", "numéro dassurance sociale", "numero dassurance sociale", "n a s", "s i n"]), Compact(valid::canada::sin), &["999-999-999", "999999999"]),
    row("au-tfn", Class::NationalId, Context(&["tfn", "tax file"]), Compact(valid::australia::tfn), &["999-999-999", "999999999", "99999999", "99-999-999"]),
    row("au-medicare", Class::NationalId, Context(&["medicare", "medicare no", "medicare card"]), Compact(valid::australia::medicare), &["9999-99999-9", "9999999999", "9999-99999-9-9", "99999999999"]),
    row("br-cpf", Class::NationalId, Grouped(&["cpf", "cadastro", "c p f", "contribuinte"]), Compact(valid::brazil::cpf), &["999.999.999-99", "99999999999"]),
    row("uk-licence", Class::DrivingLicence, Strong, Compact(valid::uk::licence), &["A****999999**9AA", "A****-999999-**9AA", "A****-999999-**9-AA"]),
    row("licence", Class::DrivingLicence, Context(LICENCE), Any, &["A9999999", "A99999999", "A999999999999", "A999-9999-9999", "A9999-99999-99999", "A999-999-99-999-9", "A999-999-99-999", "AA999999", "AA999999A", "99999999", "999999999", "9999999", "9999999999", "A999999", "AA9999999", "A99-99-9999", "AAA999999", "A**********", "A999-999-999-999", "**999999999"]),
    row("driving-licence", Class::DrivingLicence, Context(DRIVING), Compact(valid::coded), &["999999999999", "99999999999", "99999999A", "99999999-A", "AA9999999A", "99AA99999", "*********", "***********", "AA99-99999999999", "AA-9999999999999", "AA9999999999999", "AA99-9999-9999999", "99999/99/9999", "999-999-999", "99-999-9999", "A9999-9999-9999-99", "A-999-999-999-999", "**********", "A99-999-999"]),
    row("driving-licence-coded", Class::DrivingLicence, Context(LICENSED), Compact(valid::lettered), &["************", "*************", "**************", "***************", "****************", "*****************", "******************"]),
    row("de-licence", Class::DrivingLicence, Context(DRIVING), Compact(valid::numbered), &["***********"]),
    row("uk-licence-of-words", Class::DrivingLicence, Context(DRIVING), Any, &["A****999999***AA"]),
    row("it-licence", Class::DrivingLicence, Context(DRIVING), Compact(valid::italy::licence), &["A9********"]),
    row("mac-bare", Class::MacAddress, Context(HARDWARE), Compact(valid::net::mac_bare), &["************", "******-******", "**-**-**-**-**-**"]),
    row("passport", Class::Passport, Context(PASSPORT), Raw(valid::no_name), &["999999999", "99999999", "A9999999", "A99999999", "AA999999", "AA9999999", "99AA99999", "AAA999999", "A********", "9999999", "AAA99999", "AA99999999", "999-999-999", "A-99999999", "A-9999999", "AAA-999999", "AA-9999999", "AA-999999", "99-AA-99999", "A99-999-999"]),
    row("passport-coded", Class::Passport, Context(PASSPORT), Compact(valid::numbered), &["AA*******"]),
    row("de-passport", Class::Passport, Context(PASSPORT), Compact(valid::germany::document), &["**********"]),
    row("de-identity", Class::NationalId, Context(IDENTITY), Compact(valid::germany::document), &["**********", "*********"]),
    row("identity-card", Class::NationalId, Context(IDENTITY), Compact(valid::numbered), &["AA99999AA", "AA9999999", "AAA999999", "AAA-999999", "AA-9999999", "999999999999", "999-9999999-99", "A99999999", "999999999", "AA*******"]),
    row("routing", Class::BankAccount, Context(&["routing", "aba", "rtn", "transit", "routing no", "routingnumber"]), Compact(valid::us::aba_routing), &["999999999", "9999-9999-9"]),
    row("sort-code", Class::BankAccount, Context(&["sort code", "sortcode", "sort"]), Any, &["99-99-99"]),
    row("sort-code-bare", Class::BankAccount, Context(&["sort code", "sortcode", "sort no", "bank sort"]), Any, &["999999"]),
    row("account-short", Class::BankAccount, Context(ACCOUNT), Any, &["999999", "9999999", "99999999", "999999999", "9999999999", "99999999999"]),
    row("account-long", Class::BankAccount, Context(ACCOUNT), Any, &["999999999999", "9999999999999", "99999999999999", "999999999999999", "9999999999999999", "99999999999999999"]),
    row("account-grouped", Class::BankAccount, Context(ACCOUNT), Any, &["9999-9999", "99999-9", "999999-9", "9999-9999-9999", "99-99999-99", "9999-9999-99", "999-9999999", "9999-99-9999999999", "999-999-999", "9999-9999-9999-9999"]),
    row("birth-year-first", Class::BirthDate, Context(BIRTH), Raw(date::birth), &["9999-99-99", "9999-9-9", "9999-99-9", "9999-9-99", "99999999"]),
    row("birth-day-first", Class::BirthDate, Context(BIRTH), Raw(date::birth), &["99-99-9999", "9-9-9999", "9-99-9999", "99-9-9999", "99-99-99"]),
    row("birth-month-inside", Class::BirthDate, Context(BIRTH), Raw(date::birth), &["99-AAA-9999", "9-AAA-9999", "99-AAAA-9999", "9-AAAA-9999", "99-AAAAA-9999", "9-AAAAA-9999", "99-AAAAAA-9999", "9-AAAAAA-9999", "99-AAAAAAA-9999", "9-AAAAAAA-9999", "99-AAAAAAAA-9999", "9-AAAAAAAA-9999", "99-AAAAAAAAA-9999", "9-AAAAAAAAA-9999"]),
    row("birth-month-first", Class::BirthDate, Context(BIRTH), Raw(date::birth), &["AAA-99,-9999", "AAA-9,-9999", "AAAA-99,-9999", "AAAA-9,-9999", "AAAAA-99,-9999", "AAAAA-9,-9999", "AAAAAA-99,-9999", "AAAAAA-9,-9999", "AAAAAAA-99,-9999", "AAAAAAA-9,-9999", "AAAAAAAA-99,-9999", "AAAAAAAA-9,-9999", "AAAAAAAAA-99,-9999", "AAAAAAAAA-9,-9999"]),
    row("birth-timestamp", Class::BirthDate, Context(BIRTH), Any, &["9999-99-99A99:99:99A", "9999-99-99A99:99:99", "9999-99-99 99:99:99", "9999-99-99A99:99"]),
];

/// The words of every row, with the bit of the row that listens.
pub(super) fn words() -> impl Iterator<Item = (u64, Words)> {
    ROWS.iter().enumerate().map(|(place, row)| match row.accept {
        Strong => (0, &[][..]),
        Grouped(words) | Context(words) => (1 << place, words),
    })
}

/// Most bytes of a shape.
const LONGEST: usize = 24;

pub(super) fn find(text: &Text<'_>, cover: &mut Cover, out: &mut Vec<Hit>) {
    let mut accepted = 0;
    for word in &text.scan.words {
        if word.start < accepted || word.end - word.start > LONGEST {
            continue;
        }
        let covered = cover.end(word.start);
        let hit = at(text, word.start, covered).or_else(|| {
            let first = led(text, word.start, 1..=9)?;
            // `RSS MRA 85T10 A562S` has two words of letters in front.
            at(text, first, None).or_else(|| {
                let second = led(text, first, 3..=3).filter(|_| word.start == first + 4)?;
                at(text, second, None)
            })
        });
        if let Some(hit) = hit {
            accepted = hit.end;
            out.push(hit);
        }
    }
}

/// Where a candidate begins that has a word of so many letters before a place: `AB 12 34 56 C`, `X-1234567-L`.
fn led(text: &Text<'_>, at: usize, lengths: RangeInclusive<usize>) -> Option<usize> {
    let separator = before(text.bytes, at)?;
    if !matches!(separator, b' ' | b'-' | b'.' | b'/') {
        return None;
    }
    let letters = text.bytes.get(..at - 1)?.iter().rev().take(10).take_while(|byte| byte.is_ascii_alphabetic()).count();
    lengths.contains(&letters).then_some(at - 1 - letters)
}

/// The longest accepted candidate that begins at a place, but for those that another hit covers.
fn at(text: &Text<'_>, start: usize, covered: Option<usize>) -> Option<Hit> {
    let bytes = text.bytes.get(start..)?;
    let shapes = shapes_of(bytes)?;
    if start + shapes.longest <= covered.unwrap_or(start) {
        return None;
    }
    // Mostly nobody hears anything, and that costs less to ask than what every shape spells.
    let heard = match shapes.listeners {
        0 => 0,
        // What stands behind a number may say what it is.
        listeners => {
            let end = start + run(bytes, 0, LONGEST, |byte| byte.is_ascii_alphanumeric());
            text.listeners(listeners, start) | text.behind(listeners, end)
        }
    };
    let mut best: Option<Hit> = None;
    for one in if heard == 0 { &shapes.untold } else { &shapes.shapes } {
        if one.told && heard & one.listener == 0 {
            continue;
        }
        let shape = one.shape;
        let end = start + shape.len();
        if covered.is_some_and(|covered| end <= covered)
            || best.is_some_and(|best| best.end >= end)
            || !fits(bytes, shape)
        {
            continue;
        }
        let framed = before(text.bytes, start) == Some(b'_') && text.bytes.get(end) == Some(&b'_');
        if !alone(text.bytes, start, end) && !framed {
            continue;
        }
        if let Some(gate) = accepts(text, one, start, end) {
            best = Some(Hit { start, end, class: Some(one.row.class), by: one.row.name, gate });
        }
    }
    best
}

/// What a text is that is three digits, two, and four, with dashes between, and nothing else: what [`at`] says of it, at a look.
pub(super) fn grouped_nine(bytes: &[u8]) -> Option<Hit> {
    let [one, two, three, b'-', four, five, b'-', rest @ ..] = bytes else { return None };
    let [six, seven, eight, nine] = rest else { return None };
    let digits = [one, two, three, four, five, six, seven, eight, nine].map(|digit| *digit);
    let row = [&ROWS[0], &ROWS[1]].into_iter().find(|row| matches!(row.valid, Compact(check) if check(&digits)))?;
    Some(Hit { start: 0, end: bytes.len(), class: Some(row.class), by: row.name, gate: Gate::Grouped })
}

/// One shape of a row.
#[derive(Clone, Copy)]
struct Shape {
    row: &'static Row,
    /// The row's bit among those who listen.
    listener: u64,
    shape: &'static str,
    /// Written with separators.
    grouped: bool,
    /// Never accepted without a word.
    told: bool,
    /// Nothing but digits.
    digits: bool,
}

/// Shapes by the digits or letters that a candidate leads with, and by what follows them: behind a separator, by the digits that
/// follow it.
type Leads = [[Shapes; NEXT]; LONGEST + 1];

/// Shapes that can begin with the same bytes.
struct Shapes {
    shapes: Vec<Shape>,
    /// Those of them that are accepted without a word.
    untold: Vec<Shape>,
    /// Those who listen for any of the others.
    listeners: u64,
    /// Bytes of the longest.
    longest: usize,
}

/// What can follow: a mark or nothing, a letter or digit, a separator with so many digits behind it.
const NEXT: usize = BEHIND + DIGITS + 1;
const BEHIND: usize = 2;
const DIGITS: usize = 10;

/// Shapes that can begin with some bytes.
fn shapes_of(bytes: &[u8]) -> Option<&'static Shapes> {
    static LEADS: OnceLock<(Leads, Leads)> = OnceLock::new();
    let (digits, letters) = LEADS.get_or_init(|| (leads(b'9'), leads(b'A')));
    let digit = bytes.first()?.is_ascii_digit();
    let of_kind = |byte: u8| if digit { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
    let lead = run(bytes, 0, LONGEST + 1, of_kind);
    let next = match bytes.get(lead) {
        Some(b' ' | b'-' | b'.' | b'/') => BEHIND + run(bytes, lead + 1, DIGITS, |byte| byte.is_ascii_digit()),
        Some(byte) if byte.is_ascii_alphanumeric() => 1,
        _ => 0, // the end, or another mark
    };
    (if digit { digits } else { letters }).get(lead)?.get(next)
}

/// A shape can lead with as many of a kind as it spells, and with more where `*` follows.
fn leads(kind: u8) -> Leads {
    let mut leads = [const { [const { Shapes { shapes: Vec::new(), untold: Vec::new(), listeners: 0, longest: 0 } }; NEXT] };
        LONGEST + 1];
    for (place, row) in ROWS.iter().enumerate() {
        for shape in row.shapes {
            let sure = shape.bytes().take_while(|byte| *byte == kind).count();
            let open = shape.bytes().take_while(|byte| *byte == kind || *byte == b'*').count();
            let grouped = shape.bytes().any(|byte| !byte.is_ascii_alphanumeric() && byte != b'*');
            let digits = shape.bytes().all(|kind| kind == b'9');
            let told = match row.accept {
                Strong => false,
                Grouped(_) => !grouped,
                Context(_) => true,
            };
            for (lead, by_next) in leads.iter_mut().enumerate().take(open + 1).skip(sure.max(1)) {
                for next in next_of(shape.as_bytes(), lead) {
                    if let Some(shapes) = by_next.get_mut(next) {
                        let listener = 1 << place;
                        let shape = Shape { row, listener, shape, grouped, told, digits };
                        shapes.shapes.push(shape);
                        if told {
                            shapes.listeners |= listener;
                        } else {
                            shapes.untold.push(shape);
                        }
                        shapes.longest = shapes.longest.max(shape.shape.len());
                    }
                }
            }
        }
    }
    leads
}

/// What can follow the lead of a shape.
fn next_of(shape: &[u8], lead: usize) -> Vec<usize> {
    let all = BEHIND..NEXT;
    match shape.get(lead) {
        None => all.chain([0]).collect(),
        Some(b'9' | b'A' | b'*') => vec![1],
        Some(b'-' | b'.' | b'/' | b' ') => {
            let digits = run(shape, lead + 1, DIGITS, |kind| kind == b'9');
            let open = run(shape, lead + 1, DIGITS, |kind| matches!(kind, b'9' | b'*'));
            // A shape that ends behind its digits may stand before more of them; then it is no whole word.
            (digits..=open).map(|digits| BEHIND + digits).collect()
        }
        Some(_) => vec![0],
    }
}

fn fits(bytes: &[u8], shape: &str) -> bool {
    let Some(candidate) = bytes.get(..shape.len()) else { return false };
    let mut separator = None;
    candidate.iter().zip(shape.bytes()).all(|(byte, wanted)| match wanted {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_alphabetic(),
        b'*' => byte.is_ascii_alphanumeric(),
        b'-' => matches!(byte, b' ' | b'-' | b'.' | b'/') && *separator.get_or_insert(*byte) == *byte,
        other => *byte == other, // a separator that stands for itself
    })
}

fn accepts(text: &Text<'_>, shape: &Shape, start: usize, end: usize) -> Option<Gate> {
    let (row, grouped) = (shape.row, shape.grouped);
    let written = text.bytes.get(start..end)?;
    let valid = match row.valid {
        // Bare digits are as short as they can be.
        Compact(check) if shape.digits => check(written),
        Compact(check) => compact(written).is_some_and(|compact| check(compact.as_bytes())),
        Raw(check) => check(written),
        Any => true,
    };
    let ranged = || row.class == Class::BankAccount && shape.digits && kill::in_range(text.bytes, start, end);
    let bound = || {
        row.class == Class::BirthDate
            && (birth::is_compared(text.bytes, start)
                || birth::is_clock(text.bytes, start, end)
                || birth::is_inside(text.bytes, start))
    };
    if !valid || kill::part_of_another(text.bytes, start, end) || ranged() || bound() {
        return None;
    }
    let joined = |byte: Option<u8>| byte == Some(b'-');
    // A dash makes it part of a longer number, but for a dash that ends a word: `- 123-45-6789`.
    if grouped && (joined(before(text.bytes, start)) || joined(text.bytes.get(end).copied())) {
        let touches = |at: Option<u8>| at.is_some_and(|byte| byte.is_ascii_digit());
        if touches(start.checked_sub(2).and_then(|at| text.bytes.get(at)).copied())
            || touches(text.bytes.get(end + 1).copied())
        {
            return None;
        }
    }
    match row.accept {
        Strong => Some(Gate::Strong),
        Grouped(words) if grouped && is_tagged(text.bytes, start) => {
            text.word(shape.listener, words, start).or_else(|| text.word_behind(words, end)).map(Gate::Context)
        }
        Grouped(_) if grouped => (!is_of_another(text, start)).then_some(Gate::Grouped),
        Grouped(words) | Context(words) => {
            let word = text.word(shape.listener, words, start).or_else(|| text.word_behind(words, end));
            word.filter(|word| word.len() > 2 || !is_in_host(text.text, start, word)).map(Gate::Context)
        }
    }
}

/// Whether a short word before a number is a part of a host's name: `https://dl.acm.org/citation.cfm?id=1724151`.
fn is_in_host(text: &str, start: usize, word: &str) -> bool {
    let line = text_back(text, start, 64, |byte| byte != b'\n' && byte != b' ').unwrap_or_default();
    line.split_once("://").is_some_and(|(_, url)| {
        url.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
            && url.get(word.len()..).is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether two or three large letters are of the same number: `FA-100-22-3391`. Only a word tells what that is.
fn is_tagged(bytes: &[u8], start: usize) -> bool {
    let end = start - usize::from(before(bytes, start) == Some(b'-'));
    let length = run_back(bytes, end, 8, |byte| byte.is_ascii_alphanumeric());
    let tag = bytes.get(end - length..end).unwrap_or_default();
    const SAYS: [&[u8]; 8] = [b"US", b"USA", b"ID", b"EMP", b"TIN", b"SS", b"SSN", b"NO"];
    end < start && (2..=3).contains(&length) && tag.iter().all(u8::is_ascii_uppercase) && !SAYS.contains(&tag)
}

/// Whether the word right before a number says that it is something else: `invoice 123-45-2024`.
fn is_of_another(text: &Text<'_>, start: usize) -> bool {
    let sign = run_back(text.bytes, start, 3, |byte| matches!(byte, b' ' | b'#' | b':'));
    let length = run_back(text.bytes, start - sign, 12, |byte| byte.is_ascii_alphabetic());
    sign > 0 && text.bytes.get(start - sign - length..start - sign).is_some_and(is_other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::context::{Around, Heard};
    use crate::mask::plan::Plan;
    use crate::mask::scan::Scan;
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    #[test]
    fn nine_digits_in_groups_are_what_any_reading_says() {
        let (heard, plan, mut scan) = (RefCell::<Heard>::default(), Plan::secrets(), Scan::default());
        let mut found = 0;
        for number in (0..1_000_000_000_u64).step_by(99_991) {
            let digits = format!("{number:09}");
            let text = format!("{}-{}-{}", &digits[..3], &digits[3..5], &digits[5..]);
            scan.read(text.as_bytes());
            let slow = at(&Text::new(&text, &scan, Around::default(), &heard, &plan), 0, None);
            assert_eq!(grouped_nine(text.as_bytes()), slow.filter(|hit| hit.class == Some(Class::Ssn)), "{text}");
            found += usize::from(slow.is_some());
        }
        assert!(found > 5_000);
        for no in ["123-45-678", "123-45-678x", "123 45 6789", "12a-45-6789"] {
            assert_eq!(grouped_nine(no.as_bytes()), None, "{no}");
        }
    }

    #[test]
    fn rows_are_told_apart_and_their_shapes_can_be_met() {
        let names: BTreeSet<_> = ROWS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ROWS.len());
        for row in &ROWS {
            for shape in row.shapes {
                assert!(shape.len() <= LONGEST && shape.bytes().any(|byte| byte != b'A'), "{} {shape}", row.name);
            }
        }
    }
}
