//! Credentials, in every spelling in which one could slip out.
//!
//! *Invariants.* Each spelling is looked for in each reading of a text: as it stands, without the backslashes that quote, with the escapes
//! of URLs, HTML, JSON and C decoded, and so that escapes that nobody needs are seen as well. What shares bytes is one place: nothing is
//! left of one value where it stands in another.

use super::detect::{Gate, Hit};
use super::escapes::escapes;
use super::unquoted::unquoted;
use crate::spellings::{self, SHORTEST};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use zeroize::Zeroizing;

/// The spellings, and automata over them.
#[derive(Default)]
pub struct Held {
    spellings: Vec<Zeroizing<String>>,
    /// Says quickly that there is none.
    first: Option<AhoCorasick>,
    /// Finds them all, also inside of one another.
    every: Option<AhoCorasick>,
}

/// Whether what is found in a reading counts.
type Counts<'call> = &'call dyn Fn(&str, &Range<usize>) -> bool;

impl Held {
    /// These and one more. Nothing is built where that is among them, as at each further start of a server.
    #[must_use]
    pub fn with(&self, secret: &str) -> Self {
        let mut spellings = self.spellings.clone();
        let written = spellings::of(secret);
        // As both readings of it end.
        let read = written.iter().map(|one| bare(one));
        let read: Vec<_> = read.filter(|one| one.trim().len() >= SHORTEST && !written.contains(one)).collect();
        let more = written.into_iter().chain(read).map(Zeroizing::new);
        spellings.extend(more.filter(|one| !self.spellings.contains(one)));
        if spellings.len() == self.spellings.len() {
            return Self { spellings, first: self.first.clone(), every: self.every.clone() };
        }
        let built =
            |kind| AhoCorasick::builder().match_kind(kind).build(spellings.iter().map(|one| one.as_bytes())).ok();
        let (first, every) = (built(MatchKind::LeftmostLongest), built(MatchKind::Standard));
        Self { spellings, first, every }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Where one stands, for a reader that decodes by itself.
    pub(super) fn find(&self, text: &str, out: &mut Vec<Hit>) {
        let hit = |Range { start, end }| Hit { start, end, class: None, by: "held", gate: Gate::Held };
        out.extend(self.stand(text, &|_, _| true).into_iter().map(hit));
    }

    /// Where one stands, in order and apart. What a reading of the text holds counts where it is said to.
    #[must_use]
    pub fn places(&self, text: &str, counts: Counts<'_>) -> Vec<Range<usize>> {
        let mut places = self.stand(text, counts);
        if let Some(view) = escapes(text).filter(|_| !self.is_empty()) {
            places.extend(self.stand(&view.text, counts).into_iter().filter_map(|place| view.back(place)));
        }
        places.sort_unstable_by_key(|place| place.start);
        places.dedup_by(|next, last| {
            let shared = next.start < last.end;
            if shared {
                last.end = last.end.max(next.end);
            }
            shared
        });
        places
    }

    fn stand(&self, text: &str, counts: Counts<'_>) -> Vec<Range<usize>> {
        let mut places = self.literal(text, counts);
        if let Some(view) = (!self.is_empty()).then(|| unquoted(text)).flatten() {
            places.extend(self.literal(&view.text, counts).into_iter().filter_map(|place| view.back(place)));
        }
        places
    }

    fn literal(&self, text: &str, counts: Counts<'_>) -> Vec<Range<usize>> {
        let counts = |place: &Range<usize>| counts(text, place);
        match (&self.first, &self.every) {
            _ if self.is_empty() => Vec::new(),
            (Some(first), Some(_)) if !first.is_match(text) => Vec::new(),
            (_, Some(every)) => every.find_overlapping_iter(text).map(|found| found.range()).filter(counts).collect(),
            // An automaton that could not be built must not mean that nothing is held.
            (_, None) => {
                let all = self.spellings.iter().flat_map(|one| text.match_indices(one.as_str()));
                all.map(|(at, found)| at..at + found.len()).filter(counts).collect()
            }
        }
    }
}

/// A text as its readings end, one after the other.
fn bare(text: &str) -> String {
    let decoded = escapes(text).map_or_else(|| text.to_owned(), |view| view.text);
    unquoted(&decoded).map_or(decoded, |view| view.text)
}

#[cfg(test)]
mod tests {
    use super::Held;

