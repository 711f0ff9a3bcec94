//! Machine-readable lines of passports, identity cards and visas. Source: ICAO Doc 9303, parts 4 to 7.

/// A form of document: how long its lines are, which of them has the checks, and where.
#[derive(Debug)]
struct Form {
    length: usize,
    /// Where a number begins, and where its check digit stands.
    checks: &'static [(usize, usize)],
    /// Where the nationality begins, and where the sex stands.
    nation: usize,
    sex: usize,
    /// Lines of names or of numbers before and behind.
    before: usize,
    behind: usize,
}

/// TD3 and visas of format A, TD2 and visas of format B, and the second line of TD1.
static FORMS: [Form; 3] = [
    Form { length: 44, checks: &[(0, 9), (13, 19), (21, 27)], nation: 10, sex: 20, before: 1, behind: 0 },
    Form { length: 36, checks: &[(0, 9), (13, 19), (21, 27)], nation: 10, sex: 20, before: 1, behind: 0 },
    Form { length: 30, checks: &[(0, 6), (8, 14)], nation: 15, sex: 7, before: 1, behind: 1 },
];

/// How many lines of the same length before and behind belong to the one that this is; nothing where its check digits are wrong.
pub(in crate::mask) fn line(written: &[u8]) -> Option<(usize, usize)> {
    let form = FORMS.iter().find(|form| form.length == written.len())?;
    let good = |(from, check): &(usize, usize)| {
        let field = written.get(*from..*check)?;
        let wanted = match written.get(*check)? {
            b'<' => 0,
            digit @ b'0'..=b'9' => u32::from(digit - b'0'),
            _ => return None, // no check digit
        };
        Some(sum(field)? == wanted)
    };
    // A birth date and an expiry are six digits; what is unknown of the first is filled.
    let dated = form.checks.iter().rev().take(2).all(|(from, check)| {
        written.get(*from..*check).is_some_and(|date| date.iter().all(|byte| byte.is_ascii_digit() || *byte == b'<'))
    });
    let named = written.get(form.nation).is_some_and(u8::is_ascii_uppercase)
        && written.get(form.sex).is_some_and(|sex| matches!(sex, b'M' | b'F' | b'X' | b'<'));
    (dated && named && form.checks.iter().all(|check| good(check) == Some(true))).then_some((form.before, form.behind))
}

/// Whether bytes can be a machine-readable line.
pub(in crate::mask) fn is_part(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<'
}

/// The check digit of a field: weights 7, 3, 1; a letter counts from 10, a filler nothing.
fn sum(field: &[u8]) -> Option<u32> {
    let sum = field.iter().zip([7, 3, 1].into_iter().cycle()).try_fold(0, |sum, (byte, weight)| {
        let value = if *byte == b'<' { 0 } else { char::from(*byte).to_digit(36)? };
        Some(sum + value * weight)
    });
    sum.map(|sum| sum % 10)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_examples_of_the_standard_pass_and_near_ones_fail() {
        assert_eq!(line(b"L898902C36UTO7408122F1204159ZE184226B<<<<<10"), Some((1, 0)));
        assert_eq!(line(b"D231458907UTO7408122F1204159<<<<<<<6"), Some((1, 0)));
        assert_eq!(line(b"7408122F1204159UTO<<<<<<<<<<<6"), Some((1, 1)));
        for bad in [
            "L898902C37UTO7408122F1204159ZE184226B<<<<<10",
            "L898902C36UTO7408123F1204159ZE184226B<<<<<10",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
            "000000000000000000000000000000000000",
            "",
        ] {
            assert_eq!(line(bad.as_bytes()), None, "{bad}");
        }
    }
}
