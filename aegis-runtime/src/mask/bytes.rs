//! Tables by byte, made while the kernel is compiled.

/// `by_byte!(NAME: type { pattern => value, … })`: what each of the 256 bytes is, as a `match` over all of them would say.
macro_rules! by_byte {
    ($name:ident: $kind:ty { $($pattern:pat => $value:expr),+ $(,)? }) => {
        const $name: [$kind; 256] = {
            #[expect(
                clippy::indexing_slicing,
                clippy::cast_possible_truncation,
                reason = "evaluated at compile time, and below 256"
            )]
            const fn table() -> [$kind; 256] {
                let mut table = [0; 256];
                let mut byte = 0;
                while byte < 256 {
                    table[byte] = match byte as u8 { $($pattern => $value),+ };
                    byte += 1;
                }
                table
            }
            table()
        };
    };
}

pub(super) use by_byte;
