//! bind: rewrites spliced into the judged text and screened again.

use super::decide::Permit;
use super::screen::Screened;
use crate::denial::{Code, Denial};
use crate::intercept::Screens;
use crate::kernel::{Grant, Kernel};
use crate::spec::operator_of;
use crate::vocabulary::{Class, DomainId};
use serde_json::{Map, Value};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A permitted call whose arguments are exactly what goes south.
pub struct Bound<K: Kernel> {
    // Boxed, since it is moved from proof to proof and through every future on its way.
    pub(super) screened: Box<Screened<K>>,
    pub(super) grant: Grant,
    /// Where a statement was rewritten, for the record.
    pub(super) rewritten: Vec<String>,
    /// The arguments as they came, where they were rewritten: who asks the log for what the agent said finds it.
    pub(super) asked: Option<Map<String, Value>>,
}

impl<K: Kernel> Bound<K> {
    /// The arguments that go south.
    #[must_use]
    pub fn arguments(&self) -> &Map<String, Value> {
        &self.screened.call.arguments
    }
}

/// Masks personal columns inside the statements of the call. A call without one passes as it is.
///
/// # Errors
/// `RewriteFailed` or `RewriteChanged`: a rewrite that cannot be shown to mean the same is a deny.
pub fn bind<K: Kernel>(permit: Permit<K>, screens: &Screens) -> Result<Bound<K>, Denial> {
    let Permit { mut screened, grant } = permit;
    let operator = |domain: DomainId, class: Class| operator_of(grant.masks.iter().copied(), domain, class);
    let rewritten = catch_unwind(AssertUnwindSafe(|| screens.rewrite(&screened.finding, &operator)));
    let rewrites = rewritten.map_err(|_panic| Denial::new(Code::ScreenPanicked, ""))??;
    let rewritten = rewrites.iter().map(|(pointer, _)| pointer.clone()).collect();
    let asked = (!rewrites.is_empty()).then(|| screened.call.arguments.clone());
    if !rewrites.is_empty() {
        let mut arguments = Value::Object(std::mem::take(&mut screened.call.arguments));
        for (pointer, text) in rewrites {
            let place = arguments.pointer_mut(&pointer).ok_or_else(|| Denial::new(Code::RewriteFailed, ""))?;
            *place = Value::String(text);
        }
        let Value::Object(arguments) = arguments else {
            return Err(Denial::new(Code::RewriteFailed, ""));
        };
        screened.call.arguments = arguments;
    }
    Ok(Bound { screened: Box::new(screened), grant, rewritten, asked })
}
