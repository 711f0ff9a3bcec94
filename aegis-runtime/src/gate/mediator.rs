//! The mediator: the whole chain for one call, readable on one screen.

use super::ask::{Found, find};
use super::bind::{Bound, bind};
use super::call::decode;
use super::case::Case;
use super::decide::{decide, snapshot};
use super::execute::{Stop, execute};
use super::intent::intent;
use super::outcome::{Committed, outcome, refuse};
use super::release::release;
use super::reserve::reserve;
use super::screen::screen;
use super::settle::settle;
use super::transform::transform_aside;
use crate::audit::{Event, Log, Record};
use crate::denial::{Code, Denial};
use crate::downstream::{Progress, South};
use crate::intercept::Screens;
use crate::kernel::Kernel;
use crate::mask::{Masker, Plan};
use crate::native::Natives;
use crate::north::{Ask, CallReply, CallRequest, Catalogue, Door, Rejection};
use crate::receipt::{Brake, Receipts};
use crate::spec::{Origin, ServerId, ToolSpec};
use serde_json::{Map, Value, json};
use std::marker::PhantomData;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

/// The rooms that one kernel's calls pass through.
pub struct MediatorParts {
    /// Interceptors.
    pub screens: Screens,
    /// The receipt store.
    pub receipts: Arc<Receipts>,
    /// What an operator halted.
    pub brake: Arc<Brake>,
    /// The audit log.
    pub log: Log,
    /// The masker.
    pub masker: Arc<Masker>,
    /// The downstream servers.
    pub south: Arc<South>,
    /// The kernel's own tools.
    pub natives: Natives,
}

/// Stands between the agent and the servers: every call goes through [`Mediator::call`] and no other way.
pub struct Mediator<K: Kernel> {
    parts: MediatorParts,
    /// Room for large results that are masked at one time.
    masking: Arc<Semaphore>,
    kernel: PhantomData<K>,
}

/// Large results that are masked at one time: each has a core, and a copy of itself in memory.
const MASKING: usize = 2;

/// A call that was refused, with what was known of it by then.
struct Refusal {
    denial: Denial,
    shown: Arc<Map<String, Value>>,
}

impl From<Denial> for Box<Refusal> {
    fn from(denial: Denial) -> Self {
        Self::new(Refusal { denial, shown: Arc::default() })
    }
}

impl<K: Kernel> Mediator<K> {
    /// Takes the rooms.
    #[must_use]
    pub fn new(parts: MediatorParts) -> Self {
        Self { parts, masking: Arc::new(Semaphore::new(MASKING)), kernel: PhantomData }
    }

    /// Everything up to the intent is judgement; everything after it is doing, and is recorded whatever becomes of it.
    async fn mediate(&self, case: &Case, found: Result<Found, Denial>, request: CallRequest) -> Committed<K> {
        let MediatorParts { log, masker, .. } = &self.parts;
        let CallRequest { arguments, cancel, ending, progress, .. } = request;
        let (found, arguments) = match found {
            Ok(Found { tool, variables }) => (Ok(tool), variables.or(arguments)),
            Err(denial) => (Err(denial), arguments),
        };
        // As asked: an allowed call commits to what goes south, which may differ.
        let asked = arguments.clone();
        let refusal = match self.judge(found, arguments) {
            Ok(bound) => match self.perform(case, bound, Stop { cancel, ending }, progress).await {
                Ok(committed) => return committed,
                Err(denial) => denial.into(),
            },
            Err(refusal) => refusal,
        };
        // Boxed: every other call would carry its size.
        Box::pin(refuse(refusal.denial, case, &refusal.shown, asked, log, masker)).await
    }

    fn judge(
        &self,
        found: Result<&'static ToolSpec, Denial>,
        arguments: Option<Map<String, Value>>,
    ) -> Result<Bound<K>, Box<Refusal>> {
        let MediatorParts { screens, receipts, .. } = &self.parts;
        let call = decode::<K>(found?.wire, arguments)?;
        let screened = screen(call, screens)?;
        let shown = Arc::clone(&screened.shown);
        let bound = snapshot(&screened, receipts).and_then(|mut snapshot| {
            let missing = snapshot.missing();
            let permit = decide(screened, snapshot).map_err(|denial| missing.explain::<K>(denial, receipts))?;
            bind(permit, screens)
        });
        bound.map_err(|denial| Box::new(Refusal { denial, shown }))
    }

    async fn perform(
        &self,
        case: &Case,
        bound: Bound<K>,
        stop: Stop,
        progress: Option<mpsc::Sender<Progress>>,
    ) -> Result<Committed<K>, Denial> {
        let MediatorParts { receipts, brake, log, masker, south, natives, .. } = &self.parts;
        let reserved = reserve(bound, case.id(), receipts, brake)?;
        let intent = intent(reserved, case.clone(), log, receipts, masker).await?;
        let progress = progress.map(|north| masked_progress(north, Arc::clone(masker)));
        let raw = execute(intent, south, natives, stop, progress).await;
        let settled = settle(transform_aside(raw, masker, &self.masking).await, receipts);
        Ok(outcome(settled, log, masker).await)
    }
}

