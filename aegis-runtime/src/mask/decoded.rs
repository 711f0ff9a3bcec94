//! Encoded runs of a text: what they say is looked at as a text of its own, and by what stands before the run.

use super::context::Around;
use super::detect::{Gate, Hit};
use super::document;
use super::read::{DEPTH, Look, Reader};
use super::views::Run;

/// So much of a text before an encoded run says what the run is, where that says no more than a value.
const HEAD: usize = 40;
const VALUE: usize = 64;
/// Fewest digits of such a value.
const FEWEST_DIGITS: usize = 5;

impl Reader<'_> {
    /// Encoded runs: a hit inside replaces the run.
    pub(super) fn encoded(
        &mut self,
        runs: Vec<Run>,
        text: &str,
        around: &Around<'_>,
        look: Look<'_>,
        depth: u8,
        out: &mut Vec<Hit>,
    ) {
        for run in runs {
            match run {
                Run::Text(range, decoded) => {
                    let first = self.first_of(&decoded, look, depth + 1);
                    if let Some(first) = first.or_else(|| self.told(text, range.start, &decoded, around, look)) {
                        out.push(Hit { start: range.start, end: range.end, ..first });
                    }
                }
                Run::Binary(range) => {
                    if self.plan.drop_binary && matches!(look, Look::All) {
                        out.push(Hit {
                            start: range.start,
                            end: range.end,
                            class: None,
                            by: "binary",
                            gate: Gate::Declared,
                        });
                    }
                }
            }
        }
    }

    /// The first hit of a decoded value that what stands before the run tells: `nir_b64=MTkw…`.
    fn told(&mut self, text: &str, at: usize, decoded: &str, around: &Around<'_>, look: Look<'_>) -> Option<Hit> {
        if !matches!(look, Look::All)
            || decoded.len() > VALUE
            || decoded.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS
        {
            return None;
        }
        let mut from = at.saturating_sub(HEAD);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let head = text.get(from..at)?;
        let mut inner = Vec::new();
        self.look(&format!("{head}{decoded}"), around, look, DEPTH, &mut inner);
        // What is said before the value is no part of it.
        inner.into_iter().filter(|hit| hit.start >= head.len()).min_by_key(|hit| hit.start)
    }

    /// The first hit of a decoded text, which may be a document of its own.
    fn first_of(&mut self, text: &str, look: Look<'_>, depth: u8) -> Option<Hit> {
        if document::embedded(text)
            && let Some(hit) = document::first(self, text, look, depth)
        {
            return Some(hit);
        }
        let mut inner = Vec::new();
        self.look(text, &Around::default(), look, depth, &mut inner);
        if matches!(look, Look::All) {
            self.learn(text, &inner);
        }
        inner.into_iter().min_by_key(|hit| hit.start)
    }
}
