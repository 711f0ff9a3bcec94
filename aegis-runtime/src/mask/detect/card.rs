//! Payment cards: an issuer's prefix, a legal length, and Luhn's check digit. Digits may be grouped by single marks of one kind.

use super::{CARD, Gate, Hit, Text};
use crate::mask::context::{is_sampled, named_last};
use crate::mask::kill;
use crate::mask::scan::{alone, before, byte, run, run_back};
use crate::mask::valid::card::{LENGTHS, is_card};
use crate::mask::valid::checksum::ean;
use crate::vocabulary::Class;

/// Most digits.
const LONGEST: usize = 19;

/// Words of goods, whose numbers have thirteen digits and a check digit of their own.
#[rustfmt::skip]
pub(in crate::mask) const WARES: &[&str] = &[
    "ean", "ean13", "gtin", "gtin13", "upc", "barcode", "bar code", "sku", "strichcode", "code barre", "code barres", "codebarre",
    "codigo de barras", "código de barras", "codice a barre", "streepjescode",
];
/// Digits of such a number.
const EAN: usize = 13;

pub(in crate::mask) const WORDS: &[&str] = &[
    "card",
    "credit",
    "debit",
    "visa",
    "mastercard",
    "amex",
    "pan",
    "cc",
    "ccn",
    "maestro",
    "payment",
    "karte",
    "carte",
    "tarjeta",
    "carta",
    "kreditkarte",
    "cardnumber",
    "creditcard",
    "debitcard",
    "bankkarte",
    "karta",
    "karty",
    "cartão",
    "cartao",
    "kaart",
    "creditcardnummer",
    "kort",
    "kortnummer",
    "kartennummer",
    "karte nr",
    "elo",
    "rupay",
    "girocard",
    "карта",
    "карты",
    "कार ड",
    "卡号",
    "银行卡",
    "カード番号",
    "카드번호",
    "بطاقة",
];

/// Fewest digits of a number that a program made of a time and a place.
const LONG_ID: usize = 17;

/// Whether a text stands under a key of an id, or of a version.
fn is_id(text: &Text<'_>) -> bool {
    const IDS: [&str; 8] = ["id", "_id", "version", "snowflake", "message_id", "channel_id", "guild_id", "tweet_id"];
    text.around.path.last().is_some_and(|segment| segment.is_named(&IDS))
}

/// Whether the word right before a number of goods says that it is one, or its column or key does: `EAN-13: 4006381333931`. A line of an
/// order in EDIFACT has `LIN+1++4006381333931:EN`.
fn is_ware(text: &Text<'_>, start: usize, end: usize) -> bool {
    let bytes = text.bytes;
    let head = start.saturating_sub(HEAD);
    let sign = |byte: &u8| matches!(byte, b' ' | b':' | b'#' | b'=' | b'-' | b'"' | b'\t' | b'1' | b'3');
    let said = bytes.get(head..start).unwrap_or_default();
    let said = said.get(..said.len() - said.iter().rev().take_while(|byte| sign(byte)).count()).unwrap_or_default();
    let word = said.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let ware = |name: &str| named_last(WARES, name);
    let edifact = before(bytes, start) == Some(b'+') && bytes.get(end..).is_some_and(|rest| rest.starts_with(b":EN"));
    let keyed = || start == 0 && text.key().is_some_and(ware);
    edifact
        || std::str::from_utf8(word).is_ok_and(|word| !word.is_empty() && ware(word))
        || text.column(start).is_some_and(ware)
        || keyed()
}

/// So far before a number its word stands.
const HEAD: usize = 24;

pub(super) fn find(text: &Text<'_>, out: &mut Vec<Hit>) {
    let mut from = 0;
    for word in &text.scan.words {
        if word.start < from || word.end - word.start > LONGEST {
            continue;
        }
        if let Some(hit) = at(text, word.start) {
            from = hit.end;
            out.push(hit);
        }
    }
}

