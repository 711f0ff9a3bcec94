//! What is found, and what is left alone.

use super::{masker, text};
use crate::mask::Masker;

const FOUND: &[&str] = &[
    "ada@example.com",
    "write to ada.lovelace+x@mail.example.co.uk!",
    "<ada@example.com>",
    "mailto:ada@example.com?subject=x",
    "ÅSA@exämple.se",
    "+49 30 1234567",
    "+14155552671",
    "tel:+44-20-7946-0958",
    "+33 (0)1 42 68 53 00",
    "SSN 123-45-6789",
    "123 45 6789.",
    "(123-45-6789)",
    "4111 1111 1111 1111",
    "4111111111111111",
    "5555-5555-5555-4444",
    "378282246310005",
    "card=6011111111111117",
    "2223003122003222",
    "3530111333300000",
    "30569309025904",
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "FR1420041010050500013M02606",
    "NL91ABNA0417164300",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "glpat-0123456789abcdefghij",
    "sk_live_0123456789abcdefghij",
    "xoxb-0123456789-abcdefghijk",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "postgres://app:hunter2hunter2@db/app",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
];

const HARMLESS: &[&str] = &[
    "550e8400-e29b-41d4-a716-446655440000",
    "4111111111111112",
    "1700000000000",
    "1700000000",
    "2026-11-24T12:00:00Z",
    "20261124120000",
    "v1.2.3.4",
    "0000-00-0000",
    "000-12-3456",
    "666-12-3456",
    "900-12-3456",
    "123-00-4567",
    "123-45-0000",
    "1123-45-67890",
    "12345-67-8901",
    "user@localhost",
    "@mention",
    "a@b",
    "foo@2x.png is an asset? no: foo@2x",
    "git@",
    "+1",
    "+12345",
    "C++11",
    "1+2345678901x",
    "UTC+02:00",
    "2+2=4",
    "DE00 0000 0000 0000 0000 00",
    "GB82WEST12345698765433",
    "order 12345678901234567890",
    "0.4111111111111111",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sk-short",
    "AKIA",
    "https://example.com/path?x=1",
    "postgres://db/app",
    "-----BEGIN CERTIFICATE-----",
    "[EMAIL]",
    "[CARD:***4242]",
    "1111111111111111",
    "arn:aws:iam::123456789012:role/x",
    "10.0.0.1",
    "255.255.255.0",
    "::1",
    "ISBN 978-3-16-148410-0",
    "pages 123-45",
    "call 911",
];

#[test]
fn personal_values_and_credentials_are_found() {
    let left: Vec<_> = FOUND.iter().filter(|value| text(value) == **value).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn look_alikes_are_left_alone() {
    let harmed: Vec<_> =
        HARMLESS.iter().filter(|value| text(value) != **value).map(|value| (value, text(value))).collect();
    assert!(harmed.is_empty(), "{harmed:?}");
}

#[test]
fn only_the_value_is_replaced() {
    assert!(
        text("to ada@example.com, now").starts_with("to [EMAIL:")
            && text("to ada@example.com, now").ends_with("], now")
    );
    assert_eq!(text("card 4111 1111 1111 1111."), "card [CARD:***1111].");
    assert_eq!(text("postgres://app:hunter2hunter2@db/app"), "postgres://app:[SECRET]@db/app");
    assert_eq!(text("key -----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY----- end"), "key [SECRET] end");
}

#[test]
fn equal_values_give_equal_tokens_under_one_key_only() {
    let token = |masker: &Masker, value: &str| masker.text(value, &masker.everywhere()).unwrap().0;
    let (one, other) = (masker(), Masker::new(&super::SPEC, [8; 32]));
    assert_eq!(token(&one, "ada@example.com"), token(&one, "ADA@example.com"));
    assert_ne!(token(&one, "ada@example.com"), token(&one, "bob@example.com"));
    assert_ne!(token(&one, "ada@example.com"), token(&other, "ada@example.com"));
}

#[test]
fn a_held_credential_leaves_in_no_spelling() {
    let masker = masker();
    let secret = "p@ss/word+123";
    masker.hold(secret);
    let spellings = [
        secret.to_owned(),
        "p%40ss%2Fword%2B123".to_owned(),
        secret.bytes().map(|byte| format!("{byte:02x}")).collect::<String>(),
        "cEBzcy93b3JkKzEyMw".to_owned(),
        format!("x{}", "\\u0070@ss/word+123"),
    ];
    for spelling in spellings {
        let document = format!("{{\"a\":\"before {spelling} after\"}}");
        let (masked, report) = masker.json(&document, &masker.everywhere()).unwrap();
        assert!(masked.contains("[HELD_SECRET]"), "{document} {masked}");
        assert_eq!(report.total(), 1);
    }
    for spelling in
        ["%70%40ss/word%2b123", "p&commat;ss&#47;word&#x2B;123", r"p\@ss\/word\+123", r"\u0070@\u0073s\/word\u002B123"]
    {
        for text in [spelling.to_owned(), spelling.replace('\\', r"\\")] {
            let (masked, _) = masker.text(&format!("before {text} after"), &masker.everywhere()).unwrap();
            assert_eq!(masked, "before [HELD_SECRET] after", "{text}");
        }
    }
    // Any alignment inside of a longer encoding.
    for prefix in ["", "a", "ab"] {
        use base64::Engine as _;
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{prefix}{secret} and more"));
        assert!(masker.text(&encoded, &masker.everywhere()).unwrap().0.contains("[HELD_SECRET]"), "{prefix} {encoded}");
    }
}

#[test]
fn placeholders_of_ours_are_recognised() {
    for ours in ["[EMAIL]", "x [EMAIL:k7q2m4xw] y", "[CARD:***4242]", "[PERSON_NAME]", "[HELD_SECRET]"] {
        assert!(Masker::holds_placeholder(&super::SPEC, ours), "{ours}");
    }
    for other in ["[email]", "[EMAILS]", "EMAIL", "[EMAIL:no]", "[x]", "[]", "["] {
        assert!(!Masker::holds_placeholder(&super::SPEC, other), "{other}");
    }
}
