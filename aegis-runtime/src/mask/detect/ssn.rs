//! US social security numbers, grouped 3-2-4 with one separator, without the numbers that are never issued.
//! Source: SSA, "Social Security Number Randomization".

use super::{around, killed};
use crate::mask::valid::us::ssn;
use crate::vocabulary::Class;
use std::ops::Range;

pub(super) fn find(text: &str, found: &mut Vec<(Range<usize>, Class)>) {
    for (start, window) in text.as_bytes().windows(11).enumerate() {
        let [a, b, c, first, d, e, second, f, g, h, i] = window else { continue };
        if first != second
            || !matches!(first, b'-' | b' ')
            || ![a, b, c, d, e, f, g, h, i].iter().all(|byte| byte.is_ascii_digit())
        {
            continue;
        }
        let range = start..start.saturating_add(11);
        let (before, after) = around(text.as_bytes(), &range);
        let joined =
            |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let issued = ssn(&[*a, *b, *c, *d, *e, *f, *g, *h, *i]);
        if issued && !joined(before) && !joined(after) && !killed(text.as_bytes(), &range) {
            found.push((range, Class::Ssn));
        }
    }
}
