//! The write-back guard: placeholders of ours in what an agent writes, in any spelling that a server would decode.

use super::escapes::escapes;
use super::normal::normalise;
use super::operate::{BINARY, HELD, placeholder_at};
use super::plan::Plan;
use super::scan::Scan;
use super::views::{self, Run};
use crate::vocabulary::Class;

/// Views of views.
const DEPTH: u8 = 3;
/// `[SSN]` in base64 has eight letters: shorter runs than the masker's are read here.
const SHORTEST: usize = 8;

/// Whether a text holds one: as it stands, normalised, or in percent, HTML, backslash, quoted-printable, base64 or hex.
pub(super) fn holds_placeholder(text: &str, plan: &Plan) -> bool {
    let known = |name: &str| {
        name == HELD
            || name == BINARY
            || Class::ALL.iter().copied().chain(plan.custom()).any(|class| class.placeholder() == name)
    };
    holds(text, &known, 0)
}

fn holds(text: &str, known: &dyn Fn(&str) -> bool, depth: u8) -> bool {
    let here = |at| placeholder_at(text, at).is_some_and(|found| text.get(found.name).is_some_and(known));
    if memchr::memchr_iter(b'[', text.as_bytes()).any(here) {
        return true;
    }
    if depth >= DEPTH {
        return false;
    }
    let views = [normalise(text), escapes(text), views::quoted_printable(text)];
    if views.into_iter().flatten().any(|view| view.text != text && holds(&view.text, known, depth + 1)) {
        return true;
    }
    let mut scan = Scan::default();
    scan.read(text.as_bytes());
    let mut tokens = scan.tokens;
    tokens.extend(scan.words.into_iter().filter(|word| word.end - word.start < 16));
    views::runs(text, &tokens, SHORTEST).into_iter().any(|run| match run {
        Run::Text(_, text) => holds(&text, known, depth + 1),
        Run::Binary(_) => false,
    })
}
