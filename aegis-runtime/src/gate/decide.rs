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
    asks: Option<Asks>,
    kernel: PhantomData<K>,
}

impl<K: Kernel> Snapshot<K> {
    /// Evidence as given: for `aegis decide`, where nothing is executed, and for replay.
    #[must_use]
    pub fn stated(evidence: Evidence) -> Self {
        Self { evidence, asks: None, kernel: PhantomData }
    }

    /// What an operator would be asked for, should the decision be that an approval is missing.
    pub(super) fn asks(&mut self) -> Option<Asks> {
        self.asks.take()
    }
}

/// A call whose gates name approvals of it.
pub(super) struct Asks {
    tool: &'static str,
    digest: String,
    arguments: String,
    gates: Vec<&'static GateSpec>,
}

impl Asks {
    /// Leaves a request where the denial is that an approval is missing or too old, and says so.
    pub(super) fn file(self, denial: Denial, receipts: &Receipts) -> Denial {
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
    Ok(Snapshot { evidence: Evidence { receipts }, asks, kernel: PhantomData })
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
