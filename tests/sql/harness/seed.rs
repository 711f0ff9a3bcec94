//! The seeded database: two versions that differ in personal values only, so that whoever can tell them apart has learned one.
//!
//! Every value of a personal cell is a canary. Any five characters in a row of one hold a letter of g–z and a digit of 0, 1, 8, 9,
//! so that no base32 token and no hex digest can hold them by chance; an ssn is digits, as arithmetic would have it.

use super::Numbers;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
}

/// Columns of a relation: name, type and whether it is personal.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, &'static str, bool)],
    pub(crate) rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

const PEOPLE: &[(&str, &str, bool)] = &[
    ("id", "integer", false),
    ("name", "text", true),
    ("email", "text", true),
    ("phone", "text", true),
    ("ssn", "text", true),
    ("created_at", "timestamp", false),
    ("country", "text", false),
];
const ORDERS: &[(&str, &str, bool)] = &[
    ("id", "integer", false),
    ("customer_id", "integer", false),
    ("amount_cents", "integer", false),
    ("status", "text", false),
    ("note", "text", false),
    ("created_at", "timestamp", false),
];
const EVENTS: &[(&str, &str, bool)] =
    &[("id", "integer", false), ("kind", "text", false), ("payload", "text", false), ("at", "timestamp", false)];

/// The relations of the default estate, filled.
pub(crate) fn tables(version: Version) -> Vec<Table> {
    let staged: Vec<(i64, u64)> = (101..=130)
        // Some of them are customers already, and some stand there twice.
        .map(|id| {
            (
                id,
                if id <= 108 {
                    (id - 100) as u64
                } else if id == 110 || id == 120 {
                    109
                } else {
                    id as u64
                },
            )
        })
        .collect();
    let customers: Vec<(i64, u64)> = (1..=40).map(|id| (id, id as u64)).collect();
    vec![
        Table { name: "customers", columns: PEOPLE, rows: people(&customers, version) },
        Table { name: "staging_customers", columns: PEOPLE, rows: people(&staged, version) },
        Table { name: "orders", columns: ORDERS, rows: orders(60, 7) },
        Table { name: "events", columns: EVENTS, rows: events() },
        Table { name: "gold_customers", columns: PEOPLE, rows: people(&customers[..20], version) },
        Table { name: "gold_orders", columns: ORDERS, rows: orders(20, 9) },
    ]
}

fn people(ids: &[(i64, u64)], version: Version) -> Vec<Vec<Cell>> {
    ids.iter()
        .map(|(id, person)| {
            let shown = |present: bool, value: String| if present { Cell::Text(value) } else { Cell::Null };
            let country = if id % 13 == 0 { "" } else { ["DE", "FR", "IT", "NL", "US"][(*id % 5) as usize] };
            vec![
                Cell::Int(*id),
                Cell::Text(name(*person, version)),
                shown(id % 11 != 0, email(*person, version)),
                shown(id % 7 != 0, format!("+{}", word(*person, "phone", 5, version))),
                shown(id % 9 != 0, ssn(*person, version)),
                Cell::Text(format!("2026-{:02}-{:02} 09:00:00", 1 + id % 6, 1 + id % 27)),
                Cell::Text(country.to_owned()),
            ]
        })
        .collect()
}

fn orders(count: i64, salt: u64) -> Vec<Vec<Cell>> {
    let mut numbers = Numbers(salt);
    (1..=count)
        .map(|id| {
            let note = match id % 5 {
                0 => Cell::Null,
                1 => Cell::Text("leave at the door".to_owned()),
                2 => Cell::Text("urgent".to_owned()),
                3 => Cell::Text("100% paid by card".to_owned()),
                _ => Cell::Text(String::new()),
            };
            vec![
                Cell::Int(id),
                Cell::Int(1 + numbers.below(30) as i64),
                Cell::Int(100 + numbers.below(9000) as i64),
                Cell::Text((*numbers.pick(&["open", "paid", "shipped", "returned"])).to_owned()),
                note,
                Cell::Text(format!("2026-{:02}-{:02} 12:00:00", 1 + id % 6, 1 + id % 27)),
            ]
        })
        .collect()
}

fn events() -> Vec<Vec<Cell>> {
    (1..=40)
        .map(|id| {
            vec![
                Cell::Int(id),
                Cell::Text(["login", "payment", "noise"][(id % 3) as usize].to_owned()),
                Cell::Text(format!(
                    r#"{{"ip":"203.0.113.{id}","ok":{},"tags":["a","b"],"geo":{{"city":"Ulm"}}}}"#,
                    id % 2 == 0
                )),
                Cell::Text(format!("2026-01-{:02} 08:00:00", 1 + id % 27)),
            ]
        })
        .collect()
}

/// Pairs of a letter and a digit that no token and no digest has.
fn word(person: u64, class: &str, pairs: usize, version: Version) -> String {
    let salt = class.bytes().fold(person.wrapping_mul(1_000_003), |salt, byte| salt.wrapping_mul(31) + u64::from(byte));
    let mut numbers = Numbers(salt ^ if version == Version::One { 0 } else { 0x5555_5555 });
    (0..pairs).flat_map(|_| [*numbers.pick(b"ghijklmnopqrstuvwxyz"), *numbers.pick(b"0189")]).map(char::from).collect()
}

pub(crate) fn name(person: u64, version: Version) -> String {
    let (first, last) = (word(person, "first", 3, version), word(person, "last", 4, version));
    format!("{}{} {}{}", first[..1].to_uppercase(), &first[1..], last[..1].to_uppercase(), &last[1..])
}

pub(crate) fn email(person: u64, version: Version) -> String {
    format!(
        "{}@{}.{}x",
        word(person, "local", 5, version),
        word(person, "host", 3, version),
        word(person, "top", 1, version)
    )
}

fn ssn(person: u64, version: Version) -> String {
    let salt = if version == Version::One { 77 } else { 7777 };
    let mut numbers = Numbers(person.wrapping_mul(7919) ^ salt);
    format!(
        "{:03}-{:02}-{:04}",
        500 + numbers.below(399),
        10 * (4 + numbers.below(6)) + 4 + numbers.below(6),
        numbers.below(10000)
    )
}
