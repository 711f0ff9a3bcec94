//! The first look at a text, sixteen bytes at a time: most texts hold nothing that anyone could look for.

/// Bytes that are looked at together.
const LANES: usize = 16;
/// The same, and the two that follow.
const BLOCK: usize = LANES + 2;

/// A text of fewer bytes has no long token, and no address that is spelled.
const SHORT: usize = 12;

/// Whether a text holds nothing that a detector knows: words and marks of ASCII, without a digit, an anchor, an escape, a token of
/// sixteen bytes, or a word of a spelled address. Where this says no, the text is read; where it says yes, nobody has to.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    if bytes.len() < SHORT {
        return bytes.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'_' | b',' | b'.'));
    }
    let mut token = 0;
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>()) {
        if !look(block, &mut token) {
            return false;
        }
        at += LANES;
    }
    // What is left, and what is no byte of a token behind it.
    let rest = bytes.get(at..).unwrap_or_default();
    let mut last = [0; BLOCK + LANES];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let block = |from: usize| last.get(from..).and_then(|rest| rest.first_chunk::<BLOCK>());
    block(0).is_some_and(|block| look(block, &mut token))
        && (rest.len() <= LANES || block(LANES).is_some_and(|block| look(block, &mut token)))
}

/// Looks at the first bytes of a block. `token` is how many bytes before it belong to one token.
fn look(block: &[u8; BLOCK], token: &mut u32) -> bool {
    let (mut loud, mut ends) = (0_u8, [0_u8; LANES]);
    let following = block.iter().skip(1).zip(block.iter().skip(2));
    for ((end, one), (two, three)) in ends.iter_mut().zip(block).zip(following) {
        let lower = |byte: u8| byte | 0x20;
        let letter = lower(*one).wrapping_sub(b'a') < 26;
        loud |= u8::from(one.wrapping_sub(b'0') <= b':' - b'0')
            | u8::from(matches!(*one, b'@' | b'=' | b'%' | b'&' | b'[' | b'\\'))
            | u8::from(*one >= 0x80)
            | (u8::from(*one == b'-') & u8::from(*two == b'-'))
            | (u8::from(lower(*one) == b'd') & u8::from(lower(*two) == b'o') & u8::from(lower(*three) == b't'))
            | (u8::from(lower(*one) == b'r') & u8::from(lower(*two) == b'o') & u8::from(lower(*three) == b'b'))
            | (u8::from(lower(*one) == b'a')
                & u8::from(lower(*two) == b't')
                & (u8::from(*three == b')') | u8::from(*three == b'}')));
        *end = u8::from(!(letter | matches!(*one, b'+' | b'-' | b'.' | b'/' | b'_' | b'~')));
    }
    let ends = u128::from_le_bytes(ends);
    // A long token is a whole block, or crosses from one into the next.
    let head = ends.trailing_zeros() / 8;
    let long = *token + head >= 16;
    *token = if ends == 0 { *token + head } else { ends.leading_zeros() / 8 };
    loud == 0 && !long
}

#[cfg(test)]
mod tests {
    use super::{SHORT, is_plain};
    use crate::mask::scan::Scan;

    #[test]
    fn what_is_plain_is_quiet_wherever_the_loud_byte_stands() {
        let mut scan = Scan::default();
        for length in 0..70 {
            let text = "the quick brown fox (it jumps) left-handed, over the lazy dog; ".repeat(2);
            let text = &text[..length];
            assert!(is_plain(text.as_bytes()), "{text:?}");
            for loud in [
                "1",
                "@",
                ":",
                "=",
                "%",
                "[",
                "é",
                "--",
                " dot ",
                " arroba ",
                "(at)",
                "aaaaaaaaaaaaaaaa",
                "a.b-c_d/e~f+g.h-i",
            ] {
                for at in 0..=length {
                    let text = format!("{}{loud}{}", &text[..at], &text[at..]);
                    assert!(!is_plain(text.as_bytes()) || loud.starts_with(' ') && text.len() < SHORT, "{text:?}");
                }
            }
            for at in 0..length {
                let (one, two) = text.split_at(at);
                let text = format!("{one}aaaaaaaaa{two}");
                scan.read(text.as_bytes());
                assert!(!is_plain(text.as_bytes()) || scan.is_quiet() || text.contains('-'), "{text:?}");
            }
        }
    }
}
