//! Classes of the policy's own: literals as whole words, patterns in linear time.

use super::detect::{Gate, Hit};
use super::scan::alone;
use crate::spec::Spec;
use crate::vocabulary::Class;
use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Regex, RegexBuilder};

/// Most bytes of a compiled pattern; the policy's compiler holds patterns to less.
const SIZE: usize = 1 << 20;

/// What one class looks for.
struct Own {
    class: Class,
    literals: Option<AhoCorasick>,
    pattern: Option<Regex>,
}

/// Every class of a policy's own, ready to look.
#[derive(Default)]
pub(super) struct Customs(Vec<Own>);

impl Customs {
    pub(super) fn of(spec: &'static Spec) -> Self {
        let mut classes: Vec<Class> =
            spec.masks.iter().flat_map(|mask| mask.operators).map(|(class, _)| *class).collect();
        classes.sort_unstable();
        classes.dedup();
        Self(classes.into_iter().filter_map(own).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn find(&self, text: &str, out: &mut Vec<Hit>) {
        for own in &self.0 {
            let hit =
                |start, end| Hit { start, end, class: Some(own.class), by: own.class.as_str(), gate: Gate::Custom };
            if let Some(literals) = &own.literals {
                let whole = literals.find_iter(text).filter(|found| alone(text.as_bytes(), found.start(), found.end()));
                out.extend(whole.map(|found| hit(found.start(), found.end())));
            }
            if let Some(pattern) = &own.pattern {
                out.extend(
                    pattern
                        .find_iter(text)
                        .filter(|found| !found.is_empty())
                        .map(|found| hit(found.start(), found.end())),
                );
            }
        }
    }
}

/// The compiler of policies has built the same patterns, so none of them fails here.
fn own(class: Class) -> Option<Own> {
    let Class::Custom(custom) = class else { return None };
    let literals = (!custom.literals.is_empty())
        .then(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(custom.literals)
                .ok()
        })
        .flatten();
    let pattern = custom.pattern.and_then(|pattern| RegexBuilder::new(pattern).size_limit(SIZE).build().ok());
    Some(Own { class, literals, pattern })
}
