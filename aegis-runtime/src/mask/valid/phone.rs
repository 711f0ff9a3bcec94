//! National spellings of telephone numbers, by their groupings.
//! Sources: ITU-T E.123; the numbering plans (NANPA; Ofcom; Bundesnetzagentur with DIN 5008; ARCEP; TRAI; AGCOM; CNMC; ACM; Anatel).

use std::sync::OnceLock;

/// Whose plan a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mask) enum Region {
    Us,
    Uk,
    De,
    Fr,
    In,
    It,
    Es,
    Nl,
    Br,
}

/// One way to write a number: `X` is any digit, `C` one from 1, `N` from 2, `M` from 6, `P` 5 to 7, `_` a blank, dash or dot, the
/// same throughout; anything else stands for itself.
#[derive(Debug, Clone, Copy)]
pub(in crate::mask) struct Grouping {
    pub(in crate::mask) region: Region,
    shape: &'static [u8],
    /// Whether the grouping tells by itself; the others are also columns, quantities or part numbers, and need context.
    pub(in crate::mask) alone: bool,
}

const fn alone(region: Region, shape: &'static [u8]) -> Grouping {
    Grouping { region, shape, alone: true }
}

const fn context(region: Region, shape: &'static [u8]) -> Grouping {
    Grouping { region, shape, alone: false }
}

use Region::{Br, De, Es, Fr, In, It, Nl, Uk, Us};

