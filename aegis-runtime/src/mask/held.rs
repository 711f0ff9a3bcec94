//! Credentials that the kernel holds, in every spelling in which one could slip out.

use super::detect::{Gate, Hit};
use crate::spellings;
use aho_corasick::{AhoCorasick, MatchKind};
use zeroize::Zeroizing;

/// The spellings, and an automaton over them.
#[derive(Default)]
pub(super) struct Held {
    spellings: Vec<Zeroizing<String>>,
    automaton: Option<AhoCorasick>,
}

impl Held {
    /// These and one more.
    pub(super) fn with(&self, secret: &str) -> Self {
        let mut spellings = self.spellings.clone();
        spellings.extend(spellings::of(secret).into_iter().map(Zeroizing::new));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(spellings.iter().map(|one| one.as_bytes()));
        Self { spellings, automaton: automaton.ok() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Where one stands.
    pub(super) fn find(&self, text: &str, out: &mut Vec<Hit>) {
        let hit = |start, end| Hit { start, end, class: None, by: "held", gate: Gate::Held };
        match &self.automaton {
            _ if self.spellings.is_empty() => {}
            Some(automaton) => out.extend(automaton.find_iter(text).map(|found| hit(found.start(), found.end()))),
            // An automaton that could not be built must not mean that nothing is held.
            None => out.extend(
                self.spellings
                    .iter()
                    .flat_map(|one| text.match_indices(one.as_str()).map(|(at, found)| hit(at, at + found.len()))),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Held;

    #[test]
    fn a_value_is_found_as_it_is_quoted() {
        let held = Held::default().with("p\"ss\\wd x").with("abc");
        for text in [r#"it is p"ss\wd x."#, r#"it is p\"ss\\wd x."#, r#"{"a":"p\\\"ss\\\\wd x"}"#, "?q=p%22ss%5Cwd+x&"]
        {
            let mut hits = Vec::new();
            held.find(text, &mut hits);
            assert_eq!(hits.len(), 1, "{text}");
        }
        let mut hits = Vec::new();
        held.find("p ss wd x, abc", &mut hits);
        assert!(hits.is_empty());
    }
}
