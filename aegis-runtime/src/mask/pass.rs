//! One masking: a first walk learns, a second one masks.

use super::detect;
use super::held::Held;
use super::json::{self, Edit, Segment, Visitor};
use super::learn::{Learned, Learning};
use super::operate::{HELD, Tokens, placeholder_at};
use super::plan::Plan;
use super::report::Report;
use super::{Limit, MaskError, csv};
use crate::vocabulary::Class;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Most places to mask in one document.
const SPANS: usize = 100_000;
/// JSON inside of strings inside of JSON.
const EMBEDDED: usize = 2;
/// What stands in place of a binary block.
const DROPPED: &str = r#"{"type":"text","text":"[binary content dropped]"}"#;

/// Everything one masking needs.
pub(super) struct Pass<'call> {
    plan: &'call Plan,
    tokens: &'call Tokens,
    held: Arc<Held>,
}

/// What the first walk found out.
#[derive(Default)]
struct Survey {
    /// Names of columns, by the path of the object that has `columns` and `rows`.
    tables: BTreeMap<String, BTreeMap<usize, String>>,
    /// Content blocks that are binary.
    binaries: BTreeSet<usize>,
    learning: Learning,
}

impl<'call> Pass<'call> {
    pub(super) fn new(plan: &'call Plan, tokens: &'call Tokens, held: Arc<Held>) -> Self {
        Self { plan, tokens, held }
    }

    /// The edits of a whole message.
    pub(super) fn document(&self, text: &str, report: &mut Report) -> Result<Vec<Edit>, MaskError> {
        let mut survey = Survey::default();
        // Columns first: they may stand behind their rows.
        json::walk(text, &mut Columns { survey: &mut survey })?;
        json::walk(text, &mut Values { pass: self, survey: &mut survey, depth: 0 })?;
        let learned = std::mem::take(&mut survey.learning).learned();
        self.edits(text, &survey, learned.as_ref(), 0, report)
    }

    /// The edits of plain text.
    pub(super) fn text(&self, text: &str, report: &mut Report) -> Result<Vec<Edit>, MaskError> {
        let spans = self.spans(text, None);
        self.replace(text, spans, report)
    }

    fn edits(
        &self,
        text: &str,
        survey: &Survey,
        learned: Option<&Learned>,
        depth: usize,
        report: &mut Report,
    ) -> Result<Vec<Edit>, MaskError> {
        let mut masking = Masking { pass: self, survey, learned, depth, report, edits: Vec::new() };
        json::walk(text, &mut masking)?;
        Ok(masking.edits)
    }

    /// The declared class of a place.
    fn declared(&self, path: &[Segment<'_>], survey: &Survey, depth: usize) -> Option<Class> {
        if let Some(class) = self.plan.field(path) {
            return Some(class);
        }
        if let [above @ .., Segment::Key(rows), Segment::Index(_), cell] = path
            && rows == "rows"
        {
            let name = match cell {
                Segment::Index(column) => {
                    survey.tables.get(&spell(above)).and_then(|columns| columns.get(column)).map(String::as_str)
                }
                Segment::Key(name) => Some(name.as_ref()),
            };
            if let Some(class) = name.and_then(|name| self.plan.column(name)) {
                return Some(class);
            }
        }
        if self.plan.keyed && depth > 0 {
            return path.iter().rev().find_map(|segment| match segment {
                Segment::Key(name) => self.plan.column(name),
                Segment::Index(_) => None,
            });
        }
        None
    }

    /// Everything to mask in a text, in order and without overlap. What stands first gives its class.
    fn spans(&self, text: &str, learned: Option<&Learned>) -> Vec<(Range<usize>, Option<Class>)> {
        let masked = |class: &Class| self.plan.operator(*class).is_some();
        let mut spans: Vec<(Range<usize>, Option<Class>)> =
            self.held.find(text).into_iter().map(|range| (range, None)).collect();
        spans.extend(csv::fields(text, self.plan).into_iter().map(|(range, class)| (range, Some(class))));
        let learned = learned.map(|learned| learned.find(text)).unwrap_or_default();
        let found = detect::all(text).into_iter().chain(learned);
        spans.extend(found.filter(|(_, class)| masked(class)).map(|(range, class)| (range, Some(class))));
        spans.sort_by(|(one, _), (other, _)| {
            (one.start, std::cmp::Reverse(one.end)).cmp(&(other.start, std::cmp::Reverse(other.end)))
        });
        let mut apart: Vec<(Range<usize>, Option<Class>)> = Vec::with_capacity(spans.len());
        for (range, class) in spans {
            match apart.last_mut() {
                // Two values that share bytes are masked as one, so that neither is left in part.
                Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
                Some(_) | None if range.is_empty() => {}
                Some(_) | None => apart.push((range, class)),
            }
        }
        apart
    }

    fn replace(
        &self,
        text: &str,
        spans: Vec<(Range<usize>, Option<Class>)>,
        report: &mut Report,
    ) -> Result<Vec<Edit>, MaskError> {
        if spans.len() > SPANS {
            return Err(MaskError::Limit(Limit::Spans));
        }
        let mut edits = Vec::new();
        for (range, class) in spans {
            let value = text.get(range.clone()).unwrap_or_default();
            if is_placeholder(value) {
                continue;
            }
            let with = match class {
                None => {
                    report.held();
                    format!("[{HELD}]")
                }
                Some(class) => match self.plan.operator(class) {
                    Some(operator) => {
                        report.class(class);
                        self.tokens.apply(operator, class, value)
                    }
                    None => continue,
                },
            };
            edits.push((range, with));
        }
        Ok(edits)
    }
}

/// Whether a value is nothing but a placeholder of ours.
fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    placeholder_at(value, 0).is_some_and(|range| {
        let rest = value.get(range.end..).unwrap_or_default();
        // `keep-domain` leaves a domain behind its placeholder.
        rest.is_empty() || rest.starts_with('@')
    })
}

