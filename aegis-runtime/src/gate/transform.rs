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
use rmcp::model::{CallToolResult, ContentBlock, MetaObject, ResourceContents};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

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

/// The same. What is large is masked in a thread of its own, where it keeps no other call waiting; so many of them at a time.
pub(super) async fn transform_aside<K: Kernel>(raw: Raw<K>, masker: &Arc<Masker>, slots: &Arc<Semaphore>) -> Masked<K> {
    if !raw.result.as_ref().is_ok_and(is_large) {
        return transform(raw, masker);
    }
    // Held by the thread: who gives the call up does not end that.
    let slot = Arc::clone(slots).acquire_owned().await;
    let masker = Arc::clone(masker);
    let masked = spawn_blocking(move || {
        let masked = transform(raw, &masker);
        drop(slot);
        masked
    });
    match masked.await {
        Ok(masked) => masked,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and this with it.
            Err(_) => std::future::pending().await,
        },
    }
}

/// Whether a result takes long enough to mask that a thread is worth its while.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "blocks and resources are foreign enums and grow; what is not named may hold anything"
)]
fn is_large(result: &CallToolResult) -> bool {
    let mut left = LARGE;
    let mut holds = |size: usize| {
        left = left.saturating_sub(size);
        left > 0
    };
    let small = result.content.iter().all(|block| match block {
        ContentBlock::Text(text) => holds(text.text.len()),
        ContentBlock::Resource(resource) => match &resource.resource {
            ResourceContents::TextResourceContents { text, .. } => holds(text.len()),
            ResourceContents::BlobResourceContents { blob, .. } => holds(blob.len()),
            _ => false, // of a kind that is not known: it may hold anything
        },
        ContentBlock::Image(image) => holds(image.data.len()),
        ContentBlock::Audio(audio) => holds(audio.data.len()),
        _ => holds(VALUE),
    });
    !small || !result.structured_content.as_ref().is_none_or(|value| is_small(value, &mut holds))
}

/// Whether a value has room in what is left.
fn is_small(value: &Value, holds: &mut impl FnMut(usize) -> bool) -> bool {
    match value {
        Value::String(text) => holds(text.len() + VALUE),
        Value::Array(items) => holds(VALUE) && items.iter().all(|item| is_small(item, holds)),
        Value::Object(fields) => {
            holds(VALUE) && fields.iter().all(|(key, value)| holds(key.len()) && is_small(value, holds))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => holds(VALUE),
    }
}

/// Bytes of a result that are masked where they are: a fraction of a millisecond.
const LARGE: usize = 64 * 1024;
/// What a value counts beside its text.
const VALUE: usize = 8;

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

#[cfg(test)]
mod tests {
    use super::is_large;
    use rmcp::model::{CallToolResult, ContentBlock};
    use serde_json::json;

    #[test]
    fn what_takes_long_to_mask_is_told_by_its_size() {
        let text = |length: usize| CallToolResult::success(vec![ContentBlock::text("x".repeat(length))]);
        assert!(!is_large(&text(60_000)) && is_large(&text(70_000)));
        assert!(!is_large(&CallToolResult::structured(json!({"rows": [[1, "a"]]}))));
        assert!(is_large(&CallToolResult::structured(json!({"rows": vec![7; 10_000]}))));
        assert!(is_large(&CallToolResult::structured(json!({"rows": ["x".repeat(70_000)]}))));
    }
}
