//! The first walk over a document: everything that is found in it, and what it teaches.

use super::MaskError;
use super::boxes::barred;
use super::context::Around;
use super::detect::{self, Gate, Hit};
use super::document::{Document, Kind, Leaf, Nested, embedded};
use super::doubt::{Doubts, TEXTS};
use super::exempt::{is_data, is_exempt};
use super::json::{self, Raw, Segment, Visitor};
use super::read::{DEPTH, First, Look, Reader};
use super::siblings::{self, Fragment, Siblings};
use super::spare::is_placeholder;
use super::tables::Tables;
use crate::vocabulary::Class;
use std::ops::Range;

/// Finds everything.
pub(super) fn survey(reader: &mut Reader<'_>, text: &str, depth: u8) -> Result<Document, MaskError> {
    let (limits, tables) = (reader.plan.limits, Tables::new(reader.seed));
    let mut visitor = Survey::new(reader, text, depth, tables);
    json::walk(text, limits, &mut visitor)?;
    if !visitor.tables.late() {
        return Ok(visitor.document);
    }
    // Names of columns stood behind their rows.
    let Survey { reader, tables, .. } = visitor;
    let mut visitor = Survey::new(reader, text, depth, tables.again());
    json::walk(text, limits, &mut visitor)?;
    Ok(visitor.document)
}

/// The first walk.
struct Survey<'pass, 'call> {
    reader: &'pass mut Reader<'call>,
    text: &'pass str,
    depth: u8,
    document: Document,
    tables: Tables,
    doubts: Doubts,
    siblings: Siblings,
    block: Block,
    /// So many further texts may hold the rest of a private key that was cut.
    cut_key: u8,
}

/// So many texts behind one that ends inside of a private key are looked at.
const CUT_KEY: u8 = 80;

/// The content block that is being walked.
#[derive(Default)]
struct Block {
    binary: bool,
    /// Data that is scanned only if the block is not binary.
    pending: Option<(Leaf, String)>,
}

impl<'pass, 'call> Survey<'pass, 'call> {
    fn new(reader: &'pass mut Reader<'call>, text: &'pass str, depth: u8, tables: Tables) -> Self {
        Self {
            reader,
            text,
            depth,
            doubts: Doubts::default(),
            document: Document::default(),
            tables,
            siblings: Siblings::default(),
            block: Block::default(),
            cut_key: 0,
        }
    }

