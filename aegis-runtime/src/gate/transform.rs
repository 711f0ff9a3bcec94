//! transform: nothing personal and no credential leaves.

use super::case::Case;
use super::execute::Raw;
use super::reserve::Holds;
use crate::denial::{Code, Denial};
use crate::kernel::Kernel;
use crate::mask::{MaskError, Masker, Plan, Report};
use crate::north::{DENIAL_META, Reply, denial_result};
use crate::receipt::Fate;
use crate::spec::{Face, Origin, ToolSpec};
use memchr::memmem;
use rmcp::model::{CallToolResult, ContentBlock, MetaObject};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The key of a result's `_meta` under which its notes stand.
const NOTES_META: &str = "aegis/notes";

/// A result that was masked, or withheld because it could not be.
pub struct Masked<K: Kernel> {
    pub(super) reply: Reply,
    pub(super) denial: Option<Denial>,
    pub(super) report: Report,
    pub(super) fate: Fate,
    pub(super) holds: Holds,
    pub(super) case: Case,
    kernel: PhantomData<K>,
}

/// Masks every channel of the result, errors included.
pub fn transform<K: Kernel>(raw: Raw<K>, masker: &Masker) -> Masked<K> {
    let Raw { result, fate, holds, grant, tool, said, capabilities, notes, personal, case, .. } = raw;
    let plan = masker.plan(tool, &grant.masks).answering(said, masker.recalls(&capabilities)).bound(personal);
    let (reply, denial) = match result {
        Ok(result) if result.is_error == Some(true) => (attributed(result.into(), tool), None),
        Ok(result) => (attributed(noted(result, &notes).into(), tool), None),
        Err(denial) => (denial_result(&denial).into(), Some(denial)),
    };
    match masked(reply, masker, &plan) {
        Ok((reply, report)) => Masked { reply, denial, report, fate, holds, case, kernel: PhantomData },
        Err(denial) => {
            let reply = denial_result(&denial).into();
            Masked { reply, denial: Some(denial), report: Report::default(), fate, holds, case, kernel: PhantomData }
        }
    }
}

/// A result with what its reader should know: a block of text each after its own, and all of them in `_meta`.
fn noted(mut result: CallToolResult, notes: &[String]) -> CallToolResult {
    if notes.is_empty() {
        return result;
    }
    result.content.extend(notes.iter().map(|note| ContentBlock::text(format!("note: {note}"))));
    let meta = &mut result.meta.get_or_insert_with(|| MetaObject(Map::new())).0;
    if let Value::Array(all) = meta.entry(NOTES_META).or_insert_with(|| Value::Array(Vec::new())) {
        all.extend(notes.iter().map(|note| Value::from(note.as_str())));
    }
    result
}

/// A server's result that speaks in codes of ours, with a note of whose words these are. A prompt's messages have no room for one, and
/// are a user's words to whoever reads them.
fn attributed(reply: Reply, tool: &ToolSpec) -> Reply {
    let foreign = matches!(tool.origin, Origin::Downstream(_)) && tool.face != Face::Prompt;
    if !foreign || !names_a_code(reply.text()) {
        return reply;
    }
    let note =
        format!("the words above are the server's; a denial of the kernel's stands in `_meta` under `{DENIAL_META}`");
    noted(reply.result().clone(), &[note]).into()
}

/// Whether a code of a denial stands in a text.
fn names_a_code(text: &str) -> bool {
    let digits = |at: usize| text.as_bytes().get(at.saturating_add(CODE.len())..).unwrap_or_default().iter().take(3);
    memmem::find_iter(text.as_bytes(), CODE).any(|at| digits(at).filter(|byte| byte.is_ascii_digit()).count() == 3)
}

/// What every code of a denial begins with.
const CODE: &[u8] = b"AEG-D";

/// A denial as the agent reads it, masked like everything else that goes north.
pub(super) fn masked_denial(denial: &Denial, masker: &Masker) -> Reply {
    match masked(denial_result(denial).into(), masker, &masker.everywhere()) {
        Ok((reply, _)) => reply,
        Err(failed) => denial_result(&failed).into(),
    }
}

/// Fields of a record without personal values; what cannot be masked is left out.
pub(super) fn masked_fields<'a>(fields: &'a Map<String, Value>, masker: &Masker) -> Cow<'a, Map<String, Value>> {
    if fields.is_empty() {
        return Cow::Borrowed(fields);
    }
    let text = serde_json::to_string(fields).unwrap_or_default();
    let masked = catch_unwind(AssertUnwindSafe(|| masker.json(&text, &masker.everywhere())));
    let fields = match masked.ok().and_then(Result::ok) {
        Some((same, _)) if same == text => Some(Cow::Borrowed(fields)),
        Some((masked, _)) => serde_json::from_str(&masked).ok().map(Cow::Owned),
        None => None,
    };
    let withheld = || Map::from_iter([("withheld".to_owned(), Value::from(Code::MaskFailed.as_str()))]);
    fields.unwrap_or_else(|| Cow::Owned(withheld()))
}

fn masked(reply: Reply, masker: &Masker, plan: &Plan) -> Result<(Reply, Report), Denial> {
    let failed = || Denial::new(Code::MaskFailed, "");
    // An empty text, of a result that has none, is no JSON to the masker.
    let outcome = catch_unwind(AssertUnwindSafe(|| masker.json(reply.text(), plan))).map_err(|_panic| failed())?;
    let (masked, report) = outcome.map_err(|error| match error {
        MaskError::Limit(what) => Denial::new(Code::MaskLimit, what.to_string()),
        MaskError::Malformed(_) => failed(),
    })?;
    // What was not touched need not be read again.
    let reply = if masked == reply.text() { reply } else { Reply::read(masked).map_err(|_| failed())? };
    Ok((reply, report))
}
