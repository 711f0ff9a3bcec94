//! Values that stand alone: ids, versions, times, prices, numbers of things.

use super::Make;
use crate::random::{LOWER, Random, UPPER};
use crate::values::{card, grouped, luhn, nhs, sin};

fn uuid(r: &mut Random) -> String {
    format!("{}-{}-4{}-a{}-{}", r.hex(8), r.hex(4), r.hex(3), r.hex(3), r.hex(12))
}

/// A UUID of digits only: parts of it look like everything.
fn digit_uuid(r: &mut Random) -> String {
    format!("{}-{}-4{}-8{}-{}", r.digits(8), r.digits(4), r.digits(3), r.digits(3), r.digits(12))
}

/// Digits with Luhn's check, by luck or by the shop's own choice, with no issuer's prefix.
fn luhn_valid(r: &mut Random) -> String {
    let length = r.between(9, 18) as usize;
    let body = format!("{}{}", r.pick(&["1", "7", "8", "9", "0"]), r.digits(length));
    format!("{body}{}", luhn(&body))
}

pub const SCALARS: &[(&str, Make)] = &[
    ("uuid", uuid),
    ("uuid", digit_uuid),
    ("uuid-bare", |r| uuid(r).replace('-', "")),
    ("hash", |r| r.hex(40)),
    ("hash", |r| r.hex(64)),
    ("hash", |r| format!("sha256:{}", r.hex(64))),
    ("hash", |r| r.hex(32)),
    ("hash-short", |r| r.hex(7)),
    ("hash-digits", |r| r.digits(40)),
    ("version", |r| format!("{}.{}.{}", r.below(20), r.below(60), r.below(200))),
    ("version", |r| format!("v{}.{}.{}-rc.{}+build.{}", r.below(9), r.below(30), r.below(9), r.below(9), r.digits(5))),
    ("version", |r| format!("{}.{}.{}.{}", r.below(9), r.below(9), r.between(1000, 9999), r.between(256, 99999))),
    ("version-four", |r| format!("version {}.{}.{}.{}", r.below(20), r.below(20), r.below(200), r.below(200))),
    ("oid", |r| format!("1.3.6.1.4.1.{}.{}.{}", r.between(1, 60000), r.below(20), r.below(20))),
    ("oid", |r| format!("2.16.840.1.{}.{}", r.between(101_000, 114_000), r.below(99))),
    ("timestamp", |r| format!("17{}", r.digits(8))),
    ("timestamp-ms", |r| format!("17{}", r.digits(11))),
    ("timestamp-us", |r| format!("17{}", r.digits(14))),
    ("timestamp-ns", |r| format!("17{}", r.digits(17))),
    ("timestamp-packed", |r| {
        format!(
            "2026{:02}{:02}{:02}{:02}{:02}",
            r.between(1, 12),
            r.between(1, 28),
            r.below(24),
            r.below(60),
            r.below(60)
        )
    }),
    ("date", |r| format!("20{}-{:02}-{:02}", r.between(10, 29), r.between(1, 12), r.between(1, 28))),
    ("date", |r| format!("{:02}/{:02}/20{}", r.between(1, 12), r.between(1, 28), r.between(10, 29))),
    ("date-time", |r| {
        format!(
            "20{}-{:02}-{:02}T{:02}:{:02}:{:02}.{}+02:00",
            r.between(10, 29),
            r.between(1, 12),
            r.between(1, 28),
            r.below(24),
            r.below(60),
            r.below(60),
            r.digits(6)
        )
    }),
    ("order-id", |r| {
        let n = r.between(8, 18) as usize;
        format!("{}{}", r.between(1, 9), r.digits(n))
    }),
    ("order-id", |r| format!("ORD-{}-{}", r.digits(6), r.digits(4))),
    ("order-id", |r| format!("SO{}", r.digits(10))),
    ("order-id-luhn", luhn_valid),
    ("order-id-mod-11", nhs),
    ("order-id-luhn", sin),
    ("ten-digits", |r| format!("{}{}", r.between(1, 9), r.digits(9))),
    ("eleven-digits", |r| format!("{}{}", r.between(1, 9), r.digits(10))),
    ("twelve-digits", |r| format!("{}{}", r.between(1, 9), r.digits(11))),
    ("card-wrong-check", |r| {
        let mut card = card(r, "visa");
        let last = card.pop().unwrap();
        card.push(if last == '9' { '0' } else { (last as u8 + 1) as char });
        card
    }),
    ("decimal", |r| format!("{}.{}", r.below(1000), r.digits(16))),
    ("decimal", |r| format!("0.4{}", r.digits(15))),
    // An average whose digits are a card's.
    ("decimal-luhn", |r| {
        let card = card(r, "mastercard");
        format!("{}.{}", &card[..5], &card[5..])
    }),
    ("scientific", |r| format!("{}.{}e-{}", r.below(9), r.digits(15), r.below(99))),
    ("thousands", |r| format!("{},{},{}", r.between(1, 999), r.digits(3), r.digits(3))),
    ("price", |r| format!("EUR {}.{}", r.between(1, 99999), r.digits(2))),
    ("price", |r| format!("${},{}.{}", r.between(1, 999), r.digits(3), r.digits(2))),
    ("ip-docs", |r| format!("192.0.2.{}", r.below(256))),
    ("ip-docs", |r| format!("{}{}", r.pick(&["198.51.100.", "203.0.113."]), r.below(256))),
    ("ip-local", |_| "127.0.0.1:8080".to_owned()),
    ("ip-private", |r| format!("10.{}.{}.{}", r.below(256), r.below(256), r.below(256))),
    ("ip-private", |r| format!("192.168.{}.{}/24", r.below(256), r.below(256))),
    ("ip-mask", |r| r.pick(&["255.255.255.0", "0.0.0.0/0", "255.255.255.255", "224.0.0.251"]).to_owned()),
    ("ipv6-local", |r| r.pick(&["::1", "fe80::1", "2001:db8::8a2e:370:7334", "ff02::fb", "::"]).to_owned()),
    ("time", |r| format!("{:02}:{:02}:{:02}", r.below(24), r.below(60), r.below(60))),
    ("cpp", |_| "std::vector<std::pair<int, a::b::c>>".to_owned()),
    ("part-number", |r| format!("PN {}-{}-{}", r.digits(3), r.digits(2), r.digits(5))),
    ("part-number", |r| format!("{}-{}-{}-{}", r.digits(4), r.digits(3), r.digits(3), r.digits(2))),
    ("part-number", |r| format!("{}{}-{}", r.text(UPPER, 2), r.digits(4), r.digits(6))),
    ("part-number", |r| format!("{}-{}", r.digits(5), r.digits(4))),
    ("part-number", |r| format!("1{}-0{}-{}", r.digits(2), r.digits(2), r.digits(4))),
    ("serial", |r| format!("SN{}{}", r.text(UPPER, 3), r.digits(9))),
    ("isbn", |r| isbn(r, true)),
    ("isbn", |r| isbn(r, false)),
    ("isbn-10", |r| format!("ISBN 0-{}-{}-{}", r.digits(2), r.digits(6), r.below(10))),
    ("issn", |r| format!("ISSN {}-{}", r.digits(4), r.digits(4))),
    ("doi", |r| format!("10.{}/{}.{}.{}", r.between(1000, 9999), r.text(LOWER, 4), r.digits(4), r.digits(7))),
    ("coordinates", |r| format!("{}.{}, -{}.{}", r.below(90), r.digits(6), r.below(180), r.digits(6))),
    ("coordinates", |r| format!("POINT({}.{} {}.{})", r.below(180), r.digits(14), r.below(90), r.digits(14))),
    ("arn", |r| format!("arn:aws:iam::{}:role/deploy-{}", r.digits(12), r.below(9))),
    ("arn", |r| format!("arn:aws:s3:::acme-logs-{}/2026/03", r.digits(12))),
    ("aws-resource", |r| format!("i-0{} vpc-{} subnet-0{}", r.hex(16), r.hex(8), r.hex(16))),
    ("url-id", |r| format!("https://app.acme.io/orders/{}/items/{}", r.digits(10), r.digits(12))),
    ("url-id", |r| format!("https://x.acme.io/status/1{}?page=2#L{}", r.digits(18), r.below(99))),
    ("url-plain", |r| {
        format!("https://docs.acme.io/guide/{}?lang=en&version={}.{}", r.text(LOWER, 8), r.below(9), r.below(30))
    }),
    ("path", |r| format!("/var/lib/app/{}/{}.log", r.digits(10), r.digits(8))),
    ("file-at", |r| format!("icon-{}@2x.png", r.text(LOWER, 4))),
    ("package", |r| format!("@acme/{}@{}.{}.{}", r.text(LOWER, 6), r.below(20), r.below(20), r.below(20))),
    ("package", |r| format!("{}@{}.{}.{}", r.text(LOWER, 6), r.below(20), r.below(20), r.below(20))),
    ("git-remote", |r| format!("git@github.com:acme/{}.git", r.text(LOWER, 6))),
    ("handle", |r| format!("@{}", r.text(LOWER, 8))),
    ("decorator", |_| "@pytest.mark.parametrize".to_owned()),
    ("placeholder", |r| {
        r.pick(&[
            "password=****",
            "token: <redacted>",
            "api_key=${API_KEY}",
            "secret: XXXX",
            "password: null",
            "pwd={{ db_password }}",
        ])
        .to_owned()
    }),
    ("placeholder-ours", |r| r.pick(&["[EMAIL]", "[PHONE]", "[PERSON_NAME]", "[SSN]", "[CARD]"]).to_owned()),
    ("words", |r| {
        r.pick(&[
            "public",
            "license accepted: MIT",
            "single sign-on",
            "passion fruit",
            "spin 3 times",
            "the assistant",
            "secretary general",
            "a tokenizer",
            "discount",
            "skeleton-key",
            "sk-learn",
        ])
        .to_owned()
    }),
    ("words", |r| {
        r.pick(&[
            "token count: 4096",
            "tokens: 12",
            "password must have 12 characters",
            "forgot password?",
            "secret santa",
            "max_tokens=2048",
            "api key missing",
            "passport control opens at 9",
            "born in a barn",
            "driver: postgres",
            "account: closed",
        ])
        .to_owned()
    }),
    ("locale", |r| r.pick(&["en_US.UTF-8", "de-DE", "Europe/Berlin", "UTC+02:00", "GMT-0500", "+0100"]).to_owned()),
    ("colour", |r| format!("#{} rgb({}, {}, {})", r.hex(6), r.below(256), r.below(256), r.below(256))),
    ("mime", |_| "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
    ("vin", |r| format!("1HGCM8263{}A{}", r.below(10), r.digits(6))),
    ("tracking", |r| format!("1Z{}{}", r.text(UPPER, 3), r.digits(13))),
    ("phone-short", |r| r.pick(&["call 911", "dial 112", "ext. 4021", "room 020", "+1", "24/7", "1-2-3"]).to_owned()),
    ("product", |r| format!("Model X{} Rev {} ({})", r.digits(3), r.text(UPPER, 1), r.digits(4))),
    ("code-lower", |r| format!("{}_{}", r.text(LOWER, 5), r.digits(9))),
    ("score", |r| format!("{}-{} {}-{} {}-{}", r.below(7), r.below(7), r.below(7), r.below(7), r.below(7), r.below(7))),
    ("range", |r| {
        format!("pages {}-{}, lines {}-{}", r.below(900), r.between(901, 999), r.below(90), r.between(100, 999))
    }),
];

fn isbn(r: &mut Random, dashes: bool) -> String {
    let body = format!("978{}", r.digits(9));
    let sum: u32 =
        body.chars().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    let number = format!("{body}{}", (10 - sum % 10) % 10);
    if dashes { format!("ISBN {}", grouped(&number, &[3, 1, 2, 6, 1], "-")) } else { format!("ean {number}") }
}

pub const NUMBERS: &[(&str, Make)] = &[
    ("number-ms", |r| format!("17{}", r.digits(11))),
    ("number-us", |r| format!("17{}", r.digits(14))),
    ("number-id", |r| {
        let n = r.between(8, 18) as usize;
        format!("{}{}", r.between(1, 8), r.digits(n))
    }),
    ("number-luhn", |r| luhn_valid(r).trim_start_matches('0').to_owned()),
    ("number-mod-11", nhs),
    ("number-decimal", |r| format!("{}.{}1", r.below(999), r.digits(14))),
    ("number-exponent", |r| format!("{}.{}e+{}", r.between(1, 9), r.digits(6), r.below(30))),
    ("number-negative", |r| format!("-{}{}", r.between(1, 9), r.digits(9))),
    ("number-snowflake", |r| format!("1{}", r.digits(18))),
];