    /// The class that is declared of a value, if its name means what was declared.
    fn declared(&mut self, path: &[Segment<'_>], value: &str, kind: Kind) -> Option<Class> {
        let plan = self.reader.plan;
        if !plan.has_columns() {
            return if plan.has_fields() { plan.field(path) } else { None };
        }
        if let Some(class) = plan.field(path) {
            return Some(class);
        }
        let bound = || self.tables.place(path).is_some_and(|place| plan.is_impersonal(place));
        let column = || self.tables.column(path).and_then(|name| plan.column(name)).filter(|_| !bound());
        let named = |(place, segment): (usize, &Segment<'_>)| match segment {
            Segment::Key(name) => plan.column(name).map(|class| (place, class)),
            Segment::Index(_) => None,
        };
        let keyed = || {
            // A server may say what an object holds in its own structure, too, and in what it says besides.
            let own = || path.first().is_some_and(|first| first.is_named(&["structuredContent"]));
            let meta = || path.iter().any(|segment| segment.is_named(&["_meta"]));
            let any = plan.keyed && (self.depth > 0 || own() || meta());
            any.then(|| path.iter().enumerate().rev().find_map(named)).flatten()
        };
        let (place, class) = column().map(|class| (path.len().saturating_sub(1), class)).or_else(keyed)?;
        let doubted = plan.doubts_names
            && self.doubts.is_spared(
                self.text,
                plan.limits,
                self.tables.open(),
                (path, place),
                self.tables.grid(path),
                class,
                value,
                kind,
            );
        (!doubted).then_some(class)
    }

    fn push(&mut self, leaf: Leaf, mut hits: Vec<Hit>, path: &[Segment<'_>]) -> Result<(), MaskError> {
        if hits.is_empty() {
            self.reader.spare = hits;
            return Ok(());
        }
        let trail = self.reader.trails.of(path, self.tables.trail_of(path));
        self.reader.plan.limits.take_places(self.document.found.len() + hits.len())?;
        for hit in hits.drain(..) {
            self.document.found.push(self.reader.sorts.found(leaf, &hit, trail));
        }
        self.reader.spare = hits;
        Ok(())
    }

    fn push_alone(&mut self, leaf: Leaf, path: &[Segment<'_>]) -> Result<(), MaskError> {
        let hits = std::mem::take(&mut self.reader.alone);
        let pushed = hits.iter().try_for_each(|hit| self.push_one(leaf, hit, path));
        self.reader.alone = hits;
        pushed
    }

    fn push_one(&mut self, leaf: Leaf, hit: &Hit, path: &[Segment<'_>]) -> Result<(), MaskError> {
        self.reader.plan.limits.take_places(self.document.found.len() + 1)?;
        let trail = self.reader.trails.of(path, self.tables.trail_of(path));
        self.document.found.push(self.reader.sorts.found(leaf, hit, trail));
        Ok(())
    }

    /// Reads a value and pushes what is found.
    fn read(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Result<(), MaskError> {
        self.reader.scan.read(value.as_bytes());
        self.scanned(leaf, value, path)
    }

    /// The same for a value that the scan has read last.
    fn scanned(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Result<(), MaskError> {
        let around = self.tables.around(path);
        let mut hits = self.reader.scanned(value, &around, Look::All, self.depth.min(DEPTH - 1));
        if leaf.kind == Kind::Text && !hits.iter().any(|hit| hit.start == 0 && hit.end == value.len()) {
            hits.extend(named_secret(value, path, || around.column));
            if hits.len() > 1 {
                hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
                hits.dedup_by(|next, last| next.start < last.end);
            }
        }
        self.told(leaf, value, hits, path)
    }

    /// Learns from hits and pushes them.
    fn told(&mut self, leaf: Leaf, value: &str, hits: Vec<Hit>, path: &[Segment<'_>]) -> Result<(), MaskError> {
        if !hits.is_empty() {
            self.reader.learn(value, &hits);
            let cut =
                |hit: &Hit| hit.by == detect::PRIVATE_KEY && hit.end == value.len() && !value.contains("-----END ");
            if hits.iter().any(cut) {
                self.cut_key = CUT_KEY;
            }
        }
        self.push(leaf, hits, path)
    }

    fn declare(&mut self, leaf: Leaf, value: &str, class: Class, path: &[Segment<'_>]) -> Result<(), MaskError> {
        if value.trim().is_empty() {
            return Ok(());
        }
        if is_placeholder(value) {
            // A token of a statement's leaf may still have to become a plain placeholder.
            return self.read(leaf, value, path);
        }
        self.reader.learned.learn(value, class);
        let hit = Hit { start: 0, end: value.len(), class: Some(class), by: "declared", gate: Gate::Declared };
        self.push_one(leaf, &hit, path)
    }

    /// JSON inside of a string, whole or line by line; false where it is none after all.
    fn nested(&mut self, leaf: Leaf, value: &str) -> Result<bool, MaskError> {
        if self.depth >= DEPTH {
            return Ok(false);
        }
        let depth = self.depth + 1;
        let mut parts = Vec::new();
        if embedded(value)
            && let Ok(document) = survey(self.reader, value, depth)
        {
            parts.push((0..value.len(), document));
        } else if value.trim_start().starts_with(['{', '[']) && value.contains('\n') {
            let mut at = 0;
            for line in value.split_inclusive('\n') {
                if embedded(line) {
                    match survey(self.reader, line, depth) {
                        Ok(document) => parts.push((at..at + line.len(), document)),
                        Err(MaskError::Malformed(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
                at += line.len();
            }
            // Lines that are no JSON are text; then all of it is read as text, too.
            if parts.iter().map(|(range, _)| range.len()).sum::<usize>() < value.trim_end().len() {
                return Ok(false);
            }
        }
        let any = !parts.is_empty();
        if any {
            self.document.nested.push(Nested { leaf, value: value.to_owned(), parts });
        }
        Ok(any)
    }

    /// The rest of a private key that began in another text; false where it is none.
    fn rest_of_key(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Result<bool, MaskError> {
        self.cut_key -= 1;
        let Some((end, goes_on)) = detect::rest_of_key(value) else { return Ok(false) };
        self.cut_key = if goes_on { CUT_KEY } else { 0 };
        let (class, by) = (Some(Class::Secret), detect::PRIVATE_KEY);
        self.push_one(leaf, &Hit { start: 0, end, class, by, gate: Gate::Joined }, path)?;
        Ok(end == value.len())
    }

    /// A part of a birth date, which its keys say that it is; false where it is none.
    #[inline]
    fn birth_part(&mut self, leaf: Leaf, value: &str, path: &[Segment<'_>]) -> Result<bool, MaskError> {
        if value.len() > detect::MONTH {
            return Ok(false);
        }
        let (class, by) = (Some(Class::BirthDate), "birth-part");
        let part = self.reader.plan.operator(Class::BirthDate).is_some() && detect::is_birth_part(path, value);
        if part {
            let hit = Hit { start: 0, end: value.len(), class, by, gate: Gate::Context("birth") };
            self.push_one(leaf, &hit, path)?;
        }
        Ok(part)
    }

    /// What short siblings say together.
    fn flush(&mut self, path: &[Segment<'_>]) -> Result<(), MaskError> {
        let fragments = self.siblings.take();
        if fragments.len() < 2 {
            return Ok(());
        }
        let around = Around { column: None, ..self.tables.around(path) };
        for (leaf, hit) in siblings::joined(self.reader, &fragments, &around) {
            self.push_one(leaf, &hit, path)?;
        }
        Ok(())
    }
}

/// Whether a text begins as JSON does.
fn begins(value: &str) -> bool {
    match value.as_bytes() {
        [b'{' | b'[', ..] => true,
        [first, ..] if first.is_ascii_graphic() => false,
        _ => value.trim_start().starts_with(['{', '[']),
    }
}

/// The value of a key such as `password`.
fn named_secret<'name>(
    value: &str,
    path: &'name [Segment<'_>],
    column: impl FnOnce() -> Option<&'name str>,
) -> Option<Hit> {
    if value.len() < detect::SHORTEST_SECRET {
        return None;
    }
    let name = match (column(), path.last()?) {
        (Some(column), _) => column,
        (None, Segment::Key(key)) => key.as_ref(),
        (None, Segment::Index(_)) => return None,
    };
    // `{"labels": {"password": "Passwort"}}` has what a form says.
    let worded = || !value.bytes().any(|byte| byte.is_ascii_digit()) || value.matches(' ').count() > 1;
    let label = || path.iter().any(|key| key.is_named(TEXTS)) && worded();
    if !detect::can_name_secret(name) || label() || is_placeholder(value) || is_placeholder(name) {
        return None;
    }
    let word = detect::secret_name(name, value)?;
    Some(Hit { start: 0, end: value.len(), class: Some(Class::Secret), by: "named-secret", gate: Gate::Context(word) })
}

impl Visitor for Survey<'_, '_> {
    fn enter(&mut self, path: &[Segment<'_>]) {
        if !self.siblings.is_empty() {
            // What cannot be pushed for a limit is pushed nowhere; the walk meets the same limit at the next hit.
            let _ = self.flush(path);
        }
        self.tables.enter(path);
    }

    fn leave(&mut self, path: &[Segment<'_>], range: Range<usize>) {
        if !self.siblings.is_empty() {
            let _ = self.flush(path);
        }
        self.tables.leave();
        self.siblings.leave();
        if let [content, Segment::Index(_)] = path
            && self.depth == 0
            && content.is_named(&["content"])
        {
            let block = std::mem::take(&mut self.block);
            if block.binary {
                if self.reader.plan.drop_binary {
                    self.document.dropped.push(range);
                }
            } else if let Some((leaf, value)) = block.pending {
                let _ = self.read(leaf, &value, path);
            }
        }
    }

    fn string(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        if self.depth == 0 && is_exempt(path, raw.text) {
            self.block.binary |= path.len() == 3 && matches!(raw.text, "image" | "audio");
            return Ok(());
        }
        let leaf = Leaf::of(raw, Kind::Text);
        let value = raw.value()?;
        // What is JSON is written anew from its own text.
        let is_json = begins(&value);
        let value = if is_json { value } else { barred(value) };
        if self.depth == 0 && is_data(path) {
            self.block.binary |= path.len() == 4;
            self.block.pending = Some((leaf, value.into_owned()));
            return Ok(());
        }
        self.tables.string(path, &value);
        if let Some(class) = self.declared(path, &value, Kind::Text) {
            return self.declare(leaf, &value, class, path);
        }
        if self.cut_key > 0 && self.rest_of_key(leaf, &value, path)? || self.birth_part(leaf, &value, path)? {
            return Ok(());
        }
        if let Some(halves) = self.siblings.halves(leaf, &value, path) {
            for (leaf, hit) in siblings::joined(self.reader, &halves, &Around::default()) {
                self.push_one(leaf, &hit, path)?;
            }
        }
        let first = self.reader.first(&value, || self.tables.around(path));
        let mut read = true;
        let part = self.siblings.takes(&value, Kind::Text, path);
        if part {
            self.siblings.push(Fragment::of(leaf, &value));
        } else if !self.siblings.is_empty() {
            self.flush(path)?;
            read = false;
        }
        if let Some(seam) = siblings::seam_of(path, self.depth) {
            read &= !self.siblings.has_blocks(seam);
            for (leaf, hit) in self.siblings.seam(self.reader, seam, leaf, &value) {
                self.push_one(leaf, &hit, path)?;
            }
        }
        if value.len() > 2 && is_json {
            if self.nested(leaf, &value)? {
                return Ok(());
            }
            read = false;
        }
        match first {
            First::Nothing => {
                let element = path.last().is_some_and(|last| last.index().is_some());
                let named = if element && !self.tables.may_name_secrets() {
                    None
                } else {
                    named_secret(&value, path, || self.tables.around(path).column)
                };
                if named.is_some() { self.told(leaf, &value, named.into_iter().collect(), path) } else { Ok(()) }
            }
            // Proof enough by itself teaches nothing.
            First::Alone => self.push_alone(leaf, path),
            First::Scanned if read => self.scanned(leaf, &value, path),
            First::Scanned => self.read(leaf, &value, path),
        }
    }

    fn number(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError> {
        self.tables.word();
        if let Some(class) = self.declared(path, raw, Kind::Number) {
            let leaf = Leaf::number(raw, at, self.reader.plan.is_bare_number(path));
            return self.declare(leaf, raw, class, path);
        }
        let leaf = || Leaf::number(raw, at, self.reader.plan.is_bare_number(path));
        if siblings::is_part(path) && self.siblings.takes(raw, Kind::Text, path) {
            self.siblings.push(Fragment::of(leaf(), raw));
        }
        if raw.len() < 6 || self.depth == 0 && is_exempt(path, raw) {
            let part = raw.len() <= 4 && detect::is_birth_part(path, raw);
            return if part { self.birth_part(leaf(), raw, path).map(|_| ()) } else { Ok(()) };
        }
        // Half of a number is no number: it is masked as a whole, or not at all.
        let around = self.tables.around(path);
        let whole = json::integer(raw);
        let value = whole.as_deref().unwrap_or(raw);
        let hits = self.reader.text(value.trim_start_matches('-'), &around, Look::All, DEPTH);
        let hit = hits.into_iter().find(|hit| (hit.end - hit.start) * 2 > value.len().min(raw.len()));
        if let Some(hit) = hit {
            let whole = vec![Hit { start: 0, end: raw.len(), ..hit }];
            let leaf = Leaf::number(raw, at, self.reader.plan.is_bare_number(path));
            self.reader.learn(raw, &whole);
            self.push(leaf, whole, path)?;
        }
        Ok(())
    }

    fn key(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        if raw.text.len() < 5 {
            return Ok(());
        }
        let value = raw.value()?;
        let leaf = Leaf::of(raw, Kind::Key);
        match self.reader.first(&value, Around::default) {
            First::Nothing => Ok(()),
            First::Alone => self.push_alone(leaf, path),
            First::Scanned => {
                let depth = self.depth.min(DEPTH - 1);
                let hits = self.reader.scanned(&value, &Around::default(), Look::All, depth);
                self.push(leaf, hits, path)
            }
        }
    }

    fn word(&mut self) {}
}