/// The longest card that begins here: groups of digits may belong to two numbers in a row.
pub(super) fn at(text: &Text<'_>, start: usize) -> Option<Hit> {
    let bytes = text.bytes;
    // A cheap look first: no group of two or three digits begins a card, and no bare number is one unless it is long.
    if !matches!(byte(bytes, start), Some(b'2'..=b'9')) {
        return None;
    }
    let lead = run(bytes, start, LONGEST + 1, |byte| byte.is_ascii_digit());
    let parted = || matches!(byte(bytes, start + lead), Some(b' ' | b'-' | b'.' | b'_' | b'/' | b'+'));
    if !(lead >= 12 || (lead == 1 || lead >= 4) && parted()) {
        return None;
    }
    let (mut digits, mut count, mut separator) = ([0_u8; LONGEST], 0, None);
    let (mut first_group, mut uneven, mut marks) = (None, false, 0_u8);
    let (mut at, mut best) = (start, None);
    'number: loop {
        let group = at;
        for digit in bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()) {
            let Some(slot) = digits.get_mut(count) else { break 'number };
            (*slot, count, at) = (*digit, count + 1, at + 1);
        }
        let whole = *first_group.get_or_insert(at - group);
        uneven |= at - group != whole;
        // A lone digit among groups is of a list: `4059800 0 0 68`.
        let stub = whole >= 4 && at - group == 1;
        // Lone digits in a row are a list, unless all of the number is spelled so.
        let spelled = whole >= 4 || whole == 1 && !uneven && separator.is_some();
        // One point among digits is a fraction's: `39800.000000000000` is an average.
        let fraction = separator == Some(b'.') && marks == 1;
        if spelled && !fraction && LENGTHS.contains(&count) && is_card(digits.get(..count).unwrap_or_default()) {
            best = Some((at, count));
        }
        match bytes.get(at..) {
            Some([mark @ (b' ' | b'-' | b'.' | b'_' | b'/' | b'+'), b'0'..=b'9', ..])
                if !stub && *separator.get_or_insert(*mark) == *mark => {}
            _ => break, // the number is over
        }
        (at, marks) = (at + 1, marks.saturating_add(1));
    }
    let (end, count) = best?;
    let bare = end - start == count;
    if !alone(bytes, start, end) && before(bytes, start) != Some(b'_') || kill::part_of_another(bytes, start, end) {
        return None;
    }
    let goods = bare && count == EAN && ean(digits.get(..EAN).unwrap_or_default());
    if goods && is_ware(text, start, end) {
        return None;
    }
    // Many programs number what they keep so, and say that it is an id.
    if bare && count >= LONG_ID && start == 0 && end == bytes.len() && is_id(text) && text.listeners(CARD, start) == 0 {
        return None;
    }
    if bare && is_listed(bytes, start, end) {
        return None;
    }
    // A sample behind its labels: `received{device="eth0"} 4480772655841`.
    if bare && is_sampled(bytes, start) {
        return None;
    }
    let sure = !(bare && (count == 12 || kill::is_time(digits.get(..count).unwrap_or_default())));
    if sure {
        return Some(Hit {
            start,
            end,
            class: Some(Class::Card),
            by: "card",
            gate: if bare { Gate::Strong } else { Gate::Grouped },
        });
    }
    let word = text.word(CARD, WORDS, start)?;
    Some(Hit { start, end, class: Some(Class::Card), by: "card", gate: Gate::Context(word) })
}

/// Whether long numbers that are no cards stand in the lines above and below, as in a table of constants: `6558939822118891088,`.
fn is_listed(bytes: &[u8], start: usize, end: usize) -> bool {
    let other = |line: &[u8]| {
        let number = line.trim_ascii();
        let number = number.strip_suffix(b",").unwrap_or(number);
        number.len() >= 12 && number.iter().all(u8::is_ascii_digit) && !is_card(number)
    };
    let blank = |byte: u8| matches!(byte, b' ' | b'\t');
    let head = start - run_back(bytes, start, LINE, blank);
    let tail = end + run(bytes, end, 2, |byte| matches!(byte, b',' | b'\r'));
    let line = |byte: u8| byte != b'\n';
    let above = head.checked_sub(1).filter(|at| byte(bytes, *at) == Some(b'\n'));
    let above = above.and_then(|at| bytes.get(at - run_back(bytes, at, LINE, line)..at));
    let below = bytes.get(tail + 1..).filter(|_| byte(bytes, tail) == Some(b'\n'));
    let below = below.and_then(|rest| rest.get(..run(rest, 0, LINE, line)));
    above.is_some_and(other) || below.is_some_and(other)
}

/// Longest line of such a table.
const LINE: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::context::{Around, Heard};
    use crate::mask::plan::Plan;
    use crate::mask::scan::Scan;
    use std::cell::RefCell;

    #[test]
    fn numbers_of_goods_are_no_cards() {
        let (heard, plan, mut scan) = (RefCell::<Heard>::default(), Plan::secrets(), Scan::default());
        for (text, cards) in [
            ("EAN 4006654542169", 0),
            ("LIN+1++4006654542169:EN'", 0),
            ("EAN;x\n4006654542169;2", 0),
            ("EAN;x\na;2\n4006654542169;2", 0),
            ("paid with 4006654542169", 1),
            ("EAN 4006654542161", 0),
            ("card;x\na;2\n4006654542169;2", 1),
            ("[\n  6558939822118891088,\n  6558939822118891081,\n]", 0),
            ("4111111111111111\n5500000000000004\n", 2),
        ] {
            scan.read(text.as_bytes());
            let mut out = Vec::new();
            find(&Text::new(text, &scan, Around::default(), &heard, &plan), &mut out);
            assert_eq!(out.len(), cards, "{text}");
        }
    }
}
