//! Places of a message that hold no text: words of the protocol, and bytes of pictures, sounds and files.

use super::json::Segment;

/// Values that are words of the protocol: by their exact place, and only while they look like such words.
pub(super) fn is_exempt(path: &[Segment<'_>], raw: &str) -> bool {
    match path {
        [key] if key.is_named(&["id", "progressToken"]) => is_id(raw),
        [key] => key.is_named(&["resultType", "jsonrpc", "method"]) && is_word(raw, b"/_."),
        [content, Segment::Index(_), key] if content.is_named(&["content"]) => {
            key.is_named(&["type"]) && TYPES.contains(&raw) || key.is_named(&["mimeType"]) && is_media(raw)
        }
        [content, Segment::Index(_), resource, key] => {
            content.is_named(&["content"])
                && resource.is_named(&["resource"])
                && key.is_named(&["mimeType"])
                && is_media(raw)
        }
        _ => false, // everything else is scanned
    }
}

/// Types of content blocks.
const TYPES: [&str; 5] = ["text", "image", "audio", "resource", "resource_link"];

/// Letters and some marks, with so few digits that they are no number.
fn is_word(raw: &str, marks: &[u8]) -> bool {
    let digits = raw.bytes().filter(u8::is_ascii_digit).count();
    raw.len() <= 64 && digits <= 4 && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || marks.contains(&byte))
}

fn is_media(raw: &str) -> bool {
    raw.contains('/') && is_word(raw, b"/+-.")
}

/// A small number, or a UUID.
fn is_id(raw: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let uuid = raw.len() == 36
        && raw.bytes().enumerate().all(|(at, byte)| if dash(at) { byte == b'-' } else { byte.is_ascii_hexdigit() });
    uuid || raw.len() <= 8 && raw.bytes().all(|byte| byte.is_ascii_digit())
}

/// The bytes of a picture, a sound or a file, if the block they stand in is one.
pub(super) fn is_data(path: &[Segment<'_>]) -> bool {
    match path {
        [content, Segment::Index(_), key] => content.is_named(&["content"]) && key.is_named(&["data"]),
        [content, Segment::Index(_), resource, key] => {
            content.is_named(&["content"]) && resource.is_named(&["resource"]) && key.is_named(&["blob"])
        }
        _ => false, // anything else is text
    }
}
