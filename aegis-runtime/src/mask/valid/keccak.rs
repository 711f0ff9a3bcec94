//! Keccak-256 as Ethereum uses it (the padding from before SHA-3), over at most one block; only for checksums of addresses.
//! Source: G. Bertoni et al., "The Keccak reference", version 3.0.

/// The first 20 bytes of the digest of 40 characters.
pub(super) fn keccak256_of_40(message: &[u8; 40]) -> [u8; 20] {
    let mut state = [[0_u64; 5]; 5];
    let mut block = [0_u8; 136];
    for (slot, byte) in block.iter_mut().zip(message.iter().chain([&1])) {
        *slot = *byte;
    }
    if let Some(last) = block.last_mut() {
        *last |= 0x80;
    }
    for (lane, bytes) in state.iter_mut().flatten().zip(block.as_chunks::<8>().0) {
        *lane = u64::from_le_bytes(*bytes);
    }
    permute(&mut state);
    let mut digest = [0; 20];
    for (slot, byte) in digest.iter_mut().zip(state.iter().flatten().flat_map(|lane| lane.to_le_bytes())) {
        *slot = byte;
    }
    digest
}

/// Keccak-f over 1600 bits; rows of the state are y, columns x.
fn permute(state: &mut [[u64; 5]; 5]) {
    let mut register = 1_u8;
    for _ in 0..24 {
        // theta
        let mut parity = [0; 5];
        for row in state.iter() {
            parity.iter_mut().zip(row).for_each(|(sum, lane)| *sum ^= lane);
        }
        let [a, b, c, d, e] = parity;
        let change = [
            e ^ b.rotate_left(1),
            a ^ c.rotate_left(1),
            b ^ d.rotate_left(1),
            c ^ e.rotate_left(1),
            d ^ a.rotate_left(1),
        ];
        for row in state.iter_mut() {
            row.iter_mut().zip(change).for_each(|(lane, change)| *lane ^= change);
        }
        // rho and pi
        let (mut x, mut y) = (1, 0);
        let mut carried = lane(state, x, y);
        for step in 1_u32..=24 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let next = lane(state, x, y);
            set(state, x, y, carried.rotate_left(step * (step + 1) / 2 % 64));
            carried = next;
        }
        // chi
        for row in state.iter_mut() {
            let [a, b, c, d, e] = *row;
            *row = [a ^ (!b & c), b ^ (!c & d), c ^ (!d & e), d ^ (!e & a), e ^ (!a & b)];
        }
        // iota
        for bit in 0_u32..7 {
            if register & 1 == 1 {
                set(state, 0, 0, lane(state, 0, 0) ^ (1 << ((1_u32 << bit) - 1)));
            }
            register = (register << 1) ^ if register & 0x80 == 0 { 0 } else { 0x71 };
        }
    }
}

fn lane(state: &[[u64; 5]; 5], x: usize, y: usize) -> u64 {
    state.get(y).and_then(|row| row.get(x)).copied().unwrap_or_default()
}

fn set(state: &mut [[u64; 5]; 5], x: usize, y: usize, value: u64) {
    if let Some(slot) = state.get_mut(y).and_then(|row| row.get_mut(x)) {
        *slot = value;
    }
}
