//! People: names, e-mail addresses, telephone numbers, birth dates, machines.

use crate::random::{LOWER, Random};

const FIRST: [&str; 24] = [
    "Wilhelmina",
    "Thaddeus",
    "Rosalind",
    "Cornelius",
    "Evangeline",
    "Bartholomew",
    "Marguerite",
    "Leopold",
    "Seraphina",
    "Ignatius",
    "Ottoline",
    "Percival",
    "Zdzisława",
    "Björn",
    "Łukasz",
    "Núria",
    "Søren",
    "François",
    "Aoife",
    "Ngozi",
    "Priyanka",
    "Takahiro",
    "Yusuf",
    "Jürgen",
];
const LAST: [&str; 24] = [
    "Abernathy",
    "Blackwood",
    "Castellanos",
    "Dragomirov",
    "Eriksson",
    "Fitzgerald",
    "Grzybowski",
    "Hofstadter",
    "Iwanowska",
    "Jankauskas",
    "Kowalczyk",
    "Lindqvist",
    "Montgomery",
    "Nakashima",
    "Okonkwo",
    "Pellegrini",
    "Quartermaine",
    "Rasmussen",
    "Szymański",
    "Thornbury",
    "Vandenberg",
    "Weatherby",
    "Yamaguchi",
    "Müller-Lüdenscheidt",
];
/// Domains that hidden tables may use too: nothing in them says "example".
const DOMAINS: [&str; 16] = [
    "example.com",
    "gmail.com",
    "mail.contoso.co.uk",
    "fastmail.fm",
    "uni-muenchen.de",
    "acme.io",
    "corp.acme-industries.com",
    "yahoo.co.jp",
    "proton.me",
    "example.org",
    "post.cz",
    "outlook.com",
    "museum.travel",
    "health.nhs.uk",
    "startup.dev",
    "xn--mnchen-3ya.de",
];

pub fn first(random: &mut Random) -> &'static str {
    random.pick(&FIRST)
}

pub fn last(random: &mut Random) -> &'static str {
    random.pick(&LAST)
}

pub fn name(random: &mut Random) -> String {
    format!("{} {}", first(random), last(random))
}

pub fn email(random: &mut Random) -> String {
    let ascii = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    let (one, two) = (ascii(first(random)), ascii(last(random)));
    let local = match random.below(7) {
        0 => format!("{one}.{two}"),
        1 => format!("{one}_{two}{}", random.below(100)),
        2 => format!("{}{two}+news", &one[..1]),
        3 => format!("{two}-{one}"),
        4 => format!("{one}{}", random.digits(3)),
        5 => format!("{one}.o'{two}"),
        _ => format!("{}.{two}", random.text(LOWER, 3)),
    };
    format!("{local}@{}", random.pick(&DOMAINS))
}

