//! What holds for any text.

use super::{masker, plan};
use crate::mask::context::Around;
use crate::mask::custom::Customs;
use crate::mask::held::Held;
use crate::mask::read::{First, Look, Reader};
use crate::mask::rooms::Rooms;
use proptest::prelude::*;
use serde_json::Value;

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("ada@example.com".to_owned()),
        Just("4111 1111 1111 1111".to_owned()),
        Just("+4930123456".to_owned()),
        Just("123-45-6789".to_owned()),
        Just("[EMAIL:abcdefgh]".to_owned()),
        Just("DE89370400440532013000".to_owned()),
        "[ -~]{0,12}",
        "\\PC{0,6}",
    ];
    proptest::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

fn documents() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(
                (prop_oneof![words(), Just("columns".to_owned()), Just("rows".to_owned())], inner),
                0..5
            )
            .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// The same tree but for scalars; keys may be masked too.
fn same_shape(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_shape(one, other))
        }
        (Value::Object(one), Value::Object(other)) => other.len() <= one.len(),
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        (Value::Null, other) => other.is_null(),
        (Value::Bool(one), other) => other == one,
        (Value::Number(_) | Value::String(_), other) => other.is_number() || other.is_string(),
    }
}

/// Values as they stand alone in a cell, and what looks like them.
fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        "[2-9][0-9]{3}[ .-][0-9]{4}[ .-][0-9]{4}[ .-][0-9]{3,4}",
        "4[0-9]{12,18}",
        "[+][0-9 ().-]{6,20}",
        "[0-9]{3}-[0-9]{2}-[0-9]{4}",
        "[a-z0-9._+-]{1,20}@[a-z0-9.-]{1,20}[.][a-z]{1,4}",
        "([0-9]{2}[.]){3,5}[0-9]{2}@([0-9]{2}[.]){1,4}com",
    ]
}

proptest! {
    #[test]
    fn a_glance_says_what_reading_says(cell in cells()) {
        let (plan, held, customs) = (plan(&masker(), 0), Held::default(), Customs::default());
        let mut reader = Reader::new(&plan, &held, &customs, None, Rooms::default());
        if let First::Alone = reader.first(&cell, Around::default) {
            let alone = std::mem::take(&mut reader.alone);
            prop_assert_eq!(reader.text(&cell, &Around::default(), Look::All, 0), alone);
            prop_assert!(reader.learned.is_empty());
        }
    }

    #[test]
    fn masking_keeps_the_shape_and_twice_is_once(document in documents()) {
        let masker = masker();
        let plan = plan(&masker, 0);
        let text = document.to_string();
        let (once, report) = masker.json(&text, &plan).unwrap();
        let parsed: Value = serde_json::from_str(&once).unwrap();
        prop_assert!(same_shape(&document, &parsed), "{text} {once}");
        if report.total() == 0 {
            prop_assert_eq!(&once, &text);
        }
        let (twice, _) = masker.json(&once, &plan).unwrap();
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn any_bytes_end_in_an_answer(text in "\\PC*", held in "[a-z]{4,12}") {
        let masker = masker();
        masker.hold(&held);
        let plan = masker.everywhere();
        let _either = masker.json(&text, &plan);
        let (masked, _) = masker.text(&format!("{text} {held}"), &plan).unwrap();
        prop_assert!(!masked.contains(&held) || text.contains(&held), "{}", masked);
    }

    #[test]
    fn what_is_plain_is_left_as_it_is(text in "[a-zA-Z ,.;!?()<>{}/_+~#*'\\-]{0,60}") {
        let masker = masker();
        if crate::mask::plain::is_plain(text.as_bytes()) {
            let (masked, _) = masker.text(&text, &masker.everywhere()).unwrap();
            prop_assert_eq!(masked, text);
        }
    }

    #[test]
    fn places_in_escaped_text_are_found_in_any_order(text in "[a-z\"\\\\\n\u{1}é\u{1f600}]{0,20}", unicode in any::<bool>()) {
        let mut raw = crate::mask::quoted::escape(&text);
        if unicode {
            raw = raw.replace('\u{1f600}', "\\ud83d\\ude00").replace('é', "\\u00e9");
        }
        let mut places = crate::mask::quoted::Places::new(&raw, &text);
        let mut back = crate::mask::quoted::Places::new(&raw, &text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let place = places.of(at).unwrap();
            let head = format!("\"{}\"", &raw[..place]);
            prop_assert_eq!(serde_json::from_str::<String>(&head).unwrap(), &text[..at]);
            prop_assert_eq!(back.of(text.len()), Some(raw.len()));
            prop_assert_eq!(back.of(at), Some(place));
        }
    }

    #[test]
    fn no_address_is_left(before in "[ a-z0-9.,;:]{0,20}", after in "[ ,;:!?]{0,5}") {
        let masker = masker();
        let text = format!("{before} wilhelmina@example.com{after}");
        let (masked, _) = masker.text(&text, &masker.everywhere()).unwrap();
        prop_assert!(!masked.contains("wilhelmina"), "{}", masked);
    }
}

/// Twice the text is twice the work, whatever the text: counted in bytes that were looked at, not in time.
#[test]
fn hostile_inputs_cost_what_their_length_costs() {
    use crate::mask::scan::work;
    let masker = masker();
    let plan = masker.everywhere();
    let pieces = [
        "@",
        "1",
        "a",
        "+1",
        "1-",
        "[",
        "eyJ-",
        "sk-",
        "://",
        "-----BEGIN ",
        "DE89",
        "1.2.",
        "a@",
        "a@b.co ",
        ":",
        "=",
        "a=",
        "%41",
        "&#6",
        "\\u0041",
        "YWRh",
        "6164",
        "0x",
        "AA1",
        "4111 ",
        "(0",
        "\u{200b}",
        "é",
        " at ",
        " dot ",
        "\"",
        "x:y@",
        "-",
        "4111-",
        "password=",
        "[EMAIL]",
        "00",
        "ab:",
        "1\n",
        "  1",
        "[EMAIL] a@b.co ",
        "a@b.co [EMAIL:abcdefgh] ",
        "ssn 123456789 ",
        "socialSocial",
        "1.2.3.4 ",
        "1 @ ",
    ];
    for piece in pieces {
        let work_of = |length: usize| {
            let text = piece.repeat(length / piece.len());
            work::take();
            let _either = masker.text(&text, &plan);
            work::take()
        };
        let (once, twice) = (work_of(1 << 14), work_of(1 << 15));
        assert!(twice < once * 5 / 2 + 4096, "{piece:?}: {once} {twice}");
        assert!(twice < (1 << 15) * 400, "{piece:?}: {twice}");
    }
}

#[test]
fn deep_json_ends() {
    let masker = masker();
    let plan = masker.everywhere();
    let mut text = "\"ada@example.com\"".to_owned();
    for _ in 0..6 {
        text = format!("{{\"a\":{}}}", Value::from(text));
    }
    let (masked, _) = masker.json(&text, &plan).unwrap();
    assert!(!masked.contains("ada@"), "{masked}");
    let _either = masker.json(&"[".repeat(1 << 16), &plan);
}
