//! HMAC-SHA-256 under one key, which is read once: a message of one block costs two compressions and nothing else.
//! Sources: RFC 2104; FIPS 180-4, sections 5.1.1 and 5.3.3.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sha2::block_api::compress256;
use zeroize::Zeroizing;

/// Bytes of a block, and most of a message that fits into one with its padding.
const BLOCK: usize = 64;
const SHORT: usize = BLOCK - 9;

/// Where SHA-256 begins.
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// A key, as the states of a hash that has read it.
pub(super) struct Keyed {
    inner: Zeroizing<[u32; 8]>,
    outer: Zeroizing<[u32; 8]>,
    /// For longer messages.
    long: Hmac<Sha256>,
}

impl Keyed {
    /// Nothing where the key cannot be read; one of 32 bytes always can.
    pub(super) fn new(key: &[u8; 32]) -> Option<Self> {
        let read = |pad: u8| {
            let mut block = Zeroizing::new([pad; BLOCK]);
            block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
            let mut state = Zeroizing::new(START);
            compress256(&mut state, &[*block]);
            state
        };
        Some(Self { inner: read(0x36), outer: read(0x5c), long: Hmac::new_from_slice(key).ok()? })
    }

    pub(super) fn mac(&self, message: &Message) -> [u8; 32] {
        match message {
            Message::Short(block, length) => {
                let inner = digest(&self.inner, *block, *length);
                let mut block = [0; BLOCK];
                block.iter_mut().zip(inner).for_each(|(to, from)| *to = from);
                digest(&self.outer, block, inner.len())
            }
            Message::Long(bytes) => {
                let mut mac = self.long.clone();
                mac.update(bytes);
                mac.finalize().into_bytes().into()
            }
        }
    }
}

/// The digest of a block that was read by a state and so many bytes that follow it.
fn digest(state: &[u32; 8], mut block: [u8; BLOCK], length: usize) -> [u8; 32] {
    if let Some(end) = block.get_mut(length) {
        *end = 0x80;
    }
    let bits = u64::try_from((BLOCK + length) * 8).unwrap_or(u64::MAX);
    if let Some(last) = block.last_chunk_mut() {
        *last = bits.to_be_bytes();
    }
    let mut state = *state;
    compress256(&mut state, &[block]);
    let mut digest = [0; 32];
    for (to, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *to = word.to_be_bytes();
    }
    digest
}

/// A message in the making.
pub(super) enum Message {
    /// As a block whose further bytes are 0, and its length.
    Short([u8; BLOCK], usize),
    Long(Vec<u8>),
}

impl Message {
    pub(super) const fn new() -> Self {
        Self::Short([0; BLOCK], 0)
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        match self {
            Self::Short(block, length) => match block.get_mut(*length..*length + bytes.len()) {
                Some(to) if *length + bytes.len() <= SHORT => {
                    to.copy_from_slice(bytes);
                    *length += bytes.len();
                }
                _ => {
                    let mut long = block.get(..*length).unwrap_or_default().to_vec();
                    long.extend_from_slice(bytes);
                    *self = Self::Long(long);
                }
            },
            Self::Long(long) => long.extend_from_slice(bytes),
        }
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.extend(&[byte]);
    }

    /// What was written so far.
    pub(super) fn written(&mut self) -> &mut [u8] {
        match self {
            Self::Short(block, length) => block.get_mut(..*length).unwrap_or_default(),
            Self::Long(long) => long,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyed, Message};
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

    #[test]
    fn it_is_hmac_at_every_length() {
        for key in [[0; 32], [7; 32], std::array::from_fn(|place| u8::try_from(place).unwrap())] {
            let keyed = Keyed::new(&key).unwrap();
            for length in 0..200_usize {
                let bytes: Vec<u8> =
                    (0..length).map(|place| u8::try_from((place * 31 + length) % 256).unwrap()).collect();
                let (one, other) = bytes.split_at(length / 3);
                let mut message = Message::new();
                message.extend(one);
                other.iter().for_each(|byte| message.push(*byte));
                let mut oracle = Hmac::<Sha256>::new_from_slice(&key).unwrap();
                oracle.update(&bytes);
                assert_eq!(keyed.mac(&message)[..], oracle.finalize().into_bytes()[..], "{length}");
            }
        }
    }
}