/// A number with a plus, in the spellings people use.
pub fn phone_plus(random: &mut Random) -> String {
    let d = |random: &mut Random, count| random.digits(count);
    match random.below(14) {
        0 => format!(
            "+1 {}{}-{}{}-{}",
            random.between(2, 9),
            d(random, 2),
            random.between(2, 9),
            d(random, 2),
            d(random, 4)
        ),
        1 => format!("+1{}{}{}{}", random.between(2, 9), d(random, 2), random.between(2, 9), d(random, 6)),
        2 => format!("+44 20 7{} {}", d(random, 3), d(random, 4)),
        3 => format!("+44 7{} {}", d(random, 3), d(random, 6)),
        4 => format!("+49 30 {}", d(random, 7)),
        5 => format!("+49 (0)171 {}", d(random, 7)),
        6 => format!("+33 6 {} {} {} {}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
        7 => format!("+91 9{} {}", d(random, 4), d(random, 5)),
        8 => format!("+39 06 {} {}", d(random, 4), d(random, 4)),
        9 => format!("+34 6{} {} {}", d(random, 2), d(random, 3), d(random, 3)),
        10 => format!("+31 6 {}", d(random, 8)),
        11 => format!("+55 11 9{}-{}", d(random, 4), d(random, 4)),
        12 => format!(
            "+1 ({}{}) {}{}-{}",
            random.between(2, 9),
            d(random, 2),
            random.between(2, 9),
            d(random, 2),
            d(random, 4)
        ),
        _ => format!("+81-3-{}-{}", d(random, 4), d(random, 4)),
    }
}

/// A national number whose grouping tells by itself.
pub fn phone_national(random: &mut Random, country: &str) -> String {
    let d = |random: &mut Random, count| random.digits(count);
    let n = |random: &mut Random| random.between(2, 9);
    match country {
        "us" => {
            let (a, b, c) =
                (format!("{}{}", n(random), d(random, 2)), format!("{}{}", n(random), d(random, 2)), d(random, 4));
            match random.below(4) {
                0 => format!("({a}) {b}-{c}"),
                1 => format!("{a}-{b}-{c}"),
                2 => format!("{a}.{b}.{c}"),
                _ => format!("1-{a}-{b}-{c}"),
            }
        }
        "uk" => match random.below(4) {
            0 => format!("020 7{} {}", d(random, 3), d(random, 4)),
            1 => format!("07{} {}", d(random, 3), d(random, 6)),
            2 => format!("0161 {} {}", d(random, 3), d(random, 4)),
            _ => format!("(01632) {}", d(random, 6)),
        },
        "de" => match random.below(4) {
            0 => format!("030 {}", d(random, 7)),
            1 => format!("0171/{}", d(random, 7)),
            2 => format!("(089) {}", d(random, 7)),
            _ => format!("0221-{}", d(random, 7)),
        },
        "fr" => {
            let mark = random.pick(&[" ", ".", "-"]);
            let pairs: Vec<String> = (0..4).map(|_| d(random, 2)).collect();
            format!("0{}{mark}{}", random.between(1, 9), pairs.join(mark))
        }
        "in" => match random.below(2) {
            0 => format!("0{}{}-{}", random.between(6, 9), d(random, 4), d(random, 5)),
            _ => format!("011-2{}", d(random, 7)),
        },
        "it" => match random.below(3) {
            0 => format!("06 {} {}", d(random, 4), d(random, 4)),
            1 => format!("02 {}", d(random, 8)),
            _ => format!("347-{}", d(random, 7)),
        },
        "es" => match random.below(2) {
            0 => format!("6{} {} {} {}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
            _ => format!("91 {} {} {}", d(random, 3), d(random, 2), d(random, 2)),
        },
        "nl" => match random.below(3) {
            0 => format!("06-{}", d(random, 8)),
            1 => format!("020-{}", d(random, 7)),
            _ => format!("06 {}", d(random, 8)),
        },
        _ => match random.below(2) {
            0 => format!("(11) 9{}-{}", d(random, 4), d(random, 4)),
            _ => format!("(21) 2{}-{}", d(random, 3), d(random, 4)),
        },
    }
}

/// A national number that only its context tells: bare, or in groups that are also quantities.
pub fn phone_told(random: &mut Random) -> String {
    let d = |random: &mut Random, count| random.digits(count);
    match random.below(7) {
        0 => format!("{}{}{}{}", random.between(2, 9), d(random, 2), random.between(2, 9), d(random, 6)),
        1 => format!("07{}", d(random, 9)),
        2 => format!("06{}", d(random, 8)),
        3 => format!("9{} {}", d(random, 4), d(random, 5)),
        4 => format!("6{} {} {}", d(random, 2), d(random, 3), d(random, 3)),
        5 => format!("347 {}", d(random, 7)),
        _ => format!(
            "{}{} {}{} {}",
            random.between(2, 9),
            d(random, 2),
            random.between(2, 9),
            d(random, 2),
            d(random, 4)
        ),
    }
}

pub fn birth_date(random: &mut Random) -> String {
    let (year, month, day) = (random.between(1935, 2012), random.between(1, 12), random.between(1, 28));
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let spelled = names[month as usize - 1];
    match random.below(6) {
        0 | 1 => format!("{year}-{month:02}-{day:02}"),
        2 => format!("{day:02}/{month:02}/{year}"),
        3 => format!("{day}.{month}.{year}"),
        4 => format!("{day} {spelled} {year}"),
        _ => format!("{spelled} {day}, {year}"),
    }
}

pub fn ipv4(random: &mut Random) -> String {
    let first = random.pick(&["8", "34", "52", "81", "93", "145", "185", "203"]);
    format!("{first}.{}.{}.{}", random.between(1, 112), random.below(256), random.between(1, 254))
}

pub fn ipv6(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("2a00:1450:4001:{}::{}", random.hex(3).replace('0', "8"), random.hex(4).replace('0', "1")),
        1 => format!(
            "2001:470:1f{}:{}:{}:{}:{}:{}",
            random.hex(2),
            random.hex(4),
            random.hex(4),
            random.hex(4),
            random.hex(4),
            random.hex(4)
        ),
        _ => format!("2600:1f18:{}:{}::{}", random.hex(4), random.hex(4), random.hex(2).replace('0', "2")),
    }
}

pub fn mac(random: &mut Random) -> String {
    let mark = random.pick(&[":", "-"]);
    let head = random.pick(&["3c", "a4", "00", "f0", "5c"]);
    let pairs: Vec<String> = (0..5).map(|_| random.hex(2)).collect();
    format!("{head}{mark}{}", pairs.join(mark))
}
