//! Money: cards, accounts, wallets.

use super::{luhn, value, weighted};
use crate::random::{Random, UPPER};
use sha2::{Digest, Sha256};

/// A card of a brand, bare.
pub fn card(random: &mut Random, brand: &str) -> String {
    let (prefix, length) = match brand {
        "visa" => ("4".to_owned(), [16, 16, 16, 13, 19][random.below(5) as usize]),
        "mastercard" => (random.between(51, 55).to_string(), 16),
        "mastercard-2" => (random.between(2221, 2720).to_string(), 16),
        "amex" => (random.pick(&["34", "37"]).to_owned(), 15),
        "discover" => (random.pick(&["6011", "644", "649", "65"]).to_owned(), 16),
        "jcb" => (random.between(3528, 3589).to_string(), 16),
        "diners" => (random.pick(&["36", "300", "305", "38"]).to_owned(), 14),
        "unionpay" => ("62".to_owned(), random.between(16, 19) as usize),
        _ => (
            random.pick(&["5018", "5020", "5038", "6304", "6759", "6761", "6763"]).to_owned(),
            random.between(13, 19) as usize,
        ), // Maestro
    };
    let body = random.digits(length - 1 - prefix.len());
    let body = format!("{prefix}{body}");
    format!("{body}{}", luhn(&body))
}

pub const BRANDS: [&str; 9] =
    ["visa", "mastercard", "mastercard-2", "amex", "discover", "jcb", "diners", "unionpay", "maestro"];

/// A card as it is embossed.
pub fn embossed(card: &str, separator: &str) -> String {
    let groups: &[usize] = match card.len() {
        15 => &[4, 6, 5],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4, 4],
    };
    super::grouped(card, groups, separator)
}

/// An account number of a country, by the registry's structure: `n` digits, `a` capitals, `c` either.
pub fn iban(random: &mut Random) -> String {
    const STRUCTURES: [(&str, &str); 26] = [
        ("DE", "18n"),
        ("GB", "4a14n"),
        ("FR", "10n11c2n"),
        ("NL", "4a10n"),
        ("ES", "20n"),
        ("IT", "1a10n12c"),
        ("PL", "24n"),
        ("BE", "12n"),
        ("AT", "16n"),
        ("CH", "5n12c"),
        ("SE", "20n"),
        ("FI", "14n"),
        ("NO", "11n"),
        ("DK", "14n"),
        ("IE", "4a14n"),
        ("PT", "21n"),
        ("CZ", "20n"),
        ("GR", "7n16c"),
        ("HU", "24n"),
        ("RO", "4a16c"),
        ("TR", "5n1n16c"),
        ("SA", "2n18c"),
        ("AE", "19n"),
        ("MT", "4a5n18c"),
        ("BR", "23n1a1c"),
        ("LC", "4a24c"),
    ];
    let (country, structure) = STRUCTURES[random.below(26) as usize];
    let (mut bban, mut count) = (String::new(), 0);
    for mark in structure.chars() {
        match mark {
            'n' => bban.push_str(&random.digits(count)),
            'a' => bban.push_str(&random.text(UPPER, count)),
            'c' => bban.push_str(&random.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", count)),
            digit => {
                count = count * 10 + value(digit) as usize;
                continue;
            }
        }
        count = 0;
    }
    let remainder = format!("{bban}{country}00").chars().fold(0, |sum, letter| {
        let value = value(letter);
        (sum * if value > 9 { 100 } else { 10 } + value) % 97
    });
    format!("{country}{:02}{bban}", 98 - remainder)
}

/// A bank's routing number.
pub fn aba(random: &mut Random) -> String {
    let body = format!("{:02}{}", random.between(1, 12), random.digits(6));
    format!("{body}{}", (10 - weighted(&body, &[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10)
}

/// A Bitcoin address with its check: base58, or SegWit.
pub fn btc(random: &mut Random) -> String {
    let payload: Vec<u8> = (0..20).map(|_| random.below(256) as u8).collect();
    match random.below(3) {
        0 => base58(0, &payload),
        1 => base58(5, &payload),
        _ => segwit(&payload),
    }
}

fn base58(version: u8, payload: &[u8]) -> String {
    let mut bytes = vec![version];
    bytes.extend(payload);
    let sum = Sha256::digest(Sha256::digest(&bytes));
    bytes.extend(&sum[..4]);
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let mut out = Vec::new();
    while bytes.iter().any(|byte| *byte > 0) {
        let mut remainder = 0_u32;
        for byte in &mut bytes {
            let whole = remainder * 256 + u32::from(*byte);
            *byte = (whole / 58) as u8;
            remainder = whole % 58;
        }
        out.push("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".as_bytes()[remainder as usize]);
    }
    out.extend(std::iter::repeat_n(b'1', zeros));
    out.reverse();
    String::from_utf8(out).unwrap()
}

fn segwit(payload: &[u8]) -> String {
    let mut data = vec![0_u8];
    let (mut bits, mut count) = (0_u32, 0);
    for byte in payload {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            data.push((bits >> count & 31) as u8);
        }
    }
    let step = |sum: u32, value: u8| {
        let top = sum >> 25;
        let mut sum = (sum & 0x1ff_ffff) << 5 ^ u32::from(value);
        for (bit, part) in [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3].into_iter().enumerate() {
            if top >> bit & 1 == 1 {
                sum ^= part;
            }
        }
        sum
    };
    let sum = [3, 3, 0, 2, 3].into_iter().chain(data.iter().copied()).chain([0; 6]).fold(1, step) ^ 1;
    data.extend((0..6).map(|place| (sum >> (5 * (5 - place)) & 31) as u8));
    let letters: String =
        data.iter().map(|value| "qpzry9x8gf2tvdw0s3jn54khce6mua7l".as_bytes()[*value as usize] as char).collect();
    format!("bc1{letters}")
}

/// Ethereum addresses with the capitals of EIP-55: the examples of the proposal.
pub const ETH: [&str; 8] = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];