/// A path as text, for a map.
fn spell(path: &[Segment<'_>]) -> String {
    path.iter().fold(String::new(), |mut out, segment| {
        out.push('/');
        match segment {
            Segment::Key(key) => out.push_str(key),
            Segment::Index(index) => out.push_str(&index.to_string()),
        }
        out
    })
}

/// Places that hold words of the protocol.
fn is_exempt(path: &[Segment<'_>]) -> bool {
    match path {
        [Segment::Key(key)] => matches!(key.as_ref(), "resultType" | "jsonrpc" | "method" | "id" | "progressToken"),
        [Segment::Key(content), Segment::Index(_), Segment::Key(key)] => {
            content == "content" && matches!(key.as_ref(), "type" | "mimeType")
        }
        [Segment::Key(content), Segment::Index(_), Segment::Key(resource), Segment::Key(key)] => {
            content == "content" && resource == "resource" && key == "mimeType"
        }
        _ => false, // everything else is scanned
    }
}

/// A string that holds JSON of its own.
fn embedded(value: &str) -> bool {
    let inner = value.trim();
    (inner.starts_with('{') && inner.ends_with('}'))
        || (inner.starts_with('[') && inner.ends_with(']') && !is_placeholder(inner))
}

/// The first walk: names of columns, and binary blocks.
struct Columns<'pass> {
    survey: &'pass mut Survey,
}

impl Visitor for Columns<'_> {
    fn string(&mut self, path: &[Segment<'_>], raw: &str, _at: usize) -> Result<(), MaskError> {
        match path {
            [above @ .., Segment::Key(columns), Segment::Index(index)] if columns == "columns" => {
                if let Some((name, _)) = json::unescape(raw) {
                    self.survey.tables.entry(spell(above)).or_default().insert(*index, name.into_owned());
                }
            }
            [Segment::Key(content), Segment::Index(block), Segment::Key(key)]
                if content == "content" && key == "type" =>
            {
                if matches!(raw, "image" | "audio") {
                    self.survey.binaries.insert(*block);
                }
            }
            [Segment::Key(content), Segment::Index(block), Segment::Key(_), Segment::Key(key)]
                if content == "content" && key == "blob" =>
            {
                self.survey.binaries.insert(*block);
            }
            _ => {} // nothing of the survey's
        }
        Ok(())
    }

    fn number(&mut self, _path: &[Segment<'_>], _raw: &str, _at: usize) -> Result<(), MaskError> {
        Ok(())
    }
}

/// The second walk: values of declared places.
struct Values<'pass, 'call> {
    pass: &'pass Pass<'call>,
    survey: &'pass mut Survey,
    depth: usize,
}

impl Visitor for Values<'_, '_> {
    fn string(&mut self, path: &[Segment<'_>], raw: &str, _at: usize) -> Result<(), MaskError> {
        let Some((value, _)) = json::unescape(raw) else { return Ok(()) };
        if let Some(class) = self.pass.declared(path, self.survey, self.depth) {
            if !is_placeholder(&value) {
                self.survey.learning.add(&value, class);
            }
        } else {
            for (range, class) in csv::fields(&value, self.pass.plan) {
                let value = value.get(range).unwrap_or_default();
                if !is_placeholder(value) {
                    self.survey.learning.add(value, class);
                }
            }
        }
        Ok(())
    }

    fn number(&mut self, path: &[Segment<'_>], raw: &str, _at: usize) -> Result<(), MaskError> {
        if let Some(class) = self.pass.declared(path, self.survey, self.depth) {
            self.survey.learning.add(raw, class);
        }
        Ok(())
    }
}

/// The last walk: edits.
struct Masking<'pass, 'call> {
    pass: &'pass Pass<'call>,
    survey: &'pass Survey,
    learned: Option<&'pass Learned>,
    depth: usize,
    report: &'pass mut Report,
    edits: Vec<Edit>,
}

impl Masking<'_, '_> {
    fn edit(&mut self, range: Range<usize>, with: String) -> Result<(), MaskError> {
        if self.edits.len() >= SPANS {
            return Err(MaskError::Limit(Limit::Spans));
        }
        self.edits.push((range, with));
        Ok(())
    }

    /// Masks the inside of a string, byte by byte where it stands.
    fn inside(&mut self, raw: &str, at: usize) -> Result<(), MaskError> {
        let (value, map) = json::unescape(raw).ok_or(MaskError::Malformed(at))?;
        if self.depth < EMBEDDED && embedded(&value) && self.embedded(&value, raw, at)? {
            return Ok(());
        }
        let spans = self.pass.spans(&value, self.learned);
        for (range, with) in self.pass.replace(&value, spans, self.report)? {
            let place = |byte: usize| map.as_ref().map_or(Some(byte), |map| map.get(byte).copied());
            let (from, to) = (place(range.start), place(range.end));
            let (Some(from), Some(to)) = (from, to) else { return Err(MaskError::Malformed(at)) };
            self.edit(at.saturating_add(from)..at.saturating_add(to), json::escape(&with))?;
        }
        Ok(())
    }

    /// Masks JSON inside of a string; false where it is none after all.
    fn embedded(&mut self, value: &str, raw: &str, at: usize) -> Result<bool, MaskError> {
        let depth = self.depth.saturating_add(1);
        let mut survey = Survey::default();
        if json::walk(value, &mut Columns { survey: &mut survey }).is_err() {
            return Ok(false);
        }
        json::walk(value, &mut Values { pass: self.pass, survey: &mut survey, depth })?;
        let own = std::mem::take(&mut survey.learning).learned();
        let edits = self.pass.edits(value, &survey, own.as_ref().or(self.learned), depth, self.report)?;
        if !edits.is_empty() {
            self.edit(at..at.saturating_add(raw.len()), json::escape(&json::splice(value, &edits)))?;
        }
        Ok(true)
    }
}

impl Visitor for Masking<'_, '_> {
    fn enter(&mut self, path: &[Segment<'_>]) -> Option<String> {
        match path {
            [Segment::Key(content), Segment::Index(block)]
                if self.depth == 0
                    && self.pass.plan.drop_binary
                    && content == "content"
                    && self.survey.binaries.contains(block) =>
            {
                Some(DROPPED.to_owned())
            }
            _ => None, // shown and masked
        }
    }

    fn skipped(&mut self, range: Range<usize>, with: String) {
        self.report.binary();
        self.edits.push((range, with));
    }

    fn string(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError> {
        if self.depth == 0 && is_exempt(path) {
            return Ok(());
        }
        let Some(class) = self.pass.declared(path, self.survey, self.depth) else { return self.inside(raw, at) };
        let (value, _) = json::unescape(raw).ok_or(MaskError::Malformed(at))?;
        if value.is_empty() || is_placeholder(&value) {
            return Ok(());
        }
        if let Some(operator) = self.pass.plan.operator(class) {
            self.report.class(class);
            let with = self.pass.tokens.apply(operator, class, &value);
            self.edit(at..at.saturating_add(raw.len()), json::escape(&with))?;
        }
        Ok(())
    }

    fn number(&mut self, path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError> {
        let range = at..at.saturating_add(raw.len());
        if let Some(class) = self.pass.declared(path, self.survey, self.depth)
            && let Some(operator) = self.pass.plan.operator(class)
        {
            self.report.class(class);
            return self.edit(range, format!("\"{}\"", json::escape(&self.pass.tokens.apply(operator, class, raw))));
        }
        let spans = self.pass.spans(raw, self.learned);
        // A number is masked as a whole: half of one is no number, and a place that is exempt holds none.
        let whole = spans.into_iter().find(|(span, _)| span.len().saturating_mul(2) > raw.len());
        if let Some((_, class)) = whole
            && !(self.depth == 0 && is_exempt(path))
        {
            let spans = vec![(0..raw.len(), class)];
            for (_, with) in self.pass.replace(raw, spans, self.report)? {
                self.edit(range.clone(), format!("\"{}\"", json::escape(&with)))?;
            }
        }
        Ok(())
    }

    fn key(&mut self, _path: &[Segment<'_>], raw: &str, at: usize) -> Result<(), MaskError> {
        self.inside(raw, at)
    }
}
