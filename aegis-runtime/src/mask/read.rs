//! One text, read in every way it can be read: as it stands, normalised, decoded.

use super::common::is_word;
use super::context::{Around, Heard};
use super::custom::Customs;
use super::detect::{self, Gate, Hit, Text};
use super::document::Sorts;
use super::held::Held;
use super::memory::Memory;
use super::normal::{Normal, normalise};
use super::plain::is_plain;
use super::plan::Plan;
use super::report::Trails;
use super::rooms::Rooms;
use super::scan::{AT, BRACKET, EQUALS, ESCAPE, PARENTHESIS, PLUS, POINT, Scan, TAG, WIDE};
use super::settle::{apart, sift, stand_in};
use super::spare::{Ours, is_placeholder};
use super::views;
use super::{escapes, glued, kill, respelled, shapes, spelled, tags};
use crate::vocabulary::Class;
use std::cell::RefCell;
use std::hash::{BuildHasher as _, RandomState};

/// Views of views.
pub(super) const DEPTH: u8 = 2;
/// Fewest single digits in a row of a value that is spelled one by one.
const SINGLES: usize = 4;
/// How often a text is read again with what was found taken out.
const ROUNDS: usize = 4;

/// Everything that reading needs.
pub(super) struct Reader<'call> {
    pub(super) plan: &'call Plan,
    pub(super) held: &'call Held,
    pub(super) customs: &'call Customs,
    /// Values of other results.
    pub(super) memory: Option<&'call Memory>,
    /// Values of this result, in the making.
    pub(super) learned: Memory,
    pub(super) trails: Trails,
    pub(super) sorts: Sorts,
    /// What stands in the text that was looked at last.
    pub(super) scan: Scan,
    /// Where hashes over keys begin: nobody can choose keys that are taken for one another.
    pub(super) seed: u64,
    /// Whether no list has values and no name is declared.
    lists_nothing: bool,
    heard: RefCell<Heard>,
    /// Room for hits, given back empty.
    pub(super) spare: Vec<Hit>,
    /// The value that all of a text was at the last look.
    pub(super) alone: Vec<Hit>,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) enum Look<'memory> {
    /// Everything.
    All,
    /// What is proof enough by itself, even if its parts stand far from one another.
    Sure,
    /// Values that this result taught.
    Learned(&'memory Memory),
}

/// Fewest bytes of a number that is written in words.
const TOLD: usize = 24;

/// What the first look at a text says.
pub(super) enum First {
    /// Nothing at all has to look again: no detector, no list of values, no names of columns.
    Nothing,
    /// All of it is one value, which stands in [`Reader::alone`].
    Alone,
    /// It has to be read; the scan has done so.
    Scanned,
}

impl<'call> Reader<'call> {
    pub(super) fn new(
        plan: &'call Plan,
        held: &'call Held,
        customs: &'call Customs,
        memory: Option<&'call Memory>,
        rooms: Rooms,
    ) -> Self {
        Self {
            plan,
            held,
            customs,
            memory,
            learned: Memory::default(),
            trails: Trails::default(),
            sorts: Sorts::default(),
            scan: rooms.scan,
            seed: RandomState::new().hash_one(0_u8),
            lists_nothing: memory.is_none() && held.is_empty() && customs.is_empty() && !plan.has_columns(),
            heard: RefCell::new(Heard::in_room(rooms.hints)),
            spare: rooms.hits,
            alone: Vec::new(),
        }
    }

    /// What this reading learned, and its rooms, for the next.
    pub(super) fn finish(self) -> (Memory, Rooms) {
        let rooms = Rooms { scan: self.scan, hits: self.spare, hints: self.heard.into_inner().room() };
        (self.learned, rooms)
    }