    fn left(secrets: &[&str], text: &str) -> String {
        let held = secrets.iter().fold(Held::default(), |held, secret| held.with(secret));
        let places = held.places(text, &|_, _| true);
        places.into_iter().rev().fold(text.to_owned(), |mut text, place| {
            text.replace_range(place, "*");
            text
        })
    }

    #[test]
    fn a_value_is_found_as_it_is_quoted() {
        let secret = "p\"ss\\wd x";
        for text in [r#"it is p"ss\wd x."#, r#"it is p\"ss\\wd x."#, r#"{"a":"p\\\"ss\\\\wd x"}"#, "?q=p%22ss%5Cwd+x&"]
        {
            let mut hits = Vec::new();
            Held::default().with(secret).with("abc").find(text, &mut hits);
            assert!(!hits.is_empty() && left(&[secret], text).contains('*'), "{text}");
        }
        assert_eq!(left(&[secret, "abc"], "p ss wd x, abc"), "p ss wd x, abc");
    }

    #[test]
    fn what_is_held_is_not_held_once_more() {
        let held = Held::default().with("hunter2-hunter2").with("other~words");
        let again = held.with("hunter2-hunter2");
        assert_eq!(again.spellings, held.spellings);
        assert_eq!(again.places("a hunter2-hunter2", &|_, _| true).len(), 1);
    }

    #[test]
    fn escapes_that_nobody_needs_hide_nothing() {
        type Escape = fn(char) -> String;
        let escapes: [Escape; 7] = [
            |letter| letter.to_string(),
            |letter| format!("\\u{:04x}", u32::from(letter)),
            |letter| format!("\\u{:04X}", u32::from(letter)),
            |letter| letter.to_string().bytes().map(|byte| format!("%{byte:02x}")).collect(),
            |letter| letter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
            |letter| format!("&#{};", u32::from(letter)),
            |letter| format!("&#x{:X};", u32::from(letter)),
        ];
        // Where a bare backslash stands before an escape of its kind, nobody can tell what was written.
        for (secret, mixes) in [
            ("hunter2&b~c", true),
            ("it's é \"q\" $x", true),
            ("a&lt;b%41c", true),
            ("12345678", true),
            (r"C:\new\table", false),
            (r"a\u0041b%41", false),
        ] {
            for (one, even) in escapes.iter().enumerate() {
                for odd in escapes.iter().enumerate().filter(|(two, _)| mixes || one == *two).map(|(_, odd)| odd) {
                    let letters = secret.chars().enumerate();
                    let written: String =
                        letters.map(|(at, letter)| if at % 2 == 0 { even(letter) } else { odd(letter) }).collect();
                    assert_eq!(left(&[secret], &format!("a {written}, b")), "a *, b", "{secret}: {written}");
                }
            }
        }
    }

    #[test]
    fn the_quotes_of_shells_yaml_and_html_hide_nothing() {
        let secret = "it's \"a&b\" <$c>";
        for text in [
            r#"'it'\''s "a&b" <$c>'"#,
            r#"'it'"'"'s "a&b" <$c>'"#,
            r#"it\'s\ \"a\&b\"\ \<\$c\>"#,
            r#""it's \"a&b\" <\$c>""#,
            r#"'it''s "a&b" <$c>'"#,
            r#""it's ""a&b"" <$c>""#,
            r#"{"x": "'it'\\''s \"a\u0026b\" <$c>'"}"#,
            "it&#39;s &quot;a&amp;b&quot; &lt;$c&gt;",
            "it&#x27;s+%22a%26b%22+&lt;$c&gt;",
        ] {
            let left = left(&[secret], text);
            assert!(left.contains('*') && !left.contains(['t', '$', 'b']), "{text}: {left}");
        }
    }

    #[test]
    fn nothing_is_left_of_values_that_share_bytes() {
        let secrets = ["abcdef", "defghi", "xyxy"];
        assert_eq!(left(&secrets, "abcdefghi xyxyxy abcdef"), "* * *");
        assert_eq!(left(&secrets, r"abc\u0064efghi"), "*");
    }
}
