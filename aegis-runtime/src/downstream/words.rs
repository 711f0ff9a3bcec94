//! Words of a server that are cut, to be shown or recorded.
//!
//! *Invariants.* They are masked before they are cut: of half a value nobody knows what it was. What cannot be masked is left out.

use super::Masked;
use crate::north::quoted;

/// Longest text that is looked at, in bytes. All of the kernel shares a thread.
const WHOLE: usize = 64 * 1024;
const LEFT_OUT: &str = "[left out]";

/// A text masked.
pub(super) fn whole(text: &str, masked: &Masked) -> String {
    let looked_at = text.len() <= WHOLE;
    looked_at.then(|| masked(text)).flatten().unwrap_or_else(|| LEFT_OUT.to_owned())
}

/// A name as it may stand in a record and between quotes of ours.
pub(super) fn named(text: &str, limit: usize, masked: &Masked) -> String {
    quoted(&whole(text, masked), limit)
}

/// At most so many characters. What is not cut is left as it is, for whoever masks all of it.
pub(super) fn cut(text: String, limit: usize, masked: &Masked) -> String {
    if text.chars().nth(limit).is_none() {
        return text;
    }
    whole(&text, masked).chars().take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::{Masked, cut, named};
    use std::sync::Arc;

    #[test]
    fn what_is_cut_is_masked_first() {
        let masked: Masked = Arc::new(|text| (!text.contains("no mask")).then(|| text.replace("hunter2", "[HELD]")));
        let long = |end: &str| format!("{}{end}", "x".repeat(60));
        assert_eq!(named(&long("hunter2"), 64, &masked), long("[HEL"));
        assert_eq!(cut(long("hunter2"), 64, &masked), long("[HEL"));
        assert_eq!(cut(long("hunter2"), 67, &masked), long("hunter2"), "it is masked with the rest");
        assert_eq!(named("no mask", 64, &masked), "[left out]");
        assert_eq!(cut("y".repeat(70_000), 64, &masked), "[left out]");
    }
}
