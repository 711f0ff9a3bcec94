//! execute: the one place from which a downstream is reached.

use super::case::Case;
use super::intent::Intent;
use super::reserve::Holds;
use crate::denial::{Code, Denial};
use crate::downstream::{DownstreamError, Progress, South, SouthCall};
use crate::intercept::sql::Quotable;
use crate::kernel::{Grant, Kernel};
use crate::mask::Said;
use crate::native::{Natives, Visitor};
use crate::north::Ending;
use crate::receipt::{Fate, halted};
use crate::spec::{Origin, ToolSpec};
use crate::vocabulary::Capability;
use rmcp::model::{CallToolResult, ContentBlock};
use std::marker::PhantomData;
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;

/// What came back, tainted: it cannot be serialised and goes nowhere but into [`super::transform`].
pub struct Raw<K: Kernel> {
    pub(super) result: Result<CallToolResult, Denial>,
    pub(super) fate: Fate,
    pub(super) holds: Holds,
    pub(super) grant: Grant,
    pub(super) tool: &'static ToolSpec,
    pub(super) said: Said,
    pub(super) capabilities: Vec<Capability>,
    pub(super) notes: Vec<String>,
    pub(super) personal: Option<Vec<bool>>,
    pub(super) case: Case,
    kernel: PhantomData<K>,
}

/// How a call is given up, and who gives it up.
pub struct Stop {
    /// Fires when it is.
    pub cancel: CancellationToken,
    /// Who fired it.
    pub ending: Ending,
}

/// Does what was intended: one call to the tool's server, or the native tool's own steps.
pub async fn execute<K: Kernel>(
    intent: Intent<K>,
    south: &South,
    natives: &Natives,
    Stop { cancel, ending }: Stop,
    progress: Option<Sender<Progress>>,
) -> Raw<K> {
    let Intent { reserved, case } = intent;
    let super::Reserved { bound, holds, leave } = reserved;
    let super::Bound { screened, grant, .. } = bound;
    let super::Screened { call: super::Call { tool, arguments, .. }, finding, said, .. } = *screened;
    let (notes, personal, quotable) = (finding.notes(), finding.personal(), finding.quotable());
    let capabilities = finding.capabilities;
    let alone = holds.spend.as_ref().map_or(Ok(()), |hold| natives.is_alone(hold, case.id()));
    let (result, fate) = match (alone, tool.origin) {
        (Err(denial), _) => (Err(denial), Fate::Burned),
        (Ok(()), Origin::Downstream(server)) => {
            let call = SouthCall { tool: tool.name, arguments, leave, cancel, progress };
            match south.call(server, call).await {
                Ok(result) => (Ok(unquoted(result, &quotable)), Fate::Consumed),
                Err(error) => {
                    let fate = fate_of(&error);
                    (Err(denial_of(refused(error, &quotable))), fate)
                }
            }
        }
        (Ok(()), Origin::Native(native)) => {
            let visitor = Visitor { south, leave, cancel, progress };
            // Boxed: every other call would carry its size.
            Box::pin(natives.run(native, &arguments, holds.spend.as_ref(), case.id(), visitor)).await
        }
    };
    let result =
        result.map_err(|denial| if denial.code() == Code::Cancelled { denial.because(ending.words()) } else { denial });
    Raw { result, fate, holds, grant, tool, said, capabilities, notes, personal, case, kernel: PhantomData }
}

/// A result that is an error, in words that quote no row.
fn unquoted(result: CallToolResult, quotable: &Quotable) -> CallToolResult {
    if result.is_error != Some(true) {
        return result;
    }
    // All of it, without the escapes of texts within texts.
    let said = serde_json::to_string(&result).unwrap_or_default().replace('\\', "");
    match quotable.told(&said) {
        Some(told) => CallToolResult::error(vec![ContentBlock::text(told)]),
        None => result,
    }
}

/// The same of an error that is no result.
fn refused(error: DownstreamError, quotable: &Quotable) -> DownstreamError {
    if let DownstreamError::Refused { code, message } = error {
        return DownstreamError::Refused { code, message: quotable.told(&message).unwrap_or(message) };
    }
    error // in the kernel's own words
}

/// Whether the server can have done anything: only what never reached it gives receipts back.
fn fate_of(error: &DownstreamError) -> Fate {
    match error {
        DownstreamError::Unavailable { .. }
        | DownstreamError::Secret { .. }
        | DownstreamError::Pinned { .. }
        | DownstreamError::Drift { .. }
        | DownstreamError::Halted { .. } => Fate::Released,
        DownstreamError::Timeout
        | DownstreamError::Died { .. }
        | DownstreamError::Malformed { .. }
        | DownstreamError::Cancelled
        | DownstreamError::Refused { .. } => Fate::Burned,
    }
}

/// The server's failure in the kernel's words. A server's own words stay in, to be masked with the rest.
pub(crate) fn denial_of(error: DownstreamError) -> Denial {
    match error {
        DownstreamError::Unavailable { reason } => Denial::new(Code::ServerUnavailable, reason),
        DownstreamError::Secret { variable, reason } => {
            Denial::new(Code::ServerSecret, format!("`{variable}`: {reason}"))
        }
        DownstreamError::Pinned { reason } => Denial::new(Code::ServerPinned, reason),
        DownstreamError::Timeout => Denial::new(Code::ServerTimeout, ""),
        DownstreamError::Died { how } => Denial::new(Code::ServerDied, how),
        DownstreamError::Malformed { reason } => Denial::new(Code::ServerMalformed, reason),
        DownstreamError::Drift { difference } => Denial::new(Code::ServerDrift, difference)
            .remedy("review the server's new definition, change the manifest and rebuild"),
        DownstreamError::Halted { detail } => halted(detail),
        DownstreamError::Cancelled => Denial::new(Code::Cancelled, ""),
        // Between quotes, so that what it says is not taken for more words of ours.
        DownstreamError::Refused { code, message } => {
            Denial::new(Code::ServerError, format!("it says \"{}\" ({code})", message.replace('"', "'")))
        }
    }
}
