//! Tables that are drawn with the signs of boxes, as databases and data frames print them: read as tables with bars.
//!
//! *Invariants.* Every sign of that block has three bytes, and so has what stands in its place: a place in the text is the same place
//! in the other.

use std::borrow::Cow;

/// The block of these signs.
const BOXES: std::ops::RangeInclusive<char> = '\u{2500}'..='\u{257f}';
/// Lines that part columns, and lines that part rows; others are where lines meet.
const BARS: [char; 9] = ['│', '┃', '┆', '┇', '┊', '┋', '╎', '╏', '║'];
const RULES: [char; 9] = ['─', '━', '┄', '┅', '┈', '┉', '╌', '╍', '═'];
/// Where the lines of a table cross; a tree has none.
const CROSSES: [char; 4] = ['┼', '╪', '╫', '╬'];

/// A text with bars in the place of boxes; the same text where none are crossed.
pub(super) fn barred(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(0xe2, text.as_bytes()).is_none() || !text.contains(CROSSES) {
        return text;
    }
    let mut barred = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            sign if BARS.contains(&sign) => barred.push_str("|  "),
            sign if RULES.contains(&sign) => barred.push_str("---"),
            sign if BOXES.contains(&sign) => barred.push_str("|--"),
            sign => barred.push(sign),
        }
    }
    Cow::Owned(barred)
}

#[cfg(test)]
mod tests {
    use super::barred;

    #[test]
    fn places_are_the_same() {
        let table = "┌────┬───────┐\n│ id ┆ name  │\n╞════╪═══════╡\n│ 1  ┆ Zoë   │\n└────┴───────┘";
        let read = barred(table.into());
        assert_eq!(read.len(), table.len());
        assert_eq!(read.find("Zoë"), table.find("Zoë"));
        assert!(read.contains("|   id |   name  |  "), "{read}");
        let tree = "├── src\n│   └── main.rs";
        assert_eq!(barred(tree.into()), tree);
    }
}