    /// The first look at a text, where everything is looked for.
    pub(super) fn first<'json>(&mut self, text: &str, around: impl Fn() -> Around<'json>) -> First {
        let bytes = text.as_bytes();
        // An instant is nothing but a time, unless its place says otherwise.
        let nothing = match bytes {
            [b'0'..=b'9', ..] => kill::is_instant(bytes) && !self.is_told(text, &around()),
            [b'+', b'0'..=b'9', ..] => false,
            _ => is_plain(bytes),
        };
        let told = || text.len() >= TOLD && respelled::told(text).is_some();
        if nothing && self.is_unknown(text) && !told() {
            return First::Nothing;
        }
        if !nothing && self.alone(text, around) {
            return First::Alone;
        }
        self.scan.read(bytes);
        if !nothing && self.scan.is_quiet() && self.is_unknown(text) && !told() {
            First::Nothing
        } else {
            First::Scanned
        }
    }

    /// Whether all of a text is one value, and that can be said at a glance.
    fn alone<'json>(&mut self, text: &str, around: impl Fn() -> Around<'json>) -> bool {
        let Some(glance) = detect::glance(text) else { return false };
        let scan = Scan::default();
        let found = &mut self.alone;
        found.clear();
        let read = || Text::new(text, &scan, around(), &self.heard, self.plan);
        detect::alone(glance, text.as_bytes(), read, found);
        found.retain(|hit| hit.class.is_some_and(|class| self.plan.operator(class).is_some()));
        let any = !found.is_empty();
        // What the kernel holds is masked as such.
        self.held.find(text, found);
        any && found.len() == 1
    }

    /// Whether the place of a text says what it is.
    fn is_told(&mut self, text: &str, around: &Around<'_>) -> bool {
        let heard = self.heard.get_mut();
        heard.begin();
        heard.listeners(u64::MAX, (text, &[]), 0, around) != 0
    }

    /// Whether no value of a list, and no declared name, can stand in a text that is quiet.
    fn is_unknown(&self, text: &str) -> bool {
        if self.lists_nothing {
            return true;
        }
        let bytes = text.as_bytes();
        if memchr::memchr(b'<', bytes).is_some()
            || self.plan.has_columns() && memchr::memchr2(b'\n', b'(', bytes).is_some()
        {
            return false;
        }
        let mut hits = Vec::new();
        self.held.find(text, &mut hits);
        self.customs.find(text, &mut hits);
        self.recall(text, &mut hits);
        hits.is_empty()
    }

    /// Values of other results.
    fn recall(&self, text: &str, out: &mut Vec<Hit>) {
        if let Some(memory) = self.memory {
            memory.find(text, self.plan.said.as_ref(), out);
        }
    }

    /// Everything to mask in a text, in order, without overlap, and so that reading the masked text finds nothing more.
    pub(super) fn text(&mut self, text: &str, around: &Around<'_>, look: Look<'_>, depth: u8) -> Vec<Hit> {
        self.scan.read(text.as_bytes());
        self.scanned(text, around, look, depth)
    }

    /// The same for a text that the scan has read last.
    pub(super) fn scanned(&mut self, text: &str, around: &Around<'_>, look: Look<'_>, depth: u8) -> Vec<Hit> {
        let mut hits = std::mem::take(&mut self.spare);
        self.see(text, around, look, depth, &mut hits);
        if hits.is_empty() {
            return hits;
        }
        apart(&mut hits);
        let whole = hits.first().is_some_and(|hit| hit.start == 0 && hit.end == text.len());
        if whole || matches!(look, Look::Learned(_)) {
            return hits;
        }
        for _ in 0..ROUNDS {
            let (masked, places) = stand_in(text, &hits);
            let mut more = Vec::new();
            self.look(&masked, around, look, depth, &mut more);
            let more: Vec<Hit> = more.into_iter().filter_map(|hit| places.back(&hit, &hits)).collect();
            if more.is_empty() {
                return hits;
            }
            hits.extend(more);
            apart(&mut hits);
        }
        // A text that never comes to rest is masked as one.
        let class = hits.first().and_then(|hit| hit.class);
        vec![Hit { start: 0, end: text.len(), class, by: "unsettled", gate: Gate::Joined }]
    }

    /// Learns what a hit teaches: values that need context are known without it afterwards.
    pub(super) fn learn(&mut self, text: &str, hits: &[Hit]) {
        for hit in hits {
            if let (Some(class), Gate::Context(_) | Gate::Declared) = (hit.class, hit.gate)
                && let Some(value) = text.get(hit.start..hit.end)
                && !is_placeholder(value)
                && !(class == Class::Secret && is_word(value))
            {
                self.learned.learn(value, class);
            }
        }
    }

    pub(super) fn look(&mut self, text: &str, around: &Around<'_>, look: Look<'_>, depth: u8, out: &mut Vec<Hit>) {
        self.scan.read(text.as_bytes());
        self.see(text, around, look, depth, out);
    }

    fn see(&mut self, text: &str, around: &Around<'_>, look: Look<'_>, depth: u8, out: &mut Vec<Hit>) {
        let scan = std::mem::take(&mut self.scan);
        let from = out.len();
        match scan.has(WIDE).then(|| normalise(text)).flatten() {
            Some(normal) => self.through(&normal, around, look, depth, false, out),
            None => self.plain(text, &scan, around, look, out),
        }
        // What is encoded may teach something even so.
        let encoded = scan.has(ESCAPE | EQUALS) || !scan.tokens.is_empty() || scan.pairs >= views::PAIRS;
        if depth < DEPTH && (encoded || out.len() != from + 1 || !self.is_whole(text, &scan, out.last())) {
            if scan.has(ESCAPE)
                && let Some(view) = escapes::escapes(text)
            {
                self.through(&view, around, look, depth + 1, true, out);
            }
            let equals = [views::quoted_printable, views::unbroken].into_iter().filter(|_| scan.has(EQUALS));
            for view in equals.filter_map(|view| view(text)) {
                let seen = out.len();
                self.through(&view, around, look, depth + 1, true, out);
                // A sign that is no escape reads like one: only what holds an escape counts.
                sift(out, seen, |hit| text.get(hit.start..hit.end).is_some_and(|value| value.contains('=')));
            }
            if scan.has(TAG)
                && let Some(view) = tags::without(text)
            {
                let mut inner = Vec::new();
                self.look(&view.text, around, look, depth + 1, &mut inner);
                out.extend(inner.iter().filter_map(|hit| tags::back(&view, text, hit)));
            }
            if matches!(look, Look::All) {
                let bracketed = scan.has(BRACKET | PARENTHESIS) && (!scan.words.is_empty() || scan.has(AT));
                let single = || scan.singles >= SINGLES || views::apart_sign(text, &scan);
                if let Some(view) = respelled::typed(text, &scan.words) {
                    self.through(&view, around, Look::Sure, DEPTH, true, out);
                }
                let joined = !scan.words.is_empty() && memchr::memchr(b'_', text.as_bytes()).is_some();
                let respelled = [
                    if joined { respelled::dashed(text) } else { None },
                    if bracketed { respelled::refanged(text) } else { None },
                    if scan.gapped && scan.has(POINT) { respelled::closed(text) } else { None },
                    if single() { respelled::gathered(text) } else { None },
                    respelled::told(text),
                    if scan.has(WIDE) { respelled::tagged(text) } else { None },
                ];
                let seen = out.len();
                for view in respelled.into_iter().flatten() {
                    self.through(&view, around, look, depth + 1, true, out);
                }
                if joined {
                    let literal = |hit: &Hit| text.get(hit.start..hit.end).is_some_and(detect::is_literal);
                    sift(out, seen, |hit| hit.class != Some(Class::Phone) || !literal(hit));
                }
                let apart = scan.gapped || scan.has(AT) || scan.has(PLUS | POINT) && glued::adds(text);
                let cut = [
                    (if bracketed { glued::uncoloured(text) } else { None }, Look::All),
                    (if apart { glued::joined(text) } else { None }, Look::All),
                    (if scan.has(ESCAPE) { glued::continued(text) } else { None }, Look::All),
                    // What stands between stars may be two numbers.
                    (if apart { glued::unmarked(text) } else { None }, Look::Sure),
                ];
                for (view, look) in cut.into_iter().filter_map(|(view, look)| Some((view?, look))) {
                    let mut inner = Vec::new();
                    self.look(&view.text, around, look, depth + 1, &mut inner);
                    out.extend(inner.iter().filter_map(|hit| glued::back(&view, text, hit)));
                }
            }
            if matches!(look, Look::All)
                && (scan.split || scan.gapped && scan.has(AT) || views::apart_sign(text, &scan))
                && let Some(view) = views::squeezed(text, scan.has(AT))
            {
                let seen = out.len();
                self.through(&view, around, Look::Sure, DEPTH, true, out);
                // Only what is proof enough by itself: numbers in a column are not one number.
                let known = |hit: &Hit| {
                    // `self.name @ other.matrix` is a product.
                    let top = text.get(hit.start..hit.end).and_then(|value| value.rsplit('.').next());
                    hit.class != Some(Class::Email) || top.is_some_and(|top| spelled::is_top(top.trim()))
                };
                let sure = |hit: &Hit| {
                    known(hit)
                        && matches!(hit.gate, Gate::Strong | Gate::Grouped)
                        && matches!(hit.class, Some(Class::Card | Class::Ssn | Class::Email | Class::Iban))
                        && text
                            .get(hit.start..hit.end)
                            .is_some_and(|value| value.contains(|letter: char| !letter.is_ascii_digit()))
                        && !(hit.class == Some(Class::Card)
                            && [views::in_row, views::in_column]
                                .iter()
                                .any(|apart| apart(text.as_bytes(), hit.start, hit.end)))
                };
                sift(out, seen, |hit| sure(hit));
            }
            if !scan.tokens.is_empty() {
                self.encoded(views::runs(text, &scan.tokens, views::SHORTEST), text, around, look, depth, out);
            }
            if scan.pairs >= views::PAIRS {
                self.encoded(views::pairs(text, &scan.words), text, around, look, depth, out);
            }
            if matches!(look, Look::All) && text.len() >= 12 && scan.could_be_spelled() {
                out.extend(spelled::find(text).into_iter().map(|(range, _)| Hit {
                    start: range.start,
                    end: range.end,
                    class: Some(Class::Email),
                    by: "spelled-email",
                    gate: Gate::Strong,
                }));
            }
        }
        if scan.has(BRACKET) {
            Ours(self.plan).spare(text, look, from, out);
        }
        out.retain(|hit| hit.class.is_none_or(|class| self.plan.operator(class).is_some()));
        self.scan = scan;
    }

    /// The text as it stands.
    fn plain(&mut self, text: &str, scan: &Scan, around: &Around<'_>, look: Look<'_>, out: &mut Vec<Hit>) {
        match look {
            Look::All => {
                let from = out.len();
                detect::all(&Text::new(text, scan, *around, &self.heard, self.plan), out);
                let whole = out.len() == from + 1 && self.is_whole(text, scan, out.last());
                self.held.find(text, out);
                if whole {
                    return;
                }
                self.customs.find(text, out);
                let declared = |field: shapes::Field| Hit {
                    start: field.range.start,
                    end: field.range.end,
                    class: Some(field.class),
                    by: "declared-name",
                    gate: Gate::Declared,
                };
                out.extend(shapes::fields(text, self.plan).into_iter().map(declared));
                self.recall(text, out);
            }
            Look::Sure => detect::sure(&Text::new(text, scan, *around, &self.heard, self.plan).deaf(), out),
            Look::Learned(memory) => memory.find(text, None, out),
        }
    }

    /// Whether a hit is all of a text, so that nothing else that stands in it can change what becomes of it.
    fn is_whole(&self, text: &str, scan: &Scan, hit: Option<&Hit>) -> bool {
        !scan.has(BRACKET)
            && hit.is_some_and(|hit| {
                hit.start == 0
                    && hit.end == text.len()
                    && hit.class.is_some_and(|class| self.plan.operator(class).is_some())
            })
    }

    /// A view, its hits mapped back to where they stand.
    fn through(
        &mut self,
        view: &Normal,
        around: &Around<'_>,
        look: Look<'_>,
        depth: u8,
        again: bool,
        out: &mut Vec<Hit>,
    ) {
        let mut inner = Vec::new();
        if again {
            self.look(&view.text, around, look, depth, &mut inner);
        } else {
            let mut scan = Scan::default();
            scan.read(view.text.as_bytes());
            self.plain(&view.text, &scan, around, look, &mut inner);
        }
        out.extend(inner.into_iter().filter_map(|hit| {
            let place = view.back(hit.start..hit.end)?;
            Some(Hit { start: place.start, end: place.end, ..hit })
        }));
    }
}
