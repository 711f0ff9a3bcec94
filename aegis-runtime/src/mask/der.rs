//! The texts of a certificate, of a request for one, or of a public key: ASN.1 in DER (ITU-T X.690, section 8; RFC 5280, section 4).
//!
//! *Invariants.* What is not one sequence from end to end, a private key, which begins with its version, and what is a person's is not read: it stays what
//! it was, unread bytes. Each byte is looked at once for each level that it is nested in.

use std::fmt::Write as _;

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
/// What only persons and keys under a password have: a surname, a serial number, a given name, a date of birth and its kind (RFC 3739);
/// PBES2 and the ciphers of PKCS #12.
const PERSONS: [&[u8]; 6] = [
    &[0x06, 0x03, 0x55, 0x04, 0x04],
    &[0x06, 0x03, 0x55, 0x04, 0x05],
    &[0x06, 0x03, 0x55, 0x04, 0x2a],
    &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c],
];
/// UTF8String, NumericString, PrintableString, T61String, IA5String, VisibleString.
const STRINGS: [u8; 6] = [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a];
/// BMPString.
const WIDE: u8 = 0x1e;
/// A name of a subject: an address of mail, a host, a place.
const NAMES: [u8; 3] = [0x81, 0x82, 0x86];
/// An address of a machine.
const ADDRESS: u8 = 0x87;
/// Whether others are within.
const CONSTRUCTED: u8 = 0x20;
/// Deepest nesting.
const DEPTH: usize = 16;

/// Every text, a line each; nothing where the bytes are something else.
pub(super) fn strings(bytes: &[u8]) -> Option<String> {
    let (tag, content, rest) = element(bytes)?;
    let (first, ..) = element(content)?;
    let personal = PERSONS.iter().any(|kind| memchr::memmem::find(bytes, kind).is_some());
    if personal || tag != SEQUENCE || first != SEQUENCE || !rest.is_empty() {
        return None;
    }
    let mut said = String::new();
    gather(content, DEPTH, &mut said)?;
    Some(said)
}

fn gather(mut bytes: &[u8], depth: usize, said: &mut String) -> Option<()> {
    while !bytes.is_empty() {
        let (tag, content, rest) = element(bytes)?;
        bytes = rest;
        if tag & CONSTRUCTED != 0 {
            gather(content, depth.checked_sub(1)?, said)?;
        } else if STRINGS.contains(&tag) || NAMES.contains(&tag) {
            let _ = writeln!(said, "{}", String::from_utf8_lossy(content));
        } else if tag == WIDE {
            let units: Vec<u16> = content.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            let _ = writeln!(said, "{}", String::from_utf16_lossy(&units));
        } else if tag == ADDRESS
            && let Ok(address) = <[u8; 4]>::try_from(content)
        {
            let _ = writeln!(said, "{}", std::net::Ipv4Addr::from(address));
        } else if tag == ADDRESS
            && let Ok(address) = <[u8; 16]>::try_from(content)
        {
            let _ = writeln!(said, "{}", std::net::Ipv6Addr::from(address));
        } else if tag == OCTETS {
            // An extension holds more of the same, or bytes.
            let mut within = String::new();
            match gather(content, depth.checked_sub(1)?, &mut within) {
                Some(()) => said.push_str(&within),
                None => show(content, said),
            }
        } else {
            show(content, said);
        }
    }
    Some(())
}

/// Bytes that are no text, as far as any of them are letters: nothing hides in a number or a key.
fn show(bytes: &[u8], said: &mut String) {
    said.extend(bytes.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '\n' }));
    said.push('\n');
}

/// The tag and the content of the first element, and what follows it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        short @ 0..0x80 => (usize::from(*short), rest),
        long => {
            let (length, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            if length.is_empty() || length.len() > 3 {
                return None;
            }
            (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::strings;

    #[test]
    fn texts_are_read_and_keys_are_not() {
        let name = [0x30, 0x0d, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x06, b'a', b'@', b'b', b'.', b'c', b'o'];
        let whole = [&[0x30, 0x11, 0x30, 0x0f][..], &name].concat();
        assert_eq!(strings(&whole).as_deref(), Some("U\n\n\na@b.co\n"));
        let address = [&[0x30, 0x14, 0x30, 0x12, 0x87, 0x10, 0x2a, 0x02][..], &[0; 13], &[0x17]].concat();
        assert_eq!(strings(&address).as_deref(), Some("2a02::17\n"));
        assert_eq!(strings(&[&whole[..], &[0]].concat()), None, "bytes behind it");
        assert_eq!(
            strings(&[0x30, 0x06, 0x02, 0x01, 0x00, 0x30, 0x01, 0x05]),
            None,
            "a private key begins with its version"
        );
        assert_eq!(strings(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), None);
    }
}
