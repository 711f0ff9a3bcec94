//! Declared names in markup: elements, and attributes of elements that are no control, no file of settings and no report.

use super::column::Column;
use super::kin::Kin;
use super::plan::Plan;
use super::shapes::{Field, push};

/// Elements whose `name` is that of a control, a part or a test: of HTML, and of what programs write.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "input", "select", "textarea", "form", "button", "meta", "iframe", "a", "param", "map", "object", "fieldset",
    "output", "slot", "img", "label", "option", "svg", "g", "field", "property", "bean", "target", "testcase",
    "testsuite", "testsuites", "string", "item", "element", "attribute", "module", "logger", "appender", "plugin",
    "project", "dependency", "package", "class", "method", "column", "table", "index", "service", "activity",
    "permission", "application", "style", "color", "dimen", "array", "key", "setting", "variable", "arg", "argument",
    "parameter", "function", "macro", "file", "component", "profile", "configuration", "task", "job", "step", "route",
    "view", "control", "simpletype", "complextype", "group", "message", "part", "porttype", "binding", "operation",
    "counter", "metric", "menu",
];
/// Elements of a file of settings, or of a table of goods.
const SETTINGS: &[&str] = &[
    "artifactId",
    "groupId",
    "modelVersion",
    "packaging",
    "sku",
    "targetFramework",
    "assemblyName",
    "configuration",
    "symbol",
];
/// So many elements of one text are doubted by those around them; any further means what it says.
const DOUBTED: usize = 200;
/// Longest name of an element that ends.
const LONGEST: usize = 64;
/// So far to either side elements are looked at.
const REACH: usize = 400;

/// `<name>Ada</name>` and `<person name="Ada">`.
pub(super) fn tagged(text: &str, plan: &Plan, found: &mut Vec<Field>) {
    let bytes = text.as_bytes();
    let (mut from, mut doubted) = (0, 0);
    while let Some(open) = bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)).map(|step| from + step) {
        let Some(close) = bytes.get(open..).and_then(|rest| memchr::memchr(b'>', rest)).map(|step| open + step) else {
            return;
        };
        from = close + 1;
        let tag = text.get(open + 1..close).unwrap_or_default();
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
        let name = name.rsplit(':').next().unwrap_or(name);
        let kin = || {
            doubted += 1;
            if doubted <= DOUBTED { around(text, open, from) } else { Kin::default() }
        };
        // `<name of the author>` is none.
        let bare = tag.len() == name.len() || tag.contains(['=', ':']) || tag.trim().len() == name.len();
        if let Some(column) =
            Column::of(plan, name, kin).filter(|_| bare && !tag.ends_with('/') && closes(bytes, from, name))
        {
            let end =
                bytes.get(from..).and_then(|rest| memchr::memchr(b'<', rest)).map_or(bytes.len(), |step| from + step);
            push(text, from..end, &column, found);
        }
        let start = open + 1 + tag.split_whitespace().next().map_or(0, str::len);
        attributes(text, name, (start, close), plan, found);
    }
}

/// Whether an element ends somewhere behind: `--name <NAME>` is none.
fn closes(bytes: &[u8], from: usize, name: &str) -> bool {
    let window = bytes.get(from..bytes.len().min(from + REACH)).unwrap_or_default();
    let ends = |at: usize| {
        let tag = window.get(at + 2..).unwrap_or_default();
        let tag = tag.get(..tag.len().min(LONGEST)).unwrap_or_default();
        let close = memchr::memchr(b'>', tag).and_then(|end| tag.get(..end)).unwrap_or_default();
        close
            .len()
            .checked_sub(name.len())
            .and_then(|at| close.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    };
    let cut = from + window.len() < bytes.len();
    memchr::memmem::find_iter(window, b"</").any(|at| cut || ends(at))
}

/// What the elements around one say.
fn around(text: &str, open: usize, close: usize) -> Kin {
    let bytes = text.as_bytes();
    let (head, rest) = (
        bytes.get(open.saturating_sub(REACH)..open).unwrap_or_default(),
        bytes.get(close..bytes.len().min(close + REACH)).unwrap_or_default(),
    );
    let mut kin = Kin::default();
    for part in [head, rest] {
        for at in memchr::memchr_iter(b'<', part) {
            let name = part.get(at + 1..).unwrap_or_default();
            let name = name.strip_prefix(b"/").unwrap_or(name);
            let length =
                name.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
            let Some(name) = name.get(..length).and_then(|name| std::str::from_utf8(name).ok()) else { continue };
            kin.add(name);
            kin = if SETTINGS.contains(&name) { kin.under("package") } else { kin.of_people(name) };
        }
    }
    kin
}

fn attributes(text: &str, tag: &str, (from, to): (usize, usize), plan: &Plan, found: &mut Vec<Field>) {
    let mut at = from;
    let control = NAMED.iter().any(|named| tag.eq_ignore_ascii_case(named)) || is_part(tag);
    while let Some(step) = text.get(at..to).and_then(|rest| rest.find('=')) {
        let sign = at + step;
        let name = text.get(at..sign).unwrap_or_default().trim().rsplit([' ', ':']).next().unwrap_or_default();
        let Some(quote) =
            text.get(sign + 1..to).and_then(|rest| rest.chars().next()).filter(|quote| matches!(quote, '"' | '\''))
        else {
            at = sign + 1;
            continue;
        };
        let start = sign + 2;
        let Some(length) = text.get(start..to).and_then(|rest| rest.find(quote)) else { return };
        let kin =
            || if control { Kin::default().under("field") } else { beside(text, from, to).of_people(tag).in_code() };
        if let Some(column) = Column::of(plan, name, kin) {
            push(text, start..start + length, &column, found);
        }
        at = start + length + 1;
    }
}

/// `<TextField>`, `<el-input>`: a part of a form by another name.
fn is_part(tag: &str) -> bool {
    const PARTS: [&str; 8] = ["field", "input", "select", "control", "button", "checkbox", "column", "form"];
    let end = |part: &&str| tag.len().checked_sub(part.len()).and_then(|at| tag.get(at..));
    PARTS.iter().any(|part| end(part).is_some_and(|end| end.eq_ignore_ascii_case(part)))
}

/// What the attributes of one element say.
fn beside(text: &str, from: usize, to: usize) -> Kin {
    let names = text.get(from..to).unwrap_or_default().split('=');
    Kin::of(names.map(|head| head.rsplit([' ', '"', '\'', ':']).next().unwrap_or_default()))
}
