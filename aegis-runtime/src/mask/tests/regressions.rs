//! What once was missed, or once was harmed.

use super::{json, masker, plan, text};
use crate::mask::{Masker, Plan};
use crate::spec::nothing::NOTHING;
use crate::spec::{MaskSpec, Spec};
use crate::vocabulary::{Class, DomainId, Operator};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json as value;

fn body(body: &str) -> String {
    let document =
        value!({"structuredContent": {"key": "silver/x.csv", "encoding": "utf-8", "body": body}}).to_string();
    json(1, &document)
}

#[test]
fn a_file_that_is_no_utf_8_does_not_leave_raw() {
    let latin: Vec<u8> = "id,name,city\n1,Ada Lovelace,K\u{f6}ln\n"
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    for bytes in [latin, b"\xff\xfei\0d\0,\0n\0a\0m\0e\0\n\x001\0,\0A\0d\0a\0 \0L\0o\0v\0e\0".to_vec()] {
        let encoded = STANDARD.encode(&bytes);
        let masked = body(&encoded);
        assert!(!masked.contains(&encoded), "{masked}");
    }
    let picture: Vec<u8> = (0..2048_u32).map(|byte| u8::try_from(byte * 7 % 256).unwrap()).collect();
    assert!(body(&STANDARD.encode(picture)).contains("[BINARY_DROPPED]"));
    // Words that a query joins without a blank.
    let joined = "paidopenshippedreturned".repeat(40);
    assert!(body(&joined).contains(&joined));
}

#[test]
fn names_leave_in_no_shape_of_a_file() {
    for file in [
        "\nid,name\n1,Ada Lovelace\n",
        "name\nAda Lovelace\n",
        "\u{feff}name\r\nAda Lovelace\r\n",
        "Customers of May\n\nid;name;x\n1;Ada Lovelace;2\n",
        "id\tname\n1\tAda Lovelace\n",
        "{\"id\":1,\"name\":\"Ada Lovelace\"}\n{\"id\":2,\"name\":\"Ada Lovelace\"}\n",
        "| id | name |\n|---|:--|\n| 1 | Ada Lovelace |\n",
        " id | name\n----+-----\n 1 | Ada Lovelace\n",
        "id: 1\nname: Ada Lovelace\n",
        "- **Name**: Ada Lovelace\n",
        "<people><person><name>Ada Lovelace</name></person></people>",
        "<person id=\"1\" name=\"Ada Lovelace\"/>",
        "[[\"id\",\"name\"],[1,\"Ada Lovelace\"]]",
        "id,name\n1,\"Lovelace, \"\"Ada\"\" B\"\n",
    ] {
        let masked = body(file);
        assert!(!masked.contains("Ada") && !masked.contains("Lovelace"), "{file:?} {masked}");
    }
    let prose = "The name of the game: no columns here.\nSecond line, with commas, and more.\n";
    assert!(body(prose).contains("no columns here"));
}

#[test]
fn what_follows_a_value_is_not_swallowed_and_not_left() {
    assert_eq!(text("ada@example.com-urgent").split_once(']').unwrap().1, "-urgent");
    let both = text("a@b.com+14155550100");
    assert!(both.ends_with("[PHONE]") && both.starts_with("[EMAIL:"), "{both}");
    let masker = masker();
    assert_eq!(masker.text(&both, &masker.everywhere()).unwrap().0, both);
    assert_eq!(text("https://user:hunter2@db.example.com/x"), "https://user:[SECRET]@db.example.com/x");
    assert_eq!(text("git@github.com:org/repo.git"), "git@github.com:org/repo.git");
}

#[test]
fn what_was_cut_apart_is_found() {
    for document in [
        r#"{"a":["4111","1111","1111","1111"]}"#,
        r#"{"a":"123","b":"45","c":"6789"}"#,
        r#"{"a":["ada@","example.com"]}"#,
        r#"{"content":[{"type":"text","text":"to ada@exam"},{"type":"text","text":"ple.com now"}]}"#,
    ] {
        let masked = json(2, document);
        assert!(!masked.contains("4111") && !masked.contains("6789") && !masked.contains("ada@"), "{masked}");
    }
    for harmless in [
        r#"{"a":[4111,1111,1111,1111]}"#,
        r#"{"a":["1","2","3","4","5","6","7","8","9"]}"#,
        r#"{"y":"2026","m":"11","d":"24"}"#,
    ] {
        assert_eq!(json(2, harmless), harmless);
    }
}

