//! snapshot and decide: the compiled policy speaks.

use super::screen::Screened;
use crate::denial::{Code, Denial};
use crate::kernel::{Evidence, Grant, Kernel, Need, Subject};
use crate::receipt::{Receipts, call_digest};
use crate::spec::GateSpec;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The state a decision is made against, taken once.
pub struct Snapshot<K: Kernel> {
    evidence: Evidence,
    needs: Vec<Need>,
    asks: Option<Asks>,
    kernel: PhantomData<K>,
}

impl<K: Kernel> Snapshot<K> {
    /// Evidence as given: for `aegis decide`, where nothing is executed, and for replay.
    #[must_use]
    pub fn stated(evidence: Evidence) -> Self {
        Self { evidence, needs: Vec::new(), asks: None, kernel: PhantomData }
    }

    /// What to say and do should the decision be that a receipt is missing.
    pub(super) fn missing(&mut self) -> Missing {
        Missing { needs: std::mem::take(&mut self.needs), asks: self.asks.take() }
    }
}

/// What a call needs, for the case that it has not got it.
pub(super) struct Missing {
    needs: Vec<Need>,
    asks: Option<Asks>,
}

impl Missing {
    /// Leaves a request for an approval, or says what became of the last receipt, where the denial is that one is missing.
    pub(super) fn explain<K: Kernel>(self, denial: Denial, receipts: &Receipts) -> Denial {
        if let Some(asks) = self.asks {
            return asks.file(denial, receipts);
        }
        let need = self.needs.iter().find(|need| denial.rule().is_some_and(|rule| rule.id == need.gate.rule.id));
        let Some(Need { gate, subject: Subject::Dataset(dataset) }) = need else { return denial };
        let Some(dataset) = K::SPEC.datasets.get(usize::from(dataset.0)) else { return denial };
        if denial.code() != Code::ReceiptMissing {
            return denial;
        }
        match receipts.last(gate.receipt, dataset.name) {
            Ok(state) => denial.because(became(state.as_deref())),
            Err(error) => Denial::new(Code::StateUnavailable, error.to_string()),
        }
    }
}

/// What became of the last receipt of a kind, by its state in the database.
fn became(state: Option<&str>) -> &'static str {
    match state {
        None => "none was earned under this policy",
        Some("voided") => "the last one is void, since its data were written to",
        Some("consumed") => "the last one is spent",
        Some("burned") => "the last one went with a call that failed or whose outcome is not known",
        Some("expired") => "the last one is too old",
        Some("reserved") => "a call under way has the last one in hand",
        Some(_) => "the last one is not of the kind that the gate asks for", // it stands, for other gates
    }
}

/// A call whose gates name approvals of it.
struct Asks {
    tool: &'static str,
    digest: String,
    arguments: String,
    gates: Vec<&'static GateSpec>,
}

impl Asks {
    /// Leaves a request where the denial is that an approval is missing or too old, and says so.
    fn file(self, denial: Denial, receipts: &Receipts) -> Denial {
        let missing = matches!(denial.code(), Code::ReceiptMissing | Code::ReceiptTooOld);
        let gate = self.gates.iter().find(|gate| denial.rule().is_some_and(|rule| rule.id == gate.rule.id));
        let Some(gate) = gate.filter(|_| missing) else { return denial };
        let short = self.digest.get(..SHOWN).unwrap_or_default();
        match receipts.request(gate.receipt, gate.rule.id, self.tool, &self.digest, &self.arguments) {
            Ok(true) => denial.remedy(format!(
                "ask the operator to run `aegis receipt approve {short}`, then repeat the call unchanged"
            )),
            Ok(false) => denial.remedy("the arguments are too long for an operator to read; make the call smaller"),
            Err(error) => Denial::new(Code::StateUnavailable, error.to_string()),
        }
    }
}

/// Digits of a call's digest that people are shown and may type.
const SHOWN: usize = 12;

/// Leave to go on, and on which terms. Minted by [`decide`] alone.
pub struct Permit<K: Kernel> {
    pub(super) screened: Screened<K>,
    pub(super) grant: Grant,
}

impl<K: Kernel> Permit<K> {
    /// The receipts that will be spent.
    pub fn needs(&self) -> impl Iterator<Item = &Need> {
        self.grant.spends.iter().map(|(need, _)| need)
    }

    /// The terms.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// What was judged.
    #[must_use]
    pub fn screened(&self) -> &Screened<K> {
        &self.screened
    }
}

/// Looks up the receipts that stand, if the call needs any; a call that needs none never touches the state database.
///
/// # Errors
/// `StateUnavailable` when the database cannot be read.
pub fn snapshot<K: Kernel>(screened: &Screened<K>, receipts: &Receipts) -> Result<Snapshot<K>, Denial> {
    let needs = catch_unwind(AssertUnwindSafe(|| K::needs(&screened.call.view, screened.capabilities())))
        .map_err(|_panic| Denial::new(Code::DecisionPanicked, ""))?;
    if needs.is_empty() {
        return Ok(Snapshot::stated(Evidence::default()));
    }
    let of_call = needs.iter().filter(|need| need.subject == Subject::Call);
    let gates: Vec<_> = of_call.map(|need| need.gate).collect();
    let asks = (!gates.is_empty()).then(|| {
        let tool = screened.call.tool.dotted;
        let (digest, arguments) = call_digest(tool, &screened.call.arguments);
        Asks { tool, digest, arguments, gates }
    });
    let standing = receipts.standing(K::SPEC, asks.as_ref().map(|asks| asks.digest.as_str()));
    let receipts = standing.map_err(|error| Denial::new(Code::StateUnavailable, error.to_string()))?;
    Ok(Snapshot { evidence: Evidence { receipts }, needs, asks, kernel: PhantomData })
}

/// Asks the compiled policy.
///
/// # Errors
/// The first deny in the fixed order; `DecisionPanicked` if the evaluator fails.
pub fn decide<K: Kernel>(screened: Screened<K>, snapshot: Snapshot<K>) -> Result<Permit<K>, Denial> {
    let verdict =
        catch_unwind(AssertUnwindSafe(|| K::decide(&screened.call.view, screened.capabilities(), &snapshot.evidence)));
    let verdict = verdict.map_err(|_panic| Denial::new(Code::DecisionPanicked, ""))?;
    let grant = verdict.map_err(|denial| screened.finding.placed(denial))?;
    Ok(Permit { screened, grant })
}
