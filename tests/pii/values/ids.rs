//! National numbers, with their check digits.

use super::{luhn, value, weighted};
use crate::random::{Random, UPPER};

pub fn ssn(random: &mut Random) -> String {
    let area = loop {
        let area = random.between(1, 899);
        if area != 666 {
            break area;
        }
    };
    format!("{area:03}-{:02}-{:04}", random.between(1, 99), random.between(1, 9999))
}

pub fn itin(random: &mut Random) -> String {
    format!(
        "9{}-{}-{}",
        random.digits(2),
        random.pick(&["50", "65", "70", "88", "90", "92", "94", "99"]),
        random.digits(4)
    )
}

pub fn nhs(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.pick(&["4", "6", "7", "9"]), random.digits(8));
        let check = 11 - weighted(&body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if check != 10 {
            return format!("{body}{}", check % 11);
        }
    }
}

pub fn nino(random: &mut Random) -> String {
    let first = random.text("ABCEGHJKLMPRSTWXY", 1);
    let second = random.text("ACEHJLMPRSWXYZ", 1);
    let head = if ["ZZ", "TN"].contains(&format!("{first}{second}").as_str()) {
        "AB".to_owned()
    } else {
        format!("{first}{second}")
    };
    format!("{head}{}{}", random.digits(6), random.text("ABCD", 1))
}

