//! Numbers of parts and articles that are written as telephone numbers are: where a word right before, or the name of a column, says so.

use super::Text;
use crate::mask::json::Segment;
use crate::mask::phrases::spelled;

/// Words for what is numbered and is nobody's.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "part", "parts", "partno", "partnr", "partnumber", "sku", "skus", "model", "modelno", "item", "itemno", "art", "article", "artikel",
    "artikelnr", "artikelnummer", "mpn", "pn", "serial", "serialno", "lot", "batch", "upc", "isbn", "ean", "gtin",
    "catalog", "catalogue", "drawing", "spare", "teilenummer", "teilenr", "bestellnr", "material", "materialnummer", "product",
    "asset", "oem", "awb", "waybill", "tracking", "consignment", "invoice", "po", "hull", "container",
];
/// Words that join such a word and its number.
const JOINS: &[&str] = &["no", "nr", "num", "number", "numbers", "id", "ids", "code", "codes", "n", "ref"];
/// So far before a number its word begins, and most numbers of a list behind one word.
const REACH: usize = 32;
const LIST: usize = 4;

/// Whether what stands between two places is the number of a part.
pub(super) fn is_part(text: &Text<'_>, start: usize, end: usize) -> bool {
    let Some(written) = text.text.get(start..end) else { return false };
    if written.starts_with(['(', '0']) && !is_waybill(written) {
        return false;
    }
    let column = || text.column(start).is_some_and(names);
    let key = || start == 0 && matches!(text.around.path.last(), Some(Segment::Key(key)) if names(key));
    let beside = || text.cell(start, names).is_some_and(|cell| is_like(cell.trim(), written));
    behind_word(text.text, start, written) || key() || column() || beside()
}

/// Whether the word before says so, over other numbers of the same shape.
fn behind_word(text: &str, start: usize, written: &str) -> bool {
    let mut head = text.get(..start).unwrap_or_default();
    for _ in 0..LIST {
        let trimmed = head.trim_end_matches([' ', ',', '/', ';']);
        let from = trimmed.len().checked_sub(written.len());
        let Some(other) = from.and_then(|from| trimmed.get(from..)).filter(|other| is_like(other, written)) else {
            break;
        };
        head = trimmed.get(..trimmed.len() - other.len()).unwrap_or_default();
    }
    let mut from = head.len().saturating_sub(REACH);
    while !head.is_char_boundary(from) {
        from += 1;
    }
    let near = head.get(from..).unwrap_or_default();
    // A cell is spoken for by the name of its column.
    names(near.rsplit(['\n', '|', '\t', ';', ',']).next().unwrap_or_default())
}

/// Whether the last word of a name, before those that join, is one of a part.
fn names(name: &str) -> bool {
    let spelled = spelled(name);
    let last = spelled.rsplit(' ').filter(|word| !word.is_empty()).find(|word| !JOINS.contains(word));
    last.is_some_and(|word| PARTS.contains(&word))
}

/// Whether a number is an air waybill's, `020-20691403`: the last digit is the rest of the seven before by 7 (IATA resolution 600a).
fn is_waybill(written: &str) -> bool {
    let Some((airline, serial)) = written.split_once('-') else { return false };
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let checked = || serial.parse::<u32>().is_ok_and(|serial| serial / 10 % 7 == serial % 10);
    digits(airline, 3) && digits(serial, 8) && checked()
}

/// Whether two numbers are written alike.
fn is_like(one: &str, other: &str) -> bool {
    let alike = |(one, other): (u8, u8)| one == other || one.is_ascii_digit() && other.is_ascii_digit();
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(alike)
}

#[cfg(test)]
mod tests {
    use super::{behind_word, is_like, is_waybill, names};

    #[test]
    fn parts_have_names() {
        for name in ["part_no", "Part No.", "SKU", "model number", "itemCode", "OEM ref"] {
            assert!(names(name), "{name}");
        }
        for name in ["phone", "customer", "order_no", "participant", "model owner", ""] {
            assert!(!names(name), "{name}");
        }
        assert!(is_like("312-448-5040", "312-448-5010") && !is_like("312-448-504", "312-448-5010"));
        assert!(is_waybill("020-20691403") && !is_waybill("020-20691404") && !is_waybill("0207-946001"));
        let behind = |text: &str| behind_word(text, text.len(), "312-448-5010");
        assert!(behind("see part no. ") && behind("parts 312-448-5040, ") && !behind("part 7, call "));
    }
}