/// Progress messages are a channel like any other.
fn masked_progress(north: mpsc::Sender<Progress>, masker: Arc<Masker>) -> mpsc::Sender<Progress> {
    let (south, mut from_south) = mpsc::channel::<Progress>(PROGRESS_QUEUE);
    tokio::spawn(async move {
        let plan = masker.everywhere();
        while let Some(progress) = from_south.recv().await {
            if let Some(progress) = told(progress, &masker, &plan)
                && north.send(progress).await.is_err()
            {
                break;
            }
        }
    });
    south
}

/// What of it goes north. A message that cannot be masked is left out, and so is a number that would be masked as a text; where that is
/// how far the call is, nothing is left to tell.
fn told(Progress { progress, total, message }: Progress, masker: &Masker, plan: &Plan) -> Option<Progress> {
    let masked = |text: &str| masker.text(text, plan).ok().map(|(text, _)| text);
    let plain = |number: &f64| {
        let text = number.to_string();
        masked(&text).is_some_and(|same| same == text)
    };
    plain(&progress).then(|| Progress {
        progress,
        total: total.filter(plain),
        message: message.and_then(|text| masked(&text)),
    })
}

/// Progress messages on their way north at one time, a call.
const PROGRESS_QUEUE: usize = 256;

impl<K: Kernel> Door for Mediator<K> {
    fn catalogue(&self) -> Catalogue {
        Catalogue::of(K::SPEC.tools)
    }

    /// One for each server, so that none stalls another, and the first for everything else.
    fn lanes(&self) -> usize {
        K::SPEC.servers.len().saturating_add(1)
    }

    fn lane(&self, ask: &Ask) -> usize {
        match find::<K>(ask).map(|found| found.tool.origin) {
            Ok(Origin::Downstream(ServerId(index))) => usize::from(index).saturating_add(1),
            Ok(Origin::Native(_)) | Err(_) => 0,
        }
    }

    async fn call(&self, mut request: CallRequest) -> CallReply {
        let found = find::<K>(&request.ask);
        let name = found.as_ref().map_or(request.ask.text(), |found| found.tool.wire);
        let case = Case::open(name, request.ask.method(), std::mem::take(&mut request.rpc));
        // A tool that is not there is an error of the protocol in fixed words; other faces have no other answer to be denied with.
        let unknown = found.is_err() && matches!(request.ask, Ask::Tool(_));
        let reply = release(self.mediate(&case, found, request).await);
        if unknown { CallReply::UnknownTool } else { CallReply::Result(Box::new(reply)) }
    }

    fn reject(&self, rejection: Rejection) {
        let mut body = Map::new();
        body.insert("code".into(), json!(Code::InvalidArguments.as_str()));
        let MediatorParts { log, masker, .. } = &self.parts;
        let reason = masker.text(&rejection.to_string(), &masker.everywhere());
        body.insert("reason".into(), json!(reason.map_or_else(|_| rejection.reason.to_owned(), |(text, _)| text)));
        log.note(Record::new(Event::RpcRejected, None, body));
    }
}

#[cfg(test)]
mod tests {
    use super::{Masker, Progress, told};
    use crate::spec::nothing::NOTHING;
    use crate::spec::{AuditLevel, MaskSpec, Phase, RuleSpec, Spec};
    use crate::vocabulary::{Class, Operator};

    static RULE: RuleSpec =
        RuleSpec { id: "mask", why: "", phase: Phase::Transform, remedy: None, audit: AuditLevel::Meta };
    static MASKED: Spec = Spec {
        masks: &[MaskSpec {
            rule: &RULE,
            domains: &[],
            operators: &[(Class::Card, Operator::Redact), (Class::Email, Operator::Redact)],
        }],
        ..NOTHING
    };

    #[test]
    fn a_number_that_is_a_card_is_no_progress() {
        let masker = Masker::new(&MASKED, [7; 32]);
        let told = |progress, total| {
            let message = Some("ada@example.com".to_owned());
            told(Progress { progress, total, message }, &masker, &masker.everywhere())
        };
        let card = 4_111_111_111_111_111.0;
        assert_eq!(told(card, None), None);
        assert_eq!(
            told(0.5, Some(card)),
            Some(Progress { progress: 0.5, total: None, message: Some("[EMAIL]".into()) })
        );
        assert_eq!(told(41.0, Some(100.0)).and_then(|told| told.total), Some(100.0));
    }
}