#[test]
fn tokens_of_leaves_collapse_where_their_class_is_redacted() {
    let document = r#"{"rows":[["[PERSON_NAME:abcdefghijklmnop]","[EMAIL:abcdefghijklmnop]","[EMAIL:abcdefgh]"]]}"#;
    assert_eq!(json(2, document), r#"{"rows":[["[PERSON_NAME]","[EMAIL:abcdefghijklmnop]","[EMAIL:abcdefgh]"]]}"#);
    let declared = r#"{"structuredContent":{"columns":["name"],"rows":[["[PERSON_NAME:abcdefghijklmnop]"],[null]]}}"#;
    assert!(json(0, declared).contains(r#"[["[PERSON_NAME]"],[null]]"#));
}

#[test]
fn placeholders_are_seen_through_encodings() {
    let holds = |text: &str| Masker::holds_placeholder(&super::SPEC, text);
    for hidden in [
        "a %5BEMAIL%5D b".to_owned(),
        "%255BEMAIL%255D".to_owned(),
        "\\u005bEMAIL\\u005d".to_owned(),
        "&#91;SSN&#93;".to_owned(),
        "［EMAIL］".to_owned(),
        "[\u{200b}EMAIL]".to_owned(),
        STANDARD.encode("[SSN]"),
        STANDARD.encode("id,name\n1,[PERSON_NAME]\n"),
        "5b45 [EMAIL:k7q2m4xwk7q2m4xw]".to_owned(),
        "5b454d41494c5d5b454d41494c5d".to_owned(),
    ] {
        assert!(holds(&hidden), "{hidden}");
    }
    for other in
        ["[email]", "list[0]", "%5Bx%5D", "INSERT INTO t VALUES ('[note]')", "[A]", "dGhlIHF1aWNrIGJyb3duIGZveA=="]
    {
        assert!(!holds(other), "{other}");
    }
}

#[test]
fn numbers_and_keys_keep_their_kind() {
    assert_eq!(json(2, r#"{"n":4111111111111111,"t":1700000000123}"#), r#"{"n":"[CARD:***1111]","t":1700000000123}"#);
    let keys = json(2, r#"{"ada@example.com":1,"bob@example.com":2}"#);
    assert_eq!(serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&keys).unwrap().len(), 2, "{keys}");
}

#[test]
fn reports_name_places_and_reasons_without_values() {
    let masker = masker();
    let (_, report) = masker.json(r#"{"rows":[{"ssn":"123456789"},{"ssn":"223456789"}]}"#, &plan(&masker, 2)).unwrap();
    let reasons = report.reasons().to_string();
    assert!(
        reasons.contains("us-ssn") && reasons.contains("/rows/*/ssn") && reasons.contains("\"context\":\"ssn\""),
        "{reasons}"
    );
    assert!(!report.places().to_string().contains("123456789"));
}

/// A number of the same shape that a word tells is no reason to leave a card.
#[test]
fn a_card_on_four_lines_is_one_in_any_column() {
    for column in ["x", "a c no", "account number", "phone"] {
        let text = format!(r#"{{"rows":[["4111\n1111\n1111\n1111"]],"columns":["{column}"]}}"#);
        let masked = json(0, &text);
        assert!(!masked.contains("1111\\n1111"), "{masked}");
    }
}

/// What one place says is not heard at the next.
#[test]
fn a_time_is_told_by_its_own_place_only() {
    let text = r#"{"structuredContent":{"note":"x 123","date_of_birth":"1987-05-12","made":"1987-05-12","rest":["1987-05-12"]}}"#;
    let masker = super::masker();
    let (masked, report) = masker.json(text, &super::plan(&masker, 0)).unwrap();
    assert!(report.total() == 0 && masked == text, "birth dates are not of this policy: {masked}");
}

#[test]
fn a_seam_leaves_a_block_of_json_whole() {
    let blocks = ["{\"email\": \"ada@example.com\", \"id\": 1} ", "Ada Lovelace-Project}"];
    let content = blocks.map(|text| value!({"type": "text", "text": text}));
    for tool in [0, 1] {
        let masked: serde_json::Value =
            serde_json::from_str(&json(tool, &value!({"content": content}).to_string())).unwrap();
        let text = masked["content"][0]["text"].as_str().unwrap();
        let block: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(block["email"].as_str().unwrap().starts_with("[EMAIL:"), "{text}");
    }
}

/// A class that the policy leaves alone covers nothing of another one.
#[test]
fn what_is_left_alone_hides_nothing() {
    static ACCOUNTS: [MaskSpec; 1] = [MaskSpec {
        rule: &super::RULE,
        domains: &[DomainId(0)],
        operators: &[(Class::BankAccount, Operator::Redact), (Class::Ssn, Operator::Redact)],
    }];
    static SPEC: Spec = Spec { masks: &ACCOUNTS, ..NOTHING };
    let masker = Masker::new(&SPEC, [7; 32]);
    let plan: Plan = masker.everywhere();
    for (text, masked) in [
        ("the bank account 4111 1111 1111 1111, in full", "the bank account [BANK_ACCOUNT], in full"),
        ("the card 4111 1111 1111 1111, in full", "the card 4111 1111 1111 1111, in full"),
        ("call +1 123-45-6789, in full", "call +1 [SSN], in full"),
    ] {
        assert_eq!(masker.text(text, &plan).unwrap().0, masked);
    }
}

#[test]
fn tags_inside_of_a_value_do_not_part_it() {
    for (written, masked) in [
        ("mail ada<b>@</b>example.com now", "mail [EMAIL:"),
        ("<td>ada<!-- x -->@<i>example</i>.com</td>", "<td>[EMAIL:"),
        ("call +49 <span class=\"n\">30</span> 1234567.", "call [PHONE]."),
        ("4111<br>1111<br>1111<br>1111", "[CARD:***1111]"),
        ("ada<b>&#64;</b>example.com", "[EMAIL:"),
    ] {
        let out = text(written);
        assert!(out.starts_with(masked) && !out.contains("ada") && !out.contains("1111<"), "{written}: {out}");
    }
    // Tags at the sides stay, and so do cells of a table.
    assert!(text("<b>ada</b>@example.com</p>").ends_with("]</p>"));
    for harmless in [
        "<tr><td>123</td><td>45</td><td>6789</td></tr>",
        "<id>4111</id>, <n>1111</n>",
        "if a<b and c>d then 4111",
        "<ul><li>17</li><li>2026</li></ul>",
        "Vec<u8> 1234567",
    ] {
        assert_eq!(text(harmless), harmless);
    }
    // What a result taught is known across them.
    let learned = json(
        0,
        r#"{"structuredContent":{"columns":["name","note"],"rows":[["Ada Lovelace","by <b>Ada</b> <i>Lovelace</i>, ok"]]}}"#,
    );
    assert!(!learned.contains("Lovelace") && learned.contains(", ok"), "{learned}");
}

/// What a placeholder is called is no word of the text.
#[test]
fn placeholders_say_nothing_of_what_stands_beside_them() {
    for held in [
        "[EMAIL] [PHONE] DE893'04004(0532013000",
        "[PHONE] 2125550123",
        "[PHONE:k7q2m4xw], 2125550123",
        "é [PHONE] 2125550123",
        "[PHONE],x\n2125550123,1\n",
        "a,[PHONE],x\n1,2125550123,1\n",
        "[BANK_ACCOUNT] 12345678",
    ] {
        assert_eq!(text(held), held);
    }
    for held in [r#"{"[PHONE:k7q2m4xw]":"2125550123"}"#, r#"{"[SECRET]":"hunter2-Xy9-longer"}"#] {
        assert_eq!(json(0, held), held);
    }
    assert_eq!(text("phone [PHONE] 2125550123"), "phone [PHONE] [PHONE]", "the text's own word speaks");
}

#[test]
fn names_leave_in_tables_of_markup_and_in_objects_that_a_text_quotes() {
    for file in [
        "<table><tr><th>id</th><th>name</th></tr><tr><td>5</td><td>Ada Lovelace</td></tr></table>",
        "<table><tr><th>Name</th><td>Ada Lovelace</td></tr><tr><th>Orders</th><td>2</td></tr></table>",
        "<dl><dt>Name</dt><dd>Ada Lovelace</dd></dl>",
        "Found:\n{\"id\": 3, \"name\": \"Ada Lovelace\"}",
        "1 row: {'id': 3, 'name': 'Ada Lovelace', 'tier': 'gold'}",
        "customer = Customer(id=3, name=\"Ada Lovelace\")",
        "id=3 name=\"Ada Lovelace\" tier=gold",
    ] {
        let masked = body(file);
        assert!(!masked.contains("Ada") && !masked.contains("Lovelace"), "{file:?} {masked}");
    }
    for (file, kept) in [
        (
            "<table><tr><th>name</th><th>price</th><th>stock</th></tr><tr><td>Claw Hammer</td><td>12</td><td>4</td></tr></table>",
            "Claw Hammer",
        ),
        ("Config:\n{\"name\": \"Storefront\", \"port\": 80, \"replicas\": 2}", "Storefront"),
        ("Options:\n  -n, --name <NAME>  \n  -h, --help         Print help", "Print help"),
        ("{\"playlists\": [{\"name\": \"Deep Focus\", \"tracks\": 88}]}", "Deep Focus"),
        ("{\"files\": [{\"name\": \"charlotte.geojson\", \"bytes\": 12}]}", "charlotte"),
    ] {
        assert!(body(file).contains(kept), "{file:?} {}", body(file));
    }
}

#[test]
fn a_letter_a_part_and_a_fraction_are_no_telephone() {
    for harmless in [
        "Garden hose 25 m,5010585523448,81.87",
        "x       f(x)\n0.0  -3.77853241\n0.5  0.91518805\n",
        "| part_no | replaces |\n|---|---|\n| 312-448-5040 | 312-448-5010 |\n",
        "Part No. 312-448-5040",
    ] {
        assert_eq!(text(harmless), harmless);
    }
    for number in ["T: 0641 9923411", "(m) 07700 900123", "item 4, please call 212-555-0187"] {
        assert!(text(number).contains("[PHONE"), "{number}");
    }
}

#[test]
fn a_secret_that_is_cut_over_siblings_is_found() {
    let (one, two) = (format!("ghp_{}", "aB3dE5gH7jK9mN1p"), "Q2rS4tU6vW8xY0zA2bC4");
    let document = value!({"a": [one, two]}).to_string();
    let masked = json(2, &document);
    assert!(!masked.contains(&one) && !masked.contains(two), "{masked}");
}
