//! Calendar dates in the usual spellings, for birth dates; a date without context is left alone.

use super::number;

/// Whether a day exists.
pub(in crate::mask) fn is_day(year: u64, month: u64, day: u64) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return false, // no month
    };
    (1..=days).contains(&day)
}

/// Whether text as written is a date that someone alive can be born on: `1984-05-12`, `12/05/1984`, `12.5.84`, `19840512`,
/// `12 May 1984`, `May 12, 1984`.
pub(in crate::mask) fn birth(written: &[u8]) -> bool {
    let mut parts = [None; 3];
    let words = written.split(|byte| !byte.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    for (place, part) in words.enumerate() {
        let Some(slot) = parts.get_mut(place) else { return false };
        *slot = Some(part);
    }
    let born = |year: u64, month: u64, day: u64| (1900..=2100).contains(&year) && is_day(year, month, day);
    match parts {
        [Some(packed), None, None] if packed.len() == 8 => {
            let part = |from: usize, to: usize| packed.get(from..to).and_then(number).unwrap_or_default();
            born(part(0, 4), part(4, 6), part(6, 8))
        }
        [Some(one), Some(two), Some(three)] => {
            let spelled = [month(one), month(two)];
            let (one, two, last) = (number(ordinal(one)), number(ordinal(two)), number(three));
            match (spelled, one, two, last) {
                ([None, Some(month)], Some(day), _, Some(year)) | ([Some(month), _], _, Some(day), Some(year)) => {
                    born(full(year, three), month, day)
                }
                ([None, None], Some(year @ 1900..), Some(month), Some(day)) => born(year, month, day),
                ([None, None], Some(one), Some(two), Some(year)) => {
                    let year = full(year, three);
                    born(year, one, two) || born(year, two, one)
                }
                _ => false, // words between
            }
        }
        _ => false, // too few parts
    }
}

/// A year of two digits is a recent one.
fn full(year: u64, spelled: &[u8]) -> u64 {
    if spelled.len() == 2 { if year > 30 { 1900 + year } else { 2000 + year } } else { year }
}

/// `1st` as `1`.
fn ordinal(part: &[u8]) -> &[u8] {
    [b"st", b"nd", b"rd", b"th"].into_iter().find_map(|suffix| part.strip_suffix(suffix)).unwrap_or(part)
}

/// The month that a name, or three letters or more of it, says in any of these languages.
fn month(part: &[u8]) -> Option<u64> {
    /// English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, and Polish as dates have it.
    const NAMES: [(&str, u64); 12] = [
        ("january januar jänner jaenner janvier enero gennaio januari janeiro stycznia", 1),
        ("february februar feber février fevrier febrero febbraio februari fevereiro lutego", 2),
        ("march märz maerz mrz mars marzo maart mrt março marco marca", 3),
        ("april avril abril aprile kwietnia", 4),
        ("may mai mayo maggio mei maio maj maja", 5),
        ("june juni juin junio giugno junho czerwca", 6),
        ("july juli juillet julio luglio julho lipca", 7),
        ("august août aout agosto augustus augusti sierpnia", 8),
        ("september septembre septiembre setiembre settembre setembro września wrzesnia", 9),
        ("october oktober octobre octubre ottobre outubro października pazdziernika", 10),
        ("november novembre noviembre novembro listopada", 11),
        ("december dezember décembre decembre diciembre dicembre dezembro grudnia", 12),
    ];
    if !(3..=16).contains(&part.len()) {
        return None;
    }
    let part = std::str::from_utf8(part).ok()?;
    let says = |name: &str| {
        let mut letters = name.chars();
        part.chars().all(|letter| letters.next().is_some_and(|own| own == letter || letter.to_lowercase().eq([own])))
    };
    NAMES.iter().find(|(names, _)| names.split(' ').any(says)).map(|(_, month)| *month)
}

/// Most bytes of a date in words.
const LONGEST: usize = 48;

/// How long a date is that begins here, spelled as people do: `3rd of June, 1974`, `3. Juni 1974`, `3 de junio de 1974`, `June the
/// 3rd, 1974`, `05. 12. 1969`, `1974年6月3日`.
pub(in crate::mask) fn spoken(text: &str) -> Option<usize> {
    let mut rest = Words { text, at: 0, marked: false };
    let mut parts = [Part::Month(0); 3];
    for (place, part) in parts.iter_mut().enumerate() {
        *part = rest.next(place)?;
    }
    let (year, month, day) = match parts {
        [Part::Short(day), Part::Month(month), Part::Short(year) | Part::Year(year)]
        | [Part::Year(year), Part::Month(month), Part::Short(day)]
        | [Part::Month(month), Part::Short(day), Part::Short(year) | Part::Year(year)] => (year, month, day),
        // Numbers with nothing but blanks between are numbers, and those with a comma are cells.
        _ if !rest.marked || text.get(..rest.at).is_none_or(|date| date.contains(',')) => return None,
        [Part::Year(year), Part::Short(month), Part::Short(day)] => (year, month, day),
        [Part::Short(one), Part::Short(two), Part::Short(year) | Part::Year(year)] => {
            if is_day(2000, two, one) {
                (year, two, one)
            } else {
                (year, one, two)
            }
        }
        _ => return None, // no order of a date
    };
    let year = if year < 100 { if year > 30 { 1900 + year } else { 2000 + year } } else { year };
    let more = matches!(rest.rest().as_bytes(), [b'.' | b'-' | b'/', b'0'..=b'9', ..]);
    (!more && (1900..=2100).contains(&year) && is_day(year, month, day)).then_some(rest.at)
}

/// A part of a date.
#[derive(Clone, Copy)]
enum Part {
    /// Two digits at most.
    Short(u64),
    /// Four digits.
    Year(u64),
    Month(u64),
}

/// The parts of a date, one after another.
struct Words<'text> {
    text: &'text str,
    at: usize,
    /// Whether a mark stands between two of them.
    marked: bool,
}