pub fn aadhaar(random: &mut Random) -> String {
    const D: [[usize; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const P: [[usize; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let body = format!("{}{}", random.between(2, 9), random.digits(10));
    let sum =
        body.chars().rev().enumerate().fold(0, |sum, (place, digit)| D[sum][P[(place + 1) % 8][value(digit) as usize]]);
    let check = (0..10).find(|check| D[sum][*check] == 0).unwrap();
    format!("{body}{check}")
}

pub fn pan(random: &mut Random) -> String {
    format!(
        "{}P{}{}{}",
        random.text(UPPER, 3),
        random.text(UPPER, 1),
        random.between(1000, 9999),
        random.text(UPPER, 1)
    )
}

pub fn pesel(random: &mut Random) -> String {
    let (year, month, day) = (random.between(1940, 2015), random.between(1, 12), random.between(1, 28));
    let month = if year >= 2000 { month + 20 } else { month };
    let body = format!("{:02}{month:02}{day:02}{}", year % 100, random.digits(4));
    format!("{body}{}", (10 - weighted(&body, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10)
}

pub fn nip(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.between(1, 9), random.digits(8));
        let check = weighted(&body, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        if check != 10 {
            return format!("{body}{check}");
        }
    }
}

pub fn dni(random: &mut Random) -> String {
    let number = random.between(1_000_000, 99_999_999);
    format!("{number:08}{}", "TRWAGMYFPDXBNJZSQVHLCKE".as_bytes()[number as usize % 23] as char)
}

pub fn nie(random: &mut Random) -> String {
    let (lead, number) = (random.below(3), random.below(10_000_000));
    let letter = "TRWAGMYFPDXBNJZSQVHLCKE".as_bytes()[(lead * 10_000_000 + number) as usize % 23] as char;
    format!("{}{number:07}{letter}", ["X", "Y", "Z"][lead as usize])
}

pub fn codice_fiscale(random: &mut Random) -> String {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let body = format!(
        "{}{}{}{:02}{}{:03}",
        random.text("BCDFGLMNPRSTVZ", 6),
        random.between(40, 99),
        random.text("ABCDEHLMPRST", 1),
        random.between(1, 28),
        random.text("ABCDEFGHIL", 1),
        random.between(1, 999)
    );
    let sum: u32 = body
        .chars()
        .enumerate()
        .map(|(place, letter)| {
            let even = if letter.is_ascii_digit() { value(letter) } else { value(letter) - 10 };
            if place % 2 == 0 { ODD[even as usize] } else { even }
        })
        .sum();
    format!("{body}{}", UPPER.as_bytes()[sum as usize % 26] as char)
}

pub fn personnummer(random: &mut Random) -> String {
    let (year, month, day) = (random.between(1930, 2010), random.between(1, 12), random.between(1, 28));
    let short = format!("{:02}{month:02}{day:02}{}", year % 100, random.digits(3));
    let check = luhn(&short);
    match random.below(2) {
        0 => format!("{}-{}{check}", &short[..6], &short[6..]),
        _ => format!("{year}{}-{}{check}", &short[2..6], &short[6..]),
    }
}

pub fn henkilotunnus(random: &mut Random) -> String {
    let (year, month, day, serial) =
        (random.between(1930, 2010), random.between(1, 12), random.between(1, 28), random.between(2, 899));
    let birth = format!("{day:02}{month:02}{:02}", year % 100);
    let check = format!("{birth}{serial:03}").parse::<usize>().unwrap() % 31;
    let mark = if year < 2000 { '-' } else { 'A' };
    format!("{birth}{mark}{serial:03}{}", "0123456789ABCDEFHJKLMNPRSTUVWXY".as_bytes()[check] as char)
}

pub fn steuer_id(random: &mut Random) -> String {
    // Nine different digits, one of them twice.
    let mut digits: Vec<char> = "0123456789".chars().collect();
    for place in (1..10).rev() {
        digits.swap(place, random.below(place as u64 + 1) as usize);
    }
    digits[9] = digits[random.between(0, 7) as usize];
    if digits[0] == '0' {
        digits.swap(0, 4);
    }
    let product = digits.iter().fold(10, |product, digit| {
        let sum = (value(*digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    format!("{}{}", digits.iter().collect::<String>(), (11 - product) % 10)
}

pub fn nir(random: &mut Random) -> String {
    let body = format!(
        "{}{:02}{:02}{:02}{:03}{:03}",
        random.between(1, 2),
        random.below(100),
        random.between(1, 12),
        random.between(1, 19),
        random.between(1, 990),
        random.between(1, 999)
    );
    format!("{body}{:02}", 97 - body.parse::<u64>().unwrap() % 97)
}

pub fn sin(random: &mut Random) -> String {
    let body = format!("{}{}", random.pick(&["1", "2", "4", "5", "7", "9"]), random.digits(7));
    format!("{body}{}", luhn(&body))
}

pub fn tfn(random: &mut Random) -> String {
    loop {
        let number = format!("{}{}", random.between(1, 8), random.digits(8));
        if weighted(&number, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) {
            return number;
        }
    }
}

pub fn medicare(random: &mut Random) -> String {
    let body = format!("{}{}", random.between(2, 6), random.digits(7));
    format!("{body}{}{}", weighted(&body, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10, random.between(1, 9))
}

pub fn cpf(random: &mut Random) -> String {
    let mut digits = random.digits(9);
    for _ in 0..2 {
        let sum: u32 = digits.chars().rev().zip(2..).map(|(digit, weight)| value(digit) * weight).sum();
        digits.push(char::from_digit(sum * 10 % 11 % 10, 10).unwrap());
    }
    digits
}

pub fn bsn(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.between(1, 9), random.digits(7));
        let check = weighted(&body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if check < 10 {
            return format!("{body}{check}");
        }
    }
}

pub fn passport(random: &mut Random) -> String {
    match random.below(4) {
        0 => random.digits(9),
        1 => format!("{}{}", random.text("CFGHJK", 1), random.text("0123456789CFGHJKLMNPRTVWXYZ", 7) + "4"),
        2 => format!("{}{}", random.text(UPPER, 2), random.digits(7)),
        _ => format!("{}{}", random.text(UPPER, 1), random.digits(8)),
    }
}

pub fn licence(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("{}{}", random.text(UPPER, 1), random.digits(7)), // California
        1 => format!(
            "{}{:01}{:02}{:02}{}{}{}{}",
            random.text(UPPER, 5),
            random.below(10),
            random.between(1, 12),
            random.between(1, 28),
            random.below(10),
            random.text(UPPER, 2),
            random.below(10),
            random.text(UPPER, 2)
        ),
        _ => format!(
            "{}{}-{}-{}-{}",
            random.text(UPPER, 1),
            random.digits(3),
            random.digits(3),
            random.digits(2),
            random.digits(3)
        ), // Florida
    }
}