static GROUPINGS: [Grouping; 94] = [
    alone(Us, b"(NXX) NXX-XXXX"),
    alone(Us, b"(NXX)NXX-XXXX"),
    alone(Us, b"(NXX) NXX XXXX"),
    alone(Us, b"(NXX) NXX.XXXX"),
    alone(Us, b"1 (NXX) NXX-XXXX"),
    alone(Us, b"1-(NXX)-NXX-XXXX"),
    alone(Us, b"1-NXX-NXX-XXXX"),
    alone(Us, b"1.NXX.NXX.XXXX"),
    alone(Us, b"1 NXX-NXX-XXXX"),
    alone(Us, b"NXX-NXX-XXXX"),
    alone(Us, b"NXX.NXX.XXXX"),
    alone(Us, b"NXX/NXX-XXXX"),
    context(Us, b"1 NXX NXX XXXX"),
    context(Us, b"NXX NXX XXXX"),
    context(Us, b"NXX NXX-XXXX"),
    context(Us, b"NXXNXXXXXX"),
    context(Us, b"1NXXNXXXXXX"),
    alone(Uk, b"(02X) XXXX XXXX"),
    alone(Uk, b"02X_XXXX_XXXX"),
    alone(Uk, b"02X XXXXXXXX"),
    alone(Uk, b"(01XX) XXX XXXX"),
    alone(Uk, b"(01XXX) XXXXXX"),
    alone(Uk, b"(01XXX) XXX XXX"),
    alone(Uk, b"01XX_XXX_XXXX"),
    alone(Uk, b"01XXX_XXXXXX"),
    alone(Uk, b"01XXX_XXX_XXX"),
    alone(Uk, b"07XXX_XXXXXX"),
    alone(Uk, b"07XXX_XXX_XXX"),
    alone(Uk, b"07XX_XXX_XXXX"),
    alone(Uk, b"07XX_XXXX_XXXX"),
    alone(Uk, b"0800_XXX_XXXX"),
    context(Uk, b"07XXXXXXXXX"),
    context(Uk, b"01XXXXXXXXX"),
    context(Uk, b"02XXXXXXXXX"),
    alone(De, b"(0CX) XXXXXXX"),
    alone(De, b"(0CX) XXXXXXXX"),
    alone(De, b"(0CX) XXXX XXXX"),
    alone(De, b"(0CXX) XXXXXX"),
    alone(De, b"(0CXX) XXXXXXX"),
    alone(De, b"(0CXXX) XXXXX"),
    alone(De, b"(0CXXX) XXXXXX"),
    alone(De, b"0CX/XXXXXXX"),
    alone(De, b"0CX/XXXXXXXX"),
    alone(De, b"0CX / XXXXXXX"),
    alone(De, b"0CX / XXXXXXXX"),
    alone(De, b"0CXX/XXXXXX"),
    alone(De, b"0CXX/XXXXXXX"),
    alone(De, b"0CXX/XXXXXXXX"),
    alone(De, b"0CXXX/XXXXX"),
    alone(De, b"0CXXX/XXXXXX"),
    alone(De, b"0NX XXXXXXX"),
    alone(De, b"0NX XXXXXXXX"),
    alone(De, b"0NX XXXXX-XX"),
    alone(De, b"0NX XXXX XXXX"),
    alone(De, b"0NX-XXXXXXXX"),
    alone(De, b"0NXX_XXXXXXX"),
    alone(De, b"0NXX_XXXXXX"),
    alone(De, b"0NXX XXX XXXX"),
    alone(De, b"0NXXX_XXXXXX"),
    alone(De, b"01PX_XXXXXXX"),
    alone(De, b"01PX_XXXXXXXX"),
    alone(De, b"01PX XXX XX XX"),
    alone(De, b"01PX XXX XXXX"),
    alone(De, b"01PX XXXX XXXX"),
    context(De, b"01PXXXXXXXX"),
    context(De, b"01PXXXXXXXXX"),
    context(De, b"0NXXXXXXXXX"),
    alone(Fr, b"0C_XX_XX_XX_XX"),
    context(Fr, b"0CXXXXXXXX"),
    alone(In, b"0MXXXX-XXXXX"),
    alone(In, b"0MXXXX XXXXX"),
    alone(In, b"0XX-XXXXXXXX"),
    alone(In, b"MXXXX-XXXXX"),
    context(In, b"MXXXX XXXXX"),
    context(In, b"MXXXXXXXXX"),
    alone(It, b"0N_XXXX_XXXX"),
    alone(It, b"0N_XXXXXXXX"),
    alone(It, b"0N_XXXXXXX"),
    alone(It, b"0NX_XXXXXXX"),
    alone(It, b"3XX-XXXXXXX"),
    context(It, b"3XX XXXXXXX"),
    context(It, b"3XXXXXXXXX"),
    alone(Es, b"MXX_XX_XX_XX"),
    alone(Es, b"9X_XXX_XX_XX"),
    alone(Es, b"MXX-XXX-XXX"),
    context(Es, b"MXX XXX XXX"),
    context(Es, b"MXXXXXXXX"),
    alone(Nl, b"06_XX_XX_XX_XX"),
    alone(Nl, b"0NX-XXXXXXX"),
    alone(Nl, b"0NX_XXX_XXXX"),
    alone(Br, b"(CC) 9XXXX-XXXX"),
    alone(Br, b"(CC)9XXXX-XXXX"),
    alone(Br, b"(CC) NXXX-XXXX"),
    alone(Br, b"CC 9XXXX-XXXX"),
];

/// The longest national number that begins here, and how long it is. What stands before it is the caller's business; behind it
/// stands no letter or digit, and no separator with a digit, that would make it part of something longer.
pub(in crate::mask) fn national(rest: &[u8]) -> Option<(usize, &'static Grouping)> {
    let fitting = of(rest)?.iter().filter(|grouping| begins(rest, grouping.shape) && ends(rest, grouping.shape.len()));
    let longest = *fitting.max_by_key(|grouping| (grouping.shape.len(), grouping.alone))?;
    Some((longest.shape.len(), longest))
}

/// Most digits that a grouping leads with.
const LEAD: usize = 11;

