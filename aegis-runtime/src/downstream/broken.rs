//! What can be known of a line that cannot be read: whether it was meant as an answer, and to which request.
//!
//! *Invariants.* Nothing of such a line is ever used but the id, and that only to fail a call. Brackets and strings are followed byte
//! by byte, so a number that is none or a text that is no UTF-8 does not hide what stands beside it.

use crate::north::ID_LIMIT;
use rmcp::model::RequestId;
use std::ops::Range;

/// What a line was meant to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// No message: a banner, a log line.
    Nothing,
    /// Messages in an array, which the protocol does not have; any answer may be among them.
    Batch,
    /// A request or a notification.
    Other,
    /// An answer; to what, where that stands there once.
    Answer(Option<RequestId>),
}

/// Looks at the keys of the outermost object, or of the first in an array.
pub(super) fn meant(line: &[u8]) -> Meant {
    let line = line.trim_ascii();
    let batch = line.strip_prefix(b"[");
    let (mut version, mut method, mut ids) = (false, false, Vec::new());
    for (key, value) in entries(batch.map_or(line, <[u8]>::trim_ascii_start)) {
        match key {
            b"jsonrpc" => version = true,
            b"method" => method = true,
            b"id" => ids.push(value),
            _ => {} // what an answer holds
        }
    }
    match (version, method, ids.as_slice()) {
        (false, _, _) => Meant::Nothing,
        _ if batch.is_some() => Meant::Batch,
        (true, true, _) => Meant::Other,
        (true, false, [id]) => Meant::Answer(request_id(id)),
        (true, false, _) => Meant::Answer(None),
    }
}

/// An id, where it is one and within bounds: an answer says it again.
pub(super) fn request_id(value: &[u8]) -> Option<RequestId> {
    if value.len() > ID_LIMIT {
        return None;
    }
    serde_json::from_slice(value).ok()
}

/// The keys of an object and the bytes of their values, as far as its brackets and strings can be followed.
fn entries(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    let Some(b'{') = text.first() else { return found };
    let bytes = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (mut at, mut depth) = (1_usize, 1_usize);
    // The key whose value is read, and where that value begins; the last string, where it may be a key.
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut string: Option<Range<usize>> = None;
    while let Some(byte) = text.get(at) {
        let next = at.saturating_add(1);
        match byte {
            b'"' => {
                let end = end_of_string(text, next);
                string = (depth == 1 && open.is_none()).then_some(next..end);
                at = end;
            }
            b':' if depth == 1 && open.is_none() => open = string.take().map(|key| (key, next)),
            b'{' | b'[' => depth = depth.saturating_add(1),
            b',' | b'}' | b']' => {
                if *byte != b',' {
                    depth = depth.saturating_sub(1);
                }
                let ends = if *byte == b',' { depth == 1 } else { depth == 0 };
                if let Some((key, from)) = open.take_if(|_| ends) {
                    found.push((bytes(key), bytes(from..at).trim_ascii()));
                }
                if depth == 0 {
                    break;
                }
            }
            _ => {} // white space, and parts of values
        }
        at = at.saturating_add(1);
    }
    found
}

/// Where the quote stands that ends a string, or the end of the text.
fn end_of_string(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => break,
            b'\\' => at = at.saturating_add(2),
            _ => at = at.saturating_add(1),
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Meant, meant};
    use rmcp::model::RequestId;

    #[test]
    fn an_answer_is_known_by_its_id_wherever_that_stands() {
        let seven = Meant::Answer(Some(RequestId::Number(7)));
        for line in [
            &br#"{"jsonrpc":"2.0","id":7,"result":{"n":NaN}}"#[..],
            br#" {"result":{"id":8,"method":"x","n":[NaN,"]}\""]}, "id" : 7 ,"jsonrpc":"2.0"}"#,
            b"{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"text\":\"\xff\xfe\"}}",
            br#"{"jsonrpc":"2.0","id":7,"result":{"n":1},"result":{"n":2}}"#,
            br#"{"jsonrpc":"2.0","id":7,"result":{"n":"#,
        ] {
            assert_eq!(meant(line), seven, "{}", String::from_utf8_lossy(line));
        }
        assert_eq!(
            meant(br#"{"jsonrpc":"2.0","id":"a,}b","result":NaN}"#),
            Meant::Answer(Some(RequestId::String("a,}b".into())))
        );
    }

    #[test]
    fn what_does_not_say_to_what_it_is_the_answer_to_any() {
        for line in [
            &br#"{"jsonrpc":"2.0","result":NaN}"#[..],
            br#"{"jsonrpc":"2.0","id":7,"id":8,"result":NaN}"#,
            br#"{"jsonrpc":"2.0","id":NaN,"result":1}"#,
            br#"{"jsonrpc":"2.0","id":7"#,
            format!(r#"{{"jsonrpc":"2.0","id":"{}","result":NaN}}"#, "7".repeat(300)).as_bytes(),
        ] {
            assert_eq!(meant(line), Meant::Answer(None), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn what_is_no_answer_fails_no_call() {
        for line in ["{", "Welcome!", "{'id': 7}", r#"{"id":7,"level":"info",}"#, "[1,{}]", "[[", "\"", ""] {
            assert_eq!(meant(line.as_bytes()), Meant::Nothing, "{line}");
        }
        let request = br#"{"jsonrpc":"2.0","id":7,"method":"roots/list","params":{"n":NaN}}"#;
        assert_eq!(meant(request), Meant::Other);
    }

    #[test]
    fn a_batch_is_known_by_its_first_message() {
        for line in [r#"[{"jsonrpc":"2.0","id":7,"result":{}}]"#, r#" [ {"jsonrpc":"2.0","method":"x"},{"n":NaN"#] {
            assert_eq!(meant(line.as_bytes()), Meant::Batch, "{line}");
        }
    }
}