impl Words<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self, place: usize) -> Option<Part> {
        // What stands between two parts: blanks and marks, and words such as `of`.
        for _ in 0..if place == 0 { 0 } else { 3 } {
            let marks = self.rest().bytes().take(3).take_while(|byte| b" ,./-'".contains(byte)).count();
            self.marked |= self.rest().bytes().take(marks).any(|byte| matches!(byte, b'.' | b'/' | b'-'));
            self.at += marks;
            let word: usize = self.letters();
            let filler = self.rest().get(..word)?;
            if !["of", "the", "de", "del", "di", "do", "d", "den", "der", "le"].contains(&filler) {
                break;
            }
            self.at += word;
        }
        if self.at > LONGEST {
            return None;
        }
        let digits = self.rest().bytes().take(5).take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            let length = self.letters();
            let month = month(self.rest().get(..length)?.as_bytes())?;
            self.at += length;
            return Some(Part::Month(month));
        }
        let number = number(self.rest().get(..digits)?.as_bytes())?;
        let part = match digits {
            1 | 2 => Part::Short(number),
            4 => Part::Year(number),
            _ => return None, // no day, month or year
        };
        self.at += digits;
        let suffix = ["st", "nd", "rd", "th", "er", "º", "ª", "年", "月", "日", "년", "월", "일"];
        if let Some(suffix) = suffix.iter().find(|suffix| self.rest().starts_with(**suffix)) {
            self.at += suffix.len();
            self.marked |= !suffix.is_ascii();
        }
        // A word or a number that goes on is something else.
        let on = self.rest().chars().next().is_some_and(char::is_alphabetic);
        (!on).then_some(part)
    }

    fn letters(&self) -> usize {
        self.rest().chars().take(12).take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{birth, spoken};

    #[test]
    fn the_usual_spellings_pass_and_days_that_do_not_exist_fail() {
        for good in [
            "1984-05-12",
            "12/05/1984",
            "05/31/1984",
            "31.5.1984",
            "12.5.84",
            "19840512",
            "12 May 1984",
            "May 12, 1984",
            "2nd Sept 2001",
            "29 Feb 2000",
            "1984/05/12",
        ] {
            assert!(birth(good.as_bytes()), "{good}");
        }
        for bad in [
            "1984-13-12",
            "31/02/1984",
            "29 Feb 1900",
            "1.2.3",
            "12345678",
            "1984",
            "12 of May 1984",
            "0-0-0",
            "",
            "Mai 12 x",
        ] {
            assert!(!birth(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn dates_in_words_are_read_to_their_end() {
        for good in [
            "3rd of June, 1974",
            "3. Juni 1974",
            "3 juin 1974",
            "1er août 1974",
            "3 de junio de 1974",
            "3º de março de 1974",
            "June the 3rd, 1974",
            "JUNE 3, 1974",
            "05. 12. 1969",
            "05 / 12 / 1969",
            "12/31/1969",
            "5.12.69",
            "1974, June 3",
            "1974年6月3日",
            "3-Jun-1974",
            "3 June '74",
            "7 września 1980",
        ] {
            assert_eq!(spoken(good), Some(good.len()), "{good}");
        }
        for bad in
            ["3 apples 1974", "31 June 1974", "3 of June", "1974", "12.5", "10 20 30 40", "1.2.3.4", "3 mayor 1974"]
        {
            assert_eq!(spoken(bad), None, "{bad}");
        }
        assert_eq!(spoken("3 June 1974, in Cork"), Some(11));
    }
}