/// Groupings by the digits that they lead with, behind a bracket or none, and by the first of them.
type Leads = [[[Vec<&'static Grouping>; 10]; LEAD + 1]; 2];

/// The groupings that can begin with some bytes.
fn of(rest: &[u8]) -> Option<&'static [&'static Grouping]> {
    static LEADS: OnceLock<Leads> = OnceLock::new();
    let bracket = rest.first()? == &b'(';
    let digits = rest.get(usize::from(bracket)..)?;
    let first = digits.first().filter(|byte| byte.is_ascii_digit())? - b'0';
    let lead = digits.iter().take(LEAD + 1).take_while(|byte| byte.is_ascii_digit()).count();
    let leads = LEADS.get_or_init(leads);
    leads.get(usize::from(bracket))?.get(lead)?.get(usize::from(first)).map(Vec::as_slice)
}

fn leads() -> Leads {
    let mut leads = [const { [const { [const { Vec::new() }; 10] }; LEAD + 1] }; 2];
    for grouping in &GROUPINGS {
        let bracket = grouping.shape.first() == Some(&b'(');
        let shape = grouping.shape.get(usize::from(bracket)..).unwrap_or_default();
        let lead = shape.iter().take_while(|kind| kind.is_ascii_alphanumeric()).count();
        let by_first = leads.get_mut(usize::from(bracket)).and_then(|leads| leads.get_mut(lead));
        for (first, groupings) in (b'0'..).zip(by_first.into_iter().flatten()) {
            if begins(&[first], shape.get(..1).unwrap_or_default()) {
                groupings.push(grouping);
            }
        }
    }
    leads
}

fn begins(rest: &[u8], shape: &[u8]) -> bool {
    let mut mark = None;
    rest.len() >= shape.len()
        && rest.iter().zip(shape).all(|(byte, kind)| match kind {
            b'X' => byte.is_ascii_digit(),
            b'C' => matches!(byte, b'1'..=b'9'),
            b'N' => matches!(byte, b'2'..=b'9'),
            b'M' => matches!(byte, b'6'..=b'9'),
            b'P' => matches!(byte, b'5'..=b'7'),
            b'_' => matches!(byte, b' ' | b'-' | b'.') && *mark.get_or_insert(*byte) == *byte,
            literal => byte == literal,
        })
}

pub(super) fn ends(rest: &[u8], length: usize) -> bool {
    match (rest.get(length), rest.get(length + 1)) {
        (Some(byte), _) if byte.is_ascii_alphanumeric() || *byte == b'_' => false,
        // `512-829-5880,9` are two cells, `512,829` is one number.
        (Some(b','), _) => rest.iter().skip(length + 1).take(4).take_while(|byte| byte.is_ascii_digit()).count() != 3,
        (Some(b'-' | b'.' | b'/' | b':'), Some(next)) => !next.is_ascii_digit(),
        _ => true, // the end, a blank, a mark
    }
}

#[cfg(test)]
mod tests {
    use super::national;

    #[test]
    fn numbers_in_their_groupings_pass() {
        for good in [
            "(212) 555-0123",
            "212-555-0123",
            "1-800-555-0199",
            "020 7946 0958",
            "0161 496 0000",
            "01632 960123",
            "07700 900123",
            "07700-900-123",
            "030 1234567",
            "030/1234567",
            "0171 1234567",
            "0221-1234567",
            "01 42 68 53 00",
            "06.12.34.56.78",
            "98765-43210",
            "098765 43210",
            "011-23456789",
            "06 1234 5678",
            "347-1234567",
            "612 34 56 78",
            "91 123 45 67",
            "06-12345678",
            "020-1234567",
            "(11) 91234-5678",
            "11 91234-5678",
            "(21) 2345-6789",
        ] {
            assert!(
                national(good.as_bytes()).is_some_and(|(length, found)| length == good.len() && found.alone),
                "{good}"
            );
        }
        for told in
            ["212 555 0123", "2125550123", "98765 43210", "347 1234567", "612 345 678", "07700900123", "0612345678"]
        {
            assert!(
                national(told.as_bytes()).is_some_and(|(length, found)| length == told.len() && !found.alone),
                "{told}"
            );
        }
    }

    #[test]
    fn parts_of_something_longer_fail() {
        for bad in [
            "112-555-0123",
            "212-155-0123",
            "212-555-01234",
            "212-555-0123-9",
            "212-555-0123x",
            "2026-11-24",
            "192.168.100.100",
            "123-45-6789",
            "12345",
            "00 42 68 53 00",
            "01 42-68 53 00",
            "",
        ] {
            assert!(national(bad.as_bytes()).is_none(), "{bad}");
        }
        assert_eq!(national(b"020 7946 0958, please").map(|(length, _)| length), Some(13));
    }
}
